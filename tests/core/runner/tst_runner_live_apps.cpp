#include "runner_probe_p.h"

#include "sluice/base/log.h"
#include "sluice/base/task.h"
#include "sluice/net/http_client.h"
#include "sluice/net/http_server.h"
#include "sluice/runner/app_session.h"
#include "sluice/runner/live_heartbeat_p.h"
#include "sluice/runner/live_registration.h"
#include "sluice/trickle/json_channel.h"
#include "sluice/trickle/server.h"

#include <QCoro/QCoroTask>
#include <QtCore/QLoggingCategory>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <atomic>
#include <mutex>

using namespace sluice;
using namespace std::chrono_literals;
using boost::asio::awaitable;

namespace {

const QByteArray Bootstrap = "bootstrap-secret-0123";
const QByteArray Token = "session-token-4567";

/// The orchestrator's side of registrations, as a test wants it, with a real channel for events.
struct Node {
    /// The answer to the `n`th heartbeat; nothing: the honest one.
    using Reply = std::function<std::optional<std::pair<int, QByteArray>>(int n, const ServerRequest &)>;

    Node()
    {
        trickle::ServerOptions options;
        options.basePath = "/ai/trickle/";
        channels = std::make_unique<trickle::Server>(io, options);
        HttpServerOptions http;
        http.streamsBody = [this](const ServerRequest &head) { return channels->owns(head.path); };
        server = std::make_unique<HttpServer>(io, http, [this](ServerRequest request, ServerResponse &response) { return handle(std::move(request), response); });
        orThrow(server->listen());
    }
    ~Node() { server->stop(); }

    [[nodiscard]] QUrl url() const { return QUrl(server->origin()); }
    [[nodiscard]] QList<ServerRequest> seen(const QByteArray &path) const
    {
        const std::scoped_lock lock(mutex);
        QList<ServerRequest> found = requests;
        found.removeIf([&](const ServerRequest &request) { return !request.path.startsWith(path); });
        return found;
    }
    [[nodiscard]] int beats() const { return int(seen("/runners/heartbeat").size()); }
    void list(const QStringList &ids)
    {
        const std::scoped_lock lock(mutex);
        sessions = ids;
    }
    void script(Reply next)
    {
        const std::scoped_lock lock(mutex);
        reply = std::move(next);
    }

    awaitable<void> handle(ServerRequest request, ServerResponse &response)
    {
        if (channels->owns(request.path)) {
            co_await channels->handle(std::move(request), response);
            co_return;
        }
        int status = 200;
        QByteArray body;
        {
            const std::scoped_lock lock(mutex);
            requests.append(request);
            if (request.path == "/runners/heartbeat") {
                const auto scripted = reply ? reply(count, request) : std::nullopt;
                ++count;
                if (scripted)
                    std::tie(status, body) = *scripted;
                else
                    body = honest(request);
            } else if (request.path.endsWith("/channels")) {
                status = channelTries++ < channelFailures ? 500 : 200;
                body = "{\"channels\":[{\"name\":\"in\",\"channel_name\":\"s1-in\",\"url\":\"http://public.example/ai/trickle/s1-in\",\"internal_url\":\"" + server->origin().toLatin1()
                    + "/ai/trickle/s1-in\",\"mime_type\":\"video/mp2t\"},{\"name\":\"out\",\"channel_name\":\"s1-out\",\"url\":\"http://public.example/ai/trickle/s1-out\",\"mime_type\":\"video/mp2t\"}]}";
            } else if (request.path.endsWith("/proxy")) {
                body = "{\"proxy_id\":\"p\",\"url\":\"http://public.example/run/p\"}";
            } else {
                status = 204;
            }
        }
        const Headers fields = headers::contentType("application/json");
        co_await response.send(status, fields, body);
    }

