#include "ts_muxer_p.h"

#include "sluice/media/frame.h"

extern "C" {
#include <libavutil/opt.h>
}

namespace sluice::media {

namespace {

constexpr int ioBufferBytes = 64 << 10;

int appendBytes(void *target, std::uint8_t *bytes, int size)
{
    static_cast<QByteArray *>(target)->append(reinterpret_cast<const char *>(bytes), size);
    return size;
}

int addStream(AVFormatContext *context, const AVCodecContext &codec)
{
    AVStream *stream = avformat_new_stream(context, nullptr);
    if (!stream)
        return AVERROR(ENOMEM);
    stream->time_base = {1, int(ticksPerSecond)};
    return avcodec_parameters_from_context(stream->codecpar, &codec);
}

} // namespace

Expected<std::unique_ptr<TsMuxer>> TsMuxer::create(const AVCodecContext &video, const AVCodecContext *audio, bool openPesLength)
{
    std::unique_ptr<TsMuxer> muxer(new TsMuxer);
    const auto failed = [](int code) { return unexpected(libavError(Error::Kind::Internal, QStringLiteral("MPEG-TS cannot be written"), code)); };
    if (const int result = avformat_alloc_output_context2(&muxer->m_context, nullptr, "mpegts", nullptr); result < 0)
        return failed(result);
    auto *buffer = static_cast<std::uint8_t *>(av_malloc(ioBufferBytes));
    muxer->m_io = avio_alloc_context(buffer, ioBufferBytes, 1, &muxer->m_bytes, nullptr, appendBytes, nullptr);
    if (!muxer->m_io)
        return failed(AVERROR(ENOMEM));
    AVFormatContext *context = muxer->m_context;
    context->pb = muxer->m_io;
    context->max_delay = 0;
    context->flags |= AVFMT_FLAG_FLUSH_PACKETS | AVFMT_FLAG_CUSTOM_IO;
    context->avoid_negative_ts = AVFMT_AVOID_NEG_TS_DISABLED;
    if (const int result = addStream(context, video); result < 0)
        return failed(result);
    if (audio) {
        if (const int result = addStream(context, *audio); result < 0)
            return failed(result);
    }
    // A known PES length lets a reader have the frame when its last byte is there, not when the next frame begins.
    av_opt_set_int(context->priv_data, "omit_video_pes_length", openPesLength ? 1 : 0, 0);
    av_opt_set_int(context->priv_data, "pes_payload_size", 0, 0); // sound is not collected either
    if (const int result = avformat_write_header(context, nullptr); result < 0)
        return failed(result);
    avio_flush(muxer->m_io);
    return muxer;
}

TsMuxer::~TsMuxer()
{
    if (m_context && m_io)
        av_write_trailer(m_context);
    avformat_free_context(m_context);
    if (m_io) {
        av_freep(&m_io->buffer);
        avio_context_free(&m_io);
    }
}

Expected<QByteArray> TsMuxer::writeVideo(AVPacket &packet, bool startsSegment)
{
    if (startsSegment)
        av_opt_set(m_context->priv_data, "mpegts_flags", "+resend_headers", 0);
    return write(packet, 0);
}

Expected<QByteArray> TsMuxer::writeSound(AVPacket &packet)
{
    return write(packet, 1);
}

Expected<QByteArray> TsMuxer::write(AVPacket &packet, int stream)
{
    packet.stream_index = stream;
    packet.time_base = {1, int(ticksPerSecond)};
    int result = av_write_frame(m_context, &packet);
    if (result >= 0)
        result = av_write_frame(m_context, nullptr); // what it collects across packets
    if (result < 0)
        return unexpected(libavError(Error::Kind::Internal, QStringLiteral("MPEG-TS cannot be written"), result));
    avio_flush(m_io);
    return std::exchange(m_bytes, {});
}

} // namespace sluice::media
