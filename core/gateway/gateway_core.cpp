#include "gateway_core_p.h"

#include "sluice/backend/app_names.h"
#include "sluice/backend/user_data.h"
#include "sluice/gateway/backends.h"

#include <algorithm>

namespace sluice {

namespace {

constexpr std::chrono::milliseconds DescriptionAge{60'000};

SpendPolicy spendPolicy(const GatewayConfig &config)
{
    return {config.profile, config.maxSpendPerCallWei, config.maxSpendPerSessionWei, config.maxSpendPerDayWei};
}

/// Nothing when this configuration does not reach that kind.
std::optional<BackendSettings> settingsOf(const GatewayConfig &config, const QString &kind, const QString &sharesSettingsOf)
{
    if (const auto named = config.backends.constFind(kind); named != config.backends.cend())
        return *named;
    if (!sharesSettingsOf.isEmpty())
        return settingsOf(config, sharesSettingsOf, QString());
    // The members of the configuration itself are BYOC's settings; who names other backends alone does without it.
    const OrchestratorSettings &own = config;
    if (kind == Call().backend && (config.backends.isEmpty() || own != OrchestratorSettings()))
        return own.toSettings();
    return std::nullopt;
}

} // namespace

CallScope::CallScope(const CancelToken &alive, CancelSource cancel)
    : source(std::move(cancel))
    , m_link(alive.onCancel([own = source]() mutable { own.cancel(); }))
{
    context.cancel = source.token();
}

GatewayCore::GatewayCore(GatewayConfig config, std::shared_ptr<UserData> data)
    : m_services(data ? std::move(data) : UserData::inMemory(), config, spendPolicy(config))
    , m_named(config.capabilities)
{
    m_services.setSelection(config.selection);
    m_services.setSecretKeeper(config.secretKeeper);
    for (const BackendKind &kind : backends::kinds()) {
        if (const auto settings = settingsOf(config, kind.id, kind.sharesSettingsOf))
            m_backends.push_back(kind.make(m_services, *settings));
    }
}

GatewayCore::~GatewayCore() = default;

Backend *GatewayCore::find(const QString &backend) const
{
    const auto found = std::find_if(m_backends.begin(), m_backends.end(), [&](const auto &one) { return one->id() == backend; });
    return found == m_backends.end() ? nullptr : found->get();
}

Backend &GatewayCore::backendFor(const Call &call) const
{
    Backend *backend = find(call.backend);
    if (!backend) {
        QStringList ids;
        for (const auto &one : m_backends)
            ids.append(one->id());
        throw Error(Error::Kind::NotRouted, QStringLiteral("There is no backend “%1” here.").arg(call.backend))
            .withAdvice(QStringLiteral("This profile reaches %1.").arg(ids.join(QStringLiteral(", "))));
    }
    if (const auto refusal = backend->refusal(call))
        throw *refusal;
    return *backend;
}

Call GatewayCore::resolved(const Call &call) const
{
    Call made = call;
    if (made.backend.isEmpty())
        made.backend = Call().backend;
    made = backends::resolved(made);
    if (made.backend != Call().backend || known(made.id()))
        return made;
    if (const QStringList others = listedBy(made.capability); others.size() == 1) {
        made.backend = others.first();
        return made;
    }
    const auto has = [&](const auto &one) { return one->builtIn(made.capability).has_value(); };
    if (const auto found = std::find_if(m_backends.begin(), m_backends.end(), has); found != m_backends.end())
        made.backend = (*found)->id();
    else if (!find(made.backend) && !m_backends.empty())
        made.backend = m_backends.front()->id(); // who reaches no orchestrator does not mean one
    return made;
}

QStringList GatewayCore::listedBy(const QString &capability) const
{
    QStringList found;
    for (const auto &one : m_backends) {
        const auto isIt = [&](const CapabilityId &id) { return id.name == capability && id.backend == one->id(); };
        if (std::any_of(m_known.keyBegin(), m_known.keyEnd(), isIt))
            found.append(one->id());
    }
    return found;
}

bool GatewayCore::isAbsent(const CapabilityId &id) const
{
    if (known(id) || !m_whole.contains(id.backend))
        return false;
    // BYOC's is also the name that nobody is known to have: of an app, it may be found elsewhere when it is called.
    const auto mayHave = [&](const auto &one) {
        const AppNames *names = AppNames::of(*one);
        return names && names->hasNamesLike(id.name) && !m_whole.contains(one->id());
    };
    return id.backend != Call().backend || std::none_of(m_backends.begin(), m_backends.end(), mayHave);
}

CapabilityId GatewayCore::idOf(const QString &capability) const
{
    CapabilityId id = backends::unlisted(capability).id();
    Call call;
    call.backend = id.backend;
    call.capability = id.name;
    id.backend = resolved(call).backend;
    return id;
}

Purse *GatewayCore::purse() const
{
    for (const auto &backend : m_backends) {
        Purse *purse = backend->purse();
        if (purse && !purse->address().isEmpty())
            return purse;
    }
    return nullptr;
}

std::optional<CapabilityInfo> GatewayCore::known(const CapabilityId &id) const
{
    if (const auto it = m_known.find(id); it != m_known.end())
        return *it;
    const CapabilityId nameOnly{id.backend, id.name, QString()};
    if (const auto it = m_known.find(nameOnly); it != m_known.end())
        return *it;
    for (const NamedCapability &one : m_named) {
        if (one.name != id.name)
            continue;
        const CapabilityInfo info = backends::named(one);
        if (info.backend == id.backend)
            return info;
    }
    if (const Backend *backend = find(id.backend))
        return backend->builtIn(id.name);
    return std::nullopt;
}

void GatewayCore::setNamed(const QList<NamedCapability> &capabilities)
{
    m_named = capabilities;
    // What was known holds what the person said before.
    m_known.clear();
    m_undescribed.clear();
}

bool GatewayCore::isUndescribed(const CapabilityId &id) const
{
    const auto it = m_undescribed.constFind(id);
    return it != m_undescribed.constEnd() && !it->hasExpired(DescriptionAge.count());
}

void GatewayCore::remember(const QList<CapabilityInfo> &capabilities)
{
    for (const CapabilityInfo &info : capabilities)
        m_known.insert(info.id(), info);
}

} // namespace sluice
