#include "orchestrator_bench_p.h"

#include "sluice/base/bytes.h"

using namespace sluice;
using namespace sluice::byoc;

class TestOrchestratorJob : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void byoc_08_the_sub_path_body_and_content_type_reach_the_worker_and_nothing_else_data();
    void byoc_08_the_sub_path_body_and_content_type_reach_the_worker_and_nothing_else();
    void byoc_08_unclean_paths_are_redirected_data();
    void byoc_08_unclean_paths_are_redirected();
    void byoc_08_a_workers_bearer_is_sent();
    void byoc_09_bad_job_credentials_are_refused_data();
    void byoc_09_bad_job_credentials_are_refused();
    void byoc_09_signatures_pass_with_and_without_0x();
    void byoc_10_a_timeout_is_a_whole_number_data();
    void byoc_10_a_timeout_is_a_whole_number();
    void byoc_11_an_unknown_capability_is_503();
    void byoc_11_a_request_must_be_an_object_data();
    void byoc_11_a_request_must_be_an_object();
    void byoc_12_sixty_seconds_must_be_covered();
    void byoc_13_a_ticket_credits_exactly_its_expected_value();
    void byoc_13_bad_tickets_are_refused_with_their_text_data();
    void byoc_13_bad_tickets_are_refused_with_their_text();
    void byoc_13_a_replayed_nonce_is_refused();
    void byoc_13_the_601st_nonce_is_refused();
    void byoc_14_no_ticket_after_a_bad_one_is_credited();
    void byoc_15_an_undecodable_payment_is_answered();
    void payments_14_a_payment_without_tickets_buys_nothing();
    void other_releases_and_defects_are_quirks();
};

void TestOrchestratorJob::byoc_08_the_sub_path_body_and_content_type_reach_the_worker_and_nothing_else_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("reached");
    QTest::newRow("two parts") << QStringLiteral("a/b") << QByteArray("/a/b");
    QTest::newRow("no part") << QString() << QByteArray("/");
    QTest::newRow("the query is dropped") << QStringLiteral("a/b?q=1") << QByteArray("/a/b");
    QTest::newRow("decoded once") << QStringLiteral("a%20b") << QByteArray("/a%20b");
    QTest::newRow("a percent stays one") << QStringLiteral("a%2541") << QByteArray("/a%2541");
    QTest::newRow("a question mark stays in the path") << QStringLiteral("a%3Fb") << QByteArray("/a%3Fb");
}

void TestOrchestratorJob::byoc_08_the_sub_path_body_and_content_type_reach_the_worker_and_nothing_else()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, reached);
    OrchestratorBench bench;
    bench.registerWork();
    const JobToken token = bench.token(bench.sender);
    const QByteArray body("\x00\xff any bytes", 12);
    const Headers headers{{"Content-Type", "image/x-odd; a=b"}, {"Cookie", "secret"}, {"Accept", "text/html"}, {"X-Own", "1"},
        {header::Job, OrchestratorBench::signedJob(OrchestratorBench::job(), bench.sender)},
        {header::Payment, OrchestratorBench::payment(token, bench.sender)}};
    const auto answer = bench.send("POST", QStringLiteral("/process/request/") + path, headers, body);
    QCOMPARE(answer.status, 200);
    QCOMPARE(bench.workerRequests().size(), 1);
    const ServerRequest request = bench.workerRequests().first();
    QCOMPARE(request.method, "POST");
    QCOMPARE(request.path, reached);
    QCOMPARE(request.query, QByteArray());
    QCOMPARE(request.body, body);
    QByteArrayList names;
    for (const auto &[name, value] : request.headers)
        names.append(name.toLower());
    std::sort(names.begin(), names.end());
    QCOMPARE(names, QByteArrayList({"connection", "content-length", "content-type", "host"}));
    QCOMPARE(headers::value(request.headers, "Content-Type"), "image/x-odd; a=b");
}

void TestOrchestratorJob::byoc_08_unclean_paths_are_redirected_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("location");
    QTest::newRow("no slash at the end") << QStringLiteral("/process/request") << QByteArray("/process/request/");
    QTest::newRow("two slashes") << QStringLiteral("/process//request/a") << QByteArray("/process/request/a");
    QTest::newRow("upwards") << QStringLiteral("/process/request/a/%2e%2e/%2E%2E/b") << QByteArray("/process/b");
    QTest::newRow("the query stays") << QStringLiteral("/process//token?x=1") << QByteArray("/process/token?x=1");
}

