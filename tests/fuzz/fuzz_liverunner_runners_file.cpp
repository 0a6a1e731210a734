// runners.json: all entries or none; those that are taken have one label each and an address for their health.

#include "sluice/liverunner/wire.h"

#include <QtCore/QSet>
#include <QtCore/QUrl>

#include <cstdint>
#include <cstdlib>

using namespace sluice;
using namespace sluice::liverunner;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView input(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    for (const bool onChain : {false, true}) {
        const auto read = parseRunnersFile(input, onChain);
        if (!read) {
            if (read.error().message().isEmpty())
                std::abort();
            continue;
        }
        QSet<QString> labels;
        for (const StaticRunner &entry : *read) {
            if (entry.label.isEmpty() || labels.contains(entry.label) || entry.runner.capacity < 1)
                std::abort();
            if (entry.healthyStatus < 100 || entry.healthyStatus > 599 || QUrl(entry.healthAddress()).host().isEmpty())
                std::abort();
            labels.insert(entry.label);
        }
    }
    return 0;
}
