#include "await.h"
#include "call_options.h"
#include "commands.h"
#include "connection.h"
#include "render.h"
#include "text.h"

#include "sluice/backend/backend.h"
#include "sluice/base/bytes.h"
#include "sluice/gateway/backends.h"
#include "sluice/snippets/snippet_generator.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <algorithm>

namespace sluice::ctl {

namespace {

QStringList languages()
{
    QStringList ids;
    for (const BackendKind &kind : backends::kinds()) {
        for (const SnippetGenerator *generator : snippetGenerators(kind.id))
            ids.append(generator->id());
    }
    ids.removeDuplicates();
    return ids;
}

CommandLine snippetLine()
{
    CommandLine line(QStringLiteral("snippet"), QStringLiteral("NAME --language LANGUAGE --input JSON|@FILE|- [options]"),
        Text::tr("Prints a call as code that runs as it stands. Secrets are never in it: it reads them from the environment."));
    line.addOption({QStringLiteral("l"), QStringLiteral("language")}, Text::tr("One of: %1.").arg(languages().join(QStringLiteral(", "))),
        QStringLiteral("LANGUAGE"));
    line.addOption({QStringLiteral("verb")}, Text::tr("run, stream or live; default: what the capability prefers."), QStringLiteral("VERB"));
    addCallOptions(line);
    Connection::addOptions(line);
    line.addJson();
    line.addExample(QStringLiteral("sluicectl snippet my-worker --verb run --path predict --language javascript --input '{}' --gateway http://host:9935"),
        Text::tr("Of a capability that no node lists."));
    line.addExample(QStringLiteral("sluicectl snippet text-analysis --language curl --input '{\"text\":\"hi\"}' > call.sh"),
        Text::tr("How to run it stands in its first lines."));
    return line;
}

const SnippetGenerator &generatorFor(const QString &language)
{
    if (const SnippetGenerator *generator = snippetGenerator(language))
        return *generator;
    const QString near = closest(language, languages());
    throw Error(Error::Kind::InvalidInput, Text::tr("There is no language \"%1\".").arg(language))
        .withAdvice(near.isEmpty() ? Text::tr("There are: %1.").arg(languages().join(QStringLiteral(", ")))
                                   : Text::tr("Did you mean \"%1\"?").arg(near));
}

QHash<QString, QString> fileNames(const CommandLine &line)
{
    QHash<QString, QString> names;
    const QStringList files = line.values(QStringLiteral("file"));
    for (const QString &assignment : files) {
        const qsizetype equals = assignment.indexOf(QLatin1Char('='));
        names.insert(QLatin1Char('/') + assignment.left(equals), QFileInfo(assignment.mid(equals + 1)).fileName());
    }
    return names;
}

/// Of which the call holds less than the file does.
QStringList cleanedFiles(const CommandLine &line, const Json &input)
{
    QStringList pointers;
    const QStringList files = line.values(QStringLiteral("file"));
    for (const QString &assignment : files) {
        const qsizetype equals = assignment.indexOf(QLatin1Char('='));
        QFile file(assignment.mid(equals + 1));
        const auto sent = bytes::fromBase64(input.value(assignment.left(equals)).toString().toLatin1());
        if (sent && file.open(QIODevice::ReadOnly) && file.readAll() != *sent)
            pointers += QLatin1Char('/') + assignment.left(equals);
    }
    return pointers;
}

Json toJson(const Snippet &snippet)
{
    Json variables = Json::array();
    for (const SnippetVariable &variable : snippet.environment) {
        variables.append(Json{{QStringLiteral("name"), variable.name}, {QStringLiteral("meaning"), variable.meaning},
            {QStringLiteral("suggestion"), variable.suggestion}, {QStringLiteral("required"), variable.required},
            {QStringLiteral("secret"), variable.secret}});
    }
    Json files = Json::array();
    for (const SnippetFile &file : snippet.files)
        files.append(Json{{QStringLiteral("name"), file.name}, {QStringLiteral("base64"), QString::fromLatin1(file.content.toBase64())}});
    return Json{{QStringLiteral("text"), snippet.text}, {QStringLiteral("file_name"), snippet.fileName},
        {QStringLiteral("language"), snippet.language}, {QStringLiteral("install"), snippet.install},
        {QStringLiteral("run"), snippet.run}, {QStringLiteral("environment"), variables}, {QStringLiteral("files"), files}};
}

/// What is known of the capability, of that backend where one is named. Code can be written without a listing, so that a network that does not answer is no error.
QCoro::Task<CapabilityInfo> capabilityFor(std::shared_ptr<Connection> connection, QString name, QString backend)
{
    QList<CapabilityInfo> all;
    std::optional<Error> silent;
    try {
        all = co_await settled(connection->gateway().capabilities());
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Canceled || error.kind() == Error::Kind::Config || error.kind() == Error::Kind::TlsChanged)
            throw;
        silent = error;
    }
    if (silent)
        writeErr(Text::tr("The network does not tell about %1 (%2) The code is made from what is said here.").arg(name, silent->message()));
    if (!backend.isEmpty()) {
        const CapabilityId id{backend, name, QString()};
        const auto isIt = [&id](const CapabilityInfo &one) { return one.name == id.name && one.backend == id.backend; };
        const auto listed = std::find_if(all.begin(), all.end(), isIt);
        co_return listed != all.end() ? *listed : CapabilityInfo::unlisted(id);
    }
    if (!silent)
        co_return capabilityNamed(name, all, connection->gateway());
    for (const CapabilityInfo &named : connection->named()) {
        if (named.name == name)
            co_return named;
    }
    co_return backends::unlisted(name);
}

} // namespace

QCoro::Task<int> snippetCommand(QStringList arguments)
{
    CommandLine line = snippetLine();
    if (const auto code = line.parse(arguments, 1, 1))
        co_return *code;
    if (!line.has(QStringLiteral("language")))
        co_return line.refuse(Text::tr("--language is missing; there are: %1.").arg(languages().join(QStringLiteral(", "))));
    const SnippetGenerator &generator = generatorFor(line.value(QStringLiteral("language")));
    SnippetContext context;
    context.call = callFrom(line, Verb::Run);
    context.fileNames = fileNames(line);
    context.cleanedFiles = cleanedFiles(line, context.call.input);

    const auto connection = co_await Connection::open(&line, openUserData());
    context.capability = co_await capabilityFor(connection, context.call.capability, context.call.backend);
    context.profile = connection->profile();
    // A purse is named by its key's account, or by the signer that has the key.
    context.hasSenderKey = connection->gateway().senderAddress().startsWith(QLatin1String("0x"));
    context.hasToken = connection->hasToken();
    context.secrets = connection->secrets();
    context.call.profile = connection->profileName();
    co_await connection->close();
    context.call.backend = context.capability->backend;
    if (!context.capability->verbs.isEmpty())
        context.call.verb = context.capability->verbs.first();
    if (line.has(QStringLiteral("verb"))) {
        const auto verb = verbFromName(line.value(QStringLiteral("verb")));
        if (!verb)
            co_return line.refuse(Text::tr("--verb \"%1\" is none of run, stream, live.").arg(line.value(QStringLiteral("verb"))));
        context.call.verb = *verb;
    }
    const Snippet snippet = orThrow(makeSnippet(generator, context));
    writeOut(line.json() ? toJson(snippet).dump() + '\n' : snippet.text.toUtf8());
    if (!line.json() && !snippet.run.isEmpty())
        writeErr(Text::tr("Save it as %1 and run: %2").arg(snippet.fileName, snippet.run));
    co_return ExitOk;
}

} // namespace sluice::ctl
