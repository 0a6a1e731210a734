#include "ts_tables_p.h"

#include <array>

namespace sluice::media {

namespace {

constexpr std::array<std::uint32_t, 256> crcTable = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t value = i << 24;
        for (int bit = 0; bit < 8; ++bit)
            value = (value & 0x80000000U) ? (value << 1) ^ 0x04c11db7U : value << 1;
        table[i] = value;
    }
    return table;
}();

constexpr qsizetype tableHead = 8; // up to last_section_number
constexpr qsizetype checksumSize = 4;

const std::uint8_t *data(QByteArrayView view)
{
    return reinterpret_cast<const std::uint8_t *>(view.data());
}

/// Private streams name their codec in descriptors (registration 0x05; Opus adds its channels in extension 0x7f/0x80).
void readDescriptors(QByteArrayView descriptors, TsStreamEntry &entry)
{
    while (descriptors.size() >= 2) {
        const int tag = data(descriptors)[0];
        const qsizetype length = data(descriptors)[1];
        if (length > descriptors.size() - 2)
            return;
        const QByteArrayView body = descriptors.sliced(2, length);
        if (tag == 0x05 && body.startsWith("Opus"))
            entry.codec = TsCodec::Opus;
        if (tag == 0x05 && body.startsWith("HEVC")) {
            entry.codec = TsCodec::H265;
            entry.video = true;
        }
        if (tag == 0x7f && length >= 2 && data(body)[0] == 0x80)
            entry.opusChannels = data(body)[1] <= 8 ? data(body)[1] : 2;
        descriptors = descriptors.sliced(2 + length);
    }
}

TsStreamEntry entryOf(int streamType)
{
    TsStreamEntry entry;
    entry.streamType = streamType;
    switch (streamType) {
    case 0x01:
    case 0x02: entry.codec = TsCodec::Mpeg2Video; break;
    case 0x1b: entry.codec = TsCodec::H264; break;
    case 0x24: entry.codec = TsCodec::H265; break;
    case 0x03:
    case 0x04: entry.codec = TsCodec::Mp3; return entry;
    case 0x0f: entry.codec = TsCodec::AacAdts; return entry;
    default: return entry;
    }
    entry.video = true;
    return entry;
}

} // namespace

bool hasRightChecksum(QByteArrayView section)
{
    std::uint32_t crc = 0xffffffffU;
    for (qsizetype i = 0; i < section.size(); ++i)
        crc = (crc << 8) ^ crcTable[(crc >> 24) ^ data(section)[i]];
    return crc == 0;
}

std::optional<int> programMapPid(QByteArrayView section)
{
    for (qsizetype at = tableHead; at + 4 <= section.size() - checksumSize; at += 4) {
        if (u16(data(section) + at) != 0) // program 0 is the network's own table
            return u16(data(section) + at + 2) & 0x1fff;
    }
    return std::nullopt;
}

std::optional<QList<TsStreamEntry>> programStreams(QByteArrayView section)
{
    if (section.size() < tableHead + 4 + checksumSize)
        return std::nullopt;
    QByteArrayView rest = section.first(section.size() - checksumSize).sliced(tableHead);
    const qsizetype programInfo = u16(data(rest) + 2) & 0x0fff;
    if (programInfo > rest.size() - 4)
        return std::nullopt;
    rest = rest.sliced(4 + programInfo);
    QList<TsStreamEntry> entries;
    while (rest.size() >= 5) {
        TsStreamEntry entry = entryOf(data(rest)[0]);
        entry.pid = u16(data(rest) + 1) & 0x1fff;
        const qsizetype info = u16(data(rest) + 3) & 0x0fff;
        if (info > rest.size() - 5)
            return std::nullopt;
        readDescriptors(rest.sliced(5, info), entry);
        entries.append(entry);
        rest = rest.sliced(5 + info);
    }
    return entries;
}

} // namespace sluice::media
