#pragma once

#include "sluice/backend/run_result.h"

#include <QtWidgets/QWidget>

class QTableView;

namespace sluice::ui {

class StateView;
class TicketDetails;
class TicketModel;

/// The tickets of the shown call, and one of them in full.
class TicketsPanel final : public QWidget {
    Q_OBJECT
public:
    explicit TicketsPanel(QWidget *parent = nullptr);

    /// `fromBalance`: the call was paid, by credit that was left from before.
    void setTickets(const QList<TicketView> &tickets, bool fromBalance = false);
    [[nodiscard]] TicketModel &model() const { return *m_model; }
    [[nodiscard]] QTableView &table() const { return *m_table; }
    [[nodiscard]] TicketDetails &details() const { return *m_details; }
    /// "3 sent, 1 won", for a heading.
    [[nodiscard]] QString summary() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fit();
    void fitColumns();
    void showCurrent();
    void copyCell();

    TicketModel *m_model;
    StateView *m_state;
    QTableView *m_table;
    TicketDetails *m_details;
};

} // namespace sluice::ui
