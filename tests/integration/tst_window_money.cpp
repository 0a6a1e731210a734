#include "window_fixture_p.h"

#include "sluice/chat/chat_composer.h"
#include "sluice/chat/chat_pane.h"
#include "sluice/crypto/u256.h"
#include "sluice/inspector/inspector.h"
#include "sluice/live/live_pane.h"
#include "sluice/shell/chat_page.h"
#include "sluice/shell/live_page.h"
#include "sluice/shell/status_strip.h"
#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/relative_time_label.h"
#include "sluice/widgets/theme.h"

#include <QtTest/QtTest>

using namespace sluice;
using namespace sluice::ui;

/// What the window says of money is what happened, and when.
class TestWindowMoney : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_fixture.reset(); }

    // First, while no call has left credit that would pay for the next.
    void aTicketCountsWhenItLeaves_data();
    void aTicketCountsWhenItLeaves();
    void spendingBelongsToThePurseAndOutlivesAConnection_data();
    void spendingBelongsToThePurseAndOutlivesAConnection();
    void balanceIsTheOrchestratorsLastWord();
    void whatWasChargedIsShown();
    void headerDoesNotPromiseThatCreditStays();
};

void TestWindowMoney::initTestCase()
{
    qputenv("SLUICE_DATA_DIR", m_folder.path().toUtf8());
    Theme::apply(*qApp, Theme::Mode::Light);
    m_fixture = std::make_unique<WindowFixture>();
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady(), 60'000);
}

void TestWindowMoney::spendingBelongsToThePurseAndOutlivesAConnection_data()
{
    QTest::addColumn<QString>("how");
    QTest::newRow("another profile and back") << QStringLiteral("profile");
    QTest::newRow("connecting again") << QStringLiteral("again");
    QTest::newRow("the same profile saved") << QStringLiteral("saved");
}

