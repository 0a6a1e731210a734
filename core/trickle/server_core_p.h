#pragma once

#include "sluice/trickle/channel_p.h"
#include "sluice/trickle/server.h"

#include <boost/asio/steady_timer.hpp>

#include <map>
#include <memory>

namespace sluice::trickle {

/// What a Server consists of; shared with the requests under way. On the I/O thread.
class ServerCore final : public std::enable_shared_from_this<ServerCore> {
public:
    ServerCore(IoThread &io, ServerOptions options);

    void start();
    void shutDown();
    boost::asio::awaitable<void> handle(ServerRequest request, ServerResponse &response);

    /// Null when it exists or there are too many.
    std::shared_ptr<Channel> create(const QByteArray &name, const QByteArray &mimeType);
    bool remove(const QByteArray &name);
    [[nodiscard]] std::shared_ptr<Channel> find(const QByteArray &name) const;
    [[nodiscard]] const std::map<QByteArray, std::shared_ptr<Channel>> &channels() const { return m_channels; }
    [[nodiscard]] const ServerOptions &options() const { return m_options; }

    template <typename... Args> using Listeners = std::map<int, std::function<void(Args...)>>;
    std::shared_ptr<Listeners<const QByteArray &, qint64>> segmentListeners = std::make_shared<Listeners<const QByteArray &, qint64>>();
    std::shared_ptr<Listeners<const QByteArray &>> removalListeners = std::make_shared<Listeners<const QByteArray &>>();
    int nextListener = 0;

private:
    using Done = boost::asio::awaitable<void>;

    Done createByRequest(Route route, ServerRequest request, ServerResponse &response);
    Done removeByRequest(Route route, ServerRequest request, ServerResponse &response);
    Done post(Route route, ServerRequest request, ServerResponse &response);
    Done receive(std::shared_ptr<Channel> channel, std::shared_ptr<Segment> segment, ServerResponse &response);
    Done postEnded(std::shared_ptr<Channel> channel, std::shared_ptr<Segment> segment, bool empty, ServerResponse &response);
    Done release(std::shared_ptr<Channel> channel, std::shared_ptr<Segment> segment, ServerResponse &response);
    Done get(Route route, ServerResponse &response, bool headOnly);
    Done getNext(std::shared_ptr<Channel> channel, ServerResponse &response);
    Done send(std::shared_ptr<Channel> channel, FoundSegment found, ServerResponse &response, bool headOnly);
    Done closeSegment(Route route, ServerResponse &response);
    /// Makes the channel a request asks for; null when the request was answered with a refusal.
    boost::asio::awaitable<std::shared_ptr<Channel>> createFor(QByteArray name, QByteArray mimeType, ServerRequest request, ServerResponse &response);
    [[nodiscard]] std::optional<HttpRefusal> ask(const ChannelHook &hook, const QByteArray &channel, const ServerRequest &request) const;

    void announce(const char *what, const QByteArray &name);
    void scheduleSweep();
    void sweep();

    IoThread &m_io;
    ServerOptions m_options;
    boost::asio::steady_timer m_sweepTimer;
    std::map<QByteArray, std::shared_ptr<Channel>> m_channels;
    bool m_ended = false;
};

} // namespace sluice::trickle
