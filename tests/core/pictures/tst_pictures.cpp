// Pictures with all that a phone writes into them (tests/data/pictures), read again by programs that know nothing of this one: ExifTool
// for what is told beside the picture, FFmpeg for the pixels.

#include "sluice/pictures/outgoing_picture.h"

#include "sluice/base/json.h"

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtGui/QColorSpace>
#include <QtGui/QImage>
#include <QtTest/QTest>

using namespace sluice;

namespace {

constexpr PrivateDetails ofPhone = PrivateDetail::Position | PrivateDetail::Serial | PrivateDetail::Owner | PrivateDetail::Time | PrivateDetail::Device | PrivateDetail::Software
    | PrivateDetail::Texts | PrivateDetail::Settings;

QByteArray fixture(const QString &name)
{
    QFile file(QStringLiteral(SLUICE_TEST_DATA "/pictures/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", qPrintable(file.fileName()));
    return file.readAll();
}

QByteArray outputOf(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        qFatal("%s: %s %s", qPrintable(program), qPrintable(process.errorString()), process.readAllStandardError().constData());
    return process.readAllStandardOutput();
}

QByteArray big32(quint32 number)
{
    return QByteArray::fromHex(QByteArray::number(number, 16).rightJustified(8, '0'));
}

/// A JPEG of fixture() with one more segment behind its head.
QByteArray withSegment(const QByteArray &jpeg, quint8 marker, const QByteArray &payload)
{
    return jpeg.left(2) + '\xff' + char(marker) + big32(quint32(payload.size() + 2)).right(2) + payload + jpeg.mid(2);
}

} // namespace

class TestPictures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void phonesPictureIsTold_data();
    void phonesPictureIsTold();
    void anotherReaderFindsNothingPrivate_data() { phonesPictureIsTold_data(); }
    void anotherReaderFindsNothingPrivate();
    void pixelsProfileAndOrientationStay_data();
    void pixelsProfileAndOrientationStay();
    void heicChangesOnlyWhereItsDetailsStand();
    void whatTellsNothingGoesByteForByte_data();
    void whatTellsNothingGoesByteForByte();
    void whatLiesBehindThePictureGoes();
    void blankFieldsAreNothingPrivate();
    void brokenExifIsTakenOutUnread();
    void secondPreviewInTheHeadGoes();
    void cutOffFilesAreSaid_data();
    void cutOffFilesAreSaid();
    void everyCutIsReadWithoutHarm_data();
    void everyCutIsReadWithoutHarm();
    void tiffIsOnlyLookedAt();
    void otherFilesAreNoPictures();
    void sentencesSayWhatHappened();
};

void TestPictures::phonesPictureIsTold_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("format");
    QTest::addColumn<int>("orientation");
    QTest::addColumn<PrivateDetails>("found");
    QTest::newRow("JPEG") << "phone.jpg" << int(PictureFormat::Jpeg) << 6 << (ofPhone | PrivateDetail::Preview);
    QTest::newRow("JPEG with a film") << "motion.jpg" << int(PictureFormat::Jpeg) << 6 << (ofPhone | PrivateDetail::Preview | PrivateDetail::Attached);
    QTest::newRow("PNG") << "phone.png" << int(PictureFormat::Png) << 8 << ofPhone;
    QTest::newRow("WebP") << "phone.webp" << int(PictureFormat::WebP) << 3 << ofPhone;
    QTest::newRow("HEIC") << "phone.heic" << int(PictureFormat::Heic) << 1 << ofPhone;
    QTest::newRow("AVIF") << "phone.avif" << int(PictureFormat::Avif) << 1 << ofPhone;
    QTest::newRow("GIF") << "comment.gif" << int(PictureFormat::Gif) << 1 << PrivateDetails(PrivateDetail::Texts);
}

void TestPictures::phonesPictureIsTold()
{
    QFETCH(QString, name);
    QFETCH(int, format);
    QFETCH(int, orientation);
    QFETCH(PrivateDetails, found);
    const auto details = lookThrough(fixture(name));
    QVERIFY2(details.hasValue(), qPrintable(details ? QString() : details.error().message()));
    QCOMPARE(int(details->format), format);
    QCOMPARE(details->orientation, orientation);
    QCOMPARE(inWords(details->found), inWords(found));
    QVERIFY(details->without);
}

