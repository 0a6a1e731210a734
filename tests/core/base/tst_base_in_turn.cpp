#include "sluice/base/in_turn.h"
#include "sluice/base/task.h"

#include <QtTest/QTest>

using namespace sluice;

class BaseInTurnTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneAtATimeInOrder();
    void failureEndsTheTurn();
    void turnsOutliveWhereTheyCameFrom();

private:
    /// Notes when it begins and ends; between that it waits for `gate`.
    QCoro::Task<void> work(InTurn &turns, QString name, QFuture<void> gate, bool fails = false);
    QStringList m_steps;
};

QCoro::Task<void> BaseInTurnTest::work(InTurn &turns, QString name, QFuture<void> gate, bool fails)
{
    const InTurn::Turn turn = co_await turns.take();
    m_steps.append(name + QStringLiteral(" begins"));
    co_await gate;
    m_steps.append(name + QStringLiteral(" ends"));
    if (fails)
        throw Error(Error::Kind::Internal, name);
}

void BaseInTurnTest::oneAtATimeInOrder()
{
    m_steps.clear();
    InTurn turns;
    QPromise<void> first;
    first.start();
    QPromise<void> second;
    second.start();
    const QFuture<void> a = toFuture(work(turns, QStringLiteral("a"), first.future()));
    const QFuture<void> b = toFuture(work(turns, QStringLiteral("b"), second.future()));
    second.finish();
    QCoreApplication::processEvents();
    QCOMPARE(m_steps, QStringList(QStringLiteral("a begins")));
    first.finish();
    QTRY_VERIFY(a.isFinished() && b.isFinished());
    QCOMPARE(m_steps, QStringList({QStringLiteral("a begins"), QStringLiteral("a ends"), QStringLiteral("b begins"), QStringLiteral("b ends")}));
}

void BaseInTurnTest::failureEndsTheTurn()
{
    m_steps.clear();
    InTurn turns;
    QPromise<void> gate;
    gate.start();
    const QFuture<void> a = toFuture(work(turns, QStringLiteral("a"), gate.future(), true));
    const QFuture<void> b = toFuture(work(turns, QStringLiteral("b"), gate.future()));
    gate.finish();
    QTRY_VERIFY(a.isFinished() && b.isFinished());
    QCOMPARE(m_steps.last(), QStringLiteral("b ends"));
}

void BaseInTurnTest::turnsOutliveWhereTheyCameFrom()
{
    m_steps.clear();
    QPromise<void> gate;
    gate.start();
    auto turns = std::make_unique<InTurn>();
    const QFuture<void> a = toFuture(work(*turns, QStringLiteral("a"), gate.future()));
    QTRY_COMPARE(m_steps.size(), 1);
    turns.reset();
    gate.finish();
    QTRY_VERIFY(a.isFinished());
    QCOMPARE(m_steps.last(), QStringLiteral("a ends"));
}

QTEST_GUILESS_MAIN(BaseInTurnTest)
#include "tst_base_in_turn.moc"
