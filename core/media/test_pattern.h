#pragma once

#include "sluice/media/video_source.h"

#include <memory>

namespace sluice::media {

/// Frame `number` of the test pattern: frame clock, colour bars, a moving ball, the time as digits ("number / fps" as [h:m]m:ss.ff).
[[nodiscard]] Frame drawTestPattern(const VideoFormat &format, std::uint32_t number);

/// The test pattern in real time, from a thread of its own. Frame n carries clock number n and the wall clock's time as pts.
class TestPatternSource final : public VideoSource {
public:
    explicit TestPatternSource(VideoFormat format = {}, std::optional<AudioFormat> tone = std::nullopt);
    ~TestPatternSource() override;

    void start(SourceOutput output) override;
    void stop() override;
    void setPaused(bool paused) override;
    [[nodiscard]] VideoFormat format() const override;
    /// A quiet 440 Hz tone, if asked for.
    [[nodiscard]] std::optional<AudioFormat> audioFormat() const override;
    [[nodiscard]] QString description() const override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace sluice::media
