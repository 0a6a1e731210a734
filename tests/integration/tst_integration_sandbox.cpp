#include "sandbox_process_p.h"

#include "peers/manual_client.h"

#include "sluice/sandbox/sandbox_store.h"

#include <QtCore/QFileInfo>
#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QSslSocket>
#include <QtNetwork/QTcpServer>
#include <QtTest/QtTest>

#include <thread>

using namespace sluice;
using namespace sluice::byoc;

/// The sandbox as a process: its life, its memory, and what is left when it is killed.
class TestIntegrationSandbox : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void one_json_line_says_that_it_is_ready();
    void sigterm_stops_it_cleanly();
    void a_second_one_on_the_same_file_is_refused();
    void the_same_network_is_there_after_a_restart();
    void bad_options_are_named_before_anything_starts_data();
    void bad_options_are_named_before_anything_starts();
    void an_unfunded_sender_is_refused_until_it_is_funded();
    void killed_at_any_moment_its_money_is_consistent();
    void a_winner_is_told_and_its_rand_revealed_after_expiry();
    void expired_parameters_are_refused_with_their_text();
    void a_price_change_leaves_tickets_of_the_old_price_good();
    void a_payment_without_tickets_pays_nothing();
    void a_sandbox_takes_the_usual_port_where_it_is_free();
    void grpc_and_http_share_one_port_data();
    void grpc_and_http_share_one_port();
    void without_a_chain_nobody_signs_or_pays();
};

namespace {

PrivateKey senderOf(const SandboxProcess &sandbox)
{
    return *PrivateKey::fromHex(sandbox.text("sender_key").toLatin1());
}

Json registration(const QString &url, const QString &token, qint64 price)
{
    return Json{{QStringLiteral("name"), QStringLiteral("work")}, {QStringLiteral("url"), url}, {QStringLiteral("token"), token},
        {QStringLiteral("capacity"), 1}, {QStringLiteral("price_per_unit"), price}};
}

} // namespace

void TestIntegrationSandbox::one_json_line_says_that_it_is_ready()
{
    const Workplace place;
    SandboxProcess sandbox(place);
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    QVERIFY(sandbox.text("orchestrator").startsWith(QStringLiteral("https://127.0.0.1:")));
    QVERIFY(sandbox.text("runner").startsWith(QStringLiteral("http://127.0.0.1:")));
    QCOMPARE(sandbox.text("state"), place.path(QStringLiteral("state.sqlite")));
    QCOMPARE(sandbox.ready().value(QStringLiteral("pid")).toInt64(), std::optional(sandbox.process().processId()));
    QCOMPARE(senderOf(sandbox).address().toChecksum(), sandbox.text("sender"));
    QCOMPARE(sandbox.text("secret").size(), 64);

    const QFileInfo readyFile(place.path(QStringLiteral("state.sqlite.ready.json")));
    QVERIFY(readyFile.exists());
    for (const QFileInfo &file : {readyFile, QFileInfo(place.path(QStringLiteral("state.sqlite")))}) {
        QVERIFY2(!(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteOther)),
            qPrintable(file.fileName()));
    }
    IoThread io;
    const ManualClient client(io, sandbox.orchestrator());
    const auto listing = parseListing(client.send("GET", QStringLiteral("/capabilities")).body);
    QVERIFY(listing);
    QStringList names;
    for (const ListedCapability &entry : *listing) {
        names.append(entry.name);
        QVERIFY(entry.pricePerUnit.value_or(0) > 0);
        QVERIFY(!entry.about.inputSchema.isNull());
        QVERIFY(!entry.about.examples.isEmpty());
        QVERIFY(!entry.description.isEmpty());
    }
    names.sort();
    QCOMPARE(names, QStringList({QStringLiteral("docs-chat"), QStringLiteral("image-filter"), QStringLiteral("log-tail"),
        QStringLiteral("motion-detect"), QStringLiteral("noop"), QStringLiteral("text-analysis"), QStringLiteral("video-filter")}));
}

void TestIntegrationSandbox::sigterm_stops_it_cleanly()
{
    const Workplace place;
    SandboxProcess sandbox(place);
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    // As often as it likes: a program that is killed sends its children one for each of its threads.
    for (int i = 0; i < 3; ++i) {
        sandbox.process().terminate();
        std::this_thread::yield();
    }
    QCOMPARE(sandbox.terminate(), 0);
    QVERIFY(!QFileInfo::exists(place.path(QStringLiteral("state.sqlite.ready.json"))));
    QVERIFY(!QFileInfo::exists(place.path(QStringLiteral("state.sqlite.lock"))));
}

