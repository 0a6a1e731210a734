// Files say how they are to be shown; what comes back out of encoder and decoder has to look as FFmpeg shows the file.
#include "odd_files.h"

extern "C" {
#include <libavutil/frame.h>
}

#include <QtCore/QtEndian>

#include <cmath>

using namespace media_test;

namespace {

/// Flat colours with an arrangement that no turn leaves as it is.
const QString tiles = QStringLiteral("smptebars=s=%1:r=25:d=0.4");

struct Cell {
    std::array<double, 3> mean{};
    double spread = 0;
};

/// Mean and spread of a cell of a grid, with what is `around` it or without its rim.
Cell cellOf(const uchar *pixels, int width, int height, int bytes, bool redFirst, int column, int row, int grid, int around = -2)
{
    const int x0 = std::max(0, width * column / grid - around);
    const int x1 = std::min(width, width * (column + 1) / grid + around);
    const int y0 = std::max(0, height * row / grid - around);
    const int y1 = std::min(height, height * (row + 1) / grid + around);
    Cell cell;
    for (int channel = 0; channel < 3; ++channel) {
        double sum = 0;
        double squares = 0;
        for (int y = y0; y < y1; ++y) {
            for (int x = x0; x < x1; ++x) {
                const double value = pixels[(qsizetype(y) * width + x) * bytes + (redFirst ? channel : 2 - channel)];
                sum += value;
                squares += value * value;
            }
        }
        const double count = (x1 - x0) * (y1 - y0);
        cell.mean[std::size_t(channel)] = sum / count;
        cell.spread = std::max(cell.spread, std::sqrt(std::max(0.0, squares / count - sum / count * sum / count)));
    }
    return cell;
}

/// The largest difference of any colour, where FFmpeg's picture is flat; "" when it is within three.
QString difference(const Frame &frame, const QByteArray &wanted)
{
    const Frame shown = frame.scaled(frame.displayWidth(), frame.displayHeight());
    const int width = shown.width();
    const int height = shown.height();
    if (wanted.size() != qsizetype(width) * height * 3)
        return QStringLiteral("%1x%2 is not of FFmpeg's size of %3 pixels").arg(width).arg(height).arg(wanted.size() / 3);
    QByteArray words(qsizetype(width) * height * 4, '\0');
    shown.toRgb32(reinterpret_cast<std::uint8_t *>(words.data()), qsizetype(width) * 4);
    constexpr int grid = 32;
    int flat = 0;
    for (int row = 0; row < grid; ++row) {
        for (int column = 0; column < grid; ++column) {
            const auto *const pixels = reinterpret_cast<const uchar *>(wanted.constData());
            const Cell want = cellOf(pixels, width, height, 3, true, column, row, grid);
            const Cell have = cellOf(reinterpret_cast<const uchar *>(words.constData()), width, height, 4, false, column, row, grid);
            // Edges ring: what is compared lies off them.
            if (cellOf(pixels, width, height, 3, true, column, row, grid, 6).spread > 1)
                continue;
            ++flat;
            for (std::size_t i = 0; i < 3; ++i) {
                if (std::abs(want.mean[i] - have.mean[i]) > 3)
                    return QStringLiteral("(%1, %2, %3) instead of (%4, %5, %6) in column %7, row %8").arg(have.mean[0]).arg(have.mean[1]).arg(have.mean[2])
                        .arg(want.mean[0]).arg(want.mean[1]).arg(want.mean[2]).arg(column).arg(row);
            }
        }
    }
    return flat > grid * grid / 4 ? QString() : QStringLiteral("only %1 cells can be compared").arg(flat);
}

/// Writes a matrix into the file's only track, as phones do.
void setMatrix(const QString &path, const std::array<int, 4> &abcd)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray bytes = file.readAll();
    const qsizetype track = bytes.indexOf("tkhd");
    QVERIFY(track > 0);
    constexpr qsizetype toMatrix = 44; // of a header of version 0
    const std::array<int, 9> matrix{abcd[0] << 16, abcd[1] << 16, 0, abcd[2] << 16, abcd[3] << 16, 0, 0, 0, 1 << 30};
    for (std::size_t i = 0; i < matrix.size(); ++i)
        qToBigEndian(matrix[i], bytes.data() + track + toMatrix + qsizetype(i) * 4);
    file.seek(0);
    file.write(bytes);
}

