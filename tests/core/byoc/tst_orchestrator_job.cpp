#include "orchestrator_fixture_p.h"

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
    void both_forms_of_a_jobs_signature_are_taken_where_wanted();
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
    OrchestratorFixture fixture;
    fixture.registerWork();
    const JobToken token = fixture.token(fixture.sender);
    const QByteArray body("\x00\xff any bytes", 12);
    const Headers headers{{"Content-Type", "image/x-odd; a=b"}, {"Cookie", "secret"}, {"Accept", "text/html"}, {"X-Own", "1"},
        {header::Job, OrchestratorFixture::signedJob(OrchestratorFixture::job(), fixture.sender)},
        {header::Payment, OrchestratorFixture::payment(token, fixture.sender)}};
    const auto answer = fixture.send("POST", QStringLiteral("/process/request/") + path, headers, body);
    QCOMPARE(answer.status, 200);
    QCOMPARE(fixture.workerRequests().size(), 1);
    const ServerRequest request = fixture.workerRequests().first();
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
    OrchestratorFixture fixture;
    const auto answer = fixture.send("POST", path);
    QCOMPARE(answer.status, 301);
    QCOMPARE(answer.header("Location"), location);
    QCOMPARE(fixture.send("GET", QStringLiteral("/process/request/")).status, 405);
}

void TestOrchestratorJob::byoc_08_a_workers_bearer_is_sent()
{
    OrchestratorFixture fixture;
    fixture.registerWork({{QStringLiteral("token"), QStringLiteral("worker-token")}});
    QCOMPARE(fixture.run().status, 200);
    QCOMPARE(headers::value(fixture.workerRequests().first().headers, "Authorization"), "Bearer worker-token");
}

void TestOrchestratorJob::byoc_09_bad_job_credentials_are_refused_data()
{
    using Change = std::function<QByteArray(OrchestratorFixture &)>;
    QTest::addColumn<Change>("header");
    const auto with = [](std::function<void(JobHeader &, Signature &)> change) -> Change {
        return [change](OrchestratorFixture &fixture) {
            JobHeader job = OrchestratorFixture::job();
            job.sender = fixture.sender.address().toChecksum();
            Signature signature = signHashed(fixture.sender, job.legacySigningBytes());
            job.sig = signature.toHex();
            change(job, signature);
            return job.toHeader();
        };
    };
    const auto bytesOf = [](const Signature &signature) { return signature.toByteArray(); };
    QTest::newRow("no header") << Change([](OrchestratorFixture &) { return QByteArray(); });
    QTest::newRow("bad base64") << Change([](OrchestratorFixture &) { return QByteArray("{not base64}"); });
    QTest::newRow("no JSON") << Change([](OrchestratorFixture &) { return QByteArray("{").toBase64(); });
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
    QTest::newRow("the V1 form") << Change([](OrchestratorFixture &fixture) {
        JobHeader job = OrchestratorFixture::job();
        job.sender = fixture.sender.address().toChecksum();
        job.sig = signHashed(fixture.sender, *job.v1SigningBytes()).toHex();
        return job.toHeader();
    });
}

void TestOrchestratorJob::byoc_09_bad_job_credentials_are_refused()
{
    QFETCH(std::function<QByteArray(OrchestratorFixture &)>, header);
    OrchestratorFixture fixture;
    fixture.registerWork();
    const auto answer = fixture.process(header(fixture));
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.body, "Could not verify job creds\n");
    QVERIFY(!headers::contains(answer.headers, "Livepeer-Balance"));
    QCOMPARE(fixture.load(), 0);
}

void TestOrchestratorJob::byoc_09_signatures_pass_with_and_without_0x()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    const QByteArray paid = OrchestratorFixture::payment(fixture.token(fixture.sender), fixture.sender, 2);
    JobHeader job = *JobHeader::fromHeader(OrchestratorFixture::signedJob(OrchestratorFixture::job(), fixture.sender));
    QVERIFY(job.sig.startsWith(QStringLiteral("0x")));
    QCOMPARE(fixture.process(job.toHeader(), paid).status, 200);
    job.sig.remove(0, 2);
    QCOMPARE(fixture.process(job.toHeader()).status, 200);
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
    OrchestratorFixture fixture;
    fixture.registerWork();
    Json job = *fromHeaderValue(OrchestratorFixture::signedJob(OrchestratorFixture::job(), fixture.sender));
    job.remove(QStringLiteral("timeout_seconds"));
    if (!timeout.isEmpty())
        job.insert(QStringLiteral("timeout_seconds"), *Json::parse(timeout));
    const auto answer = fixture.process(toHeaderValue(job));
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.body, text);
}

