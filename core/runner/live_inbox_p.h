#pragma once

#include "sluice/base/json.h"
#include "sluice/media/frame.h"
#include "sluice/trickle/subscriber.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

namespace sluice {

/// What waits for a live job's thread. Thread-safe.
///
/// Pictures are dropped from the oldest on, so that a slow job is late by at most two; everything else is kept.
class LiveInbox final {
public:
    struct Item {
        enum class Type { Nothing, Stop, Parameters, Frame, Raw, InputEnded };
        Type type = Type::Nothing;
        Json parameters;
        media::Frame frame;
        std::optional<trickle::SubscriberEvent> raw;
    };

    /// Asks for the end; the first reason stays.
    void stop(const QString &reason);
    /// The job failed by itself, without a stop request. `reason` as for stop().
    void fail(const QString &reason);
    void putParameters(const Json &parameters);
    void putFrame(media::Frame frame);
    void putRaw(trickle::SubscriberEvent event);
    /// No more input comes: what is queued is still worked off. `reason` as for stop().
    void endInput(const QString &reason);
    /// From now on no picture is dropped: the last ones of a stream that has ended.
    void keepAllFrames();

    /// The next thing to do; Nothing when `until` came first.
    [[nodiscard]] Item take(std::chrono::steady_clock::time_point until);
    [[nodiscard]] bool isStopped() const; ///< or failed
    /// Waits for stop(), at most that long; not for fail().
    void waitForStop(std::chrono::milliseconds time);
    [[nodiscard]] QString reason() const;
    [[nodiscard]] quint64 droppedFrames() const;

private:
    void end(const QString &reason, bool asked);

    static constexpr std::size_t MaxFrames = 2;
    static constexpr std::size_t MaxLastFrames = 64;

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Json> m_parameters;
    std::deque<media::Frame> m_frames;
    std::deque<trickle::SubscriberEvent> m_raw;
    std::size_t m_maxFrames = MaxFrames;
    quint64 m_dropped = 0;
    bool m_stopped = false;
    bool m_asked = false; ///< it was stop() that stopped it
    bool m_inputEnded = false;
    QString m_reason;
};

} // namespace sluice
