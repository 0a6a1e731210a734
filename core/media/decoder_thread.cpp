#include "sluice/media/decoder.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace sluice::media {

class DecoderThread::Private {
public:
    Private(DecoderSettings settings, Output o, qsizetype bound)
        : output(std::move(o))
        , decoder(settings, {.frame = output.frame, .audio = output.audio})
        , maxLag(settings.maxLag)
        , maxQueuedBytes(bound)
    {
    }

    struct Item {
        TsInput input;
        bool endsSegment = false;
    };

    void run();
    [[nodiscard]] Expected<void> take(const Item &item);
    void push(Item item);
    void dropToNewestSegment();
    [[nodiscard]] bool isLateBefore(const TsInput &newest) const;

    const Output output;
    Decoder decoder; // the thread's alone
    const std::chrono::milliseconds maxLag;
    const qsizetype maxQueuedBytes;

    mutable std::mutex mutex;
    std::condition_variable changed;
    std::deque<Item> items;
    qsizetype queuedBytes = 0;
    bool waitForSegment = false; // everything up to the next segment start is dropped
    bool gap = false;            // the next item comes after a hole
    bool stopping = false;
    quint64 droppedBytes = 0;
    DecoderStats stats;
    std::thread thread;
};

void DecoderThread::Private::run()
{
    for (;;) {
        Item item;
        {
            std::unique_lock lock(mutex);
            changed.wait(lock, [this] { return stopping || !items.empty(); });
            if (items.empty())
                break;
            item = std::move(items.front());
            items.pop_front();
            queuedBytes -= item.input.bytes.size();
        }
        const auto done = take(item);
        {
            const std::lock_guard lock(mutex);
            stats = decoder.stats();
            if (done)
                continue;
            stopping = true;
            items.clear();
            queuedBytes = 0;
        }
        if (output.failed)
            output.failed(done.error());
        return;
    }
    // What the codecs still hold; an error here would tell about a stream that has ended anyway.
    if (const auto finished = decoder.finish(); finished) {
        const std::lock_guard lock(mutex);
        stats = decoder.stats();
    }
}

Expected<void> DecoderThread::Private::take(const Item &item)
{
    return item.endsSegment ? decoder.endSegment() : decoder.feed(item.input);
}

void DecoderThread::Private::push(Item item)
{
    {
        const std::lock_guard lock(mutex);
        if (stopping)
            return;
        if (waitForSegment && !item.input.segmentStart) {
            droppedBytes += quint64(item.input.bytes.size());
            return;
        }
        waitForSegment = false;
        item.input.gap = item.input.gap || std::exchange(gap, false);
        queuedBytes += item.input.bytes.size();
        const bool late = isLateBefore(item.input);
        items.push_back(std::move(item));
        if (late || queuedBytes > maxQueuedBytes)
            dropToNewestSegment();
    }
    changed.notify_one();
}

bool DecoderThread::Private::isLateBefore(const TsInput &newest) const
{
    return maxLag.count() > 0 && newest.segmentStart && !items.empty() && newest.receivedAt - items.front().input.receivedAt > maxLag;
}

void DecoderThread::Private::dropToNewestSegment()
{
    const auto newest = std::find_if(items.rbegin(), items.rend(), [](const Item &item) { return item.input.segmentStart; });
    const bool keep = newest != items.rend() && std::prev(newest.base()) != items.begin();
    const auto end = keep ? std::prev(newest.base()) : items.end();
    for (auto item = items.begin(); item != end; ++item) {
        queuedBytes -= item->input.bytes.size();
        droppedBytes += quint64(item->input.bytes.size());
    }
    items.erase(items.begin(), end);
    if (keep) {
        items.front().input.gap = true;
    } else {
        waitForSegment = true;
        gap = true;
    }
}

DecoderThread::DecoderThread(DecoderSettings settings, Output output, qsizetype maxQueuedBytes)
    : d(std::make_unique<Private>(settings, std::move(output), maxQueuedBytes))
{
    d->thread = std::thread([this] { d->run(); });
}

DecoderThread::~DecoderThread()
{
    stop();
}

void DecoderThread::submit(TsInput input)
{
    d->push({std::move(input), false});
}

void DecoderThread::endSegment()
{
    d->push({{}, true});
}

void DecoderThread::stop()
{
    {
        const std::lock_guard lock(d->mutex);
        d->stopping = true;
    }
    d->changed.notify_one();
    if (d->thread.joinable())
        d->thread.join();
}

DecoderStats DecoderThread::stats() const
{
    const std::lock_guard lock(d->mutex);
    DecoderStats stats = d->stats;
    stats.droppedBytes = d->droppedBytes;
    stats.queuedBytes = d->queuedBytes;
    return stats;
}

} // namespace sluice::media
