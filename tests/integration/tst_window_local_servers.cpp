#include "peers/openai_server.h"

#include "sluice/backend/user_data.h"
#include "sluice/forms/schema_form.h"
#include "sluice/gateway/profile_store.h"
#include "sluice/session/session.h"
#include "sluice/shell/local_servers_box.h"
#include "sluice/shell/profile_dialog.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/theme.h"

#include <QtTest/QtTest>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

using namespace sluice;
using namespace sluice::ui;
using sluice::test::OpenAiServer;
using Script = sluice::test::ScriptedOrchestrator;

namespace {

const QByteArray Models = R"({"object":"list","data":[{"id":"llama3.2:3b","object":"model","created":1,"owned_by":"library"},)"
                          R"({"id":"<b>qwen</b>","object":"model","created":1,"owned_by":"library"}]})";

QPushButton *buttonNamed(const QWidget &parent, const QString &name)
{
    for (QPushButton *button : parent.findChildren<QPushButton *>()) {
        if (button->accessibleName() == name && button->isVisible())
            return button;
    }
    return nullptr;
}

} // namespace

/// "Add a backend": servers on this machine are asked for when a person opens it, and added on a click.
class TestWindowLocalServers : public QObject {
    Q_OBJECT
public:
    static void initMain() { qunsetenv("DBUS_SESSION_BUS_ADDRESS"); } // secrets of a test must not reach anybody's keychain

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("SLUICE_DATA_DIR", m_folder.path().toUtf8());
        Theme::apply(*qApp, Theme::Mode::Light);
    }
    void init()
    {
        m_data = UserData::inMemory();
        m_session = std::make_unique<Session>(m_data);
        m_server = std::make_unique<OpenAiServer>();
        m_server->setPage("/v1/models", Script::json(200, Models));
        m_server->setPage("/api/version", Script::json(200, R"({"version":"0.5.7"})"));
        lookAt(QStringLiteral("Ollama=%1").arg(m_server->url().port()));
    }
    void cleanup()
    {
        m_session.reset();
        m_server.reset();
        qunsetenv("SLUICE_LOCAL_PORTS");
    }

    void nobodyIsAskedBeforeAPersonWantsIt();
    void oneClickAddsWhatWasFound();
    void aSandboxKeepsItsNetworkAndGetsTheModelsToo();
    void nothingFoundSaysWhatToDo();
    void theProgramsOwnEndpointIsNotAdded();
    void aMistakeInThePortsIsShown();
    void closingTheDialogEndsTheSearch();

private:
    static void lookAt(const QString &ports) { qputenv("SLUICE_LOCAL_PORTS", ports.toUtf8()); }
    [[nodiscard]] QString baseUrl() const { return m_server->url().toString() + QStringLiteral("/v1"); }
    static LocalServersBox &searched(ProfileDialog &dialog)
    {
        dialog.show();
        auto *box = dialog.findChild<LocalServersBox *>();
        QTest::mouseClick(buttonNamed(*box, QStringLiteral("Add a backend on this machine")), Qt::LeftButton);
        // Its rows are shown a moment after they were made.
        const auto rowsAreThere = [box] {
            const auto buttons = box->findChildren<QPushButton *>();
            const auto rows = std::count_if(buttons.begin(), buttons.end(), [](const QPushButton *one) { return one->isVisible() && one->text() == QStringLiteral("Add"); });
            return box->state() != LocalServersBox::State::Searching && rows == (box->state() == LocalServersBox::State::Found ? box->servers().size() : 0);
        };
        if (!QTest::qWaitFor(rowsAreThere, 10'000))
            qFatal("the search did not end");
        return *box;
    }

    QTemporaryDir m_folder;
    std::shared_ptr<UserData> m_data;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<OpenAiServer> m_server;
};

void TestWindowLocalServers::nobodyIsAskedBeforeAPersonWantsIt()
{
    ProfileDialog dialog(*m_session, std::nullopt);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    auto *box = dialog.findChild<LocalServersBox *>();
    QCOMPARE(box->state(), LocalServersBox::State::Closed);
    QVERIFY(m_server->gets().isEmpty());
}

void TestWindowLocalServers::oneClickAddsWhatWasFound()
{
    ProfileDialog dialog(*m_session, std::nullopt);
    LocalServersBox &box = searched(dialog);
    QCOMPARE(box.state(), LocalServersBox::State::Found);
    QCOMPARE(box.servers().size(), 1);
    QCOMPARE(box.servers().first().models.size(), 2);
    QPushButton *add = buttonNamed(box, QStringLiteral("Add Ollama 0.5.7"));
    QVERIFY(add);
    add->click();
    QTRY_VERIFY(buttonNamed(box, QStringLiteral("Ollama 0.5.7 is added")));
    QVERIFY(!buttonNamed(box, QStringLiteral("Ollama 0.5.7 is added"))->isEnabled());
    const Json value = dialog.findChild<SchemaForm *>()->value();
    QCOMPARE(value.find(QStringLiteral("/openai/base_url")).value_or(Json()).toString(), baseUrl());
    QCOMPARE(value.find(QStringLiteral("/openai/stream_usage")).value_or(Json()).toBool(), true); // as a new one begins
    QCOMPARE(dialog.focusWidget(), dialog.findChild<QLineEdit *>()); // its name, to be changed
    // The Livepeer settings that nobody had touched are gone, so that it can be saved at once.
    QCOMPARE(value.size(), 1);
    QSignalSpy accepted(&dialog, &QDialog::accepted);
    dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Save)->click();
    QCOMPARE(accepted.size(), 1);
    ProfileStore store(m_data);
    const auto saved = [&] {
        const QFuture<QList<Profile>> list = store.list();
        const bool read = QTest::qWaitFor([&] { return list.isFinished(); });
        const QList<Profile> all = read ? list.result() : QList<Profile>();
        const auto it = std::find_if(all.begin(), all.end(), [](const Profile &one) { return one.name == QLatin1String("Ollama"); });
        return it == all.end() ? QString() : it->backends.value(QStringLiteral("openai")).value(QStringLiteral("base_url")).toString();
    };
    QTRY_COMPARE(saved(), baseUrl());
    // And its models are what the session offers then.
    QTRY_VERIFY(m_session->capability(QStringLiteral("llama3.2:3b")).has_value());
    QVERIFY(m_server->posts().isEmpty());
}

