#pragma once

#include "sluice/media/video_source.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>

#include <functional>
#include <memory>

namespace sluice::media {

/// A camera of this machine and the formats it offers, best match for live video first.
struct CameraInfo {
    QByteArray id;       ///< stable while it stays plugged in; what CameraSource takes
    QString description; ///< for a person
    bool isDefault = false;
    QList<VideoFormat> formats;
};

/// The cameras that are plugged in now. Needs a QCoreApplication; call on its thread.
[[nodiscard]] QList<CameraInfo> cameras();

/// A camera, through Qt Multimedia. Link Sluice::media_camera for it.
///
/// Made, started and stopped on a thread with a Qt event loop, which is where failed() is called. Frames arrive on the thread that the
/// multimedia backend delivers on: with GStreamer and Qt 6.4 that same one, so keep its event loop free. A camera that is missing,
/// busy, forbidden or unplugged while it runs fails with a sentence that says so.
class CameraSource final : public VideoSource {
public:
    /// `wanted`: the nearest format that the camera has is taken.
    explicit CameraSource(QByteArray id, VideoFormat wanted = {});
    ~CameraSource() override;

    void start(SourceOutput output) override;
    void stop() override;
    void setPaused(bool paused) override;
    [[nodiscard]] VideoFormat format() const override;
    [[nodiscard]] QString description() const override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// Calls `changed` on this thread whenever a camera was plugged in or out, as long as the handle lives.
class CameraWatcher final {
public:
    explicit CameraWatcher(std::function<void()> changed);
    ~CameraWatcher();
    CameraWatcher(const CameraWatcher &) = delete;
    CameraWatcher &operator=(const CameraWatcher &) = delete;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace sluice::media
