#include "stream_funding_p.h"

#include "sluice/backend/user_data.h"
#include "sluice/base/async.h"
#include "sluice/base/log.h"

#include <QCoro/QCoroFuture>

namespace sluice::byoc {

std::unique_ptr<StreamFunding> StreamFunding::of(
    std::shared_ptr<Access> access, const BackendCall &call, const JobAnswer &answer, std::shared_ptr<CallSink> sink)
{
    // A start pays for as long as the stream may last, up to MostSecondsAhead.
    const bool covered = call.call.timeout.count() <= MostSecondsAhead;
    if (covered || answer.throughGateway || !answer.price || !answer.isEventStream())
        return nullptr;
    StreamJob job = paidStreamJob(call, sink->runId());
    job.streamId = sink->runId();
    auto funding = std::unique_ptr<StreamFunding>(new StreamFunding(std::move(access), job, std::move(sink)));
    funding->m_client.accompany(answer);
    return funding;
}

StreamFunding::StreamFunding(std::shared_ptr<Access> access, StreamJob job, std::shared_ptr<CallSink> sink)
    : m_access(std::move(access))
    , m_sink(std::move(sink))
    , m_client(m_access->client, job, std::make_shared<SinkObserver>(m_sink), streamOptions(*m_access))
    , m_interval(m_access->timing().livePaymentInterval)
    , m_limit(job.timeout)
{
}

QCoro::Task<void> StreamFunding::run(CallContext context)
{
    const Clock &clock = m_access->network->services().data().clock();
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
            const StreamFunds funds = co_await m_client.pay(context);
            next = funds.next;
            if (funds.free || funds.secondsAhead >= left.count())
                co_return;
            if (funds.refused && !std::exchange(told, true))
                m_sink->note(QStringLiteral("Nothing further can be paid; the stream may end in about %1 s. %2").arg(funds.secondsAhead).arg(funds.refused->message()));
        } catch (const Error &error) {
            if (error.kind() == Error::Kind::Canceled)
                co_return;
            // The next look asks for the balance first, so nothing is paid twice.
            qCInfo(logNet, "A payment for an event stream is tried again: %s", qUtf8Printable(error.message()));
        }
    }
}

} // namespace sluice::byoc
