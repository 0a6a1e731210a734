#pragma once

#include "sluice/base/error.h"
#include "sluice/backend/app_call.h"
#include "sluice/base/json.h"
#include "sluice/backend/call_payment.h"
#include "sluice/backend/live_channel.h"
#include "sluice/backend/run_result.h"
#include "sluice/gateway/call_handle.h"

#include <QtCore/QFuture>
#include <QtCore/QObject>
#include <QtCore/QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace sluice {

namespace media {
class Frame;
class VideoSource;
struct AudioChunk;
struct LatencySnapshot;
} // namespace media

/// How to publish video.
struct PublishOptions {
    double framesPerSecond = 30;
    std::chrono::milliseconds segmentDuration{1000};
    int bitrateKbps = 0; ///< 0: constant quality
};

/// Numbers of one direction since it began.
struct LiveTraffic {
    qint64 bytes = 0;
    qint64 segments = 0;
    qint64 frames = 0;
    qint64 dropped = 0;      ///< frames or chunks given up on the way
    qint64 queuedBytes = 0;  ///< that wait here: to be sent, or to be decoded
    qint64 failures = 0;     ///< requests that failed, whether or not the data went through afterwards
    double kilobitsPerSecond = 0; ///< over the last second
};

class AppSocket;

/// What a running session measures. A snapshot; cheap.
struct LiveStats {
    LiveTraffic out; ///< from here to the network
    LiveTraffic in;
    std::shared_ptr<const media::LatencySnapshot> latency; ///< null until video flows
    /// What a minute of the job costs at the network's price, in whole wei; absent while the price is unknown.
    std::optional<QString> weiPerMinute;
    /// Seconds of price that are paid for and not used yet, by this program's own count; absent where nothing runs out.
    std::optional<qint64> secondsPaidAhead;
};

/// One open job with its channels: video or raw segments out and in, control, events, data (client-sdk.md 2.2, byoc.md 5).
///
/// Exists before its connection does. Used on its creator's thread; signals come there. Frames come on a decoder's thread.
/// Ending it, however that comes about, ends payments first, then channels, then the job.
class LiveSession : public QObject, public CallHandle {
    Q_OBJECT
public:
    enum class State { Starting, Ready, Closing, Closed, Failed };
    Q_ENUM(State)
    using Channel = LiveChannel;

    /// Ends the session as close() does, without waiting.
    ~LiveSession() override;
    LiveSession(const LiveSession &) = delete;
    LiveSession &operator=(const LiveSession &) = delete;

    [[nodiscard]] State state() const; ///< of the session; outcome() is the call's
    /// Finishes when the job runs, or with the error that ended it before.
    QFuture<void> ready();
    /// Ends payments, then channels, then the job; idempotent. What was received stays available.
    QFuture<void> close();

    /// BYOC: the stream id; live-video-to-video: the manifest id. Empty before Ready.
    [[nodiscard]] QString streamId() const;
    /// What the orchestrator answered to start, as JSON: `{"publish_url": …}`.
    [[nodiscard]] Json raw() const;
    [[nodiscard]] LiveStats stats() const;
    /// Whether the job has it, and where; an empty URL when it has not, or before Ready.
    [[nodiscard]] QUrl channelUrl(Channel channel) const;

    /// Sends the source's pictures (and sound) to the network from the moment that the session is Ready; starts it. Replaces
    /// an earlier source without a new job: the next segment is the new source's. Null stops publishing.
    void publish(std::shared_ptr<media::VideoSource> source, const PublishOptions &options = {});
    /// While paused no picture leaves; channels and payments go on.
    void setPaused(bool paused);
    [[nodiscard]] bool isPaused() const;
    /// What comes back, decoded. Called on the decoder's thread, one at a time; set before Ready to miss nothing. The receiver
    /// calls markShown() when a frame is on the screen, so that latency is measured to there.
    void setFrameHandler(std::function<void(const media::Frame &)> handler);
    void setAudioHandler(std::function<void(const media::AudioChunk &)> handler);
    /// The source's own pictures as they are captured, for a preview. Called on the source's thread.
    void setPreviewHandler(std::function<void(const media::Frame &)> handler);
    void markShown(qint64 pts);

