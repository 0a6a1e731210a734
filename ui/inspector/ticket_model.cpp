#include "sluice/inspector/ticket_model.h"

#include "sluice/base/bytes.h"
#include "sluice/inspector/exact_amount.h"
#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QHash>

namespace sluice::ui {

namespace {

/// What makes a ticket the same one in two lists.
QString keyOf(const TicketView &ticket)
{
    return ticket.ticketHash.isEmpty() ? QStringLiteral("%1/%2").arg(ticket.recipientRandHash).arg(ticket.nonce) : ticket.ticketHash;
}

bool looksSame(const TicketView &a, const TicketView &b)
{
    return a.nonce == b.nonce && a.won == b.won && a.sent == b.sent && a.signatureVerified == b.signatureVerified
        && a.faceValueWei == b.faceValueWei && a.expectedValueWei == b.expectedValueWei && a.winOdds == b.winOdds
        && a.recipient == b.recipient && a.signature == b.signature && a.winProbability == b.winProbability;
}

} // namespace

TicketModel::TicketModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

QString TicketModel::outcomeOf(const TicketView &ticket)
{
    return !ticket.won ? tr("unknown") : *ticket.won ? tr("won") : tr("not won");
}

void TicketModel::setTickets(const QList<TicketView> &tickets)
{
    QHash<QString, int> wanted;
    for (int i = 0; i < tickets.size(); ++i)
        wanted.insert(keyOf(tickets[i]), i);
    // Rows that are gone go first, from the end, in runs.
    for (int row = int(m_tickets.size()) - 1; row >= 0;) {
        if (wanted.contains(keyOf(m_tickets[row]))) {
            --row;
            continue;
        }
        int first = row;
        while (first > 0 && !wanted.contains(keyOf(m_tickets[first - 1])))
            --first;
        beginRemoveRows({}, first, row);
        m_tickets.remove(first, row - first + 1);
        endRemoveRows();
        row = first - 1;
    }
    // What stays keeps its order in practice; a list in another order is shown anew.
    int previous = -1;
    for (const TicketView &kept : std::as_const(m_tickets)) {
        const int at = wanted.value(keyOf(kept));
        if (at <= previous) {
            beginResetModel();
            m_tickets = tickets;
            endResetModel();
            return;
        }
        previous = at;
    }
    for (int row = 0; row < tickets.size();) {
        if (row < m_tickets.size() && keyOf(m_tickets[row]) == keyOf(tickets[row])) {
            if (!looksSame(m_tickets[row], tickets[row])) {
                m_tickets[row] = tickets[row];
                Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
            }
            ++row;
            continue;
        }
        int last = row;
        const QString next = row < m_tickets.size() ? keyOf(m_tickets[row]) : QString();
        while (last + 1 < tickets.size() && (next.isEmpty() || keyOf(tickets[last + 1]) != next))
            ++last;
        beginInsertRows({}, row, last);
        for (int i = row; i <= last; ++i)
            m_tickets.insert(i, tickets[i]);
        endInsertRows();
        row = last + 1;
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

QString TicketModel::shown(const TicketView &ticket, int column) const
{
    switch (column) {
    case Nonce: return QString::number(ticket.nonce);
    case Outcome: return outcomeOf(ticket);
    case FaceValue: return AmountLabel::humanWei(ticket.faceValueWei);
    case ExpectedValue: return exact::humanRational(ticket.expectedValueWei, 4);
    case Odds: return ticket.winOdds;
    case Sent: return ticket.sent ? tr("sent") : tr("not sent");
    case Signature: return ticket.signatureVerified ? tr("checked") : tr("not checked");
    case Recipient: return bytes::shortened(ticket.recipient);
    default: return {};
    }
}

QString TicketModel::exactText(const TicketView &ticket, int column) const
{
    switch (column) {
    case FaceValue: return tr("%1 wei").arg(ticket.faceValueWei);
    case ExpectedValue: return tr("%1 wei").arg(ticket.expectedValueWei);
    case Odds: return ticket.winProbability;
    case Signature: return ticket.signature;
    case Recipient: return ticket.recipient;
    default: return shown(ticket, column);
    }
}

QVariant TicketModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const TicketView &ticket = m_tickets[index.row()];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return shown(ticket, column);
    case Qt::ToolTipRole:
    case ExactRole:
        return exactText(ticket, column);
    case Qt::AccessibleTextRole:
        return tr("%1: %2").arg(headerData(column, Qt::Horizontal).toString(), shown(ticket, column));
    case Qt::TextAlignmentRole:
        return column == FaceValue || column == ExpectedValue || column == Nonce ? int(Qt::AlignRight | Qt::AlignVCenter)
                                                                                 : int(Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::FontRole:
        return column == Recipient ? Theme::font(Theme::Type::MonoSmall) : QVariant();
    case Qt::ForegroundRole:
        if (column == Outcome)
            return Theme::color(ticket.won.value_or(false) ? Theme::Role::Won : Theme::Role::Muted);
        if (column == Signature)
            return Theme::color(ticket.signatureVerified ? Theme::Role::Success : Theme::Role::Warning);
        if (column == Sent && !ticket.sent)
            return Theme::color(Theme::Role::Muted);
        return {};
    case Qt::DecorationRole:
        if (column == Outcome && ticket.won.value_or(false))
            return Theme::icon(QStringLiteral("trophy"), Theme::Role::Won);
        return {};
    case SortRole:
        return column == Nonce ? QVariant(ticket.nonce) : QVariant(shown(ticket, column));
    default:
        return {};
    }
}

QVariant TicketModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole) {
        const bool number = section == FaceValue || section == ExpectedValue || section == Nonce;
        return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (orientation == Qt::Horizontal && role == Qt::ToolTipRole && section == Outcome)
        return tr("Whether the ticket won, once the recipient has told");
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case Nonce: return tr("Nonce");
    case Outcome: return tr("Outcome");
    case FaceValue: return tr("Face value");
    case ExpectedValue: return tr("Expected");
    case Odds: return tr("Odds");
    case Sent: return tr("Sent");
    case Signature: return tr("Signature");
    case Recipient: return tr("Recipient");
    default: return {};
    }
}

} // namespace sluice::ui
