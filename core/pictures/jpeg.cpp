#include "sluice/pictures/containers_p.h"
#include "sluice/pictures/embedded_texts_p.h"
#include "sluice/pictures/exif_p.h"

namespace sluice::pictures {

namespace {

enum Marker : quint8 { Temporary = 0x01, Restart0 = 0xd0, Restart7 = 0xd7, Start = 0xd8, End = 0xd9, Scan = 0xda, App0 = 0xe0, App1 = 0xe1, App2 = 0xe2, App13 = 0xed, App14 = 0xee, App15 = 0xef, Comment = 0xfe };

constexpr QByteArrayView exifHead("Exif\0", 6); // and one more zero, or any byte
const QByteArrayView xmpHead("http://ns.adobe.com/xap/1.0/\0", 29);
const QByteArrayView xmpMoreHead("http://ns.adobe.com/xmp/extension/\0", 35);
const QByteArrayView photoshopHead("Photoshop 3.0\0", 14);
const QByteArrayView profileHead("ICC_PROFILE\0", 12);

QByteArray segment(quint8 marker, const QByteArray &payload)
{
    const auto length = quint16(payload.size() + 2);
    return QByteArray("\xff") + char(marker) + char(length >> 8) + char(length & 0xff) + payload;
}

/// Segment after segment up to the end of the picture.
class Walk {
public:
    explicit Walk(QByteArrayView file)
        : m_file(file)
        , m_bytes{file}
    {
        m_walked.clean.reserve(file.size());
    }

    Expected<Walked> run()
    {
        keep(0, 2);
        qsizetype at = 2;
        while (at < m_file.size()) {
            if (quint8(m_file[at]) != 0xff)
                return unexpected(broken(PictureFormat::Jpeg, QStringLiteral("no marker where one must be, at byte %1").arg(at)));
            if (at + 1 >= m_file.size())
                break;
            const auto marker = quint8(m_file[at + 1]);
            if (marker == 0xff) { // filling
                ++at;
            } else if (marker == End) {
                keep(at, 2);
                m_walked.lookBehind(m_file.sliced(at + 2));
                return m_walked;
            } else if (marker == Temporary || (marker >= Restart0 && marker <= Start)) {
                keep(at, 2);
                at += 2;
            } else {
                const qsizetype length = m_bytes.u16(at + 2).value_or(0);
                if (length < 2 || at + 2 + length > m_file.size())
                    return unexpected(broken(PictureFormat::Jpeg, QStringLiteral("a segment of %1 bytes at byte %2, where the file has %3").arg(length).arg(at).arg(m_file.size())));
                whole(marker, at, length);
                at += 2 + length;
                if (marker == Scan)
                    at = pixels(at);
            }
        }
        return m_walked; // cut off: decoders show what there is
    }

private:
    void keep(qsizetype from, qsizetype size) { m_walked.clean.append(m_file.data() + from, size); }

    /// Behind a scan's header: up to the next marker that is no part of the data.
    qsizetype pixels(qsizetype from)
    {
        qsizetype at = from;
        while ((at = m_file.indexOf('\xff', at)) >= 0 && at + 1 < m_file.size()) {
            const auto next = quint8(m_file[at + 1]);
            if (next == 0xff)
                ++at;
            else if (next == 0 || (next >= Restart0 && next <= Restart7))
                at += 2;
            else
                break;
        }
        const qsizetype end = at < 0 || at + 1 >= m_file.size() ? m_file.size() : at;
        keep(from, end - from);
        return end;
    }

    void whole(quint8 marker, qsizetype at, qsizetype length)
    {
        const QByteArrayView payload = m_file.sliced(at + 4, length - 2);
        if ((marker < App0 || marker > App15) && marker != Comment)
            keep(at, 2 + length);
        else if (marker == App0)
            head(payload, at, length);
        else if (marker == App14 || (marker == App2 && payload.startsWith(profileHead)))
            keep(at, 2 + length); // how the colours are meant
        else
            takeOut(marker, payload);
    }

    void head(QByteArrayView payload, qsizetype at, qsizetype length)
    {
        constexpr qsizetype withoutPreview = 14;
        if (!payload.startsWith(QByteArrayView("JFIF\0", 5))) {
            m_walked.details |= PrivateDetail::Preview; // JFXX holds nothing else
        } else if (payload.size() <= withoutPreview) {
            keep(at, 2 + length);
        } else {
            m_walked.details |= PrivateDetail::Preview;
            QByteArray rest = payload.first(withoutPreview).toByteArray();
            rest[12] = rest[13] = 0; // its width and height
            m_walked.clean += segment(App0, rest);
        }
    }

    void takeOut(quint8 marker, QByteArrayView payload)
    {
        if (marker == App1 && payload.size() >= exifHead.size() && payload.startsWith(exifHead.first(5))) {
            const ExifLook look = lookAtExif(payload.sliced(exifHead.size()));
            m_walked.details |= look.details;
            if (look.orientation != 1 && m_walked.orientation == 1) {
                m_walked.orientation = look.orientation;
                m_walked.clean += segment(App1, exifHead.toByteArray() + orientationAlone(look.orientation));
            }
        } else if (marker == App1 && (payload.startsWith(xmpHead) || payload.startsWith(xmpMoreHead))) {
            m_walked.details |= lookAtXmp(payload.sliced(payload.startsWith(xmpHead) ? xmpHead.size() : xmpMoreHead.size()));
        } else if (marker == App13 && payload.startsWith(photoshopHead)) {
            m_walked.details |= lookAtPhotoshop(payload.sliced(photoshopHead.size()));
        } else if (!isBlank(payload)) {
            m_walked.details |= marker == Comment ? PrivateDetail::Texts : PrivateDetail::Attached;
        }
    }

    QByteArrayView m_file;
    Bytes m_bytes;
    Walked m_walked;
};

} // namespace

Expected<Walked> walkJpeg(QByteArrayView file)
{
    return Walk(file).run();
}

} // namespace sluice::pictures
