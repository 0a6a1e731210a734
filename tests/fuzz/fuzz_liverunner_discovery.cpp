// What clients read of an orchestrator: discovery, sessions, challenges. What is taken reads the same once it is written; what is not says why.

#include "sluice/liverunner/wire.h"

#include <cstdint>
#include <cstdlib>

using namespace sluice;
using namespace sluice::liverunner;

namespace {

template <typename T> void roundTrip(QByteArrayView input)
{
    const auto read = T::parse(input);
    if (!read) {
        if (read.error().message().isEmpty())
            std::abort();
        return;
    }
    const auto again = T::parse(read->toJson().dump());
    if (!again || !(*again == *read))
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView input(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const auto nodes = parseDiscovery(input);
    if (!nodes && nodes.error().message().isEmpty())
        std::abort();
    if (nodes) {
        Json all = Json::array();
        for (const DiscoveredNode &node : *nodes) {
            for (const DiscoveredRunner &runner : node.runners) {
                if (runner.url.isEmpty() || runner.app.isEmpty() || (runner.price && runner.price->price < 0))
                    std::abort();
            }
            all.append(node.toJson());
        }
        const auto again = parseDiscovery(all.dump(), 64 * MaxDiscoveryBytes);
        if (!again || again->size() != nodes->size())
            std::abort();
    }
    roundTrip<SessionAnswer>(input);
    roundTrip<Challenge>(input);
    roundTrip<ProxyAnswer>(input);
    (void)parseChannelsAnswer(input);
    if (const auto json = Json::parse(input, {64 * 1024, 16}))
        (void)RunnerEvent::fromJson(*json);
    return 0;
}
