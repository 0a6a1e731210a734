#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavutil/frame.h>
#include <libavutil/imgutils.h>
#include <libswscale/swscale.h>
}

#include "sluice/base/error.h"
#include "sluice/sandbox/capabilities/picture.h"

#include <memory>

namespace sluice::sandbox {

/// unique_ptr deleter for what FFmpeg frees through a pointer to the pointer.
template <auto Free> struct AvFree {
    template <typename T> void operator()(T *pointer) const { Free(&pointer); }
};

using AvFramePtr = std::unique_ptr<AVFrame, AvFree<&av_frame_free>>;
using AvPacketPtr = std::unique_ptr<AVPacket, AvFree<&av_packet_free>>;
using AvCodecPtr = std::unique_ptr<AVCodecContext, AvFree<&avcodec_free_context>>;
using AvGraphPtr = std::unique_ptr<AVFilterGraph, AvFree<&avfilter_graph_free>>;

[[nodiscard]] QString avText(int code);
/// An RGBA frame of its own; null when there is no memory.
[[nodiscard]] AvFramePtr toFrame(const Picture &picture);
/// Any frame as RGBA of the given size.
[[nodiscard]] Expected<Picture> toPicture(const AVFrame &frame, int width, int height);

} // namespace sluice::sandbox
