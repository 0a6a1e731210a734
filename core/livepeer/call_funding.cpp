#include "sluice/livepeer/call_funding.h"

#include "sluice/base/async.h"
#include "sluice/base/log.h"
#include "sluice/base/task.h"

#include <QCoro/QCoroFuture>

namespace sluice::livepeer {

CallFunding::CallFunding(Pay pay, std::shared_ptr<CallSink> sink, Options options)
{
    CallContext context;
    context.cancel = m_over.token();
    m_running = toFuture(run(std::move(pay), std::move(sink), std::move(options), context));
}

CallFunding::~CallFunding()
{
    m_over.cancel();
}

QCoro::Task<void> CallFunding::end()
{
    m_over.cancel();
    const QFuture<void> running = m_running;
    co_await running;
}

QCoro::Task<void> CallFunding::run(Pay pay, std::shared_ptr<CallSink> sink, Options options, CallContext context)
{
    bool told = false;
    std::chrono::milliseconds next = options.first;
    for (;;) {
        const Pause pause(next, context.cancel);
        const QFuture<void> over = pause.over();
        co_await over;
        if (context.cancel.isCanceled())
            co_return;
        try {
            const Funds funds = co_await pay(context);
            next = funds.next;
            if (funds.free || (options.enough && options.enough(funds)))
                co_return;
            if (funds.refused && !context.cancel.isCanceled() && !std::exchange(told, true))
                sink->note(QStringLiteral("Nothing further can be paid; the %1 may end in about %2 s. %3").arg(options.what).arg(funds.secondsAhead).arg(funds.refused->message()));
        } catch (const Error &error) {
            if (error.kind() == Error::Kind::Canceled)
                co_return;
            // Neither backend pays twice then: one asks for the balance first, the other sends the same payment.
            qCInfo(logNet, "A payment for a call is tried again: %s", qUtf8Printable(error.message()));
            next = options.retry;
        }
    }
}

} // namespace sluice::livepeer
