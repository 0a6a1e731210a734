#include "peers/oauth_server.h"
#include "peers/scripted_orchestrator.h"

#include "sluice/backend/user_data.h"
#include "sluice/forms/schema_form.h"
#include "sluice/gateway/device_login.h"
#include "sluice/gateway/profile_store.h"
#include "sluice/network/candidate_model.h"
#include "sluice/network/network_panel.h"
#include "sluice/session/run_controller.h"
#include "sluice/session/session.h"
#include "sluice/shell/main_window.h"
#include "sluice/shell/profile_dialog.h"
#include "sluice/shell/sign_in_box.h"
#include "sluice/shell/sign_in_dialog.h"
#include "sluice/widgets/copy_button.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/theme.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QtTest>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>

using namespace sluice;
using namespace sluice::ui;
using sluice::test::OAuthServer;
using sluice::test::ScriptedOrchestrator;

namespace {

const QString Echo = QStringLiteral("echo");
constexpr qint64 Gwei = 1'000'000'000;

/// Where somebody who looks at the pictures wants them.
void picture(QWidget &widget, const char *name)
{
    const QString folder = qEnvironmentVariable("SLUICE_TEST_PICTURES");
    if (!folder.isEmpty())
        widget.grab().save(QStringLiteral("%1/%2.png").arg(folder, QLatin1String(name)));
}

} // namespace

/// The servers of a network in the window, and the sign-in at a clearinghouse.
class TestWindowNetwork : public QObject {
    Q_OBJECT
public:
    static void initMain() { qunsetenv("DBUS_SESSION_BUS_ADDRESS"); } // secrets of a test must not reach anybody's keychain

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("SLUICE_DATA_DIR", m_folder.path().toUtf8());
        Theme::apply(*qApp, qEnvironmentVariableIsSet("SLUICE_TEST_DARK") ? Theme::Mode::Dark : Theme::Mode::Light);
    }
    void init()
    {
        QFile::remove(MainWindow::settingsPath());
        m_data = UserData::inMemory();
        for (int i = 0; i < 3; ++i) {
            m_orchestrators.push_back(std::make_unique<ScriptedOrchestrator>());
            m_orchestrators.back()->setPrice((3 - i) * Gwei);
        }
    }
    void cleanup()
    {
        m_window.reset();
        m_session.reset();
        m_orchestrators.clear();
    }

    void serversAreListedWithWhatTheyAskAndWhy();
    void oneIsPinnedByAKeyAndTheCallGoesThere();
    void oneIsExcludedByTheMenuAndTakenInAgain();
    void aPinnedOneThatIsAwayIsToldAndTheCallFails();
    void columnsSortAndTheSelectionStays();
    void theOrderIsChosenAndKept();
    void whatIsShownComesAnewWithoutAskingForIt();
    void stateOfNothingAndOfTrouble();
    void everyControlHasANameAndIsReachedByKeys();
    void aCodeIsShownLargeAndTheSignInIsKept();
    void aSignInCanBeGivenUpAndAskedForAgain();
    void aRefusedSignInSaysSo();

