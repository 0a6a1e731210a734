#include "tour.h"

#include "sluice/chat/chat_composer.h"
#include "sluice/chat/chat_pane.h"
#include "sluice/codeview/code_view.h"
#include "sluice/forms/input_editor.h"
#include "sluice/history/compare_view.h"
#include "sluice/history/history_model.h"
#include "sluice/history/history_panel.h"
#include "sluice/inspector/inspector.h"
#include "sluice/inspector/tickets_panel.h"
#include "sluice/live/live_events_model.h"
#include "sluice/live/live_pane.h"
#include "sluice/live/live_plots.h"
#include "sluice/live/live_stages_model.h"
#include "sluice/live/video_view.h"
#include "sluice/picker/capability_dialog.h"
#include "sluice/picker/capability_keeper.h"
#include "sluice/picker/capability_model.h"
#include "sluice/picker/picker_panel.h"
#include "sluice/widgets/image_view.h"
#include "sluice/widgets/theme.h"
#include "sluice/results/result_view.h"
#include "sluice/session/run_controller.h"
#include "sluice/session/session.h"
#include "sluice/shell/chat_page.h"
#include "sluice/shell/command_palette.h"
#include "sluice/shell/shortcut_sheet.h"
#include "sluice/shell/form_page.h"
#include "sluice/shell/live_page.h"
#include "sluice/shell/local_servers_box.h"
#include "sluice/shell/main_window.h"
#include "sluice/shell/profile_dialog.h"
#include "sluice/shell/side_by_side_page.h"
#include "sluice/sidebyside/comparison_model.h"
#include "sluice/sidebyside/conversation_column.h"
#include "sluice/sidebyside/side_by_side_view.h"
#include "sluice/snippets/snippet_generator.h"

#include <QCoro/QCoroTimer>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QStandardPaths>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QListView>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QToolButton>

