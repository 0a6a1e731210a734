#include "sluice/gateway/chat_delta.h"

#include "chat_delta_json_p.h"

#include <utility>

namespace sluice {

namespace {

// JSON may name half a character by an escape of its own, which a parser of whole texts refuses. Such an escape is written as this
// character, which no text may hold, and its four digits, and becomes the half again behind the parser.
constexpr char16_t halfMark = 0xfdd0;

int surrogateAt(QByteArrayView json, qsizetype at)
{
    if (at + 6 > json.size() || json[at] != '\\' || json[at + 1] != 'u')
        return 0;
    bool isNumber = false;
    const int code = json.sliced(at + 2, 4).toByteArray().toInt(&isNumber, 16);
    return isNumber && code >= 0xd800 && code <= 0xdfff ? code : 0;
}

/// The same JSON with escapes of single surrogates written in the form above; null when there are none.
QByteArray withHalvesMarked(QByteArrayView json)
{
    if (!json.contains("\\ud") && !json.contains("\\uD"))
        return {};
    QByteArray marked;
    bool any = false;
    for (qsizetype i = 0; i < json.size();) {
        if (json[i] != '\\' || i + 1 == json.size()) {
            marked += json[i++];
            continue;
        }
        const int code = surrogateAt(json, i);
        const int next = code != 0 && code < 0xdc00 ? surrogateAt(json, i + 6) : 0;
        if (next >= 0xdc00) {
            marked += json.sliced(i, 12);
            i += 12;
        } else if (code != 0) {
            marked += QByteArray("\\ufdd0") + json.sliced(i + 2, 4).toByteArray();
            i += 6;
            any = true;
        } else {
            marked += json.sliced(i, 2); // any other escape, a backslash too
            i += 2;
        }
    }
    return any ? marked : QByteArray();
}

void bringBackHalves(QString &text)
{
    for (qsizetype at = text.indexOf(QChar(halfMark)); at >= 0; at = text.indexOf(QChar(halfMark), at + 1)) {
        bool isNumber = false;
        const uint code = QStringView(text).mid(at + 1, 4).toUInt(&isNumber, 16);
        if (isNumber)
            text.replace(at, 5, QChar(char16_t(code)));
    }
}

/// Joins halves that came apart, keeps one at the end for the next piece, and makes U+FFFD of those that nothing completes.
void joinHalves(QString &text, QChar &waiting)
{
    if (!waiting.isNull() && !text.isEmpty())
        text.prepend(std::exchange(waiting, QChar()));
    if (!text.isEmpty() && text.back().isHighSurrogate()) {
        waiting = text.back();
        text.chop(1);
    }
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!text[i].isSurrogate())
            continue;
        const bool pair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (pair)
            ++i;
        else
            text[i] = QChar(QChar::ReplacementCharacter);
    }
}

QString lost(QChar &waiting)
{
    return std::exchange(waiting, QChar()).isNull() ? QString() : QString(QChar(QChar::ReplacementCharacter));
}

ChatDelta plainText(QByteArrayView utf8)
{
    ChatDelta plain;
    plain.text = QString::fromUtf8(utf8);
    plain.plain = true;
    return plain;
}

ChatDelta parsed(QByteArrayView utf8)
{
    const QByteArrayView trimmed = utf8.trimmed();
    if (trimmed == "null") {
        ChatDelta nothing;
        nothing.chat = true;
        return nothing;
    }
    if (trimmed.isEmpty() || (trimmed.front() != '{' && trimmed.front() != '"'))
        return plainText(utf8);
    if (const auto news = readJobNews(trimmed)) {
        ChatDelta told;
        told.job = news;
        told.chat = true;
        return told;
    }
    const QByteArray marked = withHalvesMarked(trimmed);
    const QByteArrayView json = marked.isNull() ? trimmed : QByteArrayView(marked);
    std::optional<ChatDelta> delta = deltaIn(json);
    if (!delta)
        return plainText(utf8);
    if (!marked.isNull()) {
        bringBackHalves(delta->text);
        bringBackHalves(delta->reasoning);
        for (ToolCallPart &part : delta->toolCalls)
            bringBackHalves(part.arguments);
    }
    return std::move(*delta);
}

} // namespace

ChatDelta ChatReader::read(QByteArrayView utf8)
{
    ChatDelta delta = parsed(utf8);
    joinHalves(delta.text, m_textHalf);
    joinHalves(delta.reasoning, m_reasoningHalf);
    for (ToolCallPart &part : delta.toolCalls)
        joinHalves(part.arguments, m_argumentsHalf);
    return delta;
}

ChatDelta ChatReader::read(const StreamEvent &event)
{
    ChatDelta delta = read(QByteArrayView(event.data.toUtf8()));
    if (event.event == QLatin1String("error") && !delta.error) {
        delta.error = delta.text.isEmpty() ? event.data : delta.text;
        delta.text.clear();
    } else if (event.event == QLatin1String("ping") && event.data.trimmed() == QLatin1String("{}")) {
        delta = ChatDelta();
        delta.chat = true;
    }
    return delta;
}

ChatDelta ChatReader::finish()
{
    ChatDelta rest;
    rest.text = lost(m_textHalf);
    rest.reasoning = lost(m_reasoningHalf);
    rest.chat = true;
    return rest;
}

ChatDelta parseChatDelta(const StreamEvent &event)
{
    ChatReader reader;
    ChatDelta delta = reader.read(event);
    delta.text += reader.finish().text;
    return delta;
}

ChatDelta parseChatDelta(QByteArrayView utf8)
{
    ChatReader reader;
    ChatDelta delta = reader.read(utf8);
    delta.text += reader.finish().text;
    return delta;
}

void ToolCalls::append(const QList<ToolCallPart> &parts)
{
    for (const ToolCallPart &part : parts) {
        while (m_calls.size() <= part.index)
            m_calls.append(Call{});
        Call &call = m_calls[part.index];
        call.name += part.name;
        call.arguments += part.arguments;
    }
}

QStringList ToolCalls::lines() const
{
    QStringList lines;
    for (const Call &call : m_calls) {
        if (!call.name.isEmpty() || !call.arguments.isEmpty())
            lines.append(QStringLiteral("%1(%2)").arg(call.name, call.arguments));
    }
    return lines;
}

void ToolCalls::restore(const QList<Call> &calls)
{
    m_calls = calls.mid(0, 1001);
}

} // namespace sluice
