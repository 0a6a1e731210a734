#pragma once

#include "sluice/backend/call.h"
#include "sluice/base/clock.h"
#include "sluice/chat/chat_turn.h"
#include "sluice/chat/conversation_tree.h"

#include <QtCore/QObject>

#include <chrono>
#include <memory>
#include <optional>

namespace sluice::ui {

class DataPictures;

/// A conversation, and the Call that asks for its next answer: what chat sends is what the code view prints.
///
/// The messages go into the `input` of a base call, whose other members (model, temperature, …) stay as they are and
/// where they are. A conversation may have branches (ConversationTree): turns() is the one that is seen, and the one that is asked with.
/// GUI thread only; no widgets.
class ChatTranscript : public QObject {
    Q_OBJECT
public:
    explicit ChatTranscript(QObject *parent = nullptr, const Clock &clock = Clock::system());
    ~ChatTranscript() override;

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

    [[nodiscard]] const QList<ChatTurn> &turns() const { return m_tree.path(); }
    [[nodiscard]] bool isBusy() const { return !turns().isEmpty() && turns().last().isOpen(); }
    /// The call for the answer that is missing, or with `draft` for the one that would come after it.
    [[nodiscard]] Call callForNextTurn(const QString &draft = {}) const { return callForNextTurn(draft, {}); }
    /// The same with what is attached to the draft, and, unless negative, with the draft in place of the turn `instead` and all below it.
    [[nodiscard]] Call callForNextTurn(const QString &draft, const QList<ChatAttachment> &attachments, int instead = -1) const;

    void addUserTurn(const QString &text, const QList<ChatAttachment> &attachments = {});
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
    /// Takes the last answer away, so that it can be asked for again; if anything came, it stays as another version of the answer that
    /// comes. False when there is none or it is still open.
    bool dropLastAnswer();

    /// Which versions there are of a turn, by edited questions and answers that were asked for again.
    [[nodiscard]] ConversationTree::Versions versions(int index) const { return m_tree.versions(index); }
    /// Shows another version of a turn, with what came after that one. False while an answer is open, and when there is none of that number.
    bool showVersion(int index, int version);
    /// Ends the conversation before a turn; what comes next is another version of it. False while an answer is open.
    bool branchBefore(int index);
    /// The whole conversation with all branches.
    [[nodiscard]] const ConversationTree &tree() const { return m_tree; }
    void setTree(const ConversationTree &tree);

    /// Empties the conversation; what comes back can be given to restore(), without the branches that were not seen.
    QList<ChatTurn> clear();
    void restore(const QList<ChatTurn> &turns);

Q_SIGNALS:
    void turnAdded(int index);
    /// More words for the last turn; per token, so receivers collect.
    void textAppended(int index, const QString &text);
    void turnChanged(int index);
    /// The last turn's reasoning or its calls of tools grew; per token, so receivers collect.
    void asidesAppended(int index);
    void turnRemoved(int index);
    /// From this turn on the conversation is another one.
    void pathChanged(int from);
    void reset();
    /// Whatever callForNextTurn() depends on is different now; not emitted per token.
    void callChanged();

private:
    void closeAnswer(ChatTurn::State state);
    [[nodiscard]] ChatTurn *openTurn();
    void takeNews(ChatTurn &turn, const JobNews &news);
    void takeFigures(ChatTurn &turn, const ChatDelta &delta);
    void takeWords(ChatTurn &turn, const QString &words);
    void takeMedia(ChatTurn &turn, const ChatDelta &delta);
    void takeSound(ChatTurn &turn);

    const Clock &m_clock;
    Call m_base;
    QString m_systemPrompt;
    ConversationTree m_tree;
    std::unique_ptr<DataPictures> m_pictures; ///< of the answer that is coming
    QByteArray m_sound;                       ///< likewise, in base64
    [[nodiscard]] std::chrono::milliseconds sinceBegun() const;

    std::chrono::microseconds m_begun{0};
};

} // namespace sluice::ui
