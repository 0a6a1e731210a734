#include "sluice/livepeer/segment_check.h"

#include "sluice/base/bytes.h"
#include "sluice/crypto/signature.h"
#include "sluice/livepeer/messages.h"

namespace sluice::livepeer {

Expected<SegmentCredentials, QByteArray> readSegmentHeader(QByteArrayView value)
{
    const auto decoded = value.size() > MaxSegmentBytes * 2 ? unexpected(Error()) : bytes::fromBase64(value);
    if (!decoded)
        return unexpected(QByteArray("ErrorSegEncoding"));
    const auto credentials = decodeSegment(*decoded);
    if (!credentials)
        return unexpected(credentials.error().message().toUtf8());
    return *credentials;
}

std::optional<QByteArray> whySegmentRefused(const SegmentCredentials &credentials, const Address &sender, bool signatures)
{
    constexpr qint32 longestSegment = 5 * 60 * 1000;
    if (credentials.duration < 0 || credentials.duration > longestSegment)
        return "invalid duration";
    if (!signatures)
        return std::nullopt;
    const auto message = credentials.signingBytes();
    if (!message || sender.isZero() || !verifyHashed(sender, *message, credentials.signature))
        return "ErrSegSig";
    return std::nullopt;
}

} // namespace sluice::livepeer
