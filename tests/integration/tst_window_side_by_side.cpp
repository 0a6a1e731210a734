#include "window_fixture_p.h"

#include "sluice/chat/chat_composer.h"
#include "sluice/chat/chat_pane.h"
#include "sluice/chat/chat_transcript.h"
#include "sluice/codeview/code_view.h"
#include "sluice/history/history_model.h"
#include "sluice/history/history_panel.h"
#include "sluice/shell/chat_page.h"
#include "sluice/shell/side_by_side_page.h"
#include "sluice/sidebyside/conversation_column.h"
#include "sluice/sidebyside/side_by_side_view.h"

#include <QtGui/QClipboard>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>

using namespace sluice;
using namespace sluice::ui;

using State = ComparedAnswer::State;

/// Several capabilities of the sandbox, each of another backend, asked the same in the window.
class TestWindowSideBySide : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { openNetwork(); }
    void cleanupTestCase() { m_network.reset(); }
    void init() { openWindow(); }
    void cleanup() { m_fixture.reset(); }

    void aShortcutOpensItAndTheSandboxesChatsAnswer();
    void aChatIsComparedFromItsTab();
    void whatWasComparedIsRememberedAcrossRestarts();
    void aColumnGoesOnInATabOfItsOwn();
    void theCodeThatIsCopiedIsOfThatColumn();
    void whatIsPaidIsToldBeforeAndAfter();
    void openingACapabilityLeavesTheComparisonAlone();

private:
    [[nodiscard]] QTabWidget &tabs() const { return *m_fixture->window->findChild<QTabWidget *>(); }
    [[nodiscard]] SideBySidePage *page() const { return qobject_cast<SideBySidePage *>(m_fixture->window->currentPage()); }
    [[nodiscard]] static CapabilityId paid() { return {QStringLiteral("byoc"), QStringLiteral("docs-chat"), {}}; }
    [[nodiscard]] static CapabilityId throughGateway() { return {QStringLiteral("aigateway"), QStringLiteral("llm"), {}}; }
    [[nodiscard]] static CapabilityId model() { return {QStringLiteral("openai"), QStringLiteral("sandbox/docs-chat"), {}}; }
    void ask(SideBySidePage &page, const QString &text) const
    {
        page.view().composer().setText(text);
        page.run();
    }
    [[nodiscard]] static bool areComplete(const SideBySidePage &page)
    {
        const auto &columns = page.view().columns();
        return !page.isRunning() && std::all_of(columns.begin(), columns.end(), [](const ConversationColumn *one) { return one->answer().state == State::Complete; });
    }
};

