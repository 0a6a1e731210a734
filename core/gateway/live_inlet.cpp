#include "live_inlet_p.h"

namespace sluice {

namespace {
/// Pictures that are later are of less use than newer ones.
constexpr std::chrono::milliseconds MaxLag{1000};
/// Why there is no picture is reported within three seconds.
constexpr std::chrono::milliseconds VerdictAfter{2000};
} // namespace

LiveInlet::LiveInlet(media::LatencyMeter &meter, LiveMediaObserver &observer)
    : m_meter(meter)
    , m_observer(observer)
{
}

LiveInlet::~LiveInlet()
{
    m_frame.set({});
    m_audio.set({});
    m_bytes.set({});
}

void LiveInlet::open(IoThread &io, trickle::SubscriberOptions options, bool raw)
{
    if (!raw) {
        media::DecoderThread::Output output;
        output.frame = [this](const media::Frame &frame) {
            m_meter.mark(frame.pts(), frame.stamps());
            ++m_frames;
            m_frame(frame);
        };
        output.audio = [this](const media::AudioChunk &chunk) { m_audio(chunk); };
        output.failed = [this](const Error &error) { m_observer.mediaUndecodable(error); };
        output.noPicture = [this](const Error &error) { m_observer.mediaWithoutPicture(error); };
        media::DecoderSettings settings;
        settings.maxLag = MaxLag;
        settings.verdictAfter = VerdictAfter;
        m_decoder = std::make_shared<media::DecoderThread>(settings, std::move(output));
        options.maxLag = MaxLag;
    }
    m_subscriber = std::make_shared<trickle::Subscriber>(io, std::move(options),
        [this](const trickle::SubscriberEvent &event) { onEvent(event); });
}

void LiveInlet::onEvent(const trickle::SubscriberEvent &event)
{
    using Type = trickle::SubscriberEvent::Type;
    switch (event.type) {
    case Type::SegmentBegin:
        m_segmentStart = true;
        if (const auto file = recorder())
            file->segmentStart();
        break;
    case Type::Bytes:
        onBytes(event);
        break;
    case Type::SegmentEnd:
        m_bytes(QByteArray(), event.seq, true);
        if (m_decoder)
            m_decoder->endSegment();
        m_gap = m_gap || !event.complete;
        break;
    case Type::Gap:
        m_gap = true;
        if (event.next > event.seq)
            m_observer.mediaWarning(QStringLiteral("Segments %1 to %2 of the output were missed.").arg(event.seq).arg(event.next - 1));
        break;
    case Type::End:
        m_observer.mediaEnded(LiveChannel::Subscribe, event.error);
        break;
    }
}

void LiveInlet::onBytes(const trickle::SubscriberEvent &event)
{
    m_traffic.add(event.bytes.size());
    m_bytes(event.bytes, event.seq, false);
    if (const auto file = recorder(); file && !file->write(event.bytes)) {
        record(nullptr);
        m_observer.mediaWithoutPicture(file->problem());
    }
    if (!m_decoder)
        return;
    media::TsInput input;
    input.bytes = event.bytes;
    input.segmentStart = std::exchange(m_segmentStart, false);
    input.gap = std::exchange(m_gap, false);
    input.receivedAt = event.received;
    m_decoder->submit(std::move(input));
}

std::shared_ptr<TsRecorder> LiveInlet::recorder() const
{
    const std::lock_guard lock(m_mutex);
    return m_recorder;
}

std::shared_ptr<TsRecorder> LiveInlet::record(std::shared_ptr<TsRecorder> recorder)
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_recorder, std::move(recorder));
}

LiveTraffic LiveInlet::traffic() const
{
    LiveTraffic traffic;
    traffic.bytes = m_traffic.bytes();
    traffic.kilobitsPerSecond = m_traffic.kilobitsPerSecond();
    traffic.frames = m_frames;
    if (m_subscriber) {
        const trickle::SubscriberStats stats = m_subscriber->stats();
        traffic.segments = stats.segments;
        traffic.failures = stats.failures;
        traffic.dropped = stats.segmentsMissed;
    }
    if (m_decoder) {
        const media::DecoderStats stats = m_decoder->stats();
        traffic.dropped += qint64(stats.decodeErrors + stats.waitingForKey);
        traffic.queuedBytes = stats.queuedBytes;
    }
    return traffic;
}

QFuture<void> LiveInlet::close()
{
    if (m_subscriber)
        m_subscriber->stop();
    if (!m_decoder)
        return finishedFuture();
    return inBackground([decoder = m_decoder] { decoder->stop(); });
}

} // namespace sluice
