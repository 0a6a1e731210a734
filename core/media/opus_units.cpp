#include "opus_units_p.h"

#include <algorithm>
#include <cstdint>

namespace sluice::media {

QList<QByteArray> opusPackets(QByteArrayView payload)
{
    constexpr qsizetype most = 64;
    QList<QByteArray> packets;
    const auto byte = [&payload](qsizetype at) { return at < payload.size() ? int(std::uint8_t(payload[at])) : -1; };
    while (payload.size() >= 3 && packets.size() < most) {
        if (byte(0) != 0x7f || (byte(1) & 0xe0) != 0xe0)
            break;
        const int flags = byte(1);
        qsizetype at = 2;
        qsizetype size = 0;
        int part = 0;
        do {
            part = byte(at++);
            size += std::max(part, 0);
        } while (part == 0xff);
        at += (flags & 0x10) ? 2 : 0; // start trim
        at += (flags & 0x08) ? 2 : 0; // end trim
        if (flags & 0x04)
            at += 1 + std::max(byte(at), 0); // control extension
        if (part < 0 || size == 0 || size > payload.size() - at)
            break;
        packets.append(payload.sliced(at, size).toByteArray());
        payload = payload.sliced(at + size);
    }
    return packets;
}

} // namespace sluice::media
