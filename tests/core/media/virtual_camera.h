#pragma once

#include "sluice/media/test_pattern.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QProcess>
#include <QtCore/QString>
#include <QtCore/QTemporaryDir>

#include <memory>

/// A camera without hardware: a private D-Bus session with PipeWire, in which a GStreamer pipeline offers the test pattern, frame clock
/// included, as a video source. To the program under test it is a camera like any other.
///
/// Make it before the first use of Qt Multimedia: it sets this process's environment (runtime folder, bus, multimedia backend).
class VirtualCamera {
public:
    VirtualCamera();
    ~VirtualCamera();
    VirtualCamera(const VirtualCamera &) = delete;
    VirtualCamera &operator=(const VirtualCamera &) = delete;

    /// Starts everything; the reason why it could not, or an empty text.
    [[nodiscard]] QString start(const QString &description, sluice::media::VideoFormat format = {});
    /// Pulls its plug: the camera vanishes while the session stays.
    void unplug();
    /// Stops the camera's process, or lets it go on: meanwhile it stays listed and gives nothing.
    void setFrozen(bool frozen);
    /// The same with PipeWire itself: nothing that asks it for something comes back.
    void setSessionFrozen(bool frozen);
    /// When frame `number` was handed to the camera.
    [[nodiscard]] std::optional<sluice::media::SteadyTime> shownAt(std::uint32_t number) const;

private:
    class Feed;
    [[nodiscard]] QString startSession();
    [[nodiscard]] bool run(QProcess &process, const QString &program, const QStringList &arguments);

    QTemporaryDir m_folder;
    QProcess m_bus;
    QProcess m_pipewire;
    QProcess m_wireplumber;
    QProcess m_gstreamer;
    std::unique_ptr<Feed> m_feed;
};
