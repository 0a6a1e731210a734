#pragma once

#include <QtWidgets/QLabel>

namespace sluice::ui {

/// An amount of money: a human unit is shown, the exact wei are one hover or one copy away.
/// Takes and gives text; nothing here is ever a floating-point number.
class AmountLabel final : public QLabel {
    Q_OBJECT
public:
    explicit AmountLabel(QWidget *parent = nullptr);

    /// `wei` is a decimal integer of any length, with or without a sign. Anything else shows an em dash.
    void setWei(const QString &wei);
    /// Another unit than wei's, already formatted; `exact` is what hover and copy give.
    void setAmount(const QString &shown, const QString &exact);
    /// Shows that the amount is not known.
    void clearAmount();
    /// What the amount is ("Balance"), for the accessible name and the tooltip.
    void setSubject(const QString &subject);

    [[nodiscard]] QString exact() const { return m_exact; }

    /// "1.5 gwei", "0.00012 ETH", "42 wei": the largest unit that needs few zeros, at most `digits` significant
    /// digits (cut, never rounded up; "≈" in front when something was cut). Empty for text that is no integer.
    [[nodiscard]] static QString humanWei(const QString &wei, int digits = 6);

Q_SIGNALS:
    void copied(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void copy();
    void describe();

    QString m_exact;
    QString m_subject;
};

} // namespace sluice::ui
