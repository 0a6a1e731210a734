#include "orchestrator_fixture_p.h"

#include "sluice/payments/balance_text.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

using namespace sluice;
using namespace sluice::byoc;
using namespace std::chrono_literals;

class TestOrchestratorLive : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void byoc_38_start_makes_the_channels_that_its_flags_ask_for_data();
    void byoc_38_start_makes_the_channels_that_its_flags_ask_for();
    void byoc_38_the_worker_is_told_the_channels_and_what_the_client_says();
    void byoc_38_a_clients_key_wins_and_its_numbers_stay_exact();
    void a_client_cannot_name_the_channels_that_a_worker_uses();
    void byoc_38_a_start_that_fails_has_its_status_and_leaves_nothing_behind_data();
    void byoc_38_a_start_that_fails_has_its_status_and_leaves_nothing_behind();
    void byoc_38_a_worker_that_is_away_is_a_500_and_stays_registered();
    void byoc_38_a_worker_whose_token_changed_is_forgotten();
    void byoc_38_refused_updates_stops_and_payments_are_400_with_their_words();
    void byoc_38_the_channels_carry_segments();
    void byoc_39_an_update_reaches_the_worker_and_its_answer_the_client();
    void byoc_40_start_is_charged_as_a_call();
    void byoc_40_a_running_stream_is_debited_at_every_interval();
    void byoc_40_a_stream_ends_at_the_second_negative_check();
    void byoc_40_a_payment_keeps_it_running();
    void byoc_40_a_free_stream_runs_without_payment();
    void byoc_42_stop_ends_the_worker_closes_the_channels_and_frees_the_slot();
    void byoc_42_a_second_stop_is_harmless();
    void byoc_42_stop_works_when_the_worker_is_away_and_when_the_money_is_gone();
    void byoc_42_an_id_in_use_is_refused_without_hurting_the_running_stream();
    void byoc_42_a_stranger_can_neither_stop_nor_change_a_stream();
    void a_closed_input_ends_the_stream_when_the_worker_has_said_all();
    void a_worker_that_goes_on_after_its_input_is_cut_off();
    void the_events_channel_says_why_a_stream_ended();
    void an_input_without_media_ends_the_stream();
    void a_client_without_a_sign_of_life_ends_a_stream_without_input();
    void a_worker_that_closes_its_output_ends_the_stream();
    void a_stream_outlives_its_capabilitys_registration();
    void stopping_the_orchestrator_tells_the_workers();
};

namespace {

constexpr char VideoBothWays[] = "{\"enable_video_ingress\":true,\"enable_video_egress\":true,\"enable_data_output\":true}";

/// What a client of live streams does by hand.
class LiveFixture : public OrchestratorFixture {
public:
    explicit LiveFixture(OrchestratorOptions options = {}, const Json &changes = {})
        : OrchestratorFixture(std::move(options))
    {
        registerWork(changes);
    }
    static QByteArray header(const PrivateKey &key, const QString &id = QStringLiteral("s1"), const QString &parameters = QString::fromLatin1(VideoBothWays),
        const QString &capability = QStringLiteral("work"))
    {
        JobHeader job = OrchestratorFixture::job(capability);
        job.id = id;
        job.request = QStringLiteral("{\"stream_id\":\"%1\"}").arg(id);
        job.parameters = parameters;
        return signedJob(job, key);
    }
    Answer live(const QString &route, const QByteArray &job, const QByteArray &paid = {}, const QByteArray &body = "{}")
    {
        Headers fields{{"Content-Type", "application/json"}, {byoc::header::Job, job}};
        if (!paid.isEmpty())
            fields.emplaceBack(byoc::header::Payment, paid);
        return send("POST", QStringLiteral("/ai/stream/") + route, fields, body);
    }
    QByteArray tickets(int count)
    {
        const quint32 first = m_nonce;
        m_nonce += quint32(count);
        if (!m_token)
            m_token = token(sender);
        return payment(*m_token, sender, count, first);
    }
    /// One ticket pays for eighty seconds.
    Answer start(int paid = 1, const QString &parameters = QString::fromLatin1(VideoBothWays), const QByteArray &body = "{}")
    {
        return live(QStringLiteral("start"), header(sender, QStringLiteral("s1"), parameters), paid > 0 ? tickets(paid) : QByteArray(), body);
    }
    QStringList channelNames()
    {
        QStringList names;
        for (const trickle::ChannelInfo &info : orchestrator->channels())
            names.append(QString::fromUtf8(info.name) + u' ' + QString::fromUtf8(info.mimeType));
        return names;
    }
    QStringList workerPaths()
    {
        QStringList paths;
        for (const ServerRequest &request : workerRequests())
            paths.append(QString::fromLatin1(request.path));
        return paths;
    }

private:
    std::optional<JobToken> m_token;
    quint32 m_nonce = 1;
};

/// Nobody is debited unless the test is about that.
OrchestratorOptions debiting(std::chrono::milliseconds interval)
{
    OrchestratorOptions options;
    options.liveDebitInterval = interval;
    return options;
}

Json jsonBody(const ServerRequest &request)
{
    return orThrow(Json::parse(request.body));
}

} // namespace