void TestWindowMoney::spendingBelongsToThePurseAndOutlivesAConnection()
{
    QFETCH(QString, how);
    Session &session = *m_fixture->session;
    auto *page = qobject_cast<FormPage *>(m_fixture->open(QStringLiteral("image-filter")));
    QVERIFY(page);
    QCOMPARE(runToItsEnd(*page)->state(), RunController::State::Succeeded);
    QVERIFY(session.spending());
    const QString spent = session.spending()->sessionWei;
    QVERIFY2(spent != QStringLiteral("0"), "a paid call was made in this session");
    QSignalSpy connecting(&session, &Session::profileChanged);
    if (how == QStringLiteral("profile")) {
        Profile other;
        other.name = QStringLiteral("elsewhere");
        other.local = false;
        other.setLivepeer({.gatewayUrl = QStringLiteral("http://127.0.0.1:9")});
        session.saveProfile(other);
        QTRY_COMPARE_WITH_TIMEOUT(session.profile().name, other.name, 30'000);
        session.switchProfile(QStringLiteral("sandbox"));
    } else if (how == QStringLiteral("again")) {
        session.start();
    } else {
        session.saveProfile(session.profile());
    }
    QTRY_VERIFY_WITH_TIMEOUT(!connecting.isEmpty() && session.profile().name == QStringLiteral("sandbox") && m_fixture->isReady(), 60'000);
    QVERIFY(session.spending());
    QCOMPARE(session.spending()->sessionWei, spent);
}

void TestWindowMoney::aTicketCountsWhenItLeaves_data()
{
    QTest::addColumn<QString>("capability");
    QTest::newRow("an answer") << QStringLiteral("text-analysis");
    QTest::newRow("a stream") << QStringLiteral("docs-chat");
    QTest::newRow("a live job") << QStringLiteral("video-filter");
}

void TestWindowMoney::aTicketCountsWhenItLeaves()
{
    QFETCH(QString, capability);
    WindowFixture fixture; // purses of its own: nothing was paid yet
    QTRY_VERIFY_WITH_TIMEOUT(fixture.isReady(), 60'000);
    const StatusStrip &strip = fixture.window->statusStrip();
    QCOMPARE(strip.paidLately(), QStringLiteral("0"));
    WorkbenchPage *page = fixture.open(capability);
    QVERIFY(page);
    if (auto *chat = qobject_cast<ChatPage *>(page))
        chat->chat().composer().setText(QStringLiteral("How does a ticket pay for a call, and when does it win?"));
    if (auto *live = qobject_cast<LivePage *>(page))
        live->live().setSource(LiveSource::testPattern());
    // Watched from the beginning: how the call stood when the first money was counted.
    bool runningWhenCounted = false;
    bool counted = false;
    connect(fixture.session.get(), &Session::spendingChanged, &strip, [&] {
        if (!counted && strip.paidLately() != QStringLiteral("0")) {
            counted = true;
            runningWhenCounted = page->isRunning();
        }
    });
    page->run();
    QTRY_VERIFY_WITH_TIMEOUT(page->currentRun(), 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(counted || page->currentRun()->state() != RunController::State::Running, 60'000);
    QVERIFY(counted);
    QVERIFY2(runningWhenCounted, "the ticket was counted at the end of its call");
    QTRY_COMPARE(strip.paidLately(), fixture.session->spending()->sessionWei); // the next ticket may be on its way
    page->stop();
    QTRY_VERIFY_WITH_TIMEOUT(page->currentRun()->state() != RunController::State::Running, 60'000);
    // Ending a call pays nothing, and counts nothing a second time.
    QTRY_COMPARE(strip.paidLately(), fixture.session->spending()->sessionWei);
}

void TestWindowMoney::balanceIsTheOrchestratorsLastWord()
{
    Session &session = *m_fixture->session;
    const QString name = QStringLiteral("text-analysis");
    auto *page = qobject_cast<FormPage *>(m_fixture->open(name));
    QCOMPARE(runToItsEnd(*page)->state(), RunController::State::Succeeded);
    QTRY_VERIFY(session.balance({QStringLiteral("byoc"), name, {}}));
    const BalanceBook::Word before = *session.balance({QStringLiteral("byoc"), name, {}});
    // Another program of the same sender takes from the same purse; nobody tells the window.
    GatewayConfig config;
    config.senderKey = session.inUse().senderKey;
    config.orchUrls = {session.capability(name)->orchestrators.first().toString()};
    Gateway other(config);
    QFuture<RunResult> run = other.run(page->call());
    QTRY_VERIFY_WITH_TIMEOUT(run.isFinished(), 30'000);
    const QString after = run.result().payment.balanceAfter.value_or(QString());
    QVERIFY(!after.isEmpty() && after != before.wei);
    session.setBalanceInterval(std::chrono::milliseconds(100));
    QTRY_COMPARE_WITH_TIMEOUT(session.balance({QStringLiteral("byoc"), name, {}})->wei, after, 20'000);
    session.setBalanceInterval(std::chrono::minutes(1));
    QVERIFY(session.balance({QStringLiteral("byoc"), name, {}})->at >= before.at);
    // The panel says when the orchestrator said so, and the strip says the same amount.
    const auto *said = m_fixture->window->inspector().findChild<RelativeTimeLabel *>(QStringLiteral("said"));
    QVERIFY(said && said->isVisible());
    QCOMPARE(said->time(), session.balance({QStringLiteral("byoc"), name, {}})->at);
    QStringList shown;
    for (const AmountLabel *label : m_fixture->window->statusStrip().findChildren<AmountLabel *>())
        shown << label->exact();
    QVERIFY2(shown.contains(after + QStringLiteral(" wei")), qPrintable(shown.join(u'|')));
}

void TestWindowMoney::whatWasChargedIsShown()
{
    auto *page = qobject_cast<FormPage *>(m_fixture->open(QStringLiteral("text-analysis")));
    RunController *run = runToItsEnd(*page);
    QCOMPARE(run->state(), RunController::State::Succeeded);
    QVERIFY(run->payment().chargedWei);
    bool shown = false;
    for (const AmountLabel *label : m_fixture->window->inspector().findChildren<AmountLabel *>())
        shown = shown || (label->accessibleName().contains(QStringLiteral("Charged")) && label->exact().startsWith(*run->payment().chargedWei + u' '));
    QVERIFY(shown);
}

void TestWindowMoney::headerDoesNotPromiseThatCreditStays()
{
    for (const char *name : {"text-analysis", "docs-chat", "video-filter"}) {
        WorkbenchPage *page = m_fixture->open(QString::fromLatin1(name));
        QVERIFY(page);
        QString words;
        for (const QWidget *widget : page->findChildren<QWidget *>())
            words += widget->accessibleName() + u'\n';
        QVERIFY2(!words.contains(QStringLiteral("stays your balance")), name);
        QVERIFY2(words.contains(QStringLiteral("within ten minutes")), qPrintable(words));
    }
}

QTEST_MAIN(TestWindowMoney)
#include "tst_window_money.moc"
