#include "live_outlet_p.h"

namespace sluice {

using namespace std::chrono_literals;
using media::Stage;

namespace {

/// A channel without a new segment for five minutes is swept (byoc.md 5.1).
constexpr auto KeepAliveAfter = 60s;

/// An MPEG-TS packet that every reader skips.
QByteArray nullPacket()
{
    QByteArray packet(188, char(0xff));
    packet[0] = 0x47;
    packet[1] = 0x1f;
    packet[3] = 0x10;
    return packet;
}

} // namespace

LiveOutlet::LiveOutlet(media::LatencyMeter &meter, LiveMediaObserver &observer)
    : m_meter(meter)
    , m_observer(observer)
{
}

LiveOutlet::~LiveOutlet()
{
    m_preview.set({});
    stopSource();
}

void LiveOutlet::open(IoThread &io, trickle::PublisherOptions options, bool raw)
{
    m_raw = raw;
    options.mimeType = raw ? "application/octet-stream" : "video/mp2t";
    options.onFailure = raw ? trickle::PublisherOptions::OnFailure::Resend : trickle::PublisherOptions::OnFailure::Drop;
    if (raw)
        options.hold = trickle::ReadersGrace;
    else
        options.maxLag = 700ms;
    trickle::Publisher::Callbacks callbacks;
    callbacks.terminal = [this](const Error &error) { m_observer.mediaEnded(LiveChannel::Publish, error); };
    callbacks.segmentEnded = [this](const trickle::Publisher::SegmentReport &report) {
        if (!report.error)
            return;
        m_observer.mediaWarning(QStringLiteral("Segment %1 was not sent whole: %2").arg(report.seq).arg(report.error->message()));
        if (!report.late)
            requestKeyFrame(); // what follows is of use only from a key frame on
    };
    callbacks.behind = [this] { requestKeyFrame(); };
    auto publisher = std::make_shared<trickle::Publisher>(io, std::move(options), std::move(callbacks));
    const std::lock_guard lock(m_mutex);
    m_publisher = std::move(publisher);
    m_needsSegmentStart = true;
    // What was encoded before is not sent, so that the first picture that is must be a key frame.
    if (m_encoder)
        m_encoder->requestKeyFrame();
}

void LiveOutlet::setSource(std::shared_ptr<media::VideoSource> source, const PublishOptions &options)
{
    stopSource();
    m_source = std::move(source);
    if (!m_source)
        return;
    media::EncoderSettings settings;
    settings.framesPerSecond = options.framesPerSecond;
    settings.segmentDuration = options.segmentDuration;
    settings.bitrateKbps = options.bitrateKbps;
    settings.audio = m_source->audioFormat();
    media::EncoderThread::Output out;
    out.chunk = [this](const media::TsChunk &chunk) { onChunk(chunk); };
    const auto failed = [this](const Error &error) { m_observer.mediaSourceFailed(error); };
    out.failed = failed;
    {
        const std::lock_guard lock(m_mutex);
        m_encoder = std::make_shared<media::EncoderThread>(settings, std::move(out));
        m_needsSegmentStart = true;
        m_offset.reset();
    }
    m_source->setPaused(m_paused);
    media::SourceOutput output;
    output.frame = [this](media::Frame frame) { onFrame(std::move(frame)); };
    output.audio = [this](media::AudioChunk chunk) { onAudio(std::move(chunk)); };
    output.failed = failed;
    output.ended = [this] { m_observer.mediaSourceEnded(); };
    m_source->start(std::move(output));
}

void LiveOutlet::stopSource()
{
    if (m_source)
        m_source->stop();
    m_source.reset();
    std::shared_ptr<media::EncoderThread> encoder;
    {
        const std::lock_guard lock(m_mutex);
        encoder = std::exchange(m_encoder, nullptr);
    }
    if (!encoder)
        return;
    encoder->stop(); // gives out what it holds, so without the lock
    const media::EncoderStats stats = encoder->stats();
    closeSegment();
    const std::lock_guard lock(m_mutex);
    m_dropped += qint64(stats.droppedQueue + stats.droppedNotMonotonic);
}

void LiveOutlet::closeSegment()
{
    const std::lock_guard lock(m_mutex);
    if (m_publisher && !m_raw)
        m_publisher->nextSegment();
    m_needsSegmentStart = true;
}

void LiveOutlet::requestKeyFrame()
{
    const std::lock_guard lock(m_mutex);
    if (m_encoder)
        m_encoder->requestKeyFrame();
}

void LiveOutlet::setPaused(bool paused)
{
    if (std::exchange(m_paused, paused) == paused)
        return;
    if (m_source)
        m_source->setPaused(paused);
    requestKeyFrame(); // readers need not wait for the rest of a segment that is paused
}

/// The timestamp on the session's own time line, which never goes back.
qint64 LiveOutlet::placed(qint64 pts)
{
    const auto now = std::chrono::steady_clock::now();
    if (!m_offset) {
        m_offset = 0;
        if (m_lastPts >= 0) {
            const qint64 passed = std::chrono::duration_cast<std::chrono::microseconds>(now - m_lastFrameAt).count() * 9 / 100;
            m_offset = m_lastPts + std::max<qint64>(passed, 1) - pts;
        }
    }
    return pts + *m_offset;
}

void LiveOutlet::onFrame(media::Frame frame)
{
    std::shared_ptr<media::EncoderThread> encoder;
    bool open = false;
    {
        const std::lock_guard lock(m_mutex);
        const qint64 pts = placed(frame.pts());
        frame.setPts(pts);
        m_lastPts = std::max(m_lastPts, pts);
        m_lastFrameAt = std::chrono::steady_clock::now();
        encoder = m_encoder;
        open = m_publisher != nullptr;
    }
    m_preview(frame);
    if (!encoder)
        return;
    if (open)
        m_meter.mark(frame.pts(), frame.stamps());
    // Also before the channel is open, so that the encoder has started by then.
    encoder->submit(std::move(frame));
}

void LiveOutlet::onAudio(media::AudioChunk chunk)
{
    std::shared_ptr<media::EncoderThread> encoder;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_offset)
            return; // sound before the first picture is not encoded anyway
        chunk.pts += *m_offset;
        encoder = m_encoder;
    }
    if (encoder)
        encoder->submit(std::move(chunk));
}

