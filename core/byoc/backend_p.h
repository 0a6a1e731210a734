#pragma once

#include "sluice/backend/candidate_source.h"
#include "sluice/byoc/client.h"
#include "sluice/byoc/stored_formats.h"
#include "sluice/byoc/stream_client.h"
#include "sluice/livepeer/orchestrator_network.h"

namespace sluice::byoc {

using livepeer::OrchestratorNetwork;

inline const QString BackendId = QStringLiteral("byoc");

/// What the backend and what it gives out work with. Goes with the last of them.
struct Access {
    Access(BackendServices &services, const BackendSettings &settings);
    std::shared_ptr<OrchestratorNetwork> network;
    StoredFormats formats;
    Client client;

    /// Calls go through a gateway, which signs and pays.
    [[nodiscard]] bool throughGateway() const { return !network->access().gateway.isEmpty(); }
    [[nodiscard]] const CallTiming &timing() const { return network->services().timing(); }
    /// Who may take jobs of this capability.
    QCoro::Task<QList<QUrl>> orchestratorsFor(QString capability, CallContext context);
    /// Those of them that a call goes to, one after the other.
    QCoro::Task<livepeer::ChoicePtr> chooseFor(QString capability, CallContext context);
    /// Asks for tokens of this capability, which name price and free slots.
    [[nodiscard]] std::shared_ptr<livepeer::CandidateProbe> probeFor(const QString &capability);
};

/// A token as what counts in a choice.
[[nodiscard]] livepeer::Probed probedFrom(const JobToken &token, std::chrono::milliseconds latency);

/// Passes a submission's reports on to the call's record.
class SinkObserver final : public JobObserver {
public:
    explicit SinkObserver(std::shared_ptr<CallSink> sink)
        : m_sink(std::move(sink))
    {
    }
    void tokenReceived(const QUrl &orchestrator, const JobToken &token) override;
    QCoro::Task<void> ticketsPrepared(QUrl orchestrator, QList<SentTicket> tickets) override;
    QCoro::Task<void> ticketsSettled(QList<SentTicket> tickets, bool sent) override;

private:
    std::shared_ptr<CallSink> m_sink;
};

/// The parts of a job on an orchestrator that is paid while it runs.
[[nodiscard]] StreamJob paidStreamJob(const BackendCall &call, const QString &runId);
[[nodiscard]] StreamClient::Options streamOptions(const Access &access);
/// The job that a live call asks for: its channels as the capability's listing says, unless `call.parameters` name them; its
/// parameters are the call's input.
[[nodiscard]] StreamJob liveJobFor(const BackendCall &call, const QString &runId);
[[nodiscard]] std::unique_ptr<LiveJob> makeLiveJob(std::shared_ptr<Access> access, BackendCall call, std::shared_ptr<CallSink> sink);
[[nodiscard]] std::shared_ptr<EventSource> makeEventSource(std::shared_ptr<Access> access, BackendCall call, JobAnswer answer, std::shared_ptr<CallSink> sink);
/// A remark on an answer with a content encoding that was not asked for; empty for all others.
[[nodiscard]] QString packedNote(const JobAnswer &answer);

namespace catalog {

QCoro::Task<BackendListing> list(std::shared_ptr<Access> access, QStringList named, CallContext context);
QCoro::Task<QList<CapabilityInfo>> quoted(std::shared_ptr<Access> access, QList<CapabilityInfo> infos, CallContext context);
QCoro::Task<QList<CapabilityInfo>> lookUp(std::shared_ptr<Access> access, QString name, CallContext context);
QCoro::Task<CandidateReport> candidates(std::shared_ptr<Access> access, CapabilityInfo capability, CallContext context);
QCoro::Task<QList<Balance>> balances(std::shared_ptr<Access> access, QList<CapabilityInfo> capabilities, CallContext context);
/// The number of tickets whose outcome became known.
QCoro::Task<int> refreshOutcomes(std::shared_ptr<Access> access, CallContext context);

} // namespace catalog
} // namespace sluice::byoc