    QByteArray honest(const ServerRequest &request)
    {
        const bool first = headers::value(request.headers, "Authorization") == Bootstrap;
        Json ids = Json::array();
        for (const QString &id : sessions)
            ids.append(id);
        Json answer{{QStringLiteral("runner_id"), Json::parse(request.body)->value(QStringLiteral("runner_id"))}, {QStringLiteral("orchestrator"), server->origin()},
            {QStringLiteral("heartbeat_interval"), interval}, {QStringLiteral("heartbeat_ttl"), QStringLiteral("20s")}, {QStringLiteral("session_ids"), ids}};
        if (first) {
            ++registrations;
            channels->create("o2r-" + QByteArray::number(registrations.load()), "application/json");
            answer.insert(QStringLiteral("heartbeat_secret"), QStringLiteral("heartbeat-secret-%1").arg(registrations.load()));
            answer.insert(QStringLiteral("o2r"), Json{{QStringLiteral("name"), QStringLiteral("o2r")}, {QStringLiteral("url"), server->origin() + QStringLiteral("/ai/trickle/o2r-%1").arg(registrations.load())}});
        }
        return answer.dump();
    }

    IoThread io;
    mutable std::mutex mutex;
    QList<ServerRequest> requests;
    QStringList sessions;
    Reply reply;
    QString interval = QStringLiteral("100ms");
    int count = 0;
    int channelTries = 0;
    int channelFailures = 0;
    std::atomic<int> registrations = 0;
    std::unique_ptr<trickle::Server> channels;
    std::unique_ptr<HttpServer> server;
};

LiveAppConfig configFor(const Node &node)
{
    LiveAppConfig config;
    config.orchestrator = node.url();
    config.secret = Secret(QByteArrayView(Bootstrap));
    config.runnerUrl = QStringLiteral("http://127.0.0.1:9/app");
    config.app = QStringLiteral("acme/hello");
    config.price = QStringLiteral("0.0002");
    config.priceUnit = QStringLiteral("fixed");
    config.version = QStringLiteral("1.0.0");
    config.firstRetry = 50ms;
    return config;
}

/// A capability that is called through sessions.
class InSession final : public PredictCapability {
public:
    using Work = std::function<PredictResult(const Json &, const RunContext &)>;
    explicit InSession(Work work)
        : m_work(std::move(work))
    {
    }
    [[nodiscard]] QString name() const override { return QStringLiteral("cam"); }
    [[nodiscard]] QString description() const override { return QStringLiteral("Works within a session."); }
    [[nodiscard]] QString version() const override { return QStringLiteral("1"); }
    [[nodiscard]] CapabilityPrice price() const override { return {1, 1, QStringLiteral("wei")}; }
    [[nodiscard]] LiveAppOffer liveApp() const override { return {QStringLiteral("0.36"), QStringLiteral("hour"), true, false}; }
    [[nodiscard]] Json inputSchema() const override { return orThrow(Json::parse(R"({"type":"object"})")); }
    [[nodiscard]] Json outputSchema() const override { return orThrow(Json::parse(R"({"type":"object"})")); }
    [[nodiscard]] PredictResult predict(const Json &input, const RunContext &context) override { return m_work(input, context); }

private:
    Work m_work;
};

/// A runner registered with a node, and requests as the node passes them on.
struct Served {
    explicit Served(Node &theNode, InSession::Work work, std::chrono::milliseconds idle = 10min, const QByteArray &bearer = {})
        : node(theNode)
    {
        RunnerOptions options;
        options.orchestrator = node.url();
        options.orchestratorSecret = Secret(QByteArrayView(Bootstrap));
        options.registerAs = RunnerOptions::RegisterAs::LiveRunner;
        options.sessionIdleLimit = idle;
        options.bearerToken = Secret(QByteArrayView(bearer));
        server = std::make_unique<RunnerServer>(options);
        orThrow(server->add(std::make_unique<InSession>(std::move(work))));
        QSignalSpy registered(server.get(), &RunnerServer::appRegistered);
        orThrow(server->start());
        if (!QTest::qWaitFor([&] { return !registered.isEmpty(); }))
            qFatal("the app was not registered");
        const auto body = Json::parse(node.seen("/runners/heartbeat").first().body);
        base = QUrl(body->value(QStringLiteral("runner_url")).toString());
    }
    /// Given out as a future: the event loop goes on. A status of -1: the answer was cut.
    QFuture<HttpResponse> send(const QString &path, const QByteArray &session, const QUrl &control = {})
    {
        HttpRequest request;
        request.method = "POST";
        request.url = base;
        request.url.setPath(base.path() + path);
        request.body = "{}";
        request.headers = headers::contentType("application/json");
        if (!session.isEmpty()) {
            const QUrl where = control.isEmpty() ? QUrl(node.url().toString() + QStringLiteral("/runner/r/session/") + QString::fromLatin1(session)) : control;
            request.headers += Headers{{"Livepeer-Session-Id", session}, {"Livepeer-Session-Token", Token}, {"Livepeer-Runner-Route", "r"}, {"Livepeer-Session-Control", where.toString().toLatin1()}};
        }
        return toFuture(answerTo(http, request));
    }
    static QCoro::Task<HttpResponse> answerTo(HttpClient &http, HttpRequest request)
    {
        const CallContext context = CallContext().within(15s);
        HttpResponse response;
        try {
            response = co_await http.send(request, context);
        } catch (const Error &) {
            response.status = -1;
        }
        co_return response;
    }
    static HttpResponse finish(QFuture<HttpResponse> &future)
    {
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, 16'000))
            qFatal("no answer came");
        return future.result();
    }

