#pragma once

#include "sluice/media/stage.h"
#include "sluice/media/video_source.h"

#include <QtCore/QLoggingCategory>
#include <QtMultimedia/QCameraDevice>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>

class QThread;

namespace sluice::media {

Q_DECLARE_LOGGING_CATEGORY(logCamera)

/// What a camera source shares with the threads on which its camera runs. It outlives the source when such a thread had to be given up;
/// nothing of the source's owner is called once close() has returned. Every function from any thread.
class CameraLink {
public:
    struct Failure {
        QString what;
        QString advice;
    };

    explicit CameraLink(VideoFormat wanted);

    void open(SourceOutput output);
    /// Waits for an output function that is running.
    void close();
    /// Id of the active session, whose pictures and failures count; 0 = none.
    void setCurrentSession(int session) { m_session = session; }
    [[nodiscard]] bool isCurrent(int session) const { return m_session == session; }

    /// Hands the picture on, with its times, unless it is paused or the session is not the current one any more.
    void deliver(int session, Frame frame);
    /// Keeps the first failure and wakes waitForFailure().
    void report(Failure failure);
    /// Until a failure was reported, the deadline has come or a stop is requested.
    [[nodiscard]] std::optional<Failure> waitForFailure(const std::stop_token &stop, SteadyTime deadline);
    /// Ends the delivery with this reason.
    void fail(const Failure &failure);

    void setName(const QString &name);
    [[nodiscard]] QString name() const;
    [[nodiscard]] VideoFormat format() const;
    [[nodiscard]] bool hasDelivered() const;

    std::atomic<bool> paused = false;

private:
    std::atomic<int> m_session = 0;

    mutable std::mutex m_outputMutex; ///< held while a function of the output runs
    SourceOutput m_output;
    VideoFormat m_seen;
    qint64 m_lastPts = 0;

    mutable std::mutex m_stateMutex;
    QString m_name = QStringLiteral("camera");
    std::condition_variable_any m_failed;
    std::optional<Failure> m_failure;
};

/// One opening of a camera, on a thread of its own with an event loop.
///
/// Qt's GStreamer plugin can hang while it opens or closes a camera. Then the thread is left to itself with all it holds: should it come
/// back it tidies up and ends, and the end of the process does not wait for it.
class CameraSession {
public:
    CameraSession(std::shared_ptr<CameraLink> link, int number, const QCameraDevice &device, VideoFormat wanted);
    ~CameraSession();
    CameraSession(const CameraSession &) = delete;
    CameraSession &operator=(const CameraSession &) = delete;

    [[nodiscard]] std::optional<SteadyTime> lastPicture() const;

private:
    class Run;
    std::shared_ptr<Run> m_run;
    QThread *m_thread;
};

} // namespace sluice::media
