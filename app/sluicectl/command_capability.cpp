#include "await.h"
#include "call_options.h"
#include "commands.h"
#include "connection.h"
#include "render.h"
#include "text.h"

#include "sluice/backend/backend.h"
#include "sluice/gateway/backends.h"
#include "sluice/base/schema_validator.h"
#include "sluice/gateway/schema_source.h"

#include <QtCore/QFile>
#include <QtCore/QSaveFile>

#include <algorithm>
#include <cstdio>

namespace sluice::ctl {

namespace {

CommandLine capabilityLine()
{
    CommandLine line(QStringLiteral("capability"), QStringLiteral("[list | add NAME | remove NAME | export [NAME…] | import FILE|-] [options]"),
        Text::tr("Capabilities that you name by hand, kept in a profile: most nodes of the network list nothing. A named one is run, described,\n"
                 "priced and printed as code like one that is listed. Shared with the window."));
    line.addOption({QStringLiteral("p"), QStringLiteral("profile")}, Text::tr("Profile that keeps them; default: the current one."), QStringLiteral("NAME"));
    line.addOption({QStringLiteral("verb")}, Text::tr("add: run, stream or live; may be repeated, the preferred one first. Default: run and stream."), QStringLiteral("VERB"));
    line.addOption({QStringLiteral("backend")}, Text::tr("add: whose it is, such as openai; default: the one whose names are like it, else the profile's first."),
        QStringLiteral("ID"));
    line.addOption({QStringLiteral("path")}, Text::tr("add: path below the worker's address; default: the name."), QStringLiteral("PATH"));
    line.addOption({QStringLiteral("schema")},
        Text::tr("add: JSON Schema of the input: a file, an http(s) address, or - for standard input.\nAn OpenAPI description or a worker's /schema will do."),
        QStringLiteral("FILE|URL|-"));
    line.addOption({QStringLiteral("example")}, Text::tr("add: an input to try; JSON, @FILE, or - for standard input."), QStringLiteral("JSON|@FILE|-"));
    line.addOption({QStringLiteral("description")}, Text::tr("add: what it does, for you."), QStringLiteral("TEXT"));
    line.addOption({QStringLiteral("o"), QStringLiteral("out")}, Text::tr("export: write to this file instead of standard output."), QStringLiteral("FILE"));
    line.addJson();
    line.addExample(QStringLiteral("sluicectl capability add text-reversal --verb run --path predict --example '{\"text\":\"hello\"}'"),
        Text::tr("Then: sluicectl run text-reversal --input '{\"text\":\"hello\"}'"));
    line.addExample(QStringLiteral("sluicectl capability add captioner --schema http://127.0.0.1:5000/openapi.json --path caption"),
        Text::tr("With the form that its worker describes."));
    line.addExample(QStringLiteral("sluicectl capability export > team.json; sluicectl capability import team.json --profile other"), Text::tr("Handed on."));
    return line;
}

QByteArray readBounded(const QString &path, qsizetype most)
{
    QFile file(path);
    const bool open = path == QLatin1String("-") ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!open)
        throw Error(Error::Kind::InvalidInput, Text::tr("%1 cannot be read: %2.").arg(path, file.errorString()));
    const QByteArray bytes = file.read(most + 1);
    if (bytes.size() > most)
        throw Error(Error::Kind::TooLarge, Text::tr("%1 is larger than %2 KiB.").arg(path).arg(most / 1024));
    return bytes;
}

bool isAddress(const QString &source)
{
    return source.startsWith(QLatin1String("http://"), Qt::CaseInsensitive) || source.startsWith(QLatin1String("https://"), Qt::CaseInsensitive);
}

QCoro::Task<Json> schemaFrom(QString source, QString path, std::shared_ptr<UserData> data)
{
    if (isAddress(source)) {
        const QUrl address(source, QUrl::StrictMode);
        if (!address.isValid() || address.host().isEmpty())
            throw Error(Error::Kind::InvalidInput, Text::tr("--schema \"%1\" is no valid address.").arg(source));
        co_return co_await settled(schema_source::fetch(address, path, data));
    }
    const QByteArray document = readBounded(source, schema_source::MaxBytes);
    auto schema = schema_source::schemaIn(document, path);
    if (!schema)
        throw Error(schema.error()).withMessage(Text::tr("--schema %1: %2").arg(source, schema.error().message()));
    co_return *schema;
}

QString knownBackend(const QString &id)
{
    QStringList ids;
    for (const BackendKind &kind : backends::kinds())
        ids.append(kind.id);
    if (id.isEmpty() || ids.contains(id))
        return id;
    throw Error(Error::Kind::InvalidInput, Text::tr("There is no backend \"%1\".").arg(id)).withAdvice(Text::tr("It is one of: %1.").arg(ids.join(QStringLiteral(", "))));
}

QCoro::Task<NamedCapability> capabilityFrom(const CommandLine *line, QString name, std::shared_ptr<UserData> data)
{
    Json json{{QStringLiteral("name"), name}, {QStringLiteral("description"), line->value(QStringLiteral("description"))},
        {QStringLiteral("path"), line->value(QStringLiteral("path"))}, {QStringLiteral("backend"), knownBackend(line->value(QStringLiteral("backend")))}};
    Json verbs = Json::array();
    const QStringList given = line->values(QStringLiteral("verb"));
    for (const QString &verb : given.join(QLatin1Char(',')).split(QLatin1Char(','), Qt::SkipEmptyParts))
        verbs.append(verb.trimmed());
    json.insert(QStringLiteral("verbs"), verbs);
    if (line->has(QStringLiteral("example"))) {
        const QByteArray text = readArgument(line->value(QStringLiteral("example")), QStringLiteral("example"));
        const auto input = Json::parse(text);
        if (!input)
            throw Error(Error::Kind::InvalidInput, Text::tr("--example is not JSON: %1").arg(input.error().message()))
                .withAdvice(Text::tr("Quote it for the shell, e.g. --example '{\"text\":\"hello\"}'."));
        json.insert(QStringLiteral("examples"), Json::array({Json{{QStringLiteral("title"), Text::tr("Example")}, {QStringLiteral("input"), *input}}}));
    }
    // Everything else is looked at before an address is asked.
    NamedCapability capability = orThrow(NamedCapability::fromJson(json));
    if (line->has(QStringLiteral("schema"))) {
        const Json schema = co_await schemaFrom(line->value(QStringLiteral("schema")), capability.path, data);
        json.insert(QStringLiteral("input_schema"), schema);
        capability = orThrow(NamedCapability::fromJson(json));
    }
    co_return capability;
}

void warnOf(const NamedCapability &capability)
{
    if (capability.inputSchema.isNull())
        return;
    const QStringList problems = SchemaValidator::problems(capability.inputSchema);
    for (const QString &problem : problems.mid(0, 5))
        writeErr(Text::tr("The schema of %1: %2").arg(capability.name, problem));
    for (const CapabilityExample &example : capability.examples) {
        const auto violations = SchemaValidator(capability.inputSchema).validate(example.input);
        if (const auto error = toError(violations))
            writeErr(Text::tr("The example of %1 does not fit its schema: %2").arg(capability.name, error->message()));
    }
}

void printNamed(const CommandLine &line, const QList<NamedCapability> &capabilities, const QString &profile)
{
    if (line.json()) {
        Json list = Json::array();
        for (const NamedCapability &capability : capabilities)
            list.append(capability.toJson());
        writeOut(Json{{QStringLiteral("profile"), profile}, {QStringLiteral("capabilities"), list}}.dump() + '\n');
        return;
    }
    QList<QStringList> rows;
    rows.append(Text::tr("NAME|VERB|PATH|INPUT|WHAT IT DOES").split(QLatin1Char('|')));
    for (const NamedCapability &capability : capabilities) {
        const CapabilityInfo info = backends::named(capability);
        QStringList row(capability.name);
        row << verbsText(info) << (info.path.isEmpty() ? info.name : info.path)
            << (capability.inputSchema.isNull() ? Text::tr("any") : Text::tr("schema")) << summaryOf(capability.description);
        rows.append(row);
    }
    writeText(table(rows));
    if (capabilities.isEmpty())
        writeErr(Text::tr("Nothing is named in the profile \"%1\": sluicectl capability add NAME.").arg(profile));
}

void exportTo(const QString &file, const QList<NamedCapability> &capabilities)
{
    const QByteArray text = capability_file::write(capabilities);
    if (file.isEmpty()) {
        writeOut(text);
        return;
    }
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size() || !out.commit())
        throw Error(Error::Kind::Storage, Text::tr("%1 cannot be written: %2.").arg(file, out.errorString()));
}

