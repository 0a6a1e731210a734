#pragma once

#include "sluice/backend/backend_services.h"
#include "sluice/backend/candidates.h"
#include "sluice/backend/facets.h"
#include "sluice/livepeer/choice.h"
#include "sluice/livepeer/discovery.h"
#include "sluice/livepeer/network_access.h"
#include "sluice/livepeer/orchestrator_info.h"

#include <QtCore/QElapsedTimer>

#include <map>

namespace sluice {

class LocalSigner;
class SenderSource;
class SpendLimits;
class TicketSender;

namespace livepeer {

class SignerLogin;
class SignerPool;
class TermsClient;

/// What one address of an orchestrator's host says over gRPC (payments.md 1.2).
struct NodeTerms {
    NodeTerms() = default; // no aggregate: see DESIGN.md 3
    QUrl address;
    OrchestratorInfo info;
    std::chrono::milliseconds latency{0};
};

/// What all backends on one set of Livepeer's orchestrators share: who they are, their terms, and the key that pays them.
///
/// Lives on its Gateway's thread; its owner awaits its tasks.
class OrchestratorNetwork {
public:
    /// The one for these settings among the backends of one Gateway. A fault in the settings is told by check().
    [[nodiscard]] static std::shared_ptr<OrchestratorNetwork> of(BackendServices &services, const OrchestratorSettings &settings);
    OrchestratorNetwork(BackendServices &services, OrchestratorSettings settings);
    ~OrchestratorNetwork();
    OrchestratorNetwork(const OrchestratorNetwork &) = delete;
    OrchestratorNetwork &operator=(const OrchestratorNetwork &) = delete;

    /// Throws the fault of the settings, if they have one.
    void check() const;
    [[nodiscard]] const NetworkAccess &access() const { return m_access; }
    [[nodiscard]] BackendServices &services() const { return m_services; }
    [[nodiscard]] TermsClient &terms() const { return *m_terms; }
    /// Who pays: the own key, a remote signer, or nobody.
    [[nodiscard]] SenderSource &senders() const { return *m_senders; }
    [[nodiscard]] SpendLimits *limits() const { return m_limits.get(); }
    /// The purse whose limits hold: of the own key its EIP-55 address, of remote signers the first one's address; empty where nobody pays.
    [[nodiscard]] QString purseName() const;
    /// The accounts that may have paid, EIP-55, as far as they are known.
    [[nodiscard]] QStringList accounts() const;
    [[nodiscard]] std::optional<Spending> spending() const;

    /// Who may offer `name` (any, when empty), as discovery calls it ("byoc/<name>"), in order of preference. Errors: Discovery, Config.
    QCoro::Task<QList<QUrl>> orchestratorsFor(QString name, CallContext context);
    /// Those of them that a call goes to, one after the other: as the person wants it (BackendServices::selection()), those that a discovery
    /// service names the best first. Errors: as above; NoOrchestrator where the pinned one is not among them, or all are excluded.
    QCoro::Task<ChoicePtr> chooseFor(QString name, std::shared_ptr<CandidateProbe> probe, CallContext context);
    /// The same among servers that are known. `name`: what they offer, as discovery calls it. Throws as above.
    [[nodiscard]] ChoicePtr choose(const QList<QUrl> &servers, const QString &name, std::shared_ptr<CandidateProbe> probe) const;
    /// Servers in the order in which a call asks them, by what is known now; those that it does not ask follow.
    [[nodiscard]] QList<QUrl> arranged(const QList<QUrl> &servers, const QString &name) const;
    /// What is known of all of them, asked anew: who is asked in which order, and why others are not. Never pays.
    QCoro::Task<CandidateReport> report(QList<QUrl> servers, QString name, std::shared_ptr<CandidateProbe> probe, CallContext context);
    [[nodiscard]] CandidateBook &book() const { return *m_book; }

    /// What the discovery service said that this orchestrator offers, in its words; nothing where it was not asked.
    [[nodiscard]] QStringList discoveredNames(const QUrl &origin) const;
    /// What an orchestrator says itself of who offers what: /discover-orchestrators.
    QCoro::Task<QList<DiscoveredOrchestrator>> toldBy(QUrl orchestrator, CallContext context);
    /// The addresses of an orchestrator's own host that offer `name`, or else that offer anything of the pipeline whose names begin with
    /// `prefix`, so that it is they who refuse. Empty where it does not tell.
    QCoro::Task<QList<QUrl>> addressesOf(QUrl orchestrator, QString prefix, QString name, CallContext context);
    /// The terms of an orchestrator for everything that it offers. `listsNames`: it told its capabilities, so it tells the address of its
    /// gRPC, too. Empty without an answer. Never pays.
    QCoro::Task<QList<NodeTerms>> termsOf(QUrl orchestrator, bool listsNames, CallContext context);
    /// The same, as it was answered a moment ago to another backend, if it was.
    QCoro::Task<QList<NodeTerms>> recentTermsOf(QUrl orchestrator, CallContext context);

private:
    struct Discovered {
        QList<DiscoveredOrchestrator> orchestrators;
        QElapsedTimer age;
    };
    struct Terms {
        QList<NodeTerms> nodes;
        QElapsedTimer age;
    };

    void readSettings();
    void openPurse(const QString &purse);
    QCoro::Task<QList<DiscoveredOrchestrator>> ask(QUrl url, CallContext context);
    QCoro::Task<QList<DiscoveredOrchestrator>> askAs(QUrl url, Secret authorization, CallContext context);
    [[nodiscard]] bool bestIsFirst() const;

    BackendServices &m_services;
    OrchestratorSettings m_settings;
    std::optional<Error> m_fault;
    NetworkAccess m_access;
    std::unique_ptr<LocalSigner> m_signer;
    std::unique_ptr<SpendLimits> m_limits;
    std::unique_ptr<TicketSender> m_sender; ///< with the own key
    std::shared_ptr<SignerLogin> m_login; ///< null: nobody signed in
    std::unique_ptr<SignerPool> m_signers;
    std::unique_ptr<SenderSource> m_own; ///< of m_sender, or of nobody
    SenderSource *m_senders = nullptr;
    std::unique_ptr<TermsClient> m_terms;
    std::shared_ptr<CandidateBook> m_book;
    std::map<QUrl, Discovered> m_discovered;
    std::map<QUrl, Terms> m_recentTerms;
};

/// The key of a network of orchestrators, as far as every backend there has it.
class NetworkPurse : public Purse {
public:
    explicit NetworkPurse(std::shared_ptr<OrchestratorNetwork> network);
    [[nodiscard]] QString address() const override;
    [[nodiscard]] std::optional<Spending> spending() const override;
    [[nodiscard]] Subscription onSpendingChanged(std::function<void()> changed) override;
    QCoro::Task<QList<Balance>> balances(QList<CapabilityInfo> capabilities, CallContext context) override;
    QCoro::Task<int> refreshOutcomes(CallContext context) override;

protected:
    [[nodiscard]] OrchestratorNetwork &network() const { return *m_network; }

private:
    std::shared_ptr<OrchestratorNetwork> m_network;
};

} // namespace livepeer
} // namespace sluice
