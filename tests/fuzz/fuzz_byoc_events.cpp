// A stream means the same however the network cuts it, and has exactly one end, which is its last item.
#include "sluice/byoc/event_rules.h"

#include <cstdint>
#include <cstdlib>

using namespace sluice;
using namespace sluice::byoc;

namespace {

struct Result {
    QList<StreamItem> items;
    bool failed = false;
    bool operator==(const Result &) const = default;
};

void take(const Expected<QList<StreamItem>> &items, Result &result)
{
    if (items)
        result.items += *items;
    else
        result.failed = true;
}

Result read(QByteArrayView stream, qsizetype step)
{
    EventRules rules({.maxLineBytes = 256, .maxEventBytes = 512});
    Result result;
    for (qsizetype at = 0; at < stream.size(); at += step)
        take(rules.feed(stream.sliced(at, std::min(step, stream.size() - at))), result);
    take(rules.finish(), result);
    if (!rules.ended())
        std::abort();
    qsizetype ends = 0;
    for (const StreamItem &item : result.items)
        ends += item.isEnd() ? 1 : 0;
    if (result.failed ? ends > 0 : ends != 1 || !result.items.last().isEnd())
        std::abort();
    return result;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 1)
        return 0;
    const QByteArrayView stream(reinterpret_cast<const char *>(data + 1), qsizetype(size) - 1);
    const Result whole = read(stream, std::max<qsizetype>(1, stream.size()));
    const Result bytewise = read(stream, 1);
    const Result pieces = read(stream, 2 + data[0] % 30);
    // Within one chunk that ends in an error, events before it are not given.
    if (!whole.failed && (!(whole == bytewise) || !(whole == pieces)))
        std::abort();
    if (bytewise.failed != pieces.failed && !bytewise.failed)
        std::abort();
    return 0;
}
