#include "sluice/backend/backend_settings.h"

#include <QtCore/QUrl>

#include <algorithm>

namespace sluice {

namespace {

/// The properties that the schema names, in its own or in one of its variants.
QList<Json::Member> propertiesOf(const Json &schema)
{
    QList<Json::Member> all = schema.value(QStringLiteral("properties")).members();
    for (const char *word : {"anyOf", "oneOf"}) {
        for (const Json &variant : schema.value(QLatin1String(word)).items())
            all += variant.value(QStringLiteral("properties")).members();
    }
    return all;
}

bool isAddress(const Json &property)
{
    return property.value(QStringLiteral("x-address")).toBool();
}

Expected<void> checkAddress(const QString &field, const QString &text)
{
    const auto bad = [&](const QString &why) {
        const QString bare = text.section(QLatin1String("://"), -1).section(QLatin1Char('/'), 0, 0);
        const bool looksLikeHost = !bare.isEmpty() && QUrl(QStringLiteral("https://") + bare, QUrl::StrictMode).isValid();
        const QString example = looksLikeHost && !text.contains(QLatin1String("://")) ? bare : QStringLiteral("host:8935");
        return unexpected(Error(Error::Kind::InvalidInput, why).withField(field).withAdvice(QStringLiteral("Write it whole, e.g. https://%1").arg(example)));
    };
    static const QStringList schemes{QStringLiteral("http"), QStringLiteral("https"), QStringLiteral("ws"), QStringLiteral("wss")};
    const QUrl url(text, QUrl::StrictMode);
    if (!text.contains(QLatin1String("://")))
        return bad(QStringLiteral("“%1” is no whole address: it does not say http or https.").arg(text.left(200)));
    if (!url.isValid() || url.host().isEmpty() || url.port(1) == 0)
        return bad(QStringLiteral("“%1” is no valid address.").arg(text.left(200)));
    if (!schemes.contains(url.scheme()))
        return bad(QStringLiteral("“%1” is neither http nor https.").arg(text.left(200)));
    if (!url.userInfo().isEmpty())
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("The address of %1 holds a user name or a password.").arg(url.host()))
                              .withField(field)
                              .withAdvice(QStringLiteral("A profile keeps no secrets; give them as the token.")));
    return {};
}

} // namespace

Json settings_schema::text(const QString &title, const QString &description)
{
    return Json{{QStringLiteral("type"), QStringLiteral("string")}, {QStringLiteral("title"), title}, {QStringLiteral("description"), description}};
}

Json settings_schema::address(const QString &title, const QString &description, const QString &example)
{
    Json field = text(title, description);
    field.insert(QStringLiteral("format"), QStringLiteral("uri"));
    field.insert(QStringLiteral("x-address"), true);
    field.insert(QStringLiteral("x-placeholder"), example);
    return field;
}

Json settings_schema::secret(const QString &title, const QString &description, const QString &noun, const QString &without)
{
    Json field = text(title, description);
    field.insert(QStringLiteral("format"), QStringLiteral("password"));
    field.insert(QStringLiteral("x-noun"), noun);
    field.insert(QStringLiteral("x-without"), without);
    return field;
}

QList<SecretSetting> secretSettings(const Json &schema)
{
    QList<SecretSetting> found;
    for (const auto &[name, property] : propertiesOf(schema)) {
        if (property.value(QStringLiteral("format")).toString() != QLatin1String("password"))
            continue;
        const auto isThere = [&name](const SecretSetting &one) { return one.pointer.mid(1) == name; };
        if (std::any_of(found.begin(), found.end(), isThere))
            continue; // of another variant
        const QString noun = property.value(QStringLiteral("x-noun")).toString(name);
        found.append({QLatin1Char('/') + name, noun, property.value(QStringLiteral("x-without")).toString()});
    }
    return found;
}

QStringList storedSecrets(const Json &schema)
{
    QStringList pointers;
    for (const Json &name : schema.value(QStringLiteral("x-stored-secrets")).items())
        pointers.append(QLatin1Char('/') + name.toString());
    return pointers;
}

BackendSettings separated(const Json &schema, const Json &values)
{
    BackendSettings settings;
    settings.values = values;
    for (const auto &[name, value] : values.members()) {
        QList<Json> items = value.items();
        if (value.isString() && value.toString().isEmpty())
            settings.values.remove(name);
        else if (value.isArray() && items.removeIf([](const Json &item) { return item.isString() && item.toString().isEmpty(); }) > 0)
            settings.values.insert(name, Json::array(items));
    }
    for (const SecretSetting &secret : secretSettings(schema)) {
        const QString name = secret.pointer.mid(1);
        QByteArray text = values.value(name).toString().trimmed().toUtf8();
        settings.values.remove(name);
        if (!text.isEmpty())
            settings.secrets.insert(secret.pointer, Secret::take(text));
    }
    return settings;
}

QStringList settingNames(const Json &schema)
{
    QStringList names;
    const QList<SecretSetting> secrets = secretSettings(schema);
    for (const Json::Member &property : propertiesOf(schema)) {
        const auto isThis = [&](const SecretSetting &secret) { return secret.pointer.mid(1) == property.first; };
        if (!names.contains(property.first) && std::none_of(secrets.begin(), secrets.end(), isThis))
            names.append(property.first);
    }
    for (const Json &name : schema.value(QStringLiteral("x-unshown")).items())
        names.append(name.toString());
    return names;
}

Expected<void> checkRequired(const Json &schema, const Json &values)
{
    for (const Json &one : schema.value(QStringLiteral("required")).items()) {
        const QString name = one.toString();
        const Json value = values.value(name);
        if (!value.isNull() && !(value.isString() && value.toString().trimmed().isEmpty()))
            continue;
        const Json property = schema.value(QStringLiteral("properties")).value(name);
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("“%1” is missing.").arg(property.value(QStringLiteral("title")).toString(name)))
                              .withField(QLatin1Char('/') + name)
                              .withAdvice(property.value(QStringLiteral("description")).toString()));
    }
    return {};
}

Expected<void> checkAddresses(const Json &schema, const Json &values)
{
    for (const auto &[name, property] : propertiesOf(schema)) {
        const Json value = values.value(name);
        QStringList addresses;
        if (isAddress(property) && !value.toString().isEmpty())
            addresses.append(value.toString());
        if (isAddress(property.value(QStringLiteral("items")))) {
            for (const Json &item : value.items())
                addresses.append(item.toString());
        }
        for (const QString &entry : std::as_const(addresses)) {
            for (const QString &address : entry.split(QLatin1Char(','))) {
                if (const auto checked = checkAddress(QLatin1Char('/') + name, address.trimmed()); !checked)
                    return checked;
            }
        }
    }
    return {};
}

} // namespace sluice
