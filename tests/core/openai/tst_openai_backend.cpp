#include "peers/openai_server.h"

#include "../gateway/gateway_fixture.h"

#include <QtTest/QSignalSpy>

using namespace sluice;
using namespace sluice::test;
using Script = ScriptedOrchestrator;

namespace {

const QString OpenAi = QStringLiteral("openai");

GatewayConfig configFor(const BackendSettings &settings)
{
    GatewayConfig config;
    config.backends.insert(OpenAi, settings);
    return config;
}

Call chatCall(Verb verb = Verb::Run)
{
    Call call;
    call.backend = OpenAi;
    call.capability = QStringLiteral("org/m");
    call.verb = verb;
    call.input = orThrow(Json::parse(R"({"messages":[{"role":"user","content":"Hi"}],"temperature":0.50})"));
    return call;
}

QByteArray chunk(const QByteArray &content, const QByteArray &reason = "null")
{
    return R"({"choices":[{"index":0,"delta":{"content":")" + content + R"("},"finish_reason":)" + reason + "}]}";
}

/// What came of a stream.
struct Streamed {
    QStringList datas;
    std::optional<StreamResponse::End> end;
    std::optional<Error> error;
    QStringList notes;
};

Streamed streamed(Gateway &gateway, const Call &call, const std::function<void(StreamResponse &)> &onEvent = {})
{
    Streamed result;
    const auto stream = gateway.stream(call);
    QObject::connect(stream.get(), &StreamResponse::event, stream.get(), [&](const StreamEvent &event) {
        result.datas.append(event.data);
        if (onEvent)
            onEvent(*stream);
    });
    QObject::connect(stream.get(), &StreamResponse::failed, stream.get(), [&](const Error &error) { result.error = error; });
    QObject::connect(stream.get(), &StreamResponse::finished, stream.get(), [&](StreamResponse::End end) { result.end = end; });
    const bool ended = QTest::qWaitFor([&] { return result.end.has_value(); }, 10'000);
    if (!ended)
        qWarning("the stream did not end");
    result.notes = stream->notes();
    return result;
}

Headers eventStream()
{
    return headers::contentType("text/event-stream");
}

} // namespace

/// The backend for OpenAI-compatible servers, through Gateway, against a server that does what it should not.
class TestOpenAiBackend : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachModelIsACapability();
    void theOriginalMiddlewareListsItsModel();
    void aServerWithoutAListHasWhatAPersonNamed();
    void anAddressWithoutV1IsTold();
    void whatIsNoSuchServerIsTold();
    void chatRunsInOneRequest();
    void keyAndOrganizationGoWithEveryRequest();
    void chatStreamsToItsMark();
    void tokenCountsOfStreamsCanBeSwitchedOff();
    void aStreamThatJustEndsIsCompleteWhenItSaidSo();
    void aStreamWithNothingInItFails();
    void failuresWithinAStreamAreTold_data();
    void failuresWithinAStreamAreTold();
    void anAnswerThatIsNoStreamIsGivenAsOne();
    void refusalsAreTypedAndSentOnce_data();
    void refusalsAreTypedAndSentOnce();
    void aKeyThatIsRepeatedIsHidden();
    void openai_15_a200ThatIsNoAnswerFails_data();
    void openai_15_a200ThatIsNoAnswerFails();
    void aPageForBrowsersIsNoAnswer();
    void whatCameBeforeACutIsKept();
    void cancellingClosesTheConnection();
    void closingAStreamClosesTheConnection();
    void aSlowServerTimesOut();
    void transcriptionsAreForms();
    void soundComesAsItIs();
    void aNamedPathIsUsed();
    void liveIsNone();
    void aKeyIsNotSentInClearTextToTheInternet();
};

