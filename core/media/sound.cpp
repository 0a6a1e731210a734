#include "sluice/media/sound.h"

#include "libav_p.h"

#include "sluice/base/error.h"

#include <algorithm>
#include <cstring>

namespace sluice::media {

namespace {

constexpr int bufferBytes = 32 * 1024;
constexpr int mostErrors = 200;
constexpr int lowestRate = 1000; ///< samples a second
constexpr int highestRate = 384'000;

Error noSound(const QString &what)
{
    return Error(Error::Kind::InvalidInput, QStringLiteral("The sound cannot be played: %1.").arg(what))
        .withAdvice(QStringLiteral("Save it, and open it with another program."));
}

/// What FFmpeg reads of the bytes.
struct Bytes {
    const QByteArray &data;
    qint64 at = 0;

    static int read(void *self, std::uint8_t *to, int size)
    {
        auto &bytes = *static_cast<Bytes *>(self);
        const auto count = int(std::min<qint64>(size, bytes.data.size() - bytes.at));
        if (count <= 0)
            return AVERROR_EOF;
        std::memcpy(to, bytes.data.constData() + bytes.at, size_t(count));
        bytes.at += count;
        return count;
    }
    static std::int64_t seek(void *self, std::int64_t offset, int whence)
    {
        auto &bytes = *static_cast<Bytes *>(self);
        if (whence == AVSEEK_SIZE)
            return bytes.data.size();
        const qint64 base = whence == SEEK_CUR ? bytes.at : whence == SEEK_END ? bytes.data.size() : 0;
        if (base + offset < 0 || base + offset > bytes.data.size())
            return AVERROR(EINVAL);
        return bytes.at = base + offset;
    }
};

struct Input {
    explicit Input(Bytes &bytes)
        : io(avio_alloc_context(static_cast<unsigned char *>(av_malloc(bufferBytes)), bufferBytes, 0, &bytes, &Bytes::read, nullptr, &Bytes::seek))
        , format(avformat_alloc_context())
    {
        format->pb = io;
        format->flags |= AVFMT_FLAG_CUSTOM_IO;
    }
    ~Input()
    {
        avformat_close_input(&format);
        if (io)
            av_freep(&io->buffer);
        avio_context_free(&io);
    }
    Input(const Input &) = delete;
    Input &operator=(const Input &) = delete;

    int open()
    {
        AVDictionary *options = nullptr;
        av_dict_set(&options, "protocol_whitelist", "none", 0);
        // Containers of sound; no list that names other places.
        av_dict_set(&options, "format_whitelist", "wav,w64,mp3,ogg,flac,aac,mov,mp4,m4a,3gp,3g2,mj2,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,matroska,webm,aiff,au,amr,caf,asf", 0);
        const int result = avformat_open_input(&format, nullptr, nullptr, &options); // frees the context where it fails
        av_dict_free(&options);
        return result;
    }

