#pragma once

#include "sluice/pictures/private_detail.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

namespace sluice::pictures {

struct ExifLook {
    PrivateDetails details;
    int orientation = 1;
    bool broken = false; ///< a directory or a value leads out of the data; what could be read stands above
};

/// `tiff` begins with the byte order ("II*\0" or "MM\0*"). Every directory is read once at most, each with a bounded number of entries.
[[nodiscard]] ExifLook lookAtExif(QByteArrayView tiff);
/// The same for a TIFF file, whose further directories are further pages and no previews.
[[nodiscard]] ExifLook lookAtTiff(QByteArrayView file);

/// EXIF that says nothing but the orientation.
[[nodiscard]] QByteArray orientationAlone(int orientation);

} // namespace sluice::pictures