void TestOrchestratorLive::byoc_38_start_makes_the_channels_that_its_flags_ask_for_data()
{
    QTest::addColumn<QString>("parameters");
    QTest::addColumn<QStringList>("channels");
    QTest::addColumn<QList<QByteArray>>("fields");
    const QStringList always{QStringLiteral("s1-control application/json"), QStringLiteral("s1-events application/json")};
    const QList<QByteArray> alwaysFields{"X-Control-Url", "X-Events-Url"};
    const auto row = [&](const char *name, const char *parameters, QStringList more, const QList<QByteArray> &moreFields) {
        more.append(always);
        more.sort();
        QTest::newRow(name) << QString::fromLatin1(parameters) << more << QList<QByteArray>(alwaysFields + moreFields);
    };
    row("none", "{}", {}, {});
    row("null", "null", {}, {});
    row("ingress", "{\"enable_video_ingress\":true}", {QStringLiteral("s1 video/MP2T")}, {"X-Publish-Url"});
    row("egress", "{\"enable_video_egress\":true,\"enable_video_ingress\":false}", {QStringLiteral("s1-out video/MP2T")}, {"X-Subscribe-Url"});
    row("data", "{\"enable_data_output\":true}", {QStringLiteral("s1-data application/jsonl")}, {"X-Data-Url"});
    row("all", VideoBothWays,
        {QStringLiteral("s1 video/MP2T"), QStringLiteral("s1-out video/MP2T"), QStringLiteral("s1-data application/jsonl")},
        {"X-Publish-Url", "X-Subscribe-Url", "X-Data-Url"});
}

void TestOrchestratorLive::byoc_38_start_makes_the_channels_that_its_flags_ask_for()
{
    QFETCH(QString, parameters);
    QFETCH(QStringList, channels);
    QFETCH(QList<QByteArray>, fields);
    LiveFixture fixture;
    const auto answer = fixture.start(1, parameters);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, QByteArray());
    QStringList made = fixture.channelNames();
    made.sort();
    QCOMPARE(made, channels);
    QSet<QByteArray> urls;
    for (const auto &[name, value] : answer.headers) {
        if (name.startsWith("X-") && name.endsWith("-Url"))
            urls.insert(name);
    }
    QCOMPARE(urls, QSet<QByteArray>(fields.begin(), fields.end()));
    QCOMPARE(answer.header("X-Control-Url"), fixture.orchestrator->url().toEncoded() + "/ai/trickle/s1-control");
    QCOMPARE(fixture.load(), 1);
}

