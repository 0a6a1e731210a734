#include "sluice/snippets/generators_p.h"
#include "sluice/snippets/shared_code_p.h"
#include "sluice/snippets/zerog_code_p.h"

namespace sluice::detail {

QString ZerogCurl::whyNot(const SnippetContext &context) const
{
    return whyNoZerogCode(context);
}

Snippet ZerogCurl::generate(const SnippetContext &context) const
{
    const ZerogCode code(context);
    const QString limit = code.stream ? QStringLiteral("--connect-timeout 10 --no-buffer") : QStringLiteral("--max-time %1").arg(code.timeout);
    const QString command = QStringLiteral("curl --fail-with-body --silent --show-error %1 \"${%2%/}\"%3 \\\n  --header 'Content-Type: application/json' --data-binary @<(body)")
                                .replace(QLatin1String("%1"), limit)
                                .replace(QLatin1String("%2"), QLatin1String(ZerogAddress))
                                .replace(QLatin1String("%3"), shellWord(code.path));
    QStringList lines{QStringLiteral("#!/usr/bin/env bash"), QStringLiteral("# curl 7.76 or later · %1").arg(code.comment()), QStringLiteral("set -euo pipefail")};
    lines << shellNeeds(code.environment) << shellFiles(code.body) << QString() << shellBody(code.body);
    return code.snippet(code.stream ? lines + shellStreaming(command) : lines << command, "call.sh", "bash", "bash call.sh");
}

} // namespace sluice::detail
