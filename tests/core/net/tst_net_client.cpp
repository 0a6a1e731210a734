#include "net_test_support.h"

#include "sluice/net/http_client.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>
#include <QtTest/QSignalSpy>

#include <thread>

using namespace sluice;
using namespace sluice::test;
using namespace std::chrono_literals;

namespace {

HttpRequest get(const QUrl &url)
{
    HttpRequest request;
    request.url = url;
    return request;
}

HttpRequest post(const QUrl &url, const QByteArray &body)
{
    HttpRequest request = get(url);
    request.method = "POST";
    request.body = body;
    return request;
}

// A server that writes this and closes.
auto answering(const QByteArray &bytes)
{
    return [bytes](QSslSocket &socket) {
        socket.write(bytes);
        socket.disconnectFromHost();
    };
}

const QByteArray Chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

} // namespace

class TestNetClient : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void headersAreFoundWithoutCase();
    void requestIsWrittenAsAsked();
    void answersAreUnderstood_data();
    void answersAreUnderstood();
    void redirectsAreNotFollowed();
    void aRequestIsWrittenOnceEvenWhenNoAnswerComes();
    void refusedConnectionSaysSoAndNothingWasSent();
    void unknownHostSaysSo();
    void badRequestsAreRefusedBeforeConnecting_data();
    void badRequestsAreRefusedBeforeConnecting();
    void cutAnswersAreErrorsAfterTheirBytes_data();
    void cutAnswersAreErrorsAfterTheirBytes();
    void nonsenseIsAProtocolError_data();
    void nonsenseIsAProtocolError();
    void byoc_35_anAnswerOverItsBoundIsTooLargeAndTheConnectionClosed_data();
    void byoc_35_anAnswerOverItsBoundIsTooLargeAndTheConnectionClosed();
    void byoc_35_aBodySlowerThanTheDeadlineIsATimeoutAndTheConnectionClosed();
    void headersSlowerThanTheDeadlineAreATimeout();
    void connectTimeoutCoversTheHandshakeAndNothingWasSent();
    void aReadLimitIsATimeout();
    void byoc_36_cancellingClosesTheConnectionWithin100Milliseconds_data();
    void byoc_36_cancellingClosesTheConnectionWithin100Milliseconds();
    void cancellingFromAnotherThreadWorks();
    void alreadyCanceledNeverConnects();
    void streamGivesBytesAsTheyCome();
    void closingAStreamEndsItsPendingRead();
    void droppingAStreamClosesTheConnection();
    void destroyingTheClientCancelsItsCalls();
    void aStreamNobodyReadsSlowsTheServerDown();
    void stepsAreTraced();
    void manyCallsAtOnce();

private:
    MemoryPinStore m_pins;
    TlsTrust m_trust{m_pins};
    HttpClient m_client{m_trust};
};

void TestNetClient::headersAreFoundWithoutCase()
{
    Headers fields{{"Content-Type", " Text/Event-Stream ; charset=utf-8"}, {"X-A", "1"}, {"x-a", "2"}, {"Connection", "a, Close"}};
    QCOMPARE(headers::mediaType(fields), QByteArray("text/event-stream"));
    QCOMPARE(headers::mediaType(headers::contentType("image/PNG")), QByteArray("image/png"));
    QCOMPARE(headers::mediaType({}), QByteArray());
    QCOMPARE(headers::value(fields, "X-a"), QByteArray("1"));
    QCOMPARE(headers::values(fields, "x-A"), QList<QByteArray>({"1", "2"}));
    QVERIFY(headers::hasToken(fields, "connection", "close"));
    QVERIFY(!headers::hasToken(fields, "connection", "clos"));
    QVERIFY(!headers::contains(fields, "X"));
    headers::set(fields, "X-A", "3");
    QCOMPARE(headers::values(fields, "x-a"), QList<QByteArray>({"3"}));
    QVERIFY(headers::check(fields));
    fields.fill({"X", "y"}, headers::MaxFields + 1);
    QVERIFY(!headers::check(fields));
}

