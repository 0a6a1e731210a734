#include "answering_server.h"
#include "snippet_checks.h"

#include "sluice/aigateway/sent_call.h"
#include "sluice/snippets/snippet_generator.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace sluice;

namespace {

const QString AiGateway = QStringLiteral("aigateway");

SnippetContext contextFor(const char *pipeline, const QByteArray &input, Verb verb = Verb::Run)
{
    SnippetContext context;
    context.call.backend = AiGateway;
    context.call.capability = QString::fromLatin1(pipeline);
    context.call.verb = verb;
    context.call.input = orThrow(Json::parse(input));
    context.call.timeout = std::chrono::seconds(60);
    context.profile.name = QStringLiteral("mine");
    context.profile.local = false;
    context.profile.backends.insert(AiGateway, Json{{QStringLiteral("base_url"), "http://user:word@localhost:9935/ai?key=abc"}});
    context.version = QStringLiteral("0.1.0");
    return context;
}

QByteArray picture()
{
    return QByteArray("\x89PNG\r\n\x1a\n" + QByteArray(60, 'i')).toBase64();
}

QByteArray chatInput(const char *further = "")
{
    return QByteArray("{\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"It's \\\"fine\\\", isn't it?\\n</script> $HOME\"}],\"temperature\":0.5")
        + further + '}';
}

QMap<QString, SnippetContext> examples()
{
    QMap<QString, SnippetContext> all;
    const auto add = [&](const char *name, const SnippetContext &context) { all[QStringLiteral("aigateway-") + QLatin1String(name)] = context; };
    add("llm", contextFor("llm", chatInput()));
    add("llm-stream", contextFor("llm", chatInput(",\"model\":\"org/model\",\"stop\":[\"x\"],\"max_completion_tokens\":12"), Verb::Stream));
    // The older form ends with a user's words.
    add("llm-no-form", contextFor("llm", "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]}"));
    // What is long and base64 stands beside the code, in either dialect.
    add("llm-long", contextFor("llm", "{\"messages\":[{\"role\":\"user\",\"content\":\"" + QByteArray(6000, 'x').toBase64() + "\"}]}"));
    add("text-to-image", contextFor("text-to-image", "{\"prompt\":\"A gate|It's open\",\"guidance_scale\":7.50,\"num_images_per_prompt\":2,\"loras\":{\"a/b\":1.0},\"seed\":null}"));
    add("image-to-image", contextFor("image-to-image", "{\"image\":\"" + picture() + "\",\"prompt\":\"It's \\\"blue\\\"; type=a/b\",\"strength\":0.80,\"safety_check\":false}"));
    SnippetContext named = contextFor("image-to-video", "{\"image\":\"data:image/png;base64," + picture() + "\",\"fps\":6}");
    named.fileNames.insert(QStringLiteral("/image"), QStringLiteral("my photo;1.png"));
    add("image-to-video", named);
    add("upscale", contextFor("upscale", "{\"image\":\"" + picture() + "\",\"prompt\":\"a\"}"));
    add("audio-to-text", contextFor("audio-to-text", "{\"audio\":\"" + QByteArray("RIFF\x10\x01\x01\x01WAVE" + QByteArray(60, 's')).toBase64() + "\",\"return_timestamps\":\"word\"}"));
    add("segment-anything-2", contextFor("segment-anything-2", "{\"image\":\"" + picture() + "\",\"point_coords\":\"[[1, 2]]\",\"point_labels\":[1]}"));
    add("image-to-text", contextFor("image-to-text", "{\"image\":\"" + picture() + "\"}"));
    add("text-to-speech", contextFor("text-to-speech", "{\"text\":\"The gate is open.\"}"));
    add("secret", contextFor("text-to-speech", "{\"text\":\"a\",\"api_key\":\"pass\\\"word\"}"));
    add("secret-form", contextFor("image-to-text", "{\"image\":\"" + picture() + "\",\"api_key\":\"pass\\\"word\"}"));
    return all;
}

Snippet made(const QString &id, const SnippetContext &context)
{
    return orThrow(makeSnippet(*snippetGenerator(id, AiGateway), context));
}

QString interpreterOf(const QString &id)
{
    return program(id == QLatin1String("curl") ? "bash" : id == QLatin1String("python") ? "python3" : "node");
}

aigateway::SentCall sentFor(const SnippetContext &context, openai::Dialect dialect = openai::Dialect::Gateway)
{
    return orThrow(aigateway::sentFor(context.call, context.capability, dialect));
}

/// The names, values and files of a form.
QList<QByteArrayList> partsOf(const QByteArray &body, const QByteArray &contentType)
{
    const qsizetype at = contentType.indexOf("boundary=");
    QByteArray boundary = contentType.mid(at + 9);
    boundary.replace('"', "");
    QList<QByteArrayList> parts;
    qsizetype from = body.indexOf("--" + boundary);
    while (from >= 0) {
        from += boundary.size() + 4;
        const qsizetype end = body.indexOf("\r\n--" + boundary, from);
        if (end < 0)
            break;
        const QByteArray part = body.mid(from, end - from);
        const qsizetype blank = part.indexOf("\r\n\r\n");
        const auto headers = QString::fromUtf8(part.left(blank));
        const auto captured = [&](const char *expression) {
            return QRegularExpression(QLatin1String(expression), QRegularExpression::CaseInsensitiveOption).match(headers).captured(1).toUtf8();
        };
        parts.append({captured("[; ]name=\"([^\"]*)\""), captured("filename=\"([^\"]*)\""), captured("Content-Type: ([^\\r\\n]*)"), part.mid(blank + 4)});
        from = end + 2;
    }
    return parts;
}

} // namespace

