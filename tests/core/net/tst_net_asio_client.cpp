#include "net_test_support.h"

#include "sluice/net/asio_http_client.h"
#include "sluice/net/http_client.h"
#include "sluice/net/http_server.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <atomic>
#include <future>

using namespace sluice;
using namespace sluice::test;
using namespace std::chrono_literals;
using namespace boost::asio::experimental::awaitable_operators;
namespace asio = boost::asio;

namespace {

/// How a coroutine of the I/O thread ended.
template <typename T> Outcome<T> ran(IoThread &io, std::function<asio::awaitable<T>()> work)
{
    Outcome<T> outcome;
    std::atomic<bool> done = false;
    asio::co_spawn(io.context(), std::move(work), [&](const std::exception_ptr &failure, T value) {
        try {
            if (failure)
                std::rethrow_exception(failure);
            outcome.value = std::move(value);
        } catch (const Error &error) {
            outcome.error = error;
        } catch (...) {
            outcome.error = Error(Error::Kind::Internal, QStringLiteral("not one of ours"));
        }
        done = true;
    });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(done.load(), 20000); }();
    outcome.done = done;
    return outcome;
}

Outcome<AsioHttpResponse> sent(IoThread &io, const AsioHttpRequest &request)
{
    return ran<AsioHttpResponse>(io, [request] { return asioSend(request); });
}

asio::awaitable<QByteArray> lines(AsioHttpRequest request, qsizetype maxBytes)
{
    const auto stream = co_await asioOpen(std::move(request));
    QByteArray all;
    for (;;) {
        const QByteArray line = co_await stream->readLine(maxBytes);
        if (line.isEmpty())
            co_return all;
        all += '<' + line + '>';
    }
}

AsioHttpRequest to(const QUrl &url)
{
    AsioHttpRequest request;
    request.url = url;
    return request;
}

auto answering(const QByteArray &bytes)
{
    return [bytes](QSslSocket &socket) {
        socket.write(bytes);
        socket.disconnectFromHost();
    };
}

} // namespace

class TestNetAsioClient : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void requestIsWrittenAsAsked();
    void httpsIsSpokenWithoutVerification();
    void httpsIsVerifiedWhereAsked_data();
    void httpsIsVerifiedWhereAsked();
    void everyStatusIsAnAnswer();
    void interimAnswersAreSkipped();
    void failuresAreTyped_data();
    void failuresAreTyped();
    void aSilentServerIsATimeout_data();
    void aSilentServerIsATimeout();
    void linesComeOneByOne();
    void aLineOverItsBoundIsTooLarge();
    void anAnswerOverItsBoundIsTooLargeAndTheConnectionClosed();
    void badRequestsAreRefusedBeforeConnecting();
    void ourClientHangingUpClosesTheCallToTheWorker_data();
    void ourClientHangingUpClosesTheCallToTheWorker();
    void stoppingTheServerClosesTheCallToTheWorker();
    void closingAStreamEndsItsPendingRead();
};

void TestNetAsioClient::requestIsWrittenAsAsked()
{
    IoThread io;
    RawServer server;
    server.onRequest = answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Metadata: m\r\n\r\n2\r\nok\r\n0\r\n\r\n");
    AsioHttpRequest request = to(server.url(QStringLiteral("/a%2Fb")));
    request.body = "{}";
    request.headers = {{"Content-Type", "application/json"}, {"Authorization", "Bearer t"}, {"Content-Length", "9"}};
    const auto outcome = sent(io, request);
    QVERIFY2(outcome.value, qPrintable(outcome.error ? outcome.error->describe() : QString()));
    QCOMPARE(outcome.value->body, QByteArray("ok"));
    QCOMPARE(headers::value(outcome.value->headers, "x-metadata"), QByteArray("m"));
    QCOMPARE(server.received, "POST /a%2Fb HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(server.serverPort())
            + "\r\nConnection: close\r\nContent-Length: 2\r\nContent-Type: application/json\r\nAuthorization: Bearer t\r\n\r\n{}");
}

void TestNetAsioClient::httpsIsSpokenWithoutVerification()
{
    IoThread io;
    RawServer server(orThrow(makeSelfSigned(QStringLiteral("other.example"))));
    server.onRequest = answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    const auto outcome = sent(io, to(server.url()));
    QVERIFY2(outcome.value, qPrintable(outcome.error ? outcome.error->describe() : QString()));
    QCOMPARE(outcome.value->body, QByteArray("ok"));
}

void TestNetAsioClient::httpsIsVerifiedWhereAsked_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<std::optional<Error::Kind>>("kind");
    QTest::newRow("expected key") << QStringLiteral("expected") << std::optional<Error::Kind>();
    QTest::newRow("another key") << QStringLiteral("another") << std::optional(Error::Kind::TlsChanged);
    QTest::newRow("system") << QStringLiteral("system") << std::optional(Error::Kind::Network);
    QTest::newRow("null") << QStringLiteral("null") << std::optional(Error::Kind::Network);
}

