#pragma once

#include "live_media_observer_p.h"
#include "live_support_p.h"
#include "ts_recorder_p.h"

#include "sluice/gateway/live_session.h"
#include "sluice/media/encoder.h"
#include "sluice/media/latency_meter.h"
#include "sluice/media/video_source.h"
#include "sluice/trickle/publisher.h"

namespace sluice {

/// What leaves: a source's pictures through the encoder, or bytes as they are, into the publish channel.
///
/// Everything public is for the session's thread.
class LiveOutlet final {
public:
    LiveOutlet(media::LatencyMeter &meter, LiveMediaObserver &observer);
    /// close()s without waiting for the network.
    ~LiveOutlet();
    LiveOutlet(const LiveOutlet &) = delete;
    LiveOutlet &operator=(const LiveOutlet &) = delete;

    /// The channel is open. `raw`: segments are the caller's own, and none is given up for a newer one.
    void open(IoThread &io, trickle::PublisherOptions options, bool raw);
    /// Replaces the source; starts it at once, so that the first picture is there when the channel is. Null stops.
    void setSource(std::shared_ptr<media::VideoSource> source, const PublishOptions &options);
    void setPaused(bool paused);
    [[nodiscard]] bool isPaused() const { return m_paused; }
    void setPreview(std::function<void(const media::Frame &)> handler) { m_preview.set(std::move(handler)); }
    /// False when the bytes were dropped.
    bool writeRaw(const QByteArray &bytes, bool endSegment);
    /// What is sent goes there too, from the next segment on; null ends that. Gives the former one back.
    std::shared_ptr<TsRecorder> record(std::shared_ptr<TsRecorder> recorder);
    /// Keeps the channel from being swept while nothing is published. Call every few seconds.
    void keepAlive();
    [[nodiscard]] LiveTraffic traffic() const;

    /// Stops source and encoder and ends the last segment; the channel stays.
    void finish();
    /// Stops source and encoder, sends what waits, deletes the channel.
    QFuture<void> close();

private:
    void onFrame(media::Frame frame);
    void onAudio(media::AudioChunk chunk);
    void onChunk(const media::TsChunk &chunk);
    [[nodiscard]] qint64 placed(qint64 pts);
    void stopSource();
    void closeSegment();
    void requestKeyFrame();

    media::LatencyMeter &m_meter;
    LiveMediaObserver &m_observer;
    std::shared_ptr<media::VideoSource> m_source;
    GuardedCallback<const media::Frame &> m_preview;
    TrafficMeter m_traffic;
    bool m_raw = false;
    bool m_paused = false;

    mutable std::mutex m_mutex; ///< of everything below
    std::shared_ptr<media::EncoderThread> m_encoder;
    std::shared_ptr<trickle::Publisher> m_publisher;
    std::shared_ptr<TsRecorder> m_recorder;
    bool m_needsSegmentStart = true;
    std::optional<qint64> m_offset;  ///< added to this source's timestamps, so that they go on after the former one's
    qint64 m_lastPts = -1;
    std::chrono::steady_clock::time_point m_lastFrameAt{};
    qint64 m_frames = 0;
    qint64 m_dropped = 0;         ///< chunks that were not given to the publisher, and what earlier encoders dropped
};

} // namespace sluice