void TestNetClient::requestIsWrittenAsAsked()
{
    RawServer server;
    server.onRequest = answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    HttpRequest request = post(server.url(QStringLiteral("/a%2Fb/c?x=1%202&y")), "{\"a\":1}");
    request.headers = {{"Content-Type", "application/json"}, {"Livepeer", "abc="}, {"Host", "evil"}, {"content-length", "0"}};
    const auto outcome = finished(m_client.send(request, {}));
    QVERIFY(outcome->value);
    QCOMPARE(outcome->value->body, QByteArray("ok"));
    const QByteArray port = QByteArray::number(server.serverPort());
    QCOMPARE(server.received,
        "POST /a%2Fb/c?x=1%202&y HTTP/1.1\r\nHost: 127.0.0.1:" + port
            + "\r\nConnection: keep-alive\r\nContent-Length: 7\r\nUser-Agent: sluice\r\nContent-Type: application/json\r\n"
              "Livepeer: abc=\r\n\r\n{\"a\":1}");
    QVERIFY(*request.sent);
}

void TestNetClient::answersAreUnderstood_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("length") << QByteArray("GET") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello") << 200 << QByteArray("hello");
    QTest::newRow("chunks") << QByteArray("GET") << Chunked + "3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nTrailer: t\r\n\r\n" << 200 << QByteArray("hello");
    QTest::newRow("until close") << QByteArray("GET") << QByteArray("HTTP/1.0 200 OK\r\n\r\nhello") << 200 << QByteArray("hello");
    QTest::newRow("empty until close") << QByteArray("GET") << QByteArray("HTTP/1.1 200 OK\r\n\r\n") << 200 << QByteArray();
    QTest::newRow("error status") << QByteArray("POST") << QByteArray("HTTP/1.1 503 No\r\nContent-Length: 5\r\n\r\nsorry") << 503 << QByteArray("sorry");
    QTest::newRow("no content") << QByteArray("GET") << QByteArray("HTTP/1.1 204 No Content\r\n\r\n") << 204 << QByteArray();
    QTest::newRow("head") << QByteArray("HEAD") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n") << 200 << QByteArray();
    QTest::newRow("interim answers") << QByteArray("POST")
                                     << QByteArray("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\n"
                                                   "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx") << 200 << QByteArray("x");
    QTest::newRow("signer status") << QByteArray("POST") << QByteArray("HTTP/1.1 482 Skip\r\nContent-Length: 0\r\n\r\n") << 482 << QByteArray();
}

void TestNetClient::answersAreUnderstood()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, answer);
    RawServer server;
    server.onRequest = answering(answer);
    HttpRequest request = get(server.url());
    request.method = method;
    const auto outcome = finished(m_client.send(request, {}));
    QVERIFY2(outcome->value, qPrintable(outcome->error ? outcome->error->describe() : QString()));
    QTEST(outcome->value->status, "status");
    QTEST(outcome->value->body, "body");
    QVERIFY(!headers::contains(outcome->value->headers, "Trailer"));
    QVERIFY(!headers::contains(outcome->value->headers, "Link"));
}

void TestNetClient::redirectsAreNotFollowed()
{
    RawServer server;
    server.onRequest = answering("HTTP/1.1 301 Moved\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n");
    const auto outcome = finished(m_client.send(post(server.url(), "x"), {}));
    QVERIFY(outcome->value);
    QCOMPARE(outcome->value->status, 301);
    QCOMPARE(headers::value(outcome->value->headers, "location"), QByteArray("/elsewhere"));
    QCOMPARE(server.requests, 1);
}

void TestNetClient::aRequestIsWrittenOnceEvenWhenNoAnswerComes()
{
    RawServer server;
    server.onRequest = answering({});
    const HttpRequest request = post(server.url(), "payment");
    const auto outcome = finished(m_client.send(request, {}));
    QVERIFY(outcome->error);
    QCOMPARE(outcome->kind(), Error::Kind::Network);
    QVERIFY2(*request.sent, "the caller must learn that a payment may have left");
    QCOMPARE(server.requests, 1);
    QCOMPARE(server.connections, 1);
}

