#pragma once

class QImageReader;

namespace sluice::ui {

/// Whether a picture from outside is of a format that Qt itself decodes, or WebP. Plugins for more may be there (TIFF, MNG, ICNS, TGA); their libraries
/// are for a person's own files, not for what a stranger's server answers with.
[[nodiscard]] bool isSafePicture(const QImageReader &reader);

} // namespace sluice::ui
