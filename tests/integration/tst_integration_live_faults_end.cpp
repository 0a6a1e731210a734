#include "fault_fixture_p.h"
#include "sandbox_process_p.h"

#include "sluice/store/ticket_log.h"

#include <QtCore/QThreadPool>

using namespace sluice;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;
using Channel = LiveSession::Channel;
using State = LiveSession::State;

/// Live sessions that cannot go on, or that are closed while the network is bad: they end soon, with a sentence, and leave nothing.
class TestLiveFaultsEnd : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_network.reset(); }
    void a_killed_orchestrator_ends_it_data();
    void a_killed_orchestrator_ends_it();
    void a_network_that_is_gone_ends_it();
    void a_network_that_swallows_everything_ends_it();
    void a_deleted_channel_ends_it_data();
    void a_deleted_channel_ends_it();
    void without_its_data_channel_it_goes_on();
    void closing_leaves_nothing_behind_data();
    void closing_leaves_nothing_behind();

private:
    std::unique_ptr<FaultNetwork> m_network;
};

namespace {

constexpr auto ToldWithin = 3s;

bool flows(FaultSession &session)
{
    const auto begun = Steady::now();
    session.publish();
    return session.isReady() && QTest::qWaitFor([&] { return session.shownSince(begun) > 10; }, 10'000);
}

/// The start of the first step of that name, or of the last.
std::optional<std::chrono::microseconds> stepAt(const QList<TraceSpan> &trace, const QString &name, bool last = false)
{
    std::optional<std::chrono::microseconds> found;
    for (const TraceSpan &span : trace) {
        if (span.name == name && (last || !found))
            found = span.start;
    }
    return found;
}

} // namespace

void TestLiveFaultsEnd::initTestCase()
{
    m_network = std::make_unique<FaultNetwork>([](byoc::OrchestratorOptions &options) { options.liveDebitInterval = 1s; });
    QTRY_VERIFY(m_network->isReady());
    FaultSession first(*m_network); // after it all threads run that a network keeps
    QVERIFY(flows(first));
    QVERIFY(first.close());
    QThreadPool::globalInstance()->setExpiryTimeout(10); // so that threads at rest do not count as left behind
}

void TestLiveFaultsEnd::a_killed_orchestrator_ends_it_data()
{
    QTest::addColumn<bool>("restarted");
    QTest::newRow("killed") << false;
    QTest::newRow("killed and started again") << true;
}

void TestLiveFaultsEnd::a_killed_orchestrator_ends_it()
{
    QFETCH(bool, restarted);
    const Workplace place;
    FaultProxy proxy;
    const QStringList arguments{QStringLiteral("--public-url"), proxy.url().toString()};
    auto sandbox = std::make_unique<SandboxProcess>(place, arguments);
    QVERIFY2(sandbox->waitUntilReady(), sandbox->errors().constData());
    proxy.forwardTo(quint16(sandbox->orchestrator().port()));
    const QByteArray senderKey = sandbox->text("sender_key").toLatin1();
    const auto sender = orThrow(PrivateKey::fromHex(senderKey)).address();

    FaultSession session(proxy.url(), senderKey, QStringLiteral("noop"));
    QVERIFY(flows(session));
    const qint64 frames = session.session->stats().in.frames;
    sandbox->process().kill();
    const auto killed = Steady::now();
    if (restarted) {
        QVERIFY(sandbox->process().waitForFinished());
        sandbox = std::make_unique<SandboxProcess>(place, arguments); // its start goes on while the session is looked at
    }
    QTRY_VERIFY_WITH_TIMEOUT(session.error, 10'000);
    qInfo("told %d ms after the kill", int((*session.endedAt - killed) / 1ms));
    // The start of the other one has its share of the machine.
    QVERIFY2(*session.endedAt - killed < (restarted ? 2 * ToldWithin : ToldWithin), qPrintable(QString::number((*session.endedAt - killed) / 1ms)));
    QVERIFY2(whyNoSentence(session.error).isEmpty(), qPrintable(whyNoSentence(session.error)));
    QVERIFY(session.error->kind() == Error::Kind::Network || session.error->kind() == Error::Kind::TrickleTerminal);
    QVERIFY(session.error->paymentSent());
    QCOMPARE(session.session->state(), State::Failed);
    QVERIFY(session.session->stats().in.frames >= frames); // what came is kept
    const QList<TicketRow> mine = session.data->tickets().latestSync(0, 1000);
    if (!restarted)
        return;

    // The network is there again, and so is the money: a new job goes on with the old balance.
    QVERIFY2(sandbox->waitUntilReady(), sandbox->errors().constData());
    proxy.forwardTo(quint16(sandbox->orchestrator().port()));
    FaultSession again(proxy.url(), senderKey, QStringLiteral("noop"));
    QVERIFY(flows(again));
    QVERIFY(again.close());
    QCOMPARE(sandbox->terminate(), 0);
    const QList<TicketRow> more = again.data->tickets().latestSync(0, 1000);
    SandboxStore books(orThrow(Database::open(place.path(QStringLiteral("state.sqlite")), SandboxStore::schemasOfFile())));
    QCOMPARE(books.outcomes(sender, 0, 1000).size(), mine.size() + more.size());
    for (const TicketRow &row : mine + more)
        QCOMPARE(row.state, TicketRow::State::Sent);
}

void TestLiveFaultsEnd::a_network_that_is_gone_ends_it()
{
    FaultNetwork network([](byoc::OrchestratorOptions &options) {
        options.channelIdle = 1s;
        options.channelSweep = 100ms;
    });
    QTRY_VERIFY(network.isReady());
    FaultSession session(network);
    QVERIFY(flows(session));
    network.client.refuse();
    network.client.reset();
    const auto gone = Steady::now();
    QTRY_VERIFY_WITH_TIMEOUT(session.error, 10'000);
    qInfo("told %d ms after the network went", int((*session.endedAt - gone) / 1ms));
    QVERIFY(*session.endedAt - gone < ToldWithin);
    QVERIFY(session.error->kind() == Error::Kind::Network || session.error->kind() == Error::Kind::TrickleTerminal);
    QVERIFY2(whyNoSentence(session.error).isEmpty(), qPrintable(whyNoSentence(session.error)));
    // Nobody could tell the orchestrator: it finds out, and so does the worker.
    QTRY_COMPARE_WITH_TIMEOUT(network.streams(), QStringList(), 10'000);
    QTRY_COMPARE(network.channels().size(), 0);
    QTRY_COMPARE(network.client.counts().open, 0);
    QTRY_COMPARE(network.worker.counts().open, 0);
}

void TestLiveFaultsEnd::a_network_that_swallows_everything_ends_it()
{
    FaultNetwork network([](byoc::OrchestratorOptions &options) {
        options.channelIdle = 1s;
        options.channelSweep = 100ms;
    });
    QTRY_VERIFY(network.isReady());
    FaultSession session(network);
    QVERIFY(flows(session));
    const auto begun = Steady::now();
    network.client.silence(60s);
    QTRY_VERIFY_WITH_TIMEOUT(session.error, 20'000);
    qInfo("told %d ms after the last byte", int((*session.endedAt - begun) / 1ms));
    QVERIFY2(whyNoSentence(session.error).isEmpty(), qPrintable(whyNoSentence(session.error)));
    QVERIFY(session.session->state() == State::Failed);
    QVERIFY(session.mostQueuedOut < 4 * 1024 * 1024);
    QTRY_COMPARE_WITH_TIMEOUT(network.streams(), QStringList(), 10'000);
}

void TestLiveFaultsEnd::a_deleted_channel_ends_it_data()
{
    QTest::addColumn<Channel>("channel");
    QTest::newRow("input") << Channel::Publish;
    QTest::newRow("output") << Channel::Subscribe;
    QTest::newRow("control") << Channel::Control;
    QTest::newRow("events") << Channel::Events;
}

void TestLiveFaultsEnd::a_deleted_channel_ends_it()
{
    QFETCH(Channel, channel);
    FaultNetwork &network = *m_network;
    FaultSession session(network);
    QVERIFY(flows(session));
    QCOMPARE(network.deleteChannel(session.session->channelUrl(channel)), 200);
    const auto deleted = Steady::now();
    QTRY_VERIFY_WITH_TIMEOUT(session.error, 10'000);
    QVERIFY(*session.endedAt - deleted < ToldWithin);
    QCOMPARE(session.error->kind(), Error::Kind::TrickleTerminal);
    QVERIFY2(whyNoSentence(session.error).isEmpty(), qPrintable(whyNoSentence(session.error)));
    QTRY_COMPARE(network.streams(), QStringList());
    QTRY_COMPARE(network.channels().size(), 0);
}

void TestLiveFaultsEnd::without_its_data_channel_it_goes_on()
{
    FaultNetwork &network = *m_network;
    FaultSession session(network, QStringLiteral("log-tail"));
    QVERIFY(session.isReady());
    const QSignalSpy ended(session.session.get(), &LiveSession::channelEnded);
    QTRY_VERIFY([&] {
        const QList<trickle::ChannelInfo> all = network.channels();
        return std::any_of(all.begin(), all.end(), [](const trickle::ChannelInfo &channel) { return channel.name.endsWith("-data") && channel.readers > 0; });
    }());
    QCOMPARE(network.deleteChannel(session.session->channelUrl(Channel::Data)), 200);
    QTRY_COMPARE(ended.count(), 1);
    QCOMPARE(ended.at(0).at(0).value<Channel>(), Channel::Data);
    QByteArray came;
    std::mutex mutex;
    session.session->setRawHandler([&](const QByteArray &bytes, qint64, bool) {
        const std::lock_guard lock(mutex);
        came += bytes;
    });
    QVERIFY(session.session->writeRaw("a line\n"));
    QTRY_VERIFY([&] {
        const std::lock_guard lock(mutex);
        return came.contains("a line");
    }());
    QVERIFY(session.close());
    QVERIFY(!session.error);
    session.session->setRawHandler({});
}

void TestLiveFaultsEnd::closing_leaves_nothing_behind_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<int>("withinMs");
    QTest::newRow("a good network") << QString() << 2'000;
    QTest::newRow("a slow one") << QStringLiteral("delay") << 8'000;
    QTest::newRow("a silent one") << QStringLiteral("silence") << 8'000;
    QTest::newRow("a narrow one") << QStringLiteral("throttle") << 10'000;
    QTest::newRow("one that has just broken") << QStringLiteral("reset") << 5'000;
}

void TestLiveFaultsEnd::closing_leaves_nothing_behind()
{
    QFETCH(QString, fault);
    QFETCH(int, withinMs);
    FaultNetwork &network = *m_network;
    const QStringList before = threads();
    {
        FaultSession session(network, QStringLiteral("witness"), 50ms);
        QVERIFY(flows(session));
        QCOMPARE(network.witnessed().running, 1);
        const qsizetype taken = network.takenTickets().size();
        QTRY_VERIFY(network.takenTickets().size() > taken); // it pays
        if (fault == QStringLiteral("delay"))
            network.client.delay(200ms);
        else if (fault == QStringLiteral("silence"))
            network.client.silence(2s);
        else if (fault == QStringLiteral("throttle"))
            network.client.throttle(10'000);
        else if (fault == QStringLiteral("reset"))
            network.client.reset();
        const auto asked = Steady::now();
        const QFuture<void> closed = session.session->close();
        QTRY_VERIFY_WITH_TIMEOUT(session.session->state() == State::Closing, 1'000);
        QTRY_VERIFY_WITH_TIMEOUT(closed.isFinished(), withinMs);
        qInfo("closed within %d ms", int(since(asked).count()));
        QCOMPARE(session.session->state(), State::Closed);
        QVERIFY(!session.error);
        QCOMPARE(session.states, (QList<State>{State::Ready, State::Closing, State::Closed}));

        // Payments first, then channels, then the job.
        const QList<TraceSpan> trace = session.session->trace();
        const auto channels = stepAt(trace, QStringLiteral("close channels"));
        const auto stop = stepAt(trace, QStringLiteral("stop"));
        QVERIFY(channels && stop);
        QVERIFY(*channels < *stop);
        const auto payment = stepAt(trace, QStringLiteral("payment"), true);
        QVERIFY(!payment || *payment <= *channels);
        const qsizetype tickets = session.data->tickets().latestSync(0, 1000).size();

        network.client.heal();
        QTRY_COMPARE_WITH_TIMEOUT(network.streams(), QStringList(), 10'000);
        QTRY_COMPARE(network.channels().size(), 0);
        QTRY_COMPARE(network.witnessed().running, 0);
        QTRY_VERIFY(network.client.counts().open <= 4); // kept for the gateway's next calls, and no more of them
        QTRY_COMPARE(network.worker.counts().open, 0);
        QCOMPARE(session.data->tickets().latestSync(0, 1000).size(), tickets); // nothing is paid any more
    }
    QTRY_COMPARE(network.client.counts().open, 0);
    QTRY_VERIFY2(threads().size() <= before.size(), qPrintable(threads().join(u' ') + QStringLiteral(" / ") + before.join(u' ')));
}

QTEST_GUILESS_MAIN(TestLiveFaultsEnd)
#include "tst_integration_live_faults_end.moc"
