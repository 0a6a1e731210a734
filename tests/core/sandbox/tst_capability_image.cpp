#include "sluice/base/bytes.h"
#include "sluice/base/schema_validator.h"
#include "sluice/sandbox/capabilities/image_filter.h"
#include "sluice/sandbox/capabilities/picture.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libswscale/swscale.h>
}

#include <QtCore/QElapsedTimer>
#include <QtCore/QRandomGenerator>
#include <QtCore/QtEndian>
#include <QtTest/QtTest>

using namespace sluice;
using namespace sluice::sandbox;

namespace {

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

/// A file of another kind than PNG, made by FFmpeg's encoder.
QByteArray encoded(const Picture &picture, AVCodecID id, AVPixelFormat format)
{
    const AVCodec *codec = avcodec_find_encoder(id);
    if (!codec)
        return {};
    AVCodecContext *encoder = avcodec_alloc_context3(codec);
    encoder->width = picture.width;
    encoder->height = picture.height;
    encoder->time_base = {1, 1};
    encoder->pix_fmt = format;
    encoder->color_range = AVCOL_RANGE_JPEG;
    encoder->flags |= AV_CODEC_FLAG_QSCALE;
    encoder->global_quality = FF_QP2LAMBDA * 2;
    encoder->strict_std_compliance = FF_COMPLIANCE_UNOFFICIAL;
    AVFrame *frame = av_frame_alloc();
    frame->width = picture.width;
    frame->height = picture.height;
    frame->format = format;
    frame->quality = encoder->global_quality;
    av_frame_get_buffer(frame, 0);
    SwsContext *scaler = sws_getContext(picture.width, picture.height, AV_PIX_FMT_RGBA, picture.width, picture.height, format, SWS_BICUBIC,
        nullptr, nullptr, nullptr);
    const uint8_t *planes[1] = {reinterpret_cast<const uint8_t *>(picture.rgba.constData())};
    const int strides[1] = {picture.width * 4};
    sws_scale(scaler, planes, strides, 0, picture.height, frame->data, frame->linesize);
    sws_freeContext(scaler);
    AVPacket *packet = av_packet_alloc();
    QByteArray file;
    if (avcodec_open2(encoder, codec, nullptr) >= 0 && avcodec_send_frame(encoder, frame) >= 0) {
        avcodec_send_frame(encoder, nullptr);
        if (avcodec_receive_packet(encoder, packet) >= 0)
            file = QByteArray(reinterpret_cast<const char *>(packet->data), packet->size);
    }
    av_packet_free(&packet);
    av_frame_free(&frame);
    avcodec_free_context(&encoder);
    return file;
}

QByteArray png(const Picture &picture)
{
    return orThrow(encodePng(picture));
}

QString base64(const QByteArray &file)
{
    return QString::fromLatin1(bytes::toBase64(file));
}

/// The mean difference of two pictures' colours, 0 to 255.
double difference(const Picture &a, const Picture &b)
{
    if (a.rgba.size() != b.rgba.size())
        return 255;
    double sum = 0;
    for (qsizetype i = 0; i < a.rgba.size(); ++i)
        sum += std::abs(uchar(a.rgba[i]) - uchar(b.rgba[i]));
    return sum / double(a.rgba.size());
}

struct Pixel {
    int r, g, b, a;
};

Pixel pixel(const Picture &picture, int x, int y)
{
    const auto *p = reinterpret_cast<const uchar *>(picture.rgba.constData()) + 4 * (qsizetype(y) * picture.width + x);
    return {p[0], p[1], p[2], p[3]};
}

} // namespace

/// image-filter: real pictures in and out, and files that mean harm.
class TestImageFilter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { av_log_set_level(AV_LOG_QUIET); }
    void pngKeepsEveryPixel_data();
    void pngKeepsEveryPixel();
    void otherKindsAreDecoded_data();
    void otherKindsAreDecoded();
    void everyFilterChangesThePictureAndKeepsItsSize_data();
    void everyFilterChangesThePictureAndKeepsItsSize();
    void filtersDoWhatTheirNamesSay();
    void strengthZeroLeavesBlendedFiltersWithoutEffect_data();
    void strengthZeroLeavesBlendedFiltersWithoutEffect();
    void transparencySurvives();
    void onePixelIsEnough_data();
    void onePixelIsEnough();
    void largePicturesAreShrunkFirst();
    void dataUrisAndLineBreaksAreUnderstood();
    void hostileInputIsAnInputErrorAtTheField_data();
    void hostileInputIsAnInputErrorAtTheField();
    void damagedFilesNeverCrash_data();
    void damagedFilesNeverCrash();
    void compressedTextInAPngIsNotInflated();
    void aCancelledCallStops();
    void theSchemaTheExamplesAndTheAnswerAreSound();

