#include "sluice/sandbox/services/llmworker_service.h"

#include "sluice/llmworker/chat_provider.h"
#include "sluice/sandbox/sandbox_host.h"
#include "sluice/sandbox/services/openai_service.h"

namespace sluice {

QCoro::Task<Json> LlmWorkerService::start(SandboxHost &host)
{
    // The sandbox's server wants no key, and `openai` none without one.
    const Secret key(QByteArrayView("sandbox"));
    const QUrl models = host.service<OpenAiService>()->url();
    llmworker::ChatProviderOptions patient = llmworker::ChatProviderOptions::openAi(models, key);
    patient.timeout = std::chrono::minutes(1);
    llmworker::Providers providers;
    providers.emplace(QStringLiteral("openai"), llmworker::makeChatProvider(patient));
    providers.emplace(QStringLiteral("vllm"), llmworker::makeChatProvider(llmworker::ChatProviderOptions::vllm(models, key)));
    QUrl url;
    host.listenAgain(id(), [&](quint16 port) -> Expected<quint16> {
        llmworker::ServerOptions options;
        options.address = QStringLiteral("127.0.0.1");
        options.port = port;
        options.replay = true;
        options.cancel = true;
        options.listJobs = true;
        m_server = std::make_unique<llmworker::Server>(host.io(), options, providers);
        const auto listening = m_server->listen();
        if (!listening)
            return unexpected(listening.error());
        url = *listening;
        return quint16(url.port());
    });
    Json settings{{QStringLiteral("url"), url.toString()}};
    co_return settings;
}

QFuture<void> LlmWorkerService::stop()
{
    if (m_server)
        m_server->stop();
    return QtFuture::makeReadyFuture();
}

} // namespace sluice
