#include "sluice/crypto/keccak.h"
#include "sluice/crypto/private_key.h"
#include "sluice/crypto/u256.h"

#include <QtTest/QTest>

#include <thread>

using namespace sluice;

class TestCrypto : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void payments_02_integersRoundTripAsMinimalBytes_data();
    void payments_02_integersRoundTripAsMinimalBytes();
    void payments_02_zeroIsEmpty();
    void payments_02_more32BytesThanAWordAreRefused();
    void payments_02_valuesBeyond256BitsAreRefused();
    void refusesTextThatIsNoNumber_data();
    void refusesTextThatIsNoNumber();
    void leadingZerosAreDecimalNotOctal();
    void roundsWithoutFloatingPoint_data();
    void roundsWithoutFloatingPoint();
    void payments_05_signaturesAreDeterministicWithLowS();
    void payments_05_refusesMalformedSignatures_data();
    void payments_05_refusesMalformedSignatures();
    void payments_05_faultsAreCheckedInOrder();
    void signsTheSameOnManyThreads();
    void keysOutsideTheCurvesOrderAreRefused_data();
    void keysOutsideTheCurvesOrderAreRefused();
    void keyTextMayEndInOneNewline();
    void keyErrorsNeverQuoteTheKey();
    void generatedKeysDiffer();
    void addressesAreReadInAnyCase_data();
    void addressesAreReadInAnyCase();
    void byocVectorsSign();
};

void TestCrypto::payments_02_integersRoundTripAsMinimalBytes_data()
{
    QTest::addColumn<QString>("decimal");
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("1") << "1" << QByteArray("01");
    QTest::newRow("255") << "255" << QByteArray("ff");
    QTest::newRow("256") << "256" << QByteArray("0100");
    QTest::newRow("2^64") << "18446744073709551616" << QByteArray("010000000000000000");
    QTest::newRow("trailing zero bytes") << "16777216" << QByteArray("01000000");
    QTest::newRow("max") << "115792089237316195423570985008687907853269984665640564039457584007913129639935" << QByteArray(64, 'f');
}

void TestCrypto::payments_02_integersRoundTripAsMinimalBytes()
{
    QFETCH(QString, decimal);
    QFETCH(QByteArray, hex);
    const auto value = u256FromDecimal(decimal);
    QVERIFY(value);
    QCOMPARE(toMinimalBytes(*value).toHex(), hex);
    QCOMPARE(toDecimal(*fromMinimalBytes(QByteArray::fromHex(hex))), decimal);
    QCOMPARE(toBytes32(*value).toHex(), hex.rightJustified(64, '0'));
    QCOMPARE(toDecimal(*u256FromHex(toHexText(*value))), decimal);
}

void TestCrypto::payments_02_zeroIsEmpty()
{
    QCOMPARE(toMinimalBytes(U256(0)), QByteArray());
    QVERIFY(*fromMinimalBytes({}) == 0);
    QVERIFY(*fromMinimalBytes(QByteArray(32, '\0')) == 0);
    QCOMPARE(toHexText(U256(0)), QStringLiteral("0x0"));
}

void TestCrypto::payments_02_more32BytesThanAWordAreRefused()
{
    const auto value = fromMinimalBytes(QByteArray(33, '\0'));
    QVERIFY(!value);
    QVERIFY(value.error().message().contains(QStringLiteral("33 bytes")));
}

void TestCrypto::payments_02_valuesBeyond256BitsAreRefused()
{
    QVERIFY(toU256(Wei(maxU256())));
    QVERIFY(!toU256(Wei(Wei(maxU256()) + 1)));
    QVERIFY(!toU256(Wei(-1)));
    QVERIFY(!u256FromDecimal(u"115792089237316195423570985008687907853269984665640564039457584007913129639936"));
    QVERIFY(!u256FromHex(QString(QLatin1String("0x1") + QString(64, QLatin1Char('0')))));
}

void TestCrypto::refusesTextThatIsNoNumber_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", " ", "-", "--1", "+1", "1 ", " 1", "1.0", "1e3", "0x1", "1_000", "1,000", "１", "1/0", "1/-2", "/2", "1/"})
        QTest::newRow(text) << QString::fromUtf8(text);
    QTest::newRow("too long") << QString(1001, QLatin1Char('1'));
}

void TestCrypto::refusesTextThatIsNoNumber()
{
    QFETCH(QString, text);
    QVERIFY(!u256FromDecimal(text));
    QVERIFY(!weiFromDecimal(text));
    QVERIFY(!rationalFromText(text));
    if (text != QStringLiteral("0x1") && text != QStringLiteral("1e3"))
        QVERIFY(!u256FromHex(text));
}

void TestCrypto::leadingZerosAreDecimalNotOctal()
{
    QCOMPARE(toDecimal(*u256FromDecimal(u"0010")), QStringLiteral("10"));
    QCOMPARE(toDecimal(*weiFromDecimal(u"-0010")), QStringLiteral("-10"));
    QCOMPARE(toText(*rationalFromText(u"010/0020")), QStringLiteral("1/2"));
}

