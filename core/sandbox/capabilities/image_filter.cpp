#include "sluice/sandbox/capabilities/image_filter.h"

#include "sluice/base/c_numeric.h"
#include "sluice/base/file_text.h"
#include "sluice/sandbox/capabilities/av_p.h"

extern "C" {
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
}

#include <QtCore/QElapsedTimer>

#include <algorithm>

namespace sluice::sandbox {
namespace {

constexpr int MaxEncodedLength = 24 * 1024 * 1024;

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

struct Filter {
    const char *name;
    const char *chain;  // libavfilter's syntax; %1 takes the value that strength gives, %2 and %3 the picture's middle
    bool blended;       // strength is the share of the effect in the picture
    bool mirrors;       // left becomes right
    bool keepsAlpha;    // the chain itself carries transparency through
    double (*value)(double strength, int side);
};

double none(double, int) { return 0; }

constexpr Filter Filters[] = {
    {"grey", "format=gray", true, false, false, none},
    {"blur", "format=gbrap,gblur=sigma=%1:steps=2", false, false, true, [](double s, int side) { return 0.1 + s * side / 40; }},
    {"edges", "format=gray,edgedetect=low=0.08:high=0.2", true, false, false, none},
    {"sharpen", "format=yuv444p,unsharp=luma_msize_x=5:luma_msize_y=5:luma_amount=%1", false, false, false, [](double s, int) { return 3 * s; }},
    {"sepia", "format=rgba,colorchannelmixer=.393:.769:.189:0:.349:.686:.168:0:.272:.534:.131", true, false, true, none},
    {"invert", "format=gbrp,negate", true, false, false, none},
    {"mirror", "format=rgba,hflip", true, true, true, none},
    {"hue", "format=yuv444p,hue=h=%1", false, false, false, [](double s, int) { return 360 * s; }},
    {"vignette", "format=yuv444p,vignette=angle=%1:x0=%2:y0=%3:dither=0", false, false, false, [](double s, int) { return 1.1 * s; }},
    {"pixelize", "format=gbrap,pixelize=w=%1:h=%1", false, false, true, [](double s, int side) { return double(1 + int(s * side / 16)); }},
    {"emboss", "format=gbrp,convolution=0m='-2 -1 0 -1 1 1 0 1 2':1m='-2 -1 0 -1 1 1 0 1 2':2m='-2 -1 0 -1 1 1 0 1 2'", true, false, false, none},
};

Error failed(const QString &what, int code)
{
    return Error(Error::Kind::Internal, QStringLiteral("The filter could not be run: %1 (%2).").arg(what, avText(code)));
}

/// The picture in the corner of a canvas whose sides are multiples of 16 and at least 64, its border repeated outwards: FFmpeg's
/// gblur, edgedetect and convolution (5.1) read and write beyond smaller or odder pictures.
Picture padded(const Picture &picture)
{
    const auto fit = [](int length) { return std::max(64, (length + 15) / 16 * 16); };
    Picture canvas{fit(picture.width), fit(picture.height), {}};
    canvas.rgba.resize(qsizetype(canvas.width) * canvas.height * 4);
    const auto *from = reinterpret_cast<const quint32 *>(picture.rgba.constData());
    auto *to = reinterpret_cast<quint32 *>(canvas.rgba.data());
    for (int y = 0; y < canvas.height; ++y) {
        const quint32 *row = from + qsizetype(std::min(y, picture.height - 1)) * picture.width;
        for (int x = 0; x < canvas.width; ++x)
            *to++ = row[std::min(x, picture.width - 1)];
    }
    return canvas;
}

Picture cut(const Picture &canvas, int left, int width, int height)
{
    Picture picture{width, height, {}};
    picture.rgba.reserve(qsizetype(width) * height * 4);
    for (int y = 0; y < height; ++y)
        picture.rgba += canvas.rgba.mid(4 * (qsizetype(y) * canvas.width + left), 4 * qsizetype(width));
    return picture;
}

/// Runs one picture through a chain of libavfilter.
Picture filtered(const Picture &picture, const QString &chain)
{
    const CNumericScope numbers;
    const AvGraphPtr graph(avfilter_graph_alloc());
    const AvFramePtr in = toFrame(picture);
    const AvFramePtr out(av_frame_alloc());
    if (!graph || !in || !out)
        throw Error(Error::Kind::Internal, QStringLiteral("There is not enough memory for this picture."));
    graph->nb_threads = 1;
    AVFilterContext *source = nullptr;
    AVFilterContext *sink = nullptr;
    const QByteArray size = QStringLiteral("video_size=%1x%2:pix_fmt=%3:time_base=1/1:pixel_aspect=1/1")
                                .arg(picture.width).arg(picture.height).arg(int(AV_PIX_FMT_RGBA)).toLatin1();
    int code = avfilter_graph_create_filter(&source, avfilter_get_by_name("buffer"), "in", size.constData(), nullptr, graph.get());
    if (code >= 0)
        code = avfilter_graph_create_filter(&sink, avfilter_get_by_name("buffersink"), "out", nullptr, nullptr, graph.get());
    if (code < 0)
        throw failed(QStringLiteral("its ends"), code);
    AVFilterInOut *inputs = avfilter_inout_alloc();
    AVFilterInOut *outputs = avfilter_inout_alloc();
    const std::unique_ptr<AVFilterInOut *, void (*)(AVFilterInOut **)> freeInputs(&inputs, avfilter_inout_free);
    const std::unique_ptr<AVFilterInOut *, void (*)(AVFilterInOut **)> freeOutputs(&outputs, avfilter_inout_free);
    if (!inputs || !outputs)
        throw failed(QStringLiteral("its ends"), AVERROR(ENOMEM));
    *outputs = {av_strdup("in"), source, 0, nullptr};
    *inputs = {av_strdup("out"), sink, 0, nullptr};
    code = avfilter_graph_parse_ptr(graph.get(), (chain + QStringLiteral(",format=rgba")).toLatin1().constData(), &inputs, &outputs, nullptr);
    if (code >= 0)
        code = avfilter_graph_config(graph.get(), nullptr);
    if (code >= 0)
        code = av_buffersrc_add_frame_flags(source, in.get(), AV_BUFFERSRC_FLAG_KEEP_REF);
    if (code >= 0)
        code = av_buffersrc_close(source, 1, 0);
    if (code >= 0)
        code = av_buffersink_get_frame(sink, out.get());
    if (code < 0)
        throw failed(chain, code);
    return orThrow(toPicture(*out, out->width, out->height));
}

/// Mixes two pictures of one size and puts the transparency right.
void blend(Picture &result, const Picture &original, double share, bool keepAlpha)
{
    const int part = int(std::lround(256 * share));
    auto *to = reinterpret_cast<uchar *>(result.rgba.data());
    const auto *from = reinterpret_cast<const uchar *>(original.rgba.constData());
    for (qsizetype i = 0; i < result.rgba.size(); i += 4) {
        for (int c = 0; c < 4; ++c)
            to[i + c] = uchar((to[i + c] * part + from[i + c] * (256 - part)) >> 8);
        if (!keepAlpha)
            to[i + 3] = from[i + 3];
    }
}

/// The file of the input.
QByteArray fileOf(const QString &text)
{
    const Expected<QByteArray> file = fileInText(text);
    if (!file)
        throw InputError(key("/image"), file.error().message());
    return *file;
}

} // namespace

QStringList ImageFilter::filters()
{
    QStringList names;
    for (const Filter &filter : Filters)
        names.append(QString::fromLatin1(filter.name));
    return names;
}

QString ImageFilter::description() const
{
    return QStringLiteral("Applies a named filter to a picture (PNG, JPEG, WebP, GIF or BMP, up to 16 megapixels) and answers a PNG. The filters "
                          "are FFmpeg's, plain image processing; no model is involved.");
}

Json ImageFilter::inputSchema() const
{
    Json names = Json::array();
    for (const QString &filter : filters())
        names.append(filter);
    return Json{{key("type"), "object"}, {key("title"), "Image filter"}, {key("required"), Json::array({Json("image"), Json("filter")})},
        {key("properties"), Json{
            {key("image"), Json{{key("type"), "string"}, {key("title"), "Picture"}, {key("description"), "The picture file as base64 or as a data URI."},
                {key("contentMediaType"), "image/*"}, {key("contentEncoding"), "base64"}, {key("format"), "base64"},
                {key("minLength"), 1}, {key("maxLength"), MaxEncodedLength}, {key("x-order"), 0}}},
            {key("filter"), Json{{key("type"), "string"}, {key("title"), "Filter"}, {key("enum"), names}, {key("default"), "edges"}, {key("x-order"), 1}}},
            {key("strength"), Json{{key("type"), "number"}, {key("title"), "Strength"}, {key("minimum"), 0}, {key("maximum"), 1},
                {key("default"), 0.5}, {key("x-order"), 2},
                {key("description"), "Radius, angle or amount; for grey, edges, sepia, invert, mirror and emboss their share in the picture."}}},
            {key("max_side"), Json{{key("type"), "integer"}, {key("title"), "Longest side"}, {key("minimum"), 16}, {key("maximum"), 4096},
                {key("default"), 1600}, {key("description"), "Larger pictures are shrunk to this many pixels first."}, {key("x-order"), 3}}}}},
        {key("additionalProperties"), false}};
}

Json ImageFilter::outputSchema() const
{
    return Json{{key("type"), "string"}, {key("contentMediaType"), "image/png"},
        {key("x-output"), Json{{key("type"), "image"}, {key("media_type"), "image/png"}}}};
}

QList<Example> ImageFilter::examples() const
{
    const Expected<QByteArray> png = encodePng(landscape(240, 150));
    if (!png)
        return {};
    const QString uri = dataUri("image/png", *png);
    const auto example = [&](const char *title, const char *filter, double strength) {
        return Example{QString::fromUtf8(title), Json{{key("image"), uri}, {key("filter"), filter}, {key("strength"), strength}}};
    };
    return {example("Find the edges of a landscape", "edges", 0.9), example("Old photograph", "sepia", 0.85)};
}

Picture ImageFilter::applied(const Picture &original, const QString &wanted, double strength)
{
    const auto *filter = std::find_if(std::begin(Filters), std::end(Filters), [&](const Filter &f) { return wanted == QLatin1StringView(f.name); });
    if (filter == std::end(Filters))
        throw InputError(key("/filter"), QStringLiteral("There is no filter \"%1\".").arg(wanted));
    QString chain = QString::fromLatin1(filter->chain);
    chain.replace(QStringLiteral("%1"), QString::number(filter->value(strength, std::max(original.width, original.height)), 'f', 3));
    chain.replace(QStringLiteral("%2"), QString::number(original.width / 2)).replace(QStringLiteral("%3"), QString::number(original.height / 2));
    Picture canvas = padded(original);
    const int canvasWidth = canvas.width;
    canvas = filtered(canvas, chain);
    if (canvas.width != canvasWidth)
        throw Error(Error::Kind::Internal, QStringLiteral("The filter changed the picture's size."));
    Picture result = cut(canvas, filter->mirrors ? canvasWidth - original.width : 0, original.width, original.height);
    canvas = Picture{};
    if (filter->blended || !filter->keepsAlpha)
        blend(result, original, filter->blended ? strength : 1, filter->keepsAlpha);
    return result;
}

PredictResult ImageFilter::predict(const Json &input, const RunContext &context)
{
    QElapsedTimer timer;
    timer.start();
    const QString wanted = input.value(key("filter")).toString();
    if (!filters().contains(wanted))
        throw InputError(key("/filter"), QStringLiteral("There is no filter \"%1\".").arg(wanted));
    const double strength = std::clamp(input.value(key("strength")).toDouble(0.5), 0.0, 1.0);

    Expected<Picture> decoded = decodePicture(fileOf(input.value(key("image")).toString()));
    if (!decoded)
        throw InputError(key("/image"), decoded.error().message());
    context.check();
    const int side = int(input.value(key("max_side")).toInt64().value_or(1600));
    const Picture original = orThrow(shrunk(*decoded, side));
    decoded = Picture{};
    context.check();
    const Picture result = applied(original, wanted, strength);
    context.check();
    PredictResult answer = PredictResult::bytes(orThrow(encodePng(result)), "image/png");
    answer.metadata = Json{{key("capability"), name()}, {key("filter"), wanted}, {key("strength"), strength}, {key("width"), result.width},
        {key("height"), result.height}, {key("elapsed_us"), timer.nsecsElapsed() / 1000}};
    return answer;
}

} // namespace sluice::sandbox
