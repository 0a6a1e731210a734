#include "sluice/payments/spend_limits.h"

#include <QtTest/QTest>

#include <atomic>
#include <thread>

using namespace sluice;

namespace {

class MovableClock final : public Clock {
public:
    [[nodiscard]] QDateTime now() const override { return at; }
    [[nodiscard]] std::chrono::microseconds monotonic() const override { return {}; }
    QDateTime at = QDateTime(QDate(2026, 3, 1), QTime(23, 59), Qt::UTC);
};

/// A book whose disk is full.
class BrokenBook final : public SpendBook {
public:
    Wei total(QDate) override { return 0; }
    bool addWithin(QDate, const Wei &, const std::optional<Wei> &) override
    {
        throw Error(Error::Kind::Storage, QStringLiteral("The disk is full."));
    }
    void subtract(QDate, const Wei &) override { throw Error(Error::Kind::Storage, QStringLiteral("The disk is full.")); }
    PurseLimits limits() override { return {}; }
};

const QString call = QStringLiteral("call-1");

} // namespace

class TestPaymentsSpendLimits : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void payments_10_eachLimitStandsInTheWay_data();
    void payments_10_eachLimitStandsInTheWay();
    void payments_10_exactlyTheLimitPasses();
    void payments_10_aSessionBelongsToThePurse();
    void payments_10_aDroppedReservationGivesItsMoneyBack();
    void payments_10_aCommittedOneDoesNot();
    void payments_10_reservationsCountAgainstEachOther();
    void payments_10_threadsNeverPassALimitTogether();
    void payments_10_dayTotalsOutliveTheSession();
    void theDayIsTheOneOfTheReservation();
    void movingAReservationMovesItsMoney();
    void observersHearOfEveryChange();
    void aBookThatFailsRefuses();
    void withoutLimitsEverythingPasses();
    void raisingALimitHelpsAtOnce();
};

void TestPaymentsSpendLimits::payments_10_eachLimitStandsInTheWay_data()
{
    QTest::addColumn<QString>("which");
    QTest::addColumn<QString>("says");
    QTest::newRow("call") << "perCall" << "per call";
    QTest::newRow("session") << "perSession" << "per session";
    QTest::newRow("day") << "perDay" << "per day";
    QTest::newRow("own") << "own" << "that this call sets for itself";
}

void TestPaymentsSpendLimits::payments_10_eachLimitStandsInTheWay()
{
    QFETCH(QString, which);
    QFETCH(QString, says);
    MemorySpendBook book;
    SpendLimits::Limits limits;
    std::optional<Wei> own;
    const Wei limit = 100;
    if (which == QStringLiteral("perCall"))
        limits.perCall = limit;
    else if (which == QStringLiteral("perSession"))
        limits.perSession = limit;
    else if (which == QStringLiteral("perDay"))
        limits.perDay = limit;
    else
        own = limit;
    SpendLimits gate(limits, book);
    gate.reserve(60, call, own).value().commit();
    const auto refused = gate.reserve(41, call, own);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind(), Error::Kind::SpendLimit);
    for (const QString &part : {says, QStringLiteral("100 wei"), QStringLiteral("60 wei"), QStringLiteral("41 wei")})
        QVERIFY2(refused.error().message().contains(part), qPrintable(refused.error().message()));
    QVERIFY2(refused.error().advice().contains(QStringLiteral("101 wei")), qPrintable(refused.error().advice()));
    QVERIFY(gate.spending().session == 60 && gate.spending().reserved == 0 && gate.spending().today == 60);
}

void TestPaymentsSpendLimits::payments_10_exactlyTheLimitPasses()
{
    MemorySpendBook book;
    SpendLimits gate({Wei(100), Wei(100), Wei(100)}, book);
    QVERIFY(gate.reserve(100, call));
    QVERIFY(!gate.reserve(101, call));
}

void TestPaymentsSpendLimits::payments_10_aSessionBelongsToThePurse()
{
    MemorySpendBook book;
    const SpendLimits::Limits limits{{}, Wei(100), {}};
    {
        SpendLimits first(limits, book);
        first.reserve(60, call).value().commit();
    }
    // Connected anew, and twice at once: one purse, one session.
    SpendLimits second(limits, book);
    SpendLimits third(limits, book);
    QVERIFY(second.spending().session == 60 && third.spending().session == 60);
    QVERIFY(!second.reserve(41, call));
    {
        const auto held = second.reserve(30, call);
        QVERIFY(held);
        QVERIFY(!third.reserve(11, call));
        QVERIFY(third.reserve(10, call));
    }
    third.reserve(40, call).value().commit();
    QVERIFY(second.spending().session == 100 && second.spending().reserved == 0);
    MemorySpendBook other;
    QVERIFY(SpendLimits(limits, other).reserve(100, call));
}

void TestPaymentsSpendLimits::payments_10_aDroppedReservationGivesItsMoneyBack()
{
    MemorySpendBook book;
    SpendLimits gate({Wei(100), Wei(100), Wei(100)}, book);
    {
        const auto held = gate.reserve(100, call);
        QVERIFY(held);
        QVERIFY(gate.spending().reserved == 100);
        QVERIFY(gate.spending().today == 100);
        QVERIFY(!gate.reserve(1, call));
    }
    QVERIFY(gate.spending().reserved == 0 && gate.spending().session == 0 && gate.spending().today == 0);
    QVERIFY(gate.spentByCall(call) == 0);
    QVERIFY(gate.reserve(100, call));
}

