#include "file_reader_p.h"

#include <QtCore/QFileInfo>

#include <algorithm>
#include <cmath>

namespace sluice::media {

namespace {

/// A file that gives nothing for so many packets is taken for one without pictures.
constexpr int maxFruitlessPackets = 5000;
/// A pause that is longer, in all streams, is a jump of the file's clock. Broadcasts and what is cut from them have such by design.
constexpr qint64 longestPause = 10 * ticksPerSecond;
constexpr qint64 longestPauseOfTs = ticksPerSecond;
/// No picture is shown as quickly as this.
constexpr double fastest = 240;
constexpr AVRational ticks{1, int(ticksPerSecond)};

Error fileError(const QString &name, const QString &what)
{
    return Error(Error::Kind::InvalidInput, QStringLiteral("%1 cannot be used as a source: %2.").arg(name, what))
        .withField(QStringLiteral("source"))
        .withAdvice(QStringLiteral("Choose a video file such as MP4, MKV, WebM or MPEG-TS, a picture, or the test pattern."));
}

qint64 timeOf(const FileReader::Item &item)
{
    return item.frame ? item.frame->pts() : item.sound->pts;
}

} // namespace

FileReader::FileReader(const Options &options)
    : m_limit(options.maxFramesPerSecond)
    , m_fitter(options.maxLong, options.maxShort)
{
}

Expected<std::unique_ptr<FileReader>> FileReader::open(const QString &path, const Options &options)
{
    useOwnLibavLog();
    const QFileInfo info(path);
    std::unique_ptr<FileReader> reader(new FileReader(options));
    reader->m_name = info.fileName().isEmpty() ? path : info.fileName();
    if (!info.exists() || info.isDir())
        return unexpected(fileError(reader->m_name, info.isDir() ? QStringLiteral("it is a folder") : QStringLiteral("there is no such file")));
    if (!info.isReadable())
        return unexpected(fileError(reader->m_name, QStringLiteral("it may not be read")));
    AVDictionary *libavOptions = nullptr;
    av_dict_set(&libavOptions, "protocol_whitelist", "file", 0); // no playlist may reach for the network
    av_dict_set(&libavOptions, "pattern_type", "none", 0);       // a picture's name is a name, whatever signs are in it
    const QByteArray url = "file:" + info.absoluteFilePath().toUtf8();
    const int result = avformat_open_input(&reader->m_input, url.constData(), nullptr, &libavOptions);
    av_dict_free(&libavOptions);
    if (result < 0)
        return unexpected(fileError(reader->m_name, libavReason(result)));
    if (const auto opened = reader->openStreams(); !opened)
        return unexpected(opened.error());
    if (const auto looked = reader->lookAhead(); !looked)
        return unexpected(looked.error());
    return reader;
}

FileReader::~FileReader()
{
    avformat_close_input(&m_input);
}

/// The picture that is no cover: players show that beside the sound, and it does not move.
int FileReader::videoStream() const
{
    const auto isVideo = [this](int index) { return !(m_input->streams[index]->disposition & AV_DISPOSITION_ATTACHED_PIC); };
    const int best = av_find_best_stream(m_input, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    if (best < 0 || isVideo(best))
        return best;
    for (int i = 0; i < int(m_input->nb_streams); ++i) {
        if (m_input->streams[i]->codecpar->codec_type == AVMEDIA_TYPE_VIDEO && isVideo(i))
            return i;
    }
    return -1;
}

Expected<void> FileReader::openStreams()
{
    if (const int result = avformat_find_stream_info(m_input, nullptr); result < 0)
        return unexpected(fileError(m_name, libavReason(result)));
    m_videoStream = videoStream();
    if (m_videoStream < 0) {
        const bool cover = av_find_best_stream(m_input, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0) >= 0;
        return unexpected(fileError(m_name, cover ? QStringLiteral("it has no video, only a cover picture") : QStringLiteral("it has no video")));
    }
    auto video = openCodec(m_videoStream);
    if (!video)
        return unexpected(video.error());
    m_video = std::move(*video);
    m_scratch.reset(av_frame_alloc());
    const qint64 start = m_input->start_time == AV_NOPTS_VALUE ? 0 : av_rescale(m_input->start_time, ticksPerSecond, AV_TIME_BASE);
    m_line = TimeLine(start, m_input->iformat->flags & AVFMT_TS_DISCONT ? longestPauseOfTs : longestPause);
    AVStream *stream = m_input->streams[m_videoStream];
    AVRational rate = av_guess_frame_rate(m_input, stream, nullptr);
    if (rate.den <= 0 || av_q2d(rate) > fastest)
        rate = stream->avg_frame_rate; // the guess was the clock's rate
    m_framesPerSecond = rate.num > 0 && rate.den > 0 ? std::min(av_q2d(rate), m_limit.framesPerSecond()) : 0;
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
    context->pkt_timebase = ticks;
    context->thread_count = 0;
    context->max_pixels = qint64(8192) * 8192;
    if (const int result = avcodec_open2(context.get(), codec, nullptr); result < 0)
        return unexpected(fileError(m_name, libavReason(result)));
    return context;
}

/// Up to the first picture, and where there is no sound to the second one: without it, it is a still.
Expected<void> FileReader::lookAhead()
{
    const int wanted = m_audio ? 1 : 2;
    int pictures = 0;
    while (pictures < wanted) {
        auto items = read();
        if (!items)
            return unexpected(items.error());
        if (items->empty())
            break;
        for (Item &item : *items) {
            pictures += item.frame ? 1 : 0;
            m_ahead.push_back(std::move(item));
        }
        if (pictures == 0 && m_ahead.size() > maxFruitlessPackets)
            break;
    }
    if (pictures == 0)
        return unexpected(fileError(m_name, QStringLiteral("it holds no picture that can be decoded")));
    m_begin = timeOf(m_ahead.front());
    for (const Item &item : m_ahead)
        m_begin = std::min(m_begin, timeOf(item));
    m_still = pictures == 1 && m_drained && !m_audio;
    return {};
}

VideoFormat FileReader::videoFormat() const
{
    return {m_fitter.width(), m_fitter.height(), m_framesPerSecond};
}

qint64 FileReader::frameTicks() const
{
    return m_framesPerSecond > 0 ? std::llround(double(ticksPerSecond) / m_framesPerSecond) : ticksPerSecond / 30;
}

Expected<std::vector<FileReader::Item>> FileReader::next()
{
    return m_ahead.empty() ? read() : std::exchange(m_ahead, {});
}

Expected<std::vector<FileReader::Item>> FileReader::read()
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
        if (packet->stream_index == m_videoStream || packet->stream_index == m_audioStream) {
            place(*packet);
            decode(packet->stream_index == m_videoStream ? *m_video : *m_audio, packet.get(), items);
        }
        av_packet_unref(packet.get());
    }
    return items;
}

