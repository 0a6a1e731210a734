#pragma once

#include "sluice/base/json.h"
#include "sluice/crypto/u256.h"

#include <QtCore/QList>
#include <QtCore/QStringList>

#include <chrono>
#include <optional>

/// What clients, orchestrators and apps of a live runner say to each other (live-runner.md). Plain values, no I/O; every parser is bounded.
namespace sluice::liverunner {

namespace header {
inline constexpr char Authorization[] = "Authorization";
inline constexpr char PayerAddress[] = "Livepeer-Payer-Address";
inline constexpr char Payment[] = "Livepeer-Payment";
inline constexpr char Segment[] = "Livepeer-Segment";
// What an orchestrator adds to requests that it passes on to an app.
inline constexpr char RunnerRoute[] = "Livepeer-Runner-Route";
inline constexpr char SessionId[] = "Livepeer-Session-Id";
inline constexpr char SessionToken[] = "Livepeer-Session-Token";
inline constexpr char SessionControl[] = "Livepeer-Session-Control";
} // namespace header

inline constexpr qsizetype MaxHeartbeatBytes = 64 * 1024;
inline constexpr qsizetype MaxMetadataBytes = 1024;
inline constexpr qsizetype MaxDiscoveryBytes = 1024 * 1024;
inline constexpr qsizetype MaxChallengeBytes = 256 * 1024;
inline constexpr qsizetype MaxAnswerBytes = 64 * 1024; ///< of the small answers: session, heartbeat, proxy, channels
inline constexpr qsizetype MaxRunnersFileBytes = 1024 * 1024;
inline constexpr qsizetype MaxChannelsPerRequest = 25;
/// Of a text from outside that becomes part of addresses: ids, labels, names of apps.
inline constexpr qsizetype MaxIdCharacters = 256;
/// What a second of `720p-pixel-seconds` counts, whatever the pictures are.
inline constexpr qint64 PixelUnitsPerSecond = 27'648'000;

/// How an app is called: a request at a time, or through a session that is reserved first.
enum class Mode { Persistent, SingleShot };
/// "persistent" or "single-shot".
[[nodiscard]] QString modeText(Mode mode);
/// Empty is persistent, and "single_shot" is read as well; nothing for other words.
[[nodiscard]] std::optional<Mode> modeOf(const QString &text);

/// What an advertised price is for.
enum class PriceUnit { Seconds, PixelSeconds, Fixed };
/// "seconds", "720p-pixel-seconds" or "fixed".
[[nodiscard]] QString unitText(PriceUnit unit);
[[nodiscard]] std::optional<PriceUnit> unitOf(const QString &text);
/// What a signer calls payments for that unit: "live", "lv2v" or "fixed".
[[nodiscard]] QString paymentType(PriceUnit unit);

/// The price that an app registers, as it was written; judged where prices count (live-runner.md 4).
struct RegisteredPrice {
    QByteArray price; ///< a decimal number; empty: none was given
    QString currency; ///< "usd" or empty
    QString unit;     ///< "hour" (also when empty), "720p" or "fixed"
    bool operator==(const RegisteredPrice &) const = default;

    [[nodiscard]] Json toJson() const;
    /// InvalidInput with the orchestrator's words (live-runner.md 15) unless it is a positive price in dollars per known unit.
    [[nodiscard]] Expected<void> check() const;
    /// Dollars per unit, exactly. InvalidInput as check().
    [[nodiscard]] Expected<Rational> dollars() const;
    /// What its unit is advertised as; nothing for an unknown one.
    [[nodiscard]] std::optional<PriceUnit> advertisedUnit() const;
    /// Wei per advertised unit at so many dollars per ETH: the floor of the exact quotient, which may be 0. InvalidInput as check().
    [[nodiscard]] Expected<Wei> inWei(const Rational &dollarsPerEth) const;
};

/// A price as discovery lists it. Digits are kept beyond 2^53.
struct OfferedPrice {
    Wei price;
    QString currency = QStringLiteral("wei");
    QString unit; ///< as written: unitOf() tells whether it is a known one
    bool operator==(const OfferedPrice &) const = default;
    [[nodiscard]] Json toJson() const;
};

struct Gpu {
    QString id;
    QString name;
    qint64 vramMb = 0;
    bool operator==(const Gpu &) const = default;
    [[nodiscard]] Json toJson() const;
};

/// What an app says of itself: what heartbeats and `runners.json` share (live-runner.md 3.1, 5).
struct RunnerDescription {
    QString runnerUrl;
    QString app;
    Mode mode = Mode::Persistent;
    qint64 capacity = 1;
    std::optional<RegisteredPrice> price;
    bool proxy = false;
    QString version;
    QString metadata;
    std::optional<Gpu> gpu; ///< a number in its place is a device of the orchestrator's host, and is not looked up
    bool operator==(const RunnerDescription &) const = default;

