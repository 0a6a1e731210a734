#include "sluice/gateway/backends.h"
#include "sluice/shell/main_window.h"

#include "sluice/codeview/code_view.h"
#include "sluice/history/history_panel.h"
#include "sluice/inspector/inspector.h"
#include "sluice/inspector/tickets_panel.h"
#include "sluice/picker/capability_keeper.h"
#include "sluice/picker/picker_panel.h"
#include "sluice/gateway/past_run.h"
#include "sluice/session/run_controller.h"
#include "sluice/session/session.h"
#include "sluice/shell/command_palette.h"
#include "sluice/shell/places_splitter.h"
#include "sluice/shell/profile_dialog.h"
#include "sluice/shell/status_strip.h"
#include "sluice/shell/workbench_page.h"
#include "sluice/base/follow.h"
#include "sluice/backend/user_data.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/state_view.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QPointer>
#include <QtCore/QSettings>
#include <QtGui/QAction>
#include <QtGui/QActionGroup>
#include <QtGui/QCloseEvent>
#include <QtGui/QScreen>
#include <QtWidgets/QApplication>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStyle>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace sluice::ui {

namespace {
const QString kTheme = QStringLiteral("window/theme");
const QString kLanguage = QStringLiteral("window/language"); // of the code
const QString kCapability = QStringLiteral("window/capability"); // in front when the window was left

const QString kSides = QStringLiteral("window/sides"); // how wide the picker and the inspector are

constexpr QSize kLeastPlace(160, 96);
constexpr int kWidestSide = 2000;

enum class PageKind { Form, Chat, Live, AppSession };

PageKind pageKind(const CapabilityInfo &capability)
{
    if (capability.verbs.value(0) == Verb::Live)
        return capability.hasSessions() ? PageKind::AppSession : PageKind::Live;
    return capability.isChat() ? PageKind::Chat : PageKind::Form;
}

// A quiet frame that sets a panel apart from its neighbours.
QWidget *place(QWidget *panel)
{
    auto *frame = new QFrame;
    // What a panel would like to have is no reason for a window that does not fit on the screen.
    frame->setMinimumSize(kLeastPlace);
    auto *layout = new QVBoxLayout(frame);
    layout->setContentsMargins(0, space::Half, 0, 0);
    layout->addWidget(panel);
    return frame;
}
} // namespace

MainWindow::MainWindow(Session &session, QWidget *parent)
    : QMainWindow(parent)
    , m_session(session)
    , m_palette(new CommandPalette(this))
{
    setWindowTitle(tr("Sluice"));
    setAccessibleName(tr("Sluice"));
    makePlaces();
    makeActions();
    makeEndpoint();
    connectPanels();
    restoreLayout();
    qApp->installEventFilter(this);
}

MainWindow::~MainWindow() = default;

void MainWindow::makePlaces()
{
    m_picker = new PickerPanel(m_session, settingsPath());
    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_tabs->setMovable(true);
    m_tabs->setAccessibleName(tr("Workbench"));
    m_workbench = new StateView;
    m_workbench->setContent(m_tabs);
    m_workbench->showEmpty(QStringLiteral("wand-sparkles"), tr("Pick a capability"),
        tr("Choose one at the left, or press Ctrl+K and type its name."));
    m_message = new InlineMessage;
    m_message->hide();
    auto *centre = new QWidget;
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_message);
    layout->addWidget(m_workbench, 1);
    m_inspector = new Inspector;
    m_code = new CodeView;
    // The sandbox's key opens the sandbox and nothing else; any other stays in the keychain.
    m_code->setEnvironmentValues([this](const QString &name) {
        if (name == QStringLiteral("SLUICE_SENDER_KEY"))
            return QString::fromUtf8(m_session.inUse().senderKey.expose().toByteArray());
        return name == QStringLiteral("LIVEPEER_SIGNER_URL") ? m_session.sandboxSigner() : QString();
    });
    m_history = new HistoryPanel(m_session.history());
    m_status = new StatusStrip(m_session);
    setStatusBar(m_status);

    m_upper = new PlacesSplitter;
    m_upper->addWidget(place(m_picker));
    m_upper->addWidget(place(centre));
    m_upper->addWidget(place(m_inspector));
    m_upper->setStretchFactor(1, 1);
    m_lower = new QSplitter(Qt::Horizontal);
    m_lower->addWidget(place(m_code));
    m_lower->addWidget(place(m_history));
    m_lower->setStretchFactor(0, 3);
    m_lower->setStretchFactor(1, 1);
    m_lower->setSizes({800, 480});
    m_rows = new QSplitter(Qt::Vertical);
    m_rows->addWidget(m_upper);
    m_rows->addWidget(m_lower);
    // Of a larger window the code and the history get their part.
    m_rows->setStretchFactor(0, 2);
    m_rows->setStretchFactor(1, 1);
    m_rows->setSizes({544, 208});
    for (QSplitter *splitter : std::initializer_list<QSplitter *>{m_rows, m_upper, m_lower}) {
        splitter->setHandleWidth(1);
        splitter->setChildrenCollapsible(true);
    }
    m_upper->setCollapsible(1, false);
    setCentralWidget(m_rows);
}

