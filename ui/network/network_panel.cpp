#include "sluice/network/network_panel.h"

#include "sluice/base/follow.h"
#include "sluice/network/candidate_model.h"
#include "sluice/session/session.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/ranked_columns.h"
#include "sluice/widgets/section_header.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QSortFilterProxyModel>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>

namespace sluice::ui {

namespace {
/// A question to each server; they are not ours.
constexpr std::chrono::milliseconds kAgain{10'000};
constexpr int kCellMargin = 6; ///< at each side, as the style paints items
} // namespace

NetworkPanel::NetworkPanel(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(new CandidateModel(this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_capability(new QComboBox)
    , m_order(new QComboBox)
    , m_table(new QTableView)
    , m_states(new StateView)
    , m_message(new InlineMessage)
    , m_note(new QLabel)
    , m_why(new QLabel)
{
    setAccessibleName(tr("Servers"));
    makeTable();
    for (QLabel *label : {m_note, m_why}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setFont(Theme::font(Theme::Type::Small11));
        label->setContentsMargins(space::Two, space::Half, space::Two, space::Half);
        Theme::setTextRole(label, Theme::Role::Muted);
        label->hide();
    }
    m_message->hide();
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_table, 1);
    column->addWidget(m_why);
    m_states->setContent(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(makeChoices());
    layout->addWidget(m_message);
    layout->addWidget(m_note);
    layout->addWidget(m_states, 1);
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &NetworkPanel::refresh);
    connect(m_states, &StateView::actionTriggered, this, &NetworkPanel::refresh);
    connect(&m_session, &Session::profileChanged, this, &NetworkPanel::startAnew);
    connect(&m_session, &Session::stateChanged, this, [this] {
        if (m_session.gateway() != m_gateway)
            startAnew();
    });
    connect(&m_session, &Session::capabilitiesChanged, this, &NetworkPanel::listCapabilities);
    connect(&m_session, &Session::selectionChanged, this, [this] {
        ++m_generation; // what is on its way was asked under other rules
        m_asking = false;
        refresh();
    });
    connect(m_capability, &QComboBox::currentIndexChanged, this, &NetworkPanel::startAnew);
    listCapabilities();
    startAnew();
}

void NetworkPanel::makeTable()
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(CandidateModel::SortRole);
    m_sorted->setDynamicSortFilter(true);
    m_table->setObjectName(QStringLiteral("servers"));
    m_table->setAccessibleName(tr("Servers that may take the calls"));
    m_table->setAccessibleDescription(tr("P pins a server, X excludes it, Ctrl+C copies its address"));
    m_table->setModel(m_sorted);
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
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(CandidateModel::Place, Qt::AscendingOrder);
    m_table->installEventFilter(this);
    m_table->viewport()->installEventFilter(this);
    connect(m_table, &QTableView::customContextMenuRequested, this, &NetworkPanel::showMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &NetworkPanel::showSelection);
}

QWidget *NetworkPanel::makeHeader()
{
    m_header = new SectionHeader(tr("Servers"));
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
    m_pin = button(QStringLiteral("pin"), tr("Pin the server"), tr("Calls go to this server and to no other (P)"), &NetworkPanel::togglePin);
    m_pin->setCheckable(true);
    m_exclude = button(QStringLiteral("eye-off"), tr("Exclude the server"), tr("No call goes to this server (X)"), &NetworkPanel::toggleExcluded);
    m_exclude->setCheckable(true);
    m_copy = button(QStringLiteral("copy"), tr("Copy the server's address"), tr("Copy the server's address (Ctrl+C)"), &NetworkPanel::copyAddress);
    button(QStringLiteral("refresh-cw"), tr("Ask again"), tr("Ask all servers again; while this is to be seen, they are asked every 10 seconds. Nothing is paid for that."), &NetworkPanel::refresh);
    return m_header;
}

QWidget *NetworkPanel::makeChoices()
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(space::Two, space::Half, space::Two, space::One);
    layout->setSpacing(space::One);
    const auto add = [layout](const QString &text, QComboBox *box, int stretch) {
        auto *label = new QLabel(text);
        label->setBuddy(box);
        layout->addWidget(label);
        layout->addWidget(box, stretch);
    };
    m_capability->setAccessibleName(tr("Capability"));
    m_capability->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_capability->setMinimumContentsLength(12);
    add(tr("&Capability"), m_capability, 1);
    using Order = SelectionRules::Order;
    m_order->addItem(tr("Automatic"), int(Order::Automatic));
    m_order->addItem(tr("As the profile lists them"), int(Order::Listed));
    m_order->addItem(tr("The best first"), int(Order::Best));
    m_order->setAccessibleName(tr("Order of asking"));
    m_order->setToolTip(tr("Automatic: a profile's own list in its order, servers that a discovery service names the best first. The best has a low price, answers quickly, and takes calls."));
    m_order->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    add(tr("&Order"), m_order, 0);
    connect(m_order, &QComboBox::activated, this, [this] {
        const auto order = SelectionRules::Order(m_order->currentData().toInt());
        change([order](SelectionRules &rules) { rules.order = order; });
    });
    return row;
}

CapabilityId NetworkPanel::shown() const
{
    return m_capability->currentData().value<CapabilityId>();
}

void NetworkPanel::setCapability(const CapabilityId &id)
{
    for (int i = 0; i < m_capability->count(); ++i) {
        if (m_capability->itemData(i).value<CapabilityId>() == id)
            m_capability->setCurrentIndex(i);
    }
}

void NetworkPanel::listCapabilities()
{
    Gateway *gateway = m_session.gateway();
    const CapabilityId before = shown();
    {
        const QSignalBlocker quiet(m_capability);
        m_capability->clear();
        for (const CapabilityInfo &info : m_session.capabilities()) {
            if (gateway && gateway->hasCandidates(info.backend))
                m_capability->addItem(m_session.displayName(info), QVariant::fromValue(info.id()));
        }
        setCapability(before);
    }
    m_capability->setEnabled(m_capability->count() > 0);
    if (!(shown() == before) || m_session.gateway() != m_gateway)
        startAnew();
}

void NetworkPanel::startAnew()
{
    m_gateway = m_session.gateway();
    ++m_generation;
    m_asking = false;
    m_known = false;
    m_trouble.reset();
    m_report = {};
    m_model->setReport({});
    m_message->clear();
    refresh();
}

void NetworkPanel::refresh()
{
    Gateway *gateway = m_session.gateway();
    if (m_asking || !gateway || m_capability->count() == 0 || !isVisible()) {
        showState();
        return;
    }
    m_asking = true;
    const int mine = m_generation;
    const auto next = [this] {
        m_asking = false;
        if (isVisible())
            m_again.start(kAgain);
    };
    sluice::follow(
        gateway->candidates(shown()), this,
        [this, mine, next](const CandidateReport &report) {
            if (mine != m_generation)
                return;
            m_trouble.reset();
            take(report);
            next();
        },
        [this, mine, next](const Error &error) {
            if (mine != m_generation)
                return;
            m_trouble = error;
            take({});
            next();
        });
    showState();
}

void NetworkPanel::take(const CandidateReport &report)
{
    m_known = true;
    m_report = report;
    const auto before = selected();
    m_model->setReport(report);
    if (before)
        select(before->server);
    showState();
}

void NetworkPanel::showState()
{
    const int rows = m_model->rowCount();
    m_header->setRemark(rows > 0 ? QString::number(rows) : QString());
    m_order->setCurrentIndex(m_order->findData(int(m_session.selection().order)));
    m_order->setEnabled(m_session.gateway() != nullptr);
    QStringList notes;
    if (rows > 0 && !m_report.missingPin.isEmpty())
        notes.append(tr("%1 is pinned and is none of these servers, so calls fail. Pin one of these, or none.").arg(m_report.missingPin.toString()));
    else if (rows > 0 && m_report.byDiscovery)
        notes.append(tr("A discovery service names these servers."));
    m_note->setText(notes.join(QLatin1Char('\n')));
    m_note->setVisible(!notes.isEmpty());
    Theme::setTextRole(m_note, m_report.missingPin.isEmpty() ? Theme::Role::Muted : Theme::Role::Warning);
    if (rows > 0)
        m_states->showContent();
    else if (!m_session.gateway() || (m_capability->count() == 0 && m_session.state() == Session::State::Failed))
        m_states->showEmpty(QStringLiteral("wifi-off"), tr("Not connected"), tr("Once the window is connected, the servers of its network appear here."));
    else if (m_capability->count() == 0)
        m_states->showEmpty(QStringLiteral("server"), tr("No choice among servers"), tr("Nothing that this profile offers can be had from several servers: capabilities of Livepeer's orchestrators can."));
    else if (m_trouble && m_trouble->kind() == Error::Kind::NotRouted)
        m_states->showEmpty(QStringLiteral("server"), tr("Somebody else chooses"), m_trouble->message() + QLatin1Char(' ') + m_trouble->advice());
    else if (m_trouble)
        m_states->showError(*m_trouble, tr("Try again"));
    else if (!m_known)
        m_states->showLoading(tr("Asking the servers…"));
    else
        m_states->showEmpty(QStringLiteral("server"), tr("Nobody offers this"), tr("No server is known that offers this capability. Check the profile's addresses or its discovery service."));
    fitColumns();
    showSelection();
    // Whoever came for the list gets to it when it is there, unless they went elsewhere meanwhile.
    if (rows > 0 && std::exchange(m_wanted, false) && m_capability->hasFocus())
        focusContent();
}

std::optional<Candidate> NetworkPanel::selected() const
{
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() ? std::optional(m_model->candidate(m_sorted->mapToSource(current).row())) : std::nullopt;
}

void NetworkPanel::select(const QUrl &server)
{
    const int row = m_model->rowOf(server);
    if (row >= 0)
        m_table->setCurrentIndex(m_sorted->mapFromSource(m_model->index(row, 0))); // selectRow() finds none from right to left
}

void NetworkPanel::showSelection()
{
    const auto one = selected();
    for (QToolButton *button : {m_pin, m_exclude, m_copy})
        button->setEnabled(one.has_value());
    // All of what the column may have had no room for, and how the last call went.
    QStringList words;
    if (one) {
        words.append(m_model->why(*one));
        if (one->tookLast)
            words.append(m_model->index(m_model->rowOf(one->server), CandidateModel::Success).data(Qt::ToolTipRole).toString());
    }
    m_why->setText(words.join(QLatin1Char('\n')));
    m_why->setVisible(!words.isEmpty());
    m_pin->setChecked(one && one->isPinned);
    m_exclude->setChecked(one && one->standing == Candidate::Standing::Excluded);
    m_pin->setAccessibleName(m_pin->isChecked() ? tr("Take the pin off the server") : tr("Pin the server"));
    m_exclude->setAccessibleName(m_exclude->isChecked() ? tr("Take the server in again") : tr("Exclude the server"));
}

void NetworkPanel::change(const std::function<void(SelectionRules &)> &change)
{
    m_message->clear();
    const auto changed = [change](const SelectionRules &stored) {
        SelectionRules rules = stored;
        change(rules);
        return rules;
    };
    m_session.changeSelection(changed, this, [this](const Error &error) {
        m_message->showError(error);
        showState(); // what is shown is what is kept
    });
}

void NetworkPanel::togglePin()
{
    const auto one = selected();
    if (!one)
        return;
    const QUrl server = one->isPinned ? QUrl() : one->server;
    change([server](SelectionRules &rules) { rules.pin(server); });
    showSelection();
}

void NetworkPanel::toggleExcluded()
{
    const auto one = selected();
    if (!one)
        return;
    const bool out = one->standing != Candidate::Standing::Excluded;
    change([server = one->server, out](SelectionRules &rules) { orThrow(rules.exclude(server, out)); });
    showSelection();
}

void NetworkPanel::copyAddress()
{
    if (const auto one = selected())
        QGuiApplication::clipboard()->setText(one->server.toString());
}

void NetworkPanel::showMenu(const QPoint &position)
{
    const QModelIndex index = m_table->indexAt(position);
    if (!index.isValid())
        return;
    m_table->selectRow(index.row());
    const auto one = selected();
    if (!one)
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("Server"));
    menu->addAction(Theme::icon(QStringLiteral("pin")), one->isPinned ? tr("Take the &pin off") : tr("&Pin: calls go here and to no other"), this, &NetworkPanel::togglePin);
    menu->addAction(Theme::icon(QStringLiteral("eye-off")), one->standing == Candidate::Standing::Excluded ? tr("Take in &again") : tr("E&xclude: no call goes here"), this, &NetworkPanel::toggleExcluded);
    menu->addAction(Theme::icon(QStringLiteral("copy")), tr("&Copy the address"), this, &NetworkPanel::copyAddress);
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

void NetworkPanel::fitColumns()
{
    using C = CandidateModel;
    ui::fitColumns(*m_table, {{C::Place}, {C::Server}, {C::Why, true, true}, {C::Price}, {C::Latency}, {C::Slots}, {C::Success}}, {3 * kCellMargin, space::One});
}

void NetworkPanel::focusContent()
{
    m_wanted = m_states->state() != StateView::State::Content;
    if (!m_wanted)
        m_table->setFocus(Qt::OtherFocusReason);
    else if (m_capability->isEnabled())
        m_capability->setFocus(Qt::OtherFocusReason);
    else
        m_states->setFocus(Qt::OtherFocusReason);
}

void NetworkPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void NetworkPanel::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_again.stop();
}

bool NetworkPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table->viewport() && event->type() == QEvent::Resize)
        fitColumns();
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Copy)) {
            copyAddress();
            return true;
        }
        if (key->modifiers() == Qt::NoModifier && key->key() == Qt::Key_P) {
            togglePin();
            return true;
        }
        if (key->modifiers() == Qt::NoModifier && (key->key() == Qt::Key_X || key->key() == Qt::Key_Delete)) {
            toggleExcluded();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace sluice::ui
