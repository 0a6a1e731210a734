#pragma once

#include "sluice/base/error.h"

#include <QtCore/QLoggingCategory>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavformat/avformat.h>
#include <libavutil/frame.h>
#include <libswresample/swresample.h>
}

#include <memory>

namespace sluice::media {

Q_DECLARE_LOGGING_CATEGORY(logMedia)

/// How each of FFmpeg's objects is freed.
struct LibavDeleter {
    void operator()(AVFrame *frame) const { av_frame_free(&frame); }
    void operator()(AVPacket *packet) const { av_packet_free(&packet); }
    void operator()(AVCodecContext *context) const { avcodec_free_context(&context); }
    void operator()(SwrContext *context) const { swr_free(&context); }
    void operator()(AVFilterGraph *graph) const { avfilter_graph_free(&graph); }
};
using FramePtr = std::unique_ptr<AVFrame, LibavDeleter>;
using PacketPtr = std::unique_ptr<AVPacket, LibavDeleter>;
using CodecPtr = std::unique_ptr<AVCodecContext, LibavDeleter>;
using ResamplerPtr = std::unique_ptr<SwrContext, LibavDeleter>;
using FilterGraphPtr = std::unique_ptr<AVFilterGraph, LibavDeleter>;

/// FFmpeg's words for one of its error codes.
[[nodiscard]] QString libavReason(int code);
/// "`what`: FFmpeg's reason."
[[nodiscard]] Error libavError(Error::Kind kind, const QString &what, int code);
/// Sends FFmpeg's own messages to our log instead of standard error, once for the process. The newest warning of this thread is kept.
void useOwnLibavLog();
/// The newest message of warning or worse that FFmpeg gave on this thread since the last call; for errors whose code says little.
QString takeLibavComplaint();

} // namespace sluice::media
