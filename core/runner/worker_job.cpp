#include "sluice/runner/worker_job_p.h"

#include "sluice/base/log.h"
#include "sluice/runner/runner_reply_p.h"

#include <cmath>

namespace sluice {

namespace asio = boost::asio;
using Steady = std::chrono::steady_clock;
using namespace std::chrono_literals;

namespace {

constexpr auto KeepaliveInterval = 60s;
constexpr auto ComplaintInterval = 1s;

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

double perSecond(quint64 count, Steady::duration time)
{
    const double seconds = std::chrono::duration<double>(time).count();
    return seconds > 0 ? std::round(10 * double(count) / seconds) / 10 : 0;
}

} // namespace

WorkerJob::WorkerJob(IoThread &io, ServedCapability &capability, QString id, LiveUrls urls, Json parameters, LiveSettings settings)
    : m_io(io)
    , m_capability(capability)
    , m_id(std::move(id))
    , m_urls(std::move(urls))
    , m_settings(std::move(settings))
    , m_channels(capability.live().channels())
    , m_parameters(std::move(parameters))
    , m_accepted(m_parameters)
    , m_changed(io.context().get_executor())
{
}

WorkerJob::~WorkerJob()
{
    stop(QStringLiteral("The runner stopped."));
    if (m_thread.joinable())
        m_thread.join();
}

void WorkerJob::begin(std::function<void()> ended)
{
    m_onEnded = std::move(ended);
    m_thread = std::thread([this] { main(); });
}

asio::awaitable<std::exception_ptr> WorkerJob::started(std::chrono::milliseconds limit)
{
    Alarm alarm(m_io.context().get_executor());
    bool late = false;
    alarm.arm(limit, [this, &late] {
        late = true;
        m_changed.notify();
    });
    while (!m_isStarted && !m_isEnded && !late)
        co_await m_changed.wait();
    if (!m_isStarted && !m_isEnded) {
        stop(QStringLiteral("It did not start in time."));
        co_return std::make_exception_ptr(Error(Error::Kind::Timeout, QStringLiteral("The job did not start within %1 s.").arg(limit.count() / 1000)));
    }
    co_return std::as_const(m_failure);
}

asio::awaitable<void> WorkerJob::ended(std::chrono::milliseconds limit)
{
    Alarm alarm(m_io.context().get_executor());
    bool late = false;
    alarm.arm(limit, [this, &late] {
        late = true;
        m_changed.notify();
    });
    while (!m_isEnded && !late)
        co_await m_changed.wait();
}

void WorkerJob::stop(const QString &reason)
{
    m_inbox->stop(reason);
}

QList<SchemaViolation> WorkerJob::update(const Json &changes)
{
    const std::lock_guard lock(m_parametersMutex);
    Json merged = m_parameters;
    for (const auto &[name, value] : changes.members())
        merged.insert(name, value);
    QList<SchemaViolation> violations = m_capability.validator().validate(merged);
    if (violations.isEmpty()) {
        m_parameters = merged;
        m_inbox->putParameters(merged);
    }
    return violations;
}

void WorkerJob::onControl(const Json &record)
{
    const QList<SchemaViolation> violations = update(record);
    if (!violations.isEmpty())
        event(key("error"), Json{{key("message"), QStringLiteral("The parameters were not changed: ") + violations.first().message},
            {key("field"), violations.first().pointer}});
}

void WorkerJob::report(std::exception_ptr failure)
{
    m_io.post([weak = weak_from_this(), failure] {
        const auto self = weak.lock();
        if (!self)
            return;
        self->m_isStarted = !failure;
        self->m_failure = failure;
        self->m_changed.notify();
    });
}

void WorkerJob::main()
{
    std::exception_ptr failure;
    try {
        m_job = m_capability.live().start(*this);
        m_job->parameters(m_accepted);
        m_ownLinks = std::make_unique<LiveLinks>(m_io, m_urls, m_settings, m_channels, m_inbox, [this](const Json &record) { onControl(record); });
    } catch (...) {
        failure = std::current_exception();
    }
    report(failure);
    if (!failure) {
        m_links = m_ownLinks.get();
        m_ownLinks->open();
        work();
        qCInfo(logRunner).noquote() << m_capability.name() << "ended stream" << m_id << m_inbox->reason();
        m_ownLinks->close(m_inbox->reason());
    }
    m_job.reset(); // before what its sink leads to
    m_links = nullptr;
    m_ownLinks.reset();
    m_io.post([weak = weak_from_this(), onEnded = std::exchange(m_onEnded, nullptr)] {
        if (const auto self = weak.lock()) {
            self->m_isEnded = true;
            self->m_changed.notify();
        }
        onEnded();
    });
}

template <typename F> void WorkerJob::guarded(F work)
{
    std::exception_ptr failure;
    try {
        work();
    } catch (...) {
        failure = std::current_exception();
    }
    if (!failure || Steady::now() < m_nextComplaint)
        return;
    m_nextComplaint = Steady::now() + ComplaintInterval;
    event(key("error"), Json{{key("message"), describeFailure(failure, {}).text}});
}

void WorkerJob::work()
{
    const auto now = Steady::now();
    m_nextHeartbeat = now;
    m_nextStatus = now + m_settings.status;
    m_lastStatus = now;
    m_nextKeepalive = now + KeepaliveInterval;
    while (!m_inputEnded) {
        sendDueReports();
        LiveInbox::Item item = m_inbox->take(std::min({m_nextHeartbeat, m_nextStatus, m_nextKeepalive}));
        if (item.type == LiveInbox::Item::Type::Stop)
            break;
        handle(std::move(item));
    }
    // What the decoder still held is worked off too, unless the job was told to stop.
    m_ownLinks->closeInput();
    for (auto item = m_inbox->take(Steady::now()); item.type == LiveInbox::Item::Type::Frame || item.type == LiveInbox::Item::Type::Parameters;
         item = m_inbox->take(Steady::now()))
        handle(std::move(item));
    guarded([this] { m_job->ended(); });
}

void WorkerJob::handle(LiveInbox::Item item)
{
    using Type = LiveInbox::Item::Type;
    switch (item.type) {
    case Type::Parameters:
        applyParameters(item.parameters);
        break;
    case Type::Frame:
        guarded([&] { m_job->frame(item.frame); });
        break;
    case Type::Raw:
        handleRaw(*item.raw);
        break;
    case Type::InputEnded:
        m_inputEnded = true;
        break;
    case Type::Stop:
    case Type::Nothing:
        break;
    }
}

void WorkerJob::handleRaw(const trickle::SubscriberEvent &happened)
{
    using EventType = trickle::SubscriberEvent::Type;
    switch (happened.type) {
    case EventType::Bytes:
        guarded([&] { m_job->raw(happened.bytes, false); });
        break;
    case EventType::SegmentEnd:
        guarded([&] { m_job->raw({}, true); });
        break;
    case EventType::Gap:
        event(key("error"), Json{{key("message"), QStringLiteral("Segments %1 to %2 of the input are lost.").arg(happened.seq).arg(happened.next - 1)}});
        break;
    case EventType::SegmentBegin:
        if (happened.seq == 0)
            event(key("receive_first_ingest_segment"), {});
        break;
    case EventType::End:
        m_inbox->endInput(happened.error ? QStringLiteral("The input channel was lost: ") + happened.error->message()
                                         : QStringLiteral("The input channel was closed."));
        m_inputEnded = true;
        return;
    }
    m_ownLinks->askRaw();
}

void WorkerJob::applyParameters(const Json &parameters)
{
    bool taken = false;
    guarded([&] {
        m_job->parameters(parameters);
        taken = true;
    });
    {
        const std::lock_guard lock(m_parametersMutex);
        if (taken)
            m_accepted = parameters;
        else if (m_parameters == parameters)
            m_parameters = m_accepted;
    }
    if (taken)
        event(key("params_updated"), Json{{key("params"), parameters}});
}

void WorkerJob::sendDueReports()
{
    const auto now = Steady::now();
    if (now >= m_nextHeartbeat) {
        m_nextHeartbeat = now + m_settings.heartbeat;
        event(key("heartbeat"), {});
    }
    if (now >= m_nextStatus) {
        m_nextStatus = now + m_settings.status;
        sendStatus(now - m_lastStatus);
        m_lastStatus = now;
    }
    if (now >= m_nextKeepalive) {
        m_nextKeepalive = now + KeepaliveInterval;
        m_ownLinks->keepAlive();
    }
}

void WorkerJob::sendStatus(Steady::duration since)
{
    const LiveCounts &counts = m_ownLinks->counts();
    const quint64 in = counts.framesIn;
    const quint64 out = counts.framesOut;
    const Json inference{{key("input_fps"), perSecond(in - std::exchange(m_framesInBefore, in), since)},
        {key("output_fps"), perSecond(out - std::exchange(m_framesOutBefore, out), since)}, {key("frames_in"), in}, {key("frames_out"), out},
        {key("frames_dropped"), m_ownLinks->dropped()}, {key("bytes_in"), quint64(counts.bytesIn)}, {key("bytes_out"), quint64(counts.bytesOut)},
        {key("width"), int(counts.width)}, {key("height"), int(counts.height)}};
    event(key("status"), Json{{key("inference_status"), inference}});
}

Json WorkerJob::status()
{
    const std::lock_guard lock(m_parametersMutex);
    return Json{{key("stream_id"), m_id}, {key("status"), m_isEnded ? "ended" : m_isStarted ? "running" : "starting"}, {key("params"), m_parameters}};
}

void WorkerJob::frame(media::Frame frame)
{
    if (LiveLinks *const links = m_links)
        links->frame(std::move(frame));
}

void WorkerJob::data(const Json &record)
{
    if (LiveLinks *const links = m_links)
        links->data(record);
}

void WorkerJob::event(const QString &type, const Json &fields)
{
    if (LiveLinks *const links = m_links)
        links->event(type, fields);
}

void WorkerJob::raw(const QByteArray &bytes, bool endSegment)
{
    if (LiveLinks *const links = m_links)
        links->raw(bytes, endSegment);
}

} // namespace sluice
