#include "trickle_test_support.h"

#include "sluice/net/page_file.h"
#include "sluice/trickle/channel_p.h"

#include <boost/asio/io_context.hpp>

#include <QtCore/QDir>
#include <QtCore/QFile>

#include <unistd.h>

#include <vector>

using namespace sluice;
using namespace sluice::trickle;
using namespace sluice::trickle::test;

namespace {

constexpr int Many = 20;

/// Bytes that show where they belong.
QByteArray pattern(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char((i * 31 + i / 251) & 0xff);
    return bytes;
}

/// How many such files this process has open.
int openPageFiles()
{
    int count = 0;
    const QStringList all = QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot);
    for (const QString &entry : all)
        count += QFile::symLinkTarget(QStringLiteral("/proc/self/fd/") + entry).contains(QStringLiteral("sluice-pages")) ? 1 : 0;
    return count;
}

QByteArray bytesOf(const PageRange &range)
{
    QByteArray bytes(range.size, Qt::Uninitialized);
    bytes.truncate(range.size > 0 ? ::pread(range.file->handle(), bytes.data(), std::size_t(range.size), off_t(range.offset)) : 0);
    return bytes;
}

/// One segment and its readers, without a network.
class SegmentFixture {
public:
    explicit SegmentFixture(int count, bool wantPages = true)
    {
        for (int i = 0; i < count; ++i)
            readers.push_back(std::make_unique<SegmentReader>(segment, wantPages));
    }
    /// What a reader gets next, as pages when there are some.
    QByteArray next(SegmentReader &reader, bool *pages = nullptr)
    {
        const PageRange range = reader.takePages();
        if (pages)
            *pages = range.size > 0;
        return range.size > 0 ? bytesOf(range) : reader.take().join();
    }
    QByteArray everything(SegmentReader &reader, bool *anyPages = nullptr)
    {
        QByteArray all;
        while (reader.hasBytes()) {
            bool pages = false;
            all += next(reader, &pages);
            if (anyPages)
                *anyPages = *anyPages || pages;
        }
        return all;
    }

    boost::asio::io_context context;
    std::shared_ptr<Segment> segment = std::make_shared<Segment>(context.get_executor(), 0);
    std::vector<std::unique_ptr<SegmentReader>> readers;
};

} // namespace

/// Large segments for many readers without TLS are handed out as pages of memory.
class TestTricklePages : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyReaderGetsEveryByteOnce_data();
    void everyReaderGetsEveryByteOnce();
    void fewReadersAndSmallSegmentsHaveNoPages();
    void pagesGoWithTheirLastReaderOfAClosedSegment();
    void aReaderThatWasThereEndsAtTheClose();
    void manyReadersOverTheNetworkGetTheSameBytes_data();
    void manyReadersOverTheNetworkGetTheSameBytes();
    void aReaderThatHangsUpTakesNobodyAlong();
};

void TestTricklePages::everyReaderGetsEveryByteOnce_data()
{
    QTest::addColumn<int>("piece");
    QTest::newRow("1 KiB") << 1024;
    QTest::newRow("odd") << 12'345;
    QTest::newRow("32 KiB") << 32 * 1024;
    QTest::newRow("2 MiB") << 2 * 1024 * 1024;
}

void TestTricklePages::everyReaderGetsEveryByteOnce()
{
    QFETCH(int, piece);
    SegmentFixture f(Many);
    const QByteArray bytes = pattern(5 * 1024 * 1024 + 77);
    std::vector<QByteArray> got(Many + 1);
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
        f.segment->append(bytes.mid(at, piece));
        // Each at its own pace; the last one takes everything at the end.
        for (int i = 0; i + 1 < Many; ++i) {
            if ((at / piece) % (i + 1) == 0)
                got[std::size_t(i)] += f.next(*f.readers[std::size_t(i)]);
        }
    }
    SegmentReader late(f.segment, true);
    f.segment->close();
    for (int i = 0; i < Many; ++i)
        got[std::size_t(i)] += f.everything(*f.readers[std::size_t(i)]);
    bool anyPages = false;
    got.back() = f.everything(late, &anyPages);
    for (const QByteArray &one : got)
        QVERIFY(one == bytes);
    QVERIFY(anyPages);
}

void TestTricklePages::fewReadersAndSmallSegmentsHaveNoPages()
{
    SegmentFixture few(3);
    SegmentFixture others(Many, false); // who cannot take them do not count
    SegmentFixture small(Many);
    for (int i = 0; i < 32; ++i) {
        few.segment->append(pattern(32 * 1024));
        others.segment->append(pattern(32 * 1024));
        small.segment->append(pattern(2 * 1024));
    }
    QCOMPARE(openPageFiles(), 0);
    for (SegmentFixture *fixture : {&few, &others, &small}) {
        QCOMPARE(fixture->readers.front()->takePages().size, qsizetype(0));
        QVERIFY(!fixture->readers.front()->take().isEmpty());
    }
}

