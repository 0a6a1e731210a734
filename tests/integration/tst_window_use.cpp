#include "window_fixture_p.h"

#include "sluice/chat/chat_composer.h"
#include "sluice/chat/chat_pane.h"
#include "sluice/chat/chat_transcript.h"
#include "sluice/codeview/code_view.h"
#include "sluice/forms/input_editor.h"
#include "sluice/history/history_model.h"
#include "sluice/history/history_panel.h"
#include "sluice/picker/capability_model.h"
#include "sluice/picker/picker_panel.h"
#include "sluice/shell/chat_page.h"
#include "sluice/shell/command_palette.h"
#include "sluice/shell/past_run_bar.h"
#include "sluice/shell/profile_dialog.h"
#include "sluice/store/run_history.h"

#include <QtTest/QtTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>

using namespace sluice;
using namespace sluice::ui;

/// The window as somebody uses it all day: keyboard, tabs, history.
class TestWindowUse : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { openNetwork(); }
    void cleanupTestCase() { m_network.reset(); }
    void init() { openWindow(); }
    void cleanup() { m_fixture.reset(); }

    void aClickOnATabMovesTheKeyboardToItsContent();
    void windowShortcutsWinOverEditors_data();
    void windowShortcutsWinOverEditors();
    void openingAPageOpensNoOtherWindow();
    void paletteOpensAChatWhereOneTypes();
    void pickerMarksTheTabInFront();
    void historyShowsWhatOtherProgramsRun();
    void relativeTimesMoveOn();
    void aRunOfTheHistoryOverwritesNothing_data();
    void aRunOfTheHistoryOverwritesNothing();
    void theInputOfARunCanBeTaken();
    void replayFromTheHistoryOverwritesNothing();
    void everyStopOfTheKeyboardIsSeen_data();
    void everyStopOfTheKeyboardIsSeen();
    void theWindowFitsTheScreen_data();
    void theWindowFitsTheScreen();

private:
    [[nodiscard]] QTabWidget &tabs() const { return *m_fixture->window->findChild<QTabWidget *>(); }
    [[nodiscard]] QString markedInPicker() const;
    void openFirstOfHistory() const;
    [[nodiscard]] static PastRunBar *barOf(WorkbenchPage &page) { return page.findChild<PastRunBar *>(); }
    static void press(const QWidget &bar, const QString &name);
};

QString TestWindowUse::markedInPicker() const
{
    return m_fixture->window->picker().findChild<QListView *>()->currentIndex().data(CapabilityModel::NameRole).toString();
}

void TestWindowUse::openFirstOfHistory() const
{
    HistoryPanel &history = m_fixture->window->history();
    history.findChild<QListView *>()->setCurrentIndex(history.model().index(0));
    history.openSelected();
}

void TestWindowUse::press(const QWidget &bar, const QString &name)
{
    for (QPushButton *button : bar.findChildren<QPushButton *>()) {
        if (button->accessibleName() == name) {
            button->click();
            return;
        }
    }
    QFAIL(qPrintable(QStringLiteral("no button “%1”").arg(name)));
}

void TestWindowUse::aClickOnATabMovesTheKeyboardToItsContent()
{
    FormPage *text = form(QStringLiteral("text-analysis"));
    auto *chat = qobject_cast<ChatPage *>(m_fixture->open(QStringLiteral("docs-chat")));
    QVERIFY(text && chat);
    QTabBar *bar = tabs().tabBar();
    const auto clickOn = [&](QWidget *page) {
        QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(tabs().indexOf(page)).center());
    };
    chat->chat().composer().editor()->setFocus();
    clickOn(text);
    QTRY_VERIFY(QApplication::focusWidget() && text->input().isAncestorOf(QApplication::focusWidget()));
    QVERIFY2(!qobject_cast<QSpinBox *>(QApplication::focusWidget()), "the timeout is not what one types into");
    clickOn(chat);
    QTRY_COMPARE(QApplication::focusWidget(), chat->chat().composer().editor());
}

