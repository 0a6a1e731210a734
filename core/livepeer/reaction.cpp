#include "sluice/livepeer/reaction.h"

#include "sluice/net/tls_trust.h"

#include <grpcpp/support/status_code_enum.h>

#include <algorithm>

namespace sluice::livepeer {

namespace {

constexpr qsizetype MaxTextBytes = 2000;

/// What an orchestrator may say, what that means and what helps. The first part that occurs in its words counts (payments.md 2.5,
/// 2.7, 3.3; trickle.md 5.2); without regard to case, since versions differ in it.
struct Meaning {
    const char *part;
    Error::Kind kind;
    Reaction reaction;
    const char *advice;
};
constexpr Meaning meanings[] = {
    {"ticketparams expired", Error::Kind::Payment, Reaction::NewInfo,
        "The ticket parameters ran out twice in a row; the orchestrator's view of the chain may lag. Try again, or use another one."},
    {"expired auth token", Error::Kind::Http, Reaction::NewInfo, "The orchestrator's clock may be wrong. Try again, or use another one."},
    {"invalid auth token", Error::Kind::Http, Reaction::NewInfo, "The orchestrator restarted, perhaps. Start the job again."},
    {"missing auth token", Error::Kind::Http, Reaction::NewInfo, "The orchestrator gave no auth token along. Use another one."},
    {"insufficient balance", Error::Kind::InsufficientBalance, Reaction::Final,
        "Raise the spending limit, or check that the sender has a deposit and a reserve."},
    {"sender reserve", Error::Kind::Payment, Reaction::Final, "Fund the sender's reserve with the ticket broker."},
    {"unlock soon", Error::Kind::Payment, Reaction::Final, "Cancel the unlocking of the sender's deposit, or pay with another key."},
    {"sendernonce", Error::Kind::Payment, Reaction::NextOrchestrator,
        "These ticket numbers were used before, e.g. by another program with the same key. Start the job again."},
    {"recipientrand", Error::Kind::Payment, Reaction::NewInfo, "The orchestrator does not know its own parameters any more. Start the job again."},
    {"expected price", Error::Kind::Payment, Reaction::Final, "The orchestrator does not take the price that it named. Use another one."},
    {"ticket", Error::Kind::Payment, Reaction::Final, "The orchestrator took none of the tickets. Check the key that signs them, or use another orchestrator."},
    {"incompatible capabilities", Error::Kind::Http, Reaction::NextOrchestrator, "This orchestrator has not the model. Use another one."},
    {"not offered", Error::Kind::Http, Reaction::NextOrchestrator, "Pick one of the models that it lists, or use another orchestrator."},
    {"orchestratorcapped", Error::Kind::Http, Reaction::NextOrchestrator, "All of its slots are taken. Try again soon, or use another orchestrator."},
    {"capacity", Error::Kind::Http, Reaction::NextOrchestrator, "All of its slots are taken. Try again soon, or use another orchestrator."},
};

const Meaning *meaningOf(QByteArrayView body)
{
    const QByteArray text = body.first(std::min(body.size(), MaxTextBytes)).toByteArray().toLower();
    const auto *found = std::find_if(std::begin(meanings), std::end(meanings), [&text](const Meaning &one) { return text.contains(one.part); });
    return found == std::end(meanings) ? nullptr : found;
}

const char *adviceFor(int status)
{
    switch (status) {
    case 400: return "Check the model's name and the parameters.";
    case 402: return "The orchestrator could not read the payment; it may be of another version. Use another one.";
    case 403: return "The orchestrator did not take the sender's signature. Check the key, or use another orchestrator.";
    case 404: return "There is no live video at this address. Check the orchestrator's address.";
    default: break;
    }
    return status >= 500 ? "The model's runner refused or failed. Try again, or use another orchestrator." : "Use another orchestrator.";
}

} // namespace

Reaction reactionTo(int status, QByteArrayView body)
{
    if (status >= 200 && status < 300)
        return Reaction::Deliver;
    const Meaning *meaning = meaningOf(body);
    if (meaning && (status == 400 || status == 403 || status == 503))
        return meaning->reaction;
    return status >= 500 || status == 408 || status == 429 || status == 404 ? Reaction::NextOrchestrator : Reaction::Final;
}

Error refusal(const QString &what, const QUrl &url, int status, const QByteArray &body)
{
    if (status >= 200 && status < 300 && body.isEmpty())
        return Error(Error::Kind::Protocol, QStringLiteral("%1 was answered with %2 and nothing in it.").arg(what).arg(status))
            .withAdvice(QStringLiteral("The orchestrator did not understand the request; it may be of another version. Use another one."))
            .withRequest("POST", url).withHttp(status, body);
    const QString said = QString::fromUtf8(body.left(MaxTextBytes)).trimmed();
    const Meaning *meaning = meaningOf(body);
    auto kind = status == 402 ? Error::Kind::Payment : Error::Kind::Http;
    const char *advice = adviceFor(status);
    if (meaning && (status == 400 || status == 403 || status == 503)) {
        kind = meaning->kind;
        advice = meaning->advice;
    }
    return Error(kind, QStringLiteral("%1 was answered with %2: %3").arg(what).arg(status).arg(said.isEmpty() ? QStringLiteral("no reason given.") : said))
        .withAdvice(QString::fromUtf8(advice)).withRequest("POST", url).withHttp(status, body);
}

Error rpcRefusal(const QUrl &orchestrator, int code, const QString &text)
{
    const QString host = TlsTrust::hostPort(orchestrator);
    const QString said = text.left(MaxTextBytes);
    Error error;
    switch (code) {
    case grpc::StatusCode::CANCELLED:
        error = Error(Error::Kind::Canceled, QStringLiteral("Cancelled."));
        break;
    case grpc::StatusCode::DEADLINE_EXCEEDED:
        error = Error(Error::Kind::Timeout, QStringLiteral("%1 did not say in time what it asks.").arg(host))
                    .withAdvice(QStringLiteral("Try again, or use another orchestrator."));
        break;
    case grpc::StatusCode::UNAVAILABLE:
        error = Error(Error::Kind::Network, QStringLiteral("%1 could not be asked for its terms: %2").arg(host, said))
                    .withAdvice(QStringLiteral("Check the orchestrator's address, or use another one."));
        break;
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
        error = Error(Error::Kind::TooLarge, QStringLiteral("The terms of %1 are too large: %2").arg(host, said));
        break;
    case grpc::StatusCode::UNIMPLEMENTED:
        error = Error(Error::Kind::Rpc, QStringLiteral("%1 speaks gRPC, but is no orchestrator: %2").arg(host, said))
                    .withAdvice(QStringLiteral("Check the orchestrator's address."));
        break;
    default: {
        const Meaning *meaning = meaningOf(text.toUtf8());
        error = Error(Error::Kind::Rpc, QStringLiteral("%1 refused to name its terms: %2").arg(host, said))
                    .withAdvice(meaning ? QString::fromUtf8(meaning->advice) : QStringLiteral("Use another orchestrator."));
        break;
    }
    }
    return error.withRequest("POST", orchestrator.resolved(QUrl(QStringLiteral("/net.Orchestrator/GetOrchestrator"))));
}

} // namespace sluice::livepeer
