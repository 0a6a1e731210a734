#pragma once

#include "sluice/base/expected.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace sluice::sandbox {

/// A picture in memory: packed RGBA, 8 bits each, rows from top to bottom without gaps.
struct Picture {
    int width = 0;
    int height = 0;
    QByteArray rgba;

    [[nodiscard]] bool hasAlpha() const; ///< any pixel that is not opaque
};

/// Largest picture that is decoded, in pixels; what claims to be larger is refused before memory is taken.
inline constexpr qint64 MaxPicturePixels = 16 * 1024 * 1024;

/// Decodes PNG, JPEG, WebP, GIF (first frame) or BMP by libavcodec; a JPEG's EXIF rotation is applied. InvalidInput for
/// everything else, whatever is in it; TooLarge beyond MaxPicturePixels. Blocking, thread-safe.
[[nodiscard]] Expected<Picture> decodePicture(const QByteArray &file);
/// A PNG file; without an alpha channel when every pixel is opaque.
[[nodiscard]] Expected<QByteArray> encodePng(const Picture &picture);
/// A smaller picture whose longer side has `side` pixels; the same one when it is small enough already.
[[nodiscard]] Expected<Picture> shrunk(const Picture &picture, int side);
/// "image/png" and so on by the file's first bytes; empty when it is none that decodePicture() knows.
[[nodiscard]] QByteArray pictureType(const QByteArray &file);

/// The example picture: a landscape, drawn by arithmetic.
[[nodiscard]] Picture landscape(int width, int height);

} // namespace sluice::sandbox