void TestCrypto::roundsWithoutFloatingPoint_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("floor");
    QTest::addColumn<QString>("ceil");
    QTest::addColumn<QString>("nearest");
    QTest::addColumn<QString>("fixed2");
    QTest::newRow("7/2") << "7/2" << "3" << "4" << "4" << "3.50";
    QTest::newRow("-7/2") << "-7/2" << "-4" << "-3" << "-4" << "-3.50";
    QTest::newRow("1/3") << "1/3" << "0" << "1" << "0" << "0.33";
    QTest::newRow("-1/3") << "-1/3" << "-1" << "0" << "0" << "-0.33";
    QTest::newRow("5") << "5" << "5" << "5" << "5" << "5.00";
    QTest::newRow("-5") << "-5" << "-5" << "-5" << "-5" << "-5.00";
    QTest::newRow("half cent") << "1005/1000" << "1" << "2" << "1" << "1.01";
    QTest::newRow("beyond double") << "9007199254740993/1" << "9007199254740993" << "9007199254740993" << "9007199254740993" << "9007199254740993.00";
}

void TestCrypto::roundsWithoutFloatingPoint()
{
    QFETCH(QString, value);
    const Rational number = *rationalFromText(value);
    QTEST(toDecimal(floorOf(number)), "floor");
    QTEST(toDecimal(ceilOf(number)), "ceil");
    QTEST(toDecimal(roundHalfAway(number)), "nearest");
    QTEST(toFixed(number, 2), "fixed2");
}

void TestCrypto::payments_05_signaturesAreDeterministicWithLowS()
{
    const PrivateKey key = PrivateKey::generate();
    for (int i = 0; i < 64; ++i) {
        const QByteArray message = QByteArray::number(i);
        const Signature signature = signHashed(key, message);
        QCOMPARE(signature, signHashed(key, message));
        const auto v = static_cast<unsigned char>(signature.bytes()[64]);
        QVERIFY(v == 27 || v == 28);
        QVERIFY(static_cast<unsigned char>(signature.bytes()[32]) < 0x80);
        QVERIFY(verifyHashed(key.address(), message, signature.bytes()));
    }
}

void TestCrypto::payments_05_refusesMalformedSignatures_data()
{
    QTest::addColumn<QByteArray>("signature");
    QTest::addColumn<int>("fault");
    const auto key = PrivateKey::fromHex("4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318");
    const QByteArray good = signHashed(*key, "message").toByteArray();
    const auto changed = [&good](qsizetype at, char byte) {
        QByteArray copy = good;
        copy[at] = byte;
        return copy;
    };
    const auto add = [](const char *name, const QByteArray &signature, SignatureFault fault) {
        QTest::newRow(name) << signature << int(fault);
    };
    add("empty", {}, SignatureFault::Length);
    add("64 bytes", good.left(64), SignatureFault::Length);
    add("66 bytes", good + 'x', SignatureFault::Length);
    add("v 0", changed(64, 0), SignatureFault::BadV);
    add("v 1", changed(64, 1), SignatureFault::BadV);
    add("v 26", changed(64, 26), SignatureFault::BadV);
    add("v 29", changed(64, 29), SignatureFault::BadV);
    add("the other v", changed(64, char(good[64] == 27 ? 28 : 27)), SignatureFault::Mismatch);
    add("high s", changed(32, char(0xff)), SignatureFault::HighS);
    add("other r", changed(0, char(good[0] ^ 1)), SignatureFault::Mismatch);
    add("all zero but v", QByteArray(64, '\0') + char(27), SignatureFault::Mismatch);
}

void TestCrypto::payments_05_refusesMalformedSignatures()
{
    QFETCH(QByteArray, signature);
    QFETCH(int, fault);
    const auto key = PrivateKey::fromHex("4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318");
    const auto verdict = verifyHashed(key->address(), "message", signature);
    QVERIFY(!verdict);
    QCOMPARE(int(verdict.error()), fault);
    QVERIFY(!toText(verdict.error()).isEmpty());
}

void TestCrypto::payments_05_faultsAreCheckedInOrder()
{
    const QByteArray highSBadV = QByteArray(32, 1) + QByteArray(32, char(0xff)) + char(0);
    QCOMPARE(recover(highSBadV, Hash32()).error(), SignatureFault::HighS);
    const QByteArray half = QByteArray::fromHex("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");
    const QByteArray aboveHalf = QByteArray::fromHex("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a1");
    QVERIFY(recover(QByteArray(QByteArray(31, 0) + char(1) + half + char(0)), Hash32()).error() == SignatureFault::BadV);
    QVERIFY(recover(QByteArray(QByteArray(31, 0) + char(1) + aboveHalf + char(0)), Hash32()).error() == SignatureFault::HighS);
}

void TestCrypto::signsTheSameOnManyThreads()
{
    const PrivateKey key = PrivateKey::generate();
    const Signature expected = signHashed(key, "shared");
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 50; ++i) {
                if (signHashed(key, "shared") != expected || !verifyHashed(key.address(), "shared", expected.bytes()))
                    ++wrong;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(wrong.load(), 0);
}

