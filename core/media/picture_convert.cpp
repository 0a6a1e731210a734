#include "picture_convert_p.h"

extern "C" {
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>
}

#include <array>
#include <cstring>
#include <tuple>
#include <vector>

namespace sluice::media {

namespace {

/// The quick conversion to RGB rounds downwards, by one of 255 on average: so much brightness makes up for it.
constexpr int roundingToRgb = 256;

struct Conversion {
    int sourceWidth = 0;
    int sourceHeight = 0;
    AVPixelFormat sourceFormat = AV_PIX_FMT_NONE;
    bool sourceFullRange = false;
    AVColorSpace matrix = AVCOL_SPC_UNSPECIFIED; ///< of whichever side is YUV; of both, if both are
    int width = 0;
    int height = 0;
    AVPixelFormat format = AV_PIX_FMT_NONE;
    bool operator==(const Conversion &) const = default;
};

/// The scalers that this thread used last: setting one up costs more than using it.
class ScalerCache {
public:
    ~ScalerCache()
    {
        for (Slot &slot : m_slots)
            sws_freeContext(slot.context);
    }

    SwsContext *get(const Conversion &conversion)
    {
        for (const Slot &slot : m_slots) {
            if (slot.context && slot.conversion == conversion)
                return slot.context;
        }
        Slot &slot = m_slots[m_next++ % m_slots.size()];
        sws_freeContext(slot.context);
        slot.conversion = conversion;
        slot.context = make(conversion);
        return slot.context;
    }

private:
    static SwsContext *make(const Conversion &conversion)
    {
        SwsContext *context = sws_alloc_context();
        if (!context)
            return nullptr;
        const int sourceRange = conversion.sourceFullRange ? 1 : 0;
        const bool toRgb = conversion.format != AV_PIX_FMT_YUV420P;
        const int range = toRgb ? 1 : 0;
        // Other formats come from files, where a millisecond is cheap; their colours would be off by as much as six of 255.
        const bool ours = conversion.sourceFormat == AV_PIX_FMT_YUV420P && !conversion.sourceFullRange;
        const int flags = ours ? SWS_BILINEAR : SWS_BILINEAR | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INP;
        // The ranges before the start: it is then that the scaler decides whether pixels can be copied as they are.
        const std::pair<const char *, int> options[] = {{"srcw", conversion.sourceWidth}, {"srch", conversion.sourceHeight},
            {"src_format", conversion.sourceFormat}, {"src_range", sourceRange}, {"dstw", conversion.width}, {"dsth", conversion.height},
            {"dst_format", conversion.format}, {"dst_range", range}, {"sws_flags", flags}};
        for (const auto &[name, value] : options)
            av_opt_set_int(context, name, value, 0);
        if (sws_init_context(context, nullptr, nullptr) < 0) {
            sws_freeContext(context);
            return nullptr;
        }
        const int *coefficients = sws_getCoefficients(conversion.matrix);
        sws_setColorspaceDetails(context, coefficients, sourceRange, coefficients, range, toRgb ? roundingToRgb : 0, 1 << 16, 1 << 16);
        return context;
    }

    struct Slot {
        Conversion conversion;
        SwsContext *context = nullptr;
    };
    std::array<Slot, 4> m_slots;
    std::size_t m_next = 0;
};

/// FFmpeg names full range twice: in the frame, and by formats of their own, which its scaler wants translated.
std::pair<AVPixelFormat, bool> formatAndRange(const AVFrame &frame)
{
    const bool full = frame.color_range == AVCOL_RANGE_JPEG;
    switch (frame.format) {
    case AV_PIX_FMT_YUVJ420P: return {AV_PIX_FMT_YUV420P, true};
    case AV_PIX_FMT_YUVJ422P: return {AV_PIX_FMT_YUV422P, true};
    case AV_PIX_FMT_YUVJ444P: return {AV_PIX_FMT_YUV444P, true};
    case AV_PIX_FMT_YUVJ440P: return {AV_PIX_FMT_YUV440P, true};
    case AV_PIX_FMT_YUVJ411P: return {AV_PIX_FMT_YUV411P, true};
    default: break;
    }
    // Grey says nothing of its range in the files that have it, which are pictures: they use all of it.
    const AVPixFmtDescriptor *description = av_pix_fmt_desc_get(AVPixelFormat(frame.format));
    const bool grey = description && description->nb_components <= 2 && !(description->flags & AV_PIX_FMT_FLAG_PAL);
    return {AVPixelFormat(frame.format), full || (grey && frame.color_range != AVCOL_RANGE_MPEG)};
}

bool isRgb(const AVFrame &frame)
{
    const AVPixFmtDescriptor *description = av_pix_fmt_desc_get(AVPixelFormat(frame.format));
    return description && (description->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL));
}

SwsContext *scalerFor(const AVFrame &source, int width, int height, AVPixelFormat format)
{
    thread_local ScalerCache cache;
    const auto [sourceFormat, full] = formatAndRange(source);
    return cache.get({source.width, source.height, sourceFormat, full, matrixOf(source, width, height), width, height, format});
}

} // namespace

