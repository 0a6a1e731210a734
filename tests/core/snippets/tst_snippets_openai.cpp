#include "answering_server.h"
#include "snippet_checks.h"

#include "sluice/snippets/snippet_generator.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace sluice;

namespace {

const QString OpenAi = QStringLiteral("openai");

SnippetContext contextFor(const QString &model, const QByteArray &input, Verb verb = Verb::Run, const QString &path = {})
{
    SnippetContext context;
    context.call.backend = OpenAi;
    context.call.capability = model;
    context.call.verb = verb;
    context.call.path = path;
    context.call.input = orThrow(Json::parse(input));
    context.call.timeout = std::chrono::seconds(60);
    context.profile.name = QStringLiteral("local");
    context.profile.local = false;
    context.profile.backends.insert(OpenAi, Json{{QStringLiteral("base_url"), "http://user:word@localhost:11434/v1?key=abc"}});
    context.version = QStringLiteral("0.1.0");
    return context;
}

QByteArray chatInput()
{
    return "{\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"It's \\\"fine\\\", isn't it?\\n</script>\"}],\"temperature\":0.5,\"top_k\":40}";
}

QByteArray withFile(const QByteArray &start, const QByteArray &end)
{
    return start + QByteArray("RIFF\x10\x01\x01\x01WAVE" + QByteArray(60, 's')).toBase64() + end;
}

QMap<QString, SnippetContext> examples()
{
    QMap<QString, SnippetContext> all;
    const QString chat = QStringLiteral("meta-llama/Llama-3.1-8B-Instruct");
    all[QStringLiteral("openai-chat")] = contextFor(chat, chatInput());
    all[QStringLiteral("openai-stream")] = contextFor(chat, chatInput(), Verb::Stream);
    SnippetContext organization = contextFor(chat, chatInput(), Verb::Stream);
    organization.profile.backends[OpenAi].insert(QStringLiteral("organization"), "org-1");
    organization.profile.backends[OpenAi].insert(QStringLiteral("stream_usage"), false);
    all[QStringLiteral("openai-organization")] = organization;
    const QByteArray picture = QByteArray("\x89PNG\r\n\x1a\n" + QByteArray(6000, 'i')).toBase64();
    all[QStringLiteral("openai-vision")] = contextFor(QStringLiteral("gpt-4o"),
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"What is this?\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64," + picture + "\"}}]}]}");
    all[QStringLiteral("openai-embeddings")] = contextFor(QStringLiteral("text-embedding-3-small"), "{\"input\":[\"a\",\"b\"]}");
    all[QStringLiteral("openai-images")] = contextFor(QStringLiteral("dall-e-3"), "{\"prompt\":\"A gate\",\"size\":\"1024x1024\",\"n\":2}");
    all[QStringLiteral("openai-transcription")] = contextFor(QStringLiteral("whisper-1"),
        withFile("{\"file\":\"", "\",\"language\":\"en\",\"temperature\":0.0,\"timestamp_granularities\":[\"word\",\"segment\"]}"));
    all[QStringLiteral("openai-speech")] = contextFor(QStringLiteral("tts-1"), "{\"input\":\"The gate is open.\",\"voice\":\"alloy\",\"response_format\":\"wav\"}");
    all[QStringLiteral("openai-other")] = contextFor(QStringLiteral("ranker"), "{\"query\":\"q\",\"documents\":[\"a\"]}", Verb::Run, QStringLiteral("my rank"));
    SnippetContext secret = contextFor(QStringLiteral("ranker"), "{\"query\":\"q\",\"api_key\":\"pass\\\"word\"}", Verb::Stream, QStringLiteral("rank"));
    all[QStringLiteral("openai-secret")] = secret;
    return all;
}

Snippet made(const QString &id, const SnippetContext &context)
{
    return orThrow(makeSnippet(*snippetGenerator(id, OpenAi), context));
}

QByteArray answerTo(const QByteArray &requestLine)
{
    if (requestLine.contains("/embeddings"))
        return "{\"object\":\"list\",\"model\":\"m\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.5,1]}],\"usage\":{\"prompt_tokens\":1,\"total_tokens\":1}}";
    if (requestLine.contains("/transcriptions"))
        return "{\"text\":\"It is open.\"}";
    return "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"It is open.\"},\"finish_reason\":\"stop\"}]}";
}

/// The installed library's interpreter, where it has been installed; else the system's.
QString python()
{
    const QString own = QStringLiteral(SLUICE_OPENAI_PACKAGES "/python/bin/python");
    return QFile::exists(own) ? own : program("python3");
}

/// Where a folder for a program in this language is made: Node looks for libraries above it.
QString folderFor(const QString &id)
{
    const QString own = QStringLiteral(SLUICE_OPENAI_PACKAGES "/node");
    const QString above = id == QLatin1String("javascript") && QFile::exists(own) ? own : QDir::tempPath();
    return above + QStringLiteral("/snippet-XXXXXX");
}

bool installed(const QString &id)
{
    const QString node = program("node");
    if (id == QLatin1String("curl"))
        return !program("curl").isEmpty() && !program("bash").isEmpty();
    if (id == QLatin1String("fetch"))
        return !node.isEmpty();
    if (id == QLatin1String("python"))
        return !python().isEmpty() && runProgram(python(), {QStringLiteral("-c"), QStringLiteral("import openai")}).code == 0;
    const QTemporaryDir folder(folderFor(id));
    const QStringList arguments{QStringLiteral("--input-type=module"), QStringLiteral("-e"), QStringLiteral("import 'openai'")};
    return !node.isEmpty() && runProgram(node, arguments, {}, QProcessEnvironment::systemEnvironment(), folder.path()).code == 0;
}

} // namespace

