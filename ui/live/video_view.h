#pragma once

#include "sluice/live/picture_feed.h"
#include "sluice/live/video_geometry.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

#include <array>
#include <memory>

namespace sluice::ui {

/// Input and output of a live job on the screen.
///
/// Frames are submitted to its feeds from any thread. It paints at most once per frame of the display: at once for the output, and the
/// input along with it. Space asks to pause; F or a double click asks for the full screen; with a divider the arrows move it.
class VideoView final : public QWidget {
    Q_OBJECT
public:
    enum class Side { Input, Output };
    Q_ENUM(Side)

    explicit VideoView(QWidget *parent = nullptr);
    ~VideoView() override;

    /// Where frames go; may outlive the view.
    [[nodiscard]] std::shared_ptr<PictureFeed> feed(Side side) const { return at(side).feed; }

    void setArrangement(VideoArrangement arrangement);
    [[nodiscard]] VideoArrangement arrangement() const { return m_arrangement; }
    /// Where the divider is, 0 (all output) to 1 (all input).
    void setSplit(double split);
    [[nodiscard]] double split() const { return m_split; }
    /// The line above the picture; its size is added.
    void setCaption(Side side, const QString &caption);
    /// What stands where there is no picture.
    void setWords(Side side, const QString &words);
    void clear(Side side);
    /// The picture as it is on the screen; null before the first one.
    [[nodiscard]] QImage picture(Side side) const { return at(side).picture.image; }
    [[nodiscard]] VideoGeometry geometryNow() const;

    [[nodiscard]] QSize sizeHint() const override { return {640, 280}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 120}; }

Q_SIGNALS:
    /// The output picture of that time was painted and handed to the display.
    void outputShown(qint64 pts);
    void splitMoved(double split);
    void pauseRequested();
    void fullScreenRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Channel {
        std::shared_ptr<PictureFeed> feed;
        PictureFeed::Picture picture;
        QString caption;
        QString words;
        bool unshown = false; ///< not painted yet
    };

    [[nodiscard]] const Channel &at(Side side) const { return m_channels[std::size_t(side)]; }
    [[nodiscard]] Channel &at(Side side) { return m_channels[std::size_t(side)]; }
    void takePicture(Side side);
    void schedule(Side side);
    void repaintPictures();
    /// Tells the feeds how much room there is.
    void fitFeeds();
    void moveSplit(int x);
    void paintPictures(QPainter &painter, const VideoGeometry &geometry) const;
    void paintCaption(QPainter &painter, const QRect &line, const Channel &channel, bool last) const;
    void paintWords(QPainter &painter, const QRect &room, const Channel &channel) const;
    [[nodiscard]] int displayInterval() const;

    std::array<Channel, 2> m_channels;
    VideoArrangement m_arrangement = VideoArrangement::SideBySide;
    double m_split = 0.5;
    bool m_dragging = false;
    QTimer m_next;
    QElapsedTimer m_sincePaint;
};

} // namespace sluice::ui