void TestWindowUse::windowShortcutsWinOverEditors_data()
{
    QTest::addColumn<QString>("where");
    for (const char *where : {"timeout", "search of the picker", "search of the history", "code", "composer", "form"})
        QTest::newRow(where) << QString::fromLatin1(where);
}

void TestWindowUse::windowShortcutsWinOverEditors()
{
    QFETCH(QString, where);
    WorkbenchPage *page = m_fixture->open(where == QStringLiteral("composer") ? QStringLiteral("docs-chat") : QStringLiteral("text-analysis"));
    QVERIFY(page);
    CodeView &code = m_fixture->window->codeView();
    QTRY_VERIFY(!code.code().isEmpty());
    if (where == QStringLiteral("timeout"))
        page->findChild<QSpinBox *>()->setFocus();
    else if (where == QStringLiteral("search of the picker"))
        m_fixture->window->picker().focusSearch();
    else if (where == QStringLiteral("search of the history"))
        m_fixture->window->history().focusSearch();
    else if (where == QStringLiteral("code"))
        code.findChild<QAbstractScrollArea *>()->setFocus();
    else
        page->focusContent();
    QTRY_VERIFY(QApplication::focusWidget());
    const int before = code.height();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_E, Qt::ControlModifier);
    QTRY_VERIFY(code.height() > 2 * before);
}

namespace {

/// Names every widget that is shown as a window of its own.
class Windows : public QObject {
public:
    QStringList shown;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const auto *widget = qobject_cast<QWidget *>(watched);
        if (event->type() == QEvent::Show && widget && widget->isWindow())
            shown << QStringLiteral("%1 “%2”").arg(QString::fromLatin1(widget->metaObject()->className()), widget->accessibleName());
        return false;
    }
};

} // namespace

void TestWindowUse::openingAPageOpensNoOtherWindow()
{
    Windows windows;
    qApp->installEventFilter(&windows);
    for (const char *name : {"text-analysis", "image-filter", "docs-chat", "video-filter", "log-tail"}) {
        WorkbenchPage *page = m_fixture->open(QString::fromLatin1(name));
        QVERIFY(page);
        QCOMPARE(QStringList(windows.shown + QStringList{QString::fromLatin1(name)}).join(u'\n'), QString::fromLatin1(name));
        windows.shown.clear();
    }
    FormPage *page = form(QStringLiteral("text-analysis"));
    QCOMPARE(runToItsEnd(*page)->state(), RunController::State::Succeeded);
    QTRY_VERIFY(m_fixture->window->history().model().rowCount() > 0);
    openFirstOfHistory();
    QTRY_VERIFY(m_fixture->window->currentPage() != page);
    ProfileDialog dialog(*m_fixture->session, {}, m_fixture->window.get());
    QCOMPARE(windows.shown.join(u'\n'), QString());
}

