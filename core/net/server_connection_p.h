#pragma once

#include "sluice/net/asio_wait.h"
#include "sluice/net/byte_stream_p.h"
#include "sluice/net/http_parser_p.h"
#include "sluice/net/http_server.h"

#include <boost/asio/cancellation_signal.hpp>

#include <map>
#include <memory>

namespace sluice {

/// What all connections of one server share.
struct ServerSettings {
    HttpServerOptions options;
    HttpHandler handler;
};

/// One client's connection: reads requests, runs the handler, writes answers. Everything on the I/O thread.
///
/// A read is always under way while a handler runs, because only a read notices that the client hung up; what it
/// brings is kept for the next request.
class ServerConnection final : public std::enable_shared_from_this<ServerConnection> {
public:
    ServerConnection(std::unique_ptr<ByteStream> stream, std::shared_ptr<const ServerSettings> settings, QString remote);

    /// Serves until either side closes. The caller keeps a reference meanwhile.
    boost::asio::awaitable<void> serve();
    /// Drops the connection and cancels what serve() waits for.
    void stop();
    [[nodiscard]] boost::asio::cancellation_slot cancellationSlot() { return m_cancel.slot(); }

    // For ServerResponse.
    boost::asio::awaitable<bool> send(int status, Headers headers, QByteArray body);
    boost::asio::awaitable<bool> begin(int status, Headers headers);
    boost::asio::awaitable<bool> writeChunk(QByteArray bytes);
    boost::asio::awaitable<bool> end();
    boost::asio::awaitable<BodyPiece> readBody();
    void interruptRead();
    boost::asio::awaitable<bool> sendContinue();
    void closeAfter() { m_keepAlive = false; }
    boost::asio::awaitable<void> closed();
    [[nodiscard]] Subscription onClosed(std::function<void()> callback);
    [[nodiscard]] bool isClosed() const { return m_closed; }
    [[nodiscard]] bool started() const { return m_started; }
    void hangUp();

private:
    enum class Next { KeepAlive, Close, CloseUnread };

    boost::asio::awaitable<Next> serveOne();
    boost::asio::awaitable<int> receive(HttpParser<true> &parser);
    boost::asio::awaitable<void> handle(ServerRequest request);
    [[nodiscard]] ServerRequest requestHead(const HttpParser<true> &parser) const;
    [[nodiscard]] bool isUnread() const { return m_body && !m_body->is_done(); }
    boost::asio::awaitable<Next> refuse(int status);
    boost::asio::awaitable<bool> fill();
    boost::asio::awaitable<void> readOnce();
    void startReading();
    boost::asio::awaitable<bool> writeAll(QByteArray bytes);
    boost::asio::awaitable<void> goodbye(Next next);
    void prepare(const HttpParser<true> &parser);
    [[nodiscard]] QByteArray head(int status, const Headers &headers, std::optional<qsizetype> length);

    std::unique_ptr<ByteStream> m_stream;
    std::shared_ptr<const ServerSettings> m_settings;
    QString m_remote;
    Alarm m_readAlarm;
    Alarm m_writeAlarm;
    AsyncEvent m_readDone;
    AsyncEvent m_hungUp;
    boost::asio::cancellation_signal m_cancel;
    std::map<int, std::function<void()>> m_onClosed;
    int m_nextCallback = 0;

    QByteArray m_in;
    bool m_reading = false;
    bool m_closed = false;

    HttpParser<true> *m_body = nullptr; ///< of the request under way, when its body is streamed
    bool m_streamed = false;
    bool m_interrupted = false;
    bool m_bodyBroken = false; ///< its framing is wrong; what came before may still be taken
    bool m_continueWanted = false;

    // The answer under way.
    bool m_started = false;
    bool m_ended = false;
    bool m_chunked = false;
    bool m_headOnly = false;
    bool m_bodyless = false;
    bool m_http11 = true;
    bool m_keepAlive = true;
};

} // namespace sluice