private:
    Picture applied(const Picture &picture, const char *filter, double strength)
    {
        const PredictResult result = m_capability.predict(
            Json{{key("image"), base64(png(picture))}, {key("filter"), filter}, {key("strength"), strength}}, RunContext());
        return orThrow(decodePicture(result.body));
    }
    ImageFilter m_capability;
    const Picture m_picture = landscape(160, 100);
};

void TestImageFilter::pngKeepsEveryPixel_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<bool>("alpha");
    QTest::newRow("ordinary") << 160 << 100 << false;
    QTest::newRow("odd size") << 61 << 37 << false;
    QTest::newRow("transparent") << 61 << 37 << true;
    QTest::newRow("one pixel") << 1 << 1 << true;
    QTest::newRow("one row") << 999 << 1 << false;
    QTest::newRow("one column") << 1 << 999 << false;
}

void TestImageFilter::pngKeepsEveryPixel()
{
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(bool, alpha);
    Picture picture = landscape(width, height);
    if (alpha) {
        for (qsizetype i = 3; i < picture.rgba.size(); i += 4)
            picture.rgba[i] = char(i % 251);
    }
    const QByteArray file = png(picture);
    QCOMPARE(pictureType(file), QByteArray("image/png"));
    const Picture back = orThrow(decodePicture(file));
    QCOMPARE(back.width, width);
    QCOMPARE(back.height, height);
    QVERIFY(back.rgba == picture.rgba);
}

void TestImageFilter::otherKindsAreDecoded_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<double>("tolerance");
    QTest::newRow("jpeg") << encoded(m_picture, AV_CODEC_ID_MJPEG, AV_PIX_FMT_YUVJ444P) << QByteArray("image/jpeg") << 4.0;
    QTest::newRow("subsampled jpeg") << encoded(m_picture, AV_CODEC_ID_MJPEG, AV_PIX_FMT_YUVJ420P) << QByteArray("image/jpeg") << 6.0;
    QTest::newRow("bmp") << encoded(m_picture, AV_CODEC_ID_BMP, AV_PIX_FMT_BGRA) << QByteArray("image/bmp") << 0.0;
    QTest::newRow("gif") << encoded(m_picture, AV_CODEC_ID_GIF, AV_PIX_FMT_BGR8) << QByteArray("image/gif") << 40.0;
}

void TestImageFilter::otherKindsAreDecoded()
{
    QFETCH(QByteArray, file);
    QFETCH(double, tolerance);
    QVERIFY(!file.isEmpty());
    QTEST(pictureType(file), "type");
    if (pictureType(file) == "image/gif")
        file = "GIF89a" + file.mid(6);
    const Picture picture = orThrow(decodePicture(file));
    QCOMPARE(picture.width, m_picture.width);
    const double far = difference(picture, m_picture);
    QVERIFY2(far <= tolerance, qPrintable(QString::number(far)));
}

void TestImageFilter::everyFilterChangesThePictureAndKeepsItsSize_data()
{
    QTest::addColumn<QString>("filter");
    for (const QString &filter : ImageFilter::filters())
        QTest::newRow(qPrintable(filter)) << filter;
}

void TestImageFilter::everyFilterChangesThePictureAndKeepsItsSize()
{
    QFETCH(QString, filter);
    const PredictResult result = m_capability.predict(
        Json{{key("image"), base64(png(m_picture))}, {key("filter"), filter}, {key("strength"), 0.8}}, RunContext());
    QCOMPARE(result.contentType, QByteArray("image/png"));
    QCOMPARE(result.metadata.value(key("filter")).toString(), filter);
    const Picture picture = orThrow(decodePicture(result.body));
    QCOMPARE(picture.width, m_picture.width);
    QCOMPARE(picture.height, m_picture.height);
    QVERIFY2(difference(picture, m_picture) > 0.2, qPrintable(QString::number(difference(picture, m_picture))));
}

void TestImageFilter::filtersDoWhatTheirNamesSay()
{
    const Pixel grey = pixel(applied(m_picture, "grey", 1), 20, 10);
    QVERIFY(std::abs(grey.r - grey.g) <= 2 && std::abs(grey.g - grey.b) <= 2);
    const Pixel before = pixel(m_picture, 20, 10);
    const Pixel inverted = pixel(applied(m_picture, "invert", 1), 20, 10);
    QVERIFY(std::abs(inverted.r - (255 - before.r)) <= 1 && std::abs(inverted.b - (255 - before.b)) <= 1);
    const Pixel mirrored = pixel(applied(m_picture, "mirror", 1), m_picture.width - 1 - 20, 10);
    QCOMPARE(mirrored.r, before.r);
    QCOMPARE(mirrored.b, before.b);
    const Picture pixelized = applied(m_picture, "pixelize", 1);
    QCOMPARE(pixel(pixelized, 1, 1).r, pixel(pixelized, 5, 5).r);
    const Pixel edge = pixel(applied(m_picture, "edges", 1), 5, 5);
    QVERIFY(edge.r < 10 && edge.g < 10); // nothing happens in the sky
}

