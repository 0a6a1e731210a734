#pragma once

#include "sluice/base/clock.h"

#include <QtCore/QList>
#include <QtCore/QString>

#include <memory>
#include <mutex>
#include <optional>

namespace sluice {

/// One step of a call, for the timeline. Times are microseconds since the trace began.
struct TraceSpan {
    QString name;                    ///< stable word: "token", "sign", "connect", "tls", "send", "wait", "receive", …
    QString detail;                  ///< e.g. the orchestrator's host; never a secret
    std::chrono::microseconds start{0};
    std::optional<std::chrono::microseconds> end; ///< unset while the step runs
    bool failed = false;
};

/// Collects the steps of one call. Shared by everything that works on the call; thread-safe.
class Trace {
public:
    explicit Trace(const Clock &clock = Clock::system());

    /// Ends its step when destroyed; fail() marks the step as failed.
    class Step {
    public:
        Step() = default;
        Step(Step &&other) noexcept;
        Step &operator=(Step &&other) noexcept;
        ~Step() { end(); }
        void end();
        void fail();
        void setDetail(const QString &detail);

    private:
        friend class Trace;
        Step(Trace *trace, qsizetype index)
            : m_trace(trace)
            , m_index(index)
        {
        }
        Trace *m_trace = nullptr;
        qsizetype m_index = -1;
    };

    /// Begins a step; the trace must outlive it.
    [[nodiscard]] Step begin(const QString &name, const QString &detail = {});
    /// Records a moment: a step without length.
    void mark(const QString &name, const QString &detail = {});
    [[nodiscard]] QList<TraceSpan> spans() const;
    [[nodiscard]] std::chrono::microseconds elapsed() const;

private:
    const Clock &m_clock;
    std::chrono::microseconds m_origin;
    mutable std::mutex m_mutex;
    QList<TraceSpan> m_spans;
};

} // namespace sluice
