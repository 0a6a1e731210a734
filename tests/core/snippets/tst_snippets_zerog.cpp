#include "answering_server.h"
#include "snippet_checks.h"

#include "sluice/snippets/snippet_generator.h"
#include "sluice/zerog/backend.h"
#include "sluice/zerog/sent_call.h"

#include <QtCore/QRegularExpression>

using namespace sluice;

namespace {

const QString Zerog = QStringLiteral("zerog");
const QString Provider = QStringLiteral("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
const QString Root = QStringLiteral("0x") + QString(64, QLatin1Char('a'));

SnippetContext contextFor(const QString &service, const QByteArray &input, Verb verb = Verb::Run)
{
    SnippetContext context;
    context.call.backend = Zerog;
    context.call.capability = zerog::capabilityName(service, Provider);
    context.call.verb = verb;
    context.call.input = orThrow(Json::parse(input));
    context.call.timeout = std::chrono::seconds(60);
    context.profile.name = QStringLiteral("mine");
    context.profile.local = false;
    context.profile.backends.insert(Zerog, Json{{QStringLiteral("user_agent"), "http://user:word@localhost:1034/agent?key=abc"}});
    context.version = QStringLiteral("0.1.0");
    return context;
}

QMap<QString, SnippetContext> examples()
{
    const QByteArray chat = "{\"messages\":[{\"role\":\"user\",\"content\":\"It's \\\"fine\\\", isn't it?\\n</script> $HOME `id` \\\\ Gr\xc3\xbc\xc3\x9f\x65\"}],\"temperature\":0.50}";
    QMap<QString, SnippetContext> all;
    const auto add = [&](const char *name, const SnippetContext &context) { all[QStringLiteral("zerog-") + QLatin1String(name)] = context; };
    SnippetContext asked = contextFor(QStringLiteral("llama7b"), chat);
    asked.call.model = QStringLiteral("org/model");
    add("chat", asked);
    add("stream", contextFor(QStringLiteral("llama7b"), chat, Verb::Stream));
    add("number", contextFor(QStringLiteral("a b/c'd"), "{\"messages\":[],\"seed\":9007199254740993}"));
    add("storage", contextFor(QStringLiteral("files"), "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"zgs_getFileInfo\",\"params\":[\"" + Root.toLatin1() + "\"]}"));
    // What is long and base64 stands beside the code.
    add("segment", contextFor(QStringLiteral("files"), "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"zgs_uploadSegment\",\"params\":[{\"root\":\"0x12\",\"data\":\"" + QByteArray(6000, 'x').toBase64() + "\"}]}"));
    add("secret", contextFor(QStringLiteral("files"), "{\"method\":\"zgs_getStatus\",\"api_key\":\"pass\\\"word\"}"));
    return all;
}

bool isChat(const SnippetContext &context)
{
    return context.call.input.contains(QStringLiteral("messages"));
}

Snippet made(const QString &id, const SnippetContext &context)
{
    return orThrow(makeSnippet(*snippetGenerator(id, Zerog), context));
}

QString interpreterOf(const QString &id)
{
    return program(id == QLatin1String("python") ? "python3" : id == QLatin1String("fetch") ? "node" : "bash");
}

/// Whether this Python has the package that the code needs.
bool hasRequests()
{
    return runProgram(program("python3"), {QStringLiteral("-c"), QStringLiteral("import requests")}).code == 0;
}

} // namespace

/// The code of calls of 0G serving, in each of its languages; what can run here runs against a server on loopback. (tests/integration/zerog_snippets.py
/// runs it against a user agent.)
class TestSnippetsZerog : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyCallHasCodeInEveryLanguage();
    void snippetsEqualTheGoldenOnes_data();
    void snippetsEqualTheGoldenOnes();
    void snippetsParseInTheirLanguage_data() { snippetsEqualTheGoldenOnes_data(); }
    void snippetsParseInTheirLanguage();
    void everyVariableThatIsReadIsListedAndNoSecretStandsInIt_data() { snippetsEqualTheGoldenOnes_data(); }
    void everyVariableThatIsReadIsListedAndNoSecretStandsInIt();
    void whatCannotBeCalledHasNoCode();
    void theSameRequestArrivesAsTheBackendSends_data() { running(m_examples.keys()); }
    void theSameRequestArrivesAsTheBackendSends();
    void refusalsAreShownAndNothingIsSentAgain_data() { running({QStringLiteral("zerog-chat"), QStringLiteral("zerog-stream"), QStringLiteral("zerog-storage")}); }
    void refusalsAreShownAndNothingIsSentAgain();
    void theStorageClientIsToldTheServiceAsItsNode();

private:
    void running(const QStringList &names);
    Said execute(const Snippet &snippet, const QString &id, const AnsweringServer &server);

