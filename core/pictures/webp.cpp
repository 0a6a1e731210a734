#include "sluice/pictures/containers_p.h"
#include "sluice/pictures/embedded_texts_p.h"
#include "sluice/pictures/exif_p.h"

#include <QtCore/QtEndian>

#include <algorithm>
#include <array>

namespace sluice::pictures {

namespace {

constexpr qsizetype chunkHead = 8;
constexpr qsizetype fileHead = 12;
constexpr std::array pictureChunks = {"VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"};

QByteArray little32(qsizetype number)
{
    QByteArray bytes(4, '\0');
    qToLittleEndian(quint32(number), bytes.data());
    return bytes;
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
        const Bytes bytes{m_file, false};
        const qsizetype end = qsizetype(*bytes.u32(4)) + chunkHead;
        if (end > m_file.size() + 1) // the last filling byte is often forgotten
            return unexpected(broken(PictureFormat::WebP, QStringLiteral("it names %1 bytes and has %2").arg(end).arg(m_file.size())));
        m_walked.clean.append(m_file.data(), fileHead);
        qsizetype at = fileHead;
        while (at + chunkHead <= std::min(end, m_file.size())) {
            const qsizetype size = *bytes.u32(at + 4);
            if (size > m_file.size() - at - chunkHead)
                return unexpected(broken(PictureFormat::WebP, QStringLiteral("a chunk of %1 bytes at byte %2, where the file has %3").arg(size).arg(at).arg(m_file.size())));
            take(m_file.sliced(at, 4), m_file.sliced(at + chunkHead, size));
            at += chunkHead + size + size % 2;
        }
        m_walked.lookBehind(m_file.sliced(std::min(at, m_file.size())));
        finish();
        return m_walked;
    }

private:
    void put(QByteArrayView type, QByteArrayView data)
    {
        m_walked.clean += type.toByteArray() + little32(data.size());
        m_walked.clean.append(data.data(), data.size());
        if (data.size() % 2 != 0)
            m_walked.clean.append('\0');
    }

    void take(QByteArrayView type, QByteArrayView data)
    {
        if (std::any_of(pictureChunks.begin(), pictureChunks.end(), [&](const char *one) { return type == one; })) {
            if (type == "VP8X" && !m_features)
                m_features = m_walked.clean.size() + chunkHead;
            put(type, data);
        } else if (type == "EXIF") {
            const QByteArrayView head("Exif\0", 6); // some writers take it over from JPEG
            const ExifLook look = lookAtExif(data.startsWith(head) ? data.sliced(head.size()) : data);
            m_walked.details |= look.details;
            if (m_walked.orientation == 1)
                m_walked.orientation = look.orientation;
        } else if (type == "XMP ") {
            m_walked.details |= lookAtXmp(data);
        } else if (!isBlank(data)) {
            m_walked.details |= PrivateDetail::Attached;
        }
    }

    void finish()
    {
        enum Feature : quint8 { Xmp = 0x04, Exif = 0x08 };
        const bool turned = m_walked.orientation != 1;
        if (turned)
            put("EXIF", orientationAlone(m_walked.orientation));
        if (m_features && *m_features < m_walked.clean.size()) {
            char &features = m_walked.clean[*m_features];
            features = char((quint8(features) & ~(Xmp | Exif)) | (turned ? Exif : 0));
        }
        m_walked.clean.replace(4, 4, little32(m_walked.clean.size() - chunkHead));
    }

    QByteArrayView m_file;
    std::optional<qsizetype> m_features; ///< where VP8X has its flags
    Walked m_walked;
};

} // namespace

Expected<Walked> walkWebP(QByteArrayView file)
{
    return Walk(file).run();
}

} // namespace sluice::pictures
