#include "sluice/picker/picker_panel.h"

#include "sluice/picker/capability_delegate.h"
#include "sluice/picker/capability_dialog.h"
#include "sluice/picker/capability_keeper.h"
#include "sluice/picker/capability_marks.h"
#include "sluice/picker/capability_model.h"
#include "sluice/session/run_controller.h"
#include "sluice/session/session.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/section_header.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/theme.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QMouseEvent>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace sluice::ui {

PickerPanel::PickerPanel(Session &session, const QString &marks, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_marks(new CapabilityMarks(marks, this))
    , m_model(new CapabilityModel(this))
    , m_filter(new CapabilityFilter(this))
    , m_search(new QLineEdit)
    , m_verb(new QComboBox)
    , m_list(new QListView)
    , m_states(new StateView)
    , m_message(new InlineMessage)
    , m_keeper(new CapabilityKeeper(session, *m_message, this))
{
    setAccessibleName(tr("Capabilities"));
    m_model->setMarks(m_marks);
    m_filter->setSourceModel(m_model);

    auto *header = new SectionHeader(tr("Capabilities"));
    auto *refresh = new QToolButton;
    refresh->setIcon(Theme::icon(QStringLiteral("refresh-cw")));
    refresh->setAutoRaise(true);
    refresh->setAccessibleName(tr("Refresh capabilities"));
    refresh->setToolTip(tr("Refresh capabilities (F5)"));
    refresh->setShortcut(QKeySequence(Qt::Key_F5));
    connect(refresh, &QToolButton::clicked, &m_session, &Session::refreshCapabilities);
    header->addTrailing(refresh);
    auto *more = new QToolButton;
    more->setIcon(Theme::icon(QStringLiteral("plus")));
    more->setAutoRaise(true);
    more->setAccessibleName(tr("Add a capability"));
    more->setToolTip(tr("Add, import or share capabilities that the network does not list"));
    more->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(more);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        m_keeper->fillMenu(*menu, {});
    });
    more->setMenu(menu);
    header->addTrailing(more);
    m_message->hide();

    m_search->setPlaceholderText(tr("Search…"));
    m_search->setClearButtonEnabled(true);
    m_search->setAccessibleName(tr("Search capabilities"));
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setText(text);
        showCapabilities();
    });

    m_verb->setAccessibleName(tr("Filter by verb"));
    m_verb->addItem(tr("All verbs"));
    for (const Verb verb : {Verb::Run, Verb::Stream, Verb::Live})
        m_verb->addItem(verbName(verb), int(verb));
    connect(m_verb, &QComboBox::currentIndexChanged, this, [this](int index) {
        const QVariant verb = m_verb->itemData(index);
        m_filter->setVerb(verb.isValid() ? std::optional(Verb(verb.toInt())) : std::nullopt);
        showCapabilities();
    });

    m_list->setModel(m_filter);
    m_list->setItemDelegate(new CapabilityDelegate(m_list));
    m_list->setAccessibleName(tr("Capability list"));
    m_list->setAccessibleDescription(tr("Enter opens a capability, Ctrl+D makes it a favourite or no longer."));
    m_list->viewport()->installEventFilter(this);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    connect(m_list, &QListView::clicked, this, &PickerPanel::pick);
    connect(m_list, &QListView::activated, this, &PickerPanel::pick);
    m_states->setContent(m_list);
    connect(m_states, &StateView::actionTriggered, this, &PickerPanel::takeOffer);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_list, &QListView::customContextMenuRequested, this, &PickerPanel::showMenu);
    connect(m_keeper, &CapabilityKeeper::named, this, [this](const QString &name) {
        m_opening = name;
        m_search->clear();
    });

    auto *filters = new QHBoxLayout;
    filters->setContentsMargins(space::One, 0, space::One, 0);
    filters->setSpacing(space::One);
    filters->addWidget(m_search, 1);
    filters->addWidget(m_verb);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::One);
    layout->addWidget(header);
    layout->addLayout(filters);
    layout->addWidget(m_message);
    layout->addWidget(m_states, 1);

    connect(&m_session, &Session::capabilitiesChanged, this, [this] {
        m_model->setCapabilities(m_session.capabilities());
        showCapabilities();
        openNamed();
    });
    connect(&m_session, &Session::profileChanged, this, [this] { m_opening.clear(); });
    connectMarks();
    connect(&m_session, &Session::stateChanged, this, &PickerPanel::showCapabilities);
    const auto showFailure = [this](const Error &error) {
        if (m_model->rowCount() == 0)
            m_states->showError(error, tr("Try again"));
    };
    connect(&m_session, &Session::connectionFailed, this, showFailure);
    connect(&m_session, &Session::capabilitiesFailed, this, showFailure);
    showCapabilities();
}

