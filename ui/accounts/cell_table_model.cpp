#include "sluice/accounts/cell_table_model.h"

#include "sluice/widgets/remote_text.h"

#include <QtCore/QSet>

#include <algorithm>

namespace sluice::ui {

CellTableModel::CellTableModel(QList<CellColumn> columns, QObject *parent)
    : QAbstractTableModel(parent)
    , m_columns(std::move(columns))
{
}

void CellTableModel::setRows(const QList<CellRow> &rows)
{
    QSet<QString> stay;
    for (const CellRow &row : rows)
        stay.insert(row.key);
    for (int row = int(m_rows.size()) - 1; row >= 0; --row) {
        if (stay.contains(m_rows[row].key))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.removeAt(row);
        endRemoveRows();
    }
    for (int row = 0; row < int(rows.size()); ++row) {
        // Most stand where they stood.
        const bool there = row < m_rows.size() && m_rows[row].key == rows[row].key;
        const int before = there ? row : rowOf(rows[row].key);
        if (before < 0) {
            beginInsertRows({}, row, row);
            m_rows.insert(row, rows[row]);
            endInsertRows();
        } else if (before > row) {
            beginMoveRows({}, before, before, {}, row);
            m_rows.move(before, row);
            endMoveRows();
        }
        m_rows[row] = rows[row];
    }
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, columnCount() - 1));
}

int CellTableModel::rowOf(const QString &key) const
{
    const auto it = std::find_if(m_rows.begin(), m_rows.end(), [&](const CellRow &row) { return row.key == key; });
    return it == m_rows.end() ? -1 : int(it - m_rows.begin());
}

int CellTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int CellTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size());
}

QVariant CellTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Cell &shown = cell(index.row(), index.column());
    const CellColumn &column = m_columns[index.column()];
    switch (role) {
    case Qt::DisplayRole:
        return shown.text;
    case Qt::ToolTipRole:
        return toolTipText(shown.hint.isEmpty() ? shown.text : shown.hint);
    case Qt::AccessibleTextRole:
        return tr("%1: %2", "column of a table, value").arg(column.title, shown.text);
    case Qt::DecorationRole:
        return shown.icon.isEmpty() ? QVariant() : QVariant(Theme::icon(shown.icon, shown.iconRole));
    case Qt::ForegroundRole:
        return shown.role ? QVariant(Theme::color(*shown.role)) : QVariant();
    case Qt::FontRole:
        return column.mono ? QVariant(Theme::font(Theme::Type::MonoSmall)) : QVariant();
    case Qt::TextAlignmentRole:
        return int((column.number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant CellTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= m_columns.size())
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((m_columns[section].number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return role == Qt::DisplayRole ? QVariant(m_columns[section].title) : QVariant();
}

} // namespace sluice::ui