void TestOpenAiBackend::eachModelIsACapability()
{
    OpenAiServer server;
    server.setPage("/v1/models", Script::json(200, R"({"object":"list","data":[{"id":"org/m","owned_by":"org"},{"id":"text-embedding-3-small"},{"id":"whisper-1"},{"id":"tts-1"},{"id":"dall-e-3"}]})"));
    Gateway gateway(configFor(server.settings()));
    const auto all = orThrow(settled(gateway.capabilities()));
    QCOMPARE(all.size(), 5);
    const CapabilityInfo chat = all.first();
    QCOMPARE(chat.id().text(), QStringLiteral("openai/org/m"));
    QCOMPARE(chat.path, QStringLiteral("chat/completions"));
    QVERIFY(chat.isChat() && chat.listed);
    QCOMPARE(chat.verbs, (QList<Verb>{Verb::Stream, Verb::Run}));
    QCOMPARE(chat.description, QStringLiteral("A model of org."));
    QStringList paths;
    for (const CapabilityInfo &info : all.mid(1)) {
        paths.append(info.path);
        QVERIFY(!info.isChat() && !info.inputSchema.isNull());
        QCOMPARE(info.verbs, QList<Verb>{Verb::Run});
    }
    QCOMPARE(paths.join(QLatin1Char(' ')), QStringLiteral("embeddings audio/transcriptions audio/speech images/generations"));
}

void TestOpenAiBackend::theOriginalMiddlewareListsItsModel()
{
    OpenAiServer server;
    server.setPage("/v1/models", Script::json(200, R"({"models":{"llm-generate":"meta-llama/Llama-3.1-8B-Instruct"}})"));
    Gateway gateway(configFor(server.settings()));
    const auto all = orThrow(settled(gateway.capabilities()));
    QCOMPARE(all.size(), 1);
    QCOMPARE(all.first().name, QStringLiteral("meta-llama/Llama-3.1-8B-Instruct"));
    QVERIFY(all.first().isChat());
}

void TestOpenAiBackend::aServerWithoutAListHasWhatAPersonNamed()
{
    OpenAiServer server;
    GatewayConfig config = configFor(server.settings());
    NamedCapability chat;
    chat.name = QStringLiteral("my-model");
    chat.backend = OpenAi;
    NamedCapability rerank = chat;
    rerank.name = QStringLiteral("ranker");
    rerank.path = QStringLiteral("rank");
    config.capabilities = {chat, rerank};
    Gateway gateway(config);
    const auto all = orThrow(settled(gateway.capabilities()));
    QCOMPARE(all.size(), 2);
    QVERIFY(all.at(0).isChat() && all.at(0).named);
    QCOMPARE(all.at(0).path, QStringLiteral("chat/completions"));
    QCOMPARE(all.at(1).path, QStringLiteral("rank"));
    QVERIFY(all.at(1).inputSchema.isNull());
    QCOMPARE(all.at(1).backend, OpenAi);
    QVERIFY(!gateway.listsCapabilities());
}

void TestOpenAiBackend::anAddressWithoutV1IsTold()
{
    for (const auto &page : {Script::text(404, "no"), Script::plain(200, headers::contentType("text/html"), "<html><title>A web page</title></html>")}) {
        OpenAiServer server;
        server.setPage("/models", page);
        server.setPage("/v1/models", Script::json(200, R"({"data":[]})"));
        BackendSettings settings = server.settings();
        settings.values.insert(QStringLiteral("base_url"), server.url().toString());
        Gateway gateway(configFor(settings));
        const Error error = settled(gateway.capabilities()).error();
        QCOMPARE(error.kind(), Error::Kind::Config);
        QVERIFY2(error.advice().contains(server.url().toString() + QStringLiteral("/v1 ")), qPrintable(error.describe()));
        server.then(Script::text(404, "404 page not found"));
        QVERIFY(settled(gateway.run(chatCall())).error().advice().contains(QStringLiteral("/v1")));
    }
}

