#include "../ui_test_support.h"

#include "sluice/history/compare_view.h"
#include "sluice/history/history_model.h"
#include "sluice/history/history_panel.h"
#include "sluice/history/line_diff.h"
#include "sluice/store/run_history.h"
#include "sluice/store/user_store.h"
#include "sluice/widgets/inline_message.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QTemporaryDir>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QPushButton>

using namespace sluice;
using namespace sluice::ui;

class TestHistory : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, Theme::Mode::Light); }
    void init();
    void rowsComeInPagesNewestFirst();
    void newRunsArriveWithoutLosingTheSelection();
    void interruptedRunsSaySo();
    void enterOpensAndReplayGivesTheSameCall();
    void deleteCanBeUndone();
    void emptyAndUnmatchedAreSaidApart();
    void severalAreDeletedAndRestoredTogether();
    void twoRunsAreCompared();
    void comparingNeedsTwo();
    void anAnswerThatIsNotHereIsSaidToBeElsewhere();
    void linesAreAligned_data();
    void linesAreAligned();
    void differencesOfHugeTextsStayBounded();
    void everyControlHasAName();
    void pictures_data();
    void pictures();

private:
    QString addRun(const QString &capability, RunRecord::State state = RunRecord::State::Succeeded,
        const QString &text = QStringLiteral("hello"), const QByteArray &result = "{\"words\":1}");
    QDateTime m_startedAt; ///< of the runs that are added; now where it is invalid
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<Database> m_database;
    std::unique_ptr<RunHistory> m_history;
    std::unique_ptr<History> m_shown; ///< the same as panels see it
};

void TestHistory::init()
{
    m_startedAt = {};
    m_shown.reset();
    m_history.reset();
    m_database.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    const auto database = openUserStore(m_folder->filePath(QStringLiteral("sluice.sqlite")));
    QVERIFY(database);
    m_database = *database;
    m_history = std::make_unique<RunHistory>(m_database);
    m_shown = historyOf(*m_history, m_database);
}

QString TestHistory::addRun(const QString &capability, RunRecord::State state, const QString &text, const QByteArray &result)
{
    Call call;
    call.capability = capability;
    call.input = Json{{QStringLiteral("text"), text}};
    RunRecord record;
    record.capability = capability;
    record.verb = QStringLiteral("run");
    record.startedAt = m_startedAt;
    record.call = QString::fromUtf8(call.toJson().dump());
    const QString id = m_history->beginSync(record);
    if (state != RunRecord::State::Running) {
        RunOutcome outcome;
        outcome.state = state;
        outcome.paidWei = QStringLiteral("8000000000");
        outcome.ticketCount = 1;
        outcome.resultBytes = result;
        m_history->finishSync(id, outcome);
    }
    return id;
}

void TestHistory::rowsComeInPagesNewestFirst()
{
    for (int i = 0; i < HistoryModel::PageSize + 20; ++i)
        addRun(QStringLiteral("capability-%1").arg(i));
    HistoryModel model(*m_shown);
    QSignalSpy loaded(&model, &HistoryModel::loaded);
    QVERIFY(loaded.wait());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.total(), HistoryModel::PageSize + 20);
    QTRY_COMPARE(model.rowCount(), HistoryModel::PageSize + 20); // the tester fetches more
    QCOMPARE(model.index(0).data(HistoryModel::RecordRole).value<RunRecord>().capability,
        QStringLiteral("capability-119"));
    QVERIFY(model.index(0).data(HistoryModel::FactsRole).toString().contains(QStringLiteral("8\u00a0gwei")));
}

void TestHistory::newRunsArriveWithoutLosingTheSelection()
{
    addRun(QStringLiteral("first"));
    HistoryPanel panel(*m_shown);
    panel.show();
    auto *list = panel.findChild<QListView *>();
    QTRY_COMPARE(panel.model().rowCount(), 1);
    list->setCurrentIndex(panel.model().index(0));
    addRun(QStringLiteral("second"));
    QTRY_COMPARE(panel.model().rowCount(), 2);
    QCOMPARE(list->currentIndex().row(), 1);
    QCOMPARE(list->currentIndex().data(HistoryModel::RecordRole).value<RunRecord>().capability, QStringLiteral("first"));
}

void TestHistory::interruptedRunsSaySo()
{
    addRun(QStringLiteral("cut"), RunRecord::State::Interrupted);
    HistoryModel model(*m_shown);
    QTRY_COMPARE(model.rowCount(), 1);
    QVERIFY(model.index(0).data(HistoryModel::FactsRole).toString().contains(QStringLiteral("interrupted")));
}

