#include "sluice/sidebyside/comparison_model.h"
#include "sluice/sidebyside/comparison_table.h"
#include "sluice/sidebyside/cost_ahead.h"
#include "sluice/widgets/theme.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>

using namespace sluice;
using namespace sluice::ui;
using namespace std::chrono_literals;

using State = ComparedAnswer::State;

/// What is compared, and what is told before it is paid.
class TestSideBySideFigures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, Theme::Mode::Light); }
    void theBestOfEachMeasureIsMarkedAmongCompleteAnswers();
    void whatIsUnknownIsSaidToBeUnknown();
    void alikeValuesHaveNoBest();
    void amountsAreComparedExactly();
    void barsAreSharesOfTheLargest();
    void rowsAreChangedInPlace();
    void theTableLeavesOutWhatMattersLeastWhereItIsNarrow();
    void theSumOfWhatIsKnownIsTold();
    void aCallCostsAtMostItsTimeOrItsCredit();
    void aPriceByAnotherUnitIsUnknown();
    void aLimitThatLeavesLessIsTold();
};

namespace {

ComparedAnswer answer(const QString &name, std::chrono::milliseconds first, std::chrono::milliseconds whole, const QString &paid)
{
    ComparedAnswer one;
    one.name = name;
    one.state = State::Complete;
    one.firstWords = first;
    one.whole = whole;
    one.tokensPer10Seconds = 100'000 / whole.count();
    one.tokens = 10;
    one.tokensCounted = true;
    one.paidWei = paid;
    return one;
}

bool isBest(const ComparisonModel &model, int row, ComparisonModel::Column column)
{
    return model.index(row, column).data(ComparisonModel::BestRole).toBool();
}

QString shown(const ComparisonModel &model, int row, ComparisonModel::Column column)
{
    return model.index(row, column).data().toString();
}

CapabilityInfo priced(qint64 perUnit, qint64 pixels = 1, const QString &unit = QStringLiteral("second"))
{
    CapabilityInfo info;
    info.price = PriceQuote{perUnit, pixels, unit};
    return info;
}

} // namespace

void TestSideBySideFigures::theBestOfEachMeasureIsMarkedAmongCompleteAnswers()
{
    ComparisonModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    ComparedAnswer stopped = answer(QStringLiteral("C"), 10ms, 20ms, QStringLiteral("1"));
    stopped.state = State::Stopped;
    stopped.whole.reset();
    model.setAnswers({answer(QStringLiteral("A"), 400ms, 2000ms, QStringLiteral("300")), answer(QStringLiteral("B"), 300ms, 4000ms, QStringLiteral("200")), stopped});
    QVERIFY(!isBest(model, 0, ComparisonModel::FirstWords) && isBest(model, 1, ComparisonModel::FirstWords));
    QVERIFY2(!isBest(model, 2, ComparisonModel::FirstWords), "an answer that was stopped competes with nobody");
    QVERIFY(isBest(model, 0, ComparisonModel::Whole) && isBest(model, 0, ComparisonModel::Speed));
    QVERIFY(isBest(model, 1, ComparisonModel::Paid) && !isBest(model, 2, ComparisonModel::Paid));
    QVERIFY2(!isBest(model, 0, ComparisonModel::Tokens) && !isBest(model, 1, ComparisonModel::Tokens), "a longer answer is neither better nor worse");
    QCOMPARE(model.summary(), QStringLiteral("Fastest: A · Least paid: B"));
    QVERIFY(model.index(0, ComparisonModel::Whole).data(Qt::AccessibleTextRole).toString().endsWith(QStringLiteral("the best")));
    QCOMPARE(shown(model, 2, ComparisonModel::Whole), QStringLiteral("stopped"));
}

