#pragma once

#include "sluice/base/json.h"
#include "sluice/crypto/u256.h"
#include "sluice/livepeer/orchestrator_info.h"
#include "sluice/liverunner/wire.h"
#include "sluice/net/headers.h"

#include <QtCore/QUrl>

#include <chrono>
#include <optional>

/// What a caller of live runners reads and writes (live-runner.md 6 to 10): plain values, no I/O. Every parser is bounded.
namespace sluice::liverunner {

inline constexpr qsizetype MaxRunners = 2000;

/// Units that go by in a second; 1 of a fixed price.
[[nodiscard]] Wei unitsPerSecond(PriceUnit unit);
/// Seconds that a first payment covers (live-runner.md 10.3); 0 of a fixed price.
[[nodiscard]] std::chrono::seconds firstPayment(PriceUnit unit);

/// A price as it is listed. One that cannot be paid keeps its text and has no unit.
struct ListedPrice {
    ListedPrice() = default; // no aggregate: see DESIGN.md 3
    Wei perUnit = 0;
    std::optional<PriceUnit> unit;
    QString problem; ///< why it cannot be paid; empty when it can
    /// Wei per second; of a fixed price, wei per call.
    [[nodiscard]] Rational accepted() const { return unit ? Rational(perUnit * unitsPerSecond(*unit)) : Rational(0); }
    bool operator==(const ListedPrice &) const = default;
};

/// One runner as an orchestrator lists it.
struct RunnerOffer {
    RunnerOffer() = default; // no aggregate: see DESIGN.md 3
    QUrl url;          ///< ".../session", ".../app", or a proxy's
    QUrl orchestrator; ///< who was asked
    QString app;
    Mode mode = Mode::SingleShot;
    QString version;
    QString metadata;
    QString gpu;       ///< its name
    qint64 capacity = 0;
    qint64 available = 0;
    std::optional<ListedPrice> price; ///< nothing: none is listed
    [[nodiscard]] bool isPersistent() const { return mode == Mode::Persistent; }
    bool operator==(const RunnerOffer &) const = default;
};

/// Which runners are wanted: within one list any of them, of both lists each.
struct RunnerFilter {
    RunnerFilter() = default; // no aggregate: see DESIGN.md 3
    QStringList apps;
    QStringList gpus;
    [[nodiscard]] bool takes(const RunnerOffer &offer) const;
};

/// The answer of `GET /discovery`. Discovery when it is no array; entries that do not fit, and those that `filter` does not take, are left out.
[[nodiscard]] Expected<QList<RunnerOffer>> parseRunners(QByteArrayView body, const QUrl &orchestrator, const RunnerFilter &filter = {});

/// What a 402 asks, checked.
struct PaymentTerms {
    PaymentTerms() = default; // no aggregate: see DESIGN.md 3
    QByteArray bytes; ///< OrchestratorInfo, as it was written
    livepeer::OrchestratorInfo info;
    QString manifestId;
    QUrl paymentUrl;
};
/// Of the answer 402 to a request at `called`. Payment with the peer's own words when it is no challenge; Protocol when it is one that does not fit,
/// for instance because it would have payments sent to another server.
[[nodiscard]] Expected<PaymentTerms> termsFromChallenge(QByteArrayView body, const QUrl &called);
/// `payment_params` of an answer to `/refresh-payment`, for the payments of this manifest id.
[[nodiscard]] Expected<PaymentTerms> termsFromRefresh(QByteArrayView body, const QString &manifestId);

/// A reserved session.
struct ReservedSession {
    ReservedSession() = default; // no aggregate: see DESIGN.md 3
    QString id;
    QUrl appUrl;
    QUrl controlUrl;
    Json raw;
};
/// Protocol when it lacks something, or leads to a server that is not the one that was asked.
[[nodiscard]] Expected<ReservedSession> parseReserved(QByteArrayView body, const QUrl &called);

/// Where a request goes: `path`, which may have a query, behind `base` and exactly one slash. InvalidInput for characters that do not reach a
/// runner as they are (live-runner.md 7), for empty and for dot segments.
[[nodiscard]] Expected<QUrl> appUrl(const QUrl &base, const QString &path);

/// Whether an answer is the orchestrator's own word, by its exact text: nothing marks it otherwise (live-runner.md 13, 15).
[[nodiscard]] bool saysOrchestrator(int status, const Headers &headers, QByteArrayView body, QByteArrayView text);
inline constexpr char NoCapacity[] = "no capacity available for runner";
inline constexpr char NoRunnerHere[] = "runner not found";
inline constexpr char NoSessionHere[] = "runner session not found";

} // namespace sluice::liverunner
