#include "peers/runner_peer.h"

#include "../ui_test_support.h"

#include "sluice/backend/user_data.h"
#include "sluice/gateway/gateway.h"
#include "sluice/live/app_session_pane.h"
#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>

using namespace sluice;
using namespace sluice::ui;
using namespace std::chrono_literals;
using test::RunnerPeer;

namespace {

const QString App = QStringLiteral("acme/cam");

/// A session with an app of a scripted orchestrator, and the pane that shows it.
struct Fixture {
    explicit Fixture(qint64 price = 8'000'000'000)
    {
        peer.offer(App, liverunner::Mode::Persistent, QStringLiteral("c"), QByteArray::number(price), price > 0 ? QStringLiteral("seconds") : QString());
        peer.terms.pricePerUnit = price;
        GatewayConfig config;
        config.orchUrls = {peer.url().toString()};
        config.livePaymentInterval = 50ms;
        config.senderKey = Secret(QByteArrayView(QByteArray(64, '1')));
        gateway = std::make_unique<Gateway>(config, UserData::inMemory());
        pane.resize(900, 560);
        pane.show();
        QObject::connect(&pane, &AppSessionPane::openRequested, &pane, [this] { open(); });
    }
    void open()
    {
        Call call;
        call.backend = QStringLiteral("liverunner");
        call.capability = App;
        call.verb = Verb::Live;
        call.input = Json::object();
        session = gateway->live(call);
        pane.attach(*session);
    }
    QPushButton *button(const QString &text) const
    {
        for (QPushButton *one : pane.findChildren<QPushButton *>()) {
            if (one->text() == text)
                return one;
        }
        return nullptr;
    }
    template <typename T> T *named(const QString &name) const
    {
        for (T *one : pane.findChildren<T *>()) {
            if (one->accessibleName() == name)
                return one;
        }
        return nullptr;
    }
    /// For people to look at, where SLUICE_PICTURES names a folder.
    void picture(const QString &name)
    {
        const QString folder = qEnvironmentVariable("SLUICE_PICTURES");
        if (!folder.isEmpty())
            QVERIFY(pane.grab().save(QDir(folder).filePath(name + QStringLiteral(".png"))));
    }

    RunnerPeer peer;
    std::unique_ptr<Gateway> gateway;
    std::unique_ptr<LiveSession> session;
    AppSessionPane pane;
};

} // namespace

/// The pane of a session with an app: what it shows, and what its buttons do.
class AppSessionPaneTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, Theme::Mode::Light); }
    void aSessionIsReservedCalledAndStopped();
    void stoppingAsksFirst();
    void whatEndsTheSessionIsSaid();
    void aCallThatDoesNotGoThroughIsSaid();
    void channelsAreThoseThatTheAppNames();
    void ofAStreamItsWordsAreShown();
    void tabGoesThroughThePageAsItIsRead();
    void picturesInBothThemes();
};

void AppSessionPaneTest::tabGoesThroughThePageAsItIsRead()
{
    Fixture fixture;
    QTRY_VERIFY(uitest::tabStops(fixture.pane).size() >= 4);
    QCOMPARE(uitest::tabFaults(fixture.pane).join(QLatin1Char(';')), QString());
    fixture.open();
    QTRY_VERIFY(fixture.button(QStringLiteral("&Call the app"))->isEnabled());
    // Asked whether to stop: the question stands between the session's state and the calls, and so do its buttons.
    fixture.button(QStringLiteral("&Stop"))->click();
    QTRY_VERIFY(fixture.pane.findChild<InlineMessage *>()->isVisible());
    QTRY_COMPARE(uitest::tabFaults(fixture.pane).join(QLatin1Char(';')), QString());
    QCOMPARE(uitest::tabStops(fixture.pane).first(), fixture.button(QStringLiteral("&Stop")));
}