void TestSideBySideFigures::whatIsUnknownIsSaidToBeUnknown()
{
    ComparisonModel model;
    ComparedAnswer bare;
    bare.name = QStringLiteral("A");
    ComparedAnswer free = answer(QStringLiteral("B"), 1ms, 2ms, QStringLiteral("0"));
    free.tokensCounted = false;
    model.setAnswers({bare, free});
    for (const auto column : {ComparisonModel::FirstWords, ComparisonModel::Whole, ComparisonModel::Speed, ComparisonModel::Tokens, ComparisonModel::Paid, ComparisonModel::Charged}) {
        QCOMPARE(shown(model, 0, column), QString(QChar(0x2014)));
        QVERIFY(!model.index(0, column).data(ComparisonModel::ShareRole).isValid());
        QVERIFY(model.index(0, column).data(Qt::AccessibleTextRole).toString().endsWith(QStringLiteral("unknown")));
    }
    QCOMPARE(shown(model, 1, ComparisonModel::Paid), QStringLiteral("nothing"));
    QCOMPARE(shown(model, 1, ComparisonModel::Tokens), QStringLiteral("~%1").arg(QLocale().toString(10)));
    QVERIFY2(!isBest(model, 1, ComparisonModel::Paid), "the other's cost is not known, so that this is not the least");
}

void TestSideBySideFigures::alikeValuesHaveNoBest()
{
    ComparisonModel model;
    model.setAnswers({answer(QStringLiteral("A"), 5ms, 10ms, QStringLiteral("7")), answer(QStringLiteral("B"), 5ms, 10ms, QStringLiteral("7"))});
    for (int column = 0; column < ComparisonModel::ColumnCount; ++column)
        QVERIFY(!isBest(model, 0, ComparisonModel::Column(column)) && !isBest(model, 1, ComparisonModel::Column(column)));
    QVERIFY(model.summary().isEmpty());
}

void TestSideBySideFigures::amountsAreComparedExactly()
{
    // One wei apart, where a floating-point number sees no difference.
    ComparisonModel model;
    model.setAnswers({answer(QStringLiteral("A"), 5ms, 10ms, QStringLiteral("100000000000000000000000000000001")),
        answer(QStringLiteral("B"), 5ms, 10ms, QStringLiteral("100000000000000000000000000000000"))});
    QVERIFY(!isBest(model, 0, ComparisonModel::Paid) && isBest(model, 1, ComparisonModel::Paid));
}

void TestSideBySideFigures::barsAreSharesOfTheLargest()
{
    ComparisonModel model;
    model.setAnswers({answer(QStringLiteral("A"), 500ms, 1000ms, QStringLiteral("0")), answer(QStringLiteral("B"), 250ms, 4000ms, QStringLiteral("0"))});
    const auto share = [&](int row, ComparisonModel::Column column) { return model.index(row, column).data(ComparisonModel::ShareRole).toInt(); };
    QCOMPARE(share(0, ComparisonModel::FirstWords), 1000);
    QCOMPARE(share(1, ComparisonModel::FirstWords), 500);
    QCOMPARE(share(0, ComparisonModel::Whole), 250);
    QCOMPARE(share(0, ComparisonModel::Paid), 0);
}

void TestSideBySideFigures::rowsAreChangedInPlace()
{
    ComparisonModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    QList<ComparedAnswer> answers{answer(QStringLiteral("A"), 5ms, 10ms, QStringLiteral("1")), answer(QStringLiteral("B"), 5ms, 10ms, QStringLiteral("2"))};
    model.setAnswers(answers);
    QCOMPARE(resets.count(), 1);
    answers[1].paidWei = QStringLiteral("3");
    model.setAnswers(answers);
    QCOMPARE(resets.count(), 1);
    QCOMPARE(changes.count(), 1);
    model.setAnswers(answers);
    QCOMPARE(changes.count(), 1);
}

void TestSideBySideFigures::theTableLeavesOutWhatMattersLeastWhereItIsNarrow()
{
    ComparisonModel model;
    model.setAnswers({answer(QStringLiteral("A"), 5ms, 10ms, QStringLiteral("1")), answer(QStringLiteral("B"), 5ms, 10ms, QStringLiteral("2"))});
    ComparisonTable table(model);
    table.resize(1000, table.sizeHint().height());
    table.show();
    QTRY_VERIFY(!table.isColumnHidden(ComparisonModel::Tokens));
    table.resize(460, table.height());
    QTRY_VERIFY(table.isColumnHidden(ComparisonModel::Tokens));
    QVERIFY(!table.isColumnHidden(ComparisonModel::Paid) && !table.isColumnHidden(ComparisonModel::Whole));
}

