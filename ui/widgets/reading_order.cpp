#include "sluice/widgets/reading_order.h"

#include <QtCore/QHash>
#include <QtCore/QSet>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>

#include <algorithm>

namespace sluice::ui {

namespace {

class Reader {
public:
    void read(QWidget *widget)
    {
        if (!widget || m_seen.contains(widget))
            return;
        m_seen.insert(widget);
        if ((widget->focusPolicy() & Qt::TabFocus) && !widget->focusProxy())
            m_found.append(widget);
        if (const auto *area = qobject_cast<QScrollArea *>(widget)) {
            read(area->widget());
        } else if (const auto *splitter = qobject_cast<QSplitter *>(widget)) {
            for (int i = 0; i < splitter->count(); ++i)
                read(splitter->widget(i));
        } else if (const auto *tabs = qobject_cast<QTabWidget *>(widget)) {
            read(tabs->tabBar());
            read(tabs->cornerWidget());
            for (int i = 0; i < tabs->count(); ++i)
                read(tabs->widget(i));
        } else if (QLayout *layout = widget->layout()) {
            read(layout);
        }
        // What stands in no layout: parts of a control, or pages that are not shown yet.
        for (QObject *child : widget->children()) {
            auto *part = qobject_cast<QWidget *>(child);
            if (part && !part->isWindow())
                read(part);
        }
    }
    [[nodiscard]] const QList<QWidget *> &found() const { return m_found; }

private:
    void read(QLayoutItem *item)
    {
        if (!item)
            return;
        if (QWidget *widget = item->widget())
            read(widget);
        else if (QLayout *layout = item->layout())
            read(layout);
    }
    void read(QLayout *layout)
    {
        if (const auto *form = qobject_cast<QFormLayout *>(layout)) {
            for (int row = 0; row < form->rowCount(); ++row) {
                for (const auto role : {QFormLayout::SpanningRole, QFormLayout::LabelRole, QFormLayout::FieldRole})
                    read(form->itemAt(row, role));
            }
            return;
        }
        QList<QLayoutItem *> items;
        for (int i = 0; i < layout->count(); ++i)
            items.append(layout->itemAt(i));
        if (auto *grid = qobject_cast<QGridLayout *>(layout))
            sortByCell(*grid, items);
        for (QLayoutItem *item : std::as_const(items))
            read(item);
    }
    static void sortByCell(QGridLayout &grid, QList<QLayoutItem *> &items)
    {
        QHash<QLayoutItem *, std::pair<int, int>> cells;
        for (int i = 0; i < grid.count(); ++i) {
            int row = 0;
            int column = 0;
            int rows = 0;
            int columns = 0;
            grid.getItemPosition(i, &row, &column, &rows, &columns);
            cells.insert(grid.itemAt(i), {row, column});
        }
        std::stable_sort(items.begin(), items.end(), [&](QLayoutItem *a, QLayoutItem *b) { return cells.value(a) < cells.value(b); });
    }

    QSet<QWidget *> m_seen;
    QList<QWidget *> m_found;
};

} // namespace

void tabInReadingOrder(QWidget *root)
{
    Reader reader;
    reader.read(root);
    const QList<QWidget *> &order = reader.found();
    for (qsizetype i = 1; i < order.size(); ++i)
        QWidget::setTabOrder(order[i - 1], order[i]);
}

} // namespace sluice::ui
