#include "sluice/gateway/profile.h"

#include "sluice/base/task.h"
#include "sluice/backend/user_data.h"
#include "sluice/store/settings_table.h"

#include <QtCore/QUrl>

#include <algorithm>
#include <array>

namespace sluice {

namespace {

const QString SandboxName = QStringLiteral("sandbox");
const QString KeyPrefix = QStringLiteral("profile/");
const QString CurrentKey = QStringLiteral("current_profile");

constexpr std::array<std::pair<Profile::Kind, const char *>, 3> KindNames{{
    {Profile::Kind::Sandbox, "sandbox"}, {Profile::Kind::Direct, "direct"}, {Profile::Kind::Gateway, "gateway"}}};

Unexpected<Error> refuse(const QString &field, const QString &message)
{
    return unexpected(Error(Error::Kind::InvalidInput, message).withField(QLatin1Char('/') + field));
}

Profile sandboxProfile()
{
    Profile profile;
    profile.name = SandboxName;
    return profile;
}

bool isDecimal(const QString &text)
{
    return !text.isEmpty() && text.size() <= 78 && std::all_of(text.begin(), text.end(), [](QChar c) {
        return c >= QLatin1Char('0') && c <= QLatin1Char('9');
    });
}

/// One address as a person wrote it.
Expected<void> checkAddress(const QString &field, const QString &text)
{
    const auto bad = [&](const QString &why) {
        const QString bare = text.section(QLatin1String("://"), -1).section(QLatin1Char('/'), 0, 0);
        const bool looksLikeHost = !bare.isEmpty() && QUrl(QStringLiteral("https://") + bare, QUrl::StrictMode).isValid();
        const QString example = looksLikeHost && !text.contains(QLatin1String("://")) ? bare : QStringLiteral("host:8935");
        return unexpected(Error(Error::Kind::InvalidInput, why).withField(QLatin1Char('/') + field)
                              .withAdvice(QStringLiteral("Write it whole, e.g. https://%1").arg(example)));
    };
    const QUrl url(text, QUrl::StrictMode);
    if (!text.contains(QLatin1String("://")))
        return bad(QStringLiteral("“%1” is no whole address: it does not say http or https.").arg(text.left(200)));
    if (!url.isValid() || url.host().isEmpty() || url.port(1) == 0)
        return bad(QStringLiteral("“%1” is no valid address.").arg(text.left(200)));
    if (url.scheme() != QLatin1String("http") && url.scheme() != QLatin1String("https"))
        return bad(QStringLiteral("“%1” is neither http nor https.").arg(text.left(200)));
    if (!url.userInfo().isEmpty())
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("The address of %1 holds a user name or a password.").arg(url.host()))
                              .withField(QLatin1Char('/') + field)
                              .withAdvice(QStringLiteral("A profile keeps no secrets; give them as the token.")));
    return {};
}

bool isName(const QString &name)
{
    return !name.trimmed().isEmpty() && name.size() <= 64 && std::none_of(name.begin(), name.end(), [](QChar c) {
        return c == QLatin1Char('/') || !c.isPrint();
    });
}

} // namespace

void Profile::applyTo(GatewayConfig &config) const
{
    if (kind != Kind::Sandbox) {
        config.orchUrls = orchUrls;
        config.discoveryUrl = discoveryUrl;
        config.signerUrl = signerUrl;
        config.gatewayUrl = gatewayUrl;
    }
    for (auto it = backends.cbegin(); it != backends.cend(); ++it)
        config.backends[it.key()].values = it.value();
    config.capabilities = capabilities;
    config.profile = name;
    config.maxSpendPerSessionWei = maxSpendPerSessionWei;
}

QString Profile::tokenEntry(const QString &name)
{
    return name + QStringLiteral("/token");
}

QString Profile::senderKeyEntry(const QString &name)
{
    return name + QStringLiteral("/sender_key");
}

