#include "window_fixture_p.h"

#include "peers/echo_backend.h"

#include "../ui/ui_test_support.h"

#include "sluice/codeview/code_view.h"
#include "sluice/store/run_history.h"
#include "sluice/chat/chat_pane.h"
#include "sluice/forms/input_editor.h"
#include "sluice/forms/schema_form.h"
#include "sluice/gateway/backends.h"
#include "sluice/gateway/profile.h"
#include "sluice/history/compare_view.h"
#include "sluice/history/history_model.h"
#include "sluice/history/history_panel.h"
#include "sluice/inspector/inspector.h"
#include "sluice/inspector/ticket_model.h"
#include "sluice/inspector/tickets_panel.h"
#include "sluice/picker/capability_model.h"
#include "sluice/picker/picker_panel.h"
#include "sluice/shell/past_run_bar.h"
#include "sluice/shell/profile_dialog.h"
#include "sluice/widgets/amount_field.h"
#include "sluice/snippets/snippet_generator.h"

#include "peers/scripted_orchestrator.h"

#include <QtCore/QPointer>
#include <QtTest/QtTest>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabWidget>

using namespace sluice;
using namespace sluice::ui;
using test::EchoServer;
using test::ScriptedOrchestrator;

namespace {

const QString Parrot = QStringLiteral("parrot");

/// Code of a backend stands beside its backend, too.
class EchoCurl final : public SnippetGenerator {
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("curl"); }
    [[nodiscard]] QString title() const override { return QStringLiteral("curl"); }
    [[nodiscard]] QString whyNot(const SnippetContext &) const override { return {}; }
    [[nodiscard]] Snippet generate(const SnippetContext &context) const override
    {
        Snippet snippet;
        snippet.text = QStringLiteral("curl -d '%1' %2/run/%3\n").arg(QString::fromUtf8(context.call.input.dump()),
            context.profile.backends.value(QStringLiteral("echo")).value(QStringLiteral("url")).toString(), context.call.capability);
        return snippet;
    }
};

} // namespace

