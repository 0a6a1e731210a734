#include "sluice/snippets/generators_p.h"
#include "sluice/snippets/live_p.h"
#include "sluice/snippets/plan_p.h"
#include "sluice/snippets/python_gateway_p.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QUrl>

namespace sluice::detail {

namespace {

/// Where the package looks for an orchestrator's gRPC when it pays for a BYOC job (client-sdk.md 1.3).
constexpr int TermsPort = 8935;

/// The package has no place for another path than the capability's name.
QString whyNotThisPath(const Plan &plan)
{
    if (plan.plainPath == plan.capability)
        return {};
    return QCoreApplication::translate("Snippets", "The published package always calls a worker at the capability's name, and this one's path is /%1.").arg(plan.path);
}

/// The sandbox stands at one port: elsewhere than where the package looks, it cannot be paid.
QString whyNotThisPort(const Plan &plan, const SnippetContext &context)
{
    const int port = QUrl(plan.address).port(TermsPort);
    if (!context.profile.local || port == TermsPort)
        return {};
    return QCoreApplication::translate("Snippets", "The published package looks for the terms of payment at port %1, and this sandbox is at port %2, because that one was in use.")
        .arg(TermsPort).arg(port);
}

QStringList header(const Plan &plan)
{
    QStringList lines{QStringLiteral("# livepeer-gateway 1.0 (Python 3.12 or later) · %1").arg(plan.backend),
                      QStringLiteral("# pip install \"livepeer-gateway>=1.0.0\"")};
    if (plan.payer != Payer::Token)
        lines << QStringLiteral("# This package pays through a remote signer and in no other way: without LIVEPEER_SIGNER_URL the job goes out")
              << QStringLiteral("# unsigned and unpaid, which only a free test network accepts.");
    if (plan.route == Route::Paid)
        lines << QStringLiteral("# It asks for the terms of payment at port %1 of the orchestrator's host, whatever port the job goes to.").arg(TermsPort);
    return lines;
}

QString imports(const Plan &plan)
{
    QStringList lines;
    if (plan.body.has(Hole::Kind::File))
        lines << QStringLiteral("import base64");
    lines << QStringLiteral("import json") << QStringLiteral("import os") << QStringLiteral("import sys");
    if (plan.body.has(Hole::Kind::File))
        lines << QStringLiteral("from pathlib import Path");
    lines << QString() << QStringLiteral("from livepeer_gateway.byoc import ByocJobRequest, submit_byoc_job")
          << QStringLiteral("from livepeer_gateway.errors import LivepeerGatewayError");
    if (plan.payer == Payer::Token)
        lines << QStringLiteral("from livepeer_gateway.token import parse_token");
    return lines.join(QLatin1Char('\n'));
}

QStringList networkArguments(const Plan &plan)
{
    const QString orchestrator = QStringLiteral("        orch_url=os.environ[\"LIVEPEER_ORCH_URL\"],");
    if (plan.route == Route::Paid && plan.payer == Payer::Token) {
        // The token's fields one by one: it may name orchestrators of its own, and no field is given twice.
        QStringList lines;
        if (plan.ownOrchestrators)
            lines << orchestrator;
        else
            lines << QStringLiteral("        orch_url=token[\"orchestrators\"],") << QStringLiteral("        discovery_url=token[\"discovery\"],")
                  << QStringLiteral("        discovery_headers=token[\"discovery_headers\"],");
        return lines << QStringLiteral("        signer_url=token[\"signer\"],") << QStringLiteral("        signer_headers=token[\"signer_headers\"],");
    }
    return {orchestrator, QStringLiteral("        signer_url=os.environ.get(\"LIVEPEER_SIGNER_URL\"),"),
            QStringLiteral("        signer_headers={\"Authorization\": signer_auth} if signer_auth else None,")};
}

} // namespace

QString pythonHole(const Hole &hole)
{
    if (hole.kind == Hole::Kind::Variable)
        return (hole.isJson ? QStringLiteral("json.loads(os.environ[%1])") : QStringLiteral("os.environ[%1]")).arg(pythonString(hole.source));
    const QString bytes = QStringLiteral("base64.b64encode(Path(%1).read_bytes()).decode()").arg(hole.name.toUpper());
    return hole.prefix.isEmpty() ? bytes : pythonString(hole.prefix) + QStringLiteral(" + ") + bytes;
}

QString PythonPublished::whyNot(const SnippetContext &context) const
{
    if (isLiveVideo(context.call))
        return {};
    const QString general = whyNoCode(context);
    if (!general.isEmpty())
        return general;
    if (context.call.verb == Verb::Live)
        return QCoreApplication::translate("Snippets", "The published package opens live-video-to-video jobs (start_lv2v), but no live BYOC jobs.");
    if (context.profile.throughGateway() && context.call.verb == Verb::Run)
        return {}; // without the package
    if (context.profile.throughGateway())
        return QCoreApplication::translate("Snippets", "The published package reaches orchestrators, not gateways.");
    if (context.call.verb == Verb::Stream)
        return QCoreApplication::translate("Snippets", "The published package cannot stream from a BYOC capability yet.");
    if (!context.call.input.isObject())
        return QCoreApplication::translate("Snippets", "The published package sends JSON objects only.");
    const Plan plan(context);
    const QString path = whyNotThisPath(plan);
    return path.isEmpty() ? whyNotThisPort(plan, context) : path;
}

Snippet PythonPublished::generate(const SnippetContext &context) const
{
    const Plan plan(context);
    if (isLiveVideo(context.call))
        return livePublished(plan, context.call);
    if (plan.route == Route::Gateway)
        return pythonThroughGateway(plan, context.call);
    QStringList lines = header(plan);
    lines << imports(plan) << QString();
    for (const Hole &hole : plan.body.holes) {
        if (hole.kind == Hole::Kind::File)
            lines << QStringLiteral("%1 = %2").arg(hole.name.toUpper(), pythonString(hole.source));
    }
    const auto code = plan.body.substitute(pythonHole);
    lines << QStringLiteral("payload = ") + pythonLiteral(plan.body.json, code);
    QString parameters;
    if (context.call.parameters.size() > 0) {
        lines << QStringLiteral("parameters = ") + pythonLiteral(context.call.parameters);
        parameters = QStringLiteral(", parameters=parameters");
    }
    lines << QString()
          << QStringLiteral("job = ByocJobRequest(capability=%1, payload=payload, timeout_seconds=%2%3)")
                 .arg(pythonString(plan.capability), QString::number(plan.timeout), parameters);
    const bool token = plan.route == Route::Paid && plan.payer == Payer::Token;
    lines << (token ? QStringLiteral("token = parse_token(os.environ[\"LIVEPEER_TOKEN\"])")
                    : QStringLiteral("signer_auth = os.environ.get(\"LIVEPEER_SIGNER_AUTH\")"));
    lines << QStringLiteral("try:") << QStringLiteral("    result = submit_byoc_job(") << QStringLiteral("        job,") << networkArguments(plan)
          << QStringLiteral("        timeout=%1,").arg(plan.httpTimeout) << QStringLiteral("    )")
          << QStringLiteral("except LivepeerGatewayError as error:") << QStringLiteral("    sys.exit(f\"livepeer: {error}\")")
          << QStringLiteral("if isinstance(result.data, bytes):") << QStringLiteral("    sys.stdout.buffer.write(result.data)")
          << QStringLiteral("else:") << QStringLiteral("    print(json.dumps(result.data, ensure_ascii=False, indent=2))");

    Snippet snippet;
    snippet.text = joined(lines);
    snippet.fileName = QStringLiteral("call.py");
    snippet.language = QStringLiteral("python");
    snippet.install = QStringLiteral("pip install \"livepeer-gateway>=1.0.0\"");
    snippet.run = QStringLiteral("python3 call.py");
    if (token)
        snippet.environment << tokenVariable();
    if (!token || plan.ownOrchestrators)
        snippet.environment << SnippetVariable{plan.addressVariable(), QStringLiteral("The orchestrator's address, e.g. https://localhost:8935."), plan.address, true, false};
    if (!token)
        snippet.environment << signerVariable(plan.route == Route::Paid) << signerAuthVariable();
    snippet.environment << plan.body.variables();
    snippet.files = plan.body.files();
    return snippet;
}

} // namespace sluice::detail
