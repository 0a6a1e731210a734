#include "sluice/livepeer/orchestrator_info.h"

#include "sluice/crypto/keccak.h"
#include "sluice/payments/signed_messages.h"

namespace sluice::livepeer {

namespace {

bool isHttp(const QUrl &url)
{
    const bool http = url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    return url.isValid() && http && !url.host().isEmpty() && url.userInfo().isEmpty();
}

} // namespace

QByteArray SegmentCredentials::emptySegmentHash()
{
    static const QByteArray hash = keccak256(QByteArrayView()).toByteArray(); // with every payment of a signer
    return hash;
}

Expected<QByteArray> SegmentCredentials::signingBytes() const
{
    const auto segment = Hash32::fromBytes(hash);
    if (!segment)
        return unexpected(segment.error());
    if (seq < 0)
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("The segment number %1 is negative.").arg(seq)));
    // "invalid" is not read as profiles but stands for none (2.7).
    return signed_messages::segmentCredentials(manifestId, seq, *segment);
}

Expected<QUrl> serviceUrl(const QString &transcoder)
{
    const QUrl url(transcoder, QUrl::StrictMode);
    if (transcoder.size() > 2000 || !isHttp(url))
        return unexpected(Error(Error::Kind::Protocol, QStringLiteral("The orchestrator names “%1” as its address, which is none.").arg(transcoder.left(200))));
    QUrl service = url.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::StripTrailingSlash);
    if (service.path() == QLatin1String("/"))
        service.setPath(QString());
    return service;
}

} // namespace sluice::livepeer
