#pragma once

#include "live_media_observer_p.h"
#include "live_support_p.h"
#include "ts_recorder_p.h"

#include "sluice/gateway/live_session.h"
#include "sluice/media/decoder.h"
#include "sluice/media/latency_meter.h"
#include "sluice/trickle/subscriber.h"

#include <atomic>

namespace sluice {

/// What comes back: the subscribed channel through the decoder, or its bytes as they are.
///
/// Everything public is for the session's thread.
class LiveInlet final {
public:
    LiveInlet(media::LatencyMeter &meter, LiveMediaObserver &observer);
    ~LiveInlet();
    LiveInlet(const LiveInlet &) = delete;
    LiveInlet &operator=(const LiveInlet &) = delete;

    /// Begins to read. `raw`: nothing is decoded.
    void open(IoThread &io, trickle::SubscriberOptions options, bool raw);
    void setFrameHandler(std::function<void(const media::Frame &)> handler) { m_frame.set(std::move(handler)); }
    void setAudioHandler(std::function<void(const media::AudioChunk &)> handler) { m_audio.set(std::move(handler)); }
    void setRawHandler(std::function<void(const QByteArray &, qint64, bool)> handler) { m_bytes.set(std::move(handler)); }
    /// What comes goes there too, from the next segment on; null ends that. Gives the former one back.
    std::shared_ptr<TsRecorder> record(std::shared_ptr<TsRecorder> recorder);
    [[nodiscard]] LiveTraffic traffic() const;

    /// Stops reading, gives out what was received, stops decoding.
    QFuture<void> close();

private:
    void onEvent(const trickle::SubscriberEvent &event);
    void onBytes(const trickle::SubscriberEvent &event);
    [[nodiscard]] std::shared_ptr<TsRecorder> recorder() const;

    media::LatencyMeter &m_meter;
    LiveMediaObserver &m_observer;
    GuardedCallback<const media::Frame &> m_frame;
    GuardedCallback<const media::AudioChunk &> m_audio;
    GuardedCallback<const QByteArray &, qint64, bool> m_bytes;
    TrafficMeter m_traffic;
    std::atomic<qint64> m_frames = 0;
    mutable std::mutex m_mutex; ///< of m_recorder
    std::shared_ptr<TsRecorder> m_recorder;
    std::shared_ptr<media::DecoderThread> m_decoder;
    bool m_segmentStart = false; ///< on the I/O thread, both
    bool m_gap = false;
    std::shared_ptr<trickle::Subscriber> m_subscriber; ///< last: destroyed before what it feeds
};

} // namespace sluice