/// The code of calls to OpenAI-compatible servers, in each of its languages; what can run here runs against a real server on loopback.
class TestSnippetsOpenAi : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theLanguagesAreInOrder();
    void snippetsEqualTheGoldenOnes_data();
    void snippetsEqualTheGoldenOnes();
    void snippetsParseInTheirLanguage_data() { snippetsEqualTheGoldenOnes_data(); }
    void snippetsParseInTheirLanguage();
    void everyVariableThatIsReadIsListedAndNoSecretStandsInIt_data() { snippetsEqualTheGoldenOnes_data(); }
    void everyVariableThatIsReadIsListedAndNoSecretStandsInIt();
    void aCallIsSentOnceAndHasItsTime();
    void whatALanguageCannotSayItSays();
    void theSameRequestArrives_data();
    void theSameRequestArrives();
    void streamsEndAtTheirMark_data();
    void streamsEndAtTheirMark();
    void refusalsAreShown_data();
    void refusalsAreShown();

private:
    void running(const QStringList &names);
    Said execute(const Snippet &snippet, const QString &id, const AnsweringServer &server);

    QMap<QString, SnippetContext> m_examples = examples();
    QMap<QString, bool> m_installed;
    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestSnippetsOpenAi::initTestCase()
{
    for (const SnippetGenerator *generator : snippetGenerators(OpenAi))
        m_installed.insert(generator->id(), generator->id() != QLatin1String("cpp") && installed(generator->id()));
}

void TestSnippetsOpenAi::theLanguagesAreInOrder()
{
    QStringList ids;
    for (const SnippetGenerator *generator : snippetGenerators(OpenAi)) {
        ids << generator->id();
        QCOMPARE(snippetGenerator(generator->id(), OpenAi), generator);
        QVERIFY(snippetGenerator(generator->id()));
    }
    QCOMPARE(ids.join(QLatin1Char(' ')), QStringLiteral("python curl javascript fetch cpp"));
    QVERIFY(snippetGenerators(QStringLiteral("nobody")).isEmpty());
    QVERIFY(!snippetGenerator(QStringLiteral("fetch"), QStringLiteral("byoc")));
}

void TestSnippetsOpenAi::snippetsEqualTheGoldenOnes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("id");
    for (auto it = m_examples.cbegin(); it != m_examples.cend(); ++it) {
        for (const SnippetGenerator *generator : snippetGenerators(OpenAi)) {
            if (generator->supports(it.value()))
                QTest::addRow("%s %s", qPrintable(it.key()), qPrintable(generator->id())) << it.key() << generator->id();
        }
    }
}

