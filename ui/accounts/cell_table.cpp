#include "sluice/accounts/cell_table.h"

#include <QtGui/QClipboard>
#include <QtGui/QContextMenuEvent>
#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMenu>

namespace sluice::ui {

namespace {
constexpr int kCellMargin = 6; ///< at each side, as the style paints items
} // namespace

CellTable::CellTable(const QString &name, QList<CellColumn> columns, QList<RankedColumn> ranked, QWidget *parent)
    : QTableView(parent)
    , m_model(new CellTableModel(std::move(columns), this))
    , m_ranked(std::move(ranked))
{
    setAccessibleName(name);
    setAccessibleDescription(tr("Ctrl+C copies what stands in the cell, exactly"));
    setModel(m_model);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFont(Theme::font(Theme::Type::Small11));
    setIconSize(QSize(12, 12));
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(space::Three);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, &CellTable::selectionMoved);
}

void CellTable::setRows(const QList<CellRow> &rows)
{
    m_model->setRows(rows);
    fitColumns(*this, m_ranked, {3 * kCellMargin, space::One});
}

QString CellTable::selectedKey() const
{
    const QModelIndexList rows = selectionModel()->selectedRows();
    return rows.isEmpty() ? QString() : m_model->key(rows.first().row());
}

void CellTable::select(const QString &key)
{
    // selectRow() asks which column begins at the window's edge, and right to left it finds none.
    if (const int row = m_model->rowOf(key); row >= 0)
        setCurrentIndex(m_model->index(row, 0));
}

QString CellTable::textOf(int row, int column) const
{
    const Cell &cell = m_model->cell(row, column);
    return cell.copy.isEmpty() ? cell.text : cell.copy;
}

void CellTable::copyCell()
{
    if (const QModelIndex at = currentIndex(); at.isValid())
        QGuiApplication::clipboard()->setText(textOf(at.row(), at.column()));
}

void CellTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns(*this, m_ranked, {3 * kCellMargin, space::One});
}

void CellTable::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copyCell();
    else
        QTableView::keyPressEvent(event);
}

void CellTable::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex at = byKey ? currentIndex() : indexAt(viewport()->mapFromGlobal(event->globalPos()));
    if (!at.isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(accessibleName());
    for (int column = 0; column < m_model->columnCount(); ++column) {
        const QString title = m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        // As it is now: while the menu is open the rows may move.
        menu->addAction(Theme::icon(QStringLiteral("copy")), tr("Copy: %1").arg(title), this,
            [text = textOf(at.row(), column)] { QGuiApplication::clipboard()->setText(text); });
    }
    menu->popup(byKey ? viewport()->mapToGlobal(visualRect(at).center()) : event->globalPos());
}

} // namespace sluice::ui