    /// For jobs that are not video: one piece of the current segment; `endSegment` ends it. False when it was dropped (queue
    /// full, session not Ready, or a source is set). Segments that end faster than about eight a second wait for their turn, so that no
    /// reader misses one: put small pieces together.
    bool writeRaw(const QByteArray &bytes, bool endSegment = true);
    /// No input will follow: what was written is sent, then the channel is closed, so that the worker sees its end. Output goes on
    /// until the worker has ended it; then the session closes by itself. Finishes when the channel is closed.
    QFuture<void> endInput();
    /// Bytes of the segments as they come, before any decoding. On the I/O thread; must not block. `segmentEnd` marks the end of one.
    void setRawHandler(std::function<void(const QByteArray &bytes, qint64 seq, bool segmentEnd)> handler);

    /// Changes parameters while it runs (BYOC: `/ai/stream/update`; live-video-to-video: the control channel). Finishes when the
    /// orchestrator took it. Only changed keys need to be given.
    QFuture<void> update(const Json &parameters);
    /// Sends a record down the control channel as it is. NotRouted when the job has none.
    QFuture<void> control(const Json &record);

    /// Writes what is sent (`Publish`) or received (`Subscribe`) to an MPEG-TS file from the next segment on, until stopped or
    /// closed. An empty name stops. Finishes when the file is open, or closed.
    QFuture<void> record(Channel channel, const QString &fileName);

    /// Where the app of a session lies; empty where there is none, or before Ready.
    [[nodiscard]] QUrl appUrl() const;
    /// Calls the app, as often as one likes: it costs nothing besides the session. Any status is an answer; `piece`, when given, gets the bytes of
    /// a good one as they come. Fails with InvalidInput for a path that reaches no app, Network, Timeout, TooLarge; where the answer says that the session
    /// is over, that ends it besides. Cancelling it closes the connection.
    QFuture<AppReply> request(const AppCall &call, std::function<void(const QByteArray &bytes)> piece = {});
    /// A websocket to the app; opens at once. The caller owns it; it goes with the session.
    [[nodiscard]] std::unique_ptr<AppSocket> openSocket(const QString &path);

    /// Private to the library: what the session shares with the coroutines that run it.
    class Private;

Q_SIGNALS:
    void stateChanged(sluice::LiveSession::State state);
    /// One record of the events channel; heartbeats too.
    void event(const sluice::Json &event);
    /// One record of the data channel.
    void data(const sluice::Json &record);
    /// A problem that does not end the session: a gap, a retry, a segment given up. A sentence for the log.
    void warning(const QString &sentence);
    /// What comes back is MPEG-TS without a picture that can be shown, two seconds after it began to come or at its end. The session
    /// goes on, and it costs. What is no MPEG-TS at all ends it: then this is not emitted unless it ended sooner.
    void outputProblem(const sluice::Error &error);
    /// The source gives nothing any more, e.g. a camera that was unplugged; publish() another one. The session goes on.
    void sourceFailed(const sluice::Error &error);
    /// The source came to its end in good order, e.g. that of a file.
    void sourceEnded();
    /// A channel that is read from came to its end: Subscribe, Events or Data.
    void channelEnded(sluice::LiveSession::Channel channel);
    void paymentChanged(const sluice::Payment &payment);
    /// Emitted once, after stateChanged(Failed), when it ended otherwise than by close(); says why.
    void failed(const sluice::Error &error);

private:
    friend class Gateway;
    explicit LiveSession(std::shared_ptr<Private> d);
    std::shared_ptr<Private> d;
};

} // namespace sluice
