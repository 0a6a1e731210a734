#include "sandbox_process_p.h"

#include "peers/manual_client.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QSslSocket>
#include <QtTest/QtTest>

#include <sys/resource.h>

using namespace sluice;
using namespace sluice::byoc;

/// What a web page, a stranger and a paying client with bad intentions try on a sandbox: a real process, real sockets.
class TestIntegrationAttacks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void a_web_page_reaches_neither_orchestrator_nor_runner_data();
    void a_web_page_reaches_neither_orchestrator_nor_runner();
    void the_runner_works_for_its_orchestrator_only();
    void silent_connections_and_withheld_bodies_keep_nobody_out();
    void withheld_bodies_with_good_credentials_stay_within_bounds();
};

namespace {

constexpr qint64 MiB = 1024 * 1024;

qint64 residentBytes(qint64 pid)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("VmRSS:"))
            return line.simplified().split(' ').value(1).toLongLong() * 1024;
    }
    return 0;
}

/// A connection, with TLS for the orchestrator, that is written to by hand.
std::unique_ptr<QSslSocket> connected(const QUrl &url)
{
    auto socket = std::make_unique<QSslSocket>();
    QSslConfiguration configuration = socket->sslConfiguration();
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    socket->setSslConfiguration(configuration);
    if (url.scheme() == QLatin1String("https"))
        socket->connectToHostEncrypted(url.host(), quint16(url.port()));
    else
        socket->connectToHost(url.host(), quint16(url.port()));
    const bool there = url.scheme() == QLatin1String("https") ? socket->waitForEncrypted(20'000) : socket->waitForConnected(20'000);
    if (!there)
        qWarning() << socket->errorString();
    return socket;
}

QByteArray ask(const QUrl &url, const QByteArray &text)
{
    const auto socket = connected(url);
    socket->write(text);
    QByteArray answer;
    QDeadlineTimer limit(20'000);
    while (!answer.contains("\r\n\r\n") && !limit.hasExpired() && (socket->waitForReadyRead(1000) || socket->state() == QAbstractSocket::ConnectedState))
        answer += socket->readAll();
    return answer + socket->readAll();
}

/// As many as the machine lets this process have.
void wantManySockets()
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace

void TestIntegrationAttacks::a_web_page_reaches_neither_orchestrator_nor_runner_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::newRow("rebound name") << QByteArray("Host: evil.example\r\n");
    QTest::newRow("rebound name with the port") << QByteArray("Host: evil.example:PORT\r\n");
    QTest::newRow("simple post") << QByteArray("Host: 127.0.0.1:PORT\r\nOrigin: https://evil.example\r\nContent-Type: text/plain\r\n");
    QTest::newRow("frame without an origin") << QByteArray("Host: 127.0.0.1:PORT\r\nOrigin: null\r\n");
    QTest::newRow("another port of this machine") << QByteArray("Host: localhost:PORT\r\nOrigin: http://localhost:3000\r\nSec-Fetch-Site: same-site\r\n");
    QTest::newRow("script or picture") << QByteArray("Host: 127.0.0.1:PORT\r\nSec-Fetch-Site: cross-site\r\n");
}

void TestIntegrationAttacks::a_web_page_reaches_neither_orchestrator_nor_runner()
{
    QFETCH(QByteArray, fields);
    const Workplace place;
    SandboxProcess sandbox(place);
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    for (const QUrl &url : {sandbox.orchestrator(), QUrl(sandbox.text("runner"))}) {
        const QByteArray port = QByteArray::number(url.port());
        for (const char *line : {"POST /text-analysis HTTP/1.1\r\n", "POST /noop/stream/start HTTP/1.1\r\n", "POST /capability/register HTTP/1.1\r\n",
                 "GET /capabilities HTTP/1.1\r\n", "GET /health HTTP/1.1\r\n", "OPTIONS /process/request/ HTTP/1.1\r\n"}) {
            const QByteArray answer = ask(url, line + QByteArray(fields).replace("PORT", port) + "Content-Length: 1000000\r\n\r\n{");
            QVERIFY2(answer.startsWith("HTTP/1.1 403 "), (line + answer).constData());
            QVERIFY(!answer.toLower().contains("access-control-allow"));
        }
    }
}

