#include "sluice/base/call_context.h"
#include "sluice/base/callback_list.h"
#include "sluice/base/secret.h"
#include "sluice/base/task.h"

#include <QCoro/QCoroTimer>
#include <QtCore/QTimer>
#include <QtTest/QTest>

#include <atomic>
#include <semaphore>
#include <thread>
#include <vector>

using namespace sluice;
using namespace std::chrono_literals;

class TestBaseContext : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cancelCallsBackOnceAndLateSubscribersAtOnce();
    void droppedSubscriptionIsNotCalled();
    void droppingWaitsForACallbackOnAnotherThread();
    void aCallbackMayDropItselfAndEndItsList();
    void subscriptionsSurviveAStorm();
    void checkThrowsTypedErrors();
    void withinNeverExtendsTheDeadline();
    void errorTravelsThroughAFuture();
    void cancellingTheFutureCancelsTheTask();
    void secretsCompareAndShare();
    void errorNeverShowsQueryOrUserInfo();
};

void TestBaseContext::cancelCallsBackOnceAndLateSubscribersAtOnce()
{
    CancelSource source;
    int calls = 0;
    const Subscription early = source.token().onCancel([&] { ++calls; });
    source.cancel();
    source.cancel();
    QCOMPARE(calls, 1);
    const Subscription late = source.token().onCancel([&] { ++calls; });
    QCOMPARE(calls, 2);
    QVERIFY(source.token().isCanceled());
}

void TestBaseContext::droppedSubscriptionIsNotCalled()
{
    CancelSource source;
    int calls = 0;
    {
        const Subscription dropped = source.token().onCancel([&] { ++calls; });
    }
    source.cancel();
    QCOMPARE(calls, 0);
}

void TestBaseContext::droppingWaitsForACallbackOnAnotherThread()
{
    CancelSource source;
    std::binary_semaphore entered(0);
    std::binary_semaphore leave(0);
    std::atomic_bool done = false;
    auto used = std::make_unique<int>(1);
    Subscription subscription = source.token().onCancel([&] {
        entered.release();
        leave.acquire();
        *used = 2;
        done = true;
    });
    std::thread canceling([&] { source.cancel(); });
    entered.acquire();
    std::thread opener([&] { leave.release(); });
    subscription.reset(); // the callback stands in its middle until somebody opens
    QVERIFY(done);
    used.reset();
    canceling.join();
    opener.join();
}

void TestBaseContext::aCallbackMayDropItselfAndEndItsList()
{
    Subscription own;
    int calls = 0;
    auto source = std::make_unique<CancelSource>();
    own = source->token().onCancel([&] {
        own.reset();
        source.reset(); // the last owner of what is calling
        ++calls;
    });
    const CancelSource copy = *source;
    CancelSource(copy).cancel();
    QCOMPARE(calls, 1);

    // One that calls itself again, as a limit does whose observer changes it.
    CallbackList list;
    Subscription inner;
    int rounds = 0;
    inner = list.add([&] {
        if (++rounds < 3)
            list.call();
        inner.reset();
    });
    list.call();
    list.call();
    QCOMPARE(rounds, 3);
}

void TestBaseContext::subscriptionsSurviveAStorm()
{
    CallbackList list;
    std::atomic_bool over = false;
    std::atomic<quint64> called = 0;
    std::vector<std::thread> callers;
    for (int i = 0; i < 3; ++i) {
        callers.emplace_back([&] {
            while (!over)
                list.call();
        });
    }
    std::vector<std::thread> subscribers;
    std::atomic_int late = 0;
    for (int i = 0; i < 3; ++i) {
        subscribers.emplace_back([&] {
            for (int round = 0; round < 5000; ++round) {
                auto alive = std::make_unique<std::atomic_int>(1);
                Subscription subscription = list.add([&called, &late, alive = alive.get()] {
                    late += *alive == 1 ? 0 : 1;
                    ++called;
                });
                if (round % 3 == 0)
                    std::this_thread::yield();
                subscription.reset();
                *alive = 0; // nobody may look at it any more
            }
        });
    }
    for (std::thread &thread : subscribers)
        thread.join();
    over = true;
    for (std::thread &thread : callers)
        thread.join();
    QCOMPARE(late.load(), 0);
    QVERIFY(called > 0);
}

void TestBaseContext::checkThrowsTypedErrors()
{
    CallContext context;
    context.check();
    CancelSource source;
    context.cancel = source.token();
    source.cancel();
    try {
        context.check();
        QFAIL("no error");
    } catch (const Error &error) {
        QCOMPARE(error.kind(), Error::Kind::Canceled);
    }
    CallContext late;
    late.deadline = QDeadlineTimer(0);
    QVERIFY_EXCEPTION_THROWN(late.check(), Error);
}

void TestBaseContext::withinNeverExtendsTheDeadline()
{
    const CallContext context = CallContext{}.within(100ms);
    QVERIFY(!context.deadline.isForever());
    QVERIFY(context.within(10s).deadline == context.deadline);
    QVERIFY(context.within(1ms).deadline < context.deadline);
}

namespace {
QCoro::Task<int> failing()
{
    co_await QCoro::sleepFor(1ms);
    throw Error(Error::Kind::Payment, QStringLiteral("refused"));
}

QCoro::Task<void> waitForCancel(CallContext context)
{
    while (true) {
        context.check();
        co_await QCoro::sleepFor(1ms);
    }
}
} // namespace

void TestBaseContext::errorTravelsThroughAFuture()
{
    const QFuture<int> future = toFuture(failing());
    QTRY_VERIFY(future.isFinished());
    try {
        (void)future.result();
        QFAIL("no error");
    } catch (const Error &error) {
        QCOMPARE(error.kind(), Error::Kind::Payment);
        QCOMPARE(error.message(), QStringLiteral("refused"));
    }
}

void TestBaseContext::cancellingTheFutureCancelsTheTask()
{
    CancelSource source;
    CallContext context;
    context.cancel = source.token();
    QFuture<void> future = toFuture(waitForCancel(context), source);
    future.cancel();
    QTRY_VERIFY(future.isFinished());
    QVERIFY(future.isCanceled());
    QVERIFY(source.token().isCanceled());
}

void TestBaseContext::secretsCompareAndShare()
{
    QByteArray plain("hunter2");
    const Secret secret = Secret::take(plain);
    QVERIFY(plain.isEmpty());
    const Secret copy = secret;
    QVERIFY(copy.equals("hunter2"));
    QVERIFY(!copy.equals("hunter3"));
    QCOMPARE(copy.expose().data(), secret.expose().data());
    QVERIFY(Secret().isEmpty());
}

void TestBaseContext::errorNeverShowsQueryOrUserInfo()
{
    const Error error = Error(Error::Kind::Http, QStringLiteral("Refused."))
                            .withRequest("GET", QUrl(QStringLiteral("https://me:pw@host/a?key=abc#f")));
    QVERIFY(!error.describe().contains(QStringLiteral("pw")));
    QVERIFY(!error.describe().contains(QStringLiteral("abc")));
    QVERIFY(error.describe().contains(QStringLiteral("https://host/a")));
}

QTEST_GUILESS_MAIN(TestBaseContext)
#include "tst_base_context.moc"
