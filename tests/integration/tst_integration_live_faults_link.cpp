#include "fault_fixture_p.h"

using namespace sluice;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;
using Way = FaultProxy::Way;

/// A live session whose network breaks, is slow, or falls silent: pictures come again within three seconds.
class TestLiveFaultsLink : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void cleanupTestCase();
    void resets_are_got_over_data();
    void resets_are_got_over();
    void a_short_outage_is_got_over_data();
    void a_short_outage_is_got_over();
    void pictures_come_through_a_slow_network();
    void two_seconds_of_silence_are_got_over_data();
    void two_seconds_of_silence_are_got_over();
    void a_network_below_the_bitrate_costs_pictures_and_no_memory_data();
    void a_network_below_the_bitrate_costs_pictures_and_no_memory();

private:
    /// Pictures that were captured from now on come within that time; says how soon.
    bool picturesComeAgain(std::chrono::milliseconds within = std::chrono::seconds(3));
    bool start(std::shared_ptr<media::VideoSource> source = nullptr, int bitrateKbps = 0);
    void verifyUnharmed();

    std::unique_ptr<FaultNetwork> m_network;
    std::unique_ptr<FaultSession> m_session;
};

namespace {

/// What a session may hold back: the bounds of its queues.
constexpr qint64 MaxQueuedOut = 4 * 1024 * 1024;
constexpr qint64 MaxQueuedIn = 8 * 1024 * 1024;

} // namespace

void TestLiveFaultsLink::initTestCase()
{
    m_network = std::make_unique<FaultNetwork>();
    QTRY_VERIFY(m_network->isReady());
}

void TestLiveFaultsLink::cleanup()
{
    m_session.reset();
    m_network->client.heal();
    m_network->worker.heal();
}

void TestLiveFaultsLink::cleanupTestCase()
{
    m_network.reset();
}

