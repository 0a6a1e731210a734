#include "live_transport_byoc_p.h"

#include "call_execution_p.h"
#include "catalog_p.h"
#include "live_transport_p.h"

namespace sluice {

namespace {

using Channel = LiveSession::Channel;

QCoro::Task<CapabilityInfo::LiveChannels> liveChannels(std::shared_ptr<GatewayCore> core, QString capability, CallContext context)
{
    const std::optional<CapabilityInfo> info = co_await catalog::describe(core, capability, context);
    CapabilityInfo::LiveChannels channels;
    if (info)
        channels = info->live;
    else
        channels.data = true; // nobody says; an unused channel costs nothing
    co_return channels;
}

bool flag(const Json &parameters, const char *name, bool fallback)
{
    const Json value = parameters.value(QLatin1String(name));
    return value.isBool() ? value.toBool() : fallback;
}

Json answerOf(const byoc::StreamStarted &started)
{
    Json json{{QStringLiteral("stream_id"), started.streamId}};
    const auto add = [&json](const char *name, const QUrl &url) {
        if (!url.isEmpty())
            json.insert(QLatin1String(name), url.toString(QUrl::FullyEncoded));
    };
    add("publish_url", started.channels.publish);
    add("subscribe_url", started.channels.subscribe);
    add("control_url", started.channels.control);
    add("events_url", started.channels.events);
    add("data_url", started.channels.data);
    return json;
}

class ByocLiveTransport final : public LiveTransport {
public:
    ByocLiveTransport(std::shared_ptr<GatewayCore> core, Call call, std::shared_ptr<CallRecorder> recorder)
        : m_core(std::move(core))
        , m_call(std::move(call))
        , m_recorder(std::move(recorder))
    {
    }

    QCoro::Task<Started> start(CallContext context) override
    {
        execution::checkRoute(*m_core, m_call);
        const byoc::StreamJob job = co_await streamJobFor(m_core, m_call, m_recorder->runId(), context);
        const CapabilityInfo::LiveChannels channels = co_await liveChannels(m_core, m_call.capability, context);
        const QList<QUrl> orchestrators = co_await GatewayCore::orchestratorsFor(m_core, m_call.capability, context);
        byoc::StreamClient::Options options;
        options.paymentInterval = m_core->config().livePaymentInterval;
        m_stream = std::make_unique<byoc::StreamClient>(m_core->client(), job, m_recorder, options);
        const byoc::StreamStarted stream = co_await m_stream->start(orchestrators, context);
        Started started;
        started.streamId = stream.streamId;
        started.servedBy = stream.orchestrator;
        started.channels = {{Channel::Publish, stream.channels.publish}, {Channel::Subscribe, stream.channels.subscribe},
            {Channel::Control, stream.channels.control}, {Channel::Events, stream.channels.events}, {Channel::Data, stream.channels.data}};
        started.raw = answerOf(stream);
        started.balance = stream.balance;
        started.rawSegments = channels.raw;
        co_return started;
    }

    QCoro::Task<void> update(Json parameters, CallContext context) override
    {
        co_await m_stream->update(parameters, context);
    }

    QCoro::Task<Funding> pay(CallContext context) override
    {
        const byoc::StreamFunds funds = co_await m_stream->pay(context);
        Funding funding = fundingFrom(funds, byoc::StreamClient::DebitSeconds);
        funding.disputedSeconds = funds.disputedSeconds;
        co_return funding;
    }

    QCoro::Task<void> stop(CallContext context) override
    {
        if (m_stream)
            co_await m_stream->stop(context);
    }

private:
    std::shared_ptr<GatewayCore> m_core;
    Call m_call;
    std::shared_ptr<CallRecorder> m_recorder;
    std::unique_ptr<byoc::StreamClient> m_stream;
};

} // namespace

QCoro::Task<byoc::StreamJob> streamJobFor(std::shared_ptr<GatewayCore> core, Call call, QString runId, CallContext context)
{
    const CapabilityInfo::LiveChannels channels = co_await liveChannels(core, call.capability, context);
    byoc::StreamJob job;
    job.capability = call.capability;
    job.videoIngress = flag(call.parameters, "enable_video_ingress", channels.videoIn);
    job.videoEgress = flag(call.parameters, "enable_video_egress", channels.videoOut);
    job.dataOutput = flag(call.parameters, "enable_data_output", channels.data);
    job.parameters = call.parameters;
    job.params = call.input;
    job.timeout = call.timeout;
    job.callId = runId;
    job.maxSpend = execution::spendLimitOf(call);
    job.acceptedPrice = execution::acceptedPriceOf(*core, call);
    co_return job;
}

std::unique_ptr<LiveTransport> byocLiveTransport(std::shared_ptr<GatewayCore> core, Call call, std::shared_ptr<CallRecorder> recorder)
{
    return std::make_unique<ByocLiveTransport>(std::move(core), std::move(call), std::move(recorder));
}

} // namespace sluice
