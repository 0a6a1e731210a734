#include "sluice/pictures/exif_p.h"

#include "sluice/pictures/containers_p.h"
#include "sluice/pictures/embedded_texts_p.h"

#include <algorithm>
#include <array>

namespace sluice::pictures {

namespace {

enum Tag : quint16 {
    OrientationTag = 0x0112,
    XmpTag = 0x02bc,
    IptcTag = 0x83bb,
    PhotoshopTag = 0x8649,
    ExifDirectory = 0x8769,
    GpsDirectory = 0x8825,
    UserComment = 0x9286,
    InteropDirectory = 0xa005,
    ThumbnailTag = 0x0201,
};

constexpr int mostEntries = 1000;
constexpr int mostPages = 64;

struct Told {
    quint16 tag;
    PrivateDetail detail;
};

constexpr std::array tellingTags = {
    Told{0x010e, PrivateDetail::Texts},    // ImageDescription
    Told{0x010f, PrivateDetail::Device},   // Make
    Told{0x0110, PrivateDetail::Device},   // Model
    Told{0x0131, PrivateDetail::Software},
    Told{0x0132, PrivateDetail::Time},     // DateTime
    Told{0x013b, PrivateDetail::Owner},    // Artist
    Told{0x013c, PrivateDetail::Device},   // HostComputer
    Told{0x8298, PrivateDetail::Owner},    // Copyright
    Told{0x9003, PrivateDetail::Time}, Told{0x9004, PrivateDetail::Time},
    Told{0x9010, PrivateDetail::Time}, Told{0x9011, PrivateDetail::Time}, Told{0x9012, PrivateDetail::Time},
    Told{UserComment, PrivateDetail::Texts},
    Told{0x9290, PrivateDetail::Time}, Told{0x9291, PrivateDetail::Time}, Told{0x9292, PrivateDetail::Time},
    Told{0x927c, PrivateDetail::Further},  // MakerNote: serial numbers and more, in a form of each maker's own
    Told{0x9c9b, PrivateDetail::Texts}, Told{0x9c9c, PrivateDetail::Texts}, Told{0x9c9d, PrivateDetail::Owner},
    Told{0x9c9e, PrivateDetail::Texts}, Told{0x9c9f, PrivateDetail::Texts},
    Told{0xa420, PrivateDetail::Further},  // ImageUniqueID
    Told{0xa430, PrivateDetail::Owner},    // CameraOwnerName
    Told{0xa431, PrivateDetail::Serial}, Told{0xa435, PrivateDetail::Serial}, Told{0xc62f, PrivateDetail::Serial},
    Told{0xa433, PrivateDetail::Device}, Told{0xa434, PrivateDetail::Device}, Told{0xc614, PrivateDetail::Device},
    Told{0xa436, PrivateDetail::Texts}, Told{0xa437, PrivateDetail::Owner}, Told{0xa438, PrivateDetail::Owner},
    Told{0xa439, PrivateDetail::Device}, Told{0xa43a, PrivateDetail::Device},
    Told{0xa43b, PrivateDetail::Software}, Told{0xa43c, PrivateDetail::Software},
};

/// What describes how the pixels are stored, and nothing else.
constexpr std::array<quint16, 52> technicalTags = {0x00fe, 0x00ff, 0x0100, 0x0101, 0x0102, 0x0103, 0x0106, 0x010a, 0x0111, OrientationTag, 0x0115, 0x0116, 0x0117, 0x011a, 0x011b,
    0x011c, 0x0128, 0x0129, 0x012d, 0x013d, 0x013e, 0x013f, 0x0140, 0x0141, 0x0142, 0x0143, 0x0144, 0x0145, 0x014c, 0x0152, 0x0153, 0x015b, ThumbnailTag, 0x0202,
    0x0211, 0x0212, 0x0213, 0x0214, 0x8773, ExifDirectory, GpsDirectory, 0x9000, 0x9101, 0x9102, 0xa000, 0xa001, 0xa002, 0xa003, InteropDirectory, 0xa500, 0xea1c, 0xc4a5};

struct Entry {
    quint16 tag = 0;
    QByteArrayView value;
    quint32 number = 0; ///< the first, of SHORT and LONG
};

/// One walk through the directories of one block of EXIF.
class Reading {
public:
    explicit Reading(QByteArrayView tiff)
        : m_bytes{tiff, tiff.startsWith("MM")}
    {
        if (m_bytes.u16(2) != 42)
            m_look.broken = true;
    }

    ExifLook exif()
    {
        const quint32 next = mainDirectory(m_bytes.u32(4).value_or(0));
        if (next != 0 && !m_look.broken)
            directory(next, [this](const Entry &entry) { preview(entry); });
        return m_look;
    }

