#include "window_house_p.h"

#include "sluice/chat/chat_composer.h"
#include "sluice/chat/chat_pane.h"
#include "sluice/chat/chat_transcript.h"
#include "sluice/forms/input_editor.h"
#include "sluice/history/history_model.h"
#include "sluice/history/history_panel.h"
#include "sluice/payments/purse_limits.h"
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
#include <QtWidgets/QComboBox>
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
    void openingAPageOpensNoOtherWindow();
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
    void limitsGoToTheKeyOnceItIsKnown();
    void runAndStreamCanBeSwitched();
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
        WorkbenchPage *page = m_house->open(QString::fromLatin1(name));
        QVERIFY(page);
        QCOMPARE(QStringList(windows.shown + QStringList{QString::fromLatin1(name)}).join(u'\n'), QString::fromLatin1(name));
        windows.shown.clear();
    }
    FormPage *page = form(QStringLiteral("text-analysis"));
    QCOMPARE(runToItsEnd(*page)->state(), RunController::State::Succeeded);
    QTRY_VERIFY(m_house->window->history().model().rowCount() > 0);
    openFirstOfHistory();
    QTRY_VERIFY(m_house->window->currentPage() != page);
    ProfileDialog dialog(*m_house->session, {}, m_house->window.get());
    QCOMPARE(windows.shown.join(u'\n'), QString());
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
    for (int open = tabs().count(); open > 0; --open) {
        QTest::keyClick(m_house->window.get(), Qt::Key_W, Qt::ControlModifier);
        QTRY_COMPARE(tabs().count(), open - 1);
    }
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

namespace {

AmountField *amountOf(const ProfileDialog &dialog, const QString &subject)
{
    for (AmountField *field : dialog.findChildren<AmountField *>()) {
        if (field->findChild<QLineEdit *>()->accessibleName() == subject)
            return field;
    }
    return nullptr;
}

QPushButton *saveOf(const ProfileDialog &dialog)
{
    for (QPushButton *button : dialog.findChildren<QPushButton *>()) {
        if (button->text().contains(QStringLiteral("Save")))
            return button;
    }
    return nullptr;
}

} // namespace

