#include "sluice/sandbox/pipelines/sound.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libswresample/swresample.h>
}

#include "sluice/sandbox/capabilities/av_p.h"

#include <QtCore/QtEndian>

#include <algorithm>
#include <cstring>

namespace sluice::sandbox {

namespace {

constexpr int Rate = 16'000;
constexpr qsizetype MaxPcmBytes = qsizetype(Rate) * 2 * MaxSoundSeconds;
constexpr int ReadBytes = 32 * 1024;
/// Demuxers that take sound and open nothing else.
constexpr const char *Formats = "wav,mp3,ogg,flac,mov,mp4,m4a,matroska,webm,aac,aiff";

Error invalid(const QString &message)
{
    return Error(Error::Kind::InvalidInput, QStringLiteral("audio: ") + message);
}

/// A file in memory as FFmpeg reads it.
struct Memory {
    const QByteArray &file;
    qint64 at = 0;

    static int read(void *opaque, uint8_t *buffer, int size)
    {
        auto &memory = *static_cast<Memory *>(opaque);
        const qint64 count = std::min<qint64>(size, memory.file.size() - memory.at);
        if (count <= 0)
            return AVERROR_EOF;
        std::memcpy(buffer, memory.file.constData() + memory.at, std::size_t(count));
        memory.at += count;
        return int(count);
    }
    static int64_t seek(void *opaque, int64_t offset, int whence)
    {
        auto &memory = *static_cast<Memory *>(opaque);
        if (whence == AVSEEK_SIZE)
            return memory.file.size();
        const qint64 base = whence == SEEK_CUR ? memory.at : whence == SEEK_END ? memory.file.size() : 0;
        if (base + offset < 0 || base + offset > memory.file.size())
            return AVERROR(EINVAL);
        memory.at = base + offset;
        return memory.at;
    }
};

struct IoFree {
    void operator()(AVIOContext *io) const
    {
        av_freep(&io->buffer);
        avio_context_free(&io);
    }
};
struct InputFree {
    void operator()(AVFormatContext *input) const { avformat_close_input(&input); }
};
using SwrPtr = std::unique_ptr<SwrContext, AvFree<&swr_free>>;

/// The sound of one file, decoded piece by piece.
class SoundReader {
public:
    explicit SoundReader(const QByteArray &file)
        : m_memory{file}
        , m_packet(av_packet_alloc())
        , m_frame(av_frame_alloc())
    {
        openInput();
        openDecoder();
    }

    QByteArray pcm(const CallContext &context)
    {
        for (;;) {
            context.check();
            const int code = av_read_frame(m_input.get(), m_packet.get());
            if (code >= 0 && m_packet->stream_index != m_stream) {
                av_packet_unref(m_packet.get());
                continue;
            }
            // A broken packet is skipped, as players do; what was good so far counts.
            if (avcodec_send_packet(m_decoder.get(), code < 0 ? nullptr : m_packet.get()) >= 0)
                drain();
            av_packet_unref(m_packet.get());
            if (code < 0)
                break;
        }
        if (m_pcm.isEmpty())
            throw invalid(QStringLiteral("there is no sound in it"));
        return m_pcm;
    }

private:
    void openInput()
    {
        auto *buffer = static_cast<unsigned char *>(av_malloc(ReadBytes));
        m_io.reset(avio_alloc_context(buffer, ReadBytes, 0, &m_memory, &Memory::read, nullptr, &Memory::seek));
        AVFormatContext *input = avformat_alloc_context();
        if (!m_io || !input || !m_packet || !m_frame)
            throw Error(Error::Kind::Internal, QStringLiteral("There is not enough memory for this sound."));
        input->pb = m_io.get();
        input->format_whitelist = av_strdup(Formats);
        // Frees the context itself when it fails.
        const int code = avformat_open_input(&input, "", nullptr, nullptr);
        if (code < 0)
            throw invalid(QStringLiteral("it is no sound of a known kind (%1)").arg(avText(code)));
        m_input.reset(input);
        if (avformat_find_stream_info(input, nullptr) < 0)
            throw invalid(QStringLiteral("it cannot be read"));
    }

