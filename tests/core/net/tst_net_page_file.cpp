#include "sluice/net/page_file.h"

#include <QtTest/QTest>

#include <unistd.h>

#include <vector>

using namespace sluice;

namespace {

QByteArray contentOf(const PageFile &file)
{
    QByteArray bytes(file.size() + 1, Qt::Uninitialized);
    bytes.truncate(::pread(file.handle(), bytes.data(), std::size_t(bytes.size()), 0));
    return bytes;
}

} // namespace

/// Memory that the kernel sends without copying it.
class TestNetPageFile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsAddedFollowsWhatIsThere();
    void thereAreOnlySoManyOfThem();
    void theyHoldOnlySoMuchTogether();
};

void TestNetPageFile::whatIsAddedFollowsWhatIsThere()
{
    const auto file = PageFile::create();
    QVERIFY(file);
    QByteArray all;
    for (const int size : {1, 4095, 0, 4096, 100'000}) {
        const QByteArray bytes(size, char('a' + all.size() % 26));
        QVERIFY(file->append(bytes));
        all += bytes;
        QCOMPARE(file->size(), all.size());
    }
    QCOMPARE(contentOf(*file), all);
}

void TestNetPageFile::thereAreOnlySoManyOfThem()
{
    std::vector<std::shared_ptr<PageFile>> files;
    for (int i = 0; i < PageFile::MaxFiles; ++i) {
        files.push_back(PageFile::create());
        QVERIFY(files.back());
    }
    QVERIFY(!PageFile::create());
    QVERIFY(!PageFile::create()); // being refused takes no place
    files.pop_back();
    files.push_back(PageFile::create());
    QVERIFY(files.back());
}

void TestNetPageFile::theyHoldOnlySoMuchTogether()
{
    const QByteArray half(PageFile::MaxBytes / 2, 'h');
    auto first = PageFile::create();
    const auto second = PageFile::create();
    QVERIFY(first && second);
    QVERIFY(first->append(half));
    QVERIFY(second->append("a few"));
    QVERIFY(!second->append(half));
    QCOMPARE(contentOf(*second), QByteArray("a few"));
    first.reset();
    QVERIFY(second->append(half));
    QCOMPARE(second->size(), half.size() + 5);
}

QTEST_GUILESS_MAIN(TestNetPageFile)
#include "tst_net_page_file.moc"
