#include "sluice/net/server_connection_p.h"

#include "sluice/base/log.h"
#include "sluice/net/client_hello_p.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>

#include <limits>
#include <tuple>
#include <utility>

namespace sluice {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype WatchReadSize = 2 * 1024; ///< of a connection that waits, or whose answer is on its way; there are many of them
constexpr qsizetype HeadReadSize = 16 * 1024;
constexpr qsizetype ReadSize = 64 * 1024;
constexpr qsizetype MaxReadSize = 256 * 1024; ///< of a body that comes faster than it is read
/// So much of a head is no matter, even from all connections together.
constexpr qsizetype SmallHead = 8 * 1024;
constexpr auto GoodbyeTime = 1s;
constexpr qsizetype MaxHelloPeek = 16 * 1024;
constexpr auto HelloPause = 10ms;
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

constexpr char IllFormed[] = "The request is not well-formed HTTP.";

QByteArray tooLarge(const char *what, qsizetype allowed)
{
    return QByteArray("The request ") + what + " larger than the " + QByteArray::number(allowed) + " bytes that are allowed.";
}

} // namespace

ServerConnection::ServerConnection(
    std::unique_ptr<ByteStream> stream, std::shared_ptr<const ServerSettings> settings, QString remote, QString peer)
    : m_stream(std::move(stream))
    , m_settings(std::move(settings))
    , m_remote(std::move(remote))
    , m_peer(std::move(peer))
    , m_readAlarm(m_stream->socket().get_executor())
    , m_writeAlarm(m_stream->socket().get_executor())
    , m_readDone(m_stream->socket().get_executor())
    , m_hungUp(m_stream->socket().get_executor())
    , m_readSize(HeadReadSize)
{
}

asio::awaitable<void> ServerConnection::serve()
{
    m_readAlarm.arm(m_settings->options.headTimeout, [this] { hangUp(); });
    if (m_settings->options.takesHttp2 && m_stream->ssl() && co_await handOver())
        co_return;
    if (co_await m_stream->handshake()) {
        hangUp();
        co_return;
    }
    Next next = Next::KeepAlive;
    while (!m_closed && next == Next::KeepAlive) {
        next = co_await serveOne();
        enter(Phase::Idle);
    }
    if (!m_closed)
        co_await goodbye(next);
    hangUp();
}

asio::awaitable<bool> ServerConnection::handOver()
{
    auto &socket = m_stream->socket();
    asio::steady_timer pause(socket.get_executor());
    QByteArray hello(MaxHelloPeek, Qt::Uninitialized);
    for (;;) {
        boost::system::error_code error;
        std::tie(error) = co_await socket.async_wait(asio::socket_base::wait_read, asio::as_tuple(asio::use_awaitable));
        // Peeked at, not consumed: the protocol's handler reads it from the start.
        const std::size_t size = error ? 0 : socket.receive(asio::buffer(hello.data(), std::size_t(hello.size())), asio::socket_base::message_peek, error);
        if (error == asio::error::would_block)
            continue;
        if (error || m_closed)
            co_return false; // which the handshake fails with as well
        const ClientHello said = readClientHello(QByteArrayView(hello).first(qsizetype(size)));
        if (said == ClientHello::Other)
            co_return false;
        if (said == ClientHello::Http2Only)
            break;
        // The socket is readable all the time now, although the rest has not come.
        pause.expires_after(HelloPause);
        co_await pause.async_wait(asio::as_tuple(asio::use_awaitable));
    }
    boost::system::error_code error;
    const int handle = socket.release(error);
    hangUp();
    if (!error)
        m_settings->options.takesHttp2(handle);
    co_return true;
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
    if (m_cancelsWhenClosed > 0)
        m_cancel.emit(asio::cancellation_type::terminal);
}

Subscription ServerConnection::cancelsWhenClosed()
{
    ++m_cancelsWhenClosed;
    return Subscription([weak = weak_from_this()] {
        if (const auto self = weak.lock())
            --self->m_cancelsWhenClosed;
    });
}

void ServerConnection::enter(Phase phase)
{
    if (std::exchange(m_phase, phase) != phase)
        m_since = Clock::now();
}

