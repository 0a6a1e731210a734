#include "execute_live.h"

#include "await.h"
#include "call_failure.h"
#include "interrupt.h"
#include "render.h"
#include "stdin_lines.h"
#include "text.h"

#include "sluice/base/bytes.h"
#include "sluice/base/late_file.h"
#include "sluice/gateway/json_forms.h"
#include "sluice/media/file_source.h"
#include "sluice/media/frame.h"
#include "sluice/media/latency_meter.h"
#include "sluice/media/test_pattern.h"
#ifdef SLUICE_HAS_CAMERA
#include "sluice/media/camera_source.h"
#endif

#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>

#include <cmath>

namespace sluice::ctl {

namespace {

using namespace std::chrono_literals;
using State = LiveSession::State;

/// What a worker may take to say the rest after the end of its input.
constexpr auto QuietAfterInput = 2s;
constexpr auto FlushInterval = 125ms;
/// Until then a job that is interrupted may have nothing to show.
constexpr auto VerdictAfter = 3s;

std::shared_ptr<media::VideoSource> cameraSource(const QString &wanted, const media::VideoFormat &format)
{
#ifdef SLUICE_HAS_CAMERA
    const QList<media::CameraInfo> all = media::cameras();
    QStringList names;
    for (const media::CameraInfo &camera : all) {
        const bool named = camera.description == wanted || QString::fromUtf8(camera.id) == wanted;
        if (named || (wanted.isEmpty() && (camera.isDefault || all.size() == 1)))
            return std::make_shared<media::CameraSource>(camera.id, format);
        names.append(camera.description);
    }
    if (!all.isEmpty() && wanted.isEmpty())
        return std::make_shared<media::CameraSource>(all.first().id, format);
    const QString message = all.isEmpty() ? Text::tr("No camera is plugged in.") : Text::tr("There is no camera \"%1\".").arg(wanted);
    const QString advice = all.isEmpty() ? Text::tr("Use --source pattern, or a video file.")
                                         : Text::tr("There are: %1.").arg(names.join(QStringLiteral(", ")));
    throw Error(Error::Kind::InvalidInput, message).withAdvice(advice);
#else
    Q_UNUSED(wanted)
    Q_UNUSED(format)
    throw Error(Error::Kind::InvalidInput, Text::tr("This sluicectl was built without camera support."))
        .withAdvice(Text::tr("Use --source pattern, or a video file."));
#endif
}

std::shared_ptr<media::VideoSource> sourceFor(const LiveWishes &wishes)
{
    const media::VideoFormat format{wishes.width, wishes.height, wishes.publish.framesPerSecond};
    if (wishes.source == QLatin1String("pattern"))
        return std::make_shared<media::TestPatternSource>(format);
    if (wishes.source == QLatin1String("camera") || wishes.source.startsWith(QLatin1String("camera:")))
        return cameraSource(wishes.source.mid(7), format);
    media::FileSource::Options options;
    options.loop = wishes.duration.count() > 0;
    options.maxFramesPerSecond = wishes.maxFramesPerSecond;
    options.stillFramesPerSecond = wishes.publish.framesPerSecond;
    return std::shared_ptr<media::VideoSource>(orThrow(media::FileSource::open(wishes.source, options)));
}

double rounded(double milliseconds)
{
    return std::round(milliseconds * 100) / 100;
}

/// One live job of this program: from its start to its last line.
class LiveCommand final : public QObject {
    Q_OBJECT
public:
    LiveCommand(Gateway &gateway, const Call &call, LiveWishes wishes, std::shared_ptr<media::VideoSource> source)
        : m_wishes(std::move(wishes))
        , m_source(std::move(source))
        , m_session(gateway.live(call))
    {
        m_done.start();
        connect(m_session.get(), &LiveSession::stateChanged, this, &LiveCommand::onState);
        connect(m_session.get(), &LiveSession::failed, this, [this](const Error &error) { m_error = error; });
        connect(m_session.get(), &LiveSession::event, this, [this](const Json &event) { record("event", event); });
        connect(m_session.get(), &LiveSession::data, this, [this](const Json &data) {
            noteOutput();
            record("data", data);
        });
        connect(m_session.get(), &LiveSession::warning, this, &LiveCommand::warn);
        connect(m_session.get(), &LiveSession::outputProblem, this, [this](const Error &error) {
            if (error.kind() == Error::Kind::Storage) { // the recording, which is what --out asks for
                m_error = error;
                m_session->close();
                return;
            }
            m_noPicture = error;
            warn(error.message());
        });
        connect(m_session.get(), &LiveSession::sourceFailed, this, [this](const Error &error) {
            m_error = error;
            m_session->close();
        });
        connect(m_session.get(), &LiveSession::sourceEnded, this, &LiveCommand::endInput);
        connect(&Interrupt::instance(), &Interrupt::interrupted, this, [this] {
            m_interrupted = true;
            m_cutShort = !m_running.isValid() || std::chrono::milliseconds(m_running.elapsed()) < VerdictAfter;
            m_session->close();
        });
        connect(&Output::instance(), &Output::readerGone, this, [this] { m_session->close(); });
        Output::instance().watchReader();
        connect(&m_quiet, &QTimer::timeout, this, [this] { m_session->close(); });
        connect(&m_flush, &QTimer::timeout, this, &LiveCommand::flushInput);
        m_flush.setSingleShot(true);
        m_quiet.setSingleShot(true);
        m_quiet.setInterval(QuietAfterInput);
    }

