#include "sluice/history/history_panel.h"

#include "sluice/base/follow.h"
#include "sluice/base/task.h"
#include "sluice/history/compare_view.h"
#include "sluice/history/history_delegate.h"
#include "sluice/history/history_model.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/section_header.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QFile>
#include <QtCore/QTimer>
#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace sluice::ui {

namespace {
constexpr std::chrono::seconds kTimePasses{5};
} // namespace

HistoryPanel::HistoryPanel(History &history, QWidget *parent)
    : QWidget(parent)
    , m_history(history)
    , m_model(new HistoryModel(history, this))
    , m_search(new QLineEdit)
    , m_list(new QListView)
    , m_states(new StateView)
    , m_message(new InlineMessage)
{
    setAccessibleName(tr("History"));
    auto *header = new SectionHeader(tr("History"));
    header->setMinimumHeight(space::Four + space::Half);
    auto *exportButton = new QToolButton;
    exportButton->setIcon(Theme::icon(QStringLiteral("download")));
    exportButton->setAutoRaise(true);
    exportButton->setAccessibleName(tr("Export history"));
    exportButton->setToolTip(tr("Export history as JSON lines…"));
    connect(exportButton, &QToolButton::clicked, this, &HistoryPanel::exportAll);
    header->addTrailing(exportButton);
    connect(m_model, &HistoryModel::loaded, header, [this, header] {
        header->setRemark(m_model->total() > 0 ? QString::number(m_model->total()) : QString());
    });

    m_search->setPlaceholderText(tr("Search runs…"));
    m_search->setAccessibleName(tr("Search runs"));
    m_search->setClearButtonEnabled(true);
    connect(m_search, &QLineEdit::textChanged, m_model, &HistoryModel::setFilter);

    m_list->setModel(m_model);
    m_list->setItemDelegate(new HistoryDelegate(m_list));
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setAccessibleName(tr("Runs"));
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_list, &QListView::customContextMenuRequested, this, &HistoryPanel::showMenu);
    connect(m_list, &QListView::activated, this, &HistoryPanel::openSelected);
    connect(m_list, &QListView::doubleClicked, this, &HistoryPanel::openSelected);
    const auto shortcut = [this](const QKeySequence &keys, auto slot) {
        auto *action = new QAction(m_list);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, slot);
        m_list->addAction(action);
    };
    shortcut(QKeySequence::Delete, &HistoryPanel::deleteSelected);
    shortcut(QKeySequence::Copy, &HistoryPanel::copySelected);
    shortcut(QKeySequence(Qt::Key_R), &HistoryPanel::replaySelected);
    shortcut(QKeySequence(Qt::Key_D), &HistoryPanel::compareSelected);
    m_list->setAccessibleDescription(tr("Enter opens, R runs again, D compares two, Delete deletes"));

    // "2 min ago" is only true for a minute.
    auto *passing = new QTimer(m_list);
    passing->start(kTimePasses);
    connect(passing, &QTimer::timeout, m_list->viewport(), qOverload<>(&QWidget::update));

    m_states->setContent(m_list);
    connect(m_states, &StateView::actionTriggered, m_search, &QLineEdit::clear);
    m_message->hide();
    connect(m_message, &InlineMessage::actionTriggered, this, [this] {
        m_message->clear();
        follow(m_history.restore(m_removal), this, [](int) {}, showProblem());
    });
    connect(m_model, &HistoryModel::loaded, this, &HistoryPanel::showState);
    connect(m_model, &HistoryModel::failed, this, [this](const Error &error) { m_states->showError(error); });

    auto *searchRow = new QHBoxLayout;
    searchRow->setContentsMargins(space::One, 0, space::One, 0);
    searchRow->addWidget(m_search);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::Half);
    layout->addWidget(header);
    layout->addLayout(searchRow);
    layout->addWidget(m_message);
    layout->addWidget(m_states, 1);
    m_states->showLoading(tr("Reading the history…"));
}

void HistoryPanel::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void HistoryPanel::refresh()
{
    m_model->refresh();
}

void HistoryPanel::showState()
{
    if (m_model->rowCount() > 0)
        m_states->showContent();
    else if (!m_model->filter().isEmpty())
        m_states->showEmpty(QStringLiteral("search"), tr("Nothing matches"), tr("No run fits this search."),
            tr("Clear the search"));
    else
        m_states->showEmpty(QStringLiteral("history"), tr("No runs yet"),
            tr("Every call you make is kept here, with its input, answer and cost."));
}

std::function<void(const Error &)> HistoryPanel::showProblem()
{
    return [this](const Error &error) { showError(error); };
}

void HistoryPanel::showError(const Error &error)
{
    m_message->setAction({});
    m_message->showError(error);
}

QString HistoryPanel::selectedId() const
{
    return m_list->currentIndex().data(HistoryModel::IdRole).toString();
}

QStringList HistoryPanel::selectedIds() const
{
    QStringList ids;
    QModelIndexList rows = m_list->selectionModel()->selectedIndexes();
    // By the list, which has the newest first: start times do not tell two runs of one millisecond apart.
    std::sort(rows.begin(), rows.end(), [](const QModelIndex &a, const QModelIndex &b) { return a.row() > b.row(); });
    for (const QModelIndex &index : std::as_const(rows))
        ids << index.data(HistoryModel::IdRole).toString();
    if (ids.isEmpty() && !selectedId().isEmpty())
        ids << selectedId();
    return ids;
}

