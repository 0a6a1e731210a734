#include "net_test_support.h"

#include "sluice/net/asio_exchange.h"
#include "sluice/net/asio_wait.h"
#include "sluice/net/http_server.h"

#include <QtNetwork/QTcpSocket>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <atomic>
#include <mutex>

using namespace sluice;
using namespace sluice::test;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {

/// Streams what is posted to /stream; writes down what came of it.
class Streaming {
public:
    HttpServerOptions options()
    {
        HttpServerOptions result;
        result.maxBodyBytes = 1000;
        result.streamsBody = [](const ServerRequest &head) { return head.path == "/stream"; };
        return result;
    }
    asio::awaitable<void> handle(ServerRequest request, ServerResponse &response)
    {
        if (request.path != "/stream") {
            co_await response.sendText(200, request.body);
            co_return;
        }
        Alarm alarm(co_await boost::asio::this_coro::executor);
        if (interruptAfter.count() > 0)
            alarm.arm(interruptAfter, [&response] { response.interruptRead(); });
        for (;;) {
            const BodyPiece piece = co_await response.readSome();
            note(piece);
            if (piece.state == BodyPiece::State::Interrupted && answerEarly)
                break;
            if (piece.state == BodyPiece::State::Interrupted)
                co_await response.sendContinue();
            if (piece.state == BodyPiece::State::Failed || piece.state == BodyPiece::State::End)
                break;
        }
        co_await response.sendText(answerEarly ? 470 : 200, "done");
    }
    QByteArray log() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_log;
    }
    qsizetype bytes() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_bytes;
    }

    std::chrono::milliseconds interruptAfter{0};
    std::atomic<bool> answerEarly = false;

private:
    void note(const BodyPiece &piece)
    {
        const std::scoped_lock lock(m_mutex);
        m_bytes += piece.bytes.size();
        switch (piece.state) {
        case BodyPiece::State::Bytes: m_log += piece.bytes.left(100); break;
        case BodyPiece::State::End: m_log += '.'; break;
        case BodyPiece::State::Failed: m_log += '!'; break;
        case BodyPiece::State::Interrupted: m_log += '~'; break;
        }
    }
    mutable std::mutex m_mutex;
    QByteArray m_log;
    qsizetype m_bytes = 0;
};

struct Served {
    Served()
        : server(io, streaming.options(), [this](ServerRequest request, ServerResponse &response) { return streaming.handle(std::move(request), response); })
        , port(orThrow(server.listen()))
    {
    }
    ~Served() { server.stop(); }
    IoThread io;
    Streaming streaming;
    HttpServer server;
    quint16 port;
};

class Client : public QTcpSocket {
public:
    explicit Client(quint16 port)
    {
        connect(this, &QIODevice::readyRead, this, [this] { received += readAll(); });
        connect(this, &QAbstractSocket::disconnected, this, [this] { closed = true; });
        connectToHost(QHostAddress::LocalHost, port);
        [this] { QTRY_COMPARE(state(), QAbstractSocket::ConnectedState); }();
    }
    ~Client() override { disconnect(this); }
    QByteArray received;
    bool closed = false;
};

constexpr char ChunkedHead[] = "POST /stream HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";

/// Runs `work` on the I/O thread; the kind of the error it threw, or nothing.
std::optional<Error::Kind> outcomeOf(IoThread &io, std::function<asio::awaitable<void>()> work)
{
    std::atomic<bool> done = false;
    std::optional<Error::Kind> kind;
    asio::co_spawn(io.context(), std::move(work), [&](const std::exception_ptr &failure) {
        try {
            if (failure)
                std::rethrow_exception(failure);
        } catch (const Error &error) {
            kind = error.kind();
        }
        done = true;
    });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(done.load(), 20000); }();
    return kind;
}

} // namespace

class TestNetStreaming : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void piecesArriveAsTheyAreSent();
    void sizesAreUnboundedOnlyWhereStreamed();
    void requestsMayFollowOnTheConnection();
    void whatCameBeforeAFailureIsGivenFirst_data();
    void whatCameBeforeAFailureIsGivenFirst();
    void anInterruptLosesNoByte();
    void anEarlyAnswerClosesTheConnection();
    void aHandlerThatDoesNotReadSlowsTheClient();

    void anExchangeSendsWhileItProducesAndSkipsInterims();
    void anExchangeIsUsedAgain();
    void anExchangeGivesUpAChunkThatIsNotTaken();
    void anExchangeJudgesTheServerBeforeItSends_data();
    void anExchangeJudgesTheServerBeforeItSends();
    void aServerMetOverHttpsIsNotUsedInClearText_data();
    void aServerMetOverHttpsIsNotUsedInClearText();
    void aTrustThatNeverAnswersIsLeft();
};

