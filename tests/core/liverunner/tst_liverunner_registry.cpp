#include "server_fixture.h"

#include <QtCore/QRegularExpression>

using namespace sluice;
using namespace sluice::liverunner;
using namespace std::chrono_literals;

namespace {

OrchestratorOptions quick()
{
    OrchestratorOptions options;
    options.heartbeatTtl = 400ms;
    options.sweepPeriod = 100ms;
    return options;
}

Json with(const char *key, const Json &value)
{
    return Json{{QString::fromLatin1(key), value}};
}

} // namespace

/// Who may register what, and for how long they are there.
class LiveRunnerRegistryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void liverunner_01_a_first_heartbeat_gets_an_id_a_secret_and_o2r();
    void liverunner_02_the_next_needs_the_heartbeat_secret();
    void liverunner_03_malformed_fields_are_named_before_the_secret_counts_data();
    void liverunner_03_malformed_fields_are_named_before_the_secret_counts();
    void liverunner_04_modes_and_capacity_have_their_defaults();
    void liverunner_05_metadata_is_bounded_and_a_refused_one_changes_nothing();
    void liverunner_06_an_app_without_heartbeats_is_gone_with_its_sessions();
    void liverunner_07_a_status_hides_the_app();
    void liverunner_08_without_a_secret_nobody_registers();
    void liverunner_09_unregister_needs_the_heartbeat_secret_and_closes_everything();
    void liverunner_10_o2r_tells_of_sessions_and_keeps_alive();
    void liverunner_11_discovery_is_one_node_without_private_addresses();
    void liverunner_12_prices_are_listed_in_wei_and_only_on_chain();
    void liverunner_13_bad_prices_are_refused_only_on_chain_data();
    void liverunner_13_bad_prices_are_refused_only_on_chain();
    void liverunner_13_a_price_below_a_wei_is_listed_without_one_and_not_reserved();
    void an_app_at_the_orchestrator_itself_is_refused();
    void routes_answer_wrong_methods_and_unknown_paths_as_go_does();
};

void LiveRunnerRegistryTest::liverunner_01_a_first_heartbeat_gets_an_id_a_secret_and_o2r()
{
    ServerFixture fixture;
    const Answer answer = fixture.heartbeat(fixture.registration({}, QStringLiteral("persistent")));
    QCOMPARE(answer.status, 200);
    const auto read = HeartbeatAnswer::parse(answer.body);
    QVERIFY(read);
    QVERIFY(QRegularExpression(QStringLiteral("^runner_[a-z2-7]{8}$")).match(read->runnerId).hasMatch());
    QVERIFY(QRegularExpression(QStringLiteral("^[a-z2-7]{52}$")).match(QString::fromLatin1(read->secret)).hasMatch());
    QCOMPARE(read->orchestrator, fixture.service.toString());
    QCOMPARE(answer.json().value(QStringLiteral("heartbeat_interval")).toString(), QStringLiteral("5s"));
    QCOMPARE(answer.json().value(QStringLiteral("heartbeat_ttl")).toString(), QStringLiteral("20s"));
    QVERIFY(read->o2r);
    QCOMPARE(read->o2r->name, QStringLiteral("o2r"));
    QVERIFY(read->o2r->channelName.startsWith(read->runnerId + QLatin1Char('-')));
    QCOMPARE(read->o2r->url, fixture.at(QStringLiteral("/ai/trickle/")) + read->o2r->channelName);
    QVERIFY(answer.json().value(QStringLiteral("session_ids")).isArray());
    QCOMPARE(fixture.channels(), QStringList(read->o2r->channelName));
}

void LiveRunnerRegistryTest::liverunner_02_the_next_needs_the_heartbeat_secret()
{
    ServerFixture fixture;
    const QByteArray secret = fixture.enter(QStringLiteral("hello"), QStringLiteral("single-shot"));
    const Json body = fixture.registration(QStringLiteral("hello"), QStringLiteral("single-shot"));
    const Answer next = fixture.heartbeat(body, secret);
    QCOMPARE(next.status, 200);
    QVERIFY(!next.json().contains(QStringLiteral("heartbeat_secret")));
    QVERIFY(!next.json().contains(QStringLiteral("o2r")));
    for (const QByteArray &wrong : {QByteArray(), QByteArray("abcdef"), QByteArray("Bearer " + secret), secret.left(51), QByteArray(secret.left(51) + '!')}) {
        const Answer refused = fixture.heartbeat(body, wrong);
        QCOMPARE(refused.status, 401);
        QCOMPARE(refused.body, QByteArray("invalid heartbeat authorization\n"));
    }
    const Answer stranger = fixture.heartbeat(fixture.registration(QStringLiteral("other"), QStringLiteral("single-shot")), "Bearer abcdef");
    QCOMPARE(stranger.status, 401);
    QCOMPARE(stranger.body, QByteArray("invalid registration authorization\n"));
}

