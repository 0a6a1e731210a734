#include "net_test_support.h"

#include "sluice/net/asio_tls.h"
#include "sluice/net/http_client.h"
#include "sluice/net/http_server.h"
#include "sluice/net/io_thread.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>

#include <boost/asio/ssl/context.hpp>

#include <openssl/ssl.h>

using namespace sluice;
using namespace sluice::test;

namespace {

TlsIdentity identity()
{
    return orThrow(makeSelfSigned(QStringLiteral("127.0.0.1")));
}

HttpRequest orchestrator(const QUrl &url)
{
    HttpRequest request;
    request.method = "POST";
    request.url = url;
    request.headers = {{"Livepeer-Payment", "money"}};
    request.trust = TrustPolicy::PinOnFirstUse;
    return request;
}

void answerOk(QSslSocket &socket)
{
    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    socket.disconnectFromHost();
}

class FailingStore final : public PinStore {
public:
    QString load(const QString &) override { return {}; }
    void save(const QString &, const QString &) override { throw Error(Error::Kind::Storage, QStringLiteral("Disk full.")); }
};

} // namespace

class TestNetTls : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void firstUsePinsTheKeyAndSaysSo();
    void theSameKeyIsAcceptedAgain();
    void aChangedKeyIsRefusedBeforeAnythingIsSent();
    void anAcceptedKeyIsTheNewPin();
    void anOrdinaryHostMustNotSignItself();
    void aHostVouchedForMayRenewItsKeyButNotSignItself();
    void pinsBelongToHostAndPort();
    void aStoreThatFailsStopsTheCall();
    void aLongAnswerOverTlsArrivesWhole();
    void tlsStepsAreTraced();
    void identityIsStableAcrossRestartsAndPrivate();
    void aBrokenIdentityFileIsAnErrorAndKept();
    void identitiesNeedARealHost();
    void theQuickestCipherIsChosenByBothSides();
    void aClientWithoutAesInHardwareGetsItsOwnChoice();
};

void TestNetTls::firstUsePinsTheKeyAndSaysSo()
{
    const TlsIdentity server1 = identity();
    RawServer server(server1);
    server.onRequest = answerOk;
    MemoryPinStore pins;
    TlsTrust trust(pins);
    HttpClient client(trust);
    QSignalSpy firstUse(&trust, &TlsTrust::firstUse);
    const auto outcome = finished(client.send(orchestrator(server.url()), {}));
    QVERIFY2(outcome->value, qPrintable(outcome->error ? outcome->error->describe() : QString()));
    const QString hostPort = QStringLiteral("127.0.0.1:%1").arg(server.serverPort());
    const QString fingerprint = orThrow(publicKeyFingerprint(server1.certificatePem));
    QCOMPARE(fingerprint.size(), 64);
    QCOMPARE(pins.load(hostPort), fingerprint);
    QCOMPARE(firstUse.count(), 1);
    QCOMPARE(firstUse.first(), (QVariantList{hostPort, fingerprint}));
}

void TestNetTls::theSameKeyIsAcceptedAgain()
{
    RawServer server(identity());
    server.onRequest = answerOk;
    MemoryPinStore pins;
    TlsTrust trust(pins);
    HttpClient client(trust);
    QSignalSpy firstUse(&trust, &TlsTrust::firstUse);
    for (int i = 0; i < 3; ++i)
        QVERIFY(finished(client.send(orchestrator(server.url()), {}))->value);
    QCOMPARE(firstUse.count(), 1);
    QCOMPARE(server.requests, 3);
}

void TestNetTls::aChangedKeyIsRefusedBeforeAnythingIsSent()
{
    const TlsIdentity before = identity();
    const TlsIdentity after = identity();
    RawServer server(before);
    server.onRequest = answerOk;
    MemoryPinStore pins;
    TlsTrust trust(pins);
    HttpClient client(trust);
    QVERIFY(finished(client.send(orchestrator(server.url()), {}))->value);
    QVERIFY(server.received.contains("money"));

    server.setIdentity(after);
    server.received.clear();
    QSignalSpy changed(&trust, &TlsTrust::keyChanged);
    for (int i = 1; i <= 20; ++i) {
        const HttpRequest request = orchestrator(server.url());
        const auto outcome = finished(client.send(request, {}));
        QVERIFY(outcome->error);
        QCOMPARE(outcome->kind(), Error::Kind::TlsChanged);
        QVERIFY(outcome->error->message().contains(orThrow(publicKeyFingerprint(before.certificatePem))));
        QVERIFY(outcome->error->message().contains(orThrow(publicKeyFingerprint(after.certificatePem))));
        QVERIFY(!*request.sent);
        QTRY_COMPARE(server.closed, 1 + i);
        QCOMPARE(server.received, QByteArray());
        QCOMPARE(changed.count(), i);
    }
}