void HistoryPanel::openSelected()
{
    load(Wanted::Open);
}

void HistoryPanel::replaySelected()
{
    load(Wanted::Replay);
}

void HistoryPanel::copySelected()
{
    load(Wanted::Copy);
}

void HistoryPanel::load(Wanted wanted)
{
    const QString id = selectedId();
    if (id.isEmpty())
        return;
    follow(
        m_history.byId(id), this,
        [this, wanted](const std::optional<RunRecord> &record) {
            if (record)
                deliver(wanted, *record);
        },
        showProblem());
}

void HistoryPanel::deliver(Wanted wanted, const RunRecord &record)
{
    if (wanted == Wanted::Open) {
        Q_EMIT runPicked(record);
        return;
    }
    if (wanted == Wanted::Copy) {
        QGuiApplication::clipboard()->setText(record.call);
        return;
    }
    const auto json = Json::parse(record.call.toUtf8());
    const auto call = json ? Call::fromJson(*json) : Expected<Call>(unexpected(json.error()));
    if (call)
        Q_EMIT replayRequested(*call);
    else
        showError(call.error());
}

void HistoryPanel::deleteSelected()
{
    const QStringList ids = selectedIds();
    if (ids.isEmpty())
        return;
    follow(
        m_history.remove(ids), this,
        [this](const History::Removal &removal) {
            m_removal = removal;
            m_message->showMessage(InlineMessage::Severity::Info, tr("%n run(s) deleted.", nullptr, removal.count));
            m_message->setAction(tr("Undo"));
        },
        showProblem());
}

void HistoryPanel::pinSelected()
{
    const auto record = m_list->currentIndex().data(HistoryModel::RecordRole).value<RunRecord>();
    if (record.id.isEmpty())
        return;
    follow(m_history.setPinned(record.id, !record.pinned), this, [] {}, showProblem());
}

void HistoryPanel::compareSelected()
{
    const QStringList ids = selectedIds();
    if (ids.size() != 2) {
        m_message->setAction({});
        m_message->showMessage(InlineMessage::Severity::Info, tr("Select two runs (Ctrl+click) to compare them."));
        return;
    }
    const auto readOther = [this, newerId = ids[1]](const std::optional<RunRecord> &older) {
        follow(
            m_history.byId(newerId), this,
            [this, older](const std::optional<RunRecord> &newer) {
                if (older && newer)
                    compare(*older, *newer);
            },
            showProblem());
    };
    follow(m_history.byId(ids[0]), this, readOther, showProblem());
}

void HistoryPanel::compare(const RunRecord &older, const RunRecord &newer)
{
    auto *view = new CompareView(this);
    view->setWindowFlag(Qt::Window);
    view->setAttribute(Qt::WA_DeleteOnClose);
    view->resize(120 * space::One, 80 * space::One);
    view->showRuns(older, newer);
    view->show();
}

void HistoryPanel::showMenu(const QPoint &position)
{
    const QModelIndex index = m_list->indexAt(position);
    if (!index.isValid())
        return;
    if (!m_list->selectionModel()->isSelected(index))
        m_list->setCurrentIndex(index);
    const bool pinned = index.data(HistoryModel::RecordRole).value<RunRecord>().pinned;
    QMenu menu(this);
    menu.addAction(Theme::icon(QStringLiteral("eye")), tr("&Open"), this, &HistoryPanel::openSelected);
    menu.addAction(Theme::icon(QStringLiteral("rotate-ccw")), tr("&Replay"), this, &HistoryPanel::replaySelected);
    menu.addAction(Theme::icon(QStringLiteral("copy")), tr("&Copy call as JSON"), this, &HistoryPanel::copySelected);
    menu.addAction(Theme::icon(QStringLiteral("git-compare")), tr("Co&mpare two"), this, &HistoryPanel::compareSelected)
        ->setEnabled(selectedIds().size() == 2);
    menu.addAction(Theme::icon(QStringLiteral("pin")), pinned ? tr("Un&pin") : tr("&Pin"), this,
        &HistoryPanel::pinSelected);
    menu.addSeparator();
    menu.addAction(Theme::icon(QStringLiteral("trash-2")), tr("&Delete"), this, &HistoryPanel::deleteSelected);
    menu.exec(m_list->viewport()->mapToGlobal(position));
}

void HistoryPanel::exportAll()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Export history"), QStringLiteral("sluice-history.jsonl"));
    if (!path.isEmpty())
        writeExport(path, {}, true);
}

void HistoryPanel::writeExport(const QString &path, const QString &cursor, bool first)
{
    follow(
        m_history.exportJsonLines(m_model->filter(), cursor), this,
        [this, path, first](const History::ExportPiece &piece) {
            QFile file(path);
            const auto mode = first ? QIODevice::WriteOnly : QIODevice::WriteOnly | QIODevice::Append;
            if (!file.open(mode) || file.write(piece.lines) != piece.lines.size() || !file.flush()) {
                showError(Error(Error::Kind::Storage, tr("Could not write %1: %2").arg(path, file.errorString())));
                return;
            }
            if (piece.done)
                m_message->showMessage(InlineMessage::Severity::Success, tr("Exported to %1.").arg(path));
            else
                writeExport(path, piece.cursor, false);
        },
        showProblem());
}

} // namespace sluice::ui