/// A JPEG's orientation, as cameras write it.
QByteArray withOrientation(const QByteArray &jpeg, int orientation)
{
    QByteArray exif("Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", 25);
    exif.append(char(orientation));
    exif.append(QByteArray(6, '\0'));
    QByteArray segment("\xff\xe1", 2);
    segment.append('\0');
    segment.append(char(exif.size() + 2));
    return jpeg.first(2) + segment + exif + jpeg.sliced(2);
}

} // namespace

class TestMediaDisplay : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void coloursComeBackAsTheFileMeansThem_data();
    void coloursComeBackAsTheFileMeansThem();
    void aTurnedFileComesBackUpright_data();
    void aTurnedFileComesBackUpright();
    void pixelsThatAreNotSquareKeepTheShapeOfThePicture_data();
    void pixelsThatAreNotSquareKeepTheShapeOfThePicture();
    void aChangeOfShapeAmidTheFileStretchesNothing();
    void picturesOfEveryKindStandInForACamera_data();
    void picturesOfEveryKindStandInForACamera();
    void aPhotoIsTurnedAsItsCameraSays_data();
    void aPhotoIsTurnedAsItsCameraSays();
    void aCoverIsNoVideo_data();
    void aCoverIsNoVideo();
    void aVideoWithACoverIsPlayed();
    void workersPictureKeepsItsDescription();

private:
    OddFiles m_files;
};

void TestMediaDisplay::coloursComeBackAsTheFileMeansThem_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("size");
    QTest::addColumn<QString>("convert");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("shown");
    QTest::addColumn<int>("matrix");
    const QStringList x264{"-c:v", "libx264", "-crf", "10"};
    const auto tag = [](const char *matrix) { return QStringList{"-colorspace", matrix, "-color_primaries", matrix, "-color_trc", matrix}; };
    QTest::newRow("a small BT.709") << "b709.mp4" << "640x360" << "scale=out_color_matrix=bt709,format=yuv420p" << x264 + tag("bt709") << "null" << int(AVCOL_SPC_BT709);
    QTest::newRow("a large BT.601") << "b601.mp4" << "1280x720" << "scale=out_color_matrix=bt601,format=yuv420p" << x264 + tag("smpte170m") << "null" << int(AVCOL_SPC_SMPTE170M);
    QTest::newRow("untagged and large") << "large.mp4" << "1280x720" << "scale=out_color_matrix=bt709,format=yuv420p" << x264
                                        << "scale=in_color_matrix=bt709" << int(AVCOL_SPC_BT709);
    QTest::newRow("untagged and upright") << "tall.mp4" << "360x640" << "scale=out_color_matrix=bt709,format=yuv420p" << x264
                                          << "scale=in_color_matrix=bt709" << int(AVCOL_SPC_BT709);
    QTest::newRow("untagged and small") << "small.mp4" << "640x360" << "scale=out_color_matrix=bt601,format=yuv420p" << x264 << "scale=in_color_matrix=bt601"
                                        << int(AVCOL_SPC_SMPTE170M);
    QTest::newRow("full range BT.709") << "full.mp4" << "640x360" << "scale=out_color_matrix=bt709:out_range=pc,format=yuvj420p"
                                       << x264 + tag("bt709") + QStringList{"-color_range", "pc"} << "null" << int(AVCOL_SPC_BT709);
    QTest::newRow("full range 4:4:4") << "full444.mkv" << "640x360" << "scale=out_color_matrix=bt709:out_range=pc,format=yuvj444p"
                                      << x264 + tag("bt709") + QStringList{"-color_range", "pc"} << "null" << int(AVCOL_SPC_BT709);
    QTest::newRow("BT.2020, 10 bit") << "b2020.mkv" << "1280x720" << "scale=out_color_matrix=bt2020,format=yuv420p10le"
                                     << QStringList{"-c:v", "libx265", "-x265-params", "log-level=error:crf=10", "-colorspace", "bt2020nc", "-color_primaries", "bt2020",
                                            "-color_trc", "bt2020-10"}
                                     << "null" << int(AVCOL_SPC_BT2020_NCL);
    QTest::newRow("BT.709 in MPEG-TS") << "b709.ts" << "640x360" << "scale=out_color_matrix=bt709,format=yuv420p" << x264 + tag("bt709") << "null" << int(AVCOL_SPC_BT709);
    QTest::newRow("RGB") << "rgb.mkv" << "640x360" << "format=rgb24" << QStringList{"-c:v", "libx264rgb", "-crf", "10"} << "null" << int(AVCOL_SPC_SMPTE170M);
}

