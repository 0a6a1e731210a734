#pragma once

#include "sluice/base/expected.h"
#include "sluice/base/json.h"
#include "sluice/livepeer/discovery_wire.h"
#include "sluice/livepeer/go_json.h"
#include "sluice/payments/ticket_params.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <optional>

/// The values that BYOC puts on the wire (byoc.md), shared by client and orchestrator. Pure: no I/O, no keys; every
/// parser is bounded and returns Protocol, TooLarge or InvalidInput with a sentence.
namespace sluice::byoc {

namespace header {
inline constexpr char Job[] = "Livepeer";
inline constexpr char Payment[] = "Livepeer-Payment";
inline constexpr char Sender[] = "Livepeer-Eth-Address";
inline constexpr char Capability[] = "Livepeer-Capability";
inline constexpr char Balance[] = "Livepeer-Balance";
inline constexpr char StreamBalance[] = "Livepeer-Payment-Balance";
inline constexpr char OrchestratorUrl[] = "X-Orchestrator-Url";
inline constexpr char Metadata[] = "X-Metadata";
inline constexpr char PublishUrl[] = "X-Publish-Url";
inline constexpr char SubscribeUrl[] = "X-Subscribe-Url";
inline constexpr char ControlUrl[] = "X-Control-Url";
inline constexpr char EventsUrl[] = "X-Events-Url";
inline constexpr char DataUrl[] = "X-Data-Url";
} // namespace header

/// Seconds of price that must be covered before an orchestrator begins a job (byoc.md 4.3).
inline constexpr qint64 MinimumCoveredSeconds = 60;
/// Longest header value that is parsed: Go's servers stop at about the same.
inline constexpr qsizetype MaxHeaderBytes = 1024 * 1024;
/// Longest token or listing that is parsed.
inline constexpr qsizetype MaxTokenBytes = 256 * 1024;
inline constexpr qsizetype MaxListingBytes = 4 * 1024 * 1024;

/// Base64 of compact JSON, as one header value.
[[nodiscard]] QByteArray toHeaderValue(const Json &json);
/// The JSON object inside a header value. Protocol when it is no base64 or no object.
[[nodiscard]] Expected<Json> fromHeaderValue(QByteArrayView value);
using livepeer::DiscoveredOrchestrator;
using livepeer::member;
using livepeer::parseDiscovery;

/// The bytes that a signature text stands for: beyond 130 characters the first two are dropped, the rest is hex (byoc.md 1.4).
/// Any length comes through, also none; whether it is a signature is the verifier's business.
[[nodiscard]] Expected<QByteArray> decodeSignature(const QString &text);

/// Value of `Livepeer-Eth-Address`: who asks for a token (byoc.md 3).
struct TokenCredentials {
    QString addr; ///< exactly as it was signed, whatever its letter case
    QString sig;  ///< "0x" and 130 hex digits

    /// What is signed: the ASCII bytes of `addr` (LPSIGN hashes them).
    [[nodiscard]] QByteArray signingBytes() const { return addr.toUtf8(); }
    [[nodiscard]] Json toJson() const;
    [[nodiscard]] static Expected<TokenCredentials> fromJson(const Json &json);
    [[nodiscard]] QByteArray toHeader() const { return toHeaderValue(toJson()); }
    [[nodiscard]] static Expected<TokenCredentials> fromHeader(QByteArrayView value);
    bool operator==(const TokenCredentials &) const = default;
};

/// Value of `Livepeer`: the job (byoc.md 4.1).
struct JobHeader {
    QString id;
    QString request = QStringLiteral("{}");    ///< text of a JSON object; signed
    QString parameters = QStringLiteral("{}"); ///< text of a JSON object; signed
    QString capability;
    QString capabilityUrl;
    QString sender;
    QString sig;
    qint64 timeoutSeconds = 0; ///< 0 = absent

