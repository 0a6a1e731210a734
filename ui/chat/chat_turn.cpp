#include "sluice/chat/chat_turn.h"

#include "sluice/base/bytes.h"
#include "sluice/base/file_kind.h"
#include "sluice/base/file_text.h"
#include "sluice/gateway/json_forms.h"

#include <array>
#include <utility>

namespace sluice::ui {

namespace {

using std::chrono::milliseconds;

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

constexpr std::array<std::pair<ChatTurn::State, const char *>, 5> stateNames{{{ChatTurn::State::Complete, "complete"}, {ChatTurn::State::Waiting, "stopped"},
    {ChatTurn::State::Streaming, "stopped"}, {ChatTurn::State::Stopped, "stopped"}, {ChatTurn::State::Failed, "failed"}}};

QString stateName(ChatTurn::State state)
{
    for (const auto &[one, name] : stateNames) {
        if (one == state)
            return key(name);
    }
    return {};
}

ChatTurn::State stateOf(const QString &name)
{
    return name == QLatin1String("failed") ? ChatTurn::State::Failed : name == QLatin1String("stopped") ? ChatTurn::State::Stopped : ChatTurn::State::Complete;
}

Json figuresToJson(const ChatFigures &figures)
{
    Json json = Json::object();
    const auto put = [&json](const char *name, const std::optional<qint64> &value) {
        if (value)
            json.insert(key(name), *value);
    };
    if (figures.startedAt.isValid())
        json.insert(key("started_at"), figures.startedAt.toUTC().toString(Qt::ISODateWithMs));
    if (figures.firstToken)
        json.insert(key("first_ms"), qint64(figures.firstToken->count()));
    json.insert(key("duration_ms"), qint64(figures.duration.count()));
    json.insert(key("chunks"), figures.chunks);
    put("tokens", figures.tokens);
    put("prompt_tokens", figures.promptTokens);
    put("reasoning_tokens", figures.reasoningTokens);
    put("total_tokens", figures.totalTokens);
    if (!figures.paidWei.isEmpty())
        json.insert(key("paid_wei"), figures.paidWei);
    if (figures.past)
        json.insert(key("past"), true);
    return json;
}

ChatFigures figuresFrom(const Json &json)
{
    ChatFigures figures;
    const auto count = [&json](const char *name) { return json.value(key(name)).toInt64(); };
    figures.startedAt = QDateTime::fromString(json.value(key("started_at")).toString(), Qt::ISODateWithMs);
    if (const auto first = count("first_ms"))
        figures.firstToken = milliseconds(*first);
    figures.duration = milliseconds(count("duration_ms").value_or(0));
    figures.chunks = count("chunks").value_or(0);
    figures.tokens = count("tokens");
    figures.promptTokens = count("prompt_tokens");
    figures.reasoningTokens = count("reasoning_tokens");
    figures.totalTokens = count("total_tokens");
    figures.paidWei = json.value(key("paid_wei")).toString();
    figures.past = json.value(key("past")).toBool();
    return figures;
}

Json sourcesToJson(const QList<ChatSource> &sources)
{
    Json list = Json::array();
    for (const ChatSource &source : sources)
        list.append(Json{{key("title"), source.title}, {key("url"), source.url}, {key("excerpt"), source.excerpt}});
    return list;
}

QList<ChatSource> sourcesFrom(const Json &json)
{
    QList<ChatSource> sources;
    for (const Json &source : json.items())
        sources.append({source.value(key("title")).toString(), source.value(key("url")).toString(), source.value(key("excerpt")).toString()});
    return sources;
}

Json callsToJson(const ToolCalls &calls)
{
    Json list = Json::array();
    for (const ToolCalls::Call &call : calls.calls())
        list.append(Json{{key("name"), call.name}, {key("arguments"), call.arguments}});
    return list;
}

QList<ToolCalls::Call> callsFrom(const Json &json)
{
    QList<ToolCalls::Call> calls;
    for (const Json &call : json.items())
        calls.append({call.value(key("name")).toString(), call.value(key("arguments")).toString()});
    return calls;
}

/// The words of a message; content may be a list of parts, of which the texts are taken.
QString contentOf(const Json &message)
{
    const Json content = message.value(QStringLiteral("content"));
    if (!content.isArray())
        return content.toString();
    QString text;
    for (const Json &part : content.items())
        text += part.value(QStringLiteral("text")).toString();
    return text;
}

/// What stands beside the words.
QList<ChatAttachment> attachmentsOf(const Json &message)
{
    QList<ChatAttachment> found;
    for (const Json &part : message.value(QStringLiteral("content")).items()) {
        if (part.value(QStringLiteral("type")).toString() != QLatin1String("text"))
            found.append(ChatAttachment::fromPart(part));
    }
    return found;
}

} // namespace

std::optional<qint64> ChatFigures::tokensPer10Seconds() const
{
    const milliseconds streaming = duration - firstToken.value_or(milliseconds(0));
    if (!firstToken || streaming < milliseconds(50) || shownTokens() < 2)
        return std::nullopt;
    return shownTokens() * 10000 / streaming.count();
}

ChatAttachment ChatAttachment::picture(const QString &uri, const QString &name)
{
    ChatAttachment attachment;
    attachment.kind = Kind::Picture;
    attachment.name = name;
    attachment.part = Json{{key("type"), "image_url"}, {key("image_url"), Json{{key("url"), uri}}}};
    return attachment;
}

ChatAttachment ChatAttachment::sound(const QByteArray &bytes, const QString &format)
{
    ChatAttachment attachment;
    attachment.kind = Kind::Sound;
    const Json sound{{key("data"), QString::fromLatin1(bytes::toBase64(bytes))}, {key("format"), format}};
    attachment.part = Json{{key("type"), "input_audio"}, {key("input_audio"), sound}};
    return attachment;
}

ChatAttachment ChatAttachment::fromPart(const Json &part)
{
    ChatAttachment attachment;
    attachment.part = part;
    const QString type = part.value(key("type")).toString();
    if (type == QLatin1String("image_url"))
        attachment.kind = Kind::Picture;
    else if (type == QLatin1String("input_audio"))
        attachment.kind = Kind::Sound;
    attachment.name = part.value(key("file")).value(key("filename")).toString();
    return attachment;
}

QString ChatAttachment::pictureUri() const
{
    const Json picture = part.value(key("image_url"));
    return picture.isString() ? picture.toString() : picture.value(key("url")).toString();
}

Expected<QByteArray> ChatAttachment::bytes() const
{
    const QString text = kind == Kind::Picture ? pictureUri() : part.value(key("input_audio")).value(key("data")).toString();
    if (text.isEmpty() || (kind == Kind::Picture && !text.startsWith(QLatin1String("data:"), Qt::CaseInsensitive)))
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("There are no bytes in the message, only %1.").arg(text.left(200))));
    return fileInText(text);
}