void TestHistory::enterOpensAndReplayGivesTheSameCall()
{
    const QString id = addRun(QStringLiteral("text-analysis"));
    HistoryPanel panel(*m_shown);
    panel.show();
    QTRY_COMPARE(panel.model().rowCount(), 1);
    auto *list = panel.findChild<QListView *>();
    list->setCurrentIndex(panel.model().index(0));
    QSignalSpy picked(&panel, &HistoryPanel::runPicked);
    QTest::keyClick(list, Qt::Key_Return);
    QTRY_COMPARE(picked.count(), 1);
    QCOMPARE(picked.first().first().value<RunRecord>().id, id);
    QSignalSpy replayed(&panel, &HistoryPanel::replayRequested);
    panel.replaySelected();
    QTRY_COMPARE(replayed.count(), 1);
    const auto call = replayed.first().first().value<Call>();
    QCOMPARE(call.capability, QStringLiteral("text-analysis"));
    QCOMPARE(call.input.dump(), QByteArray(R"({"text":"hello"})"));
}

void TestHistory::deleteCanBeUndone()
{
    addRun(QStringLiteral("a"));
    HistoryPanel panel(*m_shown);
    panel.show();
    QTRY_COMPARE(panel.model().rowCount(), 1);
    panel.findChild<QListView *>()->setCurrentIndex(panel.model().index(0));
    panel.deleteSelected();
    QTRY_COMPARE(panel.model().rowCount(), 0);
    QPushButton *undo = nullptr;
    QTRY_VERIFY([&] {
        for (auto *button : panel.findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text() == QStringLiteral("Undo"))
                undo = button;
        }
        return undo != nullptr;
    }());
    undo->click();
    QTRY_COMPARE(panel.model().rowCount(), 1);
}

void TestHistory::emptyAndUnmatchedAreSaidApart()
{
    HistoryPanel panel(*m_shown);
    QSignalSpy loaded(&panel.model(), &HistoryModel::loaded);
    QVERIFY(loaded.wait());
    QCOMPARE(panel.model().total(), 0);
    addRun(QStringLiteral("text-analysis"));
    QTRY_COMPARE(panel.model().rowCount(), 1);
    panel.findChild<QLineEdit *>()->setText(QStringLiteral("nothing like it"));
    QTRY_COMPARE(panel.model().rowCount(), 0);
    panel.findChild<QLineEdit *>()->clear();
    QTRY_COMPARE(panel.model().rowCount(), 1);
}

void TestHistory::severalAreDeletedAndRestoredTogether()
{
    for (const char *name : {"a", "b", "c"})
        addRun(QString::fromLatin1(name));
    HistoryPanel panel(*m_shown);
    panel.show();
    QTRY_COMPARE(panel.model().rowCount(), 3);
    auto *list = panel.findChild<QListView *>();
    list->selectAll();
    panel.deleteSelected();
    QTRY_COMPARE(panel.model().rowCount(), 0);
    auto *message = panel.findChild<InlineMessage *>();
    QTRY_VERIFY(message->isVisible());
    Q_EMIT message->actionTriggered();
    QTRY_COMPARE(panel.model().rowCount(), 3);
}

void TestHistory::twoRunsAreCompared()
{
    m_startedAt = QDateTime::currentDateTimeUtc(); // the same for both: the list says which one is older
    addRun(QStringLiteral("text-analysis"), RunRecord::State::Succeeded, QStringLiteral("hello"), "{\"language\":\"en\",\"words\":1}");
    addRun(QStringLiteral("text-analysis"), RunRecord::State::Succeeded, QStringLiteral("hallo"), "{\"language\":\"de\",\"words\":1}");
    HistoryPanel panel(*m_shown);
    panel.show();
    QTRY_COMPARE(panel.model().rowCount(), 2);
    auto *list = panel.findChild<QListView *>();
    list->setFocus();
    list->selectAll();
    QTest::keyClick(list, Qt::Key_D);
    CompareView *view = nullptr;
    QTRY_VERIFY((view = panel.findChild<CompareView *>()) != nullptr);
    QVERIFY(view->shownText(0).contains(QLatin1String("hello")));
    QVERIFY(view->shownText(1).contains(QLatin1String("hallo")));
    QCOMPARE(view->differences(), 1);
    view->setSection(1);
    QVERIFY(view->shownText(0).contains(QStringLiteral("~   \"language\": \"en\"")));
    QVERIFY(view->shownText(1).contains(QStringLiteral("    \"words\": 1")));
    QCOMPARE(uitest::controlsWithoutName(*view).join(u'\n'), QString());
    uitest::picture(*view, QStringLiteral("compare-light"));
    QTest::keyClick(view, Qt::Key_Escape);
    QTRY_VERIFY(panel.findChild<CompareView *>() == nullptr);
}

