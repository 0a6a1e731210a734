#include "sluice/base/bytes.h"
#include "sluice/base/c_numeric.h"
#include "sluice/base/json.h"

#include <QtTest/QTest>

#include <clocale>
#include <cstdlib>

using namespace sluice;

class TestBaseJson : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void keepsKeyOrderAndNumberText();
    void anotherLibraryReadsADecimalPointInTheScope();
    void parsesEveryTypeAtTheTop();
    void numbersBeyondDoubleAreKept();
    void numbersAreKeptAsTyped_data();
    void numbersAreKeptAsTyped();
    void numbersCompareByTheirExactValue();
    void duplicateKeysAreReported();
    void aKeyIsFoundAmongMany();
    void manySmallValuesAreBoundedInMemory();
    void refusesMalformedText_data();
    void refusesMalformedText();
    void boundsSizeAndDepth();
    void dumpEscapesWhatItMust();
    void pointerFindsAndMisses();
    void equivalentIgnoresOrder();
    void textsOfEveryLengthAreWrittenAsTheyAre();
    void base64AndHexAreStrict();
    void base64IsReadAsQtReadsIt();
};

/// The runs under another locale mean something only where that locale is installed.
void TestBaseJson::initTestCase()
{
    const QByteArray locale = qgetenv("LC_ALL");
    if (locale.startsWith("de_DE") || locale.startsWith("tr_TR"))
        QCOMPARE(QByteArray(std::localeconv()->decimal_point), QByteArray(","));
}

void TestBaseJson::anotherLibraryReadsADecimalPointInTheScope()
{
    const QByteArray outside(std::localeconv()->decimal_point);
    {
        const CNumericScope numbers;
        const CNumericScope again;
        QCOMPARE(std::strtod("0.5", nullptr), 0.5);
    }
    QCOMPARE(QByteArray(std::localeconv()->decimal_point), outside);
}

void TestBaseJson::keepsKeyOrderAndNumberText()
{
    const QByteArray text = R"({"z":1.0,"a":[1e3,-0.50],"m":{"y":true,"b":null}})";
    const auto json = Json::parse(text);
    QVERIFY(json);
    QCOMPARE(json->dump(), text);
}

void TestBaseJson::parsesEveryTypeAtTheTop()
{
    for (const char *text : {"\"Hello\"", "42", "true", "null", "[]", "{}"})
        QCOMPARE(Json::parse(text)->dump(), QByteArray(text));
}

void TestBaseJson::numbersBeyondDoubleAreKept()
{
    const QByteArray text = "[18446744073709551616,-0,1e300,9223372036854775807]";
    const auto json = Json::parse(text);
    QVERIFY2(json, qPrintable(json ? QString() : json.error().message()));
    QCOMPARE(json->dump(), text);
    QCOMPARE(json->at(3).toInt64().value(), std::numeric_limits<qint64>::max());
    QVERIFY(!json->at(0).toInt64());
}

// Under the test's own locales too: the suite runs this with a decimal comma and with Turkish letters.
void TestBaseJson::numbersAreKeptAsTyped_data()
{
    QTest::addColumn<QByteArray>("literal");
    for (const char *literal : {"0.5", "-0.50", "0.07", "1.00", "1e400", "-1E-400", "1e5000", "0.1234567890123456789012345678901234567890", "-0", "-0.0",
             "1E+3", "123456789012345678901234567890", "1736184243098437392", "0e0"})
        QTest::addRow("%s", literal) << QByteArray(literal);
}

void TestBaseJson::numbersAreKeptAsTyped()
{
    QFETCH(QByteArray, literal);
    for (const QByteArray &text : {literal, '[' + literal + ',' + literal + ']', "{\"a\":" + literal + '}', "{\"0.5\":{\"a\\\"1,5\":[" + literal + "]}}"}) {
        const auto json = Json::parse(text);
        QVERIFY2(json, qPrintable(json ? QString() : json.error().message()));
        QCOMPARE(json->dump(), text);
    }
    QCOMPARE(Json::parse(" " + literal + "\n")->numberText(), literal);
}

