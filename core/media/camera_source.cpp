#include "sluice/media/camera_source.h"

#include "camera_session_p.h"

#include <QtMultimedia/QCameraDevice>
#include <QtMultimedia/QMediaDevices>

#include <chrono>
#include <thread>
#include <utility>

namespace sluice::media {

using namespace std::chrono_literals;

namespace {

/// How long a camera may take to its first picture: slow ones measure the light first.
constexpr auto openingPatience = 4s;
/// No picture for so long means that it stalled.
constexpr auto stallPatience = 2s;
/// A camera that ran for so long may be opened again when it stalls once more.
constexpr auto goodRun = 30s;

std::optional<QCameraDevice> deviceOf(const QByteArray &id)
{
    const QList<QCameraDevice> devices = QMediaDevices::videoInputs();
    for (const QCameraDevice &device : devices) {
        if (device.id() == id)
            return device;
    }
    return std::nullopt;
}

CameraLink::Failure missing(const QByteArray &id)
{
    if (QMediaDevices::videoInputs().isEmpty())
        return {QStringLiteral("There is no camera on this machine."), QStringLiteral("Plug one in, or use the test pattern.")};
    return {QStringLiteral("The camera \"%1\" is not plugged in.").arg(QString::fromUtf8(id)),
        QStringLiteral("Plug it in again or choose another one, or use the test pattern.")};
}

CameraLink::Failure unplugged(const QString &name)
{
    return {QStringLiteral("The camera \"%1\" was unplugged.").arg(name), QStringLiteral("Plug it in again and start, or use the test pattern.")};
}

CameraLink::Failure stalled(const CameraLink &link)
{
    if (!link.hasDelivered()) {
        return {QStringLiteral("The camera \"%1\" gives no pictures, also after it was opened again: another program may be using it.").arg(link.name()),
            QStringLiteral("Close other programs that use it, or use the test pattern.")};
    }
    return {QStringLiteral("The camera \"%1\" stopped giving pictures, and opening it again did not help: it may have been unplugged.").arg(link.name()),
        QStringLiteral("Check its cable and start again, or use the test pattern.")};
}

/// Runs the camera until it fails or is stopped; opens it again when it stalls. It never waits for Qt longer than a session's end takes.
void supervise(const std::stop_token &stop, const std::shared_ptr<CameraLink> &link, const QCameraDevice &device, VideoFormat wanted)
{
    bool again = false;
    for (int number = 1; !stop.stop_requested(); ++number) {
        const SteadyTime opened = steadyNow();
        const CameraSession session(link, number, device, wanted);
        for (;;) {
            const auto last = session.lastPicture();
            const SteadyTime deadline = last ? *last + stallPatience : opened + openingPatience;
            const auto failure = link->waitForFailure(stop, deadline);
            if (stop.stop_requested())
                return;
            if (failure) {
                link->fail(*failure);
                return;
            }
            if (session.lastPicture() == last)
                break;
        }
        if (again && steadyNow() - opened < goodRun) {
            link->fail(stalled(*link));
            return;
        }
        again = true;
        qCWarning(logCamera, "The camera \"%s\" gives no pictures: it is closed and opened again.", qUtf8Printable(link->name()));
    }
}

} // namespace

class CameraSource::Private {
public:
    QByteArray id;
    VideoFormat wanted;
    std::shared_ptr<CameraLink> link;
    std::unique_ptr<QMediaDevices> devices;
    std::jthread supervisor;
};

CameraSource::CameraSource(QByteArray id, VideoFormat wanted)
    : d(std::make_unique<Private>())
{
    d->id = std::move(id);
    d->wanted = wanted;
    d->link = std::make_shared<CameraLink>(wanted);
}

CameraSource::~CameraSource()
{
    stop();
}

void CameraSource::start(SourceOutput output)
{
    // Qt keeps its list of devices on the main thread, so that it is asked here and not on the camera's thread.
    const auto device = deviceOf(d->id);
    d->link->open(std::move(output));
    if (!device) {
        d->link->fail(missing(d->id));
        return;
    }
    d->link->setName(device->description());
    d->devices = std::make_unique<QMediaDevices>();
    QObject::connect(d->devices.get(), &QMediaDevices::videoInputsChanged, d->devices.get(), [link = d->link, id = d->id] {
        if (!deviceOf(id))
            link->report(unplugged(link->name()));
    });
    d->supervisor = std::jthread([link = d->link, camera = *device, wanted = d->wanted](const std::stop_token &stop) { supervise(stop, link, camera, wanted); });
}

void CameraSource::stop()
{
    d->devices.reset();
    d->link->close();
    if (d->supervisor.joinable()) {
        d->supervisor.request_stop();
        d->supervisor.join();
    }
}

void CameraSource::setPaused(bool paused)
{
    d->link->paused = paused;
}

VideoFormat CameraSource::format() const
{
    return d->link->format();
}

QString CameraSource::description() const
{
    return d->link->name();
}

} // namespace sluice::media
