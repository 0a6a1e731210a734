#include "sluice/net/asio_wait.h"
#include "sluice/net/byte_stream_p.h"
#include "sluice/net/io_thread.h"
#include "sluice/net/self_signed.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/write.hpp>

#include <QtTest/QTest>

#include <atomic>
#include <future>

using namespace sluice;
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

/// Bytes that show where they belong.
QByteArray pattern(qsizetype size, int seed)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char((i * 31 + i / 251 + seed) & 0xff);
    return bytes;
}

/// Two ends of one connection on one thread.
class Pair final {
public:
    explicit Pair(bool tls)
    {
        tcp::acceptor acceptor(io.context(), tcp::endpoint(asio::ip::address_v4::loopback(), 0));
        tcp::socket near(io.context());
        near.connect(acceptor.local_endpoint());
        tcp::socket far = acceptor.accept();
        if (!tls) {
            client = ByteStream::plain(std::move(near));
            server = ByteStream::plain(std::move(far));
            return;
        }
        const TlsIdentity identity = orThrow(makeSelfSigned(QStringLiteral("127.0.0.1")));
        const QByteArrayView key = identity.keyPem.expose();
        auto own = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
        own->use_certificate_chain(asio::buffer(identity.certificatePem.constData(), std::size_t(identity.certificatePem.size())));
        own->use_private_key(asio::buffer(key.data(), std::size_t(key.size())), asio::ssl::context::pem);
        client = ByteStream::tls(std::move(near), std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client), ByteStream::Role::Client);
        server = ByteStream::tls(std::move(far), own, ByteStream::Role::Server);
    }

    /// Starts it on the I/O thread; the future ends with it.
    [[nodiscard]] std::future<void> run(std::function<asio::awaitable<void>()> work)
    {
        auto done = std::make_shared<std::promise<void>>();
        asio::co_spawn(io.context(), std::move(work), [done](const std::exception_ptr &) { done->set_value(); });
        return done->get_future();
    }
    void shakeHands()
    {
        auto near = run([this]() -> asio::awaitable<void> { clientError = co_await client->handshake(); });
        auto far = run([this]() -> asio::awaitable<void> { serverError = co_await server->handshake(); });
        near.wait();
        far.wait();
    }
    asio::awaitable<void> send(ByteStream &stream, QByteArray bytes)
    {
        const auto error = co_await stream.write(asio::buffer(bytes.constData(), std::size_t(bytes.size())));
        failed = failed || error;
    }
    /// Reads until so much is there, or the end.
    asio::awaitable<void> receive(ByteStream &stream, qsizetype size, QByteArray *into)
    {
        QByteArray piece(64 * 1024, Qt::Uninitialized);
        while (into->size() < size) {
            const auto [error, count] = co_await stream.readSome(asio::buffer(piece.data(), std::size_t(piece.size())));
            into->append(piece.constData(), qsizetype(count));
            ++reads;
            ended = error;
            if (error)
                co_return;
        }
    }

    IoThread io;
    std::unique_ptr<ByteStream> client;
    std::unique_ptr<ByteStream> server;
    ByteStream::ErrorCode clientError;
    ByteStream::ErrorCode serverError;
    ByteStream::ErrorCode ended;
    std::atomic<bool> failed = false;
    int reads = 0;
};

} // namespace

/// What connections are made of, with and without TLS.
class TestNetByteStream : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bothDirectionsFlowAtOnce_data() { kinds(); }
    void bothDirectionsFlowAtOnce();
    void whatHasArrivedIsReadTogether_data() { kinds(); }
    void whatHasArrivedIsReadTogether();
    void whatIsWrittenAtOnceArrivesBeforeTheRest_data() { kinds(); }
    void whatIsWrittenAtOnceArrivesBeforeTheRest();
    void writingAtOnceLeavesOthersTheirTurn();
    void aGoodEndIsToldFromACutOne();
    void aPeerThatDoesNotSpeakTlsIsAnError();
    void pagesArriveBetweenWhatFramesThem();
    void pagesToAPeerThatIsGoneAreAnError();
    void pagesAreNotSentOverTls();

private:
    static void kinds()
    {
        QTest::addColumn<bool>("tls");
        QTest::newRow("plain") << false;
        QTest::newRow("TLS") << true;
    }
};

