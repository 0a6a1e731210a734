#include "sluice/live/live_updates_model.h"

#include "sluice/widgets/theme.h"

#include <QtCore/QLocale>

#include <algorithm>

namespace sluice::ui {

LiveUpdatesModel::LiveUpdatesModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

int LiveUpdatesModel::begin(const QString &change)
{
    if (m_rows.size() >= Capacity) {
        const int last = int(m_rows.size()) - 1;
        beginRemoveRows({}, last, last);
        m_rows.removeLast();
        endRemoveRows();
    }
    beginInsertRows({}, 0, 0);
    m_rows.prepend({++m_lastId, QDateTime::currentDateTime(), change, {}, {}, {}});
    endInsertRows();
    return m_lastId;
}

template <typename Change> void LiveUpdatesModel::edit(int id, Change change)
{
    const auto it = std::find_if(m_rows.begin(), m_rows.end(), [id](const Row &row) { return row.id == id; });
    if (it == m_rows.end())
        return;
    change(*it);
    const int row = int(it - m_rows.begin());
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void LiveUpdatesModel::acknowledge(int id, Delay after)
{
    edit(id, [after](Row &row) { row.acknowledged = after; });
}

void LiveUpdatesModel::seen(int id, Delay after)
{
    edit(id, [after](Row &row) { row.seen = after; });
}

void LiveUpdatesModel::fail(int id, const QString &reason)
{
    edit(id, [&reason](Row &row) { row.failure = reason; });
}

void LiveUpdatesModel::clear()
{
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

std::optional<LiveUpdatesModel::Delay> LiveUpdatesModel::lastAcknowledged() const
{
    return m_rows.isEmpty() ? std::nullopt : m_rows.first().acknowledged;
}

std::optional<LiveUpdatesModel::Delay> LiveUpdatesModel::lastSeen() const
{
    return m_rows.isEmpty() ? std::nullopt : m_rows.first().seen;
}

int LiveUpdatesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int LiveUpdatesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString LiveUpdatesModel::cell(const Row &row, int column) const
{
    const auto delay = [](const std::optional<Delay> &value) {
        return value ? tr("%1 ms").arg(QLocale().toString(value->count(), 'f', 0)) : QString();
    };
    switch (column) {
    case TimeColumn: return row.at.toString(QStringLiteral("HH:mm:ss"));
    case ChangeColumn: return row.change;
    case AcknowledgedColumn:
        if (!row.failure.isEmpty())
            return tr("refused");
        return row.acknowledged ? delay(row.acknowledged) : tr("sent");
    case SeenColumn: return delay(row.seen);
    default: return {};
    }
}

QVariant LiveUpdatesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(index.row());
    if (role == Qt::DisplayRole)
        return cell(row, index.column());
    if (role == Qt::ToolTipRole)
        return row.failure.isEmpty() ? row.change : row.failure;
    if (role == Qt::ForegroundRole && !row.failure.isEmpty())
        return Theme::color(Theme::Role::Failed);
    if (role == Qt::TextAlignmentRole && index.column() >= AcknowledgedColumn)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::FontRole && index.column() == ChangeColumn)
        return Theme::font(Theme::Type::MonoSmall);
    return {};
}

QVariant LiveUpdatesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section >= AcknowledgedColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == SeenColumn)
        return tr("Until the first picture was shown that was taken after the change had been acknowledged");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn: return tr("Time");
    case ChangeColumn: return tr("Change");
    case AcknowledgedColumn: return tr("Acknowledged");
    case SeenColumn: return tr("Visible");
    default: return {};
    }
}

} // namespace sluice::ui