/// Moves a packet to its place on the file's one line of time.
void FileReader::place(AVPacket &packet)
{
    av_packet_rescale_ts(&packet, m_input->streams[packet.stream_index]->time_base, ticks);
    const bool video = packet.stream_index == m_videoStream;
    const TimeLine::Stream stream = video ? TimeLine::Video : TimeLine::Sound;
    std::optional<qint64> time;
    if (packet.dts != AV_NOPTS_VALUE)
        time = packet.dts;
    else if (packet.pts != AV_NOPTS_VALUE && m_video->has_b_frames == 0)
        time = packet.pts;
    const qint64 duration = packet.duration > 0 ? packet.duration : video ? frameTicks() : 0;
    const qint64 expected = m_line.next(stream);
    const qint64 offset = m_line.offsetFor(stream, time, duration);
    if (packet.pts != AV_NOPTS_VALUE)
        packet.pts += offset;
    packet.dts = packet.dts == AV_NOPTS_VALUE ? expected : packet.dts + offset;
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
        av_frame_unref(m_scratch.get());
    }
}

PictureDisplay FileReader::displayOf(AVFrame &picture) const
{
    AVStream *stream = m_input->streams[m_videoStream];
    PictureDisplay display;
    display.pixelShape = av_guess_sample_aspect_ratio(m_input, stream, &picture);
    constexpr std::size_t matrixBytes = 9 * sizeof(std::int32_t);
    if (const AVFrameSideData *own = av_frame_get_side_data(&picture, AV_FRAME_DATA_DISPLAYMATRIX); own && own->size >= matrixBytes) {
        display.matrix = reinterpret_cast<const std::int32_t *>(own->data);
        return display;
    }
    std::size_t size = 0;
    const std::uint8_t *data = av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
    if (data && size >= matrixBytes)
        display.matrix = reinterpret_cast<const std::int32_t *>(data);
    return display;
}

void FileReader::takePicture(std::vector<Item> &items)
{
    const qint64 time = m_scratch->best_effort_timestamp;
    qint64 pts = time != AV_NOPTS_VALUE ? time : m_lastPicture ? *m_lastPicture + frameTicks() : 0;
    pts = std::max(pts, m_lastPicture ? *m_lastPicture + 1 : 0);
    m_lastPicture = pts;
    if (!m_limit.takes(pts))
        return;
    Frame frame = m_fitter.fit(*m_scratch, displayOf(*m_scratch));
    if (frame.isNull())
        return;
    frame.setPts(pts);
    Item item;
    item.frame = std::move(frame);
    item.duration = std::max<qint64>(m_scratch->pkt_duration, frameTicks());
    items.push_back(std::move(item));
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
    chunk.pts = m_scratch->best_effort_timestamp != AV_NOPTS_VALUE ? m_scratch->best_effort_timestamp : m_nextSound;
    Item item;
    item.duration = count * ticksPerSecond / chunk.format.sampleRate;
    m_nextSound = chunk.pts + item.duration;
    item.sound = std::move(chunk);
    items.push_back(std::move(item));
}

} // namespace sluice::media
