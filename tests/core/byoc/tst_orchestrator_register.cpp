#include "orchestrator_fixture_p.h"

using namespace sluice;
using namespace sluice::byoc;

class TestOrchestratorRegister : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void byoc_01_register_wants_the_secret_and_post();
    void byoc_01_register_says_what_is_wrong_with_the_body_data();
    void byoc_01_register_says_what_is_wrong_with_the_body();
    void byoc_02_a_known_name_is_replaced_and_its_load_reset();
    void byoc_02_a_slot_of_a_replaced_registration_frees_nothing();
    void byoc_02_unregister_takes_the_name_as_text();
    void byoc_03_prices_are_floored_to_whole_wei_data();
    void byoc_03_prices_are_floored_to_whole_wei();
    void byoc_03_a_job_below_one_wei_per_second_needs_no_payment();
    void the_listing_carries_what_the_worker_says_about_itself();
    void quirks_are_read_by_name();
};

namespace {
const QString registerPath = QStringLiteral("/capability/register");
const QString unregisterPath = QStringLiteral("/capability/unregister");
} // namespace

void TestOrchestratorRegister::byoc_01_register_wants_the_secret_and_post()
{
    OrchestratorFixture fixture;
    const auto accepted = fixture.registerWork();
    QCOMPARE(accepted.status, 200);
    QCOMPARE(accepted.body, "ok");
    QCOMPARE(accepted.header("Content-Type"), "application/json");

    for (const Headers &wrong : {Headers{}, Headers{{"Authorization", "Bearer a secret for workers"}}}) {
        const auto refused = fixture.send("POST", registerPath, wrong, "{\"name\":\"x\"}");
        QCOMPARE(refused.status, 400);
        QCOMPARE(refused.body, "invalid authorization\n");
        QCOMPARE(refused.header("Content-Type"), "text/plain; charset=utf-8");
        QCOMPARE(refused.header("X-Content-Type-Options"), "nosniff");
        QVERIFY(!fixture.isRegistered(QStringLiteral("x")));
    }
    for (const QString &path : {registerPath, unregisterPath}) {
        const auto got = fixture.send("GET", path, {{"Authorization", OrchestratorFixture::Secret}});
        QCOMPARE(got.status, 405);
        QCOMPARE(got.body, "Method not allowed\n");
    }
    QCOMPARE(fixture.send("POST", unregisterPath, {}, "work").body, "invalid authorization\n");
    QVERIFY(fixture.isRegistered());
}

void TestOrchestratorRegister::byoc_01_register_says_what_is_wrong_with_the_body_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("no JSON") << QByteArray("{\"name\":") << QByteArray("JSON");
    QTest::newRow("an array") << QByteArray("[]") << QByteArray("object");
    QTest::newRow("no name") << QByteArray("{\"url\":\"http://127.0.0.1:1\"}") << QByteArray("name");
    QTest::newRow("a line end in the name") << QByteArray("{\"name\":\"a\\nb\",\"url\":\"http://127.0.0.1:1\"}") << QByteArray("control");
    QTest::newRow("no URL") << QByteArray("{\"name\":\"x\"}") << QByteArray("url");
    QTest::newRow("a file URL") << QByteArray("{\"name\":\"x\",\"url\":\"file:///etc/passwd\"}") << QByteArray("http");
    QTest::newRow("capacity as text") << QByteArray("{\"name\":\"x\",\"url\":\"http://127.0.0.1:1\",\"capacity\":\"1\"}") << QByteArray("capacity");
    QTest::newRow("negative price") << QByteArray("{\"name\":\"x\",\"url\":\"http://127.0.0.1:1\",\"price_per_unit\":-1}") << QByteArray("negative");
    QTest::newRow("unknown currency") << QByteArray("{\"name\":\"x\",\"url\":\"http://127.0.0.1:1\",\"currency\":\"doubloon\"}") << QByteArray("doubloon");
    QTest::newRow("too dear") << QByteArray("{\"name\":\"x\",\"url\":\"http://127.0.0.1:1\",\"price_per_unit\":10,\"currency\":\"eth\"}") << QByteArray("64 bits");
}

