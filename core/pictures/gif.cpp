#include "sluice/pictures/containers_p.h"
#include "sluice/pictures/embedded_texts_p.h"

namespace sluice::pictures {

namespace {

enum Block : quint8 { Extension = 0x21, Image = 0x2c, Trailer = 0x3b };
enum Label : quint8 { Comment = 0xfe, Application = 0xff };

/// Bytes of the table of colours that a field of flags announces.
qsizetype tableSize(quint8 flags)
{
    return (flags & 0x80) != 0 ? 3 * (qsizetype(2) << (flags & 0x07)) : 0;
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
        constexpr qsizetype head = 13;
        if (m_file.size() < head)
            return cutOff();
        qsizetype at = head + tableSize(quint8(m_file[10]));
        if (at > m_file.size())
            return cutOff();
        keep(0, at);
        while (at < m_file.size()) {
            const auto kind = quint8(m_file[at]);
            if (kind == Trailer) {
                keep(at, 1);
                m_walked.lookBehind(m_file.sliced(at + 1));
                return m_walked;
            }
            const auto end = kind == Image ? imageEnd(at) : kind == Extension ? partsEnd(at + 2) : std::nullopt;
            if (!end)
                return unexpected(broken(PictureFormat::Gif, QStringLiteral("the block at byte %1 does not end").arg(at)));
            if (kind == Image || isKept(m_file.sliced(at, *end - at)))
                keep(at, *end - at);
            at = *end;
        }
        return cutOff();
    }

private:
    static Unexpected<Error> cutOff() { return unexpected(broken(PictureFormat::Gif, QStringLiteral("it ends before its last block"))); }
    void keep(qsizetype from, qsizetype size) { m_walked.clean.append(m_file.data() + from, size); }

    /// Behind the parts that begin at `at`, the last of which is empty.
    std::optional<qsizetype> partsEnd(qsizetype at) const
    {
        while (at < m_file.size()) {
            const auto size = quint8(m_file[at]);
            at += 1 + size;
            if (size == 0)
                return at;
        }
        return std::nullopt;
    }

    std::optional<qsizetype> imageEnd(qsizetype at) const
    {
        constexpr qsizetype head = 10;
        if (at + head > m_file.size())
            return std::nullopt;
        return partsEnd(at + head + tableSize(quint8(m_file[at + 9])) + 1); // and the size of a code
    }

    bool isKept(QByteArrayView extension)
    {
        const auto label = quint8(extension[1]);
        if (label == Comment) {
            m_walked.details |= PrivateDetail::Texts;
            return false;
        }
        if (label != Application)
            return true;
        const QByteArrayView name = extension.size() >= 14 ? extension.sliced(3, 11) : QByteArrayView();
        if (name == "NETSCAPE2.0" || name == "ANIMEXTS1.0" || name == "ICCRGBG1012")
            return true;
        m_walked.details |= name == "XMP DataXMP" ? lookAtXmp(extension.sliced(14)) : PrivateDetails(PrivateDetail::Attached);
        return false;
    }

    QByteArrayView m_file;
    Walked m_walked;
};

} // namespace

Expected<Walked> walkGif(QByteArrayView file)
{
    return Walk(file).run();
}

} // namespace sluice::pictures