void TestOpenAiBackend::whatIsNoSuchServerIsTold()
{
    OpenAiServer server;
    server.setPage("/v1/models", Script::plain(200, headers::contentType("text/html"), "<html><title>A web page</title></html>"));
    Gateway gateway(configFor(server.settings()));
    QCOMPARE(settled(gateway.capabilities()).error().kind(), Error::Kind::Protocol);
    server.setPage("/v1/models", Script::json(401, R"({"error":{"message":"No key."}})"));
    const Error error = settled(gateway.capabilities()).error();
    QCOMPARE(error.httpStatus(), 401);
    QVERIFY(error.message().contains(QStringLiteral("No key.")));
    QVERIFY(error.advice().contains(QStringLiteral("API key")));
}

void TestOpenAiBackend::chatRunsInOneRequest()
{
    OpenAiServer server;
    const auto data = UserData::inMemory();
    Gateway gateway(configFor(server.settings()), data);
    const RunResult result = orThrow(settled(gateway.run(chatCall())));
    QCOMPARE(result.status, 200);
    QCOMPARE(result.json.find(QStringLiteral("/choices/0/message/content"))->toString(), QStringLiteral("Hello"));
    QCOMPARE(result.servedBy, QUrl(server.url().toString() + QStringLiteral("/v1")));
    QCOMPARE(server.posts().size(), 1);
    QVERIFY(server.gets().isEmpty()); // nothing is asked before a call
    const ServerRequest sent = server.posts().first();
    QCOMPARE(sent.path, QByteArray("/v1/chat/completions"));
    QCOMPARE(sent.body, QByteArray(R"({"model":"org/m","messages":[{"role":"user","content":"Hi"}],"temperature":0.50})"));
    QCOMPARE(headers::value(sent.headers, "Content-Type"), QByteArray("application/json"));
    QVERIFY(!headers::contains(sent.headers, "Authorization"));
    QCOMPARE(latestRun(*data).backend, OpenAi);
}

void TestOpenAiBackend::keyAndOrganizationGoWithEveryRequest()
{
    OpenAiServer server;
    server.setPage("/v1/models", Script::json(200, R"({"data":[]})"));
    BackendSettings settings = server.settings("sk-secret-key");
    settings.values.insert(QStringLiteral("organization"), QStringLiteral("org-1"));
    Gateway gateway(configFor(settings));
    QVERIFY(settled(gateway.capabilities()));
    QVERIFY(settled(gateway.run(chatCall())));
    for (const ServerRequest &request : {server.gets().first(), server.posts().first()}) {
        QCOMPARE(headers::value(request.headers, "Authorization"), QByteArray("Bearer sk-secret-key"));
        QCOMPARE(headers::value(request.headers, "OpenAI-Organization"), QByteArray("org-1"));
    }
}

void TestOpenAiBackend::chatStreamsToItsMark()
{
    OpenAiServer server;
    const QByteArray text = ": ping\n\n" + OpenAiServer::events({chunk("Hel"), chunk("lo [DONE]"), chunk("", "\"stop\""), "[DONE]"});
    server.then(Script::events(text, Script::blankLines())); // the connection stays open
    Gateway gateway(configFor(server.settings()));
    const Streamed result = streamed(gateway, chatCall(Verb::Stream));
    QCOMPARE(result.end, std::optional(StreamResponse::End::Done));
    QCOMPARE(result.datas.size(), 3);
    QVERIFY(result.notes.isEmpty());
    const ServerRequest sent = server.posts().first();
    QCOMPARE(sent.body, QByteArray(R"({"model":"org/m","messages":[{"role":"user","content":"Hi"}],"temperature":0.50,"stream":true,"stream_options":{"include_usage":true}})"));
    QCOMPARE(headers::value(sent.headers, "Accept"), QByteArray("text/event-stream"));
    QTRY_COMPARE(server.hangups(), 1);
}