void TestOrchestratorRegister::byoc_01_register_says_what_is_wrong_with_the_body()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, word);
    OrchestratorFixture fixture;
    const auto refused = fixture.send("POST", registerPath, {{"Authorization", OrchestratorFixture::Secret}}, body);
    QCOMPARE(refused.status, 400);
    QVERIFY2(refused.body.startsWith("Error registering capability: "), refused.body.constData());
    QVERIFY2(refused.body.contains(word), refused.body.constData());
    QVERIFY(fixture.orchestrator->capabilities().isEmpty());
}

void TestOrchestratorRegister::byoc_02_a_known_name_is_replaced_and_its_load_reset()
{
    CapabilityTable table;
    CapabilityRegistration first;
    first.name = QStringLiteral("work");
    first.url = QStringLiteral("http://127.0.0.1:1/");
    first.capacity = 3;
    first.pricePerUnit = 5;
    QVERIFY(table.add(first));
    auto slot = table.reserve(QStringLiteral("work"));
    QVERIFY(slot);
    QCOMPARE(table.find(QStringLiteral("work"))->load, 1);

    CapabilityRegistration second = first;
    second.url = QStringLiteral("http://127.0.0.1:2");
    second.pricePerUnit = 7;
    QVERIFY(table.add(second));
    QCOMPARE(table.all().size(), 1);
    const auto now = table.find(QStringLiteral("work"));
    QCOMPARE(now->load, 0);
    QCOMPARE(now->pricePerSecond, 7);
    QCOMPARE(now->registration.url, second.url);
}

void TestOrchestratorRegister::byoc_02_a_slot_of_a_replaced_registration_frees_nothing()
{
    CapabilityTable table;
    CapabilityRegistration registration;
    registration.name = QStringLiteral("work");
    registration.url = QStringLiteral("http://127.0.0.1:1");
    registration.capacity = 1;
    QVERIFY(table.add(registration));
    auto old = table.reserve(QStringLiteral("work"));
    QVERIFY(table.add(registration));
    const auto fresh = table.reserve(QStringLiteral("work"));
    old->release();
    QCOMPARE(table.find(QStringLiteral("work"))->load, 1);
    QCOMPARE(table.find(QStringLiteral("work"))->available(), 0);
}

void TestOrchestratorRegister::byoc_02_unregister_takes_the_name_as_text()
{
    OrchestratorFixture fixture;
    fixture.registerWork();
    const Headers secret{{"Authorization", OrchestratorFixture::Secret}};
    const auto unknown = fixture.send("POST", unregisterPath, secret, "nobody");
    QCOMPARE(unknown.status, 200);
    QCOMPARE(unknown.body, "ok");
    QVERIFY(fixture.isRegistered());
    QCOMPARE(fixture.send("POST", unregisterPath, secret, "work").body, "ok");
    QVERIFY(!fixture.isRegistered());
}

void TestOrchestratorRegister::byoc_03_prices_are_floored_to_whole_wei_data()
{
    QTest::addColumn<qint64>("perUnit");
    QTest::addColumn<qint64>("scaling");
    QTest::addColumn<QString>("currency");
    QTest::addColumn<qint64>("wei");
    QTest::newRow("plain") << qint64(100) << qint64(1) << QStringLiteral("wei") << qint64(100);
    QTest::newRow("divided") << qint64(100) << qint64(8) << QString() << qint64(12);
    QTest::newRow("below one wei is free") << qint64(999) << qint64(1000) << QStringLiteral("wei") << qint64(0);
    QTest::newRow("scaling 0 is 1") << qint64(5) << qint64(0) << QStringLiteral("wei") << qint64(5);
    QTest::newRow("eth") << qint64(1) << qint64(1'000'000'000) << QStringLiteral("ETH") << qint64(1'000'000'000);
    QTest::newRow("eth beyond 64 bits before dividing") << qint64(5'000'000) << qint64(1'000'000'000) << QStringLiteral("eth") << qint64(5'000'000'000'000'000);
}

