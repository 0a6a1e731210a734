// A model server's body, cut anywhere, gives the same fragments and the same end.
#include "sluice/llmworker/chat_events.h"

#include <cstdint>
#include <cstdlib>

using namespace sluice;
using namespace sluice::llmworker;

namespace {

struct Result {
    QStringList fragments;
    QString failure;
    bool operator==(const Result &) const = default;
};

bool take(const Expected<QStringList> &fragments, Result &result)
{
    if (fragments)
        result.fragments += *fragments;
    else
        result.failure = fragments.error().message();
    return fragments.hasValue();
}

Result read(QByteArrayView body, qsizetype step)
{
    ChatEvents events;
    Result result;
    for (qsizetype at = 0; at < body.size(); at += step) {
        if (!take(events.feed(body.sliced(at, std::min(step, body.size() - at))), result))
            return result;
    }
    take(events.finish(), result);
    return result;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 1)
        return 0;
    const QByteArrayView body(reinterpret_cast<const char *>(data + 1), qsizetype(size) - 1);
    const Result whole = read(body, std::max<qsizetype>(1, body.size()));
    if (!(read(body, 1 + data[0] % 32) == whole))
        std::abort();
    return 0;
}
