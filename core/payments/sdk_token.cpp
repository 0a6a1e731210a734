#include "sluice/payments/sdk_token.h"

#include "sluice/base/bytes.h"
#include "sluice/base/json.h"

namespace sluice {

namespace {

constexpr qsizetype maxTokenBytes = 64 * 1024;

Unexpected<Error> invalid(const QString &what)
{
    return {Error(Error::Kind::Config, QStringLiteral("Invalid token: ") + what)
                .withAdvice(QStringLiteral("Copy the token again from where it was issued, whole and without line breaks."))};
}

Expected<std::optional<QString>> textField(const Json &json, const QString &key)
{
    const Json value = json.value(key);
    if (value.isNull())
        return std::optional<QString>();
    if (!value.isString())
        return invalid(QStringLiteral("%1 must be a string").arg(key));
    return std::optional(value.toString());
}

using Headers = QList<std::pair<QString, Secret>>;

Expected<std::optional<Headers>> headersField(const Json &json, const QString &key)
{
    const Json value = json.value(key);
    if (value.isNull())
        return std::optional<Headers>();
    Headers headers;
    for (const auto &[name, content] : value.members()) {
        if (!content.isString())
            return invalid(QStringLiteral("%1 must be a {string: string} object").arg(key));
        QByteArray bytes = content.toString().toUtf8();
        headers.append({name, Secret::take(bytes)});
    }
    if (!value.isObject())
        return invalid(QStringLiteral("%1 must be a {string: string} object").arg(key));
    return std::optional(std::move(headers));
}

Expected<std::optional<QStringList>> orchestratorsField(const Json &json)
{
    const Json value = json.value(QStringLiteral("orchestrators"));
    if (value.isNull())
        return std::optional<QStringList>();
    if (!value.isArray())
        return invalid(QStringLiteral("orchestrators must be an array of strings"));
    QStringList list;
    for (const Json &item : value.items()) {
        const QString url = item.toString().trimmed();
        if (!item.isString() || url.isEmpty())
            return invalid(QStringLiteral("orchestrators must contain only non-empty strings"));
        list.append(url);
    }
    return std::optional(std::move(list));
}

} // namespace

Expected<SdkToken> SdkToken::parse(QByteArrayView token)
{
    if (token.size() > maxTokenBytes)
        return invalid(QStringLiteral("it has %1 bytes, at most %2 are read").arg(token.size()).arg(maxTokenBytes));
    auto decoded = bytes::fromBase64(token);
    if (!decoded || decoded->isEmpty())
        return invalid(QStringLiteral("expected base64-encoded JSON"));
    const auto json = Json::parse(*decoded, {maxTokenBytes, 16});
    cleanse(decoded->data(), static_cast<size_t>(decoded->size()));
    if (!json)
        return invalid(QStringLiteral("expected UTF-8 JSON payload"));
    if (!json->isObject())
        return invalid(QStringLiteral("payload must be a JSON object"));

    auto signer = textField(*json, QStringLiteral("signer"));
    auto discovery = textField(*json, QStringLiteral("discovery"));
    auto signerHeaders = headersField(*json, QStringLiteral("signer_headers"));
    auto discoveryHeaders = headersField(*json, QStringLiteral("discovery_headers"));
    auto orchestrators = orchestratorsField(*json);
    if (!signer)
        return unexpected(signer.error());
    if (!discovery)
        return unexpected(discovery.error());
    if (!signerHeaders)
        return unexpected(signerHeaders.error());
    if (!discoveryHeaders)
        return unexpected(discoveryHeaders.error());
    if (!orchestrators)
        return unexpected(orchestrators.error());
    SdkToken parsed{*orchestrators, *signer, *signerHeaders, *discovery, *discoveryHeaders, {}};
    static const QStringList known{QStringLiteral("orchestrators"), QStringLiteral("signer"), QStringLiteral("signer_headers"),
                                   QStringLiteral("discovery"), QStringLiteral("discovery_headers")};
    for (const auto &[key, value] : json->members()) {
        if (!known.contains(key))
            parsed.ignoredKeys.append(key);
    }
    return parsed;
}

} // namespace sluice
