#include "server_fixture.h"

#include <atomic>

using namespace sluice;
using namespace sluice::liverunner;
using namespace std::chrono_literals;

namespace {

const QString Persistent = QStringLiteral("persistent");

/// A session of "cam" and what its app was told.
struct InSession {
    explicit InSession(ServerFixture &fixture, const QString &route = QStringLiteral("cam"))
        : answer(orThrow(SessionAnswer::parse(fixture.send("POST", QStringLiteral("/apps/%1/session").arg(route)).body)))
    {
        fixture.send("POST", answer.appUrl + QStringLiteral("/start"));
        const Headers seen = fixture.appRequests().last().headers;
        control = QString::fromLatin1(headers::value(seen, header::SessionControl));
        token = {{header::SessionToken, headers::value(seen, header::SessionToken)}, {"Content-Type", "application/json"}};
    }
    SessionAnswer answer;
    QString control;
    Headers token;
};

QByteArray channelList(int count, const QByteArray &prefix = "c")
{
    QByteArray list;
    for (int i = 0; i < count; ++i)
        list += (i > 0 ? "," : "") + QByteArray(R"({"name":")") + prefix + QByteArray::number(i) + R"("})";
    return "{\"channels\":[" + list + "]}";
}

QByteArray fileWith(const ServerFixture &fixture, const QByteArray &label, const QByteArray &more)
{
    return R"({"runners":[{"label":")" + label + R"(","runner_url":")" + fixture.appUrl(QStringLiteral("/p")).toLatin1() + R"(","app":"acme/static")" + more + "}]}";
}

} // namespace

/// What an app may ask for in its sessions, and apps that stand in a file.
class LiveRunnerCallbacksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void liverunner_22_callbacks_need_the_token_of_their_session();
    void liverunner_23_channels_are_named_after_the_session();
    void liverunner_23_bad_channel_lists_are_refused_data();
    void liverunner_23_bad_channel_lists_are_refused();
    void liverunner_24_deleted_channels_are_closed();
    void liverunner_25_proxies_lead_to_the_apps_host_only_data();
    void liverunner_25_proxies_lead_to_the_apps_host_only();
    void liverunner_25_a_proxy_passes_path_and_query_and_dies_with_its_session();
    void an_app_may_stop_its_session_and_still_answer();
    void liverunner_28_a_second_file_keeps_ids_and_sessions();
    void liverunner_29_health_decides_whether_a_static_app_is_there();
    void a_static_app_takes_no_heartbeat();
};

void LiveRunnerCallbacksTest::liverunner_22_callbacks_need_the_token_of_their_session()
{
    ServerFixture fixture;
    fixture.enter(QStringLiteral("cam"), Persistent, Json{{QStringLiteral("capacity"), 2}});
    const InSession one(fixture);
    const InSession other(fixture);
    QVERIFY(headers::value(one.token, header::SessionToken) != headers::value(other.token, header::SessionToken));
    for (const Headers &wrong : {Headers(), other.token}) {
        for (const char *call : {"/channels", "/proxy", "/stop"}) {
            const Answer answer = fixture.send("POST", one.control + QLatin1String(call), wrong, channelList(1));
            QCOMPARE(answer.status, 401);
            QCOMPARE(answer.body, QByteArray("invalid authorization\n"));
        }
        QCOMPARE(fixture.send("DELETE", one.control + QStringLiteral("/channels"), wrong, channelList(1)).status, 401);
    }
    QCOMPARE(fixture.orchestrator->sessions().size(), 2);
    QCOMPARE(fixture.channels().size(), 1); // o2r alone
    QCOMPARE(fixture.send("POST", one.control + QStringLiteral("0/stop"), one.token).line(), QByteArray("runner session not found"));
    QCOMPARE(fixture.send("POST", fixture.at(QStringLiteral("/runner/nobody/session/x/stop")), one.token).line(), QByteArray("runner not found"));
}