AVColorSpace matrixOf(const AVFrame &frame, int width, int height)
{
    const bool said = frame.colorspace != AVCOL_SPC_UNSPECIFIED && frame.colorspace != AVCOL_SPC_RESERVED && frame.colorspace != AVCOL_SPC_RGB;
    if (said && !isRgb(frame))
        return frame.colorspace;
    // What was not made from RGB keeps the matrix that its own size speaks for.
    const bool large = isRgb(frame) ? width >= 1280 || height > 576 : frame.width >= 1280 || frame.height > 576;
    return large ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
}

void completeDescription(AVFrame &frame)
{
    frame.colorspace = matrixOf(frame, frame.width, frame.height);
    frame.color_range = AVCOL_RANGE_MPEG;
    // Real pixels are not so flat: such a number is damage.
    constexpr int utmost = 8;
    AVRational &shape = frame.sample_aspect_ratio;
    if (shape.num <= 0 || shape.den <= 0 || shape.num / shape.den >= utmost || shape.den / shape.num >= utmost)
        shape = {1, 1};
}

FramePtr newPicture(int width, int height)
{
    if (width < 2 || height < 2 || width > maxPictureSide || height > maxPictureSide)
        return {};
    FramePtr frame(av_frame_alloc());
    if (!frame)
        return {};
    frame->format = AV_PIX_FMT_YUV420P;
    frame->color_range = AVCOL_RANGE_MPEG;
    frame->width = width;
    frame->height = height;
    completeDescription(*frame);
    if (av_frame_get_buffer(frame.get(), 0) < 0)
        return {};
    return frame;
}

namespace {

void takeDescription(AVFrame &picture, const AVFrame &source)
{
    picture.pts = source.pts;
    picture.colorspace = matrixOf(source, picture.width, picture.height);
    picture.color_primaries = source.color_primaries;
    picture.color_trc = source.color_trc;
}

void paintBlack(AVFrame &picture)
{
    for (int plane = 0; plane < 3; ++plane) {
        const int height = plane == 0 ? picture.height : picture.height / 2;
        std::memset(picture.data[plane], plane == 0 ? 16 : 128, std::size_t(picture.linesize[plane]) * std::size_t(height));
    }
}

} // namespace

FramePtr toPicture(const AVFrame &source, int width, int height)
{
    FramePtr picture = newPicture(width, height);
    SwsContext *scaler = picture ? scalerFor(source, width, height, AV_PIX_FMT_YUV420P) : nullptr;
    if (!scaler || sws_scale(scaler, source.data, source.linesize, 0, source.height, picture->data, picture->linesize) < 0)
        return {};
    takeDescription(*picture, source);
    return picture;
}

FramePtr toFramedPicture(const AVFrame &source, int innerWidth, int innerHeight, int width, int height)
{
    if (innerWidth == width && innerHeight == height)
        return toPicture(source, width, height);
    // By a picture of its own: the scaler may write past the ends of rows.
    const FramePtr inner = toPicture(source, innerWidth, innerHeight);
    FramePtr picture = newPicture(width, height);
    if (!inner || !picture)
        return {};
    paintBlack(*picture);
    const int left = (width - innerWidth) / 4 * 2;
    const int top = (height - innerHeight) / 4 * 2;
    for (int plane = 0; plane < 3; ++plane) {
        const int part = plane == 0 ? 1 : 2;
        av_image_copy_plane(picture->data[plane] + std::ptrdiff_t(top / part) * picture->linesize[plane] + left / part, picture->linesize[plane],
            inner->data[plane], inner->linesize[plane], innerWidth / part, innerHeight / part);
    }
    takeDescription(*picture, *inner);
    return picture;
}

void toRgb32(const AVFrame &source, std::uint8_t *bytes, qsizetype stride)
{
    // AV_PIX_FMT_RGB32 is the machine's 0xAARRGGBB word, and alpha comes out opaque.
    SwsContext *scaler = scalerFor(source, source.width, source.height, AV_PIX_FMT_RGB32);
    if (!scaler)
        return;
    // The scaler writes whole vectors, past the end of rows that are no multiple of them.
    constexpr int vector = 16;
    const qsizetype row = qsizetype(source.width) * 4;
    const qsizetype padded = (qsizetype(source.width) + vector - 1) / vector * vector * 4;
    if (row == padded) {
        std::uint8_t *const planes[4] = {bytes};
        const int strides[4] = {int(stride)};
        sws_scale(scaler, source.data, source.linesize, 0, source.height, planes, strides);
        return;
    }
    thread_local std::vector<std::uint8_t> scratch;
    scratch.resize(std::size_t(padded) * std::size_t(source.height) + vector * 4);
    std::uint8_t *const planes[4] = {scratch.data()};
    const int strides[4] = {int(padded)};
    sws_scale(scaler, source.data, source.linesize, 0, source.height, planes, strides);
    for (int y = 0; y < source.height; ++y)
        std::memcpy(bytes + y * stride, scratch.data() + y * padded, std::size_t(row));
}

} // namespace sluice::media