void TestOrchestratorLive::byoc_38_the_worker_is_told_the_channels_and_what_the_client_says()
{
    LiveFixture fixture({}, Json{{QStringLiteral("token"), QStringLiteral("bearer of the worker")}});
    const auto answer = fixture.start(1, QString::fromLatin1(VideoBothWays), "{\"params\":{\"prompt\":\"x\"}}");
    QCOMPARE(answer.status, 200);
    QCOMPARE(fixture.workerRequests().size(), 1);
    const ServerRequest told = fixture.workerRequests().first();
    QCOMPARE(told.method, "POST");
    QCOMPARE(told.path, "/stream/start");
    QCOMPARE(headers::value(told.headers, "X-Stream-Id"), "s1");
    QCOMPARE(headers::value(told.headers, "Content-Type"), "application/json");
    QCOMPARE(headers::value(told.headers, "Authorization"), "Bearer bearer of the worker");
    const Json body = jsonBody(told);
    QCOMPARE(body.value(QStringLiteral("gateway_request_id")).toString(), QStringLiteral("s1"));
    QCOMPARE(body.value(QStringLiteral("subscribe_url")).toString().toLatin1(), answer.header("X-Publish-Url"));
    QCOMPARE(body.value(QStringLiteral("publish_url")).toString().toLatin1(), answer.header("X-Subscribe-Url"));
    QCOMPARE(body.value(QStringLiteral("data_url")).toString().toLatin1(), answer.header("X-Data-Url"));
    QCOMPARE(body.value(QStringLiteral("control_url")).toString().toLatin1(), answer.header("X-Control-Url"));
    QCOMPARE(body.value(QStringLiteral("events_url")).toString().toLatin1(), answer.header("X-Events-Url"));
    QCOMPARE(body.value(QStringLiteral("params")).value(QStringLiteral("prompt")).toString(), QStringLiteral("x"));
}

void TestOrchestratorLive::byoc_38_a_clients_key_wins_and_its_numbers_stay_exact()
{
    LiveFixture fixture;
    QCOMPARE(fixture.start(1, QString::fromLatin1(VideoBothWays), "{\"gateway_request_id\":\"mine\",\"seed\":9007199254740993}").status, 200);
    const Json body = jsonBody(fixture.workerRequests().first());
    QCOMPARE(body.value(QStringLiteral("gateway_request_id")).toString(), QStringLiteral("mine"));
    QCOMPARE(body.value(QStringLiteral("seed")).numberText(), "9007199254740993");
}

void TestOrchestratorLive::a_client_cannot_name_the_channels_that_a_worker_uses()
{
    LiveFixture fixture;
    // Also those that the stream does not have, and as a worker reads them that does not mind the case.
    const auto answer = fixture.start(1, QStringLiteral("{\"enable_video_ingress\":true}"),
        "{\"subscribe_url\":\"http://evil.example/a\",\"publish_url\":\"http://169.254.169.254/latest\",\"data_url\":\"http://127.0.0.1:22/\","
        "\"control_url\":\"http://evil.example/c\",\"Events_URL\":\"http://evil.example/d\",\"params\":{\"subscribe_url\":\"kept\"}}");
    QCOMPARE(answer.status, 200);
    const ServerRequest told = fixture.workerRequests().first();
    QVERIFY2(!told.body.contains("evil") && !told.body.contains("169.254") && !told.body.contains(":22/"), told.body.constData());
    const Json body = jsonBody(told);
    QCOMPARE(body.value(QStringLiteral("subscribe_url")).toString().toLatin1(), answer.header("X-Publish-Url"));
    QCOMPARE(body.value(QStringLiteral("control_url")).toString().toLatin1(), answer.header("X-Control-Url"));
    QVERIFY(body.value(QStringLiteral("publish_url")).isNull());
    QCOMPARE(body.value(QStringLiteral("params")).value(QStringLiteral("subscribe_url")).toString(), QStringLiteral("kept"));
}