void LiveRunnerCallbacksTest::liverunner_23_channels_are_named_after_the_session()
{
    ServerFixture fixture;
    fixture.enter(QStringLiteral("cam"), Persistent);
    const InSession session(fixture);
    const QByteArray wanted = R"({"channels":[{"name":"foo/bar","mime_type":"video/mp2t"},{"name":"plain"}]})";
    const Answer made = fixture.send("POST", session.control + QStringLiteral("/channels"), session.token, wanted);
    QCOMPARE(made.status, 200);
    const auto channels = parseChannelsAnswer(made.body);
    QVERIFY(channels);
    QCOMPARE(channels->size(), 2);
    const QString name = session.answer.sessionId + QStringLiteral("-foo-bar");
    QCOMPARE(channels->at(0).name, QStringLiteral("foo/bar"));
    QCOMPARE(channels->at(0).channelName, name);
    QCOMPARE(channels->at(0).url, fixture.at(QStringLiteral("/ai/trickle/")) + name);
    QCOMPARE(channels->at(0).internalUrl, channels->at(0).url);
    QCOMPARE(channels->at(0).mimeType, QStringLiteral("video/mp2t"));
    QCOMPARE(channels->at(1).mimeType, QStringLiteral("application/octet-stream"));
    const Answer again = fixture.send("POST", session.control + QStringLiteral("/channels"), session.token, R"({"channels":[{"name":"foo-bar","mime_type":"text/plain"}]})");
    QCOMPARE(parseChannelsAnswer(again.body)->first().mimeType, QStringLiteral("video/mp2t"));
    QCOMPARE(fixture.channels().size(), 3);
}

void LiveRunnerCallbacksTest::liverunner_23_bad_channel_lists_are_refused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("too many") << channelList(26) << QByteArray("channels cannot contain more than 25 entries");
    QTest::newRow("none") << QByteArray(R"({"channels":[]})") << QByteArray("channels is required");
    QTest::newRow("no list") << QByteArray("{}") << QByteArray("channels is required");
    QTest::newRow("no name") << QByteArray(R"({"channels":[{"mime_type":"a/b"}]})") << QByteArray("trickle channel name is required");
    QTest::newRow("dot") << QByteArray(R"({"channels":[{"name":"bad.name"}]})")
                         << QByteArray("trickle channel name may only contain alphanumerics, underscores, or hyphens");
    QTest::newRow("header") << QByteArray(R"({"channels":[{"name":"a","mime_type":"a/b\r\nX: y"}]})") << QByteArray("mime_type is no media type");
}

void LiveRunnerCallbacksTest::liverunner_23_bad_channel_lists_are_refused()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, text);
    ServerFixture fixture;
    fixture.enter(QStringLiteral("cam"), Persistent);
    const InSession session(fixture);
    const Answer answer = fixture.send("POST", session.control + QStringLiteral("/channels"), session.token, body);
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.line(), text);
    QCOMPARE(fixture.channels().size(), 1);
    QCOMPARE(fixture.send("POST", session.control + QStringLiteral("/channels"), session.token, channelList(25)).status, 200);
}

void LiveRunnerCallbacksTest::liverunner_24_deleted_channels_are_closed()
{
    ServerFixture fixture;
    fixture.enter(QStringLiteral("cam"), Persistent);
    const InSession session(fixture);
    const QString route = session.control + QStringLiteral("/channels");
    QCOMPARE(fixture.send("POST", route, session.token, channelList(3)).status, 200);
    const Answer deleted = fixture.send("DELETE", route, session.token, R"({"channels":["c0","c2"]})");
    QCOMPARE(deleted.status, 200);
    QCOMPARE(deleted.json().value(QStringLiteral("deleted")).dump(), QByteArray(R"(["c0","c2"])"));
    QCOMPARE(fixture.channels().size(), 2);
    const Answer unknown = fixture.send("DELETE", route, session.token, R"({"channels":["c0"]})");
    QCOMPARE(unknown.status, 404);
    QCOMPARE(unknown.line(), QByteArray("trickle channel not found"));
    QCOMPARE(fixture.send("GET", fixture.at(QStringLiteral("/ai/trickle/%1-c0/0").arg(session.answer.sessionId))).status, 404);
}