    /// The checks of live-runner.md 3.1 in their order, with the texts of 15; prices only where they count.
    [[nodiscard]] Expected<void> check(bool onChain) const;
};

/// The body of `POST /runners/heartbeat`.
struct Heartbeat {
    QString runnerId; ///< trimmed; empty: the orchestrator is to invent one
    RunnerDescription runner;
    QString status; ///< empty or "ready": usable
    QString label;
    QStringList sessionIds;
    bool operator==(const Heartbeat &) const = default;

    [[nodiscard]] bool isReady() const { return status.isEmpty() || status == QLatin1String("ready"); }
    [[nodiscard]] Json toJson() const;
    /// InvalidInput with the words to answer with: what is no heartbeat at all, then check(), then the rest. Names count in any case.
    [[nodiscard]] static Expected<Heartbeat> parse(QByteArrayView body, bool onChain);
};

/// A channel that an orchestrator made, as its answers show it.
struct ChannelAnswer {
    QString name;
    QString channelName;
    QString url;
    QString internalUrl; ///< for the app; empty: the other one
    QString mimeType;
    bool operator==(const ChannelAnswer &) const = default;
    [[nodiscard]] Json toJson() const;
    [[nodiscard]] static Expected<ChannelAnswer> fromJson(const Json &json);
};

/// The answer to a heartbeat.
struct HeartbeatAnswer {
    QString runnerId;
    QString orchestrator;
    std::chrono::nanoseconds interval{};
    std::chrono::nanoseconds ttl{};
    QByteArray secret; ///< in the first answer only
    std::optional<ChannelAnswer> o2r;
    QStringList sessionIds;
    bool operator==(const HeartbeatAnswer &) const = default;

