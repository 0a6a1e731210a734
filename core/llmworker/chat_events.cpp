#include "sluice/llmworker/chat_events.h"

#include "quick_chunk_p.h"

#include "sluice/base/json.h"

namespace sluice::llmworker {

namespace {

Unexpected<Error> failure(const QString &text)
{
    return unexpected(Error(Error::Kind::Protocol, text));
}

/// What an error within a stream says, as the original's library repeats it.
QString saidBy(const Json &error)
{
    const QString message = error.value(QStringLiteral("message")).toString();
    return message.isEmpty() ? QStringLiteral("An error occurred during streaming") : message;
}

/// Python's truth: an `error` of null, false, 0, "" or {} is none.
bool isSomething(const Json &value)
{
    switch (value.type()) {
    case Json::Type::Null:
        return false;
    case Json::Type::Bool:
        return value.toBool();
    case Json::Type::Number:
        return value.toDouble() != 0;
    case Json::Type::String:
        return !value.toString().isEmpty();
    case Json::Type::Array:
    case Json::Type::Object:
        break;
    }
    return value.size() > 0;
}

} // namespace

Expected<QStringList> ChatEvents::feed(QByteArrayView bytes)
{
    if (m_error)
        return unexpected(*m_error);
    if (m_done)
        return QStringList();
    const auto events = m_parser.feed(bytes);
    if (!events) {
        m_error = events.error();
        return unexpected(*m_error);
    }
    return takeAll(*events);
}

Expected<QStringList> ChatEvents::finish()
{
    if (m_error)
        return unexpected(*m_error);
    QList<SseEvent> events;
    if (!m_done) {
        const auto last = m_parser.finish();
        if (!last)
            return unexpected(last.error());
        if (*last)
            events.append(**last);
    }
    auto out = takeAll(events);
    m_done = true;
    if (out && m_call)
        out->append(*std::exchange(m_call, std::nullopt));
    return out;
}

Expected<QStringList> ChatEvents::takeAll(const QList<SseEvent> &events)
{
    QStringList out;
    for (const SseEvent &event : events) {
        if (m_done)
            break;
        if (const auto taken = take(event, out); !taken) {
            m_error = taken.error();
            if (out.isEmpty())
                return unexpected(*m_error);
            break; // the fragments first
        }
    }
    return out;
}

Expected<void> ChatEvents::take(const SseEvent &event, QStringList &out)
{
    if (event.data.startsWith(QLatin1String("[DONE]"))) {
        m_done = true;
        return {};
    }
    const QByteArray data = event.data.toUtf8();
    if (!event.event && !m_call) {
        if (const auto quick = readQuickly(data)) {
            if (!quick->isNull)
                out.append(quick->content);
            return {};
        }
    }
    const auto json = Json::parse(data);
    if (!json)
        return failure(QStringLiteral("The model server sent an event that is not JSON: %1").arg(json.error().message()));
    const Json error = json->value(QStringLiteral("error"));
    const bool named = event.event && *event.event != QLatin1String("error");
    if (!named && isSomething(error))
        return failure(saidBy(error));
    const Json choices = json->value(QStringLiteral("choices"));
    if (event.event || !choices.isArray())
        return failure(QStringLiteral("The model server sent an event without choices."));
    if (choices.size() == 0)
        return {};
    return takeDelta(choices.items().first().value(QStringLiteral("delta")), out);
}

Expected<void> ChatEvents::takeDelta(const Json &delta, QStringList &out)
{
    const Json call = delta.value(QStringLiteral("function_call"));
    if (call.isObject()) {
        takeCall(call, out);
        return {};
    }
    const Json content = delta.value(QStringLiteral("content"));
    if (content.isNull())
        return {};
    if (!content.isString())
        return failure(QStringLiteral("The model server sent content that is not a text."));
    if (m_call)
        out.append(*std::exchange(m_call, std::nullopt));
    out.append(content.toString());
    return {};
}

void ChatEvents::takeCall(const Json &call, QStringList &out)
{
    if (m_call && call.value(QStringLiteral("name")).isString() && !call.value(QStringLiteral("name")).toString().isEmpty())
        out.append(*std::exchange(m_call, std::nullopt));
    if (!m_call)
        m_call = QString();
    *m_call += call.value(QStringLiteral("arguments")).toString();
    constexpr qsizetype MaxArguments = 4 * 1024 * 1024;
    if (m_call->size() > MaxArguments)
        out.append(*std::exchange(m_call, std::nullopt));
}

} // namespace sluice::llmworker
