#include "sluice/openai/chat_chunk.h"

#include "keys_p.h"

namespace sluice::openai {

QString ChatChunk::Choice::text() const
{
    return delta.value(keys::Content).toString();
}

Json ChatChunk::toJson() const
{
    Json list = Json::array();
    for (const Choice &choice : choices) {
        Json one{{keys::Index, choice.index}, {keys::Delta, choice.delta}};
        for (const auto &[key, value] : choice.extra.members())
            one.insert(key, value);
        one.insert(keys::FinishReason, choice.finishReason ? Json(*choice.finishReason) : Json());
        list.append(one);
    }
    Json json{{keys::Id, id}, {keys::Object, "chat.completion.chunk"}, {keys::Created, created}, {keys::Model, model}, {keys::Choices, list}};
    for (const auto &[key, value] : extra.members())
        json.insert(key, value);
    if (usage)
        json.insert(keys::Usage, usage->toJson());
    else if (usageWanted)
        json.insert(keys::Usage, nullptr);
    return json;
}

} // namespace sluice::openai
