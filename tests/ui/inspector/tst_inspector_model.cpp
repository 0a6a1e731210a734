#include "sluice/inspector/exact_amount.h"
#include "sluice/inspector/ticket_model.h"
#include "sluice/inspector/timeline_geometry.h"

#include <QtCore/QItemSelectionModel>
#include <QtCore/QPersistentModelIndex>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QtTest>

using namespace sluice;
using namespace sluice::ui;
using namespace std::chrono_literals;

namespace {

TicketView ticket(quint32 nonce)
{
    TicketView view;
    view.nonce = nonce;
    view.faceValueWei = QStringLiteral("1000000000000000");
    view.expectedValueWei = QStringLiteral("100000000000000000000/3");
    view.winOdds = QStringLiteral("1 in 100");
    view.winProbability = QStringLiteral("0x28f5c28f");
    view.recipient = QStringLiteral("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
    view.recipientRandHash = QStringLiteral("0xabc");
    view.ticketHash = QStringLiteral("0x%1").arg(nonce, 64, 16, QLatin1Char('0'));
    view.sent = true;
    view.signatureVerified = true;
    return view;
}

QList<TicketView> tickets(const QList<int> &nonces)
{
    QList<TicketView> list;
    for (const int nonce : nonces)
        list.append(ticket(quint32(nonce)));
    return list;
}

} // namespace

class TestInspectorModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void diffKeepsSelection_data();
    void diffKeepsSelection();
    void growingListOnlyInserts();
    void changedTicketIsTold();
    void sdk_36_unknownOutcomeIsSaidPlainly();
    void wholeWei_data();
    void wholeWei();
    void rationalsAreNeverRoundedUp_data();
    void rationalsAreNeverRoundedUp();
    void timeLeft_data();
    void timeLeft();
    void sharesOfLimits_data();
    void sharesOfLimits();
    void durations_data();
    void durations();
    void geometryPlacesSpans();
    void geometryShowsRunningAndMarks();
    void geometryOfNothing();
    void scaleHasFewRoundLines_data();
    void scaleHasFewRoundLines();
    void rowsAreFoundByHeight();
};

void TestInspectorModel::diffKeepsSelection_data()
{
    QTest::addColumn<QList<int>>("before");
    QTest::addColumn<QList<int>>("after");
    QTest::addColumn<bool>("stays"); // ticket 3
    const auto row = [](const char *name, QList<int> before, QList<int> after, bool stays) {
        QTest::newRow(name) << before << after << stays;
    };
    row("append", {1, 2, 3}, {1, 2, 3, 4, 5}, true);
    row("insert before", {2, 3}, {1, 2, 3}, true);
    row("insert between", {1, 3, 9}, {1, 2, 3, 5, 6, 9}, true);
    row("remove before", {1, 2, 3, 4}, {3, 4}, true);
    row("remove around", {1, 2, 3, 4, 5}, {3}, true);
    row("remove itself", {1, 2, 3}, {1, 2}, false);
    row("all new", {1, 2, 3}, {7, 8}, false);
    row("none", {1, 2, 3}, {}, false);
    row("same", {1, 2, 3}, {1, 2, 3}, true);
}

void TestInspectorModel::diffKeepsSelection()
{
    QFETCH(QList<int>, before);
    QFETCH(QList<int>, after);
    QFETCH(bool, stays);
    TicketModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setTickets(tickets(before));
    const QPersistentModelIndex three = model.index(int(before.indexOf(3)), 0);
    model.setTickets(tickets(after));
    QCOMPARE(model.rowCount(), int(after.size()));
    for (int i = 0; i < after.size(); ++i)
        QCOMPARE(model.ticket(i).nonce, quint32(after[i]));
    QCOMPARE(three.isValid(), stays);
    if (stays)
        QCOMPARE(three.data().toString(), QStringLiteral("3"));
}

void TestInspectorModel::growingListOnlyInserts()
{
    TicketModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QList<int> nonces;
    for (int i = 0; i < 50; ++i) {
        nonces << i;
        model.setTickets(tickets(nonces));
    }
    QCOMPARE(inserted.count(), 50);
    QCOMPARE(reset.count(), 0);
    QCOMPARE(changed.count(), 0);
}

void TestInspectorModel::changedTicketIsTold()
{
    TicketModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QList<TicketView> list = tickets({1, 2, 3});
    model.setTickets(list);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    list[1].won = true;
    model.setTickets(list);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().first().toModelIndex().row(), 1);
    QCOMPARE(model.index(1, TicketModel::Outcome).data().toString(), QStringLiteral("won"));
}