    ExifLook pages()
    {
        quint32 at = m_bytes.u32(4).value_or(0);
        for (int page = 0; at != 0 && page < mostPages && !m_look.broken; ++page)
            at = mainDirectory(at);
        if (at != 0)
            m_look.broken = true; // more than are read, or a circle
        return m_look;
    }

private:
    /// Calls `take` for each entry; where the next directory stands, or 0.
    template <typename Take> quint32 directory(quint32 at, const Take &take)
    {
        const auto count = m_bytes.u16(at);
        if (m_look.broken || !count || *count > mostEntries) {
            m_look.broken = true;
            return 0;
        }
        for (int i = 0; i < *count; ++i) {
            const auto entry = entryAt(qsizetype(at) + 2 + qsizetype(i) * 12);
            if (!entry) {
                m_look.broken = true;
                return 0;
            }
            take(*entry);
        }
        return m_bytes.u32(qsizetype(at) + 2 + qsizetype(*count) * 12).value_or(0); // some writers leave it out
    }

    std::optional<Entry> entryAt(qsizetype at) const
    {
        static constexpr std::array<int, 14> sizes{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};
        const auto tag = m_bytes.u16(at);
        const auto type = m_bytes.u16(at + 2);
        const auto count = m_bytes.u32(at + 4);
        const auto value = m_bytes.u32(at + 8);
        if (!tag || !type || !count || !value)
            return std::nullopt;
        const quint64 size = quint64(*count) * quint64(*type < sizes.size() ? sizes[*type] : 1);
        const quint64 start = size <= 4 ? quint64(at) + 8 : *value;
        if (start + size > quint64(m_bytes.data.size()))
            return std::nullopt;
        Entry entry{*tag, m_bytes.data.sliced(qsizetype(start), qsizetype(size)), 0};
        entry.number = *type == 3 ? m_bytes.u16(qsizetype(start)).value_or(0) : *value;
        return entry;
    }

    quint32 mainDirectory(quint32 at)
    {
        quint32 exif = 0;
        quint32 gps = 0;
        const quint32 next = directory(at, [&](const Entry &entry) {
            if (entry.tag == ExifDirectory)
                exif = entry.number;
            else if (entry.tag == GpsDirectory)
                gps = entry.number;
            else if (entry.tag == OrientationTag)
                m_look.orientation = entry.number >= 1 && entry.number <= 8 ? int(entry.number) : 1;
            take(entry);
        });
        if (exif != 0)
            directory(exif, [this](const Entry &entry) { take(entry); });
        if (gps != 0)
            directory(gps, [this](const Entry &entry) { position(entry); });
        return next;
    }

    void take(const Entry &entry)
    {
        constexpr qsizetype characterCode = 8; // before a comment's text
        const QByteArrayView value = entry.tag == UserComment ? entry.value.sliced(std::min(characterCode, entry.value.size())) : entry.value;
        if (isBlank(value) || std::find(technicalTags.begin(), technicalTags.end(), entry.tag) != technicalTags.end())
            return;
        if (entry.tag == XmpTag) {
            m_look.details |= lookAtXmp(value);
        } else if (entry.tag == IptcTag) {
            m_look.details |= lookAtIptc(value);
        } else if (entry.tag == PhotoshopTag) {
            m_look.details |= lookAtPhotoshop(value);
        } else {
            const auto *told = std::find_if(tellingTags.begin(), tellingTags.end(), [&](const Told &one) { return one.tag == entry.tag; });
            m_look.details |= told != tellingTags.end() ? told->detail : PrivateDetail::Settings;
        }
    }

    void position(const Entry &entry)
    {
        enum Gps : quint16 { Version = 0, TimeStamp = 7, DateStamp = 29 };
        if (entry.tag == Version || isBlank(entry.value))
            return;
        m_look.details |= entry.tag == TimeStamp || entry.tag == DateStamp ? PrivateDetail::Time : PrivateDetail::Position;
    }

    void preview(const Entry &entry)
    {
        constexpr quint16 strips = 0x0111;
        if (entry.tag == ThumbnailTag || entry.tag == strips)
            m_look.details |= PrivateDetail::Preview;
        else
            take(entry);
    }

    Bytes m_bytes;
    ExifLook m_look;
};

} // namespace

ExifLook lookAtExif(QByteArrayView tiff)
{
    ExifLook look = Reading(tiff).exif();
    if (look.broken)
        look.details |= PrivateDetail::Further;
    return look;
}

ExifLook lookAtTiff(QByteArrayView file)
{
    return Reading(file).pages();
}

QByteArray orientationAlone(int orientation)
{
    // Header, one entry (tag, SHORT, one value), no further directory.
    QByteArray exif = QByteArray::fromHex("4d4d002a00000008" "0001" "01120003000000010000" "0000" "00000000");
    exif[19] = char(orientation);
    return exif;
}

} // namespace sluice::pictures
