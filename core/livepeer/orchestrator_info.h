#pragma once

#include "sluice/base/expected.h"
#include "sluice/crypto/address.h"
#include "sluice/payments/ticket_params.h"

#include <QtCore/QMap>
#include <QtCore/QStringList>
#include <QtCore/QUrl>

#include <optional>

/// What an orchestrator says of itself over gRPC, whatever runs on it (payments.md 1 and 2). Plain values, no I/O.
namespace sluice::livepeer {

/// Numbers of capabilities in the protobufs (payments.md 1.3): live-video-to-video, and BYOC jobs, whose constraint is the
/// capability's name (byoc.md 3).
inline constexpr quint32 LiveVideoNumber = 35;
inline constexpr quint32 ByocNumber = 37;
/// What discovery puts before the model of live video, and before the name of a BYOC capability.
inline const QString LiveVideoPrefix = QStringLiteral("live-video-to-video/");
inline const QString ByocPrefix = QStringLiteral("byoc/");

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
    QByteArray raw; ///< as the orchestrator wrote it, where that is kept: signers get it unchanged
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
    QByteArray capabilities; ///< Capabilities protobuf that a caller gave, instead of the two before; written, not read
    bool operator==(const SegmentCredentials &) const = default;

    /// keccak256 of no bytes, as 32 bytes: the hash of a payment without a segment.
    [[nodiscard]] static QByteArray emptySegmentHash();
    /// The bytes that are signed with signHashed(); InvalidInput when the hash has not 32 bytes.
    [[nodiscard]] Expected<QByteArray> signingBytes() const;
};

/// The origin that HTTP routes lie below: scheme, host, port and path without the last slash. Protocol when it is no http address.
[[nodiscard]] Expected<QUrl> serviceUrl(const QString &transcoder);

} // namespace sluice::livepeer