asio::awaitable<ServerConnection::Next> ServerConnection::serveOne()
{
    HttpParser<true> parser(m_settings->options.maxHeaderBytes, m_settings->options.maxBodyBytes);
    m_streamed = false;
    m_refusal.reset();
    parser.onHeaders = [this, &parser] {
        if (!m_place) {
            boost::system::error_code unknown; // of a connection that was just closed: then no local address matches
            const auto local = m_stream->socket().local_endpoint(unknown).address();
            m_place = GuardedPlace{QString::fromStdString(local.to_string()), m_stream->ssl() != nullptr};
        }
        m_refusal = m_settings->guard.whyRefused(parser.headers, parser.target, *m_place);
        m_streamed = !m_refusal && m_settings->options.streamsBody && m_settings->options.streamsBody(requestHead(parser));
        if (m_streamed)
            parser.setMaxBodyBytes(std::numeric_limits<qsizetype>::max());
    };
    std::shared_ptr<BodyBudget::Share> share = newShare();
    co_await receiveHead(parser, *share);
    if (!m_refusal && !m_closed && !m_streamed)
        co_await receiveBody(parser, *share);
    m_readAlarm.disarm();
    if (m_closed)
        co_return Next::Close;
    prepare(parser);
    if (pathOf(parser.target).isEmpty())
        refuseWith(400, IllFormed);
    if (m_refusal) {
        co_await sendRefusal(parser);
        co_return Next::CloseUnread;
    }
    share->settle();
    ServerRequest request = requestHead(parser);
    request.bodyShare = std::move(share); // the handler's, so that it may release it
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
    m_readSize = WatchReadSize;
    co_return unread ? Next::CloseUnread : m_keepAlive ? Next::KeepAlive : Next::Close;
}

ServerRequest ServerConnection::requestHead(const HttpParser<true> &parser) const
{
    const QByteArray target = pathOf(parser.target);
    const qsizetype mark = target.indexOf('?');
    return {parser.method, mark < 0 ? target : target.left(mark), mark < 0 ? QByteArray() : target.mid(mark + 1), parser.headers, {}, {},
        m_remote};
}

std::shared_ptr<BodyBudget::Share> ServerConnection::newShare()
{
    return std::make_shared<BodyBudget::Share>(m_settings->budget, m_peer, [this] {
        refuseWith(503, "The request did not come to its end, and others need the memory that it takes. Try again.");
        m_readDone.notify();
    });
}

bool ServerConnection::hold(BodyBudget::Share &share, qsizetype bytes)
{
    if (!m_refusal && !share.resize(bytes))
        refuseWith(503, "Too many large requests are in hand. Try again soon.");
    return !m_refusal;
}

void ServerConnection::refuseWith(int status, QByteArray text)
{
    if (!m_refusal)
        m_refusal = std::pair(status, std::move(text));
}

void ServerConnection::check(const HttpParser<true> &parser, boost::system::error_code wrong)
{
    m_bodyBroken = wrong && m_streamed && parser.is_header_done();
    if (wrong && !m_bodyBroken && parser.bodyTooLarge)
        refuseWith(413, tooLarge("body is", m_settings->options.maxBodyBytes));
    else if (wrong && !m_bodyBroken && wrong == http::error::header_limit)
        refuseWith(431, tooLarge("headers are", m_settings->options.maxHeaderBytes));
    else if (wrong && !m_bodyBroken)
        refuseWith(400, IllFormed);
    if (parser.is_header_done() && !parser.chunked() && headers::contains(parser.headers, "Transfer-Encoding"))
        refuseWith(400, IllFormed); // its length is unknown, and guessing is how requests get smuggled
}

asio::awaitable<void> ServerConnection::receiveHead(HttpParser<true> &parser, BodyBudget::Share &share)
{
    const HttpServerOptions &options = m_settings->options;
    // The first head has its time since the connection came.
    if (m_phase != Phase::Silent)
        m_readAlarm.arm(options.idleTimeout, [this] { hangUp(); });
    while (!m_closed) {
        if (!m_in.isEmpty() && m_phase != Phase::Head) {
            if (m_phase == Phase::Idle)
                m_readAlarm.arm(options.headTimeout, [this] { hangUp(); });
            enter(Phase::Head);
        }
        check(parser, parser.parse(m_in));
        if (m_refusal || parser.is_header_done())
            break;
        if ((m_in.size() > SmallHead && !hold(share, m_in.size())) || !co_await fill())
            break;
    }
    enter(Phase::Busy);
}

asio::awaitable<void> ServerConnection::receiveBody(HttpParser<true> &parser, BodyBudget::Share &share)
{
    bool continued = !headers::hasToken(parser.headers, "Expect", "100-continue");
    m_readAlarm.arm(m_settings->options.requestTimeout, [this] { hangUp(); });
    while (!m_closed && !m_refusal && !parser.is_done()) {
        if (!std::exchange(continued, true) && !co_await writeAll(Continue))
            break;
        if (!hold(share, m_in.size() + parser.body.size()) || !co_await fill())
            break;
        if (!m_refusal)
            check(parser, parser.parse(m_in));
    }
    if (!m_closed)
        hold(share, m_in.size() + parser.body.size()); // with what the last read brought
}