void TestNetTls::anAcceptedKeyIsTheNewPin()
{
    const TlsIdentity after = identity();
    RawServer server(identity());
    server.onRequest = answerOk;
    MemoryPinStore pins;
    TlsTrust trust(pins);
    HttpClient client(trust);
    QVERIFY(finished(client.send(orchestrator(server.url()), {}))->value);
    server.setIdentity(after);
    QVERIFY(finished(client.send(orchestrator(server.url()), {}))->error);
    const QString hostPort = TlsTrust::hostPort(server.url());
    const auto change = trust.pendingChange(hostPort);
    QVERIFY(change);
    QCOMPARE(change->newFingerprint, orThrow(publicKeyFingerprint(after.certificatePem)));
    QCOMPARE(change->oldFingerprint, trust.pinned(hostPort));
    trust.accept(hostPort, change->newFingerprint);
    QVERIFY(!trust.pendingChange(hostPort));
    QVERIFY(finished(client.send(orchestrator(server.url()), {}))->value);
}

void TestNetTls::anOrdinaryHostMustNotSignItself()
{
    RawServer server(identity());
    server.onRequest = answerOk;
    MemoryPinStore pins;
    TlsTrust trust(pins);
    HttpClient client(trust);
    HttpRequest request = orchestrator(server.url());
    request.trust = TrustPolicy::SystemCas;
    const auto outcome = finished(client.send(request, {}));
    QVERIFY(outcome->error);
    QCOMPARE(outcome->kind(), Error::Kind::Network);
    QVERIFY(outcome->error->message().contains(QStringLiteral("certificate")));
    QVERIFY(!*request.sent);
    QTRY_COMPARE(server.closed, 1);
    QCOMPARE(server.received, QByteArray());
    QVERIFY2(trust.pinned(TlsTrust::hostPort(server.url())).isEmpty(), "only orchestrators are pinned");
}

void TestNetTls::aHostVouchedForMayRenewItsKeyButNotSignItself()
{
    MemoryPinStore pins;
    TlsTrust trust(pins);
    const QUrl url(QStringLiteral("https://orchestrator.example:8935"));
    const QSslCertificate first(identity().certificatePem);
    const QSslCertificate second(identity().certificatePem);
    const QString selfSigned = QStringLiteral("The certificate is self-signed.");
    const auto policy = TrustPolicy::PinOnFirstUse;
    QVERIFY(trust.judge(policy, url, first, {}));
    QVERIFY(trust.judge(policy, url, second, {}));
    const auto verdict = trust.judge(policy, url, second, selfSigned);
    QVERIFY(!verdict);
    QCOMPARE(verdict.error().kind(), Error::Kind::TlsChanged);
    QVERIFY(!trust.judge(policy, url, QSslCertificate(), {}));
}

void TestNetTls::pinsBelongToHostAndPort()
{
    QCOMPARE(TlsTrust::hostPort(QUrl(QStringLiteral("https://Host.Example/path"))), QStringLiteral("host.example:443"));
    QCOMPARE(TlsTrust::hostPort(QUrl(QStringLiteral("http://host.example"))), QStringLiteral("host.example:80"));
    QCOMPARE(TlsTrust::hostPort(QUrl(QStringLiteral("https://[::1]:8935"))), QStringLiteral("[::1]:8935"));

    MemoryPinStore pins;
    TlsTrust trust(pins);
    const QSslCertificate one(identity().certificatePem);
    const QSslCertificate other(identity().certificatePem);
    const QString problem = QStringLiteral("self-signed");
    QVERIFY(trust.judge(TrustPolicy::PinOnFirstUse, QUrl(QStringLiteral("https://a:1")), one, problem));
    QVERIFY(trust.judge(TrustPolicy::PinOnFirstUse, QUrl(QStringLiteral("https://a:2")), other, problem));
    QVERIFY(!trust.judge(TrustPolicy::PinOnFirstUse, QUrl(QStringLiteral("https://A:1/x")), other, problem));
}

void TestNetTls::aStoreThatFailsStopsTheCall()
{
    RawServer server(identity());
    server.onRequest = answerOk;
    FailingStore pins;
    TlsTrust trust(pins);
    HttpClient client(trust);
    const auto outcome = finished(client.send(orchestrator(server.url()), {}));
    QVERIFY(outcome->error);
    QCOMPARE(outcome->kind(), Error::Kind::Storage);
    QTRY_COMPARE(server.closed, 1);
    QCOMPARE(server.received, QByteArray());
}

