#pragma once

#include "sluice/backend/run_result.h"
#include "sluice/gateway/job_news.h"

#include <QtCore/QByteArrayView>
#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <optional>

namespace sluice {

/// Where an answer says it found something.
struct ChatSource {
    QString title;   ///< falls back to the url
    QString url;     ///< empty when the source has no address
    QString excerpt; ///< what was found, if told
    bool operator==(const ChatSource &) const = default;
};

/// A piece of a call of one of the caller's tools, which the model asks for instead of answering.
struct ToolCallPart {
    int index = 0;     ///< which call of the answer it belongs to
    QString name;      ///< of the function; empty in later pieces
    QString arguments; ///< a piece of a JSON text
    bool operator==(const ToolCallPart &) const = default;
};

/// What one event of a chat stream says. Members that the event did not mention stay empty.
struct ChatDelta {
    QString text;
    QString reasoning;              ///< what the model thinks aloud; no part of the answer
    QList<ToolCallPart> toolCalls;
    QString finishReason;
    QList<ChatSource> sources;
    std::optional<qint64> completionTokens; ///< as the server counted them, so far
    std::optional<qint64> promptTokens;
    std::optional<qint64> totalTokens;
    std::optional<qint64> reasoningTokens;  ///< of the completion's
    QStringList pictures;           ///< their addresses, which are `data:` URIs or of the web
    QByteArray audio;               ///< a piece of base64
    std::optional<JobNews> job;             ///< of a worker's job, beside its words
    std::optional<QString> error;           ///< the stream's own report of a failure, in its words
    bool known = true;  ///< false for a JSON object without any member that this reader knows
    bool chat = false;  ///< it speaks a dialect of chat, also where it says nothing (usage, empty choices, null)
    bool plain = false; ///< it is no JSON, so the text is all of it
    bool operator==(const ChatDelta &) const = default;
};

/// Reads the events of a chat stream in turn, whatever dialect they speak: OpenAI chunks (`choices[0].delta.content`,
/// `choices[0].text`, `choices[0].message.content`), Ollama's (`message.content`, `done`), `{"token": …}`, `{"text": …}`,
/// `{"content": …}`, `{"response": …}`, OpenAI's Responses and Anthropic's messages by the `type` of their events, JSON strings, error
/// objects and plain text (client-sdk.md 3.5). Reasoning
/// (`reasoning_content`, `reasoning`, `thinking`) and tool calls are told apart from the answer.
///
/// Pure and tolerant: what is no JSON is the text itself. Half a character (one surrogate of two) waits for its other half in
/// the next event; one whose other half never comes is U+FFFD. Uses nlohmann's SAX interface, as this runs per token.
class ChatReader {
public:
    [[nodiscard]] ChatDelta read(const StreamEvent &event);
    [[nodiscard]] ChatDelta read(QByteArrayView utf8);
    /// The stream ended: the half that still waits, if any.
    [[nodiscard]] ChatDelta finish();

private:
    QChar m_textHalf;
    QChar m_reasoningHalf;
    QChar m_argumentsHalf;
};

/// The same for an event alone.
[[nodiscard]] ChatDelta parseChatDelta(const StreamEvent &event);
[[nodiscard]] ChatDelta parseChatDelta(QByteArrayView utf8);

/// The calls of tools that an answer asks for, put together from their pieces.
class ToolCalls {
public:
    struct Call {
        QString name;
        QString arguments;
        bool operator==(const Call &) const = default;
    };
    void append(const QList<ToolCallPart> &parts);
    [[nodiscard]] bool isEmpty() const { return m_calls.isEmpty(); }
    /// `name(arguments)` of each.
    [[nodiscard]] QStringList lines() const;
    [[nodiscard]] const QList<Call> &calls() const { return m_calls; }
    /// In place of all of them.
    void restore(const QList<Call> &calls);
    bool operator==(const ToolCalls &) const = default;

private:
    QList<Call> m_calls;
};

} // namespace sluice
