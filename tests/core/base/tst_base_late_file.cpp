#include "sluice/base/late_file.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace sluice;

class TestBaseLateFile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void old_content_goes_with_the_first_byte();
    void what_was_there_stays_when_nothing_comes();
    void nothing_is_left_behind_of_a_file_that_nothing_came_for();
    void a_file_that_cannot_be_written_is_told_at_once();

private:
    [[nodiscard]] QString path() const { return m_folder.filePath(QLatin1String(QTest::currentTestFunction())); }
    [[nodiscard]] QByteArray content() const
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no file");
    }
    void fill() const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("the old content");
    }
    QTemporaryDir m_folder;
};

void TestBaseLateFile::old_content_goes_with_the_first_byte()
{
    fill();
    auto file = LateFile::open(path());
    QVERIFY(file);
    QCOMPARE(content(), QByteArray("the old content"));
    QVERIFY(!(*file)->write(QByteArray()));
    QCOMPARE(content(), QByteArray("the old content"));
    QVERIFY(!(*file)->write("new"));
    QCOMPARE(content(), QByteArray("new"));
    QVERIFY(!(*file)->write(", more"));
    file->reset();
    QCOMPARE(content(), QByteArray("new, more"));
}

void TestBaseLateFile::what_was_there_stays_when_nothing_comes()
{
    fill();
    QVERIFY(LateFile::open(path()));
    QCOMPARE(content(), QByteArray("the old content"));
}

void TestBaseLateFile::nothing_is_left_behind_of_a_file_that_nothing_came_for()
{
    {
        const auto file = LateFile::open(path());
        QVERIFY(file && QFile::exists(path()));
    }
    QVERIFY(!QFile::exists(path()));
    {
        const auto file = LateFile::open(path());
        QVERIFY(file && !(*file)->write("x"));
    }
    QCOMPARE(content(), QByteArray("x"));
}

void TestBaseLateFile::a_file_that_cannot_be_written_is_told_at_once()
{
    for (const QString &nowhere : {m_folder.path(), m_folder.filePath(QStringLiteral("no/folder"))}) {
        const auto file = LateFile::open(nowhere);
        QVERIFY(!file);
        QCOMPARE(file.error().kind(), Error::Kind::Storage);
        QVERIFY(file.error().message().contains(nowhere));
    }
    const auto full = LateFile::open(QStringLiteral("/dev/full"));
    QVERIFY(full);
    QVERIFY((*full)->write("x"));
    QVERIFY(QFile::exists(QStringLiteral("/dev/full")));
}

QTEST_GUILESS_MAIN(TestBaseLateFile)
#include "tst_base_late_file.moc"
