#include "live_channels_p.h"

#include "sluice/base/async.h"

#include <QCoro/QCoroFuture>

namespace sluice {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr milliseconds RequestTimeout = 3s;
/// A network that is lost for longer ends the session; with the time that this takes it is reported within three seconds.
constexpr milliseconds Outage = 1800ms;
/// A worker sends an event at least every 30 s (byoc.md 8).
constexpr auto HeartbeatLimit = 35s;
constexpr milliseconds WatchPeriod = 5s;
constexpr int LooksPerKeepAlive = 12;
/// After the output has ended; not every worker ends its data.
constexpr milliseconds DataEndsWithin = 1s;
/// After the events have ended; a worker may end them before its last output.
constexpr milliseconds OutputEndsWithin = 3s;
constexpr milliseconds WritersCloseWithin = 3s;
/// The same where a channel was lost: the others mostly are as well.
constexpr milliseconds LostWritersCloseWithin = 300ms;
constexpr milliseconds ControlKeepalive = 10s;

Error aboutOutput(Error error)
{
    if (error.kind() == Error::Kind::Storage)
        return error; // of its recording
    return error.withMessage(QStringLiteral("The output shows no picture. %1").arg(error.message()));
}

QString channelWord(LiveChannel channel)
{
    switch (channel) {
    case LiveChannel::Publish: return QStringLiteral("input");
    case LiveChannel::Subscribe: return QStringLiteral("output");
    case LiveChannel::Control: return QStringLiteral("control");
    case LiveChannel::Events: return QStringLiteral("events");
    case LiveChannel::Data: break;
    }
    return QStringLiteral("data");
}

} // namespace

LiveChannels::LiveChannels(BackendServices &services, Observer &observer)
    : m_services(services)
    , m_observer(observer)
    , m_outlet(m_meter, *this)
    , m_inlet(m_meter, *this)
{
    m_meter.start();
    m_watch.setInterval(WatchPeriod);
    QObject::connect(&m_watch, &QTimer::timeout, &m_anchor, [this] { look(); });
}

LiveChannels::~LiveChannels() = default;

/// Runs `work` on the session's thread, unless this object is gone by then.
template <typename F> void LiveChannels::post(F work)
{
    QMetaObject::invokeMethod(&m_anchor, std::move(work), Qt::QueuedConnection);
}

void LiveChannels::mediaWarning(const QString &sentence)
{
    post([this, sentence] { m_observer.warn(sentence); });
}

void LiveChannels::mediaEnded(Channel channel, const std::optional<Error> &error)
{
    post([this, channel, error] { onEnded(channel, error); });
}

void LiveChannels::mediaSourceFailed(const Error &error)
{
    post([this, error] { m_observer.onSourceFailed(error); });
}

void LiveChannels::mediaSourceEnded()
{
    post([this] { m_observer.onSourceEnded(); });
}

void LiveChannels::mediaUndecodable(const Error &error)
{
    post([this, error = aboutOutput(error)] { m_observer.onJobOver(error); });
}

void LiveChannels::mediaWithoutPicture(const Error &error)
{
    post([this, error = aboutOutput(error)] { m_observer.onOutputProblem(error); });
}

QUrl LiveChannels::url(Channel channel) const
{
    const auto found = m_urls.find(channel);
    return found == m_urls.end() ? QUrl() : found->second;
}

/// The orchestrator's key was judged when the job was started; another host's is judged at the first connection.
std::shared_ptr<AsioTls> LiveChannels::tlsFor(const QUrl &url)
{
    const QString known = m_services.trust().pinned(TlsTrust::hostPort(url));
    if (!known.isEmpty())
        return AsioTls::expecting(known);
    return AsioTls::trusting(m_services.trust(), TrustPolicy::PinOnFirstUse);
}

void LiveChannels::open(const LiveStart &start)
{
    m_urls = start.channels;
    std::map<QString, std::shared_ptr<AsioTls>> known;
    const auto judge = [&](const QUrl &url) {
        std::shared_ptr<AsioTls> &tls = known[TlsTrust::hostPort(url)];
        if (!tls)
            tls = tlsFor(url);
        return tls;
    };
    openMedia(start.rawSegments, judge);
    openRecords(judge);
}

