#include "window_fixture_p.h"

#include "sluice/endpointview/endpoint_call_model.h"
#include "sluice/endpointview/endpoint_calls.h"
#include "sluice/endpointview/endpoint_indicator.h"
#include "sluice/endpointview/endpoint_lines.h"
#include "sluice/endpointview/endpoint_panel.h"
#include "sluice/gateway/history.h"
#include "sluice/session/endpoint_host.h"
#include "sluice/shell/status_strip.h"
#include "sluice/widgets/copy_button.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/state_view.h"

#include <QtGui/QClipboard>
#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkReply>
#include <QtNetwork/QTcpServer>
#include <QtTest/QtTest>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableView>

using namespace sluice;
using namespace sluice::ui;

namespace {

const QString Question = QStringLiteral("How does a ticket pay for a call, and when does it win?");

QByteArray bodyOf(int pace)
{
    const Json message{{QStringLiteral("role"), QStringLiteral("user")}, {QStringLiteral("content"), Question}};
    const Json body{{QStringLiteral("model"), QStringLiteral("docs-chat")}, {QStringLiteral("stream"), true}, {QStringLiteral("messages"), Json::array({message})},
        {QStringLiteral("words_per_second"), pace}};
    return body.dump();
}

} // namespace

/// The window's local endpoint: other programs call what the window shows, and each of their calls is there to be seen.
class TestWindowEndpoint : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { openNetwork(); }
    void cleanupTestCase() { m_network.reset(); }
    void init() { openWindow(); }
    void cleanup()
    {
        m_replies.clear();
        m_fixture.reset();
    }

    void itIsOpenedByItsKeysAndStartsAndStops();
    void theLinesHaveAddressAndKeyForEachShell();
    void aStreamingChatIsARowThatOpensAsItsRun();
    void aCallCanBeCancelledWhileItStreams();
    void aWrongKeyIsRefusedAndListed();
    void aTakenPortSaysWhatToDo();
    void theSameAddressComesBack();
    void aNewKeyShutsTheOldOneOut();
    void closingTheTabLeavesItRunning();
    void closingTheWindowAsksWhileCallsRun();
    void anotherNetworkStopsIt();
    void everyControlHasANameAndIsReachedByKeys();

private:
    EndpointPanel *opened()
    {
        QTest::keyClick(m_fixture->window.get(), Qt::Key_L, Qt::ControlModifier);
        return m_fixture->window->findChild<EndpointPanel *>();
    }
    EndpointPanel *started()
    {
        EndpointPanel *panel = opened();
        if (panel)
            QTest::mouseClick(&panel->button(), Qt::LeftButton);
        if (!panel || !QTest::qWaitFor([this] { return host().isRunning(); }, 10'000))
            qFatal("the endpoint did not start");
        return panel;
    }
    [[nodiscard]] EndpointHost &host() const { return m_fixture->window->endpoint(); }
    [[nodiscard]] QByteArray key() const { return host().key().expose().toByteArray(); }
    /// A client of its own, as another program is one. `pace`: words per second.
    QNetworkReply &ask(const QByteArray &bearer, int pace = 0)
    {
        QNetworkRequest request(QUrl(host().endpoint().baseUrl().toString() + QStringLiteral("/chat/completions")));
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("OtherProgram/2.0"));
        request.setRawHeader("Authorization", "Bearer " + bearer);
        const QByteArray body = bodyOf(pace);
        m_replies.emplace_back(m_client.post(request, body));
        return *m_replies.back();
    }
    /// The row at the top, as the panel shows it.
    [[nodiscard]] static QString cell(const EndpointPanel &panel, int column) { return panel.calls().model().index(0, column).data(Qt::DisplayRole).toString(); }
    [[nodiscard]] static EndpointCall::State stateOf(const EndpointPanel &panel) { return panel.calls().model().call(0).state; }
    template <typename Widget> [[nodiscard]] static Widget *named(const QWidget &parent, const QString &name)
    {
        for (Widget *one : parent.findChildren<Widget *>()) {
            if (one->accessibleName() == name)
                return one;
        }
        return nullptr;
    }

    QNetworkAccessManager m_client;
    std::vector<std::unique_ptr<QNetworkReply>> m_replies;
};

