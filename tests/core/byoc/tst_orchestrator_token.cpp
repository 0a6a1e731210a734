#include "orchestrator_fixture_p.h"

using namespace sluice;
using namespace sluice::byoc;

class TestOrchestratorToken : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void byoc_04_a_token_has_the_keys_of_the_page_in_order();
    void byoc_04_zero_values_are_absent();
    void byoc_04_a_negative_balance_is_told();
    void byoc_05_both_casings_of_the_address_are_accepted();
    void byoc_05_a_signature_over_another_casing_is_refused();
    void byoc_06_refusals_have_their_status_and_text_data();
    void byoc_06_refusals_have_their_status_and_text();
    void byoc_06_a_sender_without_reserve_is_refused();
    void byoc_07_an_unknown_capability_has_no_capacity();
    void byoc_07_asking_reserves_nothing();
    void string_prices_are_a_quirk();
};

namespace {

const QString tokenPath = QStringLiteral("/process/token");

Headers asking(const PrivateKey &key, const QString &addr = {})
{
    Headers headers = OrchestratorFixture::credentials(key, addr);
    headers::set(headers, header::Capability, "work");
    return headers;
}

QStringList keysOf(const Json &object)
{
    QStringList keys;
    for (const auto &[key, value] : object.members())
        keys.append(key);
    return keys;
}

} // namespace

void TestOrchestratorToken::byoc_04_a_token_has_the_keys_of_the_page_in_order()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    fixture.recipient->ledger().credit(fixture.sender.address(), QStringLiteral("work"), Rational(12'345, 2));
    const auto answer = fixture.send("GET", tokenPath, asking(fixture.sender));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.header("Content-Type"), "application/json");
    QVERIFY(answer.body.endsWith('\n'));
    const Json token = *Json::parse(answer.body);
    QCOMPARE(keysOf(token), QStringList({QStringLiteral("sender_address"), QStringLiteral("ticket_params"), QStringLiteral("balance"),
        QStringLiteral("price"), QStringLiteral("service_addr"), QStringLiteral("available_capacity"), QStringLiteral("LastNonce")}));
    QCOMPARE(keysOf(token.value(QStringLiteral("sender_address"))), QStringList({QStringLiteral("addr"), QStringLiteral("sig")}));
    const Json params = token.value(QStringLiteral("ticket_params"));
    QCOMPARE(keysOf(params), QStringList({QStringLiteral("recipient"), QStringLiteral("face_value"), QStringLiteral("win_prob"),
        QStringLiteral("recipient_rand_hash"), QStringLiteral("seed"), QStringLiteral("expiration_block"), QStringLiteral("expiration_params")}));
    QCOMPARE(keysOf(params.value(QStringLiteral("expiration_params"))),
        QStringList({QStringLiteral("creation_round"), QStringLiteral("creation_round_block_hash")}));
    QCOMPARE(token.value(QStringLiteral("price")).dump(), QByteArray("{\"pricePerUnit\":100000000,\"pixelsPerUnit\":1}"));
    QCOMPARE(token.value(QStringLiteral("balance")).numberText(), "6172");
    QCOMPARE(token.value(QStringLiteral("LastNonce")).numberText(), "0");
    QCOMPARE(token.value(QStringLiteral("available_capacity")).numberText(), "2");
    QCOMPARE(token.value(QStringLiteral("service_addr")).toString(), fixture.orchestrator->url().toString());
    QCOMPARE(params.value(QStringLiteral("recipient")).toString().size(), 28); // 20 bytes, padded
    QCOMPARE(params.value(QStringLiteral("recipient_rand_hash")).toString().size(), 44);
}

void TestOrchestratorToken::byoc_04_zero_values_are_absent()
{
    OrchestratorFixture fixture;
    fixture.registerWork({{QStringLiteral("price_per_unit"), 0}, {QStringLiteral("capacity"), 0}});
    const Json token = *Json::parse(fixture.send("GET", tokenPath, asking(fixture.stranger)).body);
    QVERIFY(!token.contains(QStringLiteral("balance")));
    QVERIFY(!token.contains(QStringLiteral("available_capacity")));
    QCOMPARE(token.value(QStringLiteral("price")).dump(), QByteArray("{\"pixelsPerUnit\":1}"));
    QVERIFY(!token.value(QStringLiteral("ticket_params")).contains(QStringLiteral("face_value")));
    QVERIFY(!token.value(QStringLiteral("ticket_params")).contains(QStringLiteral("win_prob")));
}

void TestOrchestratorToken::byoc_04_a_negative_balance_is_told()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    fixture.recipient->ledger().debit(fixture.sender.address(), QStringLiteral("work"), Rational(5, 2));
    QCOMPARE(fixture.token(fixture.sender).balance, -3);
}

void TestOrchestratorToken::byoc_05_both_casings_of_the_address_are_accepted()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    for (const QString &addr : {fixture.sender.address().toChecksum(), fixture.sender.address().toLower()}) {
        const auto answer = fixture.send("GET", tokenPath, asking(fixture.sender, addr));
        QCOMPARE(answer.status, 200);
        QCOMPARE(JobToken::parse(answer.body)->sender.addr, addr);
    }
}

