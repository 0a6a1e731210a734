#pragma once

#include "sluice/backend/remote_jobs.h"

#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

#include <functional>

class QLabel;
class QPlainTextEdit;
class QTableView;
class QToolButton;

namespace sluice {
class Gateway;
}

namespace sluice::ui {

class InlineMessage;
class JobListModel;
class SectionHeader;
class Session;
class StateView;

/// The queue of the profile's LLM workers: what waits and runs there, and what was given from here. Each job can be opened as the run that
/// it is, or followed, and ended. Asked for again and again while it is to be seen.
class JobsPanel final : public QWidget {
    Q_OBJECT
public:
    /// `session` must outlive it.
    explicit JobsPanel(Session &session, QWidget *parent = nullptr);

    [[nodiscard]] JobListModel &model() const { return *m_model; }
    [[nodiscard]] QTableView &table() const { return *m_table; }
    [[nodiscard]] InlineMessage &message() const { return *m_message; }
    [[nodiscard]] StateView &states() const { return *m_states; }
    [[nodiscard]] QPlainTextEdit &text() const { return *m_text; }
    void focusContent();

public Q_SLOTS:
    void refresh();
    /// The run of the selected one; one that was not given from here is followed, after a word about what that takes away.
    void openSelected();
    /// Asks first where something would be lost.
    void cancelSelected();
    void copyId();

Q_SIGNALS:
    /// A run of the history, to be shown.
    void runRequested(const QString &runId);
    /// The call that follows a job, to be made; `title` says what it is.
    void attachmentRequested(const sluice::Call &call, const QString &title);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeTable();
    [[nodiscard]] QWidget *makeHeader();
    void take(const RemoteJobList &list);
    void showState();
    void showSelection();
    void showMenu(const QPoint &position);
    void fitColumns();
    void follow(const RemoteJob &job);
    void cancel(const RemoteJob &job);
    /// In the message, with a way to go on.
    void ask(const QString &question, const QString &yes, std::function<void()> then);
    [[nodiscard]] std::optional<RemoteJob> selected() const;

    Session &m_session;
    JobListModel *m_model;
    SectionHeader *m_header = nullptr;
    QTableView *m_table;
    StateView *m_states;
    InlineMessage *m_message;
    QLabel *m_note;
    QLabel *m_textTitle;
    QPlainTextEdit *m_text;
    QToolButton *m_open = nullptr;
    QToolButton *m_cancel = nullptr;
    QToolButton *m_copy = nullptr;
    std::function<void()> m_agreed; ///< what the message's action does
    RemoteJobList m_list;
    bool m_known = false;  ///< a list was told since the connection stands
    bool m_asking = false;
    int m_generation = 0;  ///< of the connection
    QPointer<Gateway> m_gateway; ///< that m_list is of
    QTimer m_again;
};

} // namespace sluice::ui
