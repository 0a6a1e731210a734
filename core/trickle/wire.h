#pragma once

#include "sluice/base/expected.h"
#include "sluice/net/headers.h"

#include <QtCore/QByteArray>
#include <QtCore/QUrl>

#include <optional>

/// Trickle: channels of byte segments over HTTP (trickle.md).
namespace sluice::trickle {

/// Where a subscriber begins: the segment being written now, from its first byte.
inline constexpr qint64 CurrentSegment = -2;
/// Where a subscriber begins: the segment that begins next. For a POST: the sequence number that the server expects.
inline constexpr qint64 NextSegment = -1;
/// Status of a channel that exists but does not hold the segment.
inline constexpr int SegmentNotHeld = 470;
inline constexpr int SlotCount = 5;

namespace header {
inline constexpr char Seq[] = "Lp-Trickle-Seq";
inline constexpr char Latest[] = "Lp-Trickle-Latest";
inline constexpr char Closed[] = "Lp-Trickle-Closed";
inline constexpr char Reset[] = "Lp-Trickle-Reset";
inline constexpr char ExpectContent[] = "Expect-Content";
} // namespace header

/// A sequence number as it stands in a path: optional sign, decimal digits (trickle.md 1.1). InvalidInput otherwise, and for
/// numbers without a successor in 63 bits.
[[nodiscard]] Expected<qint64> parseSequence(QByteArrayView text);

/// What an answer's trickle headers say. A number that is malformed or negative counts as missing.
struct SegmentHeaders {
    std::optional<qint64> seq;
    std::optional<qint64> latest; ///< the sequence number to be written next
    bool closed = false;
    bool operator==(const SegmentHeaders &) const = default;
};
[[nodiscard]] SegmentHeaders readSegmentHeaders(const Headers &headers);

/// A request path below the base path.
struct Route {
    QByteArray channel; ///< percent-decoded, never empty
    QByteArray segment; ///< percent-decoded second part
    bool hasSegment = false;
    bool operator==(const Route &) const = default;
};
/// Nothing when the path does not lie below `basePath` or has not one or two non-empty parts.
[[nodiscard]] std::optional<Route> parseRoute(const QByteArray &basePath, const QByteArray &path);

/// The address of a segment (or of "next") of a channel.
[[nodiscard]] QUrl segmentUrl(const QUrl &channel, const QByteArray &part);
/// "host:port/path" of a channel or segment, for logs and messages.
[[nodiscard]] QString shown(const QUrl &url);
/// A channel's address below a server's base address, its name percent-encoded as one part.
[[nodiscard]] QUrl channelUrl(const QUrl &base, const QByteArray &name);

} // namespace sluice::trickle
