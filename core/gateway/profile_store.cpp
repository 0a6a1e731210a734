#include "sluice/gateway/profile_store.h"

#include "sluice/backend/backend.h"
#include "sluice/backend/secret_keeper.h"
#include "sluice/backend/user_data.h"
#include "sluice/gateway/conversations.h"
#include "sluice/base/task.h"
#include "sluice/gateway/backends.h"
#include "sluice/gateway/local_network.h"
#include "sluice/livepeer/signer_login.h"
#include "sluice/store/settings_table.h"

#include <QCoro/QCoroFuture>
#include <QtCore/QPointer>

#include <algorithm>

namespace sluice {

namespace {

const QString SandboxName = QStringLiteral("sandbox");
const QString KeyPrefix = QStringLiteral("profile/");
const QString CurrentKey = QStringLiteral("current_profile");

Profile sandboxProfile()
{
    Profile profile;
    profile.name = SandboxName;
    return profile;
}

/// The list as it would be with `added`: each in place of its namesake, the first one in place of `replaced`.
Expected<QList<NamedCapability>> withCapabilities(QList<NamedCapability> list, const QList<NamedCapability> &added, QString replaced)
{
    for (const NamedCapability &one : added) {
        const QString place = std::exchange(replaced, QString());
        const auto has = [&list](const QString &name) {
            return std::find_if(list.begin(), list.end(), [&](const NamedCapability &known) { return known.name == name; });
        };
        if (const auto old = place.isEmpty() ? list.end() : has(place); old != list.end() && place != one.name) {
            list.removeIf([&](const NamedCapability &known) { return known.name == one.name; });
            *has(place) = one;
        } else if (const auto same = has(one.name); same != list.end()) {
            *same = one;
        } else {
            list.append(one);
        }
    }
    if (list.size() > NamedCapability::MaxCount)
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("A profile takes %1 named capabilities; these would be %2.")
                                                               .arg(NamedCapability::MaxCount).arg(list.size()))
                              .withAdvice(QStringLiteral("Remove some that are no longer needed.")));
    return list;
}

/// Where a profile does not reach the backend that a name is taken to be of, it is of the first one that it reaches.
void addressTo(const Profile &profile, QList<NamedCapability> &capabilities)
{
    if (profile.local || profile.backends.isEmpty())
        return;
    const auto reaches = [&profile](const QString &backend) {
        const QList<BackendKind> kinds = backends::kinds();
        return profile.backends.contains(backend)
            || std::any_of(kinds.begin(), kinds.end(), [&](const BackendKind &kind) { return kind.id == backend && profile.backends.contains(kind.sharesSettingsOf); });
    };
    for (NamedCapability &one : capabilities) {
        if (one.backend.isEmpty() && !reaches(backends::unlisted(one.name).backend))
            one.backend = profile.backends.firstKey();
    }
}

/// The keychain, as one profile has its secrets there.
class ProfileKeeper final : public SecretKeeper {
public:
    ProfileKeeper(SecretStore store, QString profile)
        : m_store(std::move(store))
        , m_profile(std::move(profile))
    {
    }
    QFuture<Secret> read(const QString &pointer) override { return m_store.read(Profile::secretEntry(m_profile, pointer)); }
    QFuture<void> write(const QString &pointer, const Secret &secret) override { return m_store.write(Profile::secretEntry(m_profile, pointer), secret); }

private:
    SecretStore m_store;
    QString m_profile;
};

} // namespace

class ProfileStore::Private {
public:
    Private(std::shared_ptr<UserData> userData, SecretStore secretStore)
        : data(std::move(userData))
        , secrets(std::move(secretStore))
    {
    }

    std::shared_ptr<UserData> data;
    SecretStore secrets;

