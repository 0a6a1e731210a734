#pragma once

#include <QtGui/QImage>

class QImageReader;

namespace sluice::ui {

/// A picture from outside, when it is of a format that Qt itself decodes, or WebP; else null. Plugins for more may be there (TIFF, MNG, ICNS, TGA); their libraries
/// are for a person's own files, not for what a stranger's server answers with.
[[nodiscard]] QImage readSafely(QImageReader &reader);

} // namespace sluice::ui
