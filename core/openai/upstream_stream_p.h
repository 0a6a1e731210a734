#pragma once

#include "sluice/openai/transform.h"

#include "sluice/net/sse_parser.h"

#include <QtCore/QMap>

namespace sluice::openai {

/// What an upstream's stream gave.
struct UpstreamItem {
    UpstreamItem() = default;
    enum class Kind { Chunk, Complete, Incomplete, Failed };
    Kind kind = Kind::Chunk;
    ChatChunk chunk; ///< with the upstream's own id, time and model where it tells them
    ApiError error;  ///< of the last two
};

/// Reads what an upstream answers to `stream: true`, whatever it is: events of any of the three dialects, one whole answer, an error. Pure
/// and incremental. Gives exactly one item that is not a Chunk, as the last one; what is fed after it is ignored.
class UpstreamStream {
public:
    UpstreamStream(const ChatRequest &request, Dialect dialect, const AnswerIdentity &identity);

    /// The answer's head, when there is one; else it is taken for a 200 of events.
    void begin(int status, const QByteArray &contentType, const QByteArray &retryAfter);
    [[nodiscard]] QList<UpstreamItem> feed(QByteArrayView bytes);
    /// The answer's body ended.
    [[nodiscard]] QList<UpstreamItem> finish();
    [[nodiscard]] bool ended() const { return m_ended; }

private:
    enum class Shape { Unknown, Events, Whole };

    void recognise();
    void takeEvents(const Expected<QList<SseEvent>> &events);
    void takeEvent(const SseEvent &event);
    void takeWhole();
    [[nodiscard]] bool answerIsWhole() const;
    void give(const ChatChunk &chunk);
    void end(UpstreamItem::Kind kind, const ApiError &error = {});
    void endAtClose();

    ChatRequest m_request;
    Dialect m_dialect;
    AnswerIdentity m_identity;
    UpstreamAnswer m_answer; ///< its head and, of one that is no stream, its body
    Shape m_shape = Shape::Unknown;
    SseParser m_parser;
    QMap<int, bool> m_finished; ///< the choices seen, and whether each is
    QList<UpstreamItem> m_ready;
    bool m_ended = false;
};

} // namespace sluice::openai
