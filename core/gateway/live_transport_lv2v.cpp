#include "live_transport_lv2v_p.h"

#include "call_execution_p.h"
#include "live_transport_p.h"

#include "sluice/base/log.h"
#include "sluice/lv2v/job_client.h"
#include "sluice/net/origin_policy.h"

#include <QtCore/QElapsedTimer>

#include <algorithm>
#include <climits>

namespace sluice {

namespace live_video {

const QString Prefix = lv2v::Pipeline + QLatin1Char('/');

namespace {

/// What an orchestrator says about itself: the addresses of its own host that offer `model`, or else that offer any live video, so that
/// it is they who refuse.
QCoro::Task<QList<QUrl>> toldBy(std::shared_ptr<GatewayCore> core, QUrl orchestrator, QString model, CallContext context)
{
    QUrl url = orchestrator;
    url.setPath(QStringLiteral("/discover-orchestrators"));
    const OriginPolicy policy(orThrow(Origin::of(orchestrator)));
    QList<QUrl> addresses;
    QList<QUrl> others;
    try {
        const auto found = co_await core->client().discover(url, Headers(), TrustPolicy::PinOnFirstUse, context);
        for (const byoc::DiscoveredOrchestrator &one : found) {
            const auto isLive = [](const QString &name) { return name.startsWith(Prefix); };
            const QUrl address(one.address, QUrl::StrictMode);
            // It speaks for its own host only: whoever else it names is not who the profile trusts.
            if (!policy.check(address, OriginPolicy::Scope::SameHost, QStringLiteral("address")) || std::none_of(one.capabilities.begin(), one.capabilities.end(), isLive))
                continue;
            const QUrl origin = address.adjusted(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment);
            if (model.isEmpty() || one.capabilities.contains(Prefix + model))
                addresses.append(origin);
            else
                others.append(origin);
        }
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Canceled || error.kind() == Error::Kind::TlsChanged)
            throw;
        qCDebug(logNet, "%s lists no live video: %s", qUtf8Printable(orchestrator.authority()), qUtf8Printable(error.message()));
    }
    if (addresses.isEmpty())
        addresses = others;
    co_return addresses;
}

CapabilityInfo infoFrom(const QString &model, const lv2v::ModelOffer &offer, const std::optional<PriceInfo> &base, const QUrl &address)
{
    CapabilityInfo info;
    info.backend = QStringLiteral("lv2v");
    info.name = Prefix + model;
    info.model = model;
    info.title = info.name;
    info.description = QStringLiteral("A model of the network's live-video-to-video: takes video as it is made and gives it back changed.");
    info.version = offer.runnerVersion;
    info.verbs = {Verb::Live};
    std::optional<PriceInfo> price = offer.price;
    if (!price)
        price = base;
    if (price) {
        if (const auto second = lv2v::perSecond(*price))
            info.price = PriceQuote{second->pricePerUnit, second->pixelsPerUnit, QStringLiteral("second")};
    }
    if (offer.capacity > 0) {
        info.capacity = int(std::min<quint32>(offer.capacity, INT_MAX));
        info.availableCapacity = int(std::min<quint32>(offer.capacity - std::min(offer.inUse, offer.capacity), INT_MAX));
    }
    info.orchestrators = {address};
    info.seenAt = QDateTime::currentDateTimeUtc();
    return info;
}

} // namespace

QCoro::Task<QList<QUrl>> orchestratorsFor(std::shared_ptr<GatewayCore> core, QString model, CallContext context)
{
    const QString name = Prefix + model;
    if (const auto known = core->known(name); known && !known->orchestrators.isEmpty())
        co_return known->orchestrators;
    const QList<QUrl> candidates = co_await GatewayCore::orchestratorsFor(core, name, context);
    if (core->access().orchestrators.isEmpty())
        co_return candidates; // discovery named them for this very model
    QList<QUrl> addresses;
    for (const QUrl &candidate : candidates) {
        const QList<QUrl> told = co_await toldBy(core, candidate, model, context);
        if (told.isEmpty())
            addresses.append(candidate);
        else
            addresses += told;
    }
    co_return addresses;
}

QCoro::Task<Terms> termsOf(std::shared_ptr<GatewayCore> core, QUrl orchestrator, bool listsNames, CallContext context)
{
    QList<QUrl> addresses{orchestrator};
    if (listsNames)
        addresses = co_await toldBy(core, orchestrator, QString(), context);
    Terms all;
    for (const QUrl &address : std::as_const(addresses)) {
        QElapsedTimer timer;
        timer.start();
        try {
            const lv2v::OrchestratorInfo terms = co_await core->liveVideo().info(address, QString(), true, context);
            all.answered = true;
            for (auto it = terms.models.cbegin(); it != terms.models.cend(); ++it) {
                CapabilityInfo info = infoFrom(it.key(), it.value(), terms.price, address);
                info.latency = std::chrono::milliseconds(timer.elapsed());
                all.models.append(info);
            }
            all.byocPrices.insert(terms.byocPrices);
        } catch (const Error &error) {
            if (error.kind() == Error::Kind::Canceled)
                throw;
            qCDebug(logNet, "%s lists no live video: %s", qUtf8Printable(address.authority()), qUtf8Printable(error.message()));
        }
    }
    co_return all;
}

} // namespace live_video