void TestIntegrationSandbox::a_second_one_on_the_same_file_is_refused()
{
    const Workplace place;
    SandboxProcess first(place);
    QVERIFY2(first.waitUntilReady(), first.errors().constData());
    const Finished second = place.run({QStringLiteral("sandbox"), QStringLiteral("--state"), place.path(QStringLiteral("state.sqlite"))});
    QCOMPARE(second.code, 1);
    QVERIFY2(second.err.contains(QByteArray::number(first.process().processId())), second.err.constData());
    QVERIFY(QFileInfo::exists(place.path(QStringLiteral("state.sqlite.ready.json"))));
    QCOMPARE(first.terminate(), 0);
}

void TestIntegrationSandbox::the_same_network_is_there_after_a_restart()
{
    const Workplace place;
    Json before;
    {
        SandboxProcess sandbox(place);
        QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
        before = sandbox.ready();
        sandbox.kill();
    }
    SandboxProcess again(place);
    QVERIFY2(again.waitUntilReady(), again.errors().constData());
    for (const char *key : {"orchestrator", "secret", "sender_key", "sender", "recipient", "fingerprint"})
        QCOMPARE(again.text(key), before.value(QString::fromLatin1(key)).toString());
}

void TestIntegrationSandbox::bad_options_are_named_before_anything_starts_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("port") << QStringList({QStringLiteral("--port"), QStringLiteral("70000")}) << QByteArray("65535");
    QTest::newRow("quirk") << QStringList({QStringLiteral("--quirks"), QStringLiteral("leak-slot")}) << QByteArray("leak-slots");
    QTest::newRow("fund") << QStringList({QStringLiteral("--fund"), QStringLiteral("0x12")}) << QByteArray("0x12");
    QTest::newRow("price") << QStringList({QStringLiteral("--price"), QStringLiteral("cheap")}) << QByteArray("cheap");
    QTest::newRow("price of nothing") << QStringList({QStringLiteral("--price"), QStringLiteral("docs-caht=5")}) << QByteArray("docs-caht");
    QTest::newRow("option") << QStringList(QStringLiteral("--prot=1")) << QByteArray("--port");
}

void TestIntegrationSandbox::bad_options_are_named_before_anything_starts()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, word);
    const Workplace place;
    const Finished finished = place.run(QStringList(QStringLiteral("sandbox")) + arguments);
    QCOMPARE(finished.code, 2);
    QVERIFY2(finished.err.contains(word), finished.err.constData());
    QVERIFY(finished.out.isEmpty());
}

void TestIntegrationSandbox::an_unfunded_sender_is_refused_until_it_is_funded()
{
    Workplace place;
    const PrivateKey key = PrivateKey::generate();
    place.setVariable(QStringLiteral("SLUICE_SENDER_KEY"), QString::fromLatin1(key.secret().expose().toByteArray().toHex()));
    const QStringList call{QStringLiteral("run"), QStringLiteral("text-analysis"), QStringLiteral("--input"),
        QStringLiteral("{\"text\":\"hello\"}"), QStringLiteral("--json"), QStringLiteral("--orchestrator")};
    {
        SandboxProcess sandbox(place);
        QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
        const Finished refused = place.run(call + QStringList(sandbox.text("orchestrator")));
        QVERIFY(refused.code != 0);
        QVERIFY2(refused.out.contains("insufficient sender reserve"), refused.out.constData());
        QCOMPARE(refused.json().value(QStringLiteral("ok")), Json(false));
        QCOMPARE(sandbox.terminate(), 0);
    }
    SandboxProcess sandbox(place, {QStringLiteral("--fund"), key.address().toLower()});
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    const Finished accepted = place.run(call + QStringList(sandbox.text("orchestrator")));
    QVERIFY2(accepted.code == 0, (accepted.out + accepted.err).constData());
    QCOMPARE(accepted.json().find(QStringLiteral("/payment/tickets/0/sender"))->toString(), key.address().toChecksum());
}

