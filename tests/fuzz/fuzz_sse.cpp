// Splitting a stream anywhere gives the same events and the same error.
#include "sluice/net/sse_parser.h"

#include <cstdint>
#include <cstdlib>

namespace {

struct Result {
    QList<sluice::SseEvent> events;
    bool failed = false;
    bool operator==(const Result &) const = default;
};

void feed(sluice::SseParser &parser, QByteArrayView bytes, Result &result)
{
    const auto events = parser.feed(bytes);
    if (events)
        result.events += *events;
    else
        result.failed = true;
}

Result parse(QByteArrayView stream, qsizetype cut, qsizetype step)
{
    sluice::SseParser parser({.maxLineBytes = 64, .maxEventBytes = 128});
    Result result;
    feed(parser, stream.first(cut), result);
    for (qsizetype at = cut; at < stream.size(); at += step)
        feed(parser, stream.sliced(at, std::min(step, stream.size() - at)), result);
    if (const auto last = parser.finish(); !last)
        result.failed = true;
    else if (*last)
        result.events.append(**last);
    return result;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    // The first two bytes choose where to cut.
    const QByteArrayView stream(reinterpret_cast<const char *>(data + 2), qsizetype(size) - 2);
    const qsizetype cut = stream.isEmpty() ? 0 : qsizetype(data[0]) % stream.size();
    const Result whole = parse(stream, stream.size(), 1);
    if (!(parse(stream, cut, 1 + data[1] % 16) == whole) || !(parse(stream, 0, 1) == whole))
        std::abort();
    return 0;
}
