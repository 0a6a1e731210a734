#include "sluice/jobs/job_list_model.h"

#include <QtCore/QItemSelectionModel>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QtTest>

using namespace sluice;
using namespace sluice::ui;

/// The list of a worker's jobs: what it says of each, and what becomes of a selection while jobs come and go.
class TestJobList : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSelectionStaysAtItsJob();
    void whatNobodyTellsIsNotMadeUp();
    void placeAndTimesAreToldAsTheyAre();
    void wordsOfOthersStayWords();

private:
    static RemoteJob job(const QString &id, RemoteJob::State state = RemoteJob::State::Waiting, qint64 place = 0)
    {
        RemoteJob job;
        job.id = id;
        job.state = state;
        job.place = place;
        return job;
    }
    static QString cell(const JobListModel &model, int row, int column) { return model.index(row, column).data(Qt::DisplayRole).toString(); }
};

void TestJobList::aSelectionStaysAtItsJob()
{
    JobListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setJobs({job(QStringLiteral("a")), job(QStringLiteral("b")), job(QStringLiteral("c"))});
    QItemSelectionModel selection(&model);
    selection.select(model.index(2, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    const auto selected = [&] { return selection.selectedRows().isEmpty() ? QString() : model.job(selection.selectedRows().first().row()).id; };
    model.setJobs({job(QStringLiteral("b")), job(QStringLiteral("c")), job(QStringLiteral("d"))}); // one went, one came
    QCOMPARE(selected(), QStringLiteral("c"));
    model.setJobs({job(QStringLiteral("c")), job(QStringLiteral("d")), job(QStringLiteral("b"))}); // it moved up
    QCOMPARE(selected(), QStringLiteral("c"));
    QCOMPARE(model.rowOf(QStringLiteral("b")), 2);
    model.setJobs({});
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(selected().isEmpty());
}

void TestJobList::whatNobodyTellsIsNotMadeUp()
{
    JobListModel model;
    model.setJobs({job(QStringLiteral("a"), RemoteJob::State::Unknown)});
    for (const int column : {JobListModel::Question, JobListModel::Waited, JobListModel::Ran, JobListModel::Text})
        QCOMPARE(cell(model, 0, column), QStringLiteral("–"));
    QVERIFY(!cell(model, 0, JobListModel::State).contains(QStringLiteral("waiting")));
    QCOMPARE(cell(model, 0, JobListModel::Assistant), QStringLiteral("not given from here"));
}

void TestJobList::placeAndTimesAreToldAsTheyAre()
{
    JobListModel model;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    RemoteJob waits = job(QStringLiteral("a"), RemoteJob::State::Waiting, 12);
    waits.addedAt = now.addSecs(-90);
    RemoteJob over = job(QStringLiteral("b"), RemoteJob::State::Done);
    over.addedAt = now.addSecs(-100);
    over.begunAt = now.addSecs(-60);
    over.endedAt = now.addSecs(-15);
    model.setJobs({waits, over});
    QVERIFY(cell(model, 0, JobListModel::State).contains(QStringLiteral("12")));
    QCOMPARE(cell(model, 0, JobListModel::Ran), QStringLiteral("–"));
    QVERIFY2(cell(model, 0, JobListModel::Waited).contains(QStringLiteral("30")), qPrintable(cell(model, 0, JobListModel::Waited))); // 1 min 30 s
    QVERIFY2(cell(model, 1, JobListModel::Waited).contains(QStringLiteral("40")), qPrintable(cell(model, 1, JobListModel::Waited)));
    QVERIFY2(cell(model, 1, JobListModel::Ran).contains(QStringLiteral("45")), qPrintable(cell(model, 1, JobListModel::Ran)));
}

void TestJobList::wordsOfOthersStayWords()
{
    JobListModel model;
    RemoteJob loud = job(QStringLiteral("a"), RemoteJob::State::Failed);
    loud.text = QStringLiteral("one\n\n<b>two</b>") + QString(5000, QLatin1Char('x'));
    loud.problem = QStringLiteral("<img src='http://elsewhere/'>");
    model.setJobs({loud});
    QVERIFY(cell(model, 0, JobListModel::Text).size() <= 200);
    QVERIFY(!cell(model, 0, JobListModel::Text).contains(QLatin1Char('\n')));
    QVERIFY(model.index(0, JobListModel::State).data(Qt::ToolTipRole).toString().contains(QStringLiteral("<img"))); // tooltips are plain text
}

QTEST_MAIN(TestJobList)
#include "tst_job_list.moc"
