#include "sluice/openai/legacy_form.h"

#include "sluice/net/multipart_form.h"

namespace sluice::openai {

QList<std::pair<QByteArray, QByteArray>> LegacyForm::fields() const
{
    QList<std::pair<QByteArray, QByteArray>> list{{"prompt", prompt.toUtf8()}};
    if (history)
        list.emplaceBack("history", history->toUtf8());
    list.emplaceBack("model_id", modelId.toUtf8());
    if (systemMsg)
        list.emplaceBack("system_msg", systemMsg->toUtf8());
    if (temperature)
        list.emplaceBack("temperature", *temperature);
    if (maxTokens)
        list.emplaceBack("max_tokens", QByteArray::number(*maxTokens));
    list.emplaceBack("stream", stream ? "true" : "false");
    return list;
}

MultipartForm LegacyForm::form() const
{
    MultipartForm form;
    const auto all = fields();
    for (const auto &[name, value] : all)
        form.addField(name, value);
    return form;
}

} // namespace sluice::openai
