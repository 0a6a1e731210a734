#include "sluice/openai/chat_answer.h"

#include "sluice/openai/answer_identity.h"

#include "keys_p.h"

#include <QtCore/QDateTime>
#include <QtCore/QUuid>

namespace sluice::openai {

namespace {

/// The members of OpenAI's form that may be null but not absent.
void fillIn(Json &json, const QString &key, const Json &value)
{
    if (!json.contains(key))
        json.insert(key, value);
}

Json choiceJson(const ChatAnswer::Choice &choice)
{
    Json message = choice.message;
    fillIn(message, keys::Role, "assistant");
    fillIn(message, keys::Content, nullptr);
    fillIn(message, keys::Refusal, nullptr);
    Json json{{keys::Index, choice.index}, {keys::Message, message}};
    for (const auto &[key, value] : choice.extra.members())
        json.insert(key, value);
    fillIn(json, keys::Logprobs, nullptr);
    json.insert(keys::FinishReason, choice.finishReason);
    return json;
}

} // namespace

AnswerIdentity AnswerIdentity::fresh(const QString &model)
{
    AnswerIdentity identity;
    identity.id = QStringLiteral("chatcmpl-") + QUuid::createUuid().toString(QUuid::WithoutBraces);
    identity.created = QDateTime::currentSecsSinceEpoch();
    identity.model = model;
    return identity;
}

QString ChatAnswer::Choice::text() const
{
    return message.value(keys::Content).toString();
}

void ChatAnswer::Choice::setText(const QString &text)
{
    message.insert(keys::Content, text);
}

QString ChatAnswer::Choice::reasoning() const
{
    const Json now = message.value(QStringLiteral("reasoning"));
    return now.isString() ? now.toString() : message.value(QStringLiteral("reasoning_content")).toString();
}

Json ChatAnswer::toJson() const
{
    Json list = Json::array();
    for (const Choice &choice : choices)
        list.append(choiceJson(choice));
    Json json{{keys::Id, id}, {keys::Object, "chat.completion"}, {keys::Created, created}, {keys::Model, model}, {keys::Choices, list},
        {keys::Usage, usage.toJson()}};
    for (const auto &[key, value] : extra.members())
        json.insert(key, value);
    return json;
}

ChatAnswer ChatAnswer::merged(const QList<ChatAnswer> &answers)
{
    ChatAnswer all = answers.value(0);
    for (qsizetype i = 1; i < answers.size(); ++i) {
        all.choices += answers.at(i).choices;
        all.usage += answers.at(i).usage;
    }
    for (qsizetype i = 0; i < all.choices.size(); ++i)
        all.choices[i].index = int(i);
    return all;
}

} // namespace sluice::openai
