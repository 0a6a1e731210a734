#include "fault_fixture_p.h"

#include "peers/moved_clock.h"

#include "sluice/media/frame_clock.h"
#include "sluice/net/asio_http_client.h"
#include "sluice/net/self_signed.h"
#include "sluice/sandbox/capabilities/live_capabilities.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QThreadPool>

#include <future>
#include <random>

namespace sluice {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

namespace {

constexpr char OrchestratorSecret[] = "a secret for workers";
const Wei Funds("1000000000000000000");

std::mutex witnessMutex;
Witnessed witness;

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

class WitnessJob final : public LiveJob {
public:
    explicit WitnessJob(LiveSink &sink)
        : m_sink(sink)
    {
        const std::lock_guard lock(witnessMutex);
        ++witness.running;
    }
    ~WitnessJob() override
    {
        const std::lock_guard lock(witnessMutex);
        --witness.running;
    }
    void parameters(const Json &parameters) override
    {
        const std::lock_guard lock(witnessMutex);
        witness.numbers.append(parameters.value(key("n")).toInt64().value_or(-1));
    }
    void frame(const media::Frame &frame) override { m_sink.frame(frame); }

private:
    LiveSink &m_sink;
};

class Witness final : public LiveCapability {
public:
    [[nodiscard]] QString name() const override { return key("witness"); }
    [[nodiscard]] QString description() const override { return key("Passes pictures on and notes what it is told."); }
    [[nodiscard]] QString version() const override { return key("1.0.0"); }
    [[nodiscard]] Json inputSchema() const override
    {
        return Json{{key("type"), "object"}, {key("properties"), Json{{key("n"), Json{{key("type"), "integer"}}}}}};
    }
    [[nodiscard]] Json outputSchema() const override
    {
        return Json{{key("x-output"), Json{{key("type"), "video"}, {key("media_type"), "video/mp2t"}}}};
    }
    /// One debit of 23 s is more than one ticket pays, so that there is a payment for each.
    [[nodiscard]] CapabilityPrice price() const override { return {400'000'000, 1, key("wei")}; }
    [[nodiscard]] int capacity() const override { return 2; }
    [[nodiscard]] QList<Example> examples() const override { return {{key("Nothing said"), Json::object()}}; }
    [[nodiscard]] std::unique_ptr<LiveJob> start(LiveSink &sink) override { return std::make_unique<WitnessJob>(sink); }
};

/// Tickets of 8e9 wei, as the sandbox's.
RecipientConfig terms()
{
    RecipientConfig config;
    config.recipient = PrivateKey::generate().address();
    config.terms.ticketEv = 8'000'000'000;
    config.terms.gasPrice = 1;
    return config;
}

} // namespace

FaultNetwork::FaultNetwork(const std::function<void(byoc::OrchestratorOptions &)> &change)
    : m_senderKey(m_sender.secret().expose().toByteArray().toHex())
    , m_store(std::make_unique<SandboxStore>(orThrow(Database::open(m_folder.filePath(key("state.sqlite")), {SandboxStore::schema()}))))
    , m_chain(QDateTime::currentDateTimeUtc(), "salt")
    , m_recipient(std::make_unique<Recipient>(terms(), *m_store, m_chain))
{
    {
        const std::lock_guard lock(witnessMutex);
        witness = {};
    }
    SenderFunds funds;
    funds.deposit = Funds;
    funds.reserve = Funds;
    m_store->setSenderFunds(m_sender.address(), funds);

    byoc::ByocNodeOptions options;
    options.tls = orThrow(makeSelfSigned(key("127.0.0.1")));
    const QString fingerprint = orThrow(publicKeyFingerprint(options.tls->certificatePem));
    options.serviceAddr = client.url().toString();
    options.workerAddr = worker.url().toString();
    options.secret = Secret(QByteArrayView(OrchestratorSecret));
    if (change)
        change(options);
    m_clientClock = std::make_unique<test::FastClock>(int(std::chrono::seconds(options.liveDebitSeconds) / options.liveDebitInterval));
    m_clientData = UserData::inMemory(*m_clientClock);
    m_orchestrator = std::make_unique<byoc::ByocNode>(m_io, *m_recipient, m_chain, options, m_store.get());
    const QUrl url = orThrow(m_orchestrator->start());
    client.forwardTo(quint16(url.port()));
    worker.forwardTo(quint16(url.port()));

    RunnerOptions runner;
    runner.orchestrator = url;
    runner.orchestratorSecret = Secret(QByteArrayView(OrchestratorSecret));
    runner.orchestratorFingerprint = fingerprint;
    runner.channelOrigins = {worker.url().toString()};
    runner.retryInterval = 100ms;
    m_runner = std::make_unique<RunnerServer>(runner);
    orThrow(m_runner->add(std::make_unique<sandbox::LiveNoop>()));
    orThrow(m_runner->add(std::make_unique<sandbox::VideoFilter>()));
    orThrow(m_runner->add(std::make_unique<sandbox::LogTail>()));
    orThrow(m_runner->add(std::make_unique<Witness>()));
    orThrow(m_runner->start());
}

FaultNetwork::~FaultNetwork()
{
    client.heal();
    worker.heal();
    m_runner.reset();
    m_orchestrator.reset();
}

bool FaultNetwork::isReady() const
{
    return m_orchestrator->capabilities().size() == m_runner->names().size();
}

Witnessed FaultNetwork::witnessed() const
{
    const std::lock_guard lock(witnessMutex);
    return witness;
}

QList<byoc::TicketOutcome> FaultNetwork::takenTickets() const
{
    return m_store->outcomes(m_sender.address(), m_chain.latestL1Block(), 10'000);
}

int FaultNetwork::deleteChannel(const QUrl &url)
{
    AsioHttpRequest request;
    request.method = "DELETE";
    request.url = url;
    request.url.setPort(m_orchestrator->url().port());
    const auto status = std::make_shared<std::promise<int>>();
    const auto ask = [](AsioHttpRequest what, std::shared_ptr<std::promise<int>> answer) -> boost::asio::awaitable<void> {
        int code = 0;
        try {
            const AsioHttpResponse response = co_await asioSend(std::move(what));
            code = response.status;
        } catch (const Error &error) {
            qWarning("%s", qPrintable(error.describe()));
        }
        answer->set_value(code);
    };
    auto answered = status->get_future();
    m_io.post([this, ask, request, status] { boost::asio::co_spawn(m_io.context(), ask(request, status), boost::asio::detached); });
    return answered.get();
}

AlteredPattern::AlteredPattern(media::VideoFormat format, std::function<bool(media::Frame &)> change)
    : m_pattern(format)
    , m_change(std::move(change))
{
}

std::shared_ptr<AlteredPattern> AlteredPattern::noisy()
{
    const auto random = std::make_shared<std::minstd_rand>();
    return std::make_shared<AlteredPattern>(media::VideoFormat{320, 240, 30}, [random](media::Frame &frame) {
        std::uint8_t *const luma = frame.writablePlane(0);
        for (int y = frame.height() / 3; y < frame.height(); ++y) {
            for (int x = 0; x < frame.width(); ++x)
                luma[y * frame.stride(0) + x] = std::uint8_t(64 + (*random)() % 128);
        }
        return true;
    });
}

void AlteredPattern::start(media::SourceOutput output)
{
    media::SourceOutput changed = output;
    changed.frame = [this, give = output.frame](media::Frame frame) {
        if (m_change(frame))
            give(std::move(frame));
    };
    m_pattern.start(std::move(changed));
}

FaultSession::FaultSession(FaultNetwork &network, const QString &capability, std::chrono::milliseconds paymentInterval)
    : FaultSession(network.client.url(), network.senderKey(), capability, paymentInterval, network.clientData())
{
}

FaultSession::FaultSession(const QUrl &orchestrator, const QByteArray &senderKey, const QString &capability,
    std::chrono::milliseconds paymentInterval, std::shared_ptr<UserData> known)
    : data(std::move(known))
{
    GatewayConfig config;
    config.orchUrls.append(orchestrator.toString());
    config.senderKey = Secret(senderKey);
    config.livePaymentInterval = paymentInterval;
    gateway = std::make_unique<Gateway>(config, data);
    Call call;
    call.capability = capability;
    call.verb = Verb::Live;
    call.input = Json::object();
    session = gateway->live(call);
    LiveSession *const live = session.get();
    QObject::connect(live, &LiveSession::stateChanged, live, [this](LiveSession::State state) { states.append(state); });
    QObject::connect(live, &LiveSession::warning, live, [this](const QString &sentence) { warnings.append(sentence); });
    QObject::connect(live, &LiveSession::event, live, [this](const Json &event) { events.append(event); });
    QObject::connect(live, &LiveSession::failed, live, [this](const Error &why) {
        error = why;
        endedAt = Steady::now();
        qInfo("%s %s", qPrintable(why.message()), qPrintable(why.advice()));
    });
    live->setFrameHandler([this](const media::Frame &frame) { onFrame(frame); });
    live->setPreviewHandler([this](const media::Frame &frame) { onPreview(frame); });
    QObject::connect(&m_sampler, &QTimer::timeout, live, [this] {
        const LiveStats stats = session->stats();
        mostQueuedOut = std::max(mostQueuedOut, stats.out.queuedBytes);
        mostQueuedIn = std::max(mostQueuedIn, stats.in.queuedBytes);
    });
    m_sampler.start(20);
}

FaultSession::~FaultSession()
{
    (void)close();
    session.reset();
}

void FaultSession::publish(std::shared_ptr<media::VideoSource> source, int bitrateKbps, std::chrono::milliseconds segment)
{
    if (!source)
        source = std::make_shared<media::TestPatternSource>(media::VideoFormat{320, 240, 30});
    PublishOptions options;
    options.bitrateKbps = bitrateKbps;
    options.segmentDuration = segment;
    session->publish(std::move(source), options);
}

bool FaultSession::isReady()
{
    const QFuture<void> ready = session->ready();
    return QTest::qWaitFor([&] { return ready.isFinished(); }, 20'000) && session->state() == LiveSession::State::Ready;
}

void FaultSession::onPreview(const media::Frame &frame)
{
    const auto number = media::readFrameClock(frame);
    if (!number)
        return;
    const std::lock_guard lock(m_mutex);
    m_captured.emplace(*number, Steady::now());
}

void FaultSession::onFrame(const media::Frame &frame)
{
    const auto number = media::readFrameClock(frame);
    {
        const std::lock_guard lock(m_mutex);
        const auto captured = number ? m_captured.find(*number) : m_captured.end();
        if (captured != m_captured.end())
            m_seen.append({*number, captured->second, Steady::now()});
    }
    const auto slow = m_slow.load();
    if (slow.count() > 0)
        std::this_thread::sleep_for(slow);
}

std::optional<SeenPicture> FaultSession::newest() const
{
    const std::lock_guard lock(m_mutex);
    return m_seen.isEmpty() ? std::nullopt : std::optional(m_seen.last());
}

int FaultSession::shownSince(Time time) const
{
    const std::lock_guard lock(m_mutex);
    return int(std::count_if(m_seen.begin(), m_seen.end(), [&](const SeenPicture &picture) { return picture.captured >= time; }));
}

std::chrono::milliseconds FaultSession::worstLag(Time time) const
{
    const std::lock_guard lock(m_mutex);
    Steady::duration worst{};
    for (const SeenPicture &picture : m_seen) {
        if (picture.shown >= time)
            worst = std::max(worst, picture.shown - picture.captured);
    }
    return std::chrono::duration_cast<std::chrono::milliseconds>(worst);
}

QString FaultSession::account(Time time) const
{
    const std::lock_guard lock(m_mutex);
    QStringList lines;
    for (const SeenPicture &picture : m_seen) {
        if (picture.shown >= time)
            lines.append(QStringLiteral("%1 at %2 ms, %3 ms late").arg(picture.number).arg((picture.shown - time) / 1ms).arg((picture.shown - picture.captured) / 1ms));
    }
    return lines.join(QStringLiteral("; "));
}

bool FaultSession::isInOrder() const
{
    const std::lock_guard lock(m_mutex);
    for (qsizetype i = 1; i < m_seen.size(); ++i) {
        if (m_seen[i].number <= m_seen[i - 1].number)
            return false;
    }
    return true;
}

bool FaultSession::close()
{
    const QFuture<void> closed = session->close();
    return QTest::qWaitFor([&] { return closed.isFinished(); }, 20'000);
}

QStringList threads()
{
    QStringList names;
    const QDir tasks(key("/proc/self/task"));
    for (const QString &task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile name(tasks.filePath(task + key("/comm")));
        if (name.open(QIODevice::ReadOnly)) // it may have ended
            names.append(QString::fromUtf8(name.readAll()).trimmed());
    }
    names.sort();
    return names;
}

QString whyNoSentence(const std::optional<Error> &error)
{
    if (!error)
        return key("there is no error");
    const QString text = error->message();
    if (text.size() < 20 || !(text.at(0).isUpper() || text.at(0).isDigit()) || !text.endsWith(u'.'))
        return key("no sentence: ") + text;
    return error->advice().endsWith(u'.') ? QString() : key("no advice: ") + error->advice();
}

} // namespace sluice
