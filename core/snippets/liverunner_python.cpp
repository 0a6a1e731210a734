#include "sluice/snippets/generators_p.h"
#include "sluice/snippets/liverunner_code_p.h"
#include "sluice/snippets/plan_p.h"

#include <QtCore/QCoreApplication>

namespace sluice::detail {

namespace {

/// Apart from the first, the ways of a call with the published package (client-sdk.md 1.3).
struct Imports {
    QStringList runner;
    QStringList selection;
    bool postsJson = false;
};

Imports importsFor(Verb verb)
{
    if (verb == Verb::Live)
        return {{QStringLiteral("stop_runner_session")}, {QStringLiteral("reserve_session")}, true};
    return {{QStringLiteral("call_runner")}, {QStringLiteral("runner_selector")}, false};
}

bool byToken(const Plan &plan)
{
    return plan.route == Route::Paid && plan.payer == Payer::Token;
}

QStringList opening(const Plan &plan, Verb verb)
{
    QStringList lines{QStringLiteral("# livepeer-gateway 1.0 (Python 3.12 or later) · live runner, directly to an orchestrator"),
                      QStringLiteral("# pip install \"livepeer-gateway>=1.0.0\"")};
    if (!byToken(plan))
        lines << QStringLiteral("# This package pays through a remote signer and in no other way: without LIVEPEER_SIGNER_URL only a free app answers.");
    lines << QStringLiteral("import asyncio");
    const bool files = plan.body.has(Hole::Kind::File);
    if (files)
        lines << QStringLiteral("import base64");
    if (verb != Verb::Stream || plan.body.readsJson())
        lines << QStringLiteral("import json");
    lines << QStringLiteral("import os") << QStringLiteral("import sys");
    if (files)
        lines << QStringLiteral("from pathlib import Path");
    const Imports imports = importsFor(verb);
    lines << QString() << QStringLiteral("from livepeer_gateway.errors import LivepeerGatewayError");
    if (imports.postsJson)
        lines << QStringLiteral("from livepeer_gateway.http import post_json");
    lines << QStringLiteral("from livepeer_gateway.live_runner import ") + imports.runner.join(QStringLiteral(", "))
          << QStringLiteral("from livepeer_gateway.selection import ") + imports.selection.join(QStringLiteral(", "));
    if (byToken(plan))
        lines << QStringLiteral("from livepeer_gateway.token import parse_token");
    lines << QString();
    for (const Hole &hole : plan.body.holes) {
        if (hole.kind == Hole::Kind::File)
            lines << QStringLiteral("%1 = %2").arg(hole.name.toUpper(), pythonString(hole.source));
    }
    return lines;
}

/// Who pays, and where runners are looked for: `network` and `signer`, keywords of the package's functions.
QStringList network(const Plan &plan)
{
    const QString orchestrators = QStringLiteral("    network = {\"orchestrators\": os.environ[\"LIVEPEER_ORCH_URL\"]}");
    if (byToken(plan)) {
        QStringList lines{QStringLiteral("    token = parse_token(os.environ[\"LIVEPEER_TOKEN\"])"),
                          QStringLiteral("    signer = {\"signer_url\": token[\"signer\"], \"signer_headers\": token[\"signer_headers\"]}")};
        if (plan.ownOrchestrators)
            lines << orchestrators;
        else
            lines << QStringLiteral("    network = {") << QStringLiteral("        \"orchestrators\": token[\"orchestrators\"],")
                  << QStringLiteral("        \"discovery_url\": token[\"discovery\"],")
                  << QStringLiteral("        \"discovery_headers\": token[\"discovery_headers\"],") << QStringLiteral("    }");
        return lines;
    }
    return {QStringLiteral("    signer_auth = os.environ.get(\"LIVEPEER_SIGNER_AUTH\")"), QStringLiteral("    signer = {"),
            QStringLiteral("        \"signer_url\": os.environ.get(\"LIVEPEER_SIGNER_URL\") or None,"),
            QStringLiteral("        \"signer_headers\": {\"Authorization\": signer_auth} if signer_auth else None,"), QStringLiteral("    }"), orchestrators};
}

/// Below an app's address; the address itself would be answered with a redirect, which loses the body (live-runner.md 7).
QString below(const QString &address, const QString &path)
{
    return address + QStringLiteral(".rstrip(\"/\") + ") + pythonString(QLatin1Char('/') + path);
}

QStringList single(const Plan &plan, const QString &path)
{
    return {QStringLiteral("    cursor = await runner_selector(app=%1, **network, **signer)").arg(pythonString(plan.capability)),
            QStringLiteral("    runner = cursor.candidates[0]"), QStringLiteral("    url = ") + below(QStringLiteral("runner.url"), path)};
}

QStringList answered(const Plan &plan)
{
    return {QStringLiteral("    result = await call_runner(runner=runner, runner_url=url, payload=payload, timeout=%1, **signer)").arg(plan.httpTimeout),
            QStringLiteral("    if result.content is None:"), QStringLiteral("        print(json.dumps(result.data, ensure_ascii=False, indent=2))"),
            QStringLiteral("    else:"), QStringLiteral("        sys.stdout.buffer.write(result.content)")};
}

QStringList streamed()
{
    return {QStringLiteral("    async with await call_runner(runner=runner, runner_url=url, payload=payload, stream=True, **signer) as stream:"),
            QStringLiteral("        data = []"), QStringLiteral("        async for line in stream.aiter_lines():"),
            QStringLiteral("            line = line.rstrip(\"\\r\")"), QStringLiteral("            if line.startswith(\"data:\"):"),
            QStringLiteral("                data.append(line[5:].removeprefix(\" \"))"), QStringLiteral("            if data == [\"[DONE]\"]:"),
            QStringLiteral("                return"), QStringLiteral("            if not line and data:"),
            QStringLiteral("                print(\"\\n\".join(data), flush=True)"), QStringLiteral("                data = []"),
            QStringLiteral("        if data:  # it ended without a blank line"), QStringLiteral("            print(\"\\n\".join(data))")};
}

QStringList reserved(const Plan &plan, const QString &path)
{
    return {QStringLiteral("    session = await reserve_session(app=%1, **network, **signer, timeout=30)").arg(pythonString(plan.capability)),
            QStringLiteral("    async with session:  # it is paid for while this block lasts"), QStringLiteral("        try:"),
            QStringLiteral("            url = ") + below(QStringLiteral("session.app_url"), path),
            QStringLiteral("            answer = await post_json(url, payload, timeout=%1)").arg(plan.httpTimeout),
            QStringLiteral("            print(json.dumps(answer, ensure_ascii=False, indent=2))"), QStringLiteral("        finally:"),
            QStringLiteral("            await stop_runner_session(session)")};
}

} // namespace

QString LiveRunnerPython::whyNot(const SnippetContext &context) const
{
    if (const QString reason = whyNoAppCode(context); !reason.isEmpty())
        return reason;
    const Json &input = context.call.input;
    if (!input.isObject() && !(input.isNull() && context.call.verb == Verb::Live))
        return QCoreApplication::translate("Snippets", "The published package sends JSON objects only.");
    return {};
}

Snippet LiveRunnerPython::generate(const SnippetContext &context) const
{
    const Plan plan(context);
    const QString path = appPath(context);
    QStringList lines = opening(plan, context.call.verb);
    lines << QStringLiteral("payload = ") + pythonLiteral(plan.body.json, plan.body.substitute(pythonHole)) << QString()
          << QStringLiteral("async def main():") << network(plan);
    if (context.call.verb == Verb::Live)
        lines << reserved(plan, path);
    else
        lines << single(plan, path) << (context.call.verb == Verb::Stream ? streamed() : answered(plan));
    lines << QString() << QStringLiteral("try:") << QStringLiteral("    asyncio.run(main())") << QStringLiteral("except LivepeerGatewayError as error:")
          << QStringLiteral("    sys.exit(f\"livepeer: {error}\")");
    Snippet snippet;
    snippet.text = joined(lines);
    snippet.fileName = context.call.verb == Verb::Live ? QStringLiteral("session.py") : QStringLiteral("call.py");
    snippet.language = QStringLiteral("python");
    snippet.install = QStringLiteral("pip install \"livepeer-gateway>=1.0.0\"");
    snippet.run = QStringLiteral("python3 ") + snippet.fileName;
    if (byToken(plan))
        snippet.environment << tokenVariable();
    if (!byToken(plan) || plan.ownOrchestrators)
        snippet.environment << SnippetVariable{plan.addressVariable(), QStringLiteral("The orchestrator's address, e.g. https://localhost:8935."), plan.address, true, false};
    if (!byToken(plan))
        snippet.environment << signerVariable(false) << signerAuthVariable();
    snippet.environment << plan.body.variables();
    snippet.files = plan.body.files();
    return snippet;
}

} // namespace sluice::detail