    // Static, with the data as a parameter: a store may be destroyed while its answer is under way.
    static QCoro::Task<QList<Profile>> list(std::shared_ptr<UserData> data);
    static QCoro::Task<QString> current(std::shared_ptr<UserData> data);
    static QCoro::Task<void> save(std::shared_ptr<UserData> data, Profile profile);
    static QCoro::Task<void> saveSettings(std::shared_ptr<UserData> data, SecretStore store, Profile profile, Profile::Secrets secrets);
    static QCoro::Task<Profile> nameCapabilities(std::shared_ptr<UserData> data, QString profile, QList<NamedCapability> capabilities, QString replaced);
    static QCoro::Task<Profile> forgetCapability(std::shared_ptr<UserData> data, QString profile, QString capability);
    static QCoro::Task<Profile> changeAssistants(std::shared_ptr<UserData> data, QString profile, QList<assistants::Change> changes);
    static QCoro::Task<Profile> changeSelection(std::shared_ptr<UserData> data, QString profile, std::function<SelectionRules(const SelectionRules &)> rules);
    static QCoro::Task<void> remove(std::shared_ptr<UserData> data, SecretStore store, QString name);
    static QCoro::Task<GatewayConfig> connection(SecretStore store, Profile profile, QPointer<LocalNetwork> network, Secret otherKey);
    static QCoro::Task<void> setCurrent(std::shared_ptr<UserData> data, QString name);
};

QCoro::Task<QList<Profile>> ProfileStore::Private::list(std::shared_ptr<UserData> data)
{
    const auto rows = co_await data->settings().all(KeyPrefix);
    QList<Profile> profiles;
    for (const auto &[key, json] : rows)
        profiles.append(orThrow(Profile::fromJson(json)));
    const auto sandbox = std::find_if(profiles.begin(), profiles.end(), [](const Profile &p) { return p.name == SandboxName; });
    if (sandbox == profiles.end())
        profiles.prepend(sandboxProfile());
    else
        profiles.move(sandbox - profiles.begin(), 0);
    co_return profiles;
}

QCoro::Task<QString> ProfileStore::Private::current(std::shared_ptr<UserData> data)
{
    const auto stored = co_await data->settings().get(CurrentKey);
    const QString name = stored ? stored->toString() : QString();
    for (const Profile &profile : co_await list(data)) {
        if (profile.name == name)
            co_return name;
    }
    co_return SandboxName;
}

namespace {

/// Through the same doors as reading, so that nothing is stored that cannot be read back.
Json storable(const Profile &profile)
{
    Json json = profile.toJson();
    orThrow(Profile::fromJson(json));
    orThrow(Json::parse(json.dump()));
    return json;
}

/// A stored profile, or the one that is always there.
Profile storedOr(const std::optional<Json> &stored, const QString &name)
{
    if (stored)
        return orThrow(Profile::fromJson(*stored));
    if (name == SandboxName)
        return sandboxProfile();
    throw Error(Error::Kind::InvalidInput, QStringLiteral("There is no profile named “%1”.").arg(name));
}

} // namespace

QCoro::Task<void> ProfileStore::Private::save(std::shared_ptr<UserData> data, Profile profile)
{
    co_await data->settings().set(KeyPrefix + profile.name, storable(profile));
}

QCoro::Task<void> ProfileStore::Private::saveSettings(
    std::shared_ptr<UserData> data, SecretStore store, Profile profile, Profile::Secrets secrets)
{
    // It is what a first call runs on, and what every script counts upon.
    if (profile.name == SandboxName && !profile.local)
        throw Error(Error::Kind::InvalidInput, QStringLiteral("The profile “%1” is the network of this machine and reaches no other one.").arg(SandboxName))
            .withField(QStringLiteral("/name"))
            .withAdvice(QStringLiteral("Give the other network a name of its own."));
    const std::function<Json(const std::optional<Json> &)> change = [profile](const std::optional<Json> &stored) {
        Profile changed = profile;
        const Profile kept = stored ? orThrow(Profile::fromJson(*stored)) : Profile();
        changed.capabilities = kept.capabilities;
        changed.selection = kept.selection;
        return storable(changed);
    };
    co_await data->settings().change(KeyPrefix + profile.name, change);
    for (auto it = secrets.cbegin(); it != secrets.cend(); ++it) {
        if (it->isEmpty())
            continue;
        std::optional<Error> refused;
        try {
            co_await store.write(Profile::secretEntry(profile.name, it.key()), *it);
        } catch (const Error &error) {
            refused = error;
        }
        if (refused)
            throw refused->withField(it.key());
    }
}