    MemoryPinStore pins;
    TlsTrust trust{pins};
    HttpClient http{trust};
    Node &node;
    std::unique_ptr<RunnerServer> server;
    QUrl base;
};

/// All that the program logs while it lives.
struct LogCatcher {
    LogCatcher()
    {
        text().clear();
        old = qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &message) {
            const std::scoped_lock lock(mutex());
            text() += message + QLatin1Char('\n');
        });
    }
    ~LogCatcher() { qInstallMessageHandler(old); }
    static QString &text()
    {
        static QString all;
        return all;
    }
    static std::mutex &mutex()
    {
        static std::mutex one;
        return one;
    }
    QtMessageHandler old;
};

} // namespace

/// An app of a live runner: registered, kept registered, and its sessions.
class RunnerLiveAppsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void liverunner_54_heartbeatsFollowTheIntervalAndAreWhole();
    void liverunner_54_durationsAreGos_data();
    void liverunner_54_durationsAreGos();
    void liverunner_55_401And404LeadBackToTheBootstrapSecret_data();
    void liverunner_55_401And404LeadBackToTheBootstrapSecret();
    void liverunner_55_5xxKeepsTheSecret();
    void liverunner_56_callsGoWhereTheOrchestratorSaysAndUnregisterIsSaid();
    void liverunner_57_aSessionThatIsNotListedEndsWithItsRequests();
    void liverunner_58_eventsOpenAndEndSessionsAndOddOnesNothing();
    void liverunner_59_secretsAreInNoLogReplyOrError();
    void liverunner_60_theAppUsesTheInternalAddressAndHandsOutTheOther();
    void liverunner_61_unsoundAppsAskNobody_data();
    void liverunner_61_unsoundAppsAskNobody();
    void withoutASessionAnAppThatNeedsOneRefuses();
    void aTokenGoesToTheOrchestratorAlone();
    void aSessionThatNobodyUsesIsStopped();
    void onlyTheOrchestratorsAddressComesInWithoutTheBearer();
};

void RunnerLiveAppsTest::liverunner_54_heartbeatsFollowTheIntervalAndAreWhole()
{
    Node node;
    LiveRegistration registration(node.io, configFor(node));
    QVERIFY(registration.start());
    QTRY_VERIFY(node.beats() >= 4);
    QCOMPARE(registration.state(), LiveRegistration::State::Ready);
    const auto beats = node.seen("/runners/heartbeat");
    QCOMPARE(headers::value(beats[0].headers, "Authorization"), Bootstrap);
    QCOMPARE(headers::value(beats[1].headers, "Authorization"), QByteArray("heartbeat-secret-1"));
    for (const ServerRequest &beat : beats) {
        const auto body = Json::parse(beat.body);
        QVERIFY(body);
        QCOMPARE(body->value(QStringLiteral("runner_url")).toString(), QStringLiteral("http://127.0.0.1:9/app"));
        QCOMPARE(body->value(QStringLiteral("app")).toString(), QStringLiteral("acme/hello"));
        QCOMPARE(body->value(QStringLiteral("mode")).toString(), QStringLiteral("single-shot"));
        QCOMPARE(body->value(QStringLiteral("runner_id")).toString(), registration.runnerId());
        QCOMPARE(body->value(QStringLiteral("price_info")), (Json{{QStringLiteral("price"), QStringLiteral("0.0002")}, {QStringLiteral("currency"), QStringLiteral("usd")}, {QStringLiteral("unit"), QStringLiteral("fixed")}}));
        QCOMPARE(body->value(QStringLiteral("status")).toString(), QStringLiteral("ready"));
    }
}

