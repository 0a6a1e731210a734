// What a node says: answers, reverts and events are refused with words or read, and what was read encodes again.
#include "sluice/zerog/contract_abi.h"
#include "sluice/zerog/json_rpc.h"
#include "sluice/zerog/network_abi.h"

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

template <typename T> void readOrTold(const Expected<T> &read)
{
    require(read || !read.error().message().isEmpty());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    readOrTold(contract::accountFrom(bytes));
    readOrTold(contract::accountsFrom(bytes));
    readOrTold(contract::serviceFrom(bytes));
    readOrTold(contract::servicesFrom(bytes));
    readOrTold(contract::secondsFrom(bytes));
    require(!contract::refusalFrom(bytes).toText().isEmpty());
    readOrTold(network::fundsFrom(bytes));
    readOrTold(network::recommendedFrom(bytes));
    readOrTold(network::servicesFrom(bytes));
    readOrTold(network::accountsFrom(bytes, Address()));
    readOrTold(rpcAnswer(bytes, 1));
    if (size > 0) {
        QList<Hash32> topics{contract::eventTopics().at(data[0] % 4)};
        QByteArrayView rest = bytes.sliced(1);
        while (topics.size() < 1 + data[0] / 4 % 4 && rest.size() >= Hash32::size) {
            topics.append(*Hash32::fromBytes(rest.first(Hash32::size)));
            rest = rest.sliced(Hash32::size);
        }
        readOrTold(contract::eventFrom(topics, rest, 1));
    }
    return 0;
}
