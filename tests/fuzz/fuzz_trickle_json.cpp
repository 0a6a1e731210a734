// Cutting a segment's bytes anywhere gives the same records and as many problems.
#include "sluice/trickle/json_lines.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace sluice;
using namespace sluice::trickle;

namespace {

struct Outcome {
    QList<Json> records;
    qsizetype problems = 0;
    bool operator==(const Outcome &) const = default;
};

void add(Outcome &outcome, const JsonSegmentParser::Result &result)
{
    outcome.records += result.records;
    outcome.problems += result.problems.size();
}

Outcome parse(JsonStyle style, QByteArrayView bytes, qsizetype step)
{
    JsonSegmentParser::Limits limits;
    limits.maxRecordBytes = 64;
    limits.maxDepth = 8;
    JsonSegmentParser parser(style, limits);
    Outcome outcome;
    for (qsizetype at = 0; at < bytes.size(); at += step)
        add(outcome, parser.feed(bytes.sliced(at, std::min(step, bytes.size() - at))));
    add(outcome, parser.finish());
    return outcome;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    // The first two bytes choose the style and the pieces.
    const JsonStyle style = data[0] % 2 ? JsonStyle::Lines : JsonStyle::Message;
    const QByteArrayView bytes(reinterpret_cast<const char *>(data + 2), qsizetype(size) - 2);
    const Outcome whole = parse(style, bytes, std::max<qsizetype>(bytes.size(), 1));
    if (!(parse(style, bytes, 1 + data[1] % 32) == whole) || !(parse(style, bytes, 1) == whole))
        std::abort();
    for (const Json &record : whole.records) {
        if (!record.isObject() || isKeepalive(record))
            std::abort();
    }
    return 0;
}
