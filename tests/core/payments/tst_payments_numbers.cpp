#include "sluice/payments/amount.h"
#include "sluice/payments/balance_text.h"
#include "sluice/payments/spend_limits.h"
#include "sluice/payments/ticket.h"
#include "sluice/payments/ticket_counts.h"

#include <QtTest/QTest>

using namespace sluice;

namespace {

/// Tickets of the network's usual size: nominally 8e9 wei, a hair above.
const Rational usualEv = expectedValue(U256(12'000'000'000'000'000), winProbFor(U256(12'000'000'000'000'000), 8'000'000'000));

Rational rational(const char *text)
{
    return *rationalFromText(QString::fromLatin1(text));
}

} // namespace

class TestPaymentsNumbers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void payments_03_expectedValueKeepsWhatADoubleLoses();
    void payments_03_countsAreExactWhereADoubleIsOff_data();
    void payments_03_countsAreExactWhereADoubleIsOff();
    void payments_04_winProbIsRoundedUp();
    void payments_04_faceEqualToEvIsCertain();
    void payments_09_liveFloorIsOneTicket();
    void payments_09_evOfZeroNeedsNoTickets();
    void byoc_22_clientPaysTheExactCeiling_data();
    void byoc_22_clientPaysTheExactCeiling();
    void pricesAreFractions();
    void priceWithoutDivisorIsRefused();
    void balancesAreReadAsTheyAreWritten_data();
    void balancesAreReadAsTheyAreWritten();
    void refusesTextThatIsNoBalance_data();
    void refusesTextThatIsNoBalance();
    void tokenBalanceSaturates();
    void typedAmountsAreWhatWasMeant_data();
    void typedAmountsAreWhatWasMeant();
    void amountsAreWrittenInEachUnitExactly();
    void amountsReadWell_data();
    void amountsReadWell();
    void typedAmountsAreExact_data();
    void typedAmountsAreExact();
    void spendingCountsUpButNotTheHair_data();
    void spendingCountsUpButNotTheHair();
    void probabilitiesReadWell();
};