void TestSnippetsOpenAi::snippetsEqualTheGoldenOnes()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    const Snippet snippet = made(id, m_examples.value(name));
    QCOMPARE(made(id, m_examples.value(name)).text, snippet.text);
    compareWithGolden(name, snippet);
}

void TestSnippetsOpenAi::snippetsParseInTheirLanguage()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    requireThatItParses(made(id, m_examples.value(name)));
}

void TestSnippetsOpenAi::everyVariableThatIsReadIsListedAndNoSecretStandsInIt()
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
    QCOMPARE(snippet.environment.first().suggestion, QStringLiteral("http://localhost:11434/v1"));
    auto names = QRegularExpression(QStringLiteral("\\b(OPENAI_[A-Z_]+|INPUT_[A-Z_]+)\\b")).globalMatch(snippet.text);
    while (names.hasNext()) {
        const QString read = names.next().captured(1);
        QVERIFY2(listed.contains(read), qPrintable(read));
    }
    for (const char *secret : {"pass\"word", "pass\\\"word", "user:word", "key=abc"})
        QVERIFY(!snippet.text.contains(QLatin1String(secret)));
    QVERIFY(!snippet.text.contains(QRegularExpression(QStringLiteral("[A-Za-z0-9+/]{4097}"))));
    // A stored key in the input is refused.
    SnippetContext careless = m_examples.value(QStringLiteral("openai-chat"));
    careless.secrets = {Secret("sk-1234567890")};
    careless.call.input.insert(QStringLiteral("user"), "sk-1234567890");
    QVERIFY(!makeSnippet(*snippetGenerator(id, OpenAi), careless));
}

void TestSnippetsOpenAi::aCallIsSentOnceAndHasItsTime()
{
    SnippetContext context = m_examples.value(QStringLiteral("openai-chat"));
    context.call.timeout = std::chrono::seconds(123);
    const std::pair<const char *, QStringList> wanted[] = {{"python", {QStringLiteral("max_retries=0"), QStringLiteral("timeout=123,")}},
        {"javascript", {QStringLiteral("maxRetries: 0"), QStringLiteral("timeout: 123_000")}}, {"fetch", {QStringLiteral("AbortSignal.timeout(123_000)")}},
        {"curl", {QStringLiteral("--max-time 123")}}, {"cpp", {QStringLiteral("std::chrono::seconds(123)")}}};
    for (const auto &[id, words] : wanted) {
        for (const QString &word : words)
            QVERIFY2(made(QLatin1String(id), context).text.contains(word), id);
    }
}

void TestSnippetsOpenAi::whatALanguageCannotSayItSays()
{
    const auto whyNot = [](const char *id, const SnippetContext &context) {
        const auto snippet = makeSnippet(*snippetGenerator(QLatin1String(id), OpenAi), context);
        return snippet || snippet.error().kind() != Error::Kind::NotRouted ? QString() : snippet.error().message();
    };
    SnippetContext live = m_examples.value(QStringLiteral("openai-chat"));
    live.call.verb = Verb::Live;
    SnippetContext nameless = m_examples.value(QStringLiteral("openai-chat"));
    nameless.call.capability.clear();
    SnippetContext noFile = m_examples.value(QStringLiteral("openai-transcription"));
    noFile.call.input.insert(QStringLiteral("file"), "no base64!");
    SnippetContext list = m_examples.value(QStringLiteral("openai-chat"));
    list.call.input = Json::array();
    for (const char *id : {"python", "curl", "javascript", "fetch", "cpp"}) {
        for (const SnippetContext &context : {live, nameless, noFile, list})
            QVERIFY2(!whyNot(id, context).isEmpty(), id);
    }
    const SnippetContext stream = m_examples.value(QStringLiteral("openai-secret"));
    QVERIFY(!whyNot("python", stream).isEmpty() && !whyNot("javascript", stream).isEmpty());
    QVERIFY(whyNot("curl", stream).isEmpty() && whyNot("fetch", stream).isEmpty() && whyNot("cpp", stream).isEmpty());
    const SnippetContext numbers = contextFor(QStringLiteral("m"), R"({"messages":[],"seed":9007199254740993})");
    QVERIFY(whyNot("javascript", numbers).contains(QStringLiteral("fetch")));
    QVERIFY(made(QStringLiteral("fetch"), numbers).text.contains(QStringLiteral("9007199254740993")));
    const auto elsewhere = makeSnippet(*snippetGenerator(QStringLiteral("python-v1")), m_examples.value(QStringLiteral("openai-chat")));
    QCOMPARE(elsewhere.error().kind(), Error::Kind::NotRouted);
}

