#pragma once

#include "sluice/openai/chat_answer.h"
#include "sluice/openai/chat_chunk.h"

#include <QtCore/QMap>

namespace sluice::openai {

/// Puts the chunks of a stream together into the answer that they are, for who asked for a whole one. Pure.
class ChatCollector {
public:
    void add(const ChatChunk &chunk);
    [[nodiscard]] ChatAnswer answer() const;

private:
    QMap<int, ChatAnswer::Choice> m_choices;
    ChatAnswer m_answer;
};

} // namespace sluice::openai
