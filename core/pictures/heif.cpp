#include "sluice/pictures/containers_p.h"
#include "sluice/pictures/embedded_texts_p.h"
#include "sluice/pictures/exif_p.h"
#include "sluice/pictures/heif_items_p.h"

#include <algorithm>
#include <array>

namespace sluice::pictures {

namespace {

/// How many bytes all items together have; as many as the file where each stands for itself.
qsizetype sizeOf(const QList<HeifItem> &items)
{
    qsizetype size = 0;
    for (const HeifItem &item : items) {
        for (const Extent &extent : item.extents)
            size += extent.size;
    }
    return size;
}

QByteArray contentOf(QByteArrayView file, const HeifItem &item)
{
    QByteArray content;
    for (const Extent &extent : item.extents)
        content.append(file.data() + extent.at, extent.size);
    return content;
}

PrivateDetails lookAtItem(QByteArrayView content, const HeifItem &item)
{
    if (isBlank(content))
        return {};
    if (item.packed)
        return PrivateDetail::Further;
    if (item.kind == HeifItem::Kind::Xmp)
        return lookAtXmp(content);
    if (item.kind != HeifItem::Kind::Exif)
        return PrivateDetail::Attached;
    constexpr qsizetype offsetSize = 4; // in front of EXIF stands how far away its beginning is
    const auto offset = Bytes{content}.u32(0);
    if (!offset || qsizetype(*offset) > content.size() - offsetSize)
        return PrivateDetail::Further;
    return lookAtExif(content.sliced(offsetSize + qsizetype(*offset))).details;
}

void overwrite(QByteArray &file, const Extent &extent, QByteArrayView with, char filling)
{
    const qsizetype size = std::min(with.size(), extent.size);
    std::copy_n(with.begin(), size, file.begin() + extent.at);
    std::fill_n(file.begin() + extent.at + size, extent.size - size, filling);
}

/// Empty EXIF or XMP of the same size, so that every other part stays where it is.
void blank(QByteArray &file, const HeifItem &item)
{
    static const QByteArray emptyExif = QByteArray::fromHex("00000000" "4d4d002a00000008" "0000" "00000000");
    const bool isXmp = item.kind == HeifItem::Kind::Xmp && !item.packed;
    QByteArrayView empty = isXmp ? emptyXmp : item.kind == HeifItem::Kind::Exif ? QByteArrayView(emptyExif) : QByteArrayView();
    for (const Extent &extent : item.extents) {
        overwrite(file, extent, extent.size >= empty.size() ? empty : QByteArrayView(), isXmp ? ' ' : '\0');
        empty = {};
    }
}

} // namespace

Expected<Walked> walkHeif(QByteArrayView file)
{
    const auto boxes = boxesIn(file, {0, file.size()});
    if (!boxes)
        return unexpected(boxes.error());
    static constexpr std::array known{"ftyp", "mdat", "free", "skip", "wide"};
    Walked walked;
    walked.clean = file.toByteArray();
    bool seen = false;
    for (const Box &box : *boxes) {
        if (box.type == "moov" || (seen && box.type == "meta"))
            return unexpected(broken(PictureFormat::Heic, QStringLiteral("it is a film as well, which is not looked through")));
        if (box.type == "meta") {
            seen = true;
            const auto items = otherItems(file, box);
            if (!items)
                return unexpected(items.error());
            if (sizeOf(*items) > file.size())
                return unexpected(broken(PictureFormat::Heic, QStringLiteral("its items lie over each other")));
            for (const HeifItem &item : *items) {
                const PrivateDetails told = lookAtItem(contentOf(file, item), item);
                walked.details |= told;
                if (told)
                    blank(walked.clean, item);
            }
        } else if (std::none_of(known.begin(), known.end(), [&](const char *one) { return box.type == one; }) && !isBlank(file.sliced(box.content.at, box.content.size))) {
            // A film in motion, XMP in a box of its own: becomes an empty place.
            walked.details |= PrivateDetail::Attached;
            overwrite(walked.clean, {box.at + 4, 4}, "free", '\0');
            overwrite(walked.clean, box.content, {}, '\0');
        }
    }
    const qsizetype end = boxes->isEmpty() ? 0 : boxes->last().content.at + boxes->last().content.size;
    if (!isBlank(file.sliced(end))) {
        walked.details |= PrivateDetail::Attached;
        walked.clean.truncate(end);
    }
    if (!seen)
        return unexpected(broken(PictureFormat::Heic, QStringLiteral("it names no pictures")));
    return walked;
}

} // namespace sluice::pictures