void TestOrchestratorRegister::byoc_03_prices_are_floored_to_whole_wei()
{
    QFETCH(qint64, perUnit);
    QFETCH(qint64, scaling);
    QFETCH(QString, currency);
    QFETCH(qint64, wei);
    CapabilityRegistration registration;
    registration.pricePerUnit = perUnit;
    registration.priceScaling = scaling;
    registration.currency = currency;
    const auto price = pricePerSecond(registration);
    QVERIFY(price);
    QCOMPARE(*price, wei);
}

void TestOrchestratorRegister::byoc_03_a_job_below_one_wei_per_second_needs_no_payment()
{
    OrchestratorFixture fixture;
    fixture.registerWork({{QStringLiteral("price_per_unit"), 9}, {QStringLiteral("price_scaling"), 10}});
    const JobToken token = fixture.token(fixture.stranger);
    QCOMPARE(token.price.pricePerUnit, 0);
    const auto answer = fixture.process(OrchestratorFixture::signedJob(OrchestratorFixture::job(), fixture.stranger));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.header("Livepeer-Balance"), "0");
}

void TestOrchestratorRegister::the_listing_carries_what_the_worker_says_about_itself()
{
    OrchestratorFixture fixture;
    fixture.registerWork({{QStringLiteral("description"), QStringLiteral("does work")},
        {QStringLiteral("input_schema"), Json{{QStringLiteral("type"), QStringLiteral("object")}}},
        {QStringLiteral("verbs"), Json::array({QStringLiteral("run")})}, {QStringLiteral("price_per_unit"), 19},
        {QStringLiteral("price_scaling"), 2}});
    const auto listing = parseListing(fixture.send("GET", QStringLiteral("/capabilities")).body);
    QVERIFY(listing);
    QCOMPARE(listing->size(), 1);
    const ListedCapability &entry = listing->first();
    QCOMPARE(entry.name, QStringLiteral("work"));
    QCOMPARE(entry.description, QStringLiteral("does work"));
    QCOMPARE(entry.capacity, std::optional<qint64>(2));
    QCOMPARE(entry.available, std::optional<qint64>(2));
    QCOMPARE(entry.pricePerUnit, std::optional<qint64>(9));
    QCOMPARE(entry.priceScaling, 1);
    QCOMPARE(entry.about.verbs, QStringList{QStringLiteral("run")});
    QVERIFY(!entry.about.inputSchema.isNull());

    const auto found = [&](const char *query) {
        return parseDiscovery(fixture.send("GET", QStringLiteral("/discover-orchestrators") + QLatin1String(query)).body)->size();
    };
    QCOMPARE(found(""), 1);
    QCOMPARE(found("?caps=byoc/work"), 1);
    QCOMPARE(found("?caps=byoc%2Fother&caps=byoc%2Fwork"), 1);
    QCOMPARE(found("?caps=byoc/other"), 0);
    QCOMPARE(fixture.send("GET", QStringLiteral("/health")).status, 200);
    QCOMPARE(fixture.send("GET", QStringLiteral("/nothing/here")).status, 404);
}

void TestOrchestratorRegister::quirks_are_read_by_name()
{
    QVERIFY(*quirksFromText(QString()) == Quirks());
    QVERIFY(*quirksFromText(QStringLiteral("leak-slots, string-prices")) == (Quirk::LeakSlots | Quirk::StringPrices));
    const auto wrong = quirksFromText(QStringLiteral("leak-slot"));
    QVERIFY(!wrong);
    QVERIFY(wrong.error().message().contains(QStringLiteral("leak-slot")));
    QVERIFY(wrong.error().advice().contains(QStringLiteral("leak-slots")));
}

QTEST_GUILESS_MAIN(TestOrchestratorRegister)
#include "tst_orchestrator_register.moc"
