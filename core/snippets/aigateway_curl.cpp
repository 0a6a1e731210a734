#include "sluice/snippets/aigateway_code_p.h"
#include "sluice/snippets/generators_p.h"
#include "sluice/snippets/json_text_p.h"
#include "sluice/snippets/literals_p.h"
#include "sluice/snippets/plan_p.h"
#include "sluice/snippets/shared_code_p.h"

#include <algorithm>

namespace sluice::detail {

namespace {

using Output = AiGatewayCode::Output;

const QString Joint = QStringLiteral(" \\\n  ");

QStringList header(const AiGatewayCode &code)
{
    QStringList lines{QStringLiteral("#!/usr/bin/env bash"), QStringLiteral("# curl 7.76 or later · %1").arg(code.comment())};
    if (!code.unsent.isEmpty())
        lines << QStringLiteral("# ") + code.unsentComment();
    lines << QStringLiteral("set -euo pipefail");
    lines << shellNeeds(code.environment);
    lines << shellFiles(code.body);
    if (code.older)
        lines << shellFiles(*code.older);
    return lines << QStringLiteral("gateway=${LIVEPEER_AI_GATEWAY_URL%/}")
                 // From a file, as other users see a program's arguments.
                 << QStringLiteral("key() { printf '%s' \"${LIVEPEER_AI_GATEWAY_KEY:+header = \\\"Authorization: Bearer $LIVEPEER_AI_GATEWAY_KEY\\\"}\"; }") << QString();
}

/// One word or two for curl, each in a line.
QStringList formArguments(const AiGatewayCode &code, const Body &body)
{
    QStringList words;
    for (const AiGatewayCode::FormField &field : code.fields(body)) {
        const QString name = shellWord(field.name + QLatin1Char('='));
        if (field.file)
            words << QStringLiteral("--form %1 <\"$%2\"").arg(shellWord(QStringLiteral("%1=@-;type=%2;filename=%3").arg(field.name, field.mediaType, field.fileName)), field.hole->name);
        else if (!field.hole)
            words << QStringLiteral("--form-string %1").arg(shellWord(field.name + QLatin1Char('=') + field.text));
        else if (field.hole->kind == Hole::Kind::Variable)
            words << QStringLiteral("--form-string %1\"$%2\"").arg(name, field.hole->source);
        else
            words << QStringLiteral("--form-string %1%2\"$(base64 <\"$%3\" | tr -d '\\n')\"").arg(name, shellWord(field.hole->prefix), field.hole->name);
    }
    return words;
}

QString jsonArguments()
{
    return QStringLiteral("--header 'Content-Type: application/json' --data-binary @<(body)");
}

/// How curl is called, up to what it sends.
QString called(const AiGatewayCode &code, const QString &path)
{
    const QString limit = code.stream ? QStringLiteral("--connect-timeout 10 --no-buffer") : QStringLiteral("--max-time %1").arg(code.timeout);
    return QStringLiteral("curl --fail-with-body --silent --show-error %1 --config <(key) \"$gateway\"%2").arg(limit, shellWord(QLatin1Char('/') + path));
}

/// The lines before the call, and the call itself.
std::pair<QStringList, QString> request(const AiGatewayCode &code)
{
    const QString call = called(code, code.sent.path);
    if (code.sent.form)
        return {{}, call + Joint + (code.sent.async ? QStringLiteral("--header 'Prefer: respond-async'") + Joint : QString()) + formArguments(code, code.body).join(Joint)};
    QStringList before = shellBody(code.body);
    if (!code.older)
        return {before, call + Joint + jsonArguments()};
    before << QStringLiteral("# Gateways up to 0.8.2 take a form. They refuse this before anything is done or paid.")
           << QStringLiteral("said=$(curl --silent --show-error --max-time 10 --config <(key) \"$gateway\"'/llm' --header 'Content-Type: application/json' --data '{}')")
           << QStringLiteral("case $said in") << QStringLiteral("  *multipart/form-data*)")
           << QStringLiteral("    set -- ") + formArguments(code, *code.older).join(QStringLiteral(" \\\n      ")) << QStringLiteral("    ;;")
           << QStringLiteral("  *) exec 4< <(body); set -- --header 'Content-Type: application/json' --data-binary @/dev/fd/4 ;;") << QStringLiteral("esac");
    return {before, call + QStringLiteral(" \"$@\"")};
}

QStringList streamed(const QString &command)
{
    // Both marks stand in JSON outside of its texts, where a quote is escaped.
    QStringList lines = shellStreaming(command,
        {QStringLiteral("    data:*'\"done\":true'* | data:*'\"done\": true'* | data:*'\"finish_reason\":\"'[!\\\"]* | data:*'\"finish_reason\": \"'[!\\\"]*)"),
            QStringLiteral("      line=${line#data:}; printf '%s\\n' \"${line# }\"; finished=yes; break ;;")});
    lines.removeLast();
    return lines << QStringLiteral("[ -n \"$finished\" ] || { wait \"$curl_pid\"; printf 'The answer broke off.\\n' >&2; exit 1; }");
}

QStringList waited(const AiGatewayCode &code)
{
    const QString ask = called(code, code.sent.path + QStringLiteral("/result"));
    return {QStringLiteral("id=$(sed -n 's/.*\"request_id\": *\"\\([^\"]*\\)\".*/\\1/p' \"$answer\")"), QStringLiteral("while [ -n \"$id\" ] && ! grep -q '\"result\"' \"$answer\"; do"),
        QStringLiteral("  [ \"$SECONDS\" -lt %1 ] || { printf 'The job takes too long.\\n' >&2; exit 1; }").arg(code.timeout), QStringLiteral("  sleep 1"),
        QStringLiteral("  %1 \\\n    --header 'Content-Type: application/json' --data \"{\\\"request_id\\\":\\\"$id\\\"}\" --output \"$answer\" || { cat \"$answer\" >&2; exit 1; }").arg(ask),
        QStringLiteral("done")};
}

QStringList saved(const AiGatewayCode &code)
{
    const bool one = code.list.isEmpty();
    const QString file = one ? code.mediaName : code.mediaName.arg(QStringLiteral("$number"));
    return {QStringLiteral("origin=$(sed 's|^\\([^/]*//[^/]*\\).*|\\1|' <<<\"$gateway\")"),
        QStringLiteral("urls=$(grep -o '\"url\": *\"[^\"]*\"' \"$answer\" | sed 's/^\"url\": *\"//; s/\"$//; s/\\\\u0026/\\&/g; s|\\\\/|/|g') || { cat \"$answer\" >&2; exit 1; }"),
        QStringLiteral("number=0"), QStringLiteral("while IFS= read -r url; do"), QStringLiteral("  number=$((number + 1))"), QStringLiteral("  file=%1").arg(file),
        QStringLiteral("  case $url in"), QStringLiteral("    data:* | http://* | https://*) ;;"), QStringLiteral("    *) url=$origin/${url#/} ;;"), QStringLiteral("  esac"),
        QStringLiteral("  case $url in"), QStringLiteral("    data:*) printf '%s' \"${url#*,}\" | base64 -d >\"$file\" ;;"),
        QStringLiteral("    \"$origin\"/*) curl --fail --silent --show-error --max-time %1 --config <(key) --output \"$file\" \"$url\" ;;").arg(code.timeout),
        QStringLiteral("    *) curl --fail --silent --show-error --max-time %1 --output \"$file\" \"$url\" ;;  # nobody else sees the key").arg(code.timeout),
        QStringLiteral("  esac"), QStringLiteral("  printf '%s\\n' \"$file\""), QStringLiteral("done <<<\"$urls\"")};
}

/// An answer of 200 without anything in it is how a gateway refuses some calls, so that all but a stream is looked at first.
QStringList whole(const AiGatewayCode &code, const QString &command)
{
    QStringList lines{QStringLiteral("answer=$(mktemp)"), QStringLiteral("trap 'rm -f \"$answer\"' EXIT"),
        command + Joint + QStringLiteral("--output \"$answer\" || { cat \"$answer\" >&2; exit 1; }"),
        QStringLiteral("test -s \"$answer\" || { printf 'The gateway answered with nothing in it.\\n' >&2; exit 1; }")};
    if (code.output != Output::Media)
        return lines << QStringLiteral("cat \"$answer\"");
    return lines + (code.sent.async ? waited(code) : QStringList()) + saved(code);
}

} // namespace

QString AiGatewayCurl::whyNot(const SnippetContext &context) const
{
    const QString general = whyNoAiGatewayCode(context);
    if (!general.isEmpty())
        return general;
    const AiGatewayCode code(context);
    const auto isUnsayable = [](const Json::Member &member) { return member.first.contains(QLatin1Char('=')); };
    return code.sent.form && std::any_of(code.sent.members.begin(), code.sent.members.end(), isUnsayable)
        ? QStringLiteral("curl cannot send a form's field whose name holds “=”.")
        : QString();
}

Snippet AiGatewayCurl::generate(const SnippetContext &context) const
{
    const AiGatewayCode code(context);
    const auto [before, command] = request(code);
    Snippet snippet;
    snippet.text = joined(header(code) + before + (code.stream ? streamed(command) : whole(code, command)));
    snippet.fileName = QStringLiteral("call.sh");
    snippet.language = QStringLiteral("bash");
    snippet.run = QStringLiteral("bash call.sh");
    snippet.environment = code.environment;
    snippet.files = code.files();
    return snippet;
}

} // namespace sluice::detail
