#pragma once

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
