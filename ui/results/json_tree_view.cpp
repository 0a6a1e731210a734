#include "sluice/results/json_tree_view.h"

#include "sluice/results/json_tree_model.h"
#include "sluice/widgets/theme.h"

#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QTreeView>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace sluice::ui {

namespace {
constexpr int kLeastKeyWidth = 120;
// A first look: the top two levels of a small document are open.
constexpr qsizetype kOpenedAtOnce = 60;
} // namespace

JsonTreeView::JsonTreeView(QWidget *parent)
    : QWidget(parent)
    , m_model(new JsonTreeModel(this))
    , m_search(new QLineEdit)
    , m_tree(new QTreeView)
{
    m_search->setPlaceholderText(tr("Find in keys and values…"));
    m_search->setAccessibleName(tr("Find in the JSON tree"));
    m_search->setClearButtonEnabled(true);
    connect(m_search, &QLineEdit::returnPressed, this, &JsonTreeView::findNext);

    m_tree->setModel(m_model);
    m_tree->setAccessibleName(tr("JSON tree"));
    m_tree->setUniformRowHeights(true);
    m_tree->setLayoutDirection(Qt::LeftToRight); // as JSON reads
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setAlternatingRowColors(false);
    m_tree->header()->setDefaultSectionSize(kLeastKeyWidth);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_tree, &QTreeView::customContextMenuRequested, this, &JsonTreeView::showMenu);
    auto *copy = new QAction(tr("Copy value"), m_tree);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, [this] {
        const QModelIndex index = m_tree->currentIndex();
        if (index.isValid())
            QGuiApplication::clipboard()->setText(index.data(JsonTreeModel::JsonRole).toString());
    });
    m_tree->addAction(copy);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::One, 0, 0);
    layout->setSpacing(space::One);
    auto *searchLine = new QHBoxLayout;
    searchLine->setContentsMargins(space::One, 0, space::One, 0);
    searchLine->addWidget(m_search);
    layout->addLayout(searchLine);
    layout->addWidget(m_tree, 1);
}

void JsonTreeView::setJson(const Json &json)
{
    m_model->setJson(json);
    qsizetype opened = json.size();
    for (int row = 0; row < m_model->rowCount() && opened < kOpenedAtOnce; ++row) {
        const QModelIndex index = m_model->index(row, 0);
        m_tree->expand(index);
        opened += m_model->rowCount(index);
    }
    fitKeys();
}

void JsonTreeView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitKeys();
}

void JsonTreeView::fitKeys()
{
    // Keys as wide as they are, but the values keep their share of the room.
    m_tree->resizeColumnToContents(0);
    const int most = std::max(kLeastKeyWidth, width() * 3 / 5);
    m_tree->header()->resizeSection(0, std::clamp(m_tree->columnWidth(0) + space::One, kLeastKeyWidth, most));
}

void JsonTreeView::findNext()
{
    const QModelIndex hit = m_model->search(m_search->text(), m_tree->currentIndex());
    if (!hit.isValid())
        return;
    m_tree->setCurrentIndex(hit);
    m_tree->scrollTo(hit, QAbstractItemView::EnsureVisible);
}

void JsonTreeView::showMenu(const QPoint &position)
{
    const QModelIndex index = m_tree->indexAt(position);
    if (!index.isValid())
        return;
    const auto copy = [](const QString &text) { QGuiApplication::clipboard()->setText(text); };
    QMenu menu(this);
    menu.addAction(tr("Copy &value"), this, [&] { copy(index.data(JsonTreeModel::JsonRole).toString()); });
    menu.addAction(tr("Copy &path"), this, [&] { copy(index.data(JsonTreeModel::PointerRole).toString()); });
    menu.addAction(tr("&Expand all below"), this, [&] { m_tree->expandRecursively(index); });
    menu.exec(m_tree->viewport()->mapToGlobal(position));
}

} // namespace sluice::ui
