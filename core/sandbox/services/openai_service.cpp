#include "sluice/sandbox/services/openai_service.h"

#include "sluice/openai/http_upstream.h"
#include "sluice/sandbox/sandbox_host.h"
#include "sluice/sandbox/services/aigateway_service.h"

namespace sluice {

QCoro::Task<Json> OpenAiService::start(SandboxHost &host)
{
    openai::HttpUpstreamOptions behind;
    behind.base = host.service<AiGatewayService>()->url();
    QUrl url;
    host.listenAgain(id(), [&](quint16 port) -> Expected<quint16> {
        openai::ServerOptions options;
        options.port = port;
        m_server = std::make_unique<openai::Server>(host.io(), options, openai::makeHttpUpstream(behind));
        const auto listening = m_server->listen();
        if (!listening)
            return unexpected(listening.error());
        url = *listening;
        return quint16(url.port());
    });
    m_url = QUrl(url.toString() + QStringLiteral("/v1"));
    Json settings{{QStringLiteral("base_url"), m_url.toString()}};
    co_return settings;
}

QFuture<void> OpenAiService::stop()
{
    if (m_server)
        m_server->stop();
    return QtFuture::makeReadyFuture();
}

} // namespace sluice
