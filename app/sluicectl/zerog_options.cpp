#include "zerog_options.h"
#include "text.h"

#include "sluice/base/secret_environment.h"

#include <QtCore/QFile>

namespace sluice::ctl {

namespace {

constexpr qint64 maxKeyFileBytes = 1024;
const char keyVariable[] = "SLUICE_ZEROG_KEY";

PrivateKey keyFrom(const Secret &value, const QString &where)
{
    const auto given = PrivateKey::fromHex(value.expose().toByteArray());
    if (given)
        return *given;
    QFile file(QFile::decodeName(value.expose().toByteArray()));
    if (!file.open(QIODevice::ReadOnly))
        throw Error(Error::Kind::Config, Text::tr("%1 is neither 64 hex digits nor a file that can be read.").arg(where));
    const Secret text(file.readLine(maxKeyFileBytes).trimmed());
    const auto key = PrivateKey::fromHex(text.expose().toByteArray());
    if (!key)
        throw Error(Error::Kind::Config, Text::tr("The file of %1 holds no key: 64 hex digits are expected in its first line.").arg(where));
    return *key;
}

} // namespace

void addZerogOptions(CommandLine &line, const QString &whose)
{
    line.addOption({QStringLiteral("ledger")}, Text::tr("The ledger's file, shared with other programs of this machine. Made when it is not there."), QStringLiteral("FILE"));
    line.addOption({QStringLiteral("key")}, whose + QLatin1Char('\n') + Text::tr("64 hex digits, or a file that holds them. Others may see an option: the environment's SLUICE_ZEROG_KEY is better."), QStringLiteral("HEX"));
}

QString zerogLedgerFile(const CommandLine &line)
{
    const QString file = line.value(QStringLiteral("ledger"));
    if (file.isEmpty())
        throw Error(Error::Kind::Config, Text::tr("Say which ledger: --ledger FILE."));
    return file;
}

PrivateKey zerogKey(const CommandLine &line)
{
    if (line.has(QStringLiteral("key")))
        return keyFrom(Secret(line.value(QStringLiteral("key")).toUtf8()), QStringLiteral("--key"));
    const Secret fromEnvironment = secretVariable(keyVariable);
    if (fromEnvironment.isEmpty())
        throw Error(Error::Kind::Config, Text::tr("Say with which key: --key HEX, or SLUICE_ZEROG_KEY in the environment."));
    return keyFrom(fromEnvironment, QLatin1String(keyVariable));
}

} // namespace sluice::ctl
