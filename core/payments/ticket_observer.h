#pragma once

#include <QCoro/QCoroTask>
#include <QtCore/QList>
#include <QtCore/QUrl>

namespace sluice {

struct SentTicket;

/// Told of the tickets of a call, which must be remembered whatever happens next. Called on the client's thread.
class TicketObserver {
public:
    virtual ~TicketObserver() = default;
    /// These tickets are signed and about to leave for `service`. They leave only after this returned.
    virtual QCoro::Task<void> ticketsPrepared(QUrl service, QList<SentTicket> tickets) = 0;
    /// What became of them: handed to the network, or given up before.
    virtual QCoro::Task<void> ticketsSettled(QList<SentTicket> tickets, bool sent) = 0;
};

} // namespace sluice
