#include "sluice/net/sse_parser.h"

#include <QtTest/QTest>

using namespace sluice;

using Events = QList<SseEvent>;
Q_DECLARE_METATYPE(Events)

namespace {

// Everything that a stream cut into these pieces gives, finish() included.
Events parsed(const QList<QByteArray> &pieces)
{
    SseParser parser;
    Events all;
    for (const QByteArray &piece : pieces) {
        const auto events = parser.feed(piece);
        if (!events)
            return {};
        all += *events;
    }
    if (const auto last = parser.finish(); last && *last)
        all.append(**last);
    return all;
}

SseEvent data(const QString &text)
{
    return {text, std::nullopt, std::nullopt, std::nullopt};
}

const QByteArray &sample()
{
    static const QByteArray stream = "\xEF\xBB\xBF" ": hello\r\n"
        "data: {\"a\":\"\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80\"}\r\n\r\n"
        "event: insufficient balance\rdata: {\"balance\": 0}\r\r"
        "\n\n\r\n\r"
        "id: 7\nretry: 1500\ndata: a\ndata:\ndata:  b\nignored: x\n\n"
        "data\n\n"
        "event: only\nid: 8\n\n"
        "data: \xEF\xBB\xBFmark\n\n"
        "data: [DONE]";
    return stream;
}

Events sampleEvents()
{
    return {data(QStringLiteral("{\"a\":\"ä€😀\"}")),
        {QStringLiteral("{\"balance\": 0}"), QStringLiteral("insufficient balance"), std::nullopt, std::nullopt},
        {QStringLiteral("a\n\n b"), std::nullopt, QStringLiteral("7"), 1500}, data(QString()),
        data(QChar(0xFEFF) + QStringLiteral("mark")), data(QStringLiteral("[DONE]"))};
}

} // namespace

class TestNetSse : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sdk_11_dataLinesJoinAndCommentsAndUnknownFieldsGiveNothing_data();
    void sdk_11_dataLinesJoinAndCommentsAndUnknownFieldsGiveNothing() { compareRow(); }
    void sdk_12_exactlyOneSpaceAfterTheColonIsRemoved_data();
    void sdk_12_exactlyOneSpaceAfterTheColonIsRemoved() { compareRow(); }
    void sdk_13_absentEventIsNullAndRetryTakesOnlyDigits_data();
    void sdk_13_absentEventIsNullAndRetryTakesOnlyDigits() { compareRow(); }
    void everyLineEndWorks_data();
    void everyLineEndWorks() { compareRow(); }
    void identifierWithNulIsIgnored();
    void everyCutGivesTheSameEvents();
    void byoc_28_blankLinesGiveNoEvents();
    void invalidUtf8BecomesReplacementCharacters();
    void finishGivesPendingDataAndNothingElse();
    void aLineOverItsBoundIsTooLargeAfterTheEventsBeforeIt();
    void anEventOverItsBoundIsTooLarge();
    void exactlyTheBoundIsAllowed();
    void openai_18_lineEndsGiveTheSameEventsAtEverySplit();
    void openai_19_oneByteOrderMarkIsRemovedAndASecondBelongsToTheName();
    void openai_20_dataLinesAreJoinedAndOneBlankIsRemoved();
    void openai_21_dataWithoutColonIsEmptyAndAnEventAloneIsNone();
    void openai_22_idWithNulAndRetryWithLettersAreIgnored();
    void openai_23_whatIsGluedToTheEndChangesNothing();
    void openai_24_aCharacterCutInTwoIsWhole();

private:
    void compareRow();
};

void TestNetSse::compareRow()
{
    QFETCH(QByteArray, stream);
    QFETCH(Events, events);
    QCOMPARE(parsed({stream}), events);
}

void TestNetSse::sdk_11_dataLinesJoinAndCommentsAndUnknownFieldsGiveNothing_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<Events>("events");
    QTest::newRow("two data lines") << QByteArray("data: a\ndata: b\n\n") << Events{data(QStringLiteral("a\nb"))};
    QTest::newRow("three with an empty one") << QByteArray("data: a\ndata:\ndata: b\n\n") << Events{data(QStringLiteral("a\n\nb"))};
    QTest::newRow("comment alone") << QByteArray(": ping\n\n") << Events{};
    QTest::newRow("comment inside") << QByteArray("data: a\n: ping\ndata: b\n\n") << Events{data(QStringLiteral("a\nb"))};
    QTest::newRow("unknown field") << QByteArray("foo: bar\n\n") << Events{};
    QTest::newRow("names are case-sensitive") << QByteArray("Data: x\n\n") << Events{};
    QTest::newRow("no data, no event") << QByteArray("event: x\nid: 1\n\n") << Events{};
    QTest::newRow("fields of a dropped block do not leak") << QByteArray("event: x\n\ndata: y\n\n") << Events{data(QStringLiteral("y"))};
    QTest::newRow("data without colon") << QByteArray("data\n\n") << Events{data(QString())};
    QTest::newRow("two events") << QByteArray("data: a\n\ndata: b\n\n") << Events{data(QStringLiteral("a")), data(QStringLiteral("b"))};
}

