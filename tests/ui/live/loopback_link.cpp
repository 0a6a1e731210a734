#include "loopback_link_p.h"

namespace sluice {

LoopbackLink::LoopbackLink()
{
    m_meter.start();
    media::DecoderThread::Output decoded;
    decoded.frame = [this](media::Frame frame) {
        m_meter.mark(frame.pts(), frame.stamps());
        const std::lock_guard lock(m_mutex);
        ++m_frames;
        if (m_frame)
            m_frame(frame);
    };
    m_decoder = std::make_unique<media::DecoderThread>(media::DecoderSettings(), decoded);
    media::EncoderThread::Output encoded;
    encoded.chunk = [this](media::TsChunk chunk) {
        media::StageStamps stamps = chunk.stamps;
        stamps.set(media::Stage::Sent);
        m_meter.mark(chunk.pts, stamps);
        media::TsInput input;
        input.bytes = chunk.bytes;
        input.segmentStart = chunk.segmentStart;
        m_decoder->submit(input);
    };
    m_encoder = std::make_unique<media::EncoderThread>(media::EncoderSettings(), encoded);
}

LoopbackLink::~LoopbackLink()
{
    stopSource();
    m_encoder->stop();
    m_decoder->stop();
}

void LoopbackLink::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged(state);
}

void LoopbackLink::becomeReady()
{
    setState(State::Ready);
    if (!m_source)
        return;
    media::SourceOutput output;
    output.frame = [this](media::Frame frame) {
        m_meter.mark(frame.pts(), frame.stamps());
        {
            const std::lock_guard lock(m_mutex);
            if (m_preview)
                m_preview(frame);
        }
        m_encoder->submit(std::move(frame));
    };
    m_source->start(output);
}

void LoopbackLink::stopSource()
{
    if (m_source)
        m_source->stop();
    m_source.reset();
}

void LoopbackLink::fail(const Error &error)
{
    stopSource();
    setState(State::Failed);
    Q_EMIT failed(error);
}

void LoopbackLink::close()
{
    stopSource();
    if (m_state != State::Closed)
        setState(State::Closing);
}

void LoopbackLink::finishClosing()
{
    setState(State::Closed);
}

LiveStats LoopbackLink::stats() const
{
    LiveStats stats;
    stats.latency = std::make_shared<const media::LatencySnapshot>(m_meter.snapshot());
    stats.out.kilobitsPerSecond = 800;
    stats.in.kilobitsPerSecond = 900;
    stats.in.frames = m_frames;
    stats.weiPerMinute = QStringLiteral("60000000000");
    return stats;
}

void LoopbackLink::publish(std::shared_ptr<media::VideoSource> source, const PublishOptions &)
{
    stopSource();
    m_source = std::move(source);
    ++m_published;
    if (m_state == State::Ready)
        becomeReady();
}

void LoopbackLink::setPaused(bool paused)
{
    m_paused = paused;
    if (m_source)
        m_source->setPaused(paused);
}

void LoopbackLink::setFrameHandler(std::function<void(const media::Frame &)> handler)
{
    const std::lock_guard lock(m_mutex);
    m_frame = std::move(handler);
}

void LoopbackLink::setPreviewHandler(std::function<void(const media::Frame &)> handler)
{
    const std::lock_guard lock(m_mutex);
    m_preview = std::move(handler);
}

bool LoopbackLink::writeRaw(const QByteArray &bytes)
{
    m_written.append(bytes);
    return true;
}

void LoopbackLink::giveRaw(const QByteArray &bytes)
{
    if (m_raw)
        m_raw(bytes, 0, true);
}

QFuture<void> LoopbackLink::update(const Json &parameters)
{
    m_asked.append(parameters);
    auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    m_promises.append(promise);
    return promise->future();
}

void LoopbackLink::answerUpdate(const std::optional<Error> &error)
{
    const auto promise = m_promises.takeFirst();
    if (error)
        promise->setException(*error);
    promise->finish();
}

QFuture<void> LoopbackLink::record(Channel, const QString &fileName)
{
    m_recording = fileName;
    QPromise<void> promise;
    promise.start();
    promise.finish();
    return promise.future();
}

} // namespace sluice
