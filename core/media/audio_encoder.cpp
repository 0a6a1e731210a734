#include "audio_encoder_p.h"

#include "sluice/media/frame.h"

extern "C" {
#include <libavutil/audio_fifo.h>
#include <libavutil/opt.h>
}

#include <cstdlib>

namespace sluice::media {

namespace {

constexpr int encodedRate = 48'000;
constexpr qint64 maxDrift = ticksPerSecond / 10;

Error soundError(int code)
{
    return libavError(Error::Kind::Internal, QStringLiteral("The sound could not be encoded"), code);
}

} // namespace

Expected<std::unique_ptr<AudioEncoder>> AudioEncoder::create(AudioFormat format)
{
    if (format.channels < 1 || format.channels > 2 || format.sampleRate < 8000 || format.sampleRate > 192'000) {
        return unexpected(Error(Error::Kind::InvalidInput,
            QStringLiteral("Sound of %1 channels at %2 Hz cannot be sent: one or two channels at 8000 to 192000 Hz can.")
                .arg(format.channels).arg(format.sampleRate)));
    }
    const AVCodec *codec = avcodec_find_encoder_by_name("libopus");
    const bool isOpus = codec != nullptr;
    if (!codec)
        codec = avcodec_find_encoder(AV_CODEC_ID_AAC);
    if (!codec)
        return unexpected(Error(Error::Kind::Config, QStringLiteral("This FFmpeg can encode neither Opus nor AAC.")));
    std::unique_ptr<AudioEncoder> encoder(new AudioEncoder);
    encoder->m_codec.reset(avcodec_alloc_context3(codec));
    AVCodecContext *context = encoder->m_codec.get();
    context->sample_rate = encodedRate;
    context->sample_fmt = isOpus ? AV_SAMPLE_FMT_FLT : AV_SAMPLE_FMT_FLTP;
    context->bit_rate = 48'000 * format.channels;
    context->time_base = {1, encodedRate};
    av_channel_layout_default(&context->ch_layout, format.channels);
    if (isOpus)
        av_opt_set(context->priv_data, "application", "lowdelay", 0);
    if (const int result = avcodec_open2(context, codec, nullptr); result < 0)
        return unexpected(libavError(Error::Kind::Config, QStringLiteral("The sound encoder could not be opened"), result));
    encoder->m_fifo = av_audio_fifo_alloc(context->sample_fmt, format.channels, context->frame_size * 4);
    if (!encoder->m_fifo)
        return unexpected(soundError(AVERROR(ENOMEM)));
    return encoder;
}

AudioEncoder::~AudioEncoder()
{
    av_audio_fifo_free(m_fifo);
}

Expected<std::vector<PacketPtr>> AudioEncoder::encode(const AudioChunk &chunk)
{
    std::vector<PacketPtr> packets;
    if (chunk.samples.isEmpty())
        return packets;
    const qint64 queued = av_audio_fifo_size(m_fifo);
    const qint64 expected = m_nextPts + queued * ticksPerSecond / encodedRate;
    if (m_started && chunk.pts < expected - maxDrift)
        return packets; // timestamps may not go back, and this time was already sent
    // The count of samples keeps time; only a hole of the source sets it anew.
    if (!m_started || chunk.pts > expected + maxDrift) {
        m_nextPts = chunk.pts - queued * ticksPerSecond / encodedRate;
        m_started = true;
    }
    if (const auto done = resample(chunk); !done)
        return unexpected(done.error());
    const int size = m_codec->frame_size;
    while (av_audio_fifo_size(m_fifo) >= size) {
        const FramePtr frame(av_frame_alloc());
        frame->nb_samples = size;
        frame->format = m_codec->sample_fmt;
        frame->sample_rate = encodedRate;
        av_channel_layout_copy(&frame->ch_layout, &m_codec->ch_layout);
        if (const int result = av_frame_get_buffer(frame.get(), 0); result < 0)
            return unexpected(soundError(result));
        av_audio_fifo_read(m_fifo, reinterpret_cast<void **>(frame->extended_data), size);
        frame->pts = av_rescale_q(m_nextPts, {1, int(ticksPerSecond)}, m_codec->time_base);
        m_nextPts += size * ticksPerSecond / encodedRate;
        if (const int result = avcodec_send_frame(m_codec.get(), frame.get()); result < 0)
            return unexpected(soundError(result));
        if (const auto taken = takePackets(packets); !taken)
            return unexpected(taken.error());
    }
    return packets;
}

Expected<void> AudioEncoder::resample(const AudioChunk &chunk)
{
    if (!m_resampler || m_inputFormat != chunk.format) {
        if (chunk.format.channels < 1 || chunk.format.channels > 8 || chunk.format.sampleRate < 1)
            return unexpected(soundError(AVERROR(EINVAL)));
        AVChannelLayout layout{};
        av_channel_layout_default(&layout, chunk.format.channels);
        SwrContext *raw = nullptr;
        int result = swr_alloc_set_opts2(&raw, &m_codec->ch_layout, m_codec->sample_fmt, encodedRate, &layout, AV_SAMPLE_FMT_FLT,
            chunk.format.sampleRate, 0, nullptr);
        m_resampler.reset(raw);
        result = result < 0 ? result : swr_init(raw);
        if (result < 0)
            return unexpected(soundError(result));
        m_inputFormat = chunk.format;
    }
    const FramePtr frame(av_frame_alloc());
    frame->nb_samples = swr_get_out_samples(m_resampler.get(), int(chunk.sampleCount()));
    frame->format = m_codec->sample_fmt;
    av_channel_layout_copy(&frame->ch_layout, &m_codec->ch_layout);
    if (const int result = av_frame_get_buffer(frame.get(), 0); result < 0)
        return unexpected(soundError(result));
    const auto *samples = reinterpret_cast<const std::uint8_t *>(chunk.samples.constData());
    const int count = swr_convert(m_resampler.get(), frame->extended_data, frame->nb_samples, &samples, int(chunk.sampleCount()));
    if (count < 0)
        return unexpected(soundError(count));
    av_audio_fifo_write(m_fifo, reinterpret_cast<void **>(frame->extended_data), count);
    return {};
}

Expected<void> AudioEncoder::takePackets(std::vector<PacketPtr> &packets)
{
    for (;;) {
        PacketPtr packet(av_packet_alloc());
        const int result = avcodec_receive_packet(m_codec.get(), packet.get());
        if (result == AVERROR(EAGAIN) || result == AVERROR_EOF)
            return {};
        if (result < 0)
            return unexpected(soundError(result));
        av_packet_rescale_ts(packet.get(), m_codec->time_base, {1, int(ticksPerSecond)});
        packets.push_back(std::move(packet));
    }
}

} // namespace sluice::media