QCoro::Task<Profile> ProfileStore::Private::nameCapabilities(
    std::shared_ptr<UserData> data, QString profile, QList<NamedCapability> capabilities, QString replaced)
{
    const std::function<Json(const std::optional<Json> &)> change = [=](const std::optional<Json> &stored) {
        Profile changed = storedOr(stored, profile);
        QList<NamedCapability> added = capabilities;
        addressTo(changed, added);
        changed.capabilities = orThrow(withCapabilities(changed.capabilities, added, replaced));
        return storable(changed);
    };
    const Json changed = co_await data->settings().change(KeyPrefix + profile, change);
    co_return orThrow(Profile::fromJson(changed));
}

QCoro::Task<Profile> ProfileStore::Private::forgetCapability(std::shared_ptr<UserData> data, QString profile, QString capability)
{
    const std::function<Json(const std::optional<Json> &)> change = [=](const std::optional<Json> &stored) {
        Profile changed = storedOr(stored, profile);
        if (changed.capabilities.removeIf([&](const NamedCapability &one) { return one.name == capability; }) == 0)
            throw Error(Error::Kind::InvalidInput, QStringLiteral("Nobody named a capability “%1” in the profile “%2”.").arg(capability, profile));
        return storable(changed);
    };
    const Json changed = co_await data->settings().change(KeyPrefix + profile, change);
    co_return orThrow(Profile::fromJson(changed));
}

QCoro::Task<Profile> ProfileStore::Private::changeAssistants(std::shared_ptr<UserData> data, QString profile, QList<assistants::Change> changes)
{
    const std::function<Json(const std::optional<Json> &)> change = [=](const std::optional<Json> &stored) {
        return storable(orThrow(assistants::changed(storedOr(stored, profile), changes)));
    };
    const Json changed = co_await data->settings().change(KeyPrefix + profile, change);
    co_return orThrow(Profile::fromJson(changed));
}

QCoro::Task<Profile> ProfileStore::Private::changeSelection(
    std::shared_ptr<UserData> data, QString profile, std::function<SelectionRules(const SelectionRules &)> rules)
{
    const std::function<Json(const std::optional<Json> &)> change = [profile, rules](const std::optional<Json> &stored) {
        Profile changed = storedOr(stored, profile);
        changed.selection = rules(changed.selection);
        return storable(changed);
    };
    const Json changed = co_await data->settings().change(KeyPrefix + profile, change);
    co_return orThrow(Profile::fromJson(changed));
}

QCoro::Task<void> ProfileStore::Private::remove(std::shared_ptr<UserData> data, SecretStore store, QString name)
{
    // Also of backends that it reached once.
    Profile everything;
    for (const BackendKind &kind : backends::kinds())
        everything.backends.insert(kind.id, Json::object());
    QStringList secrets = everything.storedSecrets();
    for (const SecretSetting &secret : everything.secretSettings())
        secrets.append(secret.pointer);
    co_await data->settings().remove(KeyPrefix + name);
    co_await conversations::forget(data, name);
    for (const QString &pointer : std::as_const(secrets))
        co_await store.remove(Profile::secretEntry(name, pointer));
}

