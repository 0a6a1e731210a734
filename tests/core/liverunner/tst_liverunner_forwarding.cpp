#include "server_fixture.h"

#include "sluice/net/asio_wait.h"

#include <QtCore/QElapsedTimer>
#include <QtNetwork/QTcpServer>

#include <atomic>

using namespace sluice;
using namespace sluice::liverunner;
using namespace std::chrono_literals;

namespace {

const QString SingleShot = QStringLiteral("single-shot");
const QString Persistent = QStringLiteral("persistent");

Json with(const char *key, const Json &value)
{
    return Json{{QString::fromLatin1(key), value}};
}

QByteArray rawPost(const QByteArray &target, const QByteArray &host, const QByteArray &more = {})
{
    return "POST " + target + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 0\r\n" + more + "\r\n";
}

/// An app that answers when it is told to.
struct Gate {
    explicit Gate(ServerFixture &fixture)
        : event(std::make_shared<AsyncEvent>(fixture.io.context().get_executor()))
    {
        fixture.setApp([state = event, open = isOpen](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> {
            while (!*open && !response.isClosed())
                co_await state->wait();
            co_await response.send(200, headers::contentType("text/plain"), "late");
        });
    }
    void open(ServerFixture &fixture)
    {
        fixture.onIo([this] {
            *isOpen = true;
            event->notify();
            return true;
        });
    }
    std::shared_ptr<AsyncEvent> event;
    std::shared_ptr<std::atomic<bool>> isOpen = std::make_shared<std::atomic<bool>>(false);
};

/// What it reads it writes back, after a handshake as a websocket's.
boost::asio::awaitable<void> echo(ServerRequest request, ServerResponse &response)
{
    Headers fields{{"Upgrade", "websocket"}, {"Sec-WebSocket-Accept", headers::value(request.headers, "Sec-WebSocket-Key")}};
    if (!co_await response.upgrade(std::move(fields)))
        co_return;
    for (QByteArray bytes = co_await response.readUpgraded(); !bytes.isEmpty(); bytes = co_await response.readUpgraded()) {
        if (!co_await response.writeUpgraded(std::move(bytes)))
            break;
    }
}

} // namespace

/// What goes through the orchestrator, and how.
class LiveRunnerForwardingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void liverunner_14_path_query_method_and_body_arrive_and_the_answer_comes_back();
    void liverunner_14_a_large_body_of_unknown_length_goes_through();
    void liverunner_14_an_answer_to_head_has_its_length_and_no_body();
    void liverunner_15_the_four_headers_are_the_orchestrators();
    void liverunner_16_addresses_for_apps_are_internal_and_for_clients_public();
    void liverunner_17_a_slot_is_free_again_when_the_call_is_over_or_the_client_gone();
    void liverunner_18_the_wrong_mode_is_refused_without_a_slot();
    void liverunner_19_events_come_one_by_one();
    void liverunner_19_a_websocket_echoes_and_holds_its_slot_data();
    void liverunner_19_a_websocket_echoes_and_holds_its_slot();
    void liverunner_20_a_session_is_reserved_used_and_stopped();
    void liverunner_21_unknown_sessions_are_404_and_unreachable_apps_502_without_address();
    void liverunner_26_a_proxy_hides_the_session();
    void liverunner_27_a_proxy_listens_to_its_own_host_only();
    void liverunner_40_dot_segments_are_refused_and_payment_headers_kept_back();
    void the_bare_address_is_redirected();
    void a_body_that_stops_coming_is_cut();
};

