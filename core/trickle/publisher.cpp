#include "sluice/trickle/publisher.h"

#include "sluice/base/log.h"
#include "sluice/trickle/publisher_core_p.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>

namespace sluice::trickle {

PublisherCore::PublisherCore(IoThread &io, PublisherOptions options, Publisher::Callbacks callbacks)
    : m_io(io)
    , m_options(std::move(options))
    , m_callbacks(std::move(callbacks))
    , m_event(io.context().get_executor())
    , m_connections(io.context().get_executor(), m_options.channel, m_options.tls, m_options.connectTimeout)
{
    m_closed.start();
}

void PublisherCore::start()
{
    m_io.post([self = shared_from_this()] {
        boost::asio::co_spawn(self->m_io.context(), [self] { return self->run(); }, boost::asio::detached);
    });
}

bool PublisherCore::write(QByteArray bytes)
{
    if (bytes.isEmpty())
        return true;
    const std::scoped_lock lock(m_mutex);
    if (m_refusing || m_terminal || m_closing || m_stats.bytesQueued + bytes.size() > m_options.maxQueuedBytes) {
        // A message that does not fit now may fit later; a picture with a hole is of no use until the next segment.
        m_refusing = !resends();
        ++m_stats.chunksDropped;
        m_stats.bytesDropped += bytes.size();
        return false;
    }
    m_stats.bytesQueued += bytes.size();
    m_segmentHasBytes = true;
    m_queue.push_back({std::move(bytes)});
    wakeFromAnyThread();
    return true;
}

void PublisherCore::nextSegment()
{
    const std::scoped_lock lock(m_mutex);
    m_refusing = false;
    if (!std::exchange(m_segmentHasBytes, false) || m_terminal)
        return;
    m_queue.push_back({});
    wakeFromAnyThread();
}

QFuture<void> PublisherCore::close()
{
    const std::scoped_lock lock(m_mutex);
    m_closing = true;
    wakeFromAnyThread();
    return m_closed.future();
}

void PublisherCore::silence()
{
    const std::scoped_lock lock(m_callbackMutex);
    m_callbacks = {};
}

std::optional<Error> PublisherCore::terminalError() const
{
    const std::scoped_lock lock(m_mutex);
    return m_terminal;
}

PublisherStats PublisherCore::stats() const
{
    const std::scoped_lock lock(m_mutex);
    return m_stats;
}

// With the mutex held. One post for any number of writes until the I/O thread gets to it.
void PublisherCore::wakeFromAnyThread()
{
    if (std::exchange(m_wakePosted, true))
        return;
    m_io.post([weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self)
            return;
        {
            const std::scoped_lock lock(self->m_mutex);
            self->m_wakePosted = false;
        }
        self->m_event.notify();
    });
}

std::optional<PublisherItem> PublisherCore::front(bool *newerQueued) const
{
    const std::scoped_lock lock(m_mutex);
    if (newerQueued) {
        const auto boundary = std::find_if(m_queue.begin(), m_queue.end(), [](const auto &item) { return item.isBoundary(); });
        *newerQueued = boundary != m_queue.end() && boundary + 1 != m_queue.end();
    }
    return m_queue.empty() ? std::nullopt : std::optional(m_queue.front());
}

void PublisherCore::pop()
{
    const std::scoped_lock lock(m_mutex);
    m_stats.bytesQueued -= m_queue.front().bytes.size();
    m_queue.pop_front();
}

void PublisherCore::putBack(std::vector<PublisherItem> items)
{
    const std::scoped_lock lock(m_mutex);
    for (const auto &item : items)
        m_stats.bytesQueued += item.bytes.size();
    m_queue.insert(m_queue.begin(), items.begin(), items.end());
}

// Drops what is left of the segment that is first in the queue; more of it may come later.
void PublisherCore::discardSegment()
{
    const std::scoped_lock lock(m_mutex);
    while (!m_queue.empty() && m_discarding) {
        const PublisherItem item = std::move(m_queue.front());
        m_queue.pop_front();
        m_discarding = !item.isBoundary();
        m_stats.bytesQueued -= item.bytes.size();
        m_stats.bytesDropped += item.bytes.size();
        m_stats.chunksDropped += item.isBoundary() ? 0 : 1;
    }
}

void PublisherCore::countDropped(qsizetype bytes)
{
    const std::scoped_lock lock(m_mutex);
    ++m_stats.chunksDropped;
    m_stats.bytesDropped += bytes;
}

bool PublisherCore::isClosing() const
{
    const std::scoped_lock lock(m_mutex);
    return m_closing;
}

void PublisherCore::noteTerminal(const Error &error)
{
    bool wanted = false;
    {
        const std::scoped_lock lock(m_mutex);
        for (const auto &item : m_queue) {
            m_stats.chunksDropped += item.isBoundary() ? 0 : 1;
            m_stats.bytesDropped += item.bytes.size();
        }
        m_queue.clear();
        m_stats.bytesQueued = 0;
        m_terminal = error;
        wanted = !m_closing;
    }
    qCInfo(logTrickle) << "Publishing to" << shown(m_options.channel) << "ended:" << error.describe();
    const std::scoped_lock lock(m_callbackMutex);
    const auto callback = m_callbacks.terminal;
    if (wanted && callback)
        callback(error);
}

void PublisherCore::report(qint64 seq, qint64 bytes, const std::optional<Error> &error, bool late)
{
    Publisher::SegmentReport segment;
    segment.seq = seq;
    segment.bytes = bytes;
    segment.complete = !error;
    segment.late = late;
    segment.error = error;
    change([&](PublisherStats &stats) { ++(error ? stats.segmentsFailed : stats.segmentsCompleted); });
    const std::scoped_lock lock(m_callbackMutex);
    const auto callback = m_callbacks.segmentEnded;
    if (callback)
        callback(segment);
}

Publisher::Publisher(IoThread &io, PublisherOptions options, Callbacks callbacks)
    : m_core(std::make_shared<PublisherCore>(io, std::move(options), std::move(callbacks)))
{
    m_core->start();
}

Publisher::~Publisher()
{
    m_core->silence();
    m_core->close();
}

bool Publisher::write(QByteArray bytes)
{
    return m_core->write(std::move(bytes));
}

void Publisher::nextSegment()
{
    m_core->nextSegment();
}

QFuture<void> Publisher::close()
{
    return m_core->close();
}

bool Publisher::isTerminal() const
{
    return m_core->terminalError().has_value();
}

std::optional<Error> Publisher::terminalError() const
{
    return m_core->terminalError();
}

PublisherStats Publisher::stats() const
{
    return m_core->stats();
}

} // namespace sluice::trickle
