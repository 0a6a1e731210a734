#include "sluice/snippets/worker_code_p.h"

#include "sluice/llmworker/backend_call.h"
#include "sluice/llmworker/backend_settings.h"
#include "sluice/snippets/json_text_p.h"
#include "sluice/snippets/plan_p.h"
#include "sluice/snippets/secret_scan.h"

#include <algorithm>

#include <QtCore/QCoreApplication>

namespace sluice::detail {

namespace {

llmworker::WorkerSettings settingsOf(const SnippetContext &context)
{
    BackendSettings settings;
    settings.values = context.profile.backends.value(QStringLiteral("llmworker"), Json::object());
    return llmworker::WorkerSettings::from(settings);
}

/// What the backend sends. A connection has one call here, so that any id does.
Expected<Json> sentFor(const SnippetContext &context)
{
    const llmworker::WorkerSettings settings = settingsOf(context);
    if (!settings.templates.contains(context.call.capability))
        return unexpected(Error(Error::Kind::NotRouted, QStringLiteral("The profile has no assistant “%1”, so there is nothing to send.").arg(context.call.capability)));
    auto add = llmworker::requestFor(context.call, settings.templates.value(context.call.capability));
    if (!add)
        return unexpected(add.error());
    add->id = QStringLiteral("1");
    return add->toJson();
}

/// With what is sent in place of the input: no schema speaks of that, so that names alone tell where a secret stands.
SnippetContext sent(SnippetContext context)
{
    context.call.input = sentFor(context).value();
    context.call.secretPointers.clear();
    context.capability.reset();
    return context;
}

} // namespace

WorkerCode::WorkerCode(const SnippetContext &context)
    : body(Body::from(sent(context)))
    , timeout(std::max<qint64>(1, context.call.timeout.count()))
    , tellsStreams(body.json.value(QStringLiteral("tell_streams")).toBool())
    , comment(QStringLiteral("an LLM worker"))
{
    const llmworker::WorkerSettings settings = settingsOf(context);
    QString url = settings.url.toString();
    if (url.isEmpty() && context.capability && !context.capability->orchestrators.isEmpty())
        url = context.capability->orchestrators.first().toString();
    if (llmworker::asksProfileOnly(settings.templates.value(context.call.capability))) {
        // The window has a worker of its own for those, which nobody else may ask.
        url = QStringLiteral("ws://localhost:8001/ws/");
        const bool plain = std::all_of(context.profile.name.begin(), context.profile.name.end(), [](QChar c) { return c.isLetterOrNumber() || c == QLatin1Char('-') || c == QLatin1Char('_'); });
        comment = QStringLiteral("a worker over the profile: sluicectl worker serve --profile %1 --port 8001").arg(plain ? context.profile.name : shellWord(context.profile.name));
    }
    address = withoutCredentials(url);
    environment.append({QLatin1String(WorkerAddress), QStringLiteral("The worker's address, e.g. ws://localhost:8001/ws/."), address, true, false});
    environment += body.variables();
}

QList<Body::Piece> WorkerCode::line() const
{
    return body.cut(jsonLine(body.json));
}

Snippet WorkerCode::snippet(const QStringList &lines, const char *fileName, const char *language, const QString &run) const
{
    Snippet made;
    made.text = joined(lines);
    made.fileName = QLatin1String(fileName);
    made.language = QLatin1String(language);
    made.run = run;
    made.environment = environment;
    made.files = body.files();
    return made;
}

QString whyNoWorkerCode(const SnippetContext &context)
{
    const Call &call = context.call;
    if (call.capability.isEmpty())
        return QCoreApplication::translate("Snippets", "Pick a capability first.");
    if (call.verb == Verb::Live)
        return QCoreApplication::translate("Snippets", "LLM workers have no live jobs.");
    const auto add = sentFor(context);
    const Json messages = call.input.value(QStringLiteral("messages"));
    if (!add && messages.isArray() && messages.at(messages.size() - 1).value(QStringLiteral("role")).toString() != QLatin1String("user")
        && settingsOf(context).templates.contains(call.capability))
        return QCoreApplication::translate("Snippets", "There is no question yet. Type one, and the code that asks it is here.");
    if (!add)
        return add.error().message();
    // The template is no part of the input, where secrets are looked for.
    return containsSecret(add->dump(), context.secrets) ? QStringLiteral("A secret stands in the assistant's template, so no code is made of it.") : QString();
}

} // namespace sluice::detail
