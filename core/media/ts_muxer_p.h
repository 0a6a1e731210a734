#pragma once

#include "sluice/base/expected.h"

#include "libav_p.h"

#include <QtCore/QByteArray>

#include <memory>

namespace sluice::media {

/// FFmpeg's MPEG-TS muxer into memory, set to hold nothing back: one packet in, its transport packets out.
class TsMuxer final {
public:
    /// `audio` may be null. Packets come in 90 kHz.
    [[nodiscard]] static Expected<std::unique_ptr<TsMuxer>> create(const AVCodecContext &video, const AVCodecContext *audio, bool openPesLength);
    ~TsMuxer();
    TsMuxer(const TsMuxer &) = delete;
    TsMuxer &operator=(const TsMuxer &) = delete;

    /// `startsSegment`: SDT, PAT and PMT come first.
    [[nodiscard]] Expected<QByteArray> writeVideo(AVPacket &packet, bool startsSegment);
    [[nodiscard]] Expected<QByteArray> writeSound(AVPacket &packet);

private:
    TsMuxer() = default;
    [[nodiscard]] Expected<QByteArray> write(AVPacket &packet, int stream);

    AVFormatContext *m_context = nullptr;
    AVIOContext *m_io = nullptr;
    QByteArray m_bytes; ///< written by the muxer, not taken yet
};

} // namespace sluice::media
