#include "window_run_p.h"

#include "peers/stock_node.h"

#include "sluice/codeview/code_view.h"
#include "sluice/forms/input_editor.h"
#include "sluice/backend/user_data.h"
#include "sluice/history/history_panel.h"
#include "sluice/picker/capability_dialog.h"
#include "sluice/picker/capability_keeper.h"
#include "sluice/picker/picker_panel.h"
#include "sluice/picker/schema_field.h"
#include "sluice/results/result_view.h"
#include "sluice/session/session.h"
#include "sluice/shell/command_palette.h"
#include "sluice/shell/live_page.h"
#include "sluice/shell/main_window.h"
#include "sluice/shell/profile_dialog.h"
#include "sluice/shell/status_strip.h"
#include "sluice/store/run_history.h"
#include "sluice/widgets/elided_label.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/theme.h"
#include "ui/ui_test_support.h"

#include <QtTest/QtTest>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>

using namespace sluice;
using namespace sluice::test;
using namespace sluice::ui;

/// The real window beside nodes that answer only what go-livepeer answers: nothing is listed, and yet everything can be done.
class TestWindowStockNode : public QObject {
    Q_OBJECT
public:
    static void initMain() { qunsetenv("DBUS_SESSION_BUS_ADDRESS"); } // found by QTEST_MAIN: keeps the keychain out

private Q_SLOTS:
    void initTestCase();
    void init();

    void aStockOrchestratorIsUsedFromTheProfileToTheNextStart();
    void aStockGatewayIsUsedTheSameWay();
    void mistakesAreSaidAtTheirFieldWhileTyping();
    void schemasComeFromAFileOrAnAddress();
    void namedCapabilitiesAreEditedRemovedAndShared();
    void theMarkInTheListIsTheTabs();
    void whatAnswersButIsNoNodeIsSaid();
    void profilesWithBrokenAddressesAreRefused();

private:
    struct WindowFixture {
        std::shared_ptr<UserData> data;
        std::unique_ptr<Session> session;
        std::unique_ptr<MainWindow> window;
        ~WindowFixture()
        {
            window.reset();
            session.reset();
        }
    };
    [[nodiscard]] std::unique_ptr<WindowFixture> makeWindow() const;
    /// A window that uses this profile, connected.
    [[nodiscard]] std::unique_ptr<WindowFixture> connectedTo(const StockOrchestrator &node) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

const QString reversal = QStringLiteral("text-reversal");
const QByteArray textSchema = "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\",\"title\":\"Words\"}},\"required\":[\"text\"]}";

template <typename Widget> Widget *named(QWidget &root, const QString &accessibleName)
{
    const auto all = root.findChildren<Widget *>();
    for (Widget *one : all) {
        if (one->accessibleName() == accessibleName)
            return one;
    }
    return nullptr;
}

QPushButton *button(QWidget &root, const QString &text)
{
    const auto all = root.findChildren<QPushButton *>();
    for (QPushButton *one : all) {
        if (one->isVisible() && QString(one->text()).remove(QLatin1Char('&')) == text)
            return one;
    }
    return nullptr;
}

bool shows(QWidget &root, const QString &text)
{
    const auto labels = root.findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
}

bool stripSays(MainWindow &window, const QString &text)
{
    const auto labels = window.findChild<StatusStrip *>()->findChildren<ElidedLabel *>();
    return std::any_of(labels.begin(), labels.end(), [&](const ElidedLabel *label) { return label->text().contains(text); });
}

/// Fills the profile dialog in and presses Save.
void addProfile(Session &session, MainWindow &window, const QString &kind, const QString &field, const QString &address)
{
    auto *dialog = new ProfileDialog(session, std::nullopt, &window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    named<QLineEdit>(*dialog, QStringLiteral("Name"))->setText(QStringLiteral("stock"));
    auto *ways = named<QComboBox>(*dialog, QStringLiteral("Livepeer"));
    ways->setCurrentIndex(ways->findText(kind, Qt::MatchContains));
    Q_EMIT ways->activated(ways->currentIndex());
    QTest::keyClicks(named<QLineEdit>(*dialog, field), address);
    button(*dialog, QStringLiteral("Save and use"))->click();
}

CapabilityDialog *openDialog(MainWindow &window)
{
    const auto all = window.findChildren<CapabilityDialog *>();
    for (CapabilityDialog *one : all) {
        if (one->isVisible())
            return one;
    }
    return nullptr;
}

void press(CapabilityDialog &dialog)
{
    dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Save)->click();
}

NamedCapability reversalAt(const QString &path)
{
    NamedCapability capability;
    capability.name = reversal;
    capability.verbs = {Verb::Run};
    capability.path = path;
    capability.examples = {{QStringLiteral("Example"), Json{{QStringLiteral("text"), "hello"}}}};
    return capability;
}

} // namespace