void TestOrchestratorJob::byoc_08_unclean_paths_are_redirected()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, location);
    OrchestratorBench bench;
    const auto answer = bench.send("POST", path);
    QCOMPARE(answer.status, 301);
    QCOMPARE(answer.header("Location"), location);
    QCOMPARE(bench.send("GET", QStringLiteral("/process/request/")).status, 405);
}

void TestOrchestratorJob::byoc_08_a_workers_bearer_is_sent()
{
    OrchestratorBench bench;
    bench.registerWork({{QStringLiteral("token"), QStringLiteral("worker-token")}});
    QCOMPARE(bench.run().status, 200);
    QCOMPARE(headers::value(bench.workerRequests().first().headers, "Authorization"), "Bearer worker-token");
}

void TestOrchestratorJob::byoc_09_bad_job_credentials_are_refused_data()
{
    using Change = std::function<QByteArray(OrchestratorBench &)>;
    QTest::addColumn<Change>("header");
    const auto with = [](std::function<void(JobHeader &, Signature &)> change) -> Change {
        return [change](OrchestratorBench &bench) {
            JobHeader job = OrchestratorBench::job();
            job.sender = bench.sender.address().toChecksum();
            Signature signature = signHashed(bench.sender, job.legacySigningBytes());
            job.sig = signature.toHex();
            change(job, signature);
            return job.toHeader();
        };
    };
    const auto bytesOf = [](const Signature &signature) { return signature.toByteArray(); };
    QTest::newRow("no header") << Change([](OrchestratorBench &) { return QByteArray(); });
    QTest::newRow("bad base64") << Change([](OrchestratorBench &) { return QByteArray("{not base64}"); });
    QTest::newRow("no JSON") << Change([](OrchestratorBench &) { return QByteArray("{").toBase64(); });
    QTest::newRow("bad hex") << with([](JobHeader &job, Signature &) { job.sig = QStringLiteral("0x") + QString(130, QLatin1Char('g')); });
    QTest::newRow("short") << with([](JobHeader &job, Signature &) { job.sig.chop(2); });
    QTest::newRow("another signer") << with([](JobHeader &job, Signature &) {
        job.sig = signHashed(PrivateKey::generate(), job.legacySigningBytes()).toHex();
    });
    QTest::newRow("another request") << with([](JobHeader &job, Signature &) { job.request = QStringLiteral("{\"run\":\"y\"}"); });
    QTest::newRow("v of 0 or 1") << with([bytesOf](JobHeader &job, Signature &signature) {
        QByteArray raw = bytesOf(signature);
        raw[64] = char(raw[64] - 27);
        job.sig = bytes::toHex0x(raw);
    });
    QTest::newRow("high s") << with([bytesOf](JobHeader &job, Signature &signature) {
        // n - s with the other v recovers to the same key, which is why it must not be accepted.
        const U256 order = *u256FromHex(u"fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
        QByteArray raw = bytesOf(signature);
        raw.replace(32, 32, toBytes32(order - *fromMinimalBytes(raw.mid(32, 32))));
        raw[64] = raw[64] == 27 ? 28 : 27;
        job.sig = bytes::toHex0x(raw);
    });
    QTest::newRow("the V1 form") << Change([](OrchestratorBench &bench) {
        JobHeader job = OrchestratorBench::job();
        job.sender = bench.sender.address().toChecksum();
        job.sig = signHashed(bench.sender, *job.v1SigningBytes()).toHex();
        return job.toHeader();
    });
}

void TestOrchestratorJob::byoc_09_bad_job_credentials_are_refused()
{
    QFETCH(std::function<QByteArray(OrchestratorBench &)>, header);
    OrchestratorBench bench;
    bench.registerWork();
    const auto answer = bench.process(header(bench));
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.body, "Could not verify job creds\n");
    QVERIFY(!headers::contains(answer.headers, "Livepeer-Balance"));
    QCOMPARE(bench.load(), 0);
}

void TestOrchestratorJob::byoc_09_signatures_pass_with_and_without_0x()
{
    OrchestratorBench bench;
    bench.registerWork();
    const QByteArray paid = OrchestratorBench::payment(bench.token(bench.sender), bench.sender, 2);
    JobHeader job = *JobHeader::fromHeader(OrchestratorBench::signedJob(OrchestratorBench::job(), bench.sender));
    QVERIFY(job.sig.startsWith(QStringLiteral("0x")));
    QCOMPARE(bench.process(job.toHeader(), paid).status, 200);
    job.sig.remove(0, 2);
    QCOMPARE(bench.process(job.toHeader()).status, 200);
}