void LiveRunnerForwardingTest::liverunner_14_path_query_method_and_body_arrive_and_the_answer_comes_back()
{
    ServerFixture fixture;
    fixture.enter(QStringLiteral("hello"), SingleShot, with("runner_url", fixture.appUrl(QStringLiteral("/base?q=1"))));
    fixture.setApp([](ServerRequest request, ServerResponse &response) -> boost::asio::awaitable<void> {
        Headers fields{{"Content-Type", "text/x-app"}, {"X-App", "one"}, {"X-App", "two"}};
        QByteArray body = request.method + ' ' + request.body;
        co_await response.send(299, std::move(fields), std::move(body));
    });
    for (const char *method : {"POST", "PUT", "DELETE", "PATCH"}) {
        const Answer answer = fixture.send(method, QStringLiteral("/apps/hello/app/v1/x?a=1&b=two%7E"), {{"X-Mine", "yes"}}, "the body");
        QCOMPARE(answer.status, 299);
        QCOMPARE(answer.body, QByteArray(method) + " the body");
        QCOMPARE(headers::values(answer.headers, "X-App"), QList<QByteArray>({"one", "two"}));
        QCOMPARE(headers::value(answer.headers, "Content-Type"), QByteArray("text/x-app"));
        const ServerRequest seen = fixture.appRequests().last();
        QCOMPARE(seen.path, QByteArray("/base/v1/x"));
        QVERIFY2(seen.query.startsWith("a=1&b=two"), seen.query.constData());
        QCOMPARE(headers::value(seen.headers, "X-Mine"), QByteArray("yes"));
        QCOMPARE(headers::value(seen.headers, "Host"), QUrl(fixture.appUrl()).authority().toLatin1());
        QCOMPARE(headers::value(seen.headers, "Content-Length"), QByteArray("8"));
    }
    QCOMPARE(fixture.send("GET", QStringLiteral("/apps/hello/app/")).status, 299);
    QCOMPARE(fixture.appRequests().last().path, QByteArray("/base"));
    QCOMPARE(fixture.send("GET", QStringLiteral("/apps/hello/app/x/")).status, 299);
    QCOMPARE(fixture.appRequests().last().path, QByteArray("/base/x/"));
}

