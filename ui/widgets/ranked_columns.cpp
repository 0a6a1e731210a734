#include "sluice/widgets/ranked_columns.h"

#include <QtWidgets/QHeaderView>
#include <QtWidgets/QTableView>

#include <algorithm>

namespace sluice::ui {

namespace {

constexpr int kMeasuredRows = 50;
constexpr int kWidest = 28; ///< characters that a text may take at once

int widthOf(const QTableView &table, const RankedColumn &ranked, CellRoom cell)
{
    const QAbstractItemModel &model = *table.model();
    const QFontMetrics metrics(table.font());
    int width = metrics.horizontalAdvance(model.headerData(ranked.column, Qt::Horizontal, Qt::DisplayRole).toString());
    for (int row = 0; row < std::min(model.rowCount(), kMeasuredRows); ++row) {
        const QModelIndex index = model.index(row, ranked.column);
        const int icon = index.data(Qt::DecorationRole).isValid() ? table.iconSize().width() + cell.besideIcon : 0;
        const QVariant font = index.data(Qt::FontRole);
        const QFontMetrics own = font.isValid() ? QFontMetrics(font.value<QFont>()) : metrics;
        width = std::max(width, icon + own.horizontalAdvance(index.data(Qt::DisplayRole).toString()));
    }
    return (ranked.isText ? std::min(width, kWidest * metrics.averageCharWidth()) : width) + cell.margins;
}

} // namespace

void fitColumns(QTableView &table, const QList<RankedColumn> &ranked, CellRoom cell)
{
    QHeaderView *header = table.horizontalHeader();
    const int room = table.viewport()->width();
    int used = 0;
    QList<int> stretched;
    for (const RankedColumn &column : ranked) {
        const int width = widthOf(table, column, cell);
        const bool fits = used + width <= room || used == 0;
        header->setSectionHidden(column.column, !fits);
        if (!fits) {
            used = std::max(used, room); // a lesser column does not jump the queue
            continue;
        }
        header->resizeSection(column.column, width);
        used += width;
        if (column.takesRest)
            stretched.append(column.column);
    }
    const int spare = room - header->length();
    for (const int column : std::as_const(stretched)) {
        if (spare > 0)
            header->resizeSection(column, header->sectionSize(column) + spare / int(stretched.size()));
    }
}

} // namespace sluice::ui
