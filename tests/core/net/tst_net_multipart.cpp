#include "sluice/net/multipart_form.h"

#include <QtTest/QTest>

using namespace sluice;

class TestNetMultipart : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void partsStandInTheOrderOfAdding();
    void namesCannotEndTheirHeader();
    void boundariesDiffer();
};

void TestNetMultipart::partsStandInTheOrderOfAdding()
{
    MultipartForm form("edge");
    form.addField("prompt", "ä\r\n--edge");
    form.addFile("file", "a b.wav", "audio/wav", QByteArray("RI\0FF", 5));
    QCOMPARE(form.contentType(), QByteArray("multipart/form-data; boundary=edge"));
    QCOMPARE(form.body(), QByteArray("--edge\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\nä\r\n--edge\r\n"
                                     "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a b.wav\"\r\nContent-Type: audio/wav\r\n\r\n")
            + QByteArray("RI\0FF", 5) + "\r\n--edge--\r\n");
}

void TestNetMultipart::namesCannotEndTheirHeader()
{
    MultipartForm form("edge");
    form.addFile("a\"b", "x\"\r\nY: z", "text/plain", "");
    QVERIFY(form.body().contains("name=\"a%22b\"; filename=\"x%22%0D%0AY: z\"\r\n"));
}

void TestNetMultipart::boundariesDiffer()
{
    QVERIFY(MultipartForm().contentType() != MultipartForm().contentType());
    QVERIFY(MultipartForm().contentType().size() - QByteArray("multipart/form-data; boundary=").size() <= 70); // RFC 2046
}

QTEST_GUILESS_MAIN(TestNetMultipart)
#include "tst_net_multipart.moc"
