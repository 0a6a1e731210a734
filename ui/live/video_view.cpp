#include "sluice/live/video_view.h"

#include "sluice/widgets/theme.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtGui/QScreen>
#include <QtWidgets/QStyle>
#include <QtWidgets/QStyleOption>

#include <algorithm>
#include <cmath>

namespace sluice::ui {

namespace {
constexpr int kGrip = 6;          // how near the divider counts as on it
constexpr double kSplitStep = 0.02;
constexpr double kOverlay = 0.5;
constexpr double kRounding = 2;   // pixels between the room and what fits into it with even sides
} // namespace

VideoView::VideoView(QWidget *parent)
    : QWidget(parent)
{
    setAttribute(Qt::WA_OpaquePaintEvent);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Video, input and output"));
    m_next.setSingleShot(true);
    m_next.setTimerType(Qt::PreciseTimer);
    connect(&m_next, &QTimer::timeout, this, &VideoView::repaintPictures);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
    for (const Side side : {Side::Input, Side::Output}) {
        at(side).feed = std::make_shared<PictureFeed>();
        at(side).feed->setReadyHandler([this, side] {
            QMetaObject::invokeMethod(this, [this, side] { takePicture(side); }, Qt::QueuedConnection);
        });
    }
}

VideoView::~VideoView()
{
    for (Channel &channel : m_channels)
        channel.feed->setReadyHandler({});
}

void VideoView::setArrangement(VideoArrangement arrangement)
{
    m_arrangement = arrangement;
    setCursor(Qt::ArrowCursor);
    fitFeeds();
    update();
}

void VideoView::setSplit(double split)
{
    m_split = std::clamp(split, 0.0, 1.0);
    update();
}

void VideoView::setCaption(Side side, const QString &caption)
{
    at(side).caption = caption;
    update();
}

void VideoView::setWords(Side side, const QString &words)
{
    if (at(side).words == words)
        return;
    at(side).words = words;
    setAccessibleDescription(at(Side::Output).words);
    update();
}

void VideoView::clear(Side side)
{
    at(side).feed->clear();
    at(side).picture = {};
    at(side).unshown = false;
    fitFeeds();
    update();
}

VideoGeometry VideoView::geometryNow() const
{
    return VideoGeometry::of(m_arrangement, rect(), at(Side::Input).picture.size, at(Side::Output).picture.size, m_split);
}

void VideoView::takePicture(Side side)
{
    auto picture = at(side).feed->take();
    if (!picture)
        return;
    const bool otherShape = picture->size != at(side).picture.size;
    at(side).picture = std::move(*picture);
    at(side).unshown = true;
    if (otherShape) {
        fitFeeds();
        update();
    }
    schedule(side);
}

int VideoView::displayInterval() const
{
    const double rate = screen() ? screen()->refreshRate() : 60;
    return std::max(1, int(std::floor(1000 / std::clamp(rate, 24.0, 240.0))));
}

void VideoView::schedule(Side side)
{
    const int interval = displayInterval();
    const qint64 since = m_sincePaint.isValid() ? m_sincePaint.elapsed() : interval;
    if (side == Side::Output && since >= interval)
        repaintPictures();
    else if (side == Side::Output)
        m_next.start(int(interval - since)); // sooner than what the input may have asked for
    else if (!m_next.isActive())
        m_next.start(interval); // usually an output picture comes first and takes it along
}

void VideoView::repaintPictures()
{
    const VideoGeometry geometry = geometryNow();
    update(geometry.input | geometry.output);
}

void VideoView::fitFeeds()
{
    const VideoGeometry geometry = geometryNow();
    const double scale = devicePixelRatioF();
    const auto box = [&](const QRect &room) {
        return isVisible() && !room.isEmpty() ? (QSizeF(room.size()) * scale).toSize() : QSize();
    };
    at(Side::Input).feed->setBox(box(geometry.input), scale);
    at(Side::Output).feed->setBox(box(geometry.output), scale);
}

void VideoView::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    // On a screen of its own, as every player does, and whatever the theme.
    painter.fillRect(event->rect(), isWindow() ? QColor(Qt::black) : Theme::color(Theme::Role::Surface));
    const VideoGeometry geometry = geometryNow();
    paintPictures(painter, geometry);
    if (event->rect().intersects(geometry.inputCaption))
        paintCaption(painter, geometry.inputCaption, at(Side::Input), false);
    if (event->rect().intersects(geometry.outputCaption))
        paintCaption(painter, geometry.outputCaption, at(Side::Output), !geometry.input.isEmpty() && m_arrangement != VideoArrangement::SideBySide);
    if (hasFocus() && !isWindow()) {
        QStyleOptionFocusRect option;
        option.initFrom(this);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
    }
    m_next.stop();
    m_sincePaint.restart();
    at(Side::Input).unshown = false;
    if (std::exchange(at(Side::Output).unshown, false)) {
        // Runs after this painting has been handed to the display.
        QMetaObject::invokeMethod(this, [this, pts = at(Side::Output).picture.pts] { Q_EMIT outputShown(pts); }, Qt::QueuedConnection);
    }
}