void TestMediaDisplay::coloursComeBackAsTheFileMeansThem()
{
    QFETCH(QString, name);
    QFETCH(QString, size);
    QFETCH(QString, convert);
    QFETCH(QStringList, arguments);
    QFETCH(QString, shown);
    QFETCH(int, matrix);
    m_files.make(name, QStringList{"-f", "lavfi", "-i", tiles.arg(size), "-vf", convert} + arguments);
    Playing playing(m_files.path(name));
    playing.run(5);
    QVERIFY(!playing.back().empty());
    const Frame &back = playing.back().front();
    QCOMPARE(int(back.av()->colorspace), matrix);
    QCOMPARE(difference(back, m_files.firstPicture(name, shown)), QString());
}

void TestMediaDisplay::aTurnedFileComesBackUpright_data()
{
    QTest::addColumn<QList<int>>("matrix");
    QTest::newRow("upright") << QList<int>{1, 0, 0, 1};
    QTest::newRow("90") << QList<int>{0, 1, -1, 0};
    QTest::newRow("180") << QList<int>{-1, 0, 0, -1};
    QTest::newRow("270") << QList<int>{0, -1, 1, 0};
    QTest::newRow("upside down mirror") << QList<int>{1, 0, 0, -1};
    QTest::newRow("mirror") << QList<int>{-1, 0, 0, 1};
    QTest::newRow("about the diagonal") << QList<int>{0, 1, 1, 0};
    QTest::newRow("about the other diagonal") << QList<int>{0, -1, -1, 0};
}

void TestMediaDisplay::aTurnedFileComesBackUpright()
{
    QFETCH(QList<int>, matrix);
    m_files.make("turned.mp4", {"-f", "lavfi", "-i", tiles.arg("640x360"), "-vf", "setsar=4/3", "-c:v", "libx264", "-crf", "10", "-pix_fmt", "yuv420p"});
    setMatrix(m_files.path("turned.mp4"), {matrix[0], matrix[1], matrix[2], matrix[3]});
    Playing playing(m_files.path("turned.mp4"));
    playing.run(3);
    QVERIFY(!playing.back().empty());
    const bool lies = matrix[0] != 0;
    QCOMPARE(playing.back().front().width(), lies ? 854 : 360);
    QCOMPARE(playing.back().front().height(), lies ? 360 : 854);
    QCOMPARE(playing.source().format().width, playing.back().front().width());
    const QString filters = lies ? "scale=854:360,setsar=1" : "scale=360:854,setsar=1";
    QCOMPARE(difference(playing.back().front(), m_files.firstPicture("turned.mp4", filters)), QString());
}

void TestMediaDisplay::pixelsThatAreNotSquareKeepTheShapeOfThePicture_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("size");
    QTest::addColumn<QString>("pixel");
    QTest::addColumn<QSize>("shown");
    QTest::newRow("PAL 16:9") << "pal.mp4" << "720x576" << "64/45" << QSize(1024, 576);
    QTest::newRow("NTSC 16:9") << "ntsc.ts" << "720x480" << "32/27" << QSize(854, 480);
    QTest::newRow("NTSC 4:3 in Matroska") << "ntsc.mkv" << "720x480" << "8/9" << QSize(720, 540);
    QTest::newRow("HDV") << "hdv.ts" << "1440x1080" << "4/3" << QSize(1920, 1080);
    QTest::newRow("square and large") << "uhd.mp4" << "2560x1440" << "1/1" << QSize(1920, 1080);
    QTest::newRow("a phone's") << "phone.mp4" << "1080x1920" << "1/1" << QSize(1080, 1920);
    QTest::newRow("odd sides") << "odd.mkv" << "853x479" << "1/1" << QSize(854, 480);
}

void TestMediaDisplay::pixelsThatAreNotSquareKeepTheShapeOfThePicture()
{
    QFETCH(QString, name);
    QFETCH(QString, size);
    QFETCH(QString, pixel);
    QFETCH(QSize, shown);
    m_files.make(name, {"-f", "lavfi", "-i", tiles.arg(size), "-vf", "setsar=" + pixel, "-c:v", "libx264", "-pix_fmt", size == "853x479" ? "yuv444p" : "yuv420p"});
    Playing playing(m_files.path(name));
    playing.run(3);
    QVERIFY(!playing.back().empty());
    const Frame &back = playing.back().front();
    QCOMPARE(QSize(back.displayWidth(), back.displayHeight()), shown);
    QCOMPARE(QSize(back.width(), back.height()), shown); // square pixels: also who does not look sees the right shape
}