void TestNetAsioClient::httpsIsVerifiedWhereAsked()
{
    QFETCH(QString, how);
    QFETCH(std::optional<Error::Kind>, kind);
    IoThread io;
    const TlsIdentity identity = orThrow(makeSelfSigned(QStringLiteral("127.0.0.1")));
    RawServer server(identity);
    server.onRequest = answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    AsioHttpRequest request = to(server.url());
    request.tls = nullptr;
    if (how == QLatin1String("system"))
        request.tls = AsioTls::systemCas();
    else if (how != QLatin1String("null"))
        request.tls = AsioTls::expecting(how == QLatin1String("expected") ? orThrow(publicKeyFingerprint(identity.certificatePem)) : QStringLiteral("00"));
    const auto outcome = sent(io, request);
    QCOMPARE(outcome.error ? std::optional(outcome.error->kind()) : std::nullopt, kind);
    QCOMPARE(server.received.isEmpty(), kind.has_value());
}

void TestNetAsioClient::everyStatusIsAnAnswer()
{
    IoThread io;
    RawServer server;
    for (const int status : {200, 201, 204, 302, 401, 404, 500}) {
        server.onRequest = answering("HTTP/1.1 " + QByteArray::number(status) + " X\r\nContent-Length: 0\r\n\r\n");
        const auto outcome = sent(io, to(server.url()));
        QVERIFY(outcome.value);
        QCOMPARE(outcome.value->status, status);
    }
}

void TestNetAsioClient::interimAnswersAreSkipped()
{
    IoThread io;
    RawServer server;
    server.onRequest = answering("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    const auto outcome = sent(io, to(server.url()));
    QVERIFY2(outcome.value, qPrintable(outcome.error ? outcome.error->describe() : QString()));
    QCOMPARE(outcome.value->status, 200);
    QCOMPARE(outcome.value->body, QByteArray("ok"));
    QVERIFY(!headers::contains(outcome.value->headers, "Link"));
}

void TestNetAsioClient::failuresAreTyped_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("no answer") << QByteArray() << Error::Kind::Network;
    QTest::newRow("half a head") << QByteArray("HTTP/1.1 200 OK\r\nContent-") << Error::Kind::Network;
    QTest::newRow("cut length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello") << Error::Kind::Network;
    QTest::newRow("cut chunks") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n") << Error::Kind::Network;
    QTest::newRow("no HTTP") << QByteArray("+OK POP3 ready\r\n\r\n") << Error::Kind::Protocol;
    QTest::newRow("another protocol") << QByteArray("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n") << Error::Kind::Protocol;
    QTest::newRow("endless head") << QByteArray("HTTP/1.1 200 OK\r\nX: " + QByteArray(300 * 1024, 'x')) << Error::Kind::TooLarge;
}

void TestNetAsioClient::failuresAreTyped()
{
    QFETCH(QByteArray, answer);
    IoThread io;
    RawServer server;
    server.onRequest = answering(answer);
    const auto outcome = sent(io, to(server.url()));
    QVERIFY(outcome.error);
    QTEST(outcome.error->kind(), "kind");
    QVERIFY(outcome.error->message().contains(QString::number(server.serverPort())));
    const QUrl gone = server.url();
    server.close();
    const auto refused = sent(io, to(gone));
    QVERIFY(refused.error);
    QCOMPARE(refused.error->kind(), Error::Kind::Network);
}

void TestNetAsioClient::aSilentServerIsATimeout_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("tls");
    QTest::newRow("no headers") << QByteArray() << false;
    QTest::newRow("no end") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello") << false;
    QTest::newRow("no handshake") << QByteArray() << true;
}

void TestNetAsioClient::aSilentServerIsATimeout()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, tls);
    IoThread io;
    RawServer server;
    server.onRequest = [answer](QSslSocket &socket) { socket.write(answer); };
    AsioHttpRequest request = to(server.url());
    if (tls)
        request.url.setScheme(QStringLiteral("https"));
    request.connectTimeout = tls ? 100ms : 10s;
    request.headerTimeout = answer.isEmpty() && !tls ? 100ms : 10s;
    request.totalTimeout = answer.isEmpty() ? 10s : 100ms;
    const auto outcome = sent(io, request);
    QVERIFY(outcome.error);
    QCOMPARE(outcome.error->kind(), Error::Kind::Timeout);
    QTRY_COMPARE(server.closed, 1);
}

void TestNetAsioClient::linesComeOneByOne()
{
    IoThread io;
    RawServer server;
    server.onRequest = answering("HTTP/1.1 200 OK\r\n\r\ndata: a\r\n\r\n\ndata: b");
    const auto outcome = ran<QByteArray>(io, [&] { return lines(to(server.url()), 100); });
    QCOMPARE(outcome.value.value_or(QByteArray()), QByteArray("<data: a\r\n><\r\n><\n><data: b>"));
}