void TestIntegrationSandbox::killed_at_any_moment_its_money_is_consistent()
{
    // Each payment carries many tickets, so that the kill lands within its transaction; its job is refused afterwards, so
    // that nothing is charged and the balance must be exactly what the recorded nonces are worth.
    const Workplace place;
    int cutShort = 0;
    for (int round = 0; round < 8; ++round) {
        SandboxProcess sandbox(place, {QStringLiteral("--price"), QStringLiteral("text-analysis=1000")});
        QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
        const PrivateKey sender = senderOf(sandbox);
        IoThread io;
        const ManualClient client(io, sandbox.orchestrator());
        const JobToken token = client.token(sender, QStringLiteral("text-analysis"));
        const QByteArray paid = ManualClient::payment(token, sender, 300);
        JobHeader job = ManualClient::job(QStringLiteral("text-analysis"));
        job.request = QStringLiteral("no object");
        std::atomic<int> status = -1;
        std::thread request([&] { status = client.process(ManualClient::signedJob(job, sender), paid).status; });
        QTest::qSleep(4 * round); // not a wait for something: where in the work the kill lands
        sandbox.kill();
        request.join();
        cutShort += status == 0;

        const auto database = Database::open(place.path(QStringLiteral("state.sqlite")), SandboxStore::schemasOfFile());
        QVERIFY2(database, qPrintable(database ? QString() : database.error().describe()));
        (*database)->checkIntegritySync();
        SandboxStore store(*database);
        const qint64 nonces = (*database)->runSync([](Sql &sql) { return sql.integer(QStringLiteral("SELECT COUNT(*) FROM sandbox_nonce")); });
        const auto balance = store.balance(sender.address(), QStringLiteral("text-analysis"));
        QVERIFY2(nonces % 300 == 0, qPrintable(QString::number(nonces)));
        const Rational worth = nonces * token.ticketParams->expectedValue();
        QCOMPARE(toText(balance ? balance->balance : Rational()), toText(worth));
        QCOMPARE(store.totals().tickets, nonces);
    }
    QVERIFY(cutShort > 0);
    SandboxProcess sandbox(place, {QStringLiteral("--price"), QStringLiteral("text-analysis=1000")});
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    const Finished next = place.run({QStringLiteral("run"), QStringLiteral("text-analysis"), QStringLiteral("--state"),
        place.path(QStringLiteral("state.sqlite")), QStringLiteral("--input"), QStringLiteral("{\"text\":\"hello\"}")});
    QVERIFY2(next.code == 0, next.err.constData());
}

