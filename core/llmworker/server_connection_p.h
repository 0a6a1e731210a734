#pragma once

#include "job_desk_p.h"
#include "server_wire_p.h"

#include "sluice/net/asio_wait.h"
#include "sluice/net/host_guard.h"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/stream.hpp>

namespace sluice::llmworker {

/// What all connections of one server share.
struct ServerShared {
    explicit ServerShared(const ServerOptions &serverOptions)
        : options(serverOptions)
        , guard(serverOptions.hosts)
    {
    }
    const ServerOptions options;
    const HostGuard guard;
    std::shared_ptr<JobDesk> desk;
    qsizetype backlog = 0; ///< of all connections
    std::function<void()> dropLargest; ///< the connection that has most to read still
};

/// One client's connection, from its handshake to its end. Used on the I/O thread.
class ServerConnection final : public Listener, public std::enable_shared_from_this<ServerConnection> {
public:
    ServerConnection(boost::asio::ip::tcp::socket socket, std::shared_ptr<ServerShared> shared);
    ~ServerConnection() override;

    /// Serves until either side closes. The caller keeps a reference meanwhile.
    boost::asio::awaitable<void> serve();
    void tell(const QByteArray &message) override;
    void flush() override { m_socket.next_layer().flush(); }
    /// Bytes that it has to read still, counted anew.
    qsizetype backlog();
    /// Drops it at once.
    void drop();
    /// Says goodbye with a code, and drops it a moment later.
    void closeWith(quint16 code);

private:
    using Request = boost::beast::http::request<boost::beast::http::empty_body>;
    enum class Phase { Handshake, Open, Closing };

    boost::asio::awaitable<bool> handshake();
    boost::asio::awaitable<std::optional<Request>> readRequest();
    boost::asio::awaitable<bool> accept(Request request);
    boost::asio::awaitable<void> refuse(int status, QByteArray sentence);
    boost::asio::awaitable<void> readMessages();
    boost::asio::awaitable<bool> take(QByteArray text);
    boost::asio::awaitable<void> linger();
    [[nodiscard]] std::optional<std::pair<int, QByteArray>> whyRefused(const Request &request);
    [[nodiscard]] bool speaksExtensions(const Request &request) const;
    void keepAlive();
    void sendFrame(quint8 opcode, QByteArrayView payload);
    void countBacklog();

    const std::shared_ptr<ServerShared> m_shared;
    boost::beast::websocket::stream<ServerWire, false> m_socket;
    Alarm m_alarm; ///< the handshake's time, then that of pings and pongs
    Phase m_phase = Phase::Handshake;
    bool m_pongDue = false;
    qsizetype m_backlog = 0;
};

} // namespace sluice::llmworker
