#include "camera_session_p.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QEventLoop>
#include <QtCore/QThread>
#include <QtCore/QTimer>
#include <QtMultimedia/QCamera>
#include <QtMultimedia/QMediaCaptureSession>
#include <QtMultimedia/QVideoFrame>
#include <QtMultimedia/QVideoFrameFormat>
#include <QtMultimedia/QVideoSink>

#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <utility>
#include <vector>

namespace sluice::media {

using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(logCamera, "sluice.camera", QtInfoMsg)

namespace {

/// How long closing a camera may take.
constexpr auto closingPatience = 1600ms;
/// How long a camera that is closed before its first picture may take to come to it: PipeWire was seen to crash when it is closed
/// while it agrees on its format, on a machine too busy for a shorter time.
constexpr auto settlingPatience = 700ms;

std::optional<PixelFormat> pixelFormat(QVideoFrameFormat::PixelFormat format)
{
    switch (format) {
    case QVideoFrameFormat::Format_YUV420P:
    case QVideoFrameFormat::Format_YV12: return PixelFormat::Yuv420p;
    case QVideoFrameFormat::Format_YUV422P: return PixelFormat::Yuv422p;
    case QVideoFrameFormat::Format_NV12: return PixelFormat::Nv12;
    case QVideoFrameFormat::Format_NV21: return PixelFormat::Nv21;
    case QVideoFrameFormat::Format_YUYV: return PixelFormat::Yuyv;
    case QVideoFrameFormat::Format_UYVY: return PixelFormat::Uyvy;
    case QVideoFrameFormat::Format_RGBA8888:
    case QVideoFrameFormat::Format_RGBX8888: return PixelFormat::Rgba32;
    case QVideoFrameFormat::Format_BGRA8888:
    case QVideoFrameFormat::Format_BGRA8888_Premultiplied:
    case QVideoFrameFormat::Format_BGRX8888: return PixelFormat::Bgra32;
    case QVideoFrameFormat::Format_ARGB8888:
    case QVideoFrameFormat::Format_ARGB8888_Premultiplied:
    case QVideoFrameFormat::Format_XRGB8888: return PixelFormat::Argb32;
    case QVideoFrameFormat::Format_ABGR8888:
    case QVideoFrameFormat::Format_XBGR8888: return PixelFormat::Abgr32;
    case QVideoFrameFormat::Format_Y8: return PixelFormat::Gray8;
    default: return std::nullopt;
    }
}

/// Copies `size` bytes that may not be there: GStreamer's buffers from PipeWire sometimes lose their mapping while Qt 6.4 still
/// shows them as mapped (when a stream starts or its camera is unplugged). The kernel says so where a plain read would end the program.
bool copyGuarded(char *target, const std::uint8_t *source, qsizetype size)
{
    const iovec to{target, std::size_t(size)};
    const iovec from{const_cast<std::uint8_t *>(source), std::size_t(size)};
    const ssize_t copied = ::process_vm_readv(::getpid(), &to, 1, &from, 1, 0);
    if (copied < 0 && (errno == ENOSYS || errno == EPERM)) { // a sandbox that forbids the call
        std::memcpy(target, source, std::size_t(size));
        return true;
    }
    return copied == size;
}

/// Copies the picture out of the backend's memory; a null frame when it vanished meanwhile.
Expected<Frame> frameOf(QVideoFrame picture)
{
    const QVideoFrameFormat::PixelFormat layout = picture.pixelFormat();
    const auto format = pixelFormat(layout);
    if (!format) {
        return unexpected(Error(Error::Kind::Config, QStringLiteral("it gives pictures in the format %1, which is not understood here")
                                                         .arg(QVideoFrameFormat::pixelFormatToString(layout))));
    }
    if (!picture.map(QVideoFrame::ReadOnly))
        return unexpected(Error(Error::Kind::Config, QStringLiteral("its pictures cannot be read from memory")));
    // Copied before it is converted: the scaler reads a little past the end of its input, which here may be the end of a mapping.
    constexpr qsizetype readPast = 64;
    PixelPlanes planes;
    std::array<QByteArray, 4> copies;
    for (std::size_t i = 0; i < std::min<std::size_t>(std::size_t(picture.planeCount()), copies.size()); ++i) {
        const int bytes = picture.mappedBytes(int(i));
        copies[i].resize(bytes + readPast);
        if (!copyGuarded(copies[i].data(), picture.bits(int(i)), bytes)) {
            picture.unmap();
            return Frame();
        }
        planes.data[i] = reinterpret_cast<const std::uint8_t *>(copies[i].constData());
        planes.stride[i] = picture.bytesPerLine(int(i));
    }
    picture.unmap();
    if (layout == QVideoFrameFormat::Format_YV12) {
        std::swap(planes.data[1], planes.data[2]);
        std::swap(planes.stride[1], planes.stride[2]);
    }
    return Frame::fromPixels(*format, picture.width(), picture.height(), planes);
}

/// The camera's format that comes nearest to the wanted one; size counts before rate.
QCameraFormat nearest(const QCameraDevice &device, const VideoFormat &wanted)
{
    QCameraFormat best;
    double bestDistance = 0;
    const QList<QCameraFormat> formats = device.videoFormats();
    for (const QCameraFormat &format : formats) {
        const double size = std::abs(format.resolution().width() - wanted.width) + std::abs(format.resolution().height() - wanted.height);
        const double rate = std::abs(std::clamp(wanted.framesPerSecond, double(format.minFrameRate()), double(format.maxFrameRate())) - wanted.framesPerSecond);
        const bool readable = pixelFormat(format.pixelFormat()).has_value();
        const double distance = size * 10 + rate + (readable ? 0 : 1); // compressed formats cost the backend a decoder
        if (best.isNull() || distance < bestDistance) {
            best = format;
            bestDistance = distance;
        }
    }
    return best;
}

/// Threads that hang inside Qt.
std::atomic<int> threadsGivenUp = 0;

/// Keeps the object of a thread that was given up, and takes down those of threads that ended after all.
void keepGivenUp(QThread *thread)
{
    static std::mutex mutex;
    static auto *const kept = new std::vector<QThread *>; // outlives the threads, whenever they end
    const std::lock_guard lock(mutex);
    std::erase_if(*kept, [](QThread *one) {
        const bool over = one->wait(QDeadlineTimer(0));
        if (over)
            delete one;
        return over;
    });
    kept->push_back(thread);
}

/// Ends the process at once when a thread still hangs inside Qt: GStreamer and PipeWire tidy up at exit, and would wait for the locks
/// that such a thread holds.
void exitWithoutHungThreads(int status, void *)
{
    if (threadsGivenUp == 0)
        return;
    std::fflush(nullptr);
    ::_exit(status);
}

} // namespace

CameraLink::CameraLink(VideoFormat wanted)
    : m_seen(wanted)
{
}

void CameraLink::open(SourceOutput output)
{
    const std::lock_guard lock(m_outputMutex);
    m_output = std::move(output);
}

void CameraLink::close()
{
    m_session = 0;
    const std::lock_guard lock(m_outputMutex);
    m_output = {};
}

void CameraLink::deliver(int session, Frame frame)
{
    const qint64 pts = nowTicks();
    const std::lock_guard lock(m_outputMutex);
    if (!isCurrent(session) || paused)
        return;
    m_seen.width = frame.width();
    m_seen.height = frame.height();
    frame.stampCaptured();
    frame.setPts(std::max(pts, m_lastPts + 1));
    m_lastPts = frame.pts();
    if (m_output.frame)
        m_output.frame(std::move(frame));
}

void CameraLink::report(Failure failure)
{
    const std::lock_guard lock(m_stateMutex);
    if (!m_failure)
        m_failure = std::move(failure);
    m_failed.notify_all();
}

std::optional<CameraLink::Failure> CameraLink::waitForFailure(const std::stop_token &stop, SteadyTime deadline)
{
    std::unique_lock lock(m_stateMutex);
    m_failed.wait_until(lock, stop, deadline, [this] { return m_failure.has_value(); });
    return m_failure;
}

void CameraLink::fail(const Failure &failure)
{
    m_session = 0;
    const std::lock_guard lock(m_outputMutex);
    if (const auto failed = std::exchange(m_output, {}).failed)
        failed(Error(Error::Kind::Config, failure.what).withAdvice(failure.advice).withField(QStringLiteral("source")));
}

void CameraLink::setName(const QString &name)
{
    const std::lock_guard lock(m_stateMutex);
    m_name = name;
}

QString CameraLink::name() const
{
    const std::lock_guard lock(m_stateMutex);
    return m_name;
}

VideoFormat CameraLink::format() const
{
    const std::lock_guard lock(m_outputMutex);
    return m_seen;
}

bool CameraLink::hasDelivered() const
{
    const std::lock_guard lock(m_outputMutex);
    return m_lastPts > 0;
}

/// What the thread of one opening works with; it belongs to the thread once the session has gone.
class CameraSession::Run {
public:
    enum class Phase { Running, Finished, GivenUp };