void TestInspectorModel::sdk_36_unknownOutcomeIsSaidPlainly()
{
    TicketView view = ticket(1);
    QCOMPARE(TicketModel::outcomeOf(view), QStringLiteral("unknown"));
    view.won = false;
    QCOMPARE(TicketModel::outcomeOf(view), QStringLiteral("not won"));
    TicketModel model;
    view.signatureVerified = false;
    view.sent = false;
    model.setTickets({view});
    QCOMPARE(model.index(0, TicketModel::Signature).data().toString(), QStringLiteral("not checked"));
    QCOMPARE(model.index(0, TicketModel::Sent).data().toString(), QStringLiteral("not sent"));
    QCOMPARE(model.index(0, TicketModel::Recipient).data(TicketModel::ExactRole).toString(), view.recipient);
    QCOMPARE(model.index(0, TicketModel::FaceValue).data(TicketModel::ExactRole).toString(), QStringLiteral("1000000000000000 wei"));
}

void TestInspectorModel::wholeWei_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("whole");
    QTest::newRow("whole") << "123" << "123";
    QTest::newRow("fraction") << "12.345" << "12";
    QTest::newRow("negative") << "-5.5" << "-5";
    QTest::newRow("leading zeros are no octal") << "0017" << "17";
    QTest::newRow("zero") << "0" << "0";
    QTest::newRow("large") << "340282366920938463463374607431768211456" << "340282366920938463463374607431768211456";
    for (const char *bad : {"", "x", "1.", "1.2.3", "1e5", "0x10", "--1", "1 "})
        QTest::newRow(bad) << bad << "";
    QTest::newRow("endless") << QString(5000, u'9') << "";
}

void TestInspectorModel::wholeWei()
{
    QFETCH(QString, text);
    QFETCH(QString, whole);
    QCOMPARE(exact::wholeWei(text), whole);
}

void TestInspectorModel::rationalsAreNeverRoundedUp_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("whole") << "42" << "42 wei";
    QTest::newRow("exact division") << "84/2" << "42 wei";
    QTest::newRow("cut") << "85/2" << "≈ 42 wei";
    QTest::newRow("almost one") << "999/1000" << "< 1 wei";
    QTest::newRow("nothing") << "0/7" << "0 wei";
    QTest::newRow("zero below") << "1/0" << "";
    QTest::newRow("nonsense") << "a/b" << "";
}

void TestInspectorModel::rationalsAreNeverRoundedUp()
{
    QFETCH(QString, text);
    QFETCH(QString, shown);
    QCOMPARE(exact::humanRational(text).replace(QChar(QChar::Nbsp), u' '), shown);
}

void TestInspectorModel::timeLeft_data()
{
    QTest::addColumn<QString>("balance");
    QTest::addColumn<qint64>("price");
    QTest::addColumn<qint64>("pixels");
    QTest::addColumn<QString>("left");
    QTest::newRow("plain") << "1000" << qint64(10) << qint64(1) << "100";
    QTest::newRow("cut, not rounded") << "1009" << qint64(10) << qint64(1) << "100";
    QTest::newRow("fractional price") << "10" << qint64(1) << qint64(3) << "30";
    QTest::newRow("fractional balance") << "10.999" << qint64(11) << qint64(1) << "0";
    QTest::newRow("beyond 64 bits") << "100000000000000000000000000" << qint64(1) << qint64(1) << "100000000000000000000000000";
}

void TestInspectorModel::timeLeft()
{
    QFETCH(QString, balance);
    QFETCH(qint64, price);
    QFETCH(qint64, pixels);
    QFETCH(QString, left);
    QCOMPARE(exact::unitsLeft(balance, {price, pixels, QStringLiteral("second")}).value_or(QString()), left);
    QVERIFY(!exact::unitsLeft(balance, {0, 1, QStringLiteral("second")}));
    QVERIFY(!exact::unitsLeft(balance, {1, 0, QStringLiteral("second")}));
    QVERIFY(!exact::unitsLeft(QString(), {1, 1, QStringLiteral("second")}));
}

void TestInspectorModel::sharesOfLimits_data()
{
    QTest::addColumn<QString>("spent");
    QTest::addColumn<QString>("limit");
    QTest::addColumn<int>("permille");
    QTest::addColumn<bool>("reached");
    QTest::newRow("none") << "0" << "100" << 0 << false;
    QTest::newRow("half") << "50" << "100" << 500 << false;
    QTest::newRow("almost is not reached") << "99999" << "100000" << 999 << false;
    QTest::newRow("reached") << "100" << "100" << 1000 << true;
    QTest::newRow("over") << "500" << "100" << 1000 << true;
    QTest::newRow("limit of nothing") << "0" << "0" << 1000 << true;
}

void TestInspectorModel::sharesOfLimits()
{
    QFETCH(QString, spent);
    QFETCH(QString, limit);
    QFETCH(int, permille);
    QFETCH(bool, reached);
    const auto share = exact::share(spent, limit);
    QVERIFY(share);
    QCOMPARE(share->permille, permille);
    QCOMPARE(share->reached, reached);
    QVERIFY(!exact::share(spent, QStringLiteral("x")));
}