void TestCrypto::keysOutsideTheCurvesOrderAreRefused_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<bool>("valid");
    QTest::newRow("0") << QByteArray(64, '0') << false;
    QTest::newRow("1") << QByteArray(63, '0') + '1' << true;
    QTest::newRow("n-1") << QByteArray("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140") << true;
    QTest::newRow("n") << QByteArray("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141") << false;
    QTest::newRow("short") << QByteArray(62, '1') << false;
    QTest::newRow("long") << QByteArray(66, '1') << false;
    QTest::newRow("no hex") << QByteArray(64, 'g') << false;
    QTest::newRow("empty") << QByteArray() << false;
}

void TestCrypto::keysOutsideTheCurvesOrderAreRefused()
{
    QFETCH(QByteArray, hex);
    QFETCH(bool, valid);
    QCOMPARE(PrivateKey::fromHex(hex).hasValue(), valid);
    QCOMPARE(PrivateKey::fromHex("0x" + hex).hasValue(), valid);
}

void TestCrypto::keyTextMayEndInOneNewline()
{
    const QByteArray hex = QByteArray(63, '0') + '1';
    QVERIFY(PrivateKey::fromHex(hex + '\n'));
    QVERIFY(!PrivateKey::fromHex(hex + "\n\n"));
    QVERIFY(!PrivateKey::fromHex(' ' + hex));
}

void TestCrypto::keyErrorsNeverQuoteTheKey()
{
    const QByteArray almost = "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f36231z";
    const auto key = PrivateKey::fromHex(almost);
    QVERIFY(!key);
    QVERIFY(!key.error().describe().contains(QStringLiteral("4c0883")));
}

void TestCrypto::generatedKeysDiffer()
{
    QVERIFY(PrivateKey::generate().address() != PrivateKey::generate().address());
}

void TestCrypto::addressesAreReadInAnyCase_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("valid");
    QTest::newRow("checksum") << "0x2c7536E3605D9C16a7a3D7b1898e529396a65c23" << true;
    QTest::newRow("lower") << "0x2c7536e3605d9c16a7a3d7b1898e529396a65c23" << true;
    QTest::newRow("upper") << "0X2C7536E3605D9C16A7A3D7B1898E529396A65C23" << true;
    QTest::newRow("bare") << "2c7536e3605d9c16a7a3d7b1898e529396a65c23" << true;
    QTest::newRow("short") << "0x2c7536e3605d9c16a7a3d7b1898e529396a65c" << false;
    QTest::newRow("empty") << "" << false;
    QTest::newRow("0x") << "0x" << false;
    QTest::newRow("not hex") << "0x2c7536e3605d9c16a7a3d7b1898e529396a65cZZ" << false;
    QTest::newRow("space") << " 0x2c7536e3605d9c16a7a3d7b1898e529396a65c23" << false;
}

void TestCrypto::addressesAreReadInAnyCase()
{
    QFETCH(QString, text);
    QFETCH(bool, valid);
    const auto address = Address::fromHex(text);
    QCOMPARE(address.hasValue(), valid);
    if (valid)
        QCOMPARE(address->toChecksum(), QStringLiteral("0x2c7536E3605D9C16a7a3D7b1898e529396a65c23"));
}

void TestCrypto::byocVectorsSign()
{
    // byoc.md 11.1 and 11.2
    const auto tokenKey = PrivateKey::fromHex("0x969bca199d1bf5ef951214a6250acaa12830d6cb53729a5a3c0ce74b00236510");
    QCOMPARE(tokenKey->address().toChecksum(), QStringLiteral("0xc19c7c62af5803c9A74Ab208D6d6c69f75e8b18b"));
    QCOMPARE(signHashed(*tokenKey, tokenKey->address().toLower().toLatin1()).toHex(),
             QStringLiteral("0x01f568380f162fddd9194045d59ff88c5911a52a92afb0ea0cadb9a461323b4212d6c778dad841671c10b34c2b062681d748ef325fdf9fa0d9f0396d0897cb1b1b"));
    QCOMPARE(signHashed(*tokenKey, tokenKey->address().toChecksum().toLatin1()).toHex(),
             QStringLiteral("0xe43f2bf310c5721930e130a85642b03f50a1ad1191c44c1b954b901b33f2c1473e655f8dd8c8356eedec8fc3ad3af872eed58cd92807dd3a37ecfe5ecff56ad61b"));
    const auto jobKey = PrivateKey::fromHex("ba529e3f18b52b332045f67cce0a523a676fe131b65ebb7bdded6ffbdbb0cd36");
    const QByteArray message = R"({"run":"reverse"}{})";
    QCOMPARE(keccak256(message).toHex(), QStringLiteral("0x4c9e61617511c04e41c8902f45eb3addd1f6590c50411636a87a0ed8abdcb098"));
    QCOMPARE(signHashed(*jobKey, message).toHex(),
             QStringLiteral("0x2c2c8ba1c9dcf73a7d3c81e51c0d6e00a6a865c1f75435b89a04eacfa1e14d3e79612538609b1d4f4cbd28efb6d82256136d5b22c6b385dc09be54384b7d29711b"));
}

QTEST_GUILESS_MAIN(TestCrypto)
#include "tst_crypto.moc"
