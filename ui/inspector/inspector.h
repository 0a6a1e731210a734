#pragma once

<<<<<<< HEAD
#include "sluice/gateway/capability_info.h"
#include "sluice/gateway/run_result.h"
#include "sluice/inspector/balance_card.h"

#include <QtWidgets/QWidget>

class QSplitter;
class QTableView;

namespace sluice {
class SectionHeader;
class StateView;
}

namespace sluice::ui {

class TicketDetail;
class TicketModel;
class TimelineView;

/// The right place of the window: what is left, each ticket that was sent, where the call's time went.
class Inspector final : public QWidget {
    Q_OBJECT
public:
    explicit Inspector(QWidget *parent = nullptr);

    void setPurse(const QString &capability, const std::optional<QString> &wei, const std::optional<PriceQuote> &price);
    void setSpending(const SpendingView &spending);
    /// Of the run in view; `title` says which run that is.
    void setRun(const QString &title);
    void setPayment(const Payment &payment);
    void setTrace(const QList<TraceSpan> &spans);
    void focusTickets();

    [[nodiscard]] TicketModel &tickets() const { return *m_model; }
    [[nodiscard]] TimelineView &timeline() const { return *m_timeline; }

private:
    void showSelected();

    BalanceCard *m_balance;
    SectionHeader *m_ticketHeader;
    TicketModel *m_model;
    QTableView *m_table;
    TicketDetail *m_detail;
    StateView *m_ticketStates;
    SectionHeader *m_timelineHeader;
    TimelineView *m_timeline;
    StateView *m_timelineStates;
};

} // namespace sluice::ui
=======
#include "sluice/gateway/run_result.h"
#include "sluice/inspector/balance_panel.h"

#include <QtWidgets/QScrollArea>

#include <chrono>

class QLabel;

namespace sluice {

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
    /// `call` is taken from the payment that is shown when it is empty.
    void setSpending(const SpendingView &spending);

    [[nodiscard]] BalancePanel &balance() const { return *m_balance; }
    [[nodiscard]] TicketsPanel &tickets() const { return *m_tickets; }
    [[nodiscard]] TimelineView &timeline() const { return *m_timeline; }

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
};

} // namespace sluice
>>>>>>> panes
