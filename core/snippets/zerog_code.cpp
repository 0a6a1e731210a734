#include "sluice/snippets/zerog_code_p.h"

#include "sluice/snippets/plan_p.h"
#include "sluice/snippets/secret_scan.h"

#include <algorithm>

#include <QtCore/QCoreApplication>

namespace sluice::detail {

namespace {

/// With what is sent in place of the input.
SnippetContext sent(SnippetContext context)
{
    context.call.input = zerog::sentBody(context.call).value();
    return context;
}

} // namespace

ZerogCode::ZerogCode(const SnippetContext &context)
    : body(Body::from(sent(context)))
    , chat(isZerogChat(context))
    , stream(context.call.verb == Verb::Stream)
    , timeout(std::max<qint64>(1, context.call.timeout.count()))
    , version(context.version.isEmpty() ? QStringLiteral(SLUICE_VERSION) : context.version)
{
    const zerog::NamedService named = zerog::NamedService::of(context.call.capability).value();
    path = zerog::callPath(named.provider, named.service, zerog::suffixOf(context.call, context.capability));
    environment.append(zerogAddress(context));
    environment += body.variables();
}

Snippet ZerogCode::snippet(const QStringList &lines, const char *fileName, const char *language, const char *run) const
{
    Snippet made;
    made.text = joined(lines);
    made.fileName = QLatin1String(fileName);
    made.language = QLatin1String(language);
    made.run = QLatin1String(run);
    made.environment = environment;
    made.files = body.files();
    return made;
}

SnippetVariable zerogAddress(const SnippetContext &context)
{
    const Json settings = context.profile.backends.value(QStringLiteral("zerog"), Json::object());
    QString url = settings.value(QStringLiteral("user_agent")).toString();
    if (url.isEmpty() && context.capability && !context.capability->orchestrators.isEmpty())
        url = context.capability->orchestrators.first().toString();
    return {QLatin1String(ZerogAddress), QStringLiteral("The user agent's address, e.g. http://127.0.0.1:1034."), withoutCredentials(url), true, false};
}

bool isZerogChat(const SnippetContext &context)
{
    return context.capability ? context.capability->isChat() : context.call.input.contains(QStringLiteral("messages"));
}

QString whyNoZerogCode(const SnippetContext &context)
{
    const Call &call = context.call;
    if (call.capability.isEmpty())
        return QCoreApplication::translate("Snippets", "Pick a capability first.");
    if (call.verb == Verb::Live)
        return QStringLiteral("0G serving has no live jobs.");
    if (!zerog::NamedService::of(call.capability))
        return QStringLiteral("“%1” does not say which provider sells it: pick the service in the list, whose name ends in its address.").arg(call.capability.left(100));
    const auto body = zerog::sentBody(call);
    return body ? QString() : body.error().message();
}

} // namespace sluice::detail