void TestWindowEndpoint::itIsOpenedByItsKeysAndStartsAndStops()
{
    EndpointPanel *panel = opened();
    QVERIFY(panel && panel->isVisible());
    auto *indicator = m_fixture->window->statusStrip().findChild<EndpointIndicator *>();
    QVERIFY(indicator && !indicator->isVisible());
    QVERIFY(!host().isRunning());
    QCOMPARE(panel->calls().findChild<StateView *>()->state(), StateView::State::Empty);
    QTRY_COMPARE(QApplication::focusWidget(), &panel->button());
    QTest::keyClick(&panel->button(), Qt::Key_Space);
    QTRY_VERIFY(host().isRunning());
    QVERIFY(indicator->isVisible());
    QVERIFY2(indicator->text().contains(QString::number(host().endpoint().baseUrl().port())), qPrintable(indicator->text()));
    QCOMPARE(host().endpoint().baseUrl().host(), QStringLiteral("127.0.0.1"));
    QCOMPARE(host().endpoint().baseUrl().path(), QStringLiteral("/v1"));
    // Opened once more, it is the same tab.
    const int tabs = m_fixture->window->findChild<QTabWidget *>()->count();
    QCOMPARE(opened(), panel);
    QCOMPARE(m_fixture->window->findChild<QTabWidget *>()->count(), tabs);
    panel->button().click();
    QVERIFY(!host().isRunning());
    QVERIFY(!indicator->isVisible());
}

void TestWindowEndpoint::theLinesHaveAddressAndKeyForEachShell()
{
    QCOMPARE(EndpointLines::environment(EndpointLines::Shell::Posix, QStringLiteral("http://a/v1"), QStringLiteral("k")),
        QStringLiteral("export OPENAI_BASE_URL=\"http://a/v1\"\nexport OPENAI_API_KEY=\"k\""));
    EndpointPanel *panel = started();
    auto *lines = panel->lines().findChild<QPlainTextEdit *>();
    auto *field = named<QLineEdit>(*panel, QStringLiteral("API key"));
    QVERIFY(lines && field);
    // Masked until it is shown.
    QVERIFY(!lines->toPlainText().contains(QString::fromLatin1(key())));
    QVERIFY(!field->text().isEmpty() && !field->text().contains(QString::fromLatin1(key())));
    QVERIFY(lines->toPlainText().contains(host().endpoint().baseUrl().toString()));
    auto *show = named<QToolButton>(*panel, QStringLiteral("Show the key"));
    show->click();
    QCOMPARE(field->text(), QString::fromLatin1(key()));
    show->click();
    QVERIFY(!field->text().contains(QString::fromLatin1(key())));
    // What is copied has it whole, shown or not.
    named<CopyButton>(*panel, QStringLiteral("Copy both lines"))->click();
    QCOMPARE(QGuiApplication::clipboard()->text(),
        EndpointLines::environment(EndpointLines::Shell::Posix, host().endpoint().baseUrl().toString(), QString::fromLatin1(key())) + QLatin1Char('\n'));
    auto *shell = panel->lines().findChild<QComboBox *>();
    shell->setCurrentIndex(shell->findText(QStringLiteral("PowerShell")));
    QVERIFY(lines->toPlainText().startsWith(QStringLiteral("$env:OPENAI_BASE_URL = \"http://127.0.0.1:")));
    named<CopyButton>(*panel, QStringLiteral("Copy both lines"))->click();
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("$env:OPENAI_API_KEY = \"") + QString::fromLatin1(key())));
    named<CopyButton>(*panel, QStringLiteral("Copy the address"))->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), host().endpoint().baseUrl().toString());
}

