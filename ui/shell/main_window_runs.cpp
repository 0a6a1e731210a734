// What stands in the tabs and beside them: calls that are made, and runs of the history.
#include "sluice/gateway/backends.h"
#include "sluice/shell/main_window.h"

#include "sluice/backend/remote_jobs.h"
#include "sluice/base/follow.h"
#include "sluice/codeview/code_view.h"
#include "sluice/history/history_panel.h"
#include "sluice/inspector/inspector.h"
#include "sluice/inspector/inspector_run_binding.h"
#include "sluice/session/run_controller.h"
#include "sluice/session/session.h"
#include "sluice/shell/app_session_page.h"
#include "sluice/shell/chat_page.h"
#include "sluice/shell/form_page.h"
#include "sluice/shell/live_page.h"
#include "sluice/shell/side_by_side_page.h"
#include "sluice/shell/status_strip.h"
#include "sluice/widgets/state_view.h"

#include <QtCore/QLocale>
#include <QtCore/QPointer>
#include <QtGui/QAction>
#include <QtWidgets/QApplication>
#include <QtWidgets/QMenu>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QToolButton>

namespace sluice::ui {

namespace {

/// "15:26" today, with the day before.
QString clockOf(const QDateTime &time)
{
    const QDateTime local = time.toLocalTime();
    const QLocale locale;
    const QString clock = locale.toString(local.time(), QLocale::ShortFormat);
    if (local.date() == QDate::currentDate())
        return clock;
    return QStringLiteral("%1 %2").arg(locale.toString(local.date(), QLocale::ShortFormat), clock);
}

} // namespace

WorkbenchPage *MainWindow::makePage(const CapabilityInfo &capability)
{
    WorkbenchPage *page = nullptr;
    if (capability.verbs.value(0) == Verb::Live && capability.hasSessions())
        page = new AppSessionPage(m_session, capability);
    else if (capability.verbs.value(0) == Verb::Live)
        page = new LivePage(m_session, capability);
    else if (capability.isChat())
        page = new ChatPage(m_session, capability);
    else
        page = new FormPage(m_session, capability);
    connectPage(page);
    return page;
}

void MainWindow::connectPage(WorkbenchPage *page)
{
    connect(page, &WorkbenchPage::callChanged, this, [this, page] {
        if (page == currentPage())
            showCode();
    });
    connect(page, &WorkbenchPage::runningChanged, this, [this, page](bool running) {
        if (running)
            m_past.remove(page);
        if (page == currentPage()) {
            m_stop->setEnabled(running);
            showOwnAnswer();
            updateRoom();
        }
    });
    connect(page, &WorkbenchPage::closeRequested, this, [this, page] { closeTab(m_tabs->indexOf(page)); });
    connect(page, &WorkbenchPage::takenAsInput, this,
        [this, page] { m_tabs->setTabText(m_tabs->indexOf(page), m_session.displayName(page->capability())); });
}

SideBySidePage *MainWindow::makeSideBySide()
{
    auto *page = new SideBySidePage(m_session);
    connectPage(page);
    connect(page, &SideBySidePage::frontChanged, this, [this, page] {
        if (page == currentPage())
            showCall();
    });
    connect(page, &SideBySidePage::codeRequested, this, &MainWindow::copyCode);
    connect(page, &SideBySidePage::tabRequested, this, [this](const Call &asked, const Call &conversation) {
        // As one of the history: the capability's own conversation stays as it is.
        WorkbenchPage *own = openRunTab(asked, tr("From side by side"), {});
        own->load(conversation);
        own->focusContent();
    });
    return page;
}

SideBySidePage *MainWindow::openSideBySide()
{
    m_enlargeCode->setChecked(false);
    const auto *chat = qobject_cast<ChatPage *>(currentPage());
    SideBySidePage *page = nullptr;
    for (int i = 0; i < m_tabs->count() && !chat; ++i) {
        if ((page = qobject_cast<SideBySidePage *>(m_tabs->widget(i)))) {
            m_tabs->setCurrentIndex(i);
            page->focusContent();
            return page;
        }
    }
    page = makeSideBySide();
    // What is being asked there, and how; a conversation that went on goes on there.
    if (chat) {
        page->load(chat->wholeConversation());
        page->compareWith(chat->capability().id());
    }
    addTab(page, tr("Side by side"));
    page->focusContent();
    return page;
}

void MainWindow::copyCode()
{
    showCode();
    if (m_code->copyNow())
        m_status->showNotice(tr("code copied"), tr("The code of the column in front, in the language that the code panel shows"));
    else
        m_code->parentWidget()->show(); // it says why
}

void MainWindow::showTabMenu(const QPoint &position)
{
    // From the keyboard the position is that of the bar, so that the tab in front is meant.
    const int at = m_tabs->tabBar()->tabAt(position);
    const int index = at < 0 ? m_tabs->currentIndex() : at;
    if (index < 0)
        return;
    m_tabs->setCurrentIndex(index);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("Tab"));
    if (qobject_cast<ChatPage *>(m_tabs->widget(index)))
        menu->addAction(Theme::icon(QStringLiteral("columns-2")), tr("Co&mpare with…"), this, [this] { openSideBySide(); });
    menu->addAction(Theme::icon(QStringLiteral("x")), tr("&Close tab"), this, [this, page = QPointer<QWidget>(m_tabs->widget(index))] {
        if (page)
            closeTab(m_tabs->indexOf(page));
    });
    menu->popup(m_tabs->tabBar()->mapToGlobal(position));
}