void VideoView::paintPictures(QPainter &painter, const VideoGeometry &geometry) const
{
    const auto paint = [&](Side side, const QRect &room) {
        const QImage &image = at(side).picture.image;
        if (room.isEmpty())
            return;
        if (image.isNull()) {
            paintWords(painter, room, at(side));
            return;
        }
        // Only while a resize is under way does the picture not have the room's size already.
        const QSizeF size = QSizeF(image.size()) / image.devicePixelRatio();
        if (std::abs(size.width() - room.width()) <= kRounding && std::abs(size.height() - room.height()) <= kRounding)
            painter.drawImage(room.topLeft(), image);
        else
            painter.drawImage(room, image);
    };
    switch (m_arrangement) {
    case VideoArrangement::SideBySide:
    case VideoArrangement::OutputOnly:
        paint(Side::Input, geometry.input);
        paint(Side::Output, geometry.output);
        return;
    case VideoArrangement::Overlay:
        paint(Side::Input, geometry.input);
        if (!at(Side::Output).picture.image.isNull()) {
            painter.setOpacity(kOverlay);
            paint(Side::Output, geometry.output);
            painter.setOpacity(1);
        }
        return;
    case VideoArrangement::Split:
        paint(Side::Output, geometry.output);
        painter.save();
        painter.setClipRect(QRect(geometry.input.left(), geometry.input.top(), geometry.divider - geometry.input.left(), geometry.input.height()));
        paint(Side::Input, geometry.input);
        painter.restore();
        painter.fillRect(geometry.divider - 1, geometry.input.top(), 2, geometry.input.height(), Theme::color(Theme::Role::Accent));
        return;
    }
}

void VideoView::paintCaption(QPainter &painter, const QRect &line, const Channel &channel, bool last) const
{
    painter.setFont(Theme::font(Theme::Type::Small11));
    painter.setPen(Theme::color(Theme::Role::Muted));
    const QString size = channel.picture.size.isEmpty()
        ? QString()
        : QStringLiteral(" · %1×%2").arg(channel.picture.size.width()).arg(channel.picture.size.height());
    const QString text = painter.fontMetrics().elidedText(channel.caption + size, Qt::ElideRight, line.width());
    painter.drawText(line, (last ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter, text);
}

void VideoView::paintWords(QPainter &painter, const QRect &room, const Channel &channel) const
{
    painter.setPen(Theme::color(Theme::Role::Border));
    painter.setBrush(Theme::color(Theme::Role::CodeBackground));
    painter.drawRect(room.adjusted(0, 0, -1, -1));
    painter.setFont(Theme::font(Theme::Type::Body13));
    painter.setPen(Theme::color(Theme::Role::Muted));
    painter.drawText(room.adjusted(space::Two, space::One, -space::Two, -space::One), Qt::AlignCenter | Qt::TextWordWrap, channel.words);
}

void VideoView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitFeeds();
}

void VideoView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    fitFeeds();
}

void VideoView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    fitFeeds();
}

void VideoView::moveSplit(int x)
{
    const QRect room = geometryNow().output;
    if (room.width() < 1)
        return;
    setSplit(double(x - room.left()) / room.width());
    Q_EMIT splitMoved(m_split);
}

void VideoView::mousePressEvent(QMouseEvent *event)
{
    const int divider = geometryNow().divider;
    m_dragging = event->button() == Qt::LeftButton && divider >= 0 && std::abs(event->pos().x() - divider) <= kGrip;
    QWidget::mousePressEvent(event);
}

void VideoView::mouseMoveEvent(QMouseEvent *event)
{
    const int divider = geometryNow().divider;
    if (m_dragging)
        moveSplit(event->pos().x());
    else
        setCursor(divider >= 0 && std::abs(event->pos().x() - divider) <= kGrip ? Qt::SplitHCursor : Qt::ArrowCursor);
}

void VideoView::mouseReleaseEvent(QMouseEvent *event)
{
    m_dragging = false;
    QWidget::mouseReleaseEvent(event);
}

void VideoView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && !m_dragging)
        Q_EMIT fullScreenRequested();
}

void VideoView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space) {
        Q_EMIT pauseRequested();
    } else if ((event->key() == Qt::Key_F && event->modifiers() == Qt::NoModifier) || (event->key() == Qt::Key_Escape && isWindow())) {
        Q_EMIT fullScreenRequested();
    } else if (m_arrangement == VideoArrangement::Split && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)) {
        setSplit(m_split + (event->key() == Qt::Key_Left ? -kSplitStep : kSplitStep));
        Q_EMIT splitMoved(m_split);
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace sluice::ui
