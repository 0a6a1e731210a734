#include "examples.h"
#include "snippet_checks.h"

#include "sluice/base/bytes.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace sluice;

namespace {

struct Example {
    QString name;
    SnippetContext context;
};

QList<Example> allExamples()
{
    return {{QStringLiteral("run"), examples::sandboxRun()},
            {QStringLiteral("stream"), examples::sandboxStream()},
            {QStringLiteral("hostile"), examples::sandboxRun(examples::hostile())},
            {QStringLiteral("files"), examples::files()},
            {QStringLiteral("gateway-run"), examples::gateway(Verb::Run)},
            {QStringLiteral("gateway-stream"), examples::gateway(Verb::Stream)},
            {QStringLiteral("token"), examples::direct(true, false)},
            {QStringLiteral("token-own-orchestrators"), examples::direct(true, true)},
            {QStringLiteral("unpaid"), examples::direct(false, true)},
            {QStringLiteral("live"), examples::sandboxLive()},
            {QStringLiteral("live-raw"), examples::sandboxLive(true)},
            {QStringLiteral("live-video"), examples::liveVideo()}};
}

QString text(const char *id, const SnippetContext &context)
{
    return orThrow(makeSnippet(*snippetGenerator(QString::fromLatin1(id)), context)).text;
}

} // namespace

class TestSnippets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theTabsAreInOrder();
    void snippetsEqualTheGoldenOnes_data();
    void snippetsEqualTheGoldenOnes();
    void snippetsParseInTheirLanguage_data();
    void snippetsParseInTheirLanguage();
    void snippetsAreDeterministic_data() { snippetsEqualTheGoldenOnes_data(); }
    void snippetsAreDeterministic();
    void sdk_25_pythonKeepsThePropertyOrder();
    void sdk_28_passwordsAndFilesStayOut_data() { snippetsEqualTheGoldenOnes_data(); }
    void sdk_28_passwordsAndFilesStayOut();
    void sdk_29_publishedPythonHoldsTheSameValue();
    void sdk_31_publishedAndPreviewPythonAreApart();
    void sdk_32_noTokenBesideAnExplicitValue_data() { snippetsEqualTheGoldenOnes_data(); }
    void sdk_32_noTokenBesideAnExplicitValue();
    void sdk_35_gatewayJobsAreComplete();
    void everyVariableThatIsReadIsListed_data() { snippetsEqualTheGoldenOnes_data(); }
    void everyVariableThatIsReadIsListed();
    void everyRunHasALimitLongerThanTheJobs();
    void codeSaysWhichFileItSendsWithMoreThanWasTried();
    void unsupportedCallsSayWhy();
    void secretsInTheCallAreRefused_data();
    void secretsInTheCallAreRefused();
    void addressesAreSuggestedWithoutCredentials();
};

void TestSnippets::theTabsAreInOrder()
{
    QStringList ids;
    for (const SnippetGenerator *generator : snippetGenerators())
        ids << generator->id();
    QCOMPARE(ids.join(QLatin1Char(' ')), QStringLiteral("python python-v1 curl javascript cpp"));
    QVERIFY(!snippetGenerator(QStringLiteral("cobol")));
}

void TestSnippets::snippetsEqualTheGoldenOnes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("id");
    for (const Example &example : allExamples()) {
        for (const SnippetGenerator *generator : snippetGenerators()) {
            if (generator->supports(example.context))
                QTest::addRow("%s %s", qPrintable(example.name), qPrintable(generator->id())) << example.name << generator->id();
        }
    }
}

namespace {

SnippetContext contextNamed(const QString &name)
{
    for (const Example &example : allExamples()) {
        if (example.name == name)
            return example.context;
    }
    return {};
}

} // namespace

void TestSnippets::snippetsEqualTheGoldenOnes()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    compareWithGolden(name, orThrow(makeSnippet(*snippetGenerator(id), contextNamed(name))));
}

void TestSnippets::snippetsParseInTheirLanguage_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("id");
    for (const Example &example : allExamples()) {
        // The C++ ones are compiled with these tests.
        for (const char *id : {"python", "python-v1", "curl", "javascript"}) {
            if (snippetGenerator(QString::fromLatin1(id))->supports(example.context))
                QTest::addRow("%s %s", qPrintable(example.name), id) << example.name << QString::fromLatin1(id);
        }
    }
}

void TestSnippets::snippetsParseInTheirLanguage()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    requireThatItParses(orThrow(makeSnippet(*snippetGenerator(id), contextNamed(name))));
}

void TestSnippets::snippetsAreDeterministic()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    const QByteArray id8 = id.toLatin1();
    const QString once = text(id8.constData(), contextNamed(name));
    QCOMPARE(once, text(id8.constData(), contextNamed(name)));
    QVERIFY(once.endsWith(QLatin1Char('\n')));
    QVERIFY(!once.contains(QRegularExpression(QStringLiteral("\\b20[2-9]\\d-\\d\\d|[ \\t]+\\n"))));
}

