#pragma once

#include "sluice/backend/call_payment.h"
#include "sluice/base/error.h"
#include "sluice/base/subscription.h"
#include "sluice/base/trace.h"

#include <QtCore/QFuture>
#include <QtCore/QStringList>
#include <QtCore/QUrl>

#include <functional>
#include <memory>

namespace sluice {

/// What every call has from its first moment, whichever verb it is: the handles of run, stream and live are this and more.
///
/// A value; copies stand for the same call. Belongs to the thread of its Gateway, which it may outlive. Dropping it does nothing to the
/// call. A default one stands for no call and must not be asked.
class CallHandle {
public:
    enum class Outcome { Running, Succeeded, Failed, Canceled };

    CallHandle() = default;
    /// False for a default one.
    [[nodiscard]] bool isValid() const { return m_state != nullptr; }

    /// Of the run in history, from the first moment.
    [[nodiscard]] QString runId() const;
    [[nodiscard]] Outcome outcome() const;
    /// The server that took the call, or is being asked; empty before that.
    [[nodiscard]] QUrl servedBy() const;
    /// What was paid so far, also by a call that failed.
    [[nodiscard]] Payment payment() const;
    [[nodiscard]] QList<TraceSpan> trace() const;
    /// What a person should know of the answer; complete once it has ended.
    [[nodiscard]] QStringList notes() const;
    /// Ends the call: its connection is closed, and what was reserved and not sent is given back. Idempotent.
    void cancel();
    /// `changed` is called after every change of payment(), on the Gateway's thread, until the subscription goes.
    [[nodiscard]] Subscription onPaymentChanged(std::function<void()> changed) const;
    /// Completes when the call is written down with its end, however it ended; a program that cancels and quits waits for it.
    [[nodiscard]] QFuture<void> recorded() const;

    /// Private to the library.
    class State;
    [[nodiscard]] static CallHandle of(std::shared_ptr<State> state) { return CallHandle(std::move(state)); }

protected:
    explicit CallHandle(std::shared_ptr<State> state);
    [[nodiscard]] const std::shared_ptr<State> &state() const { return m_state; }

private:
    std::shared_ptr<State> m_state;
};

} // namespace sluice
