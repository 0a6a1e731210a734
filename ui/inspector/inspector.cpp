#include "sluice/inspector/inspector.h"

#include "sluice/inspector/ticket_detail.h"
#include "sluice/inspector/ticket_model.h"
#include "sluice/inspector/timeline_view.h"
#include "sluice/widgets/section_header.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/theme.h"

#include <QtWidgets/QHeaderView>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {
QWidget *section(SectionHeader *header, QWidget *body)
{
    auto *widget = new QWidget;
    auto *layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(body, 1);
    return widget;
}
} // namespace

Inspector::Inspector(QWidget *parent)
    : QWidget(parent)
    , m_balance(new BalanceCard)
    , m_ticketHeader(new SectionHeader(tr("Tickets")))
    , m_model(new TicketModel(this))
    , m_table(new QTableView)
    , m_detail(new TicketDetail)
    , m_ticketStates(new StateView)
    , m_timelineHeader(new SectionHeader(tr("Timeline")))
    , m_timeline(new TimelineView)
    , m_timelineStates(new StateView)
{
    setAccessibleName(tr("Inspector"));
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Tickets of the call"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(space::Three);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setTabKeyNavigation(false);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &Inspector::showSelected);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &Inspector::showSelected);

    auto *detailScroll = new QScrollArea;
    detailScroll->setWidget(m_detail);
    detailScroll->setWidgetResizable(true);
    detailScroll->setFrameShape(QFrame::NoFrame);
    detailScroll->setFocusPolicy(Qt::NoFocus);
    auto *tickets = new QSplitter(Qt::Vertical);
    tickets->addWidget(m_table);
    tickets->addWidget(detailScroll);
    tickets->setStretchFactor(0, 1);
    tickets->setStretchFactor(1, 1);
    m_ticketStates->setContent(tickets);
    m_timelineStates->setContent(m_timeline);

    auto *sections = new QSplitter(Qt::Vertical);
    sections->addWidget(section(new SectionHeader(tr("Balance")), m_balance));
    sections->addWidget(section(m_ticketHeader, m_ticketStates));
    sections->addWidget(section(m_timelineHeader, m_timelineStates));
    sections->setStretchFactor(0, 0);
    sections->setStretchFactor(1, 2);
    sections->setStretchFactor(2, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(sections);
    setPayment({});
    setTrace({});
}

void Inspector::setPurse(
    const QString &capability, const std::optional<QString> &wei, const std::optional<PriceQuote> &price)
{
    m_balance->setPurse(capability, wei, price);
}

void Inspector::setSpending(const SpendingView &spending)
{
    m_balance->setSpending(spending);
}

void Inspector::setRun(const QString &title)
{
    m_ticketHeader->setRemark(title);
    m_timelineHeader->setRemark(title);
}

void Inspector::setPayment(const Payment &payment)
{
    m_model->setTickets(payment.tickets);
    if (payment.tickets.isEmpty()) {
        m_ticketStates->showEmpty(QStringLiteral("ticket"), tr("No tickets"),
            tr("A paid call shows here each ticket it sent. While the balance covers a call, none is needed."));
        return;
    }
    if (!m_table->currentIndex().isValid())
        m_table->selectRow(0);
    m_ticketStates->showContent();
    showSelected();
}

void Inspector::setTrace(const QList<TraceSpan> &spans)
{
    m_timeline->setSpans(spans);
    if (spans.isEmpty())
        m_timelineStates->showEmpty(QStringLiteral("activity"), tr("No timeline"),
            tr("Run a call to see where its time goes."));
    else
        m_timelineStates->showContent();
}

void Inspector::focusTickets()
{
    m_table->setFocus(Qt::ShortcutFocusReason);
}

void Inspector::showSelected()
{
    const QModelIndex current = m_table->currentIndex();
    if (current.isValid())
        m_detail->showTicket(current.data(TicketModel::TicketRole).value<TicketView>());
}

} // namespace sluice::ui
