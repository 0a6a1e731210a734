#include "sluice/snippets/secret_scan.h"

#include "sluice/base/bytes.h"

#include <algorithm>

namespace sluice {

namespace {

constexpr qsizetype kMinSecret = 4;

/// Copies of a secret in other spellings, wiped when they go.
class Forms {
public:
    explicit Forms(QByteArrayView secret)
    {
        add(QByteArray(secret.data(), secret.size()));
        QByteArray hex = bytes::toHex(secret);
        add(hex.toUpper());
        add(std::move(hex));
        QByteArray plain(secret.data(), secret.size());
        add(plain.toPercentEncoding());
        add(jsonEscaped(plain));
        cleanse(plain.data(), std::size_t(plain.size()));
        addBase64(secret);
    }
    Forms(const Forms &) = delete;
    Forms &operator=(const Forms &) = delete;
    ~Forms()
    {
        for (QByteArray &form : m_forms)
            cleanse(form.data(), std::size_t(form.size()));
    }

    [[nodiscard]] bool anyIn(QByteArrayView text) const
    {
        return std::any_of(m_forms.begin(), m_forms.end(), [&](const QByteArray &form) { return text.contains(form); });
    }

private:
    void add(QByteArray form)
    {
        if (form.size() >= kMinSecret)
            m_forms << std::move(form);
    }

    static QByteArray jsonEscaped(const QByteArray &text)
    {
        QByteArray out;
        for (const char c : text) {
            if (c == '"' || c == '\\')
                out += '\\';
            out += c;
        }
        return out;
    }

    /// Inside a longer base64 text the secret's bytes may begin at any of three places in a group; what is the same
    /// whatever stands around it is looked for, in both alphabets.
    void addBase64(QByteArrayView secret)
    {
        for (qsizetype before = 0; before < 3; ++before) {
            QByteArray padded(before, '\0');
            padded.append(secret.data(), secret.size());
            QByteArray text = padded.toBase64(QByteArray::OmitTrailingEquals);
            const qsizetype shared = before == 0 ? 0 : before + 1; // characters that also hold bits of what stands before
            const qsizetype whole = (before + secret.size()) * 8 / 6;
            QByteArray core = text.mid(shared, whole - shared);
            QByteArray url = core;
            url.replace('+', '-').replace('/', '_');
            cleanse(padded.data(), std::size_t(padded.size()));
            cleanse(text.data(), std::size_t(text.size()));
            add(std::move(core));
            add(std::move(url));
        }
    }

    QList<QByteArray> m_forms;
};

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
    if (Forms(value).anyIn(text))
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
    return raw && raw->size() >= kMinSecret && Forms(*raw).anyIn(text);
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
