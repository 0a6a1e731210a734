#pragma once

#include "sluice/base/expected.h"
#include "sluice/pictures/private_detail.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

#include <optional>

namespace sluice {

/// What kind of picture a file is, by its first bytes.
enum class PictureFormat { None, Jpeg, Png, WebP, Gif, Heic, Avif, Tiff };

[[nodiscard]] PictureFormat pictureFormat(QByteArrayView file);
/// "JPEG", "HEIC"; empty for None.
[[nodiscard]] QString nameOf(PictureFormat format);
/// HEIC or AVIF: what phones write and hardly any capability reads.
[[nodiscard]] bool isHeif(PictureFormat format);

/// A picture's file, looked through.
struct PictureDetails {
    PictureFormat format = PictureFormat::None;
    PrivateDetails found;
    int orientation = 1; ///< as EXIF counts it, 1 to 8; of HEIC and AVIF always 1: their own transformations say it
    /// The same file without them: the very same pixels, colour profile and orientation. Absent where nothing was found, and for TIFF, which is only looked at.
    std::optional<QByteArray> without;
};

/// Finds what JPEG (EXIF, XMP, IPTC, comments, what follows the picture), PNG (eXIf, texts, tIME), WebP, GIF, HEIC, AVIF and TIFF tell beside the picture.
/// One pass over the bytes, nothing unpacked. InvalidInput for what is no such file, or is broken before its end.
[[nodiscard]] Expected<PictureDetails> lookThrough(QByteArrayView file);

} // namespace sluice