/// A backend that the window was not written for: everything works with it that works with the ones it knows.
class TestWindowBackend : public QObject {
    Q_OBJECT
public:
    static void initMain() { qunsetenv("DBUS_SESSION_BUS_ADDRESS"); }

private Q_SLOTS:
    void initTestCase()
    {
        static const EchoCurl curl;
        backends::add(test::echoBackendKind());
        addSnippetGenerator(QStringLiteral("echo"), &curl);
        qputenv("SLUICE_DATA_DIR", m_folder.path().toUtf8());
        Theme::apply(*qApp, Theme::Mode::Light);
    }
    void everyPlaceOfTheWindowWorksWithIt();
    void aFavouriteIsOneKeyAway();
    void twoBackendsOfOneNameStandApart();
    void aPaidRunThatFailsShowsItsTickets();
    void theProfileDialogIsItsSettingsForm();
    void tabGoesThroughTheProfileDialogAsItIsRead();

private:
    [[nodiscard]] std::unique_ptr<WindowFixture> connectedTo(const Profile &profile) const
    {
        auto fixture = std::make_unique<WindowFixture>();
        fixture->session->saveProfile(profile, {{QStringLiteral("/byoc/sender_key"), Secret(QByteArrayView("ba529e3f18b52b332045f67cce0a523a676fe131b65ebb7bdded6ffbdbb0cd36"))}});
        const auto there = [&] { return fixture->session->state() == Session::State::Ready && fixture->session->profile().name == profile.name; };
        if (!QTest::qWaitFor([&] { return there() && !fixture->session->capabilities().isEmpty(); }, 60'000))
            qWarning("not connected");
        return fixture;
    }
    [[nodiscard]] static Profile profileOf(const EchoServer &server, const ScriptedOrchestrator *orchestrator = nullptr)
    {
        Profile profile;
        profile.name = QStringLiteral("echoes");
        profile.local = false;
        profile.backends.insert(QStringLiteral("echo"), server.settings().values);
        if (orchestrator)
            profile.setLivepeer({.orchUrls = {orchestrator->url().toString()}});
        return profile;
    }

    QTemporaryDir m_folder;
};

void TestWindowBackend::everyPlaceOfTheWindowWorksWithIt()
{
    EchoServer server({Parrot});
    const auto fixture = connectedTo(profileOf(server));
    auto *list = fixture->window->picker().findChild<QListView *>();
    QTRY_COMPARE(list->model()->rowCount(), 1);
    QCOMPARE(list->model()->index(0, 0).data().toString(), Parrot);

    auto *page = qobject_cast<FormPage *>(fixture->open(Parrot));
    QVERIFY(page);
    QCOMPARE(page->call().backend, QStringLiteral("echo"));
    Call call = page->call();
    call.input = Json{{QStringLiteral("text"), QStringLiteral("first words")}};
    page->load(call);
    const CodeView &code = fixture->window->codeView();
    QTRY_VERIFY(!code.isPending() && code.code().contains(QStringLiteral("first words")));
    QVERIFY(code.code().contains(server.url().toString() + QStringLiteral("/run/parrot")));

    RunController *run = runToItsEnd(*page);
    QCOMPARE(run->state(), RunController::State::Succeeded);
    QCOMPARE(run->servedBy(), server.url());
    QCOMPARE(run->result().json.value(QStringLiteral("text")).toString(), QStringLiteral("first words"));

    Call streamed = page->call();
    streamed.verb = Verb::Stream;
    page->load(streamed);
    run = runToItsEnd(*page);
    QCOMPARE(run->state(), RunController::State::Succeeded);
    QCOMPARE(run->eventCount(), 2);

    // History, a run of it opened as what it was, and replayed.
    auto &history = fixture->data->history();
    QTRY_COMPARE(history.pageSync({}, 0, 10).total, qint64(2));
    auto *runs = fixture->window->findChild<HistoryPanel *>()->findChild<QListView *>();
    QTRY_COMPARE(runs->model()->rowCount(), 2);
    QVERIFY(runs->model()->index(1, 0).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("Echo")));
    Q_EMIT fixture->window->findChild<HistoryPanel *>()->runPicked(*history.byIdSync(history.pageSync({}, 0, 10).rows.at(1).id));
    QTRY_VERIFY(fixture->window->currentPage() != page);
    auto *past = qobject_cast<FormPage *>(fixture->window->currentPage());
    QVERIFY(past && past->isRunOfHistory());
    QCOMPARE(past->call().backend, QStringLiteral("echo"));
    QCOMPARE(past->call().verb, Verb::Run);
    QCOMPARE(past->input().value().value(QStringLiteral("text")).toString(), QStringLiteral("first words"));
    Q_EMIT fixture->window->findChild<HistoryPanel *>()->replayRequested(past->call());
    QTRY_COMPARE(history.pageSync({}, 0, 10).total, qint64(3));
    QTRY_COMPARE(server.asked().size(), 3);
    QCOMPARE(server.asked().last(), QStringLiteral("run parrot"));

    // Two of its runs beside each other.
    CompareView compare;
    const auto newest = history.byIdSync(history.pageSync({}, 0, 10).rows.at(0).id);
    const auto oldest = history.byIdSync(history.pageSync({}, 0, 10).rows.at(2).id);
    compare.showRuns(*oldest, *newest);
    QVERIFY(compare.shownText(0).contains(QStringLiteral("first words")));
}

void TestWindowBackend::aFavouriteIsOneKeyAway()
{
    EchoServer server({QStringLiteral("crow"), Parrot});
    const auto fixture = connectedTo(profileOf(server));
    auto *list = fixture->window->picker().findChild<QListView *>();
    QTRY_COMPARE(list->model()->rowCount(), 2);
    QVERIFY(fixture->open(Parrot));
    const auto command = [&] {
        for (const QAction *action : fixture->window->findChildren<QAction *>(Qt::FindDirectChildrenOnly)) {
            if (action->shortcut() == QKeySequence(Qt::CTRL | Qt::Key_D))
                return action->text().remove(QLatin1Char('&'));
        }
        return QString();
    };
    QCOMPARE(command(), QStringLiteral("Add to the favourites"));
    QTest::keyClick(fixture->window->currentPage(), Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(list->model()->index(0, 0).data(CapabilityModel::NameRole).toString(), Parrot);
    QVERIFY(list->model()->index(0, 0).data(CapabilityModel::FavouriteRole).toBool());
    QCOMPARE(command(), QStringLiteral("Remove from the favourites"));
    QTest::keyClick(fixture->window->currentPage(), Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(command(), QStringLiteral("Add to the favourites"));
}

void TestWindowBackend::twoBackendsOfOneNameStandApart()
{
    EchoServer server({Parrot});
    ScriptedOrchestrator orchestrator;
    orchestrator.setBalance(77);
    orchestrator.setPage("/capabilities", ScriptedOrchestrator::json(200, R"([{"name":"parrot"}])"));
    const auto fixture = connectedTo(profileOf(server, &orchestrator));
    auto *list = fixture->window->picker().findChild<QListView *>();
    QTRY_COMPARE(list->model()->rowCount(), 2);
    const auto shown = [list](int row) { return list->model()->index(row, 0).data().toString(); };
    QVERIFY(shown(0) != shown(1));
    QVERIFY(shown(0).startsWith(Parrot) && shown(1).startsWith(Parrot));

    // Each in a tab of its own, with code and a balance of its own.
    Session &session = *fixture->session;
    WorkbenchPage *byoc = fixture->window->openCapability(*session.capability({QStringLiteral("byoc"), Parrot, {}}));
    WorkbenchPage *echo = fixture->window->openCapability(*session.capability({QStringLiteral("echo"), Parrot, {}}));
    QVERIFY(byoc != echo);
    QCOMPARE(byoc->call().backend, QStringLiteral("byoc"));
    QCOMPARE(echo->call().backend, QStringLiteral("echo"));
    auto *tabs = fixture->window->findChild<QTabWidget *>();
    QVERIFY(tabs->tabText(tabs->indexOf(byoc)) != tabs->tabText(tabs->indexOf(echo)));
    QTRY_COMPARE(session.balance({QStringLiteral("byoc"), Parrot, {}}).value_or(BalanceBook::Word()).wei, QStringLiteral("77"));
    QVERIFY(!session.balance({QStringLiteral("echo"), Parrot, {}}));
    QTRY_VERIFY(fixture->window->codeView().code().contains(server.url().toString()));
    tabs->setCurrentWidget(byoc);
    QTRY_VERIFY(!fixture->window->codeView().isPending() && !fixture->window->codeView().code().contains(server.url().toString()));
}

void TestWindowBackend::aPaidRunThatFailsShowsItsTickets()
{
    EchoServer server({QStringLiteral("other")});
    ScriptedOrchestrator orchestrator;
    orchestrator.setPrice(1'000'000);
    orchestrator.setPage("/capabilities", ScriptedOrchestrator::json(200, R"([{"name":"parrot","price_per_unit":1000000,"price_scaling":1}])"));
    orchestrator.then(ScriptedOrchestrator::text(500, "the worker fell over"));
    const auto fixture = connectedTo(profileOf(server, &orchestrator));
    auto *page = qobject_cast<FormPage *>(fixture->open(Parrot));
    QVERIFY(page);
    RunController *run = runToItsEnd(*page);
    QCOMPARE(run->state(), RunController::State::Failed);
    QCOMPARE(run->runId(), fixture->data->history().pageSync({}, 0, 1).rows.first().id);
    QVERIFY(!run->payment().tickets.isEmpty());
    QVERIFY(run->payment().paidWei != QStringLiteral("0"));
    QTRY_COMPARE(fixture->window->inspector().tickets().model().rowCount(), int(run->payment().tickets.size()));
}

void TestWindowBackend::tabGoesThroughTheProfileDialogAsItIsRead()
{
    EchoServer server({Parrot});
    WindowFixture fixture;
    QPointer<ProfileDialog> dialog = new ProfileDialog(*fixture.session, std::nullopt, fixture.window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    QTRY_VERIFY(dialog->isVisible());
    QTRY_COMPARE(uitest::tabFaults(*dialog).join(QLatin1Char(';')), QString());
    // Name first; last the buttons, after what may be spent.
    QList<QWidget *> stops = uitest::tabStops(*dialog);
    QCOMPARE(stops.first()->accessibleName(), QStringLiteral("Name"));
    auto *box = dialog->findChild<QDialogButtonBox *>();
    QVERIFY(box->isAncestorOf(stops.last()));
    const auto isAmount = [](QWidget *widget) { return qobject_cast<AmountField *>(widget->parentWidget()) != nullptr; };
    const auto form = dialog->findChild<SchemaForm *>();
    const auto firstAmount = std::find_if(stops.begin(), stops.end(), isAmount);
    QVERIFY(firstAmount != stops.end());
    QVERIFY(std::none_of(firstAmount, stops.end(), [&](QWidget *widget) { return form->isAncestorOf(widget); }));
    // The form has the most of the room, not the limits.
    QTRY_VERIFY2(form->height() * 2 > dialog->height(), qPrintable(QStringLiteral("%1 of %2").arg(form->height()).arg(dialog->height())));
    // However many fields there are, it is no higher than the screen.
    for (QComboBox *one : dialog->findChildren<QComboBox *>()) {
        if (one->accessibleName() == QStringLiteral("Livepeer"))
            one->setCurrentIndex(1); // the most fields: a remote signer
    }
    const auto fits = [&] { return dialog->height() <= dialog->screen()->availableGeometry().height(); };
    const int before = dialog->height();
    QTRY_VERIFY2(form->contentHeight() > form->height() || dialog->height() != before, "the fields came");
    QTRY_VERIFY2(fits(), qPrintable(QString::number(dialog->height())));
    // Another kind of network brings other fields, in their place again.
    QComboBox *kind = nullptr;
    for (QComboBox *one : dialog->findChildren<QComboBox *>()) {
        if (one->accessibleName() == QStringLiteral("Kind of network"))
            kind = one;
    }
    QVERIFY(kind);
    kind->setCurrentIndex(kind->findData(true));
    QTRY_COMPARE(uitest::tabFaults(*dialog).join(QLatin1Char(';')), QString());
    stops = uitest::tabStops(*dialog);
    const auto amount = std::find_if(stops.begin(), stops.end(), isAmount);
    QVERIFY(amount != stops.end());
    QVERIFY(std::none_of(amount, stops.end(), [&](QWidget *widget) { return form->isAncestorOf(widget); }));
    dialog->reject();
    QTRY_VERIFY(!dialog);
}

void TestWindowBackend::theProfileDialogIsItsSettingsForm()
{
    EchoServer server({Parrot});
    WindowFixture fixture;
    const auto open = [&](const std::optional<Profile> &edited) {
        auto *dialog = new ProfileDialog(*fixture.session, edited, fixture.window.get());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
        return dialog;
    };
    const auto lineOf = [](const ProfileDialog *dialog, const QString &name) -> QLineEdit * {
        for (QLineEdit *line : dialog->findChildren<QLineEdit *>()) {
            if (line->isVisible() && line->accessibleName().startsWith(name))
                return line;
        }
        return nullptr;
    };
    const auto press = [](const ProfileDialog *dialog, bool save) {
        auto *box = dialog->findChild<QDialogButtonBox *>();
        box->button(save ? QDialogButtonBox::Save : QDialogButtonBox::Cancel)->click();
    };
    // Both backends offer themselves, Livepeer first; the echo instead of it, with its secret.
    QPointer<ProfileDialog> dialog = open(std::nullopt);
    QTest::keyClicks(lineOf(dialog, QStringLiteral("Name")), QStringLiteral("echo alone"));
    QVERIFY(lineOf(dialog, QStringLiteral("Sender key")) && !lineOf(dialog, QStringLiteral("Url")));
    for (QCheckBox *box : dialog->findChildren<QCheckBox *>()) {
        if (box->accessibleName() == QStringLiteral("Set Livepeer") || box->accessibleName() == QStringLiteral("Set Echo"))
            box->click();
    }
    QVERIFY(!lineOf(dialog, QStringLiteral("Sender key")));
    press(dialog, true);
    QVERIFY2(dialog && dialog->isVisible(), "an address is missing");
    QTest::keyClicks(lineOf(dialog, QStringLiteral("Url")), QStringLiteral("no address"));
    press(dialog, true);
    QVERIFY2(dialog && dialog->isVisible(), "an address is wrong");
    lineOf(dialog, QStringLiteral("Url"))->clear();
    QTest::keyClicks(lineOf(dialog, QStringLiteral("Url")), server.url().toString());
    QTest::keyClicks(lineOf(dialog, QStringLiteral("Api key")), QStringLiteral("hush hush"));
    for (const AmountField *field : dialog->findChildren<AmountField *>())
        QVERIFY2(!field->isVisible(), "nothing is paid here");
    press(dialog, true);
    QTRY_COMPARE(fixture.session->profile().name, QStringLiteral("echo alone"));
    QCOMPARE(fixture.session->profile().backends.keys(), QStringList(QStringLiteral("echo")));
    QTRY_COMPARE(fixture.session->inUse().secrets().size(), 1);
    QVERIFY(fixture.session->inUse().secrets().first().equals("hush hush"));
    QVERIFY(!QString::fromUtf8(fixture.session->profile().toJson().dump()).contains(QStringLiteral("hush")));
    QTRY_COMPARE(fixture.session->state(), Session::State::Ready);

    // Edited: the secret is not shown, and stays when nothing is written there. Livepeer is added.
    dialog = open(fixture.session->profile());
    QCOMPARE(lineOf(dialog, QStringLiteral("Url"))->text(), server.url().toString());
    QVERIFY(lineOf(dialog, QStringLiteral("Api key"))->text().isEmpty());
    for (QCheckBox *box : dialog->findChildren<QCheckBox *>()) {
        if (box->accessibleName() == QStringLiteral("Set Livepeer"))
            box->click();
    }
    QTest::keyClicks(lineOf(dialog, QStringLiteral("Item 1 of Orchestrators")), QStringLiteral("https://127.0.0.1:9"));
    press(dialog, true);
    QTRY_COMPARE(fixture.session->profile().backends.size(), 2);
    QCOMPARE(fixture.session->profile().livepeer().orchUrls, QStringList(QStringLiteral("https://127.0.0.1:9")));
    QTRY_VERIFY(fixture.session->inUse().secrets().size() == 1 && fixture.session->inUse().secrets().first().equals("hush hush"));
    QTRY_VERIFY(!dialog);
}

QTEST_MAIN(TestWindowBackend)
#include "tst_window_backend.moc"
