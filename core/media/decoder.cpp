#include "sluice/media/decoder.h"

#include "libav_p.h"
#include "opus_units_p.h"

#include <QtCore/QThread>

#include <algorithm>
#include <cstring>

namespace sluice::media {

namespace {

AVCodecID libavCodec(TsCodec codec)
{
    switch (codec) {
    case TsCodec::H264: return AV_CODEC_ID_H264;
    case TsCodec::H265: return AV_CODEC_ID_HEVC;
    case TsCodec::Mpeg2Video: return AV_CODEC_ID_MPEG2VIDEO;
    case TsCodec::AacAdts: return AV_CODEC_ID_AAC;
    case TsCodec::Mp3: return AV_CODEC_ID_MP3;
    case TsCodec::Opus: return AV_CODEC_ID_OPUS;
    case TsCodec::Unknown: break;
    }
    return AV_CODEC_ID_NONE;
}

/// True when decoding can start with this access unit: it has a parameter set or an instantaneous refresh picture.
bool isKeyUnit(const TsAccessUnit &unit)
{
    if (unit.codec != TsCodec::H264 && unit.codec != TsCodec::H265)
        return true; // their decoders find the start themselves
    const QByteArray &bytes = unit.data;
    for (qsizetype at = bytes.indexOf(QByteArrayView("\0\0\1", 3)); at >= 0 && at + 3 < bytes.size();
         at = bytes.indexOf(QByteArrayView("\0\0\1", 3), at + 3)) {
        const int head = std::uint8_t(bytes[at + 3]);
        if (unit.codec == TsCodec::H264) {
            const int type = head & 0x1f;
            if (type == 5 || type == 7)
                return true;
            if (type == 1)
                return false; // the slices have begun
        } else {
            const int type = head >> 1 & 0x3f;
            if ((type >= 16 && type <= 21) || type == 33)
                return true;
            if (type < 10)
                return false;
        }
    }
    return false;
}

PacketPtr packetOf(QByteArrayView data, std::optional<qint64> pts, std::optional<qint64> dts)
{
    PacketPtr packet(av_packet_alloc());
    if (!packet || av_new_packet(packet.get(), int(data.size())) < 0)
        return {};
    std::memcpy(packet->data, data.data(), std::size_t(data.size()));
    packet->pts = pts.value_or(AV_NOPTS_VALUE);
    packet->dts = dts.value_or(AV_NOPTS_VALUE);
    return packet;
}

} // namespace

class Decoder::Private {
public:
    Private(DecoderSettings s, Output o)
        : settings(s)
        , output(std::move(o))
        , demuxer(s.demuxer)
        , scratch(av_frame_alloc())
    {
        useOwnLibavLog();
    }

    [[nodiscard]] Expected<void> decode(const QList<TsAccessUnit> &units);
    [[nodiscard]] Expected<void> decodeVideo(const TsAccessUnit &unit);
    [[nodiscard]] Expected<void> decodeAudio(const TsAccessUnit &unit);
    [[nodiscard]] Expected<CodecPtr> openCodec(const TsAccessUnit &unit) const;
    void takeFrames();
    void takeSound();
    bool prepareResampler();

