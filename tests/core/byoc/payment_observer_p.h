#pragma once

#include "sluice/byoc/client.h"

namespace sluice::byoc {

/// Counts what a job tells of its tokens and tickets.
class PaymentObserver final : public JobObserver {
public:
    void tokenReceived(const QUrl &, const JobToken &) override { ++tokens; }
    QCoro::Task<void> ticketsPrepared(QUrl, QList<SentTicket> tickets) override
    {
        prepared += int(tickets.size());
        co_return;
    }
    QCoro::Task<void> ticketsSettled(QList<SentTicket> tickets, bool sent) override
    {
        (sent ? settledSent : settledUnsent) += int(tickets.size());
        co_return;
    }
    int tokens = 0;
    int prepared = 0;
    int settledSent = 0;
    int settledUnsent = 0;
};

} // namespace sluice::byoc
