#include "sluice/live/picture_feed.h"

#include <algorithm>

namespace sluice::ui {

namespace {
// One with the painter, one waiting, one being written.
constexpr qsizetype kPool = 3;
constexpr int kRounding = 4;
} // namespace

PictureFeed::PictureFeed()
    : m_thread([this] { work(); })
{
}

PictureFeed::~PictureFeed()
{
    setReadyHandler({});
    m_queue.clear();
    m_queue.close();
    m_thread.join();
}

void PictureFeed::submit(const media::Frame &frame)
{
    if (frame.isNull())
        return;
    {
        const std::lock_guard lock(m_mutex);
        ++m_counters.submitted;
        m_last = frame;
        if (m_box.isEmpty())
            return;
    }
    m_queue.push(frame);
}

void PictureFeed::setBox(QSize pixels, double pixelRatio)
{
    media::Frame again;
    {
        const std::lock_guard lock(m_mutex);
        if (m_box == pixels && m_pixelRatio == pixelRatio)
            return;
        m_box = pixels;
        m_pixelRatio = pixelRatio;
        again = m_last;
    }
    // A stream that stands still would stay blurred in its new size.
    if (!pixels.isEmpty() && !again.isNull())
        m_queue.push(again);
}

void PictureFeed::setReadyHandler(std::function<void()> ready)
{
    const std::lock_guard lock(m_mutex);
    m_ready = std::move(ready);
    m_announced = false;
}

std::optional<PictureFeed::Picture> PictureFeed::take()
{
    const std::lock_guard lock(m_mutex);
    m_announced = false;
    if (m_picture)
        ++m_counters.taken;
    return std::exchange(m_picture, std::nullopt);
}

media::Frame PictureFeed::lastFrame() const
{
    const std::lock_guard lock(m_mutex);
    return m_last;
}

void PictureFeed::clear()
{
    m_queue.clear();
    const std::lock_guard lock(m_mutex);
    ++m_generation;
    m_last = {};
    m_picture.reset();
}

PictureFeed::Counters PictureFeed::counters() const
{
    const std::lock_guard lock(m_mutex);
    return m_counters;
}

void PictureFeed::work()
{
    while (const auto frame = m_queue.pop()) {
        QSize box;
        double pixelRatio = 1;
        int generation = 0;
        {
            const std::lock_guard lock(m_mutex);
            box = m_box;
            pixelRatio = m_pixelRatio;
            generation = m_generation;
        }
        if (!box.isEmpty())
            convert(*frame, box, pixelRatio, generation);
    }
}

void PictureFeed::convert(const media::Frame &frame, QSize box, double pixelRatio, int generation)
{
    const QSize size(frame.displayWidth(), frame.displayHeight());
    QSize fitted = size.scaled(box, Qt::KeepAspectRatio).expandedTo(QSize(2, 2));
    // A box that was made for this shape has been rounded: filled, it needs no scaling while painting.
    if (box.width() - fitted.width() <= kRounding && box.height() - fitted.height() <= kRounding)
        fitted = box;
    // Frames have even sides; rounded down they still fit the box.
    const media::Frame scaled = frame.scaled(fitted.width() & ~1, fitted.height() & ~1);
    if (scaled.isNull())
        return;
    QImage &image = recycled(QSize(scaled.width(), scaled.height()));
    image.setDevicePixelRatio(pixelRatio); // here, while it is not shared
    scaled.toRgb32(image.bits(), image.bytesPerLine());
    const std::lock_guard lock(m_mutex);
    if (generation != m_generation)
        return;
    ++m_counters.converted;
    m_picture = Picture{image, size, frame.pts()};
    // Under the lock, so that the handler's owner can take it away for good.
    if (m_ready && !std::exchange(m_announced, true))
        m_ready();
}

QImage &PictureFeed::recycled(QSize size)
{
    // Fresh pages for every picture would cost more than filling them.
    for (QImage &image : m_pool) {
        if (image.isDetached()) {
            if (image.size() != size)
                image = QImage(size, QImage::Format_RGB32);
            return image;
        }
    }
    if (m_pool.size() >= kPool)
        m_pool.removeFirst(); // a view that still shows it keeps it
    return m_pool.emplaceBack(size, QImage::Format_RGB32);
}

} // namespace sluice::ui
