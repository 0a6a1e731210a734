#include "orchestrator_live_p.h"

#include "sluice/base/log.h"

namespace sluice::byoc {

namespace {

constexpr QByteArrayView NoTimeout("no timeout_seconds set with request, timeout_seconds is required");

/// As Go unmarshals it: an object, or null, whose `stream_id` is a string if it is there. The reason when it is not.
std::optional<QString> whyNotARequest(const QString &request)
{
    const auto json = Json::parse(request.toUtf8());
    if (!json)
        return json.error().message();
    if (json->isNull())
        return std::nullopt;
    if (!json->isObject())
        return QStringLiteral("json: the request is not an object");
    const Json id = member(*json, QStringLiteral("stream_id"));
    if (!id.isNull() && !id.isString())
        return QStringLiteral("json: stream_id is not a string");
    return std::nullopt;
}

} // namespace

bool Orchestrator::Server::isSignature(const QString &text, const Expected<Address> &address, const QByteArray &message) const
{
    const auto signature = decodeSignature(text);
    return signature && (options.offChain || (address && verifyHashed(*address, message, *signature)));
}

Address Orchestrator::Server::senderOf(const JobHeader &header)
{
    const auto address = Address::fromHex(header.sender);
    return address ? *address : Address();
}

Expected<JobHeader, Refusal> Orchestrator::Server::verifiedJob(const Headers &headers) const
{
    const bool old = has(Quirk::OldStatuses);
    const auto job = JobHeader::fromHeader(headers::value(headers, header::Job));
    if (!job) {
        return unexpected(old ? Refusal{403, job.error().message().toUtf8()} : Refusal{400, "Could not verify job creds"});
    }
    if (job->timeoutSeconds <= 0)
        return unexpected(Refusal{400, NoTimeout.toByteArray()});
    QByteArray signedBytes = job->legacySigningBytes();
    if (has(Quirk::V1Signatures)) {
        const auto v1 = job->v1SigningBytes();
        signedBytes = v1 ? *v1 : QByteArray();
    }
    if (!isSignature(job->sig, Address::fromHex(job->sender), signedBytes))
        return unexpected(old ? Refusal{403, "ErrSegSig"} : Refusal{400, "Could not verify job creds"});
    return *job;
}

Rational Orchestrator::Server::balanceOf(const AcceptedJob &job)
{
    return recipient.ledger().balance(job.sender, job.header.capability).value_or(Rational());
}

Refusal Orchestrator::Server::refusedPayment(AcceptedJob &job, Refusal refusal) const
{
    refusal.drop = has(Quirk::DropBadPayment);
    if (has(Quirk::LeakSlots))
        job.slot.leak();
    return refusal;
}

Expected<void, Refusal> Orchestrator::Server::takePayment(const AcceptedJob &job, const Headers &headers)
{
    const QByteArray value = headers::value(headers, header::Payment);
    if (value.isEmpty() || job.price.isFree())
        return {};
    const auto payment = parsePaymentHeader(value);
    if (!payment)
        return unexpected(Refusal{402, "Could not parse payment err=" + payment.error().message().toUtf8()});
    if (payment->tickets.isEmpty())
        return {}; // it pays nothing, so the balance alone decides
    const PaymentOutcome outcome = recipient.process(*payment, job.header.capability, job.price, [&](const PaymentOutcome &taken) {
        if (journal)
            journal->record(*payment, taken);
    });
    if (!outcome.ok())
        return unexpected(Refusal{400, outcome.error.toUtf8()});
    return {};
}

Expected<void, Refusal> Orchestrator::Server::reserve(AcceptedJob &job)
{
    auto slot = table.reserve(job.header.capability);
    if (!slot)
        return unexpected(Refusal{503, has(Quirk::OldStatuses) ? "zero capacity" : "No capacity available for capability"});
    job.slot = std::move(*slot);
    return {};
}

Expected<AcceptedJob, Refusal> Orchestrator::Server::accept(JobHeader header, const Headers &headers, bool reserving)
{
    AcceptedJob job;
    job.header = std::move(header);
    job.sender = senderOf(job.header);
    if (reserving) {
        if (const auto reserved = reserve(job); !reserved)
            return unexpected(reserved.error());
    }
    if (auto capability = table.find(job.header.capability)) {
        job.capability = std::move(*capability);
    } else if (const auto stream = streamOf(job); stream && *stream) {
        job.capability = (*stream)->capability; // it left the table, but its stream runs and is paid for
    }

    const auto price = priceFor(job.sender, job.capability.pricePerSecond);
    if (!price) {
        if (has(Quirk::LeakSlots))
            job.slot.leak();
        return unexpected(Refusal{400, has(Quirk::OldStatuses) ? "Could not get price err=" + price.error().message().toUtf8()
                                                               : QByteArray("Could not get job price")});
    }
    job.price = *price;
    if (const auto paid = takePayment(job, headers); !paid)
        return unexpected(refusedPayment(job, paid.error()));
    if (!job.price.isFree() && balanceOf(job) < job.price.fee(MinimumCoveredSeconds)) {
        Refusal refusal = has(Quirk::OldStatuses) ? Refusal{402, "Insufficient balance"} : Refusal{400, "Insufficient balance for request"};
        refusal.insufficientBalance = true;
        return unexpected(refusal);
    }
    if (const auto reason = whyNotARequest(job.header.request)) {
        if (has(Quirk::LeakSlots))
            job.slot.leak();
        return unexpected(Refusal{400, "Unable to unmarshal job request details err=" + reason->toUtf8()});
    }
    return job;
}

Awaitable<void> Orchestrator::Server::handleProcess(ServerRequest request, ServerResponse &response, QString subPath)
{
    if (request.method != "POST") {
        co_await refuseMethod(response);
        co_return;
    }
    // Who has no key is told so before his body is taken; slot and payment wait until it is there.
    const auto header = verifiedJob(request.headers);
    if (header && !co_await response.readBody(request, options.maxBodyBytes))
        co_return;
    auto job = header ? accept(*header, request.headers) : unexpected(header.error());
    if (!job) {
        qCInfo(logByoc, "job refused with %d: %s", job.error().status, job.error().text.constData());
        co_await refuse(job.error(), response);
        co_return;
    }
    co_await callWorker(std::move(*job), std::move(request), std::move(subPath), response);
}

} // namespace sluice::byoc
