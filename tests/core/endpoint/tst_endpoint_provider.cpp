#include "gateway_fixture.h"
#include "../llmworker/raw_client.h"

#include "sluice/base/task.h"
#include "sluice/endpoint/profile_provider.h"
#include "sluice/endpoint/profile_worker.h"
#include "sluice/gateway/chat_delta.h"
#include "sluice/llmworker/provider.h"
#include "sluice/llmworker/server.h"

using namespace sluice;
using namespace sluice::test;

namespace {

const QByteArray Listing = R"([{"name":"chat","price_per_unit":100000000,"price_scaling":1,"verbs":["run","stream"],)"
                           R"("input_schema":{"type":"object","properties":{"messages":{"type":"array"}}}},{"name":"shout","price_per_unit":100000000,"price_scaling":1,"verbs":["run"],)"
                           R"("input_schema":{"type":"object","required":["text"],"properties":{"voice":{"type":"string"},"text":{"type":"string"}}}}])";
const QByteArray Said = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"},"
                        "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

/// A worker whose provider `local` is a Gateway that pays an orchestrator.
struct Fixture {
    explicit Fixture(const std::function<void(GatewayConfig &)> &change = {})
    {
        orchestrator.setPrice(Price);
        orchestrator.setPage("/capabilities", ScriptedOrchestrator::json(200, Listing));
        GatewayConfig config = directConfig({orchestrator.url()});
        if (change)
            change(config);
        gateway = std::make_unique<Gateway>(config, data);
        llmworker::Providers providers;
        providers.emplace(QStringLiteral("local"), makeProfileProvider(*gateway, QStringLiteral("mine")));
        llmworker::ServerOptions options;
        options.address = QStringLiteral("127.0.0.1");
        options.port = 0;
        server = std::make_unique<llmworker::Server>(io, options, providers);
        url = orThrow(server->listen());
    }
    ~Fixture() { server->stop(); }

    /// One job; its text, and "done" or the failure.
    std::pair<QString, QString> job(const QByteArray &streams)
    {
        RawClient client(url);
        client.add(QStringLiteral("a"), QStringLiteral("Hi"), streams);
        // The Gateway's thread is this one: its event loop has to run, too.
        client.waitFor([&] {
            QCoreApplication::processEvents();
            return client.ends() == 1;
        }, 20'000);
        const Json last = client.messages().value(client.messages().size() - 1);
        const QString end = last.value(QStringLiteral("type")).toString() == QLatin1String("done") ? QStringLiteral("done") : last.value(QStringLiteral("message")).toString();
        return {client.joined(last.value(QStringLiteral("job_id")).toString()), end};
    }
    static QByteArray stream(const QByteArray &capability, const QByteArray &content = "{query}", const QByteArray &more = {})
    {
        return "{\"provider\":\"local\",\"settings\":{\"model\":\"" + capability + "\"" + more + "},\"messages\":[{\"role\":\"user\",\"content\":\"" + content + "\"}]}";
    }

    std::shared_ptr<UserData> data = UserData::inMemory();
    ScriptedOrchestrator orchestrator;
    std::unique_ptr<Gateway> gateway;
    IoThread io;
    std::unique_ptr<llmworker::Server> server;
    QUrl url;
};

} // namespace

/// The LLM worker's provider `local`: a template's streams are calls of a profile's capabilities, paid and kept like any other.
class TestEndpointProvider : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aStreamIsACallThatIsPaidAndKept();
    void theSecondStreamUsesTheFirstOnesAnswer();
    void limitsHold();
    void aNameThatNobodyOffersFailsTheJob();
    void aTemplateOfTheProfileRunsInThisProgramAndTellsBothCosts();
    void aProfileOfSuchTemplatesAloneNeedsNoWorkersAddress();
    void aTemplateDoesNotAskATemplate();
    void templatesOfOthersNeedNoWorkerHere();
};

