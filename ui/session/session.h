#pragma once

#include "sluice/backend/call.h"
#include "sluice/backend/capability_info.h"
#include "sluice/gateway/assistants.h"
#include "sluice/gateway/gateway.h"
#include "sluice/gateway/local_servers.h"
#include "sluice/gateway/profile.h"
#include "sluice/backend/run_result.h"
#include "sluice/session/balance_book.h"

#include <QtCore/QObject>

#include <functional>
#include <memory>

namespace sluice {
class History;
struct PastRun;
class UserData;
struct RunRecord;
}

namespace sluice::ui {

class RunController;

/// The one place where core meets the window: profile, connection, capabilities, calls, errors.
///
/// Owns the Gateway of the current profile and, for the sandbox, its child process. GUI thread only; never blocks.
/// Panels receive it by reference and watch its signals.
class Session : public QObject {
    Q_OBJECT
public:
    enum class State { Starting, Ready, Degraded, Failed };
    Q_ENUM(State)

    explicit Session(std::shared_ptr<UserData> data, QObject *parent = nullptr);
    ~Session() override;

    /// Connects to the current profile; for the sandbox starts the child process.
    void start();
    void switchProfile(const QString &name);

    [[nodiscard]] State state() const;
    [[nodiscard]] Profile profile() const;
    [[nodiscard]] QList<Profile> profiles() const;
    [[nodiscard]] QList<CapabilityInfo> capabilities() const;
    /// Saves, stores the secrets that are not empty in the keychain, and switches to it; where the keychain refuses, secretNotKept()
    /// says so. What was named by hand stays as it is stored.
    void saveProfile(const Profile &profile, const Profile::Secrets &secrets = {});
    /// Removes it with its secrets; the sandbox profile stays.
    void removeProfile(const QString &name);
    /// False when secrets live for this run only; unknown before the keychain was asked.
    [[nodiscard]] std::optional<bool> secretsPersist() const;

    /// Of the capability, or nothing when the network no longer lists it.
    [[nodiscard]] std::optional<CapabilityInfo> capability(const CapabilityId &id) const;
    /// The first of that name, whichever backend offers it.
    [[nodiscard]] std::optional<CapabilityInfo> capability(const QString &name) const;
    /// The capability that a call goes to, as lists and purses have it: a model that does not tell capabilities apart is no part of it.
    [[nodiscard]] CapabilityId idOf(const Call &call) const;
    /// As people tell it from others: with its backend where another one offers the same name.
    [[nodiscard]] QString displayName(const CapabilityInfo &capability) const;
    /// Whether the network has a list of its own; where it has none, any name may be called.
    [[nodiscard]] bool listsCapabilities() const;
    void refreshCapabilities();
    /// Keeps capabilities that the person named in the current profile, each in place of its namesake or of `replaced`, and lists anew.
    void nameCapabilities(const QList<NamedCapability> &capabilities, const QString &replaced = {});
    /// Takes one that the person named out of the current profile.
    void forgetCapability(const QString &name);
    /// The templates that the profile in use has for its LLM worker, its network's own ones among them.
    [[nodiscard]] QList<assistants::Named> assistants() const;
    /// Those that stand in the profile itself, which alone can be removed.
    [[nodiscard]] bool keepsAssistant(const QString &name) const;
    /// Changes them in the current profile; each is a capability from then on, and calls under way go on. `done` when they are kept, before they are listed, or with what
    /// stood in the way.
    void changeAssistants(const QList<assistants::Change> &changes, QObject *context, std::function<void(const std::optional<Error> &)> done);
    /// Which of several servers the profile's calls go to.
    [[nodiscard]] SelectionRules selection() const;
    /// Changes that, for calls from now on and for the profile; `change` may throw what a person should hear of. `failed` when it could not be kept.
    void changeSelection(const std::function<SelectionRules(const SelectionRules &)> &change, QObject *context, std::function<void(const Error &)> failed);
    /// A secret of a stored profile, by its pointer.
    [[nodiscard]] QFuture<Secret> readSecret(const QString &profile, const QString &pointer) const;

