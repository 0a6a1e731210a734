#include "sluice/gateway/stored_events.h"

#include "sluice/gateway/chat_delta.h"
#include "sluice/net/sse_parser.h"

namespace sluice {

QByteArray storedForm(const StreamEvent &event)
{
    QByteArray text;
    if (event.event)
        text += "event: " + event.event->toUtf8() + '\n';
    if (event.id)
        text += "id: " + event.id->toUtf8() + '\n';
    const QByteArray data = event.data.toUtf8();
    qsizetype start = 0;
    for (qsizetype end = data.indexOf('\n'); end >= 0; end = data.indexOf('\n', start)) {
        text += "data: " + data.sliced(start, end - start) + '\n';
        start = end + 1;
    }
    return text + "data: " + data.sliced(start) + "\n\n";
}

QList<StreamEvent> storedEvents(const QByteArray &content)
{
    // What was stored had passed the bounds of its call, which may have been wider than the parser's own.
    SseParser parser({content.size() + 1, content.size() + 1});
    QList<StreamEvent> events;
    if (const auto parsed = parser.feed(content)) {
        for (const SseEvent &event : *parsed)
            events.append({event.data, event.event, event.id, event.retry});
    }
    return events;
}

std::optional<QString> wordsOfEvents(const QByteArray &content)
{
    ChatReader reader;
    QString words;
    bool chat = false;
    for (const StreamEvent &event : storedEvents(content)) {
        if (event.data.trimmed() == QLatin1String("[DONE]"))
            break;
        const ChatDelta delta = reader.read(event);
        chat = chat || (delta.chat && !delta.plain);
        words += delta.text;
    }
    words += reader.finish().text;
    return chat ? std::optional(words) : std::nullopt;
}

} // namespace sluice