void TestSnippetsOpenAi::running(const QStringList &names)
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("id");
    for (const QString &name : names) {
        for (const char *id : {"python", "curl", "javascript", "fetch"}) {
            if (snippetGenerator(QLatin1String(id), OpenAi)->supports(m_examples.value(name)))
                QTest::addRow("%s %s", qPrintable(name), id) << name << QString::fromLatin1(id);
        }
    }
}

Said TestSnippetsOpenAi::execute(const Snippet &snippet, const QString &id, const AnsweringServer &server)
{
    m_dir = std::make_unique<QTemporaryDir>(folderFor(id));
    QList<SnippetFile> files = snippet.files;
    files.append({snippet.fileName, snippet.text.toUtf8()});
    for (const SnippetFile &one : std::as_const(files)) {
        QFile file(m_dir->filePath(one.name));
        if (!file.open(QIODevice::WriteOnly) || file.write(one.content) != one.content.size())
            throw Error(Error::Kind::Storage, file.errorString());
    }
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("OPENAI_BASE_URL"), server.url() + QStringLiteral("/v1/"));
    environment.insert(QStringLiteral("OPENAI_API_KEY"), QStringLiteral("sk-secret-key"));
    environment.insert(QStringLiteral("OPENAI_ORG_ID"), QStringLiteral("org-1"));
    environment.insert(QStringLiteral("INPUT_API_KEY"), QStringLiteral("pass\"word\\"));
    for (const char *proxy : {"http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"})
        environment.remove(QLatin1String(proxy));
    const QString interpreter = id == QLatin1String("python") ? python() : program(id == QLatin1String("curl") ? "bash" : "node");
    return runProgram(interpreter, {m_dir->filePath(snippet.fileName)}, {}, environment, m_dir->path());
}

void TestSnippetsOpenAi::theSameRequestArrives_data()
{
    running({QStringLiteral("openai-chat"), QStringLiteral("openai-vision"), QStringLiteral("openai-embeddings"), QStringLiteral("openai-transcription"), QStringLiteral("openai-speech"),
        QStringLiteral("openai-other")});
}

void TestSnippetsOpenAi::theSameRequestArrives()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    if (!m_installed.value(id))
        QSKIP("what this code needs is not installed here");
    const SnippetContext context = m_examples.value(name);
    AnsweringServer server(false);
    const bool sound = name == QLatin1String("openai-speech");
    const QByteArray answer = sound ? QByteArray("RIFF\0\xFF\n", 7) : answerTo(name == QLatin1String("openai-embeddings") ? "/embeddings" : name == QLatin1String("openai-transcription") ? "/transcriptions" : "");
    // The head of an answer ends in its first blank line.
    server.status = sound ? "200 OK\r\nContent-Type: audio/wav" : "200 OK\r\nContent-Type: application/json";
    server.content = answer;
    const Snippet snippet = made(id, context);
    const Said said = execute(snippet, id, server);
    QVERIFY2(said.ended && said.code == 0, (said.err + said.out).constData());
    QCOMPARE(server.requests, 1);
    QCOMPARE(server.headers.value("authorization"), QByteArray("Bearer sk-secret-key"));
    const bool form = name == QLatin1String("openai-transcription");
    if (form) {
        QVERIFY(server.headers.value("content-type").startsWith("multipart/form-data"));
        QVERIFY(server.body.contains(snippet.files.first().content));
        for (const char *field : {"name=\"model\"\r\n\r\nwhisper-1\r\n", "name=\"language\"\r\n\r\nen\r\n", "name=\"timestamp_granularities[]\"\r\n\r\nword\r\n"})
            QVERIFY2(server.body.contains(field), server.body.constData());
    } else {
        Json expected{{QStringLiteral("model"), context.call.capability}};
        for (const auto &[key, value] : context.call.input.members())
            expected.insert(key, value);
        if (name == QLatin1String("openai-embeddings") && (id == QLatin1String("python") || id == QLatin1String("javascript")))
            expected.insert(QStringLiteral("encoding_format"), "float");
        QVERIFY2(orThrow(Json::parse(server.body)).equivalent(expected), server.body.constData());
    }
    const QByteArray path = name == QLatin1String("openai-other") ? "/v1/my%20rank" : "/v1/";
    QVERIFY2(server.requestLine.startsWith("POST " + path), server.requestLine.constData());
    if (id == QLatin1String("curl") || id == QLatin1String("fetch")) {
        QCOMPARE(said.out, answer);
    } else if (sound) {
        QFile file(m_dir->filePath(QStringLiteral("speech.wav")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), answer);
    } else {
        QVERIFY2(said.out.contains(name == QLatin1String("openai-embeddings") ? "0.5" : "It is open."), said.out.constData());
    }
}