QList<NamedCapability> chosen(const QList<NamedCapability> &all, const QStringList &names)
{
    if (names.isEmpty())
        return all;
    QList<NamedCapability> some;
    for (const QString &name : names) {
        const auto found = std::find_if(all.begin(), all.end(), [&](const NamedCapability &one) { return one.name == name; });
        if (found == all.end()) {
            QStringList known;
            for (const NamedCapability &one : all)
                known.append(one.name);
            throw Error(Error::Kind::InvalidInput, Text::tr("Nobody named a capability \"%1\" in this profile.").arg(name))
                .withAdvice(known.isEmpty() ? Text::tr("Nothing is named there.") : Text::tr("There are: %1.").arg(known.join(QStringLiteral(", "))));
        }
        some.append(*found);
    }
    return some;
}

} // namespace

QCoro::Task<int> capabilityCommand(QStringList arguments)
{
    CommandLine line = capabilityLine();
    if (const auto code = line.parse(arguments, 0, 100))
        co_return *code;
    QStringList names = line.arguments();
    const QString action = names.isEmpty() ? QStringLiteral("list") : names.takeFirst();
    static const QStringList actions{QStringLiteral("list"), QStringLiteral("add"), QStringLiteral("remove"), QStringLiteral("export"), QStringLiteral("import")};
    if (!actions.contains(action))
        co_return line.refuse(Text::tr("\"%1\" is none of %2.").arg(action, actions.join(QStringLiteral(", "))));
    const bool wantsOne = action == QLatin1String("add") || action == QLatin1String("remove") || action == QLatin1String("import");
    if (wantsOne && names.size() != 1)
        co_return line.refuse(action == QLatin1String("import") ? Text::tr("import needs one file, or -.") : Text::tr("%1 needs the name of one capability.").arg(action));
    if (action == QLatin1String("list") && !names.isEmpty())
        co_return line.refuse(Text::tr("list takes no name."));

    const auto data = openUserData();
    ProfileStore profiles(data);
    QString profileName = line.value(QStringLiteral("profile"));
    if (profileName.isEmpty())
        profileName = co_await settled(profiles.current());
    const QList<Profile> known = co_await settled(profiles.list());
    Profile profile = profileNamed(profileName, known);
    if (action == QLatin1String("add")) {
        const NamedCapability capability = co_await capabilityFrom(&line, names.first(), data);
        const QList<NamedCapability> added{capability};
        profile = co_await settled(profiles.nameCapabilities(profileName, added));
        warnOf(capability);
    } else if (action == QLatin1String("remove")) {
        profile = co_await settled(profiles.forgetCapability(profileName, names.first()));
    } else if (action == QLatin1String("import")) {
        const QList<NamedCapability> read = orThrow(capability_file::read(readBounded(names.first(), capability_file::MaxBytes)));
        profile = co_await settled(profiles.nameCapabilities(profileName, read));
    } else if (action == QLatin1String("export")) {
        exportTo(line.value(QStringLiteral("out")), chosen(profile.capabilities, names));
        co_return ExitOk;
    }
    printNamed(line, profile.capabilities, profileName);
    co_return ExitOk;
}

} // namespace sluice::ctl
