#pragma once

#include "sluice/openai/answer_identity.h"
#include "sluice/openai/chat_event.h"

namespace sluice::openai {

/// Reads a gateway's stream as the original middleware does (openai.md 2.4): by lines that begin with `data: `, not by events. Pure and
/// incremental. Whatever the upstream's status; gives exactly one event that isEnd(), as the last one.
class CompatStream {
public:
    explicit CompatStream(const AnswerIdentity &identity);

    [[nodiscard]] QList<ChatEvent> feed(QByteArrayView bytes);
    [[nodiscard]] QList<ChatEvent> finish();
    [[nodiscard]] bool ended() const { return m_ended; }

private:
    void takeLine(QByteArrayView line);
    void giveChunk(const Json &event);
    void end(ChatEvent::Kind kind, const ApiError &error = {});

    AnswerIdentity m_identity;
    QByteArray m_line;
    qint64 m_tokens = 0; ///< of all events together
    bool m_sawDone = false;
    bool m_ended = false;
    QList<ChatEvent> m_ready;
};

} // namespace sluice::openai
