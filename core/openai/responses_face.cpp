#include "sluice/openai/chat_face.h"

#include "keys_p.h"

#include <QtCore/QUuid>

namespace sluice::openai {

namespace {

const QString OutputText = QStringLiteral("output_text");
const QString Status = QStringLiteral("status");

QString freshId(const QString &prefix)
{
    return prefix + QUuid::createUuid().toString(QUuid::Id128);
}

Unexpected<ApiError> refuse(const QString &member, const QString &why)
{
    return unexpected(ApiError::invalidRequest(why, member));
}

/// The texts of one input item, joined.
Expected<QString, ApiError> textOf(const Json &content)
{
    const QString input = QStringLiteral("input");
    if (content.isString())
        return content.toString();
    QString text;
    for (const Json &part : content.items()) {
        const QString type = part.value(keys::Type).toString();
        if (type != QLatin1String("input_text") && type != OutputText)
            return refuse(input, QStringLiteral("Parts of the type “%1” are not served here.").arg(type.left(60)));
        text += part.value(keys::Text).toString();
    }
    if (!content.isArray())
        return refuse(input, QStringLiteral("The content of an input item is a text or a list of parts."));
    return text;
}

/// What cannot be had without a memory of earlier responses, or of a gateway.
std::optional<ApiError> refused(const Json &json)
{
    for (const char *name : {"previous_response_id", "conversation", "prompt"}) {
        if (!json.value(QLatin1String(name)).isNull())
            return ApiError::invalidRequest(QStringLiteral("%1 is not served here: responses are not stored.").arg(QLatin1String(name)), QLatin1String(name));
    }
    if (json.value(QStringLiteral("background")).toBool())
        return ApiError::invalidRequest(QStringLiteral("background is not served here: responses are not stored."), QStringLiteral("background"));
    if (json.value(keys::Tools).size() > 0)
        return ApiError::invalidRequest(QStringLiteral("tools are not served here."), keys::Tools);
    const QString format = json.value(keys::Text).value(QStringLiteral("format")).value(keys::Type).toString();
    if (!format.isEmpty() && format != QLatin1String("text"))
        return ApiError::invalidRequest(QStringLiteral("text.format is “text” here, not “%1”.").arg(format.left(60)), keys::Text);
    return std::nullopt;
}

Expected<Json, ApiError> messagesOf(const Json &json)
{
    const QString input = QStringLiteral("input");
    QList<Json> messages;
    const Json instructions = json.value(QStringLiteral("instructions"));
    if (instructions.isString())
        messages.append(Json{{keys::Role, QStringLiteral("system")}, {keys::Content, instructions}});
    const Json given = json.value(input);
    if (given.isString())
        messages.append(Json{{keys::Role, QStringLiteral("user")}, {keys::Content, given}});
    else if (!given.isArray() || given.size() == 0)
        return refuse(input, QStringLiteral("input is a text, or a list of messages that is not empty."));
    for (const Json &item : given.items()) {
        const QString type = item.value(keys::Type).toString(QStringLiteral("message"));
        if (type != QLatin1String("message"))
            return refuse(input, QStringLiteral("Input items of the type “%1” are not served here.").arg(type.left(60)));
        const auto text = textOf(item.value(keys::Content));
        if (!text)
            return unexpected(text.error());
        messages.append(Json{{keys::Role, item.value(keys::Role)}, {keys::Content, *text}});
    }
    return Json::array(messages);
}

class Responses final : public ChatFace {
public:
    using ChatFace::request;
    Expected<ChatRequest, ApiError> request(const Json &json) override
    {
        if (const auto why = refused(json))
            return unexpected(*why);
        const auto messages = messagesOf(json);
        if (!messages)
            return unexpected(messages.error());
        Json chat = Json::object();
        for (const char *name : {"model", "temperature", "top_p", "stream"}) {
            if (json.contains(QLatin1String(name)))
                chat.insert(QLatin1String(name), json.value(QLatin1String(name)));
        }
        if (const Json most = json.value(QStringLiteral("max_output_tokens")); !most.isNull())
            chat.insert(keys::MaxCompletionTokens, most);
        chat.insert(keys::Messages, *messages);
        if (chat.value(keys::Stream).toBool())
            chat.insert(keys::StreamOptions, Json{{keys::IncludeUsage, true}}); // the last event tells it
        m_asked = json;
        auto made = ChatRequest::from(chat);
        if (!made && made.error().param == std::optional(keys::Messages))
            return refuse(QStringLiteral("input"), made.error().message);
        if (!made && made.error().param == std::optional(keys::MaxCompletionTokens))
            return refuse(QStringLiteral("max_output_tokens"), made.error().message);
        return made;
    }

