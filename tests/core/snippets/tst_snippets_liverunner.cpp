#include "examples.h"
#include "programs.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtTest/QtTest>

using namespace sluice;

namespace {

const QString Backend = QStringLiteral("liverunner");

SnippetContext app(Verb verb, const QString &path = QStringLiteral("v1/say it"))
{
    SnippetContext context = examples::sandboxRun();
    context.call.backend = Backend;
    context.call.capability = QStringLiteral("acme/it's \"hello\"");
    context.call.verb = verb;
    context.call.path = path;
    context.capability->path.clear();
    context.capability->price = PriceQuote{8'000'000'000, 1, QStringLiteral("second")};
    return context;
}

/// A listed app that costs nothing.
SnippetContext freeApp(Verb verb, const QString &path = QStringLiteral("v1/say it"))
{
    SnippetContext context = app(verb, path);
    context.capability->price.reset();
    return context;
}

QMap<QString, SnippetContext> all()
{
    SnippetContext token = app(Verb::Run);
    token.profile.local = false;
    token.hasToken = true;
    SnippetContext own = token;
    own.profile.setLivepeer({.orchUrls = {QStringLiteral("https://orchestrator.example:8935")}});
    SnippetContext files = examples::files();
    files.call.backend = Backend;
    files.call.capability = QStringLiteral("acme/filter");
    files.capability->path.clear();
    return {{QStringLiteral("liverunner-run"), app(Verb::Run)}, {QStringLiteral("liverunner-root"), app(Verb::Run, {})},
        {QStringLiteral("liverunner-stream"), app(Verb::Stream)}, {QStringLiteral("liverunner-session"), app(Verb::Live)},
        {QStringLiteral("liverunner-free"), freeApp(Verb::Run, QStringLiteral("v1/say?lang=en&to=a b"))}, {QStringLiteral("liverunner-token"), token}, {QStringLiteral("liverunner-token-own"), own}, {QStringLiteral("liverunner-files"), files}};
}

const SnippetGenerator &python()
{
    return *snippetGenerator(QStringLiteral("python"), Backend);
}

const SnippetGenerator &curl()
{
    return *snippetGenerator(QStringLiteral("curl"), Backend);
}

} // namespace

/// Calls of apps on live runners, in the published package's words and in curl's.
class TestSnippetsLiveRunner : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void snippetsEqualTheGoldenOnes_data();
    void snippetsEqualTheGoldenOnes();
    void snippetsAreProgramsOfTheirLanguage_data() { snippetsEqualTheGoldenOnes_data(); }
    void snippetsAreProgramsOfTheirLanguage();
    void sdk_32_noTokenBesideAnExplicitValue();
    void everyVariableThatIsReadIsListed_data() { snippetsEqualTheGoldenOnes_data(); }
    void everyVariableThatIsReadIsListed();
    void theLimitIsAlwaysSaid();
    void whatThePackageCannotDoIsSaid();
    void curlPaysWhereAnAppMayCost();
    void curlMakesCallsOfOtherMethodsAndForms();
};

void TestSnippetsLiveRunner::snippetsEqualTheGoldenOnes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("language");
    const QMap<QString, SnippetContext> examples = all();
    for (auto it = examples.begin(); it != examples.end(); ++it) {
        for (const char *language : {"python", "curl"})
            QTest::addRow("%s, %s", qPrintable(it.key()), language) << it.key() << QString::fromLatin1(language);
    }
}

void TestSnippetsLiveRunner::snippetsEqualTheGoldenOnes()
{
    QFETCH(QString, name);
    QFETCH(QString, language);
    const SnippetGenerator &generator = *snippetGenerator(language, Backend);
    const Snippet snippet = orThrow(makeSnippet(generator, all().value(name)));
    QCOMPARE(orThrow(makeSnippet(generator, all().value(name))).text, snippet.text);
    const QString folder = QStringLiteral(SLUICE_TEST_DATA "/snippets/") + name;
    QFile golden(folder + QLatin1Char('/') + snippet.fileName);
    // SLUICE_UPDATE_GOLDEN=1 writes them anew; the difference is then read in the commit.
    if (qEnvironmentVariableIsSet("SLUICE_UPDATE_GOLDEN")) {
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(golden.open(QIODevice::WriteOnly));
        golden.write(snippet.text.toUtf8());
        return;
    }
    QVERIFY2(golden.open(QIODevice::ReadOnly), qPrintable(golden.fileName()));
    QCOMPARE(snippet.text, QString::fromUtf8(golden.readAll()));
}

void TestSnippetsLiveRunner::snippetsAreProgramsOfTheirLanguage()
{
    QFETCH(QString, name);
    QFETCH(QString, language);
    const bool isPython = language == QLatin1String("python");
    const QString runs = program(isPython ? "python3" : "bash");
    if (runs.isEmpty())
        QSKIP("nothing here reads it");
    const QStringList arguments = isPython ? QStringList{QStringLiteral("-c"), QStringLiteral("import ast, sys; ast.parse(sys.stdin.buffer.read().decode())")} : QStringList{QStringLiteral("-n")};
    const Said said = runProgram(runs, arguments, orThrow(makeSnippet(*snippetGenerator(language, Backend), all().value(name))).text.toUtf8());
    QVERIFY2(said.code == 0, said.err.constData());
}

