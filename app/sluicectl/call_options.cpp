#include "call_options.h"

#include "call_check.h"
#include "interrupt.h"
#include "output.h"
#include "text.h"

#include "sluice/base/bytes.h"
#include "sluice/payments/amount.h"
#include "sluice/pictures/outgoing_picture.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QMimeDatabase>

#include <algorithm>
#include <cstdio>

namespace sluice::ctl {

namespace {

constexpr qint64 MaxInputBytes = 64 * 1024 * 1024;

Error invalid(const QString &message)
{
    return Error(Error::Kind::InvalidInput, message);
}

QByteArray readBounded(QFile &file, const QString &name)
{
    const Interrupt::AtOnce slowWriter; // a terminal, a pipe
    const QByteArray bytes = file.read(MaxInputBytes + 1);
    if (bytes.size() > MaxInputBytes)
        throw invalid(Text::tr("%1 is larger than %2 MiB.").arg(name).arg(MaxInputBytes / 1024 / 1024));
    return bytes;
}

QByteArray readFile(const QString &path)
{
    const Interrupt::AtOnce slowWriter;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw invalid(Text::tr("%1 cannot be read: %2.").arg(path, file.errorString()));
    return readBounded(file, path);
}

Json parseArgument(const QString &argument, const QString &option)
{
    const QByteArray text = readArgument(argument, option);
    auto json = Json::parse(text, {MaxInputBytes, 64});
    if (!json) {
        throw invalid(Text::tr("--%1 is not JSON: %2").arg(option, json.error().message()))
            .withAdvice(Text::tr("Quote it for the shell, e.g. --%1 '{\"text\":\"hello\"}', or use --%1 @file.json.").arg(option));
    }
    return *json;
}

/// A file as it is sent: of a picture nothing that it tells beside the picture, unless that is wanted. Says what it did.
QByteArray outgoingFile(const QString &path, bool keepsMetadata)
{
    const QByteArray file = readFile(path);
    const QString name = QFileInfo(path).fileName();
    const OutgoingPicture picture = OutgoingPicture::from(file, QMimeDatabase().mimeTypeForFileNameAndData(name, file).name());
    const QString told = keepsMetadata ? picture.toldOfWhole() : picture.told();
    if (!told.isEmpty()) {
        const bool changed = picture.look == OutgoingPicture::Look::TakenOut && !keepsMetadata;
        writeErr(changed ? Text::tr("%1: %2. --keep-metadata sends the file as it is.").arg(name, told) : QStringLiteral("%1: %2").arg(name, told));
    }
    if (!picture.formatAdvice().isEmpty())
        writeErr(QStringLiteral("%1: %2").arg(name, picture.formatAdvice()));
    return keepsMetadata ? file : picture.bytes;
}

/// Puts a file's bytes, as base64, into the member that `FIELD=PATH` names.
void insertFile(Json &input, const QString &assignment, bool keepsMetadata)
{
    const qsizetype equals = assignment.indexOf(QLatin1Char('='));
    if (equals < 1 || equals + 1 == assignment.size())
        throw invalid(Text::tr("--file \"%1\" does not read FIELD=PATH.").arg(assignment));
    if (!input.isNull() && !input.isObject())
        throw invalid(Text::tr("--file needs an object as --input, to put the file into."));
    input.insert(assignment.left(equals), QString::fromLatin1(bytes::toBase64(outgoingFile(assignment.mid(equals + 1), keepsMetadata))));
}

} // namespace

QByteArray readArgument(const QString &argument, const QString &option)
{
    if (argument == QLatin1String("-")) {
        QFile in;
        if (!in.open(stdin, QIODevice::ReadOnly))
            throw invalid(Text::tr("--%1 -: standard input cannot be read.").arg(option));
        return readBounded(in, Text::tr("standard input"));
    }
    if (argument.startsWith(QLatin1Char('@')))
        return readFile(argument.mid(1));
    return argument.toUtf8();
}

void addMaxPriceOption(CommandLine &line)
{
    line.addOption({QStringLiteral("max-price")},
        Text::tr("Largest price per second that is paid, as \"8 gwei\" or a number of wei;\ndefault: the price that the network lists."),
        QStringLiteral("AMOUNT"));
}

void addCallOptions(CommandLine &line)
{
    line.addOption({QStringLiteral("i"), QStringLiteral("input")},
        Text::tr("The input: JSON, @FILE, or - for standard input."), QStringLiteral("JSON|@FILE|-"));
    line.addOption({QStringLiteral("f"), QStringLiteral("file")},
        Text::tr("Put a file's bytes as base64 into a field of the input. Position, names and other private\ndetails are taken out of pictures."), QStringLiteral("FIELD=PATH"));
    line.addOption({QStringLiteral("keep-metadata")}, Text::tr("Send pictures of --file as they are, with position and all else that stands in them."));
    line.addOption({QStringLiteral("path")},
        Text::tr("Path below the worker's address; default: the capability's own."), QStringLiteral("PATH"));
    line.addOption({QStringLiteral("model")}, Text::tr("Model, where the capability has several."), QStringLiteral("NAME"));
    line.addOption({QStringLiteral("backend")},
        Text::tr("Whose capability it is, such as byoc or liverunner, where several have one of that name;\ndefault: who has it, BYOC before others."), QStringLiteral("ID"));
    line.addOption({QStringLiteral("parameters")},
        Text::tr("The job's `parameters`, a JSON object."), QStringLiteral("JSON|@FILE"));
    line.addOption({QStringLiteral("t"), QStringLiteral("timeout")},
        Text::tr("Seconds the call may take; default 60. At least 60 are paid for in advance."), QStringLiteral("S"));
    line.addOption({QStringLiteral("max-spend")},
        Text::tr("Largest expected value of tickets that this call may send, as \"0.01 ETH\" or a number of wei."), QStringLiteral("AMOUNT"));
    addMaxPriceOption(line);
    addNoCheckOption(line);
}

std::optional<QString> weiOption(const CommandLine &line, const QString &option)
{
    if (!line.has(option))
        return std::nullopt;
    const auto wei = amount::parse(line.value(option));
    if (!wei)
        throw Error(wei.error()).withMessage(QStringLiteral("--%1: %2").arg(option, wei.error().message()));
    return toDecimal(*wei);
}

Call callFrom(const CommandLine &line, Verb verb)
{
    Call call = callWithout(line, verb);
    if (line.has(QStringLiteral("input")))
        call.input = parseArgument(line.value(QStringLiteral("input")), QStringLiteral("input"));
    const QStringList files = line.values(QStringLiteral("file"));
    for (const QString &assignment : files)
        insertFile(call.input, assignment, line.has(QStringLiteral("keep-metadata")));
    if (!line.has(QStringLiteral("input")) && files.isEmpty()) {
        throw invalid(Text::tr("There is no input for %1.").arg(call.capability))
            .withAdvice(Text::tr("Give one with --input; `sluicectl describe %1` shows what it wants.").arg(call.capability));
    }
    call.backend = line.value(QStringLiteral("backend")); // empty: whoever has it
    call.path = line.value(QStringLiteral("path"));
    call.model = line.value(QStringLiteral("model"));
    return call;
}

Call callWithout(const CommandLine &line, Verb verb)
{
    Call call;
    call.capability = line.arguments().value(0);
    call.verb = verb;
    if (line.has(QStringLiteral("parameters"))) {
        call.parameters = parseArgument(line.value(QStringLiteral("parameters")), QStringLiteral("parameters"));
        if (!call.parameters.isObject())
            throw invalid(Text::tr("--parameters is not a JSON object."));
    }
    call.timeout = std::chrono::seconds(line.number(QStringLiteral("timeout"), 60, 1, 24 * 60 * 60));
    call.limits.maxSpendWei = weiOption(line, QStringLiteral("max-spend"));
    call.limits.maxPricePerSecond = weiOption(line, QStringLiteral("max-price"));
    return call;
}

} // namespace sluice::ctl
