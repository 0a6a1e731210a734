#pragma once

#include "sluice/net/asio_http_client.h"
#include "sluice/net/asio_wait.h"
#include "sluice/trickle/connection_pool_p.h"
#include "sluice/trickle/publisher.h"
#include "sluice/trickle/wire.h"

#include <QtCore/QPromise>

#include <deque>
#include <mutex>
#include <vector>

namespace sluice::trickle {

/// One POST of a segment.
struct PublisherRequest {
    enum class State { Connecting, Open, Answered, Failed };

    PublisherRequest(qint64 sequence, bool withReset)
        : seq(sequence)
        , reset(withReset)
    {
    }
    qint64 seq;
    bool reset;
    std::shared_ptr<AsioExchange> exchange;
    State state = State::Connecting;
    bool bodyDone = false;
    bool consumed = false; ///< the server may have some of the body
    bool released = false; ///< its outcome does not matter any more
    qint64 bytes = 0;      ///< of the body, taken by the kernel
    int status = 0;
    SegmentHeaders answer;
    std::optional<Error> error;
    std::chrono::steady_clock::time_point opened;
    std::chrono::steady_clock::time_point begun; ///< when its first byte was sent
};

/// What was given to write(), or the end of a segment.
struct PublisherItem {
    QByteArray bytes; ///< empty: the end of a segment
    std::chrono::steady_clock::time_point queued = std::chrono::steady_clock::now();
    [[nodiscard]] bool isBoundary() const { return bytes.isEmpty(); }
};

/// The publisher behind Publisher, which only holds it: it lives until its last request is through.
///
/// The producer's side (write, nextSegment, close, the getters) is for any thread and guarded by the mutex; everything else
/// belongs to the I/O thread, where one coroutine, run(), decides, and one coroutine per request reports.
class PublisherCore final : public std::enable_shared_from_this<PublisherCore> {
public:
    PublisherCore(IoThread &io, PublisherOptions options, Publisher::Callbacks callbacks);

    void start();
    bool write(QByteArray bytes);
    void nextSegment();
    QFuture<void> close();
    /// No callback is running or will run once this returns.
    void silence();
    [[nodiscard]] std::optional<Error> terminalError() const;
    [[nodiscard]] PublisherStats stats() const;

private:
    using Clock = std::chrono::steady_clock;
    /// That a server has room for beside the one connected ahead.
    static constexpr std::size_t HeldSegments = 4;
    static constexpr std::chrono::milliseconds OutageDelay{100};
    using State = PublisherRequest::State;
    using RequestPtr = std::shared_ptr<PublisherRequest>;
    template <typename T> using Awaitable = boost::asio::awaitable<T>;

    // The one that decides (publisher_core.cpp).
    Awaitable<void> run();
    Awaitable<void> publish();
    Awaitable<void> resolveStart();
    Awaitable<bool> waitForSegment();
    Awaitable<void> sendSegment();
    Awaitable<void> waitForSlot();
    Awaitable<bool> ensureOpen();
    Awaitable<bool> sendChunks();
    Awaitable<bool> sendChunk(PublisherItem item);
    Awaitable<void> endSegment();
    Awaitable<void> finishInBackground(RequestPtr request);
    Awaitable<void> awaitAnswer(RequestPtr request);
    std::optional<Clock::time_point> renewIdleRequest();
    void reportReady();
    Awaitable<void> interrupted();
    Awaitable<void> failed(Error error, bool ended);
    void giveUp(const Error &error, bool ended);
    void giveUpLate();
    void abandon(const Error &error, bool ended, bool late = false);
    [[nodiscard]] bool fellBehind(const PublisherItem &item, bool newerQueued);
    void countFailure(const PublisherRequest &request, const Error &error);
    void checkResendLimit(const Error &error);
    Awaitable<bool> retryDuringOutage(Error error);
    void remember(const QByteArray &chunk);
    Awaitable<void> recover(Error error, bool ended);
    Awaitable<qsizetype> deliveredChunks(qint64 seq, Error cause);
    Awaitable<void> shutDown();

    // Requests (publisher_requests.cpp).
    RequestPtr open(qint64 seq, bool reset);
    Awaitable<void> serve(RequestPtr request);
    void drop(const RequestPtr &request);
    void reopen();
    void advance();
    void checkTerminal(const PublisherRequest &request);
    [[nodiscard]] Error failureOf(const PublisherRequest &request) const;
    /// One request without a body on a connection of its own.
    Awaitable<AsioHttpResponse> ask(const char *method, const QUrl &url, std::chrono::milliseconds timeout);
    void deleteSegment(qint64 seq);
    Awaitable<void> removeSegment(qint64 seq);
    Awaitable<bool> remove(QUrl url, QString what);
    Awaitable<void> pause(std::chrono::milliseconds time);
    Awaitable<void> wait(std::optional<Clock::time_point> until);

    // The queue, from the I/O side (publisher.cpp).
    [[nodiscard]] std::optional<PublisherItem> front(bool *newerQueued = nullptr) const;
    void pop();
    void putBack(std::vector<PublisherItem> items);
    void discardSegment();
    [[nodiscard]] bool isClosing() const;
    void wakeFromAnyThread();
    void noteTerminal(const Error &error);
    void countDropped(qsizetype bytes);
    template <typename Change> void change(Change &&what)
    {
        const std::scoped_lock lock(m_mutex);
        what(m_stats);
    }
    void report(qint64 seq, qint64 bytes, const std::optional<Error> &error, bool late = false);
    [[nodiscard]] Error terminal(const QString &message) const;
    [[nodiscard]] bool resends() const { return m_options.onFailure == PublisherOptions::OnFailure::Resend; }

    IoThread &m_io;
    const PublisherOptions m_options;

    std::recursive_mutex m_callbackMutex; ///< recursive: a callback may destroy the publisher
    Publisher::Callbacks m_callbacks;

    mutable std::mutex m_mutex;
    std::deque<PublisherItem> m_queue;
    PublisherStats m_stats;
    std::optional<Error> m_terminal;
    bool m_segmentHasBytes = false;
    bool m_refusing = false; ///< the queue was full: the rest of this segment is refused
    bool m_wakePosted = false;
    bool m_closing = false;
    QPromise<void> m_closed;

    AsyncEvent m_event;
    RequestPtr m_current;
    RequestPtr m_ahead;
    ConnectionPool m_connections;
    std::vector<QByteArray> m_sent; ///< chunks of the segment under way, kept for OnFailure::Resend
    qsizetype m_sentBytes = 0;      ///< of them; past MaxReadBack none are kept
    std::deque<Clock::time_point> m_ends; ///< of the last segments
    std::optional<Clock::time_point> m_failingSince;
    std::optional<Error> m_ending; ///< found out in the background; run() acts on it
    std::chrono::milliseconds m_backoff{0};
    std::optional<Clock::time_point> m_reopenAt;
    int m_failures = 0;
    int m_finishing = 0;
    bool m_retried = false;
    bool m_ready = false;
    bool m_askedForNewer = false;
    bool m_discarding = false;
    bool m_gone = false; ///< the channel does not exist any more
};

} // namespace sluice::trickle