void TestOrchestratorJob::byoc_11_an_unknown_capability_is_503()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    const auto answer = fixture.process(OrchestratorFixture::signedJob(OrchestratorFixture::job(QStringLiteral("other")), fixture.sender));
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
    OrchestratorFixture fixture;
    fixture.registerWork();
    JobHeader job = OrchestratorFixture::job();
    job.request = request;
    const QByteArray paid = OrchestratorFixture::payment(fixture.token(fixture.sender), fixture.sender);
    const auto answer = fixture.process(OrchestratorFixture::signedJob(job, fixture.sender), paid);
    QCOMPARE(answer.status, accepted ? 200 : 400);
    if (!accepted)
        QVERIFY2(answer.body.startsWith("Unable to unmarshal job request details err="), answer.body.constData());
    QCOMPARE(fixture.load(), 0);
}

void TestOrchestratorJob::byoc_12_sixty_seconds_must_be_covered()
{
    OrchestratorFixture fixture;
    fixture.registerWork({{QStringLiteral("price_per_unit"), 200'000'000}});
    const JobToken token = fixture.token(fixture.sender);
    // One ticket is 8e9 wei and sixty seconds are 12e9.
    const auto refused = fixture.process(OrchestratorFixture::signedJob(OrchestratorFixture::job(), fixture.sender),
        OrchestratorFixture::payment(token, fixture.sender, 1, 1));
    QCOMPARE(refused.status, 400);
    QCOMPARE(refused.body, "Insufficient balance for request\n");
    QVERIFY(!headers::contains(refused.headers, "Livepeer-Balance"));
    QCOMPARE(fixture.load(), 0);
    QVERIFY(fixture.workerRequests().isEmpty());
    QCOMPARE(floorOf(fixture.balance()), Wei(OrchestratorFixture::Ev));
    const auto accepted = fixture.process(OrchestratorFixture::signedJob(OrchestratorFixture::job(), fixture.sender),
        OrchestratorFixture::payment(token, fixture.sender, 1, 2));
    QCOMPARE(accepted.status, 200);
}

void TestOrchestratorJob::byoc_13_a_ticket_credits_exactly_its_expected_value()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    const JobToken token = fixture.token(fixture.sender);
    const TicketParams params = *token.ticketParams;
    QCOMPARE(fixture.process(OrchestratorFixture::signedJob(OrchestratorFixture::job(), fixture.sender),
                 OrchestratorFixture::payment(token, fixture.sender, 3)).status, 200);
    QVERIFY(fixture.balance() == 3 * params.expectedValue() - OrchestratorFixture::Price);
}

void TestOrchestratorJob::byoc_13_bad_tickets_are_refused_with_their_text_data()
{
    using Change = std::function<void(OrchestratorFixture &, WirePayment &)>;
    QTest::addColumn<Change>("change");
    QTest::addColumn<QByteArray>("text");
    const QByteArray rand = "invalid recipientRand for ticket recipientRandHash\n";
    QTest::newRow("foreign recipient") << Change([](OrchestratorFixture &fixture, WirePayment &payment) {
        payment.ticketParams->recipient = fixture.stranger.address();
    }) << QByteArray("invalid ticket recipient\n");
    QTest::newRow("changed face value") << Change([](OrchestratorFixture &, WirePayment &payment) {
        payment.ticketParams->faceValue = WireUint(payment.ticketParams->faceValue.value() * 2);
    }) << rand;
    QTest::newRow("changed probability") << Change([](OrchestratorFixture &, WirePayment &payment) {
        payment.ticketParams->winProb = WireUint(payment.ticketParams->winProb.value() - 1);
    }) << rand;
    QTest::newRow("changed price") << Change([](OrchestratorFixture &, WirePayment &payment) { payment.expectedPrice->pricePerUnit -= 1; }) << rand;
    QTest::newRow("later expiry") << Change([](OrchestratorFixture &, WirePayment &payment) {
        payment.ticketParams->expirationBlock = WireUint(payment.ticketParams->expirationBlock.value() + 1);
    }) << rand;
    QTest::newRow("another round") << Change([](OrchestratorFixture &, WirePayment &payment) { payment.expirationParams->creationRound -= 1; }) << rand;
    QTest::newRow("expired") << Change([](OrchestratorFixture &fixture, WirePayment &) { fixture.chain.block += 40; }) << QByteArray("TicketParams expired\n");
    QTest::newRow("no price") << Change([](OrchestratorFixture &, WirePayment &payment) { payment.expectedPrice.reset(); })
        << QByteArray("invalid expected price sent with payment err=\"expected price is nil\"\n");
    QTest::newRow("price over nothing") << Change([](OrchestratorFixture &, WirePayment &payment) { payment.expectedPrice->pixelsPerUnit = 0; })
        << QByteArray("invalid expected price sent with payment err=\"pixels per unit is 0\"\n");
}

