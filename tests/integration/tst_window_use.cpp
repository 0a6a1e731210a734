#include "window_house_p.h"

#include "sluice/chat/chat_composer.h"
#include "sluice/chat/chat_pane.h"
#include "sluice/forms/input_editor.h"
#include "sluice/history/history_model.h"
#include "sluice/history/history_panel.h"
#include "sluice/picker/capability_model.h"
#include "sluice/picker/picker_panel.h"
#include "sluice/results/result_view.h"
#include "sluice/shell/chat_page.h"
#include "sluice/shell/command_palette.h"
#include "sluice/shell/past_run_bar.h"
#include "sluice/shell/profile_dialog.h"
#include "sluice/store/run_history.h"
#include "sluice/ui_snippets/code_view.h"
#include "sluice/widgets/amount_field.h"
#include "sluice/widgets/theme.h"

#include <QtGui/QClipboard>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QToolButton>

using namespace sluice;
using namespace sluice::ui;

/// The window as somebody uses it all day: keyboard, tabs, history, code.
class TestWindowUse : public QObject {
    Q_OBJECT
public:
    static void initMain()
    {
        qunsetenv("DBUS_SESSION_BUS_ADDRESS"); // secrets of a test must not reach anybody's keychain
        qputenv("PATH", QByteArray(SLUICE_BIN_DIR ":") + qgetenv("PATH"));
    }

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_network.reset(); }
    void init();
    void cleanup() { m_house.reset(); }

    void aClickOnATabMovesTheKeyboardToItsContent();
    void windowShortcutsWinOverEditors_data();
    void windowShortcutsWinOverEditors();
    void paletteOpensAChatWhereOneTypes();
    void pickerMarksTheTabInFront();
    void historyShowsWhatOtherProgramsRun();
    void relativeTimesMoveOn();
    void aRunOfTheHistoryOverwritesNothing_data();
    void aRunOfTheHistoryOverwritesNothing();
    void theInputOfARunCanBeTaken();
    void replayFromTheHistoryOverwritesNothing();
    void codeOpensInALanguageThatRunsHere();
    void theLanguageOfTheCodeNeverChangesByItself();
    void copiedEnvironmentAndCodeGiveTheSameAnswer_data();
    void copiedEnvironmentAndCodeGiveTheSameAnswer();
    void aRealKeyIsNeverCopied();
    void aLimitIsSavedAsItWasMeant();
    void everyStopOfTheKeyboardIsSeen_data();
    void everyStopOfTheKeyboardIsSeen();
    void theWindowFitsTheScreen_data();
    void theWindowFitsTheScreen();

private:
    [[nodiscard]] FormPage *form(const QString &name) const { return qobject_cast<FormPage *>(m_house->open(name)); }
    [[nodiscard]] QTabWidget &tabs() const { return *m_house->window->findChild<QTabWidget *>(); }
    [[nodiscard]] QString markedInPicker() const;
    void openFirstOfHistory() const;
    [[nodiscard]] static PastRunBar *barOf(WorkbenchPage &page) { return page.findChild<PastRunBar *>(); }
    static void press(const QWidget &bar, const QString &name);

    QTemporaryDir m_folder;
    std::unique_ptr<House> m_network; ///< keeps the sandbox that the others join
    std::unique_ptr<House> m_house;
};

void TestWindowUse::initTestCase()
{
    qputenv("SLUICE_DATA_DIR", m_folder.path().toUtf8());
    Theme::apply(*qApp, Theme::Mode::Light);
    m_network = std::make_unique<House>();
    QTRY_VERIFY_WITH_TIMEOUT(m_network->isReady(), 60'000);
    m_network->window->hide();
}

void TestWindowUse::init()
{
    QFile::remove(MainWindow::settingsPath());
    m_house = std::make_unique<House>();
    QTRY_VERIFY_WITH_TIMEOUT(m_house->isReady() && m_house->window->currentPage(), 60'000);
    m_house->window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_house->window.get()));
}

QString TestWindowUse::markedInPicker() const
{
    return m_house->window->picker().findChild<QListView *>()->currentIndex().data(CapabilityModel::NameRole).toString();
}

