#include "sluice/chat/picture_button_p.h"

#include "sluice/base/file_kind.h"
#include "sluice/widgets/image_view.h"
#include "sluice/widgets/picture_formats.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QBuffer>
#include <QtCore/QPointer>
#include <QtCore/QThreadPool>
#include <QtGui/QImageReader>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {

constexpr int borderWidth = 1;

struct Thumbnail {
    QImage image;
    QSize whole;
    QString problem; ///< empty when there is an image
};

Thumbnail thumbnailOf(const ChatAttachment &picture, QSize bounds)
{
    Thumbnail made;
    const auto bytes = picture.bytes();
    if (!bytes) {
        made.problem = bytes.error().message();
        return made;
    }
    QBuffer buffer;
    buffer.setData(*bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    made.whole = reader.size();
    const bool onItsSide = reader.transformation().testFlag(QImageIOHandler::TransformationRotate90);
    if (made.whole.isValid()) {
        const QSize room = onItsSide ? bounds.transposed() : bounds;
        if (made.whole.width() > room.width() || made.whole.height() > room.height())
            reader.setScaledSize(made.whole.scaled(room, Qt::KeepAspectRatio).expandedTo({1, 1}));
    }
    made.image = readSafely(reader);
    if (onItsSide)
        made.whole.transpose();
    if (made.image.isNull())
        made.problem = reader.errorString();
    else if (made.image.width() > bounds.width() || made.image.height() > bounds.height())
        made.image = made.image.scaled(bounds, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    return made;
}

} // namespace

PictureButton::PictureButton(const ChatAttachment &picture, QSize bounds, const QString &name, QWidget *parent)
    : QToolButton(parent)
    , m_picture(picture)
    , m_bounds(bounds)
    , m_name(name)
{
    setObjectName(QStringLiteral("picture"));
    setAccessibleName(name);
    setToolTip(tr("%1: reading…").arg(name));
    setCursor(Qt::PointingHandCursor);
    setFixedSize(bounds.height(), bounds.height());
    connect(this, &QToolButton::clicked, this, &PictureButton::open);
    const qreal scale = devicePixelRatioF();
    // Not QFuture::then(this, ...): with Qt 6.4 it asserts when the button is gone before the picture is read.
    QThreadPool::globalInstance()->start([button = QPointer(this), picture, pixels = bounds * scale, scale] {
        Thumbnail made = thumbnailOf(picture, pixels);
        made.image.setDevicePixelRatio(scale);
        QMetaObject::invokeMethod(qApp, [button, made] {
            if (button)
                button->take(made.image, made.whole, made.problem);
        }, Qt::QueuedConnection);
    });
}

void PictureButton::take(const QImage &thumbnail, QSize whole, const QString &problem)
{
    m_thumbnail = thumbnail;
    m_broken = thumbnail.isNull();
    setEnabled(!m_broken);
    const QString told = m_broken ? tr("%1 cannot be shown: %2").arg(m_name, problem.left(300)) : tr("%1 · %2 × %3").arg(m_name).arg(whole.width()).arg(whole.height());
    setToolTip(told);
    setAccessibleName(told);
    if (!m_broken)
        setFixedSize(thumbnail.deviceIndependentSize().toSize() + 2 * QSize(borderWidth, borderWidth));
    update();
    Q_EMIT sizeChanged();
}

void PictureButton::open()
{
    const auto bytes = m_picture.bytes();
    if (!bytes)
        return;
    auto *window = new QWidget(this, Qt::Window);
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->setObjectName(QStringLiteral("pictureWindow"));
    window->setWindowTitle(m_name);
    auto *view = new ImageView;
    auto *column = new QVBoxLayout(window);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(view);
    view->setBytes(*bytes, QStringLiteral("picture.") + QLatin1String(FileKind::of(*bytes).extension));
    window->resize((view->imageSize() + QSize(space::Two, 2 * space::Four)).expandedTo({360, 240}).boundedTo({1200, 900}));
    window->show();
}

void PictureButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const bool marked = hasFocus() || underMouse();
    painter.setPen(QPen(Theme::color(marked ? Theme::Role::Accent : Theme::Role::Border), borderWidth));
    painter.setBrush(Theme::color(Theme::Role::CodeBackground));
    painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    if (!m_thumbnail.isNull()) {
        painter.drawImage(QPoint(borderWidth, borderWidth), m_thumbnail);
        return;
    }
    const QIcon icon = Theme::icon(m_broken ? QStringLiteral("triangle-alert") : QStringLiteral("image"), Theme::Role::Muted);
    icon.paint(&painter, QRect(QPoint(), QSize(space::Three, space::Three)).translated(rect().center() - QPoint(space::Three / 2, space::Three / 2)));
}

} // namespace sluice::ui