    void begin()
    {
        if (m_wishes.raw)
            beginRaw();
        else
            beginVideo();
    }
    [[nodiscard]] LiveSession &session() { return *m_session; }
    [[nodiscard]] QFuture<void> done() const { return m_done.future(); }
    [[nodiscard]] bool wasReady() const { return m_ready; }
    [[nodiscard]] std::optional<Error> error() const { return m_error; }
    [[nodiscard]] CallHandle call() const { return *m_session; }
    /// The last line.
    int finish();

private:
    void beginVideo();
    void beginRaw();
    void onState(State state);
    void onLine(const QByteArray &line);
    void endInput();
    void startFlush();
    void flushInput();
    void output(const QByteArray &bytes, qint64 seq);
    void noteOutput();
    void record(const char *type, const Json &json);
    void warn(const QString &sentence);
    [[nodiscard]] Json measurements() const;

    LiveWishes m_wishes;
    std::shared_ptr<media::VideoSource> m_source;
    std::unique_ptr<LiveSession> m_session;
    QPromise<void> m_done;
    std::optional<Error> m_error;
    std::optional<Error> m_noPicture; ///< why none has come back
    QTimer m_quiet;
    std::unique_ptr<StdinLines> m_input;
    QByteArray m_segment;
    qint64 m_lines = 0;
    qint64 m_records = 0; ///< events and data that came back
    QTimer m_flush;
    QElapsedTimer m_flushed; ///< since the last segment
    bool m_stdinEnded = false;
    std::unique_ptr<LateFile> m_file;
    bool m_ready = false;
    QElapsedTimer m_running; ///< since it was ready
    bool m_interrupted = false;
    bool m_cutShort = false; ///< interrupted before anything had to come back
    bool m_inputEnded = false;
};

void LiveCommand::beginVideo()
{
    // Pictures are decoded only for the measurements.
    m_session->setFrameHandler([](const media::Frame &) {});
    if (!m_wishes.outFile.isEmpty()) {
        QFuture<void> recording = m_session->record(LiveSession::Channel::Subscribe, m_wishes.outFile);
        recording.waitForFinished(); // throws when the file cannot be made
    }
    m_session->publish(m_source, m_wishes.publish);
}

void LiveCommand::beginRaw()
{
    if (!m_wishes.outFile.isEmpty()) {
        auto file = LateFile::open(m_wishes.outFile);
        if (!file)
            throw Error(Error::Kind::InvalidInput, file.error().message()).withAdvice(file.error().advice());
        m_file = std::move(*file);
    }
    auto whole = std::make_shared<QByteArray>();
    m_session->setRawHandler([this, whole](const QByteArray &bytes, qint64 seq, bool end) {
        *whole += bytes;
        const bool show = end || whole->size() > 1024 * 1024;
        if (show && !whole->isEmpty())
            QMetaObject::invokeMethod(this, [this, piece = std::exchange(*whole, {}), seq] { output(piece, seq); }, Qt::QueuedConnection);
    });
}

void LiveCommand::onState(State state)
{
    if (state == State::Ready) {
        m_ready = true;
        m_running.start();
        if (m_wishes.json)
            writeOut(Json{{QStringLiteral("type"), "ready"}, {QStringLiteral("run_id"), m_session->runId()},
                         {QStringLiteral("orchestrator"), m_session->servedBy().toString()}, {QStringLiteral("job"), m_session->raw()}}.dump()
                + '\n');
        else
            writeErr(Text::tr("Running at %1. Ctrl-C ends it.").arg(m_session->servedBy().authority()));
        if (m_wishes.duration.count() > 0)
            QTimer::singleShot(m_wishes.duration, this, [this] { m_session->close(); });
        if (m_wishes.raw) {
            m_input = std::make_unique<StdinLines>();
            connect(m_input.get(), &StdinLines::line, this, &LiveCommand::onLine);
            connect(m_input.get(), &StdinLines::ended, this, [this] {
                m_stdinEnded = true;
                flushInput();
            });
            m_input->start();
        }
    }
    // Queued, so that failed() comes first.
    if (state == State::Closed || state == State::Failed)
        QMetaObject::invokeMethod(this, [this] { m_done.finish(); }, Qt::QueuedConnection);
}

void LiveCommand::onLine(const QByteArray &line)
{
    m_segment += line;
    ++m_lines;
    if (m_wishes.linesPerSegment == 0)
        startFlush();
    else if (m_lines >= m_wishes.linesPerSegment)
        flushInput();
    else
        m_input->taken();
}

/// At once when nothing was sent for a while. Readers keep up with some eight segments a second, so lines that come faster go together.
void LiveCommand::startFlush()
{
    if (m_flush.isActive())
        return;
    const bool rested = !m_flushed.isValid() || m_flushed.hasExpired(FlushInterval.count());
    m_flush.start(rested ? 0ms : FlushInterval);
}

void LiveCommand::flushInput()
{
    if (!m_segment.isEmpty() && !m_session->writeRaw(m_segment)) {
        if (m_session->state() == State::Ready)
            m_flush.start(FlushInterval); // the queue is full; meanwhile nothing more is read
        return;
    }
    m_flushed.start();
    m_segment.clear();
    for (qint64 lines = m_wishes.linesPerSegment == 0 ? m_lines : std::min<qint64>(m_lines, 1); lines > 0; --lines)
        m_input->taken();
    m_lines = 0;
    if (m_stdinEnded && !m_inputEnded)
        endInput();
}

void LiveCommand::endInput()
{
    m_inputEnded = true;
    m_session->endInput();
    m_quiet.start();
}

void LiveCommand::noteOutput()
{
    if (m_inputEnded)
        m_quiet.start();
}

void LiveCommand::output(const QByteArray &bytes, qint64 seq)
{
    noteOutput();
    if (m_file) {
        const std::optional<QString> problem = m_error ? std::nullopt : m_file->write(bytes);
        if (!problem)
            return;
        m_error = Error(Error::Kind::Storage, Text::tr("%1 cannot be written: %2.").arg(m_wishes.outFile, *problem));
        m_session->close();
    } else if (!m_wishes.json) {
        writeOut(bytes);
    } else {
        const QString text = QString::fromUtf8(bytes);
        Json line{{QStringLiteral("type"), "output"}, {QStringLiteral("seq"), seq}};
        if (text.toUtf8() == bytes)
            line.insert(QStringLiteral("text"), text);
        else
            line.insert(QStringLiteral("base64"), QString::fromLatin1(bytes::toBase64(bytes)));
        writeOut(line.dump() + '\n');
    }
}

void LiveCommand::record(const char *type, const Json &json)
{
    ++m_records;
    if (m_wishes.json)
        writeOut(Json{{QStringLiteral("type"), type}, {QLatin1String(type), json}}.dump() + '\n');
    else if (QByteArray(type) == "data")
        writeOut(json.dump() + '\n');
    else
        writeErr(QString::fromUtf8(json.dump()));
}

void LiveCommand::warn(const QString &sentence)
{
    if (m_wishes.json)
        writeOut(Json{{QStringLiteral("type"), "warning"}, {QStringLiteral("warning"), sentence}}.dump() + '\n');
    else
        writeErr(sentence);
}

Json LiveCommand::measurements() const
{
    const LiveStats stats = m_session->stats();
    Json latency;
    Json first;
    qint64 framesIn = stats.out.frames;
    if (stats.latency) {
        framesIn = qint64(stats.latency->framesIn);
        if (stats.latency->endToEnd)
            latency = Json{{QStringLiteral("p50"), rounded(stats.latency->endToEnd->p50Ms)}, {QStringLiteral("p95"), rounded(stats.latency->endToEnd->p95Ms)}};
        if (stats.latency->firstFrameMs)
            first = rounded(*stats.latency->firstFrameMs);
    }
    const Payment payment = m_session->payment();
    return Json{{QStringLiteral("type"), "end"},
        {QStringLiteral("end"), m_error ? "failed" : m_interrupted ? "interrupted" : "closed"},
        {QStringLiteral("run_id"), m_session->runId()},
        {QStringLiteral("latency_ms"), latency}, {QStringLiteral("first_frame_ms"), first},
        {QStringLiteral("frames_in"), framesIn}, {QStringLiteral("frames_out"), stats.in.frames},
        {QStringLiteral("dropped"), stats.out.dropped + stats.in.dropped},
        {QStringLiteral("bytes_out"), stats.out.bytes}, {QStringLiteral("bytes_in"), stats.in.bytes},
        {QStringLiteral("paid_wei"), payment.paidWei}, {QStringLiteral("tickets"), payment.tickets.size()}};
}

int LiveCommand::finish()
{
    m_input.reset();
    if (m_error)
        m_error = Connection::withWhyGone(*m_error);
    if (!m_error && m_noPicture && m_session->stats().in.frames == 0)
        m_error = m_noPicture;
    if (!m_error && !m_cutShort && !m_wishes.raw && m_records == 0 && m_session->stats().in.bytes == 0) {
        m_error = Error(Error::Kind::NoRunner, Text::tr("Nothing came back: no picture, no data, no event."))
                      .withAdvice(Text::tr("The worker may have failed, or may not reach the orchestrator's channels; its log tells. Give it more --seconds if it is slow to begin."))
                      .withPaymentSent(!m_session->payment().tickets.isEmpty());
    }
    Json last = measurements();
    if (m_wishes.json) {
        if (m_error)
            last.insert(QStringLiteral("error"), errorToJson(*m_error));
        writeOut(last.dump() + '\n');
    } else {
        const Json latency = last.value(QStringLiteral("latency_ms"));
        if (!latency.isNull())
            writeErr(Text::tr("%1 pictures in, %2 out, latency %3 ms (95 %: %4 ms), first after %5 ms, %6 dropped.")
                         .arg(QString::number(*last.value(QStringLiteral("frames_in")).toInt64()), QString::number(*last.value(QStringLiteral("frames_out")).toInt64()),
                             QString::fromLatin1(latency.value(QStringLiteral("p50")).numberText()), QString::fromLatin1(latency.value(QStringLiteral("p95")).numberText()),
                             QString::fromLatin1(last.value(QStringLiteral("first_frame_ms")).numberText()), QString::number(*last.value(QStringLiteral("dropped")).toInt64())));
        writeErr(paymentLine(m_session->payment()));
        if (m_error)
            printError(*m_error, false);
    }
    if (m_error)
        return exitCodeFor(*m_error);
    requireOutput();
    return ExitOk; // Ctrl-C is how a live job is ended
}

} // namespace

QCoro::Task<int> executeLive(Call call, std::shared_ptr<Connection> connection, LiveWishes wishes)
{
    // Before the job: what cannot be sent is not to be paid for.
    std::shared_ptr<media::VideoSource> source;
    if (!wishes.raw)
        source = sourceFor(wishes);
    auto run = std::make_unique<LiveCommand>(connection->gateway(), call, wishes, source);
    run->begin();
    const QFuture<void> done = run->done();
    co_await outcomeOf(done);
    if (!run->wasReady()) {
        const std::optional<Error> error = run->error();
        const CallHandle finished = run->call();
        run.reset();
        co_await connection->close();
        if (error)
            throw CallFailure(*error, finished);
        throw Error(Error::Kind::Canceled, Text::tr("Cancelled before the job ran."));
    }
    int code = ExitFailed;
    std::optional<Error> failure;
    try {
        code = run->finish();
    } catch (const Error &error) {
        failure = error;
    }
    run.reset();
    co_await connection->close();
    if (failure)
        throw *failure;
    co_return code;
}

} // namespace sluice::ctl

#include "execute_live.moc"