void TestOpenAiBackend::tokenCountsOfStreamsCanBeSwitchedOff()
{
    OpenAiServer server;
    BackendSettings settings = server.settings();
    settings.values.insert(QStringLiteral("stream_usage"), false);
    server.then(Script::events(OpenAiServer::events({chunk("a", "\"stop\""), "[DONE]"})));
    Gateway gateway(configFor(settings));
    QCOMPARE(streamed(gateway, chatCall(Verb::Stream)).end, std::optional(StreamResponse::End::Done));
    QVERIFY(!server.posts().first().body.contains("stream_options"));
    server.then(Script::json(422, R"({"detail":[{"loc":["body","stream_options"],"msg":"extra fields not permitted"}]})"));
    QVERIFY(streamed(gateway, chatCall(Verb::Stream)).error->advice().contains(QStringLiteral("profile")));
}

void TestOpenAiBackend::aStreamThatJustEndsIsCompleteWhenItSaidSo()
{
    OpenAiServer server;
    Gateway gateway(configFor(server.settings()));
    server.then(Script::plain(200, eventStream(), OpenAiServer::events({chunk("a"), chunk("", "\"stop\"")})));
    const Streamed whole = streamed(gateway, chatCall(Verb::Stream));
    QCOMPARE(whole.end, std::optional(StreamResponse::End::Done));
    QVERIFY(whole.notes.isEmpty());
    server.then(Script::plain(200, eventStream(), OpenAiServer::events({chunk("a"), chunk("b")})));
    const Streamed cut = streamed(gateway, chatCall(Verb::Stream));
    QCOMPARE(cut.end, std::optional(StreamResponse::End::Eof));
    QCOMPARE(cut.notes.size(), 1);
    // One of two answers is not whole.
    const QByteArray second = R"({"choices":[{"index":1,"delta":{"content":"b"},"finish_reason":null}]})";
    server.then(Script::plain(200, eventStream(), OpenAiServer::events({chunk("a"), second, chunk("", "\"stop\"")})));
    QCOMPARE(streamed(gateway, chatCall(Verb::Stream)).end, std::optional(StreamResponse::End::Eof));
    // The last event without its blank line.
    server.then(Script::plain(200, eventStream(), OpenAiServer::events({chunk("a")}) + "data: [DONE]"));
    QCOMPARE(streamed(gateway, chatCall(Verb::Stream)).end, std::optional(StreamResponse::End::Done));
}

void TestOpenAiBackend::aStreamWithNothingInItFails()
{
    OpenAiServer server;
    Gateway gateway(configFor(server.settings()));
    for (const QByteArray &body : {QByteArray(), QByteArray(": ping\n\n")}) {
        server.then(Script::plain(200, eventStream(), body));
        const Streamed result = streamed(gateway, chatCall(Verb::Stream));
        QCOMPARE(result.end, std::optional(StreamResponse::End::Failed));
        QCOMPARE(result.error->kind(), Error::Kind::Protocol);
    }
}

void TestOpenAiBackend::failuresWithinAStreamAreTold_data()
{
    QTest::addColumn<QByteArray>("event");
    QTest::newRow("object") << QByteArray("data: {\"error\":{\"message\":\"it broke\",\"code\":500}}\n\n");
    QTest::newRow("text") << QByteArray("data: {\"error\":\"it broke\"}\n\n");
    QTest::newRow("named") << QByteArray("event: error\ndata: {\"message\":\"it broke\"}\n\n");
    QTest::newRow("named, plain") << QByteArray("event: error\ndata: it broke\n\n");
}

void TestOpenAiBackend::failuresWithinAStreamAreTold()
{
    QFETCH(QByteArray, event);
    OpenAiServer server;
    const auto data = UserData::inMemory();
    Gateway gateway(configFor(server.settings()), data);
    server.then(Script::plain(200, eventStream(), OpenAiServer::events({chunk("a")}) + event + OpenAiServer::events({chunk("late"), "[DONE]"})));
    const Streamed result = streamed(gateway, chatCall(Verb::Stream));
    QCOMPARE(result.end, std::optional(StreamResponse::End::Failed));
    QCOMPARE(result.datas.size(), 1);
    QVERIFY2(result.error->message().endsWith(QStringLiteral("failed: it broke")), qPrintable(result.error->message()));
    QVERIFY(latestRun(*data).resultBytes.contains("\"content\":\"a\""));
}

