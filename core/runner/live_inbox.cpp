#include "sluice/runner/live_inbox_p.h"

namespace sluice {

void LiveInbox::stop(const QString &reason)
{
    end(reason, true);
}

void LiveInbox::fail(const QString &reason)
{
    end(reason, false);
}

void LiveInbox::end(const QString &reason, bool asked)
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopped = true;
        m_asked = m_asked || asked;
        if (m_reason.isEmpty())
            m_reason = reason;
    }
    m_changed.notify_all();
}

void LiveInbox::putParameters(const Json &parameters)
{
    {
        const std::lock_guard lock(m_mutex);
        m_parameters.push_back(parameters);
    }
    m_changed.notify_all();
}

void LiveInbox::putFrame(media::Frame frame)
{
    media::Frame victim; // freed outside the lock
    {
        const std::lock_guard lock(m_mutex);
        if (m_frames.size() >= m_maxFrames) {
            victim = std::move(m_frames.front());
            m_frames.pop_front();
            ++m_dropped;
        }
        m_frames.push_back(std::move(frame));
    }
    m_changed.notify_all();
}

void LiveInbox::putRaw(trickle::SubscriberEvent event)
{
    {
        const std::lock_guard lock(m_mutex);
        m_raw.push_back(std::move(event));
    }
    m_changed.notify_all();
}

void LiveInbox::endInput(const QString &reason)
{
    {
        const std::lock_guard lock(m_mutex);
        m_inputEnded = true;
        if (m_reason.isEmpty())
            m_reason = reason;
    }
    m_changed.notify_all();
}

void LiveInbox::keepAllFrames()
{
    const std::lock_guard lock(m_mutex);
    m_maxFrames = MaxLastFrames;
}

LiveInbox::Item LiveInbox::take(std::chrono::steady_clock::time_point until)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_until(lock, until,
        [this] { return m_stopped || m_inputEnded || !m_parameters.empty() || !m_frames.empty() || !m_raw.empty(); });
    Item item;
    if (m_stopped) {
        item.type = Item::Type::Stop;
    } else if (!m_parameters.empty()) {
        item.type = Item::Type::Parameters;
        item.parameters = std::move(m_parameters.front());
        m_parameters.pop_front();
    } else if (!m_frames.empty()) {
        item.type = Item::Type::Frame;
        item.frame = std::move(m_frames.front());
        m_frames.pop_front();
    } else if (!m_raw.empty()) {
        item.type = Item::Type::Raw;
        item.raw = std::move(m_raw.front());
        m_raw.pop_front();
    } else if (m_inputEnded) {
        item.type = Item::Type::InputEnded;
    }
    return item;
}

bool LiveInbox::isStopped() const
{
    const std::lock_guard lock(m_mutex);
    return m_stopped;
}

void LiveInbox::waitForStop(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, time, [this] { return m_asked; });
}

QString LiveInbox::reason() const
{
    const std::lock_guard lock(m_mutex);
    return m_reason;
}

quint64 LiveInbox::droppedFrames() const
{
    const std::lock_guard lock(m_mutex);
    return m_dropped;
}

} // namespace sluice