Json Profile::toJson() const
{
    Json json{{QStringLiteral("name"), name}};
    for (const auto &[value, word] : KindNames) {
        if (value == kind)
            json.insert(QStringLiteral("kind"), word);
    }
    if (!orchUrls.isEmpty()) {
        Json list = Json::array();
        for (const QString &url : orchUrls)
            list.append(url);
        json.insert(QStringLiteral("orch_urls"), list);
    }
    const std::pair<QString, QString> texts[] = {{QStringLiteral("discovery_url"), discoveryUrl},
        {QStringLiteral("signer_url"), signerUrl}, {QStringLiteral("gateway_url"), gatewayUrl}};
    for (const auto &[key, value] : texts) {
        if (!value.isEmpty())
            json.insert(key, value);
    }
    if (!backends.isEmpty()) {
        Json settings = Json::object();
        for (auto it = backends.cbegin(); it != backends.cend(); ++it)
            settings.insert(it.key(), it.value());
        json.insert(QStringLiteral("backends"), settings);
    }
    const std::pair<QString, const std::optional<QString> &> limits[] = {
        {QStringLiteral("purse_per_call_wei"), maxSpendPerCallWei},
        {QStringLiteral("max_spend_per_session_wei"), maxSpendPerSessionWei},
        {QStringLiteral("purse_per_day_wei"), maxSpendPerDayWei}};
    for (const auto &[key, value] : limits) {
        if (value)
            json.insert(key, *value);
    }
    if (!capabilities.isEmpty()) {
        Json list = Json::array();
        for (const NamedCapability &capability : capabilities)
            list.append(capability.toJson());
        json.insert(QStringLiteral("capabilities"), list);
    }
    return json;
}

Expected<void> Profile::checkAddresses() const
{
    if (kind == Kind::Sandbox)
        return {};
    for (const QString &entry : orchUrls) {
        for (const QString &address : entry.split(QLatin1Char(','))) {
            if (const auto checked = checkAddress(QStringLiteral("orch_urls"), address.trimmed()); !checked)
                return checked;
        }
    }
    const std::pair<QString, QString> others[] = {{QStringLiteral("discovery_url"), discoveryUrl}, {QStringLiteral("signer_url"), signerUrl},
        {QStringLiteral("gateway_url"), gatewayUrl}};
    for (const auto &[field, address] : others) {
        if (address.isEmpty())
            continue;
        if (const auto checked = checkAddress(field, address); !checked)
            return checked;
    }
    return {};
}

namespace {

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

} // namespace

Expected<Profile> Profile::fromJson(const Json &json)
{
    if (!json.isObject())
        return refuse({}, QStringLiteral("A profile is a JSON object."));
    Profile profile;
    profile.name = json.value(QStringLiteral("name")).toString();
    if (!isName(profile.name))
        return refuse(QStringLiteral("name"),
            QStringLiteral("A profile's name has 1 to 64 printable characters and no slash."));
    const QString kind = json.value(QStringLiteral("kind")).toString(SandboxName);
    const auto known = std::find_if(KindNames.begin(), KindNames.end(),
        [&](const auto &entry) { return kind == QLatin1String(entry.second); });
    if (known == KindNames.end())
        return refuse(QStringLiteral("kind"), QStringLiteral("The kind is one of sandbox, direct, gateway, not “%1”.").arg(kind));
    profile.kind = known->first;
    const Json urls = json.value(QStringLiteral("orch_urls"));
    for (const Json &url : urls.items())
        profile.orchUrls.append(url.toString());
    profile.discoveryUrl = json.value(QStringLiteral("discovery_url")).toString();
    profile.signerUrl = json.value(QStringLiteral("signer_url")).toString();
    profile.gatewayUrl = json.value(QStringLiteral("gateway_url")).toString();
    const Json settings = json.value(QStringLiteral("backends"));
    for (const auto &[id, values] : settings.members()) {
        if (!values.isObject())
            return refuse(QStringLiteral("backends/") + id, QStringLiteral("The settings of a backend are a JSON object."));
        profile.backends.insert(id, values);
    }
    // Older versions kept all three with the profile.
    const std::pair<QString, std::optional<QString> *> limits[] = {
        {QStringLiteral("max_spend_per_call_wei"), &profile.maxSpendPerCallWei},
        {QStringLiteral("max_spend_per_day_wei"), &profile.maxSpendPerDayWei},
        {QStringLiteral("purse_per_call_wei"), &profile.maxSpendPerCallWei},
        {QStringLiteral("purse_per_day_wei"), &profile.maxSpendPerDayWei},
        {QStringLiteral("max_spend_per_session_wei"), &profile.maxSpendPerSessionWei}};
    for (const auto &[key, target] : limits) {
        const Json value = json.value(key);
        if (value.isNull())
            continue;
        if (!isDecimal(value.toString()))
            return refuse(key, QStringLiteral("A limit is a decimal amount of wei, as text."));
        *target = value.toString();
    }
    const Json named = json.value(QStringLiteral("capabilities"));
    if (!named.isNull() && (!named.isArray() || named.size() > NamedCapability::MaxCount))
        return refuse(QStringLiteral("capabilities"), QStringLiteral("The named capabilities are a list of at most %1.").arg(NamedCapability::MaxCount));
    for (const Json &one : named.items()) {
        auto capability = NamedCapability::fromJson(one);
        if (!capability)
            return unexpected(capability.error());
        profile.capabilities.append(*capability);
    }
    return profile;
}

