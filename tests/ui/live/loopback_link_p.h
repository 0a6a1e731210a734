#pragma once

#include "sluice/live/live_link.h"
#include "sluice/media/decoder.h"
#include "sluice/media/encoder.h"
#include "sluice/media/filter_graph.h"
#include "sluice/media/latency_meter.h"
#include "sluice/media/video_source.h"

#include <QtCore/QPromise>

#include <atomic>
#include <mutex>

namespace sluice {

/// A live job that never leaves this process: the real source, encoder, decoder and latency meter, without a network between them.
/// What the network would say, the test says.
class LoopbackLink final : public ui::LiveLink {
    Q_OBJECT
public:
    LoopbackLink();
    ~LoopbackLink() override;

    // What the test says for the network.
    void becomeReady();
    void fail(const Error &error);
    void finishClosing();
    void say(const Json &event) { Q_EMIT LiveLink::event(event); }
    void record(const Json &item) { Q_EMIT LiveLink::data(item); }
    void warn(const QString &sentence) { Q_EMIT LiveLink::warning(sentence); }
    /// Answers the oldest update; with an error when there is one.
    void answerUpdate(const std::optional<Error> &error = std::nullopt);

    [[nodiscard]] const QList<Json> &asked() const { return m_asked; }
    [[nodiscard]] int published() const { return m_published; }
    [[nodiscard]] bool isClosing() const { return m_state == State::Closing; }
    [[nodiscard]] bool isPaused() const { return m_paused; }
    [[nodiscard]] const QList<QByteArray> &written() const { return m_written; }
    [[nodiscard]] const media::LatencyMeter &meter() const { return m_meter; }
    [[nodiscard]] QString lastRecording() const { return m_recording; }
    void giveRaw(const QByteArray &bytes);

    [[nodiscard]] State state() const override { return m_state; }
    void close() override;
    [[nodiscard]] LiveStats stats() const override;
    [[nodiscard]] bool hasChannel(Channel) const override { return true; }
    void publish(std::shared_ptr<media::VideoSource> source, const PublishOptions &options) override;
    void setPaused(bool paused) override;
    void setFrameHandler(std::function<void(const media::Frame &)> handler) override;
    void setPreviewHandler(std::function<void(const media::Frame &)> handler) override;
    void markShown(qint64 pts) override { m_meter.mark(pts, media::Stage::Shown); }
    bool writeRaw(const QByteArray &bytes) override;
    void setRawHandler(std::function<void(const QByteArray &, qint64, bool)> handler) override { m_raw = std::move(handler); }
    QFuture<void> update(const Json &parameters) override;
    QFuture<void> record(Channel channel, const QString &fileName) override;

private:
    void setState(State state);
    void stopSource();

    State m_state = State::Starting;
    media::LatencyMeter m_meter;
    std::unique_ptr<media::DecoderThread> m_decoder;
    std::unique_ptr<media::EncoderThread> m_encoder;
    std::shared_ptr<media::VideoSource> m_source;
    std::mutex m_mutex; ///< the handlers
    std::function<void(const media::Frame &)> m_frame;
    std::function<void(const media::Frame &)> m_preview;
    std::function<void(const QByteArray &, qint64, bool)> m_raw;
    QList<Json> m_asked;
    QList<std::shared_ptr<QPromise<void>>> m_promises; ///< updates that wait for their answer
    QList<QByteArray> m_written;
    QString m_recording;
    std::atomic<qint64> m_frames = 0;
    int m_published = 0;
    bool m_paused = false;
};

} // namespace sluice
