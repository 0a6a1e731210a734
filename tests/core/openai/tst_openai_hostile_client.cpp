#include "hostile_answers.h"

#include <QtCore/QElapsedTimer>

#include <memory>
#include <vector>

using namespace sluice;
using namespace sluice::openai;

namespace {

const QByteArray Body = R"({"model":"m","messages":[{"role":"user","content":"Hi"}]})";

QByteArray head(const QByteArray &more, const QByteArray &path = "/v1/chat/completions")
{
    return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + more + "\r\n";
}

QByteArray request(const QByteArray &body = Body)
{
    return head("Content-Length: " + QByteArray::number(body.size()) + "\r\n") + body;
}

/// A client below HTTP.
class Raw {
public:
    explicit Raw(const QUrl &url)
    {
        m_socket.connectToHost(QStringLiteral("127.0.0.1"), quint16(url.port()));
        if (!m_socket.waitForConnected(5000))
            qFatal("no connection");
    }
    void send(const QByteArray &bytes)
    {
        m_socket.write(bytes);
        m_socket.waitForBytesWritten(5000);
    }
    void finish() { m_socket.disconnectFromHost(); }
    void abort() { m_socket.abort(); }
    /// All that comes until there are so many of these words, or the end.
    QByteArray until(const QByteArray &words, int times = 1)
    {
        while (m_got.count(words) < times && (m_socket.bytesAvailable() > 0 || m_socket.waitForReadyRead(5000)))
            m_got += m_socket.readAll();
        return m_got;
    }
    /// What has come so far.
    const QByteArray &now()
    {
        if (m_socket.bytesAvailable() > 0 || m_socket.waitForReadyRead(1))
            m_got += m_socket.readAll();
        return m_got;
    }
    [[nodiscard]] bool closes()
    {
        while (m_socket.state() == QAbstractSocket::ConnectedState && m_socket.waitForReadyRead(5000))
            m_got += m_socket.readAll();
        return m_socket.state() != QAbstractSocket::ConnectedState || m_socket.waitForDisconnected(5000);
    }
    [[nodiscard]] const QByteArray &got() const { return m_got; }

private:
    QTcpSocket m_socket;
    QByteArray m_got;
};

struct Hostile {
    QByteArray name;
    QByteArray bytes;
    int status; ///< 0: any refusal, or none but a closed connection
};

QList<Hostile> brokenRequests()
{
    const QByteArray chunked = head("Transfer-Encoding: chunked\r\n");
    return {
        {"no HTTP", "\x16\x03\x01\x02\x01\x01\xfc\x03\x03 hello\r\n\r\n", 400},
        {"a line of nothing", "\r\n\r\n\r\n\r\nX\r\n\r\n", 400},
        {"no version", "GET /v1/models\r\n\r\n", 400},
        {"another version", "GET /v1/models HTTP/9.9\r\nHost: localhost\r\n\r\n", 400},
        {"a header without a name", "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n: x\r\n\r\n", 400},
        {"a folded header", "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\x01\r\n\r\n", 0},
        {"a control character in a header", "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nX: a\x01" "b\r\n\r\n", 400},
        {"headers too large", "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n" + QByteArray("X: " + QByteArray(1000, 'x') + "\r\n").repeated(100) + "\r\n", 431},
        {"a path too long", "GET /v1/" + QByteArray(100'000, 'm') + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 431},
        {"two lengths", head("Content-Length: 5\r\nContent-Length: 50\r\n") + Body, 400},
        {"a length that is none", head("Content-Length: 5x\r\n") + Body, 400},
        {"a negative length", head("Content-Length: -5\r\n") + Body, 400},
        {"a length beyond all", head("Content-Length: 99999999999999999999999\r\n") + Body, 400},
        {"a length beyond the limit", head("Content-Length: 99999999999\r\n"), 413},
        {"a length and chunks", head("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n") + "5\r\nhello\r\n0\r\n\r\n", 400},
        {"an unknown coding", head("Transfer-Encoding: gzip\r\n") + Body, 400},
        {"chunked, but not at last", head("Transfer-Encoding: chunked, gzip\r\n") + Body, 400},
        {"a chunk of nonsense", chunked + "zz\r\nhello\r\n0\r\n\r\n", 400},
        {"a chunk too long for a number", chunked + "fffffffffffffffffff\r\nhello\r\n", 400},
        {"a chunk longer than it says", chunked + "3\r\nhello\r\n0\r\n\r\n", 400},
        {"a chunk with an endless extension", chunked + "5;" + QByteArray(200'000, 'a'), 400},
        {"endless trailers", chunked + "0\r\n" + QByteArray("X: " + QByteArray(1000, 'x') + "\r\n").repeated(200), 400},
        {"no Host", "POST /v1/chat/completions HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}", 0},
    };
}

} // namespace

/// Clients that break the rules: each is refused in shape or cut off, nothing goes upstream, and others are served on.
class TestOpenAiHostileClient : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void brokenHttpIsRefused_data();
    void brokenHttpIsRefused();
    void badBodiesAreRefused_data();
    void badBodiesAreRefused();
    void badFormsAreRefused_data();
    void badFormsAreRefused();
    void aCutRequestIsNone();
    void slowOnesHoldNobodyUp();
    void pipelinedRequestsAreAnsweredInOrder();
    void whatComesBehindAStreamWaits();
    void nonsenseBehindAGoodRequestIsRefused();
    void anOldClientGetsNoChunks();
    void aClientThatAsksFirstIsTold();
    void bodiesInManyPiecesAreWhole();
    void manyAtOnceAreBounded();
};

void TestOpenAiHostileClient::brokenHttpIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    for (const Hostile &one : brokenRequests())
        QTest::newRow(one.name.constData()) << one.bytes << one.status;
}

void TestOpenAiHostileClient::brokenHttpIsRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    ServerFixture f;
    f.upstream.thenJson(200, Hello);
    Raw raw(f.url);
    raw.send(bytes);
    raw.until("\r\n\r\n");
    if (status != 0) {
        const QByteArray expected = "HTTP/1.1 " + QByteArray::number(status) + ' ';
        QVERIFY2(raw.got().startsWith(expected), raw.got().constData());
        QVERIFY2(raw.until("}}").contains("{\"error\":{\"message\":"), raw.got().constData());
    }
    raw.abort();
    QCOMPARE(f.upstream.count(), 0);
    QCOMPARE(f.chat({}).status, 200); // the server lives
}

void TestOpenAiHostileClient::badBodiesAreRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    const QByteArray before = R"({"model":"m","messages":[{"role":"user","content":")";
    const QByteArray after = R"("}]})";
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("blanks") << QByteArray("   ");
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("cut") << Body.left(Body.size() - 1);
    QTest::newRow("something behind") << Body + "{}";
    QTest::newRow("a NUL behind") << Body + QByteArray(1, '\0');
    QTest::newRow("bad UTF-8") << before + "\xff\xfe" + after;
    QTest::newRow("cut UTF-8") << before + "\xe2\x82" + after;
    QTest::newRow("overlong UTF-8") << before + "\xc0\xaf" + after;
    QTest::newRow("a surrogate in UTF-8") << before + "\xed\xa0\x80" + after;
    QTest::newRow("a control character") << before + "\x01" + after;
    QTest::newRow("a line end in a text") << before + "\n" + after;
    QTest::newRow("an escape that is none") << before + "\\x41" + after;
    QTest::newRow("NaN") << QByteArray(R"({"model":"m","messages":[{"role":"user","content":"x"}],"temperature":NaN})");
    QTest::newRow("a number of another kind") << QByteArray(R"({"model":"m","messages":[{"role":"user","content":"x"}],"max_tokens":0x10})");
    QTest::newRow("deep lists") << QByteArray("{\"model\":\"m\",\"messages\":" + QByteArray(100'000, '[') + QByteArray(100'000, ']') + "}");
    QTest::newRow("deep objects") << QByteArray("{\"model\":\"m\",\"messages\":" + QByteArray("{\"a\":").repeated(50'000) + "1" + QByteArray(50'000, '}') + "}");
    QTest::newRow("deep where nobody looks") << QByteArray(R"({"model":"m","messages":[{"role":"user","content":"x"}],"x":)" + QByteArray(1000, '[') + QByteArray(1000, ']') + "}");
    QTest::newRow("messages that are none") << QByteArray(R"({"model":"m","messages":{"role":"user"}})");
    QTest::newRow("a message that is none") << QByteArray(R"({"model":"m","messages":["user",null,7]})");
    QTest::newRow("a role that is none") << QByteArray(R"({"model":"m","messages":[{"role":["user"],"content":"x"}]})");
    QTest::newRow("a model that is none") << QByteArray(R"({"model":{"a":1},"messages":[{"role":"user","content":"x"}]})");
    QTest::newRow("a number beyond all") << QByteArray(R"({"model":"m","messages":[{"role":"user","content":"x"}],"max_tokens":1e999999})");
    QTest::newRow("more answers than there are") << QByteArray(R"({"model":"m","messages":[{"role":"user","content":"x"}],"n":99999999999999999999})");
    QTest::newRow("millions of little values") << QByteArray(R"({"model":"m","messages":[{"role":"user","content":"x"}],"x":[)" + QByteArray("1,").repeated(20'000'000) + "1]}");
}

