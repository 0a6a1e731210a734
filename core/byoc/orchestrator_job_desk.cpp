#include "orchestrator_job_desk_p.h"

#include "orchestrator_worker_call_p.h"

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

JobDesk::JobDesk(SharedContext context, std::shared_ptr<Registry> registry, std::shared_ptr<const TokenDesk> tokens)
    : m_context(std::move(context))
    , m_registry(std::move(registry))
    , m_tokens(std::move(tokens))
{
}

Address JobDesk::senderOf(const JobHeader &header)
{
    const auto address = Address::fromHex(header.sender);
    return address ? *address : Address();
}

bool JobDesk::isSignedBySender(const JobHeader &job) const
{
    const bool onlyV1 = m_context->has(Quirk::V1Signatures);
    const auto sender = Address::fromHex(job.sender);
    if (!onlyV1 && m_context->isSignature(job.sig, sender, job.legacySigningBytes()))
        return true;
    if (!onlyV1 && !m_context->options.takesV1)
        return false;
    const auto v1 = job.v1SigningBytes();
    return v1 && m_context->isSignature(job.sig, sender, *v1);
}

Expected<JobHeader, HttpRefusal> JobDesk::verified(const Headers &headers) const
{
    const bool old = m_context->has(Quirk::OldStatuses);
    const auto job = JobHeader::fromHeader(headers::value(headers, header::Job));
    if (!job) {
        return unexpected(old ? HttpRefusal{403, job.error().message().toUtf8()} : HttpRefusal{400, "Could not verify job creds"});
    }
    if (job->timeoutSeconds <= 0)
        return unexpected(HttpRefusal{400, NoTimeout.toByteArray()});
    if (!isSignedBySender(*job))
        return unexpected(old ? HttpRefusal{403, "ErrSegSig"} : HttpRefusal{400, "Could not verify job creds"});
    return *job;
}

HttpRefusal JobDesk::refusedPayment(AcceptedJob &job, HttpRefusal refusal) const
{
    refusal.drop = m_context->has(Quirk::DropBadPayment);
    if (m_context->has(Quirk::LeakSlots))
        job.slot.leak();
    return refusal;
}

Expected<void, HttpRefusal> JobDesk::takePayment(const AcceptedJob &job, const Headers &headers)
{
    const QByteArray value = headers::value(headers, header::Payment);
    if (value.isEmpty() || job.price.isFree())
        return {};
    const auto payment = parsePaymentHeader(value);
    if (!payment)
        return unexpected(HttpRefusal{402, "Could not parse payment err=" + payment.error().message().toUtf8()});
    if (payment->tickets.isEmpty())
        return {}; // it pays nothing, so the balance alone decides
    const PaymentOutcome outcome = m_context->recipient.process(*payment, job.header.capability, job.price, [&](const PaymentOutcome &taken) {
        if (m_context->journal)
            m_context->journal->record(*payment, taken);
    });
    if (!outcome.ok())
        return unexpected(HttpRefusal{400, outcome.error.toUtf8()});
    return {};
}

Expected<AcceptedJob, HttpRefusal> JobDesk::accept(JobHeader header, const Headers &headers)
{
    AcceptedJob job;
    job.header = std::move(header);
    job.sender = senderOf(job.header);
    auto slot = m_registry->reserve(job.header.capability);
    if (!slot)
        return unexpected(HttpRefusal{503, m_context->has(Quirk::OldStatuses) ? "zero capacity" : "No capacity available for capability"});
    job.slot = std::move(*slot);
    job.capability = m_registry->find(job.header.capability).value_or(RegisteredCapability());
    return settled(std::move(job), headers);
}

Expected<AcceptedJob, HttpRefusal> JobDesk::acceptForRunning(
    JobHeader header, const Headers &headers, const std::optional<RegisteredCapability> &running)
{
    AcceptedJob job;
    job.header = std::move(header);
    job.sender = senderOf(job.header);
    if (auto capability = m_registry->find(job.header.capability))
        job.capability = std::move(*capability);
    else if (running)
        job.capability = *running; // it left the table, but its stream runs and is paid for
    return settled(std::move(job), headers);
}

Expected<AcceptedJob, HttpRefusal> JobDesk::settled(AcceptedJob job, const Headers &headers)
{
    const auto price = m_tokens->priceFor(job.sender, job.capability.pricePerSecond);
    if (!price) {
        if (m_context->has(Quirk::LeakSlots))
            job.slot.leak();
        return unexpected(HttpRefusal{400, m_context->has(Quirk::OldStatuses) ? "Could not get price err=" + price.error().message().toUtf8()
                                                               : QByteArray("Could not get job price")});
    }
    job.price = *price;
    if (const auto paid = takePayment(job, headers); !paid)
        return unexpected(refusedPayment(job, paid.error()));
    if (!job.price.isFree() && job.balance(m_context->recipient) < job.price.fee(MinimumCoveredSeconds)) {
        HttpRefusal refusal = m_context->has(Quirk::OldStatuses) ? HttpRefusal{402, "Insufficient balance"} : HttpRefusal{400, "Insufficient balance for request"};
        refusal.insufficientBalance = true;
        return unexpected(refusal);
    }
    if (const auto reason = whyNotARequest(job.header.request)) {
        if (m_context->has(Quirk::LeakSlots))
            job.slot.leak();
        return unexpected(HttpRefusal{400, "Unable to unmarshal job request details err=" + reason->toUtf8()});
    }
    return job;
}

Awaitable<void> JobDesk::handleProcess(ServerRequest request, ServerResponse &response, QString subPath)
{
    if (request.method != "POST") {
        co_await refuseMethod(response);
        co_return;
    }
    // A request without a valid signature is refused before its body is read; slot and payment wait for the body.
    const auto header = verified(request.headers);
    if (header && !co_await response.readBody(request, m_context->options.maxBodyBytes))
        co_return;
    auto job = header ? accept(*header, request.headers) : unexpected(header.error());
    if (!job) {
        qCInfo(logByoc, "job refused with %d: %s", job.error().status, job.error().text.constData());
        co_await refuse(job.error(), response);
        co_return;
    }
    WorkerCall call(m_context, m_registry, std::move(*job));
    co_await call.run(std::move(request), std::move(subPath), response);
}

} // namespace sluice::byoc
