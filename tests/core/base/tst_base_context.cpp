#include "sluice/base/call_context.h"
#include "sluice/base/secret.h"
#include "sluice/base/task.h"

#include <QCoro/QCoroTimer>
#include <QtCore/QTimer>
#include <QtTest/QTest>

using namespace sluice;
using namespace std::chrono_literals;

class TestBaseContext : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cancelCallsBackOnceAndLateSubscribersAtOnce();
    void droppedSubscriptionIsNotCalled();
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