namespace {

using Channel = LiveSession::Channel;

/// Writes down what a job pays, as the recorder does for BYOC.
class PaymentNotes final : public lv2v::JobObserver {
public:
    explicit PaymentNotes(std::shared_ptr<CallRecorder> recorder)
        : m_recorder(std::move(recorder))
    {
    }
    void infoReceived(const QUrl &service, const lv2v::OrchestratorInfo &) override { m_recorder->servedBy(service); }
    QCoro::Task<void> ticketsPrepared(QUrl service, QList<SentTicket> tickets) override
    {
        co_await m_recorder->ticketsPrepared(service, tickets);
    }
    QCoro::Task<void> ticketsSettled(QList<SentTicket> tickets, bool sent) override
    {
        co_await m_recorder->ticketsSettled(tickets, sent);
    }

private:
    std::shared_ptr<CallRecorder> m_recorder;
};

class Lv2vLiveTransport final : public LiveTransport {
public:
    Lv2vLiveTransport(std::shared_ptr<GatewayCore> core, Call call, std::shared_ptr<CallRecorder> recorder)
        : m_core(std::move(core))
        , m_call(std::move(call))
        , m_recorder(std::move(recorder))
    {
    }

    QCoro::Task<Started> start(CallContext context) override
    {
        m_core->check();
        if (!m_core->access().gateway.isEmpty())
            throw Error(Error::Kind::NotRouted, QStringLiteral("A gateway takes live video by WHIP and RTMP only, which Sluice does not speak."))
                .withAdvice(QStringLiteral("Use a profile that goes to an orchestrator directly."));
        lv2v::JobRequest job;
        job.model = m_call.capability.mid(live_video::Prefix.size());
        job.params = m_call.input;
        job.requestId = m_recorder->runId();
        job.callId = m_recorder->runId();
        job.maxSpend = execution::spendLimitOf(m_call);
        job.acceptedPrice = execution::acceptedPriceOf(*m_core, m_call);
        const QList<QUrl> orchestrators = co_await live_video::orchestratorsFor(m_core, job.model, context);
        lv2v::JobClient::Options options;
        options.paymentInterval = std::min(options.paymentInterval, m_core->config().livePaymentInterval);
        options.startTimeout = m_call.timeout;
        const auto notes = std::make_shared<PaymentNotes>(m_recorder);
        m_job = std::make_unique<lv2v::JobClient>(m_core->liveVideo(), job, notes, options);
        const lv2v::LiveStarted stream = co_await m_job->start(orchestrators, context);
        Started started;
        started.streamId = stream.job.manifestId;
        started.servedBy = stream.service;
        started.channels = {{Channel::Publish, stream.job.publish}, {Channel::Subscribe, stream.job.subscribe},
            {Channel::Control, stream.job.control}, {Channel::Events, stream.job.events}};
        started.raw = stream.job.toJson();
        started.balance = stream.balance;
        co_return started;
    }

    [[nodiscard]] bool updatesOnControl() const override { return true; }
    QCoro::Task<void> update(Json, CallContext) override { co_return; }

    QCoro::Task<Funding> pay(CallContext context) override
    {
        const lv2v::LiveFunds funds = co_await m_job->pay(context);
        co_return fundingFrom(funds, lv2v::JobClient::DebitSeconds);
    }

    QCoro::Task<void> stop(CallContext context) override
    {
        if (m_job)
            co_await m_job->stop(context);
    }

private:
    std::shared_ptr<GatewayCore> m_core;
    Call m_call;
    std::shared_ptr<CallRecorder> m_recorder;
    std::unique_ptr<lv2v::JobClient> m_job;
};

} // namespace

std::unique_ptr<LiveTransport> lv2vLiveTransport(std::shared_ptr<GatewayCore> core, Call call, std::shared_ptr<CallRecorder> recorder)
{
    return std::make_unique<Lv2vLiveTransport>(std::move(core), std::move(call), std::move(recorder));
}

} // namespace sluice
