#pragma once

#include "sluice/base/expected.h"
#include "sluice/media/audio_chunk.h"
#include "sluice/media/frame.h"
#include "sluice/media/video_source.h"

#include "libav_p.h"
#include "picture_fitter_p.h"
#include "rate_limit_p.h"
#include "time_line_p.h"

#include <memory>
#include <optional>
#include <vector>

namespace sluice::media {

/// Reads and decodes a local video or picture file, packet by packet. For one thread.
///
/// Pictures come upright, with square pixels, all of one size; times never go back and have no jumps.
class FileReader final {
public:
    struct Options {
        int maxLong = 1920;             ///< bounds of a picture's longer and shorter side
        int maxShort = 1080;
        double maxFramesPerSecond = 60; ///< pictures that come faster are thinned; 0: never
    };
    /// A picture or some sound.
    struct Item {
        std::optional<Frame> frame;
        std::optional<AudioChunk> sound;
        qint64 duration = 0; ///< 90 kHz
    };

    /// Decodes up to the first picture: what has none is no source.
    [[nodiscard]] static Expected<std::unique_ptr<FileReader>> open(const QString &path, const Options &options);
    ~FileReader();
    FileReader(const FileReader &) = delete;
    FileReader &operator=(const FileReader &) = delete;

    /// What comes next, at least one item; none at the end of the file.
    [[nodiscard]] Expected<std::vector<Item>> next();
    /// Pts of what comes first, picture or sound: some formats count from the picture that is decoded first.
    [[nodiscard]] qint64 begin() const { return m_begin; }
    /// The file was read to its end; what next() still gives is known.
    [[nodiscard]] bool isDrained() const { return m_drained; }
    /// One picture and no sound.
    [[nodiscard]] bool isStill() const { return m_still; }

    [[nodiscard]] VideoFormat videoFormat() const;
    [[nodiscard]] std::optional<AudioFormat> audioFormat() const { return m_audioFormat; }

private:
    explicit FileReader(const Options &options);
    [[nodiscard]] Expected<void> openStreams();
    [[nodiscard]] int videoStream() const;
    [[nodiscard]] Expected<CodecPtr> openCodec(int stream) const;
    [[nodiscard]] Expected<void> lookAhead();
    [[nodiscard]] Expected<std::vector<Item>> read();
    void place(AVPacket &packet);
    void decode(AVCodecContext &codec, const AVPacket *packet, std::vector<Item> &items);
    void takePicture(std::vector<Item> &items);
    void takeSound(std::vector<Item> &items);
    [[nodiscard]] PictureDisplay displayOf(AVFrame &picture) const;
    /// Nominal length of a picture, 90 kHz.
    [[nodiscard]] qint64 frameTicks() const;

    QString m_name;
    AVFormatContext *m_input = nullptr;
    int m_videoStream = -1;
    int m_audioStream = -1;
    CodecPtr m_video;
    CodecPtr m_audio;
    ResamplerPtr m_resampler;
    FramePtr m_scratch;
    double m_framesPerSecond = 0;
    std::optional<AudioFormat> m_audioFormat;
    TimeLine m_line;
    RateLimit m_limit;
    PictureFitter m_fitter;
    std::vector<Item> m_ahead; ///< read when the file was opened
    qint64 m_begin = 0;
    std::optional<qint64> m_lastPicture;
    qint64 m_nextSound = 0;
    bool m_drained = false;
    bool m_still = false;
};

} // namespace sluice::media