    AVIOContext *io;
    AVFormatContext *format;
};

Expected<CodecPtr> openCodec(const AVStream *stream)
{
    const AVCodec *codec = avcodec_find_decoder(stream->codecpar->codec_id);
    if (!codec)
        return unexpected(noSound(QStringLiteral("this FFmpeg has no decoder for %1").arg(QString::fromUtf8(avcodec_get_name(stream->codecpar->codec_id)))));
    CodecPtr context(avcodec_alloc_context3(codec));
    if (!context || avcodec_parameters_to_context(context.get(), stream->codecpar) < 0)
        return unexpected(noSound(QStringLiteral("there is no memory for its decoder")));
    if (const int result = avcodec_open2(context.get(), codec, nullptr); result < 0)
        return unexpected(noSound(libavReason(result)));
    return context;
}

/// Samples of any form to those of a Sound.
class Converter {
public:
    /// False when this form cannot be converted.
    bool take(AVFrame &frame, Sound &sound)
    {
        if (!m_resampler && !open(frame))
            return false;
        const int room = swr_get_out_samples(m_resampler.get(), frame.nb_samples);
        return write(sound, room, frame.extended_data, frame.nb_samples);
    }
    void finish(Sound &sound)
    {
        if (m_resampler)
            write(sound, swr_get_out_samples(m_resampler.get(), 0), nullptr, 0);
    }

private:
    bool open(AVFrame &frame)
    {
        // What claims to be slower makes minutes of each sample; what claims to be faster asks for filters of gigabytes.
        if (frame.sample_rate < lowestRate || frame.sample_rate > highestRate || frame.ch_layout.nb_channels <= 0)
            return false;
        AVChannelLayout stereo = AV_CHANNEL_LAYOUT_STEREO;
        SwrContext *made = nullptr;
        swr_alloc_set_opts2(&made, &stereo, AV_SAMPLE_FMT_S16, Sound::sampleRate, &frame.ch_layout, AVSampleFormat(frame.format), frame.sample_rate, 0, nullptr);
        m_resampler.reset(made);
        if (made && swr_init(made) >= 0)
            return true;
        m_resampler.reset();
        return false;
    }
    bool write(Sound &sound, int room, std::uint8_t **from, int count)
    {
        if (room <= 0)
            return true;
        QByteArray made(qsizetype(room) * Sound::frameBytes, Qt::Uninitialized);
        auto *to = reinterpret_cast<std::uint8_t *>(made.data());
        const int written = swr_convert(m_resampler.get(), &to, room, const_cast<const std::uint8_t **>(from), count);
        if (written > 0)
            sound.samples += made.first(qsizetype(written) * Sound::frameBytes);
        return written >= 0;
    }

    ResamplerPtr m_resampler;
};

/// All frames that the decoder has ready; false when it refused what it was given.
bool drain(AVCodecContext *codec, AVFrame *frame, Converter &converter, Sound &sound)
{
    for (;;) {
        const int result = avcodec_receive_frame(codec, frame);
        if (result < 0)
            return result == AVERROR(EAGAIN) || result == AVERROR_EOF;
        const bool taken = converter.take(*frame, sound);
        av_frame_unref(frame);
        if (!taken)
            return false;
    }
}

} // namespace

Expected<Sound> decodeSound(const QByteArray &file, std::chrono::seconds longest)
{
    useOwnLibavLog();
    if (file.isEmpty())
        return unexpected(noSound(QStringLiteral("there are no bytes")));
    Bytes bytes{file};
    Input input(bytes);
    if (const int result = input.open(); result < 0)
        return unexpected(noSound(libavReason(result)));
    if (const int result = avformat_find_stream_info(input.format, nullptr); result < 0)
        return unexpected(noSound(libavReason(result)));
    const int stream = av_find_best_stream(input.format, AVMEDIA_TYPE_AUDIO, -1, -1, nullptr, 0);
    if (stream < 0)
        return unexpected(noSound(QStringLiteral("there is no sound in it")));
    auto codec = openCodec(input.format->streams[stream]);
    if (!codec)
        return unexpected(codec.error());

    Sound sound;
    Converter converter;
    const FramePtr frame(av_frame_alloc());
    const PacketPtr packet(av_packet_alloc());
    const qsizetype most = qsizetype(longest.count()) * Sound::sampleRate * Sound::frameBytes;
    int errors = 0;
    while (errors < mostErrors && sound.samples.size() < most && av_read_frame(input.format, packet.get()) >= 0) {
        const bool wanted = packet->stream_index == stream;
        if (wanted && (avcodec_send_packet(codec->get(), packet.get()) < 0 || !drain(codec->get(), frame.get(), converter, sound)))
            ++errors;
        av_packet_unref(packet.get());
    }
    (void)avcodec_send_packet(codec->get(), nullptr);
    (void)drain(codec->get(), frame.get(), converter, sound);
    converter.finish(sound);
    if (sound.samples.size() > most) {
        sound.samples.truncate(most);
        sound.cut = true;
    }
    if (sound.samples.isEmpty())
        return unexpected(noSound(errors > 0 ? QStringLiteral("nothing in it can be decoded") : QStringLiteral("it is empty")));
    return sound;
}

} // namespace sluice::media