void TestPictures::anotherReaderFindsNothingPrivate()
{
    QFETCH(QString, name);
    const auto details = lookThrough(fixture(name));
    QVERIFY(details && details->without);
    QTemporaryDir folder;
    QFile file(folder.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(*details->without), details->without->size());
    file.close();
    const QStringList options{QStringLiteral("-json"), QStringLiteral("-G1"), QStringLiteral("-a"), QStringLiteral("-u"), QStringLiteral("-ee"), QStringLiteral("-n")};
    // It does find them in the file itself, so that finding none below means something.
    const QByteArray before = outputOf(QStringLiteral("exiftool"), options + QStringList{QStringLiteral(SLUICE_TEST_DATA "/pictures/") + name});
    QVERIFY2(before.contains("Ada Example"), before.constData());
    const QByteArray after = outputOf(QStringLiteral("exiftool"), options + QStringList{file.fileName()});
    const auto read = Json::parse(after);
    QVERIFY(read.hasValue());
    const Json told = read->at(0);
    int orientation = 1;
    for (const auto &[key, value] : told.members()) {
        const QString group = key.section(QLatin1Char(':'), 0, 0);
        const QString tag = key.section(QLatin1Char(':'), 1);
        QVERIFY2(!group.startsWith(QLatin1String("GPS")) && !group.startsWith(QLatin1String("XMP")) && group != QLatin1String("IPTC") && group != QLatin1String("ExifIFD")
                && group != QLatin1String("IFD1") && tag != QLatin1String("Comment") && tag != QLatin1String("Warning"),
            qPrintable(key + QLatin1Char(' ') + value.toString()));
        if (group == QLatin1String("IFD0")) {
            QCOMPARE(tag, QStringLiteral("Orientation"));
            orientation = int(value.toInt64().value_or(0));
        }
    }
    QCOMPARE(orientation, details->orientation);
    for (const char *trace : {"Ada Example", "SN-4711", "Grainau", "Pictor", "summit", "Darkroom", "film of a motion"}) {
        QVERIFY2(!details->without->contains(trace), trace);
        QVERIFY2(!after.contains(trace), trace);
    }
    if (name != QLatin1String("comment.gif"))
        QVERIFY(after.contains("ICC_Profile:ProfileDescription"));
}

void TestPictures::pixelsProfileAndOrientationStay_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("JPEG") << "phone.jpg";
    QTest::newRow("JPEG with a film") << "motion.jpg";
    QTest::newRow("PNG") << "phone.png";
    QTest::newRow("WebP") << "phone.webp";
    QTest::newRow("AVIF") << "phone.avif";
    QTest::newRow("GIF") << "comment.gif";
}

