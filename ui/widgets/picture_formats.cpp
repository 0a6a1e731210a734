#include "sluice/widgets/picture_formats.h"

#include <QtCore/QByteArrayList>
#include <QtGui/QImageReader>

namespace sluice::ui {

QImage readSafely(QImageReader &reader)
{
    static const QByteArrayList formats{"bmp", "gif", "ico", "jpeg", "jpg", "pbm", "pgm", "png", "ppm", "svg", "svgz", "webp", "xbm", "xpm"};
    return formats.contains(reader.format()) ? reader.read() : QImage();
}

} // namespace sluice::ui
