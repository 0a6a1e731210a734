#pragma once

#include "sluice/base/expected.h"

#include <QtWidgets/QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;

namespace sluice::ui {

/// An amount of money to type, with its unit beside it and what it comes to below: "= 0.5 gwei = 500000000 wei". Never takes a part
/// of what was typed: what cannot be read is named and is no amount.
class AmountField final : public QWidget {
    Q_OBJECT
public:
    explicit AmountField(QWidget *parent = nullptr);

    /// Decimal wei, shown in the largest unit that needs few digits; nothing empties the field.
    void setWei(const std::optional<QString> &wei);
    /// Decimal wei; nothing when the field is empty. InvalidInput when what stands there is no amount, with what to write.
    [[nodiscard]] Expected<std::optional<QString>> wei() const;
    /// What an empty field means ("no limit").
    void setPlaceholder(const QString &text);
    /// What the amount is, for people who cannot see its label.
    void setSubject(const QString &subject);
    /// What is said below the field now.
    [[nodiscard]] QString echo() const;

Q_SIGNALS:
    void changed();

private:
    void tell();
    /// A unit that was typed moves to where units stand.
    void takeUnit();

    QLineEdit *m_text;
    QComboBox *m_unit;
    QLabel *m_echo;
};

} // namespace sluice::ui
