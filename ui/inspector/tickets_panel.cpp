#include "sluice/inspector/tickets_panel.h"

#include "sluice/inspector/ticket_details.h"
#include "sluice/inspector/ticket_model.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/theme.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace sluice::ui {

namespace {
constexpr int kCellMargin = 6;    ///< at each side, as the style paints items
constexpr int kMeasuredRows = 50; ///< tickets of one call look alike
} // namespace

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
    m_table->setLayoutDirection(Qt::LeftToRight); // amounts and numbers only
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setFont(Theme::font(Theme::Type::Small11));
    m_table->setIconSize(QSize(12, 12));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(space::Three);
    m_table->verticalHeader()->setMinimumSectionSize(space::Three);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setFont(Theme::font(Theme::Type::Small11));
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionsMovable(false);
    header->setMinimumSectionSize(2 * space::One);
    m_table->installEventFilter(this);
    m_table->viewport()->installEventFilter(this);
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

void TicketsPanel::setTickets(const QList<TicketView> &tickets, bool fromBalance)
{
    m_model->setTickets(tickets);
    if (tickets.isEmpty() && fromBalance)
        m_state->showEmpty(QStringLiteral("wallet"), tr("No new ticket"), tr("Credit left from before paid for this call."));
    else if (tickets.isEmpty())
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
    const int rows = std::clamp(m_model->rowCount(), 1, mostRows);
    m_state->setMinimumHeight(
        m_model->rowCount() == 0 ? 13 * space::One : m_table->horizontalHeader()->sizeHint().height() + rows * space::Three + space::Half);
    fitColumns();
}

void TicketsPanel::fitColumns()
{
    // Whole columns or none: those that count most come first, and a selected ticket shows everything below the table.
    constexpr int ranked[] = {TicketModel::Nonce, TicketModel::Outcome, TicketModel::FaceValue, TicketModel::Odds,
        TicketModel::ExpectedValue, TicketModel::Signature, TicketModel::Sent, TicketModel::Recipient};
    QHeaderView *header = m_table->horizontalHeader();
    const QFontMetrics metrics(m_table->font());
    const int room = m_table->viewport()->width();
    int used = 0;
    QList<int> shown;
    for (const int column : ranked) {
        int width = metrics.horizontalAdvance(m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        for (int row = 0; row < std::min(m_model->rowCount(), kMeasuredRows); ++row) {
            const QModelIndex cell = m_model->index(row, column);
            const int icon = cell.data(Qt::DecorationRole).isValid() ? m_table->iconSize().width() + space::Half : 0;
            width = std::max(width, icon + metrics.horizontalAdvance(cell.data(Qt::DisplayRole).toString()));
        }
        width += 2 * kCellMargin;
        const bool fits = used + width <= room || shown.isEmpty();
        header->setSectionHidden(column, !fits);
        if (!fits) {
            used = room; // a lesser column does not jump the queue
            continue;
        }
        header->resizeSection(column, width);
        used += width;
        shown << column;
    }
    const int spare = room - header->length();
    for (qsizetype i = 0; spare > 0 && i < shown.size(); ++i)
        header->resizeSection(shown.at(i), header->sectionSize(shown.at(i)) + spare / int(shown.size()));
}

QString TicketsPanel::summary() const
{
    const QList<TicketView> &tickets = m_model->tickets();
    if (tickets.isEmpty())
        return {};
    const auto sent = std::count_if(tickets.begin(), tickets.end(), [](const TicketView &one) { return one.sent; });
    const auto won = std::count_if(tickets.begin(), tickets.end(), [](const TicketView &one) { return one.won.value_or(false); });
    const auto unchecked
        = std::count_if(tickets.begin(), tickets.end(), [](const TicketView &one) { return !one.signatureVerified; });
    QStringList facts{tr("%1 sent").arg(sent)};
    if (won > 0)
        facts << tr("%1 won").arg(won);
    facts << (unchecked > 0 ? tr("%n signature(s) not checked", nullptr, int(unchecked)) : tr("all checked"));
    return facts.join(QStringLiteral(" · "));
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
    if (watched == m_table->viewport() && event->type() == QEvent::Resize)
        fitColumns();
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

} // namespace sluice::ui