void TestNetClient::refusedConnectionSaysSoAndNothingWasSent()
{
    QUrl url;
    {
        const RawServer server;
        url = server.url();
    }
    const HttpRequest request = post(url, "payment");
    const auto outcome = finished(m_client.send(request, {}));
    QVERIFY(outcome->error);
    QCOMPARE(outcome->kind(), Error::Kind::Network);
    QVERIFY(outcome->error->message().contains(TlsTrust::hostPort(url)));
    QVERIFY(!outcome->error->advice().isEmpty());
    QCOMPARE(outcome->error->method(), QByteArray("POST"));
    QVERIFY(!*request.sent);
}

void TestNetClient::unknownHostSaysSo()
{
    const auto outcome = finished(m_client.send(get(QUrl(QStringLiteral("http://no-such-host.invalid/"))), {}));
    QVERIFY(outcome->error);
    QCOMPARE(outcome->kind(), Error::Kind::Network);
    QVERIFY(outcome->error->message().contains(QStringLiteral("no-such-host.invalid")));
}

void TestNetClient::badRequestsAreRefusedBeforeConnecting_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("scheme");
    const QString http = QStringLiteral("http");
    QTest::newRow("line break in a value") << QByteArray("GET") << QByteArray("X") << QByteArray("a\r\nEvil: 1") << http;
    QTest::newRow("bare line feed") << QByteArray("GET") << QByteArray("X") << QByteArray("a\nb") << http;
    QTest::newRow("NUL") << QByteArray("GET") << QByteArray("X") << QByteArray("a\0b", 3) << http;
    QTest::newRow("space in a name") << QByteArray("GET") << QByteArray("X Y") << QByteArray("a") << http;
    QTest::newRow("empty name") << QByteArray("GET") << QByteArray() << QByteArray("a") << http;
    QTest::newRow("method with a space") << QByteArray("GET /") << QByteArray("X") << QByteArray("a") << http;
    QTest::newRow("foreign scheme") << QByteArray("GET") << QByteArray("X") << QByteArray("a") << QStringLiteral("ftp");
}

void TestNetClient::badRequestsAreRefusedBeforeConnecting()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(QString, scheme);
    const RawServer server;
    HttpRequest request = get(server.url());
    request.url.setScheme(scheme);
    request.method = method;
    request.headers = {{name, value}};
    const auto outcome = finished(m_client.send(request, {}));
    QVERIFY(outcome->error);
    QCOMPARE(outcome->kind(), Error::Kind::InvalidInput);
    QVERIFY2(!outcome->error->describe().contains(QStringLiteral("Evil")), "a value may be a secret");
    QCOMPARE(server.connections, 0);
}

void TestNetClient::cutAnswersAreErrorsAfterTheirBytes_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("chunks without the last") << Chunked + "5\r\nhello\r\n";
    QTest::newRow("inside a chunk") << Chunked + "9\r\nhello";
    QTest::newRow("shorter than its length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello");
}

void TestNetClient::cutAnswersAreErrorsAfterTheirBytes()
{
    QFETCH(QByteArray, answer);
    RawServer server;
    server.onRequest = answering(answer);
    const auto opened = finished(m_client.open(get(server.url()), {}));
    QVERIFY(opened->value);
    QByteArray got;
    auto piece = finished((*opened->value)->read());
    for (; piece->value && !piece->value->isEmpty(); piece = finished((*opened->value)->read()))
        got += *piece->value;
    QCOMPARE(got, QByteArray("hello"));
    QVERIFY2(piece->error, "a cut must not look like an end");
    QCOMPARE(piece->kind(), Error::Kind::Network);
    QVERIFY(piece->error->message().contains(QStringLiteral("cut")));
}

void TestNetClient::nonsenseIsAProtocolError_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("not HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n\r\n");
    QTest::newRow("bad length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n");
    QTest::newRow("two lengths") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab");
    QTest::newRow("bad chunk") << Chunked + "zz\r\n";
    QTest::newRow("unasked upgrade") << QByteArray("HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n");
    QTest::newRow("endless interim answers") << QByteArray("HTTP/1.1 100 Continue\r\n\r\n").repeated(50);
}

void TestNetClient::nonsenseIsAProtocolError()
{
    QFETCH(QByteArray, answer);
    RawServer server;
    server.onRequest = [answer](QSslSocket &socket) { socket.write(answer); };
    const auto outcome = finished(m_client.send(get(server.url()), {}));
    QVERIFY(outcome->error);
    QCOMPARE(outcome->kind(), Error::Kind::Protocol);
    QTRY_COMPARE(server.closed, 1);
}

