#include "live_tabs_p.h"

#include "sluice/widgets/copy_button.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QListView>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <memory>

namespace sluice::ui {

namespace {

/// Ctrl+C takes the selected rows, a line each.
void makeCopyable(QAbstractItemView *view)
{
    auto *copy = new QAction(QCoreApplication::translate("LiveTabs", "&Copy"), view);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    QObject::connect(copy, &QAction::triggered, view, [view] {
        QModelIndexList chosen = view->selectionModel()->selectedIndexes();
        std::sort(chosen.begin(), chosen.end());
        QString text;
        int row = -1;
        for (const QModelIndex &index : std::as_const(chosen)) {
            if (row >= 0)
                text += index.row() == row ? QLatin1Char('\t') : QLatin1Char('\n');
            text += index.data().toString();
            row = index.row();
        }
        QGuiApplication::clipboard()->setText(text);
    });
    view->addAction(copy);
    view->setContextMenuPolicy(Qt::ActionsContextMenu);
}

void followEnd(QAbstractItemView *view, QAbstractItemModel &model)
{
    const auto atEnd = std::make_shared<bool>(true);
    QObject::connect(&model, &QAbstractItemModel::rowsAboutToBeInserted, view, [view, atEnd] {
        *atEnd = view->verticalScrollBar()->value() >= view->verticalScrollBar()->maximum() - 2;
    });
    QObject::connect(&model, &QAbstractItemModel::rowsInserted, view, [view, atEnd] {
        if (*atEnd)
            view->scrollToBottom();
    });
}

/// The keyboard does not stop where there is nothing yet: no row would show that it is there.
void stopOnlyAtRows(QAbstractItemView *view, const QAbstractItemModel &model)
{
    const auto tell = [view, &model] { view->setFocusPolicy(model.rowCount() > 0 ? Qt::WheelFocus : Qt::NoFocus); };
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        QObject::connect(&model, signal, view, tell);
    QObject::connect(&model, &QAbstractItemModel::modelReset, view, tell);
    tell();
}

void quieten(QAbstractItemView *view, const QString &name)
{
    view->setFrameShape(QFrame::NoFrame);
    view->setAccessibleName(name);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    makeCopyable(view);
}

} // namespace

QTableView *makeTable(QAbstractItemModel &model, const QString &name, int stretched, bool followsEnd)
{
    auto *table = new QTableView;
    quieten(table, name);
    table->setModel(&model);
    stopOnlyAtRows(table, model);
    table->setShowGrid(false);
    table->setLayoutDirection(Qt::LeftToRight); // times, figures, and what servers say
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(space::Three);
    table->verticalHeader()->setMinimumSectionSize(space::Three);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setSectionResizeMode(stretched, QHeaderView::Stretch);
    // Measuring every row for each change would cost more than showing it.
    table->horizontalHeader()->setResizeContentsPrecision(32);
    if (followsEnd)
        followEnd(table, model);
    return table;
}

QWidget *makeLog(QWidget *view, const QString &subject, std::function<QString()> all, std::function<void()> clear)
{
    auto *box = new QWidget;
    auto *copy = new CopyButton;
    copy->setSubject(subject);
    copy->setSource(std::move(all));
    auto *empty = new QToolButton;
    empty->setIcon(Theme::icon(QStringLiteral("trash-2"), Theme::Role::Muted));
    empty->setAutoRaise(true);
    empty->setAccessibleName(QCoreApplication::translate("LiveTabs", "Clear %1").arg(subject));
    empty->setToolTip(empty->accessibleName());
    QObject::connect(empty, &QToolButton::clicked, box, std::move(clear));
    auto *tools = new QVBoxLayout;
    tools->setContentsMargins(0, space::Half, space::Half, 0);
    tools->setSpacing(space::Half);
    tools->addWidget(copy);
    tools->addWidget(empty);
    tools->addStretch(1);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(view, 1);
    row->addLayout(tools);
    return box;
}

QWidget *makeRecords(QAbstractItemModel &model, const QString &name)
{
    auto *list = new QListView;
    quieten(list, name);
    list->setModel(&model);
    stopOnlyAtRows(list, model);
    list->setFont(Theme::font(Theme::Type::MonoSmall));
    list->setUniformItemSizes(true);
    list->setTextElideMode(Qt::ElideRight);
    followEnd(list, model);
    return list;
}

} // namespace sluice::ui
