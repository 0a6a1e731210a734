#include "sluice/media/filter_graph.h"

#include "libav_p.h"

#include "sluice/base/c_numeric.h"

extern "C" {
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavutil/opt.h>
}

#include <QtCore/QByteArray>

#include <deque>
#include <vector>

namespace sluice::media {

namespace {

constexpr std::size_t maxPending = 64;

/// A graph for one size of picture.
struct BuiltGraph {
    FilterGraphPtr graph;
    AVFilterContext *source = nullptr;
    AVFilterContext *sink = nullptr;
    int width = 0;
    int height = 0;
    AVRational pixelShape{1, 1};
};

struct Command {
    QByteArray target;
    QByteArray name;
    QByteArray argument;
};

struct InOutDeleter {
    void operator()(AVFilterInOut *list) const { avfilter_inout_free(&list); }
};
using InOutPtr = std::unique_ptr<AVFilterInOut, InOutDeleter>;

Error graphError(const QString &description, int code)
{
    const QString complaint = takeLibavComplaint();
    return Error(Error::Kind::InvalidInput, QStringLiteral("The filter graph \"%1\" cannot be built: %2.")
                                                .arg(description, complaint.isEmpty() ? libavReason(code) : complaint))
        .withAdvice(QStringLiteral("A graph has one video input and one video output, for example \"hue=s=0,gblur=sigma=3\"."));
}

InOutPtr endOf(const char *name, AVFilterContext *filter)
{
    InOutPtr end(avfilter_inout_alloc());
    if (end) {
        end->name = av_strdup(name);
        end->filter_ctx = filter;
    }
    return end;
}

int build(BuiltGraph &built, const QByteArray &description)
{
    AVFilterGraph *graph = built.graph.get();
    graph->nb_threads = 2;
    const QByteArray arguments = "video_size=" + QByteArray::number(built.width) + 'x' + QByteArray::number(built.height)
        + ":pix_fmt=yuv420p:time_base=1/90000:frame_rate=30/1:pixel_aspect=" + QByteArray::number(built.pixelShape.num) + '/'
        + QByteArray::number(built.pixelShape.den);
    int result = avfilter_graph_create_filter(&built.source, avfilter_get_by_name("buffer"), "in", arguments.constData(), nullptr, graph);
    if (result < 0)
        return result;
    result = avfilter_graph_create_filter(&built.sink, avfilter_get_by_name("buffersink"), "out", nullptr, nullptr, graph);
    if (result < 0)
        return result;
    const AVPixelFormat formats[] = {AV_PIX_FMT_YUV420P, AV_PIX_FMT_NONE};
    result = av_opt_set_bin(built.sink, "pix_fmts", reinterpret_cast<const std::uint8_t *>(formats), int(sizeof formats[0]), AV_OPT_SEARCH_CHILDREN);
    if (result < 0)
        return result;
    AVFilterInOut *outputs = endOf("in", built.source).release();
    AVFilterInOut *inputs = endOf("out", built.sink).release();
    result = avfilter_graph_parse_ptr(graph, description.constData(), &inputs, &outputs, nullptr);
    avfilter_inout_free(&inputs);
    avfilter_inout_free(&outputs);
    return result < 0 ? result : avfilter_graph_config(graph, nullptr);
}

Expected<BuiltGraph> buildGraph(const QString &description, int width, int height, AVRational pixelShape = {1, 1})
{
    useOwnLibavLog();
    takeLibavComplaint();
    const CNumericScope numbers;
    BuiltGraph built;
    built.graph.reset(avfilter_graph_alloc());
    built.width = width;
    built.height = height;
    built.pixelShape = pixelShape;
    if (!built.graph)
        return unexpected(Error(Error::Kind::Internal, QStringLiteral("There is no memory for a filter graph.")));
    const QString text = description.trimmed().isEmpty() ? QStringLiteral("null") : description;
    if (const int result = build(built, text.toUtf8()); result < 0)
        return unexpected(graphError(description, result));
    return built;
}

int send(const BuiltGraph &built, const Command &command)
{
    const CNumericScope numbers;
    char answer[256] = {};
    return avfilter_graph_send_command(built.graph.get(), command.target.constData(), command.name.constData(),
        command.argument.constData(), answer, int(sizeof answer), 0);
}

} // namespace

class FilterGraph::Private {
public:
    [[nodiscard]] Expected<void> fit(const Frame &frame);
    [[nodiscard]] Expected<std::optional<Frame>> take();

