#include "sluice/base/trace.h"

namespace sluice {

Trace::Trace(const Clock &clock)
    : m_clock(clock)
    , m_origin(clock.monotonic())
{
}

Trace::Step::Step(Step &&other) noexcept
    : m_trace(std::exchange(other.m_trace, nullptr))
    , m_index(other.m_index)
{
}

Trace::Step &Trace::Step::operator=(Step &&other) noexcept
{
    if (this != &other) {
        end();
        m_trace = std::exchange(other.m_trace, nullptr);
        m_index = other.m_index;
    }
    return *this;
}

void Trace::Step::end()
{
    if (Trace *trace = std::exchange(m_trace, nullptr)) {
        const std::scoped_lock lock(trace->m_mutex);
        trace->m_spans[m_index].end = trace->elapsed();
    }
}

void Trace::Step::fail()
{
    if (m_trace) {
        {
            const std::scoped_lock lock(m_trace->m_mutex);
            m_trace->m_spans[m_index].failed = true;
        }
        end();
    }
}

void Trace::Step::setDetail(const QString &detail)
{
    if (m_trace) {
        const std::scoped_lock lock(m_trace->m_mutex);
        m_trace->m_spans[m_index].detail = detail;
    }
}

Trace::Step Trace::begin(const QString &name, const QString &detail)
{
    const auto now = elapsed();
    const std::scoped_lock lock(m_mutex);
    m_spans.append({name, detail, now, std::nullopt, false});
    return Step(this, m_spans.size() - 1);
}

void Trace::mark(const QString &name, const QString &detail)
{
    const auto now = elapsed();
    const std::scoped_lock lock(m_mutex);
    m_spans.append({name, detail, now, now, false});
}

QList<TraceSpan> Trace::spans() const
{
    const std::scoped_lock lock(m_mutex);
    return m_spans;
}

std::chrono::microseconds Trace::elapsed() const
{
    return m_clock.monotonic() - m_origin;
}

} // namespace sluice
