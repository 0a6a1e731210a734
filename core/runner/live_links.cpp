#include "sluice/runner/live_links_p.h"

#include "sluice/base/async.h"
#include "sluice/base/log.h"

#include <QtCore/QDateTime>

namespace sluice {

using namespace std::chrono_literals;

namespace {

constexpr auto FarewellLimit = 1s;
constexpr auto PublisherFarewellLimit = 2s;
/// Video that has waited so long is worth less than what comes after it.
constexpr auto MaxLag = 1s;
/// The orchestrator ends a job whose client gives up long before this.
constexpr auto Outage = 10s;
constexpr auto RawPatience = 5ms;
constexpr qsizetype MaxQueuedRecords = 16 * 1024 * 1024;

} // namespace

LiveLinks::LiveLinks(IoThread &io, const LiveUrls &urls, const LiveSettings &settings, LiveCapability::Channels channels,
    std::shared_ptr<LiveInbox> inbox, std::function<void(const Json &)> onControl)
    : m_io(io)
    , m_urls(urls)
    , m_settings(settings)
    , m_channels(channels)
    , m_inbox(std::move(inbox))
    , m_onControl(std::move(onControl))
{
    if (!m_urls.events.isEmpty()) {
        trickle::JsonWriterOptions options;
        options.publisher = publisherOptions(m_urls.events);
        options.publisher.hold = trickle::ReadersGrace;
        m_events = std::make_unique<trickle::JsonWriter>(m_io, std::move(options));
    }
    if (!m_urls.data.isEmpty()) {
        trickle::JsonWriterOptions options;
        options.publisher = publisherOptions(m_urls.data);
        options.style = trickle::JsonStyle::Lines;
        options.maxQueuedBytes = MaxQueuedRecords;
        m_data = std::make_unique<trickle::JsonWriter>(m_io, std::move(options));
    }
    if (m_urls.publish.isEmpty())
        return;
    trickle::PublisherOptions options = publisherOptions(m_urls.publish);
    options.mimeType = "video/MP2T";
    if (m_channels.raw) {
        options.onFailure = trickle::PublisherOptions::OnFailure::Resend;
        options.hold = trickle::ReadersGrace;
    } else {
        options.maxLag = MaxLag;
        options.outage = Outage;
    }
    trickle::Publisher::Callbacks callbacks;
    callbacks.segmentEnded = [this](const trickle::Publisher::SegmentReport &report) {
        if (!report.complete && !report.late)
            requestKeyFrame(); // what follows is of use only from a key frame on
    };
    callbacks.behind = [this] { requestKeyFrame(); };
    callbacks.terminal = [inbox = m_inbox](const Error &error) {
        inbox->stop(QStringLiteral("The output channel ended: ") + error.message());
    };
    m_publisher = std::make_unique<trickle::Publisher>(m_io, std::move(options), std::move(callbacks));
}

LiveLinks::~LiveLinks()
{
    closeInput();
    const std::shared_ptr<media::EncoderThread> encoder = [this] {
        const std::lock_guard lock(m_encoderMutex);
        m_encoderClosed = true;
        return std::exchange(m_encoder, nullptr);
    }();
    if (encoder)
        encoder->stop();
    m_publisher.reset(); // its callbacks use what is declared after it
}

trickle::PublisherOptions LiveLinks::publisherOptions(const QUrl &channel) const
{
    trickle::PublisherOptions options;
    options.channel = channel;
    options.tls = m_settings.tls;
    return options;
}

trickle::SubscriberOptions LiveLinks::subscriberOptions(const QUrl &channel) const
{
    trickle::SubscriberOptions options;
    options.channel = channel;
    options.tls = m_settings.tls;
    return options;
}

void LiveLinks::open()
{
    if (!m_urls.control.isEmpty()) {
        trickle::JsonReaderOptions options;
        options.subscriber = subscriberOptions(m_urls.control);
        options.subscriber.start = 0; // also what was said before this reader came
        trickle::JsonReader::Callbacks callbacks;
        callbacks.record = m_onControl;
        callbacks.problem = [this](const Error &error) { event(QStringLiteral("error"), Json{{QStringLiteral("message"), error.message()}}); };
        if (m_urls.subscribe.isEmpty() && m_urls.publish.isEmpty())
            callbacks.ended = [inbox = m_inbox](const std::optional<Error> &) { inbox->endInput(QStringLiteral("The control channel ended.")); };
        m_control = std::make_unique<trickle::JsonReader>(m_io, std::move(options), std::move(callbacks));
    }
    if (m_urls.subscribe.isEmpty())
        return;
    if (m_channels.raw) {
        trickle::SubscriberOptions options = subscriberOptions(m_urls.subscribe);
        options.start = 0; // lines, not pictures: none is too old
        m_subscriber = std::make_unique<trickle::Subscriber>(m_io, std::move(options));
        askRaw();
        return;
    }
    media::DecoderSettings settings;
    settings.wantAudio = m_publisher != nullptr;
    settings.maxLag = MaxLag;
    media::DecoderThread::Output output;
    output.frame = [this](media::Frame frame) {
        ++m_counts.framesIn;
        m_counts.width = frame.width();
        m_counts.height = frame.height();
        m_inbox->putFrame(std::move(frame));
    };
    output.audio = [this](media::AudioChunk chunk) { sound(std::move(chunk)); };
    output.failed = [inbox = m_inbox](const Error &error) { inbox->fail(QStringLiteral("The input cannot be decoded: ") + error.message()); };
    m_decoder = std::make_unique<media::DecoderThread>(settings, std::move(output));
    trickle::SubscriberOptions options = subscriberOptions(m_urls.subscribe);
    options.maxLag = MaxLag;
    m_subscriber = std::make_unique<trickle::Subscriber>(m_io, std::move(options),
        [this](const trickle::SubscriberEvent &happened) { received(happened); });
}

void LiveLinks::received(const trickle::SubscriberEvent &happened)
{
    using Type = trickle::SubscriberEvent::Type;
    switch (happened.type) {
    case Type::SegmentBegin:
        m_segmentStart = true;
        if (!std::exchange(m_sawFirst, true))
            event(QStringLiteral("receive_first_ingest_segment"), {});
        break;
    case Type::Bytes: {
        m_counts.bytesIn += quint64(happened.bytes.size());
        media::TsInput input;
        input.bytes = happened.bytes;
        input.segmentStart = std::exchange(m_segmentStart, false);
        input.gap = std::exchange(m_gap, false);
        input.receivedAt = happened.received;
        m_decoder->submit(std::move(input));
        break;
    }
    case Type::SegmentEnd:
        m_decoder->endSegment();
        m_gap = m_gap || !happened.complete;
        break;
    case Type::Gap:
        m_gap = true;
        break;
    case Type::End:
        m_inbox->endInput(happened.error ? QStringLiteral("The input channel was lost: ") + happened.error->message()
                                         : QStringLiteral("The input channel was closed."));
        break;
    }
}

void LiveLinks::askRaw()
{
    // With no more than one piece asked for, a job that is slow slows its reader and not its neighbours.
    m_subscriber->next([inbox = m_inbox](const trickle::SubscriberEvent &happened) { inbox->putRaw(happened); });
}

void LiveLinks::closeInput()
{
    m_control.reset();
    m_subscriber.reset();
    m_inbox->keepAllFrames();
    if (m_decoder)
        m_decoder->stop();
    m_decoder.reset();
}

void LiveLinks::close(const QString &reason)
{
    const std::shared_ptr<media::EncoderThread> encoder = [this] {
        const std::lock_guard lock(m_encoderMutex);
        m_encoderClosed = true;
        return m_encoder;
    }();
    if (encoder)
        encoder->stop();
    if (m_publisher)
        m_publisher->nextSegment();
    event(QStringLiteral("stream_stopped"), Json{{QStringLiteral("reason"), reason}});
    // Closing deletes the channels, and a reader that is a segment behind must have had the last ones.
    if (m_events || m_data || m_publisher)
        m_inbox->waitForStop(trickle::ReadersGrace);
    // The output last: an orchestrator takes its end for the end of the stream and closes the others.
    QList<QFuture<void>> others;
    for (const auto *writer : {&m_data, &m_events}) {
        if (*writer)
            others.append((*writer)->close());
    }
    for (const QFuture<void> &closed : std::as_const(others))
        waitAtMost(closed, FarewellLimit);
    if (m_publisher)
        waitAtMost(m_publisher->close(), PublisherFarewellLimit);
}

std::shared_ptr<media::EncoderThread> LiveLinks::makeEncoder()
{
    media::EncoderSettings settings;
    settings.audio = m_audio;
    media::EncoderThread::Output output;
    output.chunk = [this](const media::TsChunk &chunk) { sendChunk(chunk); };
    output.failed = [inbox = m_inbox](const Error &error) { inbox->fail(QStringLiteral("The output cannot be encoded: ") + error.message()); };
    return std::make_shared<media::EncoderThread>(std::move(settings), std::move(output));
}

void LiveLinks::frame(media::Frame frame)
{
    if (!m_publisher || m_channels.raw || frame.isNull())
        return;
    const std::lock_guard lock(m_encoderMutex);
    if (m_encoderClosed)
        return;
    if (!m_encoder)
        m_encoder = makeEncoder();
    m_encoder->submit(std::move(frame));
}

void LiveLinks::sound(media::AudioChunk chunk)
{
    if (!m_publisher)
        return;
    std::shared_ptr<media::EncoderThread> silent;
    {
        const std::lock_guard lock(m_encoderMutex);
        if (m_encoderClosed)
            return;
        if (!m_audio || !(*m_audio == chunk.format)) {
            m_audio = chunk.format; // the next picture makes an encoder with sound
            silent = std::exchange(m_encoder, nullptr);
        } else if (m_encoder) {
            m_encoder->submit(std::move(chunk));
        }
    }
    if (!silent)
        return;
    silent->stop();
    const std::lock_guard lock(m_encoderMutex);
    m_droppedBefore += silent->stats().droppedQueue;
}

void LiveLinks::sendChunk(const media::TsChunk &chunk)
{
    if (chunk.segmentStart)
        m_publisher->nextSegment();
    if (!m_publisher->write(chunk.bytes)) {
        requestKeyFrame();
        return;
    }
    m_counts.bytesOut += quint64(chunk.bytes.size());
    if (!chunk.audio)
        ++m_counts.framesOut;
    if (!m_sentFirst.exchange(true))
        event(QStringLiteral("send_first_processed_segment"), {});
}

void LiveLinks::requestKeyFrame()
{
    const std::lock_guard lock(m_encoderMutex);
    if (m_encoder)
        m_encoder->requestKeyFrame();
}

quint64 LiveLinks::dropped()
{
    quint64 count = m_inbox->droppedFrames();
    {
        const std::lock_guard lock(m_encoderMutex);
        count += m_droppedBefore + (m_encoder ? m_encoder->stats().droppedQueue : 0);
    }
    return count + (m_publisher ? quint64(m_publisher->stats().chunksDropped) : 0);
}

void LiveLinks::data(const Json &record)
{
    if (!m_data)
        return;
    const auto sent = m_data->send(record);
    if (!sent && sent.error().kind() == Error::Kind::TooLarge)
        event(QStringLiteral("error"), Json{{QStringLiteral("message"), QStringLiteral("A data record was lost: ") + sent.error().message()}});
}

void LiveLinks::keepAlive()
{
    if (m_data && !m_data->send(Json{{QStringLiteral("keep"), QStringLiteral("alive")}}))
        qCDebug(logRunner, "the data channel takes nothing");
}

void LiveLinks::event(const QString &type, const Json &fields)
{
    if (!m_events)
        return;
    Json record{{QStringLiteral("type"), type}, {QStringLiteral("timestamp"), QDateTime::currentMSecsSinceEpoch()}};
    for (const auto &[name, value] : fields.members())
        record.insert(name, value);
    if (const auto sent = m_events->send(record); !sent)
        qCDebug(logRunner) << "event" << type << "was not sent:" << sent.error().message();
}

void LiveLinks::raw(const QByteArray &bytes, bool endSegment)
{
    if (!m_publisher || !m_channels.raw)
        return;
    // A full queue slows the job, and through it the reader of its input; nothing of a raw stream is dropped.
    while (!m_publisher->write(bytes)) {
        if (m_publisher->isTerminal() || m_inbox->isStopped())
            return;
        m_inbox->waitForStop(RawPatience); // a stop is noticed at once
    }
    m_counts.bytesOut += quint64(bytes.size());
    if (!bytes.isEmpty() && !m_sentFirst.exchange(true))
        event(QStringLiteral("send_first_processed_segment"), {});
    if (endSegment)
        m_publisher->nextSegment();
}

} // namespace sluice