void TestWindowEndpoint::aStreamingChatIsARowThatOpensAsItsRun()
{
    EndpointPanel *panel = started();
    EndpointCallModel &model = panel->calls().model();
    QNetworkReply &reply = ask(key(), 60);
    QTRY_COMPARE(model.rowCount(), 1);
    QTRY_VERIFY(stateOf(*panel) == EndpointCall::State::Streaming && model.call(0).pieces > 2);
    QVERIFY2(cell(*panel, EndpointCallModel::State).startsWith(QStringLiteral("streaming")), qPrintable(cell(*panel, EndpointCallModel::State)));
    QCOMPARE(cell(*panel, EndpointCallModel::Client), QStringLiteral("OtherProgram/2.0"));
    QCOMPARE(cell(*panel, EndpointCallModel::Model), QStringLiteral("docs-chat"));
    auto *indicator = m_fixture->window->statusStrip().findChild<EndpointIndicator *>();
    QTRY_VERIFY2(indicator->text().contains(QStringLiteral("1 running")), qPrintable(indicator->text()));
    QTRY_VERIFY_WITH_TIMEOUT(reply.isFinished(), 60'000);
    QVERIFY(reply.readAll().endsWith("data: [DONE]\n\n"));
    QTRY_COMPARE(stateOf(*panel), EndpointCall::State::Answered);
    QCOMPARE(cell(*panel, EndpointCallModel::Status), QStringLiteral("200"));
    QVERIFY2(cell(*panel, EndpointCallModel::Cost).contains(QStringLiteral("wei")), qPrintable(cell(*panel, EndpointCallModel::Cost)));
    // Enter shows it as a run of one's own.
    const QString id = model.call(0).runIds.value(0);
    QVERIFY(!id.isEmpty());
    panel->calls().table().selectRow(0);
    QTest::keyClick(&panel->calls().table(), Qt::Key_Return);
    QTRY_VERIFY(m_fixture->window->currentPage() && m_fixture->window->currentPage()->shownRunId() == id);
    QVERIFY(m_fixture->window->currentPage()->isRunOfHistory());
    QCOMPARE(m_fixture->window->currentPage()->capability().name, QStringLiteral("docs-chat"));
}

void TestWindowEndpoint::aCallCanBeCancelledWhileItStreams()
{
    EndpointPanel *panel = started();
    QNetworkReply &reply = ask(key(), 5);
    QTRY_VERIFY(panel->calls().model().rowCount() == 1 && panel->calls().model().call(0).pieces > 1);
    auto *cancel = named<QToolButton>(*panel, QStringLiteral("Cancel the call"));
    QVERIFY(!cancel->isEnabled()); // nothing is selected
    panel->calls().table().selectRow(0);
    QVERIFY(cancel->isEnabled());
    QTest::keyClick(&panel->calls().table(), Qt::Key_Delete);
    QTRY_COMPARE(stateOf(*panel), EndpointCall::State::Canceled);
    QTRY_VERIFY(reply.isFinished());
    const QByteArray told = reply.readAll();
    QVERIFY2(told.contains("\"error\"") && !told.contains("[DONE]"), told.constData());
    QVERIFY(!cancel->isEnabled());
    const QString id = panel->calls().model().call(0).runIds.value(0);
    const auto stateInHistory = [&] {
        const QFuture<std::optional<RunRecord>> record = m_fixture->session->history().byId(id);
        const bool read = QTest::qWaitFor([&] { return record.isFinished(); });
        return read && record.result() ? record.result()->state : RunRecord::State::Running;
    };
    QTRY_COMPARE(stateInHistory(), RunRecord::State::Canceled);
    named<QToolButton>(*panel, QStringLiteral("Clear the list"))->click();
    QCOMPARE(panel->calls().model().rowCount(), 0);
}

void TestWindowEndpoint::aWrongKeyIsRefusedAndListed()
{
    EndpointPanel *panel = started();
    QNetworkReply &reply = ask("sk-sluice-wrong");
    QTRY_VERIFY(reply.isFinished());
    QCOMPARE(reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 401);
    QTRY_COMPARE(panel->calls().model().rowCount(), 1);
    QTRY_COMPARE(stateOf(*panel), EndpointCall::State::Refused);
    QCOMPARE(cell(*panel, EndpointCallModel::Status), QStringLiteral("401"));
    QCOMPARE(cell(*panel, EndpointCallModel::State), QStringLiteral("refused"));
    panel->calls().table().selectRow(0);
    auto *message = panel->calls().findChild<InlineMessage *>();
    QVERIFY(message->isVisible() && message->text().contains(QStringLiteral("API key")));
    // There is nothing to open.
    const int tabs = m_fixture->window->findChild<QTabWidget *>()->count();
    panel->calls().openSelected();
    QCOMPARE(m_fixture->window->findChild<QTabWidget *>()->count(), tabs);
}

void TestWindowEndpoint::aTakenPortSaysWhatToDo()
{
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    EndpointPanel *panel = opened();
    panel->lines().findChild<QSpinBox *>()->setValue(taken.serverPort());
    panel->button().click();
    QTRY_VERIFY(panel->message().isVisible());
    QVERIFY2(panel->message().text().contains(QString::number(taken.serverPort())) && panel->message().text().contains(QStringLiteral("another port")), qPrintable(panel->message().text()));
    QVERIFY(!host().isRunning());
    taken.close();
    panel->button().click();
    QTRY_VERIFY(host().isRunning());
    QVERIFY(!panel->message().isVisible());
    // The number is remembered.
    QCOMPARE(EndpointHost(*m_fixture->session, MainWindow::settingsPath()).port(), quint16(host().endpoint().baseUrl().port()));
}

void TestWindowEndpoint::theSameAddressComesBack()
{
    EndpointPanel *panel = started();
    const QUrl first = host().endpoint().baseUrl();
    panel->button().click();
    panel->button().click();
    QTRY_VERIFY(host().isRunning());
    QCOMPARE(host().endpoint().baseUrl(), first);
    // Somebody takes it meanwhile: another free one.
    panel->button().click();
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost, quint16(first.port())));
    panel->button().click();
    QTRY_VERIFY(host().isRunning());
    QVERIFY(host().endpoint().baseUrl() != first);
}

