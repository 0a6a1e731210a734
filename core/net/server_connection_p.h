#pragma once

#include "sluice/net/asio_wait.h"
#include "sluice/net/body_budget_p.h"
#include "sluice/net/byte_stream_p.h"
#include "sluice/net/host_guard.h"
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
    HostGuard guard;
    std::shared_ptr<BodyBudget> budget;
};

/// One client's connection: reads requests, runs the handler, writes answers. Everything on the I/O thread.
///
/// A read is always under way while a handler runs, because only a read notices that the client hung up; what it
/// brings is kept for the next request.
class ServerConnection final : public std::enable_shared_from_this<ServerConnection> {
public:
    /// What it is doing, in the order in which connections are closed when there are too many.
    enum class Phase {
        Silent, ///< not a byte of a request yet
        Head,   ///< in the middle of a request's head
        Idle,   ///< between requests
        Busy,   ///< its request is being received or answered
    };
    using Clock = std::chrono::steady_clock;

    ServerConnection(std::unique_ptr<ByteStream> stream, std::shared_ptr<const ServerSettings> settings, QString remote, QString peer);

    /// Serves until either side closes. The caller keeps a reference meanwhile.
    boost::asio::awaitable<void> serve();
    [[nodiscard]] Phase phase() const { return m_phase; }
    /// When its phase began.
    [[nodiscard]] Clock::time_point since() const { return m_since; }
    /// The key under which the limits of one client are shared.
    [[nodiscard]] const QString &peer() const { return m_peer; }
    /// Drops the connection and cancels what serve() waits for.
    void stop();
    [[nodiscard]] boost::asio::cancellation_slot cancellationSlot() { return m_cancel.slot(); }

    // For ServerResponse.
    boost::asio::awaitable<bool> send(int status, Headers headers, QByteArray body);
    boost::asio::awaitable<bool> begin(int status, Headers headers, std::optional<qsizetype> length);
    boost::asio::awaitable<bool> writeChunk(QByteArrayList pieces);
    boost::asio::awaitable<bool> writeChunk(PageRange pages);
    [[nodiscard]] bool sendsPages() const { return !m_stream->ssl(); }
    boost::asio::awaitable<bool> end();
    boost::asio::awaitable<bool> upgrade(Headers headers);
    boost::asio::awaitable<QByteArray> readUpgraded();
    boost::asio::awaitable<bool> writeUpgraded(QByteArray bytes);
    boost::asio::awaitable<bool> readBody(ServerRequest &request, qsizetype maxBytes);
    boost::asio::awaitable<BodyPiece> readSome();
    void interruptRead();
    boost::asio::awaitable<bool> sendContinue();
    void closeAfter() { m_keepAlive = false; }
    boost::asio::awaitable<void> closed();
    [[nodiscard]] Subscription onClosed(std::function<void()> callback);
    [[nodiscard]] Subscription cancelsWhenClosed();
    [[nodiscard]] bool isClosed() const { return m_closed; }
    [[nodiscard]] bool started() const { return m_started; }
    void hangUp();

private:
    enum class Next { KeepAlive, Close, CloseUnread };

    /// Gives the socket away when its client speaks HTTP/2 only; true when nothing is left to do then.
    boost::asio::awaitable<bool> handOver();
    boost::asio::awaitable<Next> serveOne();
    boost::asio::awaitable<void> receiveHead(HttpParser<true> &parser, BodyBudget::Share &share);
    boost::asio::awaitable<void> receiveBody(HttpParser<true> &parser, BodyBudget::Share &share);
    void check(const HttpParser<true> &parser, boost::system::error_code wrong);
    /// Ends the receiving of this request with a refusal.
    void refuseWith(int status, QByteArray text);
    [[nodiscard]] std::shared_ptr<BodyBudget::Share> newShare();
    bool hold(BodyBudget::Share &share, qsizetype bytes);
    void enter(Phase phase);
    /// Discards what has arrived of a body that is not read, so that the connection can be kept.
    void discardArrived();
    boost::asio::awaitable<void> handle(ServerRequest request);
    [[nodiscard]] ServerRequest requestHead(const HttpParser<true> &parser) const;
    [[nodiscard]] bool isUnread() const { return m_body && !m_body->is_done(); }
    boost::asio::awaitable<bool> sendRefusal(const HttpParser<true> &parser);
    boost::asio::awaitable<bool> fill();
    boost::asio::awaitable<void> readOnce();
    void startReading();
    boost::asio::awaitable<bool> writeAll(QByteArray bytes);
    [[nodiscard]] QByteArray chunkOf(const QByteArrayList &pieces, qsizetype size) const;
    boost::asio::awaitable<bool> writeParts(QByteArrayList parts);
    /// Waits for a write under way, within its time.
    boost::asio::awaitable<bool> written(ByteStream::Awaitable<ByteStream::ErrorCode> writing);
    boost::asio::awaitable<void> goodbye(Next next);
    void prepare(const HttpParser<true> &parser);
    [[nodiscard]] QByteArray head(int status, const Headers &headers, std::optional<qsizetype> length);
    [[nodiscard]] bool fits(qsizetype size);

    std::unique_ptr<ByteStream> m_stream;
    std::shared_ptr<const ServerSettings> m_settings;
    QString m_remote;
    QString m_peer;
    std::optional<GuardedPlace> m_place; ///< where the client came to
    Alarm m_readAlarm;
    Alarm m_writeAlarm;
    AsyncEvent m_readDone;
    AsyncEvent m_hungUp;
    boost::asio::cancellation_signal m_cancel;
    std::map<int, std::function<void()>> m_onClosed;
    int m_nextCallback = 0;
    int m_cancelsWhenClosed = 0;

    Phase m_phase = Phase::Silent;
    Clock::time_point m_since = Clock::now();

    QByteArray m_in;
    QByteArray m_piece;   ///< what the next read comes to
    qsizetype m_readSize; ///< for the next read: grows while the client fills it
    bool m_reading = false;
    bool m_closed = false;
    std::optional<std::pair<int, QByteArray>> m_refusal; ///< of the request that is being received

    HttpParser<true> *m_body = nullptr; ///< of the request under way, when its body is streamed
    bool m_streamed = false;
    bool m_interrupted = false;
    bool m_bodyBroken = false; ///< its framing is wrong; what came before may still be taken
    bool m_continueWanted = false;

    // The answer under way.
    bool m_started = false;
    bool m_ended = false;
    bool m_chunked = false;
    std::optional<qsizetype> m_missing; ///< of a body whose length was told
    bool m_headOnly = false;
    bool m_bodyless = false;
    bool m_http11 = true;
    bool m_keepAlive = true;
};

} // namespace sluice
