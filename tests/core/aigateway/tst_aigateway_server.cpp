#include "scripted_gateway.h"

#include "peers/outcome.h"

#include "sluice/aigateway/server.h"
#include "sluice/backend/backend_services.h"
#include "sluice/gateway/chat_delta.h"
#include "sluice/net/http_client.h"
#include "sluice/net/multipart_form.h"
#include "sluice/node/router.h"

#include <QtTest/QSignalSpy>

#include <atomic>

using namespace sluice;
using namespace sluice::test;
using aigateway::PipelineInput;
using aigateway::PipelineOutput;

namespace {

struct Counted {
    explicit Counted(std::atomic<int> &running)
        : count(running)
    {
        ++count;
    }
    ~Counted() { --count; }
    std::atomic<int> &count;
};

/// Work that does as the prompt or text says.
class ObedientWork final : public aigateway::PipelineWork {
public:
    ObedientWork(const char *pipeline, std::atomic<int> *canceled, std::atomic<int> *running)
        : m_pipeline(QString::fromLatin1(pipeline))
        , m_canceled(canceled)
        , m_running(running)
    {
    }
    [[nodiscard]] QString pipeline() const override { return m_pipeline; }
    [[nodiscard]] QString description() const override { return QStringLiteral("Does as it is told."); }
    [[nodiscard]] QString model() const override { return QStringLiteral("test/obedient"); }
    [[nodiscard]] PipelineOutput make(const PipelineInput &input, const CallContext &context) override
    {
        const QString told = input.text("prompt") + input.text("text");
        const Counted counted(*m_running);
        if (told == QLatin1String("refuse"))
            throw Error(Error::Kind::InvalidInput, QStringLiteral("prompt: it is not nice"));
        if (told == QLatin1String("fail"))
            throw Error(Error::Kind::Internal, QStringLiteral("a secret of the server"));
        while (told == QLatin1String("wait")) {
            if (context.cancel.isCanceled())
                ++*m_canceled;
            context.check();
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        PipelineOutput output;
        const qint64 count = told == QLatin1String("many") ? 14 : input.integer("num_images_per_prompt", 1);
        for (qint64 i = 0; i < count; ++i)
            output.files.append({"png", "image/png", tinyPng(), input.integer("seed") + i});
        return output;
    }

private:
    QString m_pipeline;
    std::atomic<int> *m_canceled;
    std::atomic<int> *m_running;
};

/// Says the last message's words back, one by one.
class ParrotChat final : public aigateway::ChatWork {
public:
    explicit ParrotChat(std::atomic<int> *stopped)
        : m_stopped(stopped)
    {
    }
    [[nodiscard]] QString description() const override { return QStringLiteral("Says it again."); }
    [[nodiscard]] QString model() const override { return QStringLiteral("test/parrot"); }
    void answer(const Json &messages, qint64, const std::function<bool(const QString &)> &piece, const CallContext &context) override
    {
        const QString text = messages.at(messages.size() - 1).value(QStringLiteral("content")).toString();
        if (text == QLatin1String("fail"))
            throw Error(Error::Kind::Internal, QStringLiteral("a secret of the server"));
        do {
            for (const QString &word : text.split(QLatin1Char(' '))) {
                if (!piece(word + QLatin1Char(' '))) {
                    ++*m_stopped;
                    return;
                }
            }
            if (context.cancel.isCanceled()) {
                ++*m_stopped;
                return;
            }
        } while (text.startsWith(QLatin1String("forever")));
    }

private:
    std::atomic<int> *m_stopped;
};

/// A gateway with this work, and a client's tools.
class Fixture {
public:
    explicit Fixture(aigateway::ServerOptions options = {})
        : m_services(UserData::inMemory(), CallTiming(), SpendPolicy())
    {
        m_gateway = std::make_unique<aigateway::Server>(options);
        for (const char *pipeline : {"text-to-image", "image-to-video", "text-to-speech"})
            m_gateway->offer(std::make_unique<ObedientWork>(pipeline, &canceled, &running));
        m_gateway->offerChat(std::make_unique<ParrotChat>(&canceled));
        m_gateway->mount(m_router);
        HttpServerOptions chosen;
        chosen.streamsBody = [](const ServerRequest &) { return true; };
        m_server = std::make_unique<HttpServer>(m_io, chosen,
            [this](ServerRequest request, ServerResponse &response) { return m_router.handle(std::move(request), response); });
        orThrow(m_server->listen());
    }
    ~Fixture() { stop(); }
    void stop()
    {
        m_gateway->stop();
        m_server->stop();
    }

