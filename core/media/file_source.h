#pragma once

#include "sluice/media/video_source.h"

#include <memory>

namespace sluice::media {

/// A video file in real time, in any format that FFmpeg reads, from a thread of its own.
///
/// Its pictures come as a player shows them: upright and with square pixels. A single picture without sound stands in for a camera: it
/// is given out again and again, until stop().
class FileSource final : public VideoSource {
public:
    struct Options {
        bool loop = true;      ///< begin again at the end, as long as it is a file and no pipe; timestamps go on
        bool realTime = true;  ///< false delivers as fast as the file can be decoded
        int maxWidth = 1920;   ///< larger pictures are scaled down, keeping their shape; for upright ones the bounds change places
        int maxHeight = 1080;
        double maxFramesPerSecond = 60; ///< pictures that come faster are thinned to this; 0: never
        double stillFramesPerSecond = 30; ///< how often a single picture is given out
    };

    /// Opens the file and looks into it (which reads from disk). InvalidInput when it is not there, holds no picture
    /// that can be decoded. Only local files are opened: a path is never taken as a URL or a playlist of URLs.
    [[nodiscard]] static Expected<std::unique_ptr<FileSource>> open(const QString &path, Options options);
    [[nodiscard]] static Expected<std::unique_ptr<FileSource>> open(const QString &path);
    ~FileSource() override;

    void start(SourceOutput output) override;
    void stop() override;
    void setPaused(bool paused) override;
    [[nodiscard]] VideoFormat format() const override;
    [[nodiscard]] std::optional<AudioFormat> audioFormat() const override;
    [[nodiscard]] QString description() const override;

private:
    class Private;
    explicit FileSource(std::unique_ptr<Private> parts);
    std::unique_ptr<Private> d;
};

} // namespace sluice::media
