// MPEG-TS: splitting a stream anywhere gives the same units, memory stays bounded, and no bytes crash the codecs behind it.
#include "sluice/media/decoder.h"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace sluice::media;

constexpr TsDemuxer::Limits limits{.maxUnitBytes = 64 << 10, .maxProbeBytes = 1 << 20};

struct Result {
    QList<TsAccessUnit> units;
    TsDemuxerStats stats;
    bool isTransportStream = false;
    QString trouble;
    bool operator==(const Result &) const = default;
};

Result demux(QByteArrayView stream, qsizetype step)
{
    TsDemuxer demuxer(limits);
    Result result;
    for (qsizetype at = 0; at < stream.size(); at += step) {
        const auto units = demuxer.feed(stream.sliced(at, std::min(step, stream.size() - at)), false);
        if (units)
            result.units += *units;
    }
    result.units += demuxer.flush();
    result.stats = demuxer.stats();
    result.isTransportStream = demuxer.isTransportStream();
    if (const auto trouble = demuxer.trouble())
        result.trouble = trouble->message();
    return result;
}

void decode(QByteArrayView stream, qsizetype step, int gapEvery)
{
    Decoder decoder({.threads = 1, .maxPixels = 640 * 480, .demuxer = limits}, {});
    int chunk = 0;
    for (qsizetype at = 0; at < stream.size(); at += step, ++chunk) {
        TsInput input;
        input.bytes = stream.sliced(at, std::min(step, stream.size() - at)).toByteArray();
        input.segmentStart = chunk % 7 == 0;
        input.gap = gapEvery > 0 && chunk % gapEvery == gapEvery - 1;
        if (!decoder.feed(input))
            break;
    }
    (void)decoder.finish();
    (void)decoder.trouble();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 3 || size > 60'000) // below what a demuxer searches before it gives up: errors come at the end of a feed
        return 0;
    // The first two bytes choose where to cut.
    const QByteArrayView stream(reinterpret_cast<const char *>(data + 2), qsizetype(size) - 2);
    const qsizetype step = 1 + data[0];
    if (!(demux(stream, stream.size()) == demux(stream, step)))
        std::abort();
    decode(stream, step * 8, data[1] % 5);
    return 0;
}
