#include "sluice/sandbox/services/openai_service.h"

#include "sluice/openai/http_upstream.h"
#include "sluice/sandbox/sandbox_host.h"
#include "sluice/sandbox/services/aigateway_service.h"

namespace sluice {

QCoro::Task<Json> OpenAiService::start(SandboxHost &host)
{
    openai::HttpUpstreamOptions behind;
    behind.base = host.service<AiGatewayService>()->url();
    const auto listen = [&](quint16 port) {
        openai::ServerOptions options;
        options.port = port;
        m_server = std::make_unique<openai::Server>(host.io(), options, openai::makeHttpUpstream(behind));
        return m_server->listen();
    };
    // As the AI gateway's, its address stays the same from start to start where it can.
    const quint16 last = host.lastPort(id());
    auto url = listen(last);
    if (!url && last != 0)
        url = listen(0);
    host.keepPort(id(), quint16(orThrow(url).port()));
    Json settings{{QStringLiteral("base_url"), orThrow(url).toString() + QStringLiteral("/v1")}};
    co_return settings;
}

QFuture<void> OpenAiService::stop()
{
    if (m_server)
        m_server->stop();
    return QtFuture::makeReadyFuture();
}

} // namespace sluice
