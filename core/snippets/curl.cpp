#include "sluice/snippets/generators_p.h"
#include "sluice/snippets/json_text_p.h"
#include "sluice/snippets/live_p.h"
#include "sluice/snippets/plan_p.h"
#include "sluice/snippets/shared_code_p.h"

namespace sluice::detail {

namespace {

QStringList header(const Plan &plan)
{
    QStringList lines{QStringLiteral("#!/usr/bin/env bash"), QStringLiteral("# curl 7.76 or later · %1").arg(plan.backend)};
    if (plan.route == Route::Paid)
        lines << QStringLiteral("# curl has no ticket library: sluicectl (Sluice %1) signs the job and pays for it, curl makes the request.").arg(plan.version);
    lines << QStringLiteral("set -euo pipefail");
    const auto environment = plan.environment();
    for (const SnippetVariable &variable : environment)
        lines << QStringLiteral(": \"${%1:?is not set}\"").arg(variable.name);
    return lines << shellFiles(plan.body) << QString();
}

} // namespace

QStringList requiredNames(const QList<SnippetVariable> &environment)
{
    QStringList names;
    for (const SnippetVariable &variable : environment) {
        if (variable.required)
            names << variable.name;
    }
    return names;
}

QStringList shellNeeds(const QList<SnippetVariable> &environment)
{
    QStringList lines;
    for (const QString &name : requiredNames(environment))
        lines << QStringLiteral(": \"${%1:?is not set}\"").arg(name);
    return lines;
}

QStringList shellFiles(const Body &body)
{
    QStringList lines;
    for (const Hole &hole : body.holes) {
        if (hole.kind == Hole::Kind::File)
            lines << QStringLiteral("%1=%2").arg(hole.name, shellWord(hole.source))
                  << QStringLiteral("test -r \"$%1\" || { printf '%s cannot be read\\n' \"$%1\" >&2; exit 1; }").replace(QLatin1String("%1"), hole.name);
    }
    return lines;
}

QStringList shellBody(const Body &body)
{
    const QString text = jsonText(body.json);
    QStringList lines;
    if (body.holes.isEmpty()) {
        const QString delimiter = shellDelimiter(text);
        return {QStringLiteral("body() {"), QStringLiteral("  cat <<'%1'").arg(delimiter), text, delimiter, QStringLiteral("}"), QString()};
    }
    if (body.has(Hole::Kind::Variable))
        lines << QStringLiteral("json_string() { printf '\"%s\"' \"$(printf '%s' \"$1\" | sed 's/[\\\\\"]/\\\\&/g')\"; }");
    lines << QStringLiteral("body() {");
    for (const Body::Piece &piece : body.cut(text)) {
        lines << QStringLiteral("  printf '%s' ") + shellWord(piece.text);
        if (piece.hole && piece.hole->kind == Hole::Kind::File)
            lines << QStringLiteral("  base64 <\"$%1\" | tr -d '\\n'").arg(piece.hole->name);
        else if (piece.hole)
            lines << (piece.hole->isJson ? QStringLiteral("  printf '%s' \"$%1\"") : QStringLiteral("  json_string \"$%1\"")).replace(QLatin1String("%1"), piece.hole->source);
    }
    return lines << QStringLiteral("}") << QString();
}

namespace {

QString signCommand(const Plan &plan, const Call &call)
{
    QString command = QStringLiteral("sluicectl sign --capability %1 --path %2 --timeout %3")
                          .arg(shellWord(plan.capability), shellWord(plan.plainPath), QString::number(plan.timeout));
    if (call.parameters.size() > 0)
        command += QStringLiteral(" --parameters ") + shellWord(jsonLine(call.parameters));
    if (call.limits.maxSpendWei)
        command += QStringLiteral(" --max-spend ") + shellWord(*call.limits.maxSpendWei);
    return command + QStringLiteral(" --input - --orchestrator \"$LIVEPEER_ORCH_URL\" --json");
}

/// Lines that fetch or make the job's headers, and the arguments that hand them to curl.
struct Job {
    QStringList before;
    QString url;
    QStringList arguments;
};

Job job(const Plan &plan, const Call &call)
{
    if (plan.route == Route::Paid)
        return {{QStringLiteral("signed=$(body | %1)").arg(signCommand(plan, call)),
                 QStringLiteral("field() { sed -n 's/.*\"'\"$1\"'\": *\"\\([^\"]*\\)\".*/\\1/p' <<<\"$signed\"; }"),
                 QStringLiteral("payment=$(field Livepeer-Payment)"),
                 QStringLiteral("pin=$(field tls_pin)  # an orchestrator signs its own certificate: its key must be the one that sluicectl knows"), QString()},
                QStringLiteral("\"$(field url)\""),
                {QStringLiteral("--header \"Livepeer: $(field Livepeer)\" ${payment:+--header \"Livepeer-Payment: $payment\"}"),
                 QStringLiteral("${pin:+--insecure --pinnedpubkey \"$pin\"}")}};
    const QString rest = jsonLine(jobHeader(plan, call)).mid(1);
    return {{QStringLiteral("job='{\"id\":\"'$(date +%s)-$$'\",'") + shellWord(rest),
             QStringLiteral("header=$(printf '%s' \"$job\" | base64 | tr -d '\\n')"), QString()},
            QStringLiteral("\"${%1%/}/process/request/%2\"").arg(plan.addressVariable(), plan.path),
            {QStringLiteral("--header \"Livepeer: $header\"")}};
}

} // namespace

QStringList shellStreaming(const QString &command, const QStringList &cases, const QString &atEnd)
{
    return QStringList{QStringLiteral("exec 3< <(exec %1)").arg(command),
            QStringLiteral("curl_pid=$!"),
            // The server may keep the connection open after the end.
            QStringLiteral("trap 'kill \"$curl_pid\" 2>/dev/null || :%1' EXIT").arg(atEnd.isEmpty() ? QString() : QStringLiteral("; ") + atEnd),
            QStringLiteral("finished="),
            QStringLiteral("while IFS= read -r line <&3 || [ -n \"$line\" ]; do"),
            QStringLiteral("  line=${line%$'\\r'}"),
            QStringLiteral("  case $line in"),
            QStringLiteral("    'data: [DONE]' | 'data:[DONE]') finished=yes; break ;;")}
        + cases
        + QStringList{QStringLiteral("    data:*) line=${line#data:}; printf '%s\\n' \"${line# }\" ;;"),
            QStringLiteral("    '' | :* | event:* | id:* | retry:*) ;;"),
            QStringLiteral("    *) printf '%s\\n' \"$line\" >&2 ;;"),
            QStringLiteral("  esac"),
            QStringLiteral("done"),
            QStringLiteral("[ -n \"$finished\" ] || wait \"$curl_pid\"")};
}

namespace {

QStringList streaming(const QString &command)
{
    return shellStreaming(command, {QStringLiteral("    'event: insufficient balance') printf 'The balance ran out.\\n' >&2; exit 1 ;;"),
        QStringLiteral("    'data: {\"balance\":'*) printf '%s\\n' \"${line#data: }\" >&2 ;;  # what is left, no part of the answer")});
}

QStringList running(const Plan &plan, const QString &command)
{
    if (plan.route != Route::Gateway)
        return {command};
    // A gateway that found no orchestrator answers 200 with an empty body (client-sdk.md 3.6).
    return {QStringLiteral("answer=$(mktemp)"), QStringLiteral("trap 'rm -f \"$answer\"' EXIT"),
            command + QStringLiteral(" --output \"$answer\" || { cat \"$answer\" >&2; exit 1; }"),
            QStringLiteral("test -s \"$answer\" || { printf 'No orchestrator took the job.\\n' >&2; exit 1; }"), QStringLiteral("cat \"$answer\"")};
}

} // namespace

QString Curl::whyNot(const SnippetContext &context) const
{
    return whyNoCode(context);
}

Snippet Curl::generate(const SnippetContext &context) const
{
    const Plan plan(context);
    if (plan.live) {
        Snippet live;
        live.text = joined(header(plan) + shellBody(plan.body) + liveCurl(plan, context.call));
        live.fileName = QStringLiteral("live.sh");
        live.language = QStringLiteral("bash");
        live.run = QStringLiteral("bash live.sh");
        live.environment = plan.environment();
        live.files = plan.body.files();
        return live;
    }
    const Job made = job(plan, context.call);
    const QString limit = plan.stream ? QStringLiteral("--connect-timeout 10 --no-buffer") : QStringLiteral("--max-time %1").arg(plan.httpTimeout);
    const QString joint = QStringLiteral(" \\\n  ");
    const QString command = QStringLiteral("curl --fail-with-body --silent --show-error %1 %2").arg(limit, made.url) + joint + made.arguments.join(joint)
        + joint + QStringLiteral("--header 'Content-Type: application/json' --data-binary @<(body)");

    Snippet snippet;
    snippet.text = joined(header(plan) + shellBody(plan.body) + made.before + (plan.stream ? streaming(command) : running(plan, command)));
    snippet.fileName = QStringLiteral("call.sh");
    snippet.language = QStringLiteral("bash");
    snippet.run = QStringLiteral("bash call.sh");
    snippet.environment = plan.environment();
    snippet.files = plan.body.files();
    return snippet;
}

} // namespace sluice::detail
