#include "sluice/node/node.h"

#include "sluice/net/asio_wait.h"
#include "sluice/net/io_thread.h"

namespace sluice {

class Node::Impl {
public:
    Impl(IoThread &ioThread, NodeOptions chosen)
        : io(ioThread)
        , options(std::move(chosen))
        , opened(ioThread.context().get_executor())
    {
    }

    [[nodiscard]] HttpServerOptions serverOptions(quint16 port) const;
    boost::asio::awaitable<void> answer(ServerRequest request, ServerResponse &response);
    boost::asio::awaitable<void> answerOnceOpen(ServerRequest request, ServerResponse &response);
    void open(const QUrl &place);

    IoThread &io;
    const NodeOptions options;
    Router router;
    QUrl url;                         ///< written on the I/O thread, while listen() waits
    std::unique_ptr<HttpServer> http;
    AsyncEvent opened;                ///< on the I/O thread, as what follows
    bool isOpen = false;
};

HttpServerOptions Node::Impl::serverOptions(quint16 port) const
{
    HttpServerOptions server;
    server.address = options.address;
    server.port = port;
    server.tls = options.tls;
    // Every route looks at the credentials in the head before it has the body collected.
    server.streamsBody = [](const ServerRequest &) { return true; };
    server.hosts = options.hosts;
    server.hosts.prepend(options.serviceAddr);
    server.takesHttp2 = router.takeHttp2();
    return server;
}

boost::asio::awaitable<void> Node::Impl::answer(ServerRequest request, ServerResponse &response)
{
    return isOpen ? router.handle(std::move(request), response) : answerOnceOpen(std::move(request), response);
}

/// The port takes connections before the node's address is known, which handlers need.
boost::asio::awaitable<void> Node::Impl::answerOnceOpen(ServerRequest request, ServerResponse &response)
{
    while (!isOpen)
        co_await opened.wait();
    co_await router.handle(std::move(request), response);
}

void Node::Impl::open(const QUrl &place)
{
    url = place;
    isOpen = true;
    opened.notify();
}

Node::Node(IoThread &io, NodeOptions options)
    : m_impl(std::make_unique<Impl>(io, std::move(options)))
{
}

Node::~Node()
{
    stop();
}

IoThread &Node::io() const
{
    return m_impl->io;
}

Router &Node::router()
{
    return m_impl->router;
}

const NodeOptions &Node::options() const
{
    return m_impl->options;
}

Expected<QUrl> Node::listen(quint16 port)
{
    auto http = std::make_unique<HttpServer>(m_impl->io, m_impl->serverOptions(port),
        [impl = m_impl.get()](ServerRequest request, ServerResponse &response) { return impl->answer(std::move(request), response); });
    if (const auto bound = http->listen(); !bound)
        return unexpected(bound.error());
    m_impl->http = std::move(http);
    return askOn(m_impl->io, [impl = m_impl.get()] {
        impl->open(QUrl(impl->http->origin()));
        return impl->url;
    });
}

void Node::stop()
{
    if (!m_impl->http)
        return;
    m_impl->http->stop();
    m_impl->http.reset();
}

QUrl Node::url() const
{
    return m_impl->url;
}

QString Node::serviceAddr() const
{
    return m_impl->options.serviceAddr.isEmpty() ? m_impl->url.toString() : m_impl->options.serviceAddr;
}

} // namespace sluice
