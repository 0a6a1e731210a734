#pragma once

#include "sluice/base/error.h"
#include "sluice/net/asio_tls.h"
#include "sluice/net/headers.h"
#include "sluice/net/io_thread.h"
#include "sluice/trickle/wire.h"

#include <QtCore/QByteArray>
#include <QtCore/QFuture>
#include <QtCore/QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace sluice::trickle {

class SubscriberCore;

struct SubscriberOptions {
    SubscriberOptions() = default; // no aggregate: see DESIGN.md 3

    QUrl channel;
    qint64 start = CurrentSegment; ///< CurrentSegment, NextSegment or a sequence number
    std::shared_ptr<AsioTls> tls;  ///< null: the system's authorities
    Headers headers;               ///< sent with every request
    std::chrono::milliseconds connectTimeout{5'000};
    std::chrono::milliseconds parkedRefresh{22'000}; ///< a request that waits is renewed after this long
    std::chrono::milliseconds bodyTimeout{0};        ///< silence within a segment that makes it be asked for anew; zero: none
    std::chrono::milliseconds aheadDelay{250};       ///< before asking again for a segment that is not there yet
    std::chrono::milliseconds retryDelay{250};       ///< after a failure, at most; at once after the first
    std::chrono::milliseconds giveUpAfter{30'000};   ///< of failures without a success between
    /// For what is of use only while it is fresh: a segment that is not through this long after the next one began is left for the
    /// newest (SubscriberEvent::Gap). Zero: every segment is read to its end.
    std::chrono::milliseconds maxLag{0};
    /// Events not yet taken hold at most this; then nothing is read from the network, so a slow reader lags and at last
    /// jumps (SubscriberEvent::Gap). Nothing is dropped here. Only for the pulling ways; a sink takes all at once.
    qsizetype maxQueuedBytes = 8 * 1024 * 1024;
    /// Bound of one segment; more ends the subscriber with TooLarge. Zero: none.
    qsizetype maxSegmentBytes = 0;
};

/// One thing that happened on a channel, in order.
struct SubscriberEvent {
    enum class Type {
        SegmentBegin, ///< seq, mimeType; its first bytes follow at once
        Bytes,        ///< seq, bytes: as they came off the wire
        SegmentEnd,   ///< seq, complete
        Gap,          ///< segments from `seq` to before `next` are lost, or the publisher began anew (next < seq)
        End,          ///< the last event; error unset when the channel was closed or is gone
    };
    SubscriberEvent() = default;
    explicit SubscriberEvent(Type eventType, qint64 sequence = -1)
        : type(eventType)
        , seq(sequence)
    {
    }

    Type type = Type::End;
    qint64 seq = -1;
    qint64 next = -1;
    QByteArray mimeType;
    QByteArray bytes;
    bool complete = true;
    std::optional<Error> error;
    std::chrono::steady_clock::time_point received = std::chrono::steady_clock::now();
};

struct SubscriberStats {
    qint64 segments = 0; ///< ended
    qint64 emptySegments = 0;
    qint64 incompleteSegments = 0;
    qint64 bytes = 0;
    qint64 requests = 0;
    qint64 failures = 0; ///< network errors and unexpected statuses
    qint64 resumed = 0;  ///< segments asked for again after a cut; only the missing bytes are given
    qint64 refreshes = 0;
    qint64 notHeld = 0; ///< answers 470
    qint64 gaps = 0;
    qint64 segmentsMissed = 0;
    qint64 jumps = 0; ///< to the newest segment, because of SubscriberOptions::maxLag
    qint64 seq = -1; ///< the segment being read
    /// Segments begun on the server after the one being read, as of its headers; 0 at the live edge.
    qint64 lag = 0;
    qsizetype bytesQueued = 0;
};

/// Reads a channel from the live edge or a given segment to its end (trickle.md 2.3), one request ahead.
///
/// Events come one of three ways: to a sink on the I/O thread (lowest latency; must not block), or pulled by a worker
/// thread with wait(), or one at a time with next(). Every member may be called from any thread; one puller at a time.
/// The I/O thread must outlive the subscriber.
class Subscriber final {
public:
    using Sink = std::function<void(const SubscriberEvent &)>;

    Subscriber(IoThread &io, SubscriberOptions options, Sink sink = {});
    /// Stops; the sink is not called once this returns. Not on the I/O thread.
    ~Subscriber();
    Subscriber(const Subscriber &) = delete;
    Subscriber &operator=(const Subscriber &) = delete;

    /// The next event, waiting for at most `timeout`; nothing when none came. After End always End.
    [[nodiscard]] std::optional<SubscriberEvent> wait(std::chrono::milliseconds timeout);
    /// The next event, given to `then` once: at once when there is one, or later on the I/O thread, which must not be blocked. After
    /// End always End. A second question takes the place of one that is not answered yet.
    void next(Sink then);
    /// The same as a future, for coroutines.
    [[nodiscard]] QFuture<SubscriberEvent> next();
    /// Ends at once: the next event is End, with an error of kind Canceled. Harmless twice.
    void stop();

    [[nodiscard]] bool isEnded() const;
    [[nodiscard]] SubscriberStats stats() const;

private:
    std::shared_ptr<SubscriberCore> m_core;
};

} // namespace sluice::trickle
