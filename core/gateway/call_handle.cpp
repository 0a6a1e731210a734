#include "call_handle_p.h"

namespace sluice {

CallHandle::State::State(std::shared_ptr<GatewayCore> gatewayCore, const Call &given, const CancelToken &alive)
    : core(std::move(gatewayCore))
    , call(core->resolved(given))
    , saysNoBackend(given.backend.isEmpty())
    , scope(alive)
    , recorder(std::make_shared<CallRecorder>(core->data(), call, scope.context.trace))
{
    recorded.start();
}

CallHandle::State::~State() = default;

void CallHandle::State::settle(Outcome how)
{
    outcome = how;
    if (!recorded.future().isFinished())
        recorded.finish();
}

CallHandle::CallHandle(std::shared_ptr<State> state)
    : m_state(std::move(state))
{
}

QString CallHandle::runId() const
{
    return m_state->recorder->runId();
}

CallHandle::Outcome CallHandle::outcome() const
{
    return m_state->outcome;
}

QUrl CallHandle::servedBy() const
{
    return m_state->recorder->orchestrator();
}

Payment CallHandle::payment() const
{
    return m_state->recorder->payment();
}

QList<TraceSpan> CallHandle::trace() const
{
    return m_state->scope.context.trace->spans();
}

QStringList CallHandle::notes() const
{
    return m_state->recorder->notes();
}

void CallHandle::cancel()
{
    m_state->scope.source.cancel();
}

Subscription CallHandle::onPaymentChanged(std::function<void()> changed) const
{
    return m_state->recorder->onPaymentChanged(std::move(changed));
}

QFuture<void> CallHandle::recorded() const
{
    return m_state->recorded.future();
}

} // namespace sluice
