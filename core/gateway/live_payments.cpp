#include "live_payments_p.h"

#include "sluice/base/async.h"

#include <QCoro/QCoroFuture>

namespace sluice {

using std::chrono::milliseconds;

namespace {
constexpr milliseconds RetryPayment{2000};
} // namespace

LivePayments::LivePayments(std::shared_ptr<CallHandle::State> handle, Observer &observer)
    : m_handle(std::move(handle))
    , m_observer(observer)
{
}

QCoro::Task<void> LivePayments::run(LiveJob &job)
{
    const CancelToken ended = m_handle->scope.context.cancel;
    while (!ended.isCanceled()) {
        milliseconds next = RetryPayment;
        // A session may run for days: of all looks at the balance only the payments go down in its trace.
        CallContext context = m_handle->scope.context;
        context.trace = std::make_shared<Trace>();
        try {
            const LiveFunding funding = co_await job.pay(context);
            next = funding.next;
            m_failing = false;
            if (const auto over = job.over()) {
                m_observer.onReleased(*over);
                co_return;
            }
            onFunding(funding);
        } catch (const Error &error) {
            if (ended.isCanceled() || error.kind() == Error::Kind::Canceled)
                co_return;
            // The next try asks for the balance first, so nothing is paid twice.
            if (!std::exchange(m_failing, true))
                m_observer.warn(QStringLiteral("A payment did not go through and is tried again: %1").arg(error.message()));
        }
        const Pause pause(next, ended);
        const QFuture<void> over = pause.over();
        co_await over;
    }
}

std::optional<qint64> LivePayments::secondsLeft() const
{
    constexpr qint64 plenty = 1'000'000'000;
    if (!m_looked.isValid() || m_secondsLeft >= plenty)
        return std::nullopt;
    return std::max<qint64>(0, m_secondsLeft - m_looked.elapsed() / 1000);
}

void LivePayments::onFunding(const LiveFunding &funding)
{
    m_secondsLeft = funding.secondsLeft;
    m_looked.start();
    if (!funding.balance.isEmpty())
        m_handle->recorder->balanceReported(funding.balance);
    if (funding.paid)
        m_handle->scope.context.trace->mark(QStringLiteral("payment"), QStringLiteral("%1 s ahead").arg(funding.secondsLeft));
    if (funding.disputedSeconds && !m_disputed)
        m_observer.warn(
            QStringLiteral("The orchestrator says that %1 s are paid for; by this program's own count %2 s are, and no more is paid ahead. It may end the job.")
                .arg(funding.secondsLeft).arg(*funding.disputedSeconds));
    m_disputed = funding.disputedSeconds.has_value();
    if (!funding.refused) {
        m_refused.reset();
        return;
    }
    if (funding.usedUp) {
        m_observer.onFundsUsedUp(*funding.refused);
        return;
    }
    if (!m_refused)
        m_observer.warn(
            QStringLiteral("Nothing further can be paid; the session ends in about %1 s. %2").arg(funding.secondsLeft).arg(funding.refused->message()));
    m_refused = funding.refused;
}

} // namespace sluice
