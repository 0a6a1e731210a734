#pragma once

#include "sluice/media/video_source.h"

#include <QtCore/QByteArray>
#include <QtCore/QObject>
#include <QtCore/QPointer>

#include <functional>
#include <memory>

class QSettings;

namespace sluice::ui {

/// What a person chose to send.
struct LiveSource {
    enum class Kind { TestPattern, Camera, File };
    Kind kind = Kind::TestPattern;
    QByteArray cameraId;
    QString name;  ///< of the camera, for when it is not there
    QString path;  ///< of the file
    media::VideoFormat format;

    bool operator==(const LiveSource &other) const
    {
        return kind == other.kind && cameraId == other.cameraId && path == other.path && format == other.format;
    }
    [[nodiscard]] static LiveSource testPattern(const media::VideoFormat &format = {});

    void save(QSettings &settings) const;
    [[nodiscard]] static LiveSource load(const QSettings &settings);
};

/// "640 × 480, 30/s".
[[nodiscard]] QString formatText(const media::VideoFormat &format);
/// What is offered where the source does not say what it has.
[[nodiscard]] QList<media::VideoFormat> usualFormats();

/// Opens the source that was chosen, and hands it over (or why not) to `done` in the thread of `context` while that lives. A file is
/// looked into on another thread. What happens to the source later, its own `failed` and `ended`, is told to `trouble` as well.
void openSource(const LiveSource &wanted, QObject *context, std::function<void(std::shared_ptr<media::VideoSource>)> done,
    std::function<void(const Error &)> trouble);

} // namespace sluice::ui
