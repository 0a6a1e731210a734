#include "orchestrator_forward_p.h"

#include "sluice/base/log.h"
#include "sluice/net/all_of.h"
#include "sluice/net/asio_exchange.h"

#include <boost/asio/this_coro.hpp>

#include <charconv>

namespace sluice::liverunner {

namespace {

constexpr qsizetype MaxAnswerHeadBytes = 256 * 1024;

/// Fields that are between two ends of one connection, and what a proxy before this one may have said of the client.
constexpr const char *ours[] = {"connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
    "transfer-encoding", "upgrade", "content-length", "host", "expect", "forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto",
    // For this orchestrator, not for the app, which might send them once more.
    "livepeer-payer-address", "livepeer-payment", "livepeer-segment"};

bool isOurs(const QByteArray &name, const Headers &all)
{
    const auto same = [&name](const char *one) { return name.compare(one, Qt::CaseInsensitive) == 0; };
    return std::any_of(std::begin(ours), std::end(ours), same) || headers::hasToken(all, "Connection", name);
}

Headers endToEnd(const Headers &fields)
{
    Headers kept;
    for (const auto &[name, value] : fields) {
        if (!isOurs(name, fields))
            kept.append({name, value});
    }
    return kept;
}

std::optional<qint64> lengthIn(const Headers &fields)
{
    const QByteArray text = headers::value(fields, "Content-Length");
    qint64 length = 0;
    const auto [end, wrong] = std::from_chars(text.constData(), text.constData() + text.size(), length);
    if (text.isEmpty() || wrong != std::errc() || end != text.constData() + text.size() || length < 0)
        return std::nullopt;
    return length;
}

/// One request on its way. Lives in the coroutine that answers it.
class Passing {
public:
    Passing(SharedContext context, Passage passage, ServerRequest request, ServerResponse &response, const boost::asio::any_io_executor &executor)
        : m_context(std::move(context))
        , m_passage(std::move(passage))
        , m_request(std::move(request))
        , m_response(response)
        , m_target(m_passage.target.isValid() ? m_passage.target : QUrl(m_passage.runner->described.runnerUrl))
        , m_exchange(std::make_shared<AsioExchange>(executor, m_target, nullptr, AsioAnswerBounds{MaxAnswerHeadBytes}))
        , m_stall(executor)
    {
    }
    Awaitable<void> run();

private:
    [[nodiscard]] AsioExchange::Passed head() const;
    [[nodiscard]] QByteArray target() const;
    Awaitable<void> meet();
    Awaitable<void> sendBody();
    Awaitable<void> answer();
    Awaitable<void> join();
    Awaitable<void> fromClient();
    Awaitable<void> fromApp();
    Awaitable<void> fail(const Error &error);