void TestSnippets::sdk_25_pythonKeepsThePropertyOrder()
{
    const Json input = examples::plain();
    for (const char *id : {"python", "python-v1"}) {
        const QString code = text(id, examples::sandboxRun());
        qsizetype at = code.indexOf(QStringLiteral("payload = "));
        for (const auto &[key, value] : input.members()) {
            const qsizetype next = code.indexOf(QStringLiteral("    \"%1\": ").arg(key), at);
            QVERIFY2(next > at, qPrintable(key));
            at = next;
        }
    }
}

void TestSnippets::sdk_28_passwordsAndFilesStayOut()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    const QString code = orThrow(makeSnippet(*snippetGenerator(id), contextNamed(name))).text;
    QVERIFY(!code.contains(QStringLiteral("pass\\\"word")));
    QVERIFY(!code.contains(QStringLiteral("pass\"word")));
    QVERIFY(!code.contains(QStringLiteral("/home/")));
    // Never more than 4 KiB of base64 in one place.
    QVERIFY(!code.contains(QRegularExpression(QStringLiteral("[A-Za-z0-9+/]{4097}"))));
}

void TestSnippets::sdk_29_publishedPythonHoldsTheSameValue()
{
    const QString python = program("python3");
    if (python.isEmpty())
        QSKIP("no python3 here");
    // The assignment to `payload`, read by Python itself.
    const QString reader = QStringLiteral("import ast, json, sys\n"
                                          "tree = ast.parse(sys.stdin.read())\n"
                                          "for node in tree.body:\n"
                                          "    if isinstance(node, ast.Assign) and node.targets[0].id == 'payload':\n"
                                          "        print(json.dumps(ast.literal_eval(node.value)))\n");
    for (const char *id : {"python", "python-v1"}) {
        for (const Json &input : {Json{{"a", true}, {"b", nullptr}}, examples::hostile()}) {
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert(QStringLiteral("PYTHONUTF8"), QStringLiteral("1"));
            const Said said = runProgram(python, {QStringLiteral("-c"), reader}, text(id, examples::sandboxRun(input)).toUtf8(), environment);
            QVERIFY2(said.code == 0, said.err.constData());
            QVERIFY(orThrow(Json::parse(said.out.trimmed())).equivalent(input));
        }
    }
}

void TestSnippets::sdk_31_publishedAndPreviewPythonAreApart()
{
    const QString published = text("python", examples::sandboxRun());
    const QString preview = text("python-v1", examples::sandboxRun());
    QVERIFY(published.contains(QStringLiteral("from livepeer_gateway.byoc import")));
    QVERIFY(!published.contains(QStringLiteral("livepeer.client")));
    QVERIFY(preview.startsWith(QStringLiteral("# requires livepeer-client (not yet published)\n")));
    QVERIFY(!preview.contains(QStringLiteral("livepeer_gateway")));
    QVERIFY(snippetGenerator(QStringLiteral("python"))->title() != snippetGenerator(QStringLiteral("python-v1"))->title());
}

void TestSnippets::sdk_32_noTokenBesideAnExplicitValue()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    const QString code = orThrow(makeSnippet(*snippetGenerator(id), contextNamed(name))).text;
    // `token=` hands over the whole bundle; then nothing that a bundle may hold is given as well.
    if (code.contains(QStringLiteral("token=os.environ"))) {
        for (const char *field : {"orch_url=", "signer_url=", "signer_headers=", "discovery_url=", "discovery_headers="})
            QVERIFY2(!code.contains(QLatin1String(field)), field);
    }
    // Its fields one by one: each is given once.
    for (const char *field : {"orch_url=", "signer_url=", "signer_headers=", "discovery_url=", "discovery_headers="})
        QVERIFY2(code.count(QLatin1String(field)) <= 1, field);
    if (name == QLatin1String("token-own-orchestrators") && id == QLatin1String("python")) {
        QVERIFY(code.contains(QStringLiteral("orch_url=os.environ")));
        QVERIFY(!code.contains(QStringLiteral("token[\"orchestrators\"]")));
    }
}

void TestSnippets::sdk_35_gatewayJobsAreComplete()
{
    SnippetContext bare = examples::gateway(Verb::Run);
    bare.call.parameters = Json::object();
    bare.call.timeout = std::chrono::seconds(0);
    for (const SnippetContext &context : {bare, examples::gateway(Verb::Run), examples::gateway(Verb::Stream)}) {
        const QString shell = text("curl", context);
        const QString node = text("javascript", context);
        QVERIFY(shell.contains(QStringLiteral("\"parameters\":\"{")));
        QVERIFY(shell.contains(QRegularExpression(QStringLiteral("\"timeout_seconds\":[1-9]"))));
        QVERIFY(shell.contains(QStringLiteral("\"request\":\"{}\"")));
        QVERIFY(node.contains(QStringLiteral("parameters: \"{")));
        QVERIFY(node.contains(QRegularExpression(QStringLiteral("timeout_seconds: [1-9]"))));
    }
}