void TestPictures::pixelsProfileAndOrientationStay()
{
    QFETCH(QString, name);
    const QByteArray before = fixture(name);
    const auto details = lookThrough(before);
    QVERIFY(details && details->without);
    QTemporaryDir folder;
    QFile file(folder.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(*details->without);
    file.close();
    const auto pixels = [](const QString &path) {
        return outputOf(QStringLiteral("ffmpeg"), {QStringLiteral("-v"), QStringLiteral("error"), QStringLiteral("-noautorotate"), QStringLiteral("-i"), path, QStringLiteral("-f"), QStringLiteral("framemd5"), QStringLiteral("-")});
    };
    const QByteArray sums = pixels(QStringLiteral(SLUICE_TEST_DATA "/pictures/") + name);
    QVERIFY2(sums.contains("9216") || sums.count('\n') > 1, sums.constData());
    QCOMPARE(pixels(file.fileName()), sums);
    const QImage seen = QImage::fromData(*details->without); // Qt reads JPEG, PNG and GIF here
    if (!seen.isNull()) {
        QCOMPARE(seen, QImage::fromData(before));
        QCOMPARE(seen.colorSpace(), QImage::fromData(before).colorSpace());
    }
    const auto again = lookThrough(*details->without);
    QVERIFY(again.hasValue());
    QCOMPARE(again->orientation, details->orientation);
    QVERIFY(!again->found);
}

void TestPictures::heicChangesOnlyWhereItsDetailsStand()
{
    for (const char *name : {"phone.heic", "phone.avif"}) {
        const QByteArray before = fixture(QString::fromLatin1(name));
        const auto details = lookThrough(before);
        QVERIFY(details && details->without);
        QCOMPARE(details->without->size(), before.size());
        // ExifTool puts both behind everything else, in a place of their own.
        const qsizetype first = std::mismatch(before.begin(), before.end(), details->without->begin()).first - before.begin();
        QVERIFY2(before.mid(first - 4, 600).contains("Pictor") || before.mid(first - 4, 600).contains("xpacket"), name);
        QVERIFY(first > before.size() - 4500);
    }
}

void TestPictures::whatTellsNothingGoesByteForByte_data()
{
    QTest::addColumn<QByteArray>("file");
    const QByteArray plain = fixture(QStringLiteral("plain.jpg"));
    QTest::newRow("JPEG with a profile") << plain;
    QTest::newRow("orientation alone") << withSegment(plain, 0xe1, QByteArray("Exif\0\0", 6) + QByteArray::fromHex("49492a0008000000" "0100" "1201030001000000" "06000000" "00000000"));
    QTest::newRow("PNG cleaned") << *lookThrough(fixture(QStringLiteral("phone.png")))->without;
    QTest::newRow("zeros behind the picture") << plain + QByteArray(100, '\0');
}

void TestPictures::whatTellsNothingGoesByteForByte()
{
    QFETCH(QByteArray, file);
    const auto details = lookThrough(file);
    QVERIFY(details.hasValue());
    QVERIFY2(!details->found, qPrintable(inWords(details->found)));
    QVERIFY(!details->without);
    const OutgoingPicture picture = OutgoingPicture::from(file, QStringLiteral("image/jpeg"));
    QCOMPARE(int(picture.look), int(OutgoingPicture::Look::NothingPrivate));
    QCOMPARE(picture.bytes, file);
    QVERIFY(picture.told().isEmpty());
}

void TestPictures::whatLiesBehindThePictureGoes()
{
    // What was cut away from a screenshot stood behind its end for years, with more than one program.
    const QByteArray png = *lookThrough(fixture(QStringLiteral("phone.png")))->without;
    const auto details = lookThrough(png + "IDAT of what was cut away");
    QVERIFY(details && details->without);
    QCOMPARE(details->found, PrivateDetails(PrivateDetail::Attached));
    QCOMPARE(*details->without, png);
}

void TestPictures::blankFieldsAreNothingPrivate()
{
    // Artist, as a camera writes it that nobody told a name: 8 spaces.
    const QByteArray exif = QByteArray("Exif\0\0", 6) + QByteArray::fromHex("4d4d002a00000008" "0001" "013b000200000008" "0000001a" "00000000") + "        ";
    const QByteArray plain = fixture(QStringLiteral("plain.jpg"));
    QCOMPARE(lookThrough(withSegment(plain, 0xe1, exif))->found, PrivateDetails());
    QByteArray named = exif;
    named.replace("        ", "Ada Exam");
    QCOMPARE(lookThrough(withSegment(plain, 0xe1, named))->found, PrivateDetails(PrivateDetail::Owner));
}

void TestPictures::brokenExifIsTakenOutUnread()
{
    const QByteArray plain = fixture(QStringLiteral("plain.jpg"));
    for (const char *hex : {"4d4d002a00000008" "ffff", "4d4d002affffffff", "49492a0008000000" "0100" "3b01020000000080" "1a000000" "00000000", "00"}) {
        const auto details = lookThrough(withSegment(plain, 0xe1, QByteArray("Exif\0\0", 6) + QByteArray::fromHex(hex)));
        QVERIFY(details && details->without);
        QCOMPARE(details->found, PrivateDetails(PrivateDetail::Further));
        QCOMPARE(*details->without, plain);
    }
}

void TestPictures::secondPreviewInTheHeadGoes()
{
    QByteArray jpeg = fixture(QStringLiteral("plain.jpg"));
    QVERIFY(jpeg.mid(2, 2) == "\xff\xe0");
    const QByteArray head = jpeg.mid(6, 12) + char(1) + char(1) + "RGB";
    const QByteArray rest = jpeg.mid(20);
    const auto details = lookThrough(jpeg.left(4) + big32(quint32(head.size() + 2)).right(2) + head + rest);
    QVERIFY(details && details->without);
    QCOMPARE(details->found, PrivateDetails(PrivateDetail::Preview));
    QCOMPARE(*details->without, jpeg);
}

void TestPictures::cutOffFilesAreSaid_data()
{
    QTest::addColumn<QByteArray>("file");
    for (const char *name : {"phone.png", "phone.webp", "phone.heic", "phone.avif", "comment.gif"})
        QTest::newRow(name) << fixture(QString::fromLatin1(name)).chopped(300);
    QTest::newRow("a JPEG's segment that leads out of it") << QByteArray::fromHex("ffd8ffe1ffff45786966");
    QTest::newRow("a HEIC without pictures") << QByteArray::fromHex("00000010" "66747970" "68656963" "00000000");
}

void TestPictures::cutOffFilesAreSaid()
{
    QFETCH(QByteArray, file);
    const auto details = lookThrough(file);
    QVERIFY(!details);
    QCOMPARE(details.error().kind(), Error::Kind::InvalidInput);
    const OutgoingPicture picture = OutgoingPicture::from(file, QStringLiteral("image/jpeg"));
    QCOMPARE(int(picture.look), int(OutgoingPicture::Look::NotLookedThrough));
    QCOMPARE(picture.bytes, file);
    QVERIFY2(picture.told().startsWith(QStringLiteral("Could not be looked through")), qPrintable(picture.told()));
}

void TestPictures::everyCutIsReadWithoutHarm_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"phone.jpg", "phone.png", "phone.webp", "phone.heic", "phone.avif", "comment.gif", "scan.tiff"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestPictures::everyCutIsReadWithoutHarm()
{
    QFETCH(QString, name);
    const QByteArray whole = fixture(name);
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const auto details = lookThrough(QByteArrayView(whole).first(size));
        if (details && details->without)
            QVERIFY(!lookThrough(*details->without)->found);
        // And with one byte that is another one.
        QByteArray changed = whole;
        changed[size] = char(changed[size] ^ 0xff);
        const auto other = lookThrough(changed);
        if (other && other->without)
            QVERIFY(!lookThrough(*other->without)->found);
    }
}