void TestBaseJson::numbersCompareByTheirExactValue()
{
    const auto same = [](const char *a, const char *b) { return Json::number(a).equivalent(Json::number(b)); };
    QVERIFY(same("1e400", "10e399"));
    QVERIFY(same("0.50", "5e-1"));
    QVERIFY(same("-0", "0.000"));
    QVERIFY(same("100", "1E+2"));
    QVERIFY(!same("1e400", "2e400"));
    QVERIFY(!same("18446744073709551616", "18446744073709551617"));
    QVERIFY(!same("0.1", "0.10000000000000000001"));
    QVERIFY(!same("5", "-5"));
    QVERIFY(!same("1e9999999999999999999", "1e9999999999999999998"));
}

void TestBaseJson::aKeyIsFoundAmongMany()
{
    QByteArray text = "{";
    for (int i = 0; i < 5000; ++i)
        text += "\"k" + QByteArray::number(i) + "\":" + QByteArray::number(i) + ',';
    QStringList duplicates;
    const auto json = Json::parse(text + "\"k3\":-3,\"k4000\":-4000}", {}, &duplicates);
    QVERIFY(json);
    QCOMPARE(json->size(), 5000);
    QCOMPARE(json->value(QStringLiteral("k3")), Json(-3));
    QCOMPARE(json->members().at(4000), Json::Member(QStringLiteral("k4000"), Json(-4000)));
    QCOMPARE(duplicates, (QStringList{QStringLiteral("k3"), QStringLiteral("k4000")}));
}

void TestBaseJson::manySmallValuesAreBoundedInMemory()
{
    Json::Limits limits;
    limits.maxBytes = 64 * 1024 * 1024;
    for (const QByteArray &piece : {QByteArray("0,"), QByteArray("[],"), QByteArray("{\"a\":0},"), QByteArray("\"\",")}) {
        const QByteArray text = '[' + piece.repeated(30'000'000 / piece.size()) + "0]";
        const auto json = Json::parse(text, limits);
        QVERIFY(!json);
        QCOMPARE(json.error().kind(), Error::Kind::TooLarge);
        QVERIFY2(json.error().message().contains(QStringLiteral("memory")), qPrintable(json.error().message()));
    }
    const auto text = Json::parse('"' + QByteArray(30'000'000, 'a') + '"', limits);
    QVERIFY2(text, "a long text is no crowd of values");
}

void TestBaseJson::duplicateKeysAreReported()
{
    QStringList duplicates;
    const auto json = Json::parse(R"({"a":1,"b":2,"a":3})", {}, &duplicates);
    QCOMPARE(json->dump(), QByteArray(R"({"a":3,"b":2})"));
    QCOMPARE(duplicates, QStringList{QStringLiteral("a")});
}

void TestBaseJson::refusesMalformedText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("place");
    QTest::newRow("empty") << QByteArray("  ") << QStringLiteral("empty");
    QTest::newRow("open object") << QByteArray("{\"a\":1") << QStringLiteral("line 1");
    QTest::newRow("second line") << QByteArray("{\n\"a\": x}") << QStringLiteral("line 2, column 6");
    for (const char *text : {"01", "1.", ".5", "1.5.2", "1-2", "-", "+1", "1e", "1e+", "0x10", "1_000", "1,5", "\u0661", "NaN", "Infinity", "0 0", "[1 2]", "1\"a\""})
        QTest::addRow("no number: %s", text) << QByteArray(text) << QStringLiteral("line 1");
    QTest::newRow("last character") << QByteArray("[1,]") << QStringLiteral("line 1, column 4");
    QTest::newRow("end of the text") << QByteArray("[1,") << QStringLiteral("line 1, column 4");
    QTest::newRow("two values") << QByteArray("1 2") << QStringLiteral("line 1");
    QTest::newRow("a NUL behind") << QByteArray("{}\0", 3) << QStringLiteral("line 1, column 3");
    QTest::newRow("bad utf-8") << QByteArray("\"\xff\"") << QStringLiteral("line 1");
}

void TestBaseJson::refusesMalformedText()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, place);
    const auto json = Json::parse(text);
    QVERIFY(!json);
    QCOMPARE(json.error().kind(), Error::Kind::InvalidInput);
    QVERIFY2(json.error().message().contains(place), qPrintable(json.error().message()));
}