void MainWindow::makeActions()
{
    const auto add = [this](QMenu *menu, const QString &text, const QKeySequence &keys, auto slot) {
        return addCommand(menu, text, keys, [slot = std::move(slot)](bool) { slot(); });
    };

    QMenu *call = menuBar()->addMenu(tr("&Call"));
    m_run = add(call, tr("&Run"), QKeySequence(Qt::CTRL | Qt::Key_Return), [this] {
        if (WorkbenchPage *page = currentPage())
            page->run();
    });
    m_stop = add(call, tr("&Stop"), QKeySequence(Qt::Key_Escape), [this] {
        if (WorkbenchPage *page = currentPage())
            page->stop();
    });
    m_stop->setEnabled(false);
    m_switchVerb = add(call, tr("S&witch between run and stream"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M), [this] {
        if (WorkbenchPage *page = currentPage())
            page->switchVerb();
    });
    m_switchVerb->setEnabled(false);
    add(call, tr("C&ompare side by side…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S), [this] { openSideBySide(); });
    call->addSeparator();
    add(call, tr("&Add a capability…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A), [this] { m_picker->keeper().add(); });
    add(call, tr("&Import capabilities…"), {}, [this] { m_picker->keeper().import(); });
    add(call, tr("S&hare the capabilities that you named…"), {}, [this] { m_picker->keeper().share(); });
    makeAssistants(call);
    m_favourite = add(call, tr("Add to the &favourites"), QKeySequence(Qt::CTRL | Qt::Key_D), [this] { m_picker->toggleFavourite(); });
    call->addSeparator();
    // Written out: the standard keys of a desktop that Qt does not know are others than the tooltips promise, or none.
    add(call, tr("&Close tab"), QKeySequence(Qt::CTRL | Qt::Key_W), [this] { closeTab(m_tabs->currentIndex()); });
    add(call, tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), [this] { close(); });

    QMenu *view = menuBar()->addMenu(tr("&View"));
    add(view, tr("Command &palette"), QKeySequence(Qt::CTRL | Qt::Key_K), [this] { showPalette(); });
    view->addSeparator();
    makePlaceActions(view);
    view->addSeparator();
    auto *themes = new QActionGroup(this);
    for (const auto &[text, mode] : {std::pair(tr("&System theme"), Theme::Mode::System),
             std::pair(tr("&Light theme"), Theme::Mode::Light), std::pair(tr("D&ark theme"), Theme::Mode::Dark)}) {
        QAction *action = add(view, text, {}, [mode = mode] {
            Theme::setMode(mode);
            QSettings(settingsPath(), QSettings::IniFormat).setValue(kTheme, int(mode));
        });
        action->setCheckable(true);
        action->setChecked(Theme::mode() == mode);
        themes->addAction(action);
    }

    QMenu *go = menuBar()->addMenu(tr("&Go"));
    add(go, tr("Find a &capability"), QKeySequence(Qt::CTRL | Qt::Key_P), [this] { m_picker->focusSearch(); });
    add(go, tr("Find a &run"), QKeySequence(Qt::CTRL | Qt::Key_H), [this] { m_history->focusSearch(); });
    add(go, tr("To the &tickets"), QKeySequence(Qt::CTRL | Qt::Key_T), [this] { m_inspector->focusTickets(); });
    add(go, tr("Re&fresh the balance"), QKeySequence(Qt::CTRL | Qt::Key_B), [this] { m_session.refreshBalances(); });
    add(go, tr("Choose the &network…"), QKeySequence(Qt::CTRL | Qt::Key_N),
        [this] { showProfileMenu(m_status->mapToGlobal(QPoint(0, 0))); });
    go->addSeparator();
    add(go, tr("&Local endpoint"), QKeySequence(Qt::CTRL | Qt::Key_L), [this] { showEndpoint(); });
    add(go, tr("&Jobs of the workers"), QKeySequence(Qt::CTRL | Qt::Key_J), [this] { showJobs(); });
    add(go, tr("&Servers of the network"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N), [this] { showNetwork(); });
    add(go, tr("&Accounts at providers"), QKeySequence(Qt::CTRL | Qt::Key_U), [this] { showAccounts(); });
    makeHelp();
}

void MainWindow::connectPanels()
{
    connect(m_picker, &PickerPanel::picked, this, &MainWindow::openCapability);
    connect(m_picker, &PickerPanel::favouriteChanged, this, &MainWindow::showFavourite);
    showFavourite();
    connect(m_tabs, &QTabWidget::currentChanged, this, &MainWindow::showCall);
    connect(m_tabs, &QTabWidget::currentChanged, this, &MainWindow::moveFocusToPage);
    m_tabs->tabBar()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_tabs->tabBar(), &QWidget::customContextMenuRequested, this, &MainWindow::showTabMenu);
    connect(m_status, &StatusStrip::profileMenuRequested, this, &MainWindow::showProfileMenu);
    connect(m_history, &HistoryPanel::runPicked, this, &MainWindow::showPast);
    connect(m_history, &HistoryPanel::replayRequested, this, &MainWindow::replay);
    connect(&m_session, &Session::runStarted, this, &MainWindow::showRun);
    // What sluicectl and other windows do appears here by itself.
    m_session.history().onChangedElsewhere(this, [this] {
        m_history->refresh();
        showSpending();
    });
    connect(&m_session, &Session::spendingChanged, this, &MainWindow::showSpending);
    connect(&m_session, &Session::ticketOutcomesChanged, this, [this] {
        if (m_shownRun)
            m_session.refreshPayment(m_shownRun);
    });
    connect(&m_session, &Session::balanceChanged, this, &MainWindow::showPurse);
    connect(&m_session, &Session::mended, m_status, &StatusStrip::showNotice);
    connect(&m_session, &Session::stateChanged, this, [this](Session::State state) {
        // What was said about the connection is over.
        if (state == Session::State::Ready && std::exchange(m_remedy, {}))
            m_message->clear();
    });
    connect(&m_session, &Session::capabilitiesChanged, this, [this] {
        updatePages();
        showPurse();
        if (m_wanted)
            runWanted();
        else
            openFirst();
        showCode();
    });
    connect(&m_session, &Session::profileChanged, this, [this] {
        m_message->clear();
        showPurse();
    });
    const auto showProblem = [this](const Error &error) {
        if (error.kind() == Error::Kind::TlsChanged)
            offerNewKey(error);
        else
            showMessage(error, tr("Try again"), [this] { m_session.start(); });
    };
    connect(&m_session, &Session::connectionFailed, this, showProblem);
    connect(&m_session, &Session::capabilitiesFailed, this, showProblem);
    connect(&m_session, &Session::secretNotKept, this, [this](const Profile &profile, const Error &error) {
        showMessage(error, tr("Edit the profile…"), [this, profile] { editProfile(profile); });
    });
    connect(m_message, &InlineMessage::actionTriggered, this, [this] {
        m_message->clear();
        if (const auto remedy = std::exchange(m_remedy, {}))
            remedy();
    });
    connect(&m_session, &Session::hostPinned, this, [this](const QString &host, const QString &fingerprint) {
        m_status->showNotice(tr("first contact with %1, its key is remembered").arg(host),
            tr("This orchestrator's certificate key was seen for the first time and is pinned from now on: %1").arg(fingerprint));
    });
}

void MainWindow::updatePages()
{
    for (int i = 0; i < m_tabs->count(); ++i) {
        auto *page = qobject_cast<WorkbenchPage *>(m_tabs->widget(i));
        const auto info = page && page->isOfOneCapability() ? m_session.capability(page->capability().id()) : std::nullopt;
        if (!info)
            continue;
        // Named anew as something else, it needs another page; a call under way keeps its own until it ends.
        if (pageKind(*info) == pageKind(page->capability()) || page->isRunning() || page->isRunOfHistory())
            page->updateCapability(*info);
        else
            replacePage(i, *info);
    }
}

void MainWindow::replacePage(int index, const CapabilityInfo &capability)
{
    const bool inFront = index == m_tabs->currentIndex();
    QWidget *front = m_tabs->currentWidget();
    closeTab(index);
    WorkbenchPage *page = openCapability(capability);
    m_tabs->tabBar()->moveTab(m_tabs->indexOf(page), index);
    if (!inFront)
        m_tabs->setCurrentWidget(front);
}

void MainWindow::offerNewKey(const Error &error)
{
    // The action belongs to this message only: whatever is said next takes it away.
    showMessage(error, tr("Trust the new key"), [this] { m_session.acceptPendingKey(); });
}

void MainWindow::showMessage(const Error &error, const QString &action, std::function<void()> remedy)
{
    m_message->showError(error);
    m_message->setAction(action);
    m_remedy = std::move(remedy);
}

WorkbenchPage *MainWindow::currentPage() const
{
    return qobject_cast<WorkbenchPage *>(m_tabs->currentWidget());
}

WorkbenchPage *MainWindow::openCapability(const CapabilityInfo &capability)
{
    m_enlargeCode->setChecked(false);
    for (int i = 0; i < m_tabs->count(); ++i) {
        auto *page = qobject_cast<WorkbenchPage *>(m_tabs->widget(i));
        if (page && page->isOfOneCapability() && !page->isRunOfHistory() && page->capability().id() == capability.id()) {
            m_tabs->setCurrentIndex(i);
            return page;
        }
    }
    WorkbenchPage *page = makePage(capability);
    addTab(page, m_session.displayName(capability));
    return page;
}

void MainWindow::runWhenListed(const QString &capability, const std::optional<Json> &input)
{
    m_wanted = Wanted{capability, input};
    runWanted();
}

void MainWindow::runWanted()
{
    if (m_session.state() != Session::State::Ready)
        return;
    const Wanted wanted = *std::exchange(m_wanted, {});
    auto info = m_session.capability(wanted.capability);
    if (!info && !m_session.listsCapabilities())
        info = backends::unlisted(wanted.capability);
    if (!info) {
        showNotOffered(wanted.capability);
        openFirst();
        return;
    }
    m_openedFirst = true;
    WorkbenchPage *page = openCapability(*info);
    if (wanted.input) {
        Call call = page->call();
        call.input = *wanted.input;
        page->load(call);
    }
    page->run();
}

void MainWindow::showNotOffered(const QString &capability)
{
    showMessage(Error(Error::Kind::NotRouted, tr("The network of this profile does not offer “%1” now.").arg(capability))
                    .withAdvice(tr("Refresh the capabilities (F5), add it by hand in the list at the left, or choose another profile in the status bar.")));
}

void MainWindow::openFirst()
{
    // Once, so that the window can be used at once; after that it is the person who opens and closes.
    const QList<CapabilityInfo> offered = m_session.capabilities();
    if (offered.isEmpty() || std::exchange(m_openedFirst, true) || m_tabs->count() > 0)
        return;
    const QString last = QSettings(settingsPath(), QSettings::IniFormat).value(kCapability).toString();
    const auto rank = [&](const CapabilityInfo &info) {
        return info.id().text() == last ? 0 : !info.examples.isEmpty() && !info.isChat() ? 1 : 2;
    };
    openCapability(*std::min_element(offered.begin(), offered.end(),
        [&](const CapabilityInfo &a, const CapabilityInfo &b) { return rank(a) < rank(b); }));
}

void MainWindow::closeTab(int index)
{
    QWidget *page = m_tabs->widget(index);
    if (!page || staysForAssistant(page, [this, at = QPointer<QWidget>(page)] { closeTab(m_tabs->indexOf(at)); }))
        return;
    m_past.remove(page);
    m_tabs->removeTab(index);
    page->deleteLater();
    if (m_tabs->count() == 0)
        m_workbench->showEmpty(QStringLiteral("wand-sparkles"), tr("Pick a capability"),
            tr("Choose one at the left, or press Ctrl+K and type its name."));
}

void MainWindow::showCall()
{
    WorkbenchPage *page = currentPage();
    m_run->setEnabled(page != nullptr);
    m_stop->setEnabled(page && page->isRunning());
    m_switchVerb->setEnabled(page && page->offersVerbs());
    updateRoom();
    const bool known = page && !page->capability().name.isEmpty();
    const auto id = known ? std::optional(page->capability().id()) : std::nullopt;
    m_status->setCapability(id);
    m_session.watchBalance(id);
    showPurse();
    m_picker->setCurrent(id);
    if (!page) {
        m_code->setNoCall();
        inspectNothing();
        return;
    }
    showCode();
    // The inspector belongs to the call in front: what another tab paid would only confuse here.
    if (const auto past = m_past.constFind(page); past != m_past.constEnd())
        inspectPast(*past);
    else if (RunController *run = page->currentRun())
        showRun(run);
    else
        inspectNothing();
}

void MainWindow::showCode()
{
    WorkbenchPage *page = currentPage();
    if (!page)
        return;
    SnippetContext context;
    context.call = page->call();
    context.fileNames = page->fileNames();
    context.cleanedFiles = page->cleanedFiles();
    context.profile = m_session.profile();
    // As it is connected: the local network says itself how most of it is reached.
    for (auto it = m_session.inUse().backends.cbegin(); it != m_session.inUse().backends.cend() && context.profile.local; ++it)
        context.profile.backends.insert(it.key(), it->values);
    context.capability = page->capability();
    // A purse is named by its key's account, or by the signer that has the key.
    context.hasSenderKey = m_session.senderAddress().startsWith(QLatin1String("0x"));
    context.hasToken = !m_session.inUse().token.isEmpty();
    context.secrets = m_session.inUse().secrets();
    m_code->setContext(context);
    showOwnAnswer();
}

void MainWindow::showOwnAnswer()
{
    const WorkbenchPage *page = currentPage();
    const RunController *run = page ? page->currentRun() : nullptr;
    OwnAnswer answer;
    if (run && run->state() == RunController::State::Succeeded && !run->result().content.isEmpty()) {
        answer.content = run->result().content;
        answer.isText = run->result().isJson || run->result().contentType.startsWith("text/");
        answer.isThere = true;
    }
    m_code->setOwnAnswer(answer);
}

void MainWindow::showPalette()
{
    QList<CommandPalette::Command> commands;
    for (const CapabilityInfo &info : m_picker->inOrder())
        commands.append({tr("Open %1").arg(m_session.displayName(info)), tr("capability"), [this, info] { openCapability(info)->focusContent(); }, info.name});
    QList<QAction *> actions;
    for (const QAction *menu : menuBar()->actions())
        actions += menu->menu()->actions();
    commands += CommandPalette::fromActions(actions);
    for (const Profile &profile : m_session.profiles())
        commands.append({tr("Use network “%1”").arg(profile.name), tr("profile"),
            [this, name = profile.name] { m_session.switchProfile(name); }});
    m_palette->popup(commands);
}

void MainWindow::showProfileMenu(const QPoint &position)
{
    QMenu menu(this);
    auto *group = new QActionGroup(&menu);
    for (const Profile &profile : m_session.profiles()) {
        QAction *action = menu.addAction(profile.name, this, [this, name = profile.name] { m_session.switchProfile(name); });
        action->setCheckable(true);
        action->setChecked(profile.name == m_session.profile().name);
        group->addAction(action);
    }
    menu.addSeparator();
    menu.addAction(tr("&New profile…"), this, [this] { editProfile(std::nullopt); });
    menu.addAction(tr("&Edit “%1”…").arg(m_session.profile().name), this, [this] { editProfile(m_session.profile()); });
    if (m_session.profile().name != QStringLiteral("sandbox"))
        menu.addAction(tr("&Remove “%1”").arg(m_session.profile().name), this,
            [this] { m_session.removeProfile(m_session.profile().name); });
    menu.exec(position - QPoint(0, menu.sizeHint().height()));
}

void MainWindow::editProfile(const std::optional<Profile> &profile)
{
    auto *dialog = new ProfileDialog(m_session, profile, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, &MainWindow::showSpending); // limits of the key in use may be others now
    dialog->open();
}

QString MainWindow::settingsPath()
{
    return QFileInfo(UserData::defaultPath()).dir().filePath(QStringLiteral("window.ini"));
}

Theme::Mode MainWindow::themeMode(const QString &wanted)
{
    if (wanted == QStringLiteral("light"))
        return Theme::Mode::Light;
    if (wanted == QStringLiteral("dark"))
        return Theme::Mode::Dark;
    if (wanted == QStringLiteral("system"))
        return Theme::Mode::System;
    const int stored = QSettings(settingsPath(), QSettings::IniFormat).value(kTheme, int(Theme::Mode::System)).toInt();
    return stored == int(Theme::Mode::Light) ? Theme::Mode::Light
        : stored == int(Theme::Mode::Dark)   ? Theme::Mode::Dark
                                             : Theme::Mode::System;
}

void MainWindow::restoreLayout()
{
    const QSettings settings(settingsPath(), QSettings::IniFormat);
    m_code->setLanguage(settings.value(kLanguage).toString());
    resize(1280, 800);
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    // A small screen, one at a high scale, or not the one it was left on. Off-screen there is none: its 800 by 800 mean nothing.
    if (QGuiApplication::platformName() != QLatin1String("offscreen")) {
        const QRect room = screen()->availableGeometry().adjusted(0, style()->pixelMetric(QStyle::PM_TitleBarHeight), 0, 0);
        setGeometry(fitted(geometry(), room));
    }
    for (const auto &[name, splitter] : {std::pair("rows", m_rows), std::pair("lower", m_lower)})
        splitter->restoreState(settings.value(QStringLiteral("window/%1").arg(QLatin1String(name))).toByteArray());
    if (const QVariantList sides = settings.value(kSides).toList(); sides.size() == 2)
        m_upper->setSides(std::clamp(sides[0].toInt(), 0, kWidestSide), std::clamp(sides[1].toInt(), 0, kWidestSide));
    restorePlaces();
}

QRect MainWindow::fitted(QRect wanted, const QRect &room)
{
    wanted.setSize(wanted.size().boundedTo(room.size()));
    wanted.moveLeft(std::clamp(wanted.left(), room.left(), room.right() - wanted.width() + 1));
    wanted.moveTop(std::clamp(wanted.top(), room.top(), room.bottom() - wanted.height() + 1));
    return wanted;
}

void MainWindow::saveLayout() const
{
    savePlaces(); // first: the heights to remember are those beside the other panels
    QSettings settings(settingsPath(), QSettings::IniFormat);
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(kLanguage, m_code->chosenLanguage());
    if (const WorkbenchPage *page = currentPage())
        settings.setValue(kCapability, page->capability().id().text());
    for (const auto &[name, splitter] : {std::pair("rows", m_rows), std::pair("lower", m_lower)})
        settings.setValue(QStringLiteral("window/%1").arg(QLatin1String(name)), splitter->saveState());
    settings.setValue(kSides, QVariantList{m_upper->sides()[0], m_upper->sides()[1]});
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    // Editors take Ctrl+E, Ctrl+K and others for themselves; the commands that the menus promise come first.
    if (event->type() == QEvent::ShortcutOverride && watched->isWidgetType() && !QApplication::activePopupWidget()
        && static_cast<QWidget *>(watched)->window() == this && isCommand(*static_cast<QKeyEvent *>(event))) {
        event->ignore();
        return true;
    }
    return QMainWindow::eventFilter(watched, event);
}

bool MainWindow::isCommand(const QKeyEvent &key) const
{
    if (!(key.modifiers() & Qt::ControlModifier))
        return false;
    const QList<QAction *> actions = findChildren<QAction *>(Qt::FindDirectChildrenOnly);
    return std::any_of(actions.begin(), actions.end(), [&](const QAction *action) {
        return action->isEnabled() && action->shortcuts().contains(QKeySequence(key.keyCombination()));
    });
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (staysForAssistant(nullptr, [this] { close(); }) || staysForCalls()) {
        event->ignore();
        return;
    }
    saveLayout();
    event->accept();
}

} // namespace sluice::ui