bool TestLiveFaultsLink::start(std::shared_ptr<media::VideoSource> source, int bitrateKbps)
{
    const auto begun = Steady::now();
    m_session = std::make_unique<FaultSession>(*m_network);
    m_session->publish(std::move(source), bitrateKbps);
    return m_session->isReady() && QTest::qWaitFor([&] { return m_session->shownSince(begun) > 5; }, 10'000);
}

bool TestLiveFaultsLink::picturesComeAgain(std::chrono::milliseconds within)
{
    const auto from = Steady::now();
    const bool came = QTest::qWaitFor([&] { return m_session->shownSince(from) >= 5; }, int(within.count()));
    qInfo("five new pictures after %d ms", int(since(from).count()));
    if (!came)
        qInfo("%s", qPrintable(m_session->account(from - 3s)));
    return came;
}

void TestLiveFaultsLink::verifyUnharmed()
{
    QCOMPARE(m_session->session->state(), LiveSession::State::Ready);
    QVERIFY(m_session->isInOrder());
    QVERIFY2(m_session->mostQueuedOut < MaxQueuedOut, qPrintable(QString::number(m_session->mostQueuedOut)));
    QVERIFY2(m_session->mostQueuedIn < MaxQueuedIn, qPrintable(QString::number(m_session->mostQueuedIn)));
    m_network->client.heal();
    m_network->worker.heal();
    QVERIFY(m_session->close());
    QVERIFY(!m_session->error);
    QTRY_COMPARE(m_network->streams(), QStringList());
    QTRY_COMPARE(m_network->channels().size(), 0);
}

void TestLiveFaultsLink::resets_are_got_over_data()
{
    QTest::addColumn<bool>("atTheWorker");
    QTest::newRow("client") << false;
    QTest::newRow("worker") << true;
}

void TestLiveFaultsLink::resets_are_got_over()
{
    QFETCH(bool, atTheWorker);
    QVERIFY(start());
    FaultProxy &proxy = atTheWorker ? m_network->worker : m_network->client;
    // A segment of a second has some 20 KB, so these are in the middle of one: what is sent, what is received, everything.
    const QList<std::function<void()>> faults{[&] { proxy.resetAfter(Way::Up, 5'000); }, [&] { proxy.resetAfter(Way::Down, 5'000); },
        [&] { proxy.resetAfter(Way::Up, 8'000); }, [&] { proxy.resetAfter(Way::Down, 8'000); }, [&] { proxy.reset(); }};
    for (const auto &fault : faults) {
        const int before = proxy.counts().resets;
        fault();
        QTRY_VERIFY(proxy.counts().resets > before);
        QVERIFY(picturesComeAgain());
    }
    verifyUnharmed();
}

void TestLiveFaultsLink::a_short_outage_is_got_over_data()
{
    resets_are_got_over_data();
}

void TestLiveFaultsLink::a_short_outage_is_got_over()
{
    QFETCH(bool, atTheWorker);
    QVERIFY(start());
    FaultProxy &proxy = atTheWorker ? m_network->worker : m_network->client;
    const int before = proxy.counts().accepted;
    proxy.refuse();
    proxy.reset();
    const auto begun = Steady::now();
    QTRY_VERIFY(since(begun) > 1s);
    QVERIFY(proxy.counts().accepted > before + 2); // it did try
    proxy.heal();
    QVERIFY(picturesComeAgain());
    verifyUnharmed();
}

void TestLiveFaultsLink::pictures_come_through_a_slow_network()
{
    QVERIFY(start());
    m_network->client.delay(300ms);
    QVERIFY(picturesComeAgain());
    // What left after the delay began went through it twice.
    const auto slow = Steady::now() + 700ms;
    QTRY_VERIFY(m_session->shownSince(slow) > 30);
    QVERIFY2(m_session->newest()->shown - m_session->newest()->captured >= 600ms, "the delay is real");
    QVERIFY2(m_session->worstLag(slow + 1s) < 3s, qPrintable(QString::number(m_session->worstLag(slow + 1s).count())));
    const LiveStats stats = m_session->session->stats();
    qInfo("under 300 ms of delay: lag up to %d ms, %d segments failed, %d given up", int(m_session->worstLag(slow + 1s).count()),
        int(stats.out.failures), int(stats.in.dropped));
    const QFuture<void> changed = m_session->session->update(Json::object());
    QTRY_VERIFY(changed.isFinished());
    QVERIFY(!changed.isCanceled());
    verifyUnharmed();
}

void TestLiveFaultsLink::two_seconds_of_silence_are_got_over_data()
{
    resets_are_got_over_data();
}

void TestLiveFaultsLink::two_seconds_of_silence_are_got_over()
{
    QFETCH(bool, atTheWorker);
    QVERIFY(start());
    FaultProxy &proxy = atTheWorker ? m_network->worker : m_network->client;
    const auto begun = Steady::now();
    proxy.silence(2s);
    QTRY_VERIFY(since(begun) > 2s);
    QVERIFY(picturesComeAgain());
    // Back at the live edge, not two seconds late for ever.
    const auto after = Steady::now() + 500ms;
    QTRY_VERIFY(m_session->shownSince(after) > 10);
    QVERIFY2(m_session->worstLag(after) < 1s, qPrintable(QString::number(m_session->worstLag(after).count())));
    verifyUnharmed();
}

void TestLiveFaultsLink::a_network_below_the_bitrate_costs_pictures_and_no_memory_data()
{
    resets_are_got_over_data();
}

void TestLiveFaultsLink::a_network_below_the_bitrate_costs_pictures_and_no_memory()
{
    QFETCH(bool, atTheWorker);
    const auto started = Steady::now();
    QVERIFY(start(AlteredPattern::noisy(), 2000));
    QTRY_VERIFY(m_session->shownSince(started) > 40); // more than the second that the bitrate is measured over
    FaultProxy &proxy = atTheWorker ? m_network->worker : m_network->client;
    // The worker's encoder spends more on noise than the bitrate that the client's is given.
    const LiveStats before = m_session->session->stats();
    const double bitrate = std::max(before.out.kilobitsPerSecond, before.in.kilobitsPerSecond) / 8;
    QVERIFY2(bitrate > 60, qPrintable(QString::number(bitrate)));
    proxy.throttle(qint64(bitrate * 600));
    const auto begun = Steady::now();
    QTRY_VERIFY(since(begun) > 2s); // until the bottleneck is full
    QVERIFY(picturesComeAgain(4s)); // late, and not all
    qsizetype held = 0;
    for (const trickle::ChannelInfo &channel : m_network->channels())
        held = std::max(held, channel.bytesHeld);
    const LiveStats stats = m_session->session->stats();
    qInfo("at three fifths of %d KB/s: lag up to %d ms, %d chunks and frames given up, queued at most %d KB here and %d KB there", int(bitrate), int(m_session->worstLag(begun).count()),
        int(stats.out.dropped + stats.in.dropped), int(m_session->mostQueuedOut / 1024), int(held / 1024));
    QVERIFY(held < 8 * 1024 * 1024);
    QVERIFY(m_session->mostQueuedOut < 1024 * 1024); // a second or two, not all that was ever made
    proxy.heal();
    QVERIFY(picturesComeAgain());
    const auto after = Steady::now() + 500ms;
    QTRY_VERIFY(m_session->shownSince(after) > 10);
    QVERIFY2(m_session->worstLag(after) < 1s, qPrintable(QString::number(m_session->worstLag(after).count())));
    verifyUnharmed();
}

QTEST_GUILESS_MAIN(TestLiveFaultsLink)
#include "tst_integration_live_faults_link.moc"
