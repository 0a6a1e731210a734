#pragma once

#include "sluice/media/decoder.h"
#include "sluice/media/encoder.h"
#include "sluice/net/origin_policy.h"
#include "sluice/runner/live_capability.h"
#include "sluice/runner/live_inbox_p.h"
#include "sluice/trickle/json_channel.h"
#include "sluice/trickle/publisher.h"
#include "sluice/trickle/subscriber.h"

#include <QtCore/QUrl>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

namespace sluice {

/// The channels in a worker's start request (byoc.md 5.2); an empty one is not there.
struct LiveUrls {
    QUrl subscribe;
    QUrl publish;
    QUrl data;
    QUrl control;
    QUrl events;
};

/// What all live jobs of a runner share.
struct LiveSettings {
    std::chrono::milliseconds heartbeat{10'000};
    std::chrono::milliseconds status{5'000};
    std::chrono::milliseconds startTimeout{30'000};
    std::shared_ptr<AsioTls> tls;
    std::optional<OriginPolicy> origins; ///< where channels may be; none: nowhere
    qsizetype maxInputBytes = 32 * 1024 * 1024;
};

/// What flowed through a job so far.
struct LiveCounts {
    std::atomic<quint64> framesIn{0}; ///< decoded
    std::atomic<quint64> framesOut{0}; ///< encoded
    std::atomic<quint64> bytesIn{0};
    std::atomic<quint64> bytesOut{0};
    std::atomic<int> width{0};
    std::atomic<int> height{0};
};

/// One job's connections to its channels, with decoder and encoder. Made, opened and closed on the job's thread.
///
/// Input goes into the inbox. The way of a picture is: I/O thread, decoder's thread, job's thread, encoder's thread, I/O thread,
/// and each of them passes it on at once.
class LiveLinks final {
public:
    LiveLinks(IoThread &io, const LiveUrls &urls, const LiveSettings &settings, LiveCapability::Channels channels,
        std::shared_ptr<LiveInbox> inbox, std::function<void(const Json &)> onControl);
    ~LiveLinks();
    LiveLinks(const LiveLinks &) = delete;
    LiveLinks &operator=(const LiveLinks &) = delete;

    /// Begins to read. Apart from the constructor, so that events and output are ready before the first input.
    void open();
    /// No input comes any more. What the decoder still held is in the inbox then.
    void closeInput();
    /// Sends what is still queued and ends the channels; takes at most a few seconds.
    void close(const QString &reason);

    // Thread-safe.
    void frame(media::Frame frame);
    void data(const Json &record);
    void event(const QString &type, const Json &fields);
    void raw(const QByteArray &bytes, bool endSegment);
    /// For raw jobs: asks for the next piece of input, which comes into the inbox.
    void askRaw();
    [[nodiscard]] const LiveCounts &counts() const { return m_counts; }
    /// Pictures and chunks that were given up on the way.
    [[nodiscard]] quint64 dropped();
    /// Now and then, so that a channel without records is not taken for idle (byoc.md 5.1).
    void keepAlive();

private:
    void received(const trickle::SubscriberEvent &event);
    void sendChunk(const media::TsChunk &chunk);
    void sound(media::AudioChunk chunk);
    void requestKeyFrame();
    [[nodiscard]] std::shared_ptr<media::EncoderThread> makeEncoder();
    [[nodiscard]] trickle::PublisherOptions publisherOptions(const QUrl &channel) const;
    [[nodiscard]] trickle::SubscriberOptions subscriberOptions(const QUrl &channel) const;

    IoThread &m_io;
    const LiveUrls m_urls;
    const LiveSettings m_settings;
    const LiveCapability::Channels m_channels;
    const std::shared_ptr<LiveInbox> m_inbox;
    const std::function<void(const Json &)> m_onControl;
    LiveCounts m_counts;
    std::atomic<bool> m_sentFirst = false;

    std::unique_ptr<trickle::JsonWriter> m_events;
    std::unique_ptr<trickle::JsonWriter> m_data;
    std::unique_ptr<trickle::Publisher> m_publisher;
    std::unique_ptr<trickle::JsonReader> m_control;

    std::mutex m_encoderMutex;
    std::shared_ptr<media::EncoderThread> m_encoder; ///< made at the first picture, and anew when sound appears
    std::optional<media::AudioFormat> m_audio;
    quint64 m_droppedBefore = 0; ///< by encoders that were replaced
    bool m_encoderClosed = false;

    std::unique_ptr<media::DecoderThread> m_decoder;
    std::unique_ptr<trickle::Subscriber> m_subscriber;
    // On the I/O thread.
    bool m_segmentStart = false;
    bool m_gap = false;
    bool m_sawFirst = false;
};

} // namespace sluice