void LiveChannels::openMedia(bool raw, const Judge &judge)
{
    if (const QUrl where = url(Channel::Subscribe); !where.isEmpty()) {
        trickle::SubscriberOptions options;
        options.channel = where;
        options.tls = judge(where);
        options.connectTimeout = RequestTimeout;
        options.giveUpAfter = Outage;
        m_inlet.open(m_services.io(), options, raw);
    }
    if (const QUrl where = url(Channel::Publish); !where.isEmpty()) {
        trickle::PublisherOptions options;
        options.channel = where;
        options.tls = judge(where);
        options.connectTimeout = RequestTimeout;
        options.chunkTimeout = RequestTimeout;
        options.answerTimeout = RequestTimeout;
        options.startTimeout = RequestTimeout;
        options.outage = Outage; // of video; a raw stream is sent again for a while
        m_outlet.open(m_services.io(), options, raw);
    }
}

void LiveChannels::openRecords(const Judge &judge)
{
    if (const QUrl where = url(Channel::Events); !where.isEmpty())
        m_events = reader(Channel::Events, judge(where));
    if (const QUrl where = url(Channel::Data); !where.isEmpty())
        m_data = reader(Channel::Data, judge(where));
    if (const QUrl where = url(Channel::Control); !where.isEmpty())
        openControl(where, judge(where));
}

void LiveChannels::openControl(const QUrl &where, std::shared_ptr<AsioTls> tls)
{
    trickle::JsonWriterOptions options;
    options.publisher.channel = where;
    options.publisher.tls = std::move(tls);
    options.publisher.connectTimeout = RequestTimeout;
    options.publisher.deleteOnClose = false; // it goes with the job
    options.publisher.hold = trickle::ReadersGrace;
    options.keepalive = ControlKeepalive;
    trickle::Publisher::Callbacks callbacks;
    callbacks.terminal = [this](const Error &error) { mediaEnded(Channel::Control, error); };
    m_control = std::make_unique<trickle::JsonWriter>(m_services.io(), options, std::move(callbacks));
}

std::unique_ptr<trickle::JsonReader> LiveChannels::reader(Channel channel, std::shared_ptr<AsioTls> tls)
{
    trickle::JsonReaderOptions options;
    options.subscriber.channel = url(channel);
    options.subscriber.tls = std::move(tls);
    options.subscriber.start = 0; // records that were written before this reader connected are not missed
    options.subscriber.connectTimeout = RequestTimeout;
    options.subscriber.giveUpAfter = Outage;
    trickle::JsonReader::Callbacks callbacks;
    callbacks.record = [this, channel](const Json &record) { post([this, channel, record] { onRecord(channel, record); }); };
    callbacks.problem = [this](const Error &error) { mediaWarning(error.message()); };
    callbacks.ended = [this, channel](const std::optional<Error> &error) { mediaEnded(channel, error); };
    return std::make_unique<trickle::JsonReader>(m_services.io(), options, std::move(callbacks));
}

void LiveChannels::onRecord(Channel channel, const Json &record)
{
    if (channel == Channel::Events)
        m_lastEvent = steady_clock::now();
    m_observer.onRecord(channel, record);
}

/// A channel is gone. Unless the input was ended first, so is the job (byoc.md 9.1).
void LiveChannels::onEnded(Channel channel, const std::optional<Error> &error)
{
    if (m_ignoresEnds || !m_ended.insert(channel).second)
        return;
    if (channel != Channel::Publish && channel != Channel::Control)
        m_observer.onReadToEnd(channel);
    if (m_ignoresEnds)
        return;
    if (m_inputEnded)
        onEndedAfterInput(channel);
    else if (channel != Channel::Data || error) // a worker may have sent all of its data
        lose(channel, error);
}

void LiveChannels::onEndedAfterInput(Channel channel)
{
    const bool output = url(Channel::Subscribe).isEmpty() || m_ended.contains(Channel::Subscribe);
    const bool data = !m_data || m_ended.contains(Channel::Data);
    if (output && data)
        m_observer.onJobOver(std::nullopt);
    else if (output || channel == Channel::Events)
        QTimer::singleShot(output ? DataEndsWithin : OutputEndsWithin, &m_anchor, [this] { m_observer.onJobOver(std::nullopt); });
}

