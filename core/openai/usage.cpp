#include "sluice/openai/usage.h"

#include "keys_p.h"

namespace sluice::openai {

std::optional<Usage> Usage::from(const Json &json)
{
    Usage usage;
    if (const auto total = json.toInt64()) {
        usage.totalTokens = *total;
        return usage;
    }
    if (!json.isObject())
        return std::nullopt;
    for (const auto &[key, value] : json.members()) {
        if (key == keys::PromptTokens)
            usage.promptTokens = value.toInt64().value_or(0);
        else if (key == keys::CompletionTokens)
            usage.completionTokens = value.toInt64().value_or(0);
        else if (key == keys::TotalTokens)
            usage.totalTokens = value.toInt64().value_or(0);
        else
            usage.extra.insert(key, value);
    }
    return usage;
}

std::optional<Usage> Usage::in(const Json &answer)
{
    if (auto usage = from(answer.value(keys::Usage)))
        return usage;
    return from(answer.value(keys::TokensUsed));
}

Json Usage::toJson() const
{
    Json json{{keys::PromptTokens, promptTokens}, {keys::CompletionTokens, completionTokens}, {keys::TotalTokens, totalTokens}};
    for (const auto &[key, value] : extra.members())
        json.insert(key, value);
    return json;
}

Usage &Usage::operator+=(const Usage &other)
{
    promptTokens += other.promptTokens;
    completionTokens += other.completionTokens;
    totalTokens += other.totalTokens;
    extra = Json::object();
    return *this;
}

} // namespace sluice::openai
