#pragma once

#include "sluice/base/clock.h"
#include "sluice/base/error.h"
#include "sluice/gateway/chat_delta.h"
#include "sluice/backend/call.h"

#include <QtCore/QObject>

#include <chrono>
#include <optional>

namespace sluice::ui {

/// What one answer took and cost; every value was measured or told, none is guessed.
struct ChatFigures {
    QDateTime startedAt;
    std::optional<std::chrono::milliseconds> firstToken; ///< from sending to the first words
    std::chrono::milliseconds duration{0};               ///< until the end, or until now
    qint64 chunks = 0;                                   ///< events with words; about one token each
    std::optional<qint64> tokens;                        ///< as the server counted them
    QString paidWei;                                     ///< decimal; empty while nothing is known

    /// The server's count, else the chunks.
    [[nodiscard]] qint64 shownTokens() const { return tokens.value_or(chunks); }
    /// Tokens per ten seconds of streaming (first words to end), so that one decimal can be shown; absent when too short.
    [[nodiscard]] std::optional<qint64> tokensPer10Seconds() const;
};

/// One message of a conversation.
struct ChatTurn {
    enum class Role { User, Assistant };
    enum class State { Complete, Waiting, Streaming, Stopped, Failed };

    Role role = Role::User;
    QString text;
    State state = State::Complete;
    QString reasoning;          ///< what the model thought aloud; no part of the answer, and not sent back
    ToolCalls toolCalls;        ///< what it asks the caller's tools for
    QStringList notes;          ///< what a person should know of the answer: that it may be cut short, for instance
    QList<ChatSource> sources;
    std::optional<Error> error; ///< of a failed answer; its text so far is kept
    ChatFigures figures;
    qint64 unknownEvents = 0;   ///< events in which nothing could be read

    /// What stands beside the answer and is not it: reasoning, tool calls, notes; a paragraph each.
    [[nodiscard]] QString asides() const;
    [[nodiscard]] bool isOpen() const { return state == State::Waiting || state == State::Streaming; }
};

/// A conversation, and the Call that asks for its next answer: what chat sends is what the code view prints.
///
/// The messages go into the `input` of a base call, whose other members (model, temperature, …) stay as they are and
/// where they are. GUI thread only; no widgets.
class ChatTranscript : public QObject {
    Q_OBJECT
public:
    explicit ChatTranscript(QObject *parent = nullptr, const Clock &clock = Clock::system());

    /// Capability, verb, backend, limits and the input's other members. Its `messages` are ignored.
    void setBaseCall(const Call &call);
    [[nodiscard]] const Call &baseCall() const { return m_base; }
    /// Takes over a whole call, with the conversation that its `messages` hold.
    void loadCall(const Call &call);

    void setSystemPrompt(const QString &prompt);
    [[nodiscard]] QString systemPrompt() const { return m_systemPrompt; }
    /// Sets a member of the input beside `messages`; null removes it.
    void setParameter(const QString &name, const Json &value);
    [[nodiscard]] Json parameter(const QString &name) const { return m_base.input.value(name); }

    [[nodiscard]] const QList<ChatTurn> &turns() const { return m_turns; }
    [[nodiscard]] bool isBusy() const { return !m_turns.isEmpty() && m_turns.last().isOpen(); }
    /// The call for the answer that is missing, or with `draft` for the one that would come after it.
    [[nodiscard]] Call callForNextTurn(const QString &draft = {}) const;

    void addUserTurn(const QString &text);
    /// Adds an answer that waits for its first words. Only after a user's turn.
    void beginAnswer();
    void append(const ChatDelta &delta);
    void finishAnswer();
    void stopAnswer();
    void failAnswer(const Error &error);
    void setPaid(const QString &wei);
    /// Of the last answer, also when it has ended.
    void setNotes(const QStringList &notes);
    /// Adds an answer that was given before, with the error it ended in, if any. Its figures are not known.
    void addPastAnswer(const QList<ChatDelta> &deltas, const std::optional<Error> &error);
    /// Takes the last answer away, so that it can be asked for again. False when there is none or it is still open.
    bool dropLastAnswer();

    /// Empties the conversation; what comes back can be given to restore().
    QList<ChatTurn> clear();
    void restore(const QList<ChatTurn> &turns);

Q_SIGNALS:
    void turnAdded(int index);
    /// More words for the last turn; per token, so receivers collect.
    void textAppended(int index, const QString &text);
    void turnChanged(int index);
    void turnRemoved(int index);
    void reset();
    /// Whatever callForNextTurn() depends on is different now; not emitted per token.
    void callChanged();

private:
    void closeAnswer(ChatTurn::State state);
    [[nodiscard]] ChatTurn *openTurn();

    const Clock &m_clock;
    Call m_base;
    QString m_systemPrompt;
    QList<ChatTurn> m_turns;
    std::chrono::microseconds m_begun{0};
};

} // namespace sluice::ui