void TestIntegrationAttacks::the_runner_works_for_its_orchestrator_only()
{
    const Workplace place;
    SandboxProcess sandbox(place);
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    const QUrl runner(sandbox.text("runner"));
    const QByteArray bearer = sandbox.text("runner_token").toLatin1();
    QCOMPARE(bearer.size(), 64);
    const QByteArray body = "{\"text\":\"x\"}";
    for (const char *path : {"/text-analysis", "/text-analysis/predict", "/noop/stream/start", "/text-analysis/schema"}) {
        QVERIFY(ask(runner, QByteArray("POST ") + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 12\r\n\r\n" + body).startsWith("HTTP/1.1 401 "));
        // Before a body that never comes.
        QVERIFY(ask(runner, QByteArray("POST ") + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 15000000\r\n\r\n").startsWith("HTTP/1.1 401 "));
    }
    const QByteArray good = "POST /text-analysis HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + bearer + "\r\nContent-Length: 12\r\n\r\n" + body;
    QVERIFY(ask(runner, good).startsWith("HTTP/1.1 200 "));
    // Whoever has the bearer still cannot send it anywhere.
    const QByteArray start = "{\"gateway_request_id\":\"s1\",\"events_url\":\"http://127.0.0.1:1/x\"}";
    const QByteArray foreign = ask(runner, "POST /noop/stream/start HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + bearer
            + "\r\nContent-Length: " + QByteArray::number(start.size()) + "\r\n\r\n" + start);
    QVERIFY2(foreign.startsWith("HTTP/1.1 422 "), foreign.constData());
    // A new one at each start.
    QCOMPARE(sandbox.terminate(), 0);
    SandboxProcess again(place);
    QVERIFY2(again.waitUntilReady(), again.errors().constData());
    QVERIFY(again.text("runner_token").toLatin1() != bearer);
    QCOMPARE(again.text("secret"), sandbox.text("secret"));
}

void TestIntegrationAttacks::silent_connections_and_withheld_bodies_keep_nobody_out()
{
    wantManySockets();
    const Workplace place;
    SandboxProcess sandbox(place);
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    const QUrl url = sandbox.orchestrator();
    const qint64 pid = sandbox.process().processId();
    QVERIFY(ask(url, "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").startsWith("HTTP/1.1 200 "));
    const qint64 before = residentBytes(pid);

    std::vector<std::unique_ptr<QTcpSocket>> silent;
    for (int i = 0; i < 1000; ++i) {
        silent.push_back(std::make_unique<QTcpSocket>());
        silent.back()->connectToHost(url.host(), quint16(url.port()));
        QVERIFY2(silent.back()->waitForConnected(10'000), qPrintable(silent.back()->errorString()));
    }
    const QByteArray most(14'900'000, 'x');
    std::vector<std::unique_ptr<QSslSocket>> withheld;
    for (int i = 0; i < 60; ++i) {
        withheld.push_back(connected(url));
        withheld.back()->write("POST /process/request/text-analysis HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 15000000\r\n\r\n" + most);
        withheld.back()->flush();
    }
    QElapsedTimer timer;
    timer.start();
    const QByteArray answer = ask(url, "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    const qint64 took = timer.elapsed();
    QVERIFY2(answer.startsWith("HTTP/1.1 200 "), answer.constData());
    QVERIFY2(took < 1000, qPrintable(QString::number(took)));
    const qint64 more = residentBytes(pid) - before;
    qInfo("a new client was answered within %lld ms; %lld MiB more", took, more / MiB);
    QVERIFY2(more < 128 * MiB, qPrintable(QString::number(more / MiB)));
}

void TestIntegrationAttacks::withheld_bodies_with_good_credentials_stay_within_bounds()
{
    const Workplace place;
    SandboxProcess sandbox(place);
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    const QUrl url = sandbox.orchestrator();
    const qint64 pid = sandbox.process().processId();
    const PrivateKey key = PrivateKey::generate(); // anybody can make one
    const QByteArray job = ManualClient::signedJob(ManualClient::job(QStringLiteral("text-analysis")), key);
    QVERIFY(ask(url, "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").startsWith("HTTP/1.1 200 "));
    const qint64 before = residentBytes(pid);
    const QByteArray most(14'900'000, 'x');
    qint64 highest = 0;
    std::vector<std::unique_ptr<QSslSocket>> withheld;
    for (int i = 0; i < 20; ++i) {
        withheld.push_back(connected(url));
        QSslSocket &socket = *withheld.back();
        socket.write("POST /process/request/text-analysis HTTP/1.1\r\nHost: 127.0.0.1\r\nLivepeer: " + job + "\r\nContent-Length: 15000000\r\n\r\n" + most);
        QDeadlineTimer limit(20'000);
        while (socket.state() == QAbstractSocket::ConnectedState && (socket.bytesToWrite() > 0 || socket.encryptedBytesToWrite() > 0) && !limit.hasExpired())
            socket.waitForBytesWritten(100);
        highest = std::max(highest, residentBytes(pid) - before);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(ask(url, "GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").startsWith("HTTP/1.1 200 "));
        QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    }
    QVERIFY2(highest < 128 * MiB, qPrintable(QString::number(highest / MiB)));
    withheld.clear();
    // What they took is given back.
    QTRY_VERIFY2_WITH_TIMEOUT(residentBytes(pid) - before < 32 * MiB, qPrintable(QString::number((residentBytes(pid) - before) / MiB)), 20'000);
    qInfo("%lld MiB more at the height, %lld MiB afterwards", highest / MiB, (residentBytes(pid) - before) / MiB);
}

QTEST_GUILESS_MAIN(TestIntegrationAttacks)
#include "tst_integration_attacks.moc"
