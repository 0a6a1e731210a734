#include "sluice/net/oauth_wire.h"

#include "sluice/base/json.h"
#include "sluice/base/visible_text.h"
#include "sluice/net/origin_policy.h"

#include <algorithm>

namespace sluice::oauth {

namespace {

using std::chrono::seconds;

constexpr int MaxDepth = 16;
constexpr qsizetype MaxTokenBytes = 16 * 1024;
constexpr qsizetype MaxUserCode = 64;
constexpr qsizetype MaxWords = 500;
constexpr qint64 LongestLife = 24 * 60 * 60;          // of a code that a person types
constexpr qint64 LongestToken = 10LL * 365 * 24 * 60 * 60;
constexpr qint64 LongestInterval = 60;
constexpr qint64 UsualInterval = 5; // RFC 8628, 3.2

Unexpected<Error> wrong(const QString &what)
{
    return unexpected(Error(Error::Kind::Protocol, QStringLiteral("The sign-in server answered something else than RFC 8628 allows: %1.").arg(what))
                          .withAdvice(QStringLiteral("Check the clearinghouse's address: this may be another kind of server.")));
}

Expected<Json> objectIn(QByteArrayView body)
{
    if (body.size() > MaxAnswerBytes)
        return wrong(QStringLiteral("%1 bytes, of which at most %2 are read").arg(body.size()).arg(MaxAnswerBytes));
    auto json = Json::parse(body, {MaxAnswerBytes, MaxDepth});
    if (!json || !json->isObject())
        return wrong(QStringLiteral("no JSON object"));
    return json;
}

/// What goes into a header must be of visible ASCII, or it would be more than one.
bool isVisible(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

/// A token, or nothing where there is none; its copies in the parsed JSON go with that.
Expected<Secret> secretIn(const Json &json, const QString &key)
{
    const Json value = json.value(key);
    if (value.isNull())
        return Secret();
    QByteArray text = value.toString().toUtf8();
    if (!value.isString() || text.size() > MaxTokenBytes || !isVisible(text))
        return wrong(QStringLiteral("%1 is no token of at most %2 visible characters").arg(key).arg(MaxTokenBytes));
    return Secret::take(text);
}

/// Seconds; some servers write them as text.
std::optional<qint64> secondsIn(const Json &json, const QString &key)
{
    const Json value = json.value(key);
    if (value.isString()) {
        bool good = false;
        const qint64 number = value.toString().toLongLong(&good);
        return good ? std::optional(number) : std::nullopt;
    }
    if (const auto whole = value.toInt64())
        return whole;
    return value.isNumber() && value.toDouble() > 0 && value.toDouble() < double(LongestToken) ? std::optional(qint64(value.toDouble())) : std::nullopt;
}

/// An address that `issuer` hands out, as secure as itself.
Expected<QUrl> addressIn(const Json &json, const QString &key, const QUrl &issuer)
{
    const QUrl url(json.value(key).toString(), QUrl::StrictMode);
    const auto source = Origin::of(issuer);
    if (!source)
        return unexpected(source.error());
    if (const auto allowed = OriginPolicy(*source).check(url, OriginPolicy::Scope::AnyHost, key); !allowed)
        return wrong(allowed.error().message());
    if (const auto secure = secureUrl(url.toString(QUrl::FullyEncoded), key); !secure)
        return wrong(secure.error().message());
    return url;
}

QUrl below(const QUrl &issuer, const QString &path)
{
    QUrl url = issuer.adjusted(QUrl::StripTrailingSlash | QUrl::RemoveQuery | QUrl::RemoveFragment);
    url.setPath(url.path(QUrl::FullyEncoded) + path, QUrl::StrictMode);
    return url;
}

bool sameIssuer(const QString &told, const QUrl &issuer)
{
    const auto plain = [](const QUrl &url) { return url.adjusted(QUrl::StripTrailingSlash | QUrl::NormalizePathSegments); };
    return plain(QUrl(told, QUrl::StrictMode)) == plain(issuer);
}

} // namespace

Expected<QUrl> secureUrl(const QString &text, const QString &what)
{
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    const auto origin = Origin::of(url);
    if (!origin)
        return unexpected(Error(Error::Kind::Config, QStringLiteral("“%1” is no address of %2.").arg(text.trimmed().left(200), what))
                              .withAdvice(QStringLiteral("An address looks like https://host.")));
    if (!origin->isEncrypted() && origin->reach() != Origin::Reach::Loopback)
        return unexpected(Error(Error::Kind::Config, QStringLiteral("%1 is %2 over plain HTTP: nothing secret is sent there.").arg(origin->toString(), what))
                              .withAdvice(QStringLiteral("Use its https address.")));
    return url;
}

Expected<Endpoints> parseMetadata(QByteArrayView body, const QUrl &issuer)
{
    const auto json = objectIn(body);
    if (!json)
        return unexpected(json.error());
    if (const QString told = json->value(QStringLiteral("issuer")).toString(); !sameIssuer(told, issuer))
        return wrong(QStringLiteral("its metadata are those of another issuer, “%1”").arg(visibleText(told.left(200))));
    const auto device = addressIn(*json, QStringLiteral("device_authorization_endpoint"), issuer);
    if (!device)
        return unexpected(device.error());
    const auto token = addressIn(*json, QStringLiteral("token_endpoint"), issuer);
    if (!token)
        return unexpected(token.error());
    Endpoints endpoints;
    endpoints.device = *device;
    endpoints.token = *token;
    return endpoints;
}

Endpoints usualEndpoints(const QUrl &issuer)
{
    Endpoints endpoints;
    endpoints.device = below(issuer, QStringLiteral("/oauth/device/code"));
    endpoints.token = below(issuer, QStringLiteral("/oauth/token"));
    return endpoints;
}

Expected<DeviceCode> parseDeviceCode(QByteArrayView body, const QUrl &issuer)
{
    const auto json = objectIn(body);
    if (!json)
        return unexpected(json.error());
    DeviceCode code;
    auto device = secretIn(*json, QStringLiteral("device_code"));
    if (!device)
        return unexpected(device.error());
    if (device->isEmpty())
        return wrong(QStringLiteral("device_code is missing"));
    code.deviceCode = *device;
    code.userCode = json->value(QStringLiteral("user_code")).toString();
    const bool readable = std::all_of(code.userCode.begin(), code.userCode.end(), [](QChar c) { return c.isPrint() && c.unicode() < 0x2000; });
    if (code.userCode.isEmpty() || code.userCode.size() > MaxUserCode || !readable)
        return wrong(QStringLiteral("user_code is no code of 1 to %1 characters").arg(MaxUserCode));
    const auto page = addressIn(*json, QStringLiteral("verification_uri"), issuer);
    if (!page)
        return unexpected(page.error());
    code.verificationUri = *page;
    if (!json->value(QStringLiteral("verification_uri_complete")).isNull()) {
        const auto complete = addressIn(*json, QStringLiteral("verification_uri_complete"), issuer);
        if (!complete)
            return unexpected(complete.error());
        code.verificationUriComplete = *complete;
    }
    const auto life = secondsIn(*json, QStringLiteral("expires_in"));
    if (!life || *life < 1)
        return wrong(QStringLiteral("expires_in is no number of seconds"));
    code.expiresIn = seconds(std::min(*life, LongestLife));
    code.interval = seconds(std::clamp<qint64>(secondsIn(*json, QStringLiteral("interval")).value_or(UsualInterval), 1, LongestInterval));
    return code;
}

Expected<Tokens> parseTokens(QByteArrayView body, const QDateTime &now, const Secret &before)
{
    const auto json = objectIn(body);
    if (!json)
        return unexpected(json.error());
    const auto access = secretIn(*json, QStringLiteral("access_token"));
    const auto refresh = secretIn(*json, QStringLiteral("refresh_token"));
    if (!access || !refresh)
        return unexpected(access ? refresh.error() : access.error());
    if (access->isEmpty())
        return wrong(QStringLiteral("access_token is missing"));
    const QString type = json->value(QStringLiteral("token_type")).toString();
    if (type.compare(QLatin1String("bearer"), Qt::CaseInsensitive) != 0)
        return wrong(QStringLiteral("the token's type is “%1”, not bearer").arg(visibleText(type.left(100))));
    Tokens tokens;
    tokens.access = *access;
    tokens.refresh = refresh->isEmpty() ? before : *refresh;
    tokens.scope = json->value(QStringLiteral("scope")).toString().left(MaxWords);
    if (const auto life = secondsIn(*json, QStringLiteral("expires_in")); life && *life > 0)
        tokens.expiresAt = now.addSecs(std::min(*life, LongestToken));
    return tokens;
}

Refusal parseRefusal(QByteArrayView body)
{
    const auto json = objectIn(body);
    if (!json)
        return {};
    return {visibleText(json->value(QStringLiteral("error")).toString().left(MaxWords)),
        visibleText(json->value(QStringLiteral("error_description")).toString().left(MaxWords))};
}

QByteArray form(const QList<std::pair<QByteArray, QByteArray>> &fields)
{
    QByteArray body;
    for (const auto &[name, value] : fields) {
        if (!body.isEmpty())
            body += '&';
        body += name + '=' + value.toPercentEncoding();
    }
    return body;
}

Secret Login::toSecret() const
{
    Json json{{QStringLiteral("issuer"), issuer.toString(QUrl::FullyEncoded)}, {QStringLiteral("token_endpoint"), tokenEndpoint.toString(QUrl::FullyEncoded)},
        {QStringLiteral("client_id"), clientId}, {QStringLiteral("access_token"), QString::fromLatin1(tokens.access.expose())},
        {QStringLiteral("refresh_token"), QString::fromLatin1(tokens.refresh.expose())}, {QStringLiteral("scope"), tokens.scope}};
    if (tokens.expiresAt.isValid())
        json.insert(QStringLiteral("expires_at"), tokens.expiresAt.toUTC().toString(Qt::ISODate));
    QByteArray text = json.dump();
    return Secret::take(text);
}

Expected<Login> Login::fromSecret(const Secret &stored)
{
    const auto json = objectIn(stored.expose());
    if (!json)
        return unexpected(Error(Error::Kind::Config, QStringLiteral("The sign-in that is kept for this profile cannot be read."))
                              .withAdvice(QStringLiteral("Sign in again.")));
    Login login;
    const auto issuer = secureUrl(json->value(QStringLiteral("issuer")).toString(), QStringLiteral("a sign-in server"));
    const auto endpoint = secureUrl(json->value(QStringLiteral("token_endpoint")).toString(), QStringLiteral("a sign-in server"));
    const auto access = secretIn(*json, QStringLiteral("access_token"));
    const auto refresh = secretIn(*json, QStringLiteral("refresh_token"));
    if (!issuer || !endpoint || !access || !refresh || access->isEmpty())
        return unexpected(Error(Error::Kind::Config, QStringLiteral("The sign-in that is kept for this profile is not whole."))
                              .withAdvice(QStringLiteral("Sign in again.")));
    login.issuer = *issuer;
    login.tokenEndpoint = *endpoint;
    login.clientId = json->value(QStringLiteral("client_id")).toString();
    login.tokens.access = *access;
    login.tokens.refresh = *refresh;
    login.tokens.scope = json->value(QStringLiteral("scope")).toString();
    login.tokens.expiresAt = QDateTime::fromString(json->value(QStringLiteral("expires_at")).toString(), Qt::ISODate);
    return login;
}

} // namespace sluice::oauth
