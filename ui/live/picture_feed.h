#pragma once

#include "sluice/media/drop_oldest_queue.h"
#include "sluice/media/frame.h"

#include <QtCore/QList>
#include <QtCore/QSize>
#include <QtGui/QImage>

#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace sluice::ui {

/// The newest picture of a stream, scaled and converted for the screen on a thread of its own.
///
/// Frames go in on any thread and never wait; a view takes the newest one when it paints. What came in between is dropped.
class PictureFeed final {
public:
    /// A picture that is ready to be painted as it is.
    struct Picture {
        QImage image;      ///< fits the box; Format_RGB32
        QSize size;        ///< of the frame in square pixels, before scaling
        qint64 pts = 0;
    };
    struct Counters {
        quint64 submitted = 0;
        quint64 converted = 0;
        quint64 taken = 0;
    };

    PictureFeed();
    ~PictureFeed();
    PictureFeed(const PictureFeed &) = delete;
    PictureFeed &operator=(const PictureFeed &) = delete;

    /// Any thread; never blocks.
    void submit(const media::Frame &frame);
    /// Room for the picture in device pixels, which it fills as far as its shape allows, and how many of them make up a pixel of the
    /// window. Nothing is converted for an empty one.
    void setBox(QSize pixels, double pixelRatio = 1);
    /// Called on the feed's thread when there is a picture to take; again only after take(). Once this has returned, an earlier one is
    /// not running and will not be called.
    void setReadyHandler(std::function<void()> ready);
    /// The newest picture that was not taken yet.
    [[nodiscard]] std::optional<Picture> take();
    /// The newest frame as it came, for a snapshot; null when there is none.
    [[nodiscard]] media::Frame lastFrame() const;
    /// Forgets every picture.
    void clear();
    [[nodiscard]] Counters counters() const;

private:
    void work();
    void convert(const media::Frame &frame, QSize box, double pixelRatio, int generation);
    /// An image that is not shared.
    [[nodiscard]] QImage &recycled(QSize size);

    media::DropOldestQueue<media::Frame> m_queue{1};
    mutable std::mutex m_mutex;
    std::function<void()> m_ready;
    QSize m_box;
    double m_pixelRatio = 1;
    media::Frame m_last;
    std::optional<Picture> m_picture;
    bool m_announced = false;
    int m_generation = 0; ///< counts clear(): what was being converted then no longer counts
    Counters m_counters;
    QList<QImage> m_pool; ///< the feed's thread only
    std::thread m_thread;
};

} // namespace sluice::ui
