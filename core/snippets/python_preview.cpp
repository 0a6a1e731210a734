#include "sluice/snippets/generators_p.h"
#include "sluice/snippets/live_p.h"
#include "sluice/snippets/plan_p.h"

#include <QtCore/QCoreApplication>

namespace sluice::detail {

namespace {

/// Either the token alone or explicit values alone: never both for the same field (client-sdk.md 2.4).
bool tokenAlone(const Plan &plan)
{
    return plan.route == Route::Paid && plan.payer == Payer::Token && !plan.ownOrchestrators;
}

QStringList construction(const Plan &plan)
{
    if (tokenAlone(plan))
        return {QStringLiteral("gateway = Gateway(token=os.environ[\"LIVEPEER_TOKEN\"])")};
    if (plan.route == Route::Unpaid)
        return {QStringLiteral("gateway = Gateway(orch_url=os.environ[\"LIVEPEER_ORCH_URL\"])")};
    return {QStringLiteral("signer_auth = os.environ.get(\"LIVEPEER_SIGNER_AUTH\")"), QStringLiteral("gateway = Gateway("),
            QStringLiteral("    orch_url=os.environ[\"LIVEPEER_ORCH_URL\"],"), QStringLiteral("    signer_url=os.environ[\"LIVEPEER_SIGNER_URL\"],"),
            QStringLiteral("    signer_headers={\"Authorization\": signer_auth} if signer_auth else None,"), QStringLiteral(")")};
}

QStringList invocation(const Plan &plan, const Call &call)
{
    const QString model = call.model.isEmpty() ? QString() : QStringLiteral(", model=") + pythonString(call.model);
    const QString name = pythonString(plan.capability);
    if (plan.live)
        return livePreview(plan, call);
    if (plan.stream)
        return {QStringLiteral("with gateway.stream(%1, input=payload%2) as events:").arg(name, model), QStringLiteral("    for event in events:"),
                QStringLiteral("        print(event.data, flush=True)")};
    return {QStringLiteral("result = gateway.run(%1, input=payload%2, timeout=%3)").arg(name, model).arg(plan.timeout),
            QStringLiteral("print(json.dumps(result, ensure_ascii=False, indent=2))")};
}

} // namespace

QString PythonPreview::whyNot(const SnippetContext &context) const
{
    if (isLiveVideo(context.call))
        return {};
    const QString general = whyNoCode(context);
    if (!general.isEmpty())
        return general;
    if (context.profile.throughGateway())
        return QCoreApplication::translate("Snippets", "The version 1 specification reaches orchestrators, not gateways.");
    if (context.call.parameters.size() > 0)
        return QCoreApplication::translate("Snippets", "The version 1 specification has no place for job parameters.");
    return {};
}

Snippet PythonPreview::generate(const SnippetContext &context) const
{
    const Plan plan(context);
    QStringList lines{QStringLiteral("# requires livepeer-client (not yet published)"),
                      QStringLiteral("# Written to the version 1 specification of Gateway · %1").arg(plan.backend),
                      QStringLiteral("# Use a fresh virtual environment: the unrelated package “livepeer” would hide this one.")};
    const bool files = plan.body.has(Hole::Kind::File);
    if (plan.live)
        lines << QStringLiteral("import asyncio");
    if (files)
        lines << QStringLiteral("import base64");
    if ((!plan.stream && !plan.live) || plan.body.readsJson())
        lines << QStringLiteral("import json");
    lines << QStringLiteral("import os");
    if (files)
        lines << QStringLiteral("from pathlib import Path");
    lines << QString() << QStringLiteral("from livepeer.client import Gateway") << QString();
    for (const Hole &hole : plan.body.holes) {
        if (hole.kind == Hole::Kind::File)
            lines << QStringLiteral("%1 = %2").arg(hole.name.toUpper(), pythonString(hole.source));
    }
    lines << QStringLiteral("payload = ") + pythonLiteral(plan.body.json, plan.body.substitute(pythonHole)) << QString() << construction(plan)
          << invocation(plan, context.call);

    Snippet snippet;
    snippet.text = joined(lines);
    snippet.fileName = QStringLiteral("call_v1.py");
    snippet.language = QStringLiteral("python");
    snippet.run = QStringLiteral("python3 call_v1.py");
    if (tokenAlone(plan)) {
        snippet.environment << tokenVariable();
    } else {
        snippet.environment << SnippetVariable{plan.addressVariable(), QStringLiteral("The orchestrator's address, e.g. https://localhost:8935."), plan.address, true, false};
        if (plan.route == Route::Paid)
            snippet.environment << signerVariable(true) << signerAuthVariable();
    }
    snippet.environment << plan.body.variables();
    snippet.files = plan.body.files();
    return snippet;
}

} // namespace sluice::detail
