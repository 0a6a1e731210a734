#include "sluice/liverunner/backend.h"

#include "backend_p.h"

#include "sluice/backend/app_names.h"
#include "sluice/livepeer/call_bounds.h"
#include "sluice/payments/spend_limits.h"

namespace sluice::liverunner {

using livepeer::NetworkPurse;
using livepeer::OrchestratorNetwork;

namespace {

RunnerClient::Options clientOptions(const BackendServices &services)
{
    RunnerClient::Options options;
    options.connectTimeout = services.timing().connectTimeout;
    options.discoveryTimeout = services.timing().discoveryTimeout;
    options.payments.interval = std::min(options.payments.interval, services.timing().livePaymentInterval);
    return options;
}

/// Reads the whole answer; what came stays in `received` also after an error.
QCoro::Task<void> readAnswer(std::shared_ptr<HttpStream> stream, qint64 maxBytes, std::shared_ptr<QByteArray> received)
{
    for (;;) {
        const QByteArray bytes = co_await stream->read();
        if (bytes.isEmpty())
            co_return;
        if (received->size() + bytes.size() > maxBytes) {
            stream->close();
            throw Error(Error::Kind::TooLarge, QStringLiteral("The answer is larger than the %1 bytes that this call accepts.").arg(maxBytes))
                .withAdvice(QStringLiteral("Raise the call's limit for answers."));
        }
        *received += bytes;
    }
}

class LiveRunnerBackend final : public Backend, public AppNames {
public:
    LiveRunnerBackend(BackendServices &services, const BackendSettings &settings)
        : m_access(std::make_shared<Access>(services, settings))
        , m_purse(m_access->network)
    {
    }

    [[nodiscard]] QString id() const override { return BackendId; }
    [[nodiscard]] std::optional<Error> refusal(const Call &) const override
    {
        try {
            m_access->check();
        } catch (const Error &error) {
            return error;
        }
        return std::nullopt;
    }
    [[nodiscard]] bool hasNamesLike(const QString &name) const override { return listing::isAppName(name); }
    QCoro::Task<BackendListing> list(QStringList named, CallContext context) override;
    QCoro::Task<QList<CapabilityInfo>> lookUp(QString name, CallContext context) override;
    QCoro::Task<RunResult> run(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context) override;
    QCoro::Task<std::shared_ptr<EventSource>> stream(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context) override;
    [[nodiscard]] std::unique_ptr<LiveJob> live(BackendCall call, std::shared_ptr<CallSink> sink) override
    {
        return makeSessionJob(m_access, std::move(call), std::move(sink));
    }
    void callEnded(const QString &runId) override
    {
        if (m_access->network->limits())
            m_access->network->limits()->forgetCall(runId);
    }
    [[nodiscard]] Purse *purse() override { return &m_purse; }

private:
    QCoro::Task<AppAnswer> open(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context);