void TestOpenAiHostileClient::badBodiesAreRefused()
{
    QFETCH(QByteArray, body);
    for (const Dialect dialect : {Dialect::Gateway, Dialect::OpenAi}) {
        ServerFixture f(dialect);
        const auto answer = f.post(QStringLiteral("/v1/chat/completions"), body);
        QVERIFY2(answer.status == 400 || answer.status == 413, answer.body.left(300).constData());
        QVERIFY2(!answer.error().value(QStringLiteral("message")).toString().isEmpty(), answer.body.left(300).constData());
        QCOMPARE(f.upstream.count(), 0);
    }
}

void TestOpenAiHostileClient::badFormsAreRefused_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    const QByteArray form = "multipart/form-data; boundary=b";
    const QByteArray file = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\nsound\r\n";
    QTest::newRow("no form") << QByteArray("application/octet-stream") << QByteArray("sound");
    QTest::newRow("no boundary") << QByteArray("multipart/form-data") << QByteArray(file + "--b--\r\n");
    QTest::newRow("a boundary too long") << QByteArray("multipart/form-data; boundary=" + QByteArray(500, 'b')) << QByteArray(file + "--b--\r\n");
    QTest::newRow("nothing") << form << QByteArray();
    QTest::newRow("another boundary") << form << QByteArray("--c\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nsound\r\n--c--\r\n");
    QTest::newRow("cut in a part") << form << file.left(60);
    QTest::newRow("without its end") << form << file;
    QTest::newRow("a part without a name") << form << QByteArray("--b\r\nContent-Type: audio/wav\r\n\r\nsound\r\n--b--\r\n");
    QTest::newRow("headers without an end") << form << QByteArray("--b\r\nContent-Disposition: form-data; name=\"file\"\r\nX: " + QByteArray(100'000, 'x'));
    QTest::newRow("many parts") << form << QByteArray(file.repeated(5000) + "--b--\r\n");
    QTest::newRow("no file") << form << QByteArray("--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nm\r\n--b--\r\n");
    QTest::newRow("a format that is none") << form << QByteArray(file + "--b\r\nContent-Disposition: form-data; name=\"response_format\"\r\n\r\n\xff\xfe\r\n--b--\r\n");
}

void TestOpenAiHostileClient::badFormsAreRefused()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    ServerFixture f;
    for (const char *route : {"/v1/audio/transcriptions", "/v1/images/edits"}) {
        const auto answer = f.post(QLatin1String(route), body, {{"Content-Type", type}});
        QVERIFY2(answer.status == 400 || answer.status == 413, answer.body.left(300).constData());
        QVERIFY2(!answer.error().value(QStringLiteral("message")).toString().isEmpty(), answer.body.left(300).constData());
    }
    QCOMPARE(f.upstream.count(), 0);
}

