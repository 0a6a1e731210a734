#pragma once

#include "sluice/backend/capability_info.h"

#include <QtCore/QDateTime>
#include <QtWidgets/QWidget>

#include <map>

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace sluice::ui {

class AmountLabel;

/// What is left with an orchestrator for one capability.
struct PurseView {
    QString capability; ///< CapabilityId::text(), or whatever else tells purses apart
    QString title;      ///< falls back to the capability
    QString balanceWei; ///< as the orchestrator wrote it; may have a fraction; empty = not known yet
    std::optional<PriceQuote> price;
    QDateTime saidAt{}; ///< when it said so
    int purses = 1;     ///< the amount is the sum of so many, each at another orchestrator
};

/// What was spent, in decimal wei, and what may be. A limit that is not set is absent.
struct SpendingView {
    QString call;
    QString charged; ///< what the orchestrator took for the call; empty = not known
    QString session;
    QString today;
    std::optional<QString> callLimit;
    std::optional<QString> sessionLimit;
    std::optional<QString> dayLimit;
};

/// A thin bar: how much of a limit is used.
class LimitBar final : public QWidget {
    Q_OBJECT
public:
    explicit LimitBar(QWidget *parent = nullptr);
    void setShare(int permille, bool reached, const QString &words);
    [[nodiscard]] int permille() const { return m_permille; }
    [[nodiscard]] QSize sizeHint() const override { return {80, 6}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {40, 6}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int m_permille = 0;
    bool m_reached = false;
};

/// Balances per capability with the time they last, and spending against its limits.
class BalancePanel final : public QWidget {
    Q_OBJECT
public:
    explicit BalancePanel(QWidget *parent = nullptr);

    /// Adds or renews the purse of a capability and keeps the others.
    void updatePurse(const PurseView &purse);
    void setPurses(const QList<PurseView> &purses);
    [[nodiscard]] QList<PurseView> purses() const;
    /// The purse that is shown first.
    void setCurrentCapability(const QString &capability);
    void setSpending(const SpendingView &spending);

private:
    struct SpendRow {
        QLabel *title = nullptr;
        AmountLabel *amount = nullptr;
        QLabel *limit = nullptr;
        LimitBar *bar = nullptr;
    };
    SpendRow addSpendRow(QGridLayout *grid, int row, const QString &title);
    void showCharged(const QString &charged);
    void showSpend(const SpendRow &row, const QString &spent, const std::optional<QString> &limit);
    void rebuild();
    void addPurseRow(const PurseView &purse, bool current);

    std::map<QString, PurseView> m_purses;
    QString m_current;
    QWidget *m_list = nullptr;
    QVBoxLayout *m_rows = nullptr;
    SpendRow m_call;
    SpendRow m_charged;
    SpendRow m_session;
    SpendRow m_today;
};

} // namespace sluice::ui
