#pragma once

#include "sluice/base/json.h"
#include "sluice/crypto/u256.h"

#include <optional>

/// What a remote signer and its clients say to each other (payments.md 4). Plain values, no I/O, no keys; every parser is bounded.
namespace sluice::livepeer {

namespace signer_route {
inline constexpr char Address[] = "/sign-orchestrator-info";
inline constexpr char Payment[] = "/generate-live-payment";
inline constexpr char Job[] = "/sign-byoc-job";
inline constexpr char Discovery[] = "/discover-orchestrators";
} // namespace signer_route

/// Statuses that only signers answer with.
namespace signer_status {
inline constexpr int Refresh = 480;       ///< tokens or ticket parameters are used up: ask the orchestrator for new terms
inline constexpr int PriceExceeded = 481;
inline constexpr int NothingDue = 482;
inline constexpr int BudgetSpent = 483;
} // namespace signer_status

/// Where an answer 480 says which orchestrator to ask anew.
inline constexpr char OrchestratorUrlHeader[] = "Livepeer-Orchestrator-URL";

inline constexpr qsizetype MaxSignerRequestBytes = 2 * 1024 * 1024;
inline constexpr qsizetype MaxSignerAnswerBytes = 512 * 1024;
/// Of the state inside of a request or an answer.
inline constexpr qsizetype MaxStateBytes = 16 * 1024;

/// The state of a chain of payments with its signer's signature: opaque to clients.
struct SignedState {
    QByteArray state;
    QByteArray signature;
    [[nodiscard]] Json toJson() const;
    [[nodiscard]] static Expected<SignedState> fromJson(const Json &json);
    bool operator==(const SignedState &) const = default;
};

/// The dearest price that a caller takes, in wei per unit of the price that the orchestrator names.
struct PriceCeiling {
    Rational price;
    QString unit; ///< "seconds", "720p-pixel-seconds" or "fixed"
    bool operator==(const PriceCeiling &) const = default;
};

/// The body of `/generate-live-payment`.
struct SignerPaymentRequest {
    QByteArray orchestrator; ///< OrchestratorInfo, as the orchestrator wrote it
    QString type;            ///< "live", "lv2v", "fixed", "byoc" or empty
    QString manifestId;
    std::optional<SignedState> state;
    QString app;
    qint64 inPixels = 0; ///< units, where `type` is empty
    std::optional<PriceCeiling> maxPrice;
    QByteArray capabilities; ///< Capabilities protobuf
    QString capability;      ///< name of a BYOC capability, for its price

    [[nodiscard]] Json toJson() const;
    /// InvalidInput says what does not fit. Names count in any letter case, as Go reads them.
    [[nodiscard]] static Expected<SignerPaymentRequest> parse(QByteArrayView body);
    bool operator==(const SignerPaymentRequest &) const = default;
};

/// Its answer: header values, and the state for the next request.
struct SignerPayment {
    QByteArray payment;  ///< value of `Livepeer-Payment`
    QByteArray segment;  ///< value of `Livepeer-Segment`
    SignedState state;
    [[nodiscard]] Json toJson() const;
    /// The text of toJson(), without a tree on the way.
    [[nodiscard]] QByteArray toText() const;
    /// Protocol for an answer that lacks one of the three.
    [[nodiscard]] static Expected<SignerPayment> parse(QByteArrayView body);
};

/// The body of `/sign-byoc-job`; with `id` and `capability` empty it asks for the legacy form, which covers the two texts alone.
struct SignerJobRequest {
    QString id;
    QString capability;
    QString request;    ///< text of a JSON object
    QString parameters; ///< likewise
    qint64 timeoutSeconds = 0;

    [[nodiscard]] bool isLegacy() const { return id.isEmpty() && capability.isEmpty() && timeoutSeconds == 0; }
    [[nodiscard]] Json toJson() const;
    [[nodiscard]] static Expected<SignerJobRequest> parse(QByteArrayView body);
    bool operator==(const SignerJobRequest &) const = default;
};

/// An account and its signature over something: the answers of `/sign-orchestrator-info` ("address") and `/sign-byoc-job` ("sender").
struct SignedBy {
    QString account; ///< exactly as it was written
    QString signature;
    [[nodiscard]] static Expected<SignedBy> parse(QByteArrayView body, const QString &accountKey);
};

/// `{"error":{"message":…}}`, and what such a body says; a body of another shape says itself.
[[nodiscard]] QByteArray signerErrorBody(const QString &message);
[[nodiscard]] QString signerErrorText(QByteArrayView body);

} // namespace sluice::livepeer
