#include "peers/byoc_node.h"

#include "sluice/net/io_thread.h"

namespace sluice::byoc {

namespace {

NodeOptions nodeOptions(const ByocNodeOptions &options)
{
    NodeOptions node;
    node.tls = options.tls;
    node.serviceAddr = options.serviceAddr;
    node.hosts = QStringList{options.workerAddr};
    return node;
}

trickle::ServerOptions channelOptions(const ByocNodeOptions &options)
{
    trickle::ServerOptions channels;
    channels.basePath = "/ai/trickle/";
    channels.idleTimeout = options.channelIdle;
    channels.sweepPeriod = options.channelSweep;
    return channels;
}

} // namespace

ByocNode::ByocNode(IoThread &io, Recipient &recipient, const ChainView &chain, ByocNodeOptions options, TicketJournal *journal)
    : m_port(options.port)
    , m_node(io, nodeOptions(options))
    , m_channels(io, channelOptions(options))
    , m_discovery(m_node)
    , m_orchestrator(m_node, m_channels, recipient, chain, std::move(options), journal)
{
    m_node.router().mountRaw([this](const ServerRequest &request) { return m_channels.owns(request.path); },
        [this](ServerRequest request, ServerResponse &response) { return m_channels.handle(std::move(request), response); });
    m_orchestrator.listIn(m_discovery);
}

ByocNode::~ByocNode()
{
    stop();
}

void ByocNode::stop()
{
    m_orchestrator.stop();
    m_node.stop();
}

QList<trickle::ChannelInfo> ByocNode::channels() const
{
    return askOn(m_node.io(), [this] { return m_channels.channels(); });
}

} // namespace sluice::byoc
