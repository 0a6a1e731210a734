#include "sluice/gateway/profile.h"

#include "sluice/backend/backend.h"
#include "sluice/gateway/backends.h"

#include <algorithm>

namespace sluice {

namespace {

const QString Livepeer = QStringLiteral("byoc");
const QString Sandbox = QStringLiteral("sandbox");

Unexpected<Error> refuse(const QString &field, const QString &message)
{
    return unexpected(Error(Error::Kind::InvalidInput, message).withField(QLatin1Char('/') + field));
}

bool isDecimal(const QString &text)
{
    return !text.isEmpty() && text.size() <= 78 && std::all_of(text.begin(), text.end(), [](QChar c) {
        return c >= QLatin1Char('0') && c <= QLatin1Char('9');
    });
}

bool isName(const QString &name)
{
    // By whole characters: what lies beyond the first 65536 are two halves in UTF-16, and neither of them can be printed.
    const QList<uint> characters = name.toUcs4();
    return name.isValidUtf16() && !name.trimmed().isEmpty() && characters.size() <= 64 && std::none_of(characters.begin(), characters.end(), [](uint c) {
        return c == '/' || !QChar::isPrint(c);
    });
}

/// Earlier versions kept how orchestrators are reached in the profile itself, with its kind: sandbox, direct or gateway.
Expected<void> readFormer(const Json &json, Profile &profile)
{
    const QString kind = json.value(QStringLiteral("kind")).toString(Sandbox);
    if (!QStringList{Sandbox, QStringLiteral("direct"), QStringLiteral("gateway")}.contains(kind))
        return refuse(QStringLiteral("kind"), QStringLiteral("The kind is one of sandbox, direct, gateway, not “%1”.").arg(kind));
    profile.local = kind == Sandbox;
    if (profile.local)
        return {};
    OrchestratorSettings settings;
    for (const Json &url : json.value(QStringLiteral("orch_urls")).items())
        settings.orchUrls.append(url.toString());
    settings.discoveryUrl = json.value(QStringLiteral("discovery_url")).toString();
    settings.signerUrl = json.value(QStringLiteral("signer_url")).toString();
    settings.gatewayUrl = json.value(QStringLiteral("gateway_url")).toString();
    profile.setLivepeer(settings);
    return {};
}

Expected<void> readBackends(const Json &json, Profile &profile)
{
    const Json settings = json.value(QStringLiteral("backends"));
    if (!settings.isNull() && !settings.isObject())
        return refuse(QStringLiteral("backends"), QStringLiteral("The backends of a profile are a JSON object: settings by the backend's id."));
    for (const auto &[id, values] : settings.members()) {
        if (!values.isObject())
            return refuse(QStringLiteral("backends/") + id, QStringLiteral("The settings of a backend are a JSON object."));
        profile.backends.insert(id, values);
    }
    return {};
}

/// Settings over others: member by member, and once more within the objects among them.
Json laidOver(Json base, const Json &over)
{
    for (const auto &[key, value] : over.members()) {
        Json inner = base.value(key);
        for (const auto &[name, part] : value.members()) {
            if (inner.isObject())
                inner.insert(name, part);
        }
        base.insert(key, inner.isObject() && value.isObject() ? inner : value);
    }
    return base;
}

} // namespace

OrchestratorSettings Profile::livepeer() const
{
    BackendSettings settings;
    settings.values = backends.value(Livepeer, Json::object());
    return OrchestratorSettings::from(settings);
}

void Profile::setLivepeer(const OrchestratorSettings &settings)
{
    backends.insert(Livepeer, settings.toSettings().values);
}

bool Profile::throughGateway() const
{
    return !local && !livepeer().gatewayUrl.isEmpty();
}

bool Profile::addsToNetwork(const QString &backend) const
{
    const auto own = backends.constFind(backend);
    if (!local || own == backends.cend())
        return false;
    const QList<BackendKind> kinds = backends::kinds();
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const BackendKind &one) { return one.id == backend; });
    if (kind == kinds.end())
        return false;
    const auto isEmpty = [&](const QString &key) { return own->value(key).toString().isEmpty(); };
    const QList<Json> needed = kind->settingsSchema.value(QStringLiteral("required")).items();
    if (!needed.isEmpty())
        return std::any_of(needed.begin(), needed.end(), [&](const Json &key) { return isEmpty(key.toString()); });
    // Where nothing must be said, it is one of its own that has an address.
    QStringList addresses;
    for (const auto &[key, schema] : kind->settingsSchema.value(QStringLiteral("properties")).members()) {
        if (schema.contains(QStringLiteral("x-address")))
            addresses.append(key);
    }
    return !addresses.isEmpty() && std::all_of(addresses.begin(), addresses.end(), isEmpty);
}