void TestWindowUse::aLimitIsSavedAsItWasMeant()
{
    // Some key with limits of its own, so that nothing here is the usual.
    const QString typed = QStringLiteral("4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318");
    const QString purse = QStringLiteral("0x2c7536E3605D9C16a7a3D7b1898e529396a65c23");
    PurseLimits before = PurseLimits::defaults();
    before.faceValue = Wei(7'000'000'000);
    m_house->data->setPurseLimits(purse, before);
    Profile edited;
    edited.name = QStringLiteral("limited");
    edited.kind = Profile::Kind::Direct;
    edited.orchUrls = {QStringLiteral("https://127.0.0.1:9")};
    ProfileDialog dialog(*m_house->session, edited);
    dialog.show();
    AmountField *perCall = amountOf(dialog, QStringLiteral("Limit per call"));
    AmountField *perTicket = amountOf(dialog, QStringLiteral("Limit per ticket"));
    QVERIFY(perCall && perTicket);
    QCOMPARE(perCall->findChild<QLineEdit *>()->placeholderText(), QStringLiteral("0.005\u00a0ETH when left empty"));
    QVERIFY2(!perTicket->isVisible(), "it belongs to a key, and none is known yet");
    for (QLineEdit *line : dialog.findChildren<QLineEdit *>()) {
        if (line->accessibleName() == QStringLiteral("Sender key"))
            line->setText(typed);
    }
    QVERIFY(perTicket->isVisible());
    QCOMPARE(perTicket->wei()->value_or(QString()), QStringLiteral("7000000000"));
    auto *line = perCall->findChild<QLineEdit *>();
    QTest::keyClicks(line, QStringLiteral("1,000"));
    saveOf(dialog)->click();
    QVERIFY2(dialog.isVisible(), "an amount that can be read in two ways is not saved");
    QVERIFY(m_house->data->purseLimits(purse) == before);
    line->clear();
    QTest::keyClicks(line, QStringLiteral("0.5"));
    QCOMPARE(perCall->echo(), QStringLiteral("= 0.5\u00a0gwei = 500000000 wei"));
    saveOf(dialog)->click();
    QVERIFY(!dialog.isVisible());
    PurseLimits wanted = before;
    wanted.perCall = Wei(500'000'000);
    QVERIFY(m_house->data->purseLimits(purse) == wanted);

    // What holds is shown again, whoever set it, and an empty field is the usual limit.
    QTRY_COMPARE_WITH_TIMEOUT(m_house->session->profile().name, edited.name, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(m_house->session->senderAddress(), purse, 30'000);
    wanted.perDay = Wei(900'000'000'000);
    m_house->data->setPurseLimits(purse, wanted);
    ProfileDialog again(*m_house->session, m_house->session->profile());
    again.show();
    QCOMPARE(amountOf(again, QStringLiteral("Limit per call"))->wei()->value_or(QString()), QStringLiteral("500000000"));
    QCOMPARE(amountOf(again, QStringLiteral("Limit per day"))->wei()->value_or(QString()), QStringLiteral("900000000000"));
    amountOf(again, QStringLiteral("Limit per call"))->setWei({});
    saveOf(again)->click();
    wanted.perCall = PurseLimits::defaults().perCall;
    QVERIFY(m_house->data->purseLimits(purse) == wanted);
}

void TestWindowUse::limitsGoToTheKeyOnceItIsKnown()
{
    Profile carried;
    carried.name = QStringLiteral("by token");
    carried.kind = Profile::Kind::Direct;
    carried.orchUrls = {QStringLiteral("https://127.0.0.1:9")};
    ProfileDialog dialog(*m_house->session, carried);
    dialog.show();
    amountOf(dialog, QStringLiteral("Limit per call"))->setWei(QStringLiteral("3000"));
    saveOf(dialog)->click();
    QTRY_COMPARE_WITH_TIMEOUT(m_house->session->profile().name, carried.name, 30'000);
    QCOMPARE(m_house->session->profile().maxSpendPerCallWei, std::optional(QStringLiteral("3000")));
    // A gateway pays by itself: nothing is asked that would not count.
    Profile gateway;
    gateway.name = QStringLiteral("gateway");
    gateway.kind = Profile::Kind::Gateway;
    ProfileDialog other(*m_house->session, gateway);
    other.show();
    for (const AmountField *field : other.findChildren<AmountField *>())
        QVERIFY(!field->isVisible());
}

void TestWindowUse::runAndStreamCanBeSwitched()
{
    const auto listed = m_house->session->capability(QStringLiteral("text-analysis"));
    QVERIFY(listed);
    CapabilityInfo both = *listed;
    both.verbs = {Verb::Run, Verb::Stream};
    both.name = QStringLiteral("both-ways");
    WorkbenchPage *page = m_house->window->openCapability(both);
    auto *choice = page->findChild<QComboBox *>(QString(), Qt::FindChildrenRecursively);
    for (QComboBox *box : page->findChildren<QComboBox *>())
        choice = box->accessibleName() == QStringLiteral("How the call is made") ? box : choice;
    QCOMPARE(choice->accessibleName(), QStringLiteral("How the call is made"));
    QVERIFY(choice->isVisible());
    QCOMPARE(page->call().verb, Verb::Run);
    QSignalSpy changed(page, &WorkbenchPage::callChanged);
    QTest::keyClick(m_house->window.get(), Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(page->call().verb, Verb::Stream);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(choice->currentText(), QStringLiteral("stream"));
    // News of the network leave what was chosen.
    both.availableCapacity = 1;
    page->updateCapability(both);
    QCOMPARE(page->call().verb, Verb::Stream);
    QTest::keyClick(m_house->window.get(), Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(page->call().verb, Verb::Run);
    // A chat that answers in both ways really does.
    auto *chat = qobject_cast<ChatPage *>(m_house->open(QStringLiteral("docs-chat")));
    QVERIFY(chat);
    QCOMPARE(chat->call().verb, Verb::Stream);
    QTest::keyClick(m_house->window.get(), Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(chat->call().verb, Verb::Run);
    chat->chat().composer().setText(QStringLiteral("What is a ticket?"));
    chat->run();
    QTRY_VERIFY_WITH_TIMEOUT(chat->currentRun() && chat->currentRun()->state() == RunController::State::Succeeded, 60'000);
    QCOMPARE(chat->currentRun()->call().verb, Verb::Run);
    QVERIFY(chat->chat().transcript().turns().last().text.contains(QStringLiteral("ticket"), Qt::CaseInsensitive));
    // One way only: nothing to choose.
    WorkbenchPage *text = m_house->open(QStringLiteral("text-analysis"));
    QVERIFY(!text->offersVerbs());
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
        // Where it stands is the platform's: off-screen frames are two pixels.
        QVERIFY2(m_house->window->size().boundedTo(room.size()) == m_house->window->size(),
            qPrintable(QStringLiteral("%1 needs %2×%3, the window has %4×%5").arg(QString::fromLatin1(name)).arg(least.width()).arg(least.height()).arg(m_house->window->width()).arg(m_house->window->height())));
    }
}

QTEST_MAIN(TestWindowUse)
#include "tst_window_use.moc"