/// The code of calls to AI gateways, in each of its languages; what can run here runs against a real server on loopback.
class TestSnippetsAiGateway : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyPipelineHasCodeInEveryLanguage();
    void snippetsEqualTheGoldenOnes_data();
    void snippetsEqualTheGoldenOnes();
    void snippetsParseInTheirLanguage_data() { snippetsEqualTheGoldenOnes_data(); }
    void snippetsParseInTheirLanguage();
    void everyVariableThatIsReadIsListedAndNoSecretStandsInIt_data() { snippetsEqualTheGoldenOnes_data(); }
    void everyVariableThatIsReadIsListedAndNoSecretStandsInIt();
    void whatCannotBeCalledHasNoCode();
    void theSameRequestArrivesAsTheBackendSends_data() { running({}); }
    void theSameRequestArrivesAsTheBackendSends();
    void theOlderDialectIsSpokenToGatewaysThatSpeakIt_data() { running({QStringLiteral("aigateway-llm"), QStringLiteral("aigateway-llm-long"), QStringLiteral("aigateway-llm-stream")}); }
    void theOlderDialectIsSpokenToGatewaysThatSpeakIt();
    void aStreamThatBreaksOffFails_data() { running({QStringLiteral("aigateway-llm-stream")}); }
    void aStreamThatBreaksOffFails();
    void refusalsAreShownAndNothingIsSentAgain_data() { running({QStringLiteral("aigateway-llm"), QStringLiteral("aigateway-text-to-image"), QStringLiteral("aigateway-audio-to-text")}); }
    void refusalsAreShownAndNothingIsSentAgain();

private:
    void running(const QStringList &names);
    Said execute(const Snippet &snippet, const QString &id, const AnsweringServer &server);
    [[nodiscard]] QByteArray content(const QString &name) const;

    QMap<QString, SnippetContext> m_examples = examples();
    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestSnippetsAiGateway::everyPipelineHasCodeInEveryLanguage()
{
    QStringList ids;
    for (const SnippetGenerator *generator : snippetGenerators(AiGateway)) {
        ids << generator->id();
        QCOMPARE(snippetGenerator(generator->id(), AiGateway), generator);
    }
    QCOMPARE(ids.join(QLatin1Char(' ')), QStringLiteral("python curl fetch cpp"));
    for (const aigateway::Pipeline &pipeline : aigateway::pipelines()) {
        const SnippetContext context = m_examples.value(QStringLiteral("aigateway-") + pipeline.name);
        QCOMPARE(context.call.capability, pipeline.name);
        for (const SnippetGenerator *generator : snippetGenerators(AiGateway))
            QVERIFY2(generator->supports(context), qPrintable(pipeline.name + generator->whyNot(context)));
    }
}

