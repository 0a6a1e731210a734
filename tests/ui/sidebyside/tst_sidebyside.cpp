#include "../ui_test_support.h"
#include "peers/openai_server.h"

#include "sluice/backend/user_data.h"
#include "sluice/chat/chat_composer.h"
#include "sluice/chat/chat_pane.h"
#include "sluice/chat/chat_view.h"
#include "sluice/store/run_history.h"
#include "sluice/session/run_controller.h"
#include "sluice/session/session.h"
#include "sluice/sidebyside/comparison_model.h"
#include "sluice/sidebyside/conversation_column.h"
#include "sluice/sidebyside/side_by_side_view.h"
#include "sluice/widgets/state_view.h"
#include "sluice/widgets/theme.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QMenu>
#include <QtWidgets/QToolButton>

using namespace sluice;
using namespace sluice::test;
using namespace sluice::ui;

using Script = ScriptedOrchestrator;
using State = ComparedAnswer::State;

namespace {

const QString Question = QStringLiteral("What is a sluice?");

/// Models that answer at once ("quick…"), wait in the middle until they may go on ("slow…"), or refuse ("broken…").
class Models {
public:
    explicit Models(const QStringList &names)
    {
        Json list = Json::array();
        for (const QString &name : names)
            list.append(Json{{QStringLiteral("id"), name}});
        m_server.setPage("/v1/models", Script::json(200, Json{{QStringLiteral("object"), QStringLiteral("list")}, {QStringLiteral("data"), list}}.dump()));
        for (int i = 0; i < 40; ++i)
            m_server.then([this](const ServerRequest &request, ServerResponse &response) { return answer(request, response); });
    }
    [[nodiscard]] Profile profile() const
    {
        Profile profile;
        profile.name = QStringLiteral("models");
        profile.local = false;
        profile.backends.insert(QStringLiteral("openai"), m_server.settings().values);
        return profile;
    }
    void letGo() { *m_mayEnd = true; }
    [[nodiscard]] int hangups() const { return m_server.hangups(); }
    /// The messages of the requests for this model, in turn.
    [[nodiscard]] QList<Json> messagesFor(const QString &model) const
    {
        QList<Json> found;
        for (const ServerRequest &post : m_server.posts()) {
            const Json body = orThrow(Json::parse(post.body));
            if (body.value(QStringLiteral("model")).toString() == model)
                found.append(body.value(QStringLiteral("messages")));
        }
        return found;
    }
    [[nodiscard]] QList<Json> bodies() const
    {
        QList<Json> found;
        for (const ServerRequest &post : m_server.posts())
            found.append(orThrow(Json::parse(post.body)));
        return found;
    }

private:
    static QByteArray words(const QString &text)
    {
        const Json delta{{QStringLiteral("content"), text}};
        const Json choice{{QStringLiteral("index"), 0}, {QStringLiteral("delta"), delta}};
        return OpenAiServer::events({Json{{QStringLiteral("object"), QStringLiteral("chat.completion.chunk")}, {QStringLiteral("choices"), Json::array({choice})}}.dump()});
    }
    boost::asio::awaitable<void> answer(const ServerRequest &request, ServerResponse &response)
    {
        const QString model = orThrow(Json::parse(request.body)).value(QStringLiteral("model")).toString();
        if (model.startsWith(QStringLiteral("broken"))) {
            const Headers type = headers::contentType("application/json");
            co_await response.send(503, type, R"({"error":{"message":"the model is not loaded","type":"server_error"}})");
            co_return;
        }
        const Headers stream = headers::contentType("text/event-stream");
        co_await response.begin(200, stream);
        co_await response.write(words(model + QStringLiteral(" says: ")));
        boost::asio::steady_timer pause(co_await boost::asio::this_coro::executor);
        while (model.startsWith(QStringLiteral("slow")) && !*m_mayEnd) {
            pause.expires_after(std::chrono::milliseconds(5));
            co_await pause.async_wait(boost::asio::use_awaitable);
            const bool there = co_await response.write(":\n\n");
            if (!there)
                co_return;
        }
        co_await response.write(words(QStringLiteral("a gate for water.")));
        co_await response.write("data: [DONE]\n\n");
        co_await response.end();
    }

