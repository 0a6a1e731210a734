// Sequence numbers, routes and trickle headers from hostile bytes: what is accepted has a canonical form that means the same.
#include "sluice/trickle/wire.h"

#include <cstdint>
#include <cstdlib>

using namespace sluice;
using namespace sluice::trickle;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray input(reinterpret_cast<const char *>(data), qsizetype(size));
    if (const auto seq = parseSequence(input)) {
        const auto again = parseSequence(QByteArray::number(*seq));
        if (!again || *again != *seq || *seq + 1 <= *seq)
            std::abort();
    }
    if (const auto route = parseRoute("/ai/", "/ai/" + input)) {
        if (route->channel.isEmpty() && !input.startsWith('%'))
            std::abort();
        QByteArray path = "/ai/" + route->channel.toPercentEncoding();
        if (route->hasSegment)
            path += '/' + route->segment.toPercentEncoding();
        const auto again = parseRoute("/ai/", path);
        if (!again || !(*again == *route))
            std::abort();
    }
    Headers fields;
    for (const QByteArray &line : input.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            fields.append({line.left(colon), line.mid(colon + 1)});
    }
    const SegmentHeaders read = readSegmentHeaders(fields);
    if ((read.seq && *read.seq < 0) || (read.latest && *read.latest < 0))
        std::abort();
    return 0;
}
