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
        {QStringLiteral("liverunner-token"), token}, {QStringLiteral("liverunner-token-own"), own}, {QStringLiteral("liverunner-files"), files}};
}

const SnippetGenerator &python()
{
    return *snippetGenerator(QStringLiteral("python"), Backend);
}

} // namespace

/// Calls of apps on live runners, in the published package's words.
class TestSnippetsLiveRunner : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void snippetsEqualTheGoldenOnes_data();
    void snippetsEqualTheGoldenOnes();
    void snippetsAreProgramsOfPython_data() { snippetsEqualTheGoldenOnes_data(); }
    void snippetsAreProgramsOfPython();
    void sdk_32_noTokenBesideAnExplicitValue();
    void everyVariableThatIsReadIsListed_data() { snippetsEqualTheGoldenOnes_data(); }
    void everyVariableThatIsReadIsListed();
    void theLimitIsAlwaysSaid();
    void whatThePackageCannotDoIsSaid();
};

void TestSnippetsLiveRunner::snippetsEqualTheGoldenOnes_data()
{
    QTest::addColumn<QString>("name");
    const QMap<QString, SnippetContext> examples = all();
    for (auto it = examples.begin(); it != examples.end(); ++it)
        QTest::newRow(qPrintable(it.key())) << it.key();
}

void TestSnippetsLiveRunner::snippetsEqualTheGoldenOnes()
{
    QFETCH(QString, name);
    const Snippet snippet = orThrow(makeSnippet(python(), all().value(name)));
    QCOMPARE(orThrow(makeSnippet(python(), all().value(name))).text, snippet.text);
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

void TestSnippetsLiveRunner::snippetsAreProgramsOfPython()
{
    QFETCH(QString, name);
    if (program("python3").isEmpty())
        QSKIP("no python3 here");
    const Snippet snippet = orThrow(makeSnippet(python(), all().value(name)));
    const Said said = runProgram(program("python3"), {QStringLiteral("-c"), QStringLiteral("import ast, sys; ast.parse(sys.stdin.buffer.read().decode())")}, snippet.text.toUtf8());
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
    const Snippet snippet = orThrow(makeSnippet(python(), all().value(name)));
    static const QRegularExpression read(QStringLiteral("os\\.environ(?:\\.get\\(|\\[)\"([A-Z0-9_]+)\""));
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

QTEST_GUILESS_MAIN(TestSnippetsLiveRunner)
#include "tst_snippets_liverunner.moc"