void TestNetStreaming::piecesArriveAsTheyAreSent()
{
    Served served;
    Client client(served.port);
    client.write(ChunkedHead);
    client.write("3\r\nabc\r\n");
    QTRY_COMPARE(served.streaming.log(), QByteArray("abc"));
    client.write("2\r\nde\r\n");
    QTRY_COMPARE(served.streaming.log(), QByteArray("abcde"));
    client.write("0\r\n\r\n");
    QTRY_VERIFY(client.received.endsWith("done\n"));
    QCOMPARE(served.streaming.log(), QByteArray("abcde."));
    QVERIFY(client.received.contains("keep-alive"));

    client.received.clear();
    client.write("POST /stream HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nfg");
    QTRY_VERIFY(served.streaming.log().endsWith("fg"));
    client.write("hi");
    QTRY_VERIFY(client.received.endsWith("done\n"));
}

void TestNetStreaming::sizesAreUnboundedOnlyWhereStreamed()
{
    Served served;
    const qsizetype size = 3 * 1024 * 1024;
    Client client(served.port);
    client.write("POST /stream HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + QByteArray::number(size) + "\r\n\r\n" + QByteArray(size, 'x'));
    QTRY_VERIFY(client.received.endsWith("done\n"));
    QCOMPARE(served.streaming.bytes(), size);
    Client other(served.port);
    other.write("POST /other HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1001\r\n\r\n");
    QTRY_VERIFY(other.received.startsWith("HTTP/1.1 413 "));
}

void TestNetStreaming::requestsMayFollowOnTheConnection()
{
    Served served;
    Client client(served.port);
    client.write(QByteArray(ChunkedHead) + "1\r\na\r\n0\r\n\r\nPOST /other HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nplain" + ChunkedHead
        + "1\r\nb\r\n0\r\n\r\n");
    QTRY_COMPARE(client.received.count("HTTP/1.1 200"), 3);
    QVERIFY(client.received.contains("plain\n"));
    QCOMPARE(served.streaming.log(), QByteArray("a.b."));
}

void TestNetStreaming::whatCameBeforeAFailureIsGivenFirst_data()
{
    QTest::addColumn<QByteArray>("rest");
    QTest::newRow("bad chunk") << QByteArray("zz\r\n");
    QTest::newRow("gone") << QByteArray();
}

void TestNetStreaming::whatCameBeforeAFailureIsGivenFirst()
{
    QFETCH(QByteArray, rest);
    Served served;
    Client client(served.port);
    client.write(QByteArray(ChunkedHead) + "3\r\nabc\r\n" + rest);
    client.flush();
    if (rest.isEmpty())
        client.disconnectFromHost();
    QTRY_COMPARE(served.streaming.log(), QByteArray("abc!"));
    if (!rest.isEmpty())
        QTRY_VERIFY(client.received.contains("Connection: close"));
}

void TestNetStreaming::anInterruptLosesNoByte()
{
    Served served;
    served.streaming.interruptAfter = 50ms;
    Client client(served.port);
    client.write(ChunkedHead);
    client.write("3\r\nabc\r\n");
    QTRY_COMPARE(client.received, QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
    client.write("3\r\ndef\r\n0\r\n\r\n");
    QTRY_VERIFY(client.received.endsWith("done\n"));
    QCOMPARE(served.streaming.log(), QByteArray("abc~def."));
}

void TestNetStreaming::anEarlyAnswerClosesTheConnection()
{
    Served served;
    served.streaming.interruptAfter = 1ms;
    served.streaming.answerEarly = true;
    Client client(served.port);
    client.write(ChunkedHead);
    QTRY_VERIFY(client.received.endsWith("done\n"));
    QVERIFY(client.received.startsWith("HTTP/1.1 470 status code 470\r\n"));
    QVERIFY(client.received.contains("Connection: close"));
    QTRY_VERIFY(client.closed);
}

void TestNetStreaming::aHandlerThatDoesNotReadSlowsTheClient()
{
    IoThread io;
    std::atomic<bool> waiting = false;
    HttpServerOptions options;
    options.streamsBody = [](const ServerRequest &) { return true; };
    HttpServer server(io, options, [&](ServerRequest, ServerResponse &response) -> asio::awaitable<void> {
        waiting = true;
        co_await response.closed();
    });
    Client client(orThrow(server.listen()));
    client.write(QByteArray(ChunkedHead) + "4000000\r\n" + QByteArray(64 * 1024 * 1024, 'x'));
    QTRY_VERIFY(waiting.load());
    qint64 left = -1;
    QTRY_VERIFY(std::exchange(left, client.bytesToWrite()) == client.bytesToWrite());
    QVERIFY(client.bytesToWrite() > 16 * 1024 * 1024);
    client.abort();
}

void TestNetStreaming::anExchangeSendsWhileItProducesAndSkipsInterims()
{
    RawServer peer;
    IoThread io;
    std::atomic<int> interims = -1;
    std::atomic<bool> headRead = false;
    peer.onRequest = [](QSslSocket &socket) {
        for (int i = 0; i < 500; ++i)
            socket.write("HTTP/1.1 100 Continue\r\n\r\n");
    };
    AsioExchange exchange(io.context().get_executor(), peer.url(), nullptr);
    QByteArray answer;
    asio::co_spawn(io.context(), [&]() -> asio::awaitable<void> {
        const QUrl url = peer.url(QStringLiteral("/up"));
        const Headers none;
        co_await exchange.connect(5s);
        co_await exchange.begin("POST", url, none, AsioExchange::Body::Chunked);
        co_await exchange.writeChunk("one", 5s);
        co_await exchange.receiveHead();
        interims = exchange.interims();
        answer = co_await exchange.read();
        headRead = true;
    }, asio::detached);
    QTRY_VERIFY(peer.received.endsWith("3\r\none\r\n"));
    QVERIFY(peer.received.startsWith("POST /up HTTP/1.1\r\n"));
    QVERIFY(!headRead);
    peer.sockets.constFirst()->write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone");
    QTRY_VERIFY(headRead.load());
    QCOMPARE(interims.load(), 500);
    QCOMPARE(answer, QByteArray("done"));
    QVERIFY(!exchange.isReusable()); // its body was not ended
}

void TestNetStreaming::anExchangeIsUsedAgain()
{
    Served served;
    const QUrl url(QStringLiteral("http://127.0.0.1:%1/stream").arg(served.port));
    IoThread io;
    AsioExchange exchange(io.context().get_executor(), url, nullptr);
    const auto failure = outcomeOf(io, [&]() -> asio::awaitable<void> {
        const Headers none;
        co_await exchange.connect(5s);
        for (int i = 0; i < 3; ++i) {
            co_await exchange.begin("POST", url, none, AsioExchange::Body::Chunked);
            co_await exchange.writeChunk("x", 5s);
            co_await exchange.endBody(5s);
            co_await exchange.receiveHead();
            QByteArray bytes("x");
            while (!bytes.isEmpty())
                bytes = co_await exchange.read();
            if (!exchange.isReusable())
                throw Error(Error::Kind::Internal, QStringLiteral("not reusable"));
        }
    });
    QVERIFY(!failure);
    QCOMPARE(served.streaming.log(), QByteArray("x.x.x."));
}

void TestNetStreaming::anExchangeGivesUpAChunkThatIsNotTaken()
{
    QTcpServer deaf; // accepts by the kernel's hand only
    deaf.listen(QHostAddress::LocalHost);
    deaf.pauseAccepting();
    const QUrl url(QStringLiteral("http://127.0.0.1:%1/").arg(deaf.serverPort()));
    IoThread io;
    AsioExchange exchange(io.context().get_executor(), url, nullptr);
    const auto failure = outcomeOf(io, [&]() -> asio::awaitable<void> {
        const Headers none;
        const QByteArray large(64 * 1024 * 1024, 'x');
        co_await exchange.connect(5s);
        co_await exchange.begin("POST", url, none, AsioExchange::Body::Chunked);
        co_await exchange.writeChunk(large, 100ms);
    });
    QCOMPARE(failure, Error::Kind::Timeout);
    QVERIFY(exchange.isClosed());
}

void TestNetStreaming::anExchangeJudgesTheServerBeforeItSends_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("unverified") << QStringLiteral("unverified") << true;
    QTest::newRow("expected key") << QStringLiteral("expected") << true;
    QTest::newRow("another key") << QStringLiteral("another") << false;
    QTest::newRow("system") << QStringLiteral("system") << false;
    QTest::newRow("nothing said") << QStringLiteral("null") << false;
}

void TestNetStreaming::anExchangeJudgesTheServerBeforeItSends()
{
    QFETCH(QString, how);
    QFETCH(bool, accepted);
    const TlsIdentity identity = orThrow(makeSelfSigned(QStringLiteral("127.0.0.1")));
    RawServer peer(identity);
    peer.onRequest = [](QSslSocket &socket) { socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"); };
    std::shared_ptr<AsioTls> tls;
    if (how == QLatin1String("unverified"))
        tls = AsioTls::unverified();
    else if (how == QLatin1String("system"))
        tls = AsioTls::systemCas();
    else if (how != QLatin1String("null"))
        tls = AsioTls::expecting(how == QLatin1String("expected") ? orThrow(publicKeyFingerprint(identity.certificatePem)) : QStringLiteral("00"));
    IoThread io;
    AsioExchange exchange(io.context().get_executor(), peer.url(), tls);
    const auto failure = outcomeOf(io, [&]() -> asio::awaitable<void> {
        const QUrl url = peer.url();
        const Headers none;
        co_await exchange.connect(5s);
        co_await exchange.begin("GET", url, none, AsioExchange::Body::None);
        co_await exchange.receiveHead();
    });
    QCOMPARE(!failure, accepted);
    QCOMPARE(peer.received.isEmpty(), !accepted);
    if (how == QLatin1String("another"))
        QCOMPARE(failure, Error::Kind::TlsChanged);
}

void TestNetStreaming::aServerMetOverHttpsIsNotUsedInClearText_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("pinned");
    QTest::addColumn<bool>("used");
    const auto row = [](const char *how, const char *pinned, bool used) {
        QTest::newRow(qPrintable(QStringLiteral("%1, %2 known").arg(QLatin1String(how), QLatin1String(pinned))))
            << QString::fromLatin1(how) << QString::fromLatin1(pinned) << used;
    };
    row("trusting", "its key", false);
    row("trusting", "the authorities", false);
    row("trusting", "another port", true);
    row("trusting", "nobody", true);
    row("expected", "its key", false);
    row("unverified", "its key", true); // who looks at no key at all, as at a worker on this machine
}

void TestNetStreaming::aServerMetOverHttpsIsNotUsedInClearText()
{
    QFETCH(QString, how);
    QFETCH(QString, pinned);
    QFETCH(bool, used);
    RawServer peer;
    peer.onRequest = [](QSslSocket &socket) { socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"); };
    const QString key(64, QLatin1Char('a'));
    MemoryPinStore pins;
    if (pinned == QLatin1String("its key"))
        pins.save(TlsTrust::hostPort(peer.url()), key);
    else if (pinned == QLatin1String("the authorities"))
        pins.save(TlsTrust::hostPort(peer.url()), TlsTrust::VerifiedBySystem);
    else if (pinned == QLatin1String("another port"))
        pins.save(QStringLiteral("127.0.0.1:1"), key);
    TlsTrust trust(pins);
    const auto tls = how == QLatin1String("trusting") ? AsioTls::trusting(trust, TrustPolicy::PinOnFirstUse)
        : how == QLatin1String("expected")            ? AsioTls::expecting(key)
                                                      : AsioTls::unverified();
    IoThread io;
    AsioExchange exchange(io.context().get_executor(), peer.url(), tls);
    const auto failure = outcomeOf(io, [&]() -> asio::awaitable<void> {
        const QUrl url = peer.url();
        const Headers none;
        co_await exchange.connect(20s);
        co_await exchange.begin("GET", url, none, AsioExchange::Body::None);
        co_await exchange.receiveHead();
    });
    QCOMPARE(failure, used ? std::nullopt : std::optional(Error::Kind::InvalidInput));
    QCOMPARE(!peer.received.isEmpty(), used);
}

void TestNetStreaming::aTrustThatNeverAnswersIsLeft()
{
    RawServer peer(orThrow(makeSelfSigned(QStringLiteral("127.0.0.1"))));
    MemoryPinStore pins;
    auto trust = std::make_unique<TlsTrust>(pins);
    QThread silent; // never started: nobody reads what is asked
    trust->moveToThread(&silent);
    auto tls = AsioTls::trusting(*trust, TrustPolicy::PinOnFirstUse);
    {
        IoThread io;
        AsioExchange exchange(io.context().get_executor(), peer.url(), tls);
        const auto failure = outcomeOf(io, [&]() -> asio::awaitable<void> { co_await exchange.connect(300ms); });
        // The question is still open when the coroutine is gone: it stays until its thread or the trust is.
        QVERIFY(!failure || failure == Error::Kind::Timeout);
    }
    trust.reset();
    QVERIFY(peer.received.isEmpty());
}

QTEST_GUILESS_MAIN(TestNetStreaming)
#include "tst_net_streaming.moc"