asio::awaitable<bool> ServerConnection::readBody(ServerRequest &request, qsizetype maxBytes)
{
    if (!m_body)
        co_return !m_closed; // it was collected
    maxBytes = std::min(maxBytes, m_settings->options.maxBytesInHandPerPeer);
    const std::shared_ptr<BodyBudget::Share> share = newShare();
    const auto announced = m_body->content_length();
    if (announced && *announced > std::uint64_t(maxBytes))
        refuseWith(413, tooLarge("body is", maxBytes));
    m_readAlarm.arm(m_settings->options.requestTimeout, [this] { hangUp(); });
    while (!m_refusal) {
        BodyPiece piece = co_await readSome();
        if (piece.state == BodyPiece::State::End)
            break;
        if (piece.state == BodyPiece::State::Failed)
            refuseWith(400, IllFormed);
        request.body.append(piece.bytes);
        if (request.body.size() > maxBytes)
            refuseWith(413, tooLarge("body is", maxBytes));
        hold(*share, request.body.size());
    }
    m_readAlarm.disarm();
    if (m_closed)
        co_return false;
    if (m_refusal) {
        co_await sendRefusal(*m_body);
        co_return false;
    }
    share->settle();
    request.bodyShare = share;
    co_return true;
}

void ServerConnection::prepare(const HttpParser<true> &parser)
{
    m_started = m_ended = m_chunked = m_bodyless = false;
    m_missing.reset();
    m_headOnly = parser.method == "HEAD";
    m_http11 = !parser.is_header_done() || parser.httpVersion >= 11;
    m_keepAlive = parser.is_header_done() && parser.keep_alive();
}

asio::awaitable<bool> ServerConnection::sendRefusal(const HttpParser<true> &parser)
{
    const auto [status, text] = *std::exchange(m_refusal, std::nullopt);
    m_keepAlive = false;
    Headers fields = headers::contentType("text/plain; charset=utf-8");
    QByteArray line = text + '\n';
    if (m_settings->options.refusal) {
        RefusedRequest refused;
        refused.head = requestHead(parser);
        refused.status = status;
        refused.sentence = text;
        refused.handled = m_body != nullptr;
        std::tie(fields, line) = m_settings->options.refusal(refused);
    }
    if (status == 503)
        headers::set(fields, "Retry-After", "1");
    co_return co_await send(status, std::move(fields), std::move(line));
}

asio::awaitable<void> ServerConnection::handle(ServerRequest request)
{
    const QByteArray what = request.method + ' ' + request.path.left(200);
    m_readSize = WatchReadSize;
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
    // A begun answer that was not ended must not look complete.
    if (!m_ended)
        hangUp();
}

asio::awaitable<bool> ServerConnection::fill()
{
    startReading();
    while (m_reading && !m_closed && !m_refusal)
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
    if (m_piece.size() != m_readSize)
        m_piece = QByteArray(m_readSize, Qt::Uninitialized);
    const auto [error, size] = co_await m_stream->readSome(asio::buffer(m_piece.data(), std::size_t(m_piece.size())));
    if (qsizetype(size) == m_piece.size())
        m_readSize = std::clamp(4 * m_readSize, HeadReadSize, MaxReadSize); // more than it took is there already
    if (m_in.isEmpty() && m_piece.size() > HeadReadSize) {
        m_piece.truncate(qsizetype(size));
        m_in = std::exchange(m_piece, {}); // long ones are not copied
    } else {
        m_in.append(m_piece.constData(), qsizetype(size));
    }
    m_reading = false;
    if (error)
        hangUp();
    m_readDone.notify();
}

asio::awaitable<BodyPiece> ServerConnection::readSome()
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
        if (std::exchange(m_interrupted, false) || m_refusal)
            co_return BodyPiece(State::Interrupted);
        if (m_continueWanted && !co_await sendContinue())
            continue;
        startReading();
        while (m_reading && !m_closed && !m_interrupted && !m_refusal)
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
    QByteArrayList parts{std::move(bytes)};
    co_return co_await writeParts(std::move(parts));
}

asio::awaitable<bool> ServerConnection::writeParts(QByteArrayList parts)
{
    if (m_closed)
        co_return false;
    std::vector<asio::const_buffer> buffers;
    buffers.reserve(std::size_t(parts.size()));
    for (const QByteArray &part : std::as_const(parts))
        buffers.emplace_back(part.constData(), std::size_t(part.size()));
    co_return co_await written(m_stream->write(std::move(buffers)));
}

asio::awaitable<bool> ServerConnection::written(ByteStream::Awaitable<ByteStream::ErrorCode> writing)
{
    m_writeAlarm.arm(m_settings->options.writeTimeout, [this] { hangUp(); });
    const auto error = co_await std::move(writing);
    m_writeAlarm.disarm();
    if (error)
        hangUp();
    co_return !m_closed;
}

asio::awaitable<void> ServerConnection::goodbye(Next next)
{
    m_readAlarm.arm(GoodbyeTime, [this] { hangUp(); });
    // Closing over unread bytes resets the connection, and the client would lose the answer that refused them.
    if (next == Next::CloseUnread) {
        while (co_await fill())
            m_in.clear();
    }
    if (!m_closed)
        co_await m_stream->shutdown();
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