void TestSideBySideFigures::theSumOfWhatIsKnownIsTold()
{
    CostAhead cost;
    QVERIFY(cost.isEmpty() && cost.text().isEmpty());
    cost.add(QStringLiteral("A"), Rational(400'000'000'000));
    cost.add(QStringLiteral("B"), Rational(80'000'000'000));
    QCOMPARE(cost.text(), QStringLiteral("The next answers cost at most 480 gwei together."));
    cost.add(QStringLiteral("C"), std::nullopt);
    QVERIFY2(cost.text().contains(QStringLiteral("480 gwei")) && cost.text().endsWith(QStringLiteral(": C.")), qPrintable(cost.text()));
    CostAhead unknown;
    unknown.add(QStringLiteral("C"), std::nullopt);
    QVERIFY(!unknown.isEmpty() && unknown.text().endsWith(QStringLiteral(": C.")));
    CostAhead free;
    free.add(QStringLiteral("D"), Rational(0));
    QCOMPARE(free.text(), QStringLiteral("The next answers are free."));
}

void TestSideBySideFigures::aCallCostsAtMostItsTimeOrItsCredit()
{
    CapabilityInfo info = priced(8);
    QCOMPARE(*mostOfOneCall(info, 30s), Rational(240));
    info.creditSeconds = 60;
    QCOMPARE(*mostOfOneCall(info, 30s), Rational(480));
    QCOMPARE(*mostOfOneCall(info, 90s), Rational(720));
    QCOMPARE(*mostOfOneCall(priced(20, 3), 60s), Rational(400));
    QCOMPARE(*mostOfOneCall(priced(0), 60s), Rational(0));
    // Beyond what 64 bits hold.
    QCOMPARE(toText(*mostOfOneCall(priced(std::numeric_limits<qint64>::max()), 3600s)), QStringLiteral("33204139332677192905200"));
}

void TestSideBySideFigures::aPriceByAnotherUnitIsUnknown()
{
    QVERIFY(!mostOfOneCall(CapabilityInfo(), 60s));
    QVERIFY(!mostOfOneCall(priced(8, 1, QStringLiteral("pixel")), 60s));
    QVERIFY(!mostOfOneCall(priced(8, 0), 60s));
    QVERIFY(!mostOfOneCall(priced(-8), 60s));
    QVERIFY(mostOfOneCall(priced(0, 1, QStringLiteral("pixel")), 60s) == Rational(0));
}

void TestSideBySideFigures::aLimitThatLeavesLessIsTold()
{
    CostAhead cost;
    cost.add(QStringLiteral("A"), Rational(400'000'000'000));
    cost.add(QStringLiteral("B"), Rational(80'000'000'000));
    Spending spending;
    spending.sessionWei = QStringLiteral("0");
    spending.todayWei = QStringLiteral("100000000000");
    QVERIFY(cost.beyond(spending).isEmpty());
    spending.dayLimitWei = QStringLiteral("580000000000");
    QVERIFY2(cost.beyond(spending).isEmpty(), "just enough is enough");
    spending.dayLimitWei = QStringLiteral("500000000000");
    QVERIFY2(cost.beyond(spending).contains(QStringLiteral("400 gwei")), qPrintable(cost.beyond(spending)));
    spending.dayLimitWei = QStringLiteral("1");
    QVERIFY2(cost.beyond(spending).contains(QStringLiteral("0 wei")), qPrintable(cost.beyond(spending)));
    spending.dayLimitWei.reset();
    spending.sessionLimitWei = QStringLiteral("1000000000");
    QVERIFY(cost.beyond(spending).contains(QStringLiteral("1 gwei")));
    spending.sessionLimitWei.reset();
    spending.callLimitWei = QStringLiteral("300000000000");
    QVERIFY(cost.beyond(spending).contains(QStringLiteral("300 gwei")));
}

QTEST_MAIN(TestSideBySideFigures)
#include "tst_sidebyside_figures.moc"
