#include "sluice/media/ts_demuxer.h"

#include "ts_tables_p.h"

#include <algorithm>

namespace sluice::media {

namespace {

constexpr qsizetype packetSize = 188;
constexpr char syncByte = 0x47;
constexpr int patPid = 0;
constexpr qsizetype maxSectionBytes = 4096;
/// A stream that has not shown one packet after so many bytes is something else.
constexpr qsizetype maxSearchBytes = 64 << 10;
/// Sync bytes at the right distance that chance does not give.
constexpr int surelyInARow = 5;
constexpr qsizetype pesHeadBytes = 6; // start code, stream id, length

const std::uint8_t *data(QByteArrayView view)
{
    return reinterpret_cast<const std::uint8_t *>(view.data());
}

/// Bytes of the whole PES packet; nothing when its length is open.
std::optional<qsizetype> pesSize(QByteArrayView pes)
{
    const int length = u16(data(pes) + 4);
    if (length == 0)
        return std::nullopt;
    return pesHeadBytes + length;
}

/// What begins so, as a person calls it; empty when it is nothing common.
QString kindOf(const QByteArray &first)
{
    const auto is = [&first](QByteArrayView mark, qsizetype at = 0) {
        return first.size() >= at + mark.size() && QByteArrayView(first).sliced(at, mark.size()) == mark;
    };
    if (is("\x1a\x45\xdf\xa3"))
        return QStringLiteral("WebM or Matroska");
    for (const char *box : {"ftyp", "styp", "moof", "moov", "sidx", "mdat"}) {
        if (is(box, 4))
            return QStringLiteral("MP4");
    }
    if (is("{") || is("["))
        return QStringLiteral("JSON");
    if (is("OggS"))
        return QStringLiteral("Ogg");
    if (is("RIFF"))
        return QStringLiteral("WAV, AVI or WebP");
    if (is("FLV"))
        return QStringLiteral("Flash video");
    if (is("\xff\xd8\xff"))
        return QStringLiteral("JPEG");
    if (is("\x89PNG"))
        return QStringLiteral("PNG");
    if (is(QByteArrayView("\0\0\0\1", 4)) || is(QByteArrayView("\0\0\1", 3)))
        return QStringLiteral("bare H.264 or H.265");
    if (is("<"))
        return QStringLiteral("HTML or XML");
    return {};
}

qint64 pesTime(const std::uint8_t *bytes)
{
    return qint64(bytes[0] >> 1 & 7) << 30 | qint64(u16(bytes + 1) >> 1) << 15 | qint64(u16(bytes + 3) >> 1);
}

} // namespace

/// The parts of one transport packet that are used here.
struct TsDemuxer::Packet {
    int pid = 0;
    bool start = false;
    int continuity = 0;
    bool padded = false;
    bool randomAccess = false;
    QByteArrayView payload;

    /// False when nothing in it can be used: damaged, scrambled, or without payload.
    bool parse(const std::uint8_t *bytes)
    {
        pid = u16(bytes + 1) & 0x1fff;
        start = bytes[1] & 0x40;
        continuity = bytes[3] & 0x0f;
        const bool damaged = bytes[1] & 0x80;
        const bool scrambled = bytes[3] & 0xc0;
        const bool hasPayload = bytes[3] & 0x10;
        if (damaged || scrambled || !hasPayload)
            return false;
        qsizetype at = 4;
        if (bytes[3] & 0x20) {
            const qsizetype length = bytes[4];
            at += 1 + length;
            if (at >= packetSize)
                return false;
            readAdaptation(bytes + 5, length);
        }
        payload = QByteArrayView(bytes + at, packetSize - at);
        return true;
    }

