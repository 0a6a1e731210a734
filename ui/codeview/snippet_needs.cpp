#include "sluice/codeview/snippet_needs.h"

#include "sluice/codeview/code_view.h"

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

/// A key on this machine pays, not a signer elsewhere.
bool paysWithKey(const SnippetContext &context)
{
    return context.profile.local || context.hasSenderKey;
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

QString shellQuoted(QString text)
{
    return QLatin1Char('\'') + text.replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
}

} // namespace

SnippetNeeds snippetNeeds(const QString &language, const SnippetContext &context)
{
    if (context.call.backend == QStringLiteral("openai"))
        return openAiNeeds(language);
    if (context.call.backend == QStringLiteral("aigateway"))
        return aiGatewayNeeds(language);
    if (context.call.backend == QStringLiteral("llmworker"))
        return workerNeeds(language);
    const bool paid = isPaid(context);
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
        lines << QStringLiteral("export SLUICE_DATA_DIR=") + shellQuoted(qEnvironmentVariable("SLUICE_DATA_DIR"));
    const QFileInfo beside(QCoreApplication::applicationDirPath() + QStringLiteral("/sluicectl"));
    if (beside.isExecutable() && QFileInfo(QStandardPaths::findExecutable(QStringLiteral("sluicectl"))) != beside)
        lines << QStringLiteral("export PATH=%1:\"$PATH\"").arg(shellQuoted(beside.absolutePath()));
    for (const SnippetVariable &variable : snippet.environment) {
        QString value = values ? values(variable.name) : QString();
        if (value.isEmpty() && !variable.secret)
            value = variable.suggestion;
        if (!value.isEmpty()) {
            lines << QStringLiteral("export %1=%2").arg(variable.name, shellQuoted(value));
            continue;
        }
        const QString where = variable.secret ? CodeView::tr("It is kept in the keychain and never copied: put it here yourself.") : CodeView::tr("Put it here.");
        lines << QStringLiteral("# %1: %2 %3").arg(variable.name, variable.meaning, where)
              << QStringLiteral("export %1=''").arg(variable.name);
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace sluice::ui
