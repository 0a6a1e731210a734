#include "sluice/sandbox/services/llmworker_service.h"

#include "sluice/llmworker/chat_provider.h"
#include "sluice/sandbox/sandbox_host.h"
#include "sluice/sandbox/services/openai_service.h"

namespace sluice {

namespace {

/// What it brings as capabilities. The first asks the worker's own models; the second is for a worker over the profile that pays, as the window
/// and the command line have one (provider `local`), because its streams cost something.
Json templates()
{
    static const Json all = orThrow(Json::parse(R"json({
"docs-assistant": {
  "id": "docs-assistant",
  "meta": {"name": "Documentation assistant", "description": "Answers from Sluice's documentation as a job in the queue of the sandbox's LLM worker, with the conversation so far."},
  "streams": [{"provider": "openai", "settings": {"model": "sandbox/docs-chat"}, "messages": [{"insert": "history"}, {"role": "user", "content": "{query}"}]}]},
"answer-and-measure": {
  "id": "answer-and-measure",
  "meta": {"name": "Answer, measured", "description": "Two streams, both paid by this profile: docs-chat answers from the documentation, then text-analysis tells how long and how readable that answer is."},
  "streams": [
    {"provider": "local", "settings": {"model": "docs-chat", "max_sources": 2}, "messages": [{"role": "user", "content": "{query}"}]},
    {"provider": "local", "settings": {"model": "text-analysis", "sections": ["counts", "readability"]},
      "messages": [{"role": "user", "content": "{previous_stream_output}"}]}]}
})json"));
    return all;
}

} // namespace

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
        options.tellStreams = true;
        m_server = std::make_unique<llmworker::Server>(host.io(), options, providers);
        const auto listening = m_server->listen();
        if (!listening)
            return unexpected(listening.error());
        url = *listening;
        return quint16(url.port());
    });
    Json settings{{QStringLiteral("url"), url.toString()}, {QStringLiteral("templates"), templates()}};
    co_return settings;
}

QFuture<void> LlmWorkerService::stop()
{
    if (m_server)
        m_server->stop();
    return QtFuture::makeReadyFuture();
}

} // namespace sluice
