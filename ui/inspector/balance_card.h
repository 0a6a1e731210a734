#pragma once

#include "sluice/gateway/capability_info.h"

#include <QtWidgets/QWidget>

class QGridLayout;
class QLabel;
class QProgressBar;

namespace sluice {
class AmountLabel;
}

namespace sluice::ui {

/// What was spent and what may be spent; decimal wei, limits absent where there are none.
struct SpendingView {
    QString sessionWei = QStringLiteral("0");
    std::optional<QString> sessionLimitWei;
    std::optional<QString> dayWei; ///< absent = not known
    std::optional<QString> dayLimitWei;
};

/// The purse of one capability: what is left, how long it lasts, what was spent against the limits.
class BalanceCard final : public QWidget {
    Q_OBJECT
public:
    explicit BalanceCard(QWidget *parent = nullptr);

    void setPurse(const QString &capability, const std::optional<QString> &wei, const std::optional<PriceQuote> &price);
    void setSpending(const SpendingView &spending);

    /// Seconds that `wei` lasts at `price`; nothing when either is not known or nothing is charged.
    [[nodiscard]] static std::optional<qint64> secondsLeft(const QString &wei, const PriceQuote &price);
    /// Parts per thousand of `spent` in `limit`, 0 to 1000.
    [[nodiscard]] static int shareOf(const QString &spent, const QString &limit);

private:
    struct SpendRow {
        QLabel *name;
        AmountLabel *amount;
        QProgressBar *bar;
    };
    SpendRow addSpendRow(QGridLayout *grid, int row, const QString &name);
    static void show(const SpendRow &row, const std::optional<QString> &spent, const std::optional<QString> &limit);

    QLabel *m_title;
    AmountLabel *m_balance;
    QLabel *m_lasts;
    SpendRow m_session;
    SpendRow m_day;
};

} // namespace sluice::ui
