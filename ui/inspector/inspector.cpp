#include "sluice/inspector/inspector.h"

#include "sluice/inspector/tickets_panel.h"
#include "sluice/inspector/timeline_view.h"
#include "sluice/widgets/section_header.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QEvent>
#include <QtWidgets/QFrame>
#include <QtWidgets/QLabel>
#include <QtWidgets/QStyle>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace sluice::ui {

namespace {
constexpr int kLeastWidth = 28 * space::One;
} // namespace

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
    setMinimumWidth(kLeastWidth);
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
        = {{m_balanceHeader, m_balance}, {m_ticketsHeader, m_tickets}, {m_timelineHeader, steps}};
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

bool Inspector::eventFilter(QObject *watched, QEvent *event)
{
    const bool handled = QScrollArea::eventFilter(watched, event);
    // It scrolls downwards only, so it is never narrower than its words, which are longer in some languages.
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        setMinimumWidth(std::max(kLeastWidth, widget()->minimumSizeHint().width() + style()->pixelMetric(QStyle::PM_ScrollBarExtent)));
    return handled;
}

void Inspector::showNoRun()
{
    setPayment({});
    setTrace({}, std::chrono::microseconds(0));
    m_paid.clear();
    m_charged.clear();
    setSpending(m_spending);
}

void Inspector::setPayment(const Payment &payment)
{
    m_tickets->setTickets(payment.tickets, payment.balanceAfter.has_value());
    m_ticketsHeader->setRemark(m_tickets->summary());
    m_paid = payment.paidWei;
    m_charged = payment.chargedWei.value_or(QString());
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

void Inspector::focusTickets()
{
    m_ticketsHeader->setExpanded(true);
    ensureWidgetVisible(m_tickets);
    m_tickets->table().setFocus(Qt::ShortcutFocusReason);
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
    if (shown.charged.isEmpty())
        shown.charged = m_charged;
    m_balance->setSpending(shown);
}

} // namespace sluice::ui
