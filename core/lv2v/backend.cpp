#include "sluice/lv2v/backend.h"

#include "sluice/backend/candidate_source.h"
#include "sluice/livepeer/call_bounds.h"
#include "sluice/livepeer/orchestrator_network.h"
#include "sluice/lv2v/job_client.h"

#include <QtCore/QElapsedTimer>

#include <algorithm>
#include <climits>

namespace sluice::lv2v {

namespace {

const QString Id = QStringLiteral("lv2v");

CapabilityInfo unlistedModel(const QString &model)
{
    CapabilityInfo info = CapabilityInfo::unlisted({Id, LiveVideoPrefix + model, QString()});
    info.model = model;
    info.verbs = {Verb::Live};
    info.verbsFixed = true;
    return info;
}

/// "live-video-to-video" with a model, or "live-video-to-video/<model>".
std::optional<CapabilityInfo> claim(const QString &name, const QString &model)
{
    if (name == Pipeline && !model.isEmpty())
        return unlistedModel(model);
    if (name == Pipeline || name.startsWith(LiveVideoPrefix))
        return unlistedModel(name.mid(LiveVideoPrefix.size()));
    return std::nullopt;
}

CapabilityInfo infoFrom(const QString &model, const ModelOffer &offer, const NodeTerms &node)
{
    CapabilityInfo info;
    info.backend = Id;
    info.name = LiveVideoPrefix + model;
    info.model = model;
    info.title = info.name;
    info.description = QStringLiteral("A model of the network's live-video-to-video: takes video as it is made and gives it back changed.");
    info.version = offer.runnerVersion;
    info.verbs = {Verb::Live};
    info.verbsFixed = true;
    std::optional<PriceInfo> price = offer.price;
    if (!price)
        price = node.info.price;
    if (price) {
        if (const auto second = perSecond(*price))
            info.price = PriceQuote{second->pricePerUnit, second->pixelsPerUnit, QStringLiteral("second")};
    }
    if (offer.capacity > 0) {
        info.capacity = int(std::min<quint32>(offer.capacity, INT_MAX));
        info.availableCapacity = int(std::min<quint32>(offer.capacity - std::min(offer.inUse, offer.capacity), INT_MAX));
    }
    info.latency = node.latency;
    info.creditSeconds = FirstPaymentSeconds;
    info.orchestrators = {node.address};
    info.seenAt = QDateTime::currentDateTimeUtc();
    return info;
}

Error notThroughGateway()
{
    return Error(Error::Kind::NotRouted, QStringLiteral("A gateway takes live video by WHIP and RTMP only, which Sluice does not speak."))
        .withAdvice(QStringLiteral("Use a profile that goes to an orchestrator directly."));
}

/// Writes down what a job pays.
class SinkObserver final : public JobObserver {
public:
    explicit SinkObserver(std::shared_ptr<CallSink> sink)
        : m_sink(std::move(sink))
    {
    }
    void infoReceived(const QUrl &service, const OrchestratorInfo &) override { m_sink->servedBy(service); }
    QCoro::Task<void> ticketsPrepared(QUrl service, QList<SentTicket> tickets) override
    {
        co_await m_sink->tickets().ticketsPrepared(service, tickets);
    }
    QCoro::Task<void> ticketsSettled(QList<SentTicket> tickets, bool sent) override
    {
        co_await m_sink->tickets().ticketsSettled(tickets, sent);
    }

private:
    std::shared_ptr<CallSink> m_sink;
};

/// Where orchestrators are asked for live video: the ones that offer `model`, in order of preference. An orchestrator may name another
/// port of its own host for it.
QCoro::Task<QList<QUrl>> orchestratorsFor(std::shared_ptr<OrchestratorNetwork> network, BackendCall call, CallContext context)
{
    if (call.info && !call.info->orchestrators.isEmpty())
        co_return call.info->orchestrators;
    const QString name = call.call.capability;
    const QList<QUrl> candidates = co_await network->orchestratorsFor(name, context);
    if (network->access().orchestrators.isEmpty())
        co_return candidates; // discovery named them for this very model
    QList<QUrl> addresses;
    for (const QUrl &candidate : candidates) {
        const QList<QUrl> told = co_await network->addressesOf(candidate, LiveVideoPrefix, name, context);
        if (told.isEmpty())
            addresses.append(candidate);
        else
            addresses += told;
    }
    co_return addresses;
}

/// What one says of its terms for this model.
Probed saidOf(const NodeTerms &node, const QString &model)
{
    Probed said;
    said.latency = node.latency;
    const auto offer = node.info.models.constFind(model);
    if (offer == node.info.models.cend() && !node.info.models.isEmpty()) {
        said.failure = Error(Error::Kind::Rpc, QStringLiteral("%1 does not list the model %2.").arg(node.address.authority(), model));
        return said;
    }
    std::optional<PriceInfo> price = node.info.price;
    if (offer != node.info.models.cend() && offer->price)
        price = offer->price;
    if (price)
        said.price = perSecond(*price);
    if (offer != node.info.models.cend() && offer->capacity > 0) {
        said.capacity = offer->capacity;
        said.available = offer->capacity - std::min(offer->inUse, offer->capacity);
    }
    return said;
}

/// One model at several orchestrators, as the one that is asked first offers it: slots add up.
CapabilityInfo merged(const OrchestratorNetwork &network, const QList<CapabilityInfo> &same)
{
    QList<QUrl> servers;
    for (const CapabilityInfo &one : same)
        servers += one.orchestrators;
    servers = network.arranged(servers, same.first().name);
    const auto first = std::find_if(same.begin(), same.end(), [&](const CapabilityInfo &one) { return one.orchestrators.contains(servers.first()); });
    CapabilityInfo info = *first;
    for (const CapabilityInfo &one : same) {
        if (one.orchestrators == info.orchestrators || !one.capacity)
            continue;
        info.capacity = info.capacity.value_or(0) + *one.capacity;
        info.availableCapacity = info.availableCapacity.value_or(0) + one.availableCapacity.value_or(0);
    }
    info.orchestrators = servers;
    return info;
}

/// By the terms of an orchestrator, over gRPC.
class TermsProbe final : public CandidateProbe {
public:
    TermsProbe(std::shared_ptr<OrchestratorNetwork> network, QString model)
        : m_network(std::move(network))
        , m_model(std::move(model))
    {
    }
    QCoro::Task<Probed> probe(QUrl server, CallContext context) override
    {
        Probed said;
        QElapsedTimer timer;
        timer.start();
        std::optional<Error> failure;
        try {
            // The list of all models, which says how many slots each has.
            NodeTerms node;
            node.info = co_await m_network->terms().info(server, QString(), true, context);
            node.address = server;
            node.latency = std::chrono::milliseconds(timer.elapsed());
            said = saidOf(node, m_model);
        } catch (const Error &error) {
            failure = error;
        }
        if (!failure)
            co_return said;
        using Kind = Error::Kind;
        const Kind kind = failure->kind();
        if (kind == Kind::Canceled || kind == Kind::Signer || kind == Kind::Config || kind == Kind::Storage)
            throw *failure; // whoever is asked next
        said.failure = failure;
        co_return said;
    }

private:
    std::shared_ptr<OrchestratorNetwork> m_network;
    QString m_model;
};

std::shared_ptr<CandidateProbe> probeFor(const std::shared_ptr<OrchestratorNetwork> &network, const QString &capability)
{
    return std::make_shared<TermsProbe>(network, capability.mid(LiveVideoPrefix.size()));
}

class Job final : public LiveJob {
public:
    Job(std::shared_ptr<OrchestratorNetwork> network, BackendCall call, std::shared_ptr<CallSink> sink)
        : m_network(std::move(network))
        , m_call(std::move(call))
        , m_sink(std::move(sink))
    {
    }