    [[nodiscard]] QUrl url(const char *path = "") const { return QUrl(m_server->origin() + QString::fromLatin1(path)); }
    [[nodiscard]] HttpResponse send(const QByteArray &method, const char *path, const QByteArray &body = {}, const QByteArray &type = "application/json", const Headers &further = {})
    {
        HttpRequest request;
        request.method = method;
        request.url = url(path);
        request.body = body;
        request.headers = further;
        request.headers.emplaceBack("Content-Type", type);
        return orThrow(outcomeOf(m_services.http().send(request, CallContext())));
    }

    std::atomic<int> canceled{0};
    std::atomic<int> running{0};

private:
    BackendServices m_services;
    IoThread m_io;
    Router m_router;
    std::unique_ptr<aigateway::Server> m_gateway;
    std::unique_ptr<HttpServer> m_server;
};

QString messageOf(const HttpResponse &response)
{
    return orThrow(Json::parse(response.body)).find(QStringLiteral("/error/message")).value_or(Json()).toString();
}

QByteArray chatOf(const char *text, bool stream)
{
    return QByteArray(R"({"model":"m","max_tokens":100,"stream":)") + (stream ? "true" : "false") + R"(,"messages":[{"role":"user","content":")" + text + R"("}]})";
}

} // namespace

/// The gateway's side, with work that is done at once.
class AiGatewayServerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void filesHaveRelativeAddressesAndSeeds();
    void theLastTwelveFilesAreThere();
    void errorsHaveTheGatewaysShape();
    void methodsAndPathsThatAreNotThere();
    void speechIsOneAddress();
    void theListTellsWhatIsOffered();
    void aVideoIsMadeLater();
    void moreThanThereIsRoomForIs503();
    void workEndsWithItsClient();
    void workEndsWithTheServer();
    void workHasItsTime();
    void theChatOfToday();
    void theChatOfEarlier();
    void aChatRefusesWhatTheOriginalRefuses();
    void aChatEndsWithItsClient();
    void ourClientSpeaksBothDialects();
};

void AiGatewayServerTest::filesHaveRelativeAddressesAndSeeds()
{
    Fixture fixture;
    const auto made = fixture.send("POST", "/text-to-image", R"({"prompt":"a","seed":5,"num_images_per_prompt":2,"model_id":"m"})");
    QCOMPARE(made.status, 200);
    QCOMPARE(headers::mediaType(made.headers), "application/json");
    const Json images = orThrow(Json::parse(made.body)).value(QStringLiteral("images"));
    QCOMPARE(images.size(), 2);
    QCOMPARE(images.at(0).value(QStringLiteral("seed")).toInt64(), 5);
    QCOMPARE(images.at(1).value(QStringLiteral("seed")).toInt64(), 6);
    QCOMPARE(images.at(0).value(QStringLiteral("nsfw")), Json(false));
    const QByteArray path = images.at(1).value(QStringLiteral("url")).toString().toLatin1();
    QVERIFY2(path.startsWith("/stream/"), path.constData());
    const auto file = fixture.send("GET", path.constData());
    QCOMPARE(file.body, tinyPng());
    QCOMPARE(headers::mediaType(file.headers), "image/png");
}