void TestSnippetsLiveRunner::sdk_32_noTokenBesideAnExplicitValue()
{
    const QString token = orThrow(makeSnippet(python(), all().value(QStringLiteral("liverunner-token")))).text;
    QVERIFY(token.contains(QStringLiteral("parse_token")) && !token.contains(QStringLiteral("LIVEPEER_ORCH_URL")) && !token.contains(QStringLiteral("LIVEPEER_SIGNER")));
    const QString own = orThrow(makeSnippet(python(), all().value(QStringLiteral("liverunner-token-own")))).text;
    QVERIFY(own.contains(QStringLiteral("LIVEPEER_ORCH_URL")) && !own.contains(QStringLiteral("token[\"orchestrators\"]")) && !own.contains(QStringLiteral("token[\"discovery\"]")));
}

void TestSnippetsLiveRunner::everyVariableThatIsReadIsListed()
{
    QFETCH(QString, name);
    QFETCH(QString, language);
    const Snippet snippet = orThrow(makeSnippet(*snippetGenerator(language, Backend), all().value(name)));
    const QRegularExpression read(language == QLatin1String("python") ? QStringLiteral("os\\.environ(?:\\.get\\(|\\[)\"([A-Z0-9_]+)\"")
                                                                      : QStringLiteral("(?:\\$\\{?|\\benv\\.)([A-Z][A-Z0-9_]{3,})"));
    QSet<QString> found;
    for (auto match = read.globalMatch(snippet.text); match.hasNext();)
        found.insert(match.next().captured(1));
    QSet<QString> listed;
    for (const SnippetVariable &variable : snippet.environment)
        listed.insert(variable.name);
    QCOMPARE(found, listed);
}

void TestSnippetsLiveRunner::theLimitIsAlwaysSaid()
{
    // The package's own is five seconds.
    QVERIFY(orThrow(makeSnippet(python(), app(Verb::Run))).text.contains(QStringLiteral("timeout=70, **signer)")));
    QVERIFY(orThrow(makeSnippet(python(), app(Verb::Live))).text.contains(QStringLiteral("post_json(url, payload, timeout=70)")));
    QVERIFY(!orThrow(makeSnippet(python(), app(Verb::Stream))).text.contains(QStringLiteral("timeout")));
}

void TestSnippetsLiveRunner::whatThePackageCannotDoIsSaid()
{
    SnippetContext list = app(Verb::Run);
    list.call.input = Json::array();
    SnippetContext gateway = app(Verb::Run);
    gateway.profile.local = false;
    gateway.profile.setLivepeer({.gatewayUrl = QStringLiteral("http://gateway.example:9935")});
    SnippetContext hidden = app(Verb::Run);
    hidden.call.capability = QStringLiteral("acme/\u001b[31m");
    for (const SnippetContext &context : {list, gateway, hidden})
        QVERIFY(!python().whyNot(context).isEmpty());
    for (const Verb verb : {Verb::Run, Verb::Stream, Verb::Live})
        QCOMPARE(python().whyNot(app(verb)), QString());
}

void TestSnippetsLiveRunner::curlPaysWhereAnAppMayCost()
{
    QVERIFY(!orThrow(makeSnippet(curl(), freeApp(Verb::Run))).text.contains(QStringLiteral("SIGNER")));
    SnippetContext unlisted = freeApp(Verb::Run);
    unlisted.capability->listed = false; // its price is not known
    for (const SnippetContext &context : {app(Verb::Run), unlisted}) {
        const Snippet snippet = orThrow(makeSnippet(curl(), context));
        QVERIFY(snippet.text.contains(QStringLiteral("LIVEPEER_SIGNER_URL")));
        // A person need not have one, and secrets stand in no program's arguments.
        for (const SnippetVariable &variable : snippet.environment)
            QCOMPARE(variable.required, variable.name == QLatin1String("LIVEPEER_ORCH_URL"));
        QVERIFY(!snippet.text.contains(QStringLiteral("$LIVEPEER_SIGNER_AUTH")));
    }
}

void TestSnippetsLiveRunner::curlMakesCallsOfOtherMethodsAndForms()
{
    SnippetContext list = freeApp(Verb::Run);
    list.call.input = Json::array();
    QVERIFY(orThrow(makeSnippet(curl(), list)).text.contains(QStringLiteral("\n[]\n")));
    SnippetContext get = freeApp(Verb::Run);
    get.call.parameters = Json{{QStringLiteral("method"), QStringLiteral("GET")}};
    const QString text = orThrow(makeSnippet(curl(), get)).text;
    QVERIFY(text.contains(QStringLiteral("--request GET")) && !text.contains(QStringLiteral("body()")) && !text.contains(QStringLiteral("(body)")));
    get.call.parameters = Json{{QStringLiteral("method"), QStringLiteral("$(id)")}};
    QVERIFY(!curl().whyNot(get).isEmpty());
    SnippetContext gateway = app(Verb::Run);
    gateway.profile.local = false;
    gateway.profile.setLivepeer({.gatewayUrl = QStringLiteral("http://gateway.example:9935")});
    QVERIFY(curl().whyNot(gateway).contains(QStringLiteral("not through gateways")));
}

QTEST_GUILESS_MAIN(TestSnippetsLiveRunner)
#include "tst_snippets_liverunner.moc"
