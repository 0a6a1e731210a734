#include "sluice/snippets/generators_p.h"
#include "sluice/snippets/shared_code_p.h"
#include "sluice/snippets/zerog_code_p.h"

namespace sluice::detail {

QString ZerogFetch::whyNot(const SnippetContext &context) const
{
    return whyNoZerogCode(context);
}

Snippet ZerogFetch::generate(const SnippetContext &context) const
{
    const ZerogCode code(context);
    QStringList lines{QStringLiteral("// JavaScript, Node 18 or later, without packages · %1").arg(code.comment())};
    if (code.body.has(Hole::Kind::File))
        lines << QStringLiteral("import { readFileSync } from \"node:fs\";") << QString();
    const QString limit = code.stream ? QString() : QStringLiteral(", signal: AbortSignal.timeout(%1_000)").arg(code.timeout);
    lines << javascriptNeed() << javascriptBody(code.body)
          << QStringLiteral("const url = need(\"%1\").replace(/\\/$/, \"\") + %2;").arg(QLatin1String(ZerogAddress), javascriptString(code.path))
          << QStringLiteral("const headers = { \"Content-Type\": \"application/json\" };")
          << QStringLiteral("const response = await fetch(url, { method: \"POST\", headers, body, redirect: \"manual\"%1 });").arg(limit)
          << QStringLiteral("if (!response.ok) throw new Error(\"HTTP \" + response.status + \": \" + (await response.text()));");
    if (code.stream)
        lines << javascriptStreaming(code.chat);
    else
        lines << QStringLiteral("process.stdout.write(Buffer.from(await response.arrayBuffer()));");
    return code.snippet(lines, "fetch.mjs", "javascript", "node fetch.mjs");
}

} // namespace sluice::detail