void TestWindowSideBySide::aShortcutOpensItAndTheSandboxesChatsAnswer()
{
    QVERIFY(m_fixture->open(QStringLiteral("text-analysis")));
    QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : m_fixture->window.get(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(page());
    SideBySidePage *side = page();
    QTRY_COMPARE(QApplication::focusWidget(), side->view().composer().editor());
    side->view().setChosen({paid(), throughGateway()});
    side->view().addColumn();
    QCOMPARE(side->view().columns().size(), 3);
    QCOMPARE(side->view().chosen().last().backend, QStringLiteral("openai"));
    // Names say which backend it is.
    QVERIFY(side->view().columns().at(1)->chooser().currentText() != side->view().columns().at(2)->chooser().currentText());
    for (const ConversationColumn *column : side->view().columns())
        QVERIFY2(column->chooser().currentText().contains(QStringLiteral(" · ")), qPrintable(column->chooser().currentText()));
    QTest::keyClicks(side->view().composer().editor(), QStringLiteral("What is a ticket?"));
    QTest::keyClick(side->view().composer().editor(), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(side->isRunning());
    QTRY_VERIFY_WITH_TIMEOUT(areComplete(*side), 60'000);
    for (const ConversationColumn *column : side->view().columns()) {
        QVERIFY(column->answer().firstWords && column->answer().tokens.value_or(0) > 20);
        QVERIFY(column->chat().transcript().turns().last().text.size() > 100);
    }
    QTRY_COMPARE(m_fixture->window->history().model().rowCount(), 3);
}

void TestWindowSideBySide::aChatIsComparedFromItsTab()
{
    auto *chat = qobject_cast<ChatPage *>(m_fixture->open(QStringLiteral("llm")));
    QVERIFY(chat);
    chat->chat().transcript().setSystemPrompt(QStringLiteral("Be brief."));
    chat->chat().composer().setText(QStringLiteral("half a question"));
    QTabBar *bar = tabs().tabBar();
    const auto menuOf = [&](QWidget *of) {
        const QPoint at = bar->tabRect(tabs().indexOf(of)).center();
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, bar->mapToGlobal(at));
        QCoreApplication::sendEvent(bar, &event);
        return qobject_cast<QMenu *>(QApplication::activePopupWidget());
    };
    QMenu *menu = menuOf(chat);
    QVERIFY(menu);
    QCOMPARE(menu->actions().first()->text().remove(QLatin1Char('&')), QStringLiteral("Compare with…"));
    menu->actions().first()->trigger();
    menu->close();
    SideBySidePage *side = page();
    QVERIFY(side);
    QCOMPARE(side->view().chosen().first(), throughGateway());
    QVERIFY(side->view().chosen().at(1) != throughGateway());
    QCOMPARE(side->view().composer().text(), QStringLiteral("half a question"));
    QCOMPARE(side->view().instructions().toPlainText(), QStringLiteral("Be brief."));
    QVERIFY2(chat->chat().composer().text() == QStringLiteral("half a question"), "the chat itself stays as it was");
    // What is no chat is compared with nothing.
    WorkbenchPage *form = m_fixture->open(QStringLiteral("text-analysis"));
    menu = menuOf(form);
    QVERIFY(menu);
    for (const QAction *action : menu->actions())
        QVERIFY2(!action->text().contains(QStringLiteral("ompare")), qPrintable(action->text()));
    const int before = tabs().count();
    menu->actions().last()->trigger();
    menu->close();
    QTRY_COMPARE(tabs().count(), before - 1);
    QVERIFY2(tabs().indexOf(form) < 0, "it is this tab that is closed");
}

void TestWindowSideBySide::whatWasComparedIsRememberedAcrossRestarts()
{
    m_fixture->window->openSideBySide();
    page()->view().setChosen({throughGateway(), paid(), throughGateway()});
    m_fixture.reset();
    m_fixture = std::make_unique<WindowFixture>();
    // Before the network has told what it offers.
    SideBySidePage *side = m_fixture->window->openSideBySide();
    QCOMPARE(side->view().chosen(), (QList<CapabilityId>{throughGateway(), paid(), throughGateway()}));
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady() && side->view().columns().last()->isReady(), 60'000);
    QCOMPARE(side->view().columns().size(), 3);
    QCOMPARE(side->view().columns().at(1)->capability()->name, QStringLiteral("docs-chat"));
}

void TestWindowSideBySide::aColumnGoesOnInATabOfItsOwn()
{
    SideBySidePage *side = m_fixture->window->openSideBySide();
    side->view().setChosen({paid(), throughGateway()});
    ask(*side, QStringLiteral("What is a ticket?"));
    QTRY_VERIFY_WITH_TIMEOUT(areComplete(*side), 60'000);
    const QString answer = side->view().columns().at(1)->chat().transcript().turns().last().text;
    Q_EMIT side->view().columns().at(1)->tabRequested();
    auto *own = qobject_cast<ChatPage *>(m_fixture->window->currentPage());
    QVERIFY(own);
    QCOMPARE(own->capability().id(), throughGateway());
    QVERIFY2(own->isRunOfHistory(), "what is kept for the capability is another conversation");
    const QList<ChatTurn> &turns = own->chat().transcript().turns();
    QCOMPARE(turns.size(), 2);
    QCOMPARE(turns.last().text, answer);
    own->chat().composer().setText(QStringLiteral("And who redeems it?"));
    own->run();
    QTRY_VERIFY_WITH_TIMEOUT(own->currentRun() && own->currentRun()->state() == RunController::State::Succeeded, 60'000);
    QCOMPARE(own->currentRun()->call().input.value(QStringLiteral("messages")).size(), 3);
    QCOMPARE(side->view().columns().at(1)->chat().transcript().turns().size(), 2);
}

void TestWindowSideBySide::theCodeThatIsCopiedIsOfThatColumn()
{
    SideBySidePage *side = m_fixture->window->openSideBySide();
    side->view().setChosen({paid(), model()});
    side->view().composer().setText(QStringLiteral("a question to ship"));
    m_fixture->window->codeView().setLanguage(QStringLiteral("curl"));
    QGuiApplication::clipboard()->clear();
    Q_EMIT side->view().columns().at(1)->codeRequested();
    const QString code = QGuiApplication::clipboard()->text();
    QVERIFY2(code.contains(QStringLiteral("a question to ship")) && code.contains(QStringLiteral("/chat/completions")), qPrintable(code));
    QCOMPARE(&side->view().current(), side->view().columns().at(1));
    QTRY_COMPARE(m_fixture->window->codeView().code(), code);
    Q_EMIT side->view().columns().at(0)->codeRequested();
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("docs-chat")));
}

void TestWindowSideBySide::whatIsPaidIsToldBeforeAndAfter()
{
    SideBySidePage *side = m_fixture->window->openSideBySide();
    side->view().setChosen({paid(), throughGateway()});
    QVERIFY2(side->view().costText().contains(QStringLiteral("9 gwei")), qPrintable(side->view().costText())); // 0.15 gwei/s for 60 s
    QVERIFY2(side->view().costText().contains(QStringLiteral("Chat")), "whose price is unknown");
    ask(*side, QStringLiteral("What is a ticket?"));
    QTRY_VERIFY_WITH_TIMEOUT(areComplete(*side), 60'000);
    const ComparedAnswer bought = side->view().columns().at(0)->answer();
    const ComparedAnswer given = side->view().columns().at(1)->answer();
    QVERIFY(bought.paidWei && !given.paidWei);
    QCOMPARE(*bought.paidWei, side->view().columns().at(0)->run()->payment().paidWei);
    QCOMPARE(m_fixture->window->currentPage()->currentRun(), side->view().columns().at(0)->run());
}

void TestWindowSideBySide::openingACapabilityLeavesTheComparisonAlone()
{
    SideBySidePage *side = m_fixture->window->openSideBySide();
    side->view().setChosen({paid(), throughGateway()});
    QCOMPARE(side->capability().id(), paid());
    WorkbenchPage *chat = m_fixture->open(QStringLiteral("docs-chat"));
    QVERIFY2(chat != side && qobject_cast<ChatPage *>(chat), "a tab of its own, whatever column is in front");
    // Listed anew, it stays what it is.
    QSignalSpy listed(m_fixture->session.get(), &Session::capabilitiesChanged);
    m_fixture->session->refreshCapabilities();
    QTRY_VERIFY(!listed.isEmpty());
    QVERIFY(tabs().indexOf(side) >= 0);
    QCOMPARE(side->view().chosen(), (QList<CapabilityId>{paid(), throughGateway()}));
    // From a tab that is no chat, the one that is open comes to the front.
    QVERIFY(m_fixture->open(QStringLiteral("text-analysis")));
    QCOMPARE(m_fixture->window->openSideBySide(), side);
}

QTEST_MAIN(TestWindowSideBySide)
#include "tst_window_side_by_side.moc"