void TestIntegrationSandbox::a_winner_is_told_and_its_rand_revealed_after_expiry()
{
    const Workplace place;
    SandboxProcess sandbox(place, {QStringLiteral("--block-time"), QStringLiteral("50")});
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    const PrivateKey sender = senderOf(sandbox);
    IoThread io;
    const ManualClient client(io, sandbox.orchestrator());
    const JobToken token = client.token(sender, QStringLiteral("text-analysis"));
    // One in ten wins: that none of 100 does happens once in 37,000 runs of this test.
    const QByteArray paid = ManualClient::payment(token, sender, 100);
    QCOMPARE(client.process(ManualClient::signedJob(ManualClient::job(QStringLiteral("text-analysis")), sender), paid, "{\"text\":\"x\"}").status, 200);
    const auto outcomes = [&] {
        return *parseOutcomes(client.send("GET", QStringLiteral("/payments/tickets"), ManualClient::credentials(sender)).body);
    };
    const QList<TicketOutcome> early = outcomes();
    QCOMPARE(early.size(), 100);
    QVERIFY(std::any_of(early.begin(), early.end(), [](const TicketOutcome &ticket) { return ticket.won; }));
    QTRY_VERIFY_WITH_TIMEOUT(!outcomes().first().recipientRand.isEmpty(), 20'000);
    const QList<TicketOutcome> late = outcomes();
    const WirePayment payment = *parsePaymentHeader(paid);
    for (int i = 0; i < late.size(); ++i) {
        const U256 rand = *fromMinimalBytes(late[i].recipientRand);
        QVERIFY(recipientRandHash(rand) == token.ticketParams->recipientRandHash);
        QCOMPARE(late[i].won, isWinning(payment.tickets[i].signature, rand, token.ticketParams->winProb));
    }
    const auto stranger = client.send("GET", QStringLiteral("/payments/tickets"), ManualClient::credentials(PrivateKey::generate()));
    QCOMPARE(stranger.body, "[]\n");
    QCOMPARE(client.send("GET", QStringLiteral("/payments/tickets")).status, 400);
}

void TestIntegrationSandbox::expired_parameters_are_refused_with_their_text()
{
    const Workplace place;
    SandboxProcess sandbox(place, {QStringLiteral("--block-time"), QStringLiteral("20")});
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    const PrivateKey sender = senderOf(sandbox);
    IoThread io;
    const ManualClient client(io, sandbox.orchestrator());
    const JobToken token = client.token(sender, QStringLiteral("text-analysis"));
    const QByteArray job = ManualClient::signedJob(ManualClient::job(QStringLiteral("text-analysis")), sender);
    quint32 nonce = 0;
    QByteArray text;
    // 40 blocks of 20 ms: each try pays with a fresh nonce until the parameters are too old.
    QTRY_VERIFY_WITH_TIMEOUT(
        (text = client.process(job, ManualClient::payment(token, sender, 1, ++nonce), "{\"text\":\"x\"}").body) == "TicketParams expired\n", 20'000);
}

void TestIntegrationSandbox::a_price_change_leaves_tickets_of_the_old_price_good()
{
    const Workplace place;
    SandboxProcess sandbox(place);
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    const PrivateKey sender = senderOf(sandbox);
    IoThread io;
    const ManualClient client(io, sandbox.orchestrator());
    const QByteArray secret = sandbox.text("secret").toLatin1();
    const QString worker = sandbox.text("runner") + QStringLiteral("/text-analysis");
    const QString bearer = sandbox.text("runner_token");
    QCOMPARE(client.registerWorker(secret, registration(worker, bearer, 100'000'000)).status, 200);
    const JobToken token = client.token(sender, QStringLiteral("work"));
    QCOMPARE(client.registerWorker(secret, registration(worker, bearer, 200'000'000)).status, 200);
    const QByteArray job = ManualClient::signedJob(ManualClient::job(QStringLiteral("work")), sender);
    // What the old token asked for no longer covers sixty seconds …
    const auto tooLittle = client.process(job, ManualClient::payment(token, sender, 1, 1), "{\"text\":\"x\"}");
    QCOMPARE(tooLittle.status, 400);
    QCOMPARE(tooLittle.body, "Insufficient balance for request\n");
    // … but is credited all the same, and charged at the new price.
    const auto enough = client.process(job, ManualClient::payment(token, sender, 1, 2), "{\"text\":\"x\"}");
    QCOMPARE(enough.status, 200);
    QCOMPARE(enough.header("Livepeer-Balance"), "15800000000");
}

void TestIntegrationSandbox::a_payment_without_tickets_pays_nothing()
{
    const Workplace place;
    SandboxProcess sandbox(place);
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    const PrivateKey sender = senderOf(sandbox);
    IoThread io;
    const ManualClient client(io, sandbox.orchestrator());
    const JobToken token = client.token(sender, QStringLiteral("text-analysis"));
    const QByteArray job = ManualClient::signedJob(ManualClient::job(QStringLiteral("text-analysis")), sender);
    const auto bare = [](WirePayment &payment) { payment.tickets.clear(); };
    const auto empty = [](WirePayment &payment) { payment = WirePayment(); };
    for (const auto &payment : {ManualClient::payment(token, sender, 1, 1, bare), ManualClient::payment(token, sender, 1, 1, empty), QByteArray()}) {
        const auto answer = client.process(job, payment, "{\"text\":\"x\"}");
        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.body, "Insufficient balance for request\n");
    }
}

void TestIntegrationSandbox::a_sandbox_takes_the_usual_port_where_it_is_free()
{
    // 8935 for people; here one that no other test has.
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress::LocalHost));
    const quint16 usual = probe.serverPort();
    probe.close();
    Workplace place;
    place.setVariable(QStringLiteral("SLUICE_SANDBOX_PORT"), QString::number(usual));
    const QStringList few{QStringLiteral("--only"), QStringLiteral("byoc")};
    SandboxProcess first(place, few, QStringLiteral("first.sqlite"));
    QVERIFY2(first.waitUntilReady(), first.errors().constData());
    QCOMPARE(first.orchestrator().port(), int(usual));
    quint16 other = 0;
    {
        SandboxProcess second(place, few, QStringLiteral("second.sqlite"));
        QVERIFY2(second.waitUntilReady(), second.errors().constData());
        other = quint16(second.orchestrator().port());
        QVERIFY(other != usual && other != 0);
        QCOMPARE(second.terminate(), 0);
    }
    QCOMPARE(first.terminate(), 0);
    // What it was the last time goes before: addresses are kept in pins, profiles and code.
    SandboxProcess again(place, few, QStringLiteral("second.sqlite"));
    QVERIFY2(again.waitUntilReady(), again.errors().constData());
    QCOMPARE(again.orchestrator().port(), int(other));
}

