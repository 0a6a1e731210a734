// An alarm calls once, at the time that it was given last, and never after it was put off.

#include "sluice/net/asio_wait.h"

#include <QtTest/QTest>

#include <memory>
#include <optional>

using namespace sluice;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

class TestNetAlarm : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itCallsOnceAfterItsTime();
    void aLaterTimeReplacesAnEarlierOne();
    void anEarlierTimeReplacesALaterOne();
    void disarmedItCallsNobody();
    void anAlarmThatIsGoneCallsNobody();
    void itMayBeArmedAnewOrEndedFromItsCall();

private:
    /// Runs what is due until nothing is left, and for no longer than that.
    static void runAll(boost::asio::io_context &context) { context.run(); }
};

void TestNetAlarm::itCallsOnceAfterItsTime()
{
    boost::asio::io_context context;
    Alarm alarm(context.get_executor());
    int calls = 0;
    const auto begun = Clock::now();
    alarm.arm(30ms, [&] { ++calls; });
    runAll(context);
    QCOMPARE(calls, 1);
    QVERIFY(Clock::now() - begun >= 30ms);
}

void TestNetAlarm::aLaterTimeReplacesAnEarlierOne()
{
    boost::asio::io_context context;
    Alarm alarm(context.get_executor());
    QByteArray calls;
    std::optional<Clock::time_point> called;
    const auto begun = Clock::now();
    alarm.arm(10ms, [&] { calls += 'a'; });
    alarm.arm(80ms, [&] {
        calls += 'b';
        called = Clock::now();
    });
    runAll(context);
    QCOMPARE(calls, QByteArray("b"));
    QVERIFY(*called - begun >= 80ms);
}

void TestNetAlarm::anEarlierTimeReplacesALaterOne()
{
    boost::asio::io_context context;
    Alarm alarm(context.get_executor());
    QByteArray calls;
    const auto begun = Clock::now();
    alarm.arm(1h, [&] { calls += 'a'; });
    alarm.arm(10ms, [&] { calls += 'b'; });
    runAll(context);
    QCOMPARE(calls, QByteArray("b"));
    QVERIFY(Clock::now() - begun < 1h);
}

void TestNetAlarm::disarmedItCallsNobody()
{
    boost::asio::io_context context;
    Alarm alarm(context.get_executor());
    QByteArray calls;
    alarm.arm(5ms, [&] { calls += 'a'; });
    alarm.disarm();
    runAll(context);
    QCOMPARE(calls, QByteArray());
    context.restart();
    alarm.arm(5ms, [&] { calls += 'b'; });
    runAll(context);
    QCOMPARE(calls, QByteArray("b"));
}

void TestNetAlarm::anAlarmThatIsGoneCallsNobody()
{
    boost::asio::io_context context;
    int calls = 0;
    {
        Alarm alarm(context.get_executor());
        alarm.arm(5ms, [&] { ++calls; });
    }
    runAll(context);
    QCOMPARE(calls, 0);
}

void TestNetAlarm::itMayBeArmedAnewOrEndedFromItsCall()
{
    boost::asio::io_context context;
    auto alarm = std::make_unique<Alarm>(context.get_executor());
    int calls = 0;
    alarm->arm(5ms, [&] {
        ++calls;
        alarm->arm(5ms, [&] {
            ++calls;
            alarm.reset();
        });
    });
    runAll(context);
    QCOMPARE(calls, 2);
    QVERIFY(!alarm);
}

QTEST_GUILESS_MAIN(TestNetAlarm)
#include "tst_net_alarm.moc"