    SharedContext m_context;
    Passage m_passage;
    ServerRequest m_request;
    ServerResponse &m_response;
    QUrl m_target;
    std::shared_ptr<AsioExchange> m_exchange;
    Alarm m_stall;
    AsioExchange::Body m_body = AsioExchange::Body::None;
    bool m_upgrades = false;
    bool m_stalled = false;
    bool m_cut = false;
};

QByteArray Passing::target() const
{
    QByteArray path = m_target.path(QUrl::FullyEncoded).toLatin1();
    if (!m_passage.path.isEmpty()) {
        if (!path.endsWith('/'))
            path += '/';
        path += m_passage.path;
    }
    if (path.isEmpty())
        path = "/";
    return m_request.query.isEmpty() ? path : path + '?' + m_request.query;
}

AsioExchange::Passed Passing::head() const
{
    AsioExchange::Passed head;
    head.method = m_request.method;
    head.target = target();
    head.headers = endToEnd(m_request.headers);
    head.body = m_body;
    head.length = lengthIn(m_request.headers).value_or(0);
    head.upgrades = m_upgrades;
    if (m_upgrades) {
        head.headers.emplaceBack("Connection", "Upgrade");
        head.headers.emplaceBack("Upgrade", headers::value(m_request.headers, "Upgrade"));
    } else {
        head.headers.emplaceBack("Connection", "close");
    }
    const QString route = m_passage.runner->route;
    const Session &session = *m_passage.session;
    const QString control = QStringLiteral("%1/runner/%2/session/%3").arg(m_context->internal(), inPath(route), inPath(session.id));
    headers::set(head.headers, header::RunnerRoute, route.toUtf8());
    headers::set(head.headers, header::SessionId, session.id.toUtf8());
    headers::set(head.headers, header::SessionToken, session.token);
    headers::set(head.headers, header::SessionControl, control.toUtf8());
    return head;
}

Awaitable<void> Passing::run()
{
    const auto exchange = m_exchange;
    const auto session = m_passage.session;
    const Subscription hangUp = m_response.onClosed([exchange] { exchange->close(); });
    const int number = session->nextCut++;
    session->cuts.emplace(number, [this, exchange] {
        m_cut = true;
        exchange->close();
    });
    const Subscription uncut([session, number] { session->cuts.erase(number); });
    std::optional<Error> failure;
    try {
        co_await meet();
    } catch (const Error &error) {
        failure = error;
    }
    m_stall.disarm();
    if (failure)
        co_await fail(*failure);
}

Awaitable<void> Passing::meet()
{
    const Headers &fields = m_request.headers;
    m_upgrades = headers::hasToken(fields, "Connection", "Upgrade") && headers::contains(fields, "Upgrade");
    const bool hasLength = lengthIn(fields).value_or(0) > 0;
    if (headers::contains(fields, "Transfer-Encoding"))
        m_body = AsioExchange::Body::Chunked;
    else if (hasLength)
        m_body = AsioExchange::Body::Sized;
    if (m_body != AsioExchange::Body::None)
        m_upgrades = false;
    co_await m_exchange->connect(m_context->options.connectTimeout);
    AsioExchange::Passed passed = head();
    co_await m_exchange->pass(std::move(passed));
    std::vector<Awaitable<void>> both;
    both.push_back(answer());
    if (m_body != AsioExchange::Body::None)
        both.push_back(sendBody());
    co_await allOf(std::move(both));
}

/// The client's body, until it ends or the answer does.
Awaitable<void> Passing::sendBody()
{
    using State = BodyPiece::State;
    const auto exchange = m_exchange;
    for (;;) {
        m_stall.arm(m_context->options.stallTimeout, [this] {
            m_stalled = true;
            m_exchange->close();
            m_response.interruptRead();
        });
        BodyPiece piece = co_await m_response.readSome();
        m_stall.disarm();
        if (piece.state == State::Interrupted)
            co_return;
        if (piece.state == State::Failed) {
            exchange->close();
            co_return;
        }
        try {
            if (piece.state == State::Bytes && m_body == AsioExchange::Body::Chunked)
                co_await exchange->writeChunk(std::move(piece.bytes), m_context->options.stallTimeout);
            else if (piece.state == State::Bytes)
                co_await exchange->writeSome(std::move(piece.bytes), m_context->options.stallTimeout);
            else if (m_body == AsioExchange::Body::Chunked)
                co_await exchange->endBody(m_context->options.stallTimeout);
        } catch (const Error &) {
            co_return; // an app that does not want the body says so in its answer, which tells more
        }
        if (piece.state == State::End)
            co_return;
    }
}

Awaitable<void> Passing::answer()
{
    std::exception_ptr thrown;
    try {
        co_await m_exchange->receiveHead();
        if (m_exchange->status() == 101) {
            co_await join();
        } else {
            const Headers fields = endToEnd(m_exchange->headers());
            const auto length = lengthIn(m_exchange->headers());
            bool open = length ? co_await m_response.begin(m_exchange->status(), fields, qsizetype(*length))
                               : co_await m_response.begin(m_exchange->status(), fields);
            while (open) {
                QByteArray bytes = co_await m_exchange->read();
                if (bytes.isEmpty())
                    break;
                open = co_await m_response.write(std::move(bytes));
            }
            co_await m_response.end();
        }
    } catch (const Error &) {
        thrown = std::current_exception();
    }
    m_exchange->close();
    m_response.interruptRead();
    if (thrown)
        std::rethrow_exception(thrown);
}

/// A websocket: bytes both ways until one side ends.
Awaitable<void> Passing::join()
{
    Headers fields = endToEnd(m_exchange->headers());
    fields.emplaceBack("Upgrade", headers::value(m_exchange->headers(), "Upgrade"));
    if (!co_await m_response.upgrade(std::move(fields)))
        co_return;
    std::vector<Awaitable<void>> both;
    both.push_back(fromClient());
    both.push_back(fromApp());
    co_await allOf(std::move(both));
}

Awaitable<void> Passing::fromClient()
{
    try {
        for (QByteArray bytes = co_await m_response.readUpgraded(); !bytes.isEmpty(); bytes = co_await m_response.readUpgraded())
            co_await m_exchange->writeSome(std::move(bytes), m_context->options.stallTimeout);
    } catch (const Error &error) {
        qCDebug(logLiveRunner, "websocket: %s", qUtf8Printable(error.describe()));
    }
    m_exchange->close();
}

Awaitable<void> Passing::fromApp()
{
    try {
        for (QByteArray bytes = co_await m_exchange->readUpgraded(); !bytes.isEmpty(); bytes = co_await m_exchange->readUpgraded()) {
            if (!co_await m_response.writeUpgraded(std::move(bytes)))
                break;
        }
    } catch (const Error &error) {
        qCDebug(logLiveRunner, "websocket: %s", qUtf8Printable(error.describe()));
    }
    m_response.interruptRead();
}

/// Where nothing was answered yet, says what is wrong without naming the app's address, which is private; else breaks the answer off.
Awaitable<void> Passing::fail(const Error &error)
{
    if (m_response.isClosed())
        co_return;
    qCInfo(logLiveRunner, "%s of %s: %s", qUtf8Printable(m_passage.session->id), qUtf8Printable(m_passage.runner->described.app),
        qUtf8Printable(error.describe()));
    if (m_response.started()) {
        m_response.abort();
        co_return;
    }
    int status = 502;
    QByteArray text = "the runner cannot be reached";
    if (m_stalled) {
        status = 408;
        text = "the body of the request came too slowly";
    } else if (m_cut) {
        text = "the runner session has ended";
    } else if (error.kind() == Error::Kind::Protocol || error.kind() == Error::Kind::TooLarge) {
        text = "the runner's answer is not well-formed HTTP";
    } else if (error.kind() == Error::Kind::InvalidInput) {
        text = "invalid registered runner_url";
    }
    co_await m_response.sendText(status, std::move(text));
}

} // namespace

bool hasDotSegments(const QByteArray &path)
{
    const QList<QByteArray> segments = QByteArray::fromPercentEncoding(path).replace('\\', '/').split('/');
    return std::any_of(segments.begin(), segments.end(), [](const QByteArray &one) { return one == "." || one == ".."; });
}

Awaitable<void> forward(SharedContext context, Passage passage, ServerRequest request, ServerResponse &response)
{
    const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
    Passing passing(std::move(context), std::move(passage), std::move(request), response, executor);
    co_await passing.run();
}

} // namespace sluice::liverunner