void TestOrchestratorJob::byoc_10_a_timeout_is_a_whole_number_data()
{
    QTest::addColumn<QByteArray>("timeout");
    QTest::addColumn<QByteArray>("text");
    const QByteArray required = "no timeout_seconds set with request, timeout_seconds is required\n";
    const QByteArray creds = "Could not verify job creds\n";
    QTest::newRow("absent") << QByteArray() << required;
    QTest::newRow("0") << QByteArray("0") << required;
    QTest::newRow("30.5") << QByteArray("30.5") << creds;
    QTest::newRow("\"30\"") << QByteArray("\"30\"") << creds;
}

void TestOrchestratorJob::byoc_10_a_timeout_is_a_whole_number()
{
    QFETCH(QByteArray, timeout);
    QFETCH(QByteArray, text);
    OrchestratorBench bench;
    bench.registerWork();
    Json job = *fromHeaderValue(OrchestratorBench::signedJob(OrchestratorBench::job(), bench.sender));
    job.remove(QStringLiteral("timeout_seconds"));
    if (!timeout.isEmpty())
        job.insert(QStringLiteral("timeout_seconds"), *Json::parse(timeout));
    const auto answer = bench.process(toHeaderValue(job));
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.body, text);
}

void TestOrchestratorJob::byoc_11_an_unknown_capability_is_503()
{
    OrchestratorBench bench;
    bench.registerWork();
    const auto answer = bench.process(OrchestratorBench::signedJob(OrchestratorBench::job(QStringLiteral("other")), bench.sender));
    QCOMPARE(answer.status, 503);
    QCOMPARE(answer.body, "No capacity available for capability\n");
}

void TestOrchestratorJob::byoc_11_a_request_must_be_an_object_data()
{
    QTest::addColumn<QString>("request");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("an object") << QStringLiteral("{\"stream_id\":\"s\"}") << true;
    QTest::newRow("null") << QStringLiteral("null") << true;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("an array") << QStringLiteral("[]") << false;
    QTest::newRow("text") << QStringLiteral("hello") << false;
    QTest::newRow("stream_id a number") << QStringLiteral("{\"stream_id\":1}") << false;
}

void TestOrchestratorJob::byoc_11_a_request_must_be_an_object()
{
    QFETCH(QString, request);
    QFETCH(bool, accepted);
    OrchestratorBench bench;
    bench.registerWork();
    JobHeader job = OrchestratorBench::job();
    job.request = request;
    const QByteArray paid = OrchestratorBench::payment(bench.token(bench.sender), bench.sender);
    const auto answer = bench.process(OrchestratorBench::signedJob(job, bench.sender), paid);
    QCOMPARE(answer.status, accepted ? 200 : 400);
    if (!accepted)
        QVERIFY2(answer.body.startsWith("Unable to unmarshal job request details err="), answer.body.constData());
    QCOMPARE(bench.load(), 0);
}

void TestOrchestratorJob::byoc_12_sixty_seconds_must_be_covered()
{
    OrchestratorBench bench;
    bench.registerWork({{QStringLiteral("price_per_unit"), 200'000'000}});
    const JobToken token = bench.token(bench.sender);
    // One ticket is 8e9 wei and sixty seconds are 12e9.
    const auto refused = bench.process(OrchestratorBench::signedJob(OrchestratorBench::job(), bench.sender),
        OrchestratorBench::payment(token, bench.sender, 1, 1));
    QCOMPARE(refused.status, 400);
    QCOMPARE(refused.body, "Insufficient balance for request\n");
    QVERIFY(!headers::contains(refused.headers, "Livepeer-Balance"));
    QCOMPARE(bench.load(), 0);
    QVERIFY(bench.workerRequests().isEmpty());
    QCOMPARE(floorOf(bench.balance()), Wei(OrchestratorBench::Ev));
    const auto accepted = bench.process(OrchestratorBench::signedJob(OrchestratorBench::job(), bench.sender),
        OrchestratorBench::payment(token, bench.sender, 1, 2));
    QCOMPARE(accepted.status, 200);
}