void LiveRunnerRegistryTest::liverunner_03_malformed_fields_are_named_before_the_secret_counts_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("text"); ///< or how it begins
    const auto row = [](const char *field, const char *value, const char *text) { QTest::addRow("%s %s", field, value) << QByteArray(field) << QByteArray(value) << QByteArray(text); };
    for (const char *url : {"\"\"", "\"ftp://h/\"", "\"h:1\"", "\"/p\"", "null"})
        row("runner_url", url, "invalid runner_url");
    for (const char *app : {"\"\"", "\" a\"", "\"a \"", "null"})
        row("app", app, "app must be trimmed");
    for (const char *status : {"\"Ready\"", "\" ready\"", "\"BUSY\""})
        row("status", status, "status must be lowercase and trimmed");
    row("mode", "\"batch\"", "mode must be \"persistent\" or \"single-shot\"");
    row("capacity", "-1", "capacity must be >= 0");
    row("capacity", "1.0", "json: cannot unmarshal");
    row("capacity", "\"1\"", "json: cannot unmarshal");
    row("metadata", "\"\xEF\xBF\xBD\"", "metadata must not contain Unicode replacement character U+FFFD");
    row("metadata", "7", "json: cannot unmarshal");
    row("proxy", "\"yes\"", "json: cannot unmarshal");
    row("session_ids", "{}", "json: cannot unmarshal");
    row("gpu", "\"A100\"", "json: cannot unmarshal");
}

void LiveRunnerRegistryTest::liverunner_03_malformed_fields_are_named_before_the_secret_counts()
{
    QFETCH(QByteArray, field);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, text);
    ServerFixture fixture;
    Json body = fixture.registration(QStringLiteral("hello"), QStringLiteral("persistent"));
    body.insert(QString::fromLatin1(field), orThrow(Json::parse(value)));
    for (const QByteArray &secret : {QByteArray("abcdef"), QByteArray()}) {
        const Answer answer = fixture.heartbeat(body, secret);
        QCOMPARE(answer.status, 400);
        QVERIFY2(answer.body.startsWith(text), answer.body.constData());
        QVERIFY(answer.body.endsWith('\n'));
    }
    const Answer broken = fixture.send("POST", QStringLiteral("/runners/heartbeat"), {}, "{\"app\":");
    QCOMPARE(broken.status, 400);
}

void LiveRunnerRegistryTest::liverunner_04_modes_and_capacity_have_their_defaults()
{
    ServerFixture fixture;
    fixture.enter(QStringLiteral("one"), QStringLiteral("single_shot"), with("capacity", 0));
    fixture.enter(QStringLiteral("two"), QString());
    QCOMPARE(fixture.listed(QStringLiteral("one")).value(QStringLiteral("mode")).toString(), QStringLiteral("single-shot"));
    QCOMPARE(fixture.listed(QStringLiteral("one")).value(QStringLiteral("capacity")).toInt64(), std::optional<qint64>(1));
    QCOMPARE(fixture.listed(QStringLiteral("two")).value(QStringLiteral("mode")).toString(), QStringLiteral("persistent"));
}

void LiveRunnerRegistryTest::liverunner_05_metadata_is_bounded_and_a_refused_one_changes_nothing()
{
    ServerFixture fixture;
    const QString full = QString(1024, QLatin1Char('m'));
    const QByteArray secret = fixture.enter(QStringLiteral("hello"), QStringLiteral("persistent"), with("metadata", full));
    const auto again = [&](const QString &text) {
        return fixture.heartbeat(fixture.registration(QStringLiteral("hello"), QStringLiteral("persistent"), with("metadata", text)), secret).status;
    };
    QCOMPARE(again(full + QLatin1Char('m')), 400);
    QCOMPARE(again(QString(512, QChar(0xe4)) + QLatin1Char('x')), 400); // bytes count, not characters
    QCOMPARE(again(QString(QChar::ReplacementCharacter)), 400);
    QCOMPARE(fixture.listed(QStringLiteral("hello")).value(QStringLiteral("metadata")).toString(), full);
    QCOMPARE(again(QString()), 200);
    QVERIFY(!fixture.listed(QStringLiteral("hello")).contains(QStringLiteral("metadata")));
}

