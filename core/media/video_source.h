#pragma once

#include "sluice/base/error.h"
#include "sluice/media/audio_chunk.h"
#include "sluice/media/frame.h"

#include <functional>
#include <optional>

namespace sluice::media {

/// The shape of what a source gives.
struct VideoFormat {
    int width = 640;
    int height = 480;
    double framesPerSecond = 30; ///< nominal; 0 when unknown
    bool operator==(const VideoFormat &) const = default;
};

/// Where a source delivers. Every function may be empty. They are called on a thread that the source chooses (its own, or the one
/// that made it), one at a time, and must not block for long: put the frame into a DropOldestQueue and return.
struct SourceOutput {
    std::function<void(Frame)> frame;      ///< with pts and capture stamps
    std::function<void(AudioChunk)> audio; ///< only from sources with audioFormat()
    /// The source has ended for this reason and gives nothing further (camera missing, busy or unplugged, file unreadable).
    std::function<void(Error)> failed;
    /// The source has come to its end in good order and gives nothing further (end of a file that does not loop).
    std::function<void()> ended;
};

/// Something that gives pictures in real time: a camera, a file, the test pattern.
class VideoSource {
public:
    VideoSource() = default;
    virtual ~VideoSource() = default;
    VideoSource(const VideoSource &) = delete;
    VideoSource &operator=(const VideoSource &) = delete;

    /// Begins to deliver; once. Failures arrive through output.failed, also those of opening.
    virtual void start(SourceOutput output) = 0;
    /// Ends it. No function of the output runs once this has returned. Harmless twice; not from inside an output function.
    virtual void stop() = 0;
    /// While paused nothing is delivered; a file stands still, live sources let time pass. Any thread.
    virtual void setPaused(bool paused) = 0;
    /// Nominal format; for a file known once it was opened, for a camera once it runs.
    [[nodiscard]] virtual VideoFormat format() const = 0;
    /// Set when the source carries sound; known before start().
    [[nodiscard]] virtual std::optional<AudioFormat> audioFormat() const { return std::nullopt; }
    /// What a person calls it: "Test pattern", the camera's name, the file's name.
    [[nodiscard]] virtual QString description() const = 0;
};

} // namespace sluice::media