void TestNetSse::sdk_12_exactlyOneSpaceAfterTheColonIsRemoved_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<Events>("events");
    QTest::newRow("none") << QByteArray("data:x\n\n") << Events{data(QStringLiteral("x"))};
    QTest::newRow("one") << QByteArray("data: x\n\n") << Events{data(QStringLiteral("x"))};
    QTest::newRow("two") << QByteArray("data:  x\n\n") << Events{data(QStringLiteral(" x"))};
    QTest::newRow("a tab stays") << QByteArray("data:\tx\n\n") << Events{data(QStringLiteral("\tx"))};
    QTest::newRow("trailing stays") << QByteArray("data: x \n\n") << Events{data(QStringLiteral("x "))};
    QTest::newRow("colons in the value") << QByteArray("data: a: b:c\n\n") << Events{data(QStringLiteral("a: b:c"))};
}

void TestNetSse::sdk_13_absentEventIsNullAndRetryTakesOnlyDigits_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<Events>("events");
    const QString x = QStringLiteral("x");
    QTest::newRow("absent") << QByteArray("data: x\n\n") << Events{data(x)};
    QTest::newRow("present") << QByteArray("event: e\ndata: x\n\n") << Events{{x, QStringLiteral("e"), std::nullopt, std::nullopt}};
    QTest::newRow("empty is the default") << QByteArray("event:\ndata: x\n\n") << Events{data(x)};
    QTest::newRow("not kept for the next") << QByteArray("event: e\ndata: x\n\ndata: x\n\n")
                                           << Events{{x, QStringLiteral("e"), std::nullopt, std::nullopt}, data(x)};
    QTest::newRow("retry 1500") << QByteArray("retry: 1500\ndata: x\n\n") << Events{{x, std::nullopt, std::nullopt, 1500}};
    for (const char *bad : {"12x", "-1", "+1", "1.5", "", " 7", "99999999999999999999"})
        QTest::addRow("retry '%s' is ignored", bad) << QByteArray("retry: ") + bad + "\ndata: x\n\n" << Events{data(x)};
    QTest::newRow("id") << QByteArray("id: 1\ndata: x\n\n") << Events{{x, std::nullopt, QStringLiteral("1"), std::nullopt}};
    QTest::newRow("empty id") << QByteArray("id\ndata: x\n\n") << Events{{x, std::nullopt, QString(), std::nullopt}};
}

void TestNetSse::everyLineEndWorks_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<Events>("events");
    const Events two{data(QStringLiteral("a\nb")), data(QStringLiteral("c"))};
    QTest::newRow("LF") << QByteArray("data: a\ndata: b\n\ndata: c\n\n") << two;
    QTest::newRow("CRLF") << QByteArray("data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n") << two;
    QTest::newRow("CR") << QByteArray("data: a\rdata: b\r\rdata: c\r\r") << two;
    QTest::newRow("mixed") << QByteArray("data: a\rdata: b\r\n\ndata: c\n\r\n") << two;
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF" "data: a\ndata: b\n\ndata: c\n\n") << two;
}

void TestNetSse::identifierWithNulIsIgnored()
{
    QCOMPARE(parsed({QByteArray("id: a\0b\ndata: x\n\n", 17)}), Events{data(QStringLiteral("x"))});
}

void TestNetSse::everyCutGivesTheSameEvents()
{
    const QByteArray &stream = sample();
    QCOMPARE(parsed({stream}), sampleEvents());
    for (qsizetype first = 0; first <= stream.size(); ++first) {
        for (qsizetype second = first; second <= stream.size(); ++second) {
            const Events events = parsed({stream.left(first), stream.mid(first, second - first), stream.mid(second)});
            if (events != sampleEvents())
                QFAIL(qPrintable(QStringLiteral("cut at %1 and %2").arg(first).arg(second)));
        }
    }
    QList<QByteArray> bytes;
    for (const char byte : stream)
        bytes.append(QByteArray(1, byte));
    QCOMPARE(parsed(bytes), sampleEvents());
}

void TestNetSse::byoc_28_blankLinesGiveNoEvents()
{
    SseParser parser;
    for (int i = 0; i < 1000; ++i) {
        const auto events = parser.feed("\n\n\r\n");
        QVERIFY(events);
        QVERIFY(events->isEmpty());
    }
}

void TestNetSse::invalidUtf8BecomesReplacementCharacters()
{
    QCOMPARE(parsed({"data: a\xFFz\n\n"}), Events{data(QStringLiteral("a\uFFFDz"))});
}

