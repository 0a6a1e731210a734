#include "sluice/results/video_player.h"

#include "sluice/media/file_source.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QPointer>
#include <QtCore/QTemporaryFile>
#include <QtCore/QThreadPool>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <mutex>

namespace sluice::ui {

namespace {

/// The newest picture, from the thread that decodes to the one that paints.
struct Newest {
    std::mutex mutex;
    QImage image;
    bool announced = false;
};

QImage imageOf(const media::Frame &frame)
{
    const media::Frame square = frame.scaled(frame.displayWidth(), frame.displayHeight());
    QImage image(square.width(), square.height(), QImage::Format_RGB32);
    if (!image.isNull())
        square.toRgb32(image.bits(), image.bytesPerLine());
    return image;
}

} // namespace

/// What one video needs: its file, which FFmpeg reads, and who decodes it.
struct VideoPlayer::Playing {
    QTemporaryFile file;
    std::unique_ptr<media::FileSource> source;
    std::shared_ptr<Newest> newest = std::make_shared<Newest>();
};

/// The picture in the middle of what room there is, not blown up.
class VideoPlayer::Screen final : public QWidget {
public:
    using QWidget::QWidget;
    QImage image;
    int shown = 0;

protected:
    void paintEvent(QPaintEvent *) override
    {
        if (image.isNull())
            return;
        QPainter painter(this);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        QSize size = image.size();
        if (size.width() > width() || size.height() > height())
            size.scale(this->size(), Qt::KeepAspectRatio);
        QRect place(QPoint(), size);
        place.moveCenter(rect().center());
        painter.drawImage(place, image);
    }
};

VideoPlayer::VideoPlayer(QWidget *parent)
    : QWidget(parent)
    , m_screen(new Screen)
    , m_play(new QToolButton)
    , m_facts(new QLabel)
{
    setAccessibleName(tr("Video"));
    setFocusPolicy(Qt::StrongFocus);
    m_screen->setAccessibleName(tr("Picture of the video"));
    m_play->setAutoRaise(true);
    m_play->setObjectName(QStringLiteral("playVideo"));
    m_facts->setTextFormat(Qt::PlainText);
    m_facts->setWordWrap(true);
    m_facts->setFont(Theme::font(Theme::Type::Small11));
    Theme::setTextRole(m_facts, Theme::Role::Muted);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(space::One, space::Half, space::One, space::Half);
    bar->addWidget(m_play);
    bar->addWidget(m_facts, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_screen, 1);
    layout->addLayout(bar);
    connect(m_play, &QToolButton::clicked, this, &VideoPlayer::playOrPause);
    applyPause();
}

VideoPlayer::~VideoPlayer() = default;

void VideoPlayer::setBytes(const QByteArray &bytes)
{
    m_playing.reset();
    m_problem.clear();
    m_paused = false;
    m_screen->image = {};
    m_screen->shown = 0;
    m_screen->update();
    m_facts->setText(bytes.isEmpty() ? QString() : tr("Opening the video…"));
    applyPause();
    ++m_request;
    if (bytes.isEmpty())
        return;
    // Not QFuture::then(this, ...): with Qt 6.4 it asserts when the player is gone before the video is open.
    QThreadPool::globalInstance()->start([player = QPointer(this), request = m_request, bytes] {
        auto playing = std::make_shared<std::unique_ptr<Playing>>(std::make_unique<Playing>());
        Playing &one = **playing;
        QString problem;
        if (!one.file.open() || one.file.write(bytes) != bytes.size() || !one.file.flush()) {
            problem = one.file.errorString();
        } else if (auto source = media::FileSource::open(one.file.fileName(), {.loop = true})) {
            one.source = std::move(source).value();
        } else {
            problem = source.error().message();
        }
        QMetaObject::invokeMethod(qApp, [player, request, playing, problem] {
            if (!player || player->m_request != request)
                return;
            if (problem.isEmpty())
                player->begin(std::move(*playing));
            else
                player->fail(problem);
        }, Qt::QueuedConnection);
    });
}

void VideoPlayer::begin(std::unique_ptr<Playing> playing)
{
    m_playing = std::move(playing);
    const media::VideoFormat format = m_playing->source->format();
    const QString facts = tr("%1 × %2 · %3 pictures/s").arg(format.width).arg(format.height).arg(QLocale().toString(format.framesPerSecond, 'f', 0));
    m_facts->setText(m_playing->source->audioFormat() ? tr("%1 · its sound is not played here").arg(facts) : facts);
    media::SourceOutput output;
    output.frame = [player = QPointer(this), newest = m_playing->newest](const media::Frame &frame) {
        const QImage image = imageOf(frame);
        const std::lock_guard lock(newest->mutex);
        newest->image = image;
        if (std::exchange(newest->announced, true))
            return;
        QMetaObject::invokeMethod(qApp, [player, newest] {
            if (player && player->m_playing && player->m_playing->newest == newest)
                player->takePicture();
        }, Qt::QueuedConnection);
    };
    output.failed = [player = QPointer(this), newest = m_playing->newest](const Error &error) {
        QMetaObject::invokeMethod(qApp, [player, newest, message = error.message()] {
            if (player && player->m_playing && player->m_playing->newest == newest)
                player->fail(message);
        }, Qt::QueuedConnection);
    };
    m_playing->source->start(output);
    applyPause();
}

void VideoPlayer::takePicture()
{
    {
        const std::lock_guard lock(m_playing->newest->mutex);
        m_screen->image = m_playing->newest->image;
        m_playing->newest->announced = false;
    }
    m_screen->update();
    if (++m_screen->shown == 1)
        Q_EMIT ready();
}

void VideoPlayer::fail(const QString &problem)
{
    m_playing.reset();
    m_problem = problem;
    m_facts->setText(tr("The video cannot be played: %1").arg(problem.left(300)));
    applyPause();
    Q_EMIT ready();
}

bool VideoPlayer::isPlaying() const
{
    return m_playing && !m_paused && isVisible();
}

QImage VideoPlayer::picture() const
{
    return m_screen->image;
}

int VideoPlayer::shownPictures() const
{
    return m_screen->shown;
}

void VideoPlayer::playOrPause()
{
    m_paused = !m_paused;
    applyPause();
}

void VideoPlayer::applyPause()
{
    if (m_playing)
        m_playing->source->setPaused(m_paused || !isVisible());
    m_play->setEnabled(m_playing != nullptr);
    m_play->setIcon(Theme::icon(m_paused ? QStringLiteral("play") : QStringLiteral("pause")));
    m_play->setAccessibleName(m_paused ? tr("Play the video") : tr("Pause the video"));
    m_play->setToolTip(m_paused ? tr("Play the video (Space)") : tr("Pause the video (Space)"));
}

void VideoPlayer::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    applyPause();
}

void VideoPlayer::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    if (m_playing)
        m_playing->source->setPaused(true);
}

void VideoPlayer::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && m_playing)
        playOrPause();
    else
        QWidget::keyPressEvent(event);
}

} // namespace sluice::ui
