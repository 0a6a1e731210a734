#include "sluice/snippets/openai_code_p.h"

#include "sluice/snippets/secret_scan.h"

#include <algorithm>
#include <array>

#include <QtCore/QCoreApplication>

namespace sluice::detail {

namespace {

using Library = OpenAiCode::Library;

constexpr char ChatMembers[] = " audio frequency_penalty function_call functions logit_bias logprobs max_completion_tokens max_tokens messages metadata modalities model n"
                               " parallel_tool_calls prediction presence_penalty reasoning_effort response_format seed service_tier stop store stream stream_options temperature"
                               " tool_choice tools top_logprobs top_p user ";
constexpr char PictureMembers[] = " image mask model n prompt quality response_format size user ";

constexpr std::array Libraries = {
    Library{"chat/completions", "chat.completions.create", "chat.completions.create", Library::Output::Chat, ChatMembers},
    Library{"embeddings", "embeddings.create", "embeddings.create", Library::Output::Vectors, " dimensions encoding_format input model user "},
    Library{"images/generations", "images.generate", "images.generate", Library::Output::Pictures, " model n prompt quality response_format size style user "},
    Library{"images/edits", "images.edit", "images.edit", Library::Output::Pictures, PictureMembers},
    Library{"images/variations", "images.create_variation", "images.createVariation", Library::Output::Pictures, " image model n response_format size user "},
    Library{"audio/transcriptions", "audio.transcriptions.create", "audio.transcriptions.create", Library::Output::Text,
        " file language model prompt response_format temperature timestamp_granularities "},
    Library{"audio/translations", "audio.translations.create", "audio.translations.create", Library::Output::Text, " file model prompt response_format temperature "},
    Library{"audio/speech", "audio.speech.create", "audio.speech.create", Library::Output::Sound, " input model response_format speed voice "},
    Library{"", "", "", Library::Output::Json, ""},
};

const Library &libraryFor(QString path)
{
    if (path.startsWith(QLatin1String("v1/")))
        path.remove(0, 3);
    return *std::find_if(Libraries.begin(), Libraries.end() - 1, [&](const Library &one) { return path == QLatin1String(one.path); });
}

Json settingsOf(const SnippetContext &context)
{
    return context.profile.backends.value(QStringLiteral("openai"), Json::object());
}

openai::Endpoint endpointOf(const SnippetContext &context)
{
    return openai::Endpoint::of(context.call, context.capability);
}

/// The call with the body that is sent for it in place of its input. Only for calls that have one.
SnippetContext sent(SnippetContext context, const openai::Endpoint &endpoint, bool streamUsage)
{
    context.call.input = openai::requestBody(context.call, endpoint, streamUsage).value();
    return context;
}

QStringList filesIn(const Json &body, bool form)
{
    QStringList pointers;
    for (const auto &[key, value] : body.members()) {
        if (!form || !openai::isFileMember(key))
            continue;
        pointers << QLatin1Char('/') + key;
        for (qsizetype i = 0; i < value.items().size(); ++i)
            pointers << QStringLiteral("/%1/%2").arg(key).arg(i);
    }
    return pointers;
}

QList<SnippetVariable> environmentOf(const Json &settings, const Body &body)
{
    QList<SnippetVariable> variables;
    variables.append({QStringLiteral("OPENAI_BASE_URL"), QStringLiteral("The server's base URL, e.g. http://localhost:11434/v1."),
        withoutCredentials(settings.value(QStringLiteral("base_url")).toString()), true, false});
    variables.append({QStringLiteral("OPENAI_API_KEY"), QStringLiteral("The server's API key; nothing where it wants none."), {}, false, true});
    const QString organization = settings.value(QStringLiteral("organization")).toString();
    if (!organization.isEmpty())
        variables.append({QStringLiteral("OPENAI_ORG_ID"), QStringLiteral("The organization of the account."), organization, true, false});
    return variables + body.variables();
}

bool isPlain(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.isPrint() || c.isSurrogate(); });
}

} // namespace

OpenAiCode::OpenAiCode(const SnippetContext &context)
    : endpoint(endpointOf(context))
    , library(&libraryFor(endpoint.path))
    , stream(context.call.verb == Verb::Stream)
    , timeout(std::max<qint64>(1, context.call.timeout.count()))
    , version(context.version.isEmpty() ? QStringLiteral(SLUICE_VERSION) : context.version)
{
    const Json settings = settingsOf(context);
    streamUsage = settings.value(QStringLiteral("stream_usage")).toBool(true);
    organization = !settings.value(QStringLiteral("organization")).toString().isEmpty();
    const SnippetContext whole = sent(context, endpoint, streamUsage);
    body = Body::from(whole, filesIn(whole.call.input, endpoint.form));
    environment = environmentOf(settings, body);
}

QString OpenAiCode::soundFile() const
{
    return QStringLiteral("speech.") + body.json.value(QStringLiteral("response_format")).toString(QStringLiteral("mp3"));
}

QList<std::pair<QString, Json>> OpenAiCode::fields() const
{
    QList<std::pair<QString, Json>> all;
    for (const auto &[key, value] : body.json.members()) {
        if (value.isNull())
            continue;
        if (!value.isArray())
            all.append({key, value});
        for (const Json &item : value.items())
            all.append({key + QStringLiteral("[]"), item});
    }
    return all;
}

QString whyNoOpenAiCode(const SnippetContext &context)
{
    const Call &call = context.call;
    if (call.capability.isEmpty())
        return QCoreApplication::translate("Snippets", "Pick a capability first.");
    if (call.verb == Verb::Live)
        return QCoreApplication::translate("Snippets", "OpenAI-compatible servers have no live jobs.");
    if (!call.input.isNull() && !call.input.isObject())
        return QCoreApplication::translate("Snippets", "The input of such a call is a JSON object.");
    if (!isPlain(call.capability) || !isPlain(call.path))
        return QCoreApplication::translate("Snippets", "The capability's name or its path holds control characters.");
    const openai::Endpoint endpoint = endpointOf(context);
    const auto body = openai::requestBody(call, endpoint, true);
    if (!body)
        return body.error().message();
    const auto form = endpoint.form ? openai::requestForm(*body) : MultipartForm();
    return form ? QString() : form.error().message();
}

QString whyNoOpenAiLibrary(const SnippetContext &context)
{
    const QString general = whyNoOpenAiCode(context);
    if (!general.isEmpty())
        return general;
    const openai::Endpoint endpoint = endpointOf(context);
    const Library &library = libraryFor(endpoint.path);
    if (context.call.verb == Verb::Stream && library.output != Library::Output::Chat)
        return QCoreApplication::translate("Snippets", "The library openai is used here for streams of chat; curl and fetch stream from /%1.").arg(endpoint.path);
    return {};
}

} // namespace sluice::detail