    /// The schema of a capability's input from an address; cancelling the future closes the connection.
    [[nodiscard]] QFuture<Json> fetchSchema(const QUrl &address, const QString &path);
    /// Servers of language models on this machine, asked now. Only after a person wants to know.
    [[nodiscard]] QFuture<local_servers::Found> findLocalServers();
    /// Asks the orchestrators what is left in every purse.
    void refreshBalances();
    /// What was said last is left for the capability, and when; nothing when nobody said anything yet.
    [[nodiscard]] std::optional<BalanceBook::Word> balance(const CapabilityId &capability) const;
    /// The capability whose purse is in view: it is asked for when the last word is older than the interval, and again and
    /// again while any purse has something in it, because orchestrators forget purses that nobody uses.
    void watchBalance(const std::optional<CapabilityId> &capability);
    /// One minute unless set.
    void setBalanceInterval(std::chrono::milliseconds interval);
    /// Asks what became of tickets whose outcome is unknown.
    void refreshTicketOutcomes();

    /// Every run of this user.
    [[nodiscard]] History &history() const;
    [[nodiscard]] UserData &userData() const;
    [[nodiscard]] std::shared_ptr<UserData> sharedUserData() const;
    [[nodiscard]] QString senderAddress() const;
    /// Which secrets the connection has, the key that pays among them: code that is shown tells what it needs, and is proven to hold
    /// none of them.
    [[nodiscard]] const GatewayConfig &inUse() const;
    /// The remote signer of the sandbox that this profile is; empty elsewhere, and in a sandbox without one.
    [[nodiscard]] QString sandboxSigner() const;
    /// Only for calls that RunController does not cover; may be null while starting.
    [[nodiscard]] Gateway *gateway() const;

    /// A run of the history with its answer, tickets and timeline.
    QFuture<PastRun> loadPast(const RunRecord &record);
    /// Reads again what became of the run's tickets; it announces what changed.
    void refreshPayment(RunController *run);
    /// Session and day, with their limits; nothing without a key.
    [[nodiscard]] std::optional<Gateway::Spending> spending() const;
    /// True after a connection failed because an orchestrator's key changed.
    [[nodiscard]] bool hasPendingKey() const;
    /// Trusts that new key and connects again. Only after a person agreed.
    void acceptPendingKey();

    /// From now on calls of this capability may cost that much, in wei per second as a fraction: a person agreed. Until the network changes.
    void acceptPrice(const CapabilityId &capability, const QString &perSecond);
    /// Executes `call`; the controller lives as long as the session or until deleted. Null while not connected.
    RunController *execute(const Call &call);
    /// The run that is shown: the last one started, or the one picked in history.
    [[nodiscard]] RunController *currentRun() const;

Q_SIGNALS:
    void stateChanged(sluice::ui::Session::State state);
    /// What went wrong with the connection, for the status bar and the picker.
    void connectionFailed(const sluice::Error &error);
    /// A profile was saved, but the keychain refused a secret of it; it is not switched to.
    void secretNotKept(const sluice::Profile &profile, const sluice::Error &error);
    void profileChanged(const sluice::Profile &profile);
    void profilesChanged();
    void capabilitiesChanged();
    /// Calls go to others from now on.
    void selectionChanged();
    void capabilitiesFailed(const sluice::Error &error);
    void runStarted(sluice::ui::RunController *run);
    /// There is a newer word about what is left for the capability; balance() has it.
    void balanceChanged(const sluice::CapabilityId &capability);
    void spendingChanged();
    void ticketOutcomesChanged();
    /// Something that was mended by itself: a sentence to know, and its explanation.
    void mended(const QString &sentence, const QString &explanation);
    /// A certificate was seen for the first time and is now pinned.
    void hostPinned(const QString &hostPort, const QString &fingerprint);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace sluice::ui