    QMap<QString, SnippetContext> m_examples = examples();
    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestSnippetsZerog::everyCallHasCodeInEveryLanguage()
{
    QStringList ids;
    for (const SnippetGenerator *generator : snippetGenerators(Zerog)) {
        ids << generator->id();
        QCOMPARE(snippetGenerator(generator->id(), Zerog), generator);
        for (const SnippetContext &context : std::as_const(m_examples)) {
            const bool storageOnly = generator->id() == QLatin1String("storage-client");
            QCOMPARE(generator->supports(context), !storageOnly || !isChat(context));
        }
    }
    QCOMPARE(ids.join(QLatin1Char(' ')), QStringLiteral("python curl fetch cpp storage-client"));
}

void TestSnippetsZerog::snippetsEqualTheGoldenOnes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("id");
    for (auto it = m_examples.cbegin(); it != m_examples.cend(); ++it) {
        for (const SnippetGenerator *generator : snippetGenerators(Zerog)) {
            if (generator->supports(*it))
                QTest::addRow("%s %s", qPrintable(it.key()), qPrintable(generator->id())) << it.key() << generator->id();
        }
    }
}

void TestSnippetsZerog::snippetsEqualTheGoldenOnes()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    const Snippet snippet = made(id, m_examples.value(name));
    QCOMPARE(made(id, m_examples.value(name)).text, snippet.text);
    compareWithGolden(name, snippet);
}

void TestSnippetsZerog::snippetsParseInTheirLanguage()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    requireThatItParses(made(id, m_examples.value(name)));
}

void TestSnippetsZerog::everyVariableThatIsReadIsListedAndNoSecretStandsInIt()
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
    QCOMPARE(snippet.environment.first().suggestion, QStringLiteral("http://localhost:1034/agent"));
    auto names = QRegularExpression(QStringLiteral("\\b(ZEROG_[A-Z_]+|INPUT_[A-Z_]+)\\b")).globalMatch(snippet.text);
    while (names.hasNext()) {
        const QString read = names.next().captured(1);
        QVERIFY2(listed.contains(read), qPrintable(read));
    }
    for (const char *secret : {"pass\"word", "pass\\\"word", "user:word", "key=abc"})
        QVERIFY(!snippet.text.contains(QLatin1String(secret)));
    QVERIFY2(!snippet.text.contains(QRegularExpression(QStringLiteral("[A-Za-z0-9+/]{200}"))), "a file stands beside the code");
    // A stored key in the input is refused.
    SnippetContext careless = m_examples.value(QStringLiteral("zerog-storage"));
    careless.secrets = {Secret("sk-1234567890")};
    careless.call.input.insert(QStringLiteral("user"), "sk-1234567890");
    QVERIFY(!makeSnippet(*snippetGenerator(id, Zerog), careless));
}

void TestSnippetsZerog::whatCannotBeCalledHasNoCode()
{
    const SnippetContext chat = m_examples.value(QStringLiteral("zerog-chat"));
    SnippetContext live = chat;
    live.call.verb = Verb::Live;
    SnippetContext nameless = chat;
    nameless.call.capability.clear();
    SnippetContext nobodys = chat;
    nobodys.call.capability = QStringLiteral("llama7b");
    SnippetContext list = chat;
    list.call.input = Json::array();
    for (const SnippetGenerator *generator : snippetGenerators(Zerog)) {
        for (const SnippetContext &context : {live, nameless, nobodys, list}) {
            const auto snippet = makeSnippet(*generator, context);
            QVERIFY2(!snippet && snippet.error().kind() == Error::Kind::NotRouted && !generator->whyNot(context).isEmpty(), qPrintable(generator->id() + context.call.capability));
        }
    }
}

void TestSnippetsZerog::running(const QStringList &names)
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("id");
    for (const QString &name : names) {
        for (const char *id : {"curl", "python", "fetch"})
            QTest::addRow("%s %s", qPrintable(name), id) << name << QString::fromLatin1(id);
    }
}

Said TestSnippetsZerog::execute(const Snippet &snippet, const QString &id, const AnsweringServer &server)
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
    environment.insert(QStringLiteral("ZEROG_USER_AGENT_URL"), server.url() + QStringLiteral("/agent/"));
    environment.insert(QStringLiteral("INPUT_API_KEY"), QStringLiteral("pass\"word"));
    for (const char *proxy : {"http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"})
        environment.remove(QLatin1String(proxy));
    return runProgram(interpreterOf(id), {m_dir->filePath(snippet.fileName)}, {}, environment, m_dir->path());
}

#define NEEDS_LANGUAGE(id) \
    if (interpreterOf(id).isEmpty() || (id == QLatin1String("curl") && program("curl").isEmpty())) \
        QSKIP("what this code needs is not installed here"); \
    if (id == QLatin1String("python") && !hasRequests()) \
        QSKIP("this Python has no requests (Debian: python3-requests)")

