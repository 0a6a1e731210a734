#include "backend_p.h"

#include "sluice/livepeer/reaction.h"

namespace sluice::liverunner {

namespace {

constexpr std::chrono::milliseconds ReserveTimeout{30'000};
constexpr std::chrono::milliseconds StopTimeout{10'000};

/// A persistent session (live-runner.md 9): reserved by start(), paid by pay() while it is metered, released by stop().
class SessionJob final : public LiveJob {
public:
    SessionJob(std::shared_ptr<Access> access, BackendCall call, std::shared_ptr<CallSink> sink)
        : m_access(std::move(access))
        , m_call(std::move(call))
        , m_sink(std::move(sink))
    {
    }

    QCoro::Task<LiveStart> start(CallContext context) override
    {
        m_access->check();
        const CallContext limited = context.within(std::max(ReserveTimeout, std::chrono::milliseconds(m_call.call.timeout)));
        const PaymentBounds bounds = boundsOf(m_call, m_sink->runId());
        const QList<QUrl> orchestrators = co_await m_access->orchestratorsFor(m_call, limited);
        const auto observer = std::make_shared<SinkObserver>(m_sink);
        const QString app = m_call.call.capability;
        m_open = co_await m_access->client.reserve(orchestrators, app, bounds, observer, limited);
        m_runs = true;
        LiveStart started;
        started.streamId = m_open.session.id;
        started.servedBy = m_open.offer.orchestrator;
        started.raw = m_open.session.raw;
        started.appUrl = m_open.session.appUrl;
        co_return started;
    }

    QCoro::Task<void> update(Json, CallContext) override
    {
        throw Error(Error::Kind::NotRouted, QStringLiteral("A session with an app has no parameters of its own.")).withAdvice(QStringLiteral("Call the app: it says what it takes."));
        co_return;
    }

    QCoro::Task<LiveFunding> pay(CallContext context) override
    {
        RunnerPayments::Funds funds;
        funds.free = true;
        funds.secondsAhead = FreeSeconds;
        funds.next = std::chrono::hours(1);
        if (m_open.payments)
            funds = co_await m_open.payments->pay(context);
        if (m_open.payments && m_open.payments->isReleased())
            m_over = funds.refused;
        co_return livepeer::fundingFrom(funds, RunnerPayments::DebitSeconds);
    }

    /// Payments have ended before; this says so once more, for a payment that is on its way.
    QCoro::Task<void> stop(CallContext context) override
    {
        if (m_open.payments)
            m_open.payments->end();
        if (!m_runs || m_over)
            co_return;
        const auto step = context.trace->begin(QStringLiteral("stop"));
        QUrl url = m_open.session.controlUrl;
        url.setPath(url.path(QUrl::FullyEncoded) + QLatin1String("/stop"), QUrl::StrictMode);
        HttpRequest request = m_access->client.requestTo(url, "POST");
        request.maxBodyBytes = MaxAnswerBytes;
        const CallContext limited = context.within(StopTimeout);
        const HttpResponse response = co_await m_access->client.http().send(request, limited);
        m_runs = false;
        // 404 says that the runner, and so the session, is gone already.
        if ((response.status < 200 || response.status >= 300) && response.status != 404)
            throw runnerRefusal("POST", url, response.status, response.headers, response.body, false);
    }

    [[nodiscard]] Expected<QUrl> appAddress(const QString &path) const override { return liverunner::appUrl(m_open.session.appUrl, path); }

    QCoro::Task<AppReply> request(AppCall call, std::function<void(const QByteArray &)> piece, CallContext context) override
    {
        const QUrl url = orThrow(appAddress(call.path));
        HttpRequest request = m_access->client.requestTo(url, call.method);
        request.headers = Headers{{"Accept", call.accept}};
        if (!call.body.isEmpty() || (call.method != "GET" && call.method != "HEAD"))
            request.headers.emplaceBack("Content-Type", call.contentType);
        request.body = call.body;
        request.answerTimeout = call.timeout;
        const CallContext limited = piece ? context : context.within(call.timeout);
        const auto stream = co_await m_access->client.http().open(request, limited);
        AppReply reply;
        reply.status = stream->status();
        reply.headers = stream->headers();
        reply.contentType = headers::value(reply.headers, "Content-Type");
        reply.url = url.adjusted(QUrl::RemoveQuery);
        const bool whole = !piece || reply.status >= 400;
        for (;;) {
            const QByteArray bytes = co_await stream->read();
            if (bytes.isEmpty())
                break;
            if (!whole) {
                piece(bytes);
                continue;
            }
            if (reply.body.size() + bytes.size() > call.maxAnswerBytes) {
                stream->close();
                throw Error(Error::Kind::TooLarge, QStringLiteral("The answer is larger than the %1 bytes that this call accepts.").arg(call.maxAnswerBytes)).withRequest(call.method, url);
            }
            reply.body += bytes;
        }
        const bool gone = saysOrchestrator(reply.status, reply.headers, reply.body, NoSessionHere) || saysOrchestrator(reply.status, reply.headers, reply.body, NoRunnerHere);
        if (gone && !m_over) {
            m_over = Error(Error::Kind::Http, QStringLiteral("The orchestrator has ended the session: %1").arg(QString::fromUtf8(reply.body).trimmed()))
                         .withAdvice(QStringLiteral("Reserve another one.")).withRequest(call.method, url).withHttp(reply.status, reply.body);
            if (m_open.payments)
                m_open.payments->end();
        }
        co_return reply;
    }

    [[nodiscard]] std::optional<Error> over() const override { return m_over; }

private:
    static constexpr qint64 FreeSeconds = 1'000'000'000;

    std::shared_ptr<Access> m_access;
    BackendCall m_call;
    std::shared_ptr<CallSink> m_sink;
    OpenSession m_open;
    std::optional<Error> m_over;
    bool m_runs = false;
};

} // namespace

std::unique_ptr<LiveJob> makeSessionJob(std::shared_ptr<Access> access, BackendCall call, std::shared_ptr<CallSink> sink)
{
    return std::make_unique<SessionJob>(std::move(access), std::move(call), std::move(sink));
}

} // namespace sluice::liverunner
