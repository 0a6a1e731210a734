#include "window_fixture_p.h"

#include "sluice/shell/profile_dialog.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/theme.h"

#include <QtTest/QtTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

using namespace sluice;
using namespace sluice::ui;

/// A person types a key, and then cancels the prompt of the keyring that was to take it. Runs under locked_keyring.py.
class TestWindowLockedKeyring : public QObject {
    Q_OBJECT
public:
    static void initMain() { qputenv("PATH", QByteArray(SLUICE_BIN_DIR ":") + qgetenv("PATH")); }

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_fixture.reset(); }

    void aSecretThatTheKeyringRefusedIsSaidWithWhatFollows_data();
    void aSecretThatTheKeyringRefusedIsSaidWithWhatFollows();

private:
    [[nodiscard]] InlineMessage *shownMessage() const;

    QTemporaryDir m_folder;
    std::unique_ptr<WindowFixture> m_fixture;
};

void TestWindowLockedKeyring::initTestCase()
{
    if (!qEnvironmentVariableIsSet("SLUICE_LOCKED_KEYRING"))
        QSKIP("needs the locked keyring of locked_keyring.py");
    qputenv("SLUICE_DATA_DIR", m_folder.path().toUtf8());
    Theme::apply(*qApp, Theme::Mode::Light);
    m_fixture = std::make_unique<WindowFixture>(UserData::inMemory());
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady(), 60'000);
}

InlineMessage *TestWindowLockedKeyring::shownMessage() const
{
    for (InlineMessage *message : m_fixture->window->findChildren<InlineMessage *>()) {
        if (message->isVisible() && !message->text().isEmpty())
            return message;
    }
    return nullptr;
}

void TestWindowLockedKeyring::aSecretThatTheKeyringRefusedIsSaidWithWhatFollows_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("secret");
    QTest::addColumn<QString>("said");
    QTest::newRow("key") << QStringLiteral("Sender key") << QStringLiteral("4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318")
                         << QStringLiteral("its sender key is not");
    QTest::newRow("token") << QStringLiteral("Token") << QStringLiteral("eyJzaWduZXIiOiJodHRwczovL3NpZ25lci5leGFtcGxlIn0=")
                           << QStringLiteral("its token is not");
}

void TestWindowLockedKeyring::aSecretThatTheKeyringRefusedIsSaidWithWhatFollows()
{
    QFETCH(QString, field);
    QFETCH(QString, secret);
    QFETCH(QString, said);
    Profile fresh;
    fresh.name = QStringLiteral("with a ") + field;
    fresh.local = false;
    fresh.setLivepeer({.orchUrls = {QStringLiteral("https://127.0.0.1:9")}});
    ProfileDialog dialog(*m_fixture->session, fresh);
    dialog.show();
    QLineEdit *line = nullptr;
    QPushButton *save = nullptr;
    for (QLineEdit *one : dialog.findChildren<QLineEdit *>())
        line = one->accessibleName() == field ? one : line;
    for (QPushButton *one : dialog.findChildren<QPushButton *>())
        save = one->text().contains(QStringLiteral("Save")) ? one : save;
    QVERIFY(line && save);
    QTest::keyClicks(line, secret);
    save->click();
    // The window says what was kept, what was not, and what follows; the network in use stays.
    QTRY_VERIFY_WITH_TIMEOUT(shownMessage() && shownMessage()->text().contains(said), 60'000);
    QVERIFY2(shownMessage()->text().contains(QStringLiteral("is saved")), qPrintable(shownMessage()->text()));
    QVERIFY2(shownMessage()->text().contains(QStringLiteral("enter it again")), qPrintable(shownMessage()->text()));
    QVERIFY2(!(shownMessage()->text() + shownMessage()->details()).contains(secret), "it never shows the secret itself");
    QVERIFY(m_fixture->session->profile().local);
    QVERIFY(m_fixture->isReady());
    const QList<Profile> known = m_fixture->session->profiles();
    QVERIFY(std::any_of(known.begin(), known.end(), [&](const Profile &one) { return one.name == fresh.name; }));
    // And offers the way back to where it is entered.
    for (QPushButton *button : shownMessage()->findChildren<QPushButton *>()) {
        if (button->text().contains(QStringLiteral("Edit the profile")))
            button->click();
    }
    auto *again = m_fixture->window->findChild<ProfileDialog *>();
    QVERIFY(again && again->windowTitle().contains(fresh.name));
    QVERIFY(!shownMessage() || !shownMessage()->text().contains(said));
    again->reject();
    QTRY_VERIFY(!m_fixture->window->findChild<ProfileDialog *>());
}

QTEST_MAIN(TestWindowLockedKeyring)
#include "tst_window_locked_keyring.moc"