void TestOrchestratorLive::byoc_38_a_start_that_fails_has_its_status_and_leaves_nothing_behind_data()
{
    QTest::addColumn<QString>("capability");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("parameters");
    QTest::addColumn<int>("tickets");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("workerStatus");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("text");
    const QString work = QStringLiteral("work");
    const QString s1 = QStringLiteral("s1");
    const QString all = QString::fromLatin1(VideoBothWays);
    const QByteArray empty = "{}";
    QTest::newRow("no money") << work << s1 << all << 0 << empty << 200 << 402 << QByteArray("Insufficient balance for request\n");
    QTest::newRow("unknown capability") << QStringLiteral("other") << s1 << all << 1 << empty << 200 << 400
                                        << QByteArray("No capacity available for capability\n");
    QTest::newRow("no parameters") << work << s1 << QString() << 1 << empty << 200 << 400 << QByteArray();
    QTest::newRow("parameters are no object") << work << s1 << QStringLiteral("[1]") << 1 << empty << 200 << 400 << QByteArray();
    QTest::newRow("a flag is a number") << work << s1 << QStringLiteral("{\"enable_video_ingress\":1}") << 1 << empty << 200 << 400 << QByteArray();
    QTest::newRow("no id") << work << QString() << all << 1 << empty << 200 << 400 << QByteArray();
    QTest::newRow("an id of two parts") << work << QStringLiteral("a/b") << all << 1 << empty << 200 << 400 << QByteArray();
    QTest::newRow("an id that is not swept") << work << QStringLiteral("_a") << all << 1 << empty << 200 << 400 << QByteArray();
    QTest::newRow("body is a list") << work << s1 << all << 1 << QByteArray("[]") << 200 << 400 << QByteArray("Invalid JSON body\n");
    QTest::newRow("body is no JSON") << work << s1 << all << 1 << QByteArray("{") << 200 << 400 << QByteArray("Invalid JSON body\n");
    QTest::newRow("no body") << work << s1 << all << 1 << QByteArray() << 200 << 400 << QByteArray("Invalid JSON body\n");
    QTest::newRow("busy worker") << work << s1 << all << 1 << empty << 409 << 409 << QByteArray("what the worker says");
    QTest::newRow("broken worker") << work << s1 << all << 1 << empty << 500 << 500 << QByteArray("what the worker says");
}

void TestOrchestratorLive::byoc_38_a_start_that_fails_has_its_status_and_leaves_nothing_behind()
{
    QFETCH(QString, capability);
    QFETCH(QString, id);
    QFETCH(QString, parameters);
    QFETCH(int, tickets);
    QFETCH(QByteArray, body);
    QFETCH(int, workerStatus);
    QFETCH(int, status);
    QFETCH(QByteArray, text);
    LiveFixture fixture;
    fixture.script(OrchestratorFixture::answer(workerStatus, "application/json", "what the worker says"));
    const auto answer = fixture.live(QStringLiteral("start"), LiveFixture::header(fixture.sender, id, parameters, capability),
        tickets > 0 ? fixture.tickets(tickets) : QByteArray(), body);
    QCOMPARE(answer.status, status);
    if (!text.isEmpty())
        QCOMPARE(answer.body, text);
    QVERIFY(!answer.body.isEmpty());
    QCOMPARE(headers::contains(answer.headers, "Livepeer-Balance"), workerStatus >= 400);
    QCOMPARE(fixture.channelNames(), QStringList());
    QCOMPARE(fixture.orchestrator->streams(), QStringList());
    QCOMPARE(fixture.load(), 0);
}

void TestOrchestratorLive::byoc_38_a_worker_that_is_away_is_a_500_and_stays_registered()
{
    LiveFixture fixture({}, Json{{QStringLiteral("url"), QStringLiteral("http://127.0.0.1:1")}});
    const auto answer = fixture.start();
    QCOMPARE(answer.status, 500);
    QCOMPARE(answer.body, "Error sending request to worker\n");
    QVERIFY(fixture.isRegistered());
    QCOMPARE(fixture.load(), 0);
    QCOMPARE(fixture.channelNames(), QStringList());
}

void TestOrchestratorLive::byoc_38_a_worker_whose_token_changed_is_forgotten()
{
    LiveFixture fixture;
    fixture.script(OrchestratorFixture::answer(401, "text/plain", "who are you"));
    const auto answer = fixture.start();
    QCOMPARE(answer.status, 500);
    QCOMPARE(answer.body, "Orchestrator worker failure\n");
    QVERIFY(!fixture.isRegistered());
    QCOMPARE(fixture.channelNames(), QStringList());
}