void TestOrchestratorJob::byoc_13_bad_tickets_are_refused_with_their_text()
{
    QFETCH(std::function<void(OrchestratorFixture &, WirePayment &)>, change);
    QFETCH(QByteArray, text);
    OrchestratorFixture fixture;
    fixture.registerWork();
    const QByteArray paid = OrchestratorFixture::payment(fixture.token(fixture.sender), fixture.sender, 1, 1, [&](WirePayment &payment) {
        change(fixture, payment);
        OrchestratorFixture::resign(payment, fixture.sender);
    });
    const auto answer = fixture.process(OrchestratorFixture::signedJob(OrchestratorFixture::job(), fixture.sender), paid);
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.body, text);
    QVERIFY(fixture.balance() == 0);
    QCOMPARE(fixture.load(), 0);
    QVERIFY(fixture.workerRequests().isEmpty());
}

void TestOrchestratorJob::byoc_13_a_replayed_nonce_is_refused()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    const QByteArray paid = OrchestratorFixture::payment(fixture.token(fixture.sender), fixture.sender);
    const QByteArray job = OrchestratorFixture::signedJob(OrchestratorFixture::job(), fixture.sender);
    QCOMPARE(fixture.process(job, paid).status, 200);
    const Rational before = fixture.balance();
    const auto replayed = fixture.process(job, paid);
    QCOMPARE(replayed.status, 400);
    QCOMPARE(replayed.body, "invalid ticket senderNonce: already seen sender=" + fixture.sender.address().toChecksum().toLatin1() + " nonce=1\n");
    QVERIFY(fixture.balance() == before);

    // From the parameters that another sender asked for.
    fixture.fund(fixture.stranger.address());
    const QByteArray foreign = OrchestratorFixture::payment(fixture.token(fixture.sender), fixture.stranger);
    const auto refused = fixture.process(OrchestratorFixture::signedJob(OrchestratorFixture::job(), fixture.stranger), foreign);
    QCOMPARE(refused.status, 400);
    QCOMPARE(refused.body, "invalid recipientRand for ticket recipientRandHash\n");
}

void TestOrchestratorJob::byoc_13_the_601st_nonce_is_refused()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    const JobToken token = fixture.token(fixture.sender);
    const QByteArray job = OrchestratorFixture::signedJob(OrchestratorFixture::job(), fixture.sender);
    const QByteArray six = OrchestratorFixture::payment(token, fixture.sender, 600);
    // The header of six hundred tickets is what the bound of 64 KiB is for.
    QVERIFY(six.size() > 55 * 1024 && six.size() < 64 * 1024);
    QCOMPARE(fixture.process(job, six).status, 200);
    QCOMPARE(floorOf(fixture.balance()), Wei(600 * OrchestratorFixture::Ev - OrchestratorFixture::Price));
    const auto refused = fixture.process(job, OrchestratorFixture::payment(token, fixture.sender, 1, 601));
    QCOMPARE(refused.status, 400);
    QCOMPARE(refused.body, "invalid ticket senderNonce: too many values sender=" + fixture.sender.address().toChecksum().toLatin1() + " nonce=601\n");
}