void TestWindowStockNode::initTestCase()
{
    Theme::apply(*qApp, Theme::Mode::Light);
}

void TestWindowStockNode::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("SLUICE_DATA_DIR", m_folder->path().toUtf8());
}

std::unique_ptr<TestWindowStockNode::WindowFixture> TestWindowStockNode::makeWindow() const
{
    auto fixture = std::make_unique<WindowFixture>();
    fixture->data = orThrow(UserData::open(m_folder->filePath(QStringLiteral("sluice.sqlite"))));
    fixture->session = std::make_unique<Session>(fixture->data);
    fixture->window = std::make_unique<MainWindow>(*fixture->session);
    fixture->window->show();
    return fixture;
}

std::unique_ptr<TestWindowStockNode::WindowFixture> TestWindowStockNode::connectedTo(const StockOrchestrator &node) const
{
    auto fixture = makeWindow();
    Profile profile;
    profile.name = QStringLiteral("stock");
    profile.local = false;
    profile.setLivepeer({.orchUrls = {node.url().toString()}});
    fixture->session->saveProfile(profile);
    if (!QTest::qWaitFor([&] { return fixture->session->state() == Session::State::Ready; }, 30'000))
        qWarning("not connected");
    return fixture;
}

void TestWindowStockNode::aStockOrchestratorIsUsedFromTheProfileToTheNextStart()
{
    StockOrchestrator node;
    node.registerCapability("text-reversal", stock_worker::reverse());
    node.registerCapability("stock-talk", stock_worker::chat({"Hello", "there."}));
    auto fixture = makeWindow();
    addProfile(*fixture->session, *fixture->window, QStringLiteral("Orchestrators"), QStringLiteral("Item 1 of Orchestrators, required"), node.url().toString());
    QTRY_COMPARE_WITH_TIMEOUT(fixture->session->state(), Session::State::Ready, 30'000);
    QVERIFY(stripSays(*fixture->window, QStringLiteral("connected · lists nothing: name capabilities by hand")));

    // The empty list offers the way out.
    PickerPanel &picker = fixture->window->picker();
    QTRY_VERIFY(button(picker, QStringLiteral("Add a capability…")));
    uitest::picture(*fixture->window, QStringLiteral("stock-node-empty"));
    button(picker, QStringLiteral("Add a capability…"))->click();
    QTRY_VERIFY(openDialog(*fixture->window));
    CapabilityDialog *dialog = openDialog(*fixture->window);
    QCOMPARE(uitest::controlsWithoutName(*dialog), QStringList());
    QTest::keyClicks(named<QLineEdit>(*dialog, QStringLiteral("Name")), reversal);
    QTest::keyClicks(named<QLineEdit>(*dialog, QStringLiteral("Path")), QStringLiteral("/predict"));
    named<QPlainTextEdit>(*dialog, QStringLiteral("Input schema"))->setPlainText(QString::fromUtf8(textSchema));
    named<QPlainTextEdit>(*dialog, QStringLiteral("Example"))->setPlainText(QStringLiteral("{\"text\":\"hello\"}"));
    uitest::picture(*dialog, QStringLiteral("stock-node-dialog"));
    press(*dialog);

    // It opens with its form and its example, runs, and is code and history.
    QTRY_VERIFY(qobject_cast<FormPage *>(fixture->window->currentPage()));
    auto *page = qobject_cast<FormPage *>(fixture->window->currentPage());
    QCOMPARE(page->capability().name, reversal);
    QVERIFY(shows(page->input(), QStringLiteral("Words")));
    QCOMPARE(runToItsEnd(*page)->state(), RunController::State::Succeeded);
    QCOMPARE(node.jobs(), QStringList(QStringLiteral("predict text-reversal")));
    QTRY_VERIFY(fixture->window->codeView().code().contains(reversal));
    QCOMPARE(fixture->data->history().pageSync({}, 0, 10).rows.size(), 1);
    QVERIFY(stripSays(*fixture->window, QStringLiteral("no list of its own")));

    // A name that is searched for in vain is offered, with the name filled in.
    auto *search = named<QLineEdit>(picker, QStringLiteral("Search capabilities"));
    QTest::keyClicks(search, QStringLiteral("stock-talk"));
    QTRY_VERIFY(button(picker, QStringLiteral("Add “stock-talk”…")));
    button(picker, QStringLiteral("Add “stock-talk”…"))->click();
    QTRY_VERIFY(openDialog(*fixture->window));
    dialog = openDialog(*fixture->window);
    QCOMPARE(named<QLineEdit>(*dialog, QStringLiteral("Name"))->text(), QStringLiteral("stock-talk"));
    named<QCheckBox>(*dialog, QStringLiteral("Run: one answer"))->setChecked(false);
    named<QCheckBox>(*dialog, QStringLiteral("Stream: an answer as it comes"))->setChecked(true);
    press(*dialog);
    QTRY_VERIFY(fixture->window->currentPage() && fixture->window->currentPage()->capability().name == QStringLiteral("stock-talk"));
    auto *talk = qobject_cast<FormPage *>(fixture->window->currentPage());
    QVERIFY(talk);
    const RunController *streamed = runToItsEnd(*talk);
    QVERIFY2(streamed->state() == RunController::State::Succeeded, qPrintable(streamed->error().describe()));
    QVERIFY(node.jobs().contains(QStringLiteral("stock-talk stock-talk")));
    QCOMPARE(fixture->data->history().pageSync({}, 0, 10).rows.size(), 2);
    uitest::picture(*fixture->window, QStringLiteral("stock-node-named"));

    // The next start finds all of it.
    fixture.reset();
    fixture = makeWindow();
    fixture->session->start();
    QTRY_COMPARE_WITH_TIMEOUT(fixture->session->state(), Session::State::Ready, 30'000);
    QTRY_COMPARE(fixture->session->capabilities().size(), 2);
    page = qobject_cast<FormPage *>(fixture->window->openCapability(*fixture->session->capability(reversal)));
    QVERIFY(page);
    QCOMPARE(runToItsEnd(*page)->state(), RunController::State::Succeeded);
    QCOMPARE(node.jobs().last(), QStringLiteral("predict text-reversal"));
    const auto runs = fixture->data->history().pageSync({}, 0, 10).rows;
    QCOMPARE(runs.size(), 3);
    Q_EMIT fixture->window->history().runPicked(*fixture->data->history().byIdSync(runs.last().id));
    QTRY_VERIFY(fixture->window->currentPage()->capability().name == reversal);
    QCOMPARE(fixture->window->currentPage()->call().path, QStringLiteral("predict"));
}

void TestWindowStockNode::aStockGatewayIsUsedTheSameWay()
{
    StockGateway node;
    node.registerCapability("text-reversal", stock_worker::reverse());
    const auto fixture = makeWindow();
    addProfile(*fixture->session, *fixture->window, QStringLiteral("gateway"), QStringLiteral("Gateway URL, required"), node.url().toString());
    QTRY_COMPARE_WITH_TIMEOUT(fixture->session->state(), Session::State::Ready, 30'000);
    QVERIFY(stripSays(*fixture->window, QStringLiteral("lists nothing")));
    fixture->session->nameCapabilities({reversalAt(QStringLiteral("predict"))});
    QTRY_VERIFY(fixture->session->capability(reversal));
    auto *page = qobject_cast<FormPage *>(fixture->window->openCapability(*fixture->session->capability(reversal)));
    QCOMPARE(runToItsEnd(*page)->state(), RunController::State::Succeeded);
    QCOMPARE(node.jobs(), QStringList(QStringLiteral("predict text-reversal")));
}

void TestWindowStockNode::mistakesAreSaidAtTheirFieldWhileTyping()
{
    StockOrchestrator node;
    const auto fixture = connectedTo(node);
    CapabilityDialog *dialog = fixture->window->picker().keeper().add();
    auto *name = named<QLineEdit>(*dialog, QStringLiteral("Name"));
    auto *path = named<QLineEdit>(*dialog, QStringLiteral("Path"));
    auto *schema = named<QPlainTextEdit>(*dialog, QStringLiteral("Input schema"));
    auto *example = named<QPlainTextEdit>(*dialog, QStringLiteral("Example"));
    QVERIFY2(!shows(*dialog, QStringLiteral("needs the name")), "nobody is told off before having typed");
    press(*dialog);
    QVERIFY(dialog->isVisible());
    QVERIFY(shows(*dialog, QStringLiteral("needs the name")));
    name->setText(reversal);
    QVERIFY(!shows(*dialog, QStringLiteral("needs the name")));
    for (const auto &[text, said] : {std::pair("../x", "steps out"), std::pair("predict?x=1", "query"), std::pair("https://h/x", "whole address")}) {
        path->setText(QString::fromLatin1(text));
        QVERIFY2(shows(*dialog, QString::fromLatin1(said)), text);
        press(*dialog);
        QVERIFY(dialog->isVisible());
        QCOMPARE(dialog->focusWidget(), path);
    }
    path->setText(QStringLiteral("predict"));
    for (const auto &[text, said] : {std::pair("{", "line 1"), std::pair("[]", "is an object"), std::pair("{\"text\":\"hello\"}", "no JSON Schema")}) {
        schema->setPlainText(QString::fromLatin1(text));
        QVERIFY2(dialog->schema().remark().contains(QString::fromLatin1(said)), qPrintable(dialog->schema().remark()));
    }
    schema->setPlainText(QString::fromUtf8(textSchema));
    QVERIFY(dialog->capability());
    example->setPlainText(QStringLiteral("{text"));
    QVERIFY(!dialog->capability());
    example->setPlainText(QStringLiteral("{\"words\":1}"));
    QVERIFY(shows(*dialog, QStringLiteral("does not fit the schema")));
    for (const char *kind : {"Run: one answer", "Stream: an answer as it comes", "Live: video or lines"})
        named<QCheckBox>(*dialog, QString::fromLatin1(kind))->setChecked(false);
    QVERIFY(shows(*dialog, QStringLiteral("at least one")));
    name->setText(QStringLiteral("live-video-to-video/noop"));
    QVERIFY(shows(*dialog, QStringLiteral("is live video")));
    press(*dialog);
    QTRY_VERIFY(qobject_cast<LivePage *>(fixture->window->currentPage()));
}

void TestWindowStockNode::schemasComeFromAFileOrAnAddress()
{
    StockOrchestrator node;
    ScriptedOrchestrator server;
    server.setPage("/schema", ScriptedOrchestrator::json(200, textSchema));
    server.setPage("/silent", ScriptedOrchestrator::hang());
    const auto fixture = connectedTo(node);
    CapabilityDialog *dialog = fixture->window->picker().keeper().add(reversal);
    SchemaField &field = dialog->schema();
    auto *address = named<QLineEdit>(field, QStringLiteral("Address of a schema"));

    address->setText(server.url().toString() + QStringLiteral("/silent"));
    button(field, QStringLiteral("Fetch"))->click();
    QVERIFY(field.isFetching());
    QTRY_COMPARE(server.requestCount(), 1);
    button(field, QStringLiteral("Stop"))->click();
    QTRY_VERIFY(!field.isFetching());
    QTRY_COMPARE(server.hangups(), 1);

    address->setText(server.url().toString() + QStringLiteral("/nothing"));
    button(field, QStringLiteral("Fetch"))->click();
    QTRY_VERIFY2(field.remark().contains(QStringLiteral("404")), qPrintable(field.remark()));
    address->setText(QStringLiteral("ftp://x"));
    button(field, QStringLiteral("Fetch"))->click();
    QVERIFY(field.remark().contains(QStringLiteral("no http or https address")));

    address->setText(server.url().toString() + QStringLiteral("/schema"));
    button(field, QStringLiteral("Fetch"))->click();
    QTRY_VERIFY2(field.schema() && field.schema()->contains(QStringLiteral("properties")), qPrintable(field.remark()));

    QFile file(m_folder->filePath(QStringLiteral("schema.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"type\":\"array\"}");
    file.close();
    field.takeFile(file.fileName());
    QCOMPARE(field.schema().valueOr(Json()).value(QStringLiteral("type")).toString(), QStringLiteral("array"));
    field.takeFile(QStringLiteral("/nowhere"));
    QVERIFY(field.remark().contains(QStringLiteral("cannot be read")));

    // Going away while an address is asked ends that too.
    address->setText(server.url().toString() + QStringLiteral("/silent"));
    button(field, QStringLiteral("Fetch"))->click();
    QTRY_VERIFY(field.isFetching());
    const int before = server.hangups();
    QTRY_VERIFY(server.requestCount() >= 4);
    dialog->reject();
    QTRY_COMPARE(server.hangups(), before + 1);
}

void TestWindowStockNode::namedCapabilitiesAreEditedRemovedAndShared()
{
    StockOrchestrator node;
    node.registerCapability("text-reversal", stock_worker::reverse());
    const auto fixture = connectedTo(node);
    CapabilityKeeper &keeper = fixture->window->picker().keeper();
    fixture->session->nameCapabilities({reversalAt(QStringLiteral("first"))});
    QTRY_VERIFY(fixture->session->capability(reversal));
    auto *page = qobject_cast<FormPage *>(fixture->window->openCapability(*fixture->session->capability(reversal)));
    QVERIFY(page);
    page->input().setValue(Json{{QStringLiteral("text"), "typed"}});

    // The open tab follows what is changed, and keeps what was typed.
    CapabilityDialog *dialog = keeper.edit(reversal);
    QCOMPARE(named<QLineEdit>(*dialog, QStringLiteral("Path"))->text(), QStringLiteral("first"));
    named<QLineEdit>(*dialog, QStringLiteral("Path"))->setText(QStringLiteral("second"));
    named<QPlainTextEdit>(*dialog, QStringLiteral("Input schema"))->setPlainText(QString::fromUtf8(textSchema));
    press(*dialog);
    QTRY_COMPARE(page->call().path, QStringLiteral("second"));
    QTRY_VERIFY(shows(page->input(), QStringLiteral("Words")));
    QCOMPARE(page->input().value().value(QStringLiteral("text")).toString(), QStringLiteral("typed"));
    QCOMPARE(runToItsEnd(*page)->state(), RunController::State::Succeeded);
    QCOMPARE(node.jobs(), QStringList(QStringLiteral("second text-reversal")));

    const QString file = m_folder->filePath(QStringLiteral("team.json"));
    keeper.shareTo(file, {});
    keeper.remove(reversal);
    QTRY_VERIFY(!fixture->session->capability(reversal));
    QTRY_VERIFY(button(fixture->window->picker(), QStringLiteral("Undo")));
    button(fixture->window->picker(), QStringLiteral("Undo"))->click();
    QTRY_VERIFY(fixture->session->capability(reversal));
    keeper.remove(reversal);
    QTRY_VERIFY(!fixture->session->capability(reversal));
    keeper.importFrom(file);
    QTRY_VERIFY(fixture->session->capability(reversal));
    QCOMPARE(fixture->session->capability(reversal)->path, QStringLiteral("second"));
    keeper.importFrom(QStringLiteral("/nowhere"));
    QVERIFY(shows(fixture->window->picker(), QStringLiteral("cannot be read")));

    // As another kind it needs another page, in the same place.
    NamedCapability live = reversalAt({});
    live.verbs = {Verb::Live};
    fixture->session->nameCapabilities({live});
    QTRY_VERIFY(qobject_cast<LivePage *>(fixture->window->currentPage()));

    // The palette has it too.
    fixture->window->showPalette();
    auto *query = fixture->window->palette().findChild<QLineEdit *>();
    QTest::keyClicks(query, QStringLiteral("add a capab"));
    QTest::keyClick(query, Qt::Key_Return);
    QTRY_VERIFY(openDialog(*fixture->window));
}

void TestWindowStockNode::theMarkInTheListIsTheTabs()
{
    StockOrchestrator node;
    const auto fixture = connectedTo(node);
    NamedCapability other = reversalAt({});
    other.name = QStringLiteral("other");
    fixture->session->nameCapabilities({reversalAt({}), other});
    QTRY_COMPARE(fixture->session->capabilities().size(), 2);
    fixture->window->openCapability(*fixture->session->capability(QStringLiteral("other")));
    PickerPanel &picker = fixture->window->picker();
    auto *list = named<QAbstractItemView>(picker, QStringLiteral("Capability list"));
    auto *search = named<QLineEdit>(picker, QStringLiteral("Search capabilities"));
    QCOMPARE(list->currentIndex().data().toString(), QStringLiteral("other"));
    QTest::keyClicks(search, reversal);
    QVERIFY(!list->currentIndex().isValid());
    search->clear();
    QCOMPARE(list->currentIndex().data().toString(), QStringLiteral("other"));
    fixture->session->refreshCapabilities();
    QSignalSpy listed(fixture->session.get(), &Session::capabilitiesChanged);
    QTRY_VERIFY(!listed.isEmpty());
    QCOMPARE(list->currentIndex().data().toString(), QStringLiteral("other"));
}

void TestWindowStockNode::whatAnswersButIsNoNodeIsSaid()
{
    ScriptedOrchestrator server;
    server.setTokenAnswer(ScriptedOrchestrator::plain(404, {{"Content-Type", "text/html"}}, "<html>Not Found</html>"));
    const auto fixture = makeWindow();
    addProfile(*fixture->session, *fixture->window, QStringLiteral("Orchestrators"), QStringLiteral("Item 1 of Orchestrators, required"), server.url().toString());
    QTRY_COMPARE_WITH_TIMEOUT(fixture->session->state(), Session::State::Failed, 30'000);
    QTRY_VERIFY(stripSays(*fixture->window, QStringLiteral("not as an orchestrator")));
    QVERIFY(!stripSays(*fixture->window, QStringLiteral("<html>")));
}

void TestWindowStockNode::profilesWithBrokenAddressesAreRefused()
{
    const auto fixture = makeWindow();
    for (const QString &address : {QStringLiteral("foo"), QStringLiteral("ftp://foo"), QStringLiteral("foo:8935"), QStringLiteral("https://")}) {
        addProfile(*fixture->session, *fixture->window, QStringLiteral("Orchestrators"), QStringLiteral("Item 1 of Orchestrators, required"), address);
        auto *dialog = fixture->window->findChild<ProfileDialog *>();
        QVERIFY2(dialog && dialog->isVisible(), qPrintable(address));
        QVERIFY2(shows(*dialog, address), qPrintable(address));
        delete dialog;
    }
}

QTEST_MAIN(TestWindowStockNode)
#include "tst_window_stock_node.moc"
