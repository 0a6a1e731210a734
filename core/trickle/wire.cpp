#include "sluice/trickle/wire.h"

#include "sluice/net/tls_trust.h"

#include <limits>

namespace sluice::trickle {

namespace {

Error badSequence(QByteArrayView text)
{
    return Error(Error::Kind::InvalidInput,
        QStringLiteral("“%1” is no sequence number; digits with an optional sign would be.").arg(QString::fromUtf8(text.first(std::min<qsizetype>(text.size(), 40)))));
}

std::optional<qint64> numberIn(const Headers &fields, QByteArrayView name)
{
    const QByteArray text = headers::value(fields, name).trimmed();
    const auto number = parseSequence(text);
    return number && *number >= 0 ? std::optional(*number) : std::nullopt;
}

} // namespace

Expected<qint64> parseSequence(QByteArrayView text)
{
    QByteArrayView digits = text;
    const bool negative = digits.startsWith('-');
    if (negative || digits.startsWith('+'))
        digits = digits.sliced(1);
    if (digits.isEmpty())
        return unexpected(badSequence(text));
    constexpr qint64 Max = std::numeric_limits<qint64>::max() - 1;
    qint64 number = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9')
            return unexpected(badSequence(text));
        const int digit = c - '0';
        if (number > (Max - digit) / 10)
            return unexpected(badSequence(text));
        number = number * 10 + digit;
    }
    return negative ? -number : number;
}

SegmentHeaders readSegmentHeaders(const Headers &fields)
{
    SegmentHeaders result;
    result.seq = numberIn(fields, header::Seq);
    result.latest = numberIn(fields, header::Latest);
    result.closed = headers::contains(fields, header::Closed);
    return result;
}

std::optional<Route> parseRoute(const QByteArray &basePath, const QByteArray &path)
{
    if (!path.startsWith(basePath))
        return std::nullopt;
    const QList<QByteArray> parts = path.mid(basePath.size()).split('/');
    if (parts.size() > 2 || parts.constFirst().isEmpty() || parts.constLast().isEmpty())
        return std::nullopt;
    Route route;
    route.channel = QByteArray::fromPercentEncoding(parts.constFirst());
    route.hasSegment = parts.size() == 2;
    if (route.hasSegment)
        route.segment = QByteArray::fromPercentEncoding(parts.constLast());
    return route;
}

QUrl segmentUrl(const QUrl &channel, const QByteArray &part)
{
    QUrl url = channel;
    url.setPath(channel.path(QUrl::FullyEncoded) + QLatin1Char('/') + QString::fromLatin1(part), QUrl::StrictMode);
    return url;
}

QString shown(const QUrl &url)
{
    return TlsTrust::hostPort(url) + url.path();
}

QUrl channelUrl(const QUrl &base, const QByteArray &name)
{
    QString path = base.path(QUrl::FullyEncoded);
    if (!path.endsWith(QLatin1Char('/')))
        path += QLatin1Char('/');
    QUrl url = base;
    url.setPath(path + QString::fromLatin1(name.toPercentEncoding()), QUrl::StrictMode);
    return url;
}

} // namespace sluice::trickle
