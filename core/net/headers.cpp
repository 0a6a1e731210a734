#include "sluice/net/headers.h"

#include <algorithm>

namespace sluice::headers {

namespace {

bool same(QByteArrayView left, QByteArrayView right)
{
    return left.size() == right.size() && qstrnicmp(left.data(), left.size(), right.data(), right.size()) == 0;
}

bool isTokenCharacter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

Error invalid(const QString &message)
{
    return Error(Error::Kind::InvalidInput, message);
}

} // namespace

QByteArray value(const Headers &headers, QByteArrayView name)
{
    for (const auto &[key, value] : headers) {
        if (same(key, name))
            return value;
    }
    return {};
}

QList<QByteArray> values(const Headers &headers, QByteArrayView name)
{
    QList<QByteArray> found;
    for (const auto &[key, value] : headers) {
        if (same(key, name))
            found.append(value);
    }
    return found;
}

bool contains(const Headers &headers, QByteArrayView name)
{
    return std::any_of(headers.begin(), headers.end(), [name](const auto &field) { return same(field.first, name); });
}

void set(Headers &headers, const QByteArray &name, const QByteArray &value)
{
    remove(headers, name);
    headers.append({name, value});
}

void remove(Headers &headers, QByteArrayView name)
{
    headers.removeIf([name](const auto &field) { return same(field.first, name); });
}

QByteArray mediaType(const Headers &headers)
{
    const QByteArray type = value(headers, "Content-Type");
    return type.split(';').constFirst().trimmed().toLower();
}

Headers contentType(const QByteArray &type)
{
    return {{"Content-Type", type}};
}

qsizetype byteSize(const Headers &headers)
{
    qsizetype size = 0;
    for (const auto &[name, value] : headers)
        size += name.size() + value.size() + 4; // ": " and CRLF
    return size;
}

bool hasToken(const Headers &headers, QByteArrayView name, QByteArrayView token)
{
    for (const QByteArray &list : values(headers, name)) {
        for (const QByteArray &item : list.split(',')) {
            if (same(item.trimmed(), token))
                return true;
        }
    }
    return false;
}

Expected<void> check(const Headers &headers)
{
    if (headers.size() > MaxFields)
        return unexpected(invalid(QStringLiteral("There are %1 header fields; at most %2 are allowed.")
                                      .arg(headers.size())
                                      .arg(MaxFields)));
    for (const auto &[name, value] : headers) {
        if (name.isEmpty() || !std::all_of(name.begin(), name.end(), isTokenCharacter))
            return unexpected(invalid(QStringLiteral("“%1” is not a valid header name.").arg(QString::fromUtf8(name.left(100)))));
        // The value may be a secret, so only its name is told.
        for (const char c : {'\r', '\n', '\0'}) {
            if (value.contains(c))
                return unexpected(invalid(QStringLiteral("The value of header “%1” holds a line break or a NUL byte.")
                                              .arg(QString::fromUtf8(name))));
        }
    }
    return {};
}

} // namespace sluice::headers
