#pragma once

#include "sluice/gateway/call.h"
#include "sluice/gateway/capability_info.h"
#include "sluice/gateway/gateway_config.h"
#include "sluice/gateway/live_session.h"
#include "sluice/gateway/run_result.h"
#include "sluice/gateway/stream_response.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>

#include <memory>

namespace sluice {

class UserData;

/// Options of the short forms of run() and stream().
struct RunOptions {
    QString model;
    QString path;
    std::chrono::seconds timeout{60};
    CallLimits limits;
};

/// The one way to call a capability (client-sdk.md 1.2): the call you try is the call you ship.
///
/// Reusable for any number of calls at once. Belongs to its creator's thread, which must run an event loop; the
/// constructor does no I/O. Every call is recorded in the user's data before anything is sent. Configuration
/// errors surface from the first call. Destroying the Gateway cancels what is pending.
class Gateway : public QObject {
    Q_OBJECT
public:
    /// Keeps history, nonces, spending and TLS pins in memory only when `data` is null.
    explicit Gateway(GatewayConfig config, std::shared_ptr<UserData> data = nullptr, QObject *parent = nullptr);
    ~Gateway() override;

    /// Cancelling the future closes the connection and gives unspent reservations back.
    QFuture<RunResult> run(const Call &call);
    QFuture<RunResult> run(const QString &capability, const Json &input, const RunOptions &options = {});

    /// Starts at once; the caller owns the result.
    [[nodiscard]] std::unique_ptr<StreamResponse> stream(const Call &call);
    [[nodiscard]] std::unique_ptr<StreamResponse> stream(const QString &capability, const Json &input,
        const RunOptions &options = {});

    /// Opens a live job with `call.input` as its parameters; starts at once; the caller owns the result.
    [[nodiscard]] std::unique_ptr<LiveSession> live(const Call &call);

    /// What the network offers now, as far as it tells, and what the person named (GatewayConfig::capabilities). Never pays. An
    /// empty list is an answer: most nodes list nothing. Fails when nobody answers, or somebody who is no node.
    QFuture<QList<CapabilityInfo>> capabilities();
    /// Whether the network has whole lists of what it offers, as capabilities() last saw: a name that stands in none is wrong then.
    [[nodiscard]] bool listsCapabilities() const;
    /// All that is known of one capability, also of one that nobody lists. Never pays. Fails as capabilities() does.
    QFuture<CapabilityInfo> describe(const QString &capability);
    /// Replaces what the person named, for calls from now on.
    void setNamedCapabilities(const QList<NamedCapability> &capabilities);

    /// One purse: the credit of this sender for one capability at one orchestrator, in wei.
    struct Balance {
        QUrl orchestrator;
        QString capability;
        std::optional<QString> wei;      ///< as the orchestrator reports it; absent = unknown
        std::optional<PriceQuote> price;
        std::optional<int> availableCapacity;
    };
    QFuture<QList<Balance>> balances(const QStringList &capabilities);

    /// EIP-55 address that signs and pays; empty without a key.
    [[nodiscard]] QString senderAddress() const;

    /// The request that would be sent for `call`, signed and paid, for tools that make the HTTP request themselves
    /// (`sluicectl sign`). The tickets count as spent.
    struct SignedRequest {
        QUrl url;
        QList<std::pair<QByteArray, QByteArray>> headers;
        Payment payment;
        /// "sha256//BASE64" of the orchestrator's public key, as curl's --pinnedpubkey takes it; empty where the system's
        /// CAs vouch for the host.
        QString tlsPin;
        /// Of a live job: what its requests to stop, update and payment name; the same `Livepeer` header serves them all.
        QString streamId;
    };
    /// `streamId`: of a live job that runs already and is to be paid for; empty for a new one.
    QFuture<SignedRequest> sign(const Call &call, const QString &streamId = {});

    /// Asks the orchestrators for what became of tickets sent (won or not) and stores it; where they do not
    /// tell, it stays unknown. Gives the number of tickets that changed.
    QFuture<int> refreshTicketOutcomes();

    /// What this sender spent, in wei of expected value; the limits where there are any.
    struct Spending {
        QString sessionWei;
        QString todayWei; ///< over all programs of this user
        std::optional<QString> sessionLimitWei;
        std::optional<QString> dayLimitWei;
        std::optional<QString> callLimitWei;
        std::optional<QString> ticketLimitWei; ///< face value of one ticket
    };
    /// Nothing without a key. Reads two rows of the user's data.
    [[nodiscard]] std::optional<Spending> spending() const;

    /// The fingerprint of the new key that a TlsChanged error tells of: 64 hex digits; empty for another error.
    [[nodiscard]] static QString changedKey(const Error &error);
    /// Trusts exactly the key of `fingerprint`, which a person saw and agreed to; another one that came since is refused again.
    /// False when no change is waiting there or this is no fingerprint.
    bool acceptChangedKey(const QUrl &orchestrator, const QString &fingerprint);

Q_SIGNALS:
    /// A certificate was seen for the first time and is now pinned.
    void hostPinned(const QString &hostPort, const QString &fingerprint);
    void spendingChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace sluice
