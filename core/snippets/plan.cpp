#include "sluice/snippets/plan_p.h"

#include "sluice/snippets/json_text_p.h"
#include "sluice/snippets/live_p.h"
#include "sluice/snippets/secret_scan.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QUrl>

#include <algorithm>

namespace sluice::detail {

namespace {

constexpr qint64 kGraceSeconds = 10; // client-sdk.md 6.4: the job's limit ends before the request's

QString encodedPath(const QString &path)
{
    QStringList parts;
    for (const QString &part : path.split(QLatin1Char('/'), Qt::SkipEmptyParts))
        parts << QString::fromLatin1(QUrl::toPercentEncoding(part));
    return parts.join(QLatin1Char('/'));
}

Route routeOf(const SnippetContext &context)
{
    if (context.profile.local)
        return Route::Paid;
    if (context.profile.throughGateway())
        return Route::Gateway;
    const bool pays = context.hasSenderKey || context.hasToken || !context.profile.livepeer().signerUrl.isEmpty();
    return pays ? Route::Paid : Route::Unpaid;
}

Payer payerOf(const SnippetContext &context)
{
    if (context.profile.local || context.hasSenderKey)
        return Payer::LocalKey;
    return context.hasToken ? Payer::Token : Payer::Signer;
}

QString addressOf(const SnippetContext &context, Route route)
{
    const OrchestratorSettings settings = context.profile.livepeer();
    if (route == Route::Gateway)
        return withoutCredentials(settings.gatewayUrl);
    if (!settings.orchUrls.isEmpty())
        return withoutCredentials(settings.orchUrls.first());
    if (context.capability && !context.capability->orchestrators.isEmpty())
        return withoutCredentials(context.capability->orchestrators.first().toString());
    return {};
}

} // namespace

Plan::Plan(const SnippetContext &context)
    : body(Body::from(context))
    , route(routeOf(context))
    , payer(payerOf(context))
    , stream(context.call.verb == Verb::Stream)
    , live(context.call.verb == Verb::Live)
    , ownOrchestrators(!context.profile.livepeer().orchUrls.isEmpty())
    , capability(context.call.capability)
    , timeout(std::max<qint64>(1, context.call.timeout.count()))
    , httpTimeout(timeout + kGraceSeconds)
    , version(context.version.isEmpty() ? QStringLiteral(SLUICE_VERSION) : context.version)
    , address(addressOf(context, route))
{
    if (live && body.json.isNull())
        body.json = Json::object();
    plainPath = context.call.path;
    if (plainPath.isEmpty() && context.capability)
        plainPath = context.capability->path;
    if (plainPath.isEmpty())
        plainPath = capability; // as Gateway does
    path = encodedPath(plainPath);
    switch (route) {
    case Route::Paid: backend = QStringLiteral("BYOC, directly to an orchestrator"); break;
    case Route::Unpaid: backend = QStringLiteral("BYOC, directly to an orchestrator of a free test network"); break;
    case Route::Gateway: backend = QStringLiteral("BYOC, through a gateway that signs and pays"); break;
    }
    if (isLiveVideo(context.call))
        backend = QStringLiteral("live-video-to-video, directly to an orchestrator");
}

QString Plan::addressVariable() const
{
    return route == Route::Gateway ? QStringLiteral("LIVEPEER_GATEWAY_URL") : QStringLiteral("LIVEPEER_ORCH_URL");
}

QList<SnippetVariable> Plan::environment() const
{
    QList<SnippetVariable> variables;
    variables.append({addressVariable(),
                      route == Route::Gateway ? QStringLiteral("The gateway's address, e.g. http://localhost:9935.")
                                              : QStringLiteral("The orchestrator's address, e.g. https://localhost:8935."),
                      address, true, false});
    if (route == Route::Paid) {
        switch (payer) {
        case Payer::LocalKey: variables << senderKeyVariable(); break;
        case Payer::Token: variables << tokenVariable(); break;
        case Payer::Signer: variables << signerVariable(true); break;
        }
    }
    return variables + body.variables();
}

SnippetVariable senderKeyVariable()
{
    return {QStringLiteral("SLUICE_SENDER_KEY"), QStringLiteral("The key that signs and pays: 64 hex digits, or the path of a file that holds them."), {}, true, true};
}

SnippetVariable tokenVariable()
{
    return {QStringLiteral("LIVEPEER_TOKEN"), QStringLiteral("The token bundle: signer, discovery and their headers, in base64."), {}, true, true};
}

SnippetVariable signerVariable(bool required)
{
    return {QStringLiteral("LIVEPEER_SIGNER_URL"), QStringLiteral("The remote signer that signs and pays."), {}, required, false};
}

SnippetVariable signerAuthVariable()
{
    return {QStringLiteral("LIVEPEER_SIGNER_AUTH"), QStringLiteral("The signer's Authorization header, e.g. “Bearer …”, when it wants one."), {}, false, true};
}

bool isPlain(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.isPrint(); });
}

QString whyNoCode(const SnippetContext &context)
{
    const Call &call = context.call;
    if (call.capability.isEmpty())
        return QCoreApplication::translate("Snippets", "Pick a capability first.");
    if (isLiveVideo(call))
        return QCoreApplication::translate("Snippets", "An orchestrator names the terms of live-video-to-video over gRPC, which this language's code does not speak; Python and C++ do.");
    if (call.backend != QLatin1String("byoc"))
        return QCoreApplication::translate("Snippets", "There is no code for the backend “%1” yet.").arg(call.backend);
    if (call.verb == Verb::Live && context.profile.throughGateway())
        return QCoreApplication::translate("Snippets", "A BYOC gateway takes live video by WHIP and RTMP only.");
    if (call.verb == Verb::Live && !call.input.isNull() && !call.input.isObject())
        return QCoreApplication::translate("Snippets", "A live job's parameters are a JSON object.");
    // Hidden characters in a name would end up in a shell command that a person pastes.
    if (!isPlain(call.capability) || !isPlain(call.path) || !isPlain(call.model))
        return QCoreApplication::translate("Snippets", "The capability's name, its path or its model holds control characters.");
    return {};
}

Json jobHeader(const Plan &plan, const Call &call)
{
    // `parameters` and `request` are strings that hold JSON, and never empty (client-sdk.md 3.2).
    Json job{{QStringLiteral("request"), QStringLiteral("{}")},
             {QStringLiteral("parameters"), jsonLine(call.parameters.isObject() ? call.parameters : Json::object())},
             {QStringLiteral("capability"), plan.capability},
             {QStringLiteral("timeout_seconds"), plan.timeout}};
    if (plan.route == Route::Unpaid) {
        job.insert(QStringLiteral("sender"), QStringLiteral(""));
        job.insert(QStringLiteral("sig"), QStringLiteral(""));
    }
    return job;
}

QString joined(const QStringList &lines)
{
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace sluice::detail