void TestBaseJson::boundsSizeAndDepth()
{
    const auto deep = Json::parse(QByteArray(100, '['), Json::Limits{1000, 64});
    QVERIFY(!deep);
    QCOMPARE(deep.error().kind(), Error::Kind::TooLarge);
    const auto big = Json::parse(QByteArray(1001, ' '), Json::Limits{1000, 64});
    QVERIFY(!big);
    QCOMPARE(big.error().kind(), Error::Kind::TooLarge);
}

void TestBaseJson::dumpEscapesWhatItMust()
{
    const Json json(QStringLiteral("a\"\\\n\x01 ü"));
    QCOMPARE(json.dump(), QByteArray("\"a\\\"\\\\\\n\\u0001 ü\""));
    QCOMPARE(Json::parse(json.dump())->toString(), json.toString());
}

void TestBaseJson::pointerFindsAndMisses()
{
    const Json json = *Json::parse(R"({"a/b":[{"c":7}]})");
    QCOMPARE(json.find(QStringLiteral("/a~1b/0/c"))->toInt64().value(), 7);
    QVERIFY(!json.find(QStringLiteral("/a~1b/1")));
    QVERIFY(!json.find(QStringLiteral("/x")));
}

void TestBaseJson::equivalentIgnoresOrder()
{
    QVERIFY(Json::parse(R"({"a":1.0,"b":[2]})")->equivalent(*Json::parse(R"({"b":[2],"a":1})")));
    QVERIFY(!Json::parse(R"({"a":9007199254740993})")->equivalent(*Json::parse(R"({"a":9007199254740992})")));
}

void TestBaseJson::textsOfEveryLengthAreWrittenAsTheyAre()
{
    // Plain texts are written in blocks: one odd character anywhere must not be overlooked.
    for (int size = 0; size < 70; ++size) {
        const QString plain = QStringLiteral("~ }!#[]abcdefghijklmnopqrstuvwxyz").repeated(3).left(size);
        QCOMPARE(Json(plain).dump(), '"' + plain.toLatin1() + '"');
        for (int at = 0; at < size; ++at) {
            const std::pair<char16_t, const char *> odd[] = {{u'"', "\\\""}, {u'\\', "\\\\"}, {u'\n', "\\n"}, {0x1f, "\\u001f"}, {0x7f, "\x7f"}, {0xe4, "\xc3\xa4"}, {0x2026, "\xe2\x80\xa6"}};
            for (const auto &[character, written] : odd) {
                QString text = plain;
                text[at] = character;
                QCOMPARE(Json(text).dump(), '"' + plain.left(at).toLatin1() + written + plain.mid(at + 1).toLatin1() + '"');
            }
        }
    }
}

void TestBaseJson::base64IsReadAsQtReadsIt()
{
    QByteArray data;
    for (int size = 0; size < 300; ++size) {
        QCOMPARE(*bytes::fromBase64(bytes::toBase64(data)), data);
        data.append(char(size * 37));
    }
    // Every character at every place, and every padding.
    for (int character = 0; character < 256; ++character) {
        for (const char *around : {"QUJDREVG", "QUJDRA==", "QUJDREU=", "====", "QUI=REU=", "QQ=="}) {
            for (qsizetype at = 0; at < qsizetype(qstrlen(around)); ++at) {
                QByteArray text(around);
                text[at] = char(character);
                const auto qt = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
                const auto read = bytes::fromBase64(text);
                QVERIFY2(bool(read) == bool(qt), text.constData());
                if (read)
                    QCOMPARE(*read, *qt);
            }
        }
    }
}

void TestBaseJson::base64AndHexAreStrict()
{
    QCOMPARE(*bytes::fromBase64("AAE="), QByteArray("\0\1", 2));
    QVERIFY(!bytes::fromBase64("AAE"));
    QVERIFY(!bytes::fromBase64("AA-_"));
    QVERIFY(!bytes::fromBase64("AAE=\n"));
    QCOMPARE(*bytes::fromHex("0x0aFF"), QByteArray("\x0a\xff", 2));
    QVERIFY(!bytes::fromHex("0x0"));
    QVERIFY(!bytes::fromHex("zz"));
}

QTEST_GUILESS_MAIN(TestBaseJson)
#include "tst_base_json.moc"