void TestOpenAiHostileClient::aCutRequestIsNone()
{
    ServerFixture f;
    f.upstream.thenJson(200, Hello);
    const QByteArray whole = request();
    for (qsizetype size = 1; size < whole.size(); size += 3) {
        Raw raw(f.url);
        raw.send(whole.left(size));
        if (size % 2 == 0)
            raw.abort();
        else
            raw.finish();
    }
    QCOMPARE(f.chat({}).status, 200);
    QCOMPARE(f.upstream.count(), 1); // that one
}

void TestOpenAiHostileClient::slowOnesHoldNobodyUp()
{
    ServerFixture f;
    f.upstream.thenJson(200, Hello);
    std::vector<std::unique_ptr<Raw>> slow;
    for (int i = 0; i < 200; ++i) {
        slow.push_back(std::make_unique<Raw>(f.url));
        // In the middle of a head, behind it, in a body, in a chunk.
        const QByteArrayList parts{"POST /v1/chat/comp", head("Content-Length: 500\r\n"), head("Content-Length: 500\r\n") + "{\"model\"", head("Transfer-Encoding: chunked\r\n") + "1f4\r\n{"};
        slow.back()->send(parts.at(i % 4));
    }
    QElapsedTimer time;
    time.start();
    for (int i = 0; i < 20; ++i)
        QCOMPARE(f.chat({}).status, 200);
    QVERIFY2(time.elapsed() < 5000, QByteArray::number(time.elapsed()).constData());
    QCOMPARE(f.upstream.count(), 20);
    // A byte now and then does not make them requests, and what comes whole at last is answered.
    slow.at(1)->send(Body + QByteArray(500 - Body.size(), ' '));
    QVERIFY(slow.at(1)->until("\r\n\r\n").startsWith("HTTP/1.1 200"));
}

