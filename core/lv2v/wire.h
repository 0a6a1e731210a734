#pragma once

#include "sluice/base/json.h"
#include "sluice/livepeer/orchestrator_info.h"

#include <QtCore/QUrl>

#include <chrono>
#include <optional>

/// The wire types of live-video-to-video (trickle.md 5, payments.md 3). Plain values, no I/O.
namespace sluice::lv2v {

// What every job on an orchestrator shares is named here as if it were this protocol's.
using namespace livepeer;

/// Its name in discovery, before the model: "live-video-to-video/noop".
inline const QString Pipeline = QStringLiteral("live-video-to-video");
/// What a second is billed as, whatever the pictures are: 1280 x 720 x 30 pixels.
inline constexpr qint64 PixelsPerSecond = 27'648'000;
/// What the first payment covers.
inline constexpr qint64 FirstPaymentSeconds = 60;

namespace header {
inline constexpr char Payment[] = "Livepeer-Payment";
inline constexpr char Segment[] = "Livepeer-Segment";
/// Ours: what is left, in wei, beside the answers to start and payment.
inline constexpr char Balance[] = "Livepeer-Balance";
} // namespace header

/// `POST /live-video-to-video`, the request's body.
struct StartRequest {
    QString modelId;
    Json params; ///< an object, or null
    QString gatewayRequestId;
    QString streamId;
    bool operator==(const StartRequest &) const = default;

    [[nodiscard]] Json toJson() const;
    /// InvalidInput with the field at fault; unknown ones are ignored.
    [[nodiscard]] static Expected<StartRequest> fromJson(const Json &json);
};

/// Its answer; addresses are the client's: it writes to `publish` and reads `subscribe`.
struct StartAnswer {
    QString manifestId;
    QUrl publish;
    QUrl subscribe;
    QUrl control;
    QUrl events;
    bool operator==(const StartAnswer &) const = default;

    [[nodiscard]] Json toJson() const;
    /// `origin` is the orchestrator's, for addresses without a host. Protocol for an answer without manifest id, publish or subscribe
    /// address, or with one that is no channel's; TooLarge beyond 64 KiB.
    [[nodiscard]] static Expected<StartAnswer> parse(QByteArrayView body, const QUrl &origin);
};

/// Pixels billed for that time, the fraction cut (payments.md 3.2).
[[nodiscard]] Wei pixelsFor(std::chrono::milliseconds time);
/// Wei per second as a price of the same worth, or nothing when it does not fit 64 bits.
[[nodiscard]] std::optional<PriceInfo> perSecond(const PriceInfo &perPixel);

} // namespace sluice::lv2v
