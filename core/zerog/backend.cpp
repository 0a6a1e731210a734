#include "sluice/zerog/backend.h"

#include "backend_p.h"

#include "sluice/backend/backend_services.h"
#include "sluice/net/origin.h"

#include <QtCore/QCoreApplication>

namespace sluice::zerog {

namespace {

const QString UserAgentKey = QStringLiteral("user_agent");
const QString ProviderAgentKey = QStringLiteral("provider_agent");

/// The words of the form; translated like the window's.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(sluice::zerog::Backend)
};

Json settingsSchema()
{
    const Json user = settings_schema::address(Words::tr("User agent"),
        Words::tr("Of 0G serving, on this machine: it holds the key that signs and pays. “sluicectl zerog user” is one."), QStringLiteral("http://127.0.0.1:1034"));
    const Json provider = settings_schema::address(Words::tr("Your provider agent"),
        Words::tr("Only if you sell services yourself: what is sold, who called and what is unsettled is shown then, and can be settled. “sluicectl zerog provider” is one."),
        QStringLiteral("http://127.0.0.1:3080"));
    Json properties{{UserAgentKey, user}, {ProviderAgentKey, provider}};
    addChainSettings(properties);
    return Json{{QStringLiteral("type"), QStringLiteral("object")}, {QStringLiteral("title"), Words::tr("0G serving")}, {QStringLiteral("properties"), properties},
        {QStringLiteral("required"), Json::array({Json(UserAgentKey)})}};
}

Expected<void> checkAgent(const BackendSettings &settings, const QString &key, const QString &example, const QString &danger)
{
    const auto refuse = [&](const QString &message, const QString &advice) {
        return unexpected(Error(Error::Kind::InvalidInput, message).withField(QLatin1Char('/') + key).withAdvice(advice));
    };
    const auto origin = Origin::of(QUrl(settings.text(key).trimmed(), QUrl::StrictMode));
    if (!origin)
        return refuse(Words::tr("The agent's address is no address for HTTP."), Words::tr("Write it whole, e.g. %1").arg(example));
    if (!origin->isEncrypted() && origin->reach() == Origin::Reach::Public)
        return refuse(danger.arg(origin->host()), Words::tr("Run the agent on this machine."));
    return {};
}

Expected<void> checkSettings(const BackendSettings &settings, bool)
{
    const auto user = checkAgent(settings, UserAgentKey, QStringLiteral("http://127.0.0.1:1034"),
        Words::tr("Whoever reaches a user agent spends its money: %1 is not on this network, and nothing would protect the way there."));
    if (!user)
        return user;
    if (settings.text(ProviderAgentKey).trimmed().isEmpty())
        return checkChainSettings(settings);
    const auto provider = checkAgent(settings, ProviderAgentKey, QStringLiteral("http://127.0.0.1:3080"),
        Words::tr("Whoever reaches all of a provider agent has its services in hand: %1 is not on this network, and nothing would protect the way there."));
    return provider ? checkChainSettings(settings) : provider;
}

} // namespace

ZerogBackend::ZerogBackend(BackendServices &services, const BackendSettings &settings)
    : m_client(std::make_shared<UserClient>(services.http(), QUrl(settings.text(UserAgentKey).trimmed(), QUrl::StrictMode), services.timing()))
    , m_network(makeNetwork(services.http(), settings, settings.text(UserAgentKey).trimmed().isEmpty() ? nullptr : m_client))
    , m_idle(services.timing().streamIdleTimeout)
{
    if (const auto checked = checkSettings(settings, false); !checked)
        m_fault = Error(Error::Kind::Config, checked.error().message()).withAdvice(checked.error().advice());
    if (const QString own = settings.text(ProviderAgentKey).trimmed(); !own.isEmpty())
        m_sales = std::make_shared<ProviderClient>(services.http(), QUrl(own, QUrl::StrictMode), services.timing());
}

std::optional<Error> ZerogBackend::refusal(const Call &call) const
{
    if (m_fault)
        return m_fault;
    return call.verb == Verb::Live ? std::optional(noSuchVerb(call)) : std::nullopt;
}

QCoro::Task<BackendListing> ZerogBackend::list(QStringList, CallContext context)
{
    if (m_fault)
        throw Error(*m_fault);
    const QList<Service> services = co_await m_client->services(context);
    BackendListing listing;
    listing.reached = {m_client->base()};
    listing.complete = true;
    listing.mayHaveMore = true; // a service's own name, without its provider
    for (const Service &service : services) {
        if (serviceType(service.type))
            listing.capabilities.append(infoOf(service, m_client->base()));
    }
    co_return listing;
}

