#include "sluice/inspector/balance_card.h"
#include "sluice/inspector/inspector.h"
#include "sluice/inspector/ticket_model.h"
#include "sluice/inspector/timeline_view.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QTableView>

using namespace sluice;
using namespace sluice::ui;
using namespace std::chrono_literals;

class TestInspector : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ticketsRefreshWithoutLosingTheSelection();
    void outcomeIsUnknownUntilTold();
    void amountsAreExactOneHoverAway();
    void barsKeepOrderProportionAndBounds();
    void momentsAndRunningStepsAreVisible();
    void ticksAreRound_data();
    void ticksAreRound();
    void timelineSaysInWordsWhatItPaints();
    void secondsLeftAreExact_data();
    void secondsLeftAreExact();
    void shareOfALimitStaysInItsBar();
};

namespace {
TicketView ticket(int number)
{
    TicketView view;
    view.nonce = quint32(number);
    view.ticketHash = QStringLiteral("0x%1").arg(number);
    view.faceValueWei = QStringLiteral("800000000000");
    view.expectedValueWei = QStringLiteral("24000000000/3");
    view.winOdds = QStringLiteral("1 in 100");
    view.sent = true;
    view.signatureVerified = true;
    return view;
}

TraceSpan span(const QString &name, std::chrono::microseconds start, std::optional<std::chrono::microseconds> end)
{
    return {name, {}, start, end, false};
}
} // namespace

void TestInspector::ticketsRefreshWithoutLosingTheSelection()
{
    Inspector inspector;
    const QAbstractItemModelTester tester(&inspector.tickets(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    Payment payment;
    payment.tickets = {ticket(1), ticket(2)};
    inspector.setPayment(payment);
    auto *table = inspector.findChild<QTableView *>();
    table->selectRow(1);
    QSignalSpy resets(&inspector.tickets(), &QAbstractItemModel::modelReset);
    payment.tickets[1].won = true;
    payment.tickets.append(ticket(3));
    inspector.setPayment(payment);
    QCOMPARE(resets.count(), 0);
    QCOMPARE(table->currentIndex().row(), 1);
    QCOMPARE(inspector.tickets().index(1, TicketModel::OutcomeColumn).data().toString(), QStringLiteral("won"));
    QCOMPARE(inspector.tickets().rowCount(), 3);
}

void TestInspector::outcomeIsUnknownUntilTold()
{
    TicketView view = ticket(1);
    QCOMPARE(TicketModel::outcomeText(view), QStringLiteral("not known yet"));
    view.won = false;
    QCOMPARE(TicketModel::outcomeText(view), QStringLiteral("not won"));
    view.sent = false;
    QCOMPARE(TicketModel::outcomeText(view), QStringLiteral("not sent"));
}

void TestInspector::amountsAreExactOneHoverAway()
{
    TicketModel model;
    model.setTickets({ticket(1)});
    QCOMPARE(model.index(0, TicketModel::ExpectedColumn).data().toString(), QStringLiteral("8 gwei"));
    QCOMPARE(model.index(0, TicketModel::ExpectedColumn).data(Qt::ToolTipRole).toString(),
        QStringLiteral("24000000000/3 wei"));
}

void TestInspector::barsKeepOrderProportionAndBounds()
{
    const auto geometry = TimelineGeometry::make(
        {span(QStringLiteral("token"), 0us, 1000us), span(QStringLiteral("wait"), 1000us, 4000us)}, 500, 80, 60, 20);
    QCOMPARE(geometry.bars.size(), 2);
    QCOMPARE(geometry.total, 4000us);
    const QRectF first = geometry.bars.at(0).bar;
    const QRectF second = geometry.bars.at(1).bar;
    QCOMPARE(second.width(), first.width() * 3);
    QCOMPARE(first.right(), second.left());
    QCOMPARE(first.left(), 80.0);
    QCOMPARE(second.right(), 440.0);
    QVERIFY(second.top() > first.bottom());
    QCOMPARE(geometry.barAt(first.center().y()), 0);
    QCOMPARE(geometry.barAt(geometry.height + 1), -1);
}

void TestInspector::momentsAndRunningStepsAreVisible()
{
    const auto geometry = TimelineGeometry::make({span(QStringLiteral("pay"), 1000us, 1000us),
                                                     span(QStringLiteral("wait"), 500us, std::nullopt)},
        500, 80, 60, 20);
    QCOMPARE(geometry.bars.at(0).bar.width(), TimelineGeometry::minBar);
    QVERIFY(geometry.bars.at(0).bar.right() <= 440.0);
    QCOMPARE(geometry.bars.at(1).bar.right(), 440.0);
}

void TestInspector::ticksAreRound_data()
{
    QTest::addColumn<int>("microseconds");
    for (const int total : {7, 950, 12'345, 999'999, 61'000'000})
        QTest::addRow("%d", total) << total;
}

void TestInspector::ticksAreRound()
{
    QFETCH(int, microseconds);
    const auto geometry
        = TimelineGeometry::make({span(QStringLiteral("x"), 0us, std::chrono::microseconds(microseconds))}, 500, 80, 60, 20);
    QVERIFY(geometry.ticks.size() >= 2);
    QVERIFY(geometry.ticks.size() <= 6);
    QString digits = QString::number(geometry.ticks.at(1).at.count());
    while (digits.endsWith(QLatin1Char('0')))
        digits.chop(1);
    QVERIFY2(QStringList({QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("5")}).contains(digits),
        qPrintable(digits));
}

void TestInspector::timelineSaysInWordsWhatItPaints()
{
    TimelineView view;
    TraceSpan failed = span(QStringLiteral("connect"), 0us, 2500us);
    failed.failed = true;
    view.setSpans({failed, span(QStringLiteral("wait"), 2500us, std::nullopt)});
    QCOMPARE(view.accessibleDescription(),
        QStringLiteral("connect: 2.5 ms, from 0 µs, failed; wait: still running, since 2.5 ms"));
}

void TestInspector::secondsLeftAreExact_data()
{
    QTest::addColumn<QString>("wei");
    QTest::addColumn<qint64>("price");
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("whole") << QStringLiteral("6000000000") << qint64(100000000) << qint64(60);
    QTest::newRow("just below") << QStringLiteral("5999999999") << qint64(100000000) << qint64(59);
    QTest::newRow("overdrawn") << QStringLiteral("-1") << qint64(100) << qint64(-1);
}

void TestInspector::secondsLeftAreExact()
{
    QFETCH(QString, wei);
    QFETCH(qint64, price);
    QTEST(BalanceCard::secondsLeft(wei, PriceQuote{price, 1, QStringLiteral("second")}).value(), "seconds");
    QVERIFY(!BalanceCard::secondsLeft(wei, PriceQuote{0, 1, QStringLiteral("second")}));
}

void TestInspector::shareOfALimitStaysInItsBar()
{
    QCOMPARE(BalanceCard::shareOf(QStringLiteral("1"), QStringLiteral("3")), 333);
    QCOMPARE(BalanceCard::shareOf(QStringLiteral("9"), QStringLiteral("3")), 1000);
    QCOMPARE(BalanceCard::shareOf(QStringLiteral("0"), QStringLiteral("0")), 0);
}

QTEST_MAIN(TestInspector)
#include "tst_inspector.moc"
