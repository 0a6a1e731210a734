#include "sluice/snippets/snippet_generator.h"

#include "sluice/snippets/body_p.h"
#include "sluice/snippets/generators_p.h"
#include "sluice/snippets/live_p.h"
#include "sluice/snippets/plan_p.h"
#include "sluice/snippets/secret_scan.h"

#include <QtCore/QMap>

#include <algorithm>
#include <mutex>
#include <utility>

namespace sluice {

namespace {

/// The first place in `json` whose string or key holds a secret.
std::optional<QString> placeOfSecret(const Json &json, const QList<Secret> &secrets, const QString &pointer)
{
    if (json.isString() && containsSecret(json.toString().toUtf8(), secrets))
        return pointer;
    for (qsizetype i = 0; i < json.items().size(); ++i) {
        if (const auto place = placeOfSecret(json.items().at(i), secrets, pointer + QLatin1Char('/') + QString::number(i)))
            return place;
    }
    for (const auto &[key, value] : json.members()) {
        // A key that is a secret must not be named either.
        if (containsSecret(key.toUtf8(), secrets))
            return pointer;
        if (const auto place = placeOfSecret(value, secrets, pointer + QLatin1Char('/') + key))
            return place;
    }
    return std::nullopt;
}

/// The secrets of the call's own input, which could stand in another field as well. Short ones occur by chance.
QList<Secret> repeatable(const Call &call)
{
    constexpr qsizetype kShortest = 8;
    QList<Secret> secrets;
    for (const QString &pointer : call.secretPointers) {
        QByteArray text = call.input.find(pointer).value_or(Json()).toString().toUtf8();
        if (text.size() >= kShortest)
            secrets.append(Secret::take(text));
    }
    return secrets;
}

/// A line below the first ones for each file of which the call had less than the code will send.
QString withCleanedFiles(const Snippet &snippet, const detail::Body &body)
{
    const bool hash = snippet.language == QLatin1String("python") || snippet.language == QLatin1String("bash");
    const QString mark = hash ? QStringLiteral("#") : QStringLiteral("//");
    QString lines;
    for (const detail::Hole &hole : body.holes) {
        if (hole.kind == detail::Hole::Kind::File && hole.cleaned && detail::isPlain(hole.source))
            lines += QStringLiteral("%1 %2: position and other private details were taken out of what was tried; this code sends your file as it is.\n").arg(mark, hole.source);
    }
    qsizetype at = 0;
    while (snippet.text.indexOf(mark, at) == at) {
        const qsizetype end = snippet.text.indexOf(QLatin1Char('\n'), at);
        at = end < 0 ? snippet.text.size() : end + 1;
    }
    return QString(snippet.text).insert(at, lines);
}

Error secretFound(const QString &field)
{
    return Error(Error::Kind::InvalidInput,
                 QStringLiteral("A secret (a token, a key or a secret field) stands in the call, so no code is made of it."))
        .withField(field)
        .withAdvice(QStringLiteral("Take the secret out of the input; code reads secrets from the environment."));
}

} // namespace

const QList<const SnippetGenerator *> &snippetGenerators()
{
    static const detail::PythonPublished published;
    static const detail::PythonPreview preview;
    static const detail::Curl curl;
    static const detail::JavascriptNode javascript;
    static const detail::CppLibrary cpp;
    static const QList<const SnippetGenerator *> all{&published, &preview, &curl, &javascript, &cpp};
    return all;
}

namespace {

/// What writes each backend's calls, in the order of the tabs.
struct Registry {
    std::mutex mutex;
    QMap<QString, QList<const SnippetGenerator *>> generators;