QCoro::Task<QList<CapabilityInfo>> ZerogBackend::lookUp(QString name, CallContext context)
{
    const QStringList none;
    BackendListing listing = co_await list(none, context);
    QList<CapabilityInfo> found = listing.capabilities;
    const auto ofName = [&](const CapabilityInfo &info) { return info.name == name; };
    if (std::any_of(found.begin(), found.end(), ofName))
        co_return found;
    // The service's name alone, where one provider has it.
    QList<CapabilityInfo> alike;
    for (const CapabilityInfo &info : std::as_const(found)) {
        if (info.title == name)
            alike.append(info);
    }
    if (alike.size() == 1) {
        CapabilityInfo info = alike.first();
        info.name = name;
        info.listed = false;
        found.append(info);
    }
    co_return found;
}

QCoro::Task<NamedService> ZerogBackend::serviceOf(Call call, CallContext context)
{
    if (const auto named = NamedService::of(call.capability))
        co_return *named;
    const QList<Service> services = co_await m_client->services(context);
    QList<NamedService> found;
    for (const Service &service : services) {
        if (service.name != call.capability)
            continue;
        NamedService one;
        one.service = service.name;
        one.provider = service.provider;
        found.append(one);
    }
    if (found.isEmpty())
        throw Error(Error::Kind::InvalidInput, QStringLiteral("No provider has a service \"%1\".").arg(call.capability.left(200)))
            .withAdvice(QStringLiteral("Refresh the list of capabilities."));
    if (found.size() > 1)
        throw Error(Error::Kind::InvalidInput, QStringLiteral("%1 providers have a service \"%2\".").arg(found.size()).arg(call.capability.left(200)))
            .withAdvice(QStringLiteral("Say which: %1@%2.").arg(call.capability, found.first().provider.toChecksum()));
    co_return found.first();
}

QCoro::Task<ServiceAnswer> ZerogBackend::submit(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context)
{
    const QByteArray body = orThrow(sentBody(call.call)).dump();
    const NamedService service = co_await serviceOf(call.call, context);
    ServiceAnswer answer;
    answer.url = m_client->callUrl(service.provider, service.service, suffixOf(call.call, call.info));
    answer.sink = sink;
    answer.agent = m_client->base();
    answer.maxBytes = call.call.limits.maxAnswerBytes;
    answer.idle = m_idle;
    const QByteArray accept = call.call.verb == Verb::Stream ? QByteArray("text/event-stream") : QByteArray("*/*");
    answer.stream = co_await m_client->open(answer.url, body, accept, call.call.timeout, context);
    sink->servedBy(m_client->base());
    co_return answer;
}

QCoro::Task<RunResult> ZerogBackend::run(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context)
{
    const CallContext bounded = context.within(call.call.timeout);
    const ServiceAnswer answer = co_await submit(call, sink, bounded);
    RunResult result;
    result.status = answer.stream->status();
    result.headers = answer.stream->headers();
    result.contentType = headers::value(result.headers, "Content-Type");
    result.servedBy = answer.agent;
    result.askedAt = answer.url;
    try {
        for (;;) {
            const QByteArray bytes = co_await answer.stream->read();
            if (bytes.isEmpty())
                break;
            result.content += bytes;
            if (result.content.size() > answer.maxBytes)
                throw Error(Error::Kind::TooLarge, QStringLiteral("The answer is larger than the %1 bytes that this call accepts.").arg(answer.maxBytes))
                    .withAdvice(QStringLiteral("Raise the call's limit for answers."));
        }
    } catch (const Error &error) {
        answer.stream->close();
        sink->keepReceived(result.contentType, result.content);
        throw Error(error).withRequest("POST", answer.url);
    }
    co_return std::as_const(result);
}

QCoro::Task<std::shared_ptr<EventSource>> ZerogBackend::stream(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context)
{
    const ServiceAnswer answer = co_await submit(call, sink, context);
    co_return makeEventSource(answer);
}

BackendKind backendKind()
{
    BackendKind kind;
    kind.id = BackendId;
    kind.title = QStringLiteral("0G serving");
    kind.settingsSchema = settingsSchema();
    kind.check = &checkSettings;
    kind.make = [](BackendServices &services, const BackendSettings &settings) { return std::make_unique<ZerogBackend>(services, settings); };
    return kind;
}

} // namespace sluice::zerog
