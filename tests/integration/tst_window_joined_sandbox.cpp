#include "sandbox_process_p.h"
#include "window_run_p.h"

#include "sluice/backend/user_data.h"
#include "sluice/session/session.h"
#include "sluice/shell/main_window.h"
#include "sluice/widgets/theme.h"

#include <QtTest/QtTest>

using namespace sluice;
using namespace sluice::ui;

/// A window that joined another program's sandbox goes on with one of its own when that program ends.
class TestWindowJoinedSandbox : public QObject {
    Q_OBJECT
public:
    static void initMain() { qunsetenv("DBUS_SESSION_BUS_ADDRESS"); } // found by QTEST_MAIN: keeps the keychain out

private Q_SLOTS:
    void windowGoesOnWhenTheOwnerLeaves();
};

void TestWindowJoinedSandbox::windowGoesOnWhenTheOwnerLeaves()
{
    Theme::apply(*qApp, Theme::Mode::Light);
    const Workplace place;
    qputenv("PATH", QByteArray(SLUICE_BIN_DIR ":") + qgetenv("PATH"));
    qputenv("SLUICE_DATA_DIR", place.path(QString()).toUtf8());
    SandboxProcess owner(place, {}, QStringLiteral("sandbox.sqlite"));
    QVERIFY2(owner.waitUntilReady(), owner.errors().constData());

    Session session(UserData::inMemory());
    MainWindow window(session);
    window.show();
    session.start();
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), Session::State::Ready, 30'000);
    const QString sender = session.senderAddress();
    QCOMPARE(sender, owner.text("sender"));
    auto *page = qobject_cast<FormPage *>(window.openCapability(*session.capability(QStringLiteral("text-analysis"))));
    QVERIFY(page);
    QCOMPARE(runToItsEnd(*page)->state(), RunController::State::Succeeded);

    QSignalSpy failed(&session, &Session::connectionFailed);
    QSignalSpy states(&session, &Session::stateChanged);
    QCOMPARE(owner.terminate(), 0);
    QTRY_VERIFY(!states.isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), Session::State::Ready, 30'000);
    QVERIFY(failed.isEmpty());
    QVERIFY(session.capability(QStringLiteral("text-analysis")));
    QCOMPARE(session.senderAddress(), sender);
    // The same page, the same purse: the next call needs nothing from the person.
    QCOMPARE(runToItsEnd(*page)->state(), RunController::State::Succeeded);
}

QTEST_MAIN(TestWindowJoinedSandbox)
#include "tst_window_joined_sandbox.moc"
