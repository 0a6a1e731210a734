#include "sluice/base/follow.h"

#include <QtCore/QPromise>
#include <QtTest/QTest>

using namespace sluice;

class TestBaseFollow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachEndingIsToldOnce_data();
    void eachEndingIsToldOnce();
    void nobodyIsToldAfterTheContextWent_data() { eachEndingIsToldOnce_data(); }
    void nobodyIsToldAfterTheContextWent();
    void whatTheValueThrowsIsAnError();
    void futuresWithoutAValueEndToo();

private:
    /// Follows a future, ends it as `ending` says, and gives what was told. The context goes before that when `gone`.
    [[nodiscard]] static QStringList told(const QString &ending, bool before, bool gone);
};

QStringList TestBaseFollow::told(const QString &ending, bool before, bool gone)
{
    QStringList words;
    QPromise<int> promise;
    promise.start();
    const auto end = [&] {
        if (ending == QStringLiteral("value"))
            promise.addResult(7);
        else if (ending == QStringLiteral("error"))
            promise.setException(Error(Error::Kind::Http, QStringLiteral("no")));
        else
            promise.future().cancel();
        promise.finish();
    };
    auto context = std::make_unique<QObject>();
    if (before)
        end();
    follow(
        promise.future(), context.get(), [&](int value) { words << QString::number(value); },
        [&](const Error &error) { words << error.message(); }, [&] { words << QStringLiteral("cancelled"); });
    if (gone)
        context.reset();
    if (!before)
        end();
    for (int turn = 0; turn < 10; ++turn)
        QCoreApplication::processEvents();
    return words;
}

void TestBaseFollow::eachEndingIsToldOnce_data()
{
    QTest::addColumn<QString>("ending");
    QTest::addColumn<bool>("before");
    QTest::addColumn<QString>("word");
    for (const bool before : {true, false}) {
        for (const auto &[ending, word] : {std::pair("value", "7"), std::pair("error", "no"), std::pair("cancel", "cancelled")})
            QTest::addRow("%s, %s", ending, before ? "ended before" : "ends later") << QString::fromLatin1(ending) << before << QString::fromLatin1(word);
    }
}

void TestBaseFollow::eachEndingIsToldOnce()
{
    QFETCH(QString, ending);
    QFETCH(bool, before);
    QFETCH(QString, word);
    QCOMPARE(told(ending, before, false), QStringList{word});
}

void TestBaseFollow::nobodyIsToldAfterTheContextWent()
{
    QFETCH(QString, ending);
    QFETCH(bool, before);
    QCOMPARE(told(ending, before, true), QStringList());
}

void TestBaseFollow::whatTheValueThrowsIsAnError()
{
    QPromise<int> promise;
    promise.start();
    promise.addResult(1);
    promise.finish();
    QObject context;
    QString problem;
    follow(
        promise.future(), &context, [](int) { throw Error(Error::Kind::Storage, QStringLiteral("unreadable")); },
        [&](const Error &error) { problem = error.message(); });
    QTRY_COMPARE(problem, QStringLiteral("unreadable"));
}

void TestBaseFollow::futuresWithoutAValueEndToo()
{
    QPromise<void> promise;
    promise.start();
    promise.finish();
    QObject context;
    bool ended = false;
    follow(promise.future(), &context, [&] { ended = true; }, [](const Error &) {});
    QTRY_VERIFY(ended);
}

QTEST_GUILESS_MAIN(TestBaseFollow)
#include "tst_base_follow.moc"
