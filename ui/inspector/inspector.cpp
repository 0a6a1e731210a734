#include "sluice/inspector/inspector.h"

<<<<<<< HEAD
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
=======
#include "sluice/inspector/tickets_panel.h"
#include "sluice/inspector/timeline_view.h"
#include "sluice/widgets/section_header.h"
#include "sluice/widgets/theme.h"

#include <QtWidgets/QFrame>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

namespace sluice {

Inspector::Inspector(QWidget *parent)
    : QScrollArea(parent)
    , m_balance(new BalancePanel)
    , m_tickets(new TicketsPanel)
    , m_timeline(new TimelineView)
    , m_balanceHeader(new SectionHeader(tr("Balance")))
    , m_ticketsHeader(new SectionHeader(tr("Tickets")))
    , m_timelineHeader(new SectionHeader(tr("Timeline")))
    , m_noTimeline(new QLabel(tr("Run a capability to see where its time goes.")))
    , m_step(new QLabel)
{
    setAccessibleName(tr("Inspector"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    for (QLabel *label : {m_noTimeline, m_step}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setFont(Theme::font(Theme::Type::Small11));
        label->setContentsMargins(space::One + space::Half, space::Half, space::One, space::One);
        Theme::setTextRole(label, Theme::Role::Muted);
    }
    m_step->setObjectName(QStringLiteral("step"));
    m_step->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto *steps = new QWidget;
    auto *stepsLayout = new QVBoxLayout(steps);
    stepsLayout->setContentsMargins(0, space::Half, 0, 0);
    stepsLayout->setSpacing(0);
    stepsLayout->addWidget(m_noTimeline);
    stepsLayout->addWidget(m_timeline);
    stepsLayout->addWidget(m_step);

    auto *body = new QWidget;
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    const std::pair<SectionHeader *, QWidget *> sections[]
        = {{m_balanceHeader, m_balance}, {m_timelineHeader, steps}, {m_ticketsHeader, m_tickets}};
    for (const auto &[header, content] : sections) {
        column->addWidget(header);
        column->addWidget(content, content == m_tickets ? 1 : 0);
        header->setBody(content);
    }
    column->addStretch(0);
    setWidget(body);

    connect(m_timeline, &TimelineView::currentRowChanged, this, &Inspector::describeStep);
    showNoRun();
}

Inspector::~Inspector() = default;

void Inspector::showNoRun()
{
    setPayment({});
    setTrace({}, std::chrono::microseconds(0));
    m_paid.clear();
    setSpending(m_spending);
>>>>>>> panes
}

void Inspector::setPayment(const Payment &payment)
{
<<<<<<< HEAD
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
=======
    m_tickets->setTickets(payment.tickets);
    m_ticketsHeader->setRemark(m_tickets->summary());
    m_paid = payment.paidWei;
    setSpending(m_spending);
}

void Inspector::setTrace(const QList<TraceSpan> &spans, std::chrono::microseconds elapsed)
{
    m_timeline->setSpans(spans, elapsed);
    m_timeline->setVisible(!spans.isEmpty());
    m_noTimeline->setVisible(spans.isEmpty());
    m_timelineHeader->setRemark(spans.isEmpty() ? QString() : shortTime(m_timeline->geometryOfBars().total));
    describeStep();
}

void Inspector::describeStep()
{
    const int row = m_timeline->currentRow();
    const auto &bars = m_timeline->geometryOfBars().bars;
    m_step->setVisible(row >= 0 && row < bars.size());
    if (row >= 0 && row < bars.size())
        m_step->setText(TimelineView::describe(m_timeline->spans().at(bars.at(row).span)));
}

void Inspector::setCurrentCapability(const QString &capability)
{
    m_balance->setCurrentCapability(capability);
}

void Inspector::updatePurse(const PurseView &purse)
{
    m_balance->updatePurse(purse);
}

void Inspector::setPurses(const QList<PurseView> &purses)
{
    m_balance->setPurses(purses);
}

void Inspector::setSpending(const SpendingView &spending)
{
    m_spending = spending;
    SpendingView shown = spending;
    if (shown.call.isEmpty())
        shown.call = m_paid;
    m_balance->setSpending(shown);
}

} // namespace sluice
>>>>>>> panes