void TestMediaDisplay::aChangeOfShapeAmidTheFileStretchesNothing()
{
    // Broadcasts change between 4:3 and 16:9 with the programme.
    for (const auto &[name, pixel] : {std::pair("wide.ts", "64/45"), std::pair("narrow.ts", "16/15")})
        m_files.make(name, {"-f", "lavfi", "-i", "color=c=white:s=720x576:r=25:d=0.4", "-vf", QStringLiteral("setsar=") + pixel, "-c:v", "mpeg2video", "-b:v", "4M"});
    m_files.join("shapes.ts", {"wide.ts", "narrow.ts"});
    Playing playing(m_files.path("shapes.ts"));
    playing.run(100);
    QVERIFY(playing.back().size() >= 18);
    const Frame &first = playing.back().front();
    const Frame &last = playing.back().back();
    QCOMPARE(QSize(first.width(), first.height()), QSize(1024, 576));
    QCOMPARE(QSize(last.width(), last.height()), QSize(1024, 576));
    const auto luma = [](const Frame &frame, int x) { return int(frame.plane(0)[qsizetype(288) * frame.stride(0) + x]); };
    QVERIFY(luma(first, 20) > 200);
    QVERIFY(luma(last, 20) < 40);   // 768 columns of white between bars
    QVERIFY(luma(last, 118) < 40);
    QVERIFY(luma(last, 138) > 200);
    QVERIFY(luma(last, 885) > 200);
    QVERIFY(luma(last, 906) < 40);
}

void TestMediaDisplay::picturesOfEveryKindStandInForACamera_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("a large JPEG") << "large.jpg" << QStringList{"-q:v", "2", "-pix_fmt", "yuvj420p"};
    QTest::newRow("JPEG 4:4:4") << "full.jpg" << QStringList{"-q:v", "2", "-pix_fmt", "yuvj444p"};
    QTest::newRow("PNG") << "picture.png" << QStringList{};
    QTest::newRow("PNG of grey") << "grey.png" << QStringList{"-pix_fmt", "gray"};
    QTest::newRow("PNG with alpha") << "alpha.png" << QStringList{"-pix_fmt", "rgba"};
    QTest::newRow("WebP") << "picture.webp" << QStringList{"-quality", "95"};
    QTest::newRow("GIF") << "picture.gif" << QStringList{"-filter_complex", "[0:v]split[a][b];[a]palettegen[p];[b][p]paletteuse=dither=none"};
    QTest::newRow("BMP") << "picture.bmp" << QStringList{};
    QTest::newRow("TIFF") << "picture.tiff" << QStringList{"-pix_fmt", "rgb24"};
    QTest::newRow("TIFF of YCbCr") << "ycbcr.tiff" << QStringList{"-pix_fmt", "yuv420p"};
    QTest::newRow("a name with a pattern in it") << "take %03d.png" << QStringList{};
    QTest::newRow("a video of one picture") << "one.mp4" << QStringList{"-c:v", "libx264", "-pix_fmt", "yuv420p", "-crf", "5"};
}

void TestMediaDisplay::picturesOfEveryKindStandInForACamera()
{
    QFETCH(QString, name);
    QFETCH(QStringList, arguments);
    // By a copy, because FFmpeg takes the name of a picture that it writes for a pattern too.
    const QString plain = "plain." + name.section('.', -1);
    m_files.make(plain, QStringList{"-f", "lavfi", "-i", tiles.arg("640x480"), "-frames:v", "1"} + arguments);
    QFile::remove(m_files.path(name));
    QVERIFY(QFile::copy(m_files.path(plain), m_files.path(name)));
    Playing playing(m_files.path(name), {.loop = false, .realTime = false, .stillFramesPerSecond = 12});
    QCOMPARE(playing.source().format(), (VideoFormat{640, 480, 12}));
    playing.run(24);
    QCOMPARE(int(playing.given().size()), 24);
    for (std::size_t i = 1; i < playing.given().size(); ++i)
        QCOMPARE(playing.given()[i].pts() - playing.given()[i - 1].pts(), ticksPerSecond / 12);
    QCOMPARE(difference(playing.back().back(), m_files.firstPicture(plain, "null")), QString());
}

void TestMediaDisplay::aPhotoIsTurnedAsItsCameraSays_data()
{
    QTest::addColumn<int>("orientation");
    QTest::addColumn<QString>("filters");
    QTest::newRow("upright") << 1 << "null";
    QTest::newRow("180") << 3 << "hflip,vflip";
    QTest::newRow("mirrored") << 2 << "hflip";
    QTest::newRow("to the right") << 6 << "transpose=clock";
    QTest::newRow("to the left") << 8 << "transpose=cclock";
}