    DecoderSettings settings;
    Output output;
    TsDemuxer demuxer;
    FramePtr scratch;
    CodecPtr video;
    CodecPtr audio;
    TsCodec videoCodec = TsCodec::Unknown;
    TsCodec audioCodec = TsCodec::Unknown;
    ResamplerPtr resampler;
    AudioFormat audioFormat;
    int audioSampleFormat = -1;
    std::optional<qint64> nextAudioPts;
    qint64 lastVideoPts = 0;
    bool waitForKey = true;
    SteadyTime receivedAt;
    DecoderStats stats;
};

Expected<CodecPtr> Decoder::Private::openCodec(const TsAccessUnit &unit) const
{
    const AVCodec *codec = avcodec_find_decoder(libavCodec(unit.codec));
    if (!codec)
        return unexpected(Error(Error::Kind::Config, QStringLiteral("This FFmpeg has no decoder for the stream's codec.")));
    CodecPtr context(avcodec_alloc_context3(codec));
    if (!context)
        return unexpected(Error(Error::Kind::Internal, QStringLiteral("There is no memory for a decoder.")));
    context->pkt_timebase = {1, int(ticksPerSecond)};
    if (unit.video) {
        context->flags |= AV_CODEC_FLAG_LOW_DELAY;
        context->max_pixels = settings.maxPixels;
        // Threads by frame would hold back one picture each; threads by slice hold back none.
        context->thread_type = FF_THREAD_SLICE;
        context->thread_count = settings.threads > 0 ? settings.threads : std::clamp(QThread::idealThreadCount(), 1, 4);
    } else {
        context->request_sample_fmt = AV_SAMPLE_FMT_FLT;
        if (unit.codec == TsCodec::Opus) {
            context->sample_rate = 48'000;
            av_channel_layout_default(&context->ch_layout, std::clamp(unit.opusChannels, 1, 2));
        }
    }
    if (const int result = avcodec_open2(context.get(), codec, nullptr); result < 0)
        return unexpected(libavError(Error::Kind::Config, QStringLiteral("The decoder could not be opened"), result));
    return context;
}

Expected<void> Decoder::Private::decode(const QList<TsAccessUnit> &units)
{
    for (const TsAccessUnit &unit : units) {
        if (!unit.video && !settings.wantAudio)
            continue;
        const auto done = unit.video ? decodeVideo(unit) : decodeAudio(unit);
        if (!done)
            return done;
    }
    return {};
}

Expected<void> Decoder::Private::decodeVideo(const TsAccessUnit &unit)
{
    if (!video || videoCodec != unit.codec) {
        auto opened = openCodec(unit);
        if (!opened)
            return unexpected(opened.error());
        video = std::move(*opened);
        videoCodec = unit.codec;
        waitForKey = true;
    }
    waitForKey = waitForKey || unit.afterLoss;
    if (waitForKey && !isKeyUnit(unit)) {
        ++stats.waitingForKey;
        return {};
    }
    if (waitForKey && unit.afterLoss)
        avcodec_flush_buffers(video.get());
    waitForKey = false;
    const PacketPtr packet = packetOf(unit.data, unit.pts, unit.dts);
    if (!packet)
        return unexpected(Error(Error::Kind::Internal, QStringLiteral("There is no memory for a packet.")));
    video->reordered_opaque = receivedAt.time_since_epoch().count();
    if (avcodec_send_packet(video.get(), packet.get()) < 0)
        ++stats.decodeErrors;
    takeFrames();
    return {};
}

void Decoder::Private::takeFrames()
{
    while (avcodec_receive_frame(video.get(), scratch.get()) == 0) {
        FramePtr picture(av_frame_alloc());
        if (!picture)
            return;
        av_frame_move_ref(picture.get(), scratch.get());
        if (picture->decode_error_flags != 0 || (picture->flags & AV_FRAME_FLAG_CORRUPT)) {
            ++stats.decodeErrors; // shown all the same would be garbage until the next key frame
            waitForKey = true;
            continue;
        }
        if (picture->pts == AV_NOPTS_VALUE)
            picture->pts = picture->pkt_dts != AV_NOPTS_VALUE ? picture->pkt_dts : lastVideoPts + ticksPerSecond / 30;
        lastVideoPts = picture->pts;
        const SteadyTime received{SteadyTime::duration(picture->reordered_opaque)};
        auto frame = Frame::adopt(picture.release());
        if (!frame) {
            ++stats.decodeErrors;
            continue;
        }
        ++stats.framesDecoded;
        stats.width = frame->width();
        stats.height = frame->height();
        frame->stamps().set(Stage::Received, received);
        frame->stamps().set(Stage::Decoded);
        if (output.frame)
            output.frame(std::move(*frame));
    }
}

Expected<void> Decoder::Private::decodeAudio(const TsAccessUnit &unit)
{
    if (!audio || audioCodec != unit.codec) {
        auto opened = openCodec(unit);
        if (!opened)
            return unexpected(opened.error());
        audio = std::move(*opened);
        audioCodec = unit.codec;
        nextAudioPts.reset();
    }
    if (unit.pts)
        nextAudioPts = unit.pts;
    const QList<QByteArray> packets = unit.codec == TsCodec::Opus ? opusPackets(unit.data) : QList<QByteArray>{unit.data};
    if (packets.isEmpty())
        ++stats.decodeErrors;
    for (const QByteArray &bytes : packets) {
        const PacketPtr packet = packetOf(bytes, std::nullopt, std::nullopt);
        if (!packet)
            return unexpected(Error(Error::Kind::Internal, QStringLiteral("There is no memory for a packet.")));
        if (avcodec_send_packet(audio.get(), packet.get()) < 0)
            ++stats.decodeErrors;
        takeSound();
    }
    return {};
}

bool Decoder::Private::prepareResampler()
{
    const AudioFormat format{scratch->sample_rate, scratch->ch_layout.nb_channels};
    if (format.sampleRate < 1 || format.channels < 1 || format.channels > 8)
        return false;
    if (resampler && format == audioFormat && audioSampleFormat == scratch->format)
        return true;
    SwrContext *raw = nullptr;
    swr_alloc_set_opts2(&raw, &scratch->ch_layout, AV_SAMPLE_FMT_FLT, format.sampleRate, &scratch->ch_layout,
        AVSampleFormat(scratch->format), format.sampleRate, 0, nullptr);
    resampler.reset(raw);
    audioFormat = format;
    audioSampleFormat = scratch->format;
    if (!resampler || swr_init(resampler.get()) < 0)
        resampler.reset();
    return resampler != nullptr;
}

void Decoder::Private::takeSound()
{
    while (avcodec_receive_frame(audio.get(), scratch.get()) == 0) {
        if (!prepareResampler()) {
            ++stats.decodeErrors;
            continue;
        }
        AudioChunk chunk;
        chunk.format = audioFormat;
        chunk.samples.resize(qsizetype(scratch->nb_samples) * audioFormat.channels);
        auto *target = reinterpret_cast<std::uint8_t *>(chunk.samples.data());
        const int count = swr_convert(resampler.get(), &target, scratch->nb_samples,
            const_cast<const std::uint8_t **>(scratch->extended_data), scratch->nb_samples);
        if (count <= 0)
            continue;
        chunk.samples.resize(qsizetype(count) * audioFormat.channels);
        chunk.pts = nextAudioPts.value_or(0);
        nextAudioPts = chunk.pts + count * ticksPerSecond / audioFormat.sampleRate;
        ++stats.audioChunks;
        if (output.audio)
            output.audio(std::move(chunk));
    }
}

Decoder::Decoder(DecoderSettings settings, Output output)
    : d(std::make_unique<Private>(settings, std::move(output)))
{
}

Decoder::~Decoder() = default;

Expected<void> Decoder::feed(const TsInput &input)
{
    ++d->stats.chunks;
    d->receivedAt = input.receivedAt;
    if (input.gap) {
        ++d->stats.gaps;
        d->demuxer.gap();
        d->waitForKey = true;
    }
    if (input.segmentStart) {
        ++d->stats.segments;
        if (const auto done = d->decode(d->demuxer.flush()); !done)
            return done;
    }
    const auto units = d->demuxer.feed(input.bytes, input.chunkEnd);
    if (!units)
        return unexpected(units.error());
    return d->decode(*units);
}

Expected<void> Decoder::endSegment()
{
    return d->decode(d->demuxer.flush());
}

Expected<void> Decoder::finish()
{
    if (const auto done = endSegment(); !done)
        return done;
    if (d->video) {
        avcodec_send_packet(d->video.get(), nullptr);
        d->takeFrames();
        avcodec_flush_buffers(d->video.get());
    }
    if (d->audio) {
        avcodec_send_packet(d->audio.get(), nullptr);
        d->takeSound();
        avcodec_flush_buffers(d->audio.get());
    }
    d->waitForKey = true;
    return {};
}

std::optional<Error> Decoder::trouble() const
{
    if (d->stats.framesDecoded > 0)
        return std::nullopt;
    if (const auto trouble = d->demuxer.trouble())
        return trouble;
    const quint64 skipped = d->stats.waitingForKey;
    const quint64 refused = d->stats.decodeErrors;
    if (skipped + refused == 0)
        return std::nullopt;
    return Error(Error::Kind::Protocol, QStringLiteral("None of the pictures that came can be decoded: %1 wait for a key frame, %2 are damaged.").arg(skipped).arg(refused))
        .withAdvice(QStringLiteral("Begin every segment with a key frame."));
}

bool Decoder::isTransportStream() const
{
    return d->demuxer.isTransportStream();
}

DecoderStats Decoder::stats() const
{
    DecoderStats stats = d->stats;
    stats.demuxer = d->demuxer.stats();
    return stats;
}

} // namespace sluice::media