void TestOpenAiBackend::anAnswerThatIsNoStreamIsGivenAsOne()
{
    OpenAiServer server;
    Gateway gateway(configFor(server.settings()));
    const Streamed whole = streamed(gateway, chatCall(Verb::Stream)); // the server's usual answer
    QCOMPARE(whole.end, std::optional(StreamResponse::End::Done));
    QCOMPARE(whole.datas.size(), 1);
    QVERIFY(whole.datas.first().contains(QStringLiteral("\"content\":\"Hello\"")));
    QCOMPARE(whole.notes.size(), 1);
    server.then(Script::text(200, OpenAiServer::events({chunk("a"), "[DONE]"}))); // labelled wrongly
    const Streamed mislabelled = streamed(gateway, chatCall(Verb::Stream));
    QCOMPARE(mislabelled.end, std::optional(StreamResponse::End::Done));
    QCOMPARE(mislabelled.datas.size(), 1);
    server.then(Script::json(200, R"({"error":{"message":"it broke"}})"));
    QVERIFY(streamed(gateway, chatCall(Verb::Stream)).error->message().contains(QStringLiteral("it broke")));
    server.then(Script::plain(200, headers::contentType("audio/mpeg"), QByteArray("\xFF\xFB\x90\x00", 4)));
    QCOMPARE(streamed(gateway, chatCall(Verb::Stream)).error->kind(), Error::Kind::Protocol);
}

void TestOpenAiBackend::refusalsAreTypedAndSentOnce_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("advice");
    QTest::addColumn<QString>("field");
    const int http = int(Error::Kind::Http);
    QTest::newRow("no key") << 401 << QByteArray(R"({"error":{"message":"You didn't provide an API key.","type":"invalid_request_error","code":null}})") << QByteArray() << http
                            << QStringLiteral("You didn't provide an API key.") << QStringLiteral("wants an API key") << QString();
    QTest::newRow("a field") << 400 << QByteArray(R"({"error":{"message":"Invalid role","type":"invalid_request_error","param":"messages[0].role","code":null}})") << QByteArray() << http
                             << QStringLiteral("Invalid role") << QString() << QStringLiteral("/messages/0/role");
    QTest::newRow("FastAPI's") << 422 << QByteArray(R"({"detail":[{"loc":["body","temperature"],"msg":"too large"}]})") << QByteArray() << http
                               << QStringLiteral("/temperature: too large") << QString() << QStringLiteral("/temperature");
    QTest::newRow("no model") << 404 << QByteArray(R"({"error":{"message":"The model does not exist","code":"model_not_found"}})") << QByteArray() << http
                              << QStringLiteral("does not exist") << QStringLiteral("Refresh the list") << QString();
    QTest::newRow("too fast") << 429 << QByteArray(R"({"error":{"message":"Slow down","type":"rate_limit_error"}})") << QByteArray("20") << http
                              << QStringLiteral("Slow down") << QStringLiteral("asks to wait: 20 s") << QString();
    QTest::newRow("too fast, until") << 429 << QByteArray() << QByteArray("Wed, 21 Oct 2026 07:28:00 GMT") << http
                                     << QStringLiteral("said nothing more") << QStringLiteral("until Wed, 21 Oct 2026 07:28:00 GMT") << QString();
    QTest::newRow("no money") << 429 << QByteArray(R"({"error":{"message":"You exceeded your quota","type":"insufficient_quota","code":"insufficient_quota"}})") << QByteArray()
                              << int(Error::Kind::InsufficientBalance) << QStringLiteral("quota") << QString() << QString();
    QTest::newRow("a page") << 502 << QByteArray("<html><title>Bad Gateway</title></html>") << QByteArray() << http << QStringLiteral("Bad Gateway")
                            << QStringLiteral("Nothing is sent again by itself") << QString();
    QTest::newRow("busy") << 503 << QByteArray(R"({"error":"loading model"})") << QByteArray("1.5") << http << QStringLiteral("loading model") << QStringLiteral("1.5 s") << QString();
    QTest::newRow("elsewhere") << 307 << QByteArray() << QByteArray() << http << QStringLiteral("307") << QStringLiteral("Redirects are not followed") << QString();
}