void LiveRunnerRegistryTest::liverunner_06_an_app_without_heartbeats_is_gone_with_its_sessions()
{
    ServerFixture fixture(quick());
    const QByteArray secret = fixture.enter(QStringLiteral("cam"), QStringLiteral("persistent"));
    const auto session = SessionAnswer::parse(fixture.send("POST", QStringLiteral("/apps/cam/session")).body);
    QVERIFY(session);
    QTRY_VERIFY(fixture.listed(QStringLiteral("cam")).isNull());
    for (const QString &target : {session->appUrl + QStringLiteral("/x"), session->controlUrl + QStringLiteral("/stop"), fixture.at(QStringLiteral("/apps/cam/session"))}) {
        const Answer answer = fixture.send("POST", target);
        QCOMPARE(answer.status, 404);
        QCOMPARE(answer.line(), QByteArray("runner not found"));
    }
    QTRY_COMPARE(fixture.orchestrator->sessions(), QStringList());
    QTRY_COMPARE(fixture.channels(), QStringList());
    // After the sweep it may come again.
    QCOMPARE(fixture.heartbeat(fixture.registration(QStringLiteral("cam"), QStringLiteral("persistent")), secret).status, 401);
    QVERIFY(!fixture.enter(QStringLiteral("cam"), QStringLiteral("persistent")).isEmpty());
}

void LiveRunnerRegistryTest::liverunner_07_a_status_hides_the_app()
{
    ServerFixture fixture;
    const QByteArray secret = fixture.enter(QStringLiteral("cam"), QStringLiteral("persistent"));
    QCOMPARE(fixture.heartbeat(fixture.registration(QStringLiteral("cam"), QStringLiteral("persistent"), with("status", "busy")), secret).status, 200);
    QVERIFY(fixture.listed(QStringLiteral("cam")).isNull());
    QCOMPARE(fixture.send("POST", QStringLiteral("/apps/cam/session")).status, 404);
    QCOMPARE(fixture.heartbeat(fixture.registration(QStringLiteral("cam"), QStringLiteral("persistent")), secret).status, 200);
    QCOMPARE(fixture.send("POST", QStringLiteral("/apps/cam/session")).status, 200);
}

void LiveRunnerRegistryTest::liverunner_08_without_a_secret_nobody_registers()
{
    ServerFixture fixture({}, false, false);
    for (const QByteArray &secret : {QByteArray("abcdef"), QByteArray()}) {
        const Answer answer = fixture.heartbeat(fixture.registration(QStringLiteral("hello"), QStringLiteral("persistent")), secret);
        QCOMPARE(answer.status, 404);
        QCOMPARE(answer.line(), QByteArray("dynamic live runner registration is disabled"));
    }
}

void LiveRunnerRegistryTest::liverunner_09_unregister_needs_the_heartbeat_secret_and_closes_everything()
{
    ServerFixture fixture;
    const QByteArray secret = fixture.enter(QStringLiteral("cam"), QStringLiteral("persistent"));
    QCOMPARE(fixture.send("POST", QStringLiteral("/apps/cam/session")).status, 200);
    QCOMPARE(fixture.send("POST", QStringLiteral("/runners/cam/unregister"), {{"Authorization", "abcdef"}}).status, 401);
    QVERIFY(!fixture.listed(QStringLiteral("cam")).isNull());
    const Answer gone = fixture.send("POST", QStringLiteral("/runners/cam/unregister"), {{"Authorization", secret}});
    QCOMPARE(gone.status, 204);
    QVERIFY(gone.body.isEmpty());
    QVERIFY(fixture.listed(QStringLiteral("cam")).isNull());
    QCOMPARE(fixture.channels(), QStringList());
    QCOMPARE(fixture.orchestrator->sessions(), QStringList());
    QCOMPARE(fixture.send("POST", QStringLiteral("/runners/cam/unregister"), {{"Authorization", secret}}).status, 404);
}

