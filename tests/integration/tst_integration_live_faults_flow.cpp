#include "fault_fixture_p.h"

#include "sluice/net/asio_tls.h"
#include "sluice/trickle/subscriber.h"

using namespace sluice;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;
using Channel = LiveSession::Channel;

/// A live session whose ends do not keep pace: what waits stays bounded, and the session goes on at the live edge.
class TestLiveFaultsFlow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void a_viewer_slower_than_real_time_is_kept_near_the_live_edge();
    void a_reader_slower_than_real_time_disturbs_nobody();
    void a_source_that_stalls_goes_on_where_it_left_off();
    void a_long_pause_is_no_fault();

private:
    std::unique_ptr<FaultNetwork> m_network;
};

void TestLiveFaultsFlow::initTestCase()
{
    m_network = std::make_unique<FaultNetwork>();
    QTRY_VERIFY(m_network->isReady());
}

void TestLiveFaultsFlow::cleanupTestCase()
{
    QTRY_COMPARE(m_network->streams(), QStringList());
    QTRY_COMPARE(m_network->channels().size(), 0);
    m_network.reset();
}

void TestLiveFaultsFlow::a_viewer_slower_than_real_time_is_kept_near_the_live_edge()
{
    FaultSession session(*m_network);
    const auto begun = Steady::now();
    session.publish();
    QVERIFY(session.isReady());
    QTRY_VERIFY(session.shownSince(begun) > 15);
    session.showSlowly(100ms); // a third of what comes
    const auto slow = Steady::now();
    QTRY_VERIFY_WITH_TIMEOUT(since(slow) > 4s, 10'000);
    const auto lag = session.worstLag(slow);
    qInfo("at a third of the speed: %d pictures in %d ms, lag up to %d ms, queued at most %d KB", session.shownSince(slow), int(since(slow).count()),
        int(lag.count()), int(session.mostQueuedIn / 1024));
    QVERIFY(lag < 4s); // 1.5 s in the queue, and the segment that makes room for itself
    QVERIFY(session.shownSince(slow) > 15);
    QVERIFY(session.mostQueuedIn < 1024 * 1024);
    session.showSlowly(0ms);
    const auto fast = Steady::now();
    QTRY_VERIFY_WITH_TIMEOUT(session.newest()->captured > fast && session.newest()->shown - session.newest()->captured < 500ms, 3'000);
    QVERIFY(session.isInOrder());
    QCOMPARE(session.session->state(), LiveSession::State::Ready);
    QVERIFY(session.close());
    QVERIFY(!session.error);
}

void TestLiveFaultsFlow::a_reader_slower_than_real_time_disturbs_nobody()
{
    FaultSession session(*m_network);
    const auto begun = Steady::now();
    session.publish(AlteredPattern::noisy(), 2000, 250ms); // short segments: soon the server holds them no more
    QVERIFY(session.isReady());
    QTRY_VERIFY(session.shownSince(begun) > 15);

    IoThread io;
    trickle::SubscriberOptions options;
    options.channel = session.session->channelUrl(Channel::Publish);
    options.tls = AsioTls::unverified();
    options.maxQueuedBytes = 64 * 1024;
    trickle::Subscriber reader(io, options);
    const auto slow = Steady::now();
    qsizetype most = 0;
    qint64 taken = 0;
    // Some 8 KB every 300 ms, of 250 KB a second.
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&] {
        for (qint64 piece = 0; piece < 8 * 1024;) {
            const auto event = reader.wait(0ms);
            if (!event || event->type == trickle::SubscriberEvent::Type::End)
                break;
            piece += event->bytes.size();
            taken += event->bytes.size();
        }
        most = std::max(most, reader.stats().bytesQueued);
    });
    timer.start(300);
    QTRY_VERIFY_WITH_TIMEOUT(reader.stats().gaps > 0, 20'000); // it fell behind, and jumped
    timer.stop();
    qInfo("a reader of %d KB/s: held at most %d KB, jumped after %d ms; the session's lag meanwhile up to %d ms", int(taken / 1024 * 1000 / since(slow).count()),
        int(most / 1024), int(since(slow).count()), int(session.worstLag(slow).count()));
    QVERIFY(!reader.isEnded());
    QVERIFY(most < options.maxQueuedBytes + 64 * 1024); // and the one piece that was read while there was room
    QVERIFY(session.worstLag(slow) < 1s);
    QCOMPARE(session.session->state(), LiveSession::State::Ready);
    QVERIFY(session.close());
}

void TestLiveFaultsFlow::a_source_that_stalls_goes_on_where_it_left_off()
{
    FaultSession session(*m_network);
    const auto begun = Steady::now();
    const auto hangs = std::make_shared<std::atomic<bool>>(false);
    session.publish(std::make_shared<AlteredPattern>(media::VideoFormat{320, 240, 30}, [hangs](media::Frame &) { return !*hangs; }));
    QVERIFY(session.isReady());
    QTRY_VERIFY(session.shownSince(begun) > 15);
    *hangs = true;
    const auto stalled = Steady::now();
    QTRY_VERIFY_WITH_TIMEOUT(since(stalled) > 3s, 10'000);
    QVERIFY(since(session.newest()->shown) > 2s); // it did stall
    QCOMPARE(session.session->state(), LiveSession::State::Ready);
    *hangs = false;
    const auto again = Steady::now();
    QTRY_VERIFY_WITH_TIMEOUT(session.shownSince(again) > 5, 3'000);
    QVERIFY(session.worstLag(again) < 1s);
    QVERIFY(session.isInOrder());
    QVERIFY(session.close());
    QVERIFY(!session.error);
    QVERIFY2(session.warnings.isEmpty(), qPrintable(session.warnings.join(u'\n')));
}

void TestLiveFaultsFlow::a_long_pause_is_no_fault()
{
    FaultSession session(*m_network);
    const auto begun = Steady::now();
    session.publish();
    QVERIFY(session.isReady());
    QTRY_VERIFY(session.shownSince(begun) > 15);
    session.session->setPaused(true);
    const auto paused = Steady::now();
    // The network breaks meanwhile: nobody notices.
    m_network->client.reset();
    QTRY_VERIFY_WITH_TIMEOUT(since(paused) > 2200ms, 10'000);
    m_network->client.reset(); // long after the first: no reason to give up
    QTRY_VERIFY_WITH_TIMEOUT(since(paused) > 2700ms, 10'000);
    QCOMPARE(session.session->state(), LiveSession::State::Ready);
    session.session->setPaused(false);
    const auto again = Steady::now();
    QTRY_VERIFY_WITH_TIMEOUT(session.shownSince(again) > 5, 3'000);
    QVERIFY(session.close());
    QVERIFY(!session.error);
}

QTEST_GUILESS_MAIN(TestLiveFaultsFlow)
#include "tst_integration_live_faults_flow.moc"
