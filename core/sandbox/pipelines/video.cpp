extern "C" {
#include <libavformat/avformat.h>
#include <libavutil/opt.h>
}

#include "sluice/sandbox/capabilities/av_p.h"
#include "sluice/sandbox/pipelines/picture_input.h"
#include "sluice/sandbox/pipelines/pipelines.h"

#include <cmath>
#include <numbers>

namespace sluice::sandbox {

namespace {

using aigateway::PipelineInput;
using aigateway::PipelineOutput;

constexpr int Frames = 25; ///< as many as the network's usual model makes
constexpr double MostZoom = 0.5;
constexpr int LongestSide = 2560;
constexpr qint64 MaxFramePixels = 2 * 1024 * 1024;
constexpr int BytesPerPixel = 4;

Error failed(const char *what, int code)
{
    return Error(Error::Kind::Internal, QStringLiteral("The video could not be made: %1: %2").arg(QLatin1String(what), avText(code)));
}

struct OutputFree {
    void operator()(AVFormatContext *output) const
    {
        if (output->pb) {
            uint8_t *buffer = nullptr;
            avio_close_dyn_buf(output->pb, &buffer);
            av_free(buffer);
        }
        avformat_free_context(output);
    }
};

/// H.264 in an MP4 file in memory.
class VideoWriter {
public:
    VideoWriter(int width, int height, int framesPerSecond)
        : m_packet(av_packet_alloc())
    {
        AVFormatContext *output = nullptr;
        int code = avformat_alloc_output_context2(&output, nullptr, "mp4", nullptr);
        if (code < 0)
            throw failed("the file", code);
        m_output.reset(output);
        const AVCodec *codec = avcodec_find_encoder_by_name("libx264");
        m_encoder.reset(codec ? avcodec_alloc_context3(codec) : nullptr);
        m_stream = avformat_new_stream(output, nullptr);
        if (!m_encoder || !m_stream || !m_packet)
            throw failed("the encoder", AVERROR_ENCODER_NOT_FOUND);
        m_encoder->width = width;
        m_encoder->height = height;
        m_encoder->pix_fmt = AV_PIX_FMT_YUV420P;
        m_encoder->time_base = {1, framesPerSecond};
        m_encoder->framerate = {framesPerSecond, 1};
        m_encoder->thread_count = 1;
        m_encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
        av_opt_set(m_encoder->priv_data, "preset", "veryfast", 0);
        av_opt_set(m_encoder->priv_data, "crf", "20", 0);
        code = avcodec_open2(m_encoder.get(), codec, nullptr);
        if (code >= 0)
            code = avcodec_parameters_from_context(m_stream->codecpar, m_encoder.get());
        m_stream->time_base = m_encoder->time_base;
        if (code >= 0)
            code = avio_open_dyn_buf(&output->pb);
        if (code >= 0)
            code = avformat_write_header(output, nullptr);
        if (code < 0)
            throw failed("its beginning", code);
    }

    /// Null at the end.
    void write(const AVFrame *frame)
    {
        int code = avcodec_send_frame(m_encoder.get(), frame);
        while (code >= 0) {
            code = avcodec_receive_packet(m_encoder.get(), m_packet.get());
            if (code == AVERROR(EAGAIN) || code == AVERROR_EOF)
                return;
            if (code < 0)
                break;
            m_packet->duration = 1;
            av_packet_rescale_ts(m_packet.get(), m_encoder->time_base, m_stream->time_base);
            m_packet->stream_index = m_stream->index;
            code = av_interleaved_write_frame(m_output.get(), m_packet.get());
        }
        if (code < 0)
            throw failed("a picture", code);
    }

