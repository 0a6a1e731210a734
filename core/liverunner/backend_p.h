#pragma once

#include "sluice/backend/backend.h"
#include "sluice/base/task.h"
#include "sluice/livepeer/call_funding.h"
#include "sluice/livepeer/orchestrator_network.h"
#include "sluice/liverunner/client.h"

namespace sluice::liverunner {

inline const QString BackendId = QStringLiteral("liverunner");
/// What a fixed price is for, as PriceQuote says it.
inline const QString PerCall = QStringLiteral("call");

/// What the backend and what it gives out work with. Goes with the last of them.
struct Access {
    Access(BackendServices &services, const BackendSettings &settings);
    std::shared_ptr<livepeer::OrchestratorNetwork> network;
    RunnerClient client;

    /// Throws unless the network's orchestrators are reached directly.
    void check() const;
    /// Who may have this app's runners.
    QCoro::Task<QList<QUrl>> orchestratorsFor(BackendCall call, CallContext context);
};

/// Passes reports on to the call's record.
class SinkObserver final : public RunnerObserver {
public:
    explicit SinkObserver(std::shared_ptr<CallSink> sink)
        : m_sink(std::move(sink))
    {
    }
    void asked(const RunnerOffer &offer) override { m_sink->servedBy(offer.orchestrator); }
    QCoro::Task<void> ticketsPrepared(QUrl service, QList<SentTicket> tickets) override;
    QCoro::Task<void> ticketsSettled(QList<SentTicket> tickets, bool sent) override;

private:
    std::shared_ptr<CallSink> m_sink;
};

/// Keeps a metered single-shot call paid while it lasts; null where nothing further is paid. RunnerPayments::end() is said after its end.
[[nodiscard]] std::shared_ptr<livepeer::CallFunding> fundingOf(std::shared_ptr<RunnerPayments> payments, std::shared_ptr<CallSink> sink);

[[nodiscard]] PaymentBounds boundsOf(const BackendCall &call, const QString &runId);
/// The request of a single-shot call.
[[nodiscard]] AppRequest requestOf(const BackendCall &call);
[[nodiscard]] std::shared_ptr<EventSource> makeEventSource(std::shared_ptr<Access> access, const BackendCall &call, AppAnswer answer, std::shared_ptr<CallSink> sink);
[[nodiscard]] std::unique_ptr<LiveJob> makeSessionJob(std::shared_ptr<Access> access, BackendCall call, std::shared_ptr<CallSink> sink);

namespace listing {

/// Whether an app may be called that: `owner/name` by custom (live-runner.md 1). Pure.
[[nodiscard]] bool isAppName(const QString &name);
/// One capability for each app, whoever has its runners.
[[nodiscard]] QList<CapabilityInfo> capabilitiesOf(const QList<RunnerOffer> &offers);
[[nodiscard]] std::optional<PriceQuote> quoteOf(const ListedPrice &price);

} // namespace listing
} // namespace sluice::liverunner
