#include "sluice/media/encoder.h"

#include "audio_encoder_p.h"
#include "libav_p.h"
#include "ts_muxer_p.h"

extern "C" {
#include <libavutil/opt.h>
}

#include <algorithm>
#include <cmath>

namespace sluice::media {

class Encoder::Private {
public:
    [[nodiscard]] Expected<void> openVideo(const AVFrame &like);
    [[nodiscard]] bool fits(const AVFrame &picture) const;
    /// Opens what is not open yet, or was opened for pictures of another kind.
    [[nodiscard]] Expected<void> prepareFor(const AVFrame &picture);
    [[nodiscard]] Expected<void> openMuxer();
    [[nodiscard]] Expected<void> encodeVideo(const Frame &frame);
    [[nodiscard]] Expected<void> takePackets();
    [[nodiscard]] Expected<void> writeVideo(AVPacket &packet);
    void give(TsChunk chunk);

    EncoderSettings settings;
    Output output;
    const AVCodec *codec = nullptr;
    CodecPtr video;
    std::unique_ptr<AudioEncoder> sound;
    std::unique_ptr<TsMuxer> muxer;
    PacketPtr packet;
    std::optional<qint64> lastPts;
    std::optional<qint64> segmentPts;
    StageStamps stamps; // of the frame being encoded
    bool keyFrameWanted = false;
    EncoderStats stats;
};

namespace {

constexpr const char *encoderName = "libx264";
constexpr int chromaOffset = -4;

AVRational frameRate(double framesPerSecond)
{
    return framesPerSecond >= 1 && framesPerSecond <= 1000 ? av_d2q(framesPerSecond, 1001 * 240) : AVRational{30, 1};
}

} // namespace

bool Encoder::Private::fits(const AVFrame &picture) const
{
    return video->width == picture.width && video->height == picture.height && av_cmp_q(video->sample_aspect_ratio, picture.sample_aspect_ratio) == 0
        && video->colorspace == picture.colorspace && video->color_primaries == picture.color_primaries && video->color_trc == picture.color_trc;
}

Expected<void> Encoder::Private::prepareFor(const AVFrame &picture)
{
    if (video && fits(picture))
        return {};
    if (video) {
        avcodec_send_frame(video.get(), nullptr);
        if (const auto taken = takePackets(); !taken)
            return taken;
        keyFrameWanted = true;
    }
    if (const auto opened = openVideo(picture); !opened)
        return opened;
    return muxer ? Expected<void>() : openMuxer(); // the stream goes on: what a new encoder begins with says how its pictures are
}

Expected<void> Encoder::Private::openVideo(const AVFrame &like)
{
    CodecPtr context(avcodec_alloc_context3(codec));
    if (!context)
        return unexpected(Error(Error::Kind::Internal, QStringLiteral("There is no memory for an encoder.")));
    context->width = like.width;
    context->height = like.height;
    context->sample_aspect_ratio = like.sample_aspect_ratio;
    context->pix_fmt = AV_PIX_FMT_YUV420P;
    context->color_range = AVCOL_RANGE_MPEG;
    context->colorspace = like.colorspace;
    context->color_primaries = like.color_primaries;
    context->color_trc = like.color_trc;
    context->time_base = {1, int(ticksPerSecond)};
    context->framerate = frameRate(settings.framesPerSecond);
    context->max_b_frames = 0;
    // Key frames are asked for, one per segment; this only bounds how far the codec may go without one.
    context->gop_size = int(std::lround(std::max(1.0, settings.framesPerSecond) * 30));
    context->thread_count = settings.threads;
    if (settings.bitrateKbps > 0) {
        context->bit_rate = qint64(settings.bitrateKbps) * 1000;
        context->rc_max_rate = context->bit_rate;
        context->rc_buffer_size = int(context->bit_rate / 2);
    }
    AVDictionary *options = nullptr;
    av_dict_set(&options, "preset", settings.preset.constData(), 0);
    av_dict_set(&options, "tune", "zerolatency", 0);
    av_dict_set(&options, "forced-idr", "1", 0);
    // One step of chroma is two of blue: what is right for brightness would show as wrong colours.
    av_dict_set_int(&options, "chromaoffset", chromaOffset, 0);
    if (settings.bitrateKbps <= 0)
        av_dict_set_int(&options, "crf", settings.constantQuality, 0);
    const int result = avcodec_open2(context.get(), codec, &options);
    av_dict_free(&options);
    if (result < 0) {
        return unexpected(libavError(Error::Kind::Config,
            QStringLiteral("%1 refuses %2×%3 with preset %4").arg(QLatin1String(encoderName)).arg(like.width).arg(like.height)
                .arg(QString::fromUtf8(settings.preset)), result).withAdvice(takeLibavComplaint()));
    }
    video = std::move(context);
    stats.width = like.width;
    stats.height = like.height;
    return {};
}

Expected<void> Encoder::Private::openMuxer()
{
    auto opened = TsMuxer::create(*video, sound ? sound->context() : nullptr, settings.leavePesLengthOpen);
    if (!opened)
        return unexpected(opened.error());
    muxer = std::move(*opened);
    return {};
}

Expected<void> Encoder::Private::encodeVideo(const Frame &frame)
{
    ++stats.framesIn;
    if (lastPts && frame.pts() <= *lastPts) {
        ++stats.droppedNotMonotonic;
        return {};
    }
    if (const auto prepared = prepareFor(*frame.av()); !prepared)
        return prepared;
    FramePtr picture(av_frame_clone(frame.av()));
    if (!picture)
        return unexpected(Error(Error::Kind::Internal, QStringLiteral("There is no memory for a picture.")));
    const qint64 length = settings.segmentDuration.count() * ticksPerSecond / 1000;
    const bool key = keyFrameWanted || !segmentPts || frame.pts() - *segmentPts >= length;
    picture->pts = frame.pts();
    picture->pict_type = key ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
    picture->key_frame = key ? 1 : 0;
    if (key) {
        keyFrameWanted = false;
        segmentPts = frame.pts();
    }
    lastPts = frame.pts();
    stamps = frame.stamps();
    if (const int result = avcodec_send_frame(video.get(), picture.get()); result < 0)
        return unexpected(libavError(Error::Kind::Internal, QStringLiteral("The encoder refused a picture"), result));
    return takePackets();
}

Expected<void> Encoder::Private::takePackets()
{
    for (;;) {
        const int result = avcodec_receive_packet(video.get(), packet.get());
        if (result == AVERROR(EAGAIN) || result == AVERROR_EOF)
            return {};
        if (result < 0)
            return unexpected(libavError(Error::Kind::Internal, QStringLiteral("The encoder failed"), result));
        ++stats.framesEncoded;
        const auto written = writeVideo(*packet);
        av_packet_unref(packet.get());
        if (!written)
            return written;
    }
}

Expected<void> Encoder::Private::writeVideo(AVPacket &encoded)
{
    // The picture that was asked for as a key frame starts the segment; the codec may add others at changes of scene.
    const bool starts = (encoded.flags & AV_PKT_FLAG_KEY) && encoded.pts == segmentPts;
    TsChunk chunk;
    chunk.pts = encoded.pts;
    chunk.segmentStart = starts;
    chunk.stamps = stamps;
    auto bytes = muxer->writeVideo(encoded, starts);
    if (!bytes)
        return unexpected(bytes.error());
    chunk.bytes = std::move(*bytes);
    chunk.stamps.set(Stage::Encoded);
    stats.segments += starts ? 1 : 0;
    give(std::move(chunk));
    return {};
}

void Encoder::Private::give(TsChunk chunk)
{
    if (chunk.bytes.isEmpty())
        return;
    stats.bytes += quint64(chunk.bytes.size());
    if (output)
        output(std::move(chunk));
}

Expected<std::unique_ptr<Encoder>> Encoder::create(EncoderSettings settings, Output output)
{
    useOwnLibavLog();
    auto d = std::make_unique<Private>();
    d->codec = avcodec_find_encoder_by_name(encoderName);
    if (!d->codec) {
        return unexpected(Error(Error::Kind::Config, QStringLiteral("This FFmpeg cannot encode H.264: it was built without libx264."))
                .withAdvice(QStringLiteral("Install Debian's libavcodec59 or libavcodec-extra59.")));
    }
    if (settings.segmentDuration < std::chrono::milliseconds(100) || settings.segmentDuration > std::chrono::minutes(2)) {
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("A segment of %1 ms cannot be made: 100 ms to 2 minutes are possible.")
                                                               .arg(settings.segmentDuration.count())));
    }
    if (settings.audio) {
        auto sound = AudioEncoder::create(*settings.audio);
        if (!sound)
            return unexpected(sound.error());
        d->sound = std::move(*sound);
    }
    d->packet.reset(av_packet_alloc());
    d->settings = std::move(settings);
    d->output = std::move(output);
    return std::unique_ptr<Encoder>(new Encoder(std::move(d)));
}

