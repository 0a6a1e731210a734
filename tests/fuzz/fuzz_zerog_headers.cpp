// The seven headers: whatever comes is refused with words, or is a request that is written again as it was read.
#include "sluice/zerog/call_headers.h"

#include <cstdint>
#include <cstdlib>

using namespace sluice;
using namespace sluice::zerog;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    // One header a line, "Name: value".
    Headers headers;
    const QList<QByteArray> lines = QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)).split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            headers.append(std::pair<QByteArray, QByteArray>(line.first(colon), line.mid(colon + 1).trimmed()));
    }
    require(withoutMetadata(headers).size() <= headers.size());
    const auto request = requestFromHeaders(headers);
    if (!request) {
        require(!request.error().message().isEmpty());
        return 0;
    }
    require(request->nonce <= U256(std::numeric_limits<qint64>::max()) && request->createdAt >= 0);
    const auto again = requestFromHeaders(metadataHeaders(*request));
    require(again && *again == *request);
    return 0;
}
