#pragma once

#include "sluice/base/error.h"
#include "sluice/net/asio_tls.h"
#include "sluice/net/headers.h"
#include "sluice/net/io_thread.h"

#include <QtCore/QByteArray>
#include <QtCore/QFuture>
#include <QtCore/QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace sluice::trickle {

class PublisherCore;

/// How long to leave between the end of the last segment and close(): a reader that is one segment behind must still be able to
/// ask for the last one, and a deleted channel answers no more (trickle.md 1.2, S17).
inline constexpr std::chrono::milliseconds ReadersGrace{500};

struct PublisherOptions {
    PublisherOptions() = default; // no aggregate: see DESIGN.md 3

    /// What becomes of a segment's bytes when its request fails after some of them were sent.
    enum class OnFailure {
        Drop,   ///< the segment is deleted, the rest of it dropped, the next one sent: video
        Resend, ///< what the server holds is read back and the rest sent in the next segment: messages, neither lost nor doubled
    };

    QUrl channel; ///< e.g. https://host:8935/ai/trickle/1a2b3c4d
    QByteArray mimeType = "video/mp2t";
    std::shared_ptr<AsioTls> tls; ///< null: the system's authorities
    Headers headers;              ///< sent with every request besides trickle's own
    std::chrono::milliseconds connectTimeout{5'000};
    std::chrono::milliseconds chunkTimeout{5'000};    ///< for one chunk that the server does not take
    std::chrono::milliseconds answerTimeout{5'000};   ///< for the answer after a segment's last byte
    std::chrono::milliseconds parkedRefresh{25'000};  ///< a waiting request is renewed after this long without bytes from the server
    /// Bytes accepted by write() and not yet sent. What passes it is refused, and with OnFailure::Drop so is the rest of that segment.
    qsizetype maxQueuedBytes = 4 * 1024 * 1024;
    /// When bytes have waited for longer and a newer segment is queued, the older one is given up. Zero: never.
    std::chrono::milliseconds maxLag{0};
    int maxFailures = 3; ///< consecutive failed segments that end the publisher
    /// OnFailure::Drop: for how long segments may not be taken at all before the publisher ends (kind Network). Until then it tries
    /// on, and what falls behind meanwhile is dropped. Zero: such a segment counts as failed, and so does one whose connection breaks.
    std::chrono::milliseconds outage{0};
    std::chrono::milliseconds startTimeout{10'000}; ///< to learn the first sequence number from a server that fails
    std::chrono::milliseconds resendFor{10'000};    ///< OnFailure::Resend: how long without success before the publisher ends
    OnFailure onFailure = OnFailure::Drop;
    /// For many small segments of which none may be missed: each can still be asked for this long after its end, because the one that
    /// would take its place, the fourth after it, begins no sooner (trickle.md 1.2, S18). Zero: as fast as they come.
    std::chrono::milliseconds hold{0};
    bool deleteOnClose = true;
};

/// What a publisher has done so far.
struct PublisherStats {
    qint64 segmentsStarted = 0;
    qint64 segmentsCompleted = 0;
    qint64 segmentsFailed = 0;
    qint64 bytesSent = 0;       ///< taken by the kernel
    qint64 chunksSent = 0;
    qint64 chunksDropped = 0;   ///< refused by write(), or of a segment that was given up
    qint64 bytesDropped = 0;
    qint64 chunkTimeouts = 0;
    qint64 retries = 0;         ///< the same sequence number, or a read-back, after a failure
    qint64 interims = 0;        ///< 100 Continue seen
    qsizetype bytesQueued = 0;
    qint64 seq = -1;            ///< the segment being written, or waiting for its first byte; -1 before the start
    std::chrono::microseconds lastQueueDelay{0}; ///< from write() to the kernel, of the last chunk
    std::chrono::microseconds maxQueueDelay{0};
};

/// Writes segments to a channel (trickle.md 2.3): the next one is always connected ahead, bytes leave as they are produced.
///
/// Every member may be called from any thread and none blocks; one thread at a time should write. The work is done on the
/// I/O thread, which must outlive the publisher. Callbacks come on the I/O thread, must not block, and end with the
/// destructor's return.
class Publisher final {
public:
    /// The end of one segment.
    struct SegmentReport {
        qint64 seq = -1;
        qint64 bytes = 0;
        bool complete = false;      ///< acknowledged by the server
        bool late = false;          ///< given up for a newer one, which follows
        std::optional<Error> error; ///< TrickleSegment; unless `late`, video should go on with a key frame
    };
    struct Callbacks {
        Callbacks() = default;
        std::function<void(const SegmentReport &)> segmentEnded;
        /// The channel ended, or the publisher gave up (kind TrickleTerminal; Network after an outage). Called at most once, not after
        /// close().
        std::function<void(const Error &)> terminal;
        /// The first segment's request stands: what is written from now on leaves at once.
        std::function<void(qint64 seq)> ready;
        /// What waits is older than PublisherOptions::maxLag, and no newer segment is queued to go on with: video should begin one.
        std::function<void()> behind;
    };

    /// Connects at once, so that the first byte finds an open request.
    Publisher(IoThread &io, PublisherOptions options, Callbacks callbacks = {});
    /// Closes as close() does, without waiting for it.
    ~Publisher();
    Publisher(const Publisher &) = delete;
    Publisher &operator=(const Publisher &) = delete;

    /// Adds one chunk to the current segment; it becomes one HTTP chunk. False when it was dropped: the queue is full, the
    /// rest of this segment is being dropped, or the publisher has ended.
    bool write(QByteArray bytes);
    /// The next write begins a new segment. An empty segment is not ended: nothing happens.
    void nextSegment();
    /// Ends the current segment, deletes the channel (once; a failure of that is only logged) and finishes. What was
    /// written before is sent first. Further calls give the same future.
    QFuture<void> close();

    [[nodiscard]] bool isTerminal() const;
    [[nodiscard]] std::optional<Error> terminalError() const;
    [[nodiscard]] PublisherStats stats() const;

private:
    std::shared_ptr<PublisherCore> m_core;
};

} // namespace sluice::trickle
