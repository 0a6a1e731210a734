// A publisher by itself: a video file in real time through the encoder into a trickle channel, so that tests/bench/publish.py can weigh it
// against the ffmpeg program. Prints one JSON line at its end. With --make it writes such a file: the test pattern with the noise of a
// camera, uncompressed, so that both programs have the same and hardly any work with reading it.

#include "bench_support.h"

#include "sluice/media/file_source.h"
#include "sluice/media/test_pattern.h"
#include "sluice/trickle/publisher.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QTimer>

#include <atomic>

using namespace sluice;
using namespace sluice::bench;

namespace {

const media::VideoFormat Hd{1280, 720, 30};

/// YUV4MPEG2, which FFmpeg reads.
int make(const QString &name, int frames)
{
    QFile file(name);
    if (!file.open(QIODevice::WriteOnly))
        return 1;
    file.write("YUV4MPEG2 W1280 H720 F30:1 Ip A1:1 C420jpeg\n");
    std::uint32_t noise = 1;
    for (int number = 0; number < frames; ++number) {
        const media::Frame frame = media::drawTestPattern(Hd, std::uint32_t(number));
        file.write("FRAME\n");
        for (int plane = 0; plane < 3; ++plane) {
            const int width = plane == 0 ? frame.width() : frame.width() / 2;
            const int height = plane == 0 ? frame.height() : frame.height() / 2;
            QByteArray row(width, Qt::Uninitialized);
            for (int y = 0; y < height; ++y) {
                const std::uint8_t *from = frame.plane(plane) + qsizetype(y) * frame.stride(plane);
                for (int x = 0; x < width; ++x) {
                    noise = noise * 1664525 + 1013904223;
                    row[x] = char(std::clamp(int(from[x]) + (plane == 0 ? int(noise >> 30) - 1 : 0), 16, 235));
                }
                file.write(row);
            }
        }
    }
    return file.flush() ? 0 : 1;
}

/// False when the channel refused.
bool publish(const QString &name, const QUrl &channel, int seconds)
{
    IoThread io;
    trickle::PublisherOptions options;
    options.channel = channel;
    options.maxLag = std::chrono::seconds(1);
    trickle::Publisher publisher(io, options);
    std::atomic<qint64> bytes = 0;
    std::atomic<int> refused = 0;
    media::EncoderSettings settings;
    settings.framesPerSecond = Hd.framesPerSecond;
    media::EncoderThread encoder(settings, {.chunk = [&](const media::TsChunk &chunk) {
        if (chunk.segmentStart)
            publisher.nextSegment();
        bytes += chunk.bytes.size();
        refused += publisher.write(chunk.bytes) ? 0 : 1;
    }, .failed = {}});
    const auto source = orThrow(media::FileSource::open(name));
    source->start({.frame = [&](media::Frame frame) { encoder.submit(std::move(frame)); }, .audio = {}, .failed = {}, .ended = {}});
    QTimer::singleShot(std::chrono::seconds(seconds), qApp, &QCoreApplication::quit);
    QCoreApplication::exec();
    source->stop();
    encoder.stop();
    const std::optional<Error> ended = publisher.terminalError();
    publisher.close().waitForFinished();
    const media::EncoderStats stats = encoder.stats();
    printLine(Json{{"bytes", bytes.load()}, {"frames", qint64(stats.framesEncoded)}, {"dropped", qint64(stats.droppedQueue)}, {"refused", refused.load()}});
    if (ended)
        std::fprintf(stderr, "%s\n", qPrintable(ended->describe()));
    return !ended;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    QCommandLineParser line;
    const QCommandLineOption makeFile(QStringLiteral("make"), QStringLiteral("Write a test video to this file and end."), QStringLiteral("FILE"));
    const QCommandLineOption frames(QStringLiteral("frames"), QStringLiteral("Length of that video."), QStringLiteral("N"), QStringLiteral("90"));
    const QCommandLineOption source(QStringLiteral("source"), QStringLiteral("The video to publish, over and over."), QStringLiteral("FILE"));
    const QCommandLineOption to(QStringLiteral("to"), QStringLiteral("Address of the channel."), QStringLiteral("URL"));
    const QCommandLineOption seconds(QStringLiteral("seconds"), QStringLiteral("For how long."), QStringLiteral("N"), QStringLiteral("20"));
    line.addOptions({makeFile, frames, source, to, seconds});
    line.addHelpOption();
    line.process(app);
    if (line.isSet(makeFile))
        return make(line.value(makeFile), line.value(frames).toInt());
    try {
        return publish(line.value(source), QUrl(line.value(to)), line.value(seconds).toInt()) ? 0 : 1;
    } catch (const Error &error) {
        std::fprintf(stderr, "%s\n", qPrintable(error.describe()));
        return 1;
    }
}
