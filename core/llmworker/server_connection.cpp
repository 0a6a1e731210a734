#include "server_connection_p.h"

#include "sluice/base/log.h"
#include "sluice/net/headers.h"

#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include <array>

namespace sluice::llmworker {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using asio::awaitable;
using namespace std::chrono_literals;

namespace {

constexpr auto HandshakeTime = 10s;
constexpr auto LastWriteTime = 5s;
constexpr auto LingerTime = 2s;
constexpr std::size_t MaxHeadBytes = 64 * 1024;
/// Of what a client still sends after it was refused.
constexpr qsizetype MaxLingerBytes = 32 * 1024 * 1024;

constexpr auto returned = asio::as_tuple(asio::use_awaitable);

const char *const Path = "/ws/";

constexpr quint8 TextFrame = 0x81;
constexpr quint8 PingFrame = 0x89;
constexpr quint8 CloseFrame = 0x88;

QByteArray reasonOf(int status)
{
    switch (status) {
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 421:
        return "Misdirected Request";
    case 426:
        return "Upgrade Required";
    default:
        return "Refused";
    }
}

template <typename View> QByteArray bytesOf(const View &view)
{
    return QByteArray(view.data(), qsizetype(view.size()));
}

} // namespace

ServerConnection::ServerConnection(asio::ip::tcp::socket socket, std::shared_ptr<ServerShared> shared)
    : m_shared(std::move(shared))
    , m_socket(std::move(socket))
    , m_alarm(m_socket.get_executor())
{
}

ServerConnection::~ServerConnection()
{
    m_shared->backlog -= m_backlog;
}

awaitable<void> ServerConnection::serve()
{
    const std::weak_ptr<ServerConnection> self = weak_from_this();
    m_alarm.arm(HandshakeTime, [self] {
        if (const auto open = self.lock())
            open->drop();
    });
    const bool open = co_await handshake();
    if (open) {
        keepAlive();
        co_await readMessages();
    }
    m_phase = Phase::Closing;
    m_alarm.disarm();
    co_await linger();
    drop();
}

std::optional<std::pair<int, QByteArray>> ServerConnection::whyRefused(const Request &request)
{
    Headers fields;
    for (const auto &field : request)
        fields.append({bytesOf(field.name_string()), bytesOf(field.value())});
    boost::system::error_code error;
    GuardedPlace place;
    place.localAddress = QString::fromStdString(m_socket.next_layer().socket().local_endpoint(error).address().to_string());
    const QByteArray target = bytesOf(request.target());
    if (auto refused = m_shared->guard.whyRefused(fields, target, place))
        return refused;
    if (const Secret &key = m_shared->options.key; !key.isEmpty()) {
        const QByteArray given = bytesOf(request[http::field::authorization]);
        if (!given.startsWith("Bearer ") || !key.equals(QByteArrayView(given).sliced(7)))
            return std::pair(401, QByteArray("This worker wants a key."));
    }
    const qsizetype query = target.indexOf('?');
    if ((query < 0 ? target : target.left(query)) != Path)
        return std::pair(403, QByteArray("There is nothing here; the worker is at /ws/."));
    if (!websocket::is_upgrade(request))
        return std::pair(426, QByteArray("This is a websocket: connect to it with ws://."));
    return std::nullopt;
}

awaitable<std::optional<ServerConnection::Request>> ServerConnection::readRequest()
{
    beast::flat_buffer buffer(MaxHeadBytes);
    http::request_parser<http::empty_body> parser;
    parser.header_limit(MaxHeadBytes);
    const auto [error, size] = co_await http::async_read_header(m_socket.next_layer(), buffer, parser, returned);
    if (error)
        co_return std::nullopt;
    const QByteArray early(static_cast<const char *>(buffer.data().data()), qsizetype(buffer.size()));
    m_socket.next_layer().giveBack(early);
    co_return parser.release();
}

bool ServerConnection::speaksExtensions(const Request &request) const
{
    if (m_shared->options.extensions().isEmpty())
        return false;
    for (const auto &name : http::token_list(request[http::field::sec_websocket_protocol])) {
        if (name == ExtensionsProtocol)
            return true;
    }
    return false;
}

awaitable<bool> ServerConnection::handshake()
{
    std::optional<Request> request = co_await readRequest();
    if (!request)
        co_return false;
    if (const auto refused = whyRefused(*request)) {
        const int status = refused->first;
        const QByteArray sentence = refused->second;
        co_await refuse(status, sentence);
        co_return false;
    }
    const bool accepted = co_await accept(std::move(*request));
    co_return accepted;
}

awaitable<bool> ServerConnection::accept(Request request)
{
    const bool extended = speaksExtensions(request);
    m_socket.read_message_max(std::size_t(MaxMessageBytes));
    m_socket.auto_fragment(false);
    websocket::stream_base::timeout times;
    times.handshake_timeout = HandshakeTime;
    times.idle_timeout = websocket::stream_base::none();
    times.keep_alive_pings = false;
    m_socket.set_option(times);
    m_socket.set_option(websocket::stream_base::decorator([extended](websocket::response_type &response) {
        response.set(http::field::server, "sluice");
        if (extended)
            response.set(http::field::sec_websocket_protocol, ExtensionsProtocol);
    }));
    m_socket.control_callback([this](websocket::frame_type kind, auto) {
        if (kind == websocket::frame_type::pong)
            m_pongDue = false;
    });
    const auto [error] = co_await m_socket.async_accept(request, returned);
    if (error) {
        qCInfo(logNet) << "A websocket was not accepted:" << QString::fromStdString(error.message());
        co_return false;
    }
    m_phase = Phase::Open;
    if (extended) {
        Json names = Json::array();
        for (const QString &name : m_shared->options.extensions())
            names.append(name);
        tell(Json{{QStringLiteral("type"), "extensions"}, {QStringLiteral("names"), names}}.dump());
    }
    co_return true;
}

awaitable<void> ServerConnection::refuse(int status, QByteArray sentence)
{
    const QByteArray body = sentence + '\n';
    m_socket.next_layer().append("HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonOf(status)
        + "\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n" + (status == 426 ? "Upgrade: websocket\r\n" : "") + "Content-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    co_return;
}

awaitable<void> ServerConnection::readMessages()
{
    for (;;) {
        beast::flat_buffer buffer;
        const auto [error, size] = co_await m_socket.async_read(buffer, returned);
        // What breaks the rules of websockets is answered by Beast, with 1002, 1007 or 1009, and a close with its own code.
        if (error || m_phase != Phase::Open || m_socket.got_binary())
            co_return;
        const QByteArray text(static_cast<const char *>(buffer.data().data()), qsizetype(size));
        const bool good = co_await take(text);
        if (!good)
            co_return;
    }
}

awaitable<bool> ServerConnection::take(QByteArray text)
{
    const auto message = parseClientMessage(text);
    if (!message) {
        qCInfo(logNet) << "A worker's client was dropped:" << message.error().message();
        co_return false;
    }
    const ServerOptions &options = m_shared->options;
    const auto self = shared_from_this();
    if (const auto *add = std::get_if<AddRequest>(&*message)) {
        const QString id = add->id;
        const bool tellStreams = add->tellStreams;
        co_await m_shared->desk->add(std::move(text), id, tellStreams, self);
    } else if (const auto *listen = std::get_if<ListenRequest>(&*message)) {
        m_shared->desk->listen(*listen, self);
    } else if (const auto *cancel = std::get_if<CancelRequest>(&*message); cancel && options.cancel) {
        m_shared->desk->cancel(cancel->jobId);
    } else if (std::holds_alternative<JobsRequest>(*message) && options.listJobs) {
        tell(m_shared->desk->list());
    } else {
        co_return false; // a type that the original does not know, either
    }
    co_return true;
}

void ServerConnection::tell(const QByteArray &message)
{
    if (m_phase == Phase::Open && m_socket.is_open())
        sendFrame(TextFrame, message);
}

void ServerConnection::sendFrame(quint8 opcode, QByteArrayView payload)
{
    std::array<char, 10> head{};
    std::size_t size = 2;
    const auto length = quint64(payload.size());
    head[0] = char(opcode);
    if (length < 126) {
        head[1] = char(length);
    } else {
        const int bytes = length < 65536 ? 2 : 8;
        head[1] = char(bytes == 2 ? 126 : 127);
        for (int i = 0; i < bytes; ++i)
            head[std::size_t(2 + i)] = char(length >> (8 * (bytes - 1 - i)));
        size += std::size_t(bytes);
    }
    ServerWire &wire = m_socket.next_layer();
    wire.append(QByteArrayView(head.data(), qsizetype(size)));
    wire.append(payload);
    countBacklog();
}

qsizetype ServerConnection::backlog()
{
    const qsizetype now = m_socket.next_layer().backlog();
    m_shared->backlog += now - m_backlog;
    m_backlog = now;
    return now;
}

void ServerConnection::countBacklog()
{
    const qsizetype now = backlog();
    if (now > m_shared->options.maxBacklogPerConnection) {
        qCWarning(logNet) << "A worker's client was dropped: it has not read" << now << "bytes.";
        drop();
    } else if (m_shared->backlog > m_shared->options.maxBacklog && m_shared->dropLargest) {
        m_shared->dropLargest();
    }
}

void ServerConnection::keepAlive()
{
    const std::weak_ptr<ServerConnection> weak = weak_from_this();
    m_alarm.arm(m_shared->options.pingInterval, [weak] {
        const auto self = weak.lock();
        if (!self || self->m_phase != Phase::Open)
            return;
        self->m_pongDue = true;
        self->sendFrame(PingFrame, {});
        self->m_alarm.arm(self->m_shared->options.pongTimeout, [weak] {
            const auto open = weak.lock();
            if (!open || open->m_phase != Phase::Open)
                return;
            if (open->m_pongDue)
                open->closeWith(1011);
            else
                open->keepAlive();
        });
    });
}

void ServerConnection::closeWith(quint16 code)
{
    if (m_phase != Phase::Open) {
        drop();
        return;
    }
    const std::array<char, 2> payload{char(code >> 8), char(code & 0xff)};
    if (m_socket.is_open())
        sendFrame(CloseFrame, QByteArrayView(payload.data(), 2));
    m_phase = Phase::Closing;
    // Whoever answers ends the reading; whoever does not is gone a moment later.
    const std::weak_ptr<ServerConnection> weak = weak_from_this();
    m_alarm.arm(1s, [weak] {
        if (const auto self = weak.lock())
            self->drop();
    });
}

awaitable<void> ServerConnection::linger()
{
    // A socket that is closed with something unread is reset, and its peer loses what it had not read, too.
    ServerWire &wire = m_socket.next_layer();
    co_await wire.flushed(LastWriteTime);
    if (!wire.socket().is_open())
        co_return;
    boost::system::error_code ignored; // the peer may be gone already
    wire.socket().shutdown(asio::socket_base::shutdown_send, ignored);
    const std::weak_ptr<ServerConnection> weak = weak_from_this();
    m_alarm.arm(LingerTime, [weak] {
        if (const auto self = weak.lock())
            self->drop();
    });
    QByteArray rest(64 * 1024, Qt::Uninitialized);
    for (qsizetype seen = 0; seen < MaxLingerBytes;) {
        const auto [error, size] = co_await wire.socket().async_read_some(asio::buffer(rest.data(), std::size_t(rest.size())), returned);
        if (error)
            break;
        seen += qsizetype(size);
    }
    m_alarm.disarm();
}

void ServerConnection::drop()
{
    m_phase = Phase::Closing;
    m_socket.next_layer().close();
    m_shared->backlog -= std::exchange(m_backlog, 0);
}

} // namespace sluice::llmworker