void TestHistory::comparingNeedsTwo()
{
    addRun(QStringLiteral("a"));
    HistoryPanel panel(*m_shown);
    panel.show();
    QTRY_COMPARE(panel.model().rowCount(), 1);
    panel.compareSelected();
    QVERIFY(panel.findChild<InlineMessage *>()->text().contains(QLatin1String("Select two")));
}

// Unknown is shown as unknown: not as a success with an empty answer.
void TestHistory::anAnswerThatIsNotHereIsSaidToBeElsewhere()
{
    RunRecord sent;
    sent.state = RunRecord::State::Signed;
    RunRecord empty;
    empty.state = RunRecord::State::Succeeded;
    CompareView view;
    view.showRuns(sent, empty);
    view.setSection(1);
    QVERIFY2(view.shownText(0).contains(QLatin1String("Another program sent this call")), qPrintable(view.shownText(0)));
    QVERIFY2(view.shownText(1).contains(QLatin1String("No answer was kept")), qPrintable(view.shownText(1)));
    sent.verb = QStringLiteral("run");
    QVERIFY2(HistoryModel::factsText(sent).contains(QLatin1String("signed for another program")), qPrintable(HistoryModel::factsText(sent)));
}

void TestHistory::linesAreAligned_data()
{
    QTest::addColumn<QString>("left");
    QTest::addColumn<QString>("right");
    QTest::addColumn<QString>("kinds"); // one letter a row
    QTest::newRow("same") << "a b c" << "a b c" << "===";
    QTest::newRow("added") << "a c" << "a b c" << "=+=";
    QTest::newRow("removed") << "a b c" << "a c" << "=-=";
    QTest::newRow("changed") << "a b c" << "a x c" << "=~=";
    QTest::newRow("moved") << "a b c d" << "b c d a" << "-===+";
    QTest::newRow("changed and more") << "a b z" << "a x y z" << "=~+=";
    QTest::newRow("all") << "a" << "b" << "~";
}

void TestHistory::linesAreAligned()
{
    QFETCH(QString, left);
    QFETCH(QString, right);
    QFETCH(QString, kinds);
    QString got;
    const QList<DiffRow> rows = diffLines(left.split(u' '), right.split(u' '));
    for (const DiffRow &row : rows)
        got += row.kind == DiffRow::Kind::Same ? u'=' : row.kind == DiffRow::Kind::Added ? u'+' : row.kind == DiffRow::Kind::Removed ? u'-' : u'~';
    QCOMPARE(got, kinds);
}

void TestHistory::differencesOfHugeTextsStayBounded()
{
    QStringList left;
    QStringList right;
    for (int i = 0; i < 20000; ++i) {
        left << QString::number(i);
        right << QString::number(-i - 1);
    }
    QCOMPARE(diffLines(left, right).size(), 20000);
}

void TestHistory::everyControlHasAName()
{
    addRun(QStringLiteral("a"));
    HistoryPanel panel(*m_shown);
    panel.show();
    QTRY_COMPARE(panel.model().rowCount(), 1);
    QCOMPARE(uitest::controlsWithoutName(panel).join(u'\n'), QString());
}

void TestHistory::pictures_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestHistory::pictures()
{
    QFETCH(bool, dark);
    Theme::setMode(dark ? Theme::Mode::Dark : Theme::Mode::Light);
    const QString mode = QString::fromLatin1(QTest::currentDataTag());
    HistoryPanel panel(*m_shown);
    panel.resize(420, 360);
    panel.show();
    QTRY_VERIFY(!panel.model().isLoading());
    uitest::picture(panel, QStringLiteral("history-empty-") + mode);
    addRun(QStringLiteral("text-analysis"));
    addRun(QStringLiteral("docs-chat"), RunRecord::State::Failed);
    addRun(QStringLiteral("image-filter"), RunRecord::State::Interrupted);
    addRun(QStringLiteral("docs-chat"), RunRecord::State::Canceled);
    addRun(QStringLiteral("text-analysis"), RunRecord::State::Running);
    QTRY_COMPARE(panel.model().rowCount(), 5);
    panel.findChild<QListView *>()->setCurrentIndex(panel.model().index(1));
    QVERIFY(uitest::colorCount(uitest::picture(panel, QStringLiteral("history-full-") + mode)) > 20);
    Theme::setMode(Theme::Mode::Light);
}

QTEST_MAIN(TestHistory)
#include "tst_history.moc"