    QByteArray finish()
    {
        write(nullptr);
        if (const int code = av_write_trailer(m_output.get()); code < 0)
            throw failed("its end", code);
        uint8_t *buffer = nullptr;
        const int size = avio_close_dyn_buf(m_output->pb, &buffer);
        m_output->pb = nullptr;
        const QByteArray file(reinterpret_cast<const char *>(buffer), size);
        av_free(buffer);
        return file;
    }

private:
    std::unique_ptr<AVFormatContext, OutputFree> m_output;
    AvCodecPtr m_encoder;
    AvPacketPtr m_packet;
    AVStream *m_stream = nullptr;
};

/// Where the camera stands: the part of the picture that is seen.
struct View {
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;
};

/// From the largest part of the output's shape into the picture, towards a side that the seed chooses.
View viewAt(const Picture &picture, double shape, double time, double zoom, double angle)
{
    const double fullWidth = std::min<double>(picture.width, picture.height * shape);
    const double fullHeight = fullWidth / shape;
    const double scale = 1 / (1 + zoom * time);
    View view;
    view.width = std::max(2, int(fullWidth * scale));
    view.height = std::max(2, int(fullHeight * scale));
    const double roomX = picture.width - view.width;
    const double roomY = picture.height - view.height;
    view.left = int(roomX * (0.5 + 0.35 * time * std::cos(angle)));
    view.top = int(roomY * (0.5 + 0.35 * time * std::sin(angle)));
    return view;
}

void scaleInto(AVFrame &frame, const Picture &picture, const View &view)
{
    const std::unique_ptr<SwsContext, decltype(&sws_freeContext)> scaler(sws_getContext(view.width, view.height, AV_PIX_FMT_RGBA, frame.width, frame.height,
        AV_PIX_FMT_YUV420P, SWS_BICUBIC | SWS_ACCURATE_RND, nullptr, nullptr, nullptr), &sws_freeContext);
    if (!scaler)
        throw failed("its size", AVERROR(EINVAL));
    const auto *from = reinterpret_cast<const uint8_t *>(picture.rgba.constData()) + (qsizetype(view.top) * picture.width + view.left) * BytesPerPixel;
    const uint8_t *planes[4] = {from, nullptr, nullptr, nullptr};
    const int strides[4] = {picture.width * BytesPerPixel, 0, 0, 0};
    sws_scale(scaler.get(), planes, strides, 0, view.height, frame.data, frame.linesize);
}

class ImageToVideo final : public aigateway::PipelineWork {
public:
    [[nodiscard]] QString pipeline() const override { return QStringLiteral("image-to-video"); }
    [[nodiscard]] QString model() const override { return QStringLiteral("sandbox/pan-and-zoom"); }
    [[nodiscard]] QString description() const override
    {
        return QStringLiteral("Moves slowly into a picture and aside, 25 pictures long, as H.264 in MP4. No model: nothing in the picture moves by itself. The motion field says how "
                              "far it goes, the seed where to; noise and steps are not looked at. Any model name is taken.");
    }
    [[nodiscard]] QList<CapabilityExample> examples() const override
    {
        return {{QStringLiteral("Into a landscape"), Json{{QStringLiteral("image"), exampleLandscape()}, {QStringLiteral("width"), 512}, {QStringLiteral("height"), 320}}}};
    }

    PipelineOutput make(const PipelineInput &input, const CallContext &context) override
    {
        const int width = int(input.integer("width"));
        const int height = int(input.integer("height"));
        if (qint64(width) * height > MaxFramePixels)
            throw Error(Error::Kind::InvalidInput, QStringLiteral("width: %1×%2 pixels are more than the 2 megapixels of which videos are made").arg(width).arg(height));
        const Picture picture = enlarged(orThrow(shrunk(pictureIn(input), LongestSide)), width);
        const qint64 seed = seedIn(input);
        const double zoom = MostZoom * double(input.integer("motion_bucket_id")) / 255;
        const double angle = double(quint64(seed) % 360) * std::numbers::pi / 180;
        VideoWriter writer(width, height, int(input.integer("fps")));
        const AvFramePtr frame(av_frame_alloc());
        if (!frame)
            throw failed("memory", AVERROR(ENOMEM));
        for (int i = 0; i < Frames; ++i) {
            context.check();
            // The encoder may hold on to the last one.
            av_frame_unref(frame.get());
            frame->format = AV_PIX_FMT_YUV420P;
            frame->width = width;
            frame->height = height;
            if (const int code = av_frame_get_buffer(frame.get(), 0); code < 0)
                throw failed("memory", code);
            scaleInto(*frame, picture, viewAt(picture, double(width) / height, double(i) / (Frames - 1), zoom, angle));
            frame->pts = i;
            writer.write(frame.get());
        }
        PipelineOutput output;
        output.files.append({"mp4", "video/mp4", writer.finish(), seed});
        return output;
    }

private:
    /// Small pictures are enlarged first: the view moves by whole pixels, which would be seen to jump.
    static Picture enlarged(const Picture &picture, int width)
    {
        if (picture.width >= width)
            return picture;
        const AvFramePtr frame = toFrame(picture);
        if (!frame)
            throw failed("memory", AVERROR(ENOMEM));
        return orThrow(toPicture(*frame, width, std::max(1, int(qint64(picture.height) * width / picture.width))));
    }
};

} // namespace

FoundWork imageToVideo()
{
    FoundWork found;
    found.pipeline = QStringLiteral("image-to-video");
    if (!avcodec_find_encoder_by_name("libx264"))
        found.missing = QStringLiteral("FFmpeg's encoder libx264; Debian's package libavcodec59 has it");
    else
        found.work = std::make_unique<ImageToVideo>();
    return found;
}

} // namespace sluice::sandbox