void LiveRunnerCallbacksTest::liverunner_25_proxies_lead_to_the_apps_host_only_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("text"); ///< empty: taken
    QTest::newRow("empty") << QByteArray() << QByteArray();
    QTest::newRow("another port") << QByteArray("http://127.0.0.1:1/p") << QByteArray();
    QTest::newRow("relative") << QByteArray("/p") << QByteArray("target_url must be an absolute URL");
    QTest::newRow("ftp") << QByteArray("ftp://127.0.0.1/p") << QByteArray("target_url scheme must be http or https");
    QTest::newRow("fragment") << QByteArray("http://127.0.0.1/p#x") << QByteArray("target_url must not include a fragment");
    QTest::newRow("foreign") << QByteArray("http://169.254.169.254/latest") << QByteArray("target_url hostname must match registered runner_url hostname");
    QTest::newRow("same machine") << QByteArray("http://localhost/p") << QByteArray("target_url hostname must match registered runner_url hostname");
    QTest::newRow("user") << QByteArray("http://127.0.0.1@evil/p") << QByteArray("target_url hostname must match registered runner_url hostname");
}

void LiveRunnerCallbacksTest::liverunner_25_proxies_lead_to_the_apps_host_only()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, text);
    ServerFixture fixture;
    fixture.enter(QStringLiteral("cam"), Persistent);
    const InSession session(fixture);
    const QByteArray body = Json{{QStringLiteral("target_url"), QString::fromLatin1(target)}}.dump();
    const Answer answer = fixture.send("POST", session.control + QStringLiteral("/proxy"), session.token, body);
    QCOMPARE(answer.status, text.isEmpty() ? 200 : 400);
    if (text.isEmpty())
        QVERIFY(ProxyAnswer::parse(answer.body));
    else
        QCOMPARE(answer.line(), text);
}

void LiveRunnerCallbacksTest::liverunner_25_a_proxy_passes_path_and_query_and_dies_with_its_session()
{
    ServerFixture fixture;
    fixture.enter(QStringLiteral("cam"), Persistent, Json{{QStringLiteral("runner_url"), fixture.appUrl(QStringLiteral("/base"))}});
    const InSession session(fixture);
    const auto make = [&](const QByteArray &body) { return orThrow(ProxyAnswer::parse(fixture.send("POST", session.control + QStringLiteral("/proxy"), session.token, body).body)); };
    const ProxyAnswer own = make({});
    QCOMPARE(own.url, fixture.at(QStringLiteral("/run/")) + own.proxyId);
    QCOMPARE(own.proxyId.size(), 26);
    QCOMPARE(fixture.send("PUT", own.url + QStringLiteral("/a?b=c")).status, 200);
    QCOMPARE(fixture.appRequests().last().path, QByteArray("/base/a"));
    const ProxyAnswer other = make(Json{{QStringLiteral("target_url"), fixture.appUrl(QStringLiteral("/side/"))}}.dump());
    QCOMPARE(fixture.send("PUT", other.url + QStringLiteral("/a?b=c")).status, 200);
    QCOMPARE(fixture.appRequests().last().path, QByteArray("/side/a"));
    QCOMPARE(fixture.appRequests().last().query, QByteArray("b=c"));
    QCOMPARE(fixture.send("POST", session.control + QStringLiteral("/stop"), session.token).status, 204);
    for (const QString &url : {own.url, other.url})
        QCOMPARE(fixture.send("GET", url + QStringLiteral("/a")).line(), QByteArray("live runner proxy not found"));
}