void TestNetTls::aLongAnswerOverTlsArrivesWhole()
{
    constexpr qsizetype Size = 12 * 1024 * 1024;
    RawServer server(identity());
    server.onRequest = [](QSslSocket &socket) {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(Size) + "\r\n\r\n");
        socket.write(QByteArray(Size, 'x'));
        socket.disconnectFromHost();
    };
    MemoryPinStore pins;
    TlsTrust trust(pins);
    HttpClient client(trust);
    const auto outcome = finished(client.send(orchestrator(server.url()), {}));
    QVERIFY2(outcome->value, qPrintable(outcome->error ? outcome->error->describe() : QString()));
    QCOMPARE(outcome->value->body.size(), Size);
}

void TestNetTls::tlsStepsAreTraced()
{
    RawServer server(identity());
    server.onRequest = answerOk;
    MemoryPinStore pins;
    TlsTrust trust(pins);
    HttpClient client(trust);
    const CallContext context;
    QVERIFY(finished(client.send(orchestrator(server.url()), context))->value);
    QStringList names;
    for (const TraceSpan &span : context.trace->spans())
        names.append(span.name);
    QCOMPARE(names, QStringList({QStringLiteral("connect"), QStringLiteral("tls"), QStringLiteral("send"), QStringLiteral("wait"), QStringLiteral("receive")}));
}

void TestNetTls::identityIsStableAcrossRestartsAndPrivate()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("new/orchestrator.pem"));
    const TlsIdentity first = orThrow(loadOrMakeSelfSigned(path, QStringLiteral("localhost")));
    const TlsIdentity again = orThrow(loadOrMakeSelfSigned(path, QStringLiteral("localhost")));
    QCOMPARE(again.certificatePem, first.certificatePem);
    QVERIFY(again.keyPem.equals(first.keyPem.expose()));
    QCOMPARE(QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther), QFile::Permissions());
    const QSslCertificate certificate(first.certificatePem);
    QCOMPARE(certificate.subjectAlternativeNames().value(QSsl::DnsEntry), QStringLiteral("localhost"));
    QVERIFY(certificate.isSelfSigned());
}

void TestNetTls::aBrokenIdentityFileIsAnErrorAndKept()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("broken.pem"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("not a certificate");
    file.close();
    const auto loaded = loadOrMakeSelfSigned(path, QStringLiteral("localhost"));
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().kind(), Error::Kind::Storage);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("not a certificate"));
}

void TestNetTls::identitiesNeedARealHost()
{
    QVERIFY(!makeSelfSigned(QString()));
    QVERIFY(!makeSelfSigned(QStringLiteral("a b,IP:1.2.3.4")));
    QVERIFY(makeSelfSigned(QStringLiteral("::1")));
    QVERIFY(!publicKeyFingerprint("nonsense"));
}

namespace {

// The server's choice for a client that offers `offered`, TLS 1.3 suites in its order.
QString chosenFor(const char *offered)
{
    IoThread io;
    HttpServerOptions options;
    options.tls = identity();
    HttpServer server(io, options, [](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> { co_await response.sendText(200, "ok"); });
    const quint16 port = orThrow(server.listen());
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
    SSL_CTX_set_ciphersuites(context.get(), offered);
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> connection(BIO_new_ssl_connect(context.get()), &BIO_free_all);
    BIO_set_conn_hostname(connection.get(), ("127.0.0.1:" + QByteArray::number(port)).constData());
    if (BIO_do_handshake(connection.get()) != 1)
        return QStringLiteral("no handshake");
    SSL *ssl = nullptr;
    BIO_get_ssl(connection.get(), &ssl);
    return QString::fromLatin1(SSL_get_cipher_name(ssl));
}

} // namespace

void TestNetTls::theQuickestCipherIsChosenByBothSides()
{
    // OpenSSL's own order, which Qt has too.
    QCOMPARE(chosenFor("TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256"), QStringLiteral("TLS_AES_128_GCM_SHA256"));
    QCOMPARE(chosenFor("TLS_AES_256_GCM_SHA384"), QStringLiteral("TLS_AES_256_GCM_SHA384"));
    const auto context = AsioTls::unverified()->context();
    const auto *offered = SSL_CTX_get_ciphers(context->native_handle());
    QCOMPARE(QByteArray(SSL_CIPHER_get_name(sk_SSL_CIPHER_value(offered, 0))), QByteArray("TLS_AES_128_GCM_SHA256"));
}

void TestNetTls::aClientWithoutAesInHardwareGetsItsOwnChoice()
{
    QCOMPARE(chosenFor("TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256"), QStringLiteral("TLS_CHACHA20_POLY1305_SHA256"));
}

QTEST_GUILESS_MAIN(TestNetTls)
#include "tst_net_tls.moc"
