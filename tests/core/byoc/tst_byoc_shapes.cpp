#include "sluice/byoc/answer_shape.h"

#include <QtTest/QtTest>

using namespace sluice;
using namespace sluice::byoc;
using Kind = StreamItem::Kind;

/// What a stream says of its own end, and what other shapes of an answer are read as.
class TestShapes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void failuresEndTheStream_data();
    void failuresEndTheStream();
    void aFailureAmidWordsIsAnEvent();
    void doneMayHaveBlanks_data();
    void doneMayHaveBlanks();
    void everyShapeIsRead_data();
    void everyShapeIsRead();
    void bytesThatAreNoTextAreAnError();
    void shapesHaveBounds();
};

namespace {

template <typename Parser> QList<StreamItem> itemsOf(Parser &parser, const QByteArray &bytes, bool bytewise)
{
    QList<StreamItem> items;
    for (qsizetype i = 0; i < bytes.size(); i += bytewise ? 1 : bytes.size())
        items += parser.feed(bytewise ? QByteArrayView(bytes).sliced(i, 1) : QByteArrayView(bytes)).valueOr(QList<StreamItem>());
    return items + parser.finish().valueOr(QList<StreamItem>());
}

QStringList wordsOf(const QList<StreamItem> &items)
{
    QStringList words;
    for (const StreamItem &item : items) {
        if (item.kind == Kind::Event)
            words.append(item.event.data);
    }
    return words;
}

} // namespace

void TestShapes::failuresEndTheStream_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QString>("told");
    const auto row = [](const char *name, const QByteArray &end, const char *told) { QTest::newRow(name) << "data: words\n\n" + end << QString::fromLatin1(told); };
    row("typed event", "event: error\ndata: {\"message\":\"m\",\"code\":1}\n\ndata: [DONE]\n\n", "m");
    row("typed event with text", "event: error\ndata: it broke\n\n", "it broke");
    row("typed event, nested", "event: error\ndata: {\"type\":\"error\",\"error\":{\"message\":\"m\"}}\n\n", "m");
    row("typed event, empty object", "event: error\ndata: {}\n\n", "unspecified error");
    row("last words", "data: {\"error\":\"m\"}\n\ndata: [DONE]\n\n", "m");
    row("last words with a code", "data: {\"error\":{\"message\":\"m\"},\"code\":500,\"status\":\"x\"}\n\n", "m");
    row("last words before usage", "data: {\"error\":\"m\"}\n\ndata: {\"choices\":[],\"usage\":{}}\n\ndata: null\n\ndata: [DONE]\n\n", "m");
    row("detail", "data: {\"detail\":\"m\"}\n\n", "m");
    row("object that names itself", "data: {\"object\":\"error\",\"message\":\"m\",\"code\":1}\n\n", "");
}

void TestShapes::failuresEndTheStream()
{
    QFETCH(QByteArray, stream);
    QFETCH(QString, told);
    if (told.isEmpty())
        told = QStringLiteral("m");
    for (const bool bytewise : {false, true}) {
        EventRules rules;
        const QList<StreamItem> items = itemsOf(rules, stream, bytewise);
        QVERIFY(!items.isEmpty());
        QCOMPARE(items.first().event.data, QStringLiteral("words"));
        QCOMPARE(items.last().kind, Kind::WorkerError);
        QCOMPARE(items.last().text, told);
    }
}

void TestShapes::aFailureAmidWordsIsAnEvent()
{
    for (const QByteArray &amid : {QByteArray("{\"error\":\"frame 3 skipped\"}"), QByteArray("{\"error\":null}"), QByteArray("{\"error\":0.25,\"step\":3}"),
             QByteArray("{\"error\":\"none\",\"result\":5}")}) {
        EventRules rules;
        const QList<StreamItem> items = itemsOf(rules, "data: " + amid + "\n\ndata: words\n\ndata: [DONE]\n\n", false);
        QCOMPARE(wordsOf(items), QStringList({QString::fromLatin1(amid), QStringLiteral("words")}));
        QCOMPARE(items.last().kind, Kind::Done);
    }
}

