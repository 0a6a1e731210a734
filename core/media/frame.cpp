#include "sluice/media/frame.h"

#include "picture_convert_p.h"

#include <algorithm>

namespace sluice::media {

namespace {

int even(int value)
{
    return value + (value & 1);
}

AVPixelFormat libavFormat(PixelFormat format)
{
    switch (format) {
    case PixelFormat::Yuv420p: return AV_PIX_FMT_YUV420P;
    case PixelFormat::Yuvj420p: return AV_PIX_FMT_YUVJ420P;
    case PixelFormat::Yuv422p: return AV_PIX_FMT_YUV422P;
    case PixelFormat::Nv12: return AV_PIX_FMT_NV12;
    case PixelFormat::Nv21: return AV_PIX_FMT_NV21;
    case PixelFormat::Yuyv: return AV_PIX_FMT_YUYV422;
    case PixelFormat::Uyvy: return AV_PIX_FMT_UYVY422;
    case PixelFormat::Rgb24: return AV_PIX_FMT_RGB24;
    case PixelFormat::Bgr24: return AV_PIX_FMT_BGR24;
    case PixelFormat::Rgba32: return AV_PIX_FMT_RGBA;
    case PixelFormat::Bgra32: return AV_PIX_FMT_BGRA;
    case PixelFormat::Argb32: return AV_PIX_FMT_ARGB;
    case PixelFormat::Abgr32: return AV_PIX_FMT_ABGR;
    case PixelFormat::Gray8: return AV_PIX_FMT_GRAY8;
    }
    return AV_PIX_FMT_NONE;
}

Error sizeError(int width, int height)
{
    return Error(Error::Kind::InvalidInput,
        QStringLiteral("A picture of %1×%2 cannot be used: both sides have to be from 2 to %3.").arg(width).arg(height).arg(maxPictureSide));
}

bool isOurs(const AVFrame &frame)
{
    return frame.format == AV_PIX_FMT_YUV420P && frame.color_range != AVCOL_RANGE_JPEG && frame.width % 2 == 0 && frame.height % 2 == 0;
}

std::shared_ptr<AVFrame> shared(FramePtr frame)
{
    return {frame.release(), LibavDeleter()};
}

} // namespace

Frame Frame::allocate(int width, int height)
{
    Frame frame;
    if (FramePtr picture = newPicture(even(width), even(height)))
        frame.m_frame = shared(std::move(picture));
    return frame;
}

Expected<Frame> Frame::fromPixels(PixelFormat format, int width, int height, const PixelPlanes &planes)
{
    if (width < 2 || height < 2 || width > maxPictureSide || height > maxPictureSide || !planes.data[0])
        return unexpected(sizeError(width, height));
    const FramePtr view(av_frame_alloc()); // describes the caller's memory and owns none of it
    if (!view)
        return unexpected(Error(Error::Kind::Internal, QStringLiteral("There is no memory for a picture.")));
    view->format = libavFormat(format);
    view->width = width;
    view->height = height;
    for (std::size_t i = 0; i < planes.data.size(); ++i) {
        view->data[i] = const_cast<std::uint8_t *>(planes.data[i]);
        view->linesize[i] = planes.stride[i];
    }
    FramePtr picture = toPicture(*view, even(width), even(height));
    if (!picture)
        return unexpected(Error(Error::Kind::Internal, QStringLiteral("A picture of %1×%2 could not be converted.").arg(width).arg(height)));
    Frame frame;
    frame.m_frame = shared(std::move(picture));
    return frame;
}

Expected<Frame> Frame::adopt(AVFrame *raw)
{
    FramePtr owned(raw);
    if (!owned || owned->width < 2 || owned->height < 2 || owned->width > maxPictureSide || owned->height > maxPictureSide)
        return unexpected(sizeError(raw ? raw->width : 0, raw ? raw->height : 0));
    Frame frame;
    frame.m_pts = owned->pts == AV_NOPTS_VALUE ? 0 : owned->pts;
    if (!isOurs(*owned)) {
        FramePtr picture = toPicture(*owned, even(owned->width), even(owned->height));
        if (picture)
            picture->sample_aspect_ratio = owned->sample_aspect_ratio;
        if (!picture)
            return unexpected(Error(Error::Kind::Protocol, QStringLiteral("A picture of pixel format %1 cannot be shown: there is no "
                                                                          "conversion from it.").arg(owned->format)));
        owned = std::move(picture);
    }
    completeDescription(*owned);
    frame.m_frame = shared(std::move(owned));
    return frame;
}

int Frame::width() const
{
    return m_frame ? m_frame->width : 0;
}

int Frame::height() const
{
    return m_frame ? m_frame->height : 0;
}

int Frame::displayWidth() const
{
    if (!m_frame)
        return 0;
    const AVRational shape = m_frame->sample_aspect_ratio;
    return shape.num > shape.den ? int(std::min<qint64>(av_rescale(m_frame->width, shape.num, shape.den), maxPictureSide)) : m_frame->width;
}

int Frame::displayHeight() const
{
    if (!m_frame)
        return 0;
    const AVRational shape = m_frame->sample_aspect_ratio;
    return shape.num < shape.den ? int(std::min<qint64>(av_rescale(m_frame->height, shape.den, shape.num), maxPictureSide)) : m_frame->height;
}

const std::uint8_t *Frame::plane(int index) const
{
    return m_frame && index >= 0 && index < 3 ? m_frame->data[index] : nullptr;
}

int Frame::stride(int index) const
{
    return m_frame && index >= 0 && index < 3 ? m_frame->linesize[index] : 0;
}

std::uint8_t *Frame::writablePlane(int index)
{
    if (!m_frame || index < 0 || index > 2)
        return nullptr;
    // Shared between Frames, or between this one and a codec that still refers to it.
    if (m_frame.use_count() > 1 || !av_frame_is_writable(m_frame.get())) {
        FramePtr copy = newPicture(width(), height());
        if (!copy || av_frame_copy(copy.get(), m_frame.get()) < 0 || av_frame_copy_props(copy.get(), m_frame.get()) < 0)
            return nullptr;
        m_frame = shared(std::move(copy));
    }
    return m_frame->data[index];
}

void Frame::stampCaptured()
{
    m_capturedWallUs = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    m_stamps.set(Stage::Captured);
}

void Frame::takeTimes(const Frame &other)
{
    m_pts = other.m_pts;
    m_capturedWallUs = other.m_capturedWallUs;
    m_stamps = other.m_stamps;
}

void Frame::toRgb32(std::uint8_t *bytes, qsizetype stride) const
{
    if (m_frame)
        media::toRgb32(*m_frame, bytes, stride);
}

Frame Frame::scaled(int width, int height) const
{
    const bool square = m_frame && m_frame->sample_aspect_ratio.num == m_frame->sample_aspect_ratio.den;
    if (!m_frame || (square && width == this->width() && height == this->height()))
        return *this;
    Frame frame;
    if (FramePtr picture = toPicture(*m_frame, even(width), even(height))) {
        frame.m_frame = shared(std::move(picture));
        frame.takeTimes(*this);
    }
    return frame;
}

} // namespace sluice::media