void TestNetSse::finishGivesPendingDataAndNothingElse()
{
    QCOMPARE(parsed({"data: a\n\ndata: [DONE]\n"}), (Events{data(QStringLiteral("a")), data(QStringLiteral("[DONE]"))}));
    QCOMPARE(parsed({"data: [DONE]"}), Events{data(QStringLiteral("[DONE]"))});
    QCOMPARE(parsed({"data: a\n\n: trailing comment"}), Events{data(QStringLiteral("a"))});
    QCOMPARE(parsed({""}), Events{});

    SseParser parser;
    QVERIFY(parser.feed("data: a"));
    QVERIFY(*parser.finish());
    QVERIFY2(!*parser.finish(), "finish() starts over");
}

void TestNetSse::aLineOverItsBoundIsTooLargeAfterTheEventsBeforeIt()
{
    for (const qsizetype cut : {1, 9, 10, 18, 30}) {
        SseParser parser({.maxLineBytes = 20, .maxEventBytes = 1000});
        const QByteArray stream = "data: a\n\ndata: " + QByteArray(40, 'x') + "\n\n";
        const auto first = parser.feed(stream.left(cut));
        QVERIFY(first);
        auto rest = parser.feed(stream.mid(cut));
        if (first->isEmpty()) {
            QVERIFY(rest);
            QCOMPARE(rest->size(), 1);
            rest = parser.feed({});
        }
        QVERIFY(!rest);
        QCOMPARE(rest.error().kind(), Error::Kind::TooLarge);
        QVERIFY(!parser.finish());
        QVERIFY(!parser.feed("data: b\n\n"));
    }
}

void TestNetSse::anEventOverItsBoundIsTooLarge()
{
    SseParser parser({.maxLineBytes = 100, .maxEventBytes = 200});
    const QByteArray line = "data: " + QByteArray(80, 'x') + '\n';
    QVERIFY(parser.feed(line + line + '\n'));
    QVERIFY(parser.feed(line + line));
    const auto third = parser.feed(line);
    QVERIFY(!third);
    QCOMPARE(third.error().kind(), Error::Kind::TooLarge);
}

void TestNetSse::exactlyTheBoundIsAllowed()
{
    SseParser parser({.maxLineBytes = 10, .maxEventBytes = 1000});
    QVERIFY(parser.feed("data: 1234\n\n"));
    QVERIFY(!parser.feed("data: 12345\n\n"));
}

namespace {

/// Cut in two at every place.
void compareAtEverySplit(const QByteArray &stream, const Events &events)
{
    for (qsizetype cut = 0; cut <= stream.size(); ++cut) {
        if (parsed({stream.left(cut), stream.mid(cut)}) != events)
            QFAIL(qPrintable(QStringLiteral("cut at %1").arg(cut)));
    }
}

} // namespace

void TestNetSse::openai_18_lineEndsGiveTheSameEventsAtEverySplit()
{
    const QByteArray lines = ": ping\nevent: e\ndata: {\"a\":1}\ndata: b\n\ndata: c\nid: 1\n\n";
    const Events events{{QStringLiteral("{\"a\":1}\nb"), QStringLiteral("e"), std::nullopt, std::nullopt},
        {QStringLiteral("c"), std::nullopt, QStringLiteral("1"), std::nullopt}};
    for (const char *lineEnd : {"\n", "\r", "\r\n"})
        compareAtEverySplit(QByteArray(lines).replace('\n', lineEnd), events);
}

void TestNetSse::openai_19_oneByteOrderMarkIsRemovedAndASecondBelongsToTheName()
{
    const QByteArray mark("\xEF\xBB\xBF");
    compareAtEverySplit(mark + "data: a\n\ndata: b\n\n", {data(QStringLiteral("a")), data(QStringLiteral("b"))});
    compareAtEverySplit(mark + mark + "data: a\n\ndata: b\n\n", {data(QStringLiteral("b"))});
}

void TestNetSse::openai_20_dataLinesAreJoinedAndOneBlankIsRemoved()
{
    compareAtEverySplit("data:  a\ndata:b\ndata: \n\n", {data(QStringLiteral(" a\nb\n"))});
}

void TestNetSse::openai_21_dataWithoutColonIsEmptyAndAnEventAloneIsNone()
{
    compareAtEverySplit("data\n\nevent: e\n\ndata\ndata\n\n", {data(QString()), data(QStringLiteral("\n"))});
}

void TestNetSse::openai_22_idWithNulAndRetryWithLettersAreIgnored()
{
    compareAtEverySplit(QByteArray("id: a\0b\nretry: 12x\ndata: x\n\n", 29), {data(QStringLiteral("x"))});
}

void TestNetSse::openai_23_whatIsGluedToTheEndChangesNothing()
{
    compareAtEverySplit("data: a\n\n{\"error\":\"stream closed\"}", {data(QStringLiteral("a"))});
    compareAtEverySplit("data: a\n\n{\"error\":\"stream closed\"}\n\n", {data(QStringLiteral("a"))});
}

void TestNetSse::openai_24_aCharacterCutInTwoIsWhole()
{
    compareAtEverySplit("data: \xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80\n\n", {data(QStringLiteral("ä€😀"))});
}

QTEST_GUILESS_MAIN(TestNetSse)
#include "tst_net_sse.moc"
