#include "sluice/chat/chat_step.h"

#include "sluice/crypto/u256.h"

namespace sluice::ui {

namespace {

using std::chrono::milliseconds;

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

} // namespace

QString ChatStep::costWei() const
{
    const QLatin1String zero("0");
    if (!paidWei.isEmpty() && paidWei != zero)
        return paidWei;
    return chargedWei == zero ? QString() : chargedWei;
}

Json ChatStep::toJson() const
{
    Json json{{key("name"), name}, {key("provider"), provider}, {key("text"), text}, {key("chunks"), chunks}};
    if (firstToken)
        json.insert(key("first_ms"), qint64(firstToken->count()));
    if (duration)
        json.insert(key("duration_ms"), qint64(duration->count()));
    if (tokens)
        json.insert(key("tokens"), *tokens);
    if (promptTokens)
        json.insert(key("prompt_tokens"), *promptTokens);
    for (const auto &[member, value] : {std::pair("paid_wei", paidWei), std::pair("charged_wei", chargedWei), std::pair("run_id", runId)}) {
        if (!value.isEmpty())
            json.insert(key(member), value);
    }
    return json;
}

ChatStep ChatStep::fromJson(const Json &json)
{
    ChatStep step;
    const auto text = [&json](const char *member) { return json.value(key(member)).toString(); };
    const auto count = [&json](const char *member) { return json.value(key(member)).toInt64(); };
    step.name = text("name");
    step.provider = text("provider");
    step.text = text("text");
    step.chunks = count("chunks").value_or(0);
    if (const auto first = count("first_ms"))
        step.firstToken = milliseconds(*first);
    if (const auto duration = count("duration_ms"))
        step.duration = milliseconds(*duration);
    step.tokens = count("tokens");
    step.promptTokens = count("prompt_tokens");
    step.paidWei = text("paid_wei");
    step.chargedWei = text("charged_wei");
    step.runId = text("run_id");
    return step;
}

QString costOf(const QList<ChatStep> &steps)
{
    Wei sum = 0;
    bool told = false;
    for (const ChatStep &step : steps) {
        const auto cost = weiFromDecimal(step.costWei());
        if (!cost)
            continue;
        sum += *cost;
        told = true;
    }
    return told ? toDecimal(sum) : QString();
}

} // namespace sluice::ui
