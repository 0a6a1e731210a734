#pragma once

#include "sluice/byoc/wire.h"
#include "sluice/crypto/u256.h"
#include "sluice/net/http_client.h"
#include "sluice/payments/paid_ahead.h"
#include "sluice/payments/ticket_observer.h"

#include <QCoro/QCoroTask>

#include <chrono>
#include <memory>

namespace sluice {
class TicketSender;
}

namespace sluice::byoc {

class CancelLink;

/// One job as the caller wants it done.
struct Job {
    QString capability;
    /// Below the orchestrator's address. For "process/request" the worker's path follows.
    QString route = QStringLiteral("process/request");
    QString path;                              ///< below the worker's URL; neither encoded nor beginning with a slash
    QByteArray body;                           ///< travels in the request's body only, never in a header
    QByteArray contentType = "application/json";
    QByteArray accept;                         ///< empty = not sent
    QString request = QStringLiteral("{}");    ///< text of a JSON object, signed
    QString parameters = QStringLiteral("{}"); ///< text of a JSON object, signed
    std::chrono::seconds timeout{60};
    QString callId;               ///< whose spending limit counts; also the job's id when it is not empty and `id` is
    QString id;                   ///< of the job, where it must be another: a stream's
    std::optional<Wei> maxSpend;  ///< of expected ticket value, for this call
    std::optional<Rational> acceptedPrice; ///< wei per second that the person agreed to; absent: the purse's bound for unseen prices
    bool streaming = false;       ///< no bound on the whole answer, only on the wait for its headers
};

/// Told of everything in a submission that must be remembered whatever happens next. Called on the client's thread.
class JobObserver : public TicketObserver {
public:
    /// An orchestrator is being tried; its price and the balance it reports.
    virtual void tokenReceived(const QUrl &orchestrator, const JobToken &token) = 0;
};

/// An accepted job: a success status and its headers; the body follows. Dropping it closes the connection.
struct JobAnswer {
    int status = 0;
    Headers headers;
    QUrl url;          ///< the request's
    QUrl orchestrator; ///< origin of who served it; through a gateway, what the gateway said, if anything
    bool paid = false; ///< tickets left this machine for this job
    std::optional<PriceInfo> price; ///< per second, that the job was started at; nothing through a gateway and where nothing is paid
    bool throughGateway = false;
    QDeadlineTimer deadline{QDeadlineTimer::Forever}; ///< of the whole answer, when it is no stream
    /// Kept before `stream`, so that it outlives it.
    std::shared_ptr<CancelLink> link;
    std::shared_ptr<HttpStream> stream;
    TicketSender *sender = nullptr; ///< who paid, if anybody: goes on paying for it
    std::shared_ptr<PaidAhead::Use> use; ///< counts what the job uses up until it is dropped; null for a free one

    /// The balance header's text, of whichever name; empty when there was none.
    [[nodiscard]] QByteArray balance() const;
    [[nodiscard]] bool isEventStream() const;
};

/// A signed and paid request for another program to send.
struct PreparedRequest {
    QUrl url;
    Headers headers;
};

} // namespace sluice::byoc