void TestSnippetsAiGateway::snippetsEqualTheGoldenOnes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("id");
    for (auto it = m_examples.cbegin(); it != m_examples.cend(); ++it) {
        for (const SnippetGenerator *generator : snippetGenerators(AiGateway))
            QTest::addRow("%s %s", qPrintable(it.key()), qPrintable(generator->id())) << it.key() << generator->id();
    }
}

void TestSnippetsAiGateway::snippetsEqualTheGoldenOnes()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    const Snippet snippet = made(id, m_examples.value(name));
    QCOMPARE(made(id, m_examples.value(name)).text, snippet.text);
    compareWithGolden(name, snippet);
}

void TestSnippetsAiGateway::snippetsParseInTheirLanguage()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    requireThatItParses(made(id, m_examples.value(name)));
}

void TestSnippetsAiGateway::everyVariableThatIsReadIsListedAndNoSecretStandsInIt()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    const Snippet snippet = made(id, m_examples.value(name));
    QStringList listed;
    for (const SnippetVariable &variable : snippet.environment) {
        listed << variable.name;
        QVERIFY(!variable.meaning.isEmpty());
        QVERIFY(!variable.secret || variable.suggestion.isEmpty());
        QVERIFY2(snippet.text.contains(variable.name), qPrintable(variable.name));
    }
    QCOMPARE(snippet.environment.first().suggestion, QStringLiteral("http://localhost:9935/ai"));
    auto names = QRegularExpression(QStringLiteral("\\b(LIVEPEER_[A-Z_]+|INPUT_[A-Z_]+)\\b")).globalMatch(snippet.text);
    while (names.hasNext()) {
        const QString read = names.next().captured(1);
        QVERIFY2(listed.contains(read), qPrintable(read));
    }
    for (const char *secret : {"pass\"word", "pass\\\"word", "user:word", "key=abc"})
        QVERIFY(!snippet.text.contains(QLatin1String(secret)));
    QVERIFY2(!snippet.text.contains(QRegularExpression(QStringLiteral("[A-Za-z0-9+/]{80}"))), "a file stands beside the code");
    QVERIFY2(m_examples.value(name).call.verb == Verb::Stream || snippet.text.contains(QStringLiteral("60")), "it has its time");
    // A stored key in the input is refused.
    SnippetContext careless = m_examples.value(QStringLiteral("aigateway-text-to-image"));
    careless.secrets = {Secret("sk-1234567890")};
    careless.call.input.insert(QStringLiteral("prompt"), "sk-1234567890");
    QVERIFY(!makeSnippet(*snippetGenerator(id, AiGateway), careless));
}

