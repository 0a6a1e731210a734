#include "sluice/snippets/generators_p.h"
#include "sluice/snippets/json_text_p.h"
#include "sluice/snippets/openai_code_p.h"
#include "sluice/snippets/plan_p.h"
#include "sluice/snippets/shared_code_p.h"

#include <QtCore/QUrl>

namespace sluice::detail {

namespace {

QStringList header(const OpenAiCode &code)
{
    QStringList lines{QStringLiteral("#!/usr/bin/env bash"), QStringLiteral("# curl 7.76 or later · %1").arg(code.comment()), QStringLiteral("set -euo pipefail")};
    lines << shellNeeds(code.environment);
    return lines << shellFiles(code.body) << QString();
}

/// One word for curl, each in a line.
QStringList formArguments(const OpenAiCode &code)
{
    QStringList words;
    for (const auto &[name, value] : code.fields()) {
        const Hole *hole = code.body.hole(value.toString());
        if (hole && hole->kind == Hole::Kind::File)
            words << QStringLiteral("--form %1=@\"$%2\"").arg(shellWord(name), hole->name);
        else if (hole)
            words << QStringLiteral("--form-string %1=\"$%2\"").arg(shellWord(name), hole->source);
        else
            words << QStringLiteral("--form-string %1").arg(shellWord(name + QLatin1Char('=') + (value.isString() ? value.toString() : jsonLine(value))));
    }
    return words;
}

} // namespace

QString OpenAiCurl::whyNot(const SnippetContext &context) const
{
    return whyNoOpenAiCode(context);
}

Snippet OpenAiCurl::generate(const SnippetContext &context) const
{
    const OpenAiCode code(context);
    const QString limit = code.stream ? QStringLiteral("--connect-timeout 10 --no-buffer") : QStringLiteral("--max-time %1").arg(code.timeout);
    QStringList arguments{QStringLiteral("curl --fail-with-body --silent --show-error %1 \"${OPENAI_BASE_URL%/}\"%2").arg(limit, shellWord(QLatin1Char('/') + QString::fromLatin1(QUrl::toPercentEncoding(code.endpoint.path, "/")))),
        // From a file, as other users see a program's arguments.
        QStringLiteral("--config <(printf '%s' \"${OPENAI_API_KEY:+header = \\\"Authorization: Bearer $OPENAI_API_KEY\\\"}\")")};
    if (code.organization)
        arguments << QStringLiteral("--header \"OpenAI-Organization: $OPENAI_ORG_ID\"");
    if (code.endpoint.form)
        arguments << formArguments(code);
    else
        arguments << QStringLiteral("--header 'Content-Type: application/json' --data-binary @<(body)");
    const QString command = arguments.join(QStringLiteral(" \\\n  "));

    Snippet snippet;
    QStringList lines = header(code);
    if (!code.endpoint.form)
        lines << shellBody(code.body);
    snippet.text = joined(code.stream ? lines + shellStreaming(command) : lines << command);
    snippet.fileName = QStringLiteral("call.sh");
    snippet.language = QStringLiteral("bash");
    snippet.run = QStringLiteral("bash call.sh");
    snippet.environment = code.environment;
    snippet.files = code.body.files();
    return snippet;
}

} // namespace sluice::detail
