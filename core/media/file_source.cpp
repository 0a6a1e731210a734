#include "sluice/media/file_source.h"

#include "file_reader_p.h"

#include "sluice/media/pacer.h"

#include <QtCore/QFileInfo>

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

namespace sluice::media {

namespace {

/// Sound may be read so far ahead of the pictures that it belongs to.
constexpr qint64 soundAhead = 2 * ticksPerSecond;

} // namespace

class FileSource::Private {
public:
    void run(const std::stop_token &stop);
    void playStill(const std::stop_token &stop);
    /// One pass through the file; false when stopped.
    [[nodiscard]] Expected<bool> play(const std::stop_token &stop);
    bool deliver(FileReader::Item item, const std::stop_token &stop);
    bool waitWhilePaused(const std::stop_token &stop);
    [[nodiscard]] Expected<std::unique_ptr<FileReader>> open() const;
    /// Opens the file once more, beside what is being played: for many formats there is no other way back to their first picture.
    void prepareNextPass();

    QString path;
    QString name;
    Options options;
    bool repeats = false;
    VideoFormat videoFormat;
    std::optional<AudioFormat> audioFormat;
    SourceOutput output;
    Pacer pacer;
    qint64 offset = 0;  ///< from the file's time to ours
    qint64 furthest = 0; ///< end of what was delivered
    std::mutex mutex;
    std::condition_variable_any changed;
    bool paused = false;
    std::unique_ptr<FileReader> reader; ///< the thread's alone once it runs
    std::future<Expected<std::unique_ptr<FileReader>>> nextPass;
    std::jthread thread;
};

Expected<std::unique_ptr<FileReader>> FileSource::Private::open() const
{
    FileReader::Options wanted;
    wanted.maxLong = std::max(options.maxWidth, options.maxHeight);
    wanted.maxShort = std::min(options.maxWidth, options.maxHeight);
    wanted.maxFramesPerSecond = options.maxFramesPerSecond;
    return FileReader::open(path, wanted);
}

void FileSource::Private::prepareNextPass()
{
    if (repeats && reader->isDrained() && !nextPass.valid())
        nextPass = std::async(std::launch::async, [this] { return open(); });
}

void FileSource::Private::run(const std::stop_token &stop)
{
    furthest = nowTicks();
    offset = furthest - reader->begin();
    if (reader->isStill()) {
        playStill(stop);
        return;
    }
    for (;;) {
        auto played = play(stop);
        if (played && *played && repeats) {
            auto again = nextPass.get();
            if (again) {
                reader = std::move(*again);
                offset = furthest - reader->begin();
                continue;
            }
            played = unexpected(again.error());
        }
        if (!played && output.failed)
            output.failed(played.error());
        else if (played && *played && output.ended)
            output.ended();
        return;
    }
}

void FileSource::Private::playStill(const std::stop_token &stop)
{
    const auto items = reader->next();
    if (!items || items->empty())
        return;
    const qint64 interval = std::llround(double(ticksPerSecond) / options.stillFramesPerSecond);
    FileReader::Item item = items->front();
    item.duration = interval;
    for (bool going = true; going; item.frame->setPts(item.frame->pts() + interval))
        going = deliver(item, stop);
}

Expected<bool> FileSource::Private::play(const std::stop_token &stop)
{
    while (!stop.stop_requested()) {
        auto items = reader->next();
        prepareNextPass();
        if (!items)
            return unexpected(items.error());
        if (items->empty())
            return true;
        for (FileReader::Item &item : *items) {
            if (!deliver(std::move(item), stop))
                return false;
        }
    }
    return false;
}

bool FileSource::Private::deliver(FileReader::Item item, const std::stop_token &stop)
{
    if (!waitWhilePaused(stop))
        return false;
    if (item.frame) {
        Frame &frame = *item.frame;
        frame.setPts(frame.pts() + offset);
        if (options.realTime && !pacer.waitFor(frame.pts(), stop))
            return false;
        furthest = std::max(furthest, frame.pts() + item.duration);
        frame.stampCaptured();
        if (output.frame)
            output.frame(std::move(frame));
    } else if (item.sound) {
        AudioChunk &chunk = *item.sound;
        chunk.pts += offset;
        // Sound that goes on after the last picture has nothing else to wait for.
        const auto due = pacer.known(chunk.pts - soundAhead);
        if (options.realTime && due && !waitUntil(*due, stop))
            return false;
        furthest = std::max(furthest, chunk.pts + item.duration);
        if (output.audio)
            output.audio(std::move(chunk));
    }
    return !stop.stop_requested();
}

bool FileSource::Private::waitWhilePaused(const std::stop_token &stop)
{
    std::unique_lock lock(mutex);
    if (!paused)
        return true;
    changed.wait(lock, stop, [this] { return !paused; });
    // The timestamps jump over the pause, as a camera's would.
    const qint64 gap = nowTicks() - furthest;
    if (options.realTime && gap > 0) {
        offset += gap;
        furthest += gap;
    }
    pacer.restart();
    return !stop.stop_requested();
}

Expected<std::unique_ptr<FileSource>> FileSource::open(const QString &path, Options options)
{
    if (!(options.stillFramesPerSecond >= 1 && options.stillFramesPerSecond <= 240))
        options.stillFramesPerSecond = Options().stillFramesPerSecond;
    auto d = std::make_unique<Private>();
    d->path = path;
    d->options = options;
    auto reader = d->open();
    if (!reader)
        return unexpected(reader.error());
    d->reader = std::move(*reader);
    d->name = QFileInfo(path).fileName();
    d->repeats = options.loop && QFileInfo(path).isFile();
    d->videoFormat = d->reader->videoFormat();
    if (d->reader->isStill())
        d->videoFormat.framesPerSecond = options.stillFramesPerSecond;
    d->audioFormat = d->reader->audioFormat();
    return std::unique_ptr<FileSource>(new FileSource(std::move(d)));
}

Expected<std::unique_ptr<FileSource>> FileSource::open(const QString &path)
{
    return open(path, Options());
}

FileSource::FileSource(std::unique_ptr<Private> parts)
    : d(std::move(parts))
{
}

FileSource::~FileSource()
{
    stop();
}

void FileSource::start(SourceOutput output)
{
    d->output = std::move(output);
    d->thread = std::jthread([this](const std::stop_token &stop) { d->run(stop); });
}

void FileSource::stop()
{
    if (d->thread.joinable()) {
        d->thread.request_stop();
        d->thread.join();
    }
}

void FileSource::setPaused(bool paused)
{
    {
        const std::lock_guard lock(d->mutex);
        d->paused = paused;
    }
    d->changed.notify_all();
}

VideoFormat FileSource::format() const
{
    return d->videoFormat;
}

std::optional<AudioFormat> FileSource::audioFormat() const
{
    return d->audioFormat;
}

QString FileSource::description() const
{
    return d->name;
}

} // namespace sluice::media