void TestWindowUse::openFirstOfHistory() const
{
    HistoryPanel &history = m_house->window->history();
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
    auto *chat = qobject_cast<ChatPage *>(m_house->open(QStringLiteral("docs-chat")));
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
    WorkbenchPage *page = m_house->open(where == QStringLiteral("composer") ? QStringLiteral("docs-chat") : QStringLiteral("text-analysis"));
    QVERIFY(page);
    CodeView &code = m_house->window->codeView();
    QTRY_VERIFY(!code.code().isEmpty());
    if (where == QStringLiteral("timeout"))
        page->findChild<QSpinBox *>()->setFocus();
    else if (where == QStringLiteral("search of the picker"))
        m_house->window->picker().focusSearch();
    else if (where == QStringLiteral("search of the history"))
        m_house->window->history().focusSearch();
    else if (where == QStringLiteral("code"))
        code.findChild<QAbstractScrollArea *>()->setFocus();
    else
        page->focusContent();
    QTRY_VERIFY(QApplication::focusWidget());
    const int before = code.height();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_E, Qt::ControlModifier);
    QTRY_VERIFY(code.height() > 2 * before);
}

void TestWindowUse::paletteOpensAChatWhereOneTypes()
{
    QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : m_house->window.get(), Qt::Key_K, Qt::ControlModifier);
    CommandPalette &palette = m_house->window->palette();
    QTRY_VERIFY(palette.isVisible());
    auto *query = palette.findChild<QLineEdit *>();
    QTest::keyClicks(query, QStringLiteral("docs"));
    QTest::keyClick(query, Qt::Key_Return);
    QTRY_VERIFY(qobject_cast<ChatPage *>(m_house->window->currentPage()));
    auto *chat = qobject_cast<ChatPage *>(m_house->window->currentPage());
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
    QVERIFY(m_house->open(QStringLiteral("text-analysis")));
    QVERIFY(m_house->open(QStringLiteral("docs-chat")));
    QCOMPARE(markedInPicker(), QStringLiteral("docs-chat"));
    auto *search = m_house->window->picker().findChild<QLineEdit *>();
    search->setText(QStringLiteral("image"));
    QVERIFY2(markedInPicker().isEmpty(), "the tab's own entry is not in the list now");
    search->clear();
    QCOMPARE(markedInPicker(), QStringLiteral("docs-chat"));
    tabs().setCurrentIndex(0);
    QCOMPARE(markedInPicker(), m_house->window->currentPage()->capability().name);
    // The profile is edited: everything is listed anew.
    const QString front = m_house->window->currentPage()->capability().name;
    QSignalSpy listed(m_house->session.get(), &Session::profileChanged);
    m_house->session->saveProfile(m_house->session->profile(), {}, {});
    QTRY_VERIFY_WITH_TIMEOUT(!listed.isEmpty() && m_house->isReady(), 60'000);
    QTRY_COMPARE(markedInPicker(), front);
    // Nothing in front, nothing marked.
    while (tabs().count() > 0)
        QTest::keyClick(m_house->window.get(), Qt::Key_W, Qt::ControlModifier);
    QTRY_COMPARE(markedInPicker(), QString());
}

