// How a message is taken out of the bytes of a connection, however these were cut.

#include "sluice/net/http_parser_p.h"

#include <QtTest/QTest>

#include <algorithm>
#include <memory>

using namespace sluice;

class TestNetHttpParser : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aBodyIsTheSameWhereverItIsCut();
    void whatFollowsTheMessageStays();
    void aReadThatIsMostlyBodyBecomesTheBody();
    void aSmallBodyDoesNotHoldALargeRead();
    void bytesThatSomebodyElseHoldsStayAsTheyAre();
    void aBodyBeyondItsBoundIsRefused();

private:
    static constexpr char Head[] = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    [[nodiscard]] static QByteArray chunk(const QByteArray &bytes) { return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n"; }
    /// A parser that has seen the head.
    [[nodiscard]] static std::unique_ptr<HttpParser<false>> begun(qsizetype maxBody = 1 << 20)
    {
        auto parser = std::make_unique<HttpParser<false>>(8192, maxBody);
        QByteArray head(Head);
        [&] { QVERIFY(!parser->parse(head)); }();
        return parser;
    }
};

void TestNetHttpParser::aBodyIsTheSameWhereverItIsCut()
{
    const QByteArray whole = Head + chunk("a") + chunk("The quick brown fox jumps") + chunk("over") + chunk("the lazy dog, twice over") + "0\r\n\r\n";
    const QByteArray expected = "aThe quick brown fox jumpsoverthe lazy dog, twice over";
    for (qsizetype first = 1; first < whole.size(); ++first) {
        for (const qsizetype second : {qsizetype(1), qsizetype(7), qsizetype(29), whole.size()}) {
            HttpParser<false> parser(8192, 1 << 20);
            QByteArray in;
            QByteArray body;
            for (qsizetype at = 0; at < whole.size();) {
                const qsizetype size = std::min(at == 0 ? first : second, whole.size() - at);
                in += whole.mid(at, size);
                at += size;
                QVERIFY(!parser.parse(in));
                body += std::exchange(parser.body, {});
            }
            QVERIFY2(parser.is_done() && in.isEmpty(), qPrintable(QStringLiteral("cut at %1, then every %2").arg(first).arg(second)));
            QCOMPARE(body, expected);
        }
    }
}

void TestNetHttpParser::whatFollowsTheMessageStays()
{
    const auto parser = begun();
    QByteArray in = chunk(QByteArray(1000, 'x')) + "0\r\n\r\nHTTP/1.1 404 Not Found\r\n";
    QVERIFY(!parser->parse(in));
    QVERIFY(parser->is_done());
    QCOMPARE(parser->body, QByteArray(1000, 'x'));
    QCOMPARE(in, QByteArray("HTTP/1.1 404 Not Found\r\n"));
}

void TestNetHttpParser::aReadThatIsMostlyBodyBecomesTheBody()
{
    const auto parser = begun();
    QByteArray in = chunk("before") + chunk(QByteArray(64 * 1024, 'x')) + chunk("after") + "3\r"; // the next frame has begun
    const char *const first = in.constData();
    const char *const last = first + in.size();
    QVERIFY(!parser->parse(in));
    QCOMPARE(parser->body, "before" + QByteArray(64 * 1024, 'x') + "after");
    QVERIFY2(parser->body.constData() >= first && parser->body.constData() < last, "the body was copied");
    QByteArray rest = in + "\nend\r\n0\r\n\r\n";
    parser->body.clear();
    QVERIFY(!parser->parse(rest));
    QCOMPARE(parser->body, QByteArray("end"));
    QVERIFY(parser->is_done());
}

void TestNetHttpParser::aSmallBodyDoesNotHoldALargeRead()
{
    const auto parser = begun();
    QByteArray in(256 * 1024, Qt::Uninitialized);
    const QByteArray bytes = chunk(QByteArray(1000, 'x'));
    std::copy(bytes.begin(), bytes.end(), in.begin());
    in.truncate(bytes.size());
    QVERIFY(!parser->parse(in));
    QCOMPARE(parser->body, QByteArray(1000, 'x'));
    QVERIFY(parser->body.capacity() < 8 * 1024);
}

void TestNetHttpParser::bytesThatSomebodyElseHoldsStayAsTheyAre()
{
    const auto parser = begun();
    const QByteArray kept = chunk(QByteArray(500, 'x')) + chunk(QByteArray(700, 'y'));
    const QByteArray before(kept.constData(), kept.size());
    QByteArray in = kept;
    QVERIFY(!parser->parse(in));
    QCOMPARE(parser->body, QByteArray(500, 'x') + QByteArray(700, 'y'));
    QCOMPARE(kept, before);
}

void TestNetHttpParser::aBodyBeyondItsBoundIsRefused()
{
    const auto parser = begun(100);
    QByteArray in = chunk(QByteArray(60, 'x')) + chunk(QByteArray(60, 'y'));
    QVERIFY(parser->parse(in));
    QVERIFY(parser->bodyTooLarge);
    QVERIFY(parser->body.size() <= 100);
}

QTEST_GUILESS_MAIN(TestNetHttpParser)
#include "tst_net_http_parser.moc"