void TestOpenAiBackend::refusalsAreTypedAndSentOnce()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, retryAfter);
    QFETCH(QString, words);
    QFETCH(QString, advice);
    Headers more = headers::contentType("application/json");
    if (!retryAfter.isEmpty())
        more.append({"Retry-After", retryAfter});
    OpenAiServer server;
    Gateway gateway(configFor(server.settings()));
    for (const Verb verb : {Verb::Run, Verb::Stream}) {
        server.then(Script::plain(status, more, body));
        const Error error = verb == Verb::Run ? settled(gateway.run(chatCall())).error() : *streamed(gateway, chatCall(verb)).error;
        QTEST(int(error.kind()), "kind");
        QTEST(error.field(), "field");
        QCOMPARE(error.httpStatus(), status);
        QVERIFY2(error.message().contains(words), qPrintable(error.describe()));
        QVERIFY2(error.advice().contains(advice), qPrintable(error.describe()));
        QCOMPARE(error.url().path(), QStringLiteral("/v1/chat/completions"));
    }
    QCOMPARE(server.posts().size(), 2);
}

void TestOpenAiBackend::aKeyThatIsRepeatedIsHidden()
{
    OpenAiServer server;
    Gateway gateway(configFor(server.settings("sk-secret-key")));
    server.then(Script::json(401, R"({"error":{"message":"Incorrect API key: sk-secret-key"}})"));
    const Error refused = settled(gateway.run(chatCall())).error();
    QVERIFY(!refused.describe().contains(QStringLiteral("sk-secret")) && !refused.body().contains("sk-secret"));
    QVERIFY(refused.advice().contains(QStringLiteral("Check")));
    server.then(Script::plain(200, eventStream(), "data: {\"error\":\"for sk-secret-key: no\"}\n\n"));
    QVERIFY(!streamed(gateway, chatCall(Verb::Stream)).error->describe().contains(QStringLiteral("sk-secret")));
}

void TestOpenAiBackend::openai_15_a200ThatIsNoAnswerFails_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("kind");
    QTest::newRow("nothing") << QByteArray() << int(Error::Kind::Protocol);
    QTest::newRow("blanks") << QByteArray("\n") << int(Error::Kind::Protocol);
    QTest::newRow("no choices") << QByteArray(R"({"choices":[]})") << int(Error::Kind::Protocol);
    QTest::newRow("null choices") << QByteArray(R"({"choices":null})") << int(Error::Kind::Protocol);
    QTest::newRow("an error") << QByteArray(R"({"error":{"message":"it broke"}})") << int(Error::Kind::Http);
    QTest::newRow("a page") << QByteArray("\n<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>x</body></html>") << int(Error::Kind::Protocol);
}

void TestOpenAiBackend::openai_15_a200ThatIsNoAnswerFails()
{
    QFETCH(QByteArray, body);
    OpenAiServer server;
    Gateway gateway(configFor(server.settings()));
    server.then(Script::json(200, body));
    QTEST(int(settled(gateway.run(chatCall())).error().kind()), "kind");
}

