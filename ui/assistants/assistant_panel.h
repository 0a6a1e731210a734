#pragma once

#include "sluice/gateway/assistants.h"

#include <QtWidgets/QWidget>

#include <functional>
#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QTimer;
class QToolButton;

namespace sluice {
class Error;
}

namespace sluice::ui {

class AssistantDraft;
class InlineMessage;
class InputEditor;
class PromptPreview;
class Session;
class StateView;

/// Writes the templates of the profile's LLM worker: form and JSON of one beside what it would send, saved under a name, after which it is a capability.
class AssistantPanel final : public QWidget {
    Q_OBJECT
public:
    /// `session` must outlive it.
    explicit AssistantPanel(Session &session, QWidget *parent = nullptr);

    /// Shows the one of this name, after a question where something is not saved; an empty name: whatever is there.
    void open(const QString &name);
    void focusContent();
    /// True when something is not saved: a person is asked, and `then` is done when it may be lost, or was saved.
    [[nodiscard]] bool holdsBack(std::function<void()> then);

    /// A new one, from this template where one is given.
    void create(const assistants::Named &from);
    void duplicate();
    void save();
    /// Takes it out of the profile; a message offers to take that back.
    void remove();
    /// Saves it, where that is to be done, and asks for its chat.
    void tryIt();
    void shareTo(const QString &file, bool all);
    /// Keeps what such files hold, under other names where theirs are taken, and opens the first.
    void importFrom(const QStringList &files);

    [[nodiscard]] AssistantDraft &draft() const { return *m_draft; }
    [[nodiscard]] InputEditor &editor() const { return *m_editor; }
    [[nodiscard]] PromptPreview &preview() const { return *m_preview; }
    [[nodiscard]] InlineMessage &message() const { return *m_message; }
    [[nodiscard]] StateView &states() const { return *m_states; }

Q_SIGNALS:
    /// The chat of this capability, with a question.
    void chatRequested(const QString &capability, const QString &query, const sluice::Json &history);
    /// The profile has no worker.
    void profileRequested();

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] QWidget *makeHeader();
    void makeMenus(QToolButton *add, QToolButton *more);
    [[nodiscard]] QWidget *makeWork();
    void makeShortcuts();
    void reload();
    void showDraft();
    void showFacts();
    void showPreview();
    void load(const assistants::Named &one);
    void choose(int index);
    void say(const QString &text, const QString &action = {}, std::function<void()> then = {});
    void fail(const Error &error);
    bool beginSaving(); ///< false: it was refused, and that is said
    void keep(const QString &replaced);
    void kept(const QString &name);
    void share(bool all);
    void import();
    [[nodiscard]] QString freeName(const QString &wanted, const QList<assistants::Named> &beside = {}) const;
    [[nodiscard]] std::optional<assistants::Named> find(const QString &name) const;
    [[nodiscard]] Json likeTheOthers(Json assistant) const;

    Session &m_session;
    AssistantDraft *m_draft;
    QComboBox *m_choice;
    QLineEdit *m_name;
    QLabel *m_state;
    QToolButton *m_undo;
    QToolButton *m_redo;
    QPushButton *m_try;
    QPushButton *m_save;
    QAction *m_delete = nullptr;
    QAction *m_duplicate = nullptr;
    QAction *m_share = nullptr;
    QAction *m_shareAll = nullptr;
    InlineMessage *m_message;
    StateView *m_states;
    InputEditor *m_editor;
    PromptPreview *m_preview;
    QTimer *m_later; ///< the preview follows after a moment
    std::function<void()> m_action; ///< of the message
    std::function<void()> m_afterwards; ///< what waits for the draft to be saved or given up
    QString m_profile;
    bool m_hasDraft = false;
};

} // namespace sluice::ui
