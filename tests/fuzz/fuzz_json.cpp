// JSON typed by a person or sent by a peer: parsing never crashes, and what parses round-trips.

#include "sluice/base/json.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using sluice::Json;
    const QByteArrayView text(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    QStringList duplicates;
    const auto json = Json::parse(text, Json::Limits{1 << 20, 64}, &duplicates);
    if (!json)
        return 0;
    const QByteArray once = json->dump();
    const auto again = Json::parse(once, Json::Limits{1 << 24, 64});
    if (!again || again->dump() != once)
        std::abort();
    const auto indented = Json::parse(json->dump(2), Json::Limits{1 << 24, 64});
    if (!indented || !(*indented == *again))
        std::abort();
    return 0;
}