    void readAdaptation(const std::uint8_t *bytes, qsizetype length)
    {
        padded = length == 0;
        if (length == 0)
            return;
        randomAccess = bytes[0] & 0x40;
        qsizetype used = 1;
        used += bytes[0] & 0x10 ? 6 : 0; // PCR
        used += bytes[0] & 0x08 ? 6 : 0; // OPCR
        used += bytes[0] & 0x04 ? 1 : 0; // splice countdown
        for (const int flag : {0x02, 0x01}) { // private data, extension: each begins with its length
            if (bytes[0] & flag && used < length)
                used += 1 + bytes[used];
        }
        padded = used < length;
    }
};

Expected<QList<TsAccessUnit>> TsDemuxer::feed(QByteArrayView bytes, bool chunkEnd)
{
    if (m_error)
        return unexpected(*m_error);
    m_stats.bytes += quint64(bytes.size());
    if (m_firstBytes.size() < 8)
        m_firstBytes += bytes.first(std::min<qsizetype>(bytes.size(), 8 - m_firstBytes.size()));
    m_probed = std::min(m_probed + bytes.size(), std::max(m_limits.maxProbeBytes, maxSearchBytes) + 1);
    m_rest += bytes;
    takePackets();

    if (chunkEnd && m_rest.isEmpty()) {
        for (Stream &stream : m_streams) {
            if (stream.started && stream.padded && stream.pes.size() >= pesHeadBytes && !pesSize(stream.pes))
                finishUnit(stream);
        }
    }
    QList<TsAccessUnit> units = std::exchange(m_units, {});
    m_error = probeError();
    if (m_error && units.isEmpty())
        return unexpected(*m_error);
    return units;
}

QList<TsAccessUnit> TsDemuxer::flush()
{
    for (Stream &stream : m_streams) {
        if (stream.started && stream.pes.size() >= pesHeadBytes && !pesSize(stream.pes))
            finishUnit(stream);
        else if (stream.started)
            lose(stream);
    }
    dropRest();
    return std::exchange(m_units, {});
}

void TsDemuxer::gap()
{
    for (Stream &stream : m_streams)
        lose(stream);
    dropRest();
}

void TsDemuxer::reset()
{
    *this = TsDemuxer(m_limits);
}

void TsDemuxer::dropRest()
{
    m_stats.skippedBytes += quint64(m_rest.size());
    m_rest.clear();
    m_inStep = true;
    m_pat = {};
    m_pmt = {};
}

void TsDemuxer::takePackets()
{
    qsizetype at = 0;
    while (at < m_rest.size()) {
        if (m_inStep && m_rest[at] != syncByte) {
            m_inStep = false;
            m_inARow = 0;
        }
        if (m_inStep) {
            if (m_rest.size() - at < packetSize)
                break;
            m_isTransportStream = m_isTransportStream || ++m_inARow >= surelyInARow;
            takePacket(data(m_rest) + at);
            at += packetSize;
            continue;
        }
        // Out of step: two sync bytes at the right distance are taken for the start of packets.
        const qsizetype found = m_rest.indexOf(syncByte, at);
        const qsizetype candidate = found < 0 ? m_rest.size() : found;
        m_stats.skippedBytes += quint64(candidate - at);
        at = candidate;
        if (m_rest.size() - at <= packetSize)
            break;
        if (m_rest[at + packetSize] == syncByte) {
            m_inStep = true;
        } else {
            ++at;
            ++m_stats.skippedBytes;
        }
    }
    m_rest.remove(0, at);
}

void TsDemuxer::takePacket(const std::uint8_t *bytes)
{
    ++m_stats.packets;
    Packet packet;
    if (!packet.parse(bytes))
        return;
    if (packet.pid == patPid) {
        tablePacket(m_pat, packet);
    } else if (packet.pid == m_pmtPid) {
        tablePacket(m_pmt, packet);
    } else {
        for (Stream &stream : m_streams) {
            if (stream.pid == packet.pid)
                streamPacket(stream, packet);
        }
    }
}

void TsDemuxer::tablePacket(Section &section, const Packet &packet)
{
    QByteArrayView payload = packet.payload;
    if (packet.start) {
        const qsizetype pointer = data(payload)[0];
        if (1 + pointer > payload.size()) {
            ++m_stats.badTables;
            section = {};
            return;
        }
        if (section.started && pointer > 0) {
            section.bytes += payload.sliced(1, pointer);
            takeSections(section);
        }
        section.bytes.clear();
        section.started = true;
        payload = payload.sliced(1 + pointer);
    }
    if (!section.started)
        return;
    section.bytes += payload;
    takeSections(section);
}

void TsDemuxer::takeSections(Section &section)
{
    while (section.started && section.bytes.size() >= 3) {
        const qsizetype size = 3 + (u16(data(section.bytes) + 1) & 0x0fff);
        const bool stuffing = data(section.bytes)[0] == 0xff;
        if (stuffing || size > maxSectionBytes) {
            m_stats.badTables += stuffing ? 0 : 1;
            section = {};
            return;
        }
        if (section.bytes.size() < size)
            return;
        const QByteArray whole = section.bytes.first(size);
        section.bytes.remove(0, size);
        takeSection(whole);
    }
}

void TsDemuxer::takeSection(QByteArrayView section)
{
    constexpr qsizetype smallest = 12;
    const bool isCurrent = section.size() >= smallest && (data(section)[5] & 1);
    if (section.size() < smallest || !hasRightChecksum(section)) {
        ++m_stats.badTables;
        return;
    }
    m_isTransportStream = true;
    if (!isCurrent)
        return;
    if (data(section)[0] == 0x00) {
        if (const auto pid = programMapPid(section); pid && *pid != m_pmtPid) {
            m_pmtPid = *pid;
            m_pmt = {};
        }
    } else if (data(section)[0] == 0x02) {
        readPmt(section);
    }
}

void TsDemuxer::readPmt(QByteArrayView section)
{
    const auto entries = programStreams(section);
    if (!entries) {
        ++m_stats.badTables;
        return;
    }
    m_programKnown = true;
    std::array<const TsStreamEntry *, 2> chosen{};
    for (const TsStreamEntry &entry : *entries) {
        const TsStreamEntry *&slot = chosen[entry.video ? 0 : 1];
        if (entry.codec == TsCodec::Unknown)
            m_unsupportedType = entry.streamType;
        else if (!slot)
            slot = &entry;
    }
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        Stream &stream = m_streams[i];
        TsStreamEntry entry;
        entry.pid = -1; // the program has no such stream
        if (chosen[i])
            entry = *chosen[i];
        if (stream.pid == entry.pid && stream.codec == entry.codec && stream.opusChannels == entry.opusChannels)
            continue;
        if (stream.started && stream.pes.size() >= pesHeadBytes && !pesSize(stream.pes))
            finishUnit(stream);
        stream = {};
        stream.pid = entry.pid;
        stream.codec = entry.codec;
        stream.opusChannels = entry.opusChannels;
        stream.video = i == 0;
    }
}