void TestOrchestratorToken::byoc_05_a_signature_over_another_casing_is_refused()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    TokenCredentials credentials;
    credentials.addr = fixture.sender.address().toLower();
    credentials.sig = signHashed(fixture.sender, fixture.sender.address().toChecksum().toLatin1()).toHex();
    const auto answer = fixture.send("GET", tokenPath, {{header::Sender, credentials.toHeader()}, {header::Capability, "work"}});
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.body, "Invalid eth address header \n");
}

void TestOrchestratorToken::byoc_06_refusals_have_their_status_and_text_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("credentials"); // "valid" stands for good ones
    QTest::addColumn<QByteArray>("capability");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("text");
    const QByteArray invalid = "Invalid eth address header \n";
    QTest::newRow("POST") << QByteArray("POST") << QByteArray("valid") << QByteArray("work") << 405 << QByteArray("Method not allowed\n");
    QTest::newRow("no credentials") << QByteArray("GET") << QByteArray() << QByteArray("work") << 400
        << QByteArray("Must have eth address and signature on address in Livepeer-Eth-Address header\n");
    QTest::newRow("bad base64") << QByteArray("GET") << QByteArray("not base64!") << QByteArray("work") << 400 << invalid;
    QTest::newRow("URL-safe base64") << QByteArray("GET") << QByteArray("eyJhIjoi_-8ifQ==") << QByteArray("work") << 400 << invalid;
    QTest::newRow("bad JSON") << QByteArray("GET") << QByteArray("{\"addr\":").toBase64() << QByteArray("work") << 400 << invalid;
    QTest::newRow("bad hex") << QByteArray("GET")
        << QByteArray("{\"addr\":\"0xA83Cc3117bfe5153D236F958500E39b397610082\",\"sig\":\"0xzz\"}").toBase64() << QByteArray("work") << 400 << invalid;
    QTest::newRow("no address") << QByteArray("GET") << QByteArray("{\"addr\":\"someone\",\"sig\":\"\"}").toBase64() << QByteArray("work") << 400 << invalid;
    QTest::newRow("no capability") << QByteArray("GET") << QByteArray("valid") << QByteArray() << 400
        << QByteArray("Job capabilities not provided, must provide comma separated capabilities in Livepeer-Capability header\n");
}

void TestOrchestratorToken::byoc_06_refusals_have_their_status_and_text()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, credentials);
    QFETCH(QByteArray, capability);
    QFETCH(int, status);
    QFETCH(QByteArray, text);
    OrchestratorFixture fixture;
    fixture.registerWork();
    Headers headers;
    if (credentials == "valid")
        headers = OrchestratorFixture::credentials(fixture.sender);
    else if (!credentials.isEmpty())
        headers::set(headers, header::Sender, credentials);
    if (!capability.isEmpty())
        headers::set(headers, header::Capability, capability);
    const auto answer = fixture.send(method, tokenPath, headers);
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.body, text);
}

void TestOrchestratorToken::byoc_06_a_sender_without_reserve_is_refused()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    const auto refused = fixture.send("GET", tokenPath, asking(fixture.stranger));
    QCOMPARE(refused.status, 400);
    QCOMPARE(refused.body, "Could not get ticket params err=insufficient sender reserve\n");

    OrchestratorOptions options;
    options.autoAdjustPrice = true;
    OrchestratorFixture adjusting(options);
    adjusting.registerWork();
    const auto early = adjusting.send("GET", tokenPath, asking(adjusting.stranger));
    QCOMPARE(early.status, 503);
    QCOMPARE(early.body, "Could not get price err=insufficient sender reserve\n");
    QVERIFY(adjusting.token(adjusting.sender).price.pricePerUnit > OrchestratorFixture::Price);
}

void TestOrchestratorToken::byoc_07_an_unknown_capability_has_no_capacity()
{
    OrchestratorFixture fixture;
    const auto answer = fixture.send("GET", tokenPath, asking(fixture.sender));
    QCOMPARE(answer.status, 200);
    QVERIFY(!Json::parse(answer.body)->contains(QStringLiteral("available_capacity")));
}

void TestOrchestratorToken::byoc_07_asking_reserves_nothing()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    QList<Hash32> hashes;
    for (int i = 0; i < 5; ++i) {
        const JobToken token = fixture.token(fixture.sender);
        QCOMPARE(token.availableCapacity, 2);
        QVERIFY(!hashes.contains(token.ticketParams->recipientRandHash));
        hashes.append(token.ticketParams->recipientRandHash);
    }
    QCOMPARE(fixture.load(), 0);
}

void TestOrchestratorToken::string_prices_are_a_quirk()
{
    OrchestratorOptions options;
    options.quirks = Quirk::StringPrices;
    OrchestratorFixture fixture(options);
    fixture.registerWork();
    fixture.recipient->ledger().credit(fixture.sender.address(), QStringLiteral("work"), 42);
    const Json token = *Json::parse(fixture.send("GET", tokenPath, asking(fixture.sender)).body);
    QCOMPARE(token.value(QStringLiteral("price")).dump(), QByteArray("{\"price_per_unit\":\"100000000\",\"pixels_per_unit\":\"1\"}"));
    QCOMPARE(token.value(QStringLiteral("balance")).dump(), QByteArray("\"42\""));
}

QTEST_GUILESS_MAIN(TestOrchestratorToken)
#include "tst_orchestrator_token.moc"