void TestTricklePages::pagesGoWithTheirLastReaderOfAClosedSegment()
{
    SegmentFixture f(Many);
    for (int i = 0; i < 10; ++i)
        f.segment->append(pattern(64 * 1024));
    QCOMPARE(openPageFiles(), 1);
    f.segment->close();
    f.readers.resize(1);
    QCOMPARE(openPageFiles(), 1);
    // What is being sent stays until it has been.
    QCOMPARE(f.readers.front()->take().join().size(), qsizetype(256 * 1024));
    std::optional<PageRange> leaving = f.readers.front()->takePages();
    QCOMPARE(leaving->size, qsizetype(6 * 64 * 1024));
    f.readers.clear();
    QCOMPARE(openPageFiles(), 1);
    leaving.reset();
    QCOMPARE(openPageFiles(), 0);
    // What is written after all that makes no new ones.
    for (int i = 0; i < Many; ++i)
        f.readers.push_back(std::make_unique<SegmentReader>(f.segment, true));
    f.segment->append(pattern(256 * 1024));
    QCOMPARE(openPageFiles(), 0);
    QCOMPARE(f.everything(*f.readers.front()).size(), qsizetype(10 * 64 * 1024 + 256 * 1024));
}

void TestTricklePages::aReaderThatWasThereEndsAtTheClose()
{
    SegmentFixture f(Many);
    f.segment->append(pattern(512 * 1024));
    f.segment->close();
    f.segment->append(pattern(512 * 1024)); // S10: for those who come later
    QCOMPARE(f.everything(*f.readers.front()).size(), qsizetype(512 * 1024));
    SegmentReader late(f.segment, true);
    QCOMPARE(f.everything(late).size(), qsizetype(1024 * 1024));
}

void TestTricklePages::manyReadersOverTheNetworkGetTheSameBytes_data()
{
    QTest::addColumn<bool>("exhausted");
    QTest::newRow("in pages") << false;
    QTest::newRow("with no pages to be had") << true;
}

void TestTricklePages::manyReadersOverTheNetworkGetTheSameBytes()
{
    QFETCH(bool, exhausted);
    std::vector<std::shared_ptr<PageFile>> taken;
    while (exhausted && (taken.empty() || taken.back()))
        taken.push_back(PageFile::create());
    const int before = openPageFiles();
    ServerFixture f;
    std::vector<std::unique_ptr<RawPeer>> readers;
    for (int i = 0; i < Many; ++i) {
        readers.push_back(std::make_unique<RawPeer>(f.port));
        readers.back()->request("GET", "/c/0");
    }
    // More than a socket holds, so that the server waits for this one.
    RawPeer slow(f.port, false);
    slow.request("GET", "/c/0");
    QTRY_COMPARE(f.readers(), Many + 1);
    RawPeer writer(f.port);
    writer.openPost("/c/0");
    const QByteArray bytes = pattern(8 * 1024 * 1024);
    for (qsizetype at = 0; at < bytes.size(); at += 300'000)
        writer.chunk(bytes.mid(at, 300'000));
    QTRY_VERIFY_WITH_TIMEOUT(readers.front()->received.size() > 200'000, 10000);
    QCOMPARE(openPageFiles() > before, !exhausted);
    writer.end();
    QCOMPARE(writer.answer().status, 200);
    for (const auto &reader : readers) {
        QTRY_VERIFY_WITH_TIMEOUT(reader->received.endsWith("\r\n0\r\n\r\n"), 30000);
        QVERIFY(parseAnswers(reader->received).value(0).body == bytes);
    }
    slow.setReadBufferSize(0);
    QByteArray late;
    QTRY_VERIFY_WITH_TIMEOUT((late += slow.readAll()).endsWith("\r\n0\r\n\r\n"), 30000);
    QVERIFY(parseAnswers(late).value(0).body == bytes);
    QTRY_COMPARE(openPageFiles(), before);
}

void TestTricklePages::aReaderThatHangsUpTakesNobodyAlong()
{
    ServerFixture f;
    std::vector<std::unique_ptr<RawPeer>> stuck;
    for (int i = 0; i < Many; ++i) {
        stuck.push_back(std::make_unique<RawPeer>(f.port, false));
        stuck.back()->request("GET", "/c/0");
    }
    RawPeer reader(f.port);
    reader.request("GET", "/c/0");
    QTRY_COMPARE(f.readers(), Many + 1);
    RawPeer writer(f.port);
    writer.openPost("/c/0");
    const QByteArray bytes = pattern(8 * 1024 * 1024);
    writer.chunk(bytes);
    QTRY_VERIFY_WITH_TIMEOUT(reader.received.size() > bytes.size(), 30000);
    for (const auto &one : stuck)
        one->abort(); // with unread bytes: the server's next write meets a reset connection
    writer.chunk("the end");
    writer.end();
    QCOMPARE(writer.answer().status, 200);
    QVERIFY(reader.answer().body == bytes + "the end");
    QTRY_COMPARE(f.readers(), 0);
    QTRY_COMPARE(openPageFiles(), 0);
}

QTEST_GUILESS_MAIN(TestTricklePages)
#include "tst_trickle_pages.moc"
