#pragma once

#include "sluice/media/video_source.h"

#include <memory>

namespace sluice::media {

/// A video file in real time, in any format that FFmpeg reads, from a thread of its own.
class FileSource final : public VideoSource {
public:
    struct Options {
        bool loop = true;      ///< begin again at the end; timestamps go on
        bool realTime = true;  ///< false delivers as fast as the file can be decoded
        int maxWidth = 1920;   ///< larger pictures are scaled down, keeping their shape
        int maxHeight = 1080;
    };

    /// Opens the file and looks into it (which reads from disk). InvalidInput when it is not there, is not a video, or has no
    /// decoder. Only local files are opened: a path is never taken as a URL or a playlist of URLs.
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
