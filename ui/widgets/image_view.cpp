#include "sluice/widgets/image_view.h"

#include "sluice/widgets/picture_formats.h"
#include "sluice/widgets/theme.h"

#include <QtCore/QBuffer>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QMimeData>
#include <QtCore/QTemporaryDir>
#include <QtGui/QClipboard>
#include <QtGui/QDrag>
#include <QtGui/QGuiApplication>
#include <QtGui/QImageReader>
#include <QtGui/QMouseEvent>
#include <QtGui/QWheelEvent>
#include <QtWidgets/QApplication>
#include <QtWidgets/QGraphicsPixmapItem>
#include <QtWidgets/QGraphicsView>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace sluice::ui {

namespace {
constexpr int kMaxMegabytes = 512;
constexpr double kZoomStep = 1.25;
constexpr double kMinZoom = 0.02;
constexpr double kMaxZoom = 32;

QToolButton *button(const QString &icon, const QString &name)
{
    auto *tool = new QToolButton;
    tool->setIcon(Theme::icon(icon));
    tool->setAutoRaise(true);
    tool->setAccessibleName(name);
    tool->setToolTip(name);
    return tool;
}
} // namespace

ImageView::ImageView(QWidget *parent)
    : QWidget(parent)
    , m_view(new QGraphicsView)
    , m_item(new QGraphicsPixmapItem)
    , m_facts(new QLabel)
{
    auto *scene = new QGraphicsScene(this);
    scene->addItem(m_item);
    m_item->setTransformationMode(Qt::SmoothTransformation);
    m_view->setScene(scene);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setBackgroundRole(QPalette::Base);
    m_view->setAccessibleName(tr("Picture"));
    m_view->viewport()->installEventFilter(this);

    m_facts->setFont(Theme::font(Theme::Type::Small11));
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    auto *out = button(QStringLiteral("zoom-out"), tr("Zoom out"));
    auto *in = button(QStringLiteral("zoom-in"), tr("Zoom in"));
    auto *whole = button(QStringLiteral("maximize"), tr("Fit the picture"));
    auto *copy = button(QStringLiteral("copy"), tr("Copy the picture"));
    connect(out, &QToolButton::clicked, this, [this] { zoomBy(1 / kZoomStep); });
    connect(in, &QToolButton::clicked, this, [this] { zoomBy(kZoomStep); });
    connect(whole, &QToolButton::clicked, this, [this] {
        m_fitted = true;
        fit();
    });
    connect(copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setImage(m_image); });

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(space::One, space::Half, space::One, 0);
    bar->setSpacing(space::Half);
    bar->addWidget(m_facts, 1);
    for (QToolButton *tool : {out, whole, in, copy})
        bar->addWidget(tool);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::Half);
    layout->addLayout(bar);
    layout->addWidget(m_view, 1);
}

bool ImageView::setBytes(const QByteArray &bytes, const QString &fileName)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader::setAllocationLimit(kMaxMegabytes);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    const QString format = QString::fromLatin1(reader.format()).toUpper();
    m_image = readSafely(reader);
    m_bytes = bytes;
    m_fileName = fileName;
    m_item->setPixmap(QPixmap::fromImage(m_image));
    m_view->scene()->setSceneRect(m_item->boundingRect());
    m_facts->setText(tr("%1 × %2 · %3 · %4").arg(m_image.width()).arg(m_image.height()).arg(format,
        QLocale().formattedDataSize(bytes.size())));
    m_view->setAccessibleDescription(m_facts->text());
    m_fitted = true;
    fit();
    return !m_image.isNull();
}

void ImageView::fit()
{
    if (m_image.isNull())
        return;
    const QSizeF room = m_view->viewport()->size();
    // A small picture is shown at its own size, not blown up.
    setZoom(std::min({1.0, room.width() / m_image.width(), room.height() / m_image.height()}));
}

void ImageView::zoomBy(double factor)
{
    m_fitted = false;
    setZoom(m_view->transform().m11() * factor);
}

void ImageView::setZoom(double zoom)
{
    const double bounded = std::clamp(zoom, kMinZoom, kMaxZoom);
    m_view->setTransform(QTransform::fromScale(bounded, bounded));
}

void ImageView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_fitted)
        fit();
}

bool ImageView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Wheel) {
        auto *wheel = static_cast<QWheelEvent *>(event);
        if (wheel->modifiers() & Qt::ControlModifier) {
            zoomBy(wheel->angleDelta().y() > 0 ? kZoomStep : 1 / kZoomStep);
            return true;
        }
    } else if (event->type() == QEvent::MouseButtonPress) {
        m_pressedAt = static_cast<QMouseEvent *>(event)->pos();
    } else if (event->type() == QEvent::MouseMove) {
        auto *mouse = static_cast<QMouseEvent *>(event);
        if ((mouse->buttons() & Qt::LeftButton)
            && (mouse->pos() - m_pressedAt).manhattanLength() >= QApplication::startDragDistance()) {
            startDrag();
            return true;
        }
    } else if (event->type() == QEvent::Resize && m_fitted) {
        fit();
    }
    return QWidget::eventFilter(watched, event);
}

void ImageView::startDrag()
{
    if (m_image.isNull())
        return;
    // The target may read the file after the drop, so the folder lives as long as the program.
    static const QTemporaryDir folder(QDir::tempPath() + QStringLiteral("/sluice-drag-XXXXXX"));
    const QString path = folder.filePath(m_fileName);
    QFile file(path);
    auto *mime = new QMimeData;
    mime->setImageData(m_image);
    if (file.open(QIODevice::WriteOnly) && file.write(m_bytes) == m_bytes.size())
        mime->setUrls({QUrl::fromLocalFile(path)});
    file.close();
    QDrag drag(this);
    drag.setMimeData(mime);
    drag.setPixmap(QPixmap::fromImage(m_image.scaled(128, 128, Qt::KeepAspectRatio, Qt::SmoothTransformation)));
    drag.exec(Qt::CopyAction);
}

} // namespace sluice::ui