QCoro::Task<GatewayConfig> ProfileStore::Private::connection(SecretStore store, Profile profile, QPointer<LocalNetwork> network, Secret otherKey)
{
    GatewayConfig config;
    // A profile that names a signer is paid by it, whatever key lies about.
    if (profile.backends.contains(Call().backend) && profile.livepeer().signerUrl.isEmpty())
        config.senderKey = otherKey;
    if (profile.local) {
        const Error gone(Error::Kind::Canceled, QStringLiteral("The local network is no longer wanted."));
        if (!network)
            throw gone;
        const QFuture<Json> started = network->start();
        co_await outcomeOf(started);
        if (!network)
            throw gone;
        config = network->config();
    }
    QStringList wanted;
    for (const SecretSetting &secret : profile.secretSettings())
        wanted.append(secret.pointer);
    wanted += profile.storedSecrets();
    for (const QString &entry : std::as_const(wanted)) {
        const QString backend = entry.section(QLatin1Char('/'), 1, 1);
        const QString pointer = entry.mid(backend.size() + 1);
        const bool livepeer = backend == Call().backend;
        if (profile.local && livepeer)
            continue; // the local network has its own
        const Secret found = co_await store.read(Profile::secretEntry(profile.name, entry));
        if (found.isEmpty())
            continue;
        if (!livepeer)
            config.backends[backend].secrets.insert(pointer, found);
        else if (pointer == QLatin1String("/token"))
            config.token = found;
        else if (pointer == livepeer::SignerLoginSecret)
            config.signerLogin = found;
        else if (pointer == QLatin1String("/signer_key"))
            config.signerHeaders += OrchestratorSettings::from(BackendSettings{Json::object(), {{pointer, found}}}).signerHeaders;
        else
            config.senderKey = found;
    }
    profile.applyTo(config);
    config.secretKeeper = std::make_shared<ProfileKeeper>(store, profile.name);
    co_return config;
}

QCoro::Task<void> ProfileStore::Private::setCurrent(std::shared_ptr<UserData> data, QString name)
{
    const QList<Profile> profiles = co_await list(data);
    if (std::none_of(profiles.begin(), profiles.end(), [&](const Profile &p) { return p.name == name; }))
        throw Error(Error::Kind::InvalidInput, QStringLiteral("There is no profile named “%1”.").arg(name));
    co_await data->settings().set(CurrentKey, Json(name));
}

ProfileStore::ProfileStore(std::shared_ptr<UserData> data, SecretStore secrets)
    : d(std::make_unique<Private>(data ? std::move(data) : UserData::inMemory(), std::move(secrets)))
{
}

ProfileStore::~ProfileStore() = default;

QFuture<QList<Profile>> ProfileStore::list()
{
    return toFuture(Private::list(d->data));
}

QFuture<void> ProfileStore::save(const Profile &profile)
{
    return toFuture(Private::save(d->data, profile));
}

QFuture<void> ProfileStore::saveSettings(const Profile &profile, const Profile::Secrets &secrets)
{
    return toFuture(Private::saveSettings(d->data, d->secrets, profile, secrets));
}

QFuture<void> ProfileStore::saveSecret(const QString &profile, const QString &pointer, const Secret &secret)
{
    return d->secrets.write(Profile::secretEntry(profile, pointer), secret);
}

QFuture<Secret> ProfileStore::readSecret(const QString &profile, const QString &pointer)
{
    return d->secrets.read(Profile::secretEntry(profile, pointer));
}

QFuture<Profile> ProfileStore::nameCapabilities(const QString &profile, const QList<NamedCapability> &capabilities, const QString &replaced)
{
    return toFuture(Private::nameCapabilities(d->data, profile, capabilities, replaced));
}

QFuture<Profile> ProfileStore::forgetCapability(const QString &profile, const QString &capability)
{
    return toFuture(Private::forgetCapability(d->data, profile, capability));
}

QFuture<Profile> ProfileStore::changeAssistants(const QString &profile, const QList<assistants::Change> &changes)
{
    return toFuture(Private::changeAssistants(d->data, profile, changes));
}

QFuture<Profile> ProfileStore::changeSelection(const QString &profile, std::function<SelectionRules(const SelectionRules &)> change)
{
    return toFuture(Private::changeSelection(d->data, profile, std::move(change)));
}

QFuture<void> ProfileStore::remove(const QString &name)
{
    return toFuture(Private::remove(d->data, d->secrets, name));
}

QFuture<GatewayConfig> ProfileStore::connection(const Profile &profile, LocalNetwork *network, const Secret &otherKey)
{
    return toFuture(Private::connection(d->secrets, profile, network, otherKey));
}

std::optional<bool> ProfileStore::secretsPersist() const
{
    return d->secrets.isPersistent();
}

QFuture<QString> ProfileStore::current()
{
    return toFuture(Private::current(d->data));
}

QFuture<void> ProfileStore::setCurrent(const QString &name)
{
    return toFuture(Private::setCurrent(d->data, name));
}

} // namespace sluice