void TestShapes::doneMayHaveBlanks_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char *line : {"data: [DONE] ", "data:[DONE]", "data:\t[DONE]\t", "data:   [DONE]  "})
        QTest::newRow(line) << QByteArray(line);
}

void TestShapes::doneMayHaveBlanks()
{
    QFETCH(QByteArray, line);
    for (const QByteArray &end : {QByteArray("\n\n"), QByteArray("\r\n\r\n"), QByteArray("\n")}) {
        EventRules rules;
        const QList<StreamItem> items = itemsOf(rules, "data: words\n\n" + line + end + "data: never\n\n", true);
        QCOMPARE(wordsOf(items), QStringList(QStringLiteral("words")));
        QCOMPARE(items.last().kind, Kind::Done);
    }
}

void TestShapes::everyShapeIsRead_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<int>("end");
    const auto row = [](const char *name, const char *type, const QByteArray &body, const QStringList &words, Kind end) {
        QTest::newRow(name) << QByteArray(type) << body << words << int(end);
    };
    row("a document", "application/json", "{\"a\":1}", {QStringLiteral("{\"a\":1}")}, Kind::Done);
    row("a document of many lines", "application/json", "{\n  \"a\": 1\n}\n", {QStringLiteral("{\n  \"a\": 1\n}")}, Kind::Done);
    row("lines", "application/x-ndjson", "{\"a\":1}\n\n{\"a\":2}\r\n", {QStringLiteral("{\"a\":1}"), QStringLiteral("{\"a\":2}")}, Kind::Eof);
    row("lines without a last end, wrong label", "application/json", "{\"a\":1}\n{\"a\":2}", {QStringLiteral("{\"a\":1}"), QStringLiteral("{\"a\":2}")}, Kind::Eof);
    row("a stream with another label", "text/plain", "data: a\n\ndata: [DONE]\n\n", {QStringLiteral("a")}, Kind::Done);
    row("a stream without a label, a comment first", "", "\n: hi\n\nevent: x\ndata: a\n\n", {QStringLiteral("a")}, Kind::Eof);
    row("a stream of one line", "", "data: a", {QStringLiteral("a")}, Kind::Eof);
    row("text", "text/plain", "two\nlines\n", {QStringLiteral("two\nlines")}, Kind::Done);
    row("text in its charset", "text/plain; charset=latin1", "caf\xe9", {QStringLiteral("café")}, Kind::Done);
    row("nothing", "application/json", " \n ", {}, Kind::Eof);
    row("a failure", "application/json", "{\"error\":{\"message\":\"m\"}}", {}, Kind::WorkerError);
    row("a failure in a line", "application/json", "{\"a\":1}\n{\"error\":\"m\"}\n{\"a\":2}\n", {QStringLiteral("{\"a\":1}")}, Kind::WorkerError);
}

void TestShapes::everyShapeIsRead()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QStringList, words);
    QFETCH(int, end);
    for (const bool bytewise : {false, true}) {
        AnswerShape shape(type, {});
        const QList<StreamItem> items = itemsOf(shape, body, bytewise);
        QCOMPARE(wordsOf(items), words);
        QVERIFY(!items.isEmpty());
        QCOMPARE(int(items.last().kind), end);
        QVERIFY(shape.ended());
    }
}

void TestShapes::bytesThatAreNoTextAreAnError()
{
    AnswerShape shape("image/png", {});
    QVERIFY(shape.feed(QByteArray("\x89PNG\r\n\x1a\n\0\0", 10)));
    const auto items = shape.finish();
    QVERIFY(!items);
    QVERIFY(items.error().message().contains(QStringLiteral("image/png")));
}

void TestShapes::shapesHaveBounds()
{
    AnswerShape whole("text/plain", {100, 100});
    QVERIFY(!whole.feed(QByteArray(101, 'x')));
    AnswerShape lines("application/json", {100, 100});
    QVERIFY(lines.feed("{}\n"));
    QVERIFY(!lines.feed(QByteArray(101, 'x')));
}

QTEST_GUILESS_MAIN(TestShapes)
#include "tst_byoc_shapes.moc"