void AppSessionPaneTest::aSessionIsReservedCalledAndStopped()
{
    Fixture fixture;
    QVERIFY(fixture.button(QStringLiteral("&Reserve a session"))->isVisible());
    QVERIFY(!fixture.button(QStringLiteral("&Call the app"))->isEnabled());
    // Of no session there are no facts, and no channels.
    QVERIFY(!fixture.named<QLabel>(QStringLiteral("Time paid for"))->isVisible());
    QVERIFY(!fixture.named<QListWidget>(QStringLiteral("Channels that the app named"))->isVisible());
    fixture.button(QStringLiteral("&Reserve a session"))->click();
    QTRY_VERIFY(fixture.button(QStringLiteral("&Call the app"))->isEnabled());
    QVERIFY(fixture.button(QStringLiteral("&Stop"))->isVisible());
    QVERIFY(fixture.named<QLabel>(QStringLiteral("Time paid for"))->isVisible());
    QTRY_COMPARE(fixture.named<QLabel>(QStringLiteral("Time paid for"))->text().isEmpty(), false);
    QTRY_VERIFY(fixture.named<QLabel>(QStringLiteral("Time paid for"))->text().contains(QLatin1Char('s')));
    QVERIFY(fixture.session->payment().paidWei.size() > 9);
    fixture.named<QLineEdit>(QStringLiteral("Path"))->setText(QStringLiteral("echo?x=1"));
    fixture.named<QPlainTextEdit>(QStringLiteral("Body"))->setPlainText(QStringLiteral("{\"a\":1}"));
    QTest::keyClick(fixture.named<QLineEdit>(QStringLiteral("Path")), Qt::Key_Return);
    QTRY_VERIFY(fixture.named<QPlainTextEdit>(QStringLiteral("Answer of the app"))->toPlainText().contains(QLatin1String("\"ok\": true")));
    const auto calls = fixture.peer.requests("/apps/c/session/9f3c1a00/app/echo");
    QCOMPARE(calls.size(), 1);
    QCOMPARE(calls.first().body, QByteArray("{\"a\":1}"));
    fixture.session->close();
    QTRY_VERIFY(fixture.button(QStringLiteral("&Reserve a session"))->isVisible());
    QVERIFY(!fixture.button(QStringLiteral("&Call the app"))->isEnabled());
}

void AppSessionPaneTest::stoppingAsksFirst()
{
    Fixture fixture;
    fixture.open();
    QTRY_COMPARE(fixture.session->state(), LiveSession::State::Ready);
    fixture.button(QStringLiteral("&Stop"))->click();
    QCOMPARE(fixture.session->state(), LiveSession::State::Ready);
    QVERIFY(fixture.pane.message().isVisible());
    QVERIFY2(fixture.pane.message().text().contains(QLatin1String("lost")), qPrintable(fixture.pane.message().text()));
    QVERIFY(fixture.button(QStringLiteral("Stop the session")));
    fixture.button(QStringLiteral("Stop the session"))->click();
    QTRY_COMPARE(fixture.session->state(), LiveSession::State::Closed);
    QVERIFY(!fixture.pane.message().isVisible());
    QVERIFY(fixture.peer.requests("/apps/c/session/").last().path.endsWith("/stop"));
}

void AppSessionPaneTest::whatEndsTheSessionIsSaid()
{
    Fixture fixture;
    fixture.peer.answerPayments([](int) { return std::optional(std::pair(404, QByteArray("runner session not found\n"))); });
    fixture.open();
    QTRY_COMPARE(fixture.session->state(), LiveSession::State::Failed);
    QTRY_VERIFY(fixture.pane.message().isVisible());
    QVERIFY2(fixture.pane.message().text().contains(QLatin1String("runner session not found")), qPrintable(fixture.pane.message().text()));
    QVERIFY(fixture.button(QStringLiteral("&Reserve a session"))->isVisible());
}