void LiveOutlet::onChunk(const media::TsChunk &chunk)
{
    const std::lock_guard lock(m_mutex);
    if (!m_publisher)
        return;
    if (m_needsSegmentStart && !chunk.segmentStart) {
        if (m_encoder && !chunk.audio)
            m_encoder->requestKeyFrame();
        m_dropped += chunk.audio ? 0 : 1;
        return;
    }
    if (!chunk.audio)
        m_meter.mark(chunk.pts, chunk.stamps);
    if (chunk.segmentStart) {
        m_publisher->nextSegment();
        m_needsSegmentStart = false;
        if (m_recorder)
            m_recorder->segmentStart();
    }
    if (!m_publisher->write(chunk.bytes)) {
        m_needsSegmentStart = true; // counted there
        return;
    }
    m_traffic.add(chunk.bytes.size());
    if (!chunk.audio) {
        m_meter.mark(chunk.pts, Stage::Sent);
        ++m_frames;
    }
    if (m_recorder && !m_recorder->write(chunk.bytes)) {
        m_recorder.reset();
        m_observer.mediaWarning(QStringLiteral("The recording of what is sent stopped: the disk is full or too slow."));
    }
}

bool LiveOutlet::writeRaw(const QByteArray &bytes, bool endSegment)
{
    const std::lock_guard lock(m_mutex);
    if (!m_publisher || m_source)
        return false;
    if (!bytes.isEmpty()) {
        if (m_recorder)
            m_recorder->segmentStart();
        if (!m_publisher->write(bytes))
            return false;
        m_traffic.add(bytes.size());
        if (m_recorder)
            m_recorder->write(bytes);
    }
    if (endSegment)
        m_publisher->nextSegment();
    return true;
}

std::shared_ptr<TsRecorder> LiveOutlet::record(std::shared_ptr<TsRecorder> recorder)
{
    const std::lock_guard lock(m_mutex);
    if (recorder && m_encoder)
        m_encoder->requestKeyFrame();
    return std::exchange(m_recorder, std::move(recorder));
}

void LiveOutlet::keepAlive()
{
    const std::lock_guard lock(m_mutex);
    if (!m_publisher || m_raw)
        return;
    const auto idle = m_traffic.idle();
    if (idle && *idle < KeepAliveAfter)
        return;
    m_publisher->nextSegment();
    const QByteArray packet = nullPacket();
    if (m_publisher->write(packet))
        m_traffic.add(packet.size());
    m_publisher->nextSegment();
    m_needsSegmentStart = true;
}

LiveTraffic LiveOutlet::traffic() const
{
    LiveTraffic traffic;
    traffic.bytes = m_traffic.bytes();
    traffic.kilobitsPerSecond = m_traffic.kilobitsPerSecond();
    std::shared_ptr<media::EncoderThread> encoder;
    std::shared_ptr<trickle::Publisher> publisher;
    {
        const std::lock_guard lock(m_mutex);
        encoder = m_encoder;
        publisher = m_publisher;
        traffic.frames = m_frames;
        traffic.dropped = m_dropped;
    }
    if (encoder) {
        const media::EncoderStats stats = encoder->stats();
        traffic.dropped += qint64(stats.droppedQueue + stats.droppedNotMonotonic);
    }
    if (publisher) {
        const trickle::PublisherStats stats = publisher->stats();
        traffic.segments = stats.segmentsCompleted;
        traffic.queuedBytes = stats.bytesQueued;
        traffic.dropped += stats.chunksDropped;
        traffic.failures = stats.segmentsFailed + stats.retries;
    }
    return traffic;
}

void LiveOutlet::finish()
{
    stopSource();
    const std::lock_guard lock(m_mutex);
    if (m_publisher)
        m_publisher->nextSegment();
}

QFuture<void> LiveOutlet::close()
{
    stopSource();
    std::shared_ptr<trickle::Publisher> publisher;
    {
        const std::lock_guard lock(m_mutex);
        publisher = m_publisher;
    }
    return publisher ? publisher->close() : finishedFuture();
}

} // namespace sluice
