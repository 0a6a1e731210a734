#include "sluice/snippets/secret_scan.h"

#include "sluice/base/bytes.h"
#include "sluice/base/secret_forms.h"

#include <algorithm>

namespace sluice {

namespace {

constexpr qsizetype kMinSecret = SecretForms::MinBytes;

} // namespace

bool containsSecret(QByteArrayView text, const Secret &secret)
{
    QByteArrayView value = secret.expose();
    if (value.size() < kMinSecret)
        return false;
    // A key is the same with and without its prefix, in any case.
    if (value.startsWith("0x") || value.startsWith("0X"))
        value = value.sliced(2);
    const bool hex = std::all_of(value.begin(), value.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
    if (SecretForms(value).anyIn(text))
        return true;
    if (!hex)
        return false;
    QByteArray lower = QByteArray(text.data(), text.size()).toLower();
    QByteArray needle = QByteArray(value.data(), value.size()).toLower();
    const bool found = lower.contains(needle);
    cleanse(lower.data(), std::size_t(lower.size()));
    cleanse(needle.data(), std::size_t(needle.size()));
    if (found)
        return true;
    // The bytes that the digits stand for, e.g. in base64.
    const auto raw = bytes::fromHex(value);
    return raw && raw->size() >= kMinSecret && SecretForms(*raw).anyIn(text);
}

bool containsSecret(QByteArrayView text, const QList<Secret> &secrets)
{
    return std::any_of(secrets.begin(), secrets.end(), [&](const Secret &secret) { return containsSecret(text, secret); });
}

QString withoutCredentials(const QString &url)
{
    const QUrl parsed(url);
    if (!parsed.isValid())
        return {};
    return parsed.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment).toString();
}

} // namespace sluice
