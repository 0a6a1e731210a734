#include "sluice/pictures/containers_p.h"
#include "sluice/pictures/embedded_texts_p.h"
#include "sluice/pictures/exif_p.h"

#include <QtCore/QtEndian>

#include <algorithm>
#include <array>
#include <zlib.h>

namespace sluice::pictures {

namespace {

constexpr qsizetype aroundChunk = 12; // length, type, checksum

/// Chunks that say how pixels are meant or shown. Critical ones, whose names begin with a capital, stay as well.
constexpr std::array harmlessChunks = {"tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "hIST", "pHYs", "sPLT", "acTL", "fcTL", "fdAT", "cICP", "mDCV", "mDCv", "cLLI", "cLLi", "oFFs", "sTER", "gIFg"};

QByteArray big32(quint32 number)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(number, bytes.data());
    return bytes;
}

QByteArray chunk(const QByteArray &type, const QByteArray &data)
{
    const QByteArray summed = type + data;
    const uLong sum = crc32(0, reinterpret_cast<const Bytef *>(summed.constData()), uInt(summed.size()));
    return big32(quint32(data.size())) + summed + big32(quint32(sum));
}

/// The text behind an iTXt chunk's keyword, unless it is packed.
std::optional<QByteArrayView> internationalText(QByteArrayView afterKeyword)
{
    if (afterKeyword.size() < 2 || afterKeyword[0] != 0)
        return std::nullopt;
    QByteArrayView rest = afterKeyword.sliced(2);
    for (int part = 0; part < 2; ++part) { // language, keyword in it
        const qsizetype zero = rest.indexOf('\0');
        if (zero < 0)
            return std::nullopt;
        rest = rest.sliced(zero + 1);
    }
    return rest;
}

bool isProfile(QByteArrayView keyword)
{
    return keyword == "Raw profile type icc" || keyword == "Raw profile type icm";
}

PrivateDetails lookAtText(QByteArrayView type, QByteArrayView keyword, QByteArrayView afterKeyword)
{
    if (keyword == "XML:com.adobe.xmp") {
        const auto text = type == "iTXt" ? internationalText(afterKeyword) : std::nullopt;
        return text ? lookAtXmp(*text) : PrivateDetails(PrivateDetail::Further);
    }
    if (keyword.startsWith("Raw profile type "))
        return PrivateDetail::Further; // EXIF or IPTC as packed hex, as ImageMagick writes them
    if (keyword == "Author" || keyword == "Copyright")
        return PrivateDetail::Owner;
    if (keyword == "Creation Time" || keyword.startsWith("date:"))
        return PrivateDetail::Time;
    if (keyword == "Software")
        return PrivateDetail::Software;
    if (keyword == "Source")
        return PrivateDetail::Device;
    return PrivateDetail::Texts;
}

class Walk {
public:
    explicit Walk(QByteArrayView file)
        : m_file(file)
    {
        m_walked.clean.reserve(file.size());
    }

    Expected<Walked> run()
    {
        constexpr qsizetype signature = 8;
        const Bytes bytes{m_file};
        m_walked.clean.append(m_file.data(), signature);
        qsizetype at = signature;
        while (m_file.size() - at >= aroundChunk) {
            const qsizetype length = *bytes.u32(at);
            if (length > m_file.size() - at - aroundChunk)
                return unexpected(broken(PictureFormat::Png, QStringLiteral("a chunk of %1 bytes at byte %2, where the file has %3").arg(length).arg(at).arg(m_file.size())));
            const QByteArrayView type = m_file.sliced(at + 4, 4);
            if (isKept(type, m_file.sliced(at + 8, length)))
                m_walked.clean.append(m_file.data() + at, length + aroundChunk);
            at += length + aroundChunk;
            if (type == "IEND") {
                m_walked.lookBehind(m_file.sliced(at));
                return m_walked;
            }
        }
        return unexpected(broken(PictureFormat::Png, QStringLiteral("it ends before its last chunk")));
    }

private:
    /// Whether a chunk stays; notes what it tells when it does not.
    bool isKept(QByteArrayView type, QByteArrayView data)
    {
        if ((type[0] >= 'A' && type[0] <= 'Z') || std::any_of(harmlessChunks.begin(), harmlessChunks.end(), [&](const char *one) { return type == one; }))
            return true;
        if (type == "eXIf") {
            exif(data);
        } else if (type == "tEXt" || type == "zTXt" || type == "iTXt") {
            const qsizetype zero = data.indexOf('\0');
            const QByteArrayView keyword = data.first(std::max<qsizetype>(zero, 0));
            if (isProfile(keyword))
                return true;
            m_walked.details |= lookAtText(type, keyword, data.sliced(zero + 1));
        } else if (type == "tIME") {
            m_walked.details |= PrivateDetail::Time;
        } else if (type != "iDOT") { // where Apple's reader finds the second half: tells nothing, and is wrong once something else is gone
            m_walked.details |= PrivateDetail::Attached;
        }
        return false;
    }

    void exif(QByteArrayView data)
    {
        const ExifLook look = lookAtExif(data);
        m_walked.details |= look.details;
        if (look.orientation == 1 || m_walked.orientation != 1)
            return;
        m_walked.orientation = look.orientation;
        m_walked.clean += chunk("eXIf", orientationAlone(look.orientation));
    }

    QByteArrayView m_file;
    Walked m_walked;
};

} // namespace

Expected<Walked> walkPng(QByteArrayView file)
{
    return Walk(file).run();
}

} // namespace sluice::pictures
