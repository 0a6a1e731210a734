#pragma once

#include "sluice/backend/call.h"
#include "sluice/gateway/history.h"

#include <QtWidgets/QWidget>

#include <functional>

class QLineEdit;
class QListView;

namespace sluice::ui {

class HistoryModel;
class InlineMessage;
class StateView;

/// Every run, searchable: open, replay, compare two, copy, pin, delete with undo, export.
class HistoryPanel final : public QWidget {
    Q_OBJECT
public:
    /// `history` must outlive the panel.
    explicit HistoryPanel(History &history, QWidget *parent = nullptr);

    [[nodiscard]] HistoryModel &model() const { return *m_model; }
    void focusSearch();
    /// What "another process changed the file" calls.
    void refresh();

public Q_SLOTS:
    void openSelected();
    void replaySelected();
    void deleteSelected();
    void copySelected();
    void pinSelected();
    /// Shows the two runs that are selected side by side.
    void compareSelected();
    void exportAll();

Q_SIGNALS:
    /// Opened by double click or Enter; complete with call, result, error and trace.
    void runPicked(const sluice::RunRecord &record);
    /// The same call is wanted again.
    void replayRequested(const sluice::Call &call);

private:
    enum class Wanted { Open, Replay, Copy };

    [[nodiscard]] QString selectedId() const;
    [[nodiscard]] QStringList selectedIds() const; ///< oldest first
    void compare(const RunRecord &older, const RunRecord &newer);
    void load(Wanted wanted);
    void deliver(Wanted wanted, const RunRecord &record);
    void showMenu(const QPoint &position);
    void showState();
    void showError(const Error &error);
    /// The same as a function, for what may fail later.
    [[nodiscard]] std::function<void(const Error &)> showProblem();
    void writeExport(const QString &path, const QString &cursor, bool first);

    History &m_history;
    HistoryModel *m_model;
    QLineEdit *m_search;
    QListView *m_list;
    StateView *m_states;
    InlineMessage *m_message;
    History::Removal m_removal;
};

} // namespace sluice::ui
