#pragma once

#include "sluice/accounts/cell_table_model.h"
#include "sluice/widgets/ranked_columns.h"

#include <QtWidgets/QTableView>

namespace sluice::ui {

/// A table of cells: whole columns as far as there is room, those that count most first; Ctrl+C and a menu copy what stands in a cell, exactly.
class CellTable final : public QTableView {
    Q_OBJECT
public:
    /// `name`: what is listed. `ranked`: the columns by how much they count.
    CellTable(const QString &name, QList<CellColumn> columns, QList<RankedColumn> ranked, QWidget *parent = nullptr);

    [[nodiscard]] CellTableModel &cells() const { return *m_model; }
    void setRows(const QList<CellRow> &rows);
    /// Of the selected row; empty without one.
    [[nodiscard]] QString selectedKey() const;
    void select(const QString &key);
    /// Of the current cell.
    void copyCell();

Q_SIGNALS:
    void selectionMoved();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    [[nodiscard]] QString textOf(int row, int column) const;

    CellTableModel *m_model;
    QList<RankedColumn> m_ranked;
};

} // namespace sluice::ui