void AiGatewayServerTest::theLastTwelveFilesAreThere()
{
    Fixture fixture;
    const auto made = fixture.send("POST", "/text-to-image", R"({"prompt":"many"})");
    const Json images = orThrow(Json::parse(made.body)).value(QStringLiteral("images"));
    QCOMPARE(images.size(), 14);
    QList<int> statuses;
    for (const Json &image : images.items())
        statuses.append(fixture.send("GET", image.value(QStringLiteral("url")).toString().toLatin1().constData()).status);
    QCOMPARE(statuses.count(404), 2);
    QCOMPARE(statuses.mid(2), QList<int>(12, 200));
}

void AiGatewayServerTest::errorsHaveTheGatewaysShape()
{
    Fixture fixture;
    const auto refused = fixture.send("POST", "/text-to-image", R"({"prompt":"refuse"})");
    QCOMPARE(refused.status, 400);
    QCOMPARE(messageOf(refused), QStringLiteral("prompt: it is not nice"));
    const auto failed = fixture.send("POST", "/text-to-image", R"({"prompt":"fail"})");
    QCOMPARE(failed.status, 500);
    QCOMPARE(messageOf(failed), QStringLiteral("Internal Server Error")); // the log has the rest
    const auto wrong = fixture.send("POST", "/text-to-image", "{");
    QCOMPARE(wrong.status, 400);
    QVERIFY(!messageOf(wrong).isEmpty());
    const auto noForm = fixture.send("POST", "/image-to-video", "{}");
    QCOMPARE(noForm.status, 400);
    QCOMPARE(messageOf(noForm), QStringLiteral("request Content-Type isn't multipart/form-data"));
}

void AiGatewayServerTest::methodsAndPathsThatAreNotThere()
{
    Fixture fixture;
    const auto got = fixture.send("GET", "/text-to-image");
    QCOMPARE(got.status, 405);
    QCOMPARE(headers::value(got.headers, "Allow"), "POST");
    QCOMPARE(fixture.send("POST", "/upscale").status, 404);
    QCOMPARE(fixture.send("GET", "/stream/none/a.png").status, 404);
    const auto healthy = fixture.send("GET", "/healthz");
    QCOMPARE(healthy.status, 200);
    QCOMPARE(healthy.body, QByteArray());
}

void AiGatewayServerTest::speechIsOneAddress()
{
    Fixture fixture;
    const auto made = fixture.send("POST", "/text-to-speech", R"({"text":"a"})");
    const QString url = orThrow(Json::parse(made.body)).find(QStringLiteral("/audio/url"))->toString();
    QCOMPARE(fixture.send("GET", url.toLatin1().constData()).status, 200);
}

void AiGatewayServerTest::theListTellsWhatIsOffered()
{
    Fixture fixture;
    Gateway gateway(aiConfig(fixture.url()));
    const auto all = orThrow(settled(gateway.capabilities()));
    QCOMPARE(all.size(), 4);
    QVERIFY(gateway.listsCapabilities());
    const auto drawing = std::find_if(all.begin(), all.end(), [](const CapabilityInfo &info) { return info.name == QLatin1String("text-to-image"); });
    QCOMPARE(drawing->description, QStringLiteral("Does as it is told."));
    QCOMPARE(drawing->inputSchema.find(QStringLiteral("/properties/model_id/default"))->toString(), QStringLiteral("test/obedient"));
}

