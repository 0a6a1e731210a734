#include "compat_stream_p.h"

#include "compat_p.h"
#include "go_text_p.h"
#include "keys_p.h"

#include <QtCore/QDateTime>

#include <utility>

namespace sluice::openai {

namespace {

constexpr qsizetype MaxLine = 64 * 1024; // what Go's bufio.Scanner holds
constexpr QByteArrayView Prefix("data: ");

ApiError failed(const QString &words)
{
    ApiError error;
    error.message = words;
    return error;
}

} // namespace

CompatStream::CompatStream(const AnswerIdentity &identity)
    : m_identity(identity)
{
}

QList<ChatEvent> CompatStream::feed(QByteArrayView bytes)
{
    while (!m_ended && !bytes.isEmpty()) {
        const qsizetype lineEnd = bytes.indexOf('\n');
        m_line.append(lineEnd < 0 ? bytes : bytes.first(lineEnd));
        if (m_line.size() >= MaxLine) {
            end(ChatEvent::Kind::Failed, failed(QStringLiteral("error reading SSE stream: bufio.Scanner: token too long")));
        } else if (lineEnd >= 0) {
            takeLine(std::exchange(m_line, {}));
        }
        bytes = lineEnd < 0 ? QByteArrayView() : bytes.sliced(lineEnd + 1);
    }
    return std::exchange(m_ready, {});
}

QList<ChatEvent> CompatStream::finish()
{
    if (!m_ended && !m_line.isEmpty())
        takeLine(std::exchange(m_line, {}));
    if (!m_ended && m_sawDone)
        end(ChatEvent::Kind::Complete);
    else if (!m_ended)
        end(ChatEvent::Kind::Incomplete, ApiError::badGateway(QStringLiteral("The upstream's answer ended before it was complete.")));
    return std::exchange(m_ready, {});
}

void CompatStream::takeLine(QByteArrayView line)
{
    if (line.endsWith('\r'))
        line.chop(1);
    if (!line.startsWith(Prefix))
        return;
    const QByteArrayView data = line.sliced(Prefix.size());
    if (data == QByteArrayView("[DONE]")) {
        giveChunk(Json{{keys::Chunk, "DONE"}, {keys::TokensUsed, m_tokens}, {keys::Done, true}});
        end(ChatEvent::Kind::Complete);
        return;
    }
    const auto json = Json::parse(go::readable(data));
    if (!json) {
        const QString why = data.isEmpty() ? QStringLiteral("unexpected end of JSON input") : QStringLiteral("invalid JSON: ") + json.error().message();
        end(ChatEvent::Kind::Failed, failed(QStringLiteral("error unmarshalling SSE chunk: ") + why));
        return;
    }
    giveChunk(*json);
}

void CompatStream::giveChunk(const Json &event)
{
    m_identity.created = QDateTime::currentSecsSinceEpoch();
    const auto chunk = compat::chunk(event, m_identity);
    if (!chunk) {
        end(ChatEvent::Kind::Failed, chunk.error());
        return;
    }
    m_tokens += event.value(keys::TokensUsed).toInt64().value_or(0);
    m_sawDone = m_sawDone || chunk->usage.has_value();
    ChatEvent made;
    made.mapping = Mapping::Compat;
    made.chunk = *chunk;
    m_ready.append(made);
}

void CompatStream::end(ChatEvent::Kind kind, const ApiError &error)
{
    m_ended = true;
    ChatEvent last;
    last.kind = kind;
    last.error = error;
    last.mapping = Mapping::Compat;
    m_ready.append(last);
}

} // namespace sluice::openai
