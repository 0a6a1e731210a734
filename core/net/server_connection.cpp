#include "sluice/net/server_connection_p.h"

#include "sluice/base/log.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/beast/http/status.hpp>

#include <limits>
#include <utility>

namespace sluice {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype ReadSize = 64 * 1024;
constexpr auto GoodbyeTime = 1s;
constexpr char Continue[] = "HTTP/1.1 100 Continue\r\n\r\n";

// A path from the request target, which may be in absolute form; empty when it is neither.
QByteArray pathOf(const QByteArray &target)
{
    if (target.startsWith('/') || target == "*")
        return target;
    const qsizetype authority = target.indexOf("://");
    if (authority < 0)
        return {};
    const qsizetype path = target.indexOf('/', authority + 3);
    return path < 0 ? QByteArrayLiteral("/") : target.mid(path);
}

QByteArray refusalText(int status, const HttpServerOptions &options)
{
    if (status == 413)
        return "The request body is larger than the " + QByteArray::number(options.maxBodyBytes) + " bytes that are allowed.";
    if (status == 431)
        return "The request headers are larger than the " + QByteArray::number(options.maxHeaderBytes) + " bytes that are allowed.";
    return "The request is not well-formed HTTP.";
}

QByteArray reasonOf(int status)
{
    if (http::int_to_status(unsigned(status)) == http::status::unknown)
        return "status code " + QByteArray::number(status);
    const auto reason = http::obsolete_reason(static_cast<http::status>(status));
    return QByteArray(reason.data(), qsizetype(reason.size()));
}

} // namespace

ServerConnection::ServerConnection(
    std::unique_ptr<ByteStream> stream, std::shared_ptr<const ServerSettings> settings, QString remote)
    : m_stream(std::move(stream))
    , m_settings(std::move(settings))
    , m_remote(std::move(remote))
    , m_readAlarm(m_stream->socket().get_executor())
    , m_writeAlarm(m_stream->socket().get_executor())
    , m_readDone(m_stream->socket().get_executor())
    , m_hungUp(m_stream->socket().get_executor())
{
}

asio::awaitable<void> ServerConnection::serve()
{
    m_readAlarm.arm(m_settings->options.requestTimeout, [this] { hangUp(); });
    if (co_await m_stream->handshake()) {
        hangUp();
        co_return;
    }
    Next next = Next::KeepAlive;
    while (!m_closed && next == Next::KeepAlive)
        next = co_await serveOne();
    if (!m_closed)
        co_await goodbye(next);
    hangUp();
}

void ServerConnection::stop()
{
    hangUp();
    m_cancel.emit(asio::cancellation_type::terminal);
}

void ServerConnection::hangUp()
{
    if (std::exchange(m_closed, true))
        return;
    m_readAlarm.disarm();
    m_writeAlarm.disarm();
    m_stream->close();
    m_readDone.notify();
    m_hungUp.notify();
    const auto callbacks = std::exchange(m_onClosed, {});
    for (const auto &[id, callback] : callbacks)
        callback();
}

asio::awaitable<ServerConnection::Next> ServerConnection::serveOne()
{
    HttpParser<true> parser(m_settings->options.maxHeaderBytes, m_settings->options.maxBodyBytes);
    m_streamed = false;
    parser.onHeaders = [this, &parser] {
        m_streamed = m_settings->options.streamsBody && m_settings->options.streamsBody(requestHead(parser));
        if (m_streamed)
            parser.setMaxBodyBytes(std::numeric_limits<qsizetype>::max());
    };
    const int refusal = co_await receive(parser);
    m_readAlarm.disarm();
    if (m_closed)
        co_return Next::Close;
    prepare(parser);
    const QByteArray target = pathOf(parser.target);
    if (refusal != 0 || target.isEmpty())
        co_return co_await refuse(refusal != 0 ? refusal : 400);

    ServerRequest request = requestHead(parser);
    if (m_streamed) {
        m_body = &parser;
        m_interrupted = false;
        m_continueWanted = headers::hasToken(parser.headers, "Expect", "100-continue");
    } else {
        request.body = std::move(parser.body);
    }
    co_await handle(std::move(request));
    const bool unread = isUnread();
    m_body = nullptr;
    co_return unread ? Next::CloseUnread : m_keepAlive ? Next::KeepAlive : Next::Close;
}

