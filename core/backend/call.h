#pragma once

#include "sluice/backend/capability_id.h"
#include "sluice/base/json.h"
#include "sluice/base/secret_mask.h"

#include <QtCore/QMetaType>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <chrono>
#include <optional>

namespace sluice {

/// The three verbs of the client SDK (client-sdk.md 1.2).
enum class Verb { Run, Stream, Live };

/// "run", "stream", "live".
[[nodiscard]] QString verbName(Verb verb);
[[nodiscard]] std::optional<Verb> verbFromName(const QString &name);

/// Bounds of one call.
struct CallLimits {
    /// Decimal wei of expected ticket value this call may spend; absent = only the profile's limits hold.
    std::optional<QString> maxSpendWei;
    /// The price that the person saw and agreed to, in wei per second, "8" or "20/3": a dearer one is not paid but PriceExceeded. Absent =
    /// the price that the network listed last; where it listed none, what the purse allows for unseen prices.
    std::optional<QString> maxPricePerSecond;
    /// Bytes of answer (run) or of one event (stream) that are accepted.
    qint64 maxAnswerBytes = 64 * 1024 * 1024;
    bool operator==(const CallLimits &) const = default;
};

/// One call, complete: what the window fills in, Gateway executes, history stores and the code view prints.
///
/// A value. Only `input` and `parameters` may hold secrets, where findSecrets() found them; the JSON form leaves them out and says so.
/// That form is stable: history and request files use it.
struct Call {
    QString profile;    ///< name of the network profile; empty = the current one
    QString backend = QStringLiteral("byoc");
    QString capability; ///< registered name
    Verb verb = Verb::Run;
    QString model;      ///< optional; sent only where the backend has a place for it
    QString path;       ///< path below the worker's URL, without leading slash; empty = the capability's default
    Json input;         ///< request body, any JSON
    Json parameters = Json::object(); ///< BYOC `parameters`
    std::chrono::seconds timeout{60}; ///< whole seconds, at least 1
    CallLimits limits;
    [[nodiscard]] CapabilityId id() const { return {backend, capability, model}; }

    QStringList secretPointers; ///< JSON pointers into `input` whose values never leave this machine but in the request
    QStringList secretsByName;  ///< of those, the ones that no schema marks but whose names look like secrets
    QStringList secretParameters; ///< JSON pointers into `parameters`; always by name, since nothing describes them

    /// Completes the three lists with what `inputSchema` marks and, where it says nothing (it may be null), with what names
    /// give away.
    void findSecrets(const Json &inputSchema);
    /// Hides the secrets that the lists point to in what others say about this call.
    [[nodiscard]] SecretMask secretMask() const;
    /// `input` with every secret replaced by null, and by a mark where its text stands elsewhere: for history and request files.
    [[nodiscard]] Json shareableInput() const;
    /// With shareableInput(), so that it can be stored and shown. `masked` names what was left out: `by_schema` and `by_name`,
    /// JSON pointers into the call.
    [[nodiscard]] Json toJson() const;
    /// InvalidInput names the member that does not fit.
    [[nodiscard]] static Expected<Call> fromJson(const Json &json);
    bool operator==(const Call &) const = default;
};

} // namespace sluice

Q_DECLARE_METATYPE(sluice::Call)
