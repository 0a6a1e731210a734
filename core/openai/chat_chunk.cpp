#include "sluice/openai/chat_chunk.h"

#include "keys_p.h"

#include "sluice/base/json_text.h"

#include <algorithm>

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

QByteArray ChatChunk::toText() const
{
    // What nobody here knows may be called as one of the members that are.
    if (extra.size() > 0 || std::any_of(choices.begin(), choices.end(), [](const Choice &choice) { return choice.extra.size() > 0; }))
        return toJson().dump();
    QByteArray out;
    out.reserve(256);
    out += R"({"id":)";
    appendJson(out, id);
    out += R"(,"object":"chat.completion.chunk","created":)" + QByteArray::number(created) + R"(,"model":)";
    appendJson(out, model);
    out += R"(,"choices":[)";
    for (const Choice &choice : choices) {
        out += (&choice == &choices.constFirst() ? R"({"index":)" : R"(,{"index":)") + QByteArray::number(choice.index) + R"(,"delta":)";
        appendJson(out, choice.delta);
        out += R"(,"finish_reason":)";
        if (choice.finishReason)
            appendJson(out, *choice.finishReason);
        else
            out += "null";
        out += '}';
    }
    out += ']';
    if (usage || usageWanted) {
        out += R"(,"usage":)";
        appendJson(out, usage ? usage->toJson() : Json());
    }
    out += '}';
    return out;
}

} // namespace sluice::openai
