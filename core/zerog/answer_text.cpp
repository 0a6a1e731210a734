#include "answer_text_p.h"

#include "go_body_p.h"

#include "sluice/base/json.h"

namespace sluice::zerog::detail {

namespace {

constexpr qsizetype maxWords = 300;

Error uncountable(const QString &why)
{
    return Error(Error::Kind::Protocol, why);
}

/// As tolerant as the original's decoder: bad UTF-8, lone surrogates and numbers of any size are no reason to charge nothing.
Expected<Json> readable(QByteArrayView text)
{
    GoBodyOptions options;
    options.keepNumbers = true;
    const auto plain = rewrittenAsGo(text, options);
    if (!plain)
        return unexpected(plain.error());
    Json::Limits limits;
    limits.maxBytes = plain->size();
    limits.maxDepth = options.maxDepth + 2;
    limits.maxMemory = std::max<qsizetype>(limits.maxMemory, plain->size() * 8);
    return Json::parse(*plain, limits);
}

/// Of a message or delta: its text, empty when it has none; nothing when its content is something else.
std::optional<QString> contentOf(const Json &message)
{
    const Json content = message.value(QStringLiteral("content"));
    if (!content.isNull() && !content.isString())
        return std::nullopt;
    return content.toString();
}

QString ownError(const Json &answer)
{
    const Json error = answer.value(QStringLiteral("error"));
    return (error.isString() ? error.toString() : error.value(QStringLiteral("message")).toString()).left(maxWords);
}

/// The lines of `data:` joined with LF; nothing when there is none.
std::optional<QByteArray> dataOf(QByteArrayView event)
{
    std::optional<QByteArray> data;
    for (qsizetype at = 0; at < event.size();) {
        qsizetype end = event.indexOf('\n', at);
        if (end < 0)
            end = event.size();
        QByteArrayView line = event.sliced(at, end - at);
        at = end + 1;
        if (line.endsWith('\r'))
            line.chop(1);
        if (!line.startsWith("data:"))
            continue;
        line = line.sliced(5);
        if (line.startsWith(' '))
            line = line.sliced(1);
        if (data)
            data->append('\n').append(line);
        else
            data = line.toByteArray();
    }
    return data;
}

} // namespace

Expected<QString> chargedText(QByteArrayView answer)
{
    if (answer.startsWith("data: "))
        answer = answer.sliced(6);
    const auto json = readable(answer);
    if (!json)
        return unexpected(uncountable(QStringLiteral("the service's answer cannot be counted: it is no JSON object")));
    const Json choices = json->value(QStringLiteral("choices"));
    const Json first = choices.at(0);
    const Json message = first.value(QStringLiteral("message"));
    const Json delta = first.value(QStringLiteral("delta"));
    if (!message.isObject() && !delta.isObject()) {
        const QString said = ownError(*json);
        return unexpected(uncountable(said.isEmpty() ? QStringLiteral("the service's answer cannot be counted: it has no choices with a message") : said));
    }
    const auto text = contentOf(message);
    const auto piece = contentOf(delta);
    if (!text || !piece)
        return unexpected(uncountable(QStringLiteral("the service's answer cannot be counted: its content is no text")));
    return text->isEmpty() ? *piece : *text;
}

ChargedEvent chargedEvent(QByteArrayView event)
{
    ChargedEvent result;
    const auto data = dataOf(event);
    if (!data || data->trimmed().isEmpty())
        return result;
    if (data->trimmed() == "[DONE]") {
        result.kind = ChargedEvent::Kind::Done;
        return result;
    }
    const auto json = readable(*data);
    if (!json) {
        result.kind = ChargedEvent::Kind::Unreadable;
        return result;
    }
    const Json first = json->value(QStringLiteral("choices")).at(0);
    if (!first.isObject())
        return result;
    if (!first.value(QStringLiteral("finish_reason")).isNull()) {
        result.kind = ChargedEvent::Kind::Finish;
        return result;
    }
    const auto text = contentOf(first.value(QStringLiteral("message")));
    const auto piece = contentOf(first.value(QStringLiteral("delta")));
    if (!text || !piece) {
        result.kind = ChargedEvent::Kind::Unreadable;
        return result;
    }
    result.kind = ChargedEvent::Kind::Delta;
    result.text = text->isEmpty() ? *piece : *text;
    return result;
}

} // namespace sluice::zerog::detail