void TestSnippets::everyVariableThatIsReadIsListed()
{
    QFETCH(QString, name);
    QFETCH(QString, id);
    const Snippet snippet = orThrow(makeSnippet(*snippetGenerator(id), contextNamed(name)));
    QStringList listed;
    for (const SnippetVariable &variable : snippet.environment) {
        listed << variable.name;
        QVERIFY(!variable.meaning.isEmpty());
        QVERIFY(!variable.secret || variable.suggestion.isEmpty());
        QVERIFY2(snippet.text.contains(variable.name), qPrintable(variable.name));
    }
    auto names = QRegularExpression(QStringLiteral("\\b(LIVEPEER_[A-Z_]+|SLUICE_SENDER_KEY|INPUT_[A-Z_]+)\\b")).globalMatch(snippet.text);
    while (names.hasNext()) {
        const QString read = names.next().captured(1);
        QVERIFY2(listed.contains(read), qPrintable(read));
    }
}

void TestSnippets::everyRunHasALimitLongerThanTheJobs()
{
    SnippetContext context = examples::sandboxRun();
    context.call.timeout = std::chrono::seconds(123);
    QVERIFY(text("python", context).contains(QStringLiteral("timeout_seconds=123")));
    QVERIFY(text("python", context).contains(QStringLiteral("timeout=133,")));
    QVERIFY(text("curl", context).contains(QStringLiteral("--max-time 133")));
    QVERIFY(text("javascript", context).contains(QStringLiteral("AbortSignal.timeout(133_000)")));
    QVERIFY(text("cpp", context).contains(QStringLiteral("std::chrono::seconds(123)")));
    // A stream has a limit for connecting only.
    QVERIFY(!text("curl", examples::sandboxStream()).contains(QStringLiteral("--max-time")));
    QVERIFY(!text("javascript", examples::sandboxStream()).contains(QStringLiteral("AbortSignal")));
}

void TestSnippets::codeSaysWhichFileItSendsWithMoreThanWasTried()
{
    const SnippetContext plain = examples::files();
    SnippetContext context = plain;
    context.cleanedFiles = {QStringLiteral("/mask")};
    int written = 0;
    for (const SnippetGenerator *generator : snippetGenerators()) {
        if (!generator->supports(context))
            continue;
        const QStringList lines = orThrow(makeSnippet(*generator, context)).text.split(QLatin1Char('\n'));
        const QStringList said = lines.filter(QStringLiteral("this code sends your file as it is"));
        QCOMPARE(said.size(), 1);
        const QString mark = generator->id().startsWith(QLatin1String("python")) || generator->id() == QLatin1String("curl") ? QStringLiteral("# ") : QStringLiteral("// ");
        QVERIFY2(said.first().startsWith(mark + QStringLiteral("it's a mask.png: position")), qPrintable(said.first()));
        // Among the first lines, and nothing else is another one.
        const qsizetype at = lines.indexOf(said.first());
        QVERIFY(at > 0 && std::all_of(lines.begin(), lines.begin() + at, [&](const QString &line) { return line.startsWith(mark.trimmed()); }));
        QStringList others = lines;
        others.removeAt(at);
        QCOMPARE(others.join(QLatin1Char('\n')), orThrow(makeSnippet(*generator, plain)).text);
        ++written;
    }
    QVERIFY(written >= 4);
}