void LiveRunnerForwardingTest::liverunner_14_a_large_body_of_unknown_length_goes_through()
{
    ServerFixture fixture;
    fixture.enter(QStringLiteral("hello"), SingleShot);
    fixture.setApp([](ServerRequest request, ServerResponse &response) -> boost::asio::awaitable<void> {
        if (!co_await response.begin(200, headers::contentType("application/octet-stream")))
            co_return;
        co_await response.write(request.body);
        co_await response.end();
    });
    RawCall call(fixture.service, "POST /apps/hello/app/ HTTP/1.1\r\nHost: " + fixture.service.authority().toLatin1()
                     + "\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
    const QByteArray piece(100'000, 'x');
    for (int i = 0; i < 20; ++i)
        call.send("186a0\r\n" + piece + "\r\n");
    call.send("0\r\n\r\n");
    QTRY_VERIFY(call.received().endsWith("\r\n0\r\n\r\n"));
    QCOMPARE(call.received().count('x') >= 2'000'000, true);
    QCOMPARE(fixture.appRequests().last().body.size(), 2'000'000);
}

void LiveRunnerForwardingTest::liverunner_14_an_answer_to_head_has_its_length_and_no_body()
{
    ServerFixture fixture;
    fixture.enter(QStringLiteral("hello"), SingleShot);
    fixture.setApp([](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> {
        co_await response.send(200, headers::contentType("text/plain"), "twelve bytes");
    });
    const Answer head = fixture.send("HEAD", QStringLiteral("/apps/hello/app/"));
    QCOMPARE(head.status, 200);
    QVERIFY(head.body.isEmpty());
    QCOMPARE(headers::value(head.headers, "Content-Length"), QByteArray("12"));
    const Answer whole = fixture.send("GET", QStringLiteral("/apps/hello/app/"));
    QCOMPARE(headers::value(whole.headers, "Content-Length"), QByteArray("12"));
    QCOMPARE(whole.body, QByteArray("twelve bytes"));
}

void LiveRunnerForwardingTest::liverunner_15_the_four_headers_are_the_orchestrators()
{
    ServerFixture fixture;
    fixture.enter(QStringLiteral("hello"), SingleShot);
    const Headers forged{{"livepeer-runner-route", "x"}, {"Livepeer-Session-Id", "x"}, {"LIVEPEER-SESSION-TOKEN", "x"},
        {"Livepeer-Session-Control", "http://evil/"}, {"X-Forwarded-For", "1.2.3.4"}, {"Forwarded", "for=1.2.3.4"}, {"Authorization", "Bearer mine"}, {"Cookie", "c=1"}};
    QCOMPARE(fixture.send("POST", QStringLiteral("/apps/hello/app/"), forged).status, 200);
    const Headers seen = fixture.appRequests().last().headers;
    QCOMPARE(headers::values(seen, header::RunnerRoute), QList<QByteArray>({"hello"}));
    QCOMPARE(headers::values(seen, header::SessionId).size(), 1);
    const QByteArray id = headers::value(seen, header::SessionId);
    QVERIFY2(id.startsWith("session_"), id.constData());
    QCOMPARE(headers::value(seen, header::SessionToken).size(), 52);
    QCOMPARE(headers::values(seen, header::SessionControl), QList<QByteArray>({fixture.service.toEncoded() + "/runner/hello/session/" + id}));
    QVERIFY(!headers::contains(seen, "X-Forwarded-For"));
    QVERIFY(!headers::contains(seen, "Forwarded"));
    QCOMPARE(headers::value(seen, "Authorization"), QByteArray("Bearer mine"));
    QCOMPARE(headers::value(seen, "Cookie"), QByteArray("c=1"));
}

void LiveRunnerForwardingTest::liverunner_16_addresses_for_apps_are_internal_and_for_clients_public()
{
    OrchestratorOptions options;
    options.internalBase = QUrl(QStringLiteral("http://orch-int:8935/"));
    ServerFixture fixture(options);
    const Answer registered = fixture.heartbeat(fixture.registration(QStringLiteral("cam"), Persistent));
    QCOMPARE(registered.json().value(QStringLiteral("orchestrator")).toString(), QStringLiteral("http://orch-int:8935"));
    QVERIFY(HeartbeatAnswer::parse(registered.body)->o2r->url.startsWith(QStringLiteral("http://orch-int:8935/ai/trickle/cam-")));
    const auto session = SessionAnswer::parse(fixture.send("POST", QStringLiteral("/apps/cam/session")).body);
    QVERIFY(session);
    QVERIFY(session->appUrl.startsWith(fixture.service.toString()));
    QVERIFY(session->controlUrl.startsWith(fixture.service.toString()));
    QCOMPARE(fixture.send("POST", session->appUrl + QStringLiteral("/start")).status, 200);
    const QByteArray control = headers::value(fixture.appRequests().last().headers, header::SessionControl);
    QVERIFY2(control.startsWith("http://orch-int:8935/runner/cam/session/"), control.constData());
}

void LiveRunnerForwardingTest::liverunner_17_a_slot_is_free_again_when_the_call_is_over_or_the_client_gone()
{
    ServerFixture fixture;
    fixture.enter(QStringLiteral("hello"), SingleShot);
    Gate gate(fixture);
    RawCall first(fixture.service, rawPost("/apps/hello/app/", fixture.service.authority().toLatin1()));
    QTRY_COMPARE(fixture.appRequests().size(), 1);
    const Answer second = fixture.send("POST", QStringLiteral("/apps/hello/app/"));
    QCOMPARE(second.status, 503);
    QCOMPARE(second.body, QByteArray("no capacity available for runner\n"));
    QCOMPARE(fixture.listed(QStringLiteral("hello")).value(QStringLiteral("capacity_available")).toInt64(), std::optional<qint64>(0));
    first.hangUp();
    QTRY_COMPARE(fixture.orchestrator->sessions(), QStringList());
    gate.open(fixture);
    const Answer third = fixture.send("POST", QStringLiteral("/apps/hello/app/"));
    QCOMPARE(third.status, 200);
    QCOMPARE(third.body, QByteArray("late"));
    QTRY_COMPARE(fixture.orchestrator->sessions(), QStringList());
}

void LiveRunnerForwardingTest::liverunner_18_the_wrong_mode_is_refused_without_a_slot()
{
    ServerFixture fixture;
    fixture.enter(QStringLiteral("hello"), SingleShot);
    fixture.enter(QStringLiteral("cam"), Persistent);
    const Answer session = fixture.send("POST", QStringLiteral("/apps/hello/session"));
    QCOMPARE(session.status, 400);
    QCOMPARE(session.body, QByteArray("only persistent runners have sessions\n"));
    const Answer call = fixture.send("POST", QStringLiteral("/apps/cam/app/x"));
    QCOMPARE(call.status, 400);
    QCOMPARE(call.body, QByteArray("runner is not single-shot\n"));
    QCOMPARE(fixture.orchestrator->sessions(), QStringList());
    QVERIFY(fixture.appRequests().isEmpty());
}

void LiveRunnerForwardingTest::liverunner_19_events_come_one_by_one()
{
    ServerFixture fixture;
    fixture.enter(QStringLiteral("hello"), SingleShot);
    const auto next = std::make_shared<AsyncEvent>(fixture.io.context().get_executor());
    const auto wanted = std::make_shared<std::atomic<int>>(1);
    fixture.setApp([next, wanted](ServerRequest, ServerResponse &response) -> boost::asio::awaitable<void> {
        if (!co_await response.begin(200, headers::contentType("text/event-stream")))
            co_return;
        for (int i = 1; i <= 3; ++i) {
            while (*wanted < i)
                co_await next->wait();
            const QByteArray event = "data: " + QByteArray::number(i) + "\n\n";
            co_await response.write(event);
        }
        co_await response.end();
    });
    RawCall call(fixture.service, rawPost("/apps/hello/app/", fixture.service.authority().toLatin1()));
    QTRY_VERIFY(call.received().contains("data: 1\n\n"));
    for (int i = 2; i <= 3; ++i) {
        const QByteArray event = "data: " + QByteArray::number(i) + "\n\n";
        QVERIFY(!call.received().contains(event));
        QElapsedTimer took;
        took.start();
        fixture.onIo([&] {
            *wanted = i;
            next->notify();
            return true;
        });
        QTRY_VERIFY(call.received().contains(event));
        QVERIFY2(took.elapsed() < 100, qPrintable(QString::number(took.elapsed())));
    }
    QTRY_VERIFY(call.received().endsWith("0\r\n\r\n"));
}

void LiveRunnerForwardingTest::liverunner_19_a_websocket_echoes_and_holds_its_slot_data()
{
    QTest::addColumn<bool>("persistent");
    QTest::newRow("single-shot") << false;
    QTest::newRow("persistent") << true;
}

void LiveRunnerForwardingTest::liverunner_19_a_websocket_echoes_and_holds_its_slot()
{
    QFETCH(bool, persistent);
    ServerFixture fixture;
    fixture.enter(QStringLiteral("ws"), persistent ? Persistent : SingleShot);
    fixture.setApp(echo);
    QByteArray target = "/apps/ws/app/socket";
    if (persistent) {
        const auto session = SessionAnswer::parse(fixture.send("POST", QStringLiteral("/apps/ws/session")).body);
        target = QUrl(session->appUrl).path().toLatin1() + "/socket";
    }
    RawCall call(fixture.service, "GET " + target + " HTTP/1.1\r\nHost: " + fixture.service.authority().toLatin1()
                     + "\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: abc\r\nSec-WebSocket-Version: 13\r\n\r\nearly");
    QTRY_VERIFY(call.received().endsWith("\r\n\r\nearly"));
    QVERIFY2(call.received().startsWith("HTTP/1.1 101 "), call.received().constData());
    QVERIFY(call.received().contains("Upgrade: websocket\r\n"));
    QVERIFY(call.received().contains("Sec-WebSocket-Accept: abc\r\n"));
    const QByteArray block = "begin" + QByteArray(300'000, '\0') + "end";
    call.send(block);
    QTRY_VERIFY(call.received().endsWith("end"));
    QVERIFY(call.received().endsWith(block));
    QCOMPARE(fixture.listed(QStringLiteral("ws")).value(QStringLiteral("capacity_available")).toInt64(), std::optional<qint64>(0));
    QCOMPARE(headers::value(fixture.appRequests().last().headers, header::RunnerRoute), QByteArray("ws"));
    call.hangUp();
    if (!persistent)
        QTRY_COMPARE(fixture.orchestrator->sessions(), QStringList());
}

void LiveRunnerForwardingTest::liverunner_20_a_session_is_reserved_used_and_stopped()
{
    ServerFixture fixture;
    fixture.enter(QStringLiteral("cam"), Persistent);
    const Answer reserved = fixture.send("POST", QStringLiteral("/apps/cam/session"), {{"Content-Type", "application/json"}}, "{}");
    QCOMPARE(reserved.status, 200);
    QCOMPARE(reserved.json().size(), 3);
    const auto session = SessionAnswer::parse(reserved.body);
    QVERIFY(session);
    QCOMPARE(session->controlUrl, fixture.at(QStringLiteral("/apps/cam/session/")) + session->sessionId);
    QCOMPARE(session->appUrl, session->controlUrl + QStringLiteral("/app"));
    QCOMPARE(fixture.send("POST", QStringLiteral("/apps/cam/session")).status, 503);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(fixture.send("POST", session->appUrl + QStringLiteral("/start")).status, 200);
    const Headers seen = fixture.appRequests().last().headers;
    const QString control = QString::fromLatin1(headers::value(seen, header::SessionControl));
    const Headers token{{header::SessionToken, headers::value(seen, header::SessionToken)}};
    const Answer channel = fixture.send("POST", control + QStringLiteral("/channels"), token, R"({"channels":[{"name":"out","mime_type":"video/mp2t"}]})");
    QCOMPARE(channel.status, 200);
    const Answer proxy = fixture.send("POST", control + QStringLiteral("/proxy"), token);
    QCOMPARE(fixture.send("GET", proxy.json().value(QStringLiteral("url")).toString() + QStringLiteral("/x")).status, 200);
    const QString channelUrl = parseChannelsAnswer(channel.body)->first().url;
    for (int i = 0; i < 2; ++i) {
        const Answer stopped = fixture.send("POST", session->controlUrl + QStringLiteral("/stop"));
        QCOMPARE(stopped.status, 204);
        QVERIFY(stopped.body.isEmpty());
    }
    QCOMPARE(fixture.send("POST", session->appUrl + QStringLiteral("/start")).line(), QByteArray("runner session not found"));
    const Answer dead = fixture.send("GET", proxy.json().value(QStringLiteral("url")).toString() + QStringLiteral("/x"));
    QCOMPARE(dead.status, 404);
    QCOMPARE(dead.line(), QByteArray("live runner proxy not found"));
    QCOMPARE(fixture.send("GET", channelUrl + QStringLiteral("/0")).status, 404);
    QCOMPARE(fixture.send("POST", QStringLiteral("/apps/cam/session")).status, 200);
}

void LiveRunnerForwardingTest::liverunner_21_unknown_sessions_are_404_and_unreachable_apps_502_without_address()
{
    ServerFixture fixture;
    fixture.enter(QStringLiteral("cam"), Persistent);
    const Answer unknown = fixture.send("POST", QStringLiteral("/apps/cam/session/none/app/x"));
    QCOMPARE(unknown.status, 404);
    QCOMPARE(unknown.line(), QByteArray("runner session not found"));
    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    const quint16 port = closed.serverPort();
    closed.close();
    fixture.enter(QStringLiteral("dead"), SingleShot, with("runner_url", QStringLiteral("http://127.0.0.1:%1/secret").arg(port)));
    const Answer answer = fixture.send("POST", QStringLiteral("/apps/dead/app/x"));
    QCOMPARE(answer.status, 502);
    QVERIFY(!answer.body.contains(QByteArray::number(port)));
    QVERIFY(!answer.body.contains("secret"));
    QTRY_COMPARE(fixture.orchestrator->sessions(), QStringList());
}

void LiveRunnerForwardingTest::liverunner_26_a_proxy_hides_the_session()
{
    ServerFixture fixture;
    fixture.enter(QStringLiteral("cam"), Persistent, Json{{QStringLiteral("proxy"), true}, {QStringLiteral("capacity"), 2}});
    QStringList urls;
    for (int i = 0; i < 2; ++i) {
        const auto session = SessionAnswer::parse(fixture.send("POST", QStringLiteral("/apps/cam/session")).body);
        QVERIFY(session);
        QVERIFY(!session->appUrl.contains(session->sessionId));
        QVERIFY(session->appUrl.startsWith(fixture.at(QStringLiteral("/run/"))));
        QVERIFY(session->controlUrl.startsWith(fixture.at(QStringLiteral("/apps/cam/session/"))));
        QCOMPARE(fixture.send("POST", session->appUrl + QStringLiteral("/a/b?c=d")).status, 200);
        QCOMPARE(fixture.appRequests().last().path, QByteArray("/a/b"));
        QCOMPARE(fixture.appRequests().last().query, QByteArray("c=d"));
        QCOMPARE(headers::value(fixture.appRequests().last().headers, header::SessionId), session->sessionId.toLatin1());
        urls.append(session->appUrl);
    }
    QVERIFY(urls.at(0) != urls.at(1));
    fixture.enter(QStringLiteral("hello"), SingleShot, with("proxy", true));
    const Json listed = fixture.listed(QStringLiteral("run/hello"));
    QCOMPARE(listed.value(QStringLiteral("url")).toString(), fixture.at(QStringLiteral("/run/hello")));
    QCOMPARE(fixture.send("POST", QStringLiteral("/run/hello/x")).status, 200);
    QTRY_VERIFY(fixture.orchestrator->sessions().size() == 2);
}

void LiveRunnerForwardingTest::liverunner_27_a_proxy_listens_to_its_own_host_only()
{
    ServerFixture fixture;
    fixture.enter(QStringLiteral("hello"), SingleShot, with("proxy", true));
    const auto statusAt = [&](const QByteArray &host) {
        RawCall call(fixture.service, rawPost("/run/hello/x", host, "Connection: close\r\n"));
        QElapsedTimer waited;
        waited.start();
        while (!call.received().contains("\r\n\r\n") && waited.elapsed() < 5000) { }
        return call.received().mid(9, 3);
    };
    QCOMPARE(statusAt(fixture.service.authority().toLatin1()), QByteArray("200"));
    QCOMPARE(statusAt("127.0.0.1:1"), QByteArray("404"));
    QCOMPARE(statusAt("127.0.0.1"), QByteArray("404"));
    QCOMPARE(statusAt("localhost:" + QByteArray::number(fixture.service.port())), QByteArray("404"));
    QCOMPARE(fixture.appRequests().size(), 1);
}

void LiveRunnerForwardingTest::liverunner_40_dot_segments_are_refused_and_payment_headers_kept_back()
{
    ServerFixture fixture;
    fixture.enter(QStringLiteral("hello"), SingleShot, with("runner_url", fixture.appUrl(QStringLiteral("/base"))));
    const QByteArray host = fixture.service.authority().toLatin1();
    for (const QByteArray &path : {QByteArray("%2e%2e/x"), QByteArray("a/%2E%2e/%2e%2e/x"), QByteArray("a%2f..%2f..%2fx"), QByteArray("%2e"), QByteArray("..%5cx")}) {
        RawCall call(fixture.service, rawPost("/apps/hello/app/" + path, host));
        QTRY_VERIFY(call.received().contains("\r\n\r\n"));
        QVERIFY2(call.received().startsWith("HTTP/1.1 400 "), path.constData());
    }
    for (const QByteArray &path : {QByteArray("../x"), QByteArray("a//x"), QByteArray("./x")}) {
        RawCall call(fixture.service, rawPost("/apps/hello/app/" + path, host));
        QTRY_VERIFY(call.received().contains("\r\n\r\n"));
        QVERIFY2(call.received().startsWith("HTTP/1.1 301 "), path.constData());
    }
    QVERIFY(fixture.appRequests().isEmpty());
    QCOMPARE(fixture.send("POST", QStringLiteral("/apps/hello/app/x"), {{header::PayerAddress, "0x1"}, {header::Payment, "p"}, {header::Segment, "s"}}).status, 200);
    const Headers seen = fixture.appRequests().last().headers;
    for (const char *name : {header::PayerAddress, header::Payment, header::Segment})
        QVERIFY2(!headers::contains(seen, name), name);
}

void LiveRunnerForwardingTest::the_bare_address_is_redirected()
{
    ServerFixture fixture;
    fixture.enter(QStringLiteral("hello"), SingleShot);
    RawCall call(fixture.service, rawPost("/apps/hello/app?a=1", fixture.service.authority().toLatin1()));
    QTRY_VERIFY(call.received().contains("\r\n\r\n"));
    QVERIFY2(call.received().startsWith("HTTP/1.1 301 "), call.received().constData());
    QVERIFY(call.received().contains("Location: /apps/hello/app/?a=1\r\n"));
    QVERIFY(fixture.appRequests().isEmpty());
}

void LiveRunnerForwardingTest::a_body_that_stops_coming_is_cut()
{
    OrchestratorOptions options;
    options.stallTimeout = 200ms;
    ServerFixture fixture(options);
    fixture.enter(QStringLiteral("hello"), SingleShot);
    RawCall call(fixture.service, "POST /apps/hello/app/ HTTP/1.1\r\nHost: " + fixture.service.authority().toLatin1() + "\r\nContent-Length: 100\r\n\r\nonly this");
    QTRY_VERIFY(call.received().startsWith("HTTP/1.1 408 "));
    QTRY_COMPARE(fixture.orchestrator->sessions(), QStringList());
}

QTEST_GUILESS_MAIN(LiveRunnerForwardingTest)
#include "tst_liverunner_forwarding.moc"
