#include "start_problem.h"

#include "sluice/backend/user_data.h"
#include "sluice/store/run_history.h"
#include "sluice/widgets/inline_message.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>
#include <QtWidgets/QPushButton>

using namespace sluice;
using namespace sluice::ui;

/// The window that appears when history and settings cannot be opened.
class TestStartProblem : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void it_says_what_is_wrong_and_what_can_be_done();
    void another_folder_is_used_and_one_that_cannot_be_is_told();
    void without_history_it_goes_on_and_leaves_the_file_alone();
    void the_same_file_is_tried_again();
};

namespace {

QString damagedFile(const QTemporaryDir &folder)
{
    const QString path = folder.filePath(QStringLiteral("sluice.sqlite"));
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write("SQLite format 3" + QByteArray(8000, '\x7f'));
    return path;
}

QPushButton *button(const StartProblem &problem, const char *name)
{
    return problem.findChild<QPushButton *>(QLatin1String(name));
}

} // namespace

void TestStartProblem::it_says_what_is_wrong_and_what_can_be_done()
{
    const QTemporaryDir folder;
    const QString path = damagedFile(folder);
    const auto data = UserData::open(path);
    QVERIFY(!data);
    const StartProblem problem(data.error(), path);
    const QString told = problem.findChild<InlineMessage *>()->text();
    QVERIFY2(told.contains(path), qPrintable(told));
    QVERIFY2(!told.contains(QStringLiteral("SELECT")) && !told.contains(QStringLiteral("PRAGMA")), qPrintable(told));
    for (const char *name : {"again", "folder", "without", "show", "quit"}) {
        QVERIFY2(button(problem, name), name);
        QVERIFY2(!button(problem, name)->accessibleName().isEmpty(), name);
    }
}

void TestStartProblem::another_folder_is_used_and_one_that_cannot_be_is_told()
{
    const QTemporaryDir folder;
    const QString path = damagedFile(folder);
    StartProblem problem(UserData::open(path).error(), path);
    problem.useFolder(path); // a file is no folder
    QVERIFY(!problem.data());
    QVERIFY(problem.findChild<InlineMessage *>()->text().contains(path));
    const QTemporaryDir other;
    problem.useFolder(other.path());
    QVERIFY(problem.data());
    QCOMPARE(problem.result(), int(QDialog::Accepted));
    QVERIFY(QFile::exists(other.filePath(QStringLiteral("sluice.sqlite"))));
}

void TestStartProblem::without_history_it_goes_on_and_leaves_the_file_alone()
{
    const QTemporaryDir folder;
    const QString path = damagedFile(folder);
    StartProblem problem(UserData::open(path).error(), path);
    QTest::mouseClick(button(problem, "without"), Qt::LeftButton);
    QVERIFY(problem.data());
    QCOMPARE(problem.data()->history().pageSync({}, 0, 10).total, 0);
    QCOMPARE(QFileInfo(path).size(), 8015);
}

void TestStartProblem::the_same_file_is_tried_again()
{
    const QTemporaryDir folder;
    const QString path = damagedFile(folder);
    StartProblem problem(UserData::open(path).error(), path);
    QTest::mouseClick(button(problem, "again"), Qt::LeftButton);
    QVERIFY(!problem.data());
    QVERIFY(QFile::remove(path));
    QTest::mouseClick(button(problem, "again"), Qt::LeftButton);
    QVERIFY(problem.data());
}

QTEST_MAIN(TestStartProblem)
#include "tst_start_problem.moc"