void TestNetAsioClient::aLineOverItsBoundIsTooLarge()
{
    IoThread io;
    RawServer server;
    server.onRequest = [](QSslSocket &socket) { socket.write("HTTP/1.1 200 OK\r\n\r\nshort\n" + QByteArray(1000, 'x')); };
    const auto outcome = ran<QByteArray>(io, [&] { return lines(to(server.url()), 100); });
    QVERIFY(outcome.error);
    QCOMPARE(outcome.error->kind(), Error::Kind::TooLarge);
    QTRY_COMPARE(server.closed, 1);
}

void TestNetAsioClient::anAnswerOverItsBoundIsTooLargeAndTheConnectionClosed()
{
    IoThread io;
    RawServer server;
    server.onRequest = [](QSslSocket &socket) { socket.write("HTTP/1.1 200 OK\r\n\r\n" + QByteArray(200'000, 'x')); };
    AsioHttpRequest request = to(server.url());
    request.maxBodyBytes = 100'000;
    const auto outcome = sent(io, request);
    QVERIFY(outcome.error);
    QCOMPARE(outcome.error->kind(), Error::Kind::TooLarge);
    QTRY_COMPARE(server.closed, 1);
}

void TestNetAsioClient::badRequestsAreRefusedBeforeConnecting()
{
    IoThread io;
    const RawServer server;
    AsioHttpRequest request = to(server.url());
    request.headers = {{"X", "a\r\nEvil: 1"}};
    QCOMPARE(sent(io, request).kind(), Error::Kind::InvalidInput);
    request = to(server.url());
    request.method = "GET / HTTP/1.1\r\nEvil: 1\r\n\r\nGET";
    QCOMPARE(sent(io, request).kind(), Error::Kind::InvalidInput);
    QCOMPARE(sent(io, to(QUrl(QStringLiteral("ftp://127.0.0.1/")))).kind(), Error::Kind::InvalidInput);
    QCOMPARE(server.connections, 0);
}

void TestNetAsioClient::ourClientHangingUpClosesTheCallToTheWorker_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("before headers") << QByteArray();
    QTest::newRow("inside the body") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n");
}

void TestNetAsioClient::ourClientHangingUpClosesTheCallToTheWorker()
{
    QFETCH(QByteArray, answer);
    IoThread io;
    RawServer worker;
    worker.onRequest = [answer](QSslSocket &socket) { socket.write(answer); };
    std::atomic<bool> ended = false;
    HttpServer server(io, {}, [&](ServerRequest, ServerResponse &response) -> asio::awaitable<void> {
        co_await (asioSend(to(worker.url())) || response.closed());
        ended = true;
    });
    orThrow(server.listen());
    MemoryPinStore pins;
    TlsTrust trust(pins);
    HttpClient client(trust);
    CancelSource cancel;
    CallContext context;
    context.cancel = cancel.token();
    HttpRequest request;
    request.url = QUrl(server.origin());
    const auto outcome = started(client.send(request, context));
    QTRY_COMPARE(worker.requests, 1);
    QVERIFY(!ended);
    QCOMPARE(worker.closed, 0);
    cancel.cancel();
    QTRY_COMPARE(worker.closed, 1);
    QTRY_VERIFY(ended.load());
    QTRY_VERIFY(outcome->done);
}

void TestNetAsioClient::stoppingTheServerClosesTheCallToTheWorker()
{
    IoThread io;
    RawServer worker;
    HttpServer server(io, {}, [&](ServerRequest, ServerResponse &response) -> asio::awaitable<void> {
        const AsioHttpResponse answer = co_await asioSend(to(worker.url()));
        co_await response.send(answer.status, answer.headers, answer.body);
    });
    orThrow(server.listen());
    MemoryPinStore pins;
    TlsTrust trust(pins);
    HttpClient client(trust);
    HttpRequest request;
    request.url = QUrl(server.origin());
    const auto outcome = started(client.send(request, {}));
    QTRY_COMPARE(worker.requests, 1);
    server.stop();
    QTRY_COMPARE(worker.closed, 1);
    QTRY_COMPARE(outcome->kind(), Error::Kind::Network);
}

void TestNetAsioClient::closingAStreamEndsItsPendingRead()
{
    IoThread io;
    RawServer server;
    server.onRequest = [](QSslSocket &socket) { socket.write("HTTP/1.1 200 OK\r\n\r\n"); };
    const auto outcome = ran<QByteArray>(io, [&]() -> asio::awaitable<QByteArray> {
        const auto stream = co_await asioOpen(to(server.url()));
        asio::steady_timer soon(co_await asio::this_coro::executor, 10ms);
        soon.async_wait([stream](const auto &) { stream->close(); });
        co_return co_await stream->read();
    });
    QVERIFY(outcome.error);
    QCOMPARE(outcome.error->kind(), Error::Kind::Canceled);
    QTRY_COMPARE(server.closed, 1);
}

QTEST_GUILESS_MAIN(TestNetAsioClient)
#include "tst_net_asio_client.moc"
