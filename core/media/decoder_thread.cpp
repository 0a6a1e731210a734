#include "sluice/media/decoder.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace sluice::media {

class DecoderThread::Private {
public:
    Private(DecoderSettings settings, Output o, qsizetype bound)
        : output(std::move(o))
        , decoder(settings, {.frame = output.frame, .audio = output.audio})
        , maxLag(settings.maxLag)
        , verdictAfter(settings.verdictAfter)
        , maxQueuedBytes(bound)
    {
    }

    struct Item {
        TsInput input;
        bool endsSegment = false;
    };

    void run();
    /// Waits for what is next to be done; true when that is a verdict.
    [[nodiscard]] bool waitForWork(std::unique_lock<std::mutex> &lock);
    /// Says why there is no picture; true when there will be none.
    bool giveVerdict(bool atEnd);
    void failWith(const Error &error);
    [[nodiscard]] Expected<void> take(const Item &item);
    void push(Item item);
    void dropToNewestSegment();
    [[nodiscard]] bool isLateBefore(const TsInput &newest) const;

    const Output output;
    Decoder decoder; // the thread's alone
    const std::chrono::milliseconds maxLag;
    const std::chrono::milliseconds verdictAfter;
    const qsizetype maxQueuedBytes;

    mutable std::mutex mutex;
    std::condition_variable changed;
    std::deque<Item> items;
    qsizetype queuedBytes = 0;
    bool waitForSegment = false; // everything up to the next segment start is dropped
    bool gap = false;            // the next item comes after a hole
    bool stopping = false;
    std::optional<SteadyTime> verdictAt; // until it is given
    bool sawBytes = false;
    quint64 droppedBytes = 0;
    DecoderStats stats;
    std::thread thread;
};

void DecoderThread::Private::run()
{
    for (;;) {
        Item item;
        bool verdict = false;
        {
            std::unique_lock lock(mutex);
            verdict = waitForWork(lock);
            if (!verdict) {
                if (items.empty() && !stopping)
                    continue;
                if (items.empty())
                    break;
                item = std::move(items.front());
                items.pop_front();
                queuedBytes -= item.input.bytes.size();
            }
        }
        if (verdict) {
            if (giveVerdict(false))
                return;
            continue;
        }
        const auto done = take(item);
        {
            const std::lock_guard lock(mutex);
            stats = decoder.stats();
        }
        if (!done) {
            failWith(done.error());
            return;
        }
    }
    // What the codecs still hold; an error here would tell about a stream that has ended anyway.
    if (const auto finished = decoder.finish(); finished) {
        const std::lock_guard lock(mutex);
        stats = decoder.stats();
    }
    giveVerdict(true);
}

bool DecoderThread::Private::waitForWork(std::unique_lock<std::mutex> &lock)
{
    const auto isWork = [this] { return stopping || !items.empty(); };
    if (!verdictAt) {
        changed.wait(lock, isWork);
        return false;
    }
    changed.wait_until(lock, *verdictAt, isWork);
    return !stopping && steadyNow() >= *verdictAt;
}

bool DecoderThread::Private::giveVerdict(bool atEnd)
{
    {
        const std::lock_guard lock(mutex);
        if (!std::exchange(verdictAt, std::nullopt))
            return false;
    }
    const auto trouble = decoder.trouble();
    if (!trouble)
        return false;
    if (!atEnd && !decoder.isTransportStream()) {
        failWith(*trouble);
        return true;
    }
    if (output.noPicture)
        output.noPicture(*trouble);
    return false;
}

void DecoderThread::Private::failWith(const Error &error)
{
    {
        const std::lock_guard lock(mutex);
        stopping = true;
        items.clear();
        queuedBytes = 0;
    }
    if (output.failed)
        output.failed(error);
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
        if (verdictAfter.count() > 0 && !item.input.bytes.isEmpty() && !std::exchange(sawBytes, true))
            verdictAt = item.input.receivedAt + verdictAfter;
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