void TestWindowUse::paletteOpensAChatWhereOneTypes()
{
    QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : m_fixture->window.get(), Qt::Key_K, Qt::ControlModifier);
    CommandPalette &palette = m_fixture->window->palette();
    QTRY_VERIFY(palette.isVisible());
    auto *query = palette.findChild<QLineEdit *>();
    QTest::keyClicks(query, QStringLiteral("docs"));
    QTest::keyClick(query, Qt::Key_Return);
    QTRY_VERIFY(qobject_cast<ChatPage *>(m_fixture->window->currentPage()));
    auto *chat = qobject_cast<ChatPage *>(m_fixture->window->currentPage());
    QTRY_COMPARE(QApplication::focusWidget(), chat->chat().composer().editor());
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("What is a ticket?"));
    QCOMPARE(chat->chat().composer().editor()->toPlainText(), QStringLiteral("What is a ticket?"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(chat->currentRun());
    QVERIFY(!chat->chat().transcript().turns().isEmpty());
    QCOMPARE(chat->chat().transcript().turns().first().text, QStringLiteral("What is a ticket?"));
}

void TestWindowUse::pickerMarksTheTabInFront()
{
    QVERIFY(m_fixture->open(QStringLiteral("text-analysis")));
    QVERIFY(m_fixture->open(QStringLiteral("docs-chat")));
    QCOMPARE(markedInPicker(), QStringLiteral("docs-chat"));
    auto *search = m_fixture->window->picker().findChild<QLineEdit *>();
    search->setText(QStringLiteral("image"));
    QVERIFY2(markedInPicker().isEmpty(), "the tab's own entry is not in the list now");
    search->clear();
    QCOMPARE(markedInPicker(), QStringLiteral("docs-chat"));
    tabs().setCurrentIndex(0);
    QCOMPARE(markedInPicker(), m_fixture->window->currentPage()->capability().name);
    // The profile is edited: everything is listed anew.
    const QString front = m_fixture->window->currentPage()->capability().name;
    QSignalSpy listed(m_fixture->session.get(), &Session::profileChanged);
    m_fixture->session->saveProfile(m_fixture->session->profile());
    QTRY_VERIFY_WITH_TIMEOUT(!listed.isEmpty() && m_fixture->isReady(), 60'000);
    QTRY_COMPARE(markedInPicker(), front);
    // Nothing in front, nothing marked.
    for (int open = tabs().count(); open > 0; --open) {
        QTest::keyClick(m_fixture->window.get(), Qt::Key_W, Qt::ControlModifier);
        QTRY_COMPARE(tabs().count(), open - 1);
    }
    QTRY_COMPARE(markedInPicker(), QString());
}

void TestWindowUse::historyShowsWhatOtherProgramsRun()
{
    m_fixture.reset();
    const QString path = m_folder.filePath(QStringLiteral("shared.sqlite"));
    auto data = UserData::open(path);
    QVERIFY(data);
    m_fixture = std::make_unique<WindowFixture>(*data);
    HistoryPanel &history = m_fixture->window->history();
    QTRY_VERIFY(!history.model().isLoading());
    const int before = history.model().rowCount();
    // Another program is another connection to the same file.
    auto other = UserData::open(path);
    QVERIFY(other);
    RunRecord record;
    record.capability = QStringLiteral("text-analysis");
    record.title = QStringLiteral("run elsewhere");
    record.call = QStringLiteral("{}");
    (void)(*other)->history().beginSync(record);
    QTRY_COMPARE_WITH_TIMEOUT(history.model().rowCount(), before + 1, 20'000);
    QCOMPARE(history.model().index(0).data().toString(), QStringLiteral("run elsewhere"));
}

namespace {

class Paints final : public QObject {
public:
    int count = 0;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        count += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }
};

} // namespace

void TestWindowUse::relativeTimesMoveOn()
{
    FormPage *page = form(QStringLiteral("text-analysis"));
    QCOMPARE(runToItsEnd(*page)->state(), RunController::State::Succeeded);
    auto *list = m_fixture->window->history().findChild<QListView *>();
    QTRY_VERIFY(list->model()->rowCount() > 0 && list->isVisible());
    Paints paints;
    list->viewport()->installEventFilter(&paints);
    // Two more pictures of the list although nothing happens: one might be what the run itself left to be painted.
    QTRY_VERIFY_WITH_TIMEOUT(paints.count >= 2, 30'000);
}

void TestWindowUse::aRunOfTheHistoryOverwritesNothing_data()
{
    QTest::addColumn<QString>("capability");
    QTest::newRow("form") << QStringLiteral("text-analysis");
    QTest::newRow("chat") << QStringLiteral("docs-chat");
}

void TestWindowUse::aRunOfTheHistoryOverwritesNothing()
{
    QFETCH(QString, capability);
    WorkbenchPage *page = m_fixture->open(capability);
    QVERIFY(page);
    auto *chat = qobject_cast<ChatPage *>(page);
    if (chat)
        chat->chat().composer().setText(QStringLiteral("What is a ticket?"));
    page->run();
    QTRY_VERIFY_WITH_TIMEOUT(page->currentRun() && page->currentRun()->state() == RunController::State::Succeeded, 60'000);
    QTRY_VERIFY(m_fixture->window->history().model().rowCount() > 0);
    // What is typed now is nobody's to overwrite.
    if (chat) {
        chat->chat().composer().setText(QStringLiteral("half a thought"));
    } else {
        Call call = page->call();
        call.input.insert(QStringLiteral("text"), QStringLiteral("half a thought"));
        page->load(call);
    }
    const Call typed = page->call();
    const int tabsBefore = tabs().count();
    openFirstOfHistory();
    QTRY_COMPARE(tabs().count(), tabsBefore + 1);
    WorkbenchPage *past = m_fixture->window->currentPage();
    QVERIFY(past != page && past->isRunOfHistory());
    QVERIFY(tabs().tabText(tabs().currentIndex()).startsWith(QStringLiteral("Run of ")));
    QVERIFY(barOf(*past) && barOf(*past)->isVisible());
    QCOMPARE(page->call().input, typed.input);
    if (chat)
        QCOMPARE(chat->chat().composer().editor()->toPlainText(), QStringLiteral("half a thought"));
    // The same run again is the same tab, and the capability's own tab is the one with what was typed.
    openFirstOfHistory();
    QTRY_COMPARE(m_fixture->window->currentPage(), past);
    QCOMPARE(tabs().count(), tabsBefore + 1);
    QCOMPARE(m_fixture->open(capability), page);
    tabs().setCurrentWidget(past);
    press(*barOf(*past), QStringLiteral("Replay"));
    QTRY_VERIFY_WITH_TIMEOUT(past->currentRun() && past->currentRun()->state() == RunController::State::Succeeded, 60'000);
    QCOMPARE(page->call().input, typed.input);
    press(*barOf(*past), QStringLiteral("Close"));
    QTRY_COMPARE(tabs().count(), tabsBefore);
    QCOMPARE(page->call().input, typed.input);
}

void TestWindowUse::theInputOfARunCanBeTaken()
{
    FormPage *page = form(QStringLiteral("text-analysis"));
    Call call = page->call();
    call.input.insert(QStringLiteral("text"), QStringLiteral("The first words."));
    page->load(call);
    QCOMPARE(runToItsEnd(*page)->state(), RunController::State::Succeeded);
    call.input.insert(QStringLiteral("text"), QStringLiteral("Other words."));
    page->load(call);
    QTRY_VERIFY(m_fixture->window->history().model().rowCount() > 0);
    openFirstOfHistory();
    QTRY_VERIFY(m_fixture->window->currentPage() != page);
    auto *taken = qobject_cast<FormPage *>(m_fixture->window->currentPage());
    QVERIFY(taken);
    press(*barOf(*taken), QStringLiteral("Use this input"));
    QVERIFY(!taken->isRunOfHistory());
    QVERIFY(!tabs().tabText(tabs().currentIndex()).startsWith(QStringLiteral("Run of ")));
    QCOMPARE(taken->call().input.value(QStringLiteral("text")).toString(), QStringLiteral("The first words."));
    QCOMPARE(page->call().input.value(QStringLiteral("text")).toString(), QStringLiteral("Other words."));
    QTRY_VERIFY(QApplication::focusWidget() && taken->input().isAncestorOf(QApplication::focusWidget()));
}

void TestWindowUse::replayFromTheHistoryOverwritesNothing()
{
    FormPage *page = form(QStringLiteral("text-analysis"));
    QCOMPARE(runToItsEnd(*page)->state(), RunController::State::Succeeded);
    Call call = page->call();
    call.input.insert(QStringLiteral("text"), QStringLiteral("half a thought"));
    page->load(call);
    HistoryPanel &history = m_fixture->window->history();
    QTRY_VERIFY(history.model().rowCount() > 0);
    history.findChild<QListView *>()->setCurrentIndex(history.model().index(0));
    history.replaySelected();
    QTRY_VERIFY(m_fixture->window->currentPage() != page);
    WorkbenchPage *replay = m_fixture->window->currentPage();
    QTRY_VERIFY_WITH_TIMEOUT(replay->currentRun() && replay->currentRun()->state() == RunController::State::Succeeded, 60'000);
    QCOMPARE(page->call().input.value(QStringLiteral("text")).toString(), QStringLiteral("half a thought"));
}

void TestWindowUse::everyStopOfTheKeyboardIsSeen_data()
{
    QTest::addColumn<QString>("capability");
    for (const char *name : {"text-analysis", "docs-chat", "video-filter"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestWindowUse::everyStopOfTheKeyboardIsSeen()
{
    QFETCH(QString, capability);
    WorkbenchPage *page = m_fixture->open(capability);
    QVERIFY(page);
    MainWindow &window = *m_fixture->window;
    window.resize(1440, 900);
    page->focusContent();
    QTRY_VERIFY(QApplication::focusWidget());
    QStringList unseen;
    QSet<const QWidget *> stops;
    for (int turn = 0; turn < 200; ++turn) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QWidget *stop = QApplication::focusWidget();
        QVERIFY(stop);
        if (stops.contains(stop))
            break;
        stops.insert(stop);
        if (qobject_cast<QPlainTextEdit *>(stop) || qobject_cast<QTextEdit *>(stop)) {
            stop->setFocus(Qt::TabFocusReason);
            QTest::keyClick(stop, Qt::Key_Backtab, Qt::ShiftModifier); // may take Tab itself
            stop->setFocus(Qt::TabFocusReason);
        }
        const auto picture = [&] {
            QImage image = window.grab().toImage();
            image.setDevicePixelRatio(1);
            return image;
        };
        const QImage with = picture();
        const QString name = QStringLiteral("%1 “%2”").arg(QString::fromLatin1(stop->metaObject()->className()), stop->accessibleName());
        stop->clearFocus();
        const QImage without = picture();
        stop->setFocus(Qt::TabFocusReason);
        if (with == without)
            unseen << name;
    }
    QVERIFY(stops.size() > 10);
    QCOMPARE(unseen.join(u'\n'), QString());
}

void TestWindowUse::theWindowFitsTheScreen_data()
{
    QTest::addColumn<QSize>("screen");
    QTest::newRow("1440×900 at 2") << QSize(720, 450);
    QTest::newRow("1440×900 at 1.5") << QSize(960, 600);
    QTest::newRow("1366×768 at 1.25") << QSize(1092, 614);
    QTest::newRow("1920×1080") << QSize(1920, 1080);
}

void TestWindowUse::theWindowFitsTheScreen()
{
    QFETCH(QSize, screen);
    const QRect room(QPoint(0, 28), screen - QSize(0, 28));
    for (const QRect &wanted : {QRect(0, 0, 1280, 800), QRect(-300, -50, 1280, 800), QRect(3000, 2000, 1280, 800), QRect(100, 100, 640, 400)})
        QVERIFY(room.contains(MainWindow::fitted(wanted, room)));
    // And it can be made so small, with whatever is in front.
    for (const char *name : {"text-analysis", "docs-chat", "video-filter"}) {
        QVERIFY(m_fixture->open(QString::fromLatin1(name)));
        m_fixture->window->setGeometry(MainWindow::fitted(QRect(0, 0, 1280, 800), room));
        QCoreApplication::processEvents();
        const QSize least = m_fixture->window->minimumSizeHint();
        // Where it stands is the platform's: off-screen frames are two pixels.
        QVERIFY2(m_fixture->window->size().boundedTo(room.size()) == m_fixture->window->size(),
            qPrintable(QStringLiteral("%1 needs %2×%3, the window has %4×%5").arg(QString::fromLatin1(name)).arg(least.width()).arg(least.height()).arg(m_fixture->window->width()).arg(m_fixture->window->height())));
    }
}

QTEST_MAIN(TestWindowUse)
#include "tst_window_use.moc"