void TestOrchestratorLive::byoc_38_refused_updates_stops_and_payments_are_400_with_their_words()
{
    LiveFixture fixture;
    const QByteArray unpaid = LiveFixture::header(fixture.sender, QStringLiteral("none"));
    for (const char *route : {"stop", "update", "payment"}) {
        const QByteArray words = QByteArray(route) == "payment" ? QByteArray("Failed to process payment, request not valid err=")
                                                                : "Failed to " + QByteArray(route) + " stream, request not valid err=";
        const auto unsignedJob = fixture.live(QString::fromLatin1(route), "bm8gam9i");
        QCOMPARE(unsignedJob.status, 400);
        QCOMPARE(unsignedJob.body, words + "Could not verify job creds\n");
        const auto poor = fixture.live(QString::fromLatin1(route), unpaid);
        QCOMPARE(poor.status, 400);
        QCOMPARE(poor.body, words + "Insufficient balance for request\n");
        QCOMPARE(fixture.load(), 0);
    }
}

void TestOrchestratorLive::byoc_38_the_channels_carry_segments()
{
    LiveFixture fixture;
    QCOMPARE(fixture.start().status, 200);
    QCOMPARE(fixture.send("POST", QStringLiteral("/ai/trickle/s1/0"), {{"Content-Type", "video/MP2T"}}, "picture").status, 200);
    const auto read = fixture.send("GET", QStringLiteral("/ai/trickle/s1/0"));
    QCOMPARE(read.status, 200);
    QCOMPARE(read.body, "picture");
    QCOMPARE(read.header("Content-Type"), "video/MP2T");
    // Channels come with streams only.
    QCOMPARE(fixture.send("POST", QStringLiteral("/ai/trickle/other"), {}, {}).status, 404);
}

void TestOrchestratorLive::byoc_39_an_update_reaches_the_worker_and_its_answer_the_client()
{
    LiveFixture fixture;
    QCOMPARE(fixture.start().status, 200);
    fixture.script(OrchestratorFixture::answer(202, "application/json", "{\"applied\":true}"));
    const auto answer = fixture.live(QStringLiteral("update"), LiveFixture::header(fixture.sender), {}, "{\"prompt\":\"y\"}");
    QCOMPARE(answer.status, 202);
    QCOMPARE(answer.body, "{\"applied\":true}");
    const ServerRequest told = fixture.workerRequests().last();
    QCOMPARE(told.path, "/stream/params");
    QCOMPARE(told.body, "{\"prompt\":\"y\"}");
    QCOMPARE(headers::value(told.headers, "X-Stream-Id"), "s1");
    QCOMPARE(headers::value(told.headers, "Content-Type"), "application/json");
    fixture.script(OrchestratorFixture::answer(422, "application/json", "{\"detail\":\"no\"}"));
    QCOMPARE(fixture.live(QStringLiteral("update"), LiveFixture::header(fixture.sender)).status, 422);
    QCOMPARE(fixture.orchestrator->streams(), QStringList(QStringLiteral("s1")));
}

void TestOrchestratorLive::byoc_40_start_is_charged_as_a_call()
{
    LiveFixture fixture;
    const auto answer = fixture.start();
    QCOMPARE(answer.header("Livepeer-Balance"), QByteArray::number(OrchestratorFixture::Ev - OrchestratorFixture::Price));
    QCOMPARE(floorOf(fixture.balance()), Wei(OrchestratorFixture::Ev - OrchestratorFixture::Price));
}

void TestOrchestratorLive::byoc_40_a_running_stream_is_debited_at_every_interval()
{
    LiveFixture fixture(debiting(150ms));
    QCOMPARE(fixture.start(3).status, 200);
    const Wei begun = Wei(3 * OrchestratorFixture::Ev - OrchestratorFixture::Price);
    const Wei step = Wei(23 * OrchestratorFixture::Price);
    QTRY_COMPARE_WITH_TIMEOUT(floorOf(fixture.balance()), begun - step, 2000);
    QTRY_COMPARE_WITH_TIMEOUT(floorOf(fixture.balance()), begun - 2 * step, 2000);
    QCOMPARE(fixture.live(QStringLiteral("stop"), LiveFixture::header(fixture.sender)).status, 200);
    const Wei left = floorOf(fixture.balance());
    QCOMPARE((begun - left) % step, Wei(0));
    // Nothing more is taken once it stopped: the next debits would have been due long ago.
    fixture.onIo([]() -> boost::asio::awaitable<void> {
        boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, 400ms);
        co_await timer.async_wait(boost::asio::use_awaitable);
    });
    QCOMPARE(floorOf(fixture.balance()), left);
}

