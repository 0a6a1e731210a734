#include "snippet_checks.h"

#include "sluice/llmworker/backend_call.h"
#include "sluice/llmworker/backend_settings.h"
#include "sluice/snippets/snippet_generator.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace sluice;

namespace {

const QString Worker = QStringLiteral("llmworker");

SnippetContext contextFor(const char *assistant, const QByteArray &input, const QByteArray &assistantJson)
{
    SnippetContext context;
    context.call.backend = Worker;
    context.call.capability = QString::fromLatin1(assistant);
    context.call.verb = Verb::Stream;
    context.call.input = orThrow(Json::parse(input));
    context.call.timeout = std::chrono::seconds(60);
    context.profile.name = QStringLiteral("mine");
    context.profile.local = false;
    const Json templates{{QString::fromLatin1(assistant), orThrow(Json::parse(assistantJson))}};
    context.profile.backends.insert(Worker, Json{{QStringLiteral("url"), "ws://user:word@localhost:8001/ws/?key=abc"}, {QStringLiteral("templates"), templates}});
    context.version = QStringLiteral("0.1.0");
    return context;
}

QMap<QString, SnippetContext> examples()
{
    QMap<QString, SnippetContext> all;
    const QByteArray two = "{\"id\":\"a1\",\"meta\":{\"description\":\"Two steps.\"},\"streams\":[{\"provider\":\"vllm\",\"settings\":{\"model\":\"org/model\",\"temperature\":0.20},\"messages\":["
                           "{\"role\":\"system\",\"content\":\"It's {{brief}}.\\n$HOME \\\"so\\\" </script>\"},{\"insert\":\"history\"},{\"role\":\"user\",\"content\":\"{query}\"}]},"
                           "{\"provider\":\"local\",\"settings\":{\"model\":\"m\"},\"messages\":[{\"role\":\"user\",\"content\":\"{previous_stream_output}\"}]}]}";
    const QByteArray chat = "{\"messages\":[{\"role\":\"user\",\"content\":\"What is {this}?\"},{\"role\":\"assistant\",\"content\":\"grüße 🙂\"},{\"role\":\"user\",\"content\":\"And {that}?\"}],\"tell_streams\":true}";
    all[QStringLiteral("llmworker-two")] = contextFor("two", chat, two);
    all[QStringLiteral("llmworker-number")] = contextFor("number", "{\"query\":\"q\",\"history\":[]}",
        "{\"n\":12345678901234567890,\"streams\":[{\"provider\":\"vllm\",\"settings\":{\"model\":\"m\"},\"messages\":[]}]}");
    all[QStringLiteral("llmworker-secret")] = contextFor("secret", chat, "{\"streams\":[{\"provider\":\"vllm\",\"settings\":{\"model\":\"m\",\"api_key\":\"pass\\\"word\"},\"messages\":[]}]}");
    all[QStringLiteral("llmworker-profile")] = contextFor("profile", "{\"query\":\"q\"}",
        "{\"streams\":[{\"provider\":\"local\",\"settings\":{\"model\":\"docs-chat\"},\"messages\":[{\"role\":\"user\",\"content\":\"{query}\"}]}]}");
    all[QStringLiteral("llmworker-file")] = contextFor("file", "{\"query\":\"" + QByteArray(6000, 'x').toBase64() + "\"}", "{\"streams\":[]}");
    return all;
}

Snippet made(const QString &id, const SnippetContext &context)
{
    return orThrow(makeSnippet(*snippetGenerator(id, Worker), context));
}

} // namespace

/// The code of calls to LLM workers, in each of its languages. tests/integration runs it against a worker.
class TestSnippetsLlmWorker : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyLanguageIsThere();
    void snippetsEqualTheGoldenOnes_data();
    void snippetsEqualTheGoldenOnes();
    void snippetsParseInTheirLanguage_data() { snippetsEqualTheGoldenOnes_data(); }
    void snippetsParseInTheirLanguage();
    void pythonAndJavascriptSendWhatTheBackendSends_data();
    void pythonAndJavascriptSendWhatTheBackendSends();
    void everyVariableThatIsReadIsListedAndNoSecretStandsInIt_data() { snippetsEqualTheGoldenOnes_data(); }
    void everyVariableThatIsReadIsListedAndNoSecretStandsInIt();
    void whatCannotBeCalledHasNoCode();

private:
    QMap<QString, SnippetContext> m_examples = examples();
};

void TestSnippetsLlmWorker::everyLanguageIsThere()
{
    QStringList ids;
    for (const SnippetGenerator *generator : snippetGenerators(Worker))
        ids << generator->id();
    QCOMPARE(ids.join(QLatin1Char(' ')), QStringLiteral("python javascript cpp websocat"));
}

void TestSnippetsLlmWorker::snippetsEqualTheGoldenOnes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("id");
    for (auto it = m_examples.cbegin(); it != m_examples.cend(); ++it) {
        for (const SnippetGenerator *generator : snippetGenerators(Worker))
            QTest::addRow("%s %s", qPrintable(it.key()), qPrintable(generator->id())) << it.key() << generator->id();
    }
}

void TestSnippetsLlmWorker::snippetsEqualTheGoldenOnes()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    const Snippet snippet = made(id, m_examples.value(name));
    QCOMPARE(made(id, m_examples.value(name)).text, snippet.text);
    compareWithGolden(name, snippet);
}

void TestSnippetsLlmWorker::snippetsParseInTheirLanguage()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    requireThatItParses(made(id, m_examples.value(name)));
}

