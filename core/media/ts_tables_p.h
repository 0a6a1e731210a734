#pragma once

#include "sluice/media/ts_demuxer.h"

#include <QtCore/QByteArrayView>
#include <QtCore/QList>

#include <cstdint>
#include <optional>

namespace sluice::media {

/// One elementary stream of a program map.
struct TsStreamEntry {
    int pid = 0;
    int streamType = 0;
    TsCodec codec = TsCodec::Unknown;
    bool video = false;
    int opusChannels = 0;
};

/// Big-endian 16 bits.
[[nodiscard]] inline int u16(const std::uint8_t *bytes)
{
    return bytes[0] << 8 | bytes[1];
}

/// True when the section's CRC-32 at its end is right.
[[nodiscard]] bool hasRightChecksum(QByteArrayView section);
/// PID of the first program's map; nothing when the table names none.
[[nodiscard]] std::optional<int> programMapPid(QByteArrayView section);
/// The streams of a program map; nothing when its shape is wrong.
[[nodiscard]] std::optional<QList<TsStreamEntry>> programStreams(QByteArrayView section);

} // namespace sluice::media
