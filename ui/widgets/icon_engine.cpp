#include "sluice/widgets/icon_engine_p.h"

#include <QtCore/QFile>
#include <QtCore/QHash>
#include <QtGui/QPainter>
#include <QtGui/QPixmapCache>
#include <QtSvg/QSvgRenderer>

namespace sluice::ui {

namespace {

QByteArray svgSource(const QString &name)
{
    static QHash<QString, QByteArray> sources;
    auto found = sources.constFind(name);
    if (found == sources.constEnd()) {
        QFile file(QStringLiteral(":/sluice/icons/%1.svg").arg(name));
        found = sources.insert(name, file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray());
    }
    return *found;
}

} // namespace

QPixmap ThemeIconEngine::render(const QSize &pixels, QIcon::Mode mode) const
{
    if (m_name.isEmpty() || pixels.isEmpty())
        return {};
    const QColor color = Theme::color(mode == QIcon::Disabled ? Theme::Role::Disabled : m_role);
    const QString key = QStringLiteral("sluice-icon/%1/%2/%3x%4")
                            .arg(m_name, color.name(), QString::number(pixels.width()), QString::number(pixels.height()));
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QByteArray svg = svgSource(m_name);
    svg.replace("currentColor", color.name().toLatin1());
    QSvgRenderer renderer(svg);
    pixmap = QPixmap(pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    const int side = qMin(pixels.width(), pixels.height());
    renderer.render(&painter, QRectF((pixels.width() - side) / 2.0, (pixels.height() - side) / 2.0, side, side));
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

void ThemeIconEngine::paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State)
{
    const qreal scale = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
    QPixmap pixmap = render((QSizeF(rect.size()) * scale).toSize(), mode);
    pixmap.setDevicePixelRatio(scale);
    painter->drawPixmap(rect.topLeft(), pixmap);
}

QPixmap ThemeIconEngine::pixmap(const QSize &size, QIcon::Mode mode, QIcon::State)
{
    return render(size, mode);
}

QPixmap ThemeIconEngine::scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale)
{
    QPixmap pixmap = render(size, mode);
    pixmap.setDevicePixelRatio(scale);
    return pixmap;
}

} // namespace sluice::ui
