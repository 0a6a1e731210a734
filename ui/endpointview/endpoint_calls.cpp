#include "sluice/endpointview/endpoint_calls.h"

#include "sluice/endpoint/local_endpoint.h"
#include "sluice/endpointview/endpoint_call_model.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/ranked_columns.h"
#include "sluice/widgets/section_header.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/theme.h"

#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace sluice::ui {

namespace {
constexpr int kCellMargin = 6; ///< at each side, as the style paints items
} // namespace

EndpointCalls::EndpointCalls(LocalEndpoint &endpoint, QWidget *parent)
    : QWidget(parent)
    , m_endpoint(endpoint)
    , m_model(new EndpointCallModel(endpoint, this))
    , m_table(new QTableView)
    , m_states(new StateView)
    , m_message(new InlineMessage)
{
    makeTable();
    m_states->setContent(m_table);
    m_message->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(m_message);
    layout->addWidget(m_states, 1);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &EndpointCalls::showState);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &EndpointCalls::showState);
    connect(m_model, &QAbstractItemModel::dataChanged, this, [this] {
        fitColumns();
        showSelection();
    });
    connect(&endpoint, &LocalEndpoint::runningChanged, this, &EndpointCalls::showState);
    showState();
}

void EndpointCalls::makeTable()
{
    m_table->setObjectName(QStringLiteral("endpoint calls"));
    m_table->setAccessibleName(tr("Calls through the local endpoint"));
    m_table->setAccessibleDescription(tr("Enter opens a call, Delete cancels one that runs"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setFont(Theme::font(Theme::Type::Small11));
    m_table->setIconSize(QSize(12, 12));
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(space::Three);
    m_table->verticalHeader()->setMinimumSectionSize(space::Three);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setFont(Theme::font(Theme::Type::Small11));
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setMinimumSectionSize(2 * space::One);
    m_table->installEventFilter(this);
    m_table->viewport()->installEventFilter(this);
    connect(m_table, &QTableView::activated, this, &EndpointCalls::openSelected);
    connect(m_table, &QTableView::customContextMenuRequested, this, &EndpointCalls::showMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &EndpointCalls::showSelection);
}

QWidget *EndpointCalls::makeHeader()
{
    m_header = new SectionHeader(tr("Calls"));
    const auto button = [this](const QString &icon, const QString &name, const QString &hint, auto slot) {
        auto *made = new QToolButton;
        made->setIcon(Theme::icon(icon));
        made->setAutoRaise(true);
        made->setAccessibleName(name);
        made->setToolTip(hint);
        connect(made, &QToolButton::clicked, this, slot);
        m_header->addTrailing(made);
        return made;
    };
    m_cancel = button(QStringLiteral("square"), tr("Cancel the call"), tr("Cancel the call; its client is told (Delete)"), &EndpointCalls::cancelSelected);
    m_clear = button(QStringLiteral("trash-2"), tr("Clear the list"), tr("Clear the list of calls that have ended; the history keeps their runs"), &EndpointCalls::clear);
    return m_header;
}

void EndpointCalls::showState()
{
    const int rows = m_model->rowCount();
    m_header->setRemark(rows > 0 ? QString::number(rows) : QString());
    if (rows > 0)
        m_states->showContent();
    else if (m_endpoint.isRunning())
        m_states->showEmpty(QStringLiteral("inbox"), tr("No calls yet"), tr("Give a program the address and the key above: every call that it makes appears here."));
    else
        m_states->showEmpty(QStringLiteral("plug"), tr("Not started"), tr("While the endpoint runs, every call that comes through it appears here."));
    fitColumns();
    showSelection();
}

void EndpointCalls::showSelection()
{
    const int row = selectedRow();
    m_cancel->setEnabled(row >= 0 && m_model->call(row).isRunning() && !m_model->call(row).runIds.isEmpty());
    bool ended = false;
    for (int i = 0; i < m_model->rowCount(); ++i)
        ended = ended || !m_model->call(i).isRunning();
    m_clear->setEnabled(ended);
    const EndpointCall call = row >= 0 ? m_model->call(row) : EndpointCall();
    // What ended it here is no failure, and was told to the client as one.
    const bool canceled = call.state == EndpointCall::State::Canceled;
    const QString words = canceled && !call.problem.isEmpty() ? tr("Cancelled here. Its client was told: %1").arg(call.problem) : call.problem;
    if (words.isEmpty())
        m_message->clear();
    else if (m_message->text() != words)
        m_message->showMessage(canceled ? InlineMessage::Severity::Info
                : call.state == EndpointCall::State::Refused ? InlineMessage::Severity::Warning : InlineMessage::Severity::Error, words);
}

int EndpointCalls::selectedRow() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? -1 : rows.first().row();
}

void EndpointCalls::openSelected()
{
    const int row = selectedRow();
    if (row < 0)
        return;
    const EndpointCall &call = m_model->call(row);
    if (!call.runIds.isEmpty())
        Q_EMIT runRequested(call.runIds.first());
    else if (call.problem.isEmpty())
        m_message->showMessage(InlineMessage::Severity::Info, tr("This request called no capability, so there is no run to open."));
}

void EndpointCalls::cancelSelected()
{
    const int row = selectedRow();
    if (row >= 0)
        m_endpoint.cancel(m_model->call(row).id);
}

void EndpointCalls::clear()
{
    m_endpoint.clear();
}

void EndpointCalls::copySelected()
{
    const int row = selectedRow();
    if (row < 0)
        return;
    QStringList cells;
    for (int column = 0; column < EndpointCallModel::ColumnCount; ++column)
        cells.append(m_model->index(row, column).data(Qt::DisplayRole).toString());
    QGuiApplication::clipboard()->setText(cells.join(QLatin1Char('\t')));
}

void EndpointCalls::showMenu(const QPoint &position)
{
    if (!m_table->indexAt(position).isValid())
        return;
    QMenu menu(this);
    menu.addAction(Theme::icon(QStringLiteral("eye")), tr("&Open the run"), this, &EndpointCalls::openSelected)->setEnabled(!m_model->call(selectedRow()).runIds.isEmpty());
    menu.addAction(Theme::icon(QStringLiteral("square")), tr("&Cancel the call"), this, &EndpointCalls::cancelSelected)->setEnabled(m_cancel->isEnabled());
    menu.addAction(Theme::icon(QStringLiteral("copy")), tr("Co&py the row"), this, &EndpointCalls::copySelected);
    menu.exec(m_table->viewport()->mapToGlobal(position));
}

void EndpointCalls::fitColumns()
{
    using Calls = EndpointCallModel;
    ui::fitColumns(*m_table,
        {{Calls::Time}, {Calls::Model, true, true}, {Calls::State}, {Calls::Duration}, {Calls::Cost}, {Calls::Tokens}, {Calls::Status}, {Calls::Request, true, true},
            {Calls::Client, true, true}},
        {2 * kCellMargin, space::Two});
}

bool EndpointCalls::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table->viewport() && event->type() == QEvent::Resize)
        fitColumns();
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            openSelected();
            return true;
        }
        if (key->key() == Qt::Key_Delete) {
            cancelSelected();
            return true;
        }
        if (key->matches(QKeySequence::Copy)) {
            copySelected();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace sluice::ui