ServerRequest ServerConnection::requestHead(const HttpParser<true> &parser) const
{
    const QByteArray target = pathOf(parser.target);
    const qsizetype mark = target.indexOf('?');
    return {parser.method, mark < 0 ? target : target.left(mark), mark < 0 ? QByteArray() : target.mid(mark + 1), parser.headers, {},
        m_remote};
}

// The status to refuse the request with, or 0 when it is complete (or the client gone).
asio::awaitable<int> ServerConnection::receive(HttpParser<true> &parser)
{
    const HttpServerOptions &options = m_settings->options;
    bool begun = !m_in.isEmpty();
    bool continued = false;
    m_readAlarm.arm(begun ? options.requestTimeout : options.idleTimeout, [this] { hangUp(); });
    while (!m_closed) {
        const auto wrong = parser.parse(m_in);
        m_bodyBroken = wrong && m_streamed && parser.is_header_done();
        if (wrong && !m_bodyBroken)
            co_return parser.bodyTooLarge ? 413 : wrong == http::error::header_limit ? 431 : 400;
        if (parser.is_header_done() && !parser.chunked() && headers::contains(parser.headers, "Transfer-Encoding"))
            co_return 400; // its length is unknown, and guessing is how requests get smuggled
        if (parser.is_done() || (parser.is_header_done() && m_streamed))
            co_return 0;
        if (parser.is_header_done() && headers::hasToken(parser.headers, "Expect", "100-continue") && !std::exchange(continued, true)
            && !co_await writeAll(Continue))
            co_return 0;
        if (!co_await fill())
            co_return 0;
        if (!std::exchange(begun, true))
            m_readAlarm.arm(options.requestTimeout, [this] { hangUp(); });
    }
    co_return 0;
}

void ServerConnection::prepare(const HttpParser<true> &parser)
{
    m_started = m_ended = m_chunked = m_bodyless = false;
    m_headOnly = parser.method == "HEAD";
    m_http11 = !parser.is_header_done() || parser.httpVersion >= 11;
    m_keepAlive = parser.is_header_done() && parser.keep_alive();
}

asio::awaitable<ServerConnection::Next> ServerConnection::refuse(int status)
{
    m_keepAlive = false;
    const QByteArray text = refusalText(status, m_settings->options) + '\n';
    co_await send(status, headers::contentType("text/plain; charset=utf-8"), text);
    co_return Next::CloseUnread;
}

asio::awaitable<void> ServerConnection::handle(ServerRequest request)
{
    const QByteArray what = request.method + ' ' + request.path.left(200);
    if (m_in.size() < ReadSize) // else a client that sends requests ahead would fill the memory
        startReading();
    ServerResponse response(*this);
    QString reason;
    try {
        co_await m_settings->handler(std::move(request), response);
        if (!m_started && !m_closed)
            reason = QStringLiteral("it gave no answer");
    } catch (const Error &error) {
        reason = error.describe();
    } catch (const std::exception &error) {
        reason = QString::fromUtf8(error.what());
    } catch (...) {
        reason = QStringLiteral("an unknown exception");
    }
    if (m_closed)
        co_return;
    if (!reason.isEmpty()) {
        qCWarning(logNet) << "The handler of" << what << "failed:" << reason;
        if (!m_started)
            co_await response.sendText(500, "The server failed while it handled " + what + ".");
    }
    // A begun answer that nobody ended must not look complete.
    if (!m_ended)
        hangUp();
}

asio::awaitable<bool> ServerConnection::fill()
{
    startReading();
    while (m_reading && !m_closed)
        co_await m_readDone.wait();
    co_return !m_closed;
}

void ServerConnection::startReading()
{
    if (std::exchange(m_reading, true) || m_closed)
        return;
    asio::co_spawn(m_stream->socket().get_executor(), [self = shared_from_this()] { return self->readOnce(); }, asio::detached);
}

asio::awaitable<void> ServerConnection::readOnce()
{
    const auto self = shared_from_this();
    QByteArray piece(ReadSize, Qt::Uninitialized);
    const auto [error, size] = co_await m_stream->readSome(asio::buffer(piece.data(), std::size_t(piece.size())));
    m_in.append(piece.constData(), qsizetype(size));
    m_reading = false;
    if (error)
        hangUp();
    m_readDone.notify();
}

