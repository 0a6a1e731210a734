#include "window_fixture_p.h"

#include "worker_fixture.h"

#include "sluice/chat/chat_composer.h"
#include "sluice/chat/chat_pane.h"
#include "sluice/chat/chat_transcript.h"
#include "sluice/chat/chat_view.h"
#include "sluice/codeview/code_view.h"
#include "sluice/gateway/history.h"
#include "sluice/history/history_panel.h"
#include "sluice/jobs/job_list_model.h"
#include "sluice/jobs/jobs_panel.h"
#include "sluice/shell/chat_page.h"
#include "sluice/widgets/amount_label.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/state_view.h"

#include <QtGui/QClipboard>
#include <QtTest/QtTest>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableView>

using namespace sluice;
using namespace sluice::ui;

namespace {

const QString Question = QStringLiteral("How does a payment ticket work?");
const QString TwoStreams = QStringLiteral("answer-and-measure");
const QString OneStream = QStringLiteral("docs-assistant");
const QString M = QStringLiteral("m");

/// A job of somebody else's, through the sandbox's own models.
QByteArray docsStreams()
{
    return R"([{"provider":"openai","settings":{"model":"sandbox/docs-chat"},"messages":[{"role":"user","content":"{query}"}]}])";
}

} // namespace

/// The LLM worker in the window: templates whose streams are told of each, and the jobs of its queue.
class TestWindowJobs : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { openNetwork(); }
    void cleanupTestCase() { m_network.reset(); }
    void init() { openWindow(); }
    void cleanup() { m_fixture.reset(); }

    void twoStreamsOfATemplateAreEachPaidAndShown();
    void aTemplateOfOneStreamIsAChatLikeAnyOther();
    void theListIsOpenedByItsKeysAndSaysWhatToDo();
    void jobsOfOthersAreListedFollowedAndEnded();
    void aJobThatWaitsSaysItsPlaceAndOpensWhereItIs();
    void aWorkerThatListsNothingLeavesWhatWasGivenFromHere();
    void everyControlHasANameAndIsReachedByKeys();

