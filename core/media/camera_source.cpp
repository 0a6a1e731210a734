#include "sluice/media/camera_source.h"

#include <QtCore/QTimer>
#include <QtMultimedia/QCamera>
#include <QtMultimedia/QCameraDevice>
#include <QtMultimedia/QMediaCaptureSession>
#include <QtMultimedia/QMediaDevices>
#include <QtMultimedia/QVideoFrame>
#include <QtMultimedia/QVideoFrameFormat>
#include <QtMultimedia/QVideoSink>

#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstring>
#include <mutex>
#include <optional>
#include <utility>

namespace sluice::media {

using namespace std::chrono_literals;

namespace {

/// No picture for so long means that something is wrong with the camera, whatever its driver says.
constexpr auto patience = 4s;

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

std::optional<QCameraDevice> deviceOf(const QByteArray &id)
{
    const QList<QCameraDevice> devices = QMediaDevices::videoInputs();
    for (const QCameraDevice &device : devices) {
        if (device.id() == id)
            return device;
    }
    return std::nullopt;
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

} // namespace

class CameraSource::Private : public QObject {
public:
    void open();
    void onPicture(const QVideoFrame &picture);
    void watch();
    void fail(const QString &what, const QString &advice);

    QByteArray id;
    VideoFormat wanted;
    QString name = QStringLiteral("camera");
    SourceOutput output;

    std::unique_ptr<QMediaDevices> devices;
    std::unique_ptr<QCamera> camera;
    std::unique_ptr<QMediaCaptureSession> session;
    std::unique_ptr<QVideoSink> sink;
    std::unique_ptr<QTimer> watchdog;
    bool failed = false;

    std::atomic<bool> paused = false;
    std::atomic<qint64> pictures = 0;
    qint64 watchedPictures = 0;

    mutable std::mutex mutex; ///< held while a picture is delivered: stop() waits for it
    bool delivering = false;
    qint64 lastPts = 0;
    VideoFormat seen;
};

void CameraSource::Private::open()
{
    const auto device = deviceOf(id);
    if (!device) {
        const bool none = QMediaDevices::videoInputs().isEmpty();
        fail(none ? QStringLiteral("There is no camera on this machine.") : QStringLiteral("The camera \"%1\" is not plugged in.").arg(QString::fromUtf8(id)),
            none ? QStringLiteral("Plug one in, or use the test pattern.") : QStringLiteral("Plug it in again or choose another one, or use the test pattern."));
        return;
    }
    name = device->description();
    devices = std::make_unique<QMediaDevices>();
    camera = std::make_unique<QCamera>(*device);
    session = std::make_unique<QMediaCaptureSession>();
    sink = std::make_unique<QVideoSink>();
    if (const QCameraFormat format = nearest(*device, wanted); !format.isNull())
        camera->setCameraFormat(format);
    session->setCamera(camera.get());
    session->setVideoSink(sink.get());
    // On the backend's thread: a hop through the event loop would add its delay to every picture.
    QObject::connect(sink.get(), &QVideoSink::videoFrameChanged, this, [this](const QVideoFrame &picture) { onPicture(picture); }, Qt::DirectConnection);
    QObject::connect(camera.get(), &QCamera::errorOccurred, this, [this](QCamera::Error, const QString &reason) {
        fail(QStringLiteral("The camera \"%1\" cannot be used: %2.").arg(name, reason.isEmpty() ? QStringLiteral("it reports an error") : reason),
            QStringLiteral("Close other programs that use it, check that you may use the video devices, or use the test pattern."));
    });
    QObject::connect(devices.get(), &QMediaDevices::videoInputsChanged, this, [this] {
        if (!deviceOf(id))
            fail(QStringLiteral("The camera \"%1\" was unplugged.").arg(name), QStringLiteral("Plug it in again and start, or use the test pattern."));
    });
    watchdog = std::make_unique<QTimer>();
    QObject::connect(watchdog.get(), &QTimer::timeout, this, [this] { watch(); });
    watchdog->start(patience);
    camera->start();
}

void CameraSource::Private::watch()
{
    const qint64 now = pictures;
    if (now == 0) {
        fail(QStringLiteral("The camera \"%1\" gave no picture within %2 seconds: another program may be using it.").arg(name).arg(patience.count()),
            QStringLiteral("Close other programs that use it, or use the test pattern."));
    } else if (now == watchedPictures) {
        fail(QStringLiteral("The camera \"%1\" stopped giving pictures: it may have been unplugged.").arg(name),
            QStringLiteral("Check its cable and start again, or use the test pattern."));
    }
    watchedPictures = now;
}

void CameraSource::Private::onPicture(const QVideoFrame &picture)
{
    if (!picture.isValid())
        return; // the backend empties the sink when it stops
    ++pictures;
    if (paused)
        return;
    const qint64 pts = nowTicks();
    auto frame = frameOf(picture);
    if (!frame) {
        QMetaObject::invokeMethod(this, [this, reason = frame.error().message()] {
            fail(QStringLiteral("The camera \"%1\" cannot be used: %2.").arg(name, reason), QStringLiteral("Choose another format, or use the test pattern."));
        }, Qt::QueuedConnection);
        return;
    }
    if (frame->isNull())
        return;
    const std::lock_guard lock(mutex);
    if (!delivering)
        return;
    seen.width = frame->width();
    seen.height = frame->height();
    frame->stampCaptured();
    frame->setPts(std::max(pts, lastPts + 1));
    lastPts = frame->pts();
    if (output.frame)
        output.frame(std::move(*frame));
}

void CameraSource::Private::fail(const QString &what, const QString &advice)
{
    if (std::exchange(failed, true))
        return;
    {
        const std::lock_guard lock(mutex);
        delivering = false;
    }
    if (watchdog)
        watchdog->stop();
    if (camera) {
        // The camera may be the one who is telling: it is let go of once it has finished.
        QMetaObject::invokeMethod(this, [this] {
            if (camera)
                camera->stop();
        }, Qt::QueuedConnection);
    }
    if (output.failed)
        output.failed(Error(Error::Kind::Config, what).withAdvice(advice).withField(QStringLiteral("source")));
}

CameraSource::CameraSource(QByteArray id, VideoFormat wanted)
    : d(std::make_unique<Private>())
{
    d->id = std::move(id);
    d->wanted = wanted;
    d->seen = wanted;
}

CameraSource::~CameraSource()
{
    stop();
}

void CameraSource::start(SourceOutput output)
{
    d->output = std::move(output);
    {
        const std::lock_guard lock(d->mutex);
        d->delivering = true;
    }
    d->open();
}

void CameraSource::stop()
{
    d->failed = true; // nothing further is told
    {
        const std::lock_guard lock(d->mutex);
        d->delivering = false;
    }
    d->watchdog.reset();
    if (d->sink)
        QObject::disconnect(d->sink.get(), nullptr, d.get(), nullptr);
    if (d->session)
        d->session->setCamera(nullptr); // which stops it
    d->session.reset();
    d->camera.reset();
    d->sink.reset();
    d->devices.reset();
}

void CameraSource::setPaused(bool paused)
{
    d->paused = paused;
}

VideoFormat CameraSource::format() const
{
    const std::lock_guard lock(d->mutex);
    return d->seen;
}

QString CameraSource::description() const
{
    return d->name;
}

} // namespace sluice::media
