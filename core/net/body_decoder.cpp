#include "sluice/net/body_decoder.h"

#include <zlib.h>

#include <algorithm>

namespace sluice {

namespace {

constexpr int RawDeflate = -MAX_WBITS;
constexpr int GzipOrZlib = MAX_WBITS + 32;
constexpr int EnoughToTell = 2;

QByteArray encodingIn(QByteArrayView contentEncoding)
{
    QByteArray only;
    const QList<QByteArray> names = contentEncoding.toByteArray().toLower().split(',');
    for (const QByteArray &part : names) {
        const QByteArray name = part.trimmed();
        if (name.isEmpty() || name == "identity")
            continue;
        only = only.isEmpty() ? name : only + ", " + name;
    }
    return only;
}

bool isGzip(const QByteArray &bytes)
{
    return bytes.startsWith("\x1f\x8b");
}

bool isZlib(const QByteArray &bytes)
{
    const int first = uchar(bytes[0]);
    return (first & 0x0f) == Z_DEFLATED && ((first << 8) | uchar(bytes[1])) % 31 == 0;
}

} // namespace

class BodyDecoder::Inflater {
public:
    explicit Inflater(int windowBits) { m_good = ::inflateInit2(&stream, windowBits) == Z_OK; }
    ~Inflater()
    {
        if (m_good)
            ::inflateEnd(&stream);
    }
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;
    [[nodiscard]] bool good() const { return m_good; }

    z_stream stream{};

private:
    bool m_good = false;
};

BodyDecoder::Kind BodyDecoder::kindOf(QByteArrayView contentEncoding)
{
    const QByteArray name = encodingIn(contentEncoding);
    if (name.isEmpty())
        return Kind::None;
    return name == "gzip" || name == "x-gzip" || name == "deflate" ? Kind::Known : Kind::Unknown;
}

BodyDecoder::BodyDecoder(QByteArrayView contentEncoding)
    : m_name(encodingIn(contentEncoding))
{
}

BodyDecoder::~BodyDecoder() = default;

void BodyDecoder::feed(const QByteArray &packed)
{
    m_any = m_any || !packed.isEmpty();
    if (!m_ended)
        m_in += packed;
}

bool BodyDecoder::complete() const
{
    return m_ended || m_asIs || !m_any;
}

/// False when more must come before it is known what this is.
bool BodyDecoder::begin()
{
    if (m_inflater || m_asIs)
        return true;
    if (m_in.size() < EnoughToTell)
        return false;
    const bool gzip = isGzip(m_in);
    if (!gzip && m_name != "deflate") {
        m_asIs = true;
        return true;
    }
    m_inflater = std::make_unique<Inflater>(gzip || isZlib(m_in) ? GzipOrZlib : RawDeflate);
    return true;
}

Expected<QByteArray> BodyDecoder::take(qsizetype maxBytes)
{
    const auto broken = [this] {
        return unexpected(Error(Error::Kind::Protocol, QStringLiteral("The answer says that it is packed with %1, but cannot be unpacked.")
                                                           .arg(QString::fromLatin1(m_name)))
                              .withAdvice(QStringLiteral("A proxy on the way may have damaged it; ask whoever runs the server.")));
    };
    if (m_ended || !begin())
        return QByteArray();
    if (m_asIs) {
        const QByteArray piece = m_in.left(maxBytes);
        m_in.remove(0, piece.size());
        return piece;
    }
    if (!m_inflater->good())
        return broken();
    QByteArray out(maxBytes, Qt::Uninitialized);
    z_stream &stream = m_inflater->stream;
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = uInt(out.size());
    while (stream.avail_out > 0 && !m_in.isEmpty() && !m_ended) {
        stream.next_in = reinterpret_cast<Bytef *>(m_in.data());
        stream.avail_in = uInt(m_in.size());
        const int result = ::inflate(&stream, Z_SYNC_FLUSH);
        const uInt used = uInt(m_in.size()) - stream.avail_in;
        m_in.remove(0, used);
        if (result == Z_STREAM_END) {
            // Another member may follow; anything else that does is no part of the answer.
            m_ended = !isGzip(m_in);
            if (!m_ended && ::inflateReset(&stream) != Z_OK)
                return broken();
        } else if (result != Z_OK && result != Z_BUF_ERROR) {
            return broken();
        } else if (used == 0 && result == Z_BUF_ERROR) {
            break;
        }
    }
    out.truncate(out.size() - qsizetype(stream.avail_out));
    return out;
}

} // namespace sluice
