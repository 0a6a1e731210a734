#include "file_reader_p.h"

#include <QtCore/QFileInfo>

#include <algorithm>
#include <cmath>

namespace sluice::media {

namespace {

/// A file that gives nothing for so many packets is taken for one without pictures.
constexpr int maxFruitlessPackets = 5000;

Error fileError(const QString &name, const QString &what)
{
    return Error(Error::Kind::InvalidInput, QStringLiteral("%1 cannot be used as a source: %2.").arg(name, what))
        .withField(QStringLiteral("source"))
        .withAdvice(QStringLiteral("Choose a video file such as MP4, MKV, WebM or MPEG-TS, or the test pattern."));
}

} // namespace

Expected<std::unique_ptr<FileReader>> FileReader::open(const QString &path, int maxWidth, int maxHeight)
{
    useOwnLibavLog();
    const QFileInfo info(path);
    std::unique_ptr<FileReader> reader(new FileReader);
    reader->m_name = info.fileName().isEmpty() ? path : info.fileName();
    if (!info.exists() || info.isDir())
        return unexpected(fileError(reader->m_name, info.isDir() ? QStringLiteral("it is a folder") : QStringLiteral("there is no such file")));
    if (!info.isReadable())
        return unexpected(fileError(reader->m_name, QStringLiteral("it may not be read")));
    AVDictionary *options = nullptr;
    av_dict_set(&options, "protocol_whitelist", "file", 0); // no playlist may reach for the network
    const QByteArray url = "file:" + info.absoluteFilePath().toUtf8();
    const int result = avformat_open_input(&reader->m_input, url.constData(), nullptr, &options);
    av_dict_free(&options);
    if (result < 0)
        return unexpected(fileError(reader->m_name, libavReason(result)));
    if (const auto opened = reader->openStreams(); !opened)
        return unexpected(opened.error());
    reader->chooseFormat(maxWidth, maxHeight);
    return reader;
}

FileReader::~FileReader()
{
    avformat_close_input(&m_input);
}

Expected<void> FileReader::openStreams()
{
    if (const int result = avformat_find_stream_info(m_input, nullptr); result < 0)
        return unexpected(fileError(m_name, libavReason(result)));
    m_videoStream = av_find_best_stream(m_input, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    if (m_videoStream < 0)
        return unexpected(fileError(m_name, QStringLiteral("it has no video")));
    auto video = openCodec(m_videoStream);
    if (!video)
        return unexpected(video.error());
    m_video = std::move(*video);
    m_scratch.reset(av_frame_alloc());
    m_audioStream = av_find_best_stream(m_input, AVMEDIA_TYPE_AUDIO, -1, m_videoStream, nullptr, 0);
    if (m_audioStream < 0)
        return {};
    if (auto audio = openCodec(m_audioStream); audio && (*audio)->sample_rate > 0 && (*audio)->ch_layout.nb_channels > 0) {
        m_audio = std::move(*audio);
        m_audioFormat = AudioFormat{48'000, std::min(m_audio->ch_layout.nb_channels, 2)};
    } else {
        m_audioStream = -1; // the picture is worth showing without its sound
    }
    return {};
}

Expected<CodecPtr> FileReader::openCodec(int stream) const
{
    const AVCodecParameters *parameters = m_input->streams[stream]->codecpar;
    const AVCodec *codec = avcodec_find_decoder(parameters->codec_id);
    if (!codec) {
        return unexpected(fileError(m_name, QStringLiteral("this FFmpeg has no decoder for %1")
                                                .arg(QString::fromUtf8(avcodec_get_name(parameters->codec_id)))));
    }
    CodecPtr context(avcodec_alloc_context3(codec));
    if (!context || avcodec_parameters_to_context(context.get(), parameters) < 0)
        return unexpected(fileError(m_name, QStringLiteral("there is no memory for its decoder")));
    context->pkt_timebase = m_input->streams[stream]->time_base;
    context->thread_count = 0;
    context->max_pixels = qint64(8192) * 8192;
    if (const int result = avcodec_open2(context.get(), codec, nullptr); result < 0)
        return unexpected(fileError(m_name, libavReason(result)));
    return context;
}

void FileReader::chooseFormat(int maxWidth, int maxHeight)
{
    const double scale = std::min({1.0, double(maxWidth) / std::max(1, m_video->width), double(maxHeight) / std::max(1, m_video->height)});
    m_format.width = std::max(2, int(std::lround(m_video->width * scale)) & ~1);
    m_format.height = std::max(2, int(std::lround(m_video->height * scale)) & ~1);
    const AVRational rate = av_guess_frame_rate(m_input, m_input->streams[m_videoStream], nullptr);
    const double framesPerSecond = rate.num > 0 && rate.den > 0 ? av_q2d(rate) : 0;
    m_format.framesPerSecond = framesPerSecond <= 240 ? framesPerSecond : 0;
}

qint64 FileReader::frameTicks() const
{
    return m_format.framesPerSecond > 0 ? std::llround(double(ticksPerSecond) / m_format.framesPerSecond) : ticksPerSecond / 30;
}

Expected<std::vector<FileReader::Item>> FileReader::next()
{
    std::vector<Item> items;
    const PacketPtr packet(av_packet_alloc());
    for (int i = 0; i < maxFruitlessPackets && items.empty() && !m_drained; ++i) {
        const int result = av_read_frame(m_input, packet.get());
        if (result == AVERROR_EOF) {
            m_drained = true;
            decode(*m_video, nullptr, items);
            if (m_audio)
                decode(*m_audio, nullptr, items);
            break;
        }
        if (result < 0)
            return unexpected(fileError(m_name, libavReason(result)));
        if (packet->stream_index == m_videoStream)
            decode(*m_video, packet.get(), items);
        else if (packet->stream_index == m_audioStream)
            decode(*m_audio, packet.get(), items);
        av_packet_unref(packet.get());
    }
    return items;
}

Expected<void> FileReader::rewind()
{
    const qint64 start = m_input->start_time == AV_NOPTS_VALUE ? 0 : m_input->start_time;
    if (const int result = avformat_seek_file(m_input, -1, INT64_MIN, start, start, 0); result < 0) {
        if (const int byBytes = av_seek_frame(m_input, -1, 0, AVSEEK_FLAG_BYTE); byBytes < 0)
            return unexpected(fileError(m_name, QStringLiteral("it cannot be played again (%1)").arg(libavReason(result))));
    }
    avcodec_flush_buffers(m_video.get());
    if (m_audio)
        avcodec_flush_buffers(m_audio.get());
    m_lastPicture = -1;
    m_nextSound = 0;
    m_drained = false;
    return {};
}

std::optional<qint64> FileReader::ticks(const AVFrame &frame, int stream) const
{
    if (frame.best_effort_timestamp == AV_NOPTS_VALUE)
        return std::nullopt;
    const qint64 start = m_input->start_time == AV_NOPTS_VALUE ? 0 : av_rescale(m_input->start_time, ticksPerSecond, AV_TIME_BASE);
    return av_rescale_q(frame.best_effort_timestamp, m_input->streams[stream]->time_base, {1, int(ticksPerSecond)}) - start;
}

void FileReader::decode(AVCodecContext &codec, const AVPacket *packet, std::vector<Item> &items)
{
    if (avcodec_send_packet(&codec, packet) < 0)
        return; // a damaged packet costs its picture, not the file
    while (avcodec_receive_frame(&codec, m_scratch.get()) == 0) {
        if (&codec == m_video.get())
            takePicture(items);
        else
            takeSound(items);
    }
}

void FileReader::takePicture(std::vector<Item> &items)
{
    const qint64 pts = std::max(ticks(*m_scratch, m_videoStream).value_or(m_lastPicture + frameTicks()), m_lastPicture + 1);
    FramePtr picture(av_frame_alloc());
    if (!picture)
        return;
    av_frame_move_ref(picture.get(), m_scratch.get());
    auto frame = Frame::adopt(picture.release());
    if (!frame)
        return;
    Frame fitting = frame->scaled(m_format.width, m_format.height);
    if (fitting.isNull())
        return;
    fitting.setPts(pts);
    m_lastPicture = pts;
    items.push_back({std::move(fitting), std::nullopt});
}

void FileReader::takeSound(std::vector<Item> &items)
{
    if (!m_resampler) {
        AVChannelLayout layout{};
        av_channel_layout_default(&layout, m_audioFormat->channels);
        SwrContext *raw = nullptr;
        swr_alloc_set_opts2(&raw, &layout, AV_SAMPLE_FMT_FLT, m_audioFormat->sampleRate, &m_scratch->ch_layout,
            AVSampleFormat(m_scratch->format), m_scratch->sample_rate, 0, nullptr);
        m_resampler.reset(raw);
        if (!raw || swr_init(raw) < 0) {
            m_resampler.reset();
            return;
        }
    }
    AudioChunk chunk;
    chunk.format = *m_audioFormat;
    const int room = std::max(0, swr_get_out_samples(m_resampler.get(), m_scratch->nb_samples));
    chunk.samples.resize(qsizetype(room) * chunk.format.channels);
    auto *target = reinterpret_cast<std::uint8_t *>(chunk.samples.data());
    const int count = swr_convert(m_resampler.get(), &target, room, const_cast<const std::uint8_t **>(m_scratch->extended_data), m_scratch->nb_samples);
    if (count <= 0)
        return;
    chunk.samples.resize(qsizetype(count) * chunk.format.channels);
    chunk.pts = ticks(*m_scratch, m_audioStream).value_or(m_nextSound);
    m_nextSound = chunk.pts + count * ticksPerSecond / chunk.format.sampleRate;
    items.push_back({std::nullopt, std::move(chunk)});
}

} // namespace sluice::media
