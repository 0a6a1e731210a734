#include "sandbox_process_p.h"
#include "window_run_p.h"

#include "sluice/forms/input_editor.h"
#include "sluice/backend/user_data.h"
#include "sluice/results/result_view.h"
#include "sluice/session/session.h"
#include "sluice/shell/main_window.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/theme.h"

#include <QtTest/QtTest>
#include <QtWidgets/QPushButton>

using namespace sluice;
using namespace sluice::ui;

/// An orchestrator answers under its old address with another certificate: refused until a person agrees, and then only
/// for the key that was shown.
class TestWindowChangedKey : public QObject {
    Q_OBJECT
public:
    static void initMain() { qunsetenv("DBUS_SESSION_BUS_ADDRESS"); } // found by QTEST_MAIN: keeps the keychain out

private Q_SLOTS:
    void changedKeyIsRefusedUntilItIsAccepted();

private:
    /// The message that says what happened, as long as one shows.
    [[nodiscard]] static InlineMessage *warning(const MainWindow &window);
    [[nodiscard]] static QPushButton *trustButton(const MainWindow &window);
};

InlineMessage *TestWindowChangedKey::warning(const MainWindow &window)
{
    const auto messages = window.findChildren<InlineMessage *>();
    for (InlineMessage *message : messages) {
        const auto buttons = message->findChildren<QPushButton *>();
        for (const QPushButton *button : buttons) {
            if (message->isVisible() && button->isVisible() && button->text() == QStringLiteral("Trust the new key"))
                return message;
        }
    }
    return nullptr;
}

QPushButton *TestWindowChangedKey::trustButton(const MainWindow &window)
{
    InlineMessage *message = warning(window);
    if (!message)
        return nullptr;
    const auto buttons = message->findChildren<QPushButton *>();
    const auto it = std::find_if(buttons.begin(), buttons.end(), [](const QPushButton *button) { return button->isVisible(); });
    return it == buttons.end() ? nullptr : *it;
}

void TestWindowChangedKey::changedKeyIsRefusedUntilItIsAccepted()
{
    Theme::apply(*qApp, Theme::Mode::Light);
    const Workplace place;
    qputenv("SLUICE_DATA_DIR", place.path(QStringLiteral("window")).toUtf8());
    auto first = std::make_unique<SandboxProcess>(place, QStringList(), QStringLiteral("first.sqlite"));
    QVERIFY2(first->waitUntilReady(), first->errors().constData());
    const QUrl address = first->orchestrator();
    QByteArray key = first->text("sender_key").toLatin1();

    const auto data = UserData::inMemory();
    Session session(data);
    MainWindow window(session);
    window.show();
    Profile profile;
    profile.name = QStringLiteral("mine");
    profile.local = false;
    profile.setLivepeer({.orchUrls = {address.toString()}});
    const QString sender = first->text("sender");
    session.saveProfile(profile, {{QStringLiteral("/byoc/sender_key"), Secret::take(key)}});
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), Session::State::Ready, 30'000);
    QTRY_VERIFY(session.capability(QStringLiteral("text-analysis")));
    auto *page = qobject_cast<FormPage *>(window.openCapability(*session.capability(QStringLiteral("text-analysis"))));
    QVERIFY(page);
    QCOMPARE(runToItsEnd(*page)->state(), RunController::State::Succeeded);
    QVERIFY(!warning(window));

    // Another network takes over the address: another certificate, the same sender funded.
    QCOMPARE(first->terminate(), 0);
    first.reset();
    SandboxProcess second(place,
        {QStringLiteral("--port"), QString::number(address.port()), QStringLiteral("--fund"), session.senderAddress()},
        QStringLiteral("second.sqlite"));
    QVERIFY2(second.waitUntilReady(), second.errors().constData());
    QCOMPARE(second.orchestrator(), address);

    // Refused, as often as one asks, where one looks: in the answer, and above the workbench with what to do.
    for (int attempt = 0; attempt < 2; ++attempt) {
        const RunController *run = runToItsEnd(*page);
        QCOMPARE(run->state(), RunController::State::Failed);
        QCOMPARE(run->error().kind(), Error::Kind::TlsChanged);
        QVERIFY(run->payment().tickets.isEmpty());
        QTRY_VERIFY(warning(window));
    }
    const QRegularExpression fingerprint(QStringLiteral("[0-9a-f]{64}"));
    QList<InlineMessage *> shown = page->result().findChildren<InlineMessage *>();
    shown.removeIf([](const InlineMessage *message) { return !message->isVisible(); });
    QCOMPARE(shown.size(), 1);
    shown << warning(window);
    for (const InlineMessage *message : std::as_const(shown)) {
        QSet<QString> seen;
        auto matches = fingerprint.globalMatch(message->text() + message->details());
        while (matches.hasNext())
            seen.insert(matches.next().captured());
        QVERIFY2(seen.size() == 2, qPrintable(message->text() + message->details()));
    }
    // Putting the message away is no consent.
    warning(window)->clear();
    QCOMPARE(runToItsEnd(*page)->error().kind(), Error::Kind::TlsChanged);
    QTRY_VERIFY(trustButton(window));

    trustButton(window)->click();
    QTRY_VERIFY_WITH_TIMEOUT(!warning(window) && session.state() == Session::State::Ready, 30'000);
    const RunController *run = runToItsEnd(*page);
    QVERIFY2(run->state() == RunController::State::Succeeded, qPrintable(run->error().describe()));
    QVERIFY(!run->payment().tickets.isEmpty());
    QVERIFY(!warning(window));
}

QTEST_MAIN(TestWindowChangedKey)
#include "tst_window_changed_key.moc"