private:
    [[nodiscard]] QUrl url(int i) const { return m_orchestrators[std::size_t(i)]->url(); }
    [[nodiscard]] Profile profile() const
    {
        Profile made;
        made.name = QStringLiteral("three");
        made.local = false;
        OrchestratorSettings settings;
        for (const auto &one : m_orchestrators)
            settings.orchUrls.append(one->url().toString());
        made.setLivepeer(settings);
        NamedCapability echo;
        echo.name = Echo;
        made.capabilities.append(echo);
        return made;
    }
    void open(const Profile &shown)
    {
        ProfileStore store(m_data);
        const auto saved = store.save(shown);
        QTRY_VERIFY(saved.isFinished());
        const auto current = store.setCurrent(shown.name);
        QTRY_VERIFY(current.isFinished());
        m_session = std::make_unique<Session>(m_data);
        m_window = std::make_unique<MainWindow>(*m_session);
        m_window->resize(1280, 800);
        m_window->show();
        m_session->start();
        QTRY_VERIFY_WITH_TIMEOUT(m_session->gateway() && m_session->state() != Session::State::Starting, 20'000);
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    NetworkPanel *servers()
    {
        QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        return m_window->findChild<NetworkPanel *>();
    }
    /// With all three in it.
    NetworkPanel *full()
    {
        open(profile());
        if (QTest::currentTestFailed() || !QTest::qWaitFor([&] { return !m_session->capabilities().isEmpty(); }, 10'000))
            return nullptr;
        NetworkPanel *panel = servers();
        return QTest::qWaitFor([&] { return panel->model().rowCount() == 3; }, 10'000) ? panel : nullptr;
    }
    [[nodiscard]] static QString cell(const NetworkPanel &panel, const QUrl &server, int column)
    {
        return panel.model().index(panel.model().rowOf(server), column).data(Qt::DisplayRole).toString();
    }
    [[nodiscard]] static Candidate of(const NetworkPanel &panel, const QUrl &server) { return panel.model().candidate(panel.model().rowOf(server)); }
    std::optional<Error> run()
    {
        Call call;
        call.capability = Echo;
        call.path = QStringLiteral("predict");
        call.input = Json{{QStringLiteral("text"), "hello"}};
        call.limits.maxPricePerSecond = QStringLiteral("0");
        RunController *made = m_session->execute(call);
        if (!QTest::qWaitFor([&] { return made->state() != RunController::State::Running; }, 20'000))
            return Error(Error::Kind::Internal, QStringLiteral("the run did not end"));
        return made->state() == RunController::State::Failed ? std::optional(made->error()) : std::nullopt;
    }
    void makeFree()
    {
        for (const auto &one : m_orchestrators)
            one->setPrice(0);
    }

    QTemporaryDir m_folder;
    std::shared_ptr<UserData> m_data;
    std::vector<std::unique_ptr<ScriptedOrchestrator>> m_orchestrators;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

void TestWindowNetwork::serversAreListedWithWhatTheyAskAndWhy()
{
    m_orchestrators[1]->setTokenAnswer(ScriptedOrchestrator::text(500, "<b>broken</b>"));
    m_orchestrators[2]->setCapacity(7);
    NetworkPanel *panel = full();
    QVERIFY(panel);
    QCOMPARE(panel->states().state(), StateView::State::Content);
    QCOMPARE(cell(*panel, url(0), CandidateModel::Place), QStringLiteral("asked first"));
    QVERIFY2(cell(*panel, url(0), CandidateModel::Price).contains(QStringLiteral("3 gwei")), qPrintable(cell(*panel, url(0), CandidateModel::Price)));
    QVERIFY(cell(*panel, url(0), CandidateModel::Why).contains(QStringLiteral("list")));
    QCOMPARE(cell(*panel, url(0), CandidateModel::Server), url(0).toString());
    QCOMPARE(cell(*panel, url(2), CandidateModel::Slots), QStringLiteral("7"));
    QCOMPARE(cell(*panel, url(1), CandidateModel::Place), QStringLiteral("away"));
    QCOMPARE(cell(*panel, url(1), CandidateModel::Price), QStringLiteral("–"));
    QVERIFY(cell(*panel, url(1), CandidateModel::Why).contains(QStringLiteral("500")));
    // Their words are words.
    QVERIFY(panel->model().index(panel->model().rowOf(url(1)), CandidateModel::Why).data(Qt::ToolTipRole).toString().contains(QStringLiteral("<b>broken</b>")));
    picture(*m_window, "network-listed");
}

void TestWindowNetwork::oneIsPinnedByAKeyAndTheCallGoesThere()
{
    makeFree();
    NetworkPanel *panel = full();
    QVERIFY(panel);
    panel->select(url(1));
    panel->table().setFocus();
    QTest::keyClick(&panel->table(), Qt::Key_P);
    QTRY_VERIFY(of(*panel, url(1)).isPinned);
    QCOMPARE(of(*panel, url(0)).standing, Candidate::Standing::NotPinned);
    QCOMPARE(m_session->profile().selection.pinned, url(1));
    QVERIFY(panel->selected() && panel->selected()->server == url(1));
    picture(*m_window, "network-pinned");
    const auto error = run();
    QVERIFY2(!error, error ? qPrintable(error->describe()) : "");
    QCOMPARE(m_orchestrators[1]->jobs().size(), 1);
    // It is in the stored profile: the next window has it, too.
    const auto stored = ProfileStore(m_data).list();
    QTRY_VERIFY(stored.isFinished());
    QCOMPARE(stored.result().last().selection.pinned, url(1));
    QTest::keyClick(&panel->table(), Qt::Key_P);
    QTRY_VERIFY(!of(*panel, url(1)).isPinned);
    QVERIFY(m_session->profile().selection.isEmpty());
    QVERIFY(!run());
    QCOMPARE(m_orchestrators[0]->jobs().size(), 1);
    // How it went is told.
    panel->refresh();
    QTRY_COMPARE(cell(*panel, url(1), CandidateModel::Success), QStringLiteral("1 of 1"));
}

void TestWindowNetwork::oneIsExcludedByTheMenuAndTakenInAgain()
{
    makeFree();
    NetworkPanel *panel = full();
    QVERIFY(panel);
    const auto choose = [&](const QString &word) {
        panel->select(url(0));
        const QModelIndex row = panel->table().selectionModel()->selectedRows().first();
        Q_EMIT panel->table().customContextMenuRequested(panel->table().visualRect(row).center());
        auto *menu = panel->findChild<QMenu *>();
        if (!menu)
            return false;
        picture(*menu, "network-menu");
        const QList<QAction *> actions = menu->actions();
        const auto found = std::find_if(actions.begin(), actions.end(), [&](QAction *one) { return QString(one->text()).remove(QLatin1Char('&')).contains(word); });
        if (found == actions.end())
            return false;
        (*found)->trigger();
        delete menu;
        return true;
    };
    QVERIFY(choose(QStringLiteral("Exclude")));
    QTRY_COMPARE(of(*panel, url(0)).standing, Candidate::Standing::Excluded);
    QVERIFY(!run());
    QCOMPARE(m_orchestrators[0]->jobs().size(), 0);
    QCOMPARE(m_orchestrators[1]->jobs().size(), 1);
    picture(*m_window, "network-excluded");
    QVERIFY(choose(QStringLiteral("again")));
    QTRY_VERIFY(of(*panel, url(0)).standing != Candidate::Standing::Excluded);
    QVERIFY(!run());
    QCOMPARE(m_orchestrators[0]->jobs().size(), 1);
}

void TestWindowNetwork::aPinnedOneThatIsAwayIsToldAndTheCallFails()
{
    makeFree();
    Profile shown = profile();
    shown.selection.pin(url(2));
    m_orchestrators[2]->setTokenAnswer(ScriptedOrchestrator::drop());
    open(shown);
    NetworkPanel *panel = servers();
    QTRY_COMPARE_WITH_TIMEOUT(panel->model().rowCount(), 3, 10'000);
    QCOMPARE(cell(*panel, url(2), CandidateModel::Place), QStringLiteral("pinned, away"));
    const auto error = run();
    QVERIFY(error);
    QCOMPARE(error->kind(), Error::Kind::NoOrchestrator);
    QVERIFY2(error->message().contains(QStringLiteral("pinned")), qPrintable(error->message()));
    QCOMPARE(m_orchestrators[0]->jobs().size() + m_orchestrators[1]->jobs().size(), 0);
}

void TestWindowNetwork::columnsSortAndTheSelectionStays()
{
    NetworkPanel *panel = full();
    QVERIFY(panel);
    panel->select(url(0));
    const auto first = [panel] { return panel->table().model()->index(0, CandidateModel::Server).data().toString(); };
    QCOMPARE(first(), url(0).toDisplayString());
    QHeaderView *header = panel->table().horizontalHeader();
    const QPoint price(header->sectionViewportPosition(CandidateModel::Price) + 8, header->height() / 2);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, Qt::NoModifier, price);
    QTRY_COMPARE(first(), url(2).toDisplayString());
    QVERIFY(panel->selected() && panel->selected()->server == url(0));
    QTest::mouseClick(header->viewport(), Qt::LeftButton, Qt::NoModifier, price);
    QTRY_COMPARE(first(), url(0).toDisplayString());
    panel->refresh();
    QTRY_VERIFY(panel->selected() && panel->selected()->server == url(0));
}

void TestWindowNetwork::theOrderIsChosenAndKept()
{
    NetworkPanel *panel = full();
    QVERIFY(panel);
    QComboBox *order = nullptr;
    for (QComboBox *box : panel->findChildren<QComboBox *>()) {
        if (box->accessibleName() == QStringLiteral("Order of asking"))
            order = box;
    }
    QVERIFY(order);
    const int best = order->findData(int(SelectionRules::Order::Best));
    order->setCurrentIndex(best);
    Q_EMIT order->activated(best);
    QTRY_COMPARE(of(*panel, url(2)).standing, Candidate::Standing::First); // the cheapest
    QCOMPARE(m_session->profile().selection.order, SelectionRules::Order::Best);
    QVERIFY(cell(*panel, url(2), CandidateModel::Why).contains(QStringLiteral("best")));
    picture(*m_window, "network-best");
}

void TestWindowNetwork::whatIsShownComesAnewWithoutAskingForIt()
{
    NetworkPanel *panel = full();
    QVERIFY(panel);
    const qsizetype asked = m_orchestrators[0]->tokenRequests().size();
    m_orchestrators[0]->setPrice(9 * Gwei);
    QTRY_VERIFY_WITH_TIMEOUT(cell(*panel, url(0), CandidateModel::Price).contains(QStringLiteral("9 gwei")), 20'000);
    QVERIFY(m_orchestrators[0]->tokenRequests().size() > asked);
    // Not while nobody sees it. The report with that price has come, so nothing is on its way.
    panel->hide();
    const qsizetype seen = m_orchestrators[0]->tokenRequests().size();
    panel->refresh();
    QCoreApplication::processEvents();
    QCOMPARE(m_orchestrators[0]->tokenRequests().size(), seen);
}

void TestWindowNetwork::stateOfNothingAndOfTrouble()
{
    const ScriptedOrchestrator gateway;
    Profile through = profile();
    OrchestratorSettings settings;
    settings.gatewayUrl = gateway.url().toString();
    through.setLivepeer(settings);
    open(through);
    NetworkPanel *panel = servers();
    QTRY_VERIFY_WITH_TIMEOUT(panel->states().state() == StateView::State::Empty, 10'000);
    picture(*m_window, "network-gateway");
    cleanup();
    init();
    Profile nowhere = profile();
    OrchestratorSettings gone;
    {
        const ScriptedOrchestrator discovery;
        gone.discoveryUrl = discovery.url().toString();
    }
    nowhere.setLivepeer(gone);
    open(nowhere);
    panel = servers();
    QTRY_VERIFY_WITH_TIMEOUT(panel->states().state() == StateView::State::Error || panel->states().state() == StateView::State::Empty, 10'000);
    picture(*m_window, "network-trouble");
}

void TestWindowNetwork::everyControlHasANameAndIsReachedByKeys()
{
    NetworkPanel *panel = full();
    QVERIFY(panel);
    panel->select(url(0));
    int buttons = 0;
    for (const QToolButton *button : panel->findChildren<QToolButton *>()) {
        if (!button->isVisible())
            continue;
        ++buttons;
        QVERIFY2(!button->accessibleName().isEmpty(), qPrintable(button->objectName()));
        QVERIFY2(!button->toolTip().isEmpty(), qPrintable(button->accessibleName()));
    }
    QVERIFY(buttons >= 4);
    for (const QComboBox *box : panel->findChildren<QComboBox *>())
        QVERIFY(!box->accessibleName().isEmpty() && (box->focusPolicy() & Qt::TabFocus));
    QVERIFY(!panel->table().accessibleName().isEmpty() && !panel->table().accessibleDescription().isEmpty());
    QTRY_VERIFY(panel->table().hasFocus()); // the way there ends at the list
    QTest::keyClick(&panel->table(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), url(0).toString());
    QTest::keyClick(&panel->table(), Qt::Key_X);
    QTRY_COMPARE(of(*panel, url(0)).standing, Candidate::Standing::Excluded);
}

namespace {

struct SignIn {
    SignIn(Session &session, const OAuthServer &house)
        : dialog(session, std::nullopt)
    {
        dialog.show();
        auto *form = dialog.findChild<SchemaForm *>();
        const Json settings{{QStringLiteral("signer_url"), "http://127.0.0.1:1"}, {QStringLiteral("issuer_url"), house.issuer()}, {QStringLiteral("client_id"), "sluice"}};
        form->setValue(Json{{QStringLiteral("byoc"), settings}});
        box = dialog.findChild<SignInBox *>();
        Q_EMIT form->valueChanged(form->value());
    }
    SignInDialog *open()
    {
        QTest::mouseClick(&box->button(), Qt::LeftButton);
        return box->dialog();
    }
    ProfileDialog dialog;
    SignInBox *box;
};

} // namespace

void TestWindowNetwork::aCodeIsShownLargeAndTheSignInIsKept()
{
    OAuthServer house;
    m_session = std::make_unique<Session>(m_data);
    SignIn at(*m_session, house);
    QVERIFY(at.box->isVisible());
    picture(at.dialog, "profile-sign-in");
    QPointer<SignInDialog> dialog = at.open();
    QVERIFY(dialog);
    QTRY_COMPARE(dialog->states().state(), StateView::State::Content);
    QCOMPARE(dialog->shownCode().toLatin1(), house.userCode());
    QLabel *code = nullptr;
    for (QLabel *label : dialog->findChildren<QLabel *>()) {
        if (label->text() == dialog->shownCode())
            code = label;
    }
    QVERIFY(code && code->font().pixelSize() >= 30);
    QVERIFY(code->accessibleName().contains(dialog->shownCode()));
    const auto copies = dialog->findChildren<CopyButton *>();
    const auto copy = std::find_if(copies.begin(), copies.end(), [](const CopyButton *one) { return one->isVisible(); });
    QVERIFY(copy != copies.end());
    QTest::mouseClick(*copy, Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text().toLatin1(), house.userCode());
    const auto bars = dialog->findChildren<QProgressBar *>();
    QVERIFY(std::any_of(bars.begin(), bars.end(), [](const QProgressBar *bar) { return bar->isVisible() && bar->value() > 0; }));
    picture(*dialog, "sign-in-code");
    house.approve();
    QTRY_VERIFY_WITH_TIMEOUT(!dialog, 10'000);
    QVERIFY2(at.box->words().contains(QStringLiteral("127.0.0.1")), qPrintable(at.box->words()));
    QCOMPARE(DeviceLogin::kept(at.box->login()).host, QStringLiteral("127.0.0.1"));
    picture(at.dialog, "profile-signed-in");
}

void TestWindowNetwork::aSignInCanBeGivenUpAndAskedForAgain()
{
    OAuthServer house;
    m_session = std::make_unique<Session>(m_data);
    SignIn at(*m_session, house);
    QPointer<SignInDialog> dialog = at.open();
    QTRY_COMPARE(dialog->states().state(), StateView::State::Content);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!dialog);
    QVERIFY(at.box->login().isEmpty());
    QVERIFY(at.dialog.isVisible());
    dialog = at.open();
    QTRY_COMPARE(dialog->states().state(), StateView::State::Content);
    // Closing the dialog beneath it ends it, too.
    at.dialog.close();
}

void TestWindowNetwork::aRefusedSignInSaysSo()
{
    OAuthServer house;
    house.deny();
    m_session = std::make_unique<Session>(m_data);
    SignIn at(*m_session, house);
    QPointer<SignInDialog> dialog = at.open();
    QTRY_COMPARE_WITH_TIMEOUT(dialog->states().state(), StateView::State::Error, 10'000);
    picture(*dialog, "sign-in-refused");
    QVERIFY(at.box->login().isEmpty());
    // Another server's words are plain.
    OAuthServer liar;
    liar.answerRoute("/device", 400, R"({"error":"x","error_description":"<img src='http://elsewhere/'>"})");
    SignIn other(*m_session, liar);
    dialog = other.open();
    QTRY_COMPARE_WITH_TIMEOUT(dialog->states().state(), StateView::State::Error, 10'000);
    QVERIFY(dialog->findChild<InlineMessage *>()->text().contains(QStringLiteral("<img")));
}

QTEST_MAIN(TestWindowNetwork)
#include "tst_window_network.moc"
