#include "sluice/codeview/snippet_needs.h"

#include "sluice/codeview/code_view.h"
#include "sluice/snippets/shell_word.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFileInfo>
#include <QtCore/QStandardPaths>

#include <algorithm>

namespace sluice::ui {

namespace {

bool isPaid(const SnippetContext &context)
{
    if (context.profile.local)
        return true;
    return !context.profile.throughGateway()
        && (context.hasSenderKey || context.hasToken || !context.profile.livepeer().signerUrl.isEmpty());
}

/// A key on this machine pays, not a signer elsewhere. The sandbox has both.
bool paysWithKey(const SnippetContext &context)
{
    return !context.profile.local && context.hasSenderKey;
}

/// The program that runs the code; empty when it is built first.
QString programOf(const QString &language)
{
    if (language == QStringLiteral("curl"))
        return QStringLiteral("curl");
    if (language == QStringLiteral("javascript") || language == QStringLiteral("fetch"))
        return QStringLiteral("node");
    if (language == QStringLiteral("websocat"))
        return language;
    return {};
}

/// Of the backend openai, whose servers are paid in no way that code could do.
SnippetNeeds openAiNeeds(const QString &language)
{
    if (language == QStringLiteral("curl"))
        return {CodeView::tr("bash and curl"), {}};
    if (language == QStringLiteral("javascript"))
        return {CodeView::tr("Node 18 or later and openai from npm"), {}};
    if (language == QStringLiteral("fetch"))
        return {CodeView::tr("Node 18 or later"), {}};
    if (language == QStringLiteral("python"))
        return {CodeView::tr("Python 3.8 or later and openai from PyPI"), {}};
    return {CodeView::tr("a C++20 compiler, CMake, and Sluice's library"), {}};
}

/// Of the backend aigateway, whose gateway pays; its code needs no packages.
SnippetNeeds aiGatewayNeeds(const QString &language)
{
    return language == QStringLiteral("python") ? SnippetNeeds{CodeView::tr("Python 3.8 or later"), {}} : openAiNeeds(language);
}

/// Of the backend llmworker, whose worker pays, if anybody does.
SnippetNeeds workerNeeds(const QString &language)
{
    if (language == QStringLiteral("python"))
        return {CodeView::tr("Python 3.8 or later and websockets from PyPI"), {}};
    if (language == QStringLiteral("javascript"))
        return {CodeView::tr("Node 22 or later, or Node 18 with ws from npm, or a browser"), {}};
    if (language == QStringLiteral("websocat"))
        return {CodeView::tr("bash, websocat and jq"), {}};
    return {CodeView::tr("a C++17 compiler, CMake, and Qt 6 with WebSockets"), {}};
}

programs::Need bash(const QStringList &beside)
{
    return {programs::Language::Bash, {}, {}, {}, beside};
}

programs::Need node(int least, const QString &module = {}, const QStringList &beside = {})
{
    return {programs::Language::Node, QVersionNumber(least), module, module, beside};
}

programs::Need python(int minor, const QString &module = {}, const QString &install = {})
{
    return {programs::Language::Python, QVersionNumber(3, minor), module, install, {}};
}

/// Beside this program, where the shell would not find it by itself; empty otherwise.
QString folderOfSluicectl()
{
    const QFileInfo beside(QCoreApplication::applicationDirPath() + QStringLiteral("/sluicectl"));
    return beside.isExecutable() && QFileInfo(QStandardPaths::findExecutable(QStringLiteral("sluicectl"))) != beside ? beside.absolutePath() : QString();
}

} // namespace

programs::Need runNeed(const QString &language, const SnippetContext &context)
{
    const QString backend = context.call.backend;
    const QString curl = QStringLiteral("curl");
    if (backend == QStringLiteral("llmworker")) {
        if (language == QStringLiteral("python"))
            return python(8, QStringLiteral("websockets"), QStringLiteral("websockets"));
        if (language == QStringLiteral("websocat"))
            return bash({QStringLiteral("websocat"), QStringLiteral("jq")});
        return language == QStringLiteral("javascript") ? node(22) : programs::Need();
    }
    if (backend == QStringLiteral("liverunner") && language == curl)
        return bash({curl, QStringLiteral("jq")});
    const bool isOpenAi = backend == QStringLiteral("openai");
    const bool livepeers = !isOpenAi && backend != QStringLiteral("aigateway");
    const QStringList signing = livepeers && isPaid(context) ? QStringList{QStringLiteral("sluicectl")} : QStringList();
    if (language == curl)
        return bash(QStringList{curl} + signing);
    if (language == QStringLiteral("fetch"))
        return node(18);
    if (language == QStringLiteral("javascript"))
        return node(18, isOpenAi ? QStringLiteral("openai") : QString(), signing);
    if (language != QStringLiteral("python"))
        return {};
    if (isOpenAi)
        return python(8, QStringLiteral("openai"), QStringLiteral("openai"));
    if (!livepeers || (context.profile.throughGateway() && !context.profile.local))
        return python(8);
    return python(12, QStringLiteral("livepeer_gateway"), QStringLiteral("\"livepeer-gateway>=1.0.0\""));
}

SnippetNeeds snippetNeeds(const QString &language, const SnippetContext &context)
{
    if (context.call.backend == QStringLiteral("openai"))
        return openAiNeeds(language);
    if (context.call.backend == QStringLiteral("aigateway"))
        return aiGatewayNeeds(language);
    if (context.call.backend == QStringLiteral("llmworker"))
        return workerNeeds(language);
    const bool paid = isPaid(context);
    if (context.call.backend == QStringLiteral("liverunner") && language == QStringLiteral("curl"))
        return {CodeView::tr("bash, curl and jq"),
            paid && paysWithKey(context) ? CodeView::tr("For apps, curl pays through a remote signer only, and this profile pays with a key.") : QString()};
    if (language == QStringLiteral("curl"))
        return {paid ? CodeView::tr("bash, curl, and sluicectl, which signs and pays") : CodeView::tr("bash and curl"), {}};
    if (language == QStringLiteral("javascript"))
        return {paid ? CodeView::tr("Node 18 or later, and sluicectl, which signs and pays") : CodeView::tr("Node 18 or later"), {}};
    if (language == QStringLiteral("cpp"))
        return {CodeView::tr("a C++20 compiler, CMake, and Sluice's library"), {}};
    if (language == QStringLiteral("python"))
        return {CodeView::tr("Python 3.12 or later and livepeer-gateway from PyPI"),
            paid && paysWithKey(context) ? CodeView::tr("This package pays through a remote signer only, and this profile pays with a key.") : QString()};
    if (language == QStringLiteral("python-v1"))
        return {CodeView::tr("livepeer-client"), CodeView::tr("This package is not published yet.")};
    return {};
}

QList<const SnippetGenerator *> offeredLanguages(const QString &backend)
{
    static const QStringList order{QStringLiteral("curl"), QStringLiteral("javascript"), QStringLiteral("fetch"), QStringLiteral("cpp"), QStringLiteral("python"),
        QStringLiteral("python-v1"), QStringLiteral("websocat")};
    QList<const SnippetGenerator *> languages = snippetGenerators(backend);
    std::stable_sort(languages.begin(), languages.end(), [](const SnippetGenerator *a, const SnippetGenerator *b) {
        const auto rank = [](const SnippetGenerator *language) { return quint32(order.indexOf(language->id())); };
        return rank(a) < rank(b);
    });
    return languages;
}

QString languageThatRuns(const SnippetContext &context)
{
    QString later;
    for (const SnippetGenerator *language : offeredLanguages(context.call.backend)) {
        const QString id = language->id();
        if (!whyNoSnippet(*language, context).isEmpty() || !snippetNeeds(id, context).whyNotHere.isEmpty())
            continue;
        const QString program = programOf(id);
        if (program.isEmpty() || !QStandardPaths::findExecutable(program).isEmpty())
            return id;
        if (later.isEmpty())
            later = id;
    }
    return later;
}

QString environmentLines(const Snippet &snippet, const EnvironmentValues &values)
{
    QStringList lines;
    // The same data as the window, and the program that signs where the shell would not find it.
    if (qEnvironmentVariableIsSet("SLUICE_DATA_DIR"))
        lines << QStringLiteral("export SLUICE_DATA_DIR=") + shellWord(qEnvironmentVariable("SLUICE_DATA_DIR"));
    if (const QString folder = folderOfSluicectl(); !folder.isEmpty())
        lines << QStringLiteral("export PATH=%1:\"$PATH\"").arg(shellWord(folder));
    for (const SnippetVariable &variable : snippet.environment) {
        QString value = values ? values(variable.name) : QString();
        if (values && value.isEmpty() && !variable.secret)
            value = variable.suggestion;
        if (!value.isEmpty()) {
            lines << QStringLiteral("export %1=%2").arg(variable.name, shellWord(value));
            continue;
        }
        const QString where = variable.secret ? CodeView::tr("It is kept in the keychain and never copied: put it here yourself.") : CodeView::tr("Put it here.");
        lines << QStringLiteral("# %1: %2 %3").arg(variable.name, variable.meaning, where)
              << QStringLiteral("export %1=''").arg(variable.name);
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

SnippetEnvironment snippetEnvironment(const Snippet &snippet, const EnvironmentValues &values)
{
    SnippetEnvironment made{QProcessEnvironment::systemEnvironment(), {}};
    QProcessEnvironment &variables = made.variables;
    if (const QString folder = folderOfSluicectl(); !folder.isEmpty())
        variables.insert(QStringLiteral("PATH"), folder + QLatin1Char(':') + variables.value(QStringLiteral("PATH")));
    for (const SnippetVariable &variable : snippet.environment) {
        QString value = values ? values(variable.name) : QString();
        if (value.isEmpty() && !variable.secret)
            value = variable.suggestion;
        if (!value.isEmpty())
            variables.insert(variable.name, value);
        else if (values)
            variables.remove(variable.name); // another network's credentials are none of a sandbox's business
        if (variable.required && variables.value(variable.name).isEmpty())
            made.missing.append(variable.name);
    }
    return made;
}

} // namespace sluice::ui