    /// What the legacy signature covers: request and parameters, nothing between (byoc.md 1.2).
    [[nodiscard]] QByteArray legacySigningBytes() const;
    /// What the V1 signature covers (byoc.md 1.3). InvalidInput when the timeout does not fit in 32 bits or is 0.
    [[nodiscard]] Expected<QByteArray> v1SigningBytes() const;
    /// Empty members are left out, `request` and `parameters` never are.
    [[nodiscard]] Json toJson() const;
    /// Unknown members are ignored, absent ones are empty. Protocol for a member of the wrong type, e.g. a timeout of 30.5 or "30".
    [[nodiscard]] static Expected<JobHeader> fromJson(const Json &json);
    [[nodiscard]] QByteArray toHeader() const { return toHeaderValue(toJson()); }
    [[nodiscard]] static Expected<JobHeader> fromHeader(QByteArrayView value);
    bool operator==(const JobHeader &) const = default;
};

/// Answer to `GET /process/token` (byoc.md 3).
struct JobToken {
    TokenCredentials sender;
    std::optional<TicketParams> ticketParams; ///< absent on a node without a chain
    qint64 balance = 0; ///< wei, may be negative; saturates
    PriceInfo price;    ///< wei per second
    QString serviceAddr;
    /// Absent in the JSON when 0. Nothing before v0.8.10 sends it, so a reader cannot tell "full" from "unknown".
    qint64 availableCapacity = 0;

    /// The keys of byoc.md 3 in that order, zero values absent.
    [[nodiscard]] Json toJson() const;
    /// Accepts both spellings of prices, numbers as strings and absent members (byoc.md 10). Protocol for anything else.
    [[nodiscard]] static Expected<JobToken> fromJson(const Json &json);
    [[nodiscard]] static Expected<JobToken> parse(QByteArrayView body);
    bool operator==(const JobToken &) const = default;
};

/// A sample input given by a capability's author.
struct ListedExample {
    QString title;
    Json input;
    bool operator==(const ListedExample &) const = default;
};

/// Which channels a live job of a capability uses (sluice-extensions.md 1.1).
struct LiveChannels {
    bool videoIn = true;
    bool videoOut = true;
    bool data = false;
    bool raw = false; ///< segments are no MPEG-TS

    [[nodiscard]] Json toJson() const;
    /// Keys that are missing or no booleans are as above.
    [[nodiscard]] static LiveChannels fromJson(const Json &object);
    bool operator==(const LiveChannels &) const = default;
};

/// What a capability says about itself beyond the registration of byoc.md 2. Ours; others ignore these keys.
struct CapabilityDescription {
    QString modelId;
    QString version;
    QString path;       ///< default path below the worker's URL
    QStringList verbs;  ///< "run", "stream", "live"
    Json inputSchema;   ///< null = unknown
    Json outputSchema;
    QList<ListedExample> examples;
    std::optional<LiveChannels> live = std::nullopt;

    void writeTo(Json &object) const;
    [[nodiscard]] static CapabilityDescription readFrom(const Json &object);
    bool operator==(const CapabilityDescription &) const = default;
};

/// Body of `POST /capability/register` (byoc.md 2), with the optional keys of CapabilityDescription.
struct CapabilityRegistration {
    QString name;
    QString description;
    QString url;
    qint64 capacity = 0;
    qint64 pricePerUnit = 0;
    qint64 priceScaling = 1;
    QString currency = QStringLiteral("wei");
    QString token; ///< a secret: the worker's bearer
    CapabilityDescription about;

    [[nodiscard]] Json toJson() const;
    [[nodiscard]] static Expected<CapabilityRegistration> fromJson(const Json &json);
    bool operator==(const CapabilityRegistration &) const = default;
};

/// One entry of `GET /capabilities`: what an orchestrator offers. Only `name` is required.
struct ListedCapability {
    QString name;
    QString description;
    std::optional<qint64> capacity;
    std::optional<qint64> available;
    std::optional<qint64> pricePerUnit; ///< `pricePerUnit / priceScaling` of `currency` per second
    qint64 priceScaling = 1;
    QString currency;
    CapabilityDescription about;

    [[nodiscard]] Json toJson() const;
    bool operator==(const ListedCapability &) const = default;
};

[[nodiscard]] Json listingToJson(const QList<ListedCapability> &capabilities);
/// An array of objects (or of bare names), or an object holding one as `capabilities`. Entries without a name are
/// skipped; Protocol when the answer is no list at all.
[[nodiscard]] Expected<QList<ListedCapability>> parseListing(QByteArrayView body);

/// One entry of `GET /payments/tickets`: what became of a ticket. Ours.
struct TicketOutcome {
    QByteArray recipientRandHash; ///< 32 bytes
    quint32 nonce = 0;
    bool won = false;
    QByteArray recipientRand; ///< 32 bytes once the parameters have expired, else empty
    bool operator==(const TicketOutcome &) const = default;
};

[[nodiscard]] Json outcomesToJson(const QList<TicketOutcome> &outcomes);
/// Entries that do not fit are skipped; Protocol when the answer is no array.
[[nodiscard]] Expected<QList<TicketOutcome>> parseOutcomes(QByteArrayView body);

} // namespace sluice::byoc
