#include "sluice/media/test_pattern.h"

#include "sluice/media/frame_clock.h"
#include "sluice/media/pacer.h"


#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstring>
#include <numbers>
#include <thread>

namespace sluice::media {

namespace {

struct Yuv {
    std::uint8_t y, u, v;
};

constexpr std::array<Yuv, 8> bars{{{180, 128, 128}, {162, 44, 142}, {131, 156, 44}, {112, 72, 58}, {84, 184, 198}, {65, 100, 212},
    {35, 212, 114}, {60, 128, 128}}};
constexpr Yuv paper{16, 128, 128};
constexpr Yuv ink{235, 128, 128};

void fillBox(Frame &frame, int x0, int y0, int x1, int y1, Yuv colour)
{
    x0 = std::clamp(x0 & ~1, 0, frame.width());
    x1 = std::clamp(x1 & ~1, 0, frame.width());
    y0 = std::clamp(y0 & ~1, 0, frame.height());
    y1 = std::clamp(y1 & ~1, 0, frame.height());
    if (x0 >= x1)
        return;
    const std::array<std::uint8_t, 3> values{colour.y, colour.u, colour.v};
    for (int index = 0; index < 3; ++index) {
        const int half = index == 0 ? 1 : 2;
        std::uint8_t *const plane = frame.writablePlane(index);
        for (int y = y0 / half; y < y1 / half; ++y)
            std::memset(plane + std::ptrdiff_t(y) * frame.stride(index) + x0 / half, values[std::size_t(index)], std::size_t((x1 - x0) / half));
    }
}

void drawBars(Frame &frame)
{
    const int width = frame.width();
    for (std::size_t i = 0; i < bars.size(); ++i)
        fillBox(frame, int(width * i / bars.size()), 0, int(width * (i + 1) / bars.size()), frame.height(), bars[i]);
}

void drawBall(Frame &frame, int centreX, int centreY, int radius)
{
    for (int y = -radius; y < radius; y += 2) {
        const int reach = int(std::sqrt(double(radius * radius - y * y)));
        fillBox(frame, centreX - reach, centreY + y, centreX + reach, centreY + y + 2, {210, 80, 180});
    }
}

/// Segments of a digit, a (top) to g (middle), as bits 0 to 6.
constexpr std::array<unsigned, 10> segments{0x3f, 0x06, 0x5b, 0x4f, 0x66, 0x6d, 0x7d, 0x07, 0x7f, 0x6f};

void drawDigit(Frame &frame, int digit, int x, int y, int width, int height)
{
    const int t = std::max(2, width / 5);
    const int middle = y + height / 2;
    const std::array<std::array<int, 4>, 7> boxes{{{x, y, x + width, y + t}, {x + width - t, y, x + width, middle},
        {x + width - t, middle, x + width, y + height}, {x, y + height - t, x + width, y + height}, {x, middle, x + t, y + height},
        {x, y, x + t, middle}, {x, middle - t / 2, x + width, middle + t - t / 2}}};
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (segments[std::size_t(digit)] >> i & 1)
            fillBox(frame, boxes[i][0], boxes[i][1], boxes[i][2], boxes[i][3], ink);
    }
}

/// The time as h:mm:ss.ff, where ff counts the frames of the second; the hour appears with the first.
QByteArray timeText(std::uint32_t number, int framesPerSecond)
{
    const auto second = number / std::uint32_t(framesPerSecond);
    const auto two = [](std::uint32_t value) { return QByteArray::number(value % 100).rightJustified(2, '0'); };
    const std::uint32_t hours = second / 3600;
    const QByteArray minutes = hours > 0 ? QByteArray::number(hours) + ':' + two(second / 60 % 60) : QByteArray::number(second / 60);
    return minutes + ':' + two(second % 60) + '.' + two(number % std::uint32_t(framesPerSecond));
}

void drawTime(Frame &frame, std::uint32_t number, int framesPerSecond)
{
    const QByteArray text = timeText(number, framesPerSecond);
    const int height = frame.height() / 8;
    const int width = height / 2;
    const int dot = std::max(2, width / 5);
    // A point takes half of a digit's room.
    const auto points = text.count(':') + text.count('.');
    const int half = width * 3 / 4;
    const int room = half * int(2 * (text.size() - points) + points);
    const int y = frame.height() - height * 3 / 2;
    int x = (frame.width() - room) / 2;
    fillBox(frame, x - width / 2, y - height / 4, x + room, y + height + height / 4, paper);
    for (const char sign : text) {
        if (sign != ':' && sign != '.') {
            drawDigit(frame, sign - '0', x, y, width, height);
            x += 2 * half;
            continue;
        }
        if (sign == ':')
            fillBox(frame, x - dot, y + height / 4, x, y + height / 4 + dot, ink);
        fillBox(frame, x - dot, y + height - dot, x, y + height, ink);
        x += half;
    }
}

} // namespace

