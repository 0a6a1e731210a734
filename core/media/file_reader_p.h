#pragma once

#include "sluice/base/expected.h"
#include "sluice/media/audio_chunk.h"
#include "sluice/media/frame.h"
#include "sluice/media/video_source.h"

#include "libav_p.h"

#include <memory>
#include <optional>
#include <vector>

namespace sluice::media {

/// Reads and decodes a local video file, packet by packet. For one thread.
class FileReader final {
public:
    /// A picture or some sound, with pts from the start of the file on.
    struct Item {
        std::optional<Frame> frame;
        std::optional<AudioChunk> sound;
    };

    [[nodiscard]] static Expected<std::unique_ptr<FileReader>> open(const QString &path, int maxWidth, int maxHeight);
    ~FileReader();
    FileReader(const FileReader &) = delete;
    FileReader &operator=(const FileReader &) = delete;

    /// What comes next, at least one item; none at the end of the file.
    [[nodiscard]] Expected<std::vector<Item>> next();
    [[nodiscard]] Expected<void> rewind();

    [[nodiscard]] VideoFormat videoFormat() const { return m_format; }
    [[nodiscard]] std::optional<AudioFormat> audioFormat() const { return m_audioFormat; }
    /// Nominal length of a picture, 90 kHz.
    [[nodiscard]] qint64 frameTicks() const;

private:
    FileReader() = default;
    [[nodiscard]] Expected<void> openStreams();
    [[nodiscard]] Expected<CodecPtr> openCodec(int stream) const;
    void chooseFormat(int maxWidth, int maxHeight);
    void decode(AVCodecContext &codec, const AVPacket *packet, std::vector<Item> &items);
    void takePicture(std::vector<Item> &items);
    void takeSound(std::vector<Item> &items);
    [[nodiscard]] std::optional<qint64> ticks(const AVFrame &frame, int stream) const;

    QString m_name;
    AVFormatContext *m_input = nullptr;
    int m_videoStream = -1;
    int m_audioStream = -1;
    CodecPtr m_video;
    CodecPtr m_audio;
    ResamplerPtr m_resampler;
    FramePtr m_scratch;
    VideoFormat m_format;
    std::optional<AudioFormat> m_audioFormat;
    qint64 m_lastPicture = -1;
    qint64 m_nextSound = 0;
    bool m_drained = false;
};

} // namespace sluice::media