namespace sluice {

using namespace std::chrono_literals;
using namespace ui;

namespace {
constexpr auto kPoll = 20ms;
// What a person would still see moving has come to rest after this.
constexpr auto kSettle = 250ms;

void click(QListView &list, const QModelIndex &index)
{
    list.scrollTo(index);
    const QPointF at = list.visualRect(index).center();
    for (const auto type : {QEvent::MouseButtonPress, QEvent::MouseButtonRelease}) {
        QMouseEvent event(type, at, list.viewport()->mapToGlobal(at), Qt::LeftButton,
            type == QEvent::MouseButtonPress ? Qt::LeftButton : Qt::NoButton, Qt::NoModifier);
        QCoreApplication::sendEvent(list.viewport(), &event);
    }
}
} // namespace

Tour::Tour(ui::MainWindow &window, ui::Session &session, QString folder)
    : m_window(window)
    , m_session(session)
    , m_report(std::move(folder))
{
    QObject::connect(&session, &ui::Session::connectionFailed, &window,
        [this](const Error &error) { m_lastError = error.describe(); });
    QObject::connect(&session, &ui::Session::runStarted, &window, [this](ui::RunController *run) {
        QObject::connect(run, &ui::RunController::failed, &m_window,
            [this](const Error &error) { m_lastError = error.describe(); });
    });
}

int Tour::exec()
{
    if (!m_report.open())
        return 1;
    bool ok = false;
    QMetaObject::invokeMethod(&m_window, [this, &ok] {
        drive().then([this, &ok] {
            ok = m_report.finish();
            m_window.close();
            QCoreApplication::quit();
        });
    }, Qt::QueuedConnection);
    QApplication::exec();
    return ok ? 0 : 1;
}

QCoro::Task<void> Tour::drive()
{
    co_await connectStep();
    co_await textSteps();
    co_await imageSteps();
    co_await chatSteps();
    co_await sideBySideSteps();
    co_await liveSteps();
    co_await sessionSteps();
    co_await favouriteSteps();
    co_await codeSteps();
    co_await historySteps();
    co_await endpointSteps();
    co_await jobSteps();
    co_await networkSteps();
    co_await accountSteps();
    co_await assistantSteps();
    co_await dialogSteps();
    co_await signInSteps();
    co_await lookSteps();
    co_await smallSteps();
    co_await wideSteps();
}

QString Tour::whyNot() const
{
    return m_lastError.isEmpty() ? QStringLiteral("It did not happen in time.") : m_lastError;
}

QCoro::Task<bool> Tour::step(
    QString name, std::function<bool()> condition, QWidget *shown, std::chrono::milliseconds limit)
{
    const QDeadlineTimer deadline(limit);
    bool held = condition();
    while (!held && !deadline.hasExpired()) {
        co_await QCoro::sleepFor(kPoll);
        held = condition();
    }
    co_await settled();
    m_report.record(name, shown ? *shown : m_window, held ? QString() : whyNot());
    m_lastError.clear();
    co_return held;
}

QCoro::Task<void> Tour::settled()
{
    co_await QCoro::sleepFor(kSettle);
    // On a busy machine that was not enough for what is made a moment later, and for its place in the layout.
    for (const QDeadlineTimer deadline(5s); m_window.codeView().isPending() && !deadline.hasExpired();)
        co_await QCoro::sleepFor(kPoll);
    QCoreApplication::sendPostedEvents();
}

bool Tour::pick(const QString &capability)
{
    auto *list = m_window.picker().findChild<QListView *>();
    for (int row = 0; row < list->model()->rowCount(); ++row) {
        const QModelIndex index = list->model()->index(row, 0);
        if (index.data(ui::CapabilityModel::NameRole).toString() == capability) {
            click(*list, index);
            return m_window.currentPage() && m_window.currentPage()->capability().name == capability;
        }
    }
    return false;
}

void Tour::press(int key, Qt::KeyboardModifiers modifiers)
{
    // Through the shortcut system where there is one for it, else to the widget with the focus.
    QKeyEvent shortcut(QEvent::ShortcutOverride, key, modifiers);
    QWidget *target = QApplication::focusWidget() ? QApplication::focusWidget() : &m_window;
    QCoreApplication::sendEvent(target, &shortcut);
    for (const auto type : {QEvent::KeyPress, QEvent::KeyRelease}) {
        QKeyEvent event(type, key, modifiers);
        QCoreApplication::sendEvent(target, &event);
    }
}

QCoro::Task<void> Tour::connectStep()
{
    co_await step(QStringLiteral("ready"),
        [this] { return m_session.capabilities().size() >= 3 && m_window.currentPage() != nullptr; });
}

QCoro::Task<void> Tour::textSteps()
{
    co_await step(QStringLiteral("text-form"), [this] { return pick(QStringLiteral("text-analysis")); });
    auto *page = qobject_cast<ui::FormPage *>(m_window.currentPage());
    if (!page)
        co_return;
    page->input().setTab(InputEditor::Tab::Json);
    co_await step(QStringLiteral("text-json"), [page] { return page->input().tab() == InputEditor::Tab::Json; });
    page->input().setTab(InputEditor::Tab::Form);
    page->run();
    co_await step(QStringLiteral("text-result"), [page] {
        return page->currentRun() && page->currentRun()->state() == ui::RunController::State::Succeeded
            && !page->result().data().body.isEmpty();
    });
    co_await step(QStringLiteral("tickets"),
        [page] { return page->currentRun() && !page->currentRun()->payment().tickets.isEmpty(); }, &m_window.inspector());
    // Input that does not fit is named at its field, before anything is sent.
    const Json good = page->input().value();
    Json bad = good;
    bad.insert(QStringLiteral("text"), QString());
    page->input().setValue(bad);
    const auto *before = page->currentRun();
    page->run();
    co_await step(QStringLiteral("field-error"),
        [page, before] { return page->currentRun() == before && !page->input().validate().isEmpty(); });
    page->input().setValue(good);
}

QCoro::Task<void> Tour::imageSteps()
{
    co_await step(QStringLiteral("image-form"), [this] { return pick(QStringLiteral("image-filter")); });
    auto *page = qobject_cast<ui::FormPage *>(m_window.currentPage());
    if (!page)
        co_return;
    page->run();
    co_await step(QStringLiteral("image-result"), [page] {
        const auto *image = page->findChild<ui::ImageView *>();
        return image && image->isVisible() && !image->imageSize().isEmpty();
    });
}

QCoro::Task<void> Tour::chatSteps()
{
    co_await step(QStringLiteral("chat-empty"), [this] { return pick(QStringLiteral("docs-chat")); });
    auto *page = qobject_cast<ui::ChatPage *>(m_window.currentPage());
    if (!page)
        co_return;
    ChatPane &chat = page->chat();
    chat.composer().setText(QStringLiteral("How does a ticket pay for a call, and when does it win?"));
    page->run();
    co_await step(QStringLiteral("chat-streaming"), [&chat] {
        return chat.isBusy() && !chat.transcript().turns().isEmpty() && chat.transcript().turns().last().text.size() > 200;
    });
    co_await step(QStringLiteral("chat-answer"), [&chat, page] {
        return !chat.isBusy() && page->currentRun()->state() == ui::RunController::State::Succeeded;
    });
    chat.retry();
    co_await step(QStringLiteral("chat-versions"), [&chat] { return !chat.isBusy() && chat.transcript().versions(1).count == 2; });
    chat.editLast();
    co_await step(QStringLiteral("chat-edit"), [&chat] { return chat.composer().isEditing(); });
    chat.cancelEdit();
    co_await step(QStringLiteral("chat-timeline"), [page] { return !page->currentRun()->trace().isEmpty(); },
        &m_window.inspector());
}

QCoro::Task<void> Tour::sideBySideSteps()
{
    // From the chat that is in front, with its question.
    auto *chat = qobject_cast<ui::ChatPage *>(m_window.currentPage());
    if (!chat)
        co_return;
    SideBySideView &view = m_window.openSideBySide()->view();
    view.composer().setText(QStringLiteral("What does a gateway do?"));
    co_await step(QStringLiteral("side-by-side"), [&view] { return view.chosen().size() == 2 && !view.costText().isEmpty(); });
    view.send();
    co_await step(QStringLiteral("side-by-side-streaming"), [&view] { return view.isBusy() && view.current().answer().firstWords; });
    const auto allCame = [&view] {
        const QList<ComparedAnswer> &answers = view.comparison().answers();
        return !view.isBusy() && std::all_of(answers.begin(), answers.end(), [](const auto &one) { return one.state == ComparedAnswer::State::Complete; });
    };
    co_await step(QStringLiteral("side-by-side-answers"), allCame);
    view.addColumn();
    co_await step(QStringLiteral("side-by-side-three"), [&view] { return view.columns().size() == 3 && view.columns().last()->isReady(); });
}

QCoro::Task<void> Tour::liveSteps()
{
    co_await step(QStringLiteral("live-empty"), [this] { return pick(QStringLiteral("video-filter")); });
    auto *page = qobject_cast<ui::LivePage *>(m_window.currentPage());
    if (!page)
        co_return;
    ui::LivePane &live = page->live();
    live.setSource(ui::LiveSource::testPattern());
    page->run();
    co_await step(QStringLiteral("live-running"), [&live] {
        return live.state() == ui::LiveState::Running && !live.video().picture(ui::VideoView::Side::Output).isNull();
    });
    live.showTab(ui::LivePane::Tab::Measurements);
    co_await step(QStringLiteral("live-measurements"), [&live] { return live.plots().samples() >= 8 && live.stages().rowCount() >= 4; });
    live.setArrangement(ui::VideoArrangement::Split);
    live.showTab(ui::LivePane::Tab::Events);
    co_await step(QStringLiteral("live-split"), [&live] { return live.events().rowCount() > 0; });
    live.setArrangement(ui::VideoArrangement::SideBySide);
    live.showTab(ui::LivePane::Tab::Parameters);
    page->stop();
    co_await step(QStringLiteral("live-stopped"), [&live] { return live.state() == ui::LiveState::Stopped; });
}

QCoro::Task<void> Tour::favouriteSteps()
{
    if (!pick(QStringLiteral("docs-chat")))
        co_return;
    PickerPanel &picker = m_window.picker();
    picker.toggleFavourite();
    auto *list = picker.findChild<QListView *>();
    co_await step(QStringLiteral("favourite"), [&picker, list] {
        return picker.isFavourite().value_or(false) && list->model()->index(0, 0).data(CapabilityModel::NameRole).toString() == QLatin1String("docs-chat");
    });
}

QCoro::Task<void> Tour::codeSteps()
{
    // A capability with a `run`, which every language can make.
    if (!pick(QStringLiteral("text-analysis")))
        co_return;
    // With room to read it.
    m_window.codeView().setEnlarged(true);
    for (const SnippetGenerator *language : snippetGenerators()) {
        const QString id = language->id();
        m_window.codeView().setLanguage(id);
        // Named before the co_await: DESIGN.md 3.
        const QString name = QStringLiteral("code-") + id;
        const std::function<bool()> shown = [this, id] {
            ui::CodeView &view = m_window.codeView();
            return view.language() == id && !view.isPending() && !view.code().isEmpty();
        };
        co_await step(name, shown, &m_window.codeView());
    }
    co_await runHereSteps();
    m_window.codeView().setEnlarged(false);
}

QCoro::Task<void> Tour::runHereSteps()
{
    ui::CodeView &view = m_window.codeView();
    view.setLanguage(QStringLiteral("curl"));
    const auto *button = view.findChild<QToolButton *>(QStringLiteral("runHere"));
    // Its program is no part of what the window needs.
    if (!QStandardPaths::findExecutable(QStringLiteral("curl")).isEmpty()) {
        const std::function<bool()> ready = [button, &view] { return !view.isPending() && button->isEnabled(); };
        co_await step(QStringLiteral("code-run-ready"), ready, &view);
        view.runHere();
        const std::function<bool()> ended = [&view] { return view.runPane().current() && !view.runPane().isRunning() && view.runPane().current()->exitCode() == 0; };
        co_await step(QStringLiteral("code-run"), ended, &view, 60s);
        const ui::Theme::Mode other = ui::Theme::isDark() ? ui::Theme::Mode::Light : ui::Theme::Mode::Dark;
        const ui::Theme::Mode usual = ui::Theme::isDark() ? ui::Theme::Mode::Dark : ui::Theme::Mode::Light;
        ui::Theme::setMode(other);
        co_await step(QStringLiteral("code-run-other-look"), ended, &view);
        ui::Theme::setMode(usual);
    }
    // A stream, which the published package cannot make.
    if (!pick(QStringLiteral("docs-chat")))
        co_return;
    view.setLanguage(QStringLiteral("python"));
    const std::function<bool()> instead = [&view] { return !view.isPending() && view.language() != view.shownLanguage() && !view.code().isEmpty(); };
    co_await step(QStringLiteral("code-instead"), instead, &view);
    view.setLanguage(QStringLiteral("curl"));
    // What follows goes on with the page before.
    if (!pick(QStringLiteral("text-analysis")))
        co_return;
}

QCoro::Task<void> Tour::historySteps()
{
    ui::HistoryPanel &history = m_window.history();
    const bool listed = co_await step(QStringLiteral("history"),
        [&history] { return history.model().rowCount() >= 3; }, &history);
    if (!listed)
        co_return;
    auto *list = history.findChild<QListView *>();
    list->setCurrentIndex(history.model().index(history.model().rowCount() - 1));
    history.openSelected();
    co_await step(QStringLiteral("history-opened"), [this] {
        const WorkbenchPage *page = m_window.currentPage();
        return page->isRunOfHistory() && page->capability().name == QStringLiteral("text-analysis");
    });
    co_await compareStep();
}

QCoro::Task<void> Tour::compareStep()
{
    auto *page = qobject_cast<ui::FormPage *>(m_window.currentPage());
    if (!page)
        co_return;
    // The same capability once more with another input, and then both runs side by side.
    Json input = page->input().value();
    input.insert(QStringLiteral("text"), QStringLiteral("The manual is confusing and the support was slow, but the lamp itself is solid."));
    page->input().setValue(input);
    ui::HistoryPanel &history = m_window.history();
    const qint64 known = history.model().total();
    page->run();
    const bool again = co_await step(QStringLiteral("text-again"),
        [page, &history, known] { return !page->isRunning() && history.model().total() > known; });
    if (!again)
        co_return;
    auto *list = history.findChild<QListView *>();
    auto *search = history.findChild<QLineEdit *>();
    search->setText(page->capability().name);
    const bool found = co_await step(QStringLiteral("history-search"), [list] {
        // The newest two: the code that ran beside its call is a third one.
        const QAbstractItemModel &rows = *list->model();
        if (rows.rowCount() < 2)
            return false;
        list->selectionModel()->select(QItemSelection(rows.index(0, 0), rows.index(1, 0)), QItemSelectionModel::ClearAndSelect);
        return list->selectionModel()->selectedRows().size() == 2;
    }, &history);
    if (!found)
        co_return;
    history.compareSelected();
    const auto compared = [&history] { return history.findChild<ui::CompareView *>(); };
    for (const QDeadlineTimer deadline(5s); !compared() && !deadline.hasExpired();)
        co_await QCoro::sleepFor(kPoll);
    if (!compared()) {
        m_report.record(QStringLiteral("compare"), history, whyNot());
        co_return;
    }
    compared()->setSection(0);
    co_await step(QStringLiteral("compare-input"), [compared] { return compared()->differences() > 0; }, compared());
    compared()->setSection(1);
    co_await step(QStringLiteral("compare-answer"), [compared] { return compared()->differences() > 0; }, compared());
    compared()->close();
    search->clear();
}

QCoro::Task<void> Tour::dialogSteps()
{
    ProfileDialog profile(m_session, m_session.profile(), &m_window);
    profile.open();
    co_await step(QStringLiteral("profile"), [&profile] { return profile.isVisible(); }, &profile);
    profile.reject();
    ProfileDialog added(m_session, std::nullopt, &m_window);
    added.open();
    co_await step(QStringLiteral("new-profile"), [&added] { return added.isVisible(); }, &added);
    // Of ports where nothing is: what runs on this machine is nobody's business in pictures.
    qputenv("SLUICE_LOCAL_PORTS", "1,2");
    auto *servers = added.findChild<ui::LocalServersBox *>();
    servers->search();
    co_await step(QStringLiteral("add-backend"), [servers] { return servers->state() == ui::LocalServersBox::State::Nothing; }, &added);
    qunsetenv("SLUICE_LOCAL_PORTS");
    added.reject();
    CapabilityDialog *capability = m_window.picker().keeper().add();
    const std::function<bool()> open = [capability] { return capability && capability->isVisible(); };
    co_await step(QStringLiteral("add-capability"), open, capability);
    if (capability)
        capability->reject();
}

QCoro::Task<void> Tour::lookSteps()
{
    m_window.showPalette();
    auto &palette = m_window.palette();
    palette.findChild<QLineEdit *>()->setText(QStringLiteral("docs"));
    co_await step(QStringLiteral("palette"), [&palette] { return palette.isVisible(); }, &palette);
    palette.reject();
    ui::ShortcutSheet sheet(ui::ShortcutSheet::fromMenus(*m_window.menuBar()) + ui::ShortcutSheet::ofPlaces(), &m_window);
    sheet.open();
    co_await step(QStringLiteral("keyboard"), [&sheet] { return sheet.isVisible(); }, &sheet);
    sheet.reject();
    const Theme::Mode other = Theme::isDark() ? Theme::Mode::Light : Theme::Mode::Dark;
    Theme::setMode(other);
    co_await step(Theme::isDark() ? QStringLiteral("dark") : QStringLiteral("light"), [] { return true; });
}

} // namespace sluice