void TestIntegrationSandbox::grpc_and_http_share_one_port_data()
{
    QTest::addColumn<QList<QByteArray>>("offered");
    QTest::addColumn<QByteArray>("chosen");
    QTest::newRow("gRPC") << QList<QByteArray>{"h2"} << QByteArray("h2");
    QTest::newRow("gRPC, older") << QList<QByteArray>{"grpc-exp", "h2"} << QByteArray("grpc-exp"); // the server's own order
    QTest::newRow("a client of both") << QList<QByteArray>{"h2", "http/1.1"} << QByteArray("http/1.1");
    QTest::newRow("HTTP") << QList<QByteArray>{"http/1.1"} << QByteArray("http/1.1");
    QTest::newRow("none") << QList<QByteArray>{} << QByteArray();
}

void TestIntegrationSandbox::grpc_and_http_share_one_port()
{
    QFETCH(QList<QByteArray>, offered);
    QFETCH(QByteArray, chosen);
    const Workplace place;
    SandboxProcess sandbox(place);
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    QCOMPARE(sandbox.text("lv2v"), sandbox.text("orchestrator"));
    QSslSocket socket;
    QSslConfiguration configuration = socket.sslConfiguration();
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setAllowedNextProtocols(offered);
    socket.setSslConfiguration(configuration);
    socket.connectToHostEncrypted(sandbox.orchestrator().host(), quint16(sandbox.orchestrator().port()));
    QVERIFY2(socket.waitForEncrypted(20'000), qPrintable(socket.errorString()));
    QCOMPARE(socket.sslConfiguration().nextNegotiatedProtocol(), chosen);
    QByteArray answer;
    if (!offered.isEmpty() && !offered.contains("http/1.1")) { // a client of HTTP/2 only, whichever name for it the server took
        socket.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + QByteArray("\0\0\0\4\0\0\0\0\0", 9)); // preface and empty settings
        QTRY_VERIFY((answer += socket.readAll()).size() >= 9);
        QCOMPARE(answer[3], '\4'); // its settings
    } else {
        socket.write("GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        QTRY_VERIFY((answer += socket.readAll()).startsWith("HTTP/1.1 200 "));
    }
}

void TestIntegrationSandbox::without_a_chain_nobody_signs_or_pays()
{
    const Workplace place;
    SandboxProcess sandbox(place, {QStringLiteral("--off-chain")});
    QVERIFY2(sandbox.waitUntilReady(), sandbox.errors().constData());
    QVERIFY(sandbox.ready().value(QStringLiteral("off_chain")).toBool());
    IoThread io;
    const ManualClient client(io, sandbox.orchestrator());
    const auto credentials = [](const char *signature) {
        TokenCredentials sender;
        sender.addr = QStringLiteral("0x0000000000000000000000000000000000000000");
        sender.sig = QString::fromLatin1(signature);
        return Headers{{"Livepeer-Eth-Address", sender.toHeader()}, {"Livepeer-Capability", "text-analysis"}};
    };
    for (const char *signature : {"", "00", "abcdef"}) {
        const auto answer = client.send("GET", QStringLiteral("/process/token"), credentials(signature));
        QCOMPARE(answer.status, 200);
        const JobToken token = orThrow(JobToken::parse(answer.body));
        QVERIFY(!token.ticketParams);
        QVERIFY(token.price.isFree());
        QVERIFY(token.availableCapacity > 0);
    }
    QCOMPARE(client.send("GET", QStringLiteral("/process/token"), credentials("0x")).status, 400);
    JobHeader job = ManualClient::job(QStringLiteral("text-analysis"));
    const auto answer = client.process(job.toHeader(), {}, "{\"text\":\"one two\"}");
    QVERIFY2(answer.status == 200, answer.body.constData());
    job.sig = QStringLiteral("0x");
    QCOMPARE(client.process(job.toHeader(), {}, "{\"text\":\"one two\"}").status, 400);
}

QTEST_GUILESS_MAIN(TestIntegrationSandbox)
#include "tst_integration_sandbox.moc"
