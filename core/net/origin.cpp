#include "sluice/net/origin.h"

#include <QtNetwork/QHostAddress>

#include <algorithm>
#include <array>

namespace sluice {

namespace {

using Reach = Origin::Reach;

struct Block {
    const char *subnet; ///< of addresses that the Internet does not route (RFC 6890)
    Reach reach;
};

constexpr std::array Blocks{Block{"127.0.0.0/8", Reach::Loopback}, Block{"0.0.0.0/8", Reach::Loopback}, Block{"10.0.0.0/8", Reach::Private},
    Block{"100.64.0.0/10", Reach::Private}, Block{"169.254.0.0/16", Reach::Private}, Block{"172.16.0.0/12", Reach::Private},
    Block{"192.0.0.0/24", Reach::Private}, Block{"192.168.0.0/16", Reach::Private}, Block{"198.18.0.0/15", Reach::Private},
    Block{"224.0.0.0/4", Reach::Private}, Block{"240.0.0.0/4", Reach::Private}, Block{"::1/128", Reach::Loopback},
    Block{"::/128", Reach::Loopback}, Block{"fc00::/7", Reach::Private}, Block{"fe80::/10", Reach::Private}, Block{"fec0::/10", Reach::Private},
    Block{"ff00::/8", Reach::Private}};

/// The IPv4 address that an IPv6 address stands for: mapped, compatible, translated (64:ff9b::/96) or 6to4 (2002::/16).
std::optional<QHostAddress> embedded(const QHostAddress &address)
{
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    const auto at = [&](int i) { return quint32(bytes[i]) << 24 | quint32(bytes[i + 1]) << 16 | quint32(bytes[i + 2]) << 8 | bytes[i + 3]; };
    const bool zeros = std::all_of(bytes.c, bytes.c + 10, [](quint8 b) { return b == 0; });
    const bool mapped = zeros && bytes[10] == 0xff && bytes[11] == 0xff;
    const bool compatible = zeros && bytes[10] == 0 && bytes[11] == 0 && at(12) > 1;
    const bool translated = at(0) == 0x0064ff9b && at(4) == 0 && at(8) == 0;
    if (mapped || compatible || translated)
        return QHostAddress(at(12));
    if (bytes[0] == 0x20 && bytes[1] == 0x02)
        return QHostAddress(at(2));
    return std::nullopt;
}

Reach reachOf(const QHostAddress &address)
{
    if (address.protocol() == QAbstractSocket::IPv6Protocol) {
        if (const auto inner = embedded(address))
            return reachOf(*inner);
    }
    for (const Block &block : Blocks) {
        if (address.isInSubnet(QHostAddress::parseSubnet(QLatin1String(block.subnet))))
            return block.reach;
    }
    return Reach::Public;
}

bool isOrBelow(const QString &host, QLatin1String domain)
{
    return host == domain || (host.endsWith(domain) && host[host.size() - domain.size() - 1] == QLatin1Char('.'));
}

} // namespace

Expected<Origin> Origin::of(const QUrl &url)
{
    Origin origin;
    origin.m_encrypted = url.scheme() == QLatin1String("https");
    origin.m_host = url.host(QUrl::EncodeUnicode | QUrl::EncodeSpaces).toLower();
    while (origin.m_host.endsWith(QLatin1Char('.')))
        origin.m_host.chop(1);
    const bool http = origin.m_encrypted || url.scheme() == QLatin1String("http");
    origin.m_port = url.port(origin.m_encrypted ? 443 : 80);
    if (!url.isValid() || !http || origin.m_host.isEmpty() || !url.userInfo().isEmpty() || origin.m_port < 1)
        return unexpected(Error(Error::Kind::Protocol, QStringLiteral("“%1” is no http or https address.")
                                                           .arg(url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery).left(200)))
                              .withAdvice(QStringLiteral("An address looks like https://host:8935, without user name.")));
    return origin;
}

Origin::Reach Origin::reach() const
{
    const QHostAddress address(m_host.section(QLatin1Char('%'), 0, 0)); // without the zone of a link-local address
    if (!address.isNull())
        return reachOf(address);
    if (isOrBelow(m_host, QLatin1String("localhost")))
        return Reach::Loopback;
    for (const char *domain : {"local", "internal", "lan", "intranet", "home.arpa"}) {
        if (isOrBelow(m_host, QLatin1String(domain)))
            return Reach::Private;
    }
    return m_host.contains(QLatin1Char('.')) ? Reach::Public : Reach::Private;
}

QString Origin::toString() const
{
    const QString host = m_host.contains(QLatin1Char(':')) ? QLatin1Char('[') + m_host + QLatin1Char(']') : m_host;
    const QString scheme = m_encrypted ? QStringLiteral("https://") : QStringLiteral("http://");
    const bool usual = m_port == (m_encrypted ? 443 : 80);
    return scheme + host + (usual ? QString() : QLatin1Char(':') + QString::number(m_port));
}

QUrl Origin::hosting(const QUrl &url) const
{
    QUrl own = url.adjusted(QUrl::RemoveUserInfo);
    own.setScheme(m_encrypted ? QStringLiteral("https") : QStringLiteral("http"));
    own.setHost(m_host);
    own.setPort(m_port);
    return own;
}

} // namespace sluice
