#include "sluice/snippets/generators_p.h"
#include "sluice/snippets/shared_code_p.h"
#include "sluice/snippets/zerog_code_p.h"

#include <QtCore/QRegularExpression>

namespace sluice::detail {

namespace {

constexpr char Root[] = "ZEROG_FILE_ROOT";
constexpr char File[] = "ZEROG_FILE";
constexpr char Chain[] = "ZEROG_CHAIN_URL";
constexpr char Contract[] = "ZEROG_FLOW_CONTRACT";
constexpr char Key[] = "ZEROG_STORAGE_KEY";

QString methodOf(const SnippetContext &context)
{
    return context.call.input.value(QStringLiteral("method")).toString();
}

/// The root hash that the call names, if it names one.
QString rootOf(const SnippetContext &context)
{
    static const QRegularExpression hash(QStringLiteral("^0x[0-9a-fA-F]{64}$"));
    const QString first = context.call.input.value(QStringLiteral("params")).at(0).toString();
    return hash.match(first).hasMatch() ? first : QString();
}

QList<SnippetVariable> environmentOf(const SnippetContext &context, bool upload)
{
    QList<SnippetVariable> variables{zerogAddress(context)};
    if (upload) {
        variables.append({QLatin1String(File), QStringLiteral("The file to be uploaded."), {}, true, false});
        variables.append({QLatin1String(Chain), QStringLiteral("JSON-RPC address of a node of the chain on which the file is recorded."), {}, true, false});
        variables.append({QLatin1String(Contract), QStringLiteral("Address of the storage's contract there."), {}, true, false});
        variables.append({QLatin1String(Key), QStringLiteral("The private key that pays for the record on the chain."), {}, true, true});
    } else {
        variables.append({QLatin1String(Root), QStringLiteral("Root hash of the file: 0x and 64 hex digits."), rootOf(context), true, false});
        variables.append({QLatin1String(File), QStringLiteral("Where the file is written to."), {}, true, false});
    }
    return variables;
}

} // namespace

QString ZerogStorage::whyNot(const SnippetContext &context) const
{
    const QString general = whyNoZerogCode(context);
    if (!general.isEmpty())
        return general;
    return isZerogChat(context) ? QStringLiteral("This service is a chat; the storage client asks storage nodes.") : QString();
}

Snippet ZerogStorage::generate(const SnippetContext &context) const
{
    const ZerogCode code(context);
    const bool upload = methodOf(context).startsWith(QLatin1String("zgs_upload"));
    QStringList lines{QStringLiteral("#!/usr/bin/env bash"), QStringLiteral("# 0g-storage-client · %1").arg(code.comment()),
        QStringLiteral("# The client makes its calls of the node by itself; each is paid like the one that this code stands for."), QStringLiteral("set -euo pipefail")};
    const QList<SnippetVariable> environment = environmentOf(context, upload);
    lines << shellNeeds(environment) << QString() << QStringLiteral("node=${%1%/}%2").replace(QLatin1String("%1"), QLatin1String(ZerogAddress)).replace(QLatin1String("%2"), shellWord(code.path));
    if (upload)
        lines << QStringLiteral("# It takes the key as an argument alone, which others on this machine can see.")
              << QStringLiteral("exec 0g-storage-client upload --url \"$%1\" --contract \"$%2\" --key \"$%3\" \\").arg(QLatin1String(Chain), QLatin1String(Contract), QLatin1String(Key))
              << QStringLiteral("  --node \"$node\" --file \"$%1\"").arg(QLatin1String(File));
    else
        lines << QStringLiteral("exec 0g-storage-client download --node \"$node\" --root \"$%1\" --file \"$%2\"").arg(QLatin1String(Root), QLatin1String(File));
    Snippet snippet = code.snippet(lines, "storage.sh", "bash", "bash storage.sh");
    snippet.environment = environment;
    snippet.files.clear(); // what the call would send, the client sends
    return snippet;
}

} // namespace sluice::detail
