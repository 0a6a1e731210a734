#include "sluice/inspector/ticket_model.h"

#include "sluice/crypto/u256.h"
#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/theme.h"

#include <algorithm>

namespace sluice::ui {

void TicketModel::setTickets(const QList<TicketView> &tickets)
{
    for (int row = int(m_tickets.size()) - 1; row >= 0; --row) {
        const bool kept = std::any_of(tickets.begin(), tickets.end(),
            [&](const TicketView &ticket) { return ticket.ticketHash == m_tickets.at(row).ticketHash; });
        if (!kept) {
            beginRemoveRows({}, row, row);
            m_tickets.removeAt(row);
            endRemoveRows();
        }
    }
    for (const TicketView &ticket : tickets) {
        const auto it = std::find_if(m_tickets.begin(), m_tickets.end(),
            [&](const TicketView &known) { return known.ticketHash == ticket.ticketHash; });
        if (it != m_tickets.end()) {
            *it = ticket;
            const int row = int(it - m_tickets.begin());
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        } else {
            beginInsertRows({}, int(m_tickets.size()), int(m_tickets.size()));
            m_tickets.append(ticket);
            endInsertRows();
        }
    }
}

int TicketModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_tickets.size());
}

int TicketModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString TicketModel::outcomeText(const TicketView &ticket)
{
    if (!ticket.sent)
        return tr("not sent");
    if (!ticket.won)
        return tr("not known yet");
    return *ticket.won ? tr("won") : tr("not won");
}

QString TicketModel::amountText(const QString &wei)
{
    const auto amount = rationalFromText(wei);
    return amount ? AmountLabel::humanWei(toDecimal(floorOf(*amount))) : tr("unknown");
}

QVariant TicketModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const TicketView &ticket = m_tickets.at(index.row());
    if (role == TicketRole)
        return QVariant::fromValue(ticket);
    if (role == Qt::ForegroundRole && index.column() == OutcomeColumn)
        return Theme::color(ticket.won == std::optional(true) ? Theme::Role::Won
                : ticket.sent                                  ? Theme::Role::Paid
                                                               : Theme::Role::Muted);
    if (role == Qt::ForegroundRole && index.column() == SignatureColumn && !ticket.signatureVerified)
        return Theme::color(Theme::Role::Failed);
    if (role == Qt::ToolTipRole) {
        switch (index.column()) {
        case FaceValueColumn: return tr("%1 wei").arg(ticket.faceValueWei);
        case ExpectedColumn: return tr("%1 wei").arg(ticket.expectedValueWei);
        case OddsColumn: return ticket.winProbability;
        default: return ticket.ticketHash;
        }
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case NonceColumn: return ticket.nonce;
    case FaceValueColumn: return amountText(ticket.faceValueWei);
    case OddsColumn: return ticket.winOdds;
    case ExpectedColumn: return amountText(ticket.expectedValueWei);
    case OutcomeColumn: return outcomeText(ticket);
    case SignatureColumn: return ticket.signatureVerified ? tr("valid") : tr("not valid");
    default: return {};
    }
}

QVariant TicketModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NonceColumn: return tr("Nonce");
    case FaceValueColumn: return tr("Face value");
    case OddsColumn: return tr("Odds");
    case ExpectedColumn: return tr("Worth");
    case OutcomeColumn: return tr("Outcome");
    case SignatureColumn: return tr("Signature");
    default: return {};
    }
}

} // namespace sluice::ui
