#pragma once

#include "sluice/backend/run_result.h"
#include "sluice/inspector/balance_panel.h"

#include <QtWidgets/QScrollArea>

#include <chrono>

class QLabel;

namespace sluice::ui {

class SectionHeader;
class TicketsPanel;
class TimelineView;

/// What a call was worth and where its time went: balance, tickets, timeline, each folded by its heading.
///
/// Takes plain values, so it does not know who runs the call; inspector_run_binding.h connects it to a RunController.
class Inspector final : public QScrollArea {
    Q_OBJECT
public:
    explicit Inspector(QWidget *parent = nullptr);
    ~Inspector() override;

    /// Forgets the call that was shown; balances and spending stay.
    void showNoRun();
    void setPayment(const Payment &payment);
    /// `elapsed` is how long the call has taken so far, or took.
    void setTrace(const QList<TraceSpan> &spans, std::chrono::microseconds elapsed);
    void setCurrentCapability(const QString &capability);
    void updatePurse(const PurseView &purse);
    void setPurses(const QList<PurseView> &purses);
    /// `call` and `charged` are taken from the payment that is shown when they are empty.
    void setSpending(const SpendingView &spending);

    /// Unfolds the tickets and moves the keyboard to them.
    void focusTickets();

    [[nodiscard]] BalancePanel &balance() const { return *m_balance; }
    [[nodiscard]] TicketsPanel &tickets() const { return *m_tickets; }
    [[nodiscard]] TimelineView &timeline() const { return *m_timeline; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void describeStep();

    BalancePanel *m_balance;
    TicketsPanel *m_tickets;
    TimelineView *m_timeline;
    SectionHeader *m_balanceHeader;
    SectionHeader *m_ticketsHeader;
    SectionHeader *m_timelineHeader;
    QLabel *m_noTimeline;
    QLabel *m_step;
    SpendingView m_spending;
    QString m_paid;
    QString m_charged;
};

} // namespace sluice::ui