void TestNetClient::byoc_35_anAnswerOverItsBoundIsTooLargeAndTheConnectionClosed_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<bool>("chunks");
    QTest::newRow("announced") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n") << false;
    QTest::newRow("chunked") << Chunked << true;
    QTest::newRow("until close") << QByteArray("HTTP/1.1 200 OK\r\n\r\n") << false;
}

void TestNetClient::byoc_35_anAnswerOverItsBoundIsTooLargeAndTheConnectionClosed()
{
    QFETCH(QByteArray, head);
    QFETCH(bool, chunks);
    constexpr qint64 Hundred = 100 * 1024 * 1024;
    RawServer server;
    qint64 taken = 0;
    server.onRequest = [&](QSslSocket &socket) {
        socket.write(head);
        const QByteArray megabyte(1024 * 1024, 'x');
        const QByteArray piece = chunks ? "100000\r\n" + megabyte + "\r\n" : megabyte;
        socket.write(piece);
        connect(&socket, &QIODevice::bytesWritten, &server, [&taken, &socket, piece](qint64 bytes) {
            taken += bytes;
            if (socket.bytesToWrite() == 0 && taken < Hundred)
                socket.write(piece);
        });
    };
    HttpRequest request = get(server.url());
    request.maxBodyBytes = 1024 * 1024;
    const auto outcome = finished(m_client.send(request, {}));
    QVERIFY(outcome->error);
    QCOMPARE(outcome->kind(), Error::Kind::TooLarge);
    QVERIFY(outcome->error->message().contains(QStringLiteral("1048576")));
    QTRY_COMPARE(server.closed, 1);
    QVERIFY2(taken < 20 * 1024 * 1024, qPrintable(QString::number(taken)));
}

void TestNetClient::byoc_35_aBodySlowerThanTheDeadlineIsATimeoutAndTheConnectionClosed()
{
    RawServer server;
    server.onRequest = [&](QSslSocket &socket) {
        socket.write(Chunked + "5\r\nhello\r\n");
        auto *drip = new QTimer(&socket);
        connect(drip, &QTimer::timeout, &socket, [&socket] { socket.write("1\r\nx\r\n"); });
        drip->start(10);
    };
    const auto outcome = finished(m_client.send(get(server.url()), CallContext().within(200ms)));
    QVERIFY(outcome->error);
    QCOMPARE(outcome->kind(), Error::Kind::Timeout);
    QTRY_COMPARE(server.closed, 1);
}

void TestNetClient::headersSlowerThanTheDeadlineAreATimeout()
{
    RawServer server;
    const HttpRequest request = get(server.url());
    const auto outcome = finished(m_client.send(request, CallContext().within(100ms)));
    QVERIFY(outcome->error);
    QCOMPARE(outcome->kind(), Error::Kind::Timeout);
    QVERIFY(*request.sent);
    QTRY_COMPARE(server.closed, 1);

    // A stream has no deadline, but its answer may have one (client-sdk.md 2.3, rule 6).
    HttpRequest stream = get(server.url());
    stream.answerTimeout = 100ms;
    const auto silent = finished(m_client.open(stream, {}));
    QCOMPARE(silent->kind(), Error::Kind::Timeout);
    server.onRequest = [](QSslSocket &socket) { socket.write(Chunked); };
    const auto opened = finished(m_client.open(stream, {}));
    QVERIFY(opened->value);
    const auto later = finished((*opened->value)->read(QDeadlineTimer(300ms)));
    QVERIFY(later->error);
    QVERIFY2(later->error->message().contains(QStringLiteral("stopped sending")), "the answer's limit ended with its headers");
}

void TestNetClient::connectTimeoutCoversTheHandshakeAndNothingWasSent()
{
    RawServer server; // speaks no TLS and stays silent
    HttpRequest request = get(server.url());
    request.url.setScheme(QStringLiteral("https"));
    request.connectTimeout = 100ms;
    const auto outcome = finished(m_client.send(request, {}));
    QVERIFY(outcome->error);
    QCOMPARE(outcome->kind(), Error::Kind::Timeout);
    QVERIFY(!*request.sent);
    QTRY_COMPARE(server.closed, 1);
}