void TestOrchestratorJob::byoc_14_no_ticket_after_a_bad_one_is_credited()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    const QByteArray paid = OrchestratorFixture::payment(fixture.token(fixture.sender), fixture.sender, 4, 1, [](WirePayment &payment) {
        payment.tickets[2].signature[0] = char(payment.tickets[2].signature[0] ^ 1);
    });
    const auto answer = fixture.process(OrchestratorFixture::signedJob(OrchestratorFixture::job(), fixture.sender), paid);
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.body, "invalid ticket signature\n");
    QCOMPARE(floorOf(fixture.balance()), Wei(2 * OrchestratorFixture::Ev));
    QCOMPARE(fixture.load(), 0);
}

void TestOrchestratorJob::byoc_15_an_undecodable_payment_is_answered()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    const QByteArray job = OrchestratorFixture::signedJob(OrchestratorFixture::job(), fixture.sender);
    for (const QByteArray &payment : {QByteArray("***"), QByteArray("{\"sender\":\"0x\"}").toBase64(), QByteArray(200, '\xff').toBase64()}) {
        const auto answer = fixture.process(job, payment);
        QCOMPARE(answer.status, 402);
        QVERIFY2(answer.body.startsWith("Could not parse payment err="), answer.body.constData());
        QCOMPARE(fixture.load(), 0);
    }
}

void TestOrchestratorJob::payments_14_a_payment_without_tickets_buys_nothing()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    const QByteArray paid = OrchestratorFixture::payment(fixture.token(fixture.sender), fixture.sender, 0);
    const auto answer = fixture.process(OrchestratorFixture::signedJob(OrchestratorFixture::job(), fixture.sender), paid);
    QCOMPARE(answer.status, 400);
    QVERIFY2(answer.body.startsWith("Insufficient balance"), answer.body.constData());
    QVERIFY(fixture.workerRequests().isEmpty());
}

void TestOrchestratorJob::both_forms_of_a_jobs_signature_are_taken_where_wanted()
{
    OrchestratorOptions options;
    options.takesV1 = true;
    OrchestratorFixture fixture(options);
    fixture.registerWork();
    JobHeader job = OrchestratorFixture::job();
    const QByteArray paid = OrchestratorFixture::payment(fixture.token(fixture.sender), fixture.sender, 60);
    QCOMPARE(fixture.process(OrchestratorFixture::signedJob(job, fixture.sender), paid).status, 200);
    job.sender = fixture.sender.address().toChecksum();
    job.sig = signHashed(fixture.sender, *job.v1SigningBytes()).toHex();
    QCOMPARE(fixture.process(job.toHeader()).status, 200);
    // V1 covers the timeout; neither form is good for somebody else.
    JobHeader changed = job;
    changed.timeoutSeconds += 1;
    QCOMPARE(fixture.process(changed.toHeader()).status, 400);
    JobHeader another = job;
    another.sender = PrivateKey::generate().address().toChecksum();
    QCOMPARE(fixture.process(another.toHeader()).status, 400);
}

void TestOrchestratorJob::other_releases_and_defects_are_quirks()
{
    OrchestratorOptions options;
    options.quirks = Quirk::DropBadPayment | Quirk::LeakSlots | Quirk::V1Signatures | Quirk::OldStatuses;
    OrchestratorFixture fixture(options);
    fixture.registerWork();
    JobHeader job = OrchestratorFixture::job();
    job.sender = fixture.sender.address().toChecksum();
    QCOMPARE(fixture.process(OrchestratorFixture::signedJob(job, fixture.sender)).status, 403);
    job.sig = signHashed(fixture.sender, *job.v1SigningBytes()).toHex();
    const auto unpaid = fixture.process(job.toHeader());
    QCOMPARE(unpaid.status, 402);
    QCOMPARE(unpaid.body, "Insufficient balance\n");
    QCOMPARE(fixture.load(), 0);
    const auto dropped = fixture.process(job.toHeader(), "***");
    QCOMPARE(dropped.status, 0);
    QCOMPARE(fixture.load(), 1);
}

QTEST_GUILESS_MAIN(TestOrchestratorJob)
#include "tst_orchestrator_job.moc"