void TestInspectorModel::durations_data()
{
    QTest::addColumn<QString>("seconds");
    QTest::addColumn<QString>("shown");
    QTest::newRow("seconds") << "59" << "59 s";
    QTest::newRow("minutes") << "200" << "3 min 20 s";
    QTest::newRow("hours") << "7500" << "2 h 5 min";
    QTest::newRow("days") << "3600000" << "41 day(s)" /* the plural is the translation's */;
    QTest::newRow("ages") << "99999999999999999999" << "over 10 years";
}

void TestInspectorModel::durations()
{
    QFETCH(QString, seconds);
    QFETCH(QString, shown);
    QCOMPARE(exact::duration(seconds), shown);
}

void TestInspectorModel::geometryPlacesSpans()
{
    const QList<TraceSpan> spans{{QStringLiteral("wait"), {}, 500us, 1000us, false}, {QStringLiteral("connect"), {}, 0us, 500us, true}};
    const TimelineGeometry geometry = TimelineGeometry::make(spans, 800us, 256, 100);
    QCOMPARE(geometry.left, 100.0);
    QCOMPARE(geometry.right, 200.0);
    QCOMPARE(geometry.total, 1000us);
    QCOMPARE(geometry.bars.size(), 2);
    QCOMPARE(geometry.bars[0], (TimelineBar{1, 100, 50, 20, false, false}));
    QCOMPARE(geometry.bars[1], (TimelineBar{0, 150, 50, 40, false, false}));
    QCOMPARE(geometry.height, 60.0);
}

void TestInspectorModel::geometryShowsRunningAndMarks()
{
    const QList<TraceSpan> spans{{QStringLiteral("first event"), {}, 250us, 250us, false}, {QStringLiteral("receive"), {}, 500us, std::nullopt, false}};
    const TimelineGeometry geometry = TimelineGeometry::make(spans, 1000us, 256, 100);
    QVERIFY(geometry.bars[0].mark);
    QCOMPARE(geometry.bars[0].x, 125.0);
    QVERIFY(geometry.bars[1].running);
    QCOMPARE(geometry.bars[1].width, 50.0);
}

void TestInspectorModel::geometryOfNothing()
{
    const TimelineGeometry empty = TimelineGeometry::make({}, 0us, 300, 100);
    QVERIFY(empty.bars.isEmpty() && empty.ticks.isEmpty());
    const TimelineGeometry instant = TimelineGeometry::make({{QStringLiteral("x"), {}, 0us, 0us, false}}, 0us, 300, 100);
    QCOMPARE(instant.bars.first().x, 100.0);
    const TimelineGeometry narrow = TimelineGeometry::make({{QStringLiteral("x"), {}, 0us, 5us, false}}, 5us, 10, 100);
    QVERIFY(narrow.right > narrow.left);
}

void TestInspectorModel::scaleHasFewRoundLines_data()
{
    QTest::addColumn<qint64>("total");
    for (const qint64 total : {1LL, 3LL, 17LL, 999LL, 12345LL, 60000000LL, 86400000000LL})
        QTest::newRow(qPrintable(QString::number(total))) << total;
}

void TestInspectorModel::scaleHasFewRoundLines()
{
    QFETCH(qint64, total);
    const TimelineGeometry geometry
        = TimelineGeometry::make({{QStringLiteral("x"), {}, 0us, std::chrono::microseconds(total), false}}, 0us, 456, 80);
    QVERIFY2(geometry.ticks.size() >= 2 && geometry.ticks.size() <= 6, qPrintable(QString::number(geometry.ticks.size())));
    for (qsizetype i = 1; i < geometry.ticks.size(); ++i)
        QVERIFY(geometry.ticks[i].x - geometry.ticks[i - 1].x >= 50);
    QVERIFY(geometry.ticks.last().x <= geometry.right + 0.001);
    if (total == 60000000)
        QCOMPARE(geometry.ticks.at(1).label, QStringLiteral("20 s"));
}

void TestInspectorModel::rowsAreFoundByHeight()
{
    const TimelineGeometry geometry = TimelineGeometry::make(
        {{QStringLiteral("a"), {}, 0us, 5us, false}, {QStringLiteral("b"), {}, 5us, 6us, false}}, 0us, 300, 80);
    QCOMPARE(geometry.barAt(0), -1);
    QCOMPARE(geometry.barAt(21), 0);
    QCOMPARE(geometry.barAt(45), 1);
    QCOMPARE(geometry.barAt(500), -1);
}

QTEST_MAIN(TestInspectorModel)
#include "tst_inspector_model.moc"