class ProfileStore::Private {
public:
    explicit Private(std::shared_ptr<UserData> userData)
        : data(std::move(userData))
    {
    }

    std::shared_ptr<UserData> data;

    // Static, with the data as a parameter: a store may be destroyed while its answer is under way.
    static QCoro::Task<QList<Profile>> list(std::shared_ptr<UserData> data);
    static QCoro::Task<QString> current(std::shared_ptr<UserData> data);
    static QCoro::Task<void> save(std::shared_ptr<UserData> data, Profile profile);
    static QCoro::Task<void> saveSettings(std::shared_ptr<UserData> data, Profile profile);
    static QCoro::Task<Profile> nameCapabilities(std::shared_ptr<UserData> data, QString profile, QList<NamedCapability> capabilities, QString replaced);
    static QCoro::Task<Profile> forgetCapability(std::shared_ptr<UserData> data, QString profile, QString capability);
    static QCoro::Task<void> remove(std::shared_ptr<UserData> data, QString name);
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

QCoro::Task<void> ProfileStore::Private::saveSettings(std::shared_ptr<UserData> data, Profile profile)
{
    const std::function<Json(const std::optional<Json> &)> change = [profile](const std::optional<Json> &stored) {
        Profile changed = profile;
        changed.capabilities = stored ? orThrow(Profile::fromJson(*stored)).capabilities : QList<NamedCapability>();
        return storable(changed);
    };
    co_await data->settings().change(KeyPrefix + profile.name, change);
}

QCoro::Task<Profile> ProfileStore::Private::nameCapabilities(
    std::shared_ptr<UserData> data, QString profile, QList<NamedCapability> capabilities, QString replaced)
{
    const std::function<Json(const std::optional<Json> &)> change = [=](const std::optional<Json> &stored) {
        Profile changed = storedOr(stored, profile);
        changed.capabilities = orThrow(withCapabilities(changed.capabilities, capabilities, replaced));
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

QCoro::Task<void> ProfileStore::Private::remove(std::shared_ptr<UserData> data, QString name)
{
    co_await data->settings().remove(KeyPrefix + name);
}

QCoro::Task<void> ProfileStore::Private::setCurrent(std::shared_ptr<UserData> data, QString name)
{
    const QList<Profile> profiles = co_await list(data);
    if (std::none_of(profiles.begin(), profiles.end(), [&](const Profile &p) { return p.name == name; }))
        throw Error(Error::Kind::InvalidInput, QStringLiteral("There is no profile named “%1”.").arg(name));
    co_await data->settings().set(CurrentKey, Json(name));
}

ProfileStore::ProfileStore(std::shared_ptr<UserData> data)
    : d(std::make_unique<Private>(data ? std::move(data) : UserData::inMemory()))
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

QFuture<void> ProfileStore::saveSettings(const Profile &profile)
{
    return toFuture(Private::saveSettings(d->data, profile));
}

QFuture<Profile> ProfileStore::nameCapabilities(const QString &profile, const QList<NamedCapability> &capabilities, const QString &replaced)
{
    return toFuture(Private::nameCapabilities(d->data, profile, capabilities, replaced));
}

QFuture<Profile> ProfileStore::forgetCapability(const QString &profile, const QString &capability)
{
    return toFuture(Private::forgetCapability(d->data, profile, capability));
}

QFuture<void> ProfileStore::remove(const QString &name)
{
    return toFuture(Private::remove(d->data, name));
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