    QCoro::Task<LiveStart> start(CallContext context) override
    {
        m_network->check();
        if (!m_network->access().gateway.isEmpty())
            throw notThroughGateway();
        JobRequest request;
        request.model = m_call.call.capability.mid(LiveVideoPrefix.size());
        request.params = m_call.call.input;
        request.requestId = m_sink->runId();
        request.callId = m_sink->runId();
        request.maxSpend = spendLimitOf(m_call.call);
        request.acceptedPrice = acceptedPriceOf(m_call);
        const QList<QUrl> orchestrators = co_await orchestratorsFor(m_network, m_call, context);
        JobClient::Options options;
        options.paymentInterval = std::min(options.paymentInterval, m_network->services().timing().livePaymentInterval);
        options.startTimeout = m_call.call.timeout;
        const auto observer = std::make_shared<SinkObserver>(m_sink);
        m_job = std::make_unique<JobClient>(m_network->terms(), request, observer, options);
        const ChoicePtr choice = m_network->choose(orchestrators, m_call.call.capability, probeFor(m_network, m_call.call.capability));
        const LiveStarted stream = co_await m_job->start(choice, context);
        LiveStart started;
        started.streamId = stream.job.manifestId;
        started.servedBy = stream.service;
        started.channels = {{LiveChannel::Publish, stream.job.publish}, {LiveChannel::Subscribe, stream.job.subscribe},
            {LiveChannel::Control, stream.job.control}, {LiveChannel::Events, stream.job.events}};
        started.raw = stream.job.toJson();
        started.balance = stream.balance;
        co_return started;
    }

    [[nodiscard]] bool updatesOnControl() const override { return true; }
    QCoro::Task<void> update(Json, CallContext) override { co_return; }

