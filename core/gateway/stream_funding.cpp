#include "stream_funding_p.h"

#include "call_execution_p.h"
#include "live_support_p.h"

#include "sluice/base/log.h"
#include "sluice/gateway/user_data.h"

#include <QCoro/QCoroFuture>

namespace sluice {

namespace {

byoc::StreamClient::Options optionsOf(const GatewayCore &core)
{
    byoc::StreamClient::Options options;
    options.paymentInterval = core.config().livePaymentInterval;
    return options;
}

} // namespace

std::unique_ptr<StreamFunding> StreamFunding::of(
    std::shared_ptr<GatewayCore> core, const Call &call, const byoc::JobAnswer &answer, std::shared_ptr<CallRecorder> recorder)
{
    // A start pays for as long as the stream may last, up to two minutes.
    const bool covered = call.timeout.count() <= byoc::StreamClient::TargetSeconds;
    if (covered || answer.throughGateway || !answer.price || !answer.isEventStream())
        return nullptr;
    byoc::StreamJob job;
    job.capability = call.capability;
    job.timeout = call.timeout;
    job.callId = recorder->runId();
    job.streamId = recorder->runId();
    job.maxSpend = execution::spendLimitOf(call);
    job.acceptedPrice = execution::acceptedPriceOf(*core, call);
    auto funding = std::unique_ptr<StreamFunding>(new StreamFunding(std::move(core), job, std::move(recorder)));
    funding->m_client.accompany(answer);
    return funding;
}

StreamFunding::StreamFunding(std::shared_ptr<GatewayCore> core, byoc::StreamJob job, std::shared_ptr<CallRecorder> recorder)
    : m_core(std::move(core))
    , m_client(m_core->client(), job, std::move(recorder), optionsOf(*m_core))
    , m_interval(m_core->config().livePaymentInterval)
    , m_limit(job.timeout)
{
}

QCoro::Task<void> StreamFunding::run(std::function<void(QString)> onTrouble, CallContext context)
{
    const Clock &clock = m_core->data()->clock();
    const auto begun = clock.monotonic();
    std::chrono::milliseconds next = m_interval;
    bool told = false;
    for (;;) {
        const Pause pause(next, context.cancel);
        const QFuture<void> over = pause.over();
        co_await over;
        if (context.cancel.isCanceled())
            co_return;
        next = m_interval;
        const auto left = m_limit - std::chrono::floor<std::chrono::seconds>(clock.monotonic() - begun);
        try {
            const byoc::StreamFunds funds = co_await m_client.pay(context);
            next = funds.next;
            if (funds.free || funds.secondsAhead >= left.count())
                co_return;
            if (funds.refused && !std::exchange(told, true))
                onTrouble(QStringLiteral("Nothing further can be paid; the stream may end in about %1 s. %2").arg(funds.secondsAhead).arg(funds.refused->message()));
        } catch (const Error &error) {
            if (error.kind() == Error::Kind::Canceled)
                co_return;
            // The next look asks for the balance first, so nothing is paid twice.
            qCInfo(logNet, "A payment for an event stream is tried again: %s", qUtf8Printable(error.message()));
        }
    }
}

} // namespace sluice