Frame drawTestPattern(const VideoFormat &format, std::uint32_t number)
{
    Frame frame = Frame::allocate(format.width, format.height);
    if (frame.isNull())
        return frame;
    const int framesPerSecond = std::max(1, int(std::lround(format.framesPerSecond)));
    drawBars(frame);
    const double turn = 2 * std::numbers::pi * number / (4.0 * framesPerSecond);
    drawBall(frame, int(frame.width() * (0.5 + 0.38 * std::cos(turn))), int(frame.height() * (0.5 + 0.2 * std::sin(2 * turn))), frame.height() / 12);
    drawTime(frame, number, framesPerSecond);
    drawFrameClock(frame, number);
    return frame;
}

class TestPatternSource::Private {
public:
    void run(const std::stop_token &stop);
    [[nodiscard]] AudioChunk toneFor(std::uint32_t number, qint64 pts) const;

    VideoFormat format;
    std::optional<AudioFormat> tone;
    SourceOutput output;
    std::atomic<bool> paused = false;
    std::jthread thread;
};

void TestPatternSource::Private::run(const std::stop_token &stop)
{
    const double interval = double(ticksPerSecond) / format.framesPerSecond;
    qint64 first = nowTicks(); // what frame `anchor` has
    std::uint32_t anchor = 0;
    Pacer pacer;
    for (std::uint32_t number = 0; !stop.stop_requested(); ++number) {
        qint64 pts = first + std::llround((number - anchor) * interval);
        if (const qint64 now = nowTicks(); now - pts > ticksPerSecond / 2) {
            // The machine slept or stood still: the picture goes on from the present instead of catching up.
            first = pts = now;
            anchor = number;
        }
        Frame frame = drawTestPattern(format, number);
        if (!pacer.waitFor(pts, stop))
            return;
        if (paused)
            continue;
        frame.setPts(pts);
        frame.stampCaptured();
        if (output.frame)
            output.frame(std::move(frame));
        if (tone && output.audio)
            output.audio(toneFor(number, pts));
    }
}

AudioChunk TestPatternSource::Private::toneFor(std::uint32_t number, qint64 pts) const
{
    const double perFrame = tone->sampleRate / format.framesPerSecond;
    const auto begin = qint64(std::llround(number * perFrame));
    const auto end = qint64(std::llround((number + 1.0) * perFrame));
    AudioChunk chunk{*tone, {}, pts};
    chunk.samples.reserve((end - begin) * tone->channels);
    for (qint64 i = begin; i < end; ++i) {
        const auto value = float(0.1 * std::sin(2 * std::numbers::pi * 440 * double(i % tone->sampleRate) / tone->sampleRate));
        for (int channel = 0; channel < tone->channels; ++channel)
            chunk.samples.append(value);
    }
    return chunk;
}

TestPatternSource::TestPatternSource(VideoFormat format, std::optional<AudioFormat> tone)
    : d(std::make_unique<Private>())
{
    if (!(format.framesPerSecond >= 1 && format.framesPerSecond <= 240))
        format.framesPerSecond = 30;
    d->format = format;
    d->tone = tone;
}

TestPatternSource::~TestPatternSource()
{
    stop();
}

void TestPatternSource::start(SourceOutput output)
{
    d->output = std::move(output);
    d->thread = std::jthread([this](const std::stop_token &stop) { d->run(stop); });
}

void TestPatternSource::stop()
{
    if (d->thread.joinable()) {
        d->thread.request_stop();
        d->thread.join();
    }
}

void TestPatternSource::setPaused(bool paused)
{
    d->paused = paused;
}

VideoFormat TestPatternSource::format() const
{
    return d->format;
}

std::optional<AudioFormat> TestPatternSource::audioFormat() const
{
    return d->tone;
}

QString TestPatternSource::description() const
{
    return QStringLiteral("Test pattern");
}

} // namespace sluice::media
