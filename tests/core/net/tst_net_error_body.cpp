#include "sluice/net/error_body.h"
#include "sluice/net/websocket_problem.h"

#include <QtTest/QTest>

using namespace sluice;

/// What error answers say, whoever wrote them.
class TestNetErrorBody : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFormHasItsWords_data();
    void everyFormHasItsWords();
    void pagesAreTheirReason_data();
    void pagesAreTheirReason();
    void websocketsThatDoNotOpenSayWhyInWords_data();
    void websocketsThatDoNotOpenSayWhyInWords();
};

void TestNetErrorBody::everyFormHasItsWords_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("field");
    QTest::newRow("object") << QByteArray(R"({"error":{"message":"No such model.","type":"x"}})") << QStringLiteral("No such model.") << QString();
    QTest::newRow("text in JSON") << QByteArray(R"({"error":"no"})") << QStringLiteral("no") << QString();
    QTest::newRow("message") << QByteArray(R"({"object":"error","message":"too long"})") << QStringLiteral("too long") << QString();
    QTest::newRow("detail") << QByteArray(R"({"detail":"busy"})") << QStringLiteral("busy") << QString();
    QTest::newRow("detail with msg") << QByteArray(R"({"detail":{"msg":"out of memory"}})") << QStringLiteral("out of memory") << QString();
    QTest::newRow("FastAPI") << QByteArray(R"({"detail":[{"loc":["body","messages",0,"role"],"msg":"Field required"}]})")
                             << QStringLiteral("/messages/0/role: Field required") << QStringLiteral("/messages/0/role");
    QTest::newRow("first of a list") << QByteArray(R"([{"error":{"code":400,"message":"bad key"}}])") << QStringLiteral("bad key") << QString();
    QTest::newRow("plain") << QByteArray("upstream is gone\n") << QStringLiteral("upstream is gone") << QString();
    QTest::newRow("unknown JSON") << QByteArray(R"({"reason":7})") << QStringLiteral(R"({"reason":7})") << QString();
    QTest::newRow("nothing") << QByteArray() << QString() << QString();
}

void TestNetErrorBody::everyFormHasItsWords()
{
    QFETCH(QByteArray, body);
    const ErrorBody said = readErrorBody(body);
    QTEST(said.text, "text");
    QTEST(said.field, "field");
    QVERIFY(!said.page);
}

void TestNetErrorBody::pagesAreTheirReason_data()
{
    QTest::addColumn<QByteArray>("page");
    QTest::addColumn<QString>("reason");
    QTest::newRow("title") << QByteArray("<!DOCTYPE html>\n<html><head><TITLE> Down &amp; out\n</TITLE></head><body>x</body></html>") << QStringLiteral("Down & out");
    QTest::newRow("words") << QByteArray("<html><style>p{}</style><script>if (a < b) x();</script><!-- no --><h1>Bad</h1><p>gateway</p></html>") << QStringLiteral("Bad gateway");
    QTest::newRow("nothing") << QByteArray("<html></html>") << QStringLiteral("a page without words");
    QTest::newRow("no page") << QByteArray("<no page>") << QStringLiteral("<no page>");
}

void TestNetErrorBody::pagesAreTheirReason()
{
    QFETCH(QByteArray, page);
    QTEST(readErrorBody(page).text, "reason");
    QVERIFY(readErrorBody("<html>" + QByteArray(200'000, 'x') + "</html>").text.size() < 200);
}

void TestNetErrorBody::websocketsThatDoNotOpenSayWhyInWords_data()
{
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("words");
    QTest::newRow("another server") << QStringLiteral("QWebSocketPrivate::processHandshake: Unhandled http status code: 200 (OK).") << QStringLiteral("it answered with HTTP 200 and opened no websocket");
    QTest::newRow("another page") << QStringLiteral("QWebSocketPrivate::processHandshake: Unhandled http status code: 404 (Not Found)..") << QStringLiteral("it answered with HTTP 404 and opened no websocket");
    QTest::newRow("Qt's own place") << QStringLiteral("QWebSocketPrivate::processHandshake: Connection closed while reading header.") << QStringLiteral("Connection closed while reading header");
    QTest::newRow("the network's") << QStringLiteral("Connection refused") << QStringLiteral("Connection refused");
    QTest::newRow("nothing") << QString() << QStringLiteral("no answer");
}

void TestNetErrorBody::websocketsThatDoNotOpenSayWhyInWords()
{
    QFETCH(QString, said);
    QFETCH(QString, words);
    QCOMPARE(websocketProblem(said), words);
}

QTEST_GUILESS_MAIN(TestNetErrorBody)
#include "tst_net_error_body.moc"
