#include "sluice/net/body_decoder.h"

#include <QtTest/QtTest>
#include <zlib.h>

using namespace sluice;

/// Answers that came packed though nobody asked.
class TestBodyDecoder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyEncodingIsUndone_data();
    void everyEncodingIsUndone();
    void bytesMayBeCutAnywhere_data() { everyEncodingIsUndone_data(); }
    void bytesMayBeCutAnywhere();
    void membersOfGzipFollowEachOther();
    void whatOnlySaysItIsGzipPasses();
    void aCutIsNoticed();
    void rubbishIsAnError();
    void aBombIsGivenInBoundedPieces();
    void encodingsAreKnownOrNot();
};

namespace {

enum Form { Gzip = MAX_WBITS + 16, Zlib = MAX_WBITS, Raw = -MAX_WBITS };

QByteArray packed(const QByteArray &plain, Form form)
{
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, form, 8, Z_DEFAULT_STRATEGY);
    QByteArray out(qsizetype(deflateBound(&stream, uLong(plain.size()))) + 32, Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(plain.constData()));
    stream.avail_in = uInt(plain.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = uInt(out.size());
    deflate(&stream, Z_FINISH);
    out.truncate(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return out;
}

QByteArray unpacked(BodyDecoder &decoder)
{
    QByteArray all;
    for (;;) {
        const QByteArray piece = decoder.take(1000).valueOr("ERROR");
        if (piece.isEmpty())
            return all;
        all += piece;
    }
}

const QByteArray sentence = "A sentence that stands here, and stands here, and stands here. ";

} // namespace

void TestBodyDecoder::everyEncodingIsUndone_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("gzip") << QByteArray("gzip") << packed(sentence, Gzip);
    QTest::newRow("GZIP of old") << QByteArray("X-GZIP") << packed(sentence, Gzip);
    QTest::newRow("deflate as the standard has it") << QByteArray("deflate") << packed(sentence, Zlib);
    QTest::newRow("deflate as many servers have it") << QByteArray("deflate") << packed(sentence, Raw);
    QTest::newRow("with identity beside it") << QByteArray("identity, gzip") << packed(sentence, Gzip);
    QTest::newRow("gzip that says deflate") << QByteArray("deflate") << packed(sentence, Gzip);
}

void TestBodyDecoder::everyEncodingIsUndone()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, bytes);
    QCOMPARE(BodyDecoder::kindOf(name), BodyDecoder::Kind::Known);
    BodyDecoder decoder(name);
    decoder.feed(bytes);
    QCOMPARE(unpacked(decoder), sentence);
    QVERIFY(decoder.complete());
}

void TestBodyDecoder::bytesMayBeCutAnywhere()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, bytes);
    BodyDecoder decoder(name);
    QByteArray all;
    for (const char byte : bytes) {
        decoder.feed(QByteArray(1, byte));
        all += unpacked(decoder);
    }
    QCOMPARE(all, sentence);
    QVERIFY(decoder.complete());
}

void TestBodyDecoder::membersOfGzipFollowEachOther()
{
    BodyDecoder decoder("gzip");
    decoder.feed(packed("one ", Gzip) + packed("two", Gzip) + "rubbish behind it");
    QCOMPARE(unpacked(decoder), QByteArray("one two"));
    QVERIFY(decoder.complete());
}

void TestBodyDecoder::whatOnlySaysItIsGzipPasses()
{
    BodyDecoder decoder("gzip");
    decoder.feed("{\"plain\":true}");
    QCOMPARE(unpacked(decoder), QByteArray("{\"plain\":true}"));
    QVERIFY(decoder.complete());
    QVERIFY(BodyDecoder("gzip").complete()); // an answer without a body
}

void TestBodyDecoder::aCutIsNoticed()
{
    BodyDecoder decoder("gzip");
    decoder.feed(packed(sentence, Gzip).chopped(6));
    unpacked(decoder);
    QVERIFY(!decoder.complete());
}

void TestBodyDecoder::rubbishIsAnError()
{
    BodyDecoder decoder("gzip");
    decoder.feed(QByteArray("\x1f\x8b", 2) + "this is no gzip at all");
    const auto taken = decoder.take(100);
    QVERIFY(!taken);
    QCOMPARE(taken.error().kind(), Error::Kind::Protocol);
    QVERIFY(taken.error().message().contains(QStringLiteral("gzip")));
}

void TestBodyDecoder::aBombIsGivenInBoundedPieces()
{
    BodyDecoder decoder("gzip");
    decoder.feed(packed(QByteArray(20'000'000, 'x'), Gzip));
    for (int i = 0; i < 100; ++i)
        QCOMPARE(decoder.take(4096).valueOr(QByteArray()).size(), 4096);
    QVERIFY(!decoder.complete());
}

void TestBodyDecoder::encodingsAreKnownOrNot()
{
    QCOMPARE(BodyDecoder::kindOf(""), BodyDecoder::Kind::None);
    QCOMPARE(BodyDecoder::kindOf(" Identity "), BodyDecoder::Kind::None);
    for (const char *name : {"br", "zstd", "gzip, br", "compress"})
        QCOMPARE(BodyDecoder::kindOf(name), BodyDecoder::Kind::Unknown);
}

QTEST_GUILESS_MAIN(TestBodyDecoder)
#include "tst_net_body_decoder.moc"