void TestOrchestratorLive::byoc_40_a_stream_ends_at_the_second_negative_check()
{
    LiveFixture fixture(debiting(100ms));
    QCOMPARE(fixture.start().status, 200);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.orchestrator->streams(), QStringList(), 5000);
    // 7.9e9 wei are left after the start; a debit takes 2.3e9: the fourth leaves less than nothing, the fifth is the last.
    QCOMPARE(floorOf(fixture.balance()), Wei(7'900'000'000 - 5 * 2'300'000'000LL));
    QTRY_COMPARE(fixture.workerPaths(), (QStringList{QStringLiteral("/stream/start"), QStringLiteral("/stream/stop")}));
    QVERIFY(fixture.workerRequests().last().body.contains("insufficient balance"));
    QCOMPARE(headers::value(fixture.workerRequests().last().headers, "X-Stream-Id"), "s1");
    QCOMPARE(fixture.load(), 0);
    QCOMPARE(fixture.channelNames(), QStringList());
    QVERIFY(fixture.isRegistered());
}

void TestOrchestratorLive::byoc_40_a_payment_keeps_it_running()
{
    LiveFixture fixture(debiting(100ms));
    QCOMPARE(fixture.start().status, 200);
    for (int i = 0; i < 8; ++i) {
        const Wei before = floorOf(fixture.balance());
        QTRY_VERIFY(floorOf(fixture.balance()) < before);
        const auto paid = fixture.live(QStringLiteral("payment"), LiveFixture::header(fixture.sender), fixture.tickets(1), {});
        QCOMPARE(paid.status, 200);
        QVERIFY(paid.body.isEmpty());
        QVERIFY(paid.header("Livepeer-Balance").toLongLong() >= 60 * OrchestratorFixture::Price);
    }
    QCOMPARE(fixture.orchestrator->streams(), QStringList(QStringLiteral("s1")));
}

void TestOrchestratorLive::byoc_40_a_free_stream_runs_without_payment()
{
    LiveFixture fixture(debiting(20ms), Json{{QStringLiteral("price_per_unit"), 0}});
    QCOMPARE(fixture.start(0).status, 200);
    fixture.onIo([]() -> boost::asio::awaitable<void> {
        boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, 200ms);
        co_await timer.async_wait(boost::asio::use_awaitable);
    });
    QCOMPARE(fixture.orchestrator->streams(), QStringList(QStringLiteral("s1")));
    QCOMPARE(floorOf(fixture.balance()), Wei(0));
}

void TestOrchestratorLive::byoc_42_stop_ends_the_worker_closes_the_channels_and_frees_the_slot()
{
    LiveFixture fixture;
    QCOMPARE(fixture.start().status, 200);
    fixture.script(OrchestratorFixture::answer(200, "application/json", "{\"stopped\":true}"));
    const auto answer = fixture.live(QStringLiteral("stop"), LiveFixture::header(fixture.sender), {}, "the client closed");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, "{\"stopped\":true}");
    const ServerRequest told = fixture.workerRequests().last();
    QCOMPARE(told.path, "/stream/stop");
    QCOMPARE(told.body, "the client closed");
    QCOMPARE(fixture.channelNames(), QStringList());
    QCOMPARE(fixture.load(), 0);
    QCOMPARE(fixture.send("GET", QStringLiteral("/ai/trickle/s1-out/next")).status, 404);
}

void TestOrchestratorLive::byoc_42_a_second_stop_is_harmless()
{
    LiveFixture fixture;
    QCOMPARE(fixture.start(2).status, 200);
    const QByteArray job = LiveFixture::header(fixture.sender);
    QCOMPARE(fixture.live(QStringLiteral("stop"), job).status, 200);
    QCOMPARE(fixture.live(QStringLiteral("stop"), job).status, 200);
    QCOMPARE(fixture.load(), 0);
    // And the id is free again.
    QCOMPARE(fixture.start(0).status, 200);
    QCOMPARE(fixture.load(), 1);
}