void RunnerLiveAppsTest::liverunner_54_durationsAreGos_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("milliseconds");
    QTest::newRow("minute") << QStringLiteral("1m0s") << qint64(60'000);
    QTest::newRow("hour") << QStringLiteral("1h0m0s") << qint64(3'600'000);
    QTest::newRow("fraction") << QStringLiteral("1.5s") << qint64(1500);
    QTest::newRow("milliseconds") << QStringLiteral("500ms") << qint64(500);
    QTest::newRow("five seconds") << QStringLiteral("5s") << qint64(5000);
    QTest::newRow("no unit") << QStringLiteral("5") << qint64(-1);
    QTest::newRow("nothing") << QString() << qint64(-1);
    QTest::newRow("words") << QStringLiteral("soon") << qint64(-1);
}

void RunnerLiveAppsTest::liverunner_54_durationsAreGos()
{
    QFETCH(QString, text);
    QFETCH(qint64, milliseconds);
    const auto read = live_heartbeat::duration(text);
    QCOMPARE(read ? qint64(read->count()) : -1, milliseconds);
}

void RunnerLiveAppsTest::liverunner_55_401And404LeadBackToTheBootstrapSecret_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("restarted") << 401;
    QTest::newRow("expired") << 404;
}

void RunnerLiveAppsTest::liverunner_55_401And404LeadBackToTheBootstrapSecret()
{
    QFETCH(int, status);
    Node node;
    node.script([status](int n, const ServerRequest &) { return n == 2 ? std::optional(std::pair(status, QByteArray("runner not found\n"))) : std::nullopt; });
    LiveRegistration registration(node.io, configFor(node));
    QVERIFY(registration.start());
    QTRY_COMPARE(node.registrations.load(), 2);
    QTRY_VERIFY(node.beats() >= 5);
    QCOMPARE(headers::value(node.seen("/runners/heartbeat")[3].headers, "Authorization"), Bootstrap);
    QCOMPARE(headers::value(node.seen("/runners/heartbeat")[4].headers, "Authorization"), QByteArray("heartbeat-secret-2"));
    // The new channel is read, from its beginning.
    trickle::JsonWriterOptions options;
    options.publisher.channel = QUrl(node.server->origin() + QStringLiteral("/ai/trickle/o2r-2"));
    trickle::JsonWriter events(node.io, options);
    QVERIFY(events.send(Json{{QStringLiteral("event"), QStringLiteral("reserved")}, {QStringLiteral("session"), QStringLiteral("s9")}}));
    node.list({QStringLiteral("s9")});
    QTRY_COMPARE(registration.sessionIds(), QStringList{QStringLiteral("s9")});
}

void RunnerLiveAppsTest::liverunner_55_5xxKeepsTheSecret()
{
    Node node;
    node.script([](int n, const ServerRequest &) { return n == 1 || n == 2 ? std::optional(std::pair(503, QByteArray("later\n"))) : std::nullopt; });
    LiveRegistration registration(node.io, configFor(node));
    QVERIFY(registration.start());
    QTRY_VERIFY(node.beats() >= 4);
    QCOMPARE(node.registrations.load(), 1);
    for (int i = 1; i < 4; ++i)
        QCOMPARE(headers::value(node.seen("/runners/heartbeat")[i].headers, "Authorization"), QByteArray("heartbeat-secret-1"));
    QTRY_COMPARE(registration.state(), LiveRegistration::State::Ready);
}