    void run();
    void onPicture(const QVideoFrame &picture);
    void settle() const;
    void unusable(const QString &reason, const QString &advice) const;

    std::shared_ptr<CameraLink> link;
    int number = 0;
    QCameraDevice device;
    VideoFormat wanted;
    std::atomic<SteadyTime::rep> lastPicture = 0; ///< 0 before the first
    std::atomic<Phase> phase = Phase::Running;
    bool shown = false; ///< at least one picture came, in any session
};

void CameraSession::Run::run()
{
    QVideoSink sink;
    QCamera camera(device);
    QMediaCaptureSession capture;
    if (const QCameraFormat format = nearest(device, wanted); !format.isNull())
        camera.setCameraFormat(format);
    QObject::connect(&sink, &QVideoSink::videoFrameChanged, &sink, [this](const QVideoFrame &picture) { onPicture(picture); }, Qt::DirectConnection);
    QObject::connect(&camera, &QCamera::errorOccurred, &sink, [this](QCamera::Error, const QString &reason) {
        unusable(reason.isEmpty() ? QStringLiteral("it reports an error") : reason,
            QStringLiteral("Close other programs that use it, check that you may use the video devices, or use the test pattern."));
    });
    // The sink first: Qt 6.4 starts the pipeline with the camera, and one that is given its sink while it starts is now and then left
    // half paused, shows its first picture for ever and cannot be closed.
    capture.setVideoSink(&sink);
    capture.setCamera(&camera);
    camera.start();
    QEventLoop().exec(); // ends at once when the thread was told to quit meanwhile
    settle();
    QObject::disconnect(&sink, nullptr, &sink, nullptr);
    capture.setCamera(nullptr); // which stops it
}

void CameraSession::Run::onPicture(const QVideoFrame &picture)
{
    if (!picture.isValid())
        return; // the backend empties the sink when it stops
    shown = true;
    if (!link->isCurrent(number))
        return;
    lastPicture = steadyNow().time_since_epoch().count();
    if (link->paused)
        return;
    auto frame = frameOf(picture);
    if (!frame)
        unusable(frame.error().message(), QStringLiteral("Choose another format, or use the test pattern."));
    else if (!frame->isNull())
        link->deliver(number, std::move(*frame));
}

/// Lets the pipeline come to its first picture: Qt 6.4 spends a whole second on closing one that is still agreeing on its format, since
/// that needs this thread.
void CameraSession::Run::settle() const
{
    QTimer patience;
    patience.setSingleShot(true);
    patience.start(settlingPatience);
    while (!shown && patience.isActive())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

void CameraSession::Run::unusable(const QString &reason, const QString &advice) const
{
    if (link->isCurrent(number))
        link->report({QStringLiteral("The camera \"%1\" cannot be used: %2.").arg(link->name(), reason), advice});
}

CameraSession::CameraSession(std::shared_ptr<CameraLink> link, int number, const QCameraDevice &device, VideoFormat wanted)
    : m_run(std::make_shared<Run>())
{
    m_run->link = std::move(link);
    m_run->number = number;
    m_run->device = device;
    m_run->wanted = wanted;
    m_run->link->setCurrentSession(number);
    m_thread = QThread::create([run = m_run]() mutable {
        const std::shared_ptr<Run> own = std::move(run); // released at the end even if the thread object is never deleted
        own->run();
        if (own->phase.exchange(Run::Phase::Finished) == Run::Phase::GivenUp) {
            --threadsGivenUp;
            qCInfo(logCamera, "The camera \"%s\" has closed after all.", qUtf8Printable(own->link->name()));
        }
    });
    m_thread->setObjectName(QStringLiteral("camera"));
    m_thread->start();
}

CameraSession::~CameraSession()
{
    m_run->link->setCurrentSession(0);
    m_thread->quit();
    if (m_thread->wait(QDeadlineTimer(closingPatience))) {
        delete m_thread;
        return;
    }
    static std::once_flag once;
    std::call_once(once, [] { ::on_exit(exitWithoutHungThreads, nullptr); });
    ++threadsGivenUp;
    if (m_run->phase.exchange(Run::Phase::GivenUp) == Run::Phase::Finished)
        --threadsGivenUp; // it came to its end just now; what is left of it is the thread object
    else
        qCWarning(logCamera, "Qt does not come back from closing the camera \"%s\": its thread is left to itself.", qUtf8Printable(m_run->link->name()));
    keepGivenUp(m_thread);
}

std::optional<SteadyTime> CameraSession::lastPicture() const
{
    const SteadyTime::rep at = m_run->lastPicture;
    return at == 0 ? std::nullopt : std::optional(SteadyTime(SteadyTime::duration(at)));
}

} // namespace sluice::media