    void openDecoder()
    {
        const AVCodec *codec = nullptr;
        m_stream = av_find_best_stream(m_input.get(), AVMEDIA_TYPE_AUDIO, -1, -1, &codec, 0);
        if (m_stream < 0 || !codec)
            throw invalid(QStringLiteral("there is no sound in it"));
        m_decoder.reset(avcodec_alloc_context3(codec));
        if (!m_decoder || avcodec_parameters_to_context(m_decoder.get(), m_input->streams[m_stream]->codecpar) < 0)
            throw invalid(QStringLiteral("it cannot be decoded"));
        m_decoder->thread_count = 1;
        m_decoder->log_level_offset = 100;
        if (const int code = avcodec_open2(m_decoder.get(), codec, nullptr); code < 0)
            throw invalid(QStringLiteral("it cannot be decoded: %1").arg(avText(code)));
    }

    void drain()
    {
        while (avcodec_receive_frame(m_decoder.get(), m_frame.get()) >= 0) {
            convert();
            av_frame_unref(m_frame.get());
        }
    }

    void convert()
    {
        if (m_frame->sample_rate <= 0 || m_frame->nb_samples <= 0)
            return;
        if (!m_resampler) {
            SwrContext *made = nullptr;
            AVChannelLayout mono = AV_CHANNEL_LAYOUT_MONO;
            if (swr_alloc_set_opts2(&made, &mono, AV_SAMPLE_FMT_S16, Rate, &m_frame->ch_layout, AVSampleFormat(m_frame->format), m_frame->sample_rate, 0, nullptr) < 0)
                throw invalid(QStringLiteral("its channels cannot be mixed"));
            m_resampler.reset(made);
            if (swr_init(made) < 0)
                throw invalid(QStringLiteral("its samples cannot be converted"));
            m_rate = m_frame->sample_rate;
            m_format = m_frame->format;
            m_channels = m_frame->ch_layout.nb_channels;
        }
        if (m_frame->sample_rate != m_rate || m_frame->format != m_format || m_frame->ch_layout.nb_channels != m_channels)
            return; // a damaged file may say so midway
        const int room = swr_get_out_samples(m_resampler.get(), m_frame->nb_samples);
        QByteArray samples(std::max(0, room) * 2, Qt::Uninitialized);
        auto *out = reinterpret_cast<uint8_t *>(samples.data());
        const int count = swr_convert(m_resampler.get(), &out, room, const_cast<const uint8_t **>(m_frame->extended_data), m_frame->nb_samples);
        if (count < 0)
            throw invalid(QStringLiteral("its samples cannot be converted"));
        if (m_pcm.size() + count * 2 > MaxPcmBytes)
            throw Error(Error::Kind::TooLarge, QStringLiteral("audio: it is longer than %1 s").arg(MaxSoundSeconds));
        m_pcm += samples.first(count * 2);
    }

    Memory m_memory;
    std::unique_ptr<AVIOContext, IoFree> m_io;
    std::unique_ptr<AVFormatContext, InputFree> m_input;
    AvCodecPtr m_decoder;
    SwrPtr m_resampler;
    AvPacketPtr m_packet;
    AvFramePtr m_frame;
    int m_stream = -1;
    int m_rate = 0;
    int m_format = 0;
    int m_channels = 0;
    QByteArray m_pcm;
};

QByteArray wavHeader(qsizetype bytes)
{
    QByteArray header("RIFF....WAVEfmt ", 16);
    const auto put = [&](auto value) {
        value = qToLittleEndian(value);
        header.append(reinterpret_cast<const char *>(&value), sizeof value);
    };
    put(quint32(16));
    put(quint16(1)); // PCM
    put(quint16(1));
    put(quint32(Rate));
    put(quint32(Rate * 2));
    put(quint16(2));
    put(quint16(16));
    header += "data";
    put(quint32(bytes));
    const quint32 riff = qToLittleEndian(quint32(bytes + 36));
    std::memcpy(header.data() + 4, &riff, sizeof riff);
    return header;
}

} // namespace

QByteArray speechWav(const QByteArray &file, const CallContext &context)
{
    SoundReader reader(file);
    const QByteArray pcm = reader.pcm(context);
    return wavHeader(pcm.size()) + pcm;
}

} // namespace sluice::sandbox