void TestSnippetsAiGateway::whatCannotBeCalledHasNoCode()
{
    const SnippetContext image = m_examples.value(QStringLiteral("aigateway-text-to-image"));
    SnippetContext live = image;
    live.call.verb = Verb::Live;
    SnippetContext stream = image;
    stream.call.verb = Verb::Stream;
    SnippetContext nameless = image;
    nameless.call.capability.clear();
    SnippetContext unknown = image;
    unknown.call.capability = QStringLiteral("text-to-smell");
    SnippetContext promptless = image;
    promptless.call.input = Json::object();
    SnippetContext noFile = m_examples.value(QStringLiteral("aigateway-upscale"));
    noFile.call.input.insert(QStringLiteral("image"), "no base64!");
    SnippetContext tools = m_examples.value(QStringLiteral("aigateway-llm"));
    tools.call.input.insert(QStringLiteral("tools"), Json::array({Json{{QStringLiteral("type"), "function"}}}));
    for (const SnippetGenerator *generator : snippetGenerators(AiGateway)) {
        for (const SnippetContext &context : {live, stream, nameless, unknown, promptless, noFile, tools}) {
            const auto snippet = makeSnippet(*generator, context);
            QVERIFY2(!snippet && snippet.error().kind() == Error::Kind::NotRouted && !generator->whyNot(context).isEmpty(), qPrintable(generator->id() + context.call.capability));
        }
    }
    // curl has no way to write such a name.
    SnippetContext equals = m_examples.value(QStringLiteral("aigateway-upscale"));
    equals.call.input.insert(QStringLiteral("a=b"), "c");
    QVERIFY(!makeSnippet(*snippetGenerator(QStringLiteral("curl"), AiGateway), equals));
    QVERIFY(makeSnippet(*snippetGenerator(QStringLiteral("python"), AiGateway), equals));
}

void TestSnippetsAiGateway::running(const QStringList &names)
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("id");
    for (const QString &name : names.isEmpty() ? QStringList(m_examples.keys()) : names) {
        for (const char *id : {"curl", "python", "fetch"})
            QTest::addRow("%s %s", qPrintable(name), id) << name << QString::fromLatin1(id);
    }
}

Said TestSnippetsAiGateway::execute(const Snippet &snippet, const QString &id, const AnsweringServer &server)
{
    m_dir = std::make_unique<QTemporaryDir>();
    QList<SnippetFile> files = snippet.files;
    files.append({snippet.fileName, snippet.text.toUtf8()});
    for (const SnippetFile &one : std::as_const(files)) {
        QFile file(m_dir->filePath(one.name));
        if (!file.open(QIODevice::WriteOnly) || file.write(one.content) != one.content.size())
            throw Error(Error::Kind::Storage, file.errorString());
    }
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LIVEPEER_AI_GATEWAY_URL"), server.url() + QStringLiteral("/ai/"));
    environment.insert(QStringLiteral("LIVEPEER_AI_GATEWAY_KEY"), QStringLiteral("gw-secret-key"));
    environment.insert(QStringLiteral("INPUT_API_KEY"), QStringLiteral("pass\"word\\"));
    for (const char *proxy : {"http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"})
        environment.remove(QLatin1String(proxy));
    return runProgram(interpreterOf(id), {m_dir->filePath(snippet.fileName)}, {}, environment, m_dir->path());
}

