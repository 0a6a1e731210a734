#pragma once

#include "orchestrator_accepted_job_p.h"

#include "sluice/net/asio_wait.h"

#include <chrono>

namespace sluice::byoc {

/// What a stream's start asks for (byoc.md 5): the text of the job header's `parameters`.
struct StreamFlags {
    bool videoIngress = false;
    bool videoEgress = false;
    bool dataOutput = false;

    /// InvalidInput when it is no JSON object, or a flag is no boolean.
    [[nodiscard]] static Expected<StreamFlags> parse(const QString &parameters);
    bool operator==(const StreamFlags &) const = default;
};

/// The channels of a stream (byoc.md 5.1).
enum class StreamChannel { Input, Output, Data, Control, Events };

/// How one of them is called on the wire.
struct StreamChannelNames {
    StreamChannel channel;
    const char *suffix;
    const char *mimeType;
    const char *responseHeader;
    const char *workerKey;
};
inline constexpr StreamChannelNames streamChannels[] = {
    {StreamChannel::Input, "", "video/MP2T", header::PublishUrl, "subscribe_url"},
    {StreamChannel::Output, "-out", "video/MP2T", header::SubscribeUrl, "publish_url"},
    {StreamChannel::Data, "-data", "application/jsonl", header::DataUrl, "data_url"},
    {StreamChannel::Control, "-control", "application/json", header::ControlUrl, "control_url"},
    {StreamChannel::Events, "-events", "application/json", header::EventsUrl, "events_url"},
};

/// One live stream, from its start to its end. On the I/O thread.
struct LiveStream {
    explicit LiveStream(const boost::asio::any_io_executor &executor)
        : alarm(executor)
    {
    }
    [[nodiscard]] bool has(StreamChannel channel) const
    {
        switch (channel) {
        case StreamChannel::Input: return flags.videoIngress;
        case StreamChannel::Output: return flags.videoEgress;
        case StreamChannel::Data: return flags.dataOutput;
        case StreamChannel::Control:
        case StreamChannel::Events: break;
        }
        return true;
    }
    [[nodiscard]] QByteArray channelName(const StreamChannelNames &names) const { return id.toUtf8() + names.suffix; }

    QString id;
    StreamFlags flags;
    Address sender;
    QString capabilityName;
    RegisteredCapability capability; ///< as it was at the start: the worker that has the job
    PriceInfo price;
    CapabilityTable::Slot slot;
    QList<QByteArray> channels; ///< that were made for it
    Alarm alarm;                                             ///< for the next check
    std::chrono::steady_clock::time_point nextDebit;
    std::chrono::steady_clock::time_point lastSign;          ///< of life of the client
    std::optional<std::chrono::steady_clock::time_point> drainUntil; ///< set once the input is closed
    bool running = false;                                    ///< the worker took it
    bool warned = false;                                     ///< a check found the balance negative
    bool closed = false;
};

/// What is wrong with a stream id, which becomes one part of a path and a part of the names of channels; nothing when it may be used.
[[nodiscard]] std::optional<QByteArray> whyNotAStreamId(const QString &id);

} // namespace sluice::byoc
