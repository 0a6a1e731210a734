#include "sluice/base/bytes.h"
#include "sluice/base/json.h"

#include <QtTest/QTest>

using namespace sluice;

class TestBaseJson : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsKeyOrderAndNumberText();
    void parsesEveryTypeAtTheTop();
    void numbersBeyondDoubleAreKept();
    void duplicateKeysAreReported();
    void refusesMalformedText_data();
    void refusesMalformedText();
    void boundsSizeAndDepth();
    void dumpEscapesWhatItMust();
    void pointerFindsAndMisses();
    void equivalentIgnoresOrder();
    void base64AndHexAreStrict();
};

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
    QTest::newRow("no finite number") << QByteArray("1e400") << QStringLiteral("line 1");
    QTest::newRow("two values") << QByteArray("1 2") << QStringLiteral("line 1");
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