void TestNetClient::aReadLimitIsATimeout()
{
    RawServer server;
    server.onRequest = [](QSslSocket &socket) { socket.write(Chunked + "5\r\nhello\r\n"); };
    const auto opened = finished(m_client.open(get(server.url()), {}));
    QVERIFY(opened->value);
    const auto first = finished((*opened->value)->read(QDeadlineTimer(10s)));
    QCOMPARE(first->value.value_or(QByteArray()), QByteArray("hello"));
    const auto second = finished((*opened->value)->read(QDeadlineTimer(50ms)));
    QVERIFY(second->error);
    QCOMPARE(second->kind(), Error::Kind::Timeout);
    QTRY_COMPARE(server.closed, 1);
}

void TestNetClient::byoc_36_cancellingClosesTheConnectionWithin100Milliseconds_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("waiting for headers") << QByteArray();
    QTest::newRow("inside the body") << Chunked + "5\r\nhello\r\n";
}

void TestNetClient::byoc_36_cancellingClosesTheConnectionWithin100Milliseconds()
{
    QFETCH(QByteArray, answer);
    RawServer server;
    server.onRequest = [answer](QSslSocket &socket) { socket.write(answer); };
    CancelSource cancel;
    CallContext context;
    context.cancel = cancel.token();
    const auto outcome = started(m_client.send(get(server.url()), context));
    QTRY_COMPARE(server.requests, 1);
    QVERIFY(!outcome->done);
    QSignalSpy closed(server.sockets.first(), &QAbstractSocket::disconnected);
    QElapsedTimer clock;
    clock.start();
    cancel.cancel();
    QVERIFY(closed.count() > 0 || closed.wait(2000));
    qInfo("the server saw the close after %.2f ms", double(clock.nsecsElapsed()) / 1e6);
    QTRY_VERIFY(outcome->done);
    QCOMPARE(outcome->kind(), Error::Kind::Canceled);
}

void TestNetClient::cancellingFromAnotherThreadWorks()
{
    RawServer server;
    CancelSource cancel;
    CallContext context;
    context.cancel = cancel.token();
    const auto outcome = started(m_client.send(get(server.url()), context));
    QTRY_COMPARE(server.requests, 1);
    std::thread thread([&] { cancel.cancel(); });
    thread.join();
    QTRY_VERIFY(outcome->done);
    QCOMPARE(outcome->kind(), Error::Kind::Canceled);
    QTRY_COMPARE(server.closed, 1);
}

void TestNetClient::alreadyCanceledNeverConnects()
{
    const RawServer server;
    CancelSource cancel;
    cancel.cancel();
    CallContext context;
    context.cancel = cancel.token();
    QCOMPARE(finished(m_client.send(get(server.url()), context))->kind(), Error::Kind::Canceled);
    QCOMPARE(finished(m_client.send(get(server.url()), CallContext().within(0ms)))->kind(), Error::Kind::Timeout);
    QCOMPARE(server.connections, 0);
}

void TestNetClient::streamGivesBytesAsTheyCome()
{
    RawServer server;
    QPointer<QSslSocket> peer;
    server.onRequest = [&](QSslSocket &socket) {
        peer = &socket;
        socket.write(Chunked);
    };
    const auto opened = finished(m_client.open(get(server.url()), {}));
    QVERIFY(opened->value);
    const auto stream = *opened->value;
    QCOMPARE(stream->status(), 200);
    QCOMPARE(headers::value(stream->headers(), "transfer-encoding"), QByteArray("chunked"));
    for (const QByteArray &text : {QByteArray("a"), QByteArray("bc")}) {
        const auto piece = started(stream->read());
        QVERIFY(!piece->done);
        peer->write(QByteArray::number(text.size(), 16) + "\r\n" + text + "\r\n");
        QTRY_VERIFY(piece->done);
        QCOMPARE(piece->value.value_or(QByteArray()), text);
    }
    peer->write("0\r\n\r\n");
    const auto end = finished(stream->read());
    QVERIFY(end->value);
    QVERIFY(end->value->isEmpty());
    QCOMPARE(server.closed, 0); // kept for the next request
    QVERIFY2(finished(stream->read())->value->isEmpty(), "the end stays the end");
}

