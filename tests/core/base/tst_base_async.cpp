#include "sluice/base/async.h"

#include <QtCore/QThread>
#include <QtTest/QTest>

#include <thread>

using namespace sluice;
using namespace std::chrono_literals;

class TestBaseAsync : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theFirstEndOfACompletionCounts();
    void aFailedCompletionThrowsItsError();
    void aPauseEndsWithItsTimeOrItsCancellation();
    void atMostEndsWithTheFutureOrTheLimit();
    void aThreadWithoutAnEventLoopWaitsForAFuture();
    void whatBlocksRunsOnAnotherThread();
};

void TestBaseAsync::theFirstEndOfACompletionCounts()
{
    const Completion<int> first;
    const Completion<int> copy = first;
    const QFuture<int> future = first.future();
    QVERIFY(future.isStarted() && !future.isFinished() && !copy.isOver());
    copy.finish(1);
    first.finish(2);
    first.fail(Error(Error::Kind::Internal, QStringLiteral("too late")));
    QVERIFY(first.isOver());
    QCOMPARE(future.result(), 1);
}

void TestBaseAsync::aFailedCompletionThrowsItsError()
{
    const Completion<void> done;
    done.fail(Error(Error::Kind::Timeout, QStringLiteral("too slow")));
    done.finish();
    QFuture<void> future = done.future();
    try {
        future.waitForFinished();
        QFAIL("nothing was thrown");
    } catch (const Error &error) {
        QCOMPARE(error.kind(), Error::Kind::Timeout);
    }
}

void TestBaseAsync::aPauseEndsWithItsTimeOrItsCancellation()
{
    const Pause shortOne(1ms, CancelToken());
    QTRY_VERIFY(shortOne.over().isFinished());
    CancelSource source;
    const Pause longOne(1h, source.token());
    QVERIFY(!longOne.over().isFinished());
    source.cancel();
    QTRY_VERIFY(longOne.over().isFinished());
}

void TestBaseAsync::atMostEndsWithTheFutureOrTheLimit()
{
    const Completion<void> done;
    const QFuture<void> limited = atMost(done.future(), 1ms);
    QTRY_VERIFY(limited.isFinished());
    QVERIFY(!done.isOver());
    const QFuture<void> followed = atMost(done.future(), 1h);
    QVERIFY(!followed.isFinished());
    done.fail(Error(Error::Kind::Network, QStringLiteral("gone")));
    QTRY_VERIFY(followed.isFinished());
    QFuture<void> end = followed;
    end.waitForFinished(); // without the error
}

void TestBaseAsync::aThreadWithoutAnEventLoopWaitsForAFuture()
{
    const Completion<void> never;
    QVERIFY(!waitAtMost(never.future(), 1ms));
    // Many, so that some end while they are asked about.
    for (int i = 0; i < 200; ++i) {
        const Completion<void> done;
        std::thread other([done] { done.finish(); });
        const bool ended = waitAtMost(done.future(), 1min);
        other.join();
        QVERIFY(ended);
    }
}

void TestBaseAsync::whatBlocksRunsOnAnotherThread()
{
    QThread *where = nullptr;
    const QFuture<void> done = inBackground([&where] { where = QThread::currentThread(); });
    QTRY_VERIFY(done.isFinished());
    QVERIFY(where && where != QThread::currentThread());
}

QTEST_GUILESS_MAIN(TestBaseAsync)
#include "tst_base_async.moc"
