#include "sluice/snippets/generators_p.h"
#include "sluice/snippets/plan_p.h"
#include "sluice/snippets/shared_code_p.h"
#include "sluice/snippets/worker_code_p.h"

namespace sluice::detail {

namespace {

/// The function that prints the message, on one line: each line is a message for websocat.
QStringList message(const WorkerCode &code)
{
    const QList<Body::Piece> pieces = code.line();
    if (code.body.holes.isEmpty()) {
        const QString text = pieces.first().text;
        const QString delimiter = shellDelimiter(text);
        return {QStringLiteral("add() {"), QStringLiteral("  cat <<'%1'").arg(delimiter), text, delimiter, QStringLiteral("}"), QString()};
    }
    QStringList lines = shellFiles(code.body);
    lines << QStringLiteral("add() {");
    for (const Body::Piece &piece : pieces) {
        lines << QStringLiteral("  printf '%s' ") + shellWord(piece.text);
        if (piece.hole && piece.hole->kind == Hole::Kind::File)
            lines << QStringLiteral("  base64 <\"$%1\" | tr -d '\\n'").arg(piece.hole->name);
        else if (piece.hole)
            lines << QStringLiteral("  jq --null-input --compact-output --join-output 'env.%1%2'").arg(piece.hole->source, piece.hole->isJson ? QStringLiteral(" | fromjson") : QStringLiteral(" | @json"));
    }
    return lines << QStringLiteral("  echo") << QStringLiteral("}") << QString();
}

} // namespace

QString WorkerWebsocat::whyNot(const SnippetContext &context) const
{
    return whyNoWorkerCode(context);
}

Snippet WorkerWebsocat::generate(const SnippetContext &context) const
{
    const WorkerCode code(context);
    QStringList lines{QStringLiteral("#!/usr/bin/env bash"), QStringLiteral("# websocat 1.6 or later (cargo install websocat) and jq 1.6 or later · %1").arg(code.comment),
        QStringLiteral("set -euo pipefail")};
    lines << shellNeeds(code.environment);
    lines << message(code) << QStringLiteral("exec 3< <(exec timeout %1 websocat --text --no-close --buffer-size 16777216 \"$%2\" < <(add))").arg(QString::number(code.timeout), QLatin1String(WorkerAddress))
          << QStringLiteral("worker_pid=$!") << QStringLiteral("trap 'kill \"$worker_pid\" 2>/dev/null || true' EXIT")
          << QStringLiteral("jq --null-input --raw-output --join-output --unbuffered '") << QStringLiteral("  foreach inputs as $said (\"\";")
          << QStringLiteral("    if $said.type == \"resp_add\" then $said.job_id else . end;")
          << QStringLiteral("    if $said.type == \"resp_add\" or $said.job_id != . then empty") << QStringLiteral("    elif $said.type == \"running\" then $said.message")
          << (code.tellsStreams ? QStringList{QStringLiteral("    elif $said.type == \"stream\" then if $said.event == \"begun\" and $said.stream > 1 then \"\\n\" else $said.message // empty end")}
                                : QStringList())
          << QStringLiteral("    elif $said.type == \"failed\" then \"\\nThe job failed: \\($said.message)\\n\" | halt_error(1)")
          << QStringLiteral("    elif $said.type == \"done\" then \"\\n\", halt") << QStringLiteral("    else empty end),")
          << QStringLiteral("  (\"\\nThe connection ended, or took too long, before the job was done.\\n\" | halt_error(1))' <&3");
    Snippet snippet = code.snippet(lines, "call.sh", "bash", QStringLiteral("bash call.sh"));
    snippet.install = QStringLiteral("cargo install websocat");
    return snippet;
}

} // namespace sluice::detail
