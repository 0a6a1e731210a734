#include "sluice/pictures/embedded_texts_p.h"

#include "sluice/pictures/containers_p.h"

#include <algorithm>
#include <array>

namespace sluice::pictures {

namespace {

struct Named {
    const char *name;
    PrivateDetail detail;
};

constexpr std::array xmpNames = {
    Named{"GPSLatitude", PrivateDetail::Position}, Named{"GPSLongitude", PrivateDetail::Position}, Named{"GPSAltitude", PrivateDetail::Position},
    Named{"photoshop:City", PrivateDetail::Position}, Named{"photoshop:State", PrivateDetail::Position}, Named{"photoshop:Country", PrivateDetail::Position},
    Named{"Iptc4xmpCore:Location", PrivateDetail::Position}, Named{"LocationCreated", PrivateDetail::Position}, Named{"LocationShown", PrivateDetail::Position},
    Named{"SerialNumber", PrivateDetail::Serial},
    Named{"OwnerName", PrivateDetail::Owner}, Named{"dc:creator", PrivateDetail::Owner}, Named{"dc:rights", PrivateDetail::Owner}, Named{"tiff:Artist", PrivateDetail::Owner},
    Named{"PersonInImage", PrivateDetail::Owner}, Named{"PersonDisplayName", PrivateDetail::Owner}, Named{"mwg-rs:Name", PrivateDetail::Owner},
    Named{"photoshop:Credit", PrivateDetail::Owner}, Named{"CreatorContactInfo", PrivateDetail::Owner},
    Named{"CreateDate", PrivateDetail::Time}, Named{"ModifyDate", PrivateDetail::Time}, Named{"MetadataDate", PrivateDetail::Time},
    Named{"DateCreated", PrivateDetail::Time}, Named{"DateTime", PrivateDetail::Time},
    Named{"tiff:Make", PrivateDetail::Device}, Named{"tiff:Model", PrivateDetail::Device}, Named{"aux:Lens", PrivateDetail::Device},
    Named{"CreatorTool", PrivateDetail::Software}, Named{"softwareAgent", PrivateDetail::Software},
    Named{"dc:description", PrivateDetail::Texts}, Named{"dc:title", PrivateDetail::Texts}, Named{"dc:subject", PrivateDetail::Texts},
    Named{"photoshop:Headline", PrivateDetail::Texts}, Named{"UserComment", PrivateDetail::Texts},
};

struct Dataset {
    quint8 number;
    PrivateDetail detail;
};

/// Of IPTC's record 2.
constexpr std::array datasets = {
    Dataset{26, PrivateDetail::Position}, Dataset{27, PrivateDetail::Position}, Dataset{90, PrivateDetail::Position}, Dataset{92, PrivateDetail::Position},
    Dataset{95, PrivateDetail::Position}, Dataset{100, PrivateDetail::Position}, Dataset{101, PrivateDetail::Position},
    Dataset{80, PrivateDetail::Owner}, Dataset{85, PrivateDetail::Owner}, Dataset{110, PrivateDetail::Owner}, Dataset{115, PrivateDetail::Owner},
    Dataset{116, PrivateDetail::Owner}, Dataset{118, PrivateDetail::Owner}, Dataset{122, PrivateDetail::Owner},
    Dataset{55, PrivateDetail::Time}, Dataset{60, PrivateDetail::Time}, Dataset{62, PrivateDetail::Time}, Dataset{63, PrivateDetail::Time},
    Dataset{65, PrivateDetail::Software}, Dataset{70, PrivateDetail::Software},
    Dataset{5, PrivateDetail::Texts}, Dataset{25, PrivateDetail::Texts}, Dataset{40, PrivateDetail::Texts}, Dataset{105, PrivateDetail::Texts}, Dataset{120, PrivateDetail::Texts},
};

} // namespace

PrivateDetails lookAtXmp(QByteArrayView packet)
{
    constexpr qsizetype mostLookedAt = 1024 * 1024;
    const QByteArrayView seen = packet.first(std::min(packet.size(), mostLookedAt));
    QByteArray text;
    text.reserve(seen.size());
    std::copy_if(seen.begin(), seen.end(), std::back_inserter(text), [](char c) { return c != 0; }); // UTF-16 and UTF-32 are allowed
    if (isBlank(text) || text.trimmed() == emptyXmp)
        return {};
    PrivateDetails details;
    for (const Named &one : xmpNames) {
        if (text.contains(one.name))
            details |= one.detail;
    }
    return details && packet.size() <= mostLookedAt ? details : details | PrivateDetail::Further;
}

PrivateDetails lookAtIptc(QByteArrayView block)
{
    const Bytes bytes{block};
    PrivateDetails details;
    qsizetype at = 0;
    while (at + 5 <= block.size() && block[at] == 0x1c) {
        constexpr quint16 longLength = 0x8000;
        const quint16 length = bytes.u16(at + 3).value_or(0);
        if ((length & longLength) != 0)
            return details | PrivateDetail::Further;
        const auto *known = std::find_if(datasets.begin(), datasets.end(), [&](const Dataset &one) { return block[at + 1] == 2 && one.number == quint8(block[at + 2]); });
        if (known != datasets.end())
            details |= known->detail;
        at += 5 + length;
    }
    return details;
}

PrivateDetails lookAtPhotoshop(QByteArrayView resources)
{
    enum Resource : quint16 { OldPreview = 0x0409, Preview = 0x040c, Iptc = 0x0404, Exif = 0x0422, Exif3 = 0x0423, Xmp = 0x0424 };
    const Bytes bytes{resources};
    PrivateDetails details;
    qsizetype at = 0;
    while (at + 12 <= resources.size() && resources.sliced(at, 4) == "8BIM") {
        const quint16 id = bytes.u16(at + 4).value_or(0);
        const qsizetype name = (qsizetype(quint8(resources[at + 6])) + 2) / 2 * 2; // its length is a byte, both are padded
        const auto size = bytes.u32(at + 6 + name);
        const qsizetype start = at + 10 + name;
        if (!size || qsizetype(*size) > resources.size() - start)
            return details | PrivateDetail::Further;
        const QByteArrayView data = resources.sliced(start, qsizetype(*size));
        if (id == Iptc)
            details |= lookAtIptc(data);
        else if (id == Xmp)
            details |= lookAtXmp(data);
        else if (id == Exif || id == Exif3)
            details |= PrivateDetail::Further;
        else if (id == Preview || id == OldPreview)
            details |= PrivateDetail::Preview;
        at = start + (qsizetype(*size) + 1) / 2 * 2;
    }
    return details;
}

} // namespace sluice::pictures
