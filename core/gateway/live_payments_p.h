#pragma once

#include "call_handle_p.h"

#include "sluice/backend/live_job.h"

#include <QtCore/QElapsedTimer>

namespace sluice {

/// The payment loop of one live job: looks at the job's balance and pays ahead, until the call's scope is cancelled. On the session's thread.
class LivePayments final {
public:
    class Observer {
    public:
        virtual void warn(const QString &sentence) = 0;
        /// What was paid for is used up, and no further payment could be made.
        virtual void onFundsUsedUp(const Error &why) = 0;
        /// The server ended the job.
        virtual void onReleased(const Error &why) = 0;

    protected:
        ~Observer() = default;
    };

    LivePayments(std::shared_ptr<CallHandle::State> handle, Observer &observer);

    /// The loop. The caller keeps this object, its observer and `job` until it has ended.
    QCoro::Task<void> run(LiveJob &job);
    /// Why the last payment that was due could not be made; nothing while payments go through.
    [[nodiscard]] const std::optional<Error> &refused() const { return m_refused; }

    /// Seconds that are paid for by now; nothing before the first look, and where nothing runs out.
    [[nodiscard]] std::optional<qint64> secondsLeft() const;

private:
    void onFunding(const LiveFunding &funding);

    const std::shared_ptr<CallHandle::State> m_handle;
    Observer &m_observer;
    std::optional<Error> m_refused;
    qint64 m_secondsLeft = 0;  ///< at the last look
    QElapsedTimer m_looked;
    bool m_failing = false;  ///< since the last payment that went through; warned of once
    bool m_disputed = false; ///< the orchestrator's balance is not what was paid; warned of once
};

} // namespace sluice