/// A login, a proxy and a wrong address answer 200 with one.
void TestOpenAiBackend::aPageForBrowsersIsNoAnswer()
{
    OpenAiServer server;
    Gateway gateway(configFor(server.settings()));
    const QByteArray page = "<html><head><title>Sign in</title></head><body>x</body></html>";
    Call embeddings = chatCall();
    embeddings.capability = QStringLiteral("text-embedding-3-small");
    embeddings.input = Json{{QStringLiteral("input"), "x"}};
    for (const char *type : {"text/html; charset=utf-8", "text/plain", "application/json"}) {
        for (const Call &call : {chatCall(), embeddings}) {
            server.then(Script::plain(200, headers::contentType(type), page));
            const Error error = settled(gateway.run(call)).error();
            QCOMPARE(error.kind(), Error::Kind::Protocol);
            QVERIFY2(error.message().contains(QStringLiteral("Sign in")) && error.advice().contains(QStringLiteral("base URL")), qPrintable(error.describe()));
        }
        server.then(Script::plain(200, headers::contentType(type), page));
        const Streamed result = streamed(gateway, chatCall(Verb::Stream));
        QCOMPARE(result.error->kind(), Error::Kind::Protocol);
        QVERIFY2(result.error->message().contains(QStringLiteral("Sign in")), qPrintable(result.error->describe()));
        QVERIFY(result.datas.isEmpty());
    }
}

void TestOpenAiBackend::whatCameBeforeACutIsKept()
{
    OpenAiServer server;
    const auto data = UserData::inMemory();
    Gateway gateway(configFor(server.settings()), data);
    server.then([](const ServerRequest &, ServerResponse &response) -> boost::asio::awaitable<void> {
        const Headers type = headers::contentType("application/json");
        co_await response.begin(200, type);
        const QByteArray part = R"({"choices":[{"message":{"content":"half)";
        co_await response.write(part);
        response.abort();
    });
    QCOMPARE(settled(gateway.run(chatCall())).error().kind(), Error::Kind::Network);
    QVERIFY(latestRun(*data).resultBytes.contains("half"));
    Call small = chatCall();
    small.limits.maxAnswerBytes = 10;
    QCOMPARE(settled(gateway.run(small)).error().kind(), Error::Kind::TooLarge);
}

void TestOpenAiBackend::cancellingClosesTheConnection()
{
    OpenAiServer server;
    Gateway gateway(configFor(server.settings()));
    server.then(Script::hang());
    RunCall call = gateway.run(chatCall());
    QTRY_COMPARE(server.posts().size(), 1);
    call.cancel();
    QTRY_COMPARE(server.hangups(), 1);
    QVERIFY(settled(call.recorded()));
    QCOMPARE(call.outcome(), CallHandle::Outcome::Canceled);
}

void TestOpenAiBackend::closingAStreamClosesTheConnection()
{
    OpenAiServer server;
    Gateway gateway(configFor(server.settings()));
    server.then(Script::events(OpenAiServer::events({chunk("a")}), Script::blankLines()));
    const auto stream = gateway.stream(chatCall(Verb::Stream));
    bool first = false;
    connect(stream.get(), &StreamResponse::event, this, [&] { first = true; });
    QTRY_VERIFY(first);
    QCOMPARE(server.hangups(), 0);
    stream->close();
    QTRY_COMPARE(server.hangups(), 1);
}

void TestOpenAiBackend::aSlowServerTimesOut()
{
    OpenAiServer server;
    GatewayConfig config = configFor(server.settings());
    config.streamIdleTimeout = std::chrono::milliseconds(200);
    Gateway gateway(config);
    Call call = chatCall();
    call.timeout = std::chrono::seconds(1);
    server.then(Script::hang());
    QCOMPARE(settled(gateway.run(call)).error().kind(), Error::Kind::Timeout);
    server.then(Script::events(OpenAiServer::events({chunk("a")}), Script::blankLines())); // signs of life are no events
    const Streamed result = streamed(gateway, chatCall(Verb::Stream));
    QCOMPARE(result.error->kind(), Error::Kind::Timeout);
    QCOMPARE(result.datas.size(), 1);
}

