#include "sluice/snippets/aigateway_code_p.h"

#include "sluice/base/file_kind.h"
#include "sluice/snippets/secret_scan.h"

#include <algorithm>

#include <QtCore/QCoreApplication>

namespace sluice::detail {

namespace {

using aigateway::Pipeline;
using Output = AiGatewayCode::Output;

SnippetContext with(SnippetContext context, const aigateway::SentCall &sent)
{
    context.call.input = Json::object(sent.members);
    return context;
}

Expected<aigateway::SentCall> sentIn(const SnippetContext &context, openai::Dialect dialect)
{
    return aigateway::sentFor(context.call, context.capability, dialect);
}

Output outputOf(const Pipeline &pipeline)
{
    switch (pipeline.answer) {
    case Pipeline::Answer::Images:
    case Pipeline::Answer::Video:
    case Pipeline::Answer::Speech: return Output::Media;
    case Pipeline::Answer::Text: return Output::Text;
    case Pipeline::Answer::Chat: return Output::Chat;
    case Pipeline::Answer::Masks: break;
    }
    return Output::Json;
}

QString addressOf(const SnippetContext &context)
{
    const Json settings = context.profile.backends.value(QStringLiteral("aigateway"), Json::object());
    const QString own = settings.value(QStringLiteral("base_url")).toString();
    if (!own.isEmpty() || !context.capability || context.capability->orchestrators.isEmpty())
        return withoutCredentials(own);
    return withoutCredentials(context.capability->orchestrators.first().toString());
}

QStringList unsentOf(const Json &input, const aigateway::SentCall &sent)
{
    QStringList names;
    for (const auto &[name, value] : input.members()) {
        const QString key = name == QLatin1String("max_completion_tokens") ? QStringLiteral("max_tokens") : name;
        const bool isThere = std::any_of(sent.members.begin(), sent.members.end(), [&](const Json::Member &member) { return member.first == key; });
        const bool isPlain = std::all_of(name.begin(), name.end(), [](QChar c) { return c.isLetterOrNumber() || c == QLatin1Char('_'); });
        if (!isThere && !value.isNull() && isPlain)
            names.append(name);
    }
    return names;
}

} // namespace

QString AiGatewayCode::FormField::head() const
{
    const auto quoted = [](QString word) {
        return QLatin1Char('"') + word.replace(QLatin1Char('"'), QLatin1String("%22")).replace(QLatin1Char('\r'), QLatin1String("%0D")).replace(QLatin1Char('\n'), QLatin1String("%0A"))
            + QLatin1Char('"');
    };
    const QString named = QStringLiteral("name=") + quoted(name);
    return file ? named + QStringLiteral("; filename=") + quoted(fileName) + QStringLiteral("\r\nContent-Type: ") + mediaType : named;
}

AiGatewayCode::AiGatewayCode(const SnippetContext &context)
    : sent(orThrow(sentIn(context, openai::Dialect::Gateway)))
    , stream(context.call.verb == Verb::Stream)
    , timeout(std::max<qint64>(1, context.call.timeout.count()))
    , version(context.version.isEmpty() ? QStringLiteral(SLUICE_VERSION) : context.version)
{
    const Pipeline &pipeline = *aigateway::pipelineOf(context.call.capability);
    output = outputOf(pipeline);
    body = Body::from(with(context, sent), aiGatewayFiles(sent));
    if (output == Output::Chat) {
        unsent = unsentOf(context.call.input, sent);
        if (const auto form = sentIn(context, openai::Dialect::Legacy))
            older = Body::from(with(context, *form));
    }
    if (pipeline.answer == Pipeline::Answer::Speech) {
        mediaName = QStringLiteral("speech.wav");
    } else if (output == Output::Media) {
        mediaName = pipeline.answer == Pipeline::Answer::Video ? QStringLiteral("video-%1.mp4") : QStringLiteral("image-%1.png");
        list = QStringLiteral("images");
    }
    environment.append({QStringLiteral("LIVEPEER_AI_GATEWAY_URL"), QStringLiteral("The AI gateway's address, e.g. http://localhost:9935."), addressOf(context), true, false});
    environment.append({QStringLiteral("LIVEPEER_AI_GATEWAY_KEY"), QStringLiteral("The gateway's API key; nothing where it wants none."), {}, false, true});
    environment += body.variables();
}

QString AiGatewayCode::unsentComment() const
{
    return unsent.isEmpty() ? QString() : QStringLiteral("Not sent, because a gateway's /llm takes no such thing: %1.").arg(unsent.join(QStringLiteral(", ")));
}

QList<AiGatewayCode::FormField> AiGatewayCode::fields(const Body &of) const
{
    QList<FormField> all;
    for (const auto &[name, value] : of.json.members()) {
        FormField field;
        field.name = name;
        field.hole = value.isString() ? of.hole(value.toString()) : nullptr;
        if (!field.hole)
            field.text = QString::fromUtf8(aigateway::SentCall::formText(value));
        field.file = field.hole && field.hole->kind == Hole::Kind::File && sent.files.contains(name);
        if (field.file) {
            const FileKind kind = FileKind::of(field.hole->bytes);
            field.fileName = name + QLatin1Char('.') + QLatin1String(kind.extension);
            field.mediaType = QLatin1String(kind.mediaType);
        }
        all.append(field);
    }
    return all;
}

bool AiGatewayCode::filesInText() const
{
    if (!sent.form)
        return has(Hole::Kind::File);
    const QList<FormField> all = fields(body);
    return std::any_of(all.begin(), all.end(), [](const FormField &field) { return field.hole && field.hole->kind == Hole::Kind::File && !field.file; });
}

QList<SnippetFile> AiGatewayCode::files() const
{
    QList<SnippetFile> all = body.files();
    for (const SnippetFile &file : older ? older->files() : QList<SnippetFile>()) {
        if (!all.contains(file))
            all.append(file);
    }
    return all;
}

QString whyNoAiGatewayCode(const SnippetContext &context)
{
    const Call &call = context.call;
    if (call.capability.isEmpty())
        return QCoreApplication::translate("Snippets", "Pick a capability first.");
    const bool isChat = call.capability == QLatin1String("llm");
    if (call.verb == Verb::Live || (call.verb == Verb::Stream && !isChat))
        return QCoreApplication::translate("Snippets", "An AI gateway streams the chat only, and has no live jobs.");
    const auto sent = sentIn(context, openai::Dialect::Gateway);
    if (!sent)
        return sent.error().message();
    const auto written = sent->written();
    return written ? QString() : written.error().message();
}

QStringList aiGatewayFiles(const aigateway::SentCall &sent)
{
    QStringList pointers;
    if (sent.form) {
        for (const QString &name : sent.files)
            pointers.append(QLatin1Char('/') + name);
    }
    return pointers;
}

} // namespace sluice::detail
