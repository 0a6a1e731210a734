#include "backend_p.h"

#include "sluice/livepeer/call_bounds.h"

namespace sluice::byoc {

namespace {

CapabilityInfo::LiveChannels channelsOf(const BackendCall &call)
{
    CapabilityInfo::LiveChannels channels;
    if (call.info)
        channels = call.info->live;
    else
        channels.data = true; // unknown; an unused channel costs nothing
    return channels;
}

bool flag(const Json &parameters, const char *name, bool fallback)
{
    const Json value = parameters.value(QLatin1String(name));
    return value.isBool() ? value.toBool() : fallback;
}

Json answerOf(const StreamStarted &started)
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

class ByocLiveJob final : public LiveJob {
public:
    ByocLiveJob(std::shared_ptr<Access> access, BackendCall call, std::shared_ptr<CallSink> sink)
        : m_access(std::move(access))
        , m_call(std::move(call))
        , m_sink(std::move(sink))
    {
    }

    QCoro::Task<LiveStart> start(CallContext context) override
    {
        const StreamJob job = liveJobFor(m_call, m_sink->runId());
        const livepeer::ChoicePtr orchestrators = co_await m_access->chooseFor(m_call.call.capability, context);
        const auto observer = std::make_shared<SinkObserver>(m_sink);
        m_stream = std::make_unique<StreamClient>(m_access->client, job, observer, streamOptions(*m_access));
        const StreamStarted stream = co_await m_stream->start(orchestrators, context);
        LiveStart started;
        started.streamId = stream.streamId;
        started.servedBy = stream.orchestrator;
        started.channels = {{LiveChannel::Publish, stream.channels.publish}, {LiveChannel::Subscribe, stream.channels.subscribe},
            {LiveChannel::Control, stream.channels.control}, {LiveChannel::Events, stream.channels.events}, {LiveChannel::Data, stream.channels.data}};
        started.raw = answerOf(stream);
        started.balance = stream.balance;
        started.rawSegments = channelsOf(m_call).raw;
        co_return started;
    }

    QCoro::Task<void> update(Json parameters, CallContext context) override { co_await m_stream->update(parameters, context); }

    QCoro::Task<LiveFunding> pay(CallContext context) override
    {
        const StreamFunds funds = co_await m_stream->pay(context);
        co_return livepeer::fundingFrom(funds, StreamClient::DebitSeconds);
    }

    QCoro::Task<void> stop(CallContext context) override
    {
        if (m_stream)
            co_await m_stream->stop(context);
    }

private:
    std::shared_ptr<Access> m_access;
    BackendCall m_call;
    std::shared_ptr<CallSink> m_sink;
    std::unique_ptr<StreamClient> m_stream;
};

} // namespace

StreamJob paidStreamJob(const BackendCall &call, const QString &runId)
{
    StreamJob job;
    job.capability = call.call.capability;
    job.timeout = call.call.timeout;
    job.callId = runId;
    job.maxSpend = livepeer::spendLimitOf(call.call);
    job.acceptedPrice = livepeer::acceptedPriceOf(call);
    return job;
}

StreamClient::Options streamOptions(const Access &access)
{
    StreamClient::Options options;
    options.paymentInterval = access.timing().livePaymentInterval;
    return options;
}

StreamJob liveJobFor(const BackendCall &call, const QString &runId)
{
    const CapabilityInfo::LiveChannels channels = channelsOf(call);
    const Json &parameters = call.call.parameters;
    StreamJob job = paidStreamJob(call, runId);
    job.videoIngress = flag(parameters, "enable_video_ingress", channels.videoIn);
    job.videoEgress = flag(parameters, "enable_video_egress", channels.videoOut);
    job.dataOutput = flag(parameters, "enable_data_output", channels.data);
    job.parameters = parameters;
    job.params = call.call.input;
    return job;
}

std::unique_ptr<LiveJob> makeLiveJob(std::shared_ptr<Access> access, BackendCall call, std::shared_ptr<CallSink> sink)
{
    return std::make_unique<ByocLiveJob>(std::move(access), std::move(call), std::move(sink));
}

} // namespace sluice::byoc