void TestNetClient::closingAStreamEndsItsPendingRead()
{
    RawServer server;
    server.onRequest = [](QSslSocket &socket) { socket.write(Chunked); };
    const auto opened = finished(m_client.open(get(server.url()), {}));
    QVERIFY(opened->value);
    const auto pending = started((*opened->value)->read());
    (*opened->value)->close();
    (*opened->value)->close();
    QTRY_VERIFY(pending->done);
    QCOMPARE(pending->kind(), Error::Kind::Canceled);
    QTRY_COMPARE(server.closed, 1);
}

void TestNetClient::droppingAStreamClosesTheConnection()
{
    RawServer server;
    server.onRequest = [](QSslSocket &socket) { socket.write(Chunked); };
    const auto opened = finished(m_client.open(get(server.url()), {}));
    QVERIFY(opened->value);
    QCOMPARE(server.closed, 0);
    opened->value.reset();
    QTRY_COMPARE(server.closed, 1);
}

void TestNetClient::destroyingTheClientCancelsItsCalls()
{
    RawServer server;
    auto client = std::make_unique<HttpClient>(m_trust);
    const auto sending = started(client->send(get(server.url()), {}));
    const auto opening = started(client->open(get(server.url()), {}));
    QTRY_COMPARE(server.requests, 2);
    client.reset();
    QTRY_VERIFY(sending->done && opening->done);
    QCOMPARE(sending->kind(), Error::Kind::Canceled);
    QCOMPARE(opening->kind(), Error::Kind::Canceled);
    QTRY_COMPARE(server.closed, 2);
}

void TestNetClient::aStreamNobodyReadsSlowsTheServerDown()
{
    RawServer server;
    qint64 taken = 0;
    QPointer<QSslSocket> peer;
    constexpr qint64 Whole = 64 * 1024 * 1024;
    server.onRequest = [&](QSslSocket &socket) {
        peer = &socket;
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(Whole) + "\r\n\r\n");
        socket.write(QByteArray(Whole, 'x'));
        connect(&socket, &QIODevice::bytesWritten, &server, [&](qint64 bytes) { taken += bytes; });
    };
    const auto opened = finished(m_client.open(get(server.url()), {}));
    QVERIFY(opened->value);
    // The server's progress has stopped when two looks, with the loop idle between them, see the same.
    qint64 before = -1;
    QTRY_VERIFY_WITH_TIMEOUT(std::exchange(before, taken) == taken && taken > 0, 5000);
    QVERIFY2(taken < Whole / 4, qPrintable(QString::number(taken)));
    const auto rest = finished((*opened->value)->readAll(Whole));
    QVERIFY(rest->value);
    QCOMPARE(rest->value->size(), Whole);
}

void TestNetClient::stepsAreTraced()
{
    RawServer server;
    server.onRequest = answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    const CallContext context;
    QVERIFY(finished(m_client.send(get(server.url()), context))->value);
    QStringList names;
    for (const TraceSpan &span : context.trace->spans()) {
        names.append(span.name);
        QVERIFY(span.end);
        QVERIFY(!span.failed);
    }
    QCOMPARE(names, QStringList({QStringLiteral("connect"), QStringLiteral("send"), QStringLiteral("wait"), QStringLiteral("receive")}));

    const CallContext failing = CallContext().within(50ms);
    server.onRequest = nullptr;
    QVERIFY(finished(m_client.send(get(server.url()), failing))->error);
    QVERIFY(failing.trace->spans().constLast().failed);
}

void TestNetClient::manyCallsAtOnce()
{
    RawServer server;
    server.onRequest = answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    QList<std::shared_ptr<Outcome<HttpResponse>>> outcomes;
    for (int i = 0; i < 100; ++i)
        outcomes.append(started(m_client.send(post(server.url(), QByteArray(10000, 'x')), {})));
    for (const auto &outcome : outcomes) {
        QTRY_VERIFY(outcome->done);
        QVERIFY(outcome->value);
    }
    QCOMPARE(server.requests, 100);
}

QTEST_GUILESS_MAIN(TestNetClient)
#include "tst_net_client.moc"