    QByteArray answer(const ChatAnswer &answer) override
    {
        m_model = answer.model;
        m_created = answer.created;
        m_usage = answer.usage;
        if (!answer.choices.isEmpty()) {
            m_text = answer.choices.first().text();
            m_finish = answer.choices.first().finishReason;
        }
        return response(finalStatus(), true).dump();
    }

    QByteArray event(const ChatEvent &event) override
    {
        switch (event.kind) {
        case ChatEvent::Kind::Chunk: return chunk(event.chunk);
        case ChatEvent::Kind::Complete: return complete();
        case ChatEvent::Kind::Incomplete:
        case ChatEvent::Kind::Failed: break;
        }
        Json failed = response(QStringLiteral("failed"), m_begun);
        failed.insert(keys::Error, Json{{keys::Code, event.error.code ? Json(*event.error.code) : Json(QStringLiteral("server_error"))}, {keys::Message, event.error.message}});
        QByteArray bytes = m_begun ? QByteArray() : begin();
        bytes += told(QStringLiteral("response.failed"), Json{{keys::Response, failed}});
        return bytes;
    }

private:
    [[nodiscard]] QString finalStatus() const { return m_finish == QLatin1String("length") ? QStringLiteral("incomplete") : QStringLiteral("completed"); }

    [[nodiscard]] Json part() const
    {
        return Json{{keys::Type, OutputText}, {keys::Text, m_text}, {QStringLiteral("annotations"), Json::array()}, {QStringLiteral("logprobs"), Json::array()}};
    }

    [[nodiscard]] Json item(const QString &status, bool withText) const
    {
        return Json{{keys::Id, m_itemId}, {keys::Type, QStringLiteral("message")}, {keys::Role, QStringLiteral("assistant")}, {Status, status},
            {keys::Content, withText ? Json::array({part()}) : Json::array()}};
    }

    [[nodiscard]] Json usage() const
    {
        return Json{{QStringLiteral("input_tokens"), m_usage->promptTokens},
            {QStringLiteral("input_tokens_details"), Json{{QStringLiteral("cached_tokens"), 0}}},
            {QStringLiteral("output_tokens"), m_usage->completionTokens},
            {QStringLiteral("output_tokens_details"), Json{{QStringLiteral("reasoning_tokens"), 0}}}, {keys::TotalTokens, m_usage->totalTokens}};
    }

    [[nodiscard]] Json response(const QString &status, bool withOutput) const
    {
        const bool cut = status == QLatin1String("incomplete");
        const Json why = cut ? Json{{QStringLiteral("reason"), QStringLiteral("max_output_tokens")}} : Json();
        const auto asked = [this](const char *name, const Json &fallback) {
            const Json value = m_asked.value(QLatin1String(name));
            return value.isNull() ? fallback : value;
        };
        return Json{{keys::Id, m_id}, {keys::Object, QStringLiteral("response")}, {QStringLiteral("created_at"), m_created}, {Status, status},
            {keys::Error, Json()}, {QStringLiteral("incomplete_details"), why}, {QStringLiteral("instructions"), asked("instructions", {})},
            {QStringLiteral("max_output_tokens"), asked("max_output_tokens", {})}, {keys::Model, m_model},
            {QStringLiteral("output"), withOutput ? Json::array({item(cut ? status : QStringLiteral("completed"), true)}) : Json::array()},
            {QStringLiteral("parallel_tool_calls"), true}, {QStringLiteral("previous_response_id"), Json()}, {QStringLiteral("store"), false},
            {keys::Temperature, asked("temperature", 1)}, {keys::Text, Json{{QStringLiteral("format"), Json{{keys::Type, QStringLiteral("text")}}}}},
            {keys::ToolChoice, QStringLiteral("auto")}, {keys::Tools, Json::array()}, {keys::TopP, asked("top_p", 1)},
            {QStringLiteral("truncation"), QStringLiteral("disabled")}, {keys::Usage, m_usage ? usage() : Json()},
            {QStringLiteral("metadata"), asked("metadata", Json::object())}};
    }

