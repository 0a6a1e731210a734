#include "sluice/aigateway/backend.h"

#include "backend_p.h"

#include "sluice/aigateway/refusal.h"
#include "sluice/backend/backend_services.h"
#include "sluice/base/log.h"
#include "sluice/net/origin.h"

#include <QtCore/QCoreApplication>

namespace sluice::aigateway {

namespace {

const QString BaseUrl = QStringLiteral("base_url");
const QString ApiKey = QStringLiteral("/api_key");

/// The words of the form; translated like the window's.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(sluice::AiGateway)
};

Json settingsSchema()
{
    const Json address = settings_schema::address(Words::tr("Base URL"),
        Words::tr("Where the AI gateway's pipelines are: its address, without /text-to-image and the like."), QStringLiteral("http://127.0.0.1:9935"));
    const Json key = settings_schema::secret(Words::tr("API key"), Words::tr("Of a hosted gateway; one of your own wants none."), Words::tr("API key"),
        Words::tr("A hosted gateway refuses calls without it."));
    return Json{{QStringLiteral("type"), "object"}, {QStringLiteral("required"), Json::array({Json(BaseUrl)})},
        {QStringLiteral("properties"), Json{{BaseUrl, address}, {QStringLiteral("api_key"), key}}}};
}

Error configError(const QString &message, const QString &advice)
{
    return Error(Error::Kind::Config, message).withAdvice(advice);
}

/// What is wrong with the settings, whatever the call.
std::optional<Error> problemOf(const Client &client)
{
    const auto origin = Origin::of(client.gateway());
    if (!origin)
        return configError(QStringLiteral("The AI gateway's base URL is missing or none: %1").arg(origin.error().message()),
            QStringLiteral("Write it whole into the profile, e.g. http://127.0.0.1:9935."));
    if (client.hasKey() && !origin->isEncrypted() && origin->reach() != Origin::Reach::Loopback)
        return configError(QStringLiteral("The API key would go to %1 in clear text.").arg(origin->toString()), QStringLiteral("Use the gateway's https address."));
    return std::nullopt;
}

class AiGatewayBackend final : public Backend {
public:
    AiGatewayBackend(BackendServices &services, const BackendSettings &settings)
        : m_access(std::make_shared<Access>())
    {
        m_access->client = std::make_shared<Client>(services.http(), QUrl(settings.text(BaseUrl)), settings.secret(ApiKey), services.timing().connectTimeout);
        m_access->askTimeout = services.timing().discoveryTimeout;
        m_access->idle = services.timing().streamIdleTimeout;
    }

    [[nodiscard]] QString id() const override { return BackendId; }

    [[nodiscard]] std::optional<Error> refusal(const Call &call) const override
    {
        if (auto problem = problemOf(*m_access->client))
            return problem;
        const Pipeline *pipeline = pipelineOf(call.capability);
        if (!pipeline) {
            QStringList names;
            for (const Pipeline &one : pipelines())
                names.append(one.name);
            return Error(Error::Kind::NotRouted, QStringLiteral("An AI gateway has no pipeline “%1”.").arg(call.capability))
                .withAdvice(QStringLiteral("There are: %1.").arg(names.join(QStringLiteral(", "))));
        }
        const bool isChat = pipeline->answer == Pipeline::Answer::Chat;
        if (call.verb == Verb::Live || (call.verb == Verb::Stream && !isChat))
            return noSuchVerb(call);
        return std::nullopt;
    }

    [[nodiscard]] std::optional<CapabilityInfo> builtIn(const QString &name) const override
    {
        const Pipeline *pipeline = pipelineOf(name);
        if (!pipeline)
            return std::nullopt;
        CapabilityInfo info = infoOf(*pipeline, m_access->client->gateway());
        info.listed = false;
        return info;
    }

    QCoro::Task<BackendListing> list(QStringList, CallContext context) override
    {
        if (const auto problem = problemOf(*m_access->client))
            throw *problem;
        return listed(m_access, std::move(context));
    }

    QCoro::Task<RunResult> run(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context) override
    {
        const Pipeline *pipeline = pipelineOf(call.call.capability);
        if (pipeline && pipeline->answer == Pipeline::Answer::Chat)
            return runChat(m_access, std::move(call), std::move(sink), std::move(context));
        return runPipeline(m_access, std::move(call), std::move(sink), std::move(context));
    }

    QCoro::Task<std::shared_ptr<EventSource>> stream(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context) override
    {
        return streamChat(m_access, std::move(call), std::move(sink), std::move(context));
    }

private:
    std::shared_ptr<Access> m_access;
};

} // namespace

BackendKind backendKind()
{
    BackendKind kind;
    kind.id = BackendId;
    kind.title = QStringLiteral("Livepeer AI gateway");
    kind.settingsSchema = settingsSchema();
    kind.make = [](BackendServices &services, const BackendSettings &settings) { return std::make_unique<AiGatewayBackend>(services, settings); };
    return kind;
}

} // namespace sluice::aigateway
