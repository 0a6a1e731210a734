#include "sluice/media/file_source.h"

#include "file_reader_p.h"

#include "sluice/media/pacer.h"

#include <QtCore/QFileInfo>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace sluice::media {

class FileSource::Private {
public:
    explicit Private(std::unique_ptr<FileReader> r)
        : reader(std::move(r))
    {
    }

    void run(const std::stop_token &stop);
    /// One pass through the file; false when stopped.
    [[nodiscard]] Expected<bool> play(const std::stop_token &stop);
    bool deliver(FileReader::Item item, const std::stop_token &stop);
    bool waitWhilePaused(const std::stop_token &stop);

    std::unique_ptr<FileReader> reader;
    QString name;
    Options options;
    SourceOutput output;
    Pacer pacer;
    qint64 offset = 0;  ///< from the file's time to ours
    qint64 furthest = 0; ///< end of what was delivered
    std::mutex mutex;
    std::condition_variable_any changed;
    bool paused = false;
    std::jthread thread;
};

void FileSource::Private::run(const std::stop_token &stop)
{
    offset = furthest = nowTicks();
    for (;;) {
        const auto played = play(stop);
        if (!played) {
            if (output.failed)
                output.failed(played.error());
            return;
        }
        if (!*played)
            return;
        if (!options.loop)
            break;
        if (const auto rewound = reader->rewind(); !rewound) {
            if (output.failed)
                output.failed(rewound.error());
            return;
        }
        offset = furthest;
    }
    if (output.ended)
        output.ended();
}

Expected<bool> FileSource::Private::play(const std::stop_token &stop)
{
    bool any = false;
    while (!stop.stop_requested()) {
        auto items = reader->next();
        if (!items)
            return unexpected(items.error());
        if (items->empty()) {
            if (!any) {
                return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("%1 holds no picture that can be decoded.").arg(name)));
            }
            return true;
        }
        for (FileReader::Item &item : *items) {
            any = any || item.frame.has_value();
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
        furthest = std::max(furthest, frame.pts() + reader->frameTicks());
        frame.stampCaptured();
        if (output.frame)
            output.frame(std::move(frame));
    } else if (item.sound) {
        AudioChunk &chunk = *item.sound;
        chunk.pts += offset;
        furthest = std::max(furthest, chunk.pts + chunk.sampleCount() * ticksPerSecond / chunk.format.sampleRate);
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
    auto reader = FileReader::open(path, options.maxWidth, options.maxHeight);
    if (!reader)
        return unexpected(reader.error());
    auto d = std::make_unique<Private>(std::move(*reader));
    d->name = QFileInfo(path).fileName();
    d->options = options;
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
    return d->reader->videoFormat();
}

std::optional<AudioFormat> FileSource::audioFormat() const
{
    return d->reader->audioFormat();
}

QString FileSource::description() const
{
    return d->name;
}

} // namespace sluice::media