void LiveChannels::lose(Channel channel, const std::optional<Error> &error)
{
    const bool gone = !error || error->httpStatus() == 404;
    const bool ended = gone || error->kind() == Error::Kind::TrickleTerminal;
    QString sentence;
    if (gone)
        sentence = QStringLiteral("The %1 channel is gone: the worker ended, or the orchestrator removed the job.").arg(channelWord(channel));
    else if (ended)
        sentence = QStringLiteral("The %1 channel ended, and with it the job. %2").arg(channelWord(channel), error->message());
    else
        sentence = QStringLiteral("The connection to the %1 channel was lost. %2").arg(channelWord(channel), error->message());
    m_lost = true;
    m_networkLost = !gone;
    m_observer.onChannelLost(Error(ended ? Error::Kind::TrickleTerminal : Error::Kind::Network, sentence)
                                 .withAdvice(QStringLiteral("What came so far is kept; start again for a new job."))
                                 .withRequest(QByteArray(), url(channel)));
}

/// Polls for silent workers and idle channels.
void LiveChannels::look()
{
    if (++m_looks % LooksPerKeepAlive == 0)
        m_outlet.keepAlive();
    if (m_lastEvent && steady_clock::now() - *m_lastEvent > HeartbeatLimit) {
        m_observer.onJobOver(Error(Error::Kind::Timeout, QStringLiteral("The worker has said nothing for %1 s, so it is taken for dead.")
                                                             .arg(std::chrono::seconds(HeartbeatLimit).count()))
                                 .withAdvice(QStringLiteral("What came so far is kept; start again for a new job.")));
    }
}

void LiveChannels::ignoreEnds()
{
    m_ignoresEnds = true;
    m_watch.stop();
}

QCoro::Task<void> LiveChannels::endInput(CancelToken ended)
{
    m_inputEnded = true;
    m_outlet.finish();
    const Pause pause(trickle::ReadersGrace, ended);
    const QFuture<void> over = pause.over();
    co_await over;
    const QFuture<void> closed = m_outlet.close();
    co_await closed;
}

QCoro::Task<void> LiveChannels::close(std::shared_ptr<Trace> trace)
{
    {
        const auto step = trace->begin(QStringLiteral("close channels"));
        co_await closeWriters();
    }
    if (m_events)
        m_events->stop();
    if (m_data)
        m_data->stop();
    const QFuture<void> decoded = m_inlet.close();
    co_await decoded;
    const auto sent = m_outlet.record(nullptr);
    const auto received = m_inlet.record(nullptr);
    const QFuture<void> recorded = inBackground([sent, received] {
        for (const auto &file : {sent, received}) {
            if (file)
                file->close();
        }
    });
    co_await recorded;
}

/// All at a time: what cannot be sent on one channel must not delay the others.
QCoro::Task<void> LiveChannels::closeWriters()
{
    const auto until = steady_clock::now() + (m_lost ? LostWritersCloseWithin : WritersCloseWithin);
    QList<QFuture<void>> closing;
    closing.append(m_outlet.close());
    if (m_control)
        closing.append(m_control->close());
    for (const QFuture<void> &one : closing) {
        const auto left = std::chrono::ceil<milliseconds>(until - steady_clock::now());
        const QFuture<void> bounded = atMost(one, std::max(left, milliseconds(0)));
        co_await bounded;
    }
}

QFuture<void> LiveChannels::record(Channel channel, const QString &fileName)
{
    if (channel != Channel::Publish && channel != Channel::Subscribe)
        return failedFuture(Error(Error::Kind::InvalidInput, QStringLiteral("Only the input and the output can be recorded as video.")));
    std::shared_ptr<TsRecorder> recording;
    if (!fileName.isEmpty()) {
        auto opened = TsRecorder::open(fileName);
        if (!opened)
            return failedFuture(opened.error());
        recording = *opened;
    }
    const std::shared_ptr<TsRecorder> former = channel == Channel::Publish ? m_outlet.record(recording) : m_inlet.record(recording);
    if (!former)
        return finishedFuture();
    return inBackground([former] { former->close(); });
}

LiveStats LiveChannels::stats() const
{
    LiveStats stats;
    stats.out = m_outlet.traffic();
    stats.in = m_inlet.traffic();
    const media::LatencySnapshot snapshot = m_meter.snapshot();
    if (snapshot.framesIn > 0 || stats.in.frames > 0)
        stats.latency = std::make_shared<const media::LatencySnapshot>(snapshot);
    return stats;
}

} // namespace sluice
