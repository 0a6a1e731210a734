#pragma once

#include "sluice/accounts/account_amount.h"

#include <QtWidgets/QFrame>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace sluice::ui {

/// Asks for an amount of an account's money, and says what it comes to, exactly, before it is taken.
class AmountBar final : public QFrame {
    Q_OBJECT
public:
    explicit AmountBar(QWidget *parent = nullptr);

    /// Shows itself. `most`: digits of the small unit that cannot be exceeded, which a button takes; empty: no such bound.
    void ask(const QString &question, const AccountMoney &money, const QString &most);
    void dismiss();
    [[nodiscard]] QLineEdit &field() const { return *m_text; }
    [[nodiscard]] QComboBox &unit() const { return *m_unit; }
    [[nodiscard]] QPushButton &button() const { return *m_next; }
    /// What is said of what was typed.
    [[nodiscard]] QString echo() const;

Q_SIGNALS:
    /// Digits of the small unit, above 0 and within the bound.
    void chosen(const QString &amount);
    void dismissed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void tell();
    void choose();
    /// What stands in the field; InvalidInput with what to write.
    [[nodiscard]] Expected<QString> amount() const;

    QLabel *m_question;
    QLineEdit *m_text;
    QComboBox *m_unit;
    QPushButton *m_all;
    QPushButton *m_next;
    QLabel *m_echo;
    AccountMoney m_money;
    QString m_most;
};

} // namespace sluice::ui