void TestPaymentsNumbers::payments_03_expectedValueKeepsWhatADoubleLoses()
{
    QVERIFY(usualEv > Rational(8'000'000'000));
    QVERIFY((usualEv - 8'000'000'000) * pow(Wei(10), 50) < 1);
    QVERIFY(usualEv * 10 >= Rational(80'000'000'000));
}

void TestPaymentsNumbers::payments_03_countsAreExactWhereADoubleIsOff_data()
{
    QTest::addColumn<QString>("amount");
    QTest::addColumn<QString>("ev");
    QTest::addColumn<QString>("count");
    QTest::newRow("exactly covered") << "80000000000" << toText(usualEv) << "10";
    QTest::newRow("one wei over") << "80000000001" << toText(usualEv) << "11";
    QTest::newRow("a hair below nominal needs one more") << "100" << "9999999999999999999999/1000000000000000000000" << "11";
    QTest::newRow("beyond 2^53") << "9007199254740993" << "1" << "9007199254740993";
    QTest::newRow("nothing missing") << "0" << "5" << "0";
    QTest::newRow("credit left") << "-7" << "5" << "0";
    QTest::newRow("worthless tickets") << "10" << "0" << "0";
    QTest::newRow("fractions") << "1/3" << "1/7" << "3";
}

void TestPaymentsNumbers::payments_03_countsAreExactWhereADoubleIsOff()
{
    QFETCH(QString, amount);
    QFETCH(QString, ev);
    QFETCH(QString, count);
    QCOMPARE(toDecimal(ticketsToCover(*rationalFromText(amount), *rationalFromText(ev))), count);
}

void TestPaymentsNumbers::payments_04_winProbIsRoundedUp()
{
    for (const char *face : {"1000", "999983", "100000000", "12000000000000000", "340282366920938463463374607431768211507"}) {
        const U256 faceValue = *u256FromDecimal(QString::fromLatin1(face));
        for (const int ev : {1, 5, 7, 500, 999}) {
            const U256 winProb = winProbFor(faceValue, ev);
            QVERIFY(expectedValue(faceValue, winProb) >= Rational(ev));
            // One step of probability per wei of EV is the most that rounding adds.
            QVERIFY(expectedValue(faceValue, U256(winProb - ev)) < Rational(ev));
        }
    }
}

void TestPaymentsNumbers::payments_04_faceEqualToEvIsCertain()
{
    QVERIFY(winProbFor(U256(500), 500) == maxU256());
    QVERIFY(winProbFor(U256(0), 500) == 0);
}

void TestPaymentsNumbers::payments_09_liveFloorIsOneTicket()
{
    const TicketNeed need = ticketsNeeded(0, 3, 10);
    QCOMPARE(toDecimal(need.count), QStringLiteral("1"));
    QCOMPARE(toText(need.newBalance), QStringLiteral("7"));
    QCOMPARE(toDecimal(ticketsNeeded(9, 3, 10).count), QStringLiteral("1"));
    QCOMPARE(toDecimal(ticketsNeeded(10, 3, 10).count), QStringLiteral("0"));
}

void TestPaymentsNumbers::payments_09_evOfZeroNeedsNoTickets()
{
    QCOMPARE(toDecimal(ticketsNeeded(0, 30, 0).count), QStringLiteral("0"));
}

void TestPaymentsNumbers::byoc_22_clientPaysTheExactCeiling_data()
{
    QTest::addColumn<qint64>("price");
    QTest::addColumn<int>("timeout");
    QTest::addColumn<QString>("balance");
    QTest::addColumn<int>("tickets");
    QTest::newRow("worked example") << qint64(100'000'000) << 60 << "0" << 1;
    QTest::newRow("short timeout still funds 60 s") << qint64(1'000'000'000) << 5 << "0" << 8;
    QTest::newRow("exactly covered by ten") << qint64(1'000'000'000) << 80 << "0" << 10;
    QTest::newRow("one wei short of covered") << qint64(1'000'000'000) << 60 << "59999999999" << 1;
    QTest::newRow("covered") << qint64(1'000'000'000) << 60 << "60000000000" << 0;
    QTest::newRow("more than covered") << qint64(1'000'000'000) << 60 << "600000000000" << 0;
    QTest::newRow("debt is paid too") << qint64(1'000'000'000) << 60 << "-20000000001" << 11;
    QTest::newRow("free") << qint64(0) << 60 << "0" << 0;
    QTest::newRow("never more than 600") << qint64(1'000'000'000'000) << 3600 << "0" << 600;
}

void TestPaymentsNumbers::byoc_22_clientPaysTheExactCeiling()
{
    QFETCH(qint64, price);
    QFETCH(int, timeout);
    QFETCH(QString, balance);
    QTEST(byocTickets({price, 1}, timeout, *rationalFromText(balance), usualEv), "tickets");
}

void TestPaymentsNumbers::pricesAreFractions()
{
    QVERIFY((PriceInfo{2, 4}.asRational()) == (PriceInfo{1, 2}.asRational()));
    QVERIFY((PriceInfo{2, 4}) != (PriceInfo{1, 2}));
    QCOMPARE(toText(PriceInfo{150, 175}.fee(1000)), QStringLiteral("6000/7"));
    QCOMPARE(toText(PriceInfo{std::numeric_limits<qint64>::max(), 1}.fee(2)), QStringLiteral("18446744073709551614"));
}

void TestPaymentsNumbers::priceWithoutDivisorIsRefused()
{
    QVERIFY(!(PriceInfo{1, 0}.isValid()));
    QVERIFY(!(PriceInfo{-1, 1}.isValid()));
    QVERIFY_EXCEPTION_THROWN((void)PriceInfo({1, 0}).asRational(), Error);
}

void TestPaymentsNumbers::balancesAreReadAsTheyAreWritten_data()
{
    QTest::addColumn<QString>("balance");
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("inStream");
    QTest::newRow("0") << "0" << "0" << "0.000";
    QTest::newRow("7.7e9") << "7700000000" << "7700000000" << "7700000000.000";
    QTest::newRow("a hair below") << "59999999999999/10000" << "6000000000" << "6000000000.000";
    QTest::newRow("in-stream example") << "5999999999999/1000" << "6000000000" << "5999999999.999";
    QTest::newRow("negative") << "-5/2" << "-3" << "-2.500";
    QTest::newRow("tiny negative") << "-1/10000" << "-0" << "0.000";
}

void TestPaymentsNumbers::balancesAreReadAsTheyAreWritten()
{
    QFETCH(QString, balance);
    QFETCH(QString, header);
    QFETCH(QString, inStream);
    const Rational value = *rationalFromText(balance);
    QCOMPARE(QString::fromLatin1(balance_text::header(value)), header);
    QCOMPARE(QString::fromLatin1(balance_text::inStream(value)), inStream);
    QCOMPARE(toText(*balance_text::parse(header.toLatin1())), header == QStringLiteral("-0") ? QStringLiteral("0") : header);
    QVERIFY(*balance_text::parse(inStream.toLatin1()) * 1000 == Rational(roundHalfAway(Rational(value * 1000))));
}

void TestPaymentsNumbers::refusesTextThatIsNoBalance_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"", "-", "+1", " 1", "1 ", "1.", ".5", "1.2.3", "1e9", "0x10", "NaN", "inf", "nil", "1,5", "--1", "1/2"})
        QTest::newRow(text) << QByteArray(text);
    QTest::newRow("too long") << QByteArray(61, '1');
    QTest::newRow("too fine") << "1." + QByteArray(19, '1');
}

void TestPaymentsNumbers::refusesTextThatIsNoBalance()
{
    QFETCH(QByteArray, text);
    const auto balance = balance_text::parse(text);
    QVERIFY(!balance);
    QCOMPARE(balance.error().kind(), Error::Kind::Protocol);
}

void TestPaymentsNumbers::tokenBalanceSaturates()
{
    QCOMPARE(balance_text::token(rational("9223372036854775807")), 9223372036854775);
    QCOMPARE(balance_text::token(rational("9223372036854775808")), 0);
    QCOMPARE(balance_text::token(rational("9223372036854775")), 9223372036854775);
    QCOMPARE(balance_text::token(rational("-1/2")), -1);
    QCOMPARE(toText(*balance_text::parse("-0")), QStringLiteral("0"));
}

void TestPaymentsNumbers::typedAmountsAreWhatWasMeant_data()
{
    using amount::FieldUnit;
    QTest::addColumn<QString>("typed");
    QTest::addColumn<int>("unit");
    QTest::addColumn<QString>("wei"); // empty: refused
    const auto row = [](const char *name, const char *typed, FieldUnit unit, const char *wei) {
        QTest::newRow(name) << QString::fromUtf8(typed) << int(unit) << QString::fromLatin1(wei);
    };
    row("a fraction", "0.5", FieldUnit::Gwei, "500000000");
    row("a fraction of an ETH", "0.5", FieldUnit::Eth, "500000000000000000");
    row("half a wei", "0.5", FieldUnit::Wei, "");
    row("decimal comma", "0,5", FieldUnit::Gwei, "500000000");
    row("decimal comma with three places", "0,005", FieldUnit::Gwei, "5000000");
    row("decimal comma with four places", "1,0005", FieldUnit::Gwei, "1000500000");
    row("comma read in two ways", "1,000", FieldUnit::Gwei, "");
    row("commas as groups", "1,000,000", FieldUnit::Wei, "");
    row("comma and point", "1,000.5", FieldUnit::Gwei, "");
    row("point and comma", "1.000,5", FieldUnit::Gwei, "");
    row("three places behind a point", "1.234", FieldUnit::Gwei, "1234000000");
    row("groups of spaces", "1 000 000", FieldUnit::Wei, "1000000");
    row("groups of narrow spaces", "1\u202f000", FieldUnit::Wei, "1000");
    row("no groups of three", "1 00", FieldUnit::Wei, "");
    row("its own unit", "8 gwei", FieldUnit::Eth, "8000000000");
    row("its own unit without a space", "0.01eth", FieldUnit::Wei, "10000000000000000");
    row("wei in a gwei field", "5 wei", FieldUnit::Gwei, "5");
    row("Arabic digits", "٠٫٥", FieldUnit::Gwei, "500000000");
    row("full-width digits", "１２", FieldUnit::Wei, "12");
    row("one wei as ETH", "0.000000000000000001", FieldUnit::Eth, "1");
    row("a tenth of a wei as ETH", "0.0000000000000000001", FieldUnit::Eth, "");
    row("negative", "-1", FieldUnit::Gwei, "");
    row("exponent", "1e9", FieldUnit::Wei, "");
    row("hexadecimal", "0x10", FieldUnit::Wei, "");
    row("words", "ten", FieldUnit::Gwei, "");
    row("a point alone", ".", FieldUnit::Gwei, "");
    row("nothing before the point", ".5", FieldUnit::Gwei, "");
    row("nothing behind the point", "5.", FieldUnit::Gwei, "");
    row("two points", "1.2.3", FieldUnit::Gwei, "");
    row("nothing", "", FieldUnit::Gwei, "");
    row("a unit alone", "gwei", FieldUnit::Gwei, "");
}

void TestPaymentsNumbers::typedAmountsAreWhatWasMeant()
{
    QFETCH(QString, typed);
    QFETCH(int, unit);
    QFETCH(QString, wei);
    const auto read = amount::parseTyped(typed, amount::FieldUnit(unit));
    QCOMPARE(read ? toDecimal(*read) : QString(), wei);
    if (!read) {
        QCOMPARE(read.error().kind(), Error::Kind::InvalidInput);
        QVERIFY(!read.error().advice().isEmpty());
    }
}

void TestPaymentsNumbers::amountsAreWrittenInEachUnitExactly()
{
    using amount::FieldUnit;
    QCOMPARE(amount::inUnit(Wei(500'000'000), FieldUnit::Gwei), QStringLiteral("0.5"));
    QCOMPARE(amount::inUnit(Wei(500'000'000), FieldUnit::Eth), QStringLiteral("0.0000000005"));
    QCOMPARE(amount::inUnit(Wei(1), FieldUnit::Eth), QStringLiteral("0.000000000000000001"));
    QCOMPARE(amount::inUnit(Wei(0), FieldUnit::Eth), QStringLiteral("0"));
    for (const Wei &wei : {Wei(0), Wei(7), Wei(1'000'000'000), Wei("123456789012345678901234567890")}) {
        for (const FieldUnit unit : {FieldUnit::Wei, FieldUnit::Gwei, FieldUnit::Eth})
            QVERIFY(amount::parseTyped(amount::inUnit(wei, unit), unit).value() == wei);
    }
}

void TestPaymentsNumbers::amountsReadWell_data()
{
    QTest::addColumn<QString>("wei");
    QTest::addColumn<QString>("human");
    QTest::newRow("0") << "0" << "0 wei";
    QTest::newRow("1") << "1" << "1 wei";
    QTest::newRow("123456") << "123456" << "123,456 wei";
    QTest::newRow("8 gwei") << "8000000000" << "8 gwei";
    QTest::newRow("ticket with a hair") << "3632692995680508091719874039488248089514352460098527499277100800000000000000000000000/454086624460063511464984254936031011189294057512315937409637584344757371137" << "8 gwei";
    QTest::newRow("rounded") << "7700049999" << "7.7 gwei";
    QTest::newRow("four digits") << "1234567890" << "1.235 gwei";
    QTest::newRow("ETH") << "4200000000000000" << "0.0042 ETH";
    QTest::newRow("one ETH") << "1000000000000000000" << "1 ETH";
    QTest::newRow("many ETH") << "12345678000000000000000" << "12,346 ETH";
    QTest::newRow("fraction") << "6000/7" << "857.1 wei";
    QTest::newRow("negative") << "-2500000000" << "-2.5 gwei";
    QTest::newRow("never zero") << "1/1000000000" << "<0.001 wei";
}

void TestPaymentsNumbers::amountsReadWell()
{
    QFETCH(QString, wei);
    QTEST(amount::human(*rationalFromText(wei)), "human");
    QCOMPARE(amount::exact(*rationalFromText(wei)), wei + QStringLiteral(" wei"));
}

void TestPaymentsNumbers::typedAmountsAreExact_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("wei");
    QTest::newRow("bare") << "8000000000" << "8000000000";
    QTest::newRow("wei") << "12 wei" << "12";
    QTest::newRow("gwei") << "8.5 GWEI" << "8500000000";
    QTest::newRow("eth") << " 0.01ETH " << "10000000000000000";
    QTest::newRow("smallest") << "0.000000000000000001 eth" << "1";
    QTest::newRow("zeros below a wei") << "1.50 wei0" << "";
    QTest::newRow("below a wei") << "0.0000000000000000001 eth" << "";
    QTest::newRow("half a wei") << "0.5 wei" << "";
    QTest::newRow("whole with zeros") << "2.000 wei" << "2";
    QTest::newRow("negative") << "-1 eth" << "";
    QTest::newRow("empty") << "" << "";
    QTest::newRow("unit only") << "eth" << "";
    QTest::newRow("comma") << "1,5 eth" << "";
    QTest::newRow("point only") << "1. eth" << "";
    QTest::newRow("unknown unit") << "1 finney" << "";
}

void TestPaymentsNumbers::typedAmountsAreExact()
{
    QFETCH(QString, text);
    QFETCH(QString, wei);
    const auto parsed = amount::parse(text);
    QCOMPARE(parsed.hasValue(), !wei.isEmpty());
    if (parsed)
        QCOMPARE(toDecimal(*parsed), wei);
    else
        QVERIFY(!parsed.error().advice().isEmpty());
}

void TestPaymentsNumbers::spendingCountsUpButNotTheHair_data()
{
    QTest::addColumn<QString>("ev");
    QTest::addColumn<QString>("wei");
    QTest::newRow("usual ticket") << toText(usualEv) << "8000000000";
    QTest::newRow("600 of them") << toText(Rational(usualEv * 600)) << "4800000000000";
    QTest::newRow("half a wei") << "1/2" << "1";
    QTest::newRow("a hair alone") << "1/1000000000" << "1";
    QTest::newRow("a thousandth over") << "8001/1000" << "9";
    QTest::newRow("whole") << "8" << "8";
    QTest::newRow("nothing") << "0" << "0";
}

void TestPaymentsNumbers::spendingCountsUpButNotTheHair()
{
    QFETCH(QString, ev);
    QTEST(toDecimal(spendAmount(*rationalFromText(ev))), "wei");
}

void TestPaymentsNumbers::probabilitiesReadWell()
{
    QCOMPARE(amount::probability(U256(0)), QStringLiteral("never"));
    QCOMPARE(amount::probability(maxU256()), QStringLiteral("certain"));
    QCOMPARE(amount::probability(winProbFor(U256(100), 1)), QStringLiteral("1 in 100"));
    QCOMPARE(amount::probability(winProbFor(U256(1'500'000), 1)), QStringLiteral("1 in 1,500,000"));
    QCOMPARE(amount::probability(winProbFor(U256(2), 1)), QStringLiteral("1 in 2"));
}

QTEST_GUILESS_MAIN(TestPaymentsNumbers)
#include "tst_payments_numbers.moc"