void TestNetByteStream::bothDirectionsFlowAtOnce()
{
    QFETCH(bool, tls);
    Pair pair(tls);
    pair.shakeHands();
    QVERIFY(!pair.clientError && !pair.serverError);
    // More than the kernel holds: neither writer gets on unless its peer reads while it writes itself.
    constexpr qsizetype size = 24 * 1024 * 1024;
    const QByteArray up = pattern(size, 1);
    const QByteArray down = pattern(size, 2);
    QByteArray upRead;
    QByteArray downRead;
    std::vector<std::future<void>> work;
    work.push_back(pair.run([&] { return pair.send(*pair.client, up); }));
    work.push_back(pair.run([&] { return pair.send(*pair.server, down); }));
    work.push_back(pair.run([&] { return pair.receive(*pair.server, size, &upRead); }));
    work.push_back(pair.run([&] { return pair.receive(*pair.client, size, &downRead); }));
    for (std::future<void> &one : work) {
        const bool done = one.wait_for(std::chrono::seconds(30)) == std::future_status::ready;
        if (!done)
            pair.io.stop();
        QVERIFY(done);
    }
    QVERIFY(!pair.failed);
    QVERIFY(upRead == up);
    QVERIFY(downRead == down);
}

void TestNetByteStream::whatHasArrivedIsReadTogether()
{
    QFETCH(bool, tls);
    Pair pair(tls);
    pair.shakeHands();
    const QByteArray bytes = pattern(32 * 1024 + 10, 3);
    pair.run([&] { return pair.send(*pair.client, bytes); }).wait();
    QByteArray read;
    pair.run([&] { return pair.receive(*pair.server, bytes.size(), &read); }).wait();
    QVERIFY(read == bytes);
    QCOMPARE(pair.reads, 1); // and not once for each TLS record
}

void TestNetByteStream::whatIsWrittenAtOnceArrivesBeforeTheRest()
{
    QFETCH(bool, tls);
    Pair pair(tls);
    pair.shakeHands();
    // More than the kernel holds, while nobody reads.
    const QByteArray bytes = pattern(24 * 1024 * 1024, 4);
    qsizetype taken = 0;
    pair.run([&]() -> asio::awaitable<void> {
        taken = qsizetype(pair.client->writeNow(asio::buffer(bytes.constData(), std::size_t(bytes.size()))));
        co_return;
    }).wait();
    QCOMPARE(taken > 0, !tls);
    QVERIFY(taken < bytes.size());
    QByteArray read;
    auto rest = pair.run([&] { return pair.send(*pair.client, bytes.mid(taken)); });
    auto reading = pair.run([&] { return pair.receive(*pair.server, bytes.size(), &read); });
    rest.wait();
    reading.wait();
    QVERIFY(!pair.failed);
    QVERIFY(read == bytes);
}

void TestNetByteStream::writingAtOnceLeavesOthersTheirTurn()
{
    Pair pair(false);
    int refused = 0;
    pair.run([&]() -> asio::awaitable<void> {
        for (int i = 0; i < 64; ++i) {
            if (pair.client->writeNow(asio::buffer("x", 1)) == 1)
                continue;
            ++refused;
            co_await pair.send(*pair.client, "x"); // through the event loop
        }
    }).wait();
    QCOMPARE(refused, 4);
    QByteArray read;
    pair.run([&] { return pair.receive(*pair.server, 64, &read); }).wait();
    QCOMPARE(read, QByteArray(64, 'x'));
}

void TestNetByteStream::aGoodEndIsToldFromACutOne()
{
    for (const bool good : {true, false}) {
        Pair pair(true);
        pair.shakeHands();
        QByteArray read;
        auto reading = pair.run([&] { return pair.receive(*pair.server, 100, &read); });
        auto ending = pair.run([&]() -> asio::awaitable<void> {
            co_await pair.send(*pair.client, "last words");
            if (good)
                co_await pair.client->shutdown();
            else
                pair.client->close();
        });
        reading.wait();
        QCOMPARE(read, QByteArray("last words"));
        QVERIFY(pair.ended); // stream_truncated, or connection_reset when something lay unread at the other end
        QCOMPARE(pair.ended == asio::error::eof, good);
        pair.run([&]() -> asio::awaitable<void> { co_await pair.server->shutdown(); }).wait();
        ending.wait();
    }
}