private:
    [[nodiscard]] ChatPage *chat(const QString &name) const { return qobject_cast<ChatPage *>(m_fixture->open(name)); }
    static void send(ChatPage &page, const QString &question)
    {
        page.chat().composer().setText(question);
        QTest::keyClick(page.chat().composer().editor(), Qt::Key_Return, Qt::ControlModifier);
    }
    [[nodiscard]] static bool ended(const ChatPage &page) { return !page.chat().isBusy() && page.currentRun() && page.currentRun()->state() != RunController::State::Running; }
    JobsPanel *opened()
    {
        QTest::keyClick(m_fixture->window.get(), Qt::Key_J, Qt::ControlModifier);
        return m_fixture->window->findChild<JobsPanel *>();
    }
    /// What the history has of it.
    [[nodiscard]] RunRecord record(const QString &id) const
    {
        const auto asked = m_fixture->session->history().byId(id);
        if (!QTest::qWaitFor([&] { return asked.isFinished(); }, 5'000))
            return {};
        return asked.result().value_or(RunRecord());
    }
    [[nodiscard]] QUrl workerUrl() const { return QUrl(m_fixture->session->inUse().backends.value(QStringLiteral("llmworker")).text(QStringLiteral("url"))); }
    static void select(const JobsPanel &panel, const QString &id)
    {
        panel.table().setFocus();
        panel.table().selectRow(panel.model().rowOf(id));
    }
    static void agree(const JobsPanel &panel)
    {
        for (auto *button : panel.message().findChildren<QPushButton *>()) {
            if (button->isVisibleTo(&panel.message()))
                button->click();
        }
    }
};

void TestWindowJobs::twoStreamsOfATemplateAreEachPaidAndShown()
{
    ChatPage *page = chat(TwoStreams);
    QVERIFY(page);
    send(*page, Question);
    QTRY_VERIFY_WITH_TIMEOUT(ended(*page), 30'000);
    const ChatTurn turn = page->chat().transcript().turns().last();
    QVERIFY2(!turn.error, turn.error ? qPrintable(turn.error->describe()) : "");
    QCOMPARE(turn.steps.size(), 2);
    QCOMPARE(turn.steps.at(0).name, QStringLiteral("docs-chat"));
    QCOMPARE(turn.steps.at(1).name, QStringLiteral("text-analysis"));
    QVERIFY(turn.steps.at(0).text.contains(QStringLiteral("ticket")));
    QVERIFY(turn.steps.at(0).firstToken && turn.steps.at(0).duration && turn.steps.at(0).chunks > 10);
    // The second was asked with what the first said: it counted those very characters.
    const Json measured = orThrow(Json::parse(turn.text.toUtf8()));
    QCOMPARE(measured.find(QStringLiteral("/counts/characters"))->toInt64().value_or(0), qint64(turn.steps.at(0).text.size()));
    // Both cost something, and the answer what they cost together.
    qint64 sum = 0;
    for (const ChatStep &step : turn.steps) {
        QVERIFY(step.costWei().toLongLong() > 0);
        sum += step.costWei().toLongLong();
        const RunRecord run = record(step.runId);
        QCOMPARE(run.capability, step.name);
        QCOMPARE(run.paidWei, step.paidWei);
        QCOMPARE(run.state, RunRecord::State::Succeeded);
        QVERIFY(run.ticketCount > 0);
    }
    QCOMPARE(turn.figures.paidWei, QString::number(sum));
    // Each has a bubble with its name and its cost; the words of the first are in it.
    page->chat().view().flush();
    const auto bubbles = page->chat().view().findChildren<QWidget *>(QStringLiteral("stepBubble"));
    QCOMPARE(bubbles.size(), 2);
    for (int i = 0; i < 2; ++i) {
        QVERIFY2(bubbles.at(i)->accessibleName().contains(turn.steps.at(i).name), qPrintable(bubbles.at(i)->accessibleName()));
        QCOMPARE(bubbles.at(i)->findChild<AmountLabel *>()->exact(), turn.steps.at(i).costWei() + QStringLiteral(" wei"));
        QVERIFY(bubbles.at(i)->findChild<QLabel *>(QStringLiteral("stepFigures"))->text().contains(QStringLiteral("first after")));
    }
    auto *words = bubbles.at(0)->findChild<ChatView *>();
    QTRY_VERIFY(words->isVisible() && words->contentHeight() > 50);
    QCOMPARE(words->verticalScrollBar()->value(), 0); // to be read from its beginning
    words->selectAll();
    QVERIFY(words->selectedText().contains(QStringLiteral("ticket")));
    QVERIFY(!bubbles.at(1)->findChild<ChatView *>()->isVisible());
    // The call that is shown asks for all that; its code is the call's.
    QVERIFY(page->call().input.value(QStringLiteral("tell_streams")).toBool());
    // What each stream asked is a run of its own, with its code.
    for (const ChatStep &step : turn.steps) {
        Q_EMIT opened()->runRequested(step.runId);
        QTRY_COMPARE(m_fixture->window->currentPage() ? m_fixture->window->currentPage()->shownRunId() : QString(), step.runId);
        QTRY_VERIFY(!m_fixture->window->codeView().isPending());
        QVERIFY2(m_fixture->window->codeView().code().contains(step.name), qPrintable(m_fixture->window->codeView().code()));
    }
    // The job's own run shows both streams again, with what they cost; times are not kept.
    const RunRecord own = record(page->runId());
    QCOMPARE(own.capability, TwoStreams);
    Q_EMIT m_fixture->window->history().runPicked(own);
    QTRY_COMPARE(m_fixture->window->currentPage()->shownRunId(), own.id);
    auto *past = qobject_cast<ChatPage *>(m_fixture->window->currentPage());
    QVERIFY(past);
    const ChatTurn kept = past->chat().transcript().turns().last();
    QCOMPARE(kept.steps.size(), 2);
    QCOMPARE(kept.text, turn.text);
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(kept.steps.at(i).text, turn.steps.at(i).text);
        QCOMPARE(kept.steps.at(i).costWei(), turn.steps.at(i).costWei());
        QVERIFY(!kept.steps.at(i).firstToken);
    }
}

void TestWindowJobs::aTemplateOfOneStreamIsAChatLikeAnyOther()
{
    ChatPage *page = chat(OneStream);
    QVERIFY(page);
    send(*page, Question);
    QTRY_VERIFY_WITH_TIMEOUT(ended(*page), 30'000);
    const ChatTurn turn = page->chat().transcript().turns().last();
    QCOMPARE(turn.state, ChatTurn::State::Complete);
    QVERIFY(turn.text.contains(QStringLiteral("ticket")));
    QVERIFY(!turn.hasSteps());
    QVERIFY(page->chat().view().findChildren<QWidget *>(QStringLiteral("stepBubble")).isEmpty());
}

void TestWindowJobs::theListIsOpenedByItsKeysAndSaysWhatToDo()
{
    JobsPanel *panel = opened();
    QVERIFY(panel && panel->isVisible());
    QTRY_COMPARE(panel->states().state(), StateView::State::Empty);
    auto *tabs = m_fixture->window->findChild<QTabWidget *>();
    const int count = tabs->count();
    QCOMPARE(opened(), panel);
    QCOMPARE(tabs->count(), count);
}

void TestWindowJobs::jobsOfOthersAreListedFollowedAndEnded()
{
    test::RawClient other(workerUrl());
    for (int i = 0; i < 4; ++i)
        other.add(QString::number(i), Question, docsStreams());
    QVERIFY(other.waitForTexts(5, 10'000));
    QStringList ids;
    for (const Json &message : other.messages()) {
        if (test::typeOf(message) == QLatin1String("resp_add"))
            ids.append(test::jobOf(message));
    }
    QCOMPARE(ids.size(), 4);
    JobsPanel *panel = opened();
    QTRY_VERIFY(panel->model().rowOf(ids.at(3)) >= 0);
    const int last = panel->model().rowOf(ids.at(3));
    QCOMPARE(panel->model().job(0).state, RemoteJob::State::Running);
    QVERIFY(panel->model().job(last).place > 0);
    QVERIFY(panel->model().index(last, JobListModel::State).data().toString().contains(QString::number(panel->model().job(last).place)));
    QVERIFY(!panel->model().job(last).isOurs);
    // Its id can be copied, and it is ended only after a word about whose it is.
    select(*panel, ids.at(3));
    QTest::keyClick(&panel->table(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), ids.at(3));
    QTest::keyClick(&panel->table(), Qt::Key_Delete);
    QVERIFY(panel->message().isVisible());
    QVERIFY(panel->model().rowOf(ids.at(3)) >= 0);
    agree(*panel);
    QTRY_COMPARE(panel->model().rowOf(ids.at(3)), -1);
    QVERIFY(other.waitFor([&] { return other.messages().last().value(QStringLiteral("message")).toString() == QLatin1String("The job was cancelled.") || other.ends() > 1; }, 5'000));
    // Another is followed: its answer comes here, as a run of its own, and its giver hears no more.
    select(*panel, ids.at(2));
    QTest::keyClick(&panel->table(), Qt::Key_Return);
    QVERIFY(panel->message().isVisible());
    agree(*panel);
    QTRY_VERIFY(qobject_cast<ChatPage *>(m_fixture->window->currentPage()));
    auto *page = qobject_cast<ChatPage *>(m_fixture->window->currentPage());
    QVERIFY(page->isAttached());
    QVERIFY(!page->chat().composer().isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(ended(*page), 40'000);
    const ChatTurn turn = page->chat().transcript().turns().last();
    QVERIFY2(!turn.error, turn.error ? qPrintable(turn.error->describe()) : "");
    QVERIFY(turn.text.contains(QStringLiteral("ticket")));
    const RunRecord run = record(page->runId());
    QVERIFY(run.call.contains(ids.at(2)));
    QCOMPARE(run.state, RunRecord::State::Succeeded);
    other.waitFor([] { return false; }, 300); // reads what is there
    for (const Json &message : other.messages())
        QVERIFY(test::jobOf(message) != ids.at(2) || test::typeOf(message) == QLatin1String("resp_add"));
    // As a run of the history it is read again.
    Q_EMIT m_fixture->window->history().runPicked(run);
    QTRY_COMPARE(m_fixture->window->currentPage()->shownRunId(), run.id);
    auto *past = qobject_cast<ChatPage *>(m_fixture->window->currentPage());
    QVERIFY(past && past->isAttached());
    QCOMPARE(past->chat().transcript().turns().last().text, turn.text);
}

void TestWindowJobs::aJobThatWaitsSaysItsPlaceAndOpensWhereItIs()
{
    test::RawClient other(workerUrl());
    for (int i = 0; i < 2; ++i)
        other.add(QString::number(i), Question, docsStreams());
    QVERIFY(other.waitForTexts(3, 10'000));
    ChatPage *page = chat(OneStream);
    send(*page, Question);
    QTRY_VERIFY_WITH_TIMEOUT(page->chat().transcript().turns().last().place > 0, 10'000);
    auto *figures = page->chat().view().findChild<QLabel *>(QStringLiteral("figures"));
    QTRY_VERIFY2(figures->text().contains(QStringLiteral("in the queue")), qPrintable(figures->text()));
    JobsPanel *panel = opened();
    const auto ours = [panel] {
        for (int row = 0; row < panel->model().rowCount(); ++row) {
            if (panel->model().job(row).isOurs)
                return row;
        }
        return -1;
    };
    QTRY_VERIFY(ours() >= 0);
    const RemoteJob job = panel->model().job(ours());
    QCOMPARE(job.capability, OneStream);
    QCOMPARE(job.title, Question);
    QCOMPARE(job.runId, page->runId());
    select(*panel, job.id);
    QTest::keyClick(&panel->table(), Qt::Key_Return);
    QTRY_COMPARE(m_fixture->window->currentPage(), page);
    // While it runs, what it said is there to be read in the list.
    QCOMPARE(opened(), panel);
    QTRY_VERIFY_WITH_TIMEOUT(panel->model().job(ours()).state == RemoteJob::State::Running && !panel->model().job(ours()).text.isEmpty(), 30'000);
    select(*panel, job.id);
    QTRY_VERIFY(!panel->text().toPlainText().isEmpty());
    // It runs already, so that ending it is asked about.
    QTest::keyClick(&panel->table(), Qt::Key_Delete);
    QVERIFY(panel->message().isVisible() || panel->model().job(ours()).isOver());
    agree(*panel);
    QTRY_VERIFY_WITH_TIMEOUT(ended(*page), 30'000);
    QTRY_VERIFY(panel->model().job(ours()).isOver());
}

void TestWindowJobs::aWorkerThatListsNothingLeavesWhatWasGivenFromHere()
{
    test::Worker stock;
    test::ModelServer::Script script;
    script.pieces = {test::ModelServer::event(QStringLiteral("so ")), test::ModelServer::event(QStringLiteral("far"))};
    script.held = true;
    stock.models.play(M, script);
    Profile profile;
    profile.name = QStringLiteral("stock");
    profile.local = false;
    profile.backends.insert(QStringLiteral("llmworker"), orThrow(Json::parse(R"({"url":")" + stock.url.toString().toUtf8() + R"(","templates":{"ask":{"streams":)" + test::Worker::streams(M) + "}}}")));
    m_fixture->session->saveProfile(profile);
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->session->profile().name == profile.name && m_fixture->isReady(), 20'000);
    ChatPage *page = chat(QStringLiteral("ask"));
    QVERIFY(page);
    send(*page, Question);
    QTRY_COMPARE(stock.models.askedFor(M), 1);
    JobsPanel *panel = opened();
    QTRY_COMPARE(panel->model().rowCount(), 1);
    QVERIFY(panel->model().job(0).isOurs);
    bool said = false;
    for (const QLabel *label : panel->findChildren<QLabel *>())
        said = said || (label->isVisible() && label->text().contains(stock.url.host()) && label->text().contains(QStringLiteral("does not tell")));
    QVERIFY(said);
    // It cannot be ended there, which is said, and it stays.
    select(*panel, panel->model().job(0).id);
    QTest::keyClick(&panel->table(), Qt::Key_Delete);
    agree(*panel);
    QTRY_VERIFY2(panel->message().text().contains(QStringLiteral("on demand")), qPrintable(panel->message().text()));
    QVERIFY(!panel->model().job(0).isOver());
    stock.models.release();
    QTRY_VERIFY_WITH_TIMEOUT(ended(*page), 20'000);
    QCOMPARE(page->chat().transcript().turns().last().text, QStringLiteral("so far"));
    QTRY_COMPARE(panel->model().job(0).state, RemoteJob::State::Done);
    m_fixture->session->switchProfile(QStringLiteral("sandbox"));
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->session->profile().local && m_fixture->isReady(), 20'000);
}

void TestWindowJobs::everyControlHasANameAndIsReachedByKeys()
{
    JobsPanel *panel = opened();
    test::RawClient other(workerUrl());
    other.add(QStringLiteral("a"), Question, docsStreams());
    QTRY_VERIFY(panel->model().rowCount() > 0);
    for (const QWidget *one : panel->findChildren<QWidget *>()) {
        if (one->isVisible() && one->focusPolicy() != Qt::NoFocus)
            QVERIFY2(!one->accessibleName().isEmpty(), one->metaObject()->className());
    }
    panel->focusContent();
    QTRY_COMPARE(QApplication::focusWidget(), &panel->table());
}

QTEST_MAIN(TestWindowJobs)
#include "tst_window_jobs.moc"