void TestOpenAiHostileClient::pipelinedRequestsAreAnsweredInOrder()
{
    ServerFixture f;
    f.upstream.thenJson(200, Hello);
    Raw raw(f.url);
    QByteArray all;
    for (int i = 0; i < 50; ++i) {
        all += "GET /v1/models/model-" + QByteArray::number(i) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        all += request();
    }
    raw.send(all);
    const QByteArray got = raw.until("HTTP/1.1 200", 50);
    QCOMPARE(got.count("HTTP/1.1 404"), 50);
    qsizetype at = 0;
    for (int i = 0; i < 50; ++i) {
        at = got.indexOf("“model-" + QByteArray::number(i) + "”", at);
        QVERIFY2(at >= 0, QByteArray::number(i).constData());
    }
    QCOMPARE(f.upstream.asked().size() - 50, 50); // and as many questions for a list
}

void TestOpenAiHostileClient::whatComesBehindAStreamWaits()
{
    ServerFixture f;
    f.upstream.thenEvents({delta("one"), QByteArray(), delta("", "stop")});
    Raw raw(f.url);
    QByteArray stream = Body;
    stream.insert(1, R"("stream":true,)");
    raw.send(request(stream) + "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(raw.until("one").contains("one"));
    QVERIFY(!raw.got().contains("\"status\":\"ok\""));
    f.upstream.release();
    const QByteArray got = raw.until("\"status\":\"ok\"");
    QVERIFY(got.indexOf("[DONE]") > 0 && got.indexOf("[DONE]") < got.indexOf("\"status\":\"ok\""));
}

void TestOpenAiHostileClient::nonsenseBehindAGoodRequestIsRefused()
{
    ServerFixture f;
    f.upstream.thenJson(200, Hello);
    Raw raw(f.url);
    raw.send(request() + "\x01\x02 nonsense\r\n\r\n" + request());
    QVERIFY(raw.closes());
    QCOMPARE(raw.got().count("HTTP/1.1 200"), 1);
    QCOMPARE(raw.got().count("HTTP/1.1 400"), 1);
    QCOMPARE(f.upstream.count(), 1);
}

void TestOpenAiHostileClient::anOldClientGetsNoChunks()
{
    ServerFixture f;
    f.upstream.thenEvents({delta("Hel"), delta("lo"), delta("", "stop")});
    Raw raw(f.url);
    QByteArray stream = Body;
    stream.insert(1, R"("stream":true,)");
    raw.send("POST /v1/chat/completions HTTP/1.0\r\nHost: localhost\r\nContent-Length: " + QByteArray::number(stream.size()) + "\r\n\r\n" + stream);
    QVERIFY(raw.closes());
    QVERIFY(!raw.got().toLower().contains("transfer-encoding"));
    QVERIFY2(raw.got().endsWith("data: [DONE]\n\n"), raw.got().constData());
}

void TestOpenAiHostileClient::aClientThatAsksFirstIsTold()
{
    ServerFixture f;
    f.upstream.thenJson(200, Hello);
    Raw raw(f.url);
    raw.send(head("Expect: 100-continue\r\nContent-Length: " + QByteArray::number(Body.size()) + "\r\n"));
    QVERIFY(raw.until("\r\n\r\n").startsWith("HTTP/1.1 100"));
    raw.send(Body);
    QVERIFY(raw.until("Hello there").contains("HTTP/1.1 200"));
    // One that is refused by its head is not told to go on.
    Raw refused(f.url);
    refused.send(head("Expect: 100-continue\r\nContent-Length: 99999999999\r\n"));
    QVERIFY2(refused.until("\r\n\r\n").startsWith("HTTP/1.1 413"), refused.got().constData());
}

void TestOpenAiHostileClient::bodiesInManyPiecesAreWhole()
{
    ServerFixture f;
    f.upstream.thenJson(200, Hello);
    QByteArray chunks;
    for (const char c : Body)
        chunks += "1;x=y\r\n" + QByteArray(1, c) + "\r\n";
    Raw raw(f.url);
    raw.send(head("Transfer-Encoding: chunked\r\n") + chunks + "0\r\nX-Trailer: y\r\n\r\n");
    QVERIFY2(raw.until("Hello there").startsWith("HTTP/1.1 200"), raw.got().constData());
    QCOMPARE(parsed(f.upstream.asked().last().body).find(QStringLiteral("/messages/0/content")).value_or(Json()).toString(), QStringLiteral("Hi"));
}

/// More large bodies than there is memory for: some wait or are refused, all are answered, and the server lives.
void TestOpenAiHostileClient::manyAtOnceAreBounded()
{
    ServerFixture f(Dialect::Gateway, [](ServerOptions &options) { options.maxBodyBytes = 8 * 1024 * 1024; });
    f.upstream.thenJson(200, Hello);
    const QByteArray large = head("Content-Length: " + QByteArray::number(8 * 1024 * 1024) + "\r\n") + QByteArray(7 * 1024 * 1024, ' ');
    std::vector<std::unique_ptr<Raw>> all;
    for (int i = 0; i < 24; ++i) { // 168 MiB, of which 48 may be held
        all.push_back(std::make_unique<Raw>(f.url));
        all.back()->send(large);
    }
    QTRY_VERIFY_WITH_TIMEOUT(std::any_of(all.begin(), all.end(), [](const auto &one) { return one->now().startsWith("HTTP/1.1 503"); }), 20'000);
    QCOMPARE(f.chat({}).status, 200);
    QCOMPARE(f.upstream.count(), 1);
}

QTEST_GUILESS_MAIN(TestOpenAiHostileClient)
#include "tst_openai_hostile_client.moc"