asio::awaitable<BodyPiece> ServerConnection::readBody()
{
    using State = BodyPiece::State;
    while (m_body) {
        m_bodyBroken = m_bodyBroken || m_body->parse(m_in);
        if (!m_body->body.isEmpty())
            co_return BodyPiece(State::Bytes, std::exchange(m_body->body, {}));
        if (m_bodyBroken)
            co_return BodyPiece(State::Failed);
        if (m_body->is_done())
            break;
        if (m_closed)
            co_return BodyPiece(State::Failed);
        if (std::exchange(m_interrupted, false))
            co_return BodyPiece(State::Interrupted);
        if (m_continueWanted && !co_await sendContinue())
            continue;
        startReading();
        while (m_reading && !m_closed && !m_interrupted)
            co_await m_readDone.wait();
    }
    if (m_in.size() < ReadSize)
        startReading(); // to notice that the client hangs up
    co_return BodyPiece(State::End);
}

void ServerConnection::interruptRead()
{
    m_interrupted = true;
    m_readDone.notify();
}

asio::awaitable<bool> ServerConnection::sendContinue()
{
    m_continueWanted = false;
    if (m_started || !m_http11)
        co_return !m_closed;
    co_return co_await writeAll(Continue);
}

asio::awaitable<bool> ServerConnection::writeAll(QByteArray bytes)
{
    if (m_closed)
        co_return false;
    m_writeAlarm.arm(m_settings->options.writeTimeout, [this] { hangUp(); });
    const auto error = co_await m_stream->write(asio::buffer(bytes.constData(), std::size_t(bytes.size())));
    m_writeAlarm.disarm();
    if (error)
        hangUp();
    co_return !m_closed;
}

asio::awaitable<void> ServerConnection::goodbye(Next next)
{
    m_readAlarm.arm(GoodbyeTime, [this] { hangUp(); });
    // Closing over unread bytes resets the connection, and the client would lose the answer that refused them.
    while (next == Next::CloseUnread && co_await fill())
        m_in.clear();
    if (!m_closed)
        co_await m_stream->shutdown();
}

QByteArray ServerConnection::head(int status, const Headers &headers, std::optional<qsizetype> length)
{
    orThrow(headers::check(headers));
    Q_ASSERT(!m_started);
    m_started = true;
    m_bodyless = m_headOnly || status == 204 || status == 304;
    m_chunked = !length && m_http11 && !m_bodyless;
    if (!length && !m_http11)
        m_keepAlive = false; // its end is the connection's
    if (isUnread())
        m_keepAlive = false; // nobody will read the rest, and the next request lies behind it
    QByteArray text = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonOf(status) + "\r\n";
    static const QByteArrayList ours{"connection", "content-length", "transfer-encoding"};
    for (const auto &[name, value] : headers) {
        if (!ours.contains(name.toLower()))
            text += name + ": " + value + "\r\n";
    }
    if (m_chunked)
        text += "Transfer-Encoding: chunked\r\n";
    else if (length && status != 204 && status != 304)
        text += "Content-Length: " + QByteArray::number(*length) + "\r\n";
    text += m_keepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    return text;
}

asio::awaitable<bool> ServerConnection::send(int status, Headers headers, QByteArray body)
{
    QByteArray text = head(status, headers, body.size());
    m_ended = true;
    if (!m_bodyless)
        text += body;
    co_return co_await writeAll(std::move(text));
}

asio::awaitable<bool> ServerConnection::begin(int status, Headers headers)
{
    co_return co_await writeAll(head(status, headers, std::nullopt));
}

asio::awaitable<bool> ServerConnection::writeChunk(QByteArray bytes)
{
    Q_ASSERT(m_started && !m_ended);
    if (bytes.isEmpty() || m_bodyless)
        co_return !m_closed; // an empty chunk would be the end
    if (m_chunked)
        bytes = QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
    co_return co_await writeAll(std::move(bytes));
}

asio::awaitable<bool> ServerConnection::end()
{
    m_ended = true;
    if (m_chunked)
        co_return co_await writeAll("0\r\n\r\n");
    co_return !m_closed;
}

asio::awaitable<void> ServerConnection::closed()
{
    while (!m_closed)
        co_await m_hungUp.wait();
}

Subscription ServerConnection::onClosed(std::function<void()> callback)
{
    if (m_closed) {
        callback();
        return {};
    }
    const int id = m_nextCallback++;
    m_onClosed.emplace(id, std::move(callback));
    return Subscription([weak = weak_from_this(), id] {
        if (const auto self = weak.lock())
            self->m_onClosed.erase(id);
    });
}

} // namespace sluice