void TestOrchestratorLive::byoc_42_stop_works_when_the_worker_is_away_and_when_the_money_is_gone()
{
    LiveFixture fixture;
    QCOMPARE(fixture.start().status, 200);
    fixture.recipient->ledger().debit(fixture.sender.address(), QStringLiteral("work"), Rational(Wei(OrchestratorFixture::Ev)));
    fixture.script([](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> {
        response.abort();
        co_return;
    });
    const auto answer = fixture.live(QStringLiteral("stop"), LiveFixture::header(fixture.sender));
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.body.isEmpty());
    QCOMPARE(fixture.orchestrator->streams(), QStringList());
    QCOMPARE(fixture.load(), 0);
    QVERIFY(fixture.isRegistered());
}

void TestOrchestratorLive::byoc_42_an_id_in_use_is_refused_without_hurting_the_running_stream()
{
    LiveFixture fixture;
    QCOMPARE(fixture.start(3).status, 200);
    const QStringList channels = fixture.channelNames();
    const auto again = fixture.start(0);
    QCOMPARE(again.status, 500);
    QCOMPARE(again.body, "Error adding stream to external capabilities\n");
    // A name that would be the control channel of the first.
    QCOMPARE(fixture.live(QStringLiteral("start"), LiveFixture::header(fixture.sender, QStringLiteral("s1-control"))).status, 500);
    QCOMPARE(fixture.channelNames(), channels);
    QCOMPARE(fixture.workerPaths(), QStringList(QStringLiteral("/stream/start")));
    QCOMPARE(fixture.load(), 1);
    QCOMPARE(fixture.live(QStringLiteral("start"), LiveFixture::header(fixture.sender, QStringLiteral("s2"))).status, 200);
    QCOMPARE(fixture.load(), 2);
}

void TestOrchestratorLive::byoc_42_a_stranger_can_neither_stop_nor_change_a_stream()
{
    LiveFixture fixture({}, Json{{QStringLiteral("price_per_unit"), 0}});
    QCOMPARE(fixture.start(0).status, 200);
    for (const char *route : {"stop", "update"}) {
        const auto answer = fixture.live(QString::fromLatin1(route), LiveFixture::header(fixture.stranger));
        QCOMPARE(answer.status, 400);
        QVERIFY(answer.body.contains("another sender's"));
    }
    QCOMPARE(fixture.workerPaths(), QStringList(QStringLiteral("/stream/start")));
    QCOMPARE(fixture.orchestrator->streams(), QStringList(QStringLiteral("s1")));
}

void TestOrchestratorLive::a_closed_input_ends_the_stream_when_the_worker_has_said_all()
{
    LiveFixture fixture;
    QCOMPARE(fixture.start(3).status, 200);
    QCOMPARE(fixture.send("DELETE", QStringLiteral("/ai/trickle/s1")).status, 200);
    QCOMPARE(fixture.orchestrator->streams().size(), 1);
    QCOMPARE(fixture.send("POST", QStringLiteral("/ai/trickle/s1-out/0"), {}, "the last picture").status, 200);
    QCOMPARE(fixture.send("DELETE", QStringLiteral("/ai/trickle/s1-data")).status, 200);
    QCOMPARE(fixture.orchestrator->streams().size(), 1);
    QCOMPARE(fixture.send("DELETE", QStringLiteral("/ai/trickle/s1-out")).status, 200);
    QTRY_COMPARE(fixture.orchestrator->streams(), QStringList());
    QTRY_COMPARE(fixture.workerPaths().last(), QStringLiteral("/stream/stop"));
    QCOMPARE(fixture.load(), 0);
    QCOMPARE(fixture.channelNames(), QStringList());
}

void TestOrchestratorLive::a_worker_that_goes_on_after_its_input_is_cut_off()
{
    OrchestratorOptions options = debiting(100ms);
    options.drainTimeout = 200ms;
    LiveFixture fixture(options);
    QCOMPARE(fixture.start(3).status, 200);
    QCOMPARE(fixture.send("DELETE", QStringLiteral("/ai/trickle/s1")).status, 200);
    QTRY_COMPARE(fixture.orchestrator->streams(), QStringList());
    QTRY_COMPARE(fixture.workerPaths().last(), QStringLiteral("/stream/stop"));
    QCOMPARE(fixture.load(), 0);
    QCOMPARE(fixture.channelNames(), QStringList());
}