void AppSessionPaneTest::aCallThatDoesNotGoThroughIsSaid()
{
    Fixture fixture(0);
    fixture.open();
    QTRY_COMPARE(fixture.session->state(), LiveSession::State::Ready);
    fixture.named<QLineEdit>(QStringLiteral("Path"))->setText(QStringLiteral("a b"));
    fixture.button(QStringLiteral("&Call the app"))->click();
    QTRY_VERIFY(fixture.pane.message().isVisible());
    QVERIFY2(fixture.pane.message().text().contains(QLatin1String("a b")), qPrintable(fixture.pane.message().text()));
    QVERIFY(fixture.button(QStringLiteral("&Call the app"))->isEnabled());
    QCOMPARE(fixture.named<QLabel>(QStringLiteral("Time paid for"))->text(), QStringLiteral("not limited"));
}

void AppSessionPaneTest::channelsAreThoseThatTheAppNames()
{
    Fixture fixture(0);
    fixture.peer.setApp(RunnerPeer::text(200, R"({"session":"s","in":"https://o:8935/ai/trickle/s-in","more":{"out":["https://o:8935/ai/trickle/s-out","https://o:8935/ai/trickle/s-in"]},"page":"https://o/x","odd":"file:///ai/trickle/x"})", "application/json"));
    fixture.open();
    QTRY_COMPARE(fixture.session->state(), LiveSession::State::Ready);
    fixture.button(QStringLiteral("&Call the app"))->click();
    auto *channels = fixture.named<QListWidget>(QStringLiteral("Channels that the app named"));
    QTRY_COMPARE(channels->count(), 2);
    QCOMPARE(channels->item(0)->text(), QStringLiteral("https://o:8935/ai/trickle/s-in"));
    QVERIFY(channels->isVisible());
}

void AppSessionPaneTest::ofAStreamItsWordsAreShown()
{
    Fixture fixture(0);
    const QByteArray events = "data: {\"choices\":[{\"delta\":{\"content\":\"Hello \"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"there\"}}]}\n\ndata: [DONE]\n\n";
    fixture.peer.setApp(RunnerPeer::text(200, events, "text/event-stream"));
    fixture.open();
    QTRY_COMPARE(fixture.session->state(), LiveSession::State::Ready);
    fixture.button(QStringLiteral("&Call the app"))->click();
    QTRY_COMPARE(fixture.named<QPlainTextEdit>(QStringLiteral("Answer of the app"))->toPlainText(), QStringLiteral("Hello there"));
    QCOMPARE(fixture.pane.lastStatus(), 200);
}

void AppSessionPaneTest::picturesInBothThemes()
{
    Fixture fixture;
    fixture.picture(QStringLiteral("session-none"));
    fixture.peer.setApp(RunnerPeer::text(200, R"({"session":"9f3c1a00","in":"https://orch.example:8935/ai/trickle/9f3c1a00-in","out":"https://orch.example:8935/ai/trickle/9f3c1a00-out","state":"running"})", "application/json"));
    fixture.open();
    QTRY_COMPARE(fixture.session->state(), LiveSession::State::Ready);
    fixture.named<QLineEdit>(QStringLiteral("Path"))->setText(QStringLiteral("start"));
    fixture.button(QStringLiteral("&Call the app"))->click();
    QTRY_COMPARE(fixture.named<QListWidget>(QStringLiteral("Channels that the app named"))->count(), 2);
    QTRY_VERIFY(fixture.named<QLabel>(QStringLiteral("Time paid for"))->text().contains(QLatin1Char('s')));
    for (const Theme::Mode mode : {Theme::Mode::Light, Theme::Mode::Dark}) {
        Theme::setMode(mode);
        fixture.picture(mode == Theme::Mode::Dark ? QStringLiteral("session-dark") : QStringLiteral("session-light"));
    }
    fixture.button(QStringLiteral("&Stop"))->click();
    QVERIFY(fixture.pane.message().isVisible());
    fixture.picture(QStringLiteral("session-stop-dark"));
    Theme::setMode(Theme::Mode::Light);
    fixture.picture(QStringLiteral("session-stop-light"));
}

QTEST_MAIN(AppSessionPaneTest)
#include "tst_app_session.moc"