void TestSnippetsLlmWorker::pythonAndJavascriptSendWhatTheBackendSends_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("end"); ///< what comes behind the message in the code, and is not run here
    QTest::addColumn<QString>("print");
    for (auto it = m_examples.cbegin(); it != m_examples.cend(); ++it) {
        QTest::addRow("%s python", qPrintable(it.key())) << it.key() << "python" << "\n\nasync def" << "\nprint(json.dumps(ADD))\n";
        QTest::addRow("%s javascript", qPrintable(it.key())) << it.key() << "javascript" << "\nconst inPage" << "\nconsole.log(body);\n";
        QTest::addRow("%s websocat", qPrintable(it.key())) << it.key() << "websocat" << "\nexec 3<" << "\nadd\n";
    }
}

void TestSnippetsLlmWorker::pythonAndJavascriptSendWhatTheBackendSends()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    QFETCH(QString, end);
    QFETCH(QString, print);
    const SnippetContext context = m_examples.value(name);
    const Snippet snippet = made(id, context);
    QVERIFY(snippet.text.contains(end));
    QString code = snippet.text.left(snippet.text.indexOf(end)) + print;
    code.remove(QStringLiteral("import websockets")).remove(QRegularExpression(QStringLiteral("const Socket = .*\n"))); // no packages are needed for the message
    const QString interpreter = program(snippet.language == QLatin1String("javascript") ? "node" : snippet.language == QLatin1String("python") ? "python3" : "bash");
    if (interpreter.isEmpty() || (id == QLatin1String("websocat") && program("jq").isEmpty()))
        QSKIP("nothing here runs it");
    QTemporaryDir dir;
    QFile file(dir.filePath(snippet.fileName));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(code.toUtf8());
    file.close();
    for (const SnippetFile &beside : snippet.files) {
        QFile other(dir.filePath(beside.name));
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.write(beside.content);
    }
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LLM_WORKER_URI"), QStringLiteral("ws://localhost:1/ws/"));
    environment.insert(QStringLiteral("INPUT_API_KEY"), QStringLiteral("pass\"word"));
    const Said said = runProgram(interpreter, {file.fileName()}, {}, environment, dir.path());
    QVERIFY2(said.ended && said.code == 0, said.err.constData());
    QCOMPARE(said.out.trimmed().count('\n'), 0); // one message, one line
    BackendSettings settings;
    settings.values = context.profile.backends.value(Worker);
    const llmworker::Assistant assistant = llmworker::WorkerSettings::from(settings).templates.value(context.call.capability);
    llmworker::AddRequest add = orThrow(llmworker::requestFor(context.call, assistant));
    add.id = QStringLiteral("1");
    const Json sent = orThrow(Json::parse(said.out.trimmed()));
    QVERIFY2(sent.equivalent(add.toJson()), said.out.constData());
}

void TestSnippetsLlmWorker::everyVariableThatIsReadIsListedAndNoSecretStandsInIt()
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
    QCOMPARE(snippet.environment.first().suggestion, QStringLiteral("ws://localhost:8001/ws/"));
    auto names = QRegularExpression(QStringLiteral("\\b(LLM_WORKER_[A-Z]+|INPUT_[A-Z_]+)\\b")).globalMatch(snippet.text);
    while (names.hasNext()) {
        const QString read = names.next().captured(1);
        QVERIFY2(listed.contains(read), qPrintable(read));
    }
    for (const char *secret : {"pass\"word", "pass\\\"word", "user:word", "key=abc"})
        QVERIFY(!snippet.text.contains(QLatin1String(secret)));
    QVERIFY2(snippet.text.contains(QStringLiteral("60")), "it has its time");
    // A stored key in the question or in the template is refused.
    SnippetContext careless = m_examples.value(QStringLiteral("llmworker-two"));
    careless.secrets = {Secret("sk-1234567890")};
    QVERIFY(makeSnippet(*snippetGenerator(id, Worker), careless));
    careless.call.input = orThrow(Json::parse("{\"query\":\"sk-1234567890\"}"));
    QVERIFY(!makeSnippet(*snippetGenerator(id, Worker), careless));
    careless = contextFor("two", "{\"query\":\"q\"}", "{\"streams\":[{\"provider\":\"vllm\",\"settings\":{\"model\":\"m\"},\"messages\":[{\"role\":\"system\",\"content\":\"sk-1234567890\"}]}]}");
    careless.secrets = {Secret("sk-1234567890")};
    QVERIFY(!makeSnippet(*snippetGenerator(id, Worker), careless));
}

void TestSnippetsLlmWorker::whatCannotBeCalledHasNoCode()
{
    const SnippetContext fine = m_examples.value(QStringLiteral("llmworker-two"));
    SnippetContext live = fine;
    live.call.verb = Verb::Live;
    SnippetContext nameless = fine;
    nameless.call.capability.clear();
    SnippetContext unknown = fine;
    unknown.call.capability = QStringLiteral("nosuch");
    SnippetContext empty = fine;
    empty.call.input = Json::object();
    for (const SnippetGenerator *generator : snippetGenerators(Worker)) {
        QVERIFY(generator->supports(fine));
        for (const SnippetContext &wrong : {live, nameless, unknown, empty})
            QVERIFY(!generator->whyNot(wrong).isEmpty());
        QVERIFY(generator->whyNot(unknown).contains(QStringLiteral("nosuch")));
    }
}

QTEST_GUILESS_MAIN(TestSnippetsLlmWorker)
#include "tst_snippets_llmworker.moc"
