#pragma once

#include "sluice/base/expected.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QList>

namespace sluice::pictures {

/// A run of bytes of the file.
struct Extent {
    qsizetype at = 0;
    qsizetype size = 0;
};

/// An item of a `meta` box that is no picture (ISO/IEC 23008-12): EXIF, XMP, or something unknown.
struct HeifItem {
    enum class Kind { Exif, Xmp, Other };
    Kind kind = Kind::Other;
    bool packed = false;    ///< its content is compressed
    QList<Extent> extents;  ///< inside the file
};

/// A box of ISO base media: its type and where its content stands in the file.
struct Box {
    QByteArrayView type;
    qsizetype at = 0;       ///< of its head
    Extent content;
};

/// The boxes that stand side by side in `within`; InvalidInput when one leads out of it, or past thousands of them.
[[nodiscard]] Expected<QList<Box>> boxesIn(QByteArrayView file, Extent within);

/// The items of a `meta` box that are no pictures. InvalidInput when they cannot be found.
[[nodiscard]] Expected<QList<HeifItem>> otherItems(QByteArrayView file, const Box &meta);

} // namespace sluice::pictures
