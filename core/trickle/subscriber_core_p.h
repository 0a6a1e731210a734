#pragma once

#include "sluice/net/asio_wait.h"
#include "sluice/trickle/connection_pool_p.h"
#include "sluice/trickle/subscriber.h"

#include <condition_variable>
#include <deque>
#include <mutex>

namespace sluice::trickle {

/// One GET of a segment.
struct SubscriberRequest {
    enum class State { Connecting, Waiting, Answered, Failed };

    explicit SubscriberRequest(qint64 sequence)
        : seq(sequence)
    {
    }
    qint64 seq; ///< as asked for: may be -1 or -2
    std::shared_ptr<AsioExchange> exchange;
    State state = State::Connecting;
    bool released = false;
    bool waited = false; ///< failed, but not before the server had been there for a while
    int status = 0;
    SegmentHeaders answer;
    std::optional<Error> error;
    std::chrono::steady_clock::time_point opened = std::chrono::steady_clock::now();
};

/// The subscriber behind Subscriber. The consumer's side is for any thread; the rest belongs to the I/O thread, where one
/// coroutine, run(), reads and decides, and one coroutine per request waits for its answer.
class SubscriberCore final : public std::enable_shared_from_this<SubscriberCore> {
public:
    SubscriberCore(IoThread &io, SubscriberOptions options, Subscriber::Sink sink);

    void start();
    [[nodiscard]] std::optional<SubscriberEvent> wait(std::chrono::milliseconds timeout);
    void next(Subscriber::Sink then);
    void stop();
    /// The sink is not running and will not run once this returns.
    void silence();
    [[nodiscard]] bool isEnded() const;
    [[nodiscard]] SubscriberStats stats() const;

private:
    using Clock = std::chrono::steady_clock;
    using State = SubscriberRequest::State;
    using RequestPtr = std::shared_ptr<SubscriberRequest>;
    template <typename T> using Awaitable = boost::asio::awaitable<T>;

    // Following the channel (subscriber_core.cpp).
    Awaitable<void> run();
    Awaitable<void> follow();
    Awaitable<void> awaitHead();
    Awaitable<void> segmentFound();
    Awaitable<void> readBody(qint64 seq);
    Awaitable<void> notHeld();
    Awaitable<void> backOff(int weight);
    Awaitable<void> failed(Error error);
    void beginSegment(qint64 seq);
    Awaitable<void> giveBytes(qint64 seq, QByteArray bytes);
    void endSegment(qint64 seq, bool complete);
    void abandonResumed();
    [[nodiscard]] bool lagsForTooLong(qint64 segments);
    void jump();

    RequestPtr get(qint64 seq);
    Awaitable<void> serve(RequestPtr request);
    void drop(const RequestPtr &request);
    void restartAt(qint64 seq);
    Awaitable<void> waitEvent(std::optional<Clock::time_point> until);
    Awaitable<void> pause(std::chrono::milliseconds time);
    Awaitable<qsizetype> waitForRoom();
    void checkStopped() const;

    // Giving events away (subscriber.cpp).
    void emitEvent(SubscriberEvent event);
    [[nodiscard]] qsizetype roomLocked() const;
    SubscriberEvent takeLocked();
    template <typename Change> void change(Change &&what)
    {
        const std::scoped_lock lock(m_mutex);
        what(m_stats);
    }

    IoThread &m_io;
    const SubscriberOptions m_options;
    const bool m_pushes;

    std::recursive_mutex m_sinkMutex; ///< recursive: the sink may destroy the subscriber
    Subscriber::Sink m_sink;

    mutable std::mutex m_mutex;
    std::condition_variable m_arrived;
    std::deque<SubscriberEvent> m_queue;
    Subscriber::Sink m_asked;
    std::optional<SubscriberEvent> m_end;
    SubscriberStats m_stats;
    bool m_ended = false;
    bool m_wasFull = false;

    AsyncEvent m_event;
    RequestPtr m_current;
    RequestPtr m_ahead;
    ConnectionPool m_connections;
    std::optional<Clock::time_point> m_failingSince;
    std::chrono::milliseconds m_backoff{0};
    std::optional<Clock::time_point> m_aheadSince;
    std::optional<Clock::time_point> m_lagsSince;
    Alarm m_late;             ///< runs once the next segment has begun
    bool m_isLate = false;
    qint64 m_last = -1;       ///< the last segment that was met
    qint64 m_highest = -1;    ///< the highest that was read to its end
    qint64 m_resumed = -1;    ///< the segment that was cut, while it is asked for again
    qint64 m_given = 0;       ///< bytes of it that were given already
    qint64 m_repeated = -1;   ///< the number of the last 470
    int m_odd = 0;            ///< weight of the answers that give nothing: empty, without a number, not held, back to an old number
    bool m_everFound = false; ///< the channel existed
    bool m_stopped = false;
};

} // namespace sluice::trickle