    /// One event, with its name twice and its number.
    QByteArray told(const QString &type, Json members)
    {
        Json json{{keys::Type, type}, {QStringLiteral("sequence_number"), m_sequence++}};
        for (const auto &[name, value] : members.members())
            json.insert(name, value);
        return "event: " + type.toUtf8() + "\ndata: " + json.dump() + "\n\n";
    }

    /// With the place that an event is about.
    QByteArray toldOfText(const QString &type, Json members)
    {
        Json json{{QStringLiteral("item_id"), m_itemId}, {QStringLiteral("output_index"), 0}, {QStringLiteral("content_index"), 0}};
        for (const auto &[name, value] : members.members())
            json.insert(name, value);
        return told(type, json);
    }

    QByteArray begin()
    {
        m_begun = true;
        const QString running = QStringLiteral("in_progress");
        QByteArray bytes = told(QStringLiteral("response.created"), Json{{keys::Response, response(running, false)}});
        bytes += told(QStringLiteral("response.in_progress"), Json{{keys::Response, response(running, false)}});
        bytes += told(QStringLiteral("response.output_item.added"), Json{{QStringLiteral("output_index"), 0}, {QStringLiteral("item"), item(running, false)}});
        bytes += toldOfText(QStringLiteral("response.content_part.added"), Json{{QStringLiteral("part"), part()}});
        return bytes;
    }

    QByteArray chunk(const ChatChunk &chunk)
    {
        QByteArray bytes;
        if (!m_begun) {
            m_model = chunk.model;
            m_created = chunk.created;
            bytes = begin();
        }
        if (chunk.usage)
            m_usage = chunk.usage;
        for (const ChatChunk::Choice &choice : chunk.choices) {
            if (choice.finishReason)
                m_finish = *choice.finishReason;
            const QString text = choice.text();
            if (choice.index != 0 || text.isEmpty())
                continue;
            m_text += text;
            bytes += toldOfText(QStringLiteral("response.output_text.delta"), Json{{keys::Delta, text}, {QStringLiteral("logprobs"), Json::array()}});
        }
        return bytes;
    }

    QByteArray complete()
    {
        QByteArray bytes = m_begun ? QByteArray() : begin();
        const QString status = finalStatus();
        bytes += toldOfText(QStringLiteral("response.output_text.done"), Json{{keys::Text, m_text}, {QStringLiteral("logprobs"), Json::array()}});
        bytes += toldOfText(QStringLiteral("response.content_part.done"), Json{{QStringLiteral("part"), part()}});
        bytes += told(QStringLiteral("response.output_item.done"), Json{{QStringLiteral("output_index"), 0}, {QStringLiteral("item"), item(status, true)}});
        return bytes + told(QStringLiteral("response.") + status, Json{{keys::Response, response(status, true)}});
    }

    Json m_asked;
    const QString m_id = freshId(QStringLiteral("resp_"));
    const QString m_itemId = freshId(QStringLiteral("msg_"));
    QString m_model;
    qint64 m_created = 0;
    QString m_text;
    QString m_finish = QStringLiteral("stop");
    std::optional<Usage> m_usage;
    bool m_begun = false;
    int m_sequence = 0;
};

} // namespace

std::unique_ptr<ChatFace> responsesFace()
{
    return std::make_unique<Responses>();
}

} // namespace sluice::openai