void TestEndpointProvider::aStreamIsACallThatIsPaidAndKept()
{
    Fixture f;
    f.orchestrator.then(ScriptedOrchestrator::events(Said));
    QCOMPARE(f.job('[' + Fixture::stream("chat", "{query}", R"(,"temperature":0.5)") + ']'), std::pair(QStringLiteral("Hello"), QStringLiteral("done")));
    QCOMPARE(f.orchestrator.jobs().size(), 1);
    QVERIFY(f.orchestrator.jobs().first().payment);
    QTRY_COMPARE(latestRun(*f.data).verb, QStringLiteral("stream"));
    QCOMPARE(latestRun(*f.data).capability, QStringLiteral("chat"));
    QCOMPARE(latestRun(*f.data).profile, QStringLiteral("mine"));
}

void TestEndpointProvider::theSecondStreamUsesTheFirstOnesAnswer()
{
    Fixture f;
    f.orchestrator.then(ScriptedOrchestrator::events(Said));
    f.orchestrator.then(ScriptedOrchestrator::json(200, R"({"text":"HELLO"})"));
    QCOMPARE(f.job('[' + Fixture::stream("chat") + ',' + Fixture::stream("shout", "{previous_stream_output}!", R"(,"voice":"loud","temperature":1)") + ']'),
        std::pair(QStringLiteral("HELLO"), QStringLiteral("done")));
    QCOMPARE(f.orchestrator.jobs().size(), 2);
    QVERIFY(f.orchestrator.jobs().at(0).payment && f.orchestrator.jobs().at(1).payment);
    QCOMPARE(f.orchestrator.jobs().at(1).request.body, QByteArray(R"({"text":"Hello!","voice":"loud"})"));
}

void TestEndpointProvider::limitsHold()
{
    Fixture f([](GatewayConfig &config) { config.maxSpendPerCallWei = QStringLiteral("1"); });
    const auto [text, end] = f.job('[' + Fixture::stream("chat") + ']');
    QCOMPARE(text, QString());
    QVERIFY2(end.contains(QStringLiteral("limit")), qPrintable(end));
    QCOMPARE(f.orchestrator.jobs().size(), 0);
}

void TestEndpointProvider::aNameThatNobodyOffersFailsTheJob()
{
    Fixture f;
    const auto [text, end] = f.job('[' + Fixture::stream("nosuch") + ']');
    QCOMPARE(text, QString());
    QVERIFY(end != QLatin1String("done") && !end.isEmpty());
}

namespace {

/// A Gateway whose templates run in this program, beside a worker's address where nobody is.
struct OwnWorker {
    explicit OwnWorker(const QByteArray &streams, const QByteArray &address = "ws://127.0.0.1:1/ws/")
    {
        orchestrator.setPrice(Price);
        orchestrator.setPage("/capabilities", ScriptedOrchestrator::json(200, Listing));
        config = directConfig({orchestrator.url()});
        BackendSettings settings;
        settings.values = orThrow(Json::parse(R"({"url":")" + address + R"(","templates":{"two":{"streams":)" + streams + "}}}"));
        config.backends.insert(QStringLiteral("llmworker"), settings);
        config.backends.insert(QStringLiteral("byoc"), static_cast<const OrchestratorSettings &>(config).toSettings());
        orThrow(worker.start(config));
        gateway = std::make_unique<Gateway>(config, data);
        worker.setGateway(gateway.get());
    }
    [[nodiscard]] static Call call()
    {
        Call call;
        call.backend = QStringLiteral("llmworker");
        call.capability = QStringLiteral("two");
        call.verb = Verb::Stream;
        call.input = orThrow(Json::parse(R"({"messages":[{"role":"user","content":"Hi"}],"tell_streams":true})"));
        return call;
    }

    ScriptedOrchestrator orchestrator;
    std::shared_ptr<UserData> data = UserData::inMemory();
    GatewayConfig config;
    ProfileWorker worker;
    std::unique_ptr<Gateway> gateway;
};

} // namespace

