#include "sluice/pictures/picture_details.h"

#include "sluice/pictures/containers_p.h"
#include "sluice/pictures/exif_p.h"

#include <algorithm>
#include <array>

namespace sluice {

namespace {

using namespace pictures;

Expected<Walked> walk(QByteArrayView file, PictureFormat format)
{
    switch (format) {
    case PictureFormat::Jpeg: return walkJpeg(file);
    case PictureFormat::Png: return walkPng(file);
    case PictureFormat::WebP: return walkWebP(file);
    case PictureFormat::Gif: return walkGif(file);
    case PictureFormat::Heic:
    case PictureFormat::Avif: return walkHeif(file);
    case PictureFormat::Tiff: {
        const ExifLook look = lookAtTiff(file);
        if (look.broken)
            return unexpected(broken(PictureFormat::Tiff, QStringLiteral("a directory leads out of the file")));
        return Walked{look.details, look.orientation, {}};
    }
    case PictureFormat::None: break;
    }
    return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("The file is none of JPEG, PNG, WebP, GIF, HEIC, AVIF and TIFF")));
}

/// By the brands of the first box, the major one first.
PictureFormat formatOfBrands(QByteArrayView file)
{
    constexpr qsizetype mostBrandBytes = 256;
    const Bytes bytes{file};
    const qsizetype end = std::min({qsizetype(bytes.big32(0).value_or(0)), file.size(), mostBrandBytes});
    static constexpr std::array heic{"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"};
    PictureFormat found = PictureFormat::None;
    for (qsizetype at = 8; at + 4 <= end; at += at == 8 ? 8 : 4) {
        const QByteArrayView brand = file.sliced(at, 4);
        if (brand == "avif" || brand == "avis")
            return PictureFormat::Avif; // "mif1" may stand before it
        if (std::any_of(heic.begin(), heic.end(), [&](const char *one) { return brand == one; }))
            found = PictureFormat::Heic;
    }
    return found;
}

} // namespace

namespace pictures {

Error broken(PictureFormat format, const QString &what)
{
    return Error(Error::Kind::InvalidInput, QStringLiteral("The %1 is broken: %2").arg(nameOf(format), what));
}

void Walked::lookBehind(QByteArrayView rest)
{
    if (!isBlank(rest))
        details |= PrivateDetail::Attached;
}

bool isBlank(QByteArrayView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == 0 || c == ' '; });
}

} // namespace pictures

PictureFormat pictureFormat(QByteArrayView file)
{
    if (file.startsWith("\xff\xd8\xff"))
        return PictureFormat::Jpeg;
    if (file.startsWith("\x89PNG\r\n\x1a\n"))
        return PictureFormat::Png;
    if (file.startsWith("RIFF") && file.size() >= 12 && file.sliced(8, 4) == "WEBP")
        return PictureFormat::WebP;
    if (file.startsWith("GIF87a") || file.startsWith("GIF89a"))
        return PictureFormat::Gif;
    if (file.startsWith(QByteArrayView("II*\0", 4)) || file.startsWith(QByteArrayView("MM\0*", 4)))
        return PictureFormat::Tiff;
    if (file.size() >= 12 && file.sliced(4, 4) == "ftyp")
        return formatOfBrands(file);
    return PictureFormat::None;
}

QString nameOf(PictureFormat format)
{
    switch (format) {
    case PictureFormat::Jpeg: return QStringLiteral("JPEG");
    case PictureFormat::Png: return QStringLiteral("PNG");
    case PictureFormat::WebP: return QStringLiteral("WebP");
    case PictureFormat::Gif: return QStringLiteral("GIF");
    case PictureFormat::Heic: return QStringLiteral("HEIC");
    case PictureFormat::Avif: return QStringLiteral("AVIF");
    case PictureFormat::Tiff: return QStringLiteral("TIFF");
    case PictureFormat::None: break;
    }
    return {};
}

bool isHeif(PictureFormat format)
{
    return format == PictureFormat::Heic || format == PictureFormat::Avif;
}

Expected<PictureDetails> lookThrough(QByteArrayView file)
{
    const PictureFormat format = pictureFormat(file);
    auto walked = walk(file, format);
    if (!walked)
        return unexpected(walked.error());
    PictureDetails details{format, walked->details, walked->orientation, {}};
    if (!details.found || format == PictureFormat::Tiff)
        return details;
    // What was written is read like any other file: nothing is said to be out that is still in.
    const auto again = walk(walked->clean, format);
    if (!again || pictureFormat(walked->clean) != format || again->details || again->orientation != walked->orientation)
        return unexpected(broken(format, QStringLiteral("its details cannot be told apart from the picture")));
    details.without = std::move(walked->clean);
    return details;
}

} // namespace sluice
