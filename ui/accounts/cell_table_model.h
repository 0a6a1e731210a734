#pragma once

#include "sluice/widgets/theme.h"

#include <QtCore/QAbstractTableModel>

#include <optional>

namespace sluice::ui {

/// What stands at one place of a table.
struct Cell {
    QString text;
    QString hint;   ///< the tooltip; empty: the text
    QString copy;   ///< what copying gives; empty: the text
    QString icon;
    Theme::Role iconRole = Theme::Role::Muted;
    std::optional<Theme::Role> role;

    /// The same with an icon.
    [[nodiscard]] Cell with(const QString &name, Theme::Role color) const
    {
        Cell cell = *this;
        cell.icon = name;
        cell.iconRole = color;
        return cell;
    }
};

struct CellColumn {
    QString title;
    bool number = false; ///< stands at the right
    bool mono = false;
};

/// A row, and what it is of: it keeps its place in a selection by that.
struct CellRow {
    QString key;
    QList<Cell> cells;
};

/// A table of values that are told anew again and again.
class CellTableModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit CellTableModel(QList<CellColumn> columns, QObject *parent = nullptr);

    /// Keys are unique; rows that stay keep their selection.
    void setRows(const QList<CellRow> &rows);
    [[nodiscard]] const Cell &cell(int row, int column) const { return m_rows[row].cells[column]; }
    [[nodiscard]] QString key(int row) const { return m_rows[row].key; }
    /// -1 for one that is not there.
    [[nodiscard]] int rowOf(const QString &key) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<CellColumn> m_columns;
    QList<CellRow> m_rows;
};

} // namespace sluice::ui