void TsDemuxer::streamPacket(Stream &stream, const Packet &packet)
{
    if (packet.start) {
        if (stream.started && stream.pes.size() >= pesHeadBytes && !pesSize(stream.pes))
            finishUnit(stream);
        else if (stream.started)
            loseCounted(stream);
        stream.started = true;
        stream.randomAccess = packet.randomAccess;
        stream.pes = packet.payload.toByteArray();
    } else {
        if (!stream.started)
            return;
        if (packet.continuity != ((stream.continuity + 1) & 0x0f)) {
            const bool repeated = packet.continuity == stream.continuity && stream.pes.endsWith(packet.payload);
            if (!repeated)
                loseCounted(stream);
            return;
        }
        stream.pes += packet.payload;
    }
    stream.continuity = packet.continuity;
    stream.padded = packet.padded;

    if (stream.pes.size() >= pesHeadBytes) {
        if (!stream.pes.startsWith(QByteArrayView("\0\0\1", 3))) {
            loseCounted(stream);
            return;
        }
        if (const auto size = pesSize(stream.pes); size && stream.pes.size() >= *size) {
            stream.pes.truncate(*size);
            finishUnit(stream);
            return;
        }
    }
    if (stream.pes.size() > m_limits.maxUnitBytes) {
        ++m_stats.oversizedUnits;
        lose(stream);
    }
}