void TestWindowLocalServers::aSandboxKeepsItsNetworkAndGetsTheModelsToo()
{
    Profile sandbox;
    sandbox.name = QStringLiteral("sandbox");
    ProfileDialog dialog(*m_session, sandbox);
    LocalServersBox &box = searched(dialog);
    QVERIFY(box.state() == LocalServersBox::State::Found);
    buttonNamed(box, QStringLiteral("Add Ollama 0.5.7"))->click();
    QTRY_COMPARE(dialog.findChild<SchemaForm *>()->value().find(QStringLiteral("/openai/base_url")).value_or(Json()).toString(), baseUrl());
    QVERIFY(dialog.findChild<QComboBox *>()->currentData().toBool()); // the local network, still
}

void TestWindowLocalServers::nothingFoundSaysWhatToDo()
{
    lookAt(QStringLiteral("1"));
    ProfileDialog dialog(*m_session, std::nullopt);
    LocalServersBox &box = searched(dialog);
    QCOMPARE(box.state(), LocalServersBox::State::Nothing);
    QString words;
    for (const QLabel *label : box.findChildren<QLabel *>())
        words += label->text();
    QVERIFY2(words.contains(QStringLiteral("Ollama")) && words.contains(QStringLiteral("search again")), qPrintable(words));
    // It came up meanwhile.
    lookAt(QStringLiteral("Ollama=%1").arg(m_server->url().port()));
    buttonNamed(box, QStringLiteral("Search again"))->click();
    QTRY_COMPARE(box.state(), LocalServersBox::State::Found);
}

void TestWindowLocalServers::theProgramsOwnEndpointIsNotAdded()
{
    m_server->setPage("/v1/models", Script::plain(200, {{"Content-Type", "application/json"}, {"Server", "Sluice"}, {"Content-Length", QByteArray::number(Models.size())}}, Models));
    ProfileDialog dialog(*m_session, std::nullopt);
    LocalServersBox &box = searched(dialog);
    QCOMPARE(box.servers().size(), 1);
    QVERIFY(box.servers().first().isSluice);
    QPushButton *add = buttonNamed(box, QStringLiteral("Add Sluice"));
    QVERIFY(add && !add->isEnabled() && add->toolTip().contains(QStringLiteral("circle")));
}

void TestWindowLocalServers::aMistakeInThePortsIsShown()
{
    lookAt(QStringLiteral("many"));
    ProfileDialog dialog(*m_session, std::nullopt);
    LocalServersBox &box = searched(dialog);
    QCOMPARE(box.state(), LocalServersBox::State::Failed);
    QVERIFY(box.findChild<InlineMessage *>()->text().contains(QStringLiteral("many")));
}

void TestWindowLocalServers::closingTheDialogEndsTheSearch()
{
    m_server->setPage("/v1/models", Script::hang());
    auto dialog = std::make_unique<ProfileDialog>(*m_session, std::nullopt);
    dialog->show();
    auto *box = dialog->findChild<LocalServersBox *>();
    buttonNamed(*box, QStringLiteral("Add a backend on this machine"))->click();
    QCOMPARE(box->state(), LocalServersBox::State::Searching);
    QTRY_COMPARE(m_server->gets().size(), 1);
    dialog.reset();
    QTest::qWait(0); // what is left of it would fall over here
}

QTEST_MAIN(TestWindowLocalServers)
#include "tst_window_local_servers.moc"
