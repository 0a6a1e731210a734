#include "catalog_p.h"

#include "sluice/base/log.h"
#include "sluice/backend/app_names.h"
#include "sluice/backend/candidate_source.h"
#include "sluice/gateway/backends.h"

#include <algorithm>

namespace sluice::catalog {

namespace {

QList<NamedCapability> namedOf(const GatewayCore &core, const QString &backend)
{
    QList<NamedCapability> named = core.named();
    named.removeIf([&](const NamedCapability &one) { return backends::named(one).backend != backend; });
    return named;
}

/// What the person named, over what the network says of the same name.
void addNamed(BackendListing &listing, const QList<NamedCapability> &named)
{
    for (const NamedCapability &one : named) {
        const auto same = std::find_if(listing.capabilities.begin(), listing.capabilities.end(), [&](const CapabilityInfo &info) { return info.name == one.name; });
        if (same != listing.capabilities.end()) {
            one.addTo(*same);
            continue;
        }
        CapabilityInfo info = backends::named(one);
        info.orchestrators = listing.reached;
        info.seenAt = QDateTime::currentDateTimeUtc();
        listing.capabilities.append(info);
    }
}

} // namespace

QCoro::Task<QList<CapabilityInfo>> list(std::shared_ptr<GatewayCore> core, CallContext context)
{
    QList<BackendListing> listings;
    std::optional<Error> failure;
    bool answered = false;
    for (const auto &backend : core->backends()) {
        const QList<NamedCapability> named = namedOf(*core, backend->id());
        QStringList names;
        for (const NamedCapability &one : named)
            names.append(one.name);
        BackendListing listing;
        try {
            listing = co_await backend->list(names, context);
            answered = true;
        } catch (const Error &error) {
            if (error.kind() == Error::Kind::Canceled)
                throw;
            qCDebug(logNet, "The backend %s lists nothing: %s", qUtf8Printable(backend->id()), qUtf8Printable(error.message()));
            if (!failure)
                failure = error;
        }
        addNamed(listing, named);
        listings.append(listing);
    }
    if (!answered && failure)
        throw *failure;
    context.check();
    QList<CapabilityInfo> infos;
    bool complete = false;
    QStringList whole;
    for (std::size_t i = 0; i < core->backends().size(); ++i) {
        const BackendListing &listing = listings[qsizetype(i)];
        complete = complete || listing.complete;
        if (listing.complete && !listing.mayHaveMore)
            whole.append(core->backends()[i]->id());
        const QList<CapabilityInfo> quoted = co_await core->backends()[i]->quoted(listings[qsizetype(i)].capabilities, context);
        infos += quoted;
    }
    core->setListed(complete);
    core->setWhole(whole);
    core->remember(infos);
    co_return infos;
}

namespace {

QCoro::Task<CapabilityInfo> aboutOneOf(std::shared_ptr<GatewayCore> core, QList<CapabilityInfo> all, CapabilityId id, CallContext context)
{
    // A model that does not tell capabilities apart is no part of the question.
    for (const CapabilityId &wanted : {id, CapabilityId{id.backend, id.name, QString()}}) {
        const auto found = std::find_if(all.cbegin(), all.cend(), [&wanted](const CapabilityInfo &one) { return one.id() == wanted; });
        if (found != all.cend())
            co_return *found;
    }
    CapabilityInfo unlisted = backends::unlisted(id.name, id.model);
    Backend *backend = core->find(id.backend);
    if (unlisted.backend != id.backend)
        unlisted = (backend ? backend->builtIn(id.name) : std::nullopt).value_or(CapabilityInfo::unlisted(id));
    if (!backend)
        co_return unlisted;
    const QList<CapabilityInfo> one{unlisted};
    const QList<CapabilityInfo> quoted = co_await backend->quoted(one, context);
    co_return quoted.value(0, unlisted);
}

} // namespace

QCoro::Task<CapabilityInfo> about(std::shared_ptr<GatewayCore> core, CapabilityId id, CallContext context)
{
    const QList<CapabilityInfo> all = co_await list(core, context);
    co_return co_await aboutOneOf(core, all, id, context);
}

QCoro::Task<CapabilityInfo> aboutName(std::shared_ptr<GatewayCore> core, QString name, CallContext context)
{
    const QList<CapabilityInfo> all = co_await list(core, context);
    const CapabilityId id = core->idOf(name);
    co_return co_await aboutOneOf(core, all, id, context);
}

QCoro::Task<std::optional<CapabilityInfo>> describe(std::shared_ptr<GatewayCore> core, CapabilityId id, CallContext context)
{
    if (auto known = core->known(id))
        co_return known;
    Backend *backend = core->find(id.backend);
    if (!backend || core->isUndescribed(id))
        co_return std::nullopt;
    const QList<CapabilityInfo> learned = co_await backend->lookUp(id.name, context);
    core->remember(learned);
    if (auto known = core->known(id))
        co_return known;
    core->rememberUndescribed(id);
    co_return std::nullopt;
}

namespace {

/// Who is away says nothing of the name: the call itself meets the same trouble, and tells it.
QCoro::Task<void> ask(std::shared_ptr<GatewayCore> core, CapabilityId id, CallContext context)
{
    try {
        co_await describe(core, id, context);
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Canceled)
            throw;
        qCDebug(logNet, "Whether %s has %s is not known: %s", qUtf8Printable(id.backend), qUtf8Printable(id.name), qUtf8Printable(error.message()));
    }
}

} // namespace

