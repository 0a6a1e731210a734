#include "window_fixture_p.h"

#include "sluice/accounts/account_amount.h"
#include "sluice/accounts/account_rows.h"
#include "sluice/accounts/accounts_panel.h"
#include "sluice/accounts/amount_bar.h"
#include "sluice/accounts/cell_table.h"
#include "sluice/accounts/paying_view.h"
#include "sluice/accounts/selling_view.h"
#include "sluice/base/task.h"
#include "sluice/chat/chat_composer.h"
#include "sluice/chat/chat_pane.h"
#include "sluice/chat/chat_transcript.h"
#include "sluice/forms/input_editor.h"
#include "sluice/net/http_server.h"
#include "sluice/results/result_view.h"
#include "sluice/shell/chat_page.h"
#include "sluice/shell/command_palette.h"
#include "sluice/shell/form_page.h"
#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/state_view.h"
#include "sluice/zerog/local_ledger.h"
#include "sluice/zerog/provider_agent.h"
#include "sluice/zerog/user_agent.h"

#include <QtGui/QClipboard>
#include <QtTest/QtTest>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabWidget>

using namespace sluice;
using namespace sluice::ui;

namespace {

const QString Zerog = QStringLiteral("zerog");
const QString Nothing = QStringLiteral("0");

/// Both agents on a ledger of their own, with a short lock time.
struct Agents {
    Agents()
    {
        const QString ledger = folder.filePath(QStringLiteral("ledger.db"));
        {
            const auto made = orThrow(zerog::LocalLedger::open(ledger));
            zerog::LocalLedger::Genesis genesis;
            genesis.lockTime = 2;
            genesis.owner = sellerKey.address();
            genesis.wallets = {{userKey.address(), U256(5000)}};
            const QFuture<void> done = toFuture(initialize(made.get(), genesis));
            if (!QTest::qWaitFor([&] { return done.isFinished(); }, 10'000))
                throw Error(Error::Kind::Internal, QStringLiteral("the ledger was not made"));
        }
        zerog::ProviderAgentOptions selling(sellerKey);
        selling.ledger = zerog::ledgerFile(ledger);
        selling.stateFile = folder.filePath(QStringLiteral("provider.db"));
        provider = std::make_unique<zerog::ProviderAgent>(io, selling);
        providerUrl = orThrow(provider->listen());
        zerog::UserAgentOptions paying(userKey);
        paying.ledger = zerog::ledgerFile(ledger);
        paying.stateFile = folder.filePath(QStringLiteral("user.db"));
        user = std::make_unique<zerog::UserAgent>(io, paying);
        userUrl = orThrow(user->listen());
    }
    static QCoro::Task<void> initialize(zerog::LocalLedger *ledger, zerog::LocalLedger::Genesis genesis)
    {
        const zerog::Settled<void> done = co_await ledger->initialize(genesis);
        if (!done)
            throw done.error().toError();
    }
    [[nodiscard]] QString seller() const { return sellerKey.address().toChecksum(); }

    QTemporaryDir folder;
    IoThread io;
    const PrivateKey sellerKey = PrivateKey::generate();
    const PrivateKey userKey = PrivateKey::generate();
    std::unique_ptr<zerog::ProviderAgent> provider;
    std::unique_ptr<zerog::UserAgent> user;
    QUrl providerUrl;
    QUrl userUrl;
};

/// What a user agent that lies would list: a call with the signature of vector 1 (zerog-serving.md 8), and the same with another fee's count.
boost::asio::awaitable<void> lie(ServerRequest request, ServerResponse &response)
{
    const QByteArray signature = "0xc3dfe1dd7427b9206f25cf9299b8ec444c0879b3ba44ad8be474c2e7ae11e30a569dd9a75eea993ffb344fa43160ce9716fb30c576065df33942090cda2e13ce1b";
    const QByteArray provider = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
    const auto row = [&](const QByteArray &nonce, const QByteArray &count) {
        return R"({"createdAt":"2024-08-22T06:38:52Z","providerAddress":")" + provider + R"(","nonce":)" + nonce + R"(,"serviceName":"llama7b","inputCount":)" + count
            + R"(,"previousOutputCount":0,"signature":")" + signature + R"(","fee":5,"state":"done"})";
    };
    QByteArray body = R"({"metadata":{"total":0},"items":[]})";
    if (request.path == "/v1/request")
        body = R"({"metadata":{"total":2},"items":[)" + row("2", "5") + "," + row("3", "6") + "]}";
    else if (request.path == "/v1/ledger")
        body = R"({"user":"0x70997970C51812dc3A010C7d01b50e0d17dc79C8","wallet":1,"lockTime":1,"now":1})";
    Headers head = headers::contentType("application/json");
    co_await response.send(200, std::move(head), std::move(body));
}

} // namespace

/// 0G in the window: chat and storage through the user agent, the accounts that pay for them, and the provider's side.
class TestWindowAccounts : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { openNetwork(); }
    void cleanupTestCase() { m_network.reset(); }
    void init() { openWindow(); }
    void cleanup()
    {
        if (m_fixture && !m_fixture->session->profile().local)
            m_fixture->session->switchProfile(QStringLiteral("sandbox"));
        m_fixture.reset();
    }

