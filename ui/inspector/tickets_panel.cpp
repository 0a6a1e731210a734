#include "sluice/inspector/tickets_panel.h"

#include "sluice/inspector/ticket_details.h"
#include "sluice/inspector/ticket_model.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/theme.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace sluice {

TicketsPanel::TicketsPanel(QWidget *parent)
    : QWidget(parent)
    , m_model(new TicketModel(this))
    , m_state(new StateView(this))
    , m_table(new QTableView)
    , m_details(new TicketDetails(this))
{
    m_table->setObjectName(QStringLiteral("tickets"));
    m_table->setAccessibleName(tr("Tickets of this call"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(space::Three);
    m_table->verticalHeader()->setMinimumSectionSize(space::Three);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setStretchLastSection(true);
    header->setMinimumSectionSize(6 * space::One);
    const int widths[] = {48, 76, 84, 88, 88, 72, 88, 120};
    for (int i = 0; i < TicketModel::ColumnCount; ++i)
        header->resizeSection(i, widths[i]);
    m_table->installEventFilter(this);
    m_state->setContent(m_table);
    m_details->hide();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_state, 1);
    column->addWidget(m_details);

    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &TicketsPanel::showCurrent);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &TicketsPanel::showCurrent);
    setTickets({});
}

void TicketsPanel::setTickets(const QList<TicketView> &tickets)
{
    m_model->setTickets(tickets);
    if (tickets.isEmpty())
        m_state->showEmpty(QStringLiteral("ticket"), tr("No tickets"),
            tr("Run a paid capability: every ticket that pays for it appears here, decoded."));
    else
        m_state->showContent();
    fit();
    showCurrent();
}

void TicketsPanel::fit()
{
    // As high as its rows, so that the timeline below is in sight; many tickets scroll.
    constexpr int mostRows = 8;
    const int rows = std::clamp(m_model->rowCount(), 2, mostRows);
    const int bar = m_table->horizontalScrollBar()->sizeHint().height();
    m_state->setMinimumHeight(
        m_model->rowCount() == 0 ? 13 * space::One : m_table->horizontalHeader()->sizeHint().height() + rows * space::Three + bar + 2);
}

QString TicketsPanel::summary() const
{
    const QList<TicketView> &tickets = m_model->tickets();
    if (tickets.isEmpty())
        return {};
    const auto sent = std::count_if(tickets.begin(), tickets.end(), [](const TicketView &one) { return one.sent; });
    const auto won = std::count_if(tickets.begin(), tickets.end(), [](const TicketView &one) { return one.won.value_or(false); });
    return won > 0 ? tr("%1 sent, %2 won").arg(sent).arg(won) : tr("%1 sent").arg(sent);
}

void TicketsPanel::showCurrent()
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    m_details->setVisible(!rows.isEmpty());
    if (!rows.isEmpty())
        m_details->showTicket(m_model->ticket(rows.first().row()));
}

void TicketsPanel::copyCell()
{
    const QModelIndex index = m_table->currentIndex();
    if (index.isValid())
        QGuiApplication::clipboard()->setText(index.data(TicketModel::ExactRole).toString());
}

bool TicketsPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Copy)) {
            copyCell();
            return true;
        }
        if (key->key() == Qt::Key_Escape && m_details->isVisible()) {
            m_table->clearSelection();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace sluice
