#include "sluice/byoc/backend.h"

#include "backend_p.h"

#include "sluice/backend/user_data.h"
#include "sluice/byoc/answer_reader.h"
#include "sluice/livepeer/call_bounds.h"
#include "sluice/net/error_body.h"
#include "sluice/payments/spend_limits.h"

namespace sluice::byoc {

namespace {

/// Where the call goes below the worker's address. Without a path it is the capability's name, as in the published SDK.
QString pathOf(const BackendCall &call)
{
    if (!call.call.path.isEmpty())
        return call.call.path;
    return call.info && !call.info->path.isEmpty() ? call.info->path : call.call.capability;
}

Job jobFrom(const BackendCall &backendCall, const QString &runId)
{
    const Call &call = backendCall.call;
    Job job;
    job.capability = call.capability;
    job.path = pathOf(backendCall);
    job.body = call.input.isNull() ? QByteArray("{}") : call.input.dump();
    job.parameters = QString::fromUtf8(call.parameters.dump());
    job.timeout = call.timeout;
    job.callId = runId;
    job.streaming = call.verb == Verb::Stream;
    if (job.streaming)
        job.accept = "text/event-stream";
    job.maxSpend = livepeer::spendLimitOf(call);
    job.acceptedPrice = livepeer::acceptedPriceOf(backendCall);
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

/// Sends the call until an orchestrator accepts it.
QCoro::Task<JobAnswer> submit(std::shared_ptr<Access> access, BackendCall call, std::shared_ptr<CallSink> sink, CallContext context)
{
    const Job job = jobFrom(call, sink->runId());
    JobAnswer answer;
    if (access->throughGateway()) {
        const NetworkAccess &network = access->network->access();
        answer = co_await access->client.submitThroughGateway(job, network.gateway, pinsFor(network), context);
    } else {
        const livepeer::ChoicePtr orchestrators = co_await access->chooseFor(call.call.capability, context);
        const auto observer = std::make_shared<SinkObserver>(sink);
        answer = co_await access->client.submit(job, orchestrators, observer, context);
    }
    sink->servedBy(answer.orchestrator);
    sink->balanceReported(answer.balance());
    co_return answer;
}

class ByocPurse final : public livepeer::NetworkPurse {
public:
    explicit ByocPurse(std::shared_ptr<Access> access)
        : NetworkPurse(access->network)
        , m_access(std::move(access))
    {
    }
    QCoro::Task<QList<Balance>> balances(QList<CapabilityInfo> capabilities, CallContext context) override
    {
        return catalog::balances(m_access, std::move(capabilities), std::move(context));
    }
    QCoro::Task<int> refreshOutcomes(CallContext context) override { return catalog::refreshOutcomes(m_access, std::move(context)); }

private:
    std::shared_ptr<Access> m_access;
};

class ByocBackend final : public Backend, public RequestSigner, public CandidateSource {
public:
    ByocBackend(BackendServices &services, const BackendSettings &settings)
        : m_access(std::make_shared<Access>(services, settings))
        , m_purse(m_access)
    {
    }

    [[nodiscard]] QString id() const override { return BackendId; }
    [[nodiscard]] std::optional<Error> refusal(const Call &call) const override;
    QCoro::Task<BackendListing> list(QStringList named, CallContext context) override { return catalog::list(m_access, std::move(named), std::move(context)); }
    QCoro::Task<QList<CapabilityInfo>> quoted(QList<CapabilityInfo> infos, CallContext context) override
    {
        return catalog::quoted(m_access, std::move(infos), std::move(context));
    }
    QCoro::Task<QList<CapabilityInfo>> lookUp(QString name, CallContext context) override
    {
        return catalog::lookUp(m_access, std::move(name), std::move(context));
    }
    QCoro::Task<RunResult> run(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context) override;
    QCoro::Task<std::shared_ptr<EventSource>> stream(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context) override;
    [[nodiscard]] std::unique_ptr<LiveJob> live(BackendCall call, std::shared_ptr<CallSink> sink) override
    {
        return makeLiveJob(m_access, std::move(call), std::move(sink));
    }
    QCoro::Task<CandidateReport> candidates(CapabilityInfo capability, CallContext context) override
    {
        return catalog::candidates(m_access, std::move(capability), std::move(context));
    }
    void callEnded(const QString &runId) override;
    [[nodiscard]] Purse *purse() override { return &m_purse; }
    [[nodiscard]] RequestSigner *signer() override { return this; }
    QCoro::Task<SignedRequest> sign(BackendCall call, QString streamId, std::shared_ptr<CallSink> sink, CallContext context) override;

private:
    std::shared_ptr<Access> m_access;
    ByocPurse m_purse;
};

std::optional<Error> ByocBackend::refusal(const Call &call) const
{
    try {
        m_access->network->check();
    } catch (const Error &error) {
        return error;
    }
    if (call.verb == Verb::Live && m_access->throughGateway())
        return Error(Error::Kind::NotRouted, QStringLiteral("A BYOC gateway takes live video by WHIP and RTMP only, which Sluice does not speak."))
            .withAdvice(QStringLiteral("The backend byoc offers live with a sender key or a signer: use a profile that goes to an orchestrator directly."));
    return std::nullopt;
}

namespace {

/// Capabilities may answer with pages by right; from one that says what JSON it answers with, it may be another server's that stands between.
QString pageNote(const BackendCall &call, const QByteArray &content)
{
    const bool saysJson = call.info && !call.info->outputSchema.isNull();
    if (!saysJson || !content.left(1024).trimmed().startsWith('<') || !readErrorBody(content).page)
        return {};
    return QStringLiteral("The answer is a web page, though this capability says that it answers with JSON: another server may stand between, such as one that wants a sign-in.");
}

} // namespace

QCoro::Task<RunResult> ByocBackend::run(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context)
{
    const JobAnswer answer = co_await submit(m_access, call, sink, context);
    RunResult result;
    result.status = answer.status;
    result.headers = answer.headers;
    result.contentType = headers::value(answer.headers, "Content-Type");
    result.servedBy = answer.orchestrator;
    result.askedAt = answer.url;
    const auto received = std::make_shared<QByteArray>();
    if (const QString note = packedNote(answer); !note.isEmpty())
        result.notes.append(note);
    try {
        result.content = co_await readAnswer(answer, call.call.limits.maxAnswerBytes, received);
    } catch (const Error &) {
        sink->keepReceived(result.contentType, *received);
        throw;
    }
    if (answer.isEventStream()) {
        result.notes.append(QStringLiteral("The answer came as a stream of events, though it was not asked for as one."));
        sink->note(result.notes.last());
    }
    if (const QString note = pageNote(call, result.content); !note.isEmpty()) {
        result.notes.append(note);
        sink->note(note);
    }
    co_return result;
}

QCoro::Task<std::shared_ptr<EventSource>> ByocBackend::stream(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context)
{
    JobAnswer answer = co_await submit(m_access, call, sink, context);
    co_return makeEventSource(m_access, call, std::move(answer), sink);
}

void ByocBackend::callEnded(const QString &runId)
{
    if (m_access->network->limits())
        m_access->network->limits()->forgetCall(runId);
}

QCoro::Task<SignedRequest> ByocBackend::sign(BackendCall call, QString streamId, std::shared_ptr<CallSink> sink, CallContext context)
{
    if (m_access->throughGateway())
        throw Error(Error::Kind::NotRouted, QStringLiteral("A gateway signs and pays by itself; there is nothing to sign here."));
    const auto observer = std::make_shared<SinkObserver>(sink);
    const livepeer::ChoicePtr choice = co_await m_access->chooseFor(call.call.capability, context);
    const QList<QUrl> orchestrators = co_await choice->rest(context);
    PreparedRequest request;
    SignedRequest result;
    if (call.call.verb == Verb::Live) {
        StreamJob job = liveJobFor(call, sink->runId());
        job.streamId = streamId;
        StreamClient stream(m_access->client, job, observer);
        result.streamId = stream.streamId();
        request = co_await stream.prepare(orchestrators, context);
    } else {
        const Job job = jobFrom(call, sink->runId());
        request = co_await m_access->client.prepare(job, orchestrators, observer, context);
    }
    result.url = request.url;
    result.headers = request.headers;
    co_return result;
}

Client::Options clientOptions(const BackendServices &services, SignatureFormats *formats)
{
    Client::Options options;
    options.connectTimeout = services.timing().connectTimeout;
    options.tokenTimeout = services.timing().discoveryTimeout;
    options.formats = formats;
    return options;
}

} // namespace

Access::Access(BackendServices &services, const BackendSettings &settings)
    : network(OrchestratorNetwork::of(services, OrchestratorSettings::from(settings)))
    , formats(services.data().database())
    , client(services.http(), network->senders(), clientOptions(services, &formats))
{
}

QCoro::Task<QList<QUrl>> Access::orchestratorsFor(QString capability, CallContext context)
{
    if (!capability.isEmpty())
        capability.prepend(livepeer::ByocPrefix);
    return network->orchestratorsFor(capability, std::move(context));
}

QCoro::Task<livepeer::ChoicePtr> Access::chooseFor(QString capability, CallContext context)
{
    const QString name = livepeer::ByocPrefix + capability;
    const std::shared_ptr<livepeer::CandidateProbe> probe = probeFor(capability);
    co_return co_await network->chooseFor(name, probe, std::move(context));
}

void SinkObserver::tokenReceived(const QUrl &orchestrator, const JobToken &token)
{
    m_sink->balanceFound(orchestrator, QString::number(token.balance));
}

QCoro::Task<void> SinkObserver::ticketsPrepared(QUrl orchestrator, QList<SentTicket> tickets)
{
    co_await m_sink->tickets().ticketsPrepared(orchestrator, tickets);
}

QCoro::Task<void> SinkObserver::ticketsSettled(QList<SentTicket> tickets, bool sent)
{
    co_await m_sink->tickets().ticketsSettled(tickets, sent);
}

QString packedNote(const JobAnswer &answer)
{
    const QByteArray encoding = headers::value(answer.headers, "Content-Encoding").trimmed();
    const bool unpacked = !encoding.isEmpty() && encoding.toLower() != "identity" && answer.stream->unknownEncoding().isEmpty();
    return unpacked ? QStringLiteral("The answer came packed (%1), though it was not asked for so; it was unpacked.").arg(QString::fromLatin1(encoding.left(40))) : QString();
}

BackendKind backendKind()
{
    BackendKind kind;
    kind.id = BackendId;
    kind.title = QStringLiteral("Livepeer BYOC");
    kind.settingsSchema = OrchestratorSettings::schema();
    kind.check = &OrchestratorSettings::check;
    kind.payer = &OrchestratorSettings::payer;
    kind.make = [](BackendServices &services, const BackendSettings &settings) { return std::make_unique<ByocBackend>(services, settings); };
    return kind;
}

} // namespace sluice::byoc