    Registry()
    {
        static const detail::OpenAiPython python;
        static const detail::OpenAiNode node;
        static const detail::OpenAiFetch fetch;
        static const detail::OpenAiCurl curl;
        static const detail::OpenAiCpp cpp;
        for (const char *backend : {"byoc", "lv2v"})
            generators.insert(QLatin1String(backend), snippetGenerators());
        generators.insert(QStringLiteral("openai"), {&python, &curl, &node, &fetch, &cpp});
        static const detail::AiGatewayPython gatewayPython;
        static const detail::AiGatewayCurl gatewayCurl;
        static const detail::AiGatewayFetch gatewayFetch;
        static const detail::AiGatewayCpp gatewayCpp;
        generators.insert(QStringLiteral("aigateway"), {&gatewayPython, &gatewayCurl, &gatewayFetch, &gatewayCpp});
        static const detail::LiveRunnerPython runnerPython;
        static const detail::LiveRunnerCurl runnerCurl;
        generators.insert(QStringLiteral("liverunner"), {&runnerPython, &runnerCurl});
        static const detail::WorkerPython workerPython;
        static const detail::WorkerJavascript workerJavascript;
        static const detail::WorkerCpp workerCpp;
        static const detail::WorkerWebsocat workerWebsocat;
        generators.insert(QStringLiteral("llmworker"), {&workerPython, &workerJavascript, &workerCpp, &workerWebsocat});
        static const detail::ZerogPython zerogPython;
        static const detail::ZerogCurl zerogCurl;
        static const detail::ZerogFetch zerogFetch;
        static const detail::ZerogCpp zerogCpp;
        static const detail::ZerogStorage zerogStorage;
        generators.insert(QStringLiteral("zerog"), {&zerogPython, &zerogCurl, &zerogFetch, &zerogCpp, &zerogStorage});
    }
};

const SnippetGenerator *withId(const QList<const SnippetGenerator *> &all, const QString &id)
{
    const auto found = std::find_if(all.begin(), all.end(), [&](const SnippetGenerator *generator) { return generator->id() == id; });
    return found == all.end() ? nullptr : *found;
}

Registry &registry()
{
    static Registry instance;
    return instance;
}

} // namespace

void addSnippetGenerator(const QString &backend, const SnippetGenerator *generator)
{
    const std::lock_guard lock(registry().mutex);
    QList<const SnippetGenerator *> &all = registry().generators[backend];
    if (const SnippetGenerator *former = withId(all, generator->id()))
        all[all.indexOf(former)] = generator;
    else
        all.append(generator);
}

const SnippetGenerator *snippetGenerator(const QString &language, const QString &backend)
{
    const std::lock_guard lock(registry().mutex);
    return withId(registry().generators.value(backend), language);
}

QList<const SnippetGenerator *> snippetGenerators(const QString &backend)
{
    const std::lock_guard lock(registry().mutex);
    return registry().generators.value(backend);
}

const SnippetGenerator *snippetGenerator(const QString &id)
{
    if (const SnippetGenerator *usual = withId(snippetGenerators(), id))
        return usual;
    const std::lock_guard lock(registry().mutex);
    for (const QList<const SnippetGenerator *> &all : std::as_const(registry().generators)) {
        if (const SnippetGenerator *other = withId(all, id))
            return other;
    }
    return nullptr;
}

QString whyNoSnippet(const SnippetGenerator &language, const SnippetContext &context)
{
    if (const SnippetGenerator *writer = snippetGenerator(language.id(), context.call.backend))
        return writer->whyNot(context);
    QStringList others;
    for (const SnippetGenerator *other : snippetGenerators(context.call.backend))
        others.append(other->title());
    const QString none = QStringLiteral("There is no code for the backend “%1” in this language.").arg(context.call.backend);
    return others.isEmpty() ? none : none + QStringLiteral(" There is in: %1.").arg(others.join(QStringLiteral(", ")));
}

Expected<Snippet> makeSnippet(const SnippetGenerator &language, const SnippetContext &given)
{
    SnippetContext context = given;
    // The SDK has a place of its own for the model, which the catalog writes behind the name.
    const qsizetype slash = context.call.capability.indexOf(QLatin1Char('/'));
    if (detail::isLiveVideo(context.call) && slash > 0) {
        context.call.model = context.call.capability.mid(slash + 1);
        context.call.capability.truncate(slash);
    }
    const QString reason = whyNoSnippet(language, context);
    const SnippetGenerator *writer = snippetGenerator(language.id(), context.call.backend);
    if (!writer || !reason.isEmpty())
        return unexpected(Error(Error::Kind::NotRouted, QStringLiteral("%1: %2").arg((writer ? writer : &language)->title(), reason)));
    context.call.findSecrets(context.capability ? context.capability->inputSchema : Json());
    if (!context.call.secretParameters.isEmpty())
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("A parameter looks like a secret by its name, so no code is made of it."))
                              .withField(QStringLiteral("/parameters") + context.call.secretParameters.first())
                              .withAdvice(QStringLiteral("Leave it out of the parameters; code reads secrets from the environment.")));
    context.secrets += repeatable(context.call);
    // The input as it is written: the writers may break a long text over lines, where a search would miss it.
    const detail::Body body = detail::Body::from(context);
    if (const auto place = placeOfSecret(body.json, context.secrets, QString()))
        return unexpected(secretFound(*place));
    if (const auto place = placeOfSecret(context.call.parameters, context.secrets, QStringLiteral("/parameters")))
        return unexpected(secretFound(*place));
    Snippet snippet = writer->generate(context);
    snippet.text = withCleanedFiles(snippet, body);
    if (containsSecret(snippet.text.toUtf8(), context.secrets))
        return unexpected(secretFound(QString()));
    return snippet;
}

} // namespace sluice
