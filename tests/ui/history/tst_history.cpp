#include "sluice/history/history_model.h"
#include "sluice/history/history_panel.h"
#include "sluice/store/user_store.h"

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
    void init();
    void rowsComeInPagesNewestFirst();
    void newRunsArriveWithoutLosingTheSelection();
    void interruptedRunsSaySo();
    void enterOpensAndReplayGivesTheSameCall();
    void deleteCanBeUndone();
    void emptyAndUnmatchedAreSaidApart();

private:
    QString addRun(const QString &capability, RunRecord::State state = RunRecord::State::Succeeded);
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<Database> m_database;
    std::unique_ptr<RunHistory> m_history;
};

void TestHistory::init()
{
    m_history.reset();
    m_database.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    const auto database = openUserStore(m_folder->filePath(QStringLiteral("sluice.sqlite")));
    QVERIFY(database);
    m_database = *database;
    m_history = std::make_unique<RunHistory>(m_database);
}

QString TestHistory::addRun(const QString &capability, RunRecord::State state)
{
    Call call;
    call.capability = capability;
    call.input = Json{{QStringLiteral("text"), QStringLiteral("hello")}};
    RunRecord record;
    record.capability = capability;
    record.verb = QStringLiteral("run");
    record.call = QString::fromUtf8(call.toJson().dump());
    const QString id = m_history->beginSync(record);
    if (state != RunRecord::State::Running) {
        RunOutcome outcome;
        outcome.state = state;
        outcome.paidWei = QStringLiteral("8000000000");
        outcome.ticketCount = 1;
        m_history->finishSync(id, outcome);
    }
    return id;
}

void TestHistory::rowsComeInPagesNewestFirst()
{
    for (int i = 0; i < HistoryModel::PageSize + 20; ++i)
        addRun(QStringLiteral("capability-%1").arg(i));
    HistoryModel model(*m_history);
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
    HistoryPanel panel(*m_history);
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
    HistoryModel model(*m_history);
    QTRY_COMPARE(model.rowCount(), 1);
    QVERIFY(model.index(0).data(HistoryModel::FactsRole).toString().contains(QStringLiteral("interrupted")));
}

void TestHistory::enterOpensAndReplayGivesTheSameCall()
{
    const QString id = addRun(QStringLiteral("text-analysis"));
    HistoryPanel panel(*m_history);
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
    HistoryPanel panel(*m_history);
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
    HistoryPanel panel(*m_history);
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

QTEST_MAIN(TestHistory)
#include "tst_history.moc"