void TestOrchestratorJob::byoc_13_a_ticket_credits_exactly_its_expected_value()
{
    OrchestratorBench bench;
    bench.registerWork();
    const JobToken token = bench.token(bench.sender);
    const TicketParams params = *token.ticketParams;
    QCOMPARE(bench.process(OrchestratorBench::signedJob(OrchestratorBench::job(), bench.sender),
                 OrchestratorBench::payment(token, bench.sender, 3)).status, 200);
    QVERIFY(bench.balance() == 3 * params.expectedValue() - OrchestratorBench::Price);
}

void TestOrchestratorJob::byoc_13_bad_tickets_are_refused_with_their_text_data()
{
    using Change = std::function<void(OrchestratorBench &, WirePayment &)>;
    QTest::addColumn<Change>("change");
    QTest::addColumn<QByteArray>("text");
    const QByteArray rand = "invalid recipientRand for ticket recipientRandHash\n";
    QTest::newRow("foreign recipient") << Change([](OrchestratorBench &bench, WirePayment &payment) {
        payment.ticketParams->recipient = bench.stranger.address();
    }) << QByteArray("invalid ticket recipient\n");
    QTest::newRow("changed face value") << Change([](OrchestratorBench &, WirePayment &payment) {
        payment.ticketParams->faceValue = WireUint(payment.ticketParams->faceValue.value() * 2);
    }) << rand;
    QTest::newRow("changed probability") << Change([](OrchestratorBench &, WirePayment &payment) {
        payment.ticketParams->winProb = WireUint(payment.ticketParams->winProb.value() - 1);
    }) << rand;
    QTest::newRow("changed price") << Change([](OrchestratorBench &, WirePayment &payment) { payment.expectedPrice->pricePerUnit -= 1; }) << rand;
    QTest::newRow("later expiry") << Change([](OrchestratorBench &, WirePayment &payment) {
        payment.ticketParams->expirationBlock = WireUint(payment.ticketParams->expirationBlock.value() + 1);
    }) << rand;
    QTest::newRow("another round") << Change([](OrchestratorBench &, WirePayment &payment) { payment.expirationParams->creationRound -= 1; }) << rand;
    QTest::newRow("expired") << Change([](OrchestratorBench &bench, WirePayment &) { bench.chain.block += 40; }) << QByteArray("TicketParams expired\n");
    QTest::newRow("no price") << Change([](OrchestratorBench &, WirePayment &payment) { payment.expectedPrice.reset(); })
        << QByteArray("invalid expected price sent with payment err=\"expected price is nil\"\n");
    QTest::newRow("price over nothing") << Change([](OrchestratorBench &, WirePayment &payment) { payment.expectedPrice->pixelsPerUnit = 0; })
        << QByteArray("invalid expected price sent with payment err=\"pixels per unit is 0\"\n");
}

void TestOrchestratorJob::byoc_13_bad_tickets_are_refused_with_their_text()
{
    QFETCH(std::function<void(OrchestratorBench &, WirePayment &)>, change);
    QFETCH(QByteArray, text);
    OrchestratorBench bench;
    bench.registerWork();
    const QByteArray paid = OrchestratorBench::payment(bench.token(bench.sender), bench.sender, 1, 1, [&](WirePayment &payment) {
        change(bench, payment);
        OrchestratorBench::resign(payment, bench.sender);
    });
    const auto answer = bench.process(OrchestratorBench::signedJob(OrchestratorBench::job(), bench.sender), paid);
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.body, text);
    QVERIFY(bench.balance() == 0);
    QCOMPARE(bench.load(), 0);
    QVERIFY(bench.workerRequests().isEmpty());
}

void TestOrchestratorJob::byoc_13_a_replayed_nonce_is_refused()
{
    OrchestratorBench bench;
    bench.registerWork();
    const QByteArray paid = OrchestratorBench::payment(bench.token(bench.sender), bench.sender);
    const QByteArray job = OrchestratorBench::signedJob(OrchestratorBench::job(), bench.sender);
    QCOMPARE(bench.process(job, paid).status, 200);
    const Rational before = bench.balance();
    const auto replayed = bench.process(job, paid);
    QCOMPARE(replayed.status, 400);
    QCOMPARE(replayed.body, "invalid ticket senderNonce: already seen sender=" + bench.sender.address().toChecksum().toLatin1() + " nonce=1\n");
    QVERIFY(bench.balance() == before);

    // From the parameters that another sender asked for.
    bench.fund(bench.stranger.address());
    const QByteArray foreign = OrchestratorBench::payment(bench.token(bench.sender), bench.stranger);
    const auto refused = bench.process(OrchestratorBench::signedJob(OrchestratorBench::job(), bench.stranger), foreign);
    QCOMPARE(refused.status, 400);
    QCOMPARE(refused.body, "invalid recipientRand for ticket recipientRandHash\n");
}