    QCoro::Task<LiveFunding> pay(CallContext context) override
    {
        const LiveFunds funds = co_await m_job->pay(context);
        co_return fundingFrom(funds, JobClient::DebitSeconds);
    }

    QCoro::Task<void> stop(CallContext context) override
    {
        if (m_job)
            co_await m_job->stop(context);
    }

private:
    std::shared_ptr<OrchestratorNetwork> m_network;
    BackendCall m_call;
    std::shared_ptr<CallSink> m_sink;
    std::unique_ptr<JobClient> m_job;
};

class LiveVideoBackend final : public Backend, public CandidateSource {
public:
    LiveVideoBackend(BackendServices &services, const BackendSettings &settings)
        : m_network(OrchestratorNetwork::of(services, OrchestratorSettings::from(settings)))
        , m_purse(m_network)
    {
    }

    [[nodiscard]] QString id() const override { return Id; }

    [[nodiscard]] std::optional<Error> refusal(const Call &call) const override
    {
        if (call.verb == Verb::Live)
            return std::nullopt;
        return Error(Error::Kind::NotRouted, QStringLiteral("%1 takes live video; there is no single request for it.").arg(call.capability))
            .withAdvice(QStringLiteral("Open it as a live session."));
    }

    QCoro::Task<BackendListing> list(QStringList, CallContext context) override
    {
        if (!m_network->access().gateway.isEmpty())
            throw notThroughGateway();
        BackendListing listing;
        QMap<QString, QList<CapabilityInfo>> offers; // of one model, by several
        const QList<QUrl> origins = co_await m_network->orchestratorsFor(QString(), context);
        for (const QUrl &origin : origins) {
            const QList<NodeTerms> nodes = co_await m_network->recentTermsOf(origin, context);
            if (!nodes.isEmpty())
                listing.reached.append(origin);
            for (const NodeTerms &node : nodes) {
                for (auto it = node.info.models.cbegin(); it != node.info.models.cend(); ++it) {
                    const CapabilityInfo info = infoFrom(it.key(), it.value(), node);
                    m_network->book().saw(info.name, node.address, saidOf(node, it.key()));
                    offers[info.name].append(info);
                }
            }
        }
        co_await m_network->book().load();
        for (const QList<CapabilityInfo> &same : std::as_const(offers))
            listing.capabilities.append(merged(*m_network, same));
        if (listing.reached.isEmpty())
            throw Error(Error::Kind::NoOrchestrator, QStringLiteral("None of %1 orchestrators names terms for live video.").arg(origins.size()))
                .withAdvice(QStringLiteral("Check the profile's orchestrators or discovery address."));
        co_return listing;
    }

    QCoro::Task<QList<CapabilityInfo>> quoted(QList<CapabilityInfo> infos, CallContext context) override
    {
        for (CapabilityInfo &info : infos) {
            if (info.listed || !info.orchestrators.isEmpty() || !m_network->access().gateway.isEmpty())
                continue;
            const QList<QUrl> origins = co_await m_network->orchestratorsFor(info.name, context);
            info.orchestrators = origins;
        }
        co_return infos;
    }

    [[nodiscard]] std::unique_ptr<LiveJob> live(BackendCall call, std::shared_ptr<CallSink> sink) override
    {
        return std::make_unique<Job>(m_network, std::move(call), std::move(sink));
    }

    QCoro::Task<CandidateReport> candidates(CapabilityInfo capability, CallContext context) override
    {
        m_network->check();
        if (!m_network->access().gateway.isEmpty())
            throw notThroughGateway();
        BackendCall call;
        call.call.backend = Id;
        call.call.capability = capability.name;
        call.info = capability;
        const QList<QUrl> servers = co_await orchestratorsFor(m_network, call, context);
        const std::shared_ptr<CandidateProbe> probe = probeFor(m_network, capability.name);
        CandidateReport report = co_await m_network->report(servers, capability.name, probe, context);
        report.capability = capability.id();
        co_return report;
    }

    void callEnded(const QString &runId) override
    {
        if (m_network->limits())
            m_network->limits()->forgetCall(runId);
    }

    [[nodiscard]] Purse *purse() override { return &m_purse; }

private:
    std::shared_ptr<OrchestratorNetwork> m_network;
    NetworkPurse m_purse;
};

} // namespace

BackendKind backendKind()
{
    BackendKind kind;
    kind.id = Id;
    kind.title = QStringLiteral("Livepeer live video");
    kind.settingsSchema = OrchestratorSettings::schema();
    kind.sharesSettingsOf = QStringLiteral("byoc");
    kind.make = [](BackendServices &services, const BackendSettings &settings) { return std::make_unique<LiveVideoBackend>(services, settings); };
    kind.claims = claim;
    return kind;
}

} // namespace sluice::lv2v