void TestImageFilter::strengthZeroLeavesBlendedFiltersWithoutEffect_data()
{
    QTest::addColumn<QString>("filter");
    for (const char *filter : {"grey", "edges", "sepia", "invert", "mirror", "emboss"})
        QTest::newRow(filter) << QString::fromLatin1(filter);
}

void TestImageFilter::strengthZeroLeavesBlendedFiltersWithoutEffect()
{
    QFETCH(QString, filter);
    QVERIFY(applied(m_picture, filter.toLatin1().constData(), 0).rgba == m_picture.rgba);
}

void TestImageFilter::transparencySurvives()
{
    Picture picture = landscape(40, 40);
    for (int y = 0; y < 20; ++y) {
        for (int x = 0; x < 40; ++x)
            picture.rgba[4 * (y * 40 + x) + 3] = 0;
    }
    for (const char *filter : {"grey", "sepia", "invert", "sharpen", "hue"}) {
        const Picture result = applied(picture, filter, 1);
        QCOMPARE(pixel(result, 5, 5).a, 0);
        QCOMPARE(pixel(result, 5, 35).a, 255);
    }
}

void TestImageFilter::onePixelIsEnough_data()
{
    everyFilterChangesThePictureAndKeepsItsSize_data();
}

void TestImageFilter::onePixelIsEnough()
{
    QFETCH(QString, filter);
    for (const auto &[width, height] : {std::pair(1, 1), std::pair(3, 2), std::pair(1, 50)}) {
        try {
            const Picture result = applied(landscape(width, height), filter.toLatin1().constData(), 1);
            QCOMPARE(result.width, width);
            QCOMPARE(result.height, height);
        } catch (const Error &error) {
            QVERIFY2(!error.message().isEmpty(), "an error without words");
            QFAIL(qPrintable(error.describe()));
        }
    }
}

void TestImageFilter::largePicturesAreShrunkFirst()
{
    const PredictResult result = m_capability.predict(Json{{key("image"), base64(png(landscape(400, 200)))}, {key("filter"), "grey"},
        {key("strength"), 1}, {key("max_side"), 100}}, RunContext());
    const Picture picture = orThrow(decodePicture(result.body));
    QCOMPARE(picture.width, 100);
    QCOMPARE(picture.height, 50);
}

void TestImageFilter::dataUrisAndLineBreaksAreUnderstood()
{
    QString text = base64(png(m_picture));
    for (qsizetype i = 76; i < text.size(); i += 78)
        text.insert(i, QStringLiteral("\r\n"));
    for (const QString &image : {text, QStringLiteral("data:image/png;base64,") + text, QStringLiteral("DATA:application/octet-stream;BASE64,") + text}) {
        const PredictResult result = m_capability.predict(Json{{key("image"), image}, {key("filter"), "grey"}, {key("strength"), 0}}, RunContext());
        QVERIFY(orThrow(decodePicture(result.body)).rgba == m_picture.rgba);
    }
}

