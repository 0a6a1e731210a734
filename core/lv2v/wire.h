#pragma once

#include "sluice/base/json.h"
#include "sluice/crypto/address.h"
#include "sluice/crypto/hash32.h"
#include "sluice/payments/ticket_params.h"

#include <QtCore/QMap>
#include <QtCore/QUrl>

#include <chrono>
#include <optional>

/// The wire types of live-video-to-video (trickle.md 5, payments.md 1 to 3). Plain values, no I/O.
namespace sluice::lv2v {

/// Number of the capability in the protobufs (payments.md 1.3).
inline constexpr quint32 CapabilityId = 35;
/// Its name in discovery, before the model: "live-video-to-video/noop".
inline const QString Pipeline = QStringLiteral("live-video-to-video");
/// Number of BYOC jobs in the same lists; their constraint is the capability's name (byoc.md 3).
inline constexpr quint32 ByocCapabilityId = 37;
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

/// Who a client is to this orchestrator for the next half hour; opaque.
struct AuthToken {
    QByteArray token;
    QString sessionId;
    qint64 expiration = 0; ///< unix seconds
    bool operator==(const AuthToken &) const = default;
};

/// One model as an orchestrator lists it.
struct ModelOffer {
    bool warm = false;
    quint32 capacity = 0;
    quint32 inUse = 0;
    QString runnerVersion;
    std::optional<PriceInfo> price; ///< per pixel, when listed by model
    bool operator==(const ModelOffer &) const = default;
};

/// One BYOC capability as an orchestrator lists it (capability 37).
struct ExternalOffer {
    quint32 capacity = 0;
    quint32 inUse = 0;
    PriceInfo price; ///< per second
    bool operator==(const ExternalOffer &) const = default;
};

/// The answer of GetOrchestrator, as far as live video needs it.
struct OrchestratorInfo {
    QString transcoder; ///< base URL of every HTTP route
    std::optional<TicketParams> ticketParams;
    std::optional<PriceInfo> price; ///< per pixel
    std::optional<Address> address;
    std::optional<AuthToken> authToken;
    QMap<QString, ModelOffer> models; ///< of live-video-to-video
    QMap<QString, PriceInfo> byocPrices; ///< of BYOC capabilities, per second; empty where the node prices none or does not tell
    QMap<QString, ExternalOffer> external; ///< what is offered of BYOC capabilities besides their prices; written, not read
    QString version; ///< of go-livepeer; written, not read
    bool operator==(const OrchestratorInfo &) const = default;
};

/// What a client asks GetOrchestrator.
struct InfoRequest {
    std::optional<Address> address;
    QByteArray signature;
    QStringList models; ///< of live-video-to-video; empty: whatever there is
    bool ignoreCapacity = false;
    bool operator==(const InfoRequest &) const = default;
};

/// `net.SegData` of a payment over no segment (payments.md 2.7).
struct SegmentCredentials {
    QByteArray manifestId;
    qint64 seq = 0;
    QByteArray hash;
    QByteArray profiles;
    QByteArray signature;
    qint32 duration = 0;
    std::optional<AuthToken> authToken;
    QStringList models;             ///< of live-video-to-video that the sender constrains it to
    QList<quint32> otherCapabilities; ///< further ones that it constrains
    bool operator==(const SegmentCredentials &) const = default;

    /// keccak256 of no bytes, as 32 bytes: the hash of a payment without a segment.
    [[nodiscard]] static QByteArray emptySegmentHash();
    /// The bytes that are signed with signHashed(); InvalidInput when the hash has not 32 bytes.
    [[nodiscard]] Expected<QByteArray> signingBytes() const;
};

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
/// The origin that HTTP routes lie below: scheme, host, port and path without the last slash. Protocol when it is no http address.
[[nodiscard]] Expected<QUrl> serviceUrl(const QString &transcoder);

} // namespace sluice::lv2v
