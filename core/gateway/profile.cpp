#include "sluice/gateway/profile.h"

#include "sluice/base/task.h"
#include "sluice/gateway/user_data.h"
#include "sluice/store/settings_table.h"

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
    config.maxSpendPerCallWei = maxSpendPerCallWei;
    config.maxSpendPerSessionWei = maxSpendPerSessionWei;
    config.maxSpendPerDayWei = maxSpendPerDayWei;
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
    const std::pair<QString, const std::optional<QString> &> limits[] = {
        {QStringLiteral("max_spend_per_call_wei"), maxSpendPerCallWei},
        {QStringLiteral("max_spend_per_session_wei"), maxSpendPerSessionWei},
        {QStringLiteral("max_spend_per_day_wei"), maxSpendPerDayWei}};
    for (const auto &[key, value] : limits) {
        if (value)
            json.insert(key, *value);
    }
    return json;
}

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
    const std::pair<QString, std::optional<QString> *> limits[] = {
        {QStringLiteral("max_spend_per_call_wei"), &profile.maxSpendPerCallWei},
        {QStringLiteral("max_spend_per_session_wei"), &profile.maxSpendPerSessionWei},
        {QStringLiteral("max_spend_per_day_wei"), &profile.maxSpendPerDayWei}};
    for (const auto &[key, target] : limits) {
        const Json value = json.value(key);
        if (value.isNull())
            continue;
        if (!isDecimal(value.toString()))
            return refuse(key, QStringLiteral("A limit is a decimal amount of wei, as text."));
        *target = value.toString();
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

QCoro::Task<void> ProfileStore::Private::save(std::shared_ptr<UserData> data, Profile profile)
{
    // Through the same door as reading, so that nothing is stored that cannot be read back.
    const Json json = profile.toJson();
    orThrow(Profile::fromJson(json));
    co_await data->settings().set(KeyPrefix + profile.name, json);
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
