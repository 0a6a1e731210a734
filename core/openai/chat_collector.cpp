#include "sluice/openai/chat_collector.h"

#include "keys_p.h"

namespace sluice::openai {

namespace {

/// A piece of a call of a tool, into the call that it belongs to: texts grow, all else is said once.
void addToolCall(QList<Json> &calls, const Json &piece)
{
    const qint64 index = piece.value(keys::Index).toInt64().value_or(calls.size());
    if (index < 0 || index > 255)
        return;
    while (calls.size() <= index)
        calls.append(Json::object());
    Json &call = calls[index];
    for (const auto &[name, value] : piece.members()) {
        if (name == keys::Index)
            continue;
        if (name != keys::Function) {
            call.insert(name, value);
            continue;
        }
        Json function = call.value(keys::Function);
        for (const auto &[member, text] : value.members())
            function.insert(member, Json(function.value(member).toString() + text.toString()));
        call.insert(keys::Function, function);
    }
}

void addDelta(Json &message, const Json &delta)
{
    for (const auto &[name, value] : delta.members()) {
        if (value.isNull())
            continue;
        if (name == keys::ToolCalls) {
            QList<Json> calls = message.value(name).items();
            for (const Json &piece : value.items())
                addToolCall(calls, piece);
            message.insert(name, Json::array(calls));
        } else if (value.isString() && name != keys::Role) {
            message.insert(name, Json(message.value(name).toString() + value.toString()));
        } else {
            message.insert(name, value);
        }
    }
}

} // namespace

void ChatCollector::add(const ChatChunk &chunk)
{
    m_answer.id = chunk.id;
    m_answer.created = chunk.created;
    m_answer.model = chunk.model;
    if (chunk.usage)
        m_answer.usage = *chunk.usage;
    for (const auto &[name, value] : chunk.extra.members())
        m_answer.extra.insert(name, value);
    for (const ChatChunk::Choice &piece : chunk.choices) {
        ChatAnswer::Choice &choice = m_choices[piece.index];
        choice.index = piece.index;
        if (choice.message.size() == 0)
            choice.message = Json{{keys::Role, QStringLiteral("assistant")}, {keys::Content, QString()}};
        addDelta(choice.message, piece.delta);
        if (piece.finishReason)
            choice.finishReason = *piece.finishReason;
        for (const auto &[name, value] : piece.extra.members())
            choice.extra.insert(name, value);
    }
}

ChatAnswer ChatCollector::answer() const
{
    ChatAnswer answer = m_answer;
    answer.choices = m_choices.values();
    return answer;
}

} // namespace sluice::openai