void LiveRunnerRegistryTest::liverunner_10_o2r_tells_of_sessions_and_keeps_alive()
{
    OrchestratorOptions options;
    options.keepAlive = 700ms;
    ServerFixture fixture(options);
    const Answer registered = fixture.heartbeat(fixture.registration(QStringLiteral("cam"), QStringLiteral("persistent")));
    const QString channel = HeartbeatAnswer::parse(registered.body)->o2r->channelName;
    const auto session = SessionAnswer::parse(fixture.send("POST", QStringLiteral("/apps/cam/session")).body);
    QVERIFY(session);
    QCOMPARE(fixture.send("POST", session->controlUrl + QStringLiteral("/stop")).status, 204);
    QList<Json> told = fixture.messages(channel, 3);
    QCOMPARE(told.size(), 3);
    told.removeIf([](const Json &one) { return RunnerEvent::fromJson(one).kind == RunnerEvent::Kind::KeepAlive; });
    QCOMPARE(told.size(), 2);
    const RunnerEvent reserved = RunnerEvent::fromJson(told.at(0));
    QCOMPARE(reserved.kind, RunnerEvent::Kind::Reserved);
    QCOMPARE(reserved.sessionId, session->sessionId);
    QVERIFY(QDateTime::fromString(reserved.timestamp, Qt::ISODateWithMs).isValid());
    const RunnerEvent released = RunnerEvent::fromJson(told.at(1));
    QCOMPARE(released.kind, RunnerEvent::Kind::Released);
    QCOMPARE(released.sessionId, session->sessionId);
}

void LiveRunnerRegistryTest::liverunner_11_discovery_is_one_node_without_private_addresses()
{
    ServerFixture fixture;
    const Answer empty = fixture.send("GET", QStringLiteral("/discovery?app=any"));
    QCOMPARE(empty.json().size(), 1);
    QVERIFY(!empty.json().at(0).contains(QStringLiteral("runners")));
    fixture.enter(QStringLiteral("cam"), QStringLiteral("persistent"), with("gpu", Json{{QStringLiteral("name"), "A"}, {QStringLiteral("vram_mb"), 1}}));
    fixture.enter(QStringLiteral("hello"), QStringLiteral("single-shot"));
    QCOMPARE(fixture.send("POST", QStringLiteral("/apps/cam/session")).status, 200);
    const Answer answer = fixture.send("GET", QStringLiteral("/discovery"));
    QCOMPARE(headers::mediaType(answer.headers), QByteArray("application/json"));
    QCOMPARE(answer.json().size(), 1);
    QCOMPARE(answer.json().at(0).value(QStringLiteral("address")).toString(), fixture.service.toString());
    QVERIFY2(!answer.body.contains(QUrl(fixture.appUrl()).authority().toLatin1()), answer.body.constData());
    const Json cam = fixture.listed(QStringLiteral("cam"));
    QCOMPARE(cam.value(QStringLiteral("url")).toString(), fixture.at(QStringLiteral("/apps/cam/session")));
    QCOMPARE(cam.value(QStringLiteral("capacity_used")).toInt64(), std::optional<qint64>(1));
    QCOMPARE(cam.value(QStringLiteral("capacity_available")).toInt64(), std::optional<qint64>(0));
    QCOMPARE(cam.find(QStringLiteral("/gpu/name")).value_or(Json()).toString(), QStringLiteral("A"));
    QVERIFY(!cam.contains(QStringLiteral("runner_id")));
    QCOMPARE(fixture.listed(QStringLiteral("hello")).value(QStringLiteral("url")).toString(), fixture.at(QStringLiteral("/apps/hello/app")));
}

void LiveRunnerRegistryTest::liverunner_12_prices_are_listed_in_wei_and_only_on_chain()
{
    const std::tuple<const char *, const char *, const char *, const char *> prices[] = {{"10", "hour", "1388888888888", "seconds"},
        {"10", "720p", "50234", "720p-pixel-seconds"}, {"0.001", "fixed", "500000000000", "fixed"}};
    for (const bool paid : {true, false}) {
        ServerFixture fixture({}, paid);
        for (const auto &[price, unit, wei, listedUnit] : prices) {
            const Json info{{QStringLiteral("price"), Json::number(price)}, {QStringLiteral("currency"), " USD "}, {QStringLiteral("unit"), unit}};
            fixture.enter(QString::fromLatin1(unit), QStringLiteral("persistent"), with("price_info", info));
            const Json listed = fixture.listed(QString::fromLatin1(unit)).value(QStringLiteral("price_info"));
            if (!paid) {
                QVERIFY(listed.isNull());
                continue;
            }
            QCOMPARE(listed.value(QStringLiteral("price")).numberText(), QByteArray(wei));
            QCOMPARE(listed.value(QStringLiteral("currency")).toString(), QStringLiteral("wei"));
            QCOMPARE(listed.value(QStringLiteral("unit")).toString(), QString::fromLatin1(listedUnit));
        }
    }
}

