#pragma once

#include "sluice/backend/run_result.h"

#include <QtCore/QAbstractTableModel>

namespace sluice::ui {

/// The tickets of a call as a table. Refreshed by difference, so that selection and scroll survive while more arrive.
class TicketModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Nonce, Outcome, FaceValue, ExpectedValue, Odds, Sent, Signature, Recipient, ColumnCount };
    Q_ENUM(Column)
    enum Role {
        ExactRole = Qt::UserRole, ///< the exact text behind a shortened one
        SortRole,
    };

    explicit TicketModel(QObject *parent = nullptr);

    void setTickets(const QList<TicketView> &tickets);
    [[nodiscard]] const QList<TicketView> &tickets() const { return m_tickets; }
    [[nodiscard]] const TicketView &ticket(int row) const { return m_tickets.at(row); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// "won", "not won", "unknown".
    [[nodiscard]] static QString outcomeOf(const TicketView &ticket);

private:
    [[nodiscard]] QString shown(const TicketView &ticket, int column) const;
    [[nodiscard]] QString exactText(const TicketView &ticket, int column) const;

    QList<TicketView> m_tickets;
};

} // namespace sluice::ui
