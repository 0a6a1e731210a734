#include "sluice/trickle/server.h"

#include "sluice/trickle/server_core_p.h"

namespace sluice::trickle {

namespace asio = boost::asio;

namespace {

ChannelInfo infoOf(const Channel &channel)
{
    return {channel.name(), channel.mimeType(), channel.next(), channel.bytesIn(), channel.bytesHeld(), channel.readers()};
}

template <typename Listeners, typename Callback> Subscription listen(const std::shared_ptr<Listeners> &listeners, int id, Callback callback)
{
    listeners->emplace(id, std::move(callback));
    return Subscription([weak = std::weak_ptr(listeners), id] {
        if (const auto alive = weak.lock())
            alive->erase(id);
    });
}

} // namespace

Server::Server(IoThread &io, ServerOptions options)
    : m_core(std::make_shared<ServerCore>(io, std::move(options)))
    , m_io(io)
{
    m_io.post([core = m_core] { core->start(); });
}

Server::~Server()
{
    m_io.post([core = m_core] { core->shutDown(); });
}

bool Server::owns(const QByteArray &path) const
{
    return path.startsWith(m_core->options().basePath);
}

bool Server::streamsBody(const ServerRequest &head) const
{
    if (head.method != "POST")
        return false;
    const auto route = parseRoute(m_core->options().basePath, head.path);
    return route && route->hasSegment;
}

asio::awaitable<void> Server::handle(ServerRequest request, ServerResponse &response)
{
    const auto core = m_core;
    co_await core->handle(std::move(request), response);
}

bool Server::create(const QByteArray &name, const QByteArray &mimeType)
{
    return m_core->create(name, mimeType) != nullptr;
}

bool Server::remove(const QByteArray &name)
{
    return m_core->remove(name);
}

std::optional<ChannelInfo> Server::channel(const QByteArray &name) const
{
    const auto found = m_core->find(name);
    return found ? std::optional(infoOf(*found)) : std::nullopt;
}

QList<ChannelInfo> Server::channels() const
{
    QList<ChannelInfo> all;
    for (const auto &[name, channel] : m_core->channels())
        all.append(infoOf(*channel));
    return all;
}

std::unique_ptr<LocalPublisher> Server::publish(const QByteArray &name)
{
    auto found = m_core->find(name);
    return found ? std::make_unique<LocalPublisher>(std::move(found)) : nullptr;
}

std::unique_ptr<LocalSubscriber> Server::subscribe(const QByteArray &name, qint64 start)
{
    auto found = m_core->find(name);
    return found ? std::make_unique<LocalSubscriber>(std::move(found), start) : nullptr;
}

Subscription Server::onSegmentBegin(std::function<void(const QByteArray &channel, qint64 seq)> callback)
{
    return listen(m_core->segmentListeners, m_core->nextListener++, std::move(callback));
}

Subscription Server::onRemoved(std::function<void(const QByteArray &channel)> callback)
{
    return listen(m_core->removalListeners, m_core->nextListener++, std::move(callback));
}

} // namespace sluice::trickle