QByteArray TestSnippetsAiGateway::content(const QString &name) const
{
    QFile file(m_dir->filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestSnippetsAiGateway::theSameRequestArrivesAsTheBackendSends()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    if (interpreterOf(id).isEmpty() || (id == QLatin1String("curl") && program("curl").isEmpty()))
        QSKIP("what this code needs is not installed here");
    const SnippetContext context = m_examples.value(name);
    AnsweringServer server(false);
    const QMap<QByteArray, QByteArray> answers{{"llm", "{\"choices\":[{\"finish_reason\":\"stop\",\"index\":0,\"message\":{\"content\":\"It is open.\",\"role\":\"assistant\"}}]}"},
        {"text-to-speech", "{\"audio\":{\"url\":\"/stream/a/b\\u0026c.wav\"}}"}, {"audio-to-text", "{\"text\":\"It is open.\",\"chunks\":[]}"}, {"image-to-text", "{\"text\":\"It is open.\"}"},
        {"segment-anything-2", "{\"masks\":\"[It is open.]\",\"scores\":\"[]\",\"logits\":\"[]\"}"}};
    const QByteArray pipeline = context.call.capability.toLatin1();
    const QByteArray images = "{\"images\":[{\"url\":\"/stream/a/b\\u0026c.png\",\"seed\":1,\"nsfw\":false},{\"url\":\"data:image/png;base64," + QByteArray("second").toBase64()
        + "\",\"seed\":2,\"nsfw\":false}]}";
    const bool stream = context.call.verb == Verb::Stream;
    QList<QByteArray> asked;
    Json sent;
    QList<QByteArrayList> parts;
    QByteArray prefer;
    server.answer = [&](const QByteArray &line, const QHash<QByteArray, QByteArray> &headers, const QByteArray &body) -> AnsweringServer::Answer {
        asked << line;
        if (headers.value("authorization") != "Bearer gw-secret-key")
            return {"401 Unauthorized", "no key"};
        if (line == "POST /ai/llm HTTP/1.1" && body == "{}")
            return {"400 Bad Request\r\nContent-Type: application/json", "{\"error\":{\"message\":\"missing required fields\"}}"};
        if (line == "GET /stream/a/b&c.png HTTP/1.1" || line == "GET /stream/a/b&c.wav HTTP/1.1")
            return {"200 OK", QByteArray("fi\0le\n", 6)};
        if (line == "POST /ai/image-to-video/result HTTP/1.1") {
            const bool done = asked.count(line) > 1;
            if (Json::parse(body).value() != Json{{QStringLiteral("request_id"), "j1"}})
                return {"400 Bad Request", "invalid request ID"};
            return {done ? "200 OK" : "202 Accepted", done ? "{\"result\":" + images + ",\"status\":\"complete\"}" : QByteArray("{\"status\":\"processing\"}")};
        }
        if (line != "POST /ai/" + pipeline + " HTTP/1.1")
            return {"404 Not Found", "404 page not found"};
        prefer = headers.value("prefer");
        if (headers.value("content-type").startsWith("multipart/form-data"))
            parts = partsOf(body, headers.value("content-type"));
        else
            sent = orThrow(Json::parse(body));
        if (stream)
            return {"200 OK\r\nContent-Type: text/event-stream", "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"It is \"},\"finish_reason\":\"\"}]}\n\n"
                                                               "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"open.\"},\"finish_reason\":\"\"}]}\n\n"
                                                               "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":\"stop\"}]}\n\n"};
        if (pipeline == "image-to-video")
            return {"202 Accepted\r\nContent-Type: application/json", "{\"request_id\":\"j1\"}"};
        return {"200 OK\r\nContent-Type: application/json", answers.value(pipeline, images)};
    };
    const Snippet snippet = made(id, context);
    const Said said = execute(snippet, id, server);
    QVERIFY2(said.ended && said.code == 0, (said.err + said.out).constData());
    QCOMPARE(asked.count("POST /ai/" + pipeline + " HTTP/1.1"), pipeline == "llm" && name != QLatin1String("aigateway-llm-no-form") ? 2 : 1);
    QCOMPARE(prefer, QByteArray(pipeline == "image-to-video" ? "respond-async" : ""));
    // What the backend itself sends, but for the secret, which the environment holds another of.
    SnippetContext same = context;
    if (same.call.input.contains(QStringLiteral("api_key")))
        same.call.input.insert(QStringLiteral("api_key"), "pass\"word\\");
    const aigateway::SentCall wanted = sentFor(same);
    if (wanted.form) {
        const aigateway::PipelineRequest request = orThrow(wanted.written());
        QCOMPARE(parts, partsOf(request.body, request.contentType));
    } else {
        QVERIFY2(sent.equivalent(Json::object(wanted.members)), sent.dump().constData());
    }
    if (answers.contains(pipeline) && pipeline != "text-to-speech") {
        const QByteArray words = stream && id == QLatin1String("curl") ? "open." : "It is open.";
        QVERIFY2(said.out.contains(words), said.out.constData());
        return;
    }
    const QString first = pipeline == "text-to-speech" ? QStringLiteral("speech.wav") : pipeline == "image-to-video" ? QStringLiteral("video-1.mp4") : QStringLiteral("image-1.png");
    QCOMPARE(content(first), QByteArray("fi\0le\n", 6));
    if (pipeline != "text-to-speech")
        QCOMPARE(content(QString(first).replace(QLatin1Char('1'), QLatin1Char('2'))), QByteArray("second"));
    QVERIFY(said.out.startsWith(first.toLatin1() + '\n'));
}

void TestSnippetsAiGateway::theOlderDialectIsSpokenToGatewaysThatSpeakIt()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    if (interpreterOf(id).isEmpty())
        QSKIP("what this code needs is not installed here");
    const SnippetContext context = m_examples.value(name);
    AnsweringServer server(false);
    server.keepOpen = context.call.verb == Verb::Stream; // as some do after the end
    QList<QByteArrayList> parts;
    server.answer = [&](const QByteArray &, const QHash<QByteArray, QByteArray> &headers, const QByteArray &body) -> AnsweringServer::Answer {
        const QByteArray type = headers.value("content-type");
        if (!type.startsWith("multipart/form-data"))
            return {"400 Bad Request\r\nContent-Length: 75\r\nContent-Type: application/json", QByteArray("{\"error\":{\"message\":\"request Content-Type isn't multipart/form-data\"}}").leftJustified(75)};
        parts = partsOf(body, type);
        if (context.call.verb == Verb::Run)
            return {"200 OK\r\nContent-Type: application/json", "{\"response\":\"It is open.\",\"tokens_used\":3}"};
        return {"200 OK\r\nContent-Type: text/event-stream", "data: {\"chunk\":\"It is \"}\n\ndata: {}\n\ndata: {\"chunk\":\"open.\"}\n\ndata: {\"tokens_used\":3}\n\n"
                                                           "data: {\"chunk\":\"[DONE]\",\"tokens_used\":3,\"done\":true}\n\n"};
    };
    const Said said = execute(made(id, context), id, server);
    QVERIFY2(said.ended && said.code == 0, (said.err + said.out).constData());
    const aigateway::PipelineRequest request = orThrow(sentFor(context, openai::Dialect::Legacy).written());
    QCOMPARE(parts, partsOf(request.body, request.contentType));
    if (id == QLatin1String("curl"))
        QVERIFY2(said.out.contains("open."), said.out.constData());
    else
        QCOMPARE(said.out, QByteArray("It is open.\n"));
}