void PickerPanel::connectMarks()
{
    m_marks->setProfile(m_session.profile().name);
    connect(m_marks, &CapabilityMarks::changed, this, [this] {
        markCurrent(); // the rows are in another order
        Q_EMIT favouriteChanged();
    });
    connect(&m_session, &Session::profileChanged, this, [this](const Profile &profile) { m_marks->setProfile(profile.name); });
    connect(&m_session, &Session::runStarted, this, [this](const RunController *run) { m_marks->used(run->capabilityId()); });
    connect(&m_session, &Session::profilesChanged, this, [this] {
        QStringList names;
        for (const Profile &profile : m_session.profiles())
            names.append(profile.name);
        if (!names.isEmpty())
            m_marks->keepOnly(names);
    });
}

void PickerPanel::showCapabilities()
{
    m_offer = Offer::AskAgain;
    m_model->setReachable(m_session.state() == Session::State::Ready);
    if (m_filter->rowCount() > 0)
        m_states->showContent();
    else if (m_model->rowCount() > 0 || (m_session.state() == Session::State::Ready && !m_search->text().trimmed().isEmpty()))
        showNothingFound();
    else if (m_session.state() == Session::State::Starting)
        m_states->showLoading(m_session.profile().local
                ? tr("Starting the local network…")
                : tr("Asking the network…"));
    else if (m_session.state() == Session::State::Ready && assistants::hasWorker(m_session.inUse())) {
        m_offer = Offer::WriteAssistant;
        m_states->showEmpty(QStringLiteral("message-square"), tr("No assistants yet"), tr("A worker runs what is written for it: each assistant is a capability here."),
            tr("Write an assistant…"));
    } else if (m_session.state() == Session::State::Ready && m_session.listsCapabilities())
        m_states->showEmpty(QStringLiteral("inbox"), tr("Nothing is offered"),
            tr("No orchestrator of this profile offers a capability now."), tr("Ask again"));
    else if (m_session.state() == Session::State::Ready) {
        m_offer = Offer::Add;
        m_states->showEmpty(QStringLiteral("plus"), tr("This network lists nothing"),
            tr("It answers, but most nodes have no list. Name a capability that runs there, and it is here from then on."),
            tr("Add a capability…"));
    }
    markCurrent();
}

void PickerPanel::showNothingFound()
{
    const QString text = m_search->text().trimmed();
    const bool known = m_session.capability(text).has_value(); // hidden by the verb only
    if (text.isEmpty() || known || m_session.state() != Session::State::Ready) {
        m_offer = Offer::ClearSearch;
        m_states->showEmpty(QStringLiteral("search"), tr("Nothing matches"), tr("No capability fits this search."), tr("Clear the search"));
        return;
    }
    m_offer = Offer::Add;
    m_states->showEmpty(QStringLiteral("search"), tr("Nothing matches"),
        m_session.listsCapabilities() ? tr("No capability fits this search. One that the network does not list can be named by hand.")
                                      : tr("This network has no list of its own. What runs there can be named by hand."),
        tr("Add “%1”…").arg(text.size() > 24 ? text.left(23) + QChar(0x2026) : text));
}

void PickerPanel::takeOffer()
{
    if (m_offer == Offer::WriteAssistant) {
        Q_EMIT assistantRequested(QString());
    } else if (m_offer == Offer::Add) {
        m_keeper->add(m_search->text());
    } else if (m_offer == Offer::ClearSearch) {
        m_search->clear();
        m_verb->setCurrentIndex(0);
    } else if (m_session.state() == Session::State::Failed) {
        m_session.start();
    } else {
        m_session.refreshCapabilities();
    }
}

void PickerPanel::setCurrent(const std::optional<CapabilityId> &id)
{
    m_current = id;
    markCurrent();
    Q_EMIT favouriteChanged();
}

/// The mark is the tab's, not the one that the list keeps when rows come and go.
void PickerPanel::markCurrent()
{
    for (int row = 0; m_current && row < m_filter->rowCount(); ++row) {
        const QModelIndex index = m_filter->index(row, 0);
        if (index.data(CapabilityModel::IdRole).value<CapabilityId>() == *m_current) {
            m_list->setCurrentIndex(index);
            return;
        }
    }
    m_list->setCurrentIndex(QModelIndex());
}