void RunnerLiveAppsTest::liverunner_56_callsGoWhereTheOrchestratorSaysAndUnregisterIsSaid()
{
    Node other;
    Node node;
    node.script([&](int, const ServerRequest &request) {
        QByteArray answer = node.honest(request);
        answer.replace(node.server->origin().toLatin1(), other.server->origin().toLatin1());
        return std::optional(std::pair(200, answer));
    });
    LiveRegistration registration(node.io, configFor(node));
    QVERIFY(registration.start());
    QTRY_VERIFY(other.beats() >= 2);
    QCOMPARE(node.beats(), 1);
    QFuture<void> closed = registration.close();
    QTRY_VERIFY(closed.isFinished());
    const auto farewell = other.seen("/runners/" + registration.runnerId().toLatin1() + "/unregister");
    QCOMPARE(farewell.size(), 1);
    QCOMPARE(headers::value(farewell.first().headers, "Authorization"), QByteArray("heartbeat-secret-1"));
    const int then = other.beats();
    // Another one, registered later, has gone on for two intervals.
    Node later;
    LiveRegistration goesOn(later.io, configFor(later));
    QVERIFY(goesOn.start());
    QTRY_VERIFY(later.beats() >= 3);
    QCOMPARE(other.beats(), then);
}

void RunnerLiveAppsTest::liverunner_57_aSessionThatIsNotListedEndsWithItsRequests()
{
    Node node;
    std::atomic<bool> working = false;
    Served served(node, [&](const Json &, const RunContext &context) {
        working = true;
        context.wait(14s);
        return PredictResult::json(Json{{QStringLiteral("done"), context.isCanceled()}});
    });
    node.list({QStringLiteral("s1")});
    auto answer = served.send(QString(), "s1");
    QTRY_VERIFY(working.load());
    QElapsedTimer timer;
    node.list({});
    timer.start();
    const HttpResponse response = Served::finish(answer);
    QCOMPARE(response.status, -1); // cut, as no answer is wanted any more
    QVERIFY2(timer.elapsed() < 1000 + 2 * 100 + 300, qPrintable(QString::number(timer.elapsed())));
}

void RunnerLiveAppsTest::liverunner_58_eventsOpenAndEndSessionsAndOddOnesNothing()
{
    Node node;
    node.interval = QStringLiteral("1m0s"); // only events count
    LiveRegistration registration(node.io, configFor(node));
    QSignalSpy opened(&registration, &LiveRegistration::sessionOpened);
    QSignalSpy ended(&registration, &LiveRegistration::sessionEnded);
    QVERIFY(registration.start());
    QTRY_COMPARE(registration.state(), LiveRegistration::State::Ready);
    trickle::JsonWriterOptions options;
    options.publisher.channel = QUrl(node.server->origin() + QStringLiteral("/ai/trickle/o2r-1"));
    trickle::JsonWriter events(node.io, options);
    for (const char *odd : {R"({"keep":"alive"})", R"([1,2])", R"({"event":"reserved"})", R"({"event":"reserved","session":7})", R"({"event":"exploded","session":"s1"})", R"("released")"})
        QVERIFY(events.send(*Json::parse(QByteArrayView(odd))));
    QVERIFY(events.send(*Json::parse(R"({"event":"reserved","session":"s1","timestamp":"2026-08-18T20:47:20.1Z"})")));
    QTRY_COMPARE(opened.size(), 1);
    QCOMPARE(opened.first().first().toString(), QStringLiteral("s1"));
    QVERIFY(events.send(*Json::parse(R"({"event":"released","session":"other"})")));
    QVERIFY(events.send(*Json::parse(R"({"event":"released","session":"s1"})")));
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(ended.first().first().toString(), QStringLiteral("s1"));
}

