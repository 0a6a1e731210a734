#pragma once

#include "sluice/chat/chat_transcript.h"
#include "sluice/backend/capability_info.h"
#include "sluice/backend/run_result.h"

#include <QtWidgets/QWidget>

class QToolButton;

namespace sluice::ui {

class ChatComposer;
class ChatSettings;
class ChatView;
class InlineMessage;
class StateView;

/// The workbench of a capability that holds a conversation.
///
/// It prepares the Call and shows what comes back; it does not execute. Its owner connects sendRequested() to
/// Session::execute() and the run's signals to the slots here (chat_run_binding.h does both ways in one line).
class ChatPane final : public QWidget {
    Q_OBJECT
public:
    explicit ChatPane(QWidget *parent = nullptr);
    ~ChatPane() override;

    /// The capability of the conversation: title, examples, parameters.
    void setCapability(const CapabilityInfo &info);
    /// The call without its messages: profile, verb, limits, other members of the input.
    void setBaseCall(const Call &call);
    /// Takes over a call with its conversation; a last message of the user's goes into the composer.
    void loadCall(const Call &call);
    /// After loadCall() of a run of the history: shows its answer below its question.
    void showPastAnswer(const QByteArray &content, const std::optional<Error> &error);
    /// The conversation with all its branches, its instructions and its numbers; null where nothing has been said. For storing.
    [[nodiscard]] Json conversation() const;
    /// In place of what was said; what is being written stays. What cannot be read is said, and nothing changes.
    void restoreConversation(const Json &conversation);
    /// Nothing was said or loaded yet.
    [[nodiscard]] bool isUntouched() const;
    /// Shows a failure that belongs to no answer.
    void say(const Error &error);
    /// The call that Send would make now; with nothing written the one that was answered last.
    [[nodiscard]] Call call() const;
    /// The whole conversation with its answers, and what is written.
    [[nodiscard]] Call wholeConversation() const;
    [[nodiscard]] bool isBusy() const;
    /// The question that composer() holds another version of; -1: it holds a new one.
    [[nodiscard]] int edited() const { return m_edited; }
    [[nodiscard]] ChatTranscript &transcript() const { return *m_transcript; }
    [[nodiscard]] ChatView &view() const { return *m_view; }
    [[nodiscard]] ChatComposer &composer() const { return *m_composer; }
    /// For one of several conversations that are asked the same: one writes elsewhere, and neither the composer nor the system prompt
    /// is shown here. What composer() holds is still what send() sends.
    void shareComposer();

public Q_SLOTS:
    void send();
    /// Makes a call that is no question of this conversation, and shows what comes of it below these words.
    void attend(const QString &words, const sluice::Call &call);
    /// Asks for the last answer again.
    void retry();
    /// Asks for an answer again, wherever it stands; it stays as another version, and with it what followed.
    void askAgain(int index);
    /// Takes a question into the composer; when it is sent, it becomes another version of it. What was being written comes back then.
    void edit(int index);
    void editLast();
    void cancelEdit();
    void clear();

    // What the run says.
    void takeEvent(const sluice::StreamEvent &event);
    /// The whole answer of a `run`.
    void takeResult(const sluice::RunResult &result);
    /// Remarks on the answer that has just ended, or is about to.
    void takeNotes(const QStringList &notes);
    void takePayment(const sluice::Payment &payment);
    void finish();
    void fail(const sluice::Error &error);
    void cancel();

Q_SIGNALS:
    /// Execute this; the pane already waits for its answer.
    void sendRequested(const sluice::Call &call);
    void stopRequested();
    /// call() is different now.
    void callChanged();
    /// conversation() is different now. Not emitted per token.
    void conversationChanged();
    /// A web address that was chosen to be opened. The pane opens it itself unless this is blocked by setOpensLinks(false).
    void linkActivated(const QUrl &url);

public:
    /// Off in tests: links are announced only.
    void setOpensLinks(bool opens) { m_opensLinks = opens; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    /// What a person writes and has not sent.
    struct Draft {
        QString text;
        QList<ChatAttachment> attachments;
    };
    [[nodiscard]] Draft draft() const;
    void setDraft(const Draft &draft);
    void submit(const QString &text);
    void ask();
    [[nodiscard]] Call withStreamMember(Call call) const;
    void connectParts();
    void refresh();
    void openLink(const QUrl &url);
    void showWelcome();

    ChatTranscript *m_transcript;
    ChatReader m_reader; ///< of the answer that is coming
    ChatSettings *m_settings;
    StateView *m_state;
    ChatView *m_view;
    InlineMessage *m_message;
    ChatComposer *m_composer;
    QToolButton *m_clear;
    CapabilityInfo m_capability;
    std::optional<ConversationTree> m_cleared;
    int m_edited = -1; ///< the question that the composer holds another version of
    Draft m_kept;      ///< what was being written when that began
    QString m_example;
    bool m_busy = false;
    bool m_opensLinks = true;
};

} // namespace sluice::ui
