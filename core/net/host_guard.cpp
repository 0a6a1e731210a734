#include "sluice/net/host_guard.h"

#include <QtCore/QUrl>
#include <QtNetwork/QHostAddress>

#include <algorithm>

namespace sluice {

namespace {

struct Authority {
    QByteArray host; ///< in lower case; an IPv6 address without its brackets
    int port = -1;   ///< -1: none was written
};

/// "host", "host:port", "[address]:port"; nothing for what is none of them.
std::optional<Authority> parsed(const QByteArray &text)
{
    const bool bracketed = text.startsWith('[');
    const qsizetype end = bracketed ? text.indexOf(']') : text.indexOf(':') < 0 ? text.size() : text.indexOf(':');
    if (end < (bracketed ? 1 : 0))
        return std::nullopt;
    Authority result;
    result.host = bracketed ? text.mid(1, end - 1) : text.left(end);
    result.host = result.host.toLower();
    if (!bracketed && result.host.endsWith('.'))
        result.host.chop(1); // "localhost." is the same name, fully qualified
    QByteArray rest = text.mid(end + (bracketed ? 1 : 0));
    if (!rest.isEmpty()) {
        if (!rest.startsWith(':'))
            return std::nullopt;
        rest.remove(0, 1);
        const bool digits = std::all_of(rest.begin(), rest.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (!digits || rest.size() > 5)
            return std::nullopt;
        result.port = rest.isEmpty() ? -1 : rest.toInt();
        if (result.port > 65535)
            return std::nullopt;
    }
    const bool plain = std::all_of(result.host.begin(), result.host.end(), [bracketed](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || (bracketed && c == ':');
    });
    if (result.host.isEmpty() || !plain)
        return std::nullopt;
    return result;
}

/// One way to write an origin, so that two can be compared.
QByteArray originText(const QByteArray &scheme, const Authority &authority)
{
    const int usual = scheme == "https" ? 443 : scheme == "http" ? 80 : -1;
    const QByteArray host = authority.host.contains(':') ? '[' + authority.host + ']' : authority.host;
    const bool portless = authority.port < 0 || authority.port == usual;
    return scheme + "://" + host + (portless ? QByteArray() : ':' + QByteArray::number(authority.port));
}

/// An address, IPv4-mapped IPv6 ones as IPv4; null for a name.
QHostAddress addressOf(const QByteArray &host)
{
    // Only the usual four numbers: "127.1" and "0x7f000001" mean different things to different readers.
    const QHostAddress address(QString::fromLatin1(host));
    if (address.protocol() == QAbstractSocket::IPv4Protocol)
        return address.toString().toLatin1() == host ? address : QHostAddress();
    bool isIpv4 = false;
    const quint32 inner = address.toIPv4Address(&isIpv4);
    return isIpv4 ? QHostAddress(inner) : address;
}

/// The authority of a request target in absolute form; empty when it has another form.
QByteArray authorityOf(const QByteArray &target)
{
    const qsizetype begin = target.indexOf("://");
    if (begin < 0 || target.startsWith('/'))
        return {};
    const qsizetype end = std::find_if(target.begin() + begin + 3, target.end(), [](char c) { return c == '/' || c == '?' || c == '#'; }) - target.begin();
    return target.mid(begin + 3, end - begin - 3);
}

std::optional<std::pair<int, QByteArray>> refusal(int status, const QByteArray &text)
{
    return std::pair(status, text);
}

} // namespace

HostGuard::HostGuard(const QStringList &hosts)
{
    for (const QString &name : hosts) {
        const qsizetype scheme = name.indexOf(QLatin1String("://"));
        const QUrl url(scheme < 0 ? QStringLiteral("any://") + name : name);
        const auto authority = parsed(url.authority(QUrl::FullyEncoded).toLatin1());
        if (!authority)
            continue;
        m_hosts.insert(authority->host);
        if (scheme >= 0)
            m_origins.insert(originText(url.scheme().toLatin1(), *authority));
    }
}

bool isLoopbackAddress(const QString &address)
{
    return address == QLatin1String("localhost") || QHostAddress(address).isLoopback();
}

bool HostGuard::isOurs(const QByteArray &authority, const GuardedPlace &place) const
{
    const auto named = parsed(authority);
    if (!named)
        return false;
    if (named->host == "localhost" || m_hosts.contains(named->host))
        return true;
    const QHostAddress address = addressOf(named->host);
    return !address.isNull() && (address.isLoopback() || address == addressOf(place.localAddress.toLatin1()));
}

std::optional<std::pair<int, QByteArray>> HostGuard::whyRefused(
    const Headers &headers, const QByteArray &target, const GuardedPlace &place) const
{
    const QList<QByteArray> hosts = headers::values(headers, "Host");
    if (hosts.size() > 1)
        return refusal(400, "The request has more than one Host.");
    QByteArrayList authorities = hosts;
    if (const QByteArray absolute = authorityOf(target); !absolute.isEmpty())
        authorities.append(absolute);
    for (const QByteArray &authority : authorities) {
        if (!isOurs(authority, place))
            return refusal(403, "This server does not go by the name \"" + authority.left(200) + "\". It answers to its own addresses and to the "
                                "names that it was told when it was started.");
    }
    // Browsers always send Host, so a request without one comes from another program.
    const auto self = hosts.isEmpty() ? std::nullopt : parsed(hosts.first());
    const QList<QByteArray> origins = headers::values(headers, "Origin");
    for (const QByteArray &origin : origins) {
        const qsizetype scheme = origin.indexOf("://");
        const auto authority = scheme < 0 ? std::nullopt : parsed(origin.mid(scheme + 3));
        const QByteArray text = authority ? originText(origin.left(scheme).toLower(), *authority) : QByteArray();
        const bool own = self && text == originText(place.tls ? "https" : "http", *self);
        if (!authority || !(own || m_origins.contains(text)))
            return refusal(403, "Pages of \"" + origin.left(200) + "\" may not use this server. Call it from a program.");
    }
    const QList<QByteArray> sites = headers::values(headers, "Sec-Fetch-Site");
    for (const QByteArray &site : sites) {
        if (site != "same-origin" && site != "none")
            return refusal(403, "Pages of other sites may not use this server. Call it from a program.");
    }
    return std::nullopt;
}

} // namespace sluice