void TestOpenAiBackend::transcriptionsAreForms()
{
    OpenAiServer server;
    Gateway gateway(configFor(server.settings()));
    server.then(Script::json(200, R"({"text":"hello"})"));
    Call call = chatCall();
    call.capability = QStringLiteral("whisper-1");
    const QByteArray sound = QByteArray("RIFF\0\1\2\3WAVE\xFF", 13);
    call.input = Json{{QStringLiteral("file"), QString::fromLatin1(sound.toBase64())}, {QStringLiteral("language"), "en"}};
    QCOMPARE(orThrow(settled(gateway.run(call))).json.value(QStringLiteral("text")).toString(), QStringLiteral("hello"));
    const ServerRequest sent = server.posts().first();
    QCOMPARE(sent.path, QByteArray("/v1/audio/transcriptions"));
    QVERIFY(headers::value(sent.headers, "Content-Type").startsWith("multipart/form-data; boundary="));
    QVERIFY(sent.body.contains(sound) && sent.body.contains("name=\"model\"\r\n\r\nwhisper-1\r\n"));
    call.input.insert(QStringLiteral("file"), "no base64!");
    const Error refused = settled(gateway.run(call)).error();
    QCOMPARE(refused.field(), QStringLiteral("/file"));
    QCOMPARE(server.posts().size(), 1);
}

void TestOpenAiBackend::soundComesAsItIs()
{
    OpenAiServer server;
    Gateway gateway(configFor(server.settings()));
    QByteArray sound("ID3");
    for (int i = 0; i < 1000; ++i)
        sound += char(i);
    server.then(Script::plain(200, headers::contentType("audio/mpeg"), sound));
    Call call = chatCall();
    call.capability = QStringLiteral("tts-1");
    call.input = Json{{QStringLiteral("input"), "Hi"}, {QStringLiteral("voice"), "alloy"}};
    const RunResult result = orThrow(settled(gateway.run(call)));
    QCOMPARE(result.content, sound);
    QCOMPARE(result.contentType, QByteArray("audio/mpeg"));
    QCOMPARE(server.posts().first().path, QByteArray("/v1/audio/speech"));
}

void TestOpenAiBackend::aNamedPathIsUsed()
{
    OpenAiServer server;
    Gateway gateway(configFor(server.settings()));
    Call call = chatCall(Verb::Stream);
    call.path = QStringLiteral("responses");
    call.input = Json{{QStringLiteral("input"), "Hi"}};
    // OpenAI's Responses: events with names, no [DONE].
    server.then(Script::events("event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"Hello\"}\n\n"
                               "event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":{\"error\":null}}\n\n", Script::blankLines()));
    const Streamed result = streamed(gateway, call);
    QCOMPARE(result.end, std::optional(StreamResponse::End::Done));
    QCOMPARE(result.datas.size(), 2);
    QCOMPARE(server.posts().first().path, QByteArray("/v1/responses"));
    QCOMPARE(server.posts().first().body, QByteArray(R"({"model":"org/m","input":"Hi","stream":true})"));
}

void TestOpenAiBackend::liveIsNone()
{
    OpenAiServer server;
    Gateway gateway(configFor(server.settings()));
    const auto session = gateway.live(chatCall(Verb::Live));
    std::optional<Error> error;
    connect(session.get(), &LiveSession::failed, this, [&](const Error &failure) { error = failure; });
    QTRY_VERIFY(error);
    QCOMPARE(error->kind(), Error::Kind::NotRouted);
    QVERIFY(server.posts().isEmpty());
}

void TestOpenAiBackend::aKeyIsNotSentInClearTextToTheInternet()
{
    BackendSettings settings;
    settings.values.insert(QStringLiteral("base_url"), QStringLiteral("http://api.example.com/v1"));
    settings.secrets.insert(QStringLiteral("/api_key"), Secret("sk-secret-key"));
    Gateway gateway(configFor(settings));
    QCOMPARE(settled(gateway.run(chatCall())).error().kind(), Error::Kind::Config);
    QCOMPARE(settled(gateway.capabilities()).error().kind(), Error::Kind::Config);
}

QTEST_GUILESS_MAIN(TestOpenAiBackend)
#include "tst_openai_backend.moc"
