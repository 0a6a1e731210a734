#include "sluice/net/request_head_p.h"

namespace sluice {

QByteArray requestHead(const QByteArray &method, const QUrl &url, const Headers &ours, const Headers &fields)
{
    const QByteArray path = url.path(QUrl::FullyEncoded).toLatin1();
    QByteArray head = method + ' ' + (path.isEmpty() ? QByteArrayLiteral("/") : path);
    if (url.hasQuery())
        head += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    const QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    head += " HTTP/1.1\r\nHost: " + (host.contains(':') ? '[' + host + ']' : host);
    if (url.port() != -1)
        head += ':' + QByteArray::number(url.port());
    head += "\r\n";
    for (const auto &[name, value] : ours)
        head += name + ": " + value + "\r\n";
    static const QByteArrayList framing{"host", "content-length", "transfer-encoding"};
    for (const auto &[name, value] : fields) {
        if (!framing.contains(name.toLower()) && !headers::contains(ours, name))
            head += name + ": " + value + "\r\n";
    }
    return head + "\r\n";
}

} // namespace sluice