void TestSnippets::unsupportedCallsSayWhy()
{
    const auto refused = [](const char *id, const SnippetContext &context) {
        const auto made = makeSnippet(*snippetGenerator(QString::fromLatin1(id)), context);
        return !made && made.error().kind() == Error::Kind::NotRouted && !snippetGenerator(QString::fromLatin1(id))->whyNot(context).isEmpty();
    };
    SnippetContext live = examples::sandboxLive();
    live.profile.local = false;
    live.profile.setLivepeer({.gatewayUrl = QStringLiteral("http://gateway.example:9935")});
    SnippetContext nameless = examples::sandboxRun();
    nameless.call.capability.clear();
    SnippetContext escape = examples::sandboxRun();
    escape.call.capability = QStringLiteral("a\x1b]0;b");
    SnippetContext elsewhere = examples::sandboxRun();
    elsewhere.call.backend = QStringLiteral("zerog");
    for (const char *id : {"python", "python-v1", "curl", "javascript", "cpp"}) {
        for (const SnippetContext &context : {live, nameless, escape, elsewhere})
            QVERIFY(refused(id, context));
    }
    QVERIFY(refused("python", examples::sandboxStream()));
    QVERIFY(refused("python", examples::sandboxLive()));
    QVERIFY(!refused("python", examples::liveVideo()));
    QVERIFY(refused("javascript", examples::sandboxLive()));
    for (const char *id : {"javascript", "curl"})
        QVERIFY(refused(id, examples::liveVideo()));
    QVERIFY(!refused("cpp", examples::liveVideo()));
    SnippetContext listed = examples::liveVideo(); // as the catalog names it
    listed.call.capability = QStringLiteral("live-video-to-video/noop");
    listed.call.model.clear();
    for (const char *id : {"python", "python-v1", "cpp"})
        QCOMPARE(text(id, listed), text(id, examples::liveVideo()));
    SnippetContext throughGateway = examples::liveVideo();
    throughGateway.profile.local = false;
    throughGateway.profile.setLivepeer({.gatewayUrl = QStringLiteral("http://gateway.example:9935")});
    QVERIFY(refused("cpp", throughGateway));
    QVERIFY(refused("python", examples::gateway(Verb::Stream)));
    QVERIFY(refused("python", examples::sandboxRun(Json::array())));
    // The published package has one path, the capability's name, and looks for a sandbox's terms at one port.
    SnippetContext otherPath = examples::sandboxRun();
    otherPath.capability->path = QStringLiteral("predict");
    SnippetContext otherPort = examples::sandboxRun();
    otherPort.capability->orchestrators = {QUrl(QStringLiteral("https://127.0.0.1:40123"))};
    for (const SnippetContext &context : {otherPath, otherPort}) {
        QVERIFY(refused("python", context));
        QVERIFY(!refused("curl", context));
    }
    otherPort.profile.local = false; // elsewhere, gRPC may have a port of its own
    QVERIFY(!refused("python", otherPort));
    QVERIFY(refused("python-v1", examples::gateway(Verb::Run)));
    QVERIFY(!refused("cpp", examples::sandboxRun(Json::array())));
}

void TestSnippets::secretsInTheCallAreRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("as it is") << QByteArray("please use tok_1234567890 now");
    QTest::newRow("base64") << QByteArray("Bearer tok_1234567890").toBase64();
    QTest::newRow("long, so that a writer breaks it") << QByteArray(95, 'x') + "tok_1234567890" + QByteArray(200, 'y');
}

void TestSnippets::secretsInTheCallAreRefused()
{
    QFETCH(QByteArray, text);
    SnippetContext context = examples::sandboxRun(Json{{"a", Json::array({Json(), Json(QString::fromLatin1(text))})}});
    for (const SnippetGenerator *generator : snippetGenerators())
        QVERIFY(makeSnippet(*generator, context));
    context.secrets = {Secret("something else"), Secret("tok_1234567890")};
    for (const SnippetGenerator *generator : snippetGenerators()) {
        const auto made = makeSnippet(*generator, context);
        QVERIFY(!made);
        QCOMPARE(made.error().kind(), Error::Kind::InvalidInput);
        QCOMPARE(made.error().field(), QStringLiteral("/a/1"));
        QVERIFY(!made.error().describe().contains(QStringLiteral("tok_")));
    }
    // In a key, in the job's parameters, in a name.
    SnippetContext key = examples::sandboxRun(Json{{QString::fromLatin1(text), 1}});
    key.secrets = context.secrets;
    QVERIFY(!makeSnippet(*snippetGenerator(QStringLiteral("curl")), key));
    SnippetContext parameters = examples::sandboxRun();
    parameters.call.parameters = Json{{"p", QString::fromLatin1(text)}};
    parameters.secrets = context.secrets;
    QVERIFY(!makeSnippet(*snippetGenerator(QStringLiteral("cpp")), parameters));
    SnippetContext name = examples::sandboxRun();
    name.call.capability = QStringLiteral("tok_1234567890");
    name.secrets = context.secrets;
    QVERIFY(!makeSnippet(*snippetGenerator(QStringLiteral("javascript")), name));
}

void TestSnippets::addressesAreSuggestedWithoutCredentials()
{
    const auto suggestion = [](const SnippetContext &context) {
        return orThrow(makeSnippet(*snippetGenerator(QStringLiteral("curl")), context)).environment.first().suggestion;
    };
    QCOMPARE(suggestion(examples::sandboxRun()), QStringLiteral("https://127.0.0.1:8935/"));
    QCOMPARE(suggestion(examples::gateway(Verb::Run)), QStringLiteral("http://gateway.example:9935/"));
    QCOMPARE(suggestion(examples::direct(false, true)), QStringLiteral("https://orchestrator.example:8935"));
}

QTEST_GUILESS_MAIN(TestSnippets)
#include "tst_snippets.moc"