void TestSnippetsAiGateway::aStreamThatBreaksOffFails()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    if (interpreterOf(id).isEmpty())
        QSKIP("what this code needs is not installed here");
    AnsweringServer server(false);
    server.status = "200 OK\r\nContent-Type: text/event-stream";
    // The marks of an end are none inside of a text.
    server.content = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\\\"done\\\":true \\\"finish_reason\\\":\\\"stop\\\"\"},\"finish_reason\":\"\"}]}\n\n";
    const Said said = execute(made(id, m_examples.value(name)), id, server);
    QVERIFY(said.ended && said.code != 0);
    QVERIFY2(said.err.contains("broke off"), (said.err + said.out).constData());
    QVERIFY2(said.out.contains("stop"), said.out.constData());
}

void TestSnippetsAiGateway::refusalsAreShownAndNothingIsSentAgain()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    if (interpreterOf(id).isEmpty())
        QSKIP("what this code needs is not installed here");
    AnsweringServer server(false);
    server.status = "503 Service Unavailable\r\nContent-Type: application/json";
    server.content = R"({"error":{"message":"Service Unavailable Error"}})";
    const Said said = execute(made(id, m_examples.value(name)), id, server);
    QVERIFY(said.ended && said.code != 0);
    QVERIFY2((said.err + said.out).contains("Service Unavailable Error"), (said.err + said.out).constData());
    // The question which dialect it is comes before the chat.
    QCOMPARE(server.requests, name == QLatin1String("aigateway-llm") ? 2 : 1);
}

QTEST_GUILESS_MAIN(TestSnippetsAiGateway)
#include "tst_snippets_aigateway.moc"
