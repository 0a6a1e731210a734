#include "sluice/net/multipart_form.h"
#include "sluice/net/multipart_reader.h"

#include <QtTest/QTest>

using namespace sluice;

/// Forms as they come in.
class NetMultipartReaderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsWrittenIsRead();
    void aFormOfAnotherWriterIsRead();
    void theBoundaryIsTheContentTypes_data();
    void theBoundaryIsTheContentTypes();
    void aBrokenFormIsRefused_data();
    void aBrokenFormIsRefused();
    void boundsHold();
    void noCutIsRead();
};

void NetMultipartReaderTest::whatIsWrittenIsRead()
{
    MultipartForm form;
    form.addField("prompt", "größer\r\n--x");
    form.addField("empty", "");
    form.addFile("image", "a \"b\".png", "image/png", QByteArray("\0\r\n\xff", 4));
    const QByteArray body = form.body();
    const auto parts = orThrow(multipart::read(body, *multipart::boundaryOf(form.contentType())));
    QCOMPARE(parts.size(), 3);
    QCOMPARE(parts[0].name, "prompt");
    QCOMPARE(parts[0].bytes.toByteArray(), QByteArray("größer\r\n--x"));
    QVERIFY(!parts[0].fileName);
    QCOMPARE(parts[1].bytes.size(), 0);
    QCOMPARE(parts[2].bytes.toByteArray(), QByteArray("\0\r\n\xff", 4));
    QCOMPARE(parts[2].contentType, "image/png");
    QVERIFY(parts[2].fileName.has_value());
}

void NetMultipartReaderTest::aFormOfAnotherWriterIsRead()
{
    // With a preamble, blanks behind the boundary, unquoted values, escapes, other cases and an epilogue.
    const QByteArray body = "hello\r\n--b  \r\ncontent-disposition: FORM-DATA; filename=\"a\\\"b.wav\"; name=audio\r\nX-Other: 1\r\n\r\nRIFF\r\n"
                            "--b\r\nContent-Disposition: form-data; name=\"x;y\"\r\n\r\n1\r\n--b--\r\ngoodbye";
    const auto parts = orThrow(multipart::read(body, "b"));
    QCOMPARE(parts.size(), 2);
    QCOMPARE(parts[0].name, "audio");
    QCOMPARE(parts[0].fileName, std::optional<QByteArray>("a\"b.wav"));
    QCOMPARE(parts[0].bytes.toByteArray(), "RIFF");
    QCOMPARE(parts[1].name, "x;y");
}

void NetMultipartReaderTest::theBoundaryIsTheContentTypes_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<std::optional<QByteArray>>("boundary");
    QTest::newRow("plain") << QByteArray("multipart/form-data; boundary=abc") << std::optional<QByteArray>("abc");
    QTest::newRow("quoted") << QByteArray("Multipart/Form-Data; charset=utf-8; Boundary=\"a b:c\"") << std::optional<QByteArray>("a b:c");
    QTest::newRow("none") << QByteArray("multipart/form-data") << std::optional<QByteArray>();
    QTest::newRow("empty") << QByteArray("multipart/form-data; boundary=") << std::optional<QByteArray>();
    QTest::newRow("too long") << QByteArray("multipart/form-data; boundary=") + QByteArray(71, 'x') << std::optional<QByteArray>();
    QTest::newRow("another type") << QByteArray("multipart/mixed; boundary=abc") << std::optional<QByteArray>();
    QTest::newRow("nothing") << QByteArray() << std::optional<QByteArray>();
}

void NetMultipartReaderTest::theBoundaryIsTheContentTypes()
{
    QFETCH(QByteArray, type);
    QTEST(multipart::boundaryOf(type), "boundary");
}

void NetMultipartReaderTest::aBrokenFormIsRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no boundary") << QByteArray("abc\r\n");
    QTest::newRow("only a boundary") << QByteArray("--b");
    QTest::newRow("boundary and words") << QByteArray("--b words\r\n\r\n");
    QTest::newRow("no end of headers") << QByteArray("--b\r\nContent-Disposition: form-data; name=a\r\n");
    QTest::newRow("no end of the part") << QByteArray("--b\r\nContent-Disposition: form-data; name=a\r\n\r\nvalue");
    QTest::newRow("no last boundary") << QByteArray("--b\r\nContent-Disposition: form-data; name=a\r\n\r\nvalue\r\n--b\r\n");
    QTest::newRow("no name") << QByteArray("--b\r\nContent-Type: text/plain\r\n\r\nvalue\r\n--b--");
    QTest::newRow("another disposition") << QByteArray("--b\r\nContent-Disposition: attachment; name=a\r\n\r\nvalue\r\n--b--");
    QTest::newRow("a header without a colon") << QByteArray("--b\r\nContent-Disposition form-data\r\n\r\nvalue\r\n--b--");
}

void NetMultipartReaderTest::aBrokenFormIsRefused()
{
    QFETCH(QByteArray, body);
    const auto parts = multipart::read(body, "b");
    QVERIFY(!parts);
    QCOMPARE(parts.error().kind(), Error::Kind::InvalidInput);
}

void NetMultipartReaderTest::boundsHold()
{
    MultipartForm form("b");
    for (int i = 0; i < 5; ++i)
        form.addField("a", "1");
    QVERIFY(multipart::read(form.body(), "b", {5, 1000}));
    QVERIFY(!multipart::read(form.body(), "b", {4, 1000}));
    MultipartForm wide("b");
    wide.addField(QByteArray(2000, 'n'), "1");
    QVERIFY(!multipart::read(wide.body(), "b", {5, 1000}));
}

void NetMultipartReaderTest::noCutIsRead()
{
    MultipartForm form("b");
    form.addField("a", "1");
    form.addFile("f", "x", "text/plain", "two\r\n-");
    const QByteArray body = form.body();
    // The last line end is nobody's, and the two dashes before it are the end.
    for (qsizetype size = 0; size < body.size() - 2; ++size)
        QVERIFY2(!multipart::read(body.first(size), "b"), QByteArray::number(size).constData());
    QVERIFY(multipart::read(body.first(body.size() - 2), "b"));
}

QTEST_GUILESS_MAIN(NetMultipartReaderTest)
#include "tst_net_multipart_reader.moc"