void TestOrchestratorJob::byoc_13_the_601st_nonce_is_refused()
{
    OrchestratorBench bench;
    bench.registerWork();
    const JobToken token = bench.token(bench.sender);
    const QByteArray job = OrchestratorBench::signedJob(OrchestratorBench::job(), bench.sender);
    const QByteArray six = OrchestratorBench::payment(token, bench.sender, 600);
    // The header of six hundred tickets is what the bound of 64 KiB is for.
    QVERIFY(six.size() > 55 * 1024 && six.size() < 64 * 1024);
    QCOMPARE(bench.process(job, six).status, 200);
    QCOMPARE(floorOf(bench.balance()), Wei(600 * OrchestratorBench::Ev - OrchestratorBench::Price));
    const auto refused = bench.process(job, OrchestratorBench::payment(token, bench.sender, 1, 601));
    QCOMPARE(refused.status, 400);
    QCOMPARE(refused.body, "invalid ticket senderNonce: too many values sender=" + bench.sender.address().toChecksum().toLatin1() + " nonce=601\n");
}

void TestOrchestratorJob::byoc_14_no_ticket_after_a_bad_one_is_credited()
{
    OrchestratorBench bench;
    bench.registerWork();
    const QByteArray paid = OrchestratorBench::payment(bench.token(bench.sender), bench.sender, 4, 1, [](WirePayment &payment) {
        payment.tickets[2].signature[0] = char(payment.tickets[2].signature[0] ^ 1);
    });
    const auto answer = bench.process(OrchestratorBench::signedJob(OrchestratorBench::job(), bench.sender), paid);
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.body, "invalid ticket signature\n");
    QCOMPARE(floorOf(bench.balance()), Wei(2 * OrchestratorBench::Ev));
    QCOMPARE(bench.load(), 0);
}

void TestOrchestratorJob::byoc_15_an_undecodable_payment_is_answered()
{
    OrchestratorBench bench;
    bench.registerWork();
    const QByteArray job = OrchestratorBench::signedJob(OrchestratorBench::job(), bench.sender);
    for (const QByteArray &payment : {QByteArray("***"), QByteArray("{\"sender\":\"0x\"}").toBase64(), QByteArray(200, '\xff').toBase64()}) {
        const auto answer = bench.process(job, payment);
        QCOMPARE(answer.status, 402);
        QVERIFY2(answer.body.startsWith("Could not parse payment err="), answer.body.constData());
        QCOMPARE(bench.load(), 0);
    }
}

void TestOrchestratorJob::payments_14_a_payment_without_tickets_buys_nothing()
{
    OrchestratorBench bench;
    bench.registerWork();
    const QByteArray paid = OrchestratorBench::payment(bench.token(bench.sender), bench.sender, 0);
    const auto answer = bench.process(OrchestratorBench::signedJob(OrchestratorBench::job(), bench.sender), paid);
    QCOMPARE(answer.status, 400);
    QVERIFY2(answer.body.startsWith("Insufficient balance"), answer.body.constData());
    QVERIFY(bench.workerRequests().isEmpty());
}

void TestOrchestratorJob::other_releases_and_defects_are_quirks()
{
    OrchestratorOptions options;
    options.quirks = Quirk::DropBadPayment | Quirk::LeakSlots | Quirk::V1Signatures | Quirk::OldStatuses;
    OrchestratorBench bench(options);
    bench.registerWork();
    JobHeader job = OrchestratorBench::job();
    job.sender = bench.sender.address().toChecksum();
    QCOMPARE(bench.process(OrchestratorBench::signedJob(job, bench.sender)).status, 403);
    job.sig = signHashed(bench.sender, *job.v1SigningBytes()).toHex();
    const auto unpaid = bench.process(job.toHeader());
    QCOMPARE(unpaid.status, 402);
    QCOMPARE(unpaid.body, "Insufficient balance\n");
    QCOMPARE(bench.load(), 0);
    const auto dropped = bench.process(job.toHeader(), "***");
    QCOMPARE(dropped.status, 0);
    QCOMPARE(bench.load(), 1);
}

QTEST_GUILESS_MAIN(TestOrchestratorJob)
#include "tst_orchestrator_job.moc"
