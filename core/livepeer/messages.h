#pragma once

#include "sluice/livepeer/orchestrator_info.h"

/// The protobuf messages of payments.md 1 in both directions. Pure; every decoder is bounded and refuses what does not fit with
/// Protocol, or TooLarge beyond its bound.
namespace sluice::livepeer {

inline constexpr qsizetype MaxInfoBytes = 1024 * 1024;
inline constexpr qsizetype MaxRequestBytes = 64 * 1024;
inline constexpr qsizetype MaxSegmentBytes = 16 * 1024;

[[nodiscard]] QByteArray encodeInfo(const OrchestratorInfo &info);
[[nodiscard]] Expected<OrchestratorInfo> decodeInfo(QByteArrayView bytes);

[[nodiscard]] QByteArray encodePaymentResult(const OrchestratorInfo &info);
/// Nothing when the message holds no info: a node may leave it out.
[[nodiscard]] Expected<std::optional<OrchestratorInfo>> decodePaymentResult(QByteArrayView bytes);

[[nodiscard]] QByteArray encodeInfoRequest(const InfoRequest &request);
[[nodiscard]] Expected<InfoRequest> decodeInfoRequest(QByteArrayView bytes);

[[nodiscard]] QByteArray encodeSegment(const SegmentCredentials &credentials);
[[nodiscard]] Expected<SegmentCredentials> decodeSegment(QByteArrayView bytes);
/// Protocol when these bytes are no `Capabilities`, TooLarge when they are too many.
[[nodiscard]] Expected<void> checkCapabilities(QByteArrayView bytes);
/// The value of `Livepeer-Segment`.
[[nodiscard]] QByteArray segmentHeader(const SegmentCredentials &credentials);

} // namespace sluice::livepeer