void TestMediaDisplay::aPhotoIsTurnedAsItsCameraSays()
{
    QFETCH(int, orientation);
    QFETCH(QString, filters);
    m_files.make("upright.jpg", {"-f", "lavfi", "-i", tiles.arg("640x360"), "-frames:v", "1", "-q:v", "2", "-pix_fmt", "yuvj420p"});
    QFile upright(m_files.path("upright.jpg"));
    QVERIFY(upright.open(QIODevice::ReadOnly));
    QFile turned(m_files.path("turned.jpg"));
    QVERIFY(turned.open(QIODevice::WriteOnly));
    turned.write(withOrientation(upright.readAll(), orientation));
    turned.close();
    Playing playing(m_files.path("turned.jpg"));
    playing.run(2);
    QVERIFY(!playing.back().empty());
    QCOMPARE(difference(playing.back().front(), m_files.firstPicture("upright.jpg", filters)), QString());
}

void TestMediaDisplay::aCoverIsNoVideo_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("MP3") << "cover.mp3" << QStringList{"-c:a", "libmp3lame", "-id3v2_version", "3"};
    QTest::newRow("M4A") << "cover.m4a" << QStringList{"-c:a", "aac"};
    QTest::newRow("FLAC") << "cover.flac" << QStringList{"-c:a", "flac"};
}

void TestMediaDisplay::aCoverIsNoVideo()
{
    QFETCH(QString, name);
    QFETCH(QStringList, arguments);
    m_files.make("cover.png", {"-f", "lavfi", "-i", "color=red:s=300x300:d=1", "-frames:v", "1"});
    m_files.make(name, QStringList{"-f", "lavfi", "-i", "sine=440:d=1", "-i", m_files.path("cover.png"), "-map", "0:a", "-map", "1:v", "-c:v", "copy", "-disposition:v",
                           "attached_pic"} + arguments);
    const auto source = FileSource::open(m_files.path(name));
    QVERIFY(!source);
    QCOMPARE(source.error().kind(), Error::Kind::InvalidInput);
    QVERIFY2(source.error().message().contains("it has no video"), qPrintable(source.error().message()));
}

void TestMediaDisplay::aVideoWithACoverIsPlayed()
{
    m_files.make("cover.png", {"-f", "lavfi", "-i", "color=red:s=300x300:d=1", "-frames:v", "1"});
    m_files.makePattern("covered.mp4", "320x240", 25, 1, {"-i", m_files.path("cover.png"), "-map", "1:v", "-map", "0:v", "-c:v:0", "copy", "-c:v:1", "libx264", "-pix_fmt:v:1",
                                                            "yuv420p", "-disposition:v:0", "attached_pic"});
    Playing playing(m_files.path("covered.mp4"));
    playing.run(100);
    QCOMPARE(int(playing.given().size()), 25);
    QCOMPARE(playing.given().front().width(), 320);
}

void TestMediaDisplay::workersPictureKeepsItsDescription()
{
    // What a worker sends with pixels that are not square and in BT.709 is shown so, also once it was filtered or drawn into.
    m_files.make("worker.ts", {"-f", "lavfi", "-i", tiles.arg("720x576"), "-vf", "scale=out_color_matrix=bt709,format=yuv420p,setsar=64/45", "-c:v", "libx264", "-crf", "10",
                                  "-bf", "0", "-colorspace", "bt709"});
    QFile file(m_files.path("worker.ts"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    Decoded decoded;
    Decoder decoder({}, decoded.output());
    TsInput input;
    input.bytes = file.readAll();
    input.segmentStart = true;
    orThrow(decoder.feed(input));
    orThrow(decoder.finish());
    QVERIFY(!decoded.frames.empty());
    Frame drawn = decoded.frames.front();
    QVERIFY(drawn.writablePlane(0));
    Decoded again;
    Decoder second({}, again.output());
    auto encoder = orThrow(Encoder::create({}, [&](const TsChunk &chunk) { orThrow(second.feed(inputOf(chunk))); }));
    orThrow(encoder->encode(drawn));
    orThrow(encoder->finish());
    orThrow(second.finish());
    QVERIFY(!again.frames.empty());
    const Frame &back = again.frames.front();
    QCOMPARE(QSize(back.width(), back.height()), QSize(720, 576));
    QCOMPARE(QSize(back.displayWidth(), back.displayHeight()), QSize(1024, 576));
    QCOMPARE(int(back.av()->colorspace), int(AVCOL_SPC_BT709));
    QCOMPARE(difference(back, m_files.firstPicture("worker.ts", "scale=1024:576,setsar=1")), QString());
}

QTEST_GUILESS_MAIN(TestMediaDisplay)
#include "tst_media_display.moc"