Encoder::Encoder(std::unique_ptr<Private> parts)
    : d(std::move(parts))
{
}

Encoder::~Encoder() = default;

Expected<void> Encoder::encode(const Frame &frame)
{
    if (frame.isNull())
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("There is no picture in the frame to encode.")));
    return d->encodeVideo(frame);
}

Expected<void> Encoder::encode(const AudioChunk &chunk)
{
    ++d->stats.audioChunks;
    if (!d->sound || !d->muxer) {
        ++d->stats.droppedAudio;
        return {};
    }
    auto packets = d->sound->encode(chunk);
    if (!packets)
        return unexpected(packets.error());
    for (const PacketPtr &packet : *packets) {
        const qint64 pts = packet->pts;
        if (pts < 0) { // the encoder's pre-skip before a stream that starts at zero
            ++d->stats.droppedAudio;
            continue;
        }
        auto bytes = d->muxer->writeSound(*packet);
        if (!bytes)
            return unexpected(bytes.error());
        TsChunk out;
        out.bytes = std::move(*bytes);
        out.audio = true;
        out.pts = pts;
        d->give(std::move(out));
    }
    return {};
}

void Encoder::requestKeyFrame()
{
    d->keyFrameWanted = true;
}

Expected<void> Encoder::finish()
{
    if (!d->video)
        return {};
    avcodec_send_frame(d->video.get(), nullptr);
    return d->takePackets();
}

EncoderStats Encoder::stats() const
{
    return d->stats;
}

} // namespace sluice::media
