#pragma once

#include "sluice/runner/capability.h"

#include <memory>

namespace sluice {

namespace media {
class Frame;
struct AudioChunk;
} // namespace media

/// Where a live job puts what it makes. Thread-safe; valid while the job runs.
class LiveSink {
public:
    virtual ~LiveSink() = default;
    /// One picture, with the times of the one that it was made from (Frame::takeTimes()). Never blocks: when the encoder is behind, the
    /// oldest waiting one is dropped.
    virtual void frame(media::Frame frame) = 0;
    /// One record for the data channel; never dropped while the job runs. Nothing happens when the job has no data channel.
    virtual void data(const Json &record) = 0;
    /// One event for the events channel; `type` and a timestamp in milliseconds are added to `fields`.
    virtual void event(const QString &type, const Json &fields) = 0;
    /// For raw jobs: bytes of the output segment; `endSegment` ends it.
    virtual void raw(const QByteArray &bytes, bool endSegment) = 0;
};

/// One running live job. Its functions are called one at a time, on a thread of the job's own.
class LiveJob {
public:
    virtual ~LiveJob() = default;
    /// The parameters, at the start and after each change: the initial ones with defaults filled in, then with each update's keys
    /// laid over them. What it throws at the start refuses the job; later it is reported as an event and the old ones stay.
    virtual void parameters(const Json &parameters) = 0;
    /// One decoded picture. Old ones are dropped while this is busy.
    virtual void frame(const media::Frame &frame) { Q_UNUSED(frame) }
    /// For raw jobs: bytes as they arrive; `segmentEnd` with the last of a segment (which may be empty).
    virtual void raw(const QByteArray &bytes, bool segmentEnd) { Q_UNUSED(bytes) Q_UNUSED(segmentEnd) }
    /// No more input will come; what is still to be said may be put into the sink.
    virtual void ended() {}
};

/// Works on what flows: video frames or raw segments in, the like out, data records beside them (byoc.md 5, 8).
///
/// The runner does trickle, codec, events and heartbeats. inputSchema() describes the parameters.
class LiveCapability : public Capability {
public:
    [[nodiscard]] Kind kind() const final { return Kind::Live; }
    /// Which channels the job uses: clients ask for these at start.
    struct Channels {
        bool videoIn = true;   ///< or raw bytes in
        bool videoOut = true;  ///< or raw bytes out
        bool data = false;
        bool raw = false;      ///< segments are passed as they are, neither decoded nor encoded
    };
    [[nodiscard]] virtual Channels channels() const { return {}; }
    /// A job; `sink` outlives it. What this throws refuses the start.
    [[nodiscard]] virtual std::unique_ptr<LiveJob> start(LiveSink &sink) = 0;
};

} // namespace sluice