void TestImageFilter::hostileInputIsAnInputErrorAtTheField_data()
{
    QTest::addColumn<QString>("image");
    const QByteArray good = png(m_picture);
    QTest::newRow("no base64") << QStringLiteral("not base64!");
    QTest::newRow("no picture") << base64("hello world, this is text");
    QTest::newRow("empty data URI") << QStringLiteral("data:image/png;base64,");
    QTest::newRow("data URI without base64") << QStringLiteral("data:image/png,abc");
    QTest::newRow("data URI without comma") << QStringLiteral("data:image/png;base64") + QString(1000, u'A');
    QTest::newRow("png signature only") << base64(good.left(8));
    QTest::newRow("truncated png") << base64(good.left(good.size() / 2));
    QTest::newRow("truncated jpeg header") << base64(QByteArray("\xff\xd8\xff\xe0\x00\x10JFIF", 10));
    QByteArray huge = good;
    qToBigEndian<quint32>(200'000, huge.data() + 16);
    qToBigEndian<quint32>(200'000, huge.data() + 20);
    QTest::newRow("claims 40 gigapixels") << base64(huge);
    QByteArray none = good;
    qToBigEndian<quint32>(0, none.data() + 16);
    QTest::newRow("claims no width") << base64(none);
    QByteArray flipped = good;
    flipped[good.size() / 2] = char(flipped[good.size() / 2] ^ 0x5a);
    QTest::newRow("wrong checksum") << base64(flipped);
    QByteArray chunk = good;
    qToBigEndian<quint32>(0x7fffffff, chunk.data() + 33);
    QTest::newRow("chunk longer than the file") << base64(chunk);
    QTest::newRow("svg") << base64("<svg xmlns='http://www.w3.org/2000/svg'/>");
    QTest::newRow("other letters") << QString::fromUtf8("картинка");
}

void TestImageFilter::hostileInputIsAnInputErrorAtTheField()
{
    QFETCH(QString, image);
    try {
        (void)m_capability.predict(Json{{key("image"), image}, {key("filter"), "blur"}, {key("strength"), 0.5}}, RunContext());
        QFAIL("nothing was thrown");
    } catch (const InputError &error) {
        QCOMPARE(error.field(), QStringLiteral("/image"));
        QVERIFY(error.message().size() > 10);
        QVERIFY(error.message().size() < 500);
    }
}

void TestImageFilter::damagedFilesNeverCrash_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::newRow("png") << png(landscape(50, 40));
    QTest::newRow("jpeg") << encoded(landscape(50, 40), AV_CODEC_ID_MJPEG, AV_PIX_FMT_YUVJ420P);
    QTest::newRow("gif") << encoded(landscape(50, 40), AV_CODEC_ID_GIF, AV_PIX_FMT_BGR8);
    QTest::newRow("bmp") << encoded(landscape(50, 40), AV_CODEC_ID_BMP, AV_PIX_FMT_BGR24);
}

void TestImageFilter::damagedFilesNeverCrash()
{
    QFETCH(QByteArray, file);
    QRandomGenerator random(1);
    int decoded = 0;
    for (int i = 0; i < 300; ++i) {
        QByteArray damaged = file;
        for (int n = random.bounded(1, 6); n > 0; --n)
            damaged[random.bounded(int(damaged.size()))] = char(random.bounded(256));
        if (random.bounded(4) == 0)
            damaged.truncate(random.bounded(int(damaged.size())));
        const Expected<Picture> picture = decodePicture(damaged);
        if (picture) {
            ++decoded;
            QVERIFY(qint64(picture->width) * picture->height * 4 == picture->rgba.size());
        } else {
            QVERIFY(picture.error().kind() == Error::Kind::InvalidInput || picture.error().kind() == Error::Kind::TooLarge);
        }
    }
    QVERIFY(decoded < 300);
}

void TestImageFilter::compressedTextInAPngIsNotInflated()
{
    // 64 MiB of zeroes as a compressed comment: some hundred kilobytes in the file.
    const QByteArray deflated = qCompress(QByteArray(64 * 1024 * 1024, '\0'), 9).mid(4);
    const QByteArray content = QByteArray("zTXtComment\0\0", 13) + deflated;
    QByteArray chunk(4, '\0');
    qToBigEndian<quint32>(quint32(content.size() - 4), chunk.data());
    chunk += content + QByteArray(4, '\0');
    QByteArray file = png(m_picture);
    file.insert(33, chunk);
    QElapsedTimer timer;
    timer.start();
    const Expected<Picture> picture = decodePicture(file);
    QVERIFY(picture);
    QVERIFY(picture->rgba == m_picture.rgba);
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
}

void TestImageFilter::aCancelledCallStops()
{
    CancelSource source;
    source.cancel();
    const RunContext context(source.token(), QDeadlineTimer(QDeadlineTimer::Forever));
    const Json input{{key("image"), base64(png(m_picture))}, {key("filter"), "grey"}, {key("strength"), 1}};
    QVERIFY_THROWS_EXCEPTION(Error, (void)m_capability.predict(input, context));
}

void TestImageFilter::theSchemaTheExamplesAndTheAnswerAreSound()
{
    QCOMPARE(SchemaValidator::problems(m_capability.inputSchema()), QStringList());
    QCOMPARE(SchemaValidator::problems(m_capability.outputSchema()), QStringList());
    QVERIFY(m_capability.description().contains(QStringLiteral("no model")));
    QVERIFY(m_capability.price().pricePerUnit > 0);
    const QList<Example> examples = m_capability.examples();
    QCOMPARE(examples.size(), 2);
    for (const Example &example : examples) {
        QVERIFY(SchemaValidator(m_capability.inputSchema()).validate(example.input).isEmpty());
        QVERIFY(example.input.dump().size() < 16 * 1024); // it travels with every registration
        QCOMPARE(pictureType(m_capability.predict(example.input, RunContext()).body), QByteArray("image/png"));
    }
}

QTEST_GUILESS_MAIN(TestImageFilter)
#include "tst_capability_image.moc"
