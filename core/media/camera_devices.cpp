#include "sluice/media/camera_source.h"

#include <QtMultimedia/QCameraDevice>
#include <QtMultimedia/QMediaDevices>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace sluice::media {

namespace {

/// How far a format is from what live video wants: 640×480 at 30, and rather too many pictures than too few.
auto distance(const VideoFormat &format)
{
    return std::make_tuple(format.framesPerSecond < 24, std::abs(format.width * format.height - 640 * 480), std::abs(format.framesPerSecond - 30));
}

CameraInfo infoOf(const QCameraDevice &device)
{
    CameraInfo info;
    info.id = device.id();
    info.description = device.description();
    info.isDefault = device.isDefault();
    const QList<QCameraFormat> formats = device.videoFormats();
    for (const QCameraFormat &format : formats) {
        const VideoFormat entry{format.resolution().width(), format.resolution().height(), double(format.maxFrameRate())};
        if (!info.formats.contains(entry)) // cameras offer one size in several pixel formats
            info.formats.append(entry);
    }
    std::stable_sort(info.formats.begin(), info.formats.end(), [](const VideoFormat &a, const VideoFormat &b) { return distance(a) < distance(b); });
    return info;
}

} // namespace

QList<CameraInfo> cameras()
{
    QList<CameraInfo> list;
    const QList<QCameraDevice> devices = QMediaDevices::videoInputs();
    for (const QCameraDevice &device : devices)
        list.append(infoOf(device));
    return list;
}

class CameraWatcher::Private {
public:
    QMediaDevices devices;
};

CameraWatcher::CameraWatcher(std::function<void()> changed)
    : d(std::make_unique<Private>())
{
    // Queued: Qt 6.4's GStreamer backend tells of the first cameras while it is being made, and asking for them then deadlocks.
    QObject::connect(&d->devices, &QMediaDevices::videoInputsChanged, &d->devices, std::move(changed), Qt::QueuedConnection);
}

CameraWatcher::~CameraWatcher() = default;

} // namespace sluice::media
