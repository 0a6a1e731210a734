#include "sluice/media/encoder.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace sluice::media {

class EncoderThread::Private {
public:
    void run();
    [[nodiscard]] Expected<void> encodeAll();
    void fail(const Error &error);
    void noteStats(const Encoder &encoder);

    EncoderSettings settings;
    Output output;
    std::size_t maxFrames = 2;
    static constexpr std::size_t maxSounds = 32;

    mutable std::mutex mutex;
    std::condition_variable changed;
    std::deque<Frame> frames;
    std::deque<AudioChunk> sounds;
    quint64 droppedFrames = 0;
    quint64 droppedSounds = 0;
    EncoderStats stats;
    bool stopping = false;
    bool keyFrameWanted = false;
    std::thread thread;
};

void EncoderThread::Private::run()
{
    if (const auto done = encodeAll(); !done)
        fail(done.error());
}

Expected<void> EncoderThread::Private::encodeAll()
{
    auto created = Encoder::create(settings, output.chunk);
    if (!created)
        return unexpected(created.error());
    Encoder &encoder = **created;
    for (;;) {
        std::optional<AudioChunk> sound;
        std::optional<Frame> frame;
        {
            std::unique_lock lock(mutex);
            changed.wait(lock, [this] { return stopping || !frames.empty() || !sounds.empty(); });
            if (std::exchange(keyFrameWanted, false))
                encoder.requestKeyFrame();
            if (!sounds.empty() && (frames.empty() || sounds.front().pts <= frames.front().pts())) {
                sound = std::move(sounds.front());
                sounds.pop_front();
            } else if (!frames.empty()) {
                frame = std::move(frames.front());
                frames.pop_front();
            }
        }
        if (!sound && !frame)
            break;
        const auto done = frame ? encoder.encode(*frame) : encoder.encode(*sound);
        noteStats(encoder);
        if (!done)
            return done;
    }
    const auto done = encoder.finish();
    noteStats(encoder);
    return done;
}

void EncoderThread::Private::noteStats(const Encoder &encoder)
{
    const std::lock_guard lock(mutex);
    stats = encoder.stats();
}

void EncoderThread::Private::fail(const Error &error)
{
    {
        const std::lock_guard lock(mutex);
        stopping = true;
        frames.clear();
        sounds.clear();
    }
    if (output.failed)
        output.failed(error);
}

EncoderThread::EncoderThread(EncoderSettings settings, Output output, qsizetype frameQueue)
    : d(std::make_unique<Private>())
{
    d->settings = std::move(settings);
    d->output = std::move(output);
    d->maxFrames = std::size_t(std::max<qsizetype>(1, frameQueue));
    d->thread = std::thread([this] { d->run(); });
}

EncoderThread::~EncoderThread()
{
    stop();
}

void EncoderThread::submit(Frame frame)
{
    Frame victim; // freed outside the lock
    {
        const std::lock_guard lock(d->mutex);
        if (d->stopping || frame.isNull())
            return;
        if (d->frames.size() >= d->maxFrames) {
            victim = std::move(d->frames.front());
            d->frames.pop_front();
            ++d->droppedFrames;
        }
        d->frames.push_back(std::move(frame));
    }
    d->changed.notify_one();
}

void EncoderThread::submit(AudioChunk chunk)
{
    {
        const std::lock_guard lock(d->mutex);
        if (d->stopping)
            return;
        if (d->sounds.size() >= Private::maxSounds) {
            d->sounds.pop_front();
            ++d->droppedSounds;
        }
        d->sounds.push_back(std::move(chunk));
    }
    d->changed.notify_one();
}

void EncoderThread::requestKeyFrame()
{
    const std::lock_guard lock(d->mutex);
    d->keyFrameWanted = true;
}

void EncoderThread::stop()
{
    {
        const std::lock_guard lock(d->mutex);
        d->stopping = true;
    }
    d->changed.notify_one();
    if (d->thread.joinable())
        d->thread.join();
}

EncoderStats EncoderThread::stats() const
{
    const std::lock_guard lock(d->mutex);
    EncoderStats stats = d->stats;
    stats.framesIn += d->droppedFrames + d->frames.size();
    stats.droppedQueue = d->droppedFrames;
    stats.audioChunks += d->droppedSounds + d->sounds.size();
    stats.droppedAudio += d->droppedSounds;
    return stats;
}

} // namespace sluice::media
