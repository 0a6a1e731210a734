// Heartbeats of apps and what they ask for inside of sessions: what is taken keeps to the page's bounds and reads the same once it is written; what is
// refused says why.

#include "sluice/liverunner/wire.h"

#include <cstdint>
#include <cstdlib>

using namespace sluice;
using namespace sluice::liverunner;

namespace {

void judgePrice(const RegisteredPrice &price)
{
    const auto wei = price.inWei(2000);
    if (bool(wei) != bool(price.check()) || (wei && *wei < 0))
        std::abort();
}

void judge(const Heartbeat &heartbeat, bool onChain)
{
    if (heartbeat.runner.capacity < 1 || heartbeat.runner.metadata.toUtf8().size() > MaxMetadataBytes || heartbeat.runner.app.isEmpty())
        std::abort();
    if (onChain && (!heartbeat.runner.price || !heartbeat.runner.price->check()))
        std::abort();
    if (heartbeat.runner.price)
        judgePrice(*heartbeat.runner.price);
    const auto again = Heartbeat::parse(heartbeat.toJson().dump(), false);
    if (!again || again->runner.app != heartbeat.runner.app || again->runner.mode != heartbeat.runner.mode
        || again->runner.capacity != heartbeat.runner.capacity || again->sessionIds != heartbeat.sessionIds || again->isReady() != heartbeat.isReady())
        std::abort();
}

template <typename T> void judgeRefusal(const Expected<T> &read)
{
    if (!read && read.error().message().isEmpty())
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView input(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    for (const bool onChain : {false, true}) {
        const auto read = Heartbeat::parse(input, onChain);
        judgeRefusal(read);
        if (read)
            judge(*read, onChain);
    }
    if (const auto answer = HeartbeatAnswer::parse(input)) {
        const auto again = HeartbeatAnswer::parse(answer->toJson().dump());
        if (!again || again->interval != answer->interval || again->ttl != answer->ttl || again->sessionIds != answer->sessionIds)
            std::abort();
    }
    const auto channels = ChannelsRequest::parse(input);
    judgeRefusal(channels);
    if (channels && (channels->channels.isEmpty() || channels->channels.size() > MaxChannelsPerRequest))
        std::abort();
    if (channels) {
        for (const auto &one : channels->channels) {
            if (const auto part = channelPart(one.name); part && (part->contains(QLatin1Char('/')) || part->isEmpty()))
                std::abort();
        }
    }
    judgeRefusal(parseDeletedChannels(input));
    judgeRefusal(parseProxyRequest(input));
    judgeRefusal(RefreshRequest::parse(input));
    if (const auto time = parseDuration(QString::fromUtf8(input))) {
        const auto again = parseDuration(durationText(*time));
        if (!again || *again != *time)
            std::abort();
    }
    return 0;
}