    QString text;
    BuiltGraph built;
    std::vector<Command> commands; ///< the newest of each kind: a rebuilt graph gets them again
    std::deque<Frame> pending;     ///< times of frames that are still inside
};

Expected<void> FilterGraph::Private::fit(const Frame &frame)
{
    const AVRational pixelShape = frame.av()->sample_aspect_ratio;
    if (built.width == frame.width() && built.height == frame.height() && av_cmp_q(built.pixelShape, pixelShape) == 0)
        return {};
    auto fitting = buildGraph(text, frame.width(), frame.height(), pixelShape);
    if (!fitting)
        return unexpected(fitting.error());
    built = std::move(*fitting);
    pending.clear();
    for (const Command &command : commands)
        send(built, command); // each was taken by this graph before
    return {};
}

Expected<std::optional<Frame>> FilterGraph::Private::take()
{
    std::optional<Frame> newest;
    for (;;) {
        FramePtr picture(av_frame_alloc());
        const int result = picture ? av_buffersink_get_frame(built.sink, picture.get()) : AVERROR(ENOMEM);
        if (result == AVERROR(EAGAIN) || result == AVERROR_EOF)
            return newest;
        if (result < 0)
            return unexpected(libavError(Error::Kind::Internal, QStringLiteral("The filter graph \"%1\" failed").arg(text), result));
        auto frame = Frame::adopt(picture.release());
        if (!frame)
            return unexpected(frame.error());
        while (pending.size() > 1 && pending.front().pts() < frame->pts())
            pending.pop_front();
        if (!pending.empty())
            frame->takeTimes(pending.front());
        newest = std::move(*frame);
    }
}

Expected<std::unique_ptr<FilterGraph>> FilterGraph::create(const QString &description)
{
    auto built = buildGraph(description, 320, 240);
    if (!built)
        return unexpected(built.error());
    auto d = std::make_unique<Private>();
    d->text = description;
    d->built = std::move(*built);
    return std::unique_ptr<FilterGraph>(new FilterGraph(std::move(d)));
}

FilterGraph::FilterGraph(std::unique_ptr<Private> parts)
    : d(std::move(parts))
{
}

FilterGraph::~FilterGraph() = default;

Expected<std::optional<Frame>> FilterGraph::filter(const Frame &frame)
{
    if (frame.isNull())
        return std::optional<Frame>();
    if (const auto done = d->fit(frame); !done)
        return unexpected(done.error());
    const FramePtr picture(av_frame_clone(frame.av()));
    if (!picture)
        return unexpected(Error(Error::Kind::Internal, QStringLiteral("There is no memory for a picture.")));
    picture->pts = frame.pts();
    Frame times;
    times.takeTimes(frame);
    d->pending.push_back(times);
    if (d->pending.size() > maxPending)
        d->pending.pop_front();
    if (const int result = av_buffersrc_add_frame_flags(d->built.source, picture.get(), 0); result < 0)
        return unexpected(libavError(Error::Kind::Internal, QStringLiteral("The filter graph \"%1\" took no picture").arg(d->text), result));
    return d->take();
}

Expected<void> FilterGraph::sendCommand(const QString &target, const QString &command, const QString &argument)
{
    const Command change{target.toUtf8(), command.toUtf8(), argument.toUtf8()};
    takeLibavComplaint();
    if (const int result = send(d->built, change); result < 0) {
        const QString complaint = takeLibavComplaint();
        return unexpected(Error(Error::Kind::InvalidInput, QStringLiteral("No filter \"%1\" of the graph \"%2\" takes %3=%4: %5.")
                .arg(target, d->text, command, argument, complaint.isEmpty() ? libavReason(result) : complaint)));
    }
    std::erase_if(d->commands, [&](const Command &old) { return old.target == change.target && old.name == change.name; });
    d->commands.push_back(change);
    return {};
}

Expected<void> FilterGraph::setDescription(const QString &description)
{
    auto built = buildGraph(description, d->built.width, d->built.height, d->built.pixelShape);
    if (!built)
        return unexpected(built.error());
    d->built = std::move(*built);
    d->text = description;
    d->commands.clear();
    d->pending.clear();
    return {};
}

QString FilterGraph::description() const
{
    return d->text;
}

} // namespace sluice::media