void TestEndpointProvider::aTemplateOfTheProfileRunsInThisProgramAndTellsBothCosts()
{
    OwnWorker f('[' + Fixture::stream("chat") + ',' + Fixture::stream("shout", "{previous_stream_output}!") + ']');
    QVERIFY(f.worker.isRunning());
    f.orchestrator.then(ScriptedOrchestrator::events(Said));
    f.orchestrator.then(ScriptedOrchestrator::json(200, R"({"text":"HELLO"})"));
    const auto stream = f.gateway->stream(OwnWorker::call());
    QString words;
    QString first;
    QMap<int, JobNews> ended;
    QObject::connect(stream.get(), &StreamResponse::event, this, [&](const StreamEvent &event) {
        const ChatDelta delta = parseChatDelta(event);
        words += delta.text;
        if (delta.job)
            first += delta.job->text;
        if (delta.job && delta.job->event == JobNews::Event::Ended)
            ended.insert(delta.job->stream, *delta.job);
    });
    QTRY_COMPARE(stream->outcome(), CallHandle::Outcome::Succeeded);
    QCOMPARE(first, QStringLiteral("Hello"));
    QCOMPARE(words, QStringLiteral("HELLO"));
    QCOMPARE(f.orchestrator.jobs().size(), 2);
    QCOMPARE(ended.size(), 2);
    // What is told is what the runs of both calls have, which history keeps beside the job's own.
    for (const JobNews &news : std::as_const(ended)) {
        QVERIFY(news.paidWei.toLongLong() > 0);
        const auto future = toFuture(f.data->history().byId(news.runId));
        QTRY_VERIFY(future.isFinished());
        QVERIFY(future.result());
        QCOMPARE(future.result()->paidWei, news.paidWei);
    }
    QCOMPARE(stream->payment().paidWei, QStringLiteral("0")); // it paid nothing itself
}

void TestEndpointProvider::aProfileOfSuchTemplatesAloneNeedsNoWorkersAddress()
{
    OwnWorker f('[' + Fixture::stream("chat") + ']', {});
    const QFuture<QList<CapabilityInfo>> listing = f.gateway->capabilities();
    QTRY_VERIFY(listing.isFinished());
    QStringList names;
    for (const CapabilityInfo &one : listing.result()) {
        if (one.backend == QLatin1String("llmworker"))
            names.append(one.name);
    }
    QCOMPARE(names, QStringList{QStringLiteral("two")});
    f.orchestrator.then(ScriptedOrchestrator::events(Said));
    const auto stream = f.gateway->stream(OwnWorker::call());
    QTRY_COMPARE(stream->outcome(), CallHandle::Outcome::Succeeded);
    // A program that has no worker over its profile says so.
    GatewayConfig bare = f.config;
    BackendSettings &settings = bare.backends[QStringLiteral("llmworker")];
    settings.values.remove(QStringLiteral("here_url"));
    Gateway without(bare, f.data);
    const auto refused = without.stream(OwnWorker::call());
    std::optional<Error> error;
    QObject::connect(refused.get(), &StreamResponse::failed, this, [&](const Error &failed) { error = failed; });
    QTRY_VERIFY(error);
    QCOMPARE(error->kind(), Error::Kind::Config);
}

void TestEndpointProvider::aTemplateDoesNotAskATemplate()
{
    OwnWorker f('[' + Fixture::stream("two") + ']');
    const auto stream = f.gateway->stream(OwnWorker::call());
    std::optional<Error> error;
    QObject::connect(stream.get(), &StreamResponse::failed, this, [&](const Error &failed) { error = failed; });
    QTRY_VERIFY(error);
    QVERIFY2(error->message().contains(QStringLiteral("template itself")), qPrintable(error->message()));
}

void TestEndpointProvider::templatesOfOthersNeedNoWorkerHere()
{
    OwnWorker f(R"([{"provider":"openai","settings":{"model":"m"},"messages":[]}])");
    QVERIFY(!f.worker.isRunning());
    QVERIFY(!f.config.backends.value(QStringLiteral("llmworker")).values.contains(QStringLiteral("here_url")));
}

QTEST_GUILESS_MAIN(TestEndpointProvider)
#include "tst_endpoint_provider.moc"
