#pragma once

#include "sluice/backend/call.h"
#include "sluice/backend/capability_info.h"
#include "sluice/backend/balance.h"
#include "sluice/backend/candidates.h"
#include "sluice/backend/remote_jobs.h"
#include "sluice/backend/signed_request.h"
#include "sluice/gateway/gateway_config.h"
#include "sluice/gateway/job.h"
#include "sluice/gateway/live_session.h"
#include "sluice/gateway/run_call.h"
#include "sluice/backend/run_result.h"
#include "sluice/gateway/stream_response.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>

#include <memory>

namespace sluice {

class UserData;
struct AccountBook;
struct AccountCall;
struct NetworkBook;
struct SalesBook;
struct SettlementOutcome;

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

    /// Cancelling it closes the connection and gives unspent reservations back.
    RunCall run(const Call &call);
    RunCall run(const QString &capability, const Json &input, const RunOptions &options = {});

    /// Starts at once; the caller owns the result.
    [[nodiscard]] std::unique_ptr<StreamResponse> stream(const Call &call);
    [[nodiscard]] std::unique_ptr<StreamResponse> stream(const QString &capability, const Json &input,
        const RunOptions &options = {});

    /// Opens a live job with `call.input` as its parameters; starts at once; the caller owns the result.
    [[nodiscard]] std::unique_ptr<LiveSession> live(const Call &call);

    /// Starts a `run` or `stream` that goes on when this Gateway and the caller are gone. NotRouted, from wait(), for a live call: its
    /// channels need a holder.
    [[nodiscard]] Job submit(const Call &call);
    /// The jobs of this user's data that run in this program.
    [[nodiscard]] QList<Job> jobs() const;
    /// Finds one by its id: one that runs here, or what history knows of it. InvalidInput when there is none.
    [[nodiscard]] QFuture<Job> job(const QString &id);

    /// Whether this configuration reaches servers with queues of jobs, which remoteJobs() lists.
    [[nodiscard]] bool hasRemoteJobs() const;
    /// What waits and runs at those servers, as far as they tell, and what was given from here. Never pays.
    QFuture<RemoteJobList> remoteJobs();
    /// Ends a job at its server, begun or not. NotRouted where that cannot be.
    QFuture<void> cancelRemoteJob(const QString &backend, const QString &id);
    /// The call that follows a job that is there (RemoteJobs::attachment()), to be streamed.
    [[nodiscard]] Call attachment(const QString &backend, const QString &id) const;
    /// Follows it: a run of its own in the history. Closing it leaves the job alone.
    [[nodiscard]] std::unique_ptr<StreamResponse> attach(const QString &backend, const QString &id);

    /// Ids of the backends whose calls are paid from accounts at providers (core/backend/remote_accounts.h), which the next ones take. Amounts are
    /// decimal digits of the backend's smallest unit.
    [[nodiscard]] QStringList accountBackends() const;
    QFuture<AccountBook> accounts(const QString &backend);
    /// The latest calls, at most `most` of them (0: all), oldest first, each with its signature checked.
    QFuture<QList<AccountCall>> accountCalls(const QString &backend, int most);
    /// Adds to the account at this provider; opens it where there is none. Spends money: ask the person first.
    QFuture<void> depositAt(const QString &backend, const QString &provider, const QString &amount);
    /// Asks for money back, which comes when its time is over.
    QFuture<void> askRefund(const QString &backend, const QString &provider, const QString &amount);
    /// Has what is due paid now.
    QFuture<void> processRefunds(const QString &backend);
    /// Whether the profile names the chain of that backend's network, which networkBook() reads (core/backend/remote_network.h).
    [[nodiscard]] bool hasNetworkBook(const QString &backend) const;
    /// Services, prices and a wallet's money as the contracts have them. Never pays.
    QFuture<NetworkBook> networkBook(const QString &backend);
    /// Ids of the backends through which something is sold by an agent of the person's own (core/backend/sales_desk.h).
    [[nodiscard]] QStringList salesBackends() const;
    QFuture<SalesBook> sales(const QString &backend, int mostCalls);
    /// Has what customers owe paid. Moves money: ask the person first.
    QFuture<SettlementOutcome> settleSales(const QString &backend);

    /// What the network offers now, as far as it tells, and what the person named (GatewayConfig::capabilities). Never pays. An
    /// empty list is an answer: most nodes list nothing. Fails when no server answers, or one that is no node.
    QFuture<QList<CapabilityInfo>> capabilities();
    /// Whether the network has whole lists of what it offers, as capabilities() last saw: a name that stands in none is wrong then.
    [[nodiscard]] bool listsCapabilities() const;
    /// All that is known of one capability, listed or not. Never pays. Fails as capabilities() does.
    QFuture<CapabilityInfo> describe(const CapabilityId &id);
    /// The same of the backend whose names are like this one, or else of the one that alone lists it: from then on calls to that name go there.
    QFuture<CapabilityInfo> describe(const QString &capability);
    /// Whether there is no such capability, as the last listing shows: nobody knows it, and whoever could have it has told all that there is.
    [[nodiscard]] bool isAbsent(const CapabilityId &id) const;
    /// Replaces what the person named, for calls from now on.
    void setNamedCapabilities(const QList<NamedCapability> &capabilities);
    /// Other settings for a backend that goes on with its calls: false where it cannot, so that another Gateway is needed.
    [[nodiscard]] bool updateBackend(const QString &backend, const BackendSettings &settings);

    /// Who may take the calls of a capability, each asked anew for its terms; why one is asked first and others are not. Never pays. NotRouted
    /// where its backend has no choice among servers.
    QFuture<CandidateReport> candidates(const CapabilityId &id);
    /// Whether that backend chooses among servers, so that candidates() has an answer.
    [[nodiscard]] bool hasCandidates(const QString &backend) const;
    /// Which of several servers calls go to from now on; calls under way go on where they are.
    [[nodiscard]] SelectionRules selection() const;
    void setSelection(const SelectionRules &rules);

    using Balance = sluice::Balance;
    /// The credit of this sender for each of these wherever it is offered, as far as their backends have purses.
    QFuture<QList<Balance>> balances(const QList<CapabilityId> &capabilities);
    /// The same of the backends whose names are like these.
    QFuture<QList<Balance>> balances(const QStringList &capabilities);

    /// Whose purse pays: the EIP-55 address of the own key, or the address of the remote signer that has one; empty without either.
    [[nodiscard]] QString senderAddress() const;

    using SignedRequest = sluice::SignedRequest;
    /// The request that would be sent for `call`, signed and paid, for tools that make the HTTP request themselves
    /// (`sluicectl sign`). The tickets count as spent. NotRouted where the backend makes no such requests.
    /// `streamId`: of a live job that runs already and is to be paid for; empty for a new one.
    QFuture<SignedRequest> sign(const Call &call, const QString &streamId = {});

    /// Asks the orchestrators for what became of tickets sent (won or not) and stores it; where they do not
    /// tell, it stays unknown. Gives the number of tickets that changed.
    QFuture<int> refreshTicketOutcomes();

    using Spending = sluice::Spending;
    /// What this sender spent, and its limits.
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