void TestOrchestratorLive::the_events_channel_says_why_a_stream_ended()
{
    LiveFixture fixture(debiting(50ms));
    QCOMPARE(fixture.start().status, 200);
    // A reader that waits for the first event gets the last one.
    const auto event = fixture.send("GET", QStringLiteral("/ai/trickle/s1-events/0"));
    QCOMPARE(event.status, 200);
    const Json said = orThrow(Json::parse(event.body));
    QCOMPARE(said.value(QStringLiteral("type")).toString(), QStringLiteral("stream_stopped"));
    QCOMPARE(said.value(QStringLiteral("reason")).toString(), QStringLiteral("insufficient balance"));
}

void TestOrchestratorLive::an_input_without_media_ends_the_stream()
{
    OrchestratorOptions options;
    options.channelIdle = 300ms;
    options.channelSweep = 50ms;
    options.drainTimeout = 100ms;
    LiveFixture fixture(options);
    QCOMPARE(fixture.start().status, 200);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.orchestrator->streams(), QStringList(), 3000);
    QTRY_COMPARE(fixture.workerPaths().last(), QStringLiteral("/stream/stop"));
    QCOMPARE(fixture.load(), 0);
}

void TestOrchestratorLive::a_client_without_a_sign_of_life_ends_a_stream_without_input()
{
    OrchestratorOptions options;
    options.channelIdle = 300ms;
    options.channelSweep = 50ms;
    LiveFixture fixture(options);
    QCOMPARE(fixture.start(1, QStringLiteral("{\"enable_video_egress\":true}")).status, 200);
    QElapsedTimer timer;
    timer.start();
    int seq = 0;
    // The worker writes on and on; nobody reads.
    while (!fixture.orchestrator->streams().isEmpty() && timer.elapsed() < 5000)
        fixture.send("POST", QStringLiteral("/ai/trickle/s1-out/%1").arg(seq++), {}, "picture");
    QVERIFY(timer.elapsed() >= 290 && timer.elapsed() < 5000);
    QTRY_VERIFY(fixture.workerRequests().last().body.contains("no sign of the client"));
}

void TestOrchestratorLive::a_worker_that_closes_its_output_ends_the_stream()
{
    LiveFixture fixture;
    QCOMPARE(fixture.start().status, 200);
    QCOMPARE(fixture.send("DELETE", QStringLiteral("/ai/trickle/s1-out")).status, 200);
    QTRY_COMPARE(fixture.orchestrator->streams(), QStringList());
    QCOMPARE(fixture.load(), 0);
}

void TestOrchestratorLive::a_stream_outlives_its_capabilitys_registration()
{
    LiveFixture fixture(debiting(100ms));
    QCOMPARE(fixture.start(2).status, 200);
    QCOMPARE(fixture.send("POST", QStringLiteral("/capability/unregister"), {{"Authorization", OrchestratorFixture::Secret}}, "work").status, 200);
    QVERIFY(!fixture.isRegistered());
    const Wei before = floorOf(fixture.balance());
    QTRY_VERIFY(floorOf(fixture.balance()) < before);
    QVERIFY(fixture.orchestrator->streams().size() == 1);
    // Tickets are credited at the price of the start.
    const Wei unpaid = floorOf(fixture.balance());
    QCOMPARE(fixture.live(QStringLiteral("payment"), LiveFixture::header(fixture.sender), fixture.tickets(2), {}).status, 200);
    QVERIFY(floorOf(fixture.balance()) > unpaid);
    QCOMPARE(fixture.live(QStringLiteral("stop"), LiveFixture::header(fixture.sender)).status, 200);
    QCOMPARE(fixture.workerPaths().last(), QStringLiteral("/stream/stop"));
}

void TestOrchestratorLive::stopping_the_orchestrator_tells_the_workers()
{
    LiveFixture fixture;
    QCOMPARE(fixture.start().status, 200);
    fixture.orchestrator->stop();
    QCOMPARE(fixture.workerPaths().last(), QStringLiteral("/stream/stop"));
}

QTEST_GUILESS_MAIN(TestOrchestratorLive)
#include "tst_orchestrator_live.moc"
