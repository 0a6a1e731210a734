#include "sluice/openai/endpoint.h"

#include "keys_p.h"

#include "sluice/base/bytes.h"
#include "sluice/base/file_kind.h"

#include <QtCore/QRegularExpression>

#include <algorithm>
#include <array>

namespace sluice::openai {

namespace {

using Kind = Endpoint::Kind;

struct Route {
    Kind kind;
    const char *path;
    bool form;
    const char *models; ///< what the names of models for it look like
};

/// In the order of asking: a name may look like several.
constexpr std::array Routes = {
    Route{Kind::Other, "rerank", false, "rerank"},
    Route{Kind::Embeddings, "embeddings", false, "embed|(^|[/_-])(bge|gte|e5)([-_.]|$)|minilm"},
    Route{Kind::Transcription, "audio/transcriptions", true, "whisper|transcri|(^|[/_-])asr([-_.]|$)|parakeet|canary-"},
    Route{Kind::Speech, "audio/speech", false, "(^|[/_-])x?tts([-_.]|$)|speecht5|kokoro|(^|[/_-])bark([-_.]|$)"},
    Route{Kind::Images, "images/generations", false, "gpt-image|dall-?e|(^|[/_-])sd(xl|-?[0-9]|-turbo)|stable-?diffusion|(^|[/_.-])flux|qwen-image|imagen"},
    Route{Kind::Chat, "chat/completions", false, ""},
};
constexpr std::array OtherForms = {"audio/translations", "images/edits", "images/variations"};

bool looksLikeOneFor(const QString &model, std::size_t route)
{
    static const auto names = [] {
        std::array<QRegularExpression, Routes.size()> made;
        for (std::size_t i = 0; i < made.size(); ++i)
            made[i] = QRegularExpression(QLatin1String(Routes[i].models), QRegularExpression::CaseInsensitiveOption);
        return made;
    }();
    return names[route].match(model).hasMatch();
}

Endpoint endpointAt(const Route &route)
{
    Endpoint endpoint;
    endpoint.kind = route.kind;
    endpoint.path = QLatin1String(route.path);
    endpoint.form = route.form;
    return endpoint;
}

/// The file behind base64 or a data URL.
Expected<QByteArray> fileIn(const QString &text, const QString &member)
{
    const qsizetype comma = text.startsWith(QLatin1String("data:")) ? text.left(200).indexOf(QLatin1String(";base64,")) : -1;
    auto bytes = bytes::fromBase64((comma < 0 ? text : text.mid(comma + 8)).toLatin1());
    if (bytes && !bytes->isEmpty())
        return bytes;
    return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("“%1” must be a file as base64 or as a data URL.").arg(member)).withField(QLatin1Char('/') + member));
}

/// A value as the field of a form has it.
QByteArray fieldText(const Json &value)
{
    return value.isString() ? value.toString().toUtf8() : value.dump();
}

Expected<void> addFile(MultipartForm &form, const QString &name, const QString &member, const Json &value)
{
    const auto bytes = fileIn(value.toString(), member);
    if (!bytes)
        return unexpected(bytes.error());
    const FileKind kind = FileKind::of(*bytes); // servers tell formats apart by the file's name
    form.addFile(name.toUtf8(), member.toUtf8() + '.' + kind.extension, kind.mediaType, *bytes);
    return {};
}

} // namespace

Endpoint Endpoint::of(const QString &model, const QString &path)
{
    QString bare = path;
    if (bare.startsWith(QLatin1String("v1/")))
        bare.remove(0, 3);
    for (std::size_t i = 0; i < Routes.size(); ++i) {
        if (path.isEmpty() ? !looksLikeOneFor(model, i) : bare != QLatin1String(Routes[i].path))
            continue;
        Endpoint endpoint = endpointAt(Routes[i]);
        if (!path.isEmpty())
            endpoint.path = path;
        return endpoint;
    }
    Endpoint other;
    other.kind = Kind::Other;
    other.path = path;
    other.form = std::any_of(OtherForms.begin(), OtherForms.end(), [&](const char *one) { return bare == QLatin1String(one); });
    return other;
}

Endpoint Endpoint::of(const Call &call, const std::optional<CapabilityInfo> &info)
{
    return of(call.capability, call.path.isEmpty() && info ? info->path : call.path);
}

QList<Verb> Endpoint::verbs() const
{
    if (kind == Kind::Chat)
        return {Verb::Stream, Verb::Run};
    return kind == Kind::Other && !form ? QList<Verb>{Verb::Run, Verb::Stream} : QList<Verb>{Verb::Run};
}

Expected<Json> requestBody(const Call &call, const Endpoint &endpoint, bool streamUsage)
{
    if (!call.input.isNull() && !call.input.isObject())
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("The input of %1 must be a JSON object.").arg(endpoint.path)));
    Json body = Json::object();
    if (call.input.value(keys::Model).isNull())
        body.insert(keys::Model, call.capability);
    for (const auto &[key, value] : call.input.members())
        body.insert(key, key == keys::Model && value.isNull() ? Json(call.capability) : value);
    if (call.verb == Verb::Stream) {
        body.insert(keys::Stream, true);
        if (streamUsage && endpoint.kind == Kind::Chat && !body.contains(keys::StreamOptions))
            body.insert(keys::StreamOptions, Json{{keys::IncludeUsage, true}});
    }
    return body;
}

bool isFileMember(const QString &name)
{
    return name == QLatin1String("file") || name == QLatin1String("image") || name == QLatin1String("mask");
}

Expected<MultipartForm> requestForm(const Json &body)
{
    MultipartForm form;
    for (const auto &[key, value] : body.members()) {
        if (value.isNull())
            continue;
        const bool list = value.isArray();
        const QList<Json> items = list ? value.items() : QList<Json>{value};
        const QString name = list ? key + QStringLiteral("[]") : key;
        for (const Json &item : items) {
            if (!isFileMember(key)) {
                form.addField(name.toUtf8(), fieldText(item));
                continue;
            }
            if (const auto added = addFile(form, name, key, item); !added)
                return unexpected(added.error());
        }
    }
    return form;
}

} // namespace sluice::openai