    std::shared_ptr<Access> m_access;
    NetworkPurse m_purse;
};

QCoro::Task<BackendListing> LiveRunnerBackend::list(QStringList, CallContext context)
{
    m_access->check();
    const QList<QUrl> orchestrators = co_await m_access->network->orchestratorsFor(QString(), context);
    const auto reached = std::make_shared<QList<QUrl>>();
    const RunnerFilter all;
    const QList<RunnerOffer> offers = co_await m_access->client.discoverAll(orchestrators, all, reached, context);
    BackendListing listing;
    listing.reached = *reached;
    listing.capabilities = listing::capabilitiesOf(offers);
    co_return listing;
}

QCoro::Task<QList<CapabilityInfo>> LiveRunnerBackend::lookUp(QString name, CallContext context)
{
    m_access->check();
    const QList<QUrl> orchestrators = co_await m_access->network->orchestratorsFor(QString(), context);
    RunnerFilter filter;
    filter.apps = QStringList(name);
    QList<RunnerOffer> offers;
    try {
        offers = co_await m_access->client.discoverAll(orchestrators, filter, nullptr, context);
    } catch (const Error &error) {
        if (error.httpStatus() != 404)
            throw;
        // A node without live runners has no such app: that is an answer, and need not be asked for again with each call.
    }
    co_return listing::capabilitiesOf(offers);
}

QCoro::Task<AppAnswer> LiveRunnerBackend::open(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context)
{
    m_access->check();
    const AppRequest request = requestOf(call);
    const PaymentBounds bounds = boundsOf(call, sink->runId());
    const QList<QUrl> orchestrators = co_await m_access->orchestratorsFor(call, context);
    const auto observer = std::make_shared<SinkObserver>(sink);
    const QString app = call.call.capability;
    AppAnswer answer = co_await m_access->client.call(orchestrators, app, request, bounds, observer, context);
    sink->servedBy(answer.offer.orchestrator);
    co_return answer;
}

QCoro::Task<RunResult> LiveRunnerBackend::run(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context)
{
    const CallContext limited = context.within(call.call.timeout);
    const AppAnswer answer = co_await open(call, sink, limited);
    RunResult result;
    result.status = answer.status;
    result.headers = answer.headers;
    result.contentType = headers::value(answer.headers, "Content-Type");
    result.servedBy = answer.offer.orchestrator;
    result.askedAt = answer.url.adjusted(QUrl::RemoveQuery);
    const auto funding = fundingOf(answer.payments, sink);
    const auto received = std::make_shared<QByteArray>();
    std::optional<Error> failure;
    try {
        co_await readAnswer(answer.stream, call.call.limits.maxAnswerBytes, received);
    } catch (const Error &error) {
        failure = error;
    }
    if (funding) {
        co_await funding->end();
        answer.payments->end();
    }
    if (failure) {
        sink->keepReceived(result.contentType, *received);
        if (answer.payments && failure->kind() == Error::Kind::Network)
            failure->withAdvice(QStringLiteral("What came so far is kept. An orchestrator cuts a call whose payments do not cover it any more."));
        throw failure->withRequest(requestOf(call).method, answer.url).withPaymentSent(answer.paid());
    }
    result.content = *received;
    if (headers::mediaType(answer.headers) == "text/event-stream") {
        result.notes.append(QStringLiteral("The answer came as a stream of events, though it was not asked for as one."));
        sink->note(result.notes.last());
    }
    co_return result;
}

QCoro::Task<std::shared_ptr<EventSource>> LiveRunnerBackend::stream(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context)
{
    AppAnswer answer = co_await open(call, sink, context);
    co_return makeEventSource(m_access, call, std::move(answer), sink);
}

} // namespace

Access::Access(BackendServices &services, const BackendSettings &settings)
    : network(OrchestratorNetwork::of(services, OrchestratorSettings::from(settings)))
    , client(services.http(), network->senders(), clientOptions(services))
{
}

void Access::check() const
{
    network->check();
    if (!network->access().gateway.isEmpty())
        throw Error(Error::Kind::NotRouted, QStringLiteral("A BYOC gateway has no live runners."))
            .withAdvice(QStringLiteral("Use a profile that goes to an orchestrator directly."));
}

QCoro::Task<QList<QUrl>> Access::orchestratorsFor(BackendCall call, CallContext context)
{
    if (call.info && !call.info->orchestrators.isEmpty())
        co_return call.info->orchestrators;
    co_return co_await network->orchestratorsFor(QString(), context);
}

QCoro::Task<void> SinkObserver::ticketsPrepared(QUrl service, QList<SentTicket> tickets)
{
    co_await m_sink->tickets().ticketsPrepared(service, tickets);
}

QCoro::Task<void> SinkObserver::ticketsSettled(QList<SentTicket> tickets, bool sent)
{
    co_await m_sink->tickets().ticketsSettled(tickets, sent);
}

PaymentBounds boundsOf(const BackendCall &call, const QString &runId)
{
    PaymentBounds bounds;
    bounds.callId = runId;
    bounds.maxSpend = livepeer::spendLimitOf(call.call);
    if (call.call.limits.maxPricePerSecond)
        bounds.cap = livepeer::acceptedPriceOf(call);
    if (call.info && call.info->price && call.info->price->pixelsPerUnit > 0)
        bounds.seen = Rational(Wei(call.info->price->pricePerUnit), Wei(call.info->price->pixelsPerUnit));
    return bounds;
}

AppRequest requestOf(const BackendCall &backendCall)
{
    const Call &call = backendCall.call;
    AppRequest request;
    request.path = call.path;
    if (request.path.isEmpty() && backendCall.info)
        request.path = backendCall.info->path;
    const QString method = call.parameters.value(QStringLiteral("method")).toString(QStringLiteral("POST"));
    static const QStringList known{QStringLiteral("GET"), QStringLiteral("HEAD"), QStringLiteral("POST"), QStringLiteral("PUT"), QStringLiteral("PATCH"),
        QStringLiteral("DELETE"), QStringLiteral("OPTIONS")};
    if (!known.contains(method))
        throw Error(Error::Kind::InvalidInput, QStringLiteral("“%1” is no method of a call.").arg(method.left(40)))
            .withAdvice(QStringLiteral("It is one of %1; without one it is POST.").arg(known.join(QStringLiteral(", ")))).withField(QStringLiteral("/parameters/method"));
    request.method = method.toLatin1();
    request.headers = Headers{{"Accept", call.verb == Verb::Stream ? "text/event-stream" : "*/*"}};
    const bool hasBody = request.method != "GET" && request.method != "HEAD" && request.method != "OPTIONS";
    if (hasBody) {
        request.body = call.input.isNull() ? QByteArray("{}") : call.input.dump();
        request.headers.emplaceBack("Content-Type", "application/json");
    }
    if (call.verb == Verb::Stream)
        request.answerTimeout = call.timeout;
    return request;
}

std::shared_ptr<livepeer::CallFunding> fundingOf(std::shared_ptr<RunnerPayments> payments, std::shared_ptr<CallSink> sink)
{
    if (!payments || !payments->isMetered())
        return nullptr;
    livepeer::CallFunding::Options options;
    options.what = QStringLiteral("answer");
    const auto pay = [payments = std::move(payments)](CallContext context) { return payments->pay(std::move(context)); };
    return std::make_shared<livepeer::CallFunding>(pay, std::move(sink), std::move(options));
}

BackendKind backendKind()
{
    BackendKind kind;
    kind.id = BackendId;
    kind.title = QStringLiteral("Livepeer live runner");
    kind.settingsSchema = OrchestratorSettings::schema();
    kind.sharesSettingsOf = QStringLiteral("byoc");
    kind.make = [](BackendServices &services, const BackendSettings &settings) { return std::make_unique<LiveRunnerBackend>(services, settings); };
    return kind;
}

} // namespace sluice::liverunner
