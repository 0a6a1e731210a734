#pragma once

#include <QtCore/QList>

class QTableView;

namespace sluice::ui {

/// A column of a table in which there is no room for all.
struct RankedColumn {
    int column = 0;
    bool isText = false;    ///< of somebody's words, which may be cut
    bool takesRest = false; ///< shares in the room that is left
};

/// What a cell takes beside its text, in pixels.
struct CellRoom {
    int margins = 0;    ///< of every cell, both sides together
    int besideIcon = 0; ///< between an icon and the text
};

/// Shows as many whole columns as there is room for, those that count most first; the others are hidden. Widths are those of the first rows'
/// texts.
void fitColumns(QTableView &table, const QList<RankedColumn> &ranked, CellRoom cell);

} // namespace sluice::ui