void Profile::applyTo(GatewayConfig &config) const
{
    for (auto it = backends.cbegin(); it != backends.cend(); ++it) {
        if (it.key() != Livepeer && addsToNetwork(it.key()) && config.backends.contains(it.key()))
            config.backends[it.key()].values = laidOver(config.backends.value(it.key()).values, it.value());
        else if (it.key() != Livepeer && !addsToNetwork(it.key()))
            config.backends[it.key()].values = it.value();
    }
    if (!local) {
        const OrchestratorSettings settings = livepeer();
        config.orchUrls = settings.orchUrls;
        config.discoveryUrl = settings.discoveryUrl;
        config.signerUrl = settings.signerUrl;
        config.issuerUrl = settings.issuerUrl;
        config.clientId = settings.clientId;
        config.audience = settings.audience;
        config.gatewayUrl = settings.gatewayUrl;
        config.precedence = settings.precedence;
    }
    config.capabilities = capabilities;
    config.selection = selection;
    config.profile = name;
    config.maxSpendPerSessionWei = maxSpendPerSessionWei;
}

QList<SecretSetting> Profile::secretSettings() const
{
    QList<SecretSetting> all;
    for (const BackendKind &kind : backends::kinds()) {
        if (!backends.contains(kind.id) || !kind.sharesSettingsOf.isEmpty())
            continue;
        for (SecretSetting secret : sluice::secretSettings(kind.settingsSchema)) {
            secret.pointer.prepend(QLatin1Char('/') + kind.id);
            all.append(secret);
        }
    }
    return all;
}

QStringList Profile::storedSecrets() const
{
    QStringList all;
    for (const BackendKind &kind : backends::kinds()) {
        if (!backends.contains(kind.id) || !kind.sharesSettingsOf.isEmpty())
            continue;
        for (const QString &pointer : sluice::storedSecrets(kind.settingsSchema))
            all.append(QLatin1Char('/') + kind.id + pointer);
    }
    return all;
}

QString Profile::secretEntry(const QString &name, const QString &pointer)
{
    // Those of orchestrators were the only ones for long.
    const QString former = QLatin1Char('/') + Livepeer + QLatin1Char('/');
    return name + (pointer.startsWith(former) ? pointer.mid(former.size() - 1) : pointer);
}

Json Profile::toJson() const
{
    Json json{{QStringLiteral("name"), name}, {QStringLiteral("local"), local}};
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
    if (!selection.isEmpty())
        json.insert(QStringLiteral("selection"), selection.toJson());
    if (!capabilities.isEmpty()) {
        Json list = Json::array();
        for (const NamedCapability &capability : capabilities)
            list.append(capability.toJson());
        json.insert(QStringLiteral("capabilities"), list);
    }
    return json;
}

Expected<void> Profile::check(const Secrets &secrets, bool secretsKept) const
{
    for (const BackendKind &kind : backends::kinds()) {
        if (!backends.contains(kind.id) || !kind.sharesSettingsOf.isEmpty() || addsToNetwork(kind.id))
            continue;
        const QString place = QLatin1Char('/') + kind.id;
        BackendSettings settings;
        settings.values = backends.value(kind.id);
        for (const SecretSetting &secret : sluice::secretSettings(kind.settingsSchema)) {
            if (const Secret given = secrets.value(place + secret.pointer); !given.isEmpty())
                settings.secrets.insert(secret.pointer, given);
        }
        Expected<void> checked = checkAddresses(kind.settingsSchema, settings.values);
        if (checked && kind.check)
            checked = kind.check(settings, secretsKept);
        if (checked)
            checked = checkRequired(kind.settingsSchema, settings.values);
        if (!checked)
            return unexpected(Error(checked.error()).withField(place + checked.error().field()));
    }
    return {};
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
    if (const Json local = json.value(QStringLiteral("local")); local.isBool()) {
        profile.local = local.toBool();
    } else if (const auto former = readFormer(json, profile); !former) {
        return unexpected(former.error());
    }
    if (const auto read = readBackends(json, profile); !read)
        return unexpected(read.error());
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
    auto selection = SelectionRules::fromJson(json.value(QStringLiteral("selection")));
    if (!selection)
        return refuse(QStringLiteral("selection") + selection.error().field(), selection.error().message());
    profile.selection = *selection;
    return profile;
}

} // namespace sluice