void TestNetByteStream::aPeerThatDoesNotSpeakTlsIsAnError()
{
    Pair pair(true);
    tcp::socket &raw = pair.server->socket();
    auto handshake = pair.run([&]() -> asio::awaitable<void> { pair.clientError = co_await pair.client->handshake(); });
    pair.run([&]() -> asio::awaitable<void> {
        asio::write(raw, asio::buffer("HTTP/1.1 400 Bad Request\r\n\r\n", 28));
        co_return;
    }).wait();
    handshake.wait();
    QVERIFY(pair.clientError);
    QVERIFY2(!pair.clientError.message().empty() && pair.clientError.category() == asio::error::get_ssl_category(), pair.clientError.message().c_str());
}

void TestNetByteStream::pagesArriveBetweenWhatFramesThem()
{
    Pair pair(false);
    const auto file = PageFile::create();
    // More than the kernel takes at once: the writer waits for the reader.
    const QByteArray bytes = pattern(24 * 1024 * 1024, 4);
    QVERIFY(file && file->append(bytes));
    QByteArray expected;
    QByteArray read;
    const std::vector<std::pair<qsizetype, qsizetype>> ranges{{0, bytes.size()}, {1, 4097}, {bytes.size() - 3, 3}};
    for (const auto &[offset, size] : ranges)
        expected += "before" + bytes.mid(offset, size) + "after";
    auto writing = pair.run([&]() -> asio::awaitable<void> {
        for (const auto &[offset, size] : ranges) {
            PageRange range(file, offset, size);
            const auto error = co_await pair.server->writePages(asio::buffer("before", 6), std::move(range), asio::buffer("after", 5));
            pair.failed = pair.failed || error;
        }
    });
    auto reading = pair.run([&] { return pair.receive(*pair.client, expected.size(), &read); });
    reading.wait();
    writing.wait();
    QVERIFY(!pair.failed);
    QVERIFY(read == expected);
    // What a file does not have is told, and not waited for.
    auto beyond = pair.run([&]() -> asio::awaitable<void> {
        PageRange range(file, bytes.size(), 1);
        pair.serverError = co_await pair.server->writePages(asio::const_buffer(), std::move(range), asio::const_buffer());
    });
    beyond.wait();
    QVERIFY(pair.serverError);
}

void TestNetByteStream::pagesToAPeerThatIsGoneAreAnError()
{
    Pair pair(false);
    const auto file = PageFile::create();
    QVERIFY(file && file->append(pattern(1024 * 1024, 5)));
    pair.run([&]() -> asio::awaitable<void> {
        pair.client->close();
        co_return;
    }).wait();
    // The first write may still be taken; the one that meets the reset would end the program if its signal were not held back.
    pair.run([&]() -> asio::awaitable<void> {
        for (int i = 0; i < 100 && !pair.serverError; ++i) {
            PageRange range(file, 0, file->size());
            pair.serverError = co_await pair.server->writePages(asio::const_buffer(), std::move(range), asio::const_buffer());
        }
    }).wait();
    QVERIFY(pair.serverError);
    pair.run([&]() -> asio::awaitable<void> {
        PageRange range(file, 0, file->size());
        pair.serverError = co_await pair.server->writePages(asio::const_buffer(), std::move(range), asio::const_buffer());
    }).wait();
    QCOMPARE(pair.serverError.value(), EPIPE);
}

void TestNetByteStream::pagesAreNotSentOverTls()
{
    Pair pair(true);
    pair.shakeHands();
    const auto file = PageFile::create();
    QVERIFY(file && file->append("clear text"));
    pair.run([&]() -> asio::awaitable<void> {
        PageRange range(file, 0, file->size());
        pair.serverError = co_await pair.server->writePages(asio::const_buffer(), std::move(range), asio::const_buffer());
    }).wait();
    QVERIFY(pair.serverError == asio::error::operation_not_supported);
}

QTEST_GUILESS_MAIN(TestNetByteStream)
#include "tst_net_byte_stream.moc"
