#pragma once

#include "sluice/base/error.h"
#include "sluice/chat/chat_step.h"
#include "sluice/gateway/chat_delta.h"

#include <QtCore/QDateTime>

#include <chrono>
#include <optional>

namespace sluice::ui {

/// What one answer took and cost; every value was measured or told, none is guessed.
struct ChatFigures {
    QDateTime startedAt;
    std::optional<std::chrono::milliseconds> firstToken; ///< from sending to the first words, thought or said
    std::chrono::milliseconds duration{0};               ///< until the end, or until now
    qint64 chunks = 0;                                   ///< events with words; about one token each
    std::optional<qint64> tokens;                        ///< of the answer, as the server counted them
    std::optional<qint64> promptTokens;                  ///< of what was asked, likewise
    std::optional<qint64> reasoningTokens;               ///< of `tokens`, those that were thought and not said
    std::optional<qint64> totalTokens;                   ///< told by servers that tell no parts
    QString paidWei;                                     ///< decimal; empty while nothing is known
    bool past = false;                                   ///< read back from the history: no time was measured

    /// The server's count, else the chunks.
    [[nodiscard]] qint64 shownTokens() const { return tokens.value_or(chunks); }
    /// Tokens per ten seconds of streaming (first words to end), so that one decimal can be shown; absent when too short.
    [[nodiscard]] std::optional<qint64> tokensPer10Seconds() const;
};

/// What a message holds beside its words: a picture, a sound. A value.
struct ChatAttachment {
    enum class Kind { Picture, Sound, Other };
    Kind kind = Kind::Other;
    Json part;    ///< as it is sent: one of a content's parts (openai.md 6.1)
    QString name; ///< for people: a file's, or the words that a Markdown picture has; may be empty

    /// `uri` is a `data:` URI, or an address of the web.
    [[nodiscard]] static ChatAttachment picture(const QString &uri, const QString &name = {});
    /// `format` as OpenAI names it: "wav", "mp3".
    [[nodiscard]] static ChatAttachment sound(const QByteArray &bytes, const QString &format);
    [[nodiscard]] static ChatAttachment fromPart(const Json &part);
    /// Of a picture; empty for others.
    [[nodiscard]] QString pictureUri() const;
    /// The bytes that stand in the part itself; InvalidInput where there are none. Takes time with large ones.
    [[nodiscard]] Expected<QByteArray> bytes() const;
    /// Equality that costs nothing where both are copies of one: megabytes are not compared with themselves.
    [[nodiscard]] bool isSame(const ChatAttachment &other) const;
    bool operator==(const ChatAttachment &) const = default;
};

/// One message of a conversation.
struct ChatTurn {
    enum class Role { User, Assistant };
    enum class State { Complete, Waiting, Streaming, Stopped, Failed };

    Role role = Role::User;
    QString text;
    State state = State::Complete;
    QString reasoning;          ///< what the model thought aloud; no part of the answer, and not sent back
    QList<ChatStep> steps;      ///< of a worker's template whose streams it tells of; the last one's words are `text`
    int stepCount = 0;          ///< how many there will be
    qint64 place = 0;           ///< in the worker's queue, while it waits there and the worker tells
    ToolCalls toolCalls;        ///< what it asks the caller's tools for
    QStringList notes;          ///< what a person should know of the answer: that it may be cut short, for instance
    QList<ChatSource> sources;
    QList<ChatAttachment> attachments; ///< of a question they are sent; of an answer they came, and are not sent back
    std::optional<Error> error; ///< of a failed answer; its text so far is kept
    ChatFigures figures;
    qint64 unknownEvents = 0;   ///< events in which nothing could be read
    Json original;              ///< a message that was loaded and holds more than words; sent as it is

    [[nodiscard]] bool isOpen() const { return state == State::Waiting || state == State::Streaming; }
    /// Nothing came: no words, no thoughts, no calls, no pictures.
    [[nodiscard]] bool isEmpty() const { return text.isEmpty() && reasoning.isEmpty() && toolCalls.isEmpty() && attachments.isEmpty() && !hasSteps(); }
    /// It has several streams, which are shown each.
    [[nodiscard]] bool hasSteps() const { return steps.size() > 1 || (stepCount > 1 && !steps.isEmpty()); }
    /// The message as it is sent.
    [[nodiscard]] Json message() const;
    /// Of a message as it is sent; one that holds more than is understood here goes along as `original`.
    [[nodiscard]] static ChatTurn fromMessage(const Json &message);

    /// For storing: all of it, an open answer as a stopped one.
    [[nodiscard]] Json toJson() const;
    [[nodiscard]] static ChatTurn fromJson(const Json &json);
};

/// What is sent for a person's words with what is attached to them.
[[nodiscard]] Json questionMessage(const QString &text, const QList<ChatAttachment> &attachments);

} // namespace sluice::ui