void RunnerLiveAppsTest::liverunner_59_secretsAreInNoLogReplyOrError()
{
    QLoggingCategory::setFilterRules(QStringLiteral("*.debug=false\nsluice*.debug=true\n*.info=true"));
    const LogCatcher log;
    Node node;
    node.channelFailures = 100;
    QString told;
    Served served(node, [&](const Json &, const RunContext &context) {
        const auto channels = context.session()->createChannels({{QStringLiteral("in"), QStringLiteral("video/mp2t")}});
        told = channels ? QStringLiteral("?") : channels.error().describe();
        throw Error(Error::Kind::Internal, told);
        return PredictResult();
    });
    node.list({QStringLiteral("s1")});
    auto answer = served.send(QString(), "s1");
    const HttpResponse response = Served::finish(answer);
    QCOMPARE(response.status, 500);
    QCOMPARE(node.seen("/runner/r/session/s1/channels").size(), 3); // three tries, and no more
    node.script([](int, const ServerRequest &) { return std::optional(std::pair(401, QByteArray("invalid heartbeat authorization\n"))); });
    // The secret of the registration was refused, then the other one, and both were told.
    const int then = node.beats();
    QTRY_VERIFY(node.beats() >= then + 3);
    served.server->stop().waitForFinished();
    const std::scoped_lock lock(LogCatcher::mutex());
    for (const QString &text : {LogCatcher::text(), told, QString::fromUtf8(response.body)}) {
        QVERIFY2(!text.contains(QString::fromLatin1(Token)), qPrintable(text));
        QVERIFY2(!text.contains(QString::fromLatin1(Bootstrap)), qPrintable(text));
        QVERIFY2(!text.contains(QLatin1String("heartbeat-secret")), qPrintable(text));
    }
    QVERIFY(!told.isEmpty());
    QLoggingCategory::setFilterRules(QString());
}

void RunnerLiveAppsTest::liverunner_60_theAppUsesTheInternalAddressAndHandsOutTheOther()
{
    Node node;
    node.channelFailures = 1; // tried again
    QList<AppChannel> made;
    QUrl proxy;
    Served served(node, [&](const Json &, const RunContext &context) {
        made = orThrow(context.session()->createChannels({{QStringLiteral("in"), QStringLiteral("video/mp2t")}, {QStringLiteral("out"), QStringLiteral("video/mp2t")}}));
        proxy = orThrow(context.session()->createProxy());
        orThrow(context.session()->removeChannels({QStringLiteral("in")}));
        return PredictResult::json(Json{{QStringLiteral("session"), context.session()->id()}, {QStringLiteral("in"), made.first().url.toString()}});
    });
    node.list({QStringLiteral("s1")});
    auto answer = served.send(QString(), "s1");
    const HttpResponse response = Served::finish(answer);
    QCOMPARE(response.status, 200);
    QCOMPARE(made.size(), 2);
    QCOMPARE(made[0].ownUrl, QUrl(node.server->origin() + QStringLiteral("/ai/trickle/s1-in")));
    QCOMPARE(made[0].url, QUrl(QStringLiteral("http://public.example/ai/trickle/s1-in")));
    QCOMPARE(made[1].ownUrl, made[1].url); // where no internal one is named
    QCOMPARE(proxy, QUrl(QStringLiteral("http://public.example/run/p")));
    const auto asked = node.seen("/runner/r/session/s1/channels");
    QCOMPARE(asked.size(), 3); // one failed, one made them, one deleted
    QCOMPARE(headers::value(asked[0].headers, "Livepeer-Session-Token"), Token);
    QCOMPARE(asked[2].method, QByteArray("DELETE"));
    const auto reply = Json::parse(response.body);
    QCOMPARE(reply->value(QStringLiteral("session")).toString(), QStringLiteral("s1"));
}