void TestSnippetsZerog::theSameRequestArrivesAsTheBackendSends()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    NEEDS_LANGUAGE(id);
    const SnippetContext context = m_examples.value(name);
    const bool stream = context.call.verb == Verb::Stream;
    AnsweringServer server(false);
    server.status = stream ? "200 OK\r\nContent-Type: text/event-stream" : "200 OK\r\nContent-Type: application/json";
    server.content = "{\"choices\":[{\"message\":{\"content\":\"It is open, Gr\xc3\xbc\xc3\x9f\x65.\"}}]}";
    if (stream)
        server.content = "data: {\"choices\":[{\"delta\":{\"content\":\"It is open, \"},\"finish_reason\":null}]}\n\n"
                         "data: {\"choices\":[{\"delta\":{\"content\":\"Gr\xc3\xbc\xc3\x9f\x65.\"},\"finish_reason\":null}]}\n\n"
                         "data: {\"choices\":[],\"usage\":{}}\n\ndata: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    const Said said = execute(made(id, context), id, server);
    QVERIFY2(said.ended && said.code == 0, said.err.constData());
    QCOMPARE(server.requests, 1);
    const auto named = *zerog::NamedService::of(context.call.capability);
    const QString path = zerog::callPath(named.provider, named.service, zerog::suffixOf(context.call, context.capability));
    QCOMPARE(server.requestLine, "POST /agent" + path.toLatin1() + " HTTP/1.1");
    QVERIFY(server.headers.value("content-type").startsWith("application/json"));
    const Json wanted = orThrow(zerog::sentBody(context.call));
    QVERIFY2(orThrow(Json::parse(server.body)).dump() == wanted.dump() || id == QLatin1String("python"), server.body.constData());
    // Python writes a number in its own way, which means the same.
    QByteArray plain = wanted.dump();
    plain.replace("0.50", "0.5");
    if (id == QLatin1String("python"))
        QCOMPARE(orThrow(Json::parse(server.body)).dump(), orThrow(Json::parse(plain)).dump());
    QVERIFY2(said.out.contains("Gr\xc3\xbc\xc3\x9f\x65."), said.out.constData());
}

void TestSnippetsZerog::refusalsAreShownAndNothingIsSentAgain()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    NEEDS_LANGUAGE(id);
    const Snippet snippet = made(id, m_examples.value(name));
    AnsweringServer server(false);
    server.status = "400 Bad Request\r\nContent-Type: application/json";
    server.content = "{\"error\":\"Provider proxy: insufficient balance\"}";
    Said said = execute(snippet, id, server);
    QVERIFY(said.ended && said.code != 0);
    QCOMPARE(server.requests, 1);
    QVERIFY2((said.out + said.err).contains("insufficient balance"), (said.out + said.err).constData());
    // Nobody sends the question to where a service points.
    server.status = "307 Temporary Redirect\r\nLocation: /elsewhere";
    server.content = "moved";
    server.requests = 0;
    said = execute(snippet, id, server);
    QCOMPARE(server.requests, 1);
}

void TestSnippetsZerog::theStorageClientIsToldTheServiceAsItsNode()
{
    QTemporaryDir programs;
    QFile client(programs.filePath(QStringLiteral("0g-storage-client")));
    QVERIFY(client.open(QIODevice::WriteOnly));
    client.write("#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    client.close();
    QVERIFY(client.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("PATH"), programs.path() + QLatin1Char(':') + environment.value(QStringLiteral("PATH")));
    environment.insert(QStringLiteral("ZEROG_USER_AGENT_URL"), QStringLiteral("http://127.0.0.1:1034/"));
    const auto said = [&](const char *name) {
        const Snippet snippet = made(QStringLiteral("storage-client"), m_examples.value(QLatin1String(name)));
        QFile file(programs.filePath(snippet.fileName));
        (void)file.open(QIODevice::WriteOnly);
        file.write(snippet.text.toUtf8());
        file.close();
        return runProgram(program("bash"), {file.fileName()}, {}, environment);
    };
    const QByteArray node = "http://127.0.0.1:1034/v1/provider/" + Provider.toLatin1() + "/service/files";
    QVERIFY(said("zerog-storage").err.contains("ZEROG_FILE_ROOT"));
    const Snippet download = made(QStringLiteral("storage-client"), m_examples.value(QStringLiteral("zerog-storage")));
    QCOMPARE(download.environment.at(1).suggestion, Root);
    environment.insert(QStringLiteral("ZEROG_FILE_ROOT"), Root);
    environment.insert(QStringLiteral("ZEROG_FILE"), QStringLiteral("a file"));
    QCOMPARE(said("zerog-storage").out, "download\n--node\n" + node + "\n--root\n" + Root.toLatin1() + "\n--file\na file\n");
    for (const char *name : {"ZEROG_CHAIN_URL", "ZEROG_FLOW_CONTRACT", "ZEROG_STORAGE_KEY"}) {
        QVERIFY2(said("zerog-segment").err.contains(name), name);
        environment.insert(QLatin1String(name), QLatin1String(name).toString().toLower());
    }
    QCOMPARE(said("zerog-segment").out,
        "upload\n--url\nzerog_chain_url\n--contract\nzerog_flow_contract\n--key\nzerog_storage_key\n--node\n" + node + "\n--file\na file\n");
}

QTEST_GUILESS_MAIN(TestSnippetsZerog)
#include "tst_snippets_zerog.moc"
