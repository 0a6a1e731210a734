#include "sluice/trickle/subscriber.h"

#include "sluice/trickle/subscriber_core_p.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <QtCore/QPromise>

#include <limits>

namespace sluice::trickle {

SubscriberCore::SubscriberCore(IoThread &io, SubscriberOptions options, Subscriber::Sink sink)
    : m_io(io)
    , m_options(std::move(options))
    , m_pushes(bool(sink))
    , m_sink(std::move(sink))
    , m_event(io.context().get_executor())
    , m_connections(io.context().get_executor(), m_options.channel, m_options.tls, m_options.connectTimeout)
    , m_late(io.context().get_executor())
{
}

void SubscriberCore::start()
{
    m_io.post([self = shared_from_this()] {
        boost::asio::co_spawn(self->m_io.context(), [self] { return self->run(); }, boost::asio::detached);
    });
}

// With the mutex held and something to take.
SubscriberEvent SubscriberCore::takeLocked()
{
    if (m_queue.empty())
        return *m_end;
    SubscriberEvent event = std::move(m_queue.front());
    m_queue.pop_front();
    m_stats.bytesQueued -= event.bytes.size();
    if (event.type == SubscriberEvent::Type::End)
        m_end = event;
    if (m_wasFull && m_stats.bytesQueued < m_options.maxQueuedBytes) {
        m_wasFull = false;
        m_io.post([weak = weak_from_this()] {
            if (const auto self = weak.lock())
                self->m_event.notify();
        });
    }
    return event;
}

std::optional<SubscriberEvent> SubscriberCore::wait(std::chrono::milliseconds timeout)
{
    std::unique_lock lock(m_mutex);
    const bool there = m_arrived.wait_for(lock, timeout, [this] { return !m_queue.empty() || m_end; });
    return there ? std::optional(takeLocked()) : std::nullopt;
}

void SubscriberCore::next(Subscriber::Sink then)
{
    SubscriberEvent event;
    {
        const std::scoped_lock lock(m_mutex);
        if (m_queue.empty() && !m_end) {
            m_asked = std::move(then); // in the place of an earlier one
            return;
        }
        event = takeLocked();
    }
    then(event);
}

void SubscriberCore::emitEvent(SubscriberEvent event)
{
    if (m_pushes) {
        if (event.type == SubscriberEvent::Type::End) {
            const std::scoped_lock lock(m_mutex);
            m_ended = true;
        }
        const std::scoped_lock lock(m_sinkMutex);
        const auto sink = m_sink; // it may destroy the subscriber, and so itself
        if (sink)
            sink(event);
        return;
    }
    Subscriber::Sink asked;
    SubscriberEvent answer;
    {
        const std::scoped_lock lock(m_mutex);
        m_ended = m_ended || event.type == SubscriberEvent::Type::End;
        m_stats.bytesQueued += event.bytes.size();
        m_queue.push_back(std::move(event));
        if (m_asked) {
            asked = std::exchange(m_asked, nullptr);
            answer = takeLocked();
        }
    }
    if (asked)
        asked(answer);
    else
        m_arrived.notify_one();
}

// With the mutex held. A sink takes everything.
qsizetype SubscriberCore::roomLocked() const
{
    return m_pushes ? std::numeric_limits<qsizetype>::max() : m_options.maxQueuedBytes - m_stats.bytesQueued;
}

void SubscriberCore::stop()
{
    m_io.post([self = shared_from_this()] {
        self->m_stopped = true;
        self->drop(self->m_current);
        self->drop(self->m_ahead);
        self->m_event.notify();
    });
}

void SubscriberCore::silence()
{
    const std::scoped_lock lock(m_sinkMutex);
    m_sink = nullptr;
}

bool SubscriberCore::isEnded() const
{
    const std::scoped_lock lock(m_mutex);
    return m_ended;
}

SubscriberStats SubscriberCore::stats() const
{
    const std::scoped_lock lock(m_mutex);
    return m_stats;
}

Subscriber::Subscriber(IoThread &io, SubscriberOptions options, Sink sink)
    : m_core(std::make_shared<SubscriberCore>(io, std::move(options), std::move(sink)))
{
    m_core->start();
}

Subscriber::~Subscriber()
{
    m_core->silence();
    m_core->stop();
}

std::optional<SubscriberEvent> Subscriber::wait(std::chrono::milliseconds timeout)
{
    return m_core->wait(timeout);
}

QFuture<SubscriberEvent> Subscriber::next()
{
    const auto promise = std::make_shared<QPromise<SubscriberEvent>>();
    promise->start();
    const QFuture<SubscriberEvent> future = promise->future();
    m_core->next([promise](const SubscriberEvent &event) {
        promise->addResult(event);
        promise->finish();
    });
    return future;
}

void Subscriber::next(Sink then)
{
    m_core->next(std::move(then));
}

void Subscriber::stop()
{
    m_core->stop();
}

bool Subscriber::isEnded() const
{
    return m_core->isEnded();
}

SubscriberStats Subscriber::stats() const
{
    return m_core->stats();
}

} // namespace sluice::trickle