void RunnerLiveAppsTest::liverunner_61_unsoundAppsAskNobody_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"price zero", "price negative", "price word", "unit", "metadata", "broken metadata", "url", "relative url", "app", "id", "capacity", "secret"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void RunnerLiveAppsTest::liverunner_61_unsoundAppsAskNobody()
{
    QFETCH(QString, what);
    Node node;
    LiveAppConfig config = configFor(node);
    if (what == QLatin1String("price zero"))
        config.price = QStringLiteral("0.000");
    else if (what == QLatin1String("price negative"))
        config.price = QStringLiteral("-1");
    else if (what == QLatin1String("price word"))
        config.price = QStringLiteral("1 dollar");
    else if (what == QLatin1String("unit"))
        config.priceUnit = QStringLiteral("minute");
    else if (what == QLatin1String("metadata"))
        config.metadata = QString(1025, QLatin1Char('x'));
    else if (what == QLatin1String("broken metadata"))
        config.metadata = QString(QChar(0xfffd));
    else if (what == QLatin1String("url"))
        config.runnerUrl = QStringLiteral("ftp://127.0.0.1/app");
    else if (what == QLatin1String("relative url"))
        config.runnerUrl = QStringLiteral("/app");
    else if (what == QLatin1String("app"))
        config.app = QStringLiteral(" acme/hello");
    else if (what == QLatin1String("id"))
        config.runnerId = QStringLiteral("a/b");
    else if (what == QLatin1String("capacity"))
        config.capacity = 0;
    else
        config.secret = Secret();
    LiveRegistration registration(node.io, config);
    const auto started = registration.start();
    QVERIFY(!started);
    QCOMPARE(started.error().kind(), Error::Kind::Config);
    // What a sound one sends is all that came, and came first.
    LiveRegistration sound(node.io, configFor(node));
    QVERIFY(sound.start());
    QTRY_COMPARE(sound.state(), LiveRegistration::State::Ready);
    const auto beats = node.seen("/runners/heartbeat");
    QVERIFY(!beats.isEmpty());
    for (const ServerRequest &beat : beats)
        QCOMPARE(orThrow(Json::parse(beat.body)).value(QStringLiteral("runner_id")).toString(), sound.runnerId());
}

void RunnerLiveAppsTest::withoutASessionAnAppThatNeedsOneRefuses()
{
    Node node;
    std::atomic<int> calls = 0;
    Served served(node, [&](const Json &, const RunContext &) {
        ++calls;
        return PredictResult::json(Json::object());
    });
    auto answer = served.send(QString(), QByteArray());
    QCOMPARE(Served::finish(answer).status, 400);
    QCOMPARE(calls.load(), 0);
}

void RunnerLiveAppsTest::aTokenGoesToTheOrchestratorAlone()
{
    Node thief;
    Node node;
    std::optional<Error> refused;
    Served served(node, [&](const Json &, const RunContext &context) {
        const auto channels = context.session()->createChannels({{QStringLiteral("in"), QString()}});
        if (!channels)
            refused = channels.error();
        return PredictResult::json(Json::object());
    });
    node.list({QStringLiteral("s1")});
    auto answer = served.send(QString(), "s1", QUrl(thief.url().toString() + QStringLiteral("/runner/r/session/s1")));
    QCOMPARE(Served::finish(answer).status, 200);
    QVERIFY(refused);
    QVERIFY(thief.seen("/").isEmpty());
}

void RunnerLiveAppsTest::aSessionThatNobodyUsesIsStopped()
{
    Node node;
    Served served(node, [](const Json &, const RunContext &) { return PredictResult::json(Json::object()); }, 300ms);
    node.list({QStringLiteral("s1")});
    auto answer = served.send(QString(), "s1");
    QCOMPARE(Served::finish(answer).status, 200);
    QTRY_COMPARE(node.seen("/runner/r/session/s1/stop").size(), 1);
    QCOMPARE(headers::value(node.seen("/runner/r/session/s1/stop").first().headers, "Livepeer-Session-Token"), Token);
}

void RunnerLiveAppsTest::onlyTheOrchestratorsAddressComesInWithoutTheBearer()
{
    Node node;
    Served served(node, [](const Json &, const RunContext &) { return PredictResult::json(Json::object()); }, 10min, "the-bearer");
    node.list({QStringLiteral("s1")});
    auto good = served.send(QString(), "s1");
    QCOMPARE(Served::finish(good).status, 200);
    served.base = QUrl(served.server->origin() + QStringLiteral("/cam"));
    auto forged = served.send(QString(), "s1");
    QCOMPARE(Served::finish(forged).status, 401);
    served.base = QUrl(served.server->origin() + QStringLiteral("/app-0123456789abcdef0123456789abcdef/cam"));
    auto guessed = served.send(QString(), "s1");
    QVERIFY(Served::finish(guessed).status >= 400);
}

QTEST_GUILESS_MAIN(RunnerLiveAppsTest)
#include "tst_runner_live_apps.moc"