void TestPictures::tiffIsOnlyLookedAt()
{
    const QByteArray scan = fixture(QStringLiteral("scan.tiff"));
    const OutgoingPicture picture = OutgoingPicture::from(scan, QStringLiteral("image/tiff"));
    QCOMPARE(int(picture.look), int(OutgoingPicture::Look::StaysIn));
    QCOMPARE(picture.details, PrivateDetail::Position | PrivateDetail::Owner);
    QCOMPARE(picture.bytes, scan);
    QVERIFY2(picture.told().contains(QStringLiteral("TIFF")), qPrintable(picture.told()));
}

void TestPictures::otherFilesAreNoPictures()
{
    QCOMPARE(int(OutgoingPicture::from("words", QStringLiteral("text/plain")).look), int(OutgoingPicture::Look::NoPicture));
    QCOMPARE(int(OutgoingPicture::from(QByteArray::fromHex("00000018667479706d703432") + "mp42isom", QStringLiteral("video/mp4")).look), int(OutgoingPicture::Look::NoPicture));
    QVERIFY(OutgoingPicture::from("words", QStringLiteral("text/plain")).told().isEmpty());
    QCOMPARE(int(OutgoingPicture::from("<svg/>", QStringLiteral("image/svg+xml")).look), int(OutgoingPicture::Look::NotLookedThrough));
}

void TestPictures::sentencesSayWhatHappened()
{
    const OutgoingPicture phone = OutgoingPicture::from(fixture(QStringLiteral("phone.png")), QStringLiteral("image/png"));
    QCOMPARE(phone.told(), QStringLiteral("Taken out: position, camera serial number, names of people, time, camera model, program, texts, camera settings"));
    QVERIFY2(phone.toldOfWhole().startsWith(QStringLiteral("Sent with everything in it: position")), qPrintable(phone.toldOfWhole()));
    QVERIFY(phone.formatAdvice().isEmpty());
    for (const char *name : {"phone.heic", "phone.avif"}) {
        const QString advice = OutgoingPicture::from(fixture(QString::fromLatin1(name)), QStringLiteral("image/heif")).formatAdvice();
        QVERIFY2(advice.contains(QStringLiteral("export the picture as JPEG")), qPrintable(advice));
    }
}

QTEST_GUILESS_MAIN(TestPictures)
#include "tst_pictures.moc"