void TestWindowEndpoint::aNewKeyShutsTheOldOneOut()
{
    EndpointPanel *panel = started();
    const QByteArray old = key();
    const QUrl address = host().endpoint().baseUrl();
    named<QToolButton>(*panel, QStringLiteral("Make a new key"))->click();
    QTRY_VERIFY(host().isRunning() && key() != old);
    QCOMPARE(host().endpoint().baseUrl(), address);
    QNetworkReply &refused = ask(old);
    QTRY_VERIFY(refused.isFinished());
    QCOMPARE(refused.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 401);
    QNetworkReply &answered = ask(key());
    QTRY_VERIFY_WITH_TIMEOUT(answered.isFinished(), 30'000);
    QCOMPARE(answered.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 200);
}

void TestWindowEndpoint::closingTheTabLeavesItRunning()
{
    EndpointPanel *panel = started();
    auto *tabs = m_fixture->window->findChild<QTabWidget *>();
    QCOMPARE(tabs->currentWidget(), panel);
    QTest::keyClick(m_fixture->window.get(), Qt::Key_W, Qt::ControlModifier);
    QVERIFY(tabs->indexOf(panel) < 0);
    QVERIFY(host().isRunning());
    QNetworkReply &reply = ask(key());
    QTRY_VERIFY_WITH_TIMEOUT(reply.isFinished(), 30'000);
    m_fixture->window->statusStrip().findChild<EndpointIndicator *>()->click();
    auto *again = qobject_cast<EndpointPanel *>(tabs->currentWidget());
    QVERIFY(again);
    QCOMPARE(again->calls().model().rowCount(), 1);
}

void TestWindowEndpoint::closingTheWindowAsksWhileCallsRun()
{
    EndpointPanel *panel = started();
    QNetworkReply &reply = ask(key(), 5);
    QTRY_VERIFY(panel->calls().model().rowCount() == 1 && stateOf(*panel) == EndpointCall::State::Streaming);
    MainWindow &window = *m_fixture->window;
    QVERIFY(!window.close());
    QVERIFY(window.isVisible() && host().isRunning());
    QPushButton *end = nullptr;
    for (QPushButton *button : window.findChildren<QPushButton *>()) {
        if (button->text() == QStringLiteral("End them and close") && button->isVisible())
            end = button;
    }
    QVERIFY(end);
    end->click();
    QVERIFY(!window.isVisible() && !host().isRunning());
    QTRY_VERIFY(reply.isFinished());
}

void TestWindowEndpoint::anotherNetworkStopsIt()
{
    EndpointPanel *panel = started();
    Profile other;
    other.name = QStringLiteral("other");
    other.local = false;
    other.backends.insert(QStringLiteral("openai"), Json{{QStringLiteral("base_url"), QStringLiteral("http://127.0.0.1:1/v1")}});
    m_fixture->session->saveProfile(other);
    QTRY_VERIFY(!host().isRunning());
    QTRY_VERIFY(panel->message().isVisible() && panel->message().text().contains(QStringLiteral("sandbox")));
    m_fixture->session->removeProfile(other.name);
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady(), 30'000);
    QVERIFY(!host().isRunning()); // nobody starts it but a person
}

void TestWindowEndpoint::everyControlHasANameAndIsReachedByKeys()
{
    EndpointPanel *panel = started();
    for (QWidget *widget : panel->findChildren<QWidget *>()) {
        if (!widget->isVisibleTo(panel) || widget->focusPolicy() == Qt::NoFocus || widget->parentWidget()->inherits("QAbstractScrollArea")
            || widget->parentWidget()->inherits("QAbstractSpinBox") || widget->inherits("QScrollBar") || widget->inherits("QHeaderView"))
            continue;
        QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
    }
    // From the button by Tab through everything to the list, and on.
    m_fixture->window->activateWindow();
    panel->button().setFocus();
    QSet<const QWidget *> met;
    for (int i = 0; i < 60 && panel->isAncestorOf(QApplication::focusWidget()); ++i) {
        met.insert(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    QVERIFY(met.contains(panel->lines().findChild<QSpinBox *>()));
    QVERIFY(met.contains(named<CopyButton>(*panel, QStringLiteral("Copy both lines"))));
    QVERIFY2(!panel->isAncestorOf(QApplication::focusWidget()), "the keyboard is caught in the panel");
}

QTEST_MAIN(TestWindowEndpoint)
#include "tst_window_endpoint.moc"