void TestPaymentsSpendLimits::payments_10_aCommittedOneDoesNot()
{
    MemorySpendBook book;
    SpendLimits gate({}, book);
    {
        auto held = gate.reserve(70, call);
        held->commit();
        held->commit();
        QVERIFY(!held->isOpen());
    }
    QVERIFY(gate.spending().session == 70);
    QVERIFY(gate.spending().reserved == 0);
    QVERIFY(gate.spending().today == 70);
    QVERIFY(gate.spentByCall(call) == 70);
    gate.forgetCall(call);
    QVERIFY(gate.spentByCall(call) == 0);
    QVERIFY(gate.spending().session == 70);
}

void TestPaymentsSpendLimits::payments_10_reservationsCountAgainstEachOther()
{
    MemorySpendBook book;
    SpendLimits gate({std::nullopt, Wei(100), std::nullopt}, book);
    const auto first = gate.reserve(60, QStringLiteral("a"));
    QVERIFY(first);
    QVERIFY(!gate.reserve(60, QStringLiteral("b")));
    QVERIFY(gate.reserve(40, QStringLiteral("b")));
}

void TestPaymentsSpendLimits::payments_10_threadsNeverPassALimitTogether()
{
    MemorySpendBook book;
    SpendLimits gate({std::nullopt, Wei(100), Wei(100)}, book);
    std::atomic<int> granted = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&gate, &granted, t] {
            for (int i = 0; i < 100; ++i) {
                auto held = gate.reserve(1, QString::number(t));
                if (held && i % 2 == 0) {
                    held->commit();
                    ++granted;
                }
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QVERIFY(granted.load() <= 100);
    QVERIFY(gate.spending().session == granted.load());
    QVERIFY(gate.spending().today == granted.load());
    QVERIFY(gate.spending().reserved == 0);
}

void TestPaymentsSpendLimits::payments_10_dayTotalsOutliveTheSession()
{
    MemorySpendBook book;
    SpendLimits({}, book).reserve(80, call).value().commit();
    // Another connection; what this program spent is a purse's, so that its session goes on as well.
    SpendLimits next({std::nullopt, std::nullopt, Wei(100)}, book);
    QVERIFY(next.spending().session == 80);
    QVERIFY(next.spending().today == 80);
    const auto refused = next.reserve(21, call);
    QVERIFY(!refused);
    QVERIFY(refused.error().message().contains(QStringLiteral("per day")));
}

void TestPaymentsSpendLimits::theDayIsTheOneOfTheReservation()
{
    MemorySpendBook book;
    MovableClock clock;
    SpendLimits gate({std::nullopt, std::nullopt, Wei(100)}, book, clock);
    {
        const auto held = gate.reserve(100, call);
        QVERIFY(held);
        clock.at = clock.at.addSecs(120);
        QVERIFY(gate.spending().today == 0);
        QVERIFY(gate.reserve(100, call));
    }
    QVERIFY(book.total(QDate(2026, 3, 1)) == 0);
}

void TestPaymentsSpendLimits::movingAReservationMovesItsMoney()
{
    MemorySpendBook book;
    SpendLimits gate({}, book);
    SpendLimits::Reservation kept;
    {
        auto first = gate.reserve(10, call);
        kept = std::move(*first);
    }
    QVERIFY(gate.spending().reserved == 10);
    kept = std::move(*gate.reserve(5, call));
    QVERIFY(gate.spending().reserved == 5);
    kept = {};
    QVERIFY(gate.spending().reserved == 0);
}

void TestPaymentsSpendLimits::observersHearOfEveryChange()
{
    MemorySpendBook book;
    SpendLimits gate({}, book);
    int heard = 0;
    {
        // Asking back from inside the callback must not deadlock.
        const Subscription subscription = gate.onChanged([&] {
            ++heard;
            (void)gate.spending();
        });
        auto held = gate.reserve(1, call);
        QCOMPARE(heard, 1);
        held->commit();
        QCOMPARE(heard, 2);
        (void)gate.reserve(1, call);
        QCOMPARE(heard, 4);
        gate.setLimits({});
        QCOMPARE(heard, 5);
    }
    gate.setLimits({});
    QCOMPARE(heard, 5);
}

void TestPaymentsSpendLimits::aBookThatFailsRefuses()
{
    BrokenBook book;
    SpendLimits gate({}, book);
    const auto refused = gate.reserve(1, call);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind(), Error::Kind::Storage);
    QVERIFY(gate.spending().reserved == 0);
    QVERIFY(!gate.reserve(-1, call));
}

void TestPaymentsSpendLimits::withoutLimitsEverythingPasses()
{
    MemorySpendBook book;
    SpendLimits gate({}, book);
    QVERIFY(gate.reserve(*weiFromDecimal(QString(60, QLatin1Char('9'))), call));
}

void TestPaymentsSpendLimits::raisingALimitHelpsAtOnce()
{
    MemorySpendBook book;
    SpendLimits gate({Wei(10), std::nullopt, std::nullopt}, book);
    QVERIFY(!gate.reserve(11, call));
    gate.setLimits({Wei(11), std::nullopt, std::nullopt});
    QVERIFY(gate.reserve(11, call));
    QVERIFY(gate.limits().perCall == Wei(11));
}

QTEST_GUILESS_MAIN(TestPaymentsSpendLimits)
#include "tst_payments_spend_limits.moc"