    std::shared_ptr<std::atomic<bool>> m_mayEnd = std::make_shared<std::atomic<bool>>(false);
    OpenAiServer m_server;
};

} // namespace

namespace {

/// Names every widget that is shown as a window of its own.
class Windows : public QObject {
public:
    Windows() { qApp->installEventFilter(this); }
    QStringList shown;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const auto *widget = qobject_cast<QWidget *>(watched);
        if (event->type() == QEvent::Show && widget && widget->isWindow())
            shown << QStringLiteral("%1 “%2”").arg(QString::fromLatin1(widget->metaObject()->className()), widget->accessibleName());
        return false;
    }
};

} // namespace

/// Two or three conversations that are asked the same.
class TestSideBySide : public QObject {
    Q_OBJECT
private Q_SLOTS:
    static void initMain()
    {
        qunsetenv("DBUS_SESSION_BUS_ADDRESS"); // secrets of a test must not reach anybody's keychain
    }
    void initTestCase() { Theme::apply(*qApp, Theme::Mode::Light); }
    void cleanup()
    {
        m_view.reset();
        m_session.reset();
        m_models.reset();
    }
    void everyColumnBeginsWithAnotherCapability();
    void itOpensNoOtherWindow();
    void oneQuestionIsAskedOfAllAndIsARunForEach();
    void aColumnThatFailsTouchesNoOther();
    void oneIsStoppedAndTheOtherGoesOn();
    void stopEndsAll();
    void eachGoesOnWithItsOwnHistory();
    void instructionsAreForAllAndParametersForOne();
    void anotherCapabilityBeginsAnew();
    void aThirdColumnComesAndGoes();
    void whatIsChosenWaitsForTheNetwork();
    void whatIsNotOfferedIsSaidAndNotAsked();
    void aNetworkWithoutChatsSaysWhatToDo();
    void whatIsShownAsCodeIsOfTheColumnInFront();
    void anExampleGoesIntoTheOneComposer();
    void aQuestionIsEditedInAllOfThem();
    void everythingHasANameAndAKey();
    void itFitsWhereTheWindowIsSmall();
    void closingStopsWhatNobodySees();

private:
    void open(const QStringList &models)
    {
        m_models = std::make_unique<Models>(models);
        m_session = std::make_unique<Session>(UserData::inMemory());
        m_view = std::make_unique<SideBySideView>(*m_session);
        m_view->resize(900, 700);
        m_view->show();
        m_session->saveProfile(m_models->profile());
        QTRY_VERIFY_WITH_TIMEOUT(m_session->state() == Session::State::Ready, 20'000);
    }
    void ask(const QString &text = Question)
    {
        m_view->composer().setText(text);
        m_view->send();
    }
    [[nodiscard]] ConversationColumn &column(int index) const { return *m_view->columns().at(index); }
    [[nodiscard]] const ChatTurn &last(int index) const { return column(index).chat().transcript().turns().last(); }
    [[nodiscard]] State state(int index) const { return column(index).answer().state; }
    [[nodiscard]] static CapabilityId id(const QString &model) { return {QStringLiteral("openai"), model, {}}; }

    std::unique_ptr<Models> m_models;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<SideBySideView> m_view;
};

void TestSideBySide::everyColumnBeginsWithAnotherCapability()
{
    open({QStringLiteral("quick-1"), QStringLiteral("quick-2"), QStringLiteral("whisper-1")});
    QCOMPARE(m_view->columns().size(), 2);
    QCOMPARE(m_view->chosen(), (QList<CapabilityId>{id(QStringLiteral("quick-1")), id(QStringLiteral("quick-2"))}));
    QCOMPARE(column(0).chooser().count(), 2); // one does not talk with what transcribes
    QCOMPARE(column(1).chooser().currentText(), QStringLiteral("quick-2"));
    QVERIFY2(m_view->costText().contains(QStringLiteral("quick-1")) && m_view->costText().contains(QStringLiteral("quick-2")), "whose price is unknown is told before anything is sent");
}

void TestSideBySide::itOpensNoOtherWindow()
{
    const Windows windows;
    open({QStringLiteral("quick-1"), QStringLiteral("quick-2")});
    m_view->addColumn();
    ask();
    QTRY_VERIFY(!m_view->isBusy() && state(1) == State::Complete);
    QCOMPARE(windows.shown.join(QLatin1Char('\n')), QStringLiteral("sluice::ui::SideBySideView “Side by side”"));
}

void TestSideBySide::oneQuestionIsAskedOfAllAndIsARunForEach()
{
    open({QStringLiteral("quick-1"), QStringLiteral("slow-2")});
    ask();
    // Both are under way before one has ended, and the quick one does not wait for the slow one.
    QVERIFY(m_view->isBusy() && m_view->composer().isBusy());
    QVERIFY(m_view->composer().text().isEmpty());
    QTRY_COMPARE(state(0), State::Complete);
    QTRY_COMPARE(last(1).state, ChatTurn::State::Streaming);
    QCOMPARE(state(1), State::Running);
    QCOMPARE(last(0).text, QStringLiteral("quick-1 says: a gate for water."));
    m_models->letGo();
    QTRY_COMPARE(state(1), State::Complete);
    QTRY_VERIFY(!m_view->isBusy() && !m_view->composer().isBusy());

    const QList<ComparedAnswer> &answers = m_view->comparison().answers();
    QCOMPARE(answers.size(), 2);
    QCOMPARE(answers[0].name, QStringLiteral("quick-1"));
    QVERIFY(answers[0].firstWords && answers[0].whole && answers[1].whole && *answers[1].whole >= *answers[1].firstWords);
    QVERIFY2(!answers[0].paidWei && !answers[0].chargedWei, "nobody says what these cost");
    RunHistory &history = m_session->userData().history();
    QTRY_COMPARE(history.pageSync({}, 0, 10).total, qint64(2));
    QVERIFY(column(0).run()->runId() != column(1).run()->runId());
    for (const Json &body : m_models->bodies())
        QCOMPARE(body.value(QStringLiteral("stream")), Json(true));
}

void TestSideBySide::aColumnThatFailsTouchesNoOther()
{
    open({QStringLiteral("broken-1"), QStringLiteral("quick-2")});
    ask();
    QTRY_COMPARE(state(0), State::Failed);
    QTRY_COMPARE(state(1), State::Complete);
    QVERIFY(last(0).error && last(0).error->message().size() > 0);
    QCOMPARE(m_view->comparison().index(0, ComparisonModel::Whole).data().toString(), QStringLiteral("failed"));
    QTRY_VERIFY(!m_view->isBusy());
    // It is asked again by itself; the other one's answer stays.
    const auto *before = column(1).run();
    column(0).chat().retry();
    QTRY_COMPARE(state(0), State::Failed);
    QCOMPARE(m_models->messagesFor(QStringLiteral("broken-1")).size(), 2);
    QCOMPARE(column(1).run(), before);
}

void TestSideBySide::oneIsStoppedAndTheOtherGoesOn()
{
    open({QStringLiteral("slow-1"), QStringLiteral("slow-2")});
    ask();
    QTRY_VERIFY(!last(0).text.isEmpty() && !last(1).text.isEmpty());
    QToolButton *stop = nullptr;
    for (QToolButton *button : column(0).findChildren<QToolButton *>()) {
        if (button->accessibleName() == QStringLiteral("Stop answer 1"))
            stop = button;
    }
    QVERIFY(stop && stop->isVisible());
    stop->click();
    QTRY_COMPARE(state(0), State::Stopped);
    QVERIFY(!stop->isVisible());
    QCOMPARE(state(1), State::Running);
    QVERIFY(m_view->isBusy());
    QVERIFY2(!last(0).text.isEmpty(), "what had come is kept");
    m_models->letGo();
    QTRY_COMPARE(state(1), State::Complete);
    QTRY_COMPARE(m_models->hangups(), 1);
}

void TestSideBySide::stopEndsAll()
{
    open({QStringLiteral("slow-1"), QStringLiteral("slow-2")});
    ask();
    QTRY_VERIFY(!last(0).text.isEmpty() && !last(1).text.isEmpty());
    QTest::keyClick(m_view->composer().editor(), Qt::Key_Escape);
    QTRY_VERIFY(state(0) == State::Stopped && state(1) == State::Stopped);
    QTRY_VERIFY(!m_view->isBusy());
    QTRY_COMPARE(m_models->hangups(), 2);
}

void TestSideBySide::eachGoesOnWithItsOwnHistory()
{
    open({QStringLiteral("quick-1"), QStringLiteral("quick-2")});
    ask();
    QTRY_VERIFY(!m_view->isBusy() && state(0) == State::Complete && state(1) == State::Complete);
    ask(QStringLiteral("And a lock?"));
    QTRY_VERIFY(!m_view->isBusy() && column(1).chat().transcript().turns().size() == 4);
    for (const char *model : {"quick-1", "quick-2"}) {
        const QList<Json> asked = m_models->messagesFor(QString::fromLatin1(model));
        QCOMPARE(asked.size(), 2);
        QCOMPARE(asked[1].size(), 3);
        QCOMPARE(asked[1].at(1).value(QStringLiteral("content")).toString(), QString::fromLatin1(model) + QStringLiteral(" says: a gate for water."));
        QCOMPARE(asked[1].at(2).value(QStringLiteral("content")).toString(), QStringLiteral("And a lock?"));
    }
}

void TestSideBySide::instructionsAreForAllAndParametersForOne()
{
    open({QStringLiteral("quick-1"), QStringLiteral("quick-2")});
    m_view->instructions().setPlainText(QStringLiteral("Be brief."));
    auto *temperature = column(1).findChild<QLineEdit *>(QStringLiteral("temperature"));
    QVERIFY(temperature);
    temperature->setText(QStringLiteral("0.10"));
    for (int i = 0; i < 2; ++i)
        QVERIFY2(column(i).findChild<QPlainTextEdit *>(QStringLiteral("systemPrompt"))->isHidden(), "there is one for all");
    ask();
    QTRY_VERIFY(!m_view->isBusy() && state(1) == State::Complete);
    for (const Json &body : m_models->bodies()) {
        QCOMPARE(body.value(QStringLiteral("messages")).at(0).value(QStringLiteral("content")).toString(), QStringLiteral("Be brief."));
        const bool second = body.value(QStringLiteral("model")).toString() == QStringLiteral("quick-2");
        QCOMPARE(body.contains(QStringLiteral("temperature")), second);
        QVERIFY(!second || body.value(QStringLiteral("temperature")).numberText() == "0.10");
    }
    // A column that comes later has the same instructions.
    m_view->addColumn();
    QCOMPARE(column(2).chat().transcript().systemPrompt(), QStringLiteral("Be brief."));
}

void TestSideBySide::anotherCapabilityBeginsAnew()
{
    open({QStringLiteral("quick-1"), QStringLiteral("quick-2"), QStringLiteral("quick-3")});
    ask();
    QTRY_VERIFY(!m_view->isBusy() && state(0) == State::Complete && state(1) == State::Complete);
    QSignalSpy chosen(m_view.get(), &SideBySideView::chosenChanged);
    column(0).choose(id(QStringLiteral("quick-3")));
    QCOMPARE(chosen.count(), 1);
    QVERIFY(column(0).chat().transcript().turns().isEmpty());
    QVERIFY2(state(0) == State::None, "what another one took and cost is not shown as its own");
    QCOMPARE(state(1), State::Complete);
    ask(QStringLiteral("And a lock?"));
    QTRY_VERIFY(!m_view->isBusy() && state(0) == State::Complete);
    QCOMPARE(m_models->messagesFor(QStringLiteral("quick-3")).first().size(), 1);
    QCOMPARE(m_models->messagesFor(QStringLiteral("quick-2")).last().size(), 3);
}

void TestSideBySide::aThirdColumnComesAndGoes()
{
    open({QStringLiteral("quick-1"), QStringLiteral("quick-2"), QStringLiteral("quick-3")});
    m_view->addColumn();
    QCOMPARE(m_view->columns().size(), 3);
    QCOMPARE(m_view->chosen().last(), id(QStringLiteral("quick-3")));
    m_view->addColumn();
    QCOMPARE(m_view->columns().size(), SideBySideView::Most);
    ask();
    QTRY_VERIFY(!m_view->isBusy() && state(2) == State::Complete);
    QCOMPARE(m_view->comparison().rowCount(), 3);
    uitest::picture(*m_view, QStringLiteral("three_columns"));
    m_view->removeColumn(m_view->columns().at(1));
    QCOMPARE(m_view->chosen(), (QList<CapabilityId>{id(QStringLiteral("quick-1")), id(QStringLiteral("quick-3"))}));
    QCOMPARE(m_view->comparison().rowCount(), 2);
    QCOMPARE(column(1).chooser().accessibleName(), QStringLiteral("Capability of conversation 2"));
    m_view->removeColumn(m_view->columns().at(1));
    QVERIFY2(m_view->columns().size() == SideBySideView::Fewest, "one alone compares nothing");
}

void TestSideBySide::whatIsChosenWaitsForTheNetwork()
{
    m_models = std::make_unique<Models>(QStringList{QStringLiteral("quick-1"), QStringLiteral("quick-2"), QStringLiteral("quick-3")});
    m_session = std::make_unique<Session>(UserData::inMemory());
    m_view = std::make_unique<SideBySideView>(*m_session);
    m_view->setChosen({id(QStringLiteral("quick-3")), id(QStringLiteral("quick-1")), id(QStringLiteral("quick-2"))});
    m_session->saveProfile(m_models->profile());
    QTRY_VERIFY_WITH_TIMEOUT(m_session->state() == Session::State::Ready, 20'000);
    QCOMPARE(m_view->columns().size(), 3);
    QCOMPARE(column(0).chooser().currentText(), QStringLiteral("quick-3"));
    QCOMPARE(column(0).capability()->name, QStringLiteral("quick-3"));
    QCOMPARE(column(1).capability()->name, QStringLiteral("quick-1"));
}

void TestSideBySide::whatIsNotOfferedIsSaidAndNotAsked()
{
    open({QStringLiteral("quick-1"), QStringLiteral("quick-2")});
    m_view->setChosen({id(QStringLiteral("gone")), id(QStringLiteral("quick-2"))});
    QVERIFY(!column(0).isReady());
    QCOMPARE(column(0).chooser().currentIndex(), -1);
    const auto said = [this] {
        for (const QLabel *label : column(0).findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(QStringLiteral("gone")))
                return true;
        }
        return false;
    };
    QTRY_VERIFY(said());
    ask();
    QTRY_VERIFY(!m_view->isBusy() && state(1) == State::Complete);
    QVERIFY(column(0).chat().transcript().turns().isEmpty());
    QCOMPARE(m_models->bodies().size(), 1);
    QCOMPARE(m_view->composer().text(), QString());
}

void TestSideBySide::aNetworkWithoutChatsSaysWhatToDo()
{
    open({QStringLiteral("whisper-1")});
    auto *states = m_view->findChild<StateView *>(QString(), Qt::FindDirectChildrenOnly);
    QVERIFY(states);
    QTRY_COMPARE(states->state(), StateView::State::Empty);
    QVERIFY(states->accessibleName().contains(QStringLiteral("Ctrl+Shift+A")));
    ask();
    QVERIFY(!m_view->isBusy() && m_models->bodies().isEmpty());
    QCOMPARE(m_view->composer().text(), Question);
}

void TestSideBySide::whatIsShownAsCodeIsOfTheColumnInFront()
{
    open({QStringLiteral("quick-1"), QStringLiteral("quick-2")});
    QSignalSpy moved(m_view.get(), &SideBySideView::currentChanged);
    QCOMPARE(&m_view->current(), &column(0));
    m_view->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    column(1).chooser().setFocus();
    QTRY_COMPARE(&m_view->current(), &column(1));
    QVERIFY(!moved.isEmpty());
    m_view->composer().setText(Question);
    QCOMPARE(m_view->current().call().model.isEmpty() ? m_view->current().call().capability : m_view->current().call().model, QStringLiteral("quick-2"));
    QCOMPARE(m_view->current().call().input.value(QStringLiteral("messages")).at(0).value(QStringLiteral("content")).toString(), Question);
    m_view->send();
    QTRY_VERIFY(!m_view->isBusy() && state(1) == State::Complete);
    // The call that was made, until there is another one to make.
    QCOMPARE(m_view->current().call(), m_view->current().run()->call());
    QCOMPARE(column(1).conversation().input.value(QStringLiteral("messages")).size(), 2);
}

void TestSideBySide::anExampleGoesIntoTheOneComposer()
{
    open({QStringLiteral("quick-1"), QStringLiteral("quick-2")});
    // As a column's own welcome does it.
    column(0).chat().composer().setText(QStringLiteral("an example"));
    QCOMPARE(m_view->composer().text(), QStringLiteral("an example"));
    QCOMPARE(column(1).chat().composer().text(), QStringLiteral("an example"));
}

void TestSideBySide::aQuestionIsEditedInAllOfThem()
{
    open({QStringLiteral("quick-1"), QStringLiteral("quick-2")});
    ask();
    QTRY_VERIFY(!m_view->isBusy() && state(0) == State::Complete && state(1) == State::Complete);
    m_view->composer().setText(QStringLiteral("half a thought"));
    column(1).chat().edit(0);
    QCOMPARE(m_view->composer().text(), Question);
    QVERIFY(m_view->composer().isEditing() && column(0).chat().edited() == 0);
    // Given up, what was being written comes back.
    QTest::keyClick(m_view->composer().editor(), Qt::Key_Escape);
    QVERIFY(!m_view->composer().isEditing() && column(0).chat().edited() < 0 && column(1).chat().edited() < 0);
    QCOMPARE(m_view->composer().text(), QStringLiteral("half a thought"));
    QCOMPARE(column(0).chat().composer().text(), QStringLiteral("half a thought"));
    column(0).chat().edit(0);
    ask(QStringLiteral("What is a lock?"));
    QTRY_VERIFY(!m_view->isBusy() && m_models->bodies().size() == 4);
    QVERIFY(!m_view->composer().isEditing());
    for (const char *model : {"quick-1", "quick-2"}) {
        const Json last = m_models->messagesFor(QString::fromLatin1(model)).last();
        QCOMPARE(last.size(), 1);
        QCOMPARE(last.at(0).value(QStringLiteral("content")).toString(), QStringLiteral("What is a lock?"));
    }
    QCOMPARE(column(1).chat().transcript().turns().size(), 2);
    QCOMPARE(m_view->composer().text(), QStringLiteral("half a thought"));
}

void TestSideBySide::everythingHasANameAndAKey()
{
    open({QStringLiteral("quick-1"), QStringLiteral("quick-2"), QStringLiteral("quick-3")});
    m_view->addColumn();
    ask();
    QTRY_VERIFY(!m_view->isBusy() && state(2) == State::Complete);
    QCOMPARE(uitest::controlsWithoutName(*m_view).join(QLatin1Char('\n')), QString());
    // Everything is reached with Tab, the composer first.
    m_view->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    m_view->composer().editor()->setFocus();
    QSet<QWidget *> reached;
    for (int i = 0; i < 80; ++i) {
        reached.insert(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    for (int i = 0; i < 3; ++i) {
        QVERIFY2(reached.contains(&column(i).chooser()), qPrintable(QString::number(i)));
        QVERIFY(reached.contains(&column(i).chat().view()));
    }
    QVERIFY(reached.contains(m_view->composer().editor()));
}

void TestSideBySide::itFitsWhereTheWindowIsSmall()
{
    open({QStringLiteral("quick-1"), QStringLiteral("quick-2"), QStringLiteral("quick-3")});
    m_view->addColumn();
    QVERIFY2(m_view->minimumSizeHint().width() <= 660, qPrintable(QString::number(m_view->minimumSizeHint().width())));
    m_view->resize(660, 380);
    ask();
    QTRY_VERIFY(!m_view->isBusy() && state(2) == State::Complete);
    QTRY_COMPARE(m_view->width(), 660);
    for (const ConversationColumn *one : m_view->columns()) {
        QVERIFY(one->width() >= 200);
        QVERIFY2(one->chat().view().viewport()->height() >= 60, qPrintable(QString::number(one->chat().view().viewport()->height())));
    }
    uitest::picture(*m_view, QStringLiteral("three_columns_small"));
}

void TestSideBySide::closingStopsWhatNobodySees()
{
    open({QStringLiteral("slow-1"), QStringLiteral("slow-2")});
    ask();
    QTRY_VERIFY(!last(0).text.isEmpty() && !last(1).text.isEmpty());
    QPointer<RunController> run = column(0).run();
    m_view.reset();
    QTRY_VERIFY(run && run->state() == RunController::State::Canceled);
    QTRY_COMPARE(m_models->hangups(), 2);
}

QTEST_MAIN(TestSideBySide)
#include "tst_sidebyside.moc"