    void theAccountIsThereWithItsServicesAndExactAmounts();
    void aChatIsPaidFromItSignedAndSettled();
    void aFileIsStoredAndFetched();
    void depositsAndRefundsMoveExactlyWhatWasAgreedTo();
    void aRefundThatIsDueIsPaidOut();
    void aSignatureThatDoesNotCheckIsSaid();
    void withoutAProviderAgentNothingOfSellingIsShown();
    void anAgentThatIsNotThereIsSaidWithWhatToDo();
    void whatWasAskedForGoesWithTheConnection();
    void everyControlHasANameAndIsReachedByKeys();

private:
    AccountsPanel *opened() const
    {
        QTest::keyClick(m_fixture->window.get(), Qt::Key_U, Qt::ControlModifier);
        return m_fixture->window->findChild<AccountsPanel *>();
    }
    [[nodiscard]] QString setting(const char *key) const { return m_fixture->session->inUse().backends.value(Zerog).text(QLatin1String(key)); }
    [[nodiscard]] QString sold(const char *service) const { return QStringLiteral("%1@%2").arg(setting(service), setting("provider")); }
    void useAgents(const QUrl &user, const QUrl &provider)
    {
        Profile profile;
        profile.name = QStringLiteral("agents");
        profile.local = false;
        Json settings{{QStringLiteral("user_agent"), user.toString()}};
        if (!provider.isEmpty())
            settings.insert(QStringLiteral("provider_agent"), provider.toString());
        profile.backends.insert(Zerog, settings);
        m_fixture->session->saveProfile(profile);
        QTRY_VERIFY_WITH_TIMEOUT(!m_fixture->session->profile().local && m_fixture->session->gateway(), 20'000);
    }
    static void agree(const AccountsPanel &panel)
    {
        for (auto *button : panel.message().findChildren<QPushButton *>()) {
            if (button->isVisibleTo(&panel.message()))
                button->click();
        }
    }
    static QString balance(const AccountsPanel &panel, const QString &provider)
    {
        const RemoteAccount *account = panel.paying().book().at(provider);
        return account ? account->balance : QString();
    }
    /// Types an amount into the bar and goes on.
    static void typeAmount(const AccountsPanel &panel, const QString &amount, int unit)
    {
        panel.amountBar().unit().setCurrentIndex(unit);
        panel.amountBar().field().setText(amount);
        QTest::keyClick(&panel.amountBar().field(), Qt::Key_Return);
    }
    static Json rpc(const char *method, const Json &parameters)
    {
        return Json{{QStringLiteral("jsonrpc"), QStringLiteral("2.0")}, {QStringLiteral("id"), 1}, {QStringLiteral("method"), QString(QLatin1String(method))}, {QStringLiteral("params"), parameters}};
    }
};

void TestWindowAccounts::theAccountIsThereWithItsServicesAndExactAmounts()
{
    AccountsPanel *panel = opened();
    QVERIFY(panel && panel->isVisible());
    QTRY_COMPARE(panel->states().state(), StateView::State::Content);
    const QString provider = setting("provider");
    CellTable &providers = panel->paying().providers();
    QTRY_COMPARE(providers.cells().rowCount(), 1);
    QCOMPARE(providers.selectedKey(), provider);
    QCOMPARE(providers.cells().cell(0, 3).text, balance(*panel, provider) + QStringLiteral(" neuron"));
    QCOMPARE(panel->paying().services().cells().rowCount(), 2);
    QStringList prices;
    for (int row = 0; row < 2; ++row)
        prices.append(panel->paying().services().cells().cell(row, 2).text);
    QVERIFY2(prices.contains(QStringLiteral("1 neuron per word")) && prices.contains(QStringLiteral("1 neuron per byte")), qPrintable(prices.join(QLatin1Char(';'))));
    // Ctrl+C copies what stands there, whole.
    providers.setCurrentIndex(providers.model()->index(0, 0));
    QTest::keyClick(&panel->paying().providers(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), provider);
    // Once more: the same tab. And the palette knows it.
    auto *tabs = m_fixture->window->findChild<QTabWidget *>();
    const int count = tabs->count();
    QCOMPARE(opened(), panel);
    QCOMPARE(tabs->count(), count);
}

void TestWindowAccounts::aChatIsPaidFromItSignedAndSettled()
{
    auto *page = qobject_cast<ChatPage *>(m_fixture->open(sold("service")));
    QVERIFY(page);
    page->chat().composer().setText(QStringLiteral("How does a payment ticket work?"));
    QTest::keyClick(page->chat().composer().editor(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(!page->chat().isBusy() && page->currentRun() && page->currentRun()->state() != RunController::State::Running, 30'000);
    const ChatTurn turn = page->chat().transcript().turns().last();
    QVERIFY2(!turn.error, turn.error ? qPrintable(turn.error->describe()) : "");
    QVERIFY(turn.text.contains(QStringLiteral("ticket")));
    AccountsPanel *panel = opened();
    const CellTable &requests = panel->paying().requests();
    QTRY_VERIFY(requests.cells().rowCount() > 0);
    QCOMPARE(requests.cells().cell(0, 1).text, setting("service"));
    QCOMPARE(requests.cells().cell(0, 4).text, QStringLiteral("checks"));
    QCOMPARE(requests.cells().cell(0, 5).text, QStringLiteral("answered"));
    QCOMPARE(requests.cells().cell(0, 6).text, QStringLiteral("6")); // words of the question
    // The provider's side has the same call, and what it is owed.
    QVERIFY(panel->sells());
    panel->showSelling();
    const SellingView &selling = panel->selling();
    QTRY_VERIFY(selling.calls().cells().rowCount() > 0);
    QCOMPARE(selling.calls().cells().cell(0, 1).copy, panel->paying().book().owner);
    QCOMPARE(selling.calls().cells().cell(0, 4).text, QStringLiteral("checks"));
    QCOMPARE(selling.book().provider, setting("provider"));
    // The sandbox settles by itself, too, when somebody may not be able to pay, which is not so here.
    const QString owed = selling.book().unsettled;
    QVERIFY(account_amount::compare(owed, Nothing) > 0);
    const QString before = balance(*panel, setting("provider"));
    const QString wallet = selling.book().wallet;
    selling.settleButton().click();
    QVERIFY(panel->message().isVisible());
    QVERIFY2(panel->message().text().contains(owed + QStringLiteral(" neuron")), qPrintable(panel->message().text()));
    QCOMPARE(balance(*panel, setting("provider")), before); // nothing yet
    agree(*panel);
    QTRY_VERIFY_WITH_TIMEOUT(panel->message().severity() == InlineMessage::Severity::Success && !panel->isBusy(), 20'000);
    QVERIFY2(panel->message().text().contains(owed + QStringLiteral(" neuron")), qPrintable(panel->message().text()));
    QTRY_COMPARE(balance(*panel, setting("provider")), account_amount::difference(before, owed));
    QTRY_COMPARE(selling.book().unsettled, Nothing);
    QCOMPARE(selling.book().wallet, account_amount::sum(wallet, owed));
    QVERIFY(!selling.settleButton().isEnabled());
    QCOMPARE(selling.settlements().cells().cell(0, 1).copy, owed);
    QTRY_COMPARE(requests.cells().cell(0, 3).text, QStringLiteral("settled"));
    QCOMPARE(selling.calls().cells().cell(0, 5).text, QStringLiteral("settled"));
}

void TestWindowAccounts::aFileIsStoredAndFetched()
{
    FormPage *page = form(sold("storage_service"));
    QVERIFY(page);
    QByteArray file;
    for (int i = 0; i < 3000; ++i)
        file.append(char(i * 7));
    page->input().setValue(rpc("zgs_uploadSegment", Json::array({Json{{QStringLiteral("data"), QString::fromLatin1(file.toBase64())}}})));
    QVERIFY(page->input().validate().isEmpty());
    RunController *run = runToItsEnd(*page);
    QCOMPARE(run->state(), RunController::State::Succeeded);
    const Json stored = orThrow(Json::parse(run->result().content));
    const QString root = stored.find(QStringLiteral("/result/root")).value_or(Json()).toString();
    QCOMPARE(root.size(), 66);
    page->input().setValue(rpc("zgs_downloadSegment", Json::array({Json(root), Json(0), Json(1)})));
    QVERIFY(page->input().validate().isEmpty());
    QCOMPARE(runToItsEnd(*page)->state(), RunController::State::Succeeded);
    QTRY_COMPARE(page->result().data().body, file); // the file itself, to be seen and saved
    QVERIFY(!page->result().data().notes.isEmpty());
    // Nobody has stored that one.
    page->input().setValue(rpc("zgs_downloadSegment", Json::array({Json(QStringLiteral("0x") + QString(64, QLatin1Char('1'))), Json(0), Json(1)})));
    QCOMPARE(runToItsEnd(*page)->state(), RunController::State::Succeeded);
    QTRY_VERIFY(page->result().data().body.contains("null"));
    // Bytes are counted: what was sent and what came are in the list.
    AccountsPanel *panel = opened();
    QTRY_VERIFY(panel->paying().requests().cells().rowCount() >= 3);
    QCOMPARE(panel->paying().requests().cells().cell(0, 1).text, setting("storage_service"));
    QVERIFY(panel->paying().requests().cells().cell(1, 7).text.toInt() > 0);
}

void TestWindowAccounts::depositsAndRefundsMoveExactlyWhatWasAgreedTo()
{
    Agents agents;
    useAgents(agents.userUrl, {});
    AccountsPanel *panel = opened();
    QTRY_COMPARE(panel->states().state(), StateView::State::Content);
    // Nobody sells there yet, so that nothing can be chosen; with the address of somebody it is the same way.
    QVERIFY(!panel->paying().depositButton().isEnabled());
    panel->deposit(agents.seller());
    typeAmount(*panel, QStringLiteral("0.000000000000001"), 0);
    QVERIFY(panel->message().isVisible());
    QVERIFY2(panel->message().text().contains(QStringLiteral("1000 neuron")) && panel->message().text().contains(agents.seller()), qPrintable(panel->message().text()));
    panel->message().clear(); // no
    Q_EMIT panel->message().dismissed();
    panel->refresh();
    QTRY_VERIFY(panel->paying().book().accounts.isEmpty() && !panel->isBusy());
    panel->deposit(agents.seller());
    typeAmount(*panel, QStringLiteral("1000"), 1);
    agree(*panel);
    QTRY_COMPARE(balance(*panel, agents.seller()), QStringLiteral("1000"));
    QCOMPARE(panel->paying().book().wallet, QStringLiteral("4000"));
    // The second is a charge.
    QTRY_VERIFY(panel->paying().depositButton().isEnabled());
    panel->paying().depositButton().click();
    QTRY_VERIFY(panel->amountBar().isVisible());
    typeAmount(*panel, QStringLiteral("234"), 1);
    agree(*panel);
    QTRY_COMPARE(balance(*panel, agents.seller()), QStringLiteral("1234"));
    // More than is free cannot be asked for, and less is told to the last neuron.
    QTRY_VERIFY(panel->paying().refundButton().isEnabled());
    panel->paying().refundButton().click();
    typeAmount(*panel, QStringLiteral("1235"), 1);
    QVERIFY(panel->amountBar().isVisible() && !panel->amountBar().button().isEnabled());
    typeAmount(*panel, QStringLiteral("34"), 1);
    QVERIFY2(panel->message().text().contains(QStringLiteral("34 neuron")), qPrintable(panel->message().text()));
    agree(*panel);
    QTRY_COMPARE(panel->paying().refunds().cells().rowCount(), 1);
    QCOMPARE(panel->paying().refunds().cells().cell(0, 2).text, QStringLiteral("34 neuron"));
    QCOMPARE(panel->paying().freeAt(agents.seller()), QStringLiteral("1200"));
    QCOMPARE(balance(*panel, agents.seller()), QStringLiteral("1234")); // until its time is over
    // More than the wallet has is the ledger's to refuse, and is said.
    QTRY_VERIFY(!panel->isBusy());
    panel->deposit(agents.seller());
    typeAmount(*panel, QStringLiteral("1000000"), 1);
    agree(*panel);
    QTRY_VERIFY2(panel->message().severity() == InlineMessage::Severity::Error, qPrintable(panel->message().text()));
    QCOMPARE(balance(*panel, agents.seller()), QStringLiteral("1234"));
}

void TestWindowAccounts::aRefundThatIsDueIsPaidOut()
{
    Agents agents;
    useAgents(agents.userUrl, {});
    AccountsPanel *panel = opened();
    QTRY_COMPARE(panel->states().state(), StateView::State::Content);
    panel->deposit(agents.seller());
    typeAmount(*panel, QStringLiteral("100"), 1);
    agree(*panel);
    QTRY_COMPARE(balance(*panel, agents.seller()), QStringLiteral("100"));
    QTRY_VERIFY(!panel->isBusy());
    panel->askBack(agents.seller());
    typeAmount(*panel, QStringLiteral("40"), 1);
    agree(*panel);
    QTRY_COMPARE(panel->paying().refunds().cells().rowCount(), 1);
    // It counts down by itself, and can be paid out when nothing is left.
    QVERIFY2(panel->paying().refunds().cells().cell(0, 3).text.endsWith(QStringLiteral(" s")), qPrintable(panel->paying().refunds().cells().cell(0, 3).text));
    QTRY_COMPARE_WITH_TIMEOUT(panel->paying().refunds().cells().cell(0, 3).text, QStringLiteral("due now"), 10'000);
    QTRY_VERIFY(panel->paying().payOutButton().isEnabled());
    panel->paying().payOutButton().click();
    QTRY_COMPARE(panel->paying().refunds().cells().rowCount(), 0);
    QCOMPARE(balance(*panel, agents.seller()), QStringLiteral("60"));
    QCOMPARE(panel->paying().book().wallet, QStringLiteral("4940"));
    QVERIFY(!panel->paying().payOutButton().isEnabled());
}

void TestWindowAccounts::aSignatureThatDoesNotCheckIsSaid()
{
    IoThread io;
    HttpServer liar(io, HttpServerOptions(), &lie);
    (void)orThrow(liar.listen());
    useAgents(QUrl(liar.origin()), {});
    AccountsPanel *panel = opened();
    QTRY_COMPARE(panel->paying().requests().cells().rowCount(), 2);
    const CellTableModel &cells = panel->paying().requests().cells();
    QCOMPARE(cells.cell(1, 4).text, QStringLiteral("checks"));
    QCOMPARE(cells.cell(0, 4).text, QStringLiteral("does not check"));
    QVERIFY(!cells.cell(0, 4).hint.isEmpty());
}

void TestWindowAccounts::withoutAProviderAgentNothingOfSellingIsShown()
{
    Agents agents;
    useAgents(agents.userUrl, {});
    AccountsPanel *panel = opened();
    QTRY_COMPARE(panel->states().state(), StateView::State::Content);
    QVERIFY(!panel->sells());
    QVERIFY(!panel->selling().isVisible());
    useAgents(agents.userUrl, agents.providerUrl);
    QTRY_VERIFY(panel->sells());
    panel->showSelling();
    QTRY_VERIFY(panel->selling().isVisible());
    QTRY_COMPARE(panel->selling().book().provider, agents.seller());
    QVERIFY(!panel->selling().settleButton().isEnabled()); // nothing is owed
}

void TestWindowAccounts::anAgentThatIsNotThereIsSaidWithWhatToDo()
{
    QUrl gone;
    {
        const Agents agents;
        gone = agents.userUrl;
    }
    useAgents(gone, {});
    AccountsPanel *panel = opened();
    QTRY_COMPARE_WITH_TIMEOUT(panel->states().state(), StateView::State::Error, 20'000);
    // A network that has none of this says what to do about it.
    Profile other;
    other.name = QStringLiteral("none");
    other.local = false;
    other.backends.insert(QStringLiteral("openai"), Json{{QStringLiteral("url"), QStringLiteral("http://127.0.0.1:1")}});
    m_fixture->session->saveProfile(other);
    QTRY_COMPARE_WITH_TIMEOUT(panel->states().state(), StateView::State::Empty, 20'000);
}

void TestWindowAccounts::whatWasAskedForGoesWithTheConnection()
{
    Agents one;
    Agents two;
    useAgents(one.userUrl, {});
    AccountsPanel *panel = opened();
    QTRY_COMPARE(panel->states().state(), StateView::State::Content);
    panel->deposit(one.seller());
    typeAmount(*panel, QStringLiteral("100"), 1);
    QVERIFY(panel->message().isVisible());
    useAgents(two.userUrl, {});
    QTRY_VERIFY(!panel->message().isVisible());
    QTRY_VERIFY(panel->states().state() == StateView::State::Content && panel->paying().book().owner == two.userKey.address().toChecksum());
    agree(*panel); // of nothing
    panel->refresh();
    QTRY_VERIFY(!panel->isBusy());
    QVERIFY(panel->paying().book().accounts.isEmpty());
}

void TestWindowAccounts::everyControlHasANameAndIsReachedByKeys()
{
    AccountsPanel *panel = opened();
    QTRY_COMPARE(panel->states().state(), StateView::State::Content);
    panel->deposit(setting("provider"));
    for (QWidget *page : std::initializer_list<QWidget *>{&panel->paying(), &panel->selling()}) {
        if (page == &panel->selling())
            panel->showSelling();
        QTRY_VERIFY(page->isVisible());
        for (const QWidget *one : panel->findChildren<QWidget *>()) {
            const auto *button = qobject_cast<const QAbstractButton *>(one);
            const auto *label = qobject_cast<const QLabel *>(one);
            // What has words of its own is named by them.
            const bool speaks = (button && !button->text().isEmpty()) || (label && !label->text().isEmpty());
            if (one->isVisible() && one->focusPolicy() != Qt::NoFocus && !speaks)
                QVERIFY2(!one->accessibleName().isEmpty(), one->metaObject()->className());
        }
    }
    QTest::keyClick(&panel->amountBar(), Qt::Key_Escape);
    QVERIFY(!panel->amountBar().isVisible());
    panel->showPaying();
    panel->focusContent();
    QTRY_COMPARE(QApplication::focusWidget(), &panel->paying().providers());
}

QTEST_MAIN(TestWindowAccounts)
#include "tst_window_accounts.moc"