QCoro::Task<QString> backendOf(std::shared_ptr<GatewayCore> core, Call call, bool saysNone, CallContext context)
{
    if (call.backend != Call().backend || core->known(call.id()))
        co_return call.backend;
    for (const auto &backend : core->backends()) {
        const AppNames *names = AppNames::of(*backend);
        if (backend->id() == call.backend || !names || !names->hasNamesLike(call.capability))
            continue;
        const CapabilityId there{backend->id(), call.capability, QString()};
        co_await ask(core, there, context);
    }
    // Found elsewhere, it is BYOC's all the same where BYOC lists it.
    if (!core->listedBy(call.capability).isEmpty()) {
        const CapabilityId own = call.id();
        co_await ask(core, own, context);
    }
    context.check();
    const QStringList owners = core->known(call.id()) ? QStringList() : core->listedBy(call.capability);
    if (saysNone && owners.size() > 1)
        throw Error(Error::Kind::NotRouted, QStringLiteral("%1 is the name of a capability of %2, and the call does not say which.").arg(call.capability, owners.join(QStringLiteral(" and "))))
            .withAdvice(QStringLiteral("Name the backend: in the call, or with --backend %1.").arg(owners.first()));
    co_return core->resolved(call).backend;
}

QCoro::Task<CandidateReport> candidates(std::shared_ptr<GatewayCore> core, CapabilityId id, CallContext context)
{
    Backend *backend = core->find(id.backend);
    CandidateSource *source = backend ? CandidateSource::of(*backend) : nullptr;
    if (!source)
        throw Error(Error::Kind::NotRouted, QStringLiteral("Calls of %1 go to one server, which the profile names.").arg(id.name))
            .withAdvice(QStringLiteral("Capabilities of Livepeer's orchestrators can be had from several."));
    const CapabilityInfo info = core->known(id).value_or(CapabilityInfo::unlisted(id));
    co_return co_await source->candidates(info, context);
}

QCoro::Task<QList<Balance>> balances(std::shared_ptr<GatewayCore> core, QList<CapabilityId> capabilities, CallContext context)
{
    QList<Balance> all;
    for (const auto &backend : core->backends()) {
        QList<CapabilityInfo> wanted;
        for (const CapabilityId &id : capabilities) {
            if (id.backend == backend->id())
                wanted.append(core->known(id).value_or(CapabilityInfo::unlisted(id)));
        }
        if (!backend->purse() || wanted.isEmpty())
            continue;
        const QList<Balance> there = co_await backend->purse()->balances(wanted, context);
        all += there;
    }
    co_return all;
}

QCoro::Task<int> refreshOutcomes(std::shared_ptr<GatewayCore> core, CallContext context)
{
    int changed = 0;
    for (const auto &backend : core->backends()) {
        if (backend->purse())
            changed += co_await backend->purse()->refreshOutcomes(context);
    }
    co_return changed;
}

} // namespace sluice::catalog