std::optional<CapabilityId> PickerPanel::meant() const
{
    const QModelIndex row = m_list->currentIndex();
    return m_list->hasFocus() && row.isValid() ? row.data(CapabilityModel::IdRole).value<CapabilityId>() : m_current;
}

std::optional<bool> PickerPanel::isFavourite() const
{
    const auto id = meant();
    return id ? std::optional(m_marks->isFavourite(*id)) : std::nullopt;
}

void PickerPanel::toggleFavourite()
{
    if (const auto id = meant())
        toggle(*id);
}

void PickerPanel::toggle(const CapabilityId &id)
{
    const QModelIndex row = m_list->hasFocus() ? m_list->currentIndex() : QModelIndex();
    const auto stays = row.isValid() ? std::optional(row.data(CapabilityModel::IdRole).value<CapabilityId>()) : std::nullopt;
    m_marks->setFavourite(id, !m_marks->isFavourite(id));
    // The keyboard stays with the capability that it was at, wherever its row went.
    for (int i = 0; stays && i < m_filter->rowCount(); ++i) {
        if (m_filter->index(i, 0).data(CapabilityModel::IdRole).value<CapabilityId>() == *stays)
            m_list->setCurrentIndex(m_filter->index(i, 0));
    }
}

QList<CapabilityInfo> PickerPanel::inOrder() const
{
    QList<CapabilityInfo> all = m_session.capabilities();
    const auto rank = [this](const CapabilityInfo &info) { return m_marks->isFavourite(info.id()) ? -1 : m_marks->recency(info.id()).value_or(CapabilityMarks::MostRecent); };
    std::stable_sort(all.begin(), all.end(), [&](const CapabilityInfo &a, const CapabilityInfo &b) { return rank(a) < rank(b); });
    return all;
}

/// A press on a star is about the star; a caption belongs to no row.
bool PickerPanel::pressedInList(const QMouseEvent &event)
{
    const QModelIndex index = m_list->indexAt(event.pos());
    if (event.button() != Qt::LeftButton || !index.isValid())
        return false;
    const QRect row = m_list->visualRect(index);
    if (!CapabilityDelegate::body(row, index).contains(event.pos()))
        return true;
    if (!CapabilityDelegate::star(row, index, m_list->layoutDirection()).contains(event.pos()))
        return false;
    if (event.type() == QEvent::MouseButtonRelease)
        toggle(index.data(CapabilityModel::IdRole).value<CapabilityId>());
    return true;
}

void PickerPanel::openNamed()
{
    const auto info = m_opening.isEmpty() ? std::nullopt : m_session.capability(m_opening);
    if (!info)
        return;
    m_opening.clear();
    Q_EMIT picked(*info);
}

void PickerPanel::showMenu(const QPoint &position)
{
    const QModelIndex index = m_list->indexAt(position);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (const auto id = index.data(CapabilityModel::IdRole).value<CapabilityId>(); id.backend == assistants::Backend) {
        menu->addAction(Theme::icon(QStringLiteral("pencil")), tr("Edit assistant…"), this, [this, id] { Q_EMIT assistantRequested(id.name); });
        menu->addSeparator();
    }
    if (index.isValid()) {
        const bool favourite = index.data(CapabilityModel::FavouriteRole).toBool();
        menu->addAction(Theme::icon(QStringLiteral("star")), favourite ? tr("Remove from the favourites") : tr("Add to the favourites"), this,
            [this, id = index.data(CapabilityModel::IdRole).value<CapabilityId>()] { toggle(id); });
        menu->addSeparator();
    }
    m_keeper->fillMenu(*menu, index.data(CapabilityModel::NameRole).toString());
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

void PickerPanel::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void PickerPanel::pick(const QModelIndex &index)
{
    if (index.isValid())
        Q_EMIT picked(index.data(CapabilityModel::InfoRole).value<CapabilityInfo>());
}

bool PickerPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list->viewport()
        && (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonRelease || event->type() == QEvent::MouseButtonDblClick))
        return pressedInList(*static_cast<const QMouseEvent *>(event));
    if (watched == m_search && event->type() == QEvent::KeyPress && m_filter->rowCount() == 0 && m_offer == Offer::Add) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            takeOffer();
            return true;
        }
    }
    if (watched == m_search && event->type() == QEvent::KeyPress && m_filter->rowCount() > 0) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Down) {
            m_list->setFocus();
            if (!m_list->currentIndex().isValid())
                m_list->setCurrentIndex(m_filter->index(0, 0));
            return true;
        }
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            pick(m_filter->index(0, 0)); // the mark is the workbench's, not what was searched for
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace sluice::ui
