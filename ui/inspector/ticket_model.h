#pragma once

#include "sluice/gateway/run_result.h"

#include <QtCore/QAbstractTableModel>

namespace sluice::ui {

/// The tickets of one call, refreshed by difference (a ticket is known by its hash) so that a selection survives.
class TicketModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { NonceColumn, FaceValueColumn, OddsColumn, ExpectedColumn, OutcomeColumn, SignatureColumn, ColumnCount };
    enum Role { TicketRole = Qt::UserRole + 1 };

    using QAbstractTableModel::QAbstractTableModel;
    void setTickets(const QList<TicketView> &tickets);
    [[nodiscard]] const QList<TicketView> &tickets() const { return m_tickets; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// "won", "not won", "not known yet", "not sent".
    [[nodiscard]] static QString outcomeText(const TicketView &ticket);
    /// Human unit of a wei text that may be a fraction; the exact text stays one hover away.
    [[nodiscard]] static QString amountText(const QString &wei);

private:
    QList<TicketView> m_tickets;
};

} // namespace sluice::ui

Q_DECLARE_METATYPE(sluice::TicketView)