void TestSnippetsOpenAi::streamsEndAtTheirMark_data()
{
    running({QStringLiteral("openai-stream"), QStringLiteral("openai-organization"), QStringLiteral("openai-secret")});
}

void TestSnippetsOpenAi::streamsEndAtTheirMark()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    if (!m_installed.value(id))
        QSKIP("what this code needs is not installed here");
    AnsweringServer server(false);
    // As some servers do after the end. The npm library reads on after the mark, until the answer itself ends.
    server.keepOpen = id != QLatin1String("javascript");
    server.status = "200 OK\r\nContent-Type: text/event-stream";
    server.content = ": ping\n\ndata: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"It \"},\"finish_reason\":null}]}\n\n"
                     "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"is.\"},\"finish_reason\":\"stop\"}]}\r\n\r\n"
                     "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[]}\n\ndata: [DONE]\n\n";
    const Said said = execute(made(id, m_examples.value(name)), id, server);
    QVERIFY2(said.ended && said.code == 0, (said.err + said.out).constData());
    const Json sent = orThrow(Json::parse(server.body));
    QVERIFY(sent.value(QStringLiteral("stream")).toBool());
    QCOMPARE(sent.contains(QStringLiteral("stream_options")), name == QLatin1String("openai-stream"));
    if (name == QLatin1String("openai-secret"))
        QCOMPARE(sent.value(QStringLiteral("api_key")).toString(), QStringLiteral("pass\"word\\"));
    QCOMPARE(server.headers.value("openai-organization"), QByteArray(name == QLatin1String("openai-organization") ? "org-1" : id == QLatin1String("curl") || id == QLatin1String("fetch") ? "" : "org-1"));
    if (id == QLatin1String("curl") || name == QLatin1String("openai-secret"))
        QCOMPARE(said.out.count('\n'), qsizetype(3));
    else
        QCOMPARE(said.out, QByteArray("It is.\n"));
}

void TestSnippetsOpenAi::refusalsAreShown_data()
{
    running({QStringLiteral("openai-chat"), QStringLiteral("openai-stream"), QStringLiteral("openai-transcription")});
}

void TestSnippetsOpenAi::refusalsAreShown()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    if (!m_installed.value(id))
        QSKIP("what this code needs is not installed here");
    AnsweringServer server(false);
    server.status = "429 Too Many Requests\r\nContent-Type: application/json";
    server.content = R"({"error":{"message":"Slow down","type":"rate_limit_error","param":null,"code":null}})";
    const Said said = execute(made(id, m_examples.value(name)), id, server);
    QVERIFY(said.ended && said.code != 0);
    QVERIFY2((said.err + said.out).contains("Slow down"), (said.err + said.out).constData());
    QCOMPARE(server.requests, 1); // never sent again
}

QTEST_GUILESS_MAIN(TestSnippetsOpenAi)
#include "tst_snippets_openai.moc"