void AiGatewayServerTest::aVideoIsMadeLater()
{
    Fixture fixture;
    MultipartForm form;
    form.addFile("image", "a.png", "image/png", tinyPng());
    const Headers later{{"Prefer", "respond-async"}};
    const auto accepted = fixture.send("POST", "/image-to-video", form.body(), form.contentType(), later);
    QCOMPARE(accepted.status, 202);
    const QByteArray question = accepted.body.trimmed();
    HttpResponse answer;
    QTRY_VERIFY((answer = fixture.send("POST", "/image-to-video/result", question)).status == 200);
    QVERIFY(headers::mediaType(answer.headers) != "application/json"); // as the original
    QVERIFY2(answer.body.contains(R"("status":"complete")"), answer.body.constData());
    const auto unknown = fixture.send("POST", "/image-to-video/result", R"({"request_id":"none"})");
    QCOMPARE(unknown.status, 400);
    QCOMPARE(messageOf(unknown), QStringLiteral("invalid request ID"));
}

void AiGatewayServerTest::moreThanThereIsRoomForIs503()
{
    aigateway::ServerOptions options;
    options.running = 1;
    options.waiting = 0;
    Fixture fixture(options);
    Gateway gateway(aiConfig(fixture.url()));
    QFuture<RunResult> first = gateway.run(aiCall(QStringLiteral("text-to-image"), Json{{QStringLiteral("prompt"), "wait"}}));
    QTRY_COMPARE(fixture.running.load(), 1);
    const HttpResponse refused = fixture.send("POST", "/text-to-speech", R"({"text":"a"})");
    QCOMPARE(refused.status, 503);
    QCOMPARE(messageOf(refused), QStringLiteral("Service Unavailable Error"));
    first.cancel();
    QTRY_COMPARE(fixture.send("POST", "/text-to-speech", R"({"text":"a"})").status, 200);
}

void AiGatewayServerTest::workEndsWithItsClient()
{
    Fixture fixture;
    Gateway gateway(aiConfig(fixture.url()));
    QFuture<RunResult> run = gateway.run(aiCall(QStringLiteral("text-to-image"), Json{{QStringLiteral("prompt"), "wait"}}));
    QTRY_COMPARE(fixture.running.load(), 1);
    run.cancel();
    QTRY_COMPARE(fixture.running.load(), 0);
    QCOMPARE(fixture.canceled.load(), 1);
}

void AiGatewayServerTest::workEndsWithTheServer()
{
    Fixture fixture;
    Gateway gateway(aiConfig(fixture.url()));
    const QFuture<RunResult> run = gateway.run(aiCall(QStringLiteral("text-to-image"), Json{{QStringLiteral("prompt"), "wait"}}));
    QTRY_COMPARE(fixture.running.load(), 1);
    fixture.stop();
    QCOMPARE(fixture.running.load(), 0);
    QCOMPARE(errorOf(settled(run)).kind(), Error::Kind::NoOrchestrator);
}

void AiGatewayServerTest::workHasItsTime()
{
    aigateway::ServerOptions options;
    options.workTime = std::chrono::milliseconds(50);
    Fixture fixture(options);
    const auto refused = fixture.send("POST", "/text-to-image", R"({"prompt":"wait"})");
    QCOMPARE(refused.status, 503);
    QCOMPARE(fixture.running.load(), 0);
}

void AiGatewayServerTest::theChatOfToday()
{
    Fixture fixture;
    const auto whole = orThrow(Json::parse(fixture.send("POST", "/llm", chatOf("one two", false)).body));
    QCOMPARE(whole.find(QStringLiteral("/choices/0/message/content"))->toString(), QStringLiteral("one two "));
    QCOMPARE(whole.find(QStringLiteral("/choices/0/finish_reason"))->toString(), QStringLiteral("stop"));
    QVERIFY(!whole.contains(QStringLiteral("object")));
    const auto stream = fixture.send("POST", "/llm", chatOf("one two", true));
    QCOMPARE(headers::mediaType(stream.headers), "text/event-stream");
    QCOMPARE(stream.body.count("data: "), 3);
    QCOMPARE(stream.body.count(R"("finish_reason":"")"), 2);
    QCOMPARE(stream.body.count(R"("finish_reason":"stop")"), 1);
    QVERIFY(!stream.body.contains("[DONE]"));
}

