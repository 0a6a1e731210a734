#pragma once

#include <QtWidgets/QWidget>

class QTableView;
class QToolButton;

namespace sluice {
class LocalEndpoint;
}

namespace sluice::ui {

class EndpointCallModel;
class InlineMessage;
class SectionHeader;
class StateView;

/// The list of requests that came through the local endpoint: live, each one to be opened as the run that it was, or cancelled.
class EndpointCalls final : public QWidget {
    Q_OBJECT
public:
    /// `endpoint` must outlive it.
    explicit EndpointCalls(LocalEndpoint &endpoint, QWidget *parent = nullptr);

    [[nodiscard]] EndpointCallModel &model() const { return *m_model; }
    [[nodiscard]] QTableView &table() const { return *m_table; }

public Q_SLOTS:
    /// The selected one; what has no run says why.
    void openSelected();
    void cancelSelected();
    void clear();

Q_SIGNALS:
    /// A run of the history, to be shown.
    void runRequested(const QString &runId);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeTable();
    [[nodiscard]] QWidget *makeHeader();
    void showState();
    void showSelection();
    void fitColumns();
    void showMenu(const QPoint &position);
    void copySelected();
    /// -1 without one.
    [[nodiscard]] int selectedRow() const;

    LocalEndpoint &m_endpoint;
    EndpointCallModel *m_model;
    SectionHeader *m_header = nullptr;
    QTableView *m_table;
    StateView *m_states;
    InlineMessage *m_message;
    QToolButton *m_cancel = nullptr;
    QToolButton *m_clear = nullptr;
};

} // namespace sluice::ui