    [[nodiscard]] Json toJson() const;
    /// Protocol for an answer without runner id, or with a field of another type.
    [[nodiscard]] static Expected<HeartbeatAnswer> parse(QByteArrayView body);
};

/// Go's duration as text ("1m0s", "1.5s", "500ms"): a sum of its parts; and the same the other way.
[[nodiscard]] Expected<std::chrono::nanoseconds> parseDuration(const QString &text);
[[nodiscard]] QString durationText(std::chrono::nanoseconds time);

/// A message of the o2r channel.
struct RunnerEvent {
    enum class Kind { KeepAlive, Reserved, Released, Unknown };
    Kind kind = Kind::Unknown;
    QString sessionId;
    QString timestamp;
    bool operator==(const RunnerEvent &) const = default;
    [[nodiscard]] Json toJson() const;
    /// Unknown for whatever is none.
    [[nodiscard]] static RunnerEvent fromJson(const Json &json);
};

/// One app as discovery lists it.
struct DiscoveredRunner {
    QString url;
    QString app;
    QString version;
    QString metadata;
    QString mode; ///< as written; empty on the synthetic `scope` entry
    std::optional<Gpu> gpu;
    qint64 capacity = 0;
    qint64 used = 0;
    qint64 available = 0;
    std::optional<OfferedPrice> price;
    bool operator==(const DiscoveredRunner &) const = default;
    [[nodiscard]] Json toJson() const;
};

/// One entry of `GET /discovery`, or of a signer's `/discover-orchestrators`, which has more than one.
struct DiscoveredNode {
    QString address;
    QStringList capabilities; ///< a signer's answer only
    QList<DiscoveredRunner> runners;
    bool operator==(const DiscoveredNode &) const = default;
    [[nodiscard]] Json toJson() const;
};
/// Discovery when the answer is no array. Items that do not fit, and runners without url or app, are left out.
[[nodiscard]] Expected<QList<DiscoveredNode>> parseDiscovery(QByteArrayView body, qsizetype maxBytes = MaxDiscoveryBytes);

/// The answer to `POST …/session`.
struct SessionAnswer {
    QString sessionId;
    QString appUrl;
    QString controlUrl;
    bool operator==(const SessionAnswer &) const = default;
    [[nodiscard]] Json toJson() const;
    /// Protocol unless all three are there.
    [[nodiscard]] static Expected<SessionAnswer> parse(QByteArrayView body);
};

/// The body of a 402 that asks for a payment (live-runner.md 10.1).
struct Challenge {
    QByteArray paymentParams; ///< base64 of OrchestratorInfo, as it was written
    QString orchestrator;
    QString manifestId;
    QString paymentUrl; ///< empty with go-livepeer 0.9.0
    bool operator==(const Challenge &) const = default;
    [[nodiscard]] Json toJson() const;
    /// Protocol for a body that is none: with the sentence that an error body holds, where it is one.
    [[nodiscard]] static Expected<Challenge> parse(QByteArrayView body);
};

/// The body of `/refresh-payment`.
struct RefreshRequest {
    QString sender;
    QString manifestId;
    bool operator==(const RefreshRequest &) const = default;
    [[nodiscard]] Json toJson() const;
    [[nodiscard]] static Expected<RefreshRequest> parse(QByteArrayView body);
};

/// The body of `POST …/channels`.
struct ChannelsRequest {
    struct Wanted {
        QString name;
        QString mimeType;
        bool operator==(const Wanted &) const = default;
    };
    QList<Wanted> channels;
    [[nodiscard]] Json toJson() const;
    /// InvalidInput with the words to answer with; names are judged one by one, by channelPart().
    [[nodiscard]] static Expected<ChannelsRequest> parse(QByteArrayView body);
};
/// A channel's name as it stands in its address: slashes become hyphens. InvalidInput with the words to answer with.
[[nodiscard]] Expected<QString> channelPart(const QString &name);
/// The body of `DELETE …/channels`: 1 to 25 names.
[[nodiscard]] Expected<QStringList> parseDeletedChannels(QByteArrayView body);
/// The answer to `POST …/channels`. Protocol for what is none.
[[nodiscard]] Expected<QList<ChannelAnswer>> parseChannelsAnswer(QByteArrayView body);
[[nodiscard]] Json channelsToJson(const QList<ChannelAnswer> &channels);

/// The `target_url` of `POST …/proxy`; empty where the body is empty or names none.
[[nodiscard]] Expected<QString> parseProxyRequest(QByteArrayView body);
struct ProxyAnswer {
    QString proxyId;
    QString url;
    bool operator==(const ProxyAnswer &) const = default;
    [[nodiscard]] Json toJson() const;
    [[nodiscard]] static Expected<ProxyAnswer> parse(QByteArrayView body);
};

/// One entry of `runners.json`.
struct StaticRunner {
    QString label;
    bool routedByLabel = false;
    RunnerDescription runner;
    QString healthUrl;
    int healthyStatus = 200;
    bool operator==(const StaticRunner &) const = default;
    /// Where its health is asked for: its own absolute address, or the whole runner address with it behind.
    [[nodiscard]] QString healthAddress() const;
};
/// All entries or none: InvalidInput "runners[i]: reason" (live-runner.md 5).
[[nodiscard]] Expected<QList<StaticRunner>> parseRunnersFile(QByteArrayView text, bool onChain);

} // namespace sluice::liverunner