void AiGatewayServerTest::theChatOfEarlier()
{
    aigateway::ServerOptions options;
    options.llm = openai::Dialect::Legacy;
    Fixture fixture(options);
    const auto ask = [&](const char *stream) {
        MultipartForm form;
        form.addField("prompt", "one two");
        form.addField("model_id", "m");
        form.addField("stream", stream);
        return fixture.send("POST", "/llm", form.body(), form.contentType());
    };
    const auto whole = orThrow(Json::parse(ask("false").body));
    QCOMPARE(whole.value(QStringLiteral("response")).toString(), QStringLiteral("one two "));
    QCOMPARE(whole.value(QStringLiteral("tokens_used")).toInt64(), 4);
    const QByteArray stream = ask("true").body;
    QVERIFY2(stream.endsWith("data: {\"chunk\":\"[DONE]\",\"tokens_used\":4,\"done\":true}\n\n"), stream.constData());
}

void AiGatewayServerTest::aChatRefusesWhatTheOriginalRefuses()
{
    Fixture fixture;
    QCOMPARE(messageOf(fixture.send("POST", "/llm", "{}")), QStringLiteral("missing required fields"));
    const MultipartForm form;
    const auto asForm = fixture.send("POST", "/llm", form.body(), form.contentType());
    QCOMPARE(asForm.status, 400);
    QCOMPARE(messageOf(asForm), QStringLiteral("invalid character '-' in numeric literal"));
    const auto parts = fixture.send("POST", "/llm", R"({"model":"m","max_tokens":1,"stream":false,"messages":[{"role":"user","content":[]}]})");
    QCOMPARE(parts.status, 400);
    QVERIFY(messageOf(parts).contains(QStringLiteral("cannot unmarshal array")));
    QCOMPARE(fixture.send("POST", "/llm", chatOf("fail", true)).status, 500);
}

void AiGatewayServerTest::aChatEndsWithItsClient()
{
    Fixture fixture;
    Gateway gateway(aiConfig(fixture.url()));
    Json input = orThrow(Json::parse(chatOf("forever more", true)));
    input.insert(QStringLiteral("max_tokens"), 100'000'000);
    const auto stream = gateway.stream(aiCall(QStringLiteral("llm"), input, Verb::Stream));
    QSignalSpy events(stream.get(), &StreamResponse::event);
    QTRY_VERIFY(events.size() > 10);
    QCOMPARE(fixture.canceled.load(), 0);
    stream->close();
    QTRY_COMPARE(fixture.canceled.load(), 1);
}

void AiGatewayServerTest::ourClientSpeaksBothDialects()
{
    for (const openai::Dialect dialect : {openai::Dialect::Gateway, openai::Dialect::Legacy}) {
        aigateway::ServerOptions options;
        options.llm = dialect;
        Fixture fixture(options);
        Gateway gateway(aiConfig(fixture.url()));
        const Json message{{QStringLiteral("role"), "user"}, {QStringLiteral("content"), "one two three"}};
        const Json input{{QStringLiteral("messages"), Json::array({message})}};
        const RunResult run = orThrow(settled(QFuture<RunResult>(gateway.run(aiCall(QStringLiteral("llm"), input)))));
        QCOMPARE(run.json.find(QStringLiteral("/choices/0/message/content"))->toString(), QStringLiteral("one two three "));
        const auto stream = gateway.stream(aiCall(QStringLiteral("llm"), input, Verb::Stream));
        QString text;
        connect(stream.get(), &StreamResponse::event, this, [&](const StreamEvent &event) { text += parseChatDelta(event).text; });
        QSignalSpy finished(stream.get(), &StreamResponse::finished);
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(finished.first().first().value<StreamResponse::End>(), StreamResponse::End::Done);
        QCOMPARE(text, QStringLiteral("one two three "));
    }
}

QTEST_GUILESS_MAIN(AiGatewayServerTest)
#include "tst_aigateway_server.moc"
