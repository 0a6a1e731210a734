#pragma once

#include "sluice/backend/call_sink.h"
#include "sluice/backend/event_source.h"
#include "sluice/backend/facets.h"
#include "sluice/backend/live_job.h"
#include "sluice/backend/run_result.h"

namespace sluice {

class BackendServices;
struct BackendSettings;

/// A call on its way to its backend.
struct BackendCall {
    BackendCall() = default; // no aggregate: see DESIGN.md 3
    Call call;
    /// What is known of the capability: from the last listing, from the person, or looked up just before; absent when no source describes it.
    std::optional<CapabilityInfo> info;
};

/// What a network offers by one backend.
struct BackendListing {
    BackendListing() = default;
    QList<CapabilityInfo> capabilities;
    QList<QUrl> reached;   ///< servers that answered
    bool complete = false; ///< at least one source has a whole list: what is in none is not offered
    bool mayHaveMore = false; ///< another one answers and has none, or takes shorter names: it may take what stands in no list
};

/// One way to reach capabilities: an implementation beside each protocol, made by a line in the registry (core/gateway/backends.cpp).
///
/// Lives on its Gateway's thread, together with the services that it was given. Coroutines are awaited by the Gateway, which keeps the
/// backend until they have ended. Every failure is thrown as sluice::Error. What a backend does not have, it leaves as it is here.
class Backend {
public:
    virtual ~Backend() = default;
    /// "byoc": in calls, history, profiles and code. Never changes.
    [[nodiscard]] virtual QString id() const = 0;

    /// Nothing when it would take the call, else why not and what to do. Cheap; no I/O.
    [[nodiscard]] virtual std::optional<Error> refusal(const Call &call) const = 0;

    /// A capability of this name that it has whatever anybody lists, because its protocol names them; nothing for all others. No I/O.
    [[nodiscard]] virtual std::optional<CapabilityInfo> builtIn(const QString &name) const;

    /// What the network offers now. Never pays. An empty list is an answer. `named`: what the person named of this backend. Throws when
    /// no server answers, or one answers that does not speak this backend's protocol.
    virtual QCoro::Task<BackendListing> list(QStringList named, CallContext context) = 0;
    /// `infos`, all of this backend, with what it takes a question for each to know: price, free slots, latency. Never pays.
    virtual QCoro::Task<QList<CapabilityInfo>> quoted(QList<CapabilityInfo> infos, CallContext context);
    /// As little as it takes to know the schema of one capability before a call: what was learned on the way, `name` or not. Never pays.
    virtual QCoro::Task<QList<CapabilityInfo>> lookUp(QString name, CallContext context);

    /// The whole of `run`; `runId`, `json`, `payment` and `trace` are filled in by the caller.
    virtual QCoro::Task<RunResult> run(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context);
    /// Opens a stream of events; returns when the call was accepted.
    virtual QCoro::Task<std::shared_ptr<EventSource>> stream(BackendCall call, std::shared_ptr<CallSink> sink, CallContext context);
    /// A job that was not started yet; null where there is none.
    [[nodiscard]] virtual std::unique_ptr<LiveJob> live(BackendCall call, std::shared_ptr<CallSink> sink);
    /// No more will be spent for this run.
    virtual void callEnded(const QString &runId);

    /// Other settings for the one that runs, so that calls under way go on: false when they are no case for that, and a new one is to be made
    /// of them. No I/O.
    [[nodiscard]] virtual bool takeSettings(const BackendSettings &settings);

    // Facets: null where there is none.
    [[nodiscard]] virtual Purse *purse() { return nullptr; }
    [[nodiscard]] virtual RequestSigner *signer() { return nullptr; }
    [[nodiscard]] virtual RemoteJobs *remoteJobs() { return nullptr; }

protected:
    /// NotRouted: this backend has no such verb.
    [[nodiscard]] Error noSuchVerb(const Call &call) const;
};

/// A kind of backend, before it is given settings: a line of the registry.
struct BackendKind {
    QString id;
    QString title;       ///< for people: "Livepeer BYOC"
    /// JSON Schema of its settings (BackendSettings), the form of the profile dialog. Secrets are marked `format: password`, with what
    /// they are called in a sentence (`x-noun`) and what follows where they are missing (`x-without`); addresses `x-address`.
    Json settingsSchema;
    /// What is wrong with settings beyond the schema; null: nothing is. `secretsKept`: the profile may have secrets that are not among
    /// these, from before. InvalidInput, whose field is a pointer into the settings.
    std::function<Expected<void>(const BackendSettings &settings, bool secretsKept)> check;
    /// The address of the key that pays with these settings, empty while that is not known; nothing where others pay. Null: never paid
    /// from here.
    std::function<std::optional<QString>(const BackendSettings &settings)> payer;
    /// Id of the kind whose settings this one has where a profile says nothing of it; empty: then it is not reached.
    QString sharesSettingsOf;
    std::function<std::unique_ptr<Backend>(BackendServices &services, const BackendSettings &settings)> make;
    /// Whether an unlisted capability of this name and model is this backend's; null: never by name alone.
    std::function<std::optional<CapabilityInfo>(const QString &name, const QString &model)> claims;
};

} // namespace sluice