void LiveRunnerRegistryTest::liverunner_13_bad_prices_are_refused_only_on_chain_data()
{
    QTest::addColumn<QByteArray>("price");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("zero") << QByteArray(R"({"price":0})") << QByteArray("price_info.price must be a positive decimal");
    QTest::newRow("negative") << QByteArray(R"({"price":-1})") << QByteArray("price_info.price must be a positive decimal");
    QTest::newRow("a word") << QByteArray(R"({"price":"much"})") << QByteArray("price_info.price must be a positive decimal");
    QTest::newRow("none") << QByteArray(R"({"price_per_unit":1})") << QByteArray("price_info.price is required");
    QTest::newRow("euro") << QByteArray(R"({"price":1,"currency":"eur"})") << QByteArray("price_info.currency must be usd");
    QTest::newRow("minute") << QByteArray(R"({"price":1,"unit":"minute"})") << QByteArray("price_info.unit must be hour, 720p, or fixed");
}

void LiveRunnerRegistryTest::liverunner_13_bad_prices_are_refused_only_on_chain()
{
    QFETCH(QByteArray, price);
    QFETCH(QByteArray, text);
    for (const bool paid : {true, false}) {
        ServerFixture fixture({}, paid);
        const Answer answer
            = fixture.heartbeat(fixture.registration(QStringLiteral("cam"), QStringLiteral("persistent"), with("price_info", orThrow(Json::parse(price)))));
        QCOMPARE(answer.status, paid ? 400 : 200);
        if (paid)
            QCOMPARE(answer.line(), text);
    }
}

void LiveRunnerRegistryTest::liverunner_13_a_price_below_a_wei_is_listed_without_one_and_not_reserved()
{
    ServerFixture fixture({}, true);
    fixture.enter(QStringLiteral("cam"), QStringLiteral("persistent"), with("price_info", orThrow(Json::parse(R"({"price":1e-12,"unit":"hour"})"))));
    const Json listed = fixture.listed(QStringLiteral("cam"));
    QVERIFY(!listed.isNull());
    QVERIFY(!listed.contains(QStringLiteral("price_info")));
    const Answer answer = fixture.send("POST", QStringLiteral("/apps/cam/session"));
    QCOMPARE(answer.status, 503);
    QVERIFY2(answer.body.startsWith("live runner price unavailable: "), answer.body.constData());
}

void LiveRunnerRegistryTest::an_app_at_the_orchestrator_itself_is_refused()
{
    ServerFixture fixture;
    const Answer answer = fixture.heartbeat(
        fixture.registration(QStringLiteral("loop"), QStringLiteral("single-shot"), with("runner_url", fixture.at(QStringLiteral("/apps/loop/app")))));
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.line(), QByteArray("invalid runner_url"));
}

void LiveRunnerRegistryTest::routes_answer_wrong_methods_and_unknown_paths_as_go_does()
{
    ServerFixture fixture;
    fixture.enter(QStringLiteral("cam"), QStringLiteral("persistent"));
    for (const char *path : {"/runners/heartbeat", "/runners/cam/unregister", "/apps/cam/session", "/apps/cam/session/x/stop", "/apps/cam/session/x/payment",
             "/runner/cam/session/x/proxy", "/refresh-payment"}) {
        const Answer answer = fixture.send("GET", QString::fromLatin1(path));
        QCOMPARE(answer.status, 405);
        QCOMPARE(headers::value(answer.headers, "Allow"), QByteArray("POST"));
    }
    for (const char *path : {"/apps/cam", "/apps/cam/session/x", "/runners/cam", "/runner/cam/session/x", "/runner/cam/session/x/y"}) {
        const Answer answer = fixture.send("POST", QString::fromLatin1(path));
        QCOMPARE(answer.status, 404);
        QCOMPARE(answer.body, QByteArray("404 page not found\n"));
    }
}

QTEST_GUILESS_MAIN(LiveRunnerRegistryTest)
#include "tst_liverunner_registry.moc"