void TsDemuxer::finishUnit(Stream &stream)
{
    QByteArray pes = std::exchange(stream.pes, {});
    stream.started = false;
    constexpr qsizetype fixedHead = 9;
    const qsizetype head = pes.size() >= fixedHead ? fixedHead + data(pes)[8] : 0;
    if (head == 0 || (data(pes)[6] & 0xc0) != 0x80 || head >= pes.size()) {
        loseCounted(stream);
        return;
    }
    TsAccessUnit unit;
    unit.codec = stream.codec;
    unit.video = stream.video;
    unit.opusChannels = stream.opusChannels;
    unit.randomAccess = stream.randomAccess;
    unit.afterLoss = std::exchange(stream.afterLoss, false);
    const int times = data(pes)[7] >> 6;
    if ((times & 2) && head >= fixedHead + 5)
        unit.pts = unwrap(pesTime(data(pes) + fixedHead));
    if (times == 3 && head >= fixedHead + 10)
        unit.dts = unwrap(pesTime(data(pes) + fixedHead + 5));
    else
        unit.dts = unit.pts;
    pes.remove(0, head);
    unit.data = std::move(pes);
    ++m_stats.unitsOut;
    m_units.append(std::move(unit));
}

void TsDemuxer::lose(Stream &stream)
{
    stream.started = false;
    stream.afterLoss = true;
    stream.pes = {};
}

void TsDemuxer::loseCounted(Stream &stream)
{
    ++m_stats.brokenUnits;
    lose(stream);
}

qint64 TsDemuxer::unwrap(qint64 time)
{
    constexpr qint64 period = qint64(1) << 33;
    if (m_lastTime) {
        time += *m_lastTime - (*m_lastTime & (period - 1));
        if (time - *m_lastTime > period / 2)
            time -= period;
        else if (*m_lastTime - time > period / 2)
            time += period;
    }
    m_lastTime = time;
    return time;
}

Error TsDemuxer::notTransportStream() const
{
    const QString kind = kindOf(m_firstBytes);
    return Error(Error::Kind::Protocol, QStringLiteral("This is not MPEG-TS: there is no transport packet in its first %1 bytes, which begin with %2%3.")
            .arg(QString::number(m_probed), QString::fromLatin1(m_firstBytes.toHex(' ')), kind.isEmpty() ? kind : QStringLiteral(" as %1 does").arg(kind)))
        .withAdvice(QStringLiteral("A channel that does not carry video is read as bytes or as JSON lines (sluicectl live --raw). Video has to come as MPEG-TS."));
}

std::optional<Error> TsDemuxer::trouble() const
{
    if (m_error)
        return m_error;
    // Nothing that does not fit: it may still become one.
    if (!m_isTransportStream)
        return m_stats.skippedBytes > 0 ? std::optional(notTransportStream()) : std::nullopt;
    if (!m_programKnown || m_streams[0].pid >= 0)
        return std::nullopt;
    QString message = m_streams[1].pid >= 0 ? QStringLiteral("This MPEG-TS carries sound and no picture.") : QStringLiteral("This MPEG-TS carries no picture.");
    if (m_unsupportedType >= 0)
        message = QStringLiteral("This MPEG-TS carries no picture that can be decoded here: what it has is of stream type 0x%1.").arg(m_unsupportedType, 2, 16, QLatin1Char('0'));
    return Error(Error::Kind::Protocol, message).withAdvice(QStringLiteral("Send H.264, H.265 or MPEG-2 video."));
}

std::optional<Error> TsDemuxer::probeError() const
{
    if (!m_isTransportStream && m_probed > maxSearchBytes)
        return notTransportStream();
    const bool haveProgram = m_streams[0].pid >= 0 || m_streams[1].pid >= 0;
    if (haveProgram || m_probed <= m_limits.maxProbeBytes)
        return std::nullopt;
    if (m_unsupportedType >= 0) {
        return Error(Error::Kind::Protocol, QStringLiteral("This MPEG-TS carries nothing that can be decoded here: its stream type is 0x%1.")
                .arg(m_unsupportedType, 2, 16, QLatin1Char('0')))
            .withAdvice(QStringLiteral("Send H.264, H.265 or MPEG-2 video, and Opus, AAC or MP3 sound."));
    }
    return Error(Error::Kind::Protocol, QStringLiteral("This MPEG-TS names no program in its first %1 bytes.").arg(m_probed))
        .withAdvice(QStringLiteral("Begin every segment with a PAT and a PMT."));
}

} // namespace sluice::media