void LiveRunnerCallbacksTest::an_app_may_stop_its_session_and_still_answer()
{
    ServerFixture fixture;
    fixture.enter(QStringLiteral("cam"), Persistent);
    const InSession session(fixture);
    fixture.setApp([&fixture](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> {
        while (!fixture.orchestrator || response.isClosed())
            co_return;
        co_await response.begin(200, headers::contentType("text/plain"));
        co_await response.write("one ");
        co_await response.write("two");
        co_await response.end();
    });
    QCOMPARE(fixture.send("POST", session.answer.appUrl + QStringLiteral("/bye")).body, QByteArray("one two"));
    QCOMPARE(fixture.send("POST", session.control + QStringLiteral("/stop"), session.token).status, 204);
    QCOMPARE(fixture.send("POST", session.control + QStringLiteral("/stop"), session.token).status, 404);
    QCOMPARE(fixture.orchestrator->sessions(), QStringList());
}

void LiveRunnerCallbacksTest::liverunner_28_a_second_file_keeps_ids_and_sessions()
{
    ServerFixture fixture;
    const auto bad = fixture.orchestrator->load(fileWith(fixture, "one", R"(,"health_url":"nowhere")"));
    QVERIFY(!bad);
    QCOMPARE(bad.error().message(), QStringLiteral("runners[0]: invalid health_url"));
    QVERIFY(fixture.orchestrator->listed().runners.isEmpty());
    QVERIFY(fixture.orchestrator->load(fileWith(fixture, "one", R"(,"health_url":"/health")")));
    QTRY_COMPARE(fixture.orchestrator->listed().runners.size(), 1);
    const QString url = fixture.orchestrator->listed().runners.first().url;
    const auto session = SessionAnswer::parse(fixture.send("POST", url).body);
    QVERIFY(session);
    QVERIFY(fixture.orchestrator->load(fileWith(fixture, "one", R"(,"health_url":"/health","version":"2","capacity":3)")));
    QCOMPARE(fixture.orchestrator->listed().runners.size(), 1);
    QCOMPARE(fixture.orchestrator->listed().runners.first().url, url);
    QCOMPARE(fixture.orchestrator->listed().runners.first().version, QStringLiteral("2"));
    QCOMPARE(fixture.orchestrator->listed().runners.first().available, qint64(2));
    QCOMPARE(fixture.send("POST", session->appUrl + QStringLiteral("/x")).status, 200);
    // Those that are left out stay.
    QVERIFY(fixture.orchestrator->load(fileWith(fixture, "two", R"(,"health_url":"/health","routing":"label")")));
    QTRY_COMPARE(fixture.orchestrator->listed().runners.size(), 2);
    QCOMPARE(fixture.send("POST", QStringLiteral("/apps/two/session")).status, 200);
}

void LiveRunnerCallbacksTest::liverunner_29_health_decides_whether_a_static_app_is_there()
{
    OrchestratorOptions options;
    options.healthPeriod = 50ms;
    ServerFixture fixture(options);
    const auto status = std::make_shared<std::atomic<int>>(200);
    fixture.setApp([status](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> {
        const int code = *status;
        co_await response.sendText(code, "health");
    });
    QVERIFY(fixture.orchestrator->load(fileWith(fixture, "one", R"(,"health_url":"/health","healthy_status_code":201,"routing":"label")")));
    QTRY_VERIFY(!fixture.appRequests().isEmpty());
    QCOMPARE(fixture.appRequests().first().path, QByteArray("/p/health"));
    QCOMPARE(fixture.appRequests().first().method, QByteArray("GET"));
    QVERIFY(fixture.orchestrator->listed().runners.isEmpty()); // 200 is not what was asked for
    *status = 201;
    QTRY_COMPARE(fixture.orchestrator->listed().runners.size(), 1);
    QCOMPARE(fixture.send("POST", QStringLiteral("/apps/one/session")).status, 200);
    *status = 500;
    QTRY_VERIFY(fixture.orchestrator->listed().runners.isEmpty());
    QCOMPARE(fixture.orchestrator->sessions(), QStringList());
    QCOMPARE(fixture.send("POST", QStringLiteral("/apps/one/session")).status, 404);
    *status = 201;
    QTRY_COMPARE(fixture.orchestrator->listed().runners.size(), 1);
}

void LiveRunnerCallbacksTest::a_static_app_takes_no_heartbeat()
{
    ServerFixture fixture;
    QVERIFY(fixture.orchestrator->load(fileWith(fixture, "one", R"(,"health_url":"/health")")));
    QTRY_COMPARE(fixture.orchestrator->listed().runners.size(), 1);
    const QString id = fixture.orchestrator->listed().runners.first().url.section(QLatin1Char('/'), -2, -2);
    QCOMPARE(fixture.heartbeat(fixture.registration(id, Persistent)).status, 401);
    QCOMPARE(fixture.send("POST", QStringLiteral("/runners/%1/unregister").arg(id), {{"Authorization", "abcdef"}}).status, 401);
    QCOMPARE(fixture.orchestrator->listed().runners.size(), 1);
}

QTEST_GUILESS_MAIN(LiveRunnerCallbacksTest)
#include "tst_liverunner_callbacks.moc"
