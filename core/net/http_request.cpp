#include "sluice/net/http_request_p.h"

#include "sluice/net/field_text_p.h"

namespace sluice::http_request {

Expected<void> check(const QByteArray &method, const QUrl &url, const Headers &fields)
{
    const bool known = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (!url.isValid() || url.host().isEmpty() || !known)
        return unexpected(Error(Error::Kind::InvalidInput,
            QStringLiteral("“%1” is not an address for HTTP.").arg(url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery)))
                              .withAdvice(QStringLiteral("It should look like https://host:port/path.")));
    // A method has the form of a header name.
    if (!headers::check({{method, {}}}))
        return unexpected(
            Error(Error::Kind::InvalidInput, QStringLiteral("“%1” is not an HTTP method.").arg(QString::fromUtf8(method.left(40)))));
    return headers::check(fields);
}

Headers length(const QByteArray &method, qsizetype bodyBytes)
{
    if (bodyBytes == 0 && (method == "GET" || method == "HEAD"))
        return {};
    return {{"Content-Length", QByteArray::number(bodyBytes)}};
}

namespace {

QByteArray hostLine(const QUrl &url)
{
    const QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    QByteArray text = " HTTP/1.1\r\nHost: " + (host.contains(':') ? '[' + host + ']' : host);
    if (url.port() != -1)
        text += ':' + QByteArray::number(url.port());
    return text + "\r\n";
}

/// What of a URL stands in a request: `/path?query HTTP/1.1` and `Host: name:port`, with their line ends.
QByteArray placeIn(const QUrl &url)
{
    const QByteArray path = url.path(QUrl::FullyEncoded).toLatin1();
    QByteArray text = path.isEmpty() ? QByteArrayLiteral("/") : path;
    if (url.hasQuery())
        text += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    return text + hostLine(url);
}

/// The same. Most requests go where the last one went; a query, which may hold what is nobody's business later, is not kept.
QByteArray placeOf(const QUrl &url)
{
    thread_local QUrl last;
    thread_local QByteArray text;
    if (url.hasQuery())
        return placeIn(url);
    if (text.isEmpty() || url != last) {
        text = placeIn(url);
        last = url;
    }
    return text;
}

QByteArray headAt(const QByteArray &method, const QByteArray &place, const Headers &ours, const Headers &fields)
{
    QByteArray text;
    text.reserve(256 + place.size() + headers::byteSize(ours) + headers::byteSize(fields));
    text.append(method).append(' ').append(place);
    for (const auto &[name, value] : ours)
        appendField(text, name, value);
    const auto isFraming = [](const QByteArray &name) {
        return name.compare("host", Qt::CaseInsensitive) == 0 || name.compare("content-length", Qt::CaseInsensitive) == 0
            || name.compare("transfer-encoding", Qt::CaseInsensitive) == 0;
    };
    for (const auto &[name, value] : fields) {
        if (!isFraming(name) && !headers::contains(ours, name))
            appendField(text, name, value);
    }
    text += "\r\n";
    return text;
}

} // namespace

QByteArray head(const QByteArray &method, const QUrl &url, const Headers &ours, const Headers &fields)
{
    return headAt(method, placeOf(url), ours, fields);
}

QByteArray headFor(const QByteArray &method, const QUrl &server, const QByteArray &target, const Headers &ours, const Headers &fields)
{
    return headAt(method, target + hostLine(server), ours, fields);
}

bool isTarget(const QByteArray &target)
{
    return target.startsWith('/') && std::all_of(target.begin(), target.end(), [](char c) { return c > ' ' && c != '\x7f'; });
}

} // namespace sluice::http_request
