#include "picture_convert_p.h"

extern "C" {
#include <libswscale/swscale.h>
}

#include <array>
#include <cstring>
#include <tuple>
#include <vector>

namespace sluice::media {

namespace {

struct Conversion {
    int sourceWidth = 0;
    int sourceHeight = 0;
    AVPixelFormat sourceFormat = AV_PIX_FMT_NONE;
    bool sourceFullRange = false;
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
        slot.context = sws_getContext(conversion.sourceWidth, conversion.sourceHeight, conversion.sourceFormat, conversion.width,
            conversion.height, conversion.format, SWS_BILINEAR, nullptr, nullptr, nullptr);
        if (slot.context) {
            const int *coefficients = sws_getCoefficients(SWS_CS_DEFAULT);
            sws_setColorspaceDetails(slot.context, coefficients, conversion.sourceFullRange ? 1 : 0, coefficients,
                conversion.format == AV_PIX_FMT_YUV420P ? 0 : 1, 0, 1 << 16, 1 << 16);
        }
        return slot.context;
    }

private:
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
    default: return {AVPixelFormat(frame.format), full};
    }
}

SwsContext *scalerFor(const AVFrame &source, int width, int height, AVPixelFormat format)
{
    thread_local ScalerCache cache;
    const auto [sourceFormat, full] = formatAndRange(source);
    return cache.get({source.width, source.height, sourceFormat, full, width, height, format});
}

} // namespace

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
    if (av_frame_get_buffer(frame.get(), 0) < 0)
        return {};
    return frame;
}

FramePtr toPicture(const AVFrame &source, int width, int height)
{
    FramePtr picture = newPicture(width, height);
    SwsContext *scaler = picture ? scalerFor(source, width, height, AV_PIX_FMT_YUV420P) : nullptr;
    if (!scaler || sws_scale(scaler, source.data, source.linesize, 0, source.height, picture->data, picture->linesize) < 0)
        return {};
    picture->pts = source.pts;
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
