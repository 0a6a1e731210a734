#include "orchestrator_worker_call_p.h"

#include "sluice/base/log.h"
#include "sluice/payments/balance_text.h"

#include <boost/asio/experimental/awaitable_operators.hpp>

namespace sluice::byoc {

namespace {

using WorkerStream = std::shared_ptr<AsioHttpStream>;

constexpr char Unprocessed[] = "job not able to be processed";
constexpr char Removing[] = ", removing capability err=";

QUrl workerUrl(const QString &base, const QString &subPath)
{
    QUrl url(base);
    if (!subPath.isEmpty())
        url.setPath(url.path(QUrl::FullyDecoded) + QLatin1Char('/') + subPath, QUrl::DecodedMode);
    return url;
}

AsioHttpRequest workerRequest(const AcceptedJob &job, const ServerRequest &request, const QString &subPath)
{
    AsioHttpRequest out;
    out.method = "POST";
    out.url = workerUrl(job.capability.registration.url, subPath);
    if (headers::contains(request.headers, "Content-Type"))
        out.headers.append({"Content-Type", headers::value(request.headers, "Content-Type")});
    if (!job.capability.registration.token.isEmpty())
        out.headers.append({"Authorization", "Bearer " + job.capability.registration.token.toUtf8()});
    out.body = request.body;
    out.headerTimeout = job.timeout();
    return out;
}

/// As asioOpen(), with the error as a value: an operand of `||` that throws would only make it wait for the other.
Awaitable<Expected<WorkerStream>> tryOpen(AsioHttpRequest request)
{
    try {
        co_return co_await asioOpen(std::move(request));
    } catch (const Error &error) {
        co_return unexpected(error);
    }
}

struct Body {
    QByteArray bytes;
    std::optional<Error> error;
};

/// The worker's whole body; ends early when the client hangs up.
Awaitable<Body> readBody(WorkerStream worker, qsizetype maxBytes, ServerResponse &response)
{
    const Subscription hangUp = response.onClosed([worker] { worker->close(); });
    Body body;
    try {
        for (QByteArray piece = co_await worker->read(); !piece.isEmpty(); piece = co_await worker->read()) {
            if (body.bytes.size() + piece.size() > maxBytes) {
                worker->close();
                body.error = Error(Error::Kind::TooLarge,
                    QStringLiteral("the worker's answer is larger than %1 bytes").arg(maxBytes));
                break;
            }
            body.bytes += piece;
        }
    } catch (const Error &error) {
        body.error = error;
    }
    co_return body;
}

Awaitable<void> sendText(int status, Headers fields, const QByteArray &text, ServerResponse &response)
{
    headers::set(fields, "Content-Type", "text/plain; charset=utf-8");
    headers::set(fields, "X-Content-Type-Options", "nosniff");
    co_await response.send(status, std::move(fields), text + '\n');
}

} // namespace

WorkerCall::WorkerCall(SharedContext context, std::shared_ptr<Registry> registry, AcceptedJob job)
    : m_context(std::move(context))
    , m_registry(std::move(registry))
    , m_job(std::move(job))
{
}

Awaitable<void> WorkerCall::run(ServerRequest request, QString subPath, ServerResponse &response)
{
    using namespace boost::asio::experimental::awaitable_operators;
    auto opened = co_await (tryOpen(workerRequest(m_job, request, subPath)) || response.closed());
    if (opened.index() == 1) {
        charge();
        if (m_context->has(Quirk::LeakSlots))
            m_job.slot.leak();
        co_return;
    }
    auto &outcome = std::get<0>(opened);
    if (!outcome) {
        co_await answerFailure(outcome.error(), response);
        co_return;
    }
    const WorkerStream worker = *outcome;
    request.dropBody();
    if (headers::value(worker->headers(), "Content-Type").toLower().contains("text/event-stream"))
        co_await relay(worker, response);
    else
        co_await answerWhole(worker, response);
}

Awaitable<void> WorkerCall::answerFailure(const Error &error, ServerResponse &response)
{
    const std::chrono::seconds limit(m_job.header.timeoutSeconds);
    const bool timedOut = error.kind() == Error::Kind::Timeout && std::chrono::steady_clock::now() - m_start >= limit;
    const Headers fields = balanceField(balance_text::header(charge()));
    qCWarning(logByoc, "%s: %s", qUtf8Printable(m_job.header.capability), qUtf8Printable(error.describe()));
    if (!timedOut) {
        m_registry->removeFailed(m_job.capability);
        m_job.slot.release();
        const QByteArray text = QByteArray(Unprocessed) + Removing + error.message().toUtf8();
        co_await sendText(500, fields, text, response);
        co_return;
    }
    if (m_context->has(Quirk::LeakSlots))
        m_job.slot.leak();
    m_job.slot.release();
    QByteArray text = Unprocessed;
    if (m_context->has(Quirk::MisleadingTimeout))
        text += Removing + QByteArray("Post \"") + m_job.capability.registration.url.toUtf8() + "\": context canceled";
    else
        text += " err=the worker did not answer within " + QByteArray::number(limit.count()) + " s";
    co_await sendText(500, fields, text, response);
}

Awaitable<void> WorkerCall::answerWhole(std::shared_ptr<AsioHttpStream> worker, ServerResponse &response)
{
    const Body body = co_await readBody(worker, m_context->options.maxWorkerBodyBytes, response);
    Headers fields = balanceField(balance_text::header(charge()));
    const int status = worker->status();
    // What follows needs no slot: a slow client must not hold a worker's place.
    m_job.slot.release();
    // A worker that refuses its own token is taken off even when the client is gone.
    if (status == 401)
        m_registry->removeFailed(m_job.capability);
    if (response.isClosed())
        co_return;
    if (status == 401) {
        const QByteArray text = QByteArray(Unprocessed) + Removing + "worker auth token failed";
        co_await sendText(500, fields, text, response);
        co_return;
    }
    if (body.error) {
        co_await sendText(500, fields, body.error->message().toUtf8(), response);
        co_return;
    }
    fields.append({header::Metadata, headers::value(worker->headers(), header::Metadata)});
    if (status >= 400) {
        co_await sendText(status, fields, body.bytes, response);
        co_return;
    }
    if (headers::contains(worker->headers(), "Content-Type"))
        fields.append({"Content-Type", headers::value(worker->headers(), "Content-Type")});
    co_await response.send(200, fields, body.bytes);
}

} // namespace sluice::byoc
