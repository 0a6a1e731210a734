#include "call_execution_p.h"

#include "catalog_p.h"
#include "live_transport_byoc_p.h"

#include "sluice/base/charset.h"
#include "sluice/base/log.h"
#include "sluice/payments/spend_limits.h"

namespace sluice::execution {

namespace {

/// Of the answer; larger ones are bytes, not text to be parsed.
constexpr qsizetype MaxJsonBytes = 16 * 1024 * 1024;
constexpr qsizetype MaxJsonMemory = 512 * 1024 * 1024; // the answer was asked for: what it costs is the caller's to bear

/// Where the call goes below the worker's address. What nobody says is the capability's name, as the published SDK has it.
QCoro::Task<QString> pathOf(std::shared_ptr<GatewayCore> core, Call call, CallContext context)
{
    if (!call.path.isEmpty())
        co_return call.path;
    const auto info = co_await catalog::describe(core, call.capability, context);
    co_return info && !info->path.isEmpty() ? info->path : call.capability;
}

byoc::Job jobFrom(const GatewayCore &core, const Call &call, const QString &path, const QString &runId)
{
    byoc::Job job;
    job.capability = call.capability;
    job.path = path;
    job.body = call.input.isNull() ? QByteArray("{}") : call.input.dump();
    job.parameters = QString::fromUtf8(call.parameters.dump());
    job.timeout = call.timeout;
    job.callId = runId;
    job.streaming = call.verb == Verb::Stream;
    if (job.streaming)
        job.accept = "text/event-stream";
    job.maxSpend = spendLimitOf(call);
    job.acceptedPrice = acceptedPriceOf(core, call);
    return job;
}

/// Addresses for the gateway to use one at a time; exact texts, as it compares them.
QStringList pinsFor(const NetworkAccess &access)
{
    QStringList pins;
    for (const QUrl &origin : access.orchestrators)
        pins.append(origin.toString());
    return pins;
}

/// Also in another charset than UTF-8, where the answer names one, and behind a byte order mark.
std::optional<Json> jsonIn(QByteArray content, const QByteArray &contentType)
{
    constexpr QByteArrayView byteOrderMark("\xEF\xBB\xBF");
    const QByteArray charset = charsetOf(contentType);
    if (!charset.isEmpty() && !charset.startsWith("utf-8") && content.size() <= MaxJsonBytes)
        content = textOf(content, contentType).value_or(QString()).toUtf8();
    else if (content.startsWith(byteOrderMark))
        content.remove(0, byteOrderMark.size());
    const QByteArray start = content.left(64).trimmed();
    if (start.isEmpty() || content.size() > MaxJsonBytes || !QByteArray("{[\"-0123456789tfn").contains(start[0]))
        return std::nullopt;
    const auto json = Json::parse(content, {MaxJsonBytes, 64, MaxJsonMemory});
    return json ? std::optional(*json) : std::nullopt;
}

QCoro::Task<RunResult> answerTo(std::shared_ptr<GatewayCore> core, Call call, std::shared_ptr<CallRecorder> recorder, CallContext context)
{
    const byoc::JobAnswer answer = co_await submit(core, call, recorder, context);
    RunResult result;
    result.runId = recorder->runId();
    result.status = answer.status;
    result.headers = answer.headers;
    result.contentType = headers::value(answer.headers, "Content-Type");
    result.servedBy = answer.orchestrator;
    result.askedAt = answer.url;
    const auto received = std::make_shared<QByteArray>();
    if (const QString note = packedNote(answer); !note.isEmpty())
        result.notes.append(note);
    try {
        result.content = co_await byoc::readAnswer(answer, call.limits.maxAnswerBytes, received);
    } catch (const Error &) {
        recorder->keepReceived(result.contentType, *received);
        throw;
    }
    if (answer.isEventStream()) {
        result.notes.append(QStringLiteral("The answer came as a stream of events, though it was not asked for as one."));
        recorder->addNote(result.notes.last());
    }
    if (const auto json = jsonIn(result.content, result.contentType)) {
        result.json = *json;
        result.isJson = true;
    }
    co_return result;
}

} // namespace

QCoro::Task<void> beginRecord(std::shared_ptr<GatewayCore> core, std::shared_ptr<CallRecorder> recorder, Call call, CallContext context)
{
    std::optional<CapabilityInfo> info = core->known(call.capability);
    try {
        checkRoute(*core, call); // a call that goes nowhere asks nothing either
        if (!info && call.backend == QLatin1String("byoc"))
            info = co_await catalog::describe(core, call.capability, context);
    } catch (const Error &error) {
        // The call itself will meet the same trouble and tell it; here it only means that names have to do.
        qCDebug(logByoc, "No schema for %s: %s", qUtf8Printable(call.capability), qUtf8Printable(error.message()));
    }
    Json schema;
    if (info)
        schema = info->inputSchema;
    co_await recorder->begin(schema);
}

QString packedNote(const byoc::JobAnswer &answer)
{
    const QByteArray encoding = headers::value(answer.headers, "Content-Encoding").trimmed();
    const bool unpacked = !encoding.isEmpty() && encoding.toLower() != "identity" && answer.stream->unknownEncoding().isEmpty();
    return unpacked ? QStringLiteral("The answer came packed (%1), though it was not asked for so; it was unpacked.").arg(QString::fromLatin1(encoding.left(40))) : QString();
}

Error currentError()
{
    try {
        throw;
    } catch (const Error &error) {
        return error;
    } catch (const std::exception &exception) {
        return Error(Error::Kind::Internal, QStringLiteral("Unexpected failure: %1").arg(QString::fromUtf8(exception.what())));
    }
}

std::optional<Wei> spendLimitOf(const Call &call)
{
    if (!call.limits.maxSpendWei)
        return std::nullopt;
    const auto limit = weiFromDecimal(*call.limits.maxSpendWei);
    if (!limit || *limit < 0)
        throw Error(Error::Kind::InvalidInput, QStringLiteral("The call's spend limit “%1” is no amount of wei.").arg(*call.limits.maxSpendWei))
            .withField(QStringLiteral("/limits/max_spend_wei"));
    return *limit;
}

std::optional<Rational> acceptedPriceOf(const GatewayCore &core, const Call &call)
{
    if (call.limits.maxPricePerSecond) {
        const auto price = rationalFromText(*call.limits.maxPricePerSecond);
        if (!price || *price < 0)
            throw Error(Error::Kind::InvalidInput, QStringLiteral("The call's price limit “%1” is no amount of wei per second.").arg(*call.limits.maxPricePerSecond))
                .withField(QStringLiteral("/limits/max_price_per_second"));
        return *price;
    }
    const auto info = core.known(call.capability);
    if (!info || !info->price || info->price->unit != QLatin1String("second") || info->price->pixelsPerUnit < 1)
        return std::nullopt;
    return Rational(Wei(info->price->pricePerUnit), Wei(info->price->pixelsPerUnit));
}

void checkRoute(const GatewayCore &core, const Call &call)
{
    const auto notRouted = [](const QString &message) {
        return Error(Error::Kind::NotRouted, message).withAdvice(QStringLiteral("The backend byoc offers run and stream, with a sender key or through a gateway, and live with a sender key."));
    };
    if (call.backend == QStringLiteral("lv2v"))
        throw Error(Error::Kind::NotRouted, QStringLiteral("%1 takes live video; there is no single request for it.").arg(call.capability))
            .withAdvice(QStringLiteral("Open it as a live session."));
    if (call.backend != QStringLiteral("byoc"))
        throw notRouted(QStringLiteral("There is no backend “%1” here.").arg(call.backend));
    core.check();
    const NetworkAccess &access = core.access();
    if (call.verb == Verb::Live && !access.gateway.isEmpty())
        throw Error(Error::Kind::NotRouted, QStringLiteral("A BYOC gateway takes live video by WHIP and RTMP only, which Sluice does not speak."))
            .withAdvice(QStringLiteral("The backend byoc offers live with a sender key: use a profile that goes to an orchestrator directly."));
    if (access.gateway.isEmpty() && core.senderAddress().isEmpty() && !access.signer.isEmpty())
        throw notRouted(QStringLiteral("A remote signer alone cannot sign BYOC jobs."));
}

QCoro::Task<byoc::JobAnswer> submit(std::shared_ptr<GatewayCore> core, Call call, std::shared_ptr<CallRecorder> recorder, CallContext context)
{
    checkRoute(*core, call);
    const QString path = co_await pathOf(core, call, context);
    byoc::Job job = jobFrom(*core, call, path, recorder->runId());
    const NetworkAccess &access = core->access();
    byoc::JobAnswer answer;
    if (!access.gateway.isEmpty()) {
        answer = co_await core->client().submitThroughGateway(job, access.gateway, pinsFor(access), context);
    } else {
        const QList<QUrl> orchestrators = co_await GatewayCore::orchestratorsFor(core, call.capability, context);
        answer = co_await core->client().submit(job, orchestrators, recorder, context);
    }
    recorder->servedBy(answer.orchestrator);
    recorder->balanceReported(answer.balance());
    co_return answer;
}

QCoro::Task<RunResult> run(std::shared_ptr<GatewayCore> core, Call call, std::shared_ptr<CallScope> scope)
{
    const CallContext context = scope->context;
    const auto recorder = std::make_shared<CallRecorder>(core->data(), call, context.trace);
    const bool single = call.verb != Verb::Live;
    if (single)
        co_await beginRecord(core, recorder, call, context);
    else
        co_await recorder->begin(Json()); // nothing is asked for it
    RunResult result;
    std::optional<Error> failure;
    try {
        if (!single)
            throw Error(Error::Kind::NotRouted, QStringLiteral("A live call has no single answer; it is opened with live()."))
                .withAdvice(QStringLiteral("Run it as a live session; the backend byoc offers run and stream for other capabilities."));
        result = co_await answerTo(core, call, recorder, context);
    } catch (...) {
        failure = currentError();
    }
    if (core->limits())
        core->limits()->forgetCall(recorder->runId());
    if (failure) {
        co_await recorder->failed(*failure);
        throw recorder->hidden(*failure);
    }
    co_await recorder->succeeded(result.status, result.contentType, result.content);
    result.payment = recorder->payment();
    result.trace = context.trace->spans();
    co_return result;
}

QCoro::Task<Gateway::SignedRequest> sign(std::shared_ptr<GatewayCore> core, Call call, QString streamId, std::shared_ptr<CallScope> scope)
{
    const CallContext context = scope->context;
    checkRoute(*core, call);
    if (!core->access().gateway.isEmpty())
        throw Error(Error::Kind::NotRouted, QStringLiteral("A gateway signs and pays by itself; there is nothing to sign here."));
    const auto recorder = std::make_shared<CallRecorder>(core->data(), call, context.trace);
    co_await beginRecord(core, recorder, call, context);
    byoc::PreparedRequest request;
    std::optional<Error> failure;
    try {
        const QList<QUrl> orchestrators = co_await GatewayCore::orchestratorsFor(core, call.capability, context);
        if (call.verb == Verb::Live) {
            byoc::StreamJob job = co_await streamJobFor(core, call, recorder->runId(), context);
            job.streamId = streamId;
            byoc::StreamClient stream(core->client(), job, recorder);
            streamId = stream.streamId();
            request = co_await stream.prepare(orchestrators, context);
        } else {
            const QString path = co_await pathOf(core, call, context);
            const byoc::Job job = jobFrom(*core, call, path, recorder->runId());
            request = co_await core->client().prepare(job, orchestrators, recorder, context);
        }
    } catch (...) {
        failure = currentError();
    }
    if (core->limits())
        core->limits()->forgetCall(recorder->runId());
    if (failure) {
        co_await recorder->failed(*failure);
        throw recorder->hidden(*failure);
    }
    // Somebody else sends it; the history keeps what it cost.
    co_await recorder->succeeded(0, QByteArray(), std::nullopt);
    Gateway::SignedRequest signedRequest{request.url, request.headers, recorder->payment(), {}, call.verb == Verb::Live ? streamId : QString()};
    const QString pinned = core->trust().pinned(TlsTrust::hostPort(request.url));
    if (!pinned.isEmpty() && pinned != TlsTrust::VerifiedBySystem)
        signedRequest.tlsPin
            = QStringLiteral("sha256//") + QString::fromLatin1(QByteArray::fromHex(pinned.toLatin1()).toBase64());
    co_return signedRequest;
}

} // namespace sluice::execution
