#pragma once

#include "sluice/base/json.h"
#include "sluice/trickle/json_lines.h"
#include "sluice/trickle/publisher.h"
#include "sluice/trickle/subscriber.h"

#include <memory>

namespace sluice::trickle {

struct JsonWriterOptions {
    JsonWriterOptions() = default;
    PublisherOptions publisher; ///< channel, tls, headers; MIME type, failure policy and queue bound are the writer's
    JsonStyle style = JsonStyle::Message;
    qsizetype maxQueuedBytes = 1024 * 1024; ///< records accepted and not yet sent
    std::chrono::milliseconds rotateAfter{10'000}; ///< Lines: age at which a segment is ended
    std::chrono::milliseconds keepalive{0};        ///< Message: sends {"keep":"alive"} after this long without a record; zero: never
};

/// Sends JSON records down a channel (trickle.md 4). Thread-safe; nothing blocks. A record that was accepted is neither
/// lost nor doubled unless the publisher ends with an error.
class JsonWriter final {
public:
    JsonWriter(IoThread &io, JsonWriterOptions options, Publisher::Callbacks callbacks = {});
    ~JsonWriter();
    JsonWriter(const JsonWriter &) = delete;
    JsonWriter &operator=(const JsonWriter &) = delete;

    /// Errors: TooLarge when the queue is full or the record larger than it, TrickleTerminal when the channel has ended.
    Expected<void> send(const Json &record);
    /// As Publisher::close().
    QFuture<void> close();
    [[nodiscard]] PublisherStats stats() const;
    [[nodiscard]] std::optional<Error> terminalError() const;

private:
    class Impl;
    std::shared_ptr<Impl> m_impl;
};

struct JsonReaderOptions {
    JsonReaderOptions() = default;
    SubscriberOptions subscriber;
    JsonSegmentParser::Limits limits;
    /// Nothing: as the channel's MIME type says.
    std::optional<JsonStyle> style;
};

/// Reads the JSON records of a channel. The callbacks come on the I/O thread and must not block. Large records are parsed elsewhere; when more
/// of them come than can be parsed, what is left of the segment is left out, with a problem.
class JsonReader final {
public:
    struct Callbacks {
        Callbacks() = default;
        std::function<void(const Json &)> record;
        /// A record that could not be read, or records that were missed (Gap); the reader goes on.
        std::function<void(const Error &)> problem;
        /// Once, at the end of the channel; with an error when it did not end by itself.
        std::function<void(const std::optional<Error> &)> ended;
    };
    JsonReader(IoThread &io, JsonReaderOptions options, Callbacks callbacks);
    /// Stops; no callback comes once this returns. Not on the I/O thread.
    ~JsonReader();
    JsonReader(const JsonReader &) = delete;
    JsonReader &operator=(const JsonReader &) = delete;

    void stop();
    [[nodiscard]] SubscriberStats stats() const;

private:
    class Impl;
    std::shared_ptr<Impl> m_impl;
    std::unique_ptr<Subscriber> m_subscriber;
};

} // namespace sluice::trickle
