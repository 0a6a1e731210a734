#include "sluice/sandbox/services/aigateway_service.h"

#include "sluice/base/log.h"
#include "sluice/sandbox/capabilities/docs_chat.h"
#include "sluice/sandbox/capabilities/llm_chat.h"
#include "sluice/sandbox/pipelines/pipelines.h"
#include "sluice/sandbox/sandbox_host.h"

namespace sluice {

namespace {

/// A request's file is up to 50 MB; two clients may send one at the same time.
constexpr qsizetype MaxBodyBytes = 56 * 1024 * 1024;
constexpr qsizetype MaxBytesInHand = 128 * 1024 * 1024;

/// The model of another server goes by its own name.
std::unique_ptr<aigateway::ChatWork> chatOf(const SandboxOptions &options)
{
    if (options.llmUpstream.isEmpty())
        return sandbox::chatOver(std::make_unique<sandbox::DocsChat>());
    const sandbox::LlmChat::Upstream upstream{options.llmUpstream, options.llmKey, options.llmModel, options.llmServer};
    return sandbox::chatOver(std::make_unique<sandbox::LlmChat>(upstream), options.llmModel);
}

openai::Dialect dialectOf(const QString &name)
{
    if (name.isEmpty() || name == QLatin1String("json"))
        return openai::Dialect::Gateway;
    if (name == QLatin1String("form"))
        return openai::Dialect::Legacy;
    throw Error(Error::Kind::Config, QStringLiteral("There is no dialect \"%1\" of /llm.").arg(name))
        .withAdvice(QStringLiteral("There are json, of gateways from go-livepeer 0.8.3 on, and form, of earlier ones."));
}

} // namespace

AiGatewayService::~AiGatewayService() = default;

QUrl AiGatewayService::url() const
{
    return QUrl(m_server->origin());
}

QStringList AiGatewayService::ownOptions(const SandboxOptions &options) const
{
    QStringList given;
    if (!options.llmDialect.isEmpty())
        given.append(QStringLiteral("llm-dialect"));
    if (!options.llmUpstream.isEmpty())
        given.append(QStringLiteral("llm-upstream"));
    if (!options.llmModel.isEmpty())
        given.append(QStringLiteral("llm-model"));
    return given;
}

void AiGatewayService::mount(SandboxHost &host)
{
    aigateway::ServerOptions chosen;
    chosen.llm = dialectOf(host.options().llmDialect);
    m_gateway = std::make_unique<aigateway::Server>(chosen);
    for (sandbox::FoundWork &found : sandbox::sandboxPipelines()) {
        if (found.work)
            m_gateway->offer(std::move(found.work));
        else
            qCWarning(logSandbox, "The AI gateway does not offer %s: missing is %s.", qUtf8Printable(found.pipeline), qUtf8Printable(found.missing));
    }
    m_gateway->offerChat(chatOf(host.options()));
    m_gateway->mount(m_router);
}

QCoro::Task<Json> AiGatewayService::start(SandboxHost &host)
{
    HttpServerOptions options;
    options.maxBodyBytes = MaxBodyBytes;
    options.maxBytesInHand = MaxBytesInHand;
    options.maxBytesInHandPerPeer = MaxBytesInHand;
    options.streamsBody = [](const ServerRequest &) { return true; }; // the handlers ask for bodies, after a look at the head
    const auto handler = [router = &m_router](ServerRequest request, ServerResponse &response) { return router->handle(std::move(request), response); };
    host.listenAgain(id(), [&](quint16 port) {
        options.port = port;
        m_server = std::make_unique<HttpServer>(host.io(), options, handler);
        return m_server->listen();
    });
    Json names = Json::array();
    for (const QString &name : m_gateway->offered())
        names.append(name);
    Json settings{{QStringLiteral("base_url"), m_server->origin()}, {QStringLiteral("pipelines"), names}};
    co_return settings;
}

QFuture<void> AiGatewayService::stop()
{
    if (m_gateway)
        m_gateway->stop();
    if (m_server)
        m_server->stop();
    return QtFuture::makeReadyFuture();
}

} // namespace sluice