void TestWindowUse::historyShowsWhatOtherProgramsRun()
{
    m_house.reset();
    const QString path = m_folder.filePath(QStringLiteral("shared.sqlite"));
    auto data = UserData::open(path);
    QVERIFY(data);
    m_house = std::make_unique<House>(*data);
    HistoryPanel &history = m_house->window->history();
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
    auto *list = m_house->window->history().findChild<QListView *>();
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
    WorkbenchPage *page = m_house->open(capability);
    QVERIFY(page);
    auto *chat = qobject_cast<ChatPage *>(page);
    if (chat)
        chat->chat().composer().setText(QStringLiteral("What is a ticket?"));
    page->run();
    QTRY_VERIFY_WITH_TIMEOUT(page->currentRun() && page->currentRun()->state() == RunController::State::Succeeded, 60'000);
    QTRY_VERIFY(m_house->window->history().model().rowCount() > 0);
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
    WorkbenchPage *past = m_house->window->currentPage();
    QVERIFY(past != page && past->isRunOfHistory());
    QVERIFY(tabs().tabText(tabs().currentIndex()).startsWith(QStringLiteral("Run of ")));
    QVERIFY(barOf(*past) && barOf(*past)->isVisible());
    QCOMPARE(page->call().input, typed.input);
    if (chat)
        QCOMPARE(chat->chat().composer().editor()->toPlainText(), QStringLiteral("half a thought"));
    // The same run again is the same tab, and the capability's own tab is the one with what was typed.
    openFirstOfHistory();
    QTRY_COMPARE(m_house->window->currentPage(), past);
    QCOMPARE(tabs().count(), tabsBefore + 1);
    QCOMPARE(m_house->open(capability), page);
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
    QTRY_VERIFY(m_house->window->history().model().rowCount() > 0);
    openFirstOfHistory();
    QTRY_VERIFY(m_house->window->currentPage() != page);
    auto *taken = qobject_cast<FormPage *>(m_house->window->currentPage());
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
    HistoryPanel &history = m_house->window->history();
    QTRY_VERIFY(history.model().rowCount() > 0);
    history.findChild<QListView *>()->setCurrentIndex(history.model().index(0));
    history.replaySelected();
    QTRY_VERIFY(m_house->window->currentPage() != page);
    WorkbenchPage *replay = m_house->window->currentPage();
    QTRY_VERIFY_WITH_TIMEOUT(replay->currentRun() && replay->currentRun()->state() == RunController::State::Succeeded, 60'000);
    QCOMPARE(page->call().input.value(QStringLiteral("text")).toString(), QStringLiteral("half a thought"));
}

void TestWindowUse::codeOpensInALanguageThatRunsHere()
{
    const CodeView &code = m_house->window->codeView();
    QTRY_VERIFY(!code.code().isEmpty());
    QVERIFY(code.chosenLanguage().isEmpty());
    QCOMPARE(code.language(), QStringLiteral("curl"));
}

void TestWindowUse::theLanguageOfTheCodeNeverChangesByItself()
{
    CodeView &code = m_house->window->codeView();
    QVERIFY(m_house->open(QStringLiteral("text-analysis")));
    code.setLanguage(QStringLiteral("python"));
    QTRY_VERIFY(!code.isPending() && !code.code().isEmpty());
    // The published package cannot stream; Node has no library for live channels.
    for (const auto &[capability, language] : {std::pair("docs-chat", "python"), std::pair("video-filter", "python"), std::pair("video-filter", "javascript")}) {
        code.setLanguage(QString::fromLatin1(language));
        QVERIFY(m_house->open(QString::fromLatin1(capability)));
        QTRY_VERIFY(!code.isPending());
        QCOMPARE(code.language(), QString::fromLatin1(language));
        QCOMPARE(code.code(), QString());
        QPushButton *offer = nullptr;
        for (QPushButton *button : code.findChildren<QPushButton *>())
            offer = button->isVisible() && button->text().contains(QStringLiteral("curl")) ? button : offer;
        QVERIFY2(offer, "one that runs here is offered");
        QVERIFY(m_house->open(QStringLiteral("text-analysis")));
        QTRY_VERIFY(!code.isPending() && !code.code().isEmpty());
        QCOMPARE(code.language(), QString::fromLatin1(language));
    }
}

void TestWindowUse::copiedEnvironmentAndCodeGiveTheSameAnswer_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("program");
    QTest::newRow("curl") << QStringLiteral("curl") << QStringLiteral("bash \"$0\"");
    QTest::newRow("JavaScript") << QStringLiteral("javascript") << QStringLiteral("node \"$0\"");
}

void TestWindowUse::copiedEnvironmentAndCodeGiveTheSameAnswer()
{
    QFETCH(QString, language);
    QFETCH(QString, program);
    if (language == QStringLiteral("javascript") && QStandardPaths::findExecutable(QStringLiteral("node")).isEmpty())
        QSKIP("Node is not installed");
    FormPage *page = form(QStringLiteral("text-analysis"));
    Call call = page->call();
    call.input.insert(QStringLiteral("text"), QStringLiteral("It's a \"lovely\" day, and the sluice is open."));
    page->load(call);
    CodeView &code = m_house->window->codeView();
    code.setLanguage(language);
    QTRY_VERIFY(!code.isPending() && code.code().contains(QStringLiteral("lovely")));
    // As a person does it: a click on each button, and the clipboard.
    auto *copy = code.findChild<QToolButton *>(QStringLiteral("copyEnvironment"));
    QVERIFY(copy && copy->isEnabled());
    copy->click();
    const QString environment = QGuiApplication::clipboard()->text();
    const QString address = m_house->session->capability(QStringLiteral("text-analysis"))->orchestrators.first().toString();
    QVERIFY2(environment.contains(address), qPrintable(environment));
    const QString path = m_folder.filePath(QStringLiteral("copied.mjs"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(code.code().toUtf8());
    file.close();
    QProcess shell;
    QProcessEnvironment bare;
    bare.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
    bare.insert(QStringLiteral("HOME"), m_folder.path());
    shell.setProcessEnvironment(bare);
    shell.start(QStringLiteral("bash"), {QStringLiteral("-c"), environment + program, path});
    QTRY_COMPARE_WITH_TIMEOUT(shell.state(), QProcess::NotRunning, 120'000);
    const QByteArray errors = shell.readAllStandardError();
    QVERIFY2(shell.exitCode() == 0, errors.constData());
    RunController *run = runToItsEnd(*page);
    QCOMPARE(run->state(), RunController::State::Succeeded);
    const auto answer = Json::parse(shell.readAllStandardOutput());
    QVERIFY(answer);
    QCOMPARE(*answer, run->result().json);
}

void TestWindowUse::aRealKeyIsNeverCopied()
{
    const CodeView &code = m_house->window->codeView();
    QTRY_VERIFY(!code.code().isEmpty());
    const QString sandboxKey = QString::fromUtf8(m_house->session->secrets().senderKey.expose().toByteArray());
    QVERIFY(code.environment().contains(sandboxKey));
    Profile real;
    real.name = QStringLiteral("production");
    real.kind = Profile::Kind::Direct;
    real.orchUrls = {QStringLiteral("https://127.0.0.1:9")};
    QByteArray key = "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318";
    const QString typed = QString::fromLatin1(key);
    m_house->session->saveProfile(real, {}, Secret::take(key));
    QTRY_COMPARE_WITH_TIMEOUT(m_house->session->profile().name, real.name, 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(!m_house->session->senderAddress().isEmpty(), 30'000);
    // Once the network was asked, whatever became of that, the code is that of the profile.
    m_house->session->refreshCapabilities();
    QTRY_COMPARE_WITH_TIMEOUT(m_house->session->state(), Session::State::Failed, 30'000);
    Q_EMIT m_house->session->capabilitiesChanged();
    QTRY_VERIFY(!code.isPending() && code.environment().contains(QStringLiteral("https://127.0.0.1:9")));
    QVERIFY(!code.environment().contains(typed, Qt::CaseInsensitive));
    QVERIFY(!code.environment().contains(sandboxKey, Qt::CaseInsensitive));
    QVERIFY2(code.environment().contains(QStringLiteral("export SLUICE_SENDER_KEY=''")), qPrintable(code.environment()));
}

void TestWindowUse::aLimitIsSavedAsItWasMeant()
{
    Profile edited;
    edited.name = QStringLiteral("limited");
    edited.kind = Profile::Kind::Gateway;
    edited.gatewayUrl = QStringLiteral("http://127.0.0.1:9");
    ProfileDialog dialog(*m_house->session, edited);
    dialog.show();
    AmountField *field = dialog.findChild<AmountField *>();
    QVERIFY(field);
    auto *line = field->findChild<QLineEdit *>();
    QTest::keyClicks(line, QStringLiteral("1,000"));
    QPushButton *save = nullptr;
    for (QPushButton *button : dialog.findChildren<QPushButton *>())
        save = button->text().contains(QStringLiteral("Save")) ? button : save;
    QVERIFY(save);
    save->click();
    QVERIFY2(dialog.isVisible(), "an amount that can be read in two ways is not saved");
    line->clear();
    QTest::keyClicks(line, QStringLiteral("0.5"));
    QCOMPARE(field->echo(), QStringLiteral("= 0.5\u00a0gwei = 500000000 wei"));
    save->click();
    QVERIFY(!dialog.isVisible());
    QTRY_COMPARE_WITH_TIMEOUT(m_house->session->profile().name, edited.name, 30'000);
    QCOMPARE(m_house->session->profile().maxSpendPerCallWei, std::optional(QStringLiteral("500000000")));
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
    WorkbenchPage *page = m_house->open(capability);
    QVERIFY(page);
    MainWindow &window = *m_house->window;
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
        QVERIFY(m_house->open(QString::fromLatin1(name)));
        m_house->window->setGeometry(MainWindow::fitted(QRect(0, 0, 1280, 800), room));
        QCoreApplication::processEvents();
        const QSize least = m_house->window->minimumSizeHint();
        QVERIFY2(room.contains(m_house->window->geometry()),
            qPrintable(QStringLiteral("%1 needs %2×%3").arg(QString::fromLatin1(name)).arg(least.width()).arg(least.height())));
    }
}

QTEST_MAIN(TestWindowUse)
#include "tst_window_use.moc"