bool ChatAttachment::isSame(const ChatAttachment &other) const
{
    const auto text = [](const ChatAttachment &one) {
        return one.kind == Kind::Picture ? one.pictureUri() : one.part.value(key("input_audio")).value(key("data")).toString();
    };
    const QString here = text(*this);
    const QString there = text(other);
    if (kind == other.kind && name == other.name && !here.isEmpty() && here.constData() == there.constData())
        return true;
    return *this == other;
}

Json questionMessage(const QString &text, const QList<ChatAttachment> &attachments)
{
    if (attachments.isEmpty())
        return Json{{key("role"), "user"}, {key("content"), text}};
    Json parts = Json::array();
    if (!text.isEmpty())
        parts.append(Json{{key("type"), "text"}, {key("text"), text}});
    for (const ChatAttachment &attachment : attachments)
        parts.append(attachment.part);
    return Json{{key("role"), "user"}, {key("content"), parts}};
}

Json ChatTurn::message() const
{
    if (!original.isNull())
        return original;
    if (role == Role::User)
        return questionMessage(text, attachments);
    return Json{{key("role"), "assistant"}, {key("content"), text}};
}

ChatTurn ChatTurn::fromMessage(const Json &message)
{
    ChatTurn turn;
    turn.role = message.value(QStringLiteral("role")).toString() == QLatin1String("assistant") ? Role::Assistant : Role::User;
    turn.text = contentOf(message);
    turn.attachments = attachmentsOf(message);
    turn.figures.past = true;
    QList<ToolCalls::Call> calls;
    for (const Json &call : message.value(QStringLiteral("tool_calls")).items()) {
        const Json function = call.value(QStringLiteral("function"));
        calls.append({function.value(QStringLiteral("name")).toString(), function.value(QStringLiteral("arguments")).toString()});
    }
    turn.toolCalls.restore(calls);
    if (!(turn.message() == message))
        turn.original = message;
    return turn;
}

Json ChatTurn::toJson() const
{
    Json json{{key("role"), role == Role::User ? "user" : "assistant"}, {key("text"), text}, {key("state"), stateName(state)},
        {key("figures"), figuresToJson(figures)}};
    if (!reasoning.isEmpty())
        json.insert(key("reasoning"), reasoning);
    if (!steps.isEmpty()) {
        Json list = Json::array();
        for (const ChatStep &step : steps)
            list.append(step.toJson());
        json.insert(key("steps"), list);
        json.insert(key("step_count"), stepCount);
    }
    if (!toolCalls.isEmpty())
        json.insert(key("tool_calls"), callsToJson(toolCalls));
    if (!sources.isEmpty())
        json.insert(key("sources"), sourcesToJson(sources));
    if (!notes.isEmpty()) {
        Json list = Json::array();
        for (const QString &note : notes)
            list.append(note);
        json.insert(key("notes"), list);
    }
    if (!attachments.isEmpty()) {
        Json list = Json::array();
        for (const ChatAttachment &attachment : attachments)
            list.append(Json{{key("name"), attachment.name}, {key("part"), attachment.part}});
        json.insert(key("attachments"), list);
    }
    if (error)
        json.insert(key("error"), errorToJson(*error));
    if (!original.isNull())
        json.insert(key("original"), original);
    return json;
}

ChatTurn ChatTurn::fromJson(const Json &json)
{
    ChatTurn turn;
    turn.role = json.value(key("role")).toString() == QLatin1String("assistant") ? Role::Assistant : Role::User;
    turn.text = json.value(key("text")).toString();
    turn.state = stateOf(json.value(key("state")).toString());
    turn.reasoning = json.value(key("reasoning")).toString();
    for (const Json &step : json.value(key("steps")).items())
        turn.steps.append(ChatStep::fromJson(step));
    turn.stepCount = int(json.value(key("step_count")).toInt64().value_or(0));
    turn.toolCalls.restore(callsFrom(json.value(key("tool_calls"))));
    turn.sources = sourcesFrom(json.value(key("sources")));
    for (const Json &note : json.value(key("notes")).items())
        turn.notes.append(note.toString());
    for (const Json &stored : json.value(key("attachments")).items()) {
        ChatAttachment attachment = ChatAttachment::fromPart(stored.value(key("part")));
        attachment.name = stored.value(key("name")).toString();
        turn.attachments.append(attachment);
    }
    if (json.contains(key("error")))
        turn.error = errorFromJson(json.value(key("error")));
    turn.figures = figuresFrom(json.value(key("figures")));
    turn.original = json.value(key("original"));
    return turn;
}

} // namespace sluice::ui
