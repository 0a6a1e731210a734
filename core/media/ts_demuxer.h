#pragma once

#include "sluice/base/expected.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QList>

#include <array>
#include <cstdint>
#include <optional>

namespace sluice::media {

/// Codecs that the demuxer tells apart in a program map.
enum class TsCodec { Unknown, H264, H265, Mpeg2Video, AacAdts, Mp3, Opus };

/// One complete payload of a PES packet: for video one access unit, for sound one or more packets.
struct TsAccessUnit {
    TsCodec codec = TsCodec::Unknown;
    bool video = false;
    QByteArray data;
    std::optional<qint64> pts; ///< 90 kHz, unwrapped: goes on past 2^33
    std::optional<qint64> dts;
    bool randomAccess = false; ///< the adaptation field says that decoding can start here
    bool afterLoss = false;    ///< something of this stream before it is missing
    int opusChannels = 0;      ///< from the descriptor, for Opus
    bool operator==(const TsAccessUnit &) const = default;
};

struct TsDemuxerStats {
    quint64 bytes = 0;
    quint64 packets = 0;
    quint64 skippedBytes = 0;     ///< not part of any packet: resynchronisation
    quint64 brokenUnits = 0;      ///< PES packets with a part missing or of a wrong shape, dropped
    quint64 badTables = 0;        ///< table sections with a wrong checksum or shape
    quint64 oversizedUnits = 0;
    quint64 unitsOut = 0;
    bool operator==(const TsDemuxerStats &) const = default;
};

/// MPEG-TS as an incremental parser without I/O: bytes in, access units out as soon as they are complete.
///
/// Complete means: the length of the PES is known and reached; or its length is open, and its last packet was padded and the
/// chunk ended there (so writers that flush one frame per HTTP chunk cost no extra frame), or the next PES began, or flush() was called.
/// Several TS files in a row are one stream; continuity counters may restart wherever a new PES begins (trickle.md 3.3, 3.4).
/// Memory is bounded by `maxUnitBytes` per stream, of which there are two: the first video and the first sound of the first program.
class TsDemuxer final {
public:
    struct Limits {
        qsizetype maxUnitBytes = 8 << 20;
        /// So many bytes without one packet, or without a usable program, are an error.
        qsizetype maxProbeBytes = 2 << 20;
    };

    TsDemuxer() = default;
    explicit TsDemuxer(Limits limits)
        : m_limits(limits)
    {
    }

    /// Adds bytes. `chunkEnd`: an HTTP chunk ends with them. Protocol when this is not MPEG-TS or has nothing that can be
    /// decoded; feeding on after an error gives the same error, until reset().
    [[nodiscard]] Expected<QList<TsAccessUnit>> feed(QByteArrayView bytes, bool chunkEnd);
    /// The end of a segment or of the stream: gives out units of open length.
    [[nodiscard]] QList<TsAccessUnit> flush();
    /// Bytes are missing here: forgets everything begun, keeps the program and the timestamps' origin.
    void gap();
    /// As new.
    void reset();
    /// What keeps this stream from ever showing a picture, as far as can be said by now: it is no MPEG-TS, or its program has no
    /// picture that can be decoded. Nothing while that is open.
    [[nodiscard]] std::optional<Error> trouble() const;
    /// It has shown what chance does not: a table with a right checksum, or packets in a row.
    [[nodiscard]] bool isTransportStream() const { return m_isTransportStream; }
    [[nodiscard]] TsDemuxerStats stats() const { return m_stats; }

private:
    struct Section {
        QByteArray bytes;
        bool started = false;
    };
    struct Stream {
        int pid = -1;
        TsCodec codec = TsCodec::Unknown;
        int opusChannels = 0;
        bool video = false;
        bool started = false;
        bool padded = false; ///< the newest packet of the PES was padded
        bool randomAccess = false;
        bool afterLoss = false;
        int continuity = -1;
        QByteArray pes;
    };
    struct Packet;

    void takePackets();
    void takePacket(const std::uint8_t *bytes);
    void tablePacket(Section &section, const Packet &packet);
    void takeSections(Section &section);
    void takeSection(QByteArrayView section);
    void readPmt(QByteArrayView section);
    void streamPacket(Stream &stream, const Packet &packet);
    void finishUnit(Stream &stream);
    void lose(Stream &stream);
    void loseCounted(Stream &stream);
    void dropRest();
    [[nodiscard]] qint64 unwrap(qint64 time);
    [[nodiscard]] std::optional<Error> probeError() const;
    [[nodiscard]] Error notTransportStream() const;

    Limits m_limits;
    QByteArray m_rest;      ///< the start of a packet, or what is searched for one
    bool m_inStep = true;   ///< packets follow each other; otherwise one is being searched
    Section m_pat;
    Section m_pmt;
    int m_pmtPid = -1;
    std::array<Stream, 2> m_streams; ///< video, sound
    int m_unsupportedType = -1;
    bool m_isTransportStream = false;
    int m_inARow = 0; ///< packets since step was lost
    bool m_programKnown = false;
    qsizetype m_probed = 0;
    QByteArray m_firstBytes;
    std::optional<qint64> m_lastTime;
    std::optional<Error> m_error;
    QList<TsAccessUnit> m_units;
    TsDemuxerStats m_stats;
};

} // namespace sluice::media
