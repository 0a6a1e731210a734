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
/// Made, started and stopped on the main thread, whose event loop tells of unplugging. The camera itself runs on a thread of its own,
/// where the frames arrive, so that a busy window delays none; failed() is called on another one, or within start() when there is no
/// such camera. A camera that gives no pictures for a while (2 s, or 4 s to the first one) is opened once more before it counts as
/// failed. A camera that is missing, busy, forbidden or unplugged while it runs fails with a sentence that says so.
///
/// stop() and the destructor return within about a second, whatever Qt does: a thread that hangs inside Qt is left to itself.
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
