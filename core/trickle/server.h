#pragma once

#include "sluice/base/subscription.h"
#include "sluice/net/http_server.h"
#include "sluice/net/io_thread.h"
#include "sluice/trickle/wire.h"

#include <boost/asio/awaitable.hpp>

#include <QtCore/QByteArray>
#include <QtCore/QList>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace sluice::trickle {

class ServerCore;
class Channel;
class Segment;
class SegmentReader;

/// A hook's refusal; a status outside 400 to 499 becomes 400.
struct HttpRefusal {
    int status = 403;
    QByteArray text;
};
/// May refuse to create or delete a channel. Runs on the I/O thread; what it throws becomes a 500.
using ChannelHook = std::function<std::optional<HttpRefusal>(const QByteArray &channel, const ServerRequest &request)>;

struct ServerOptions {
    ServerOptions() = default;
    QByteArray basePath = "/"; ///< begins and ends with a slash, e.g. "/ai/trickle/"
    bool autocreate = false;
    bool changefeed = false; ///< channel `_changes` tells of channels that come and go
    std::chrono::milliseconds keepalive{10'000};    ///< between interim answers to a POST without a first byte
    std::chrono::milliseconds idleTimeout{300'000}; ///< since the last segment began; then the sweep removes the channel
    std::chrono::milliseconds sweepPeriod{60'000};
    qsizetype maxSegmentBytes = 64 * 1024 * 1024; ///< more is refused with 413; clients may count on 10 MiB
    int maxChannels = 10'000;                     ///< more are refused with 503
    ChannelHook beforeCreate;                     ///< for requests only, not for create()
    ChannelHook beforeDelete;
};

/// A channel as seen from outside.
struct ChannelInfo {
    QByteArray name;
    QByteArray mimeType;
    qint64 next = 0;
    qint64 bytesIn = 0;    ///< received since the channel was made
    qsizetype bytesHeld = 0;
    int readers = 0;
};

/// Writes segments to a channel of this process. On the I/O thread.
class LocalPublisher final {
public:
    explicit LocalPublisher(std::shared_ptr<Channel> channel);
    ~LocalPublisher();
    /// Adds to the current segment, whose first bytes make it the live one. False once the channel is gone.
    bool write(const QByteArray &bytes);
    /// Ends the current segment; the next write begins another.
    void nextSegment();

private:
    std::shared_ptr<Channel> m_channel;
    std::shared_ptr<Segment> m_segment;
};

/// Reads segments of a channel of this process. On the I/O thread.
class LocalSubscriber final {
public:
    LocalSubscriber(std::shared_ptr<Channel> channel, qint64 start);
    ~LocalSubscriber();
    /// Waits for the next segment to have bytes (skipping ones that are gone); its sequence number, or nothing at the end of the channel.
    boost::asio::awaitable<std::optional<qint64>> nextSegment();
    /// The current segment's next bytes as they come; empty at its end.
    boost::asio::awaitable<QByteArray> read();

private:
    std::shared_ptr<Channel> m_channel;
    std::unique_ptr<SegmentReader> m_reader;
    qint64 m_wanted;
};

/// The channels of one trickle server (trickle.md 1) and the handler that serves them.
///
/// It has no port of its own: mount it into an HttpServer, alone or beside other routes. Let the server's
/// HttpServerOptions::streamsBody ask streamsBody(), and pass requests that owns() claims to handle(). Stop the HttpServer first.
/// Constructed and destroyed on any thread; every other member is for the I/O thread.
class Server final {
public:
    Server(IoThread &io, ServerOptions options = {});
    /// Ends all channels.
    ~Server();
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    /// True for paths below the base path. Any thread.
    [[nodiscard]] bool owns(const QByteArray &path) const;
    /// True for requests whose body must not be collected. Any thread.
    [[nodiscard]] bool streamsBody(const ServerRequest &head) const;
    /// Answers one request.
    boost::asio::awaitable<void> handle(ServerRequest request, ServerResponse &response);

    /// Makes a channel; false when it exists already (which is left as it is) or there are too many.
    bool create(const QByteArray &name, const QByteArray &mimeType);
    /// Ends a channel; false when there is none.
    bool remove(const QByteArray &name);
    [[nodiscard]] std::optional<ChannelInfo> channel(const QByteArray &name) const;
    [[nodiscard]] QList<ChannelInfo> channels() const;
    /// Null when there is no such channel.
    [[nodiscard]] std::unique_ptr<LocalPublisher> publish(const QByteArray &name);
    [[nodiscard]] std::unique_ptr<LocalSubscriber> subscribe(const QByteArray &name, qint64 start = CurrentSegment);

    /// Calls back on the I/O thread when the first byte of a segment of any channel arrives, e.g. to debit a payer.
    [[nodiscard]] Subscription onSegmentBegin(std::function<void(const QByteArray &channel, qint64 seq)> callback);
    /// Calls back on the I/O thread when a channel is gone: deleted, swept or removed.
    [[nodiscard]] Subscription onRemoved(std::function<void(const QByteArray &channel)> callback);

private:
    std::shared_ptr<ServerCore> m_core;
    IoThread &m_io;
};

} // namespace sluice::trickle