void MainWindow::addTab(QWidget *page, const QString &title)
{
    const int index = m_tabs->addTab(page, title);
    auto *closer = new QToolButton;
    closer->setIcon(Theme::icon(QStringLiteral("x"), Theme::Role::Muted));
    closer->setIconSize(QSize(12, 12));
    closer->setAutoRaise(true);
    closer->setFocusPolicy(Qt::NoFocus);
    closer->setAccessibleName(tr("Close %1").arg(title));
    closer->setToolTip(tr("Close (Ctrl+W)"));
    connect(closer, &QToolButton::clicked, this, [this, page] { closeTab(m_tabs->indexOf(page)); });
    m_tabs->tabBar()->setTabButton(index, QTabBar::RightSide, closer);
    m_tabs->setCurrentIndex(index);
    m_workbench->showContent();
    showCall();
    moveFocusToPage(); // again: the first tab was not to be seen until now
}

void MainWindow::moveFocusToPage()
{
    const QWidget *focus = QApplication::focusWidget();
    const bool elsewhere = focus && focus->window() == this && !m_tabs->isAncestorOf(focus);
    if (WorkbenchPage *page = currentPage(); page && isActiveWindow() && !elsewhere)
        page->focusContent();
}

void MainWindow::inspectNothing()
{
    m_runContext.reset();
    m_shownRun = nullptr;
    m_inspector->showNoRun();
}

void MainWindow::inspectPast(const PastRun &past)
{
    inspectNothing();
    m_inspector->setPayment(past.result.payment);
    m_inspector->setTrace(past.result.trace, past.duration);
}

void MainWindow::showRun(RunController *run)
{
    m_shownRun = run;
    // The inspector follows one run at a time: the old context takes its connections with it.
    m_runContext = std::make_unique<QObject>();
    connect(run, &QObject::destroyed, m_runContext.get(), [this] { m_shownRun = nullptr; });
    bindInspector(*m_inspector, *run, m_runContext.get());
}

void MainWindow::showPast(const RunRecord &record)
{
    follow(
        m_session.loadPast(record), this, [this](const PastRun &past) { openPast(past); },
        [this](const Error &error) { showMessage(error); });
}

void MainWindow::openPast(const PastRun &past)
{
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (const auto *page = qobject_cast<WorkbenchPage *>(m_tabs->widget(i)); page && page->shownRunId() == past.id) {
            m_tabs->setCurrentIndex(i);
            return;
        }
    }
    WorkbenchPage *page = openRunTab(past.call, tr("Run of %1").arg(clockOf(past.startedAt)), past.id);
    page->showPast(past);
    m_past.insert(page, past);
    inspectPast(past);
}

void MainWindow::replay(const Call &call)
{
    if (!isAttachment(call) && !m_session.capability(m_session.idOf(call)) && m_session.listsCapabilities()) {
        showNotOffered(call.capability);
        return;
    }
    openRunTab(call, tr("Replay"), {})->replay();
}

WorkbenchPage *MainWindow::openRunTab(const Call &call, const QString &title, const QString &runId)
{
    m_enlargeCode->setChecked(false);
    WorkbenchPage *page = makePage(describedBy(call));
    page->markAsRun(tr("%1 · %2", "run of the history, capability").arg(title, m_session.displayName(page->capability())), call, runId);
    addTab(page, title);
    return page;
}

CapabilityInfo MainWindow::describedBy(const Call &call) const
{
    // Where the network has no list, or no longer lists it, the call is all that is known.
    CapabilityInfo known = CapabilityInfo::unlisted(call.id());
    known.verbs = {call.verb};
    known.path = call.path;
    if (isAttachment(call)) // what it follows is an answer
        known.inputSchema = Json{{QStringLiteral("properties"), Json{{QStringLiteral("messages"), Json{{QStringLiteral("type"), "array"}}}}}};
    return m_session.capability(m_session.idOf(call)).value_or(known);
}

void MainWindow::showPurse()
{
    QList<PurseView> purses;
    for (const CapabilityInfo &info : m_session.capabilities()) {
        const auto word = m_session.balance(info.id()).value_or(BalanceBook::Word());
        purses.append({info.id().text(), m_session.displayName(info), word.wei, info.price, word.at, word.purses});
    }
    m_inspector->setPurses(purses);
    m_inspector->setCurrentCapability(currentPage() ? currentPage()->capability().id().text() : QString());
    showSpending();
}

void MainWindow::showSpending()
{
    SpendingView view;
    if (const auto spent = m_session.spending()) {
        view.session = spent->sessionWei;
        view.today = spent->todayWei;
        view.callLimit = spent->callLimitWei;
        view.sessionLimit = spent->sessionLimitWei;
        view.dayLimit = spent->dayLimitWei;
    }
    m_inspector->setSpending(view);
}

} // namespace sluice::ui
