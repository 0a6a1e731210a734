#include "sluice/sandbox/capabilities/live_capabilities.h"

#include "sluice/media/filter_graph.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace sluice::sandbox {
namespace {

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

/// How a filter is made. The chain is libavfilter's, "%1" takes the value that the strength gives; nothing of it comes from a client.
struct Filter {
    const char *name;
    const char *chain;
    enum class Strength { Ignored, Value, Share, Outlines } use; ///< what the strength does
    bool padded; ///< FFmpeg 5.1's blur, sobel and convolution reach beyond pictures that are small or no multiple of 16
    double (*value)(double strength, int side);
};

double none(double, int)
{
    return 0;
}

using Use = Filter::Strength;
constexpr Filter Filters[] = {
    {"none", "", Use::Ignored, false, none},
    {"grey", "hue=s=%1", Use::Value, false, [](double s, int) { return 1 - s; }},
    {"edges", "gblur=sigma=0.8:steps=1,sobel=planes=1:scale=2,lutyuv=u=128:v=128", Use::Share, true, none},
    {"cartoon",
        "gblur=sigma=1.2:steps=1,lutyuv=y=floor(val/36)*36+18:u=floor((val-128)/12+0.5)*12+128:v=floor((val-128)/12+0.5)*12+128",
        Use::Outlines, true, none},
    {"blur", "gblur=sigma=%1:steps=1", Use::Value, true, [](double s, int side) { return 0.2 + s * side / 50; }},
    {"mirror", "hflip", Use::Ignored, false, none},
    {"flip", "vflip,copy", Use::Ignored, false, none},
    {"hue", "hue=h=%1", Use::Value, false, [](double s, int) { return 360 * s; }},
    {"invert", "negate", Use::Share, false, none},
    {"sepia", "hue=s=0,lutyuv=u=108:v=148", Use::Share, false, none},
    {"sharpen", "unsharp=luma_msize_x=5:luma_msize_y=5:luma_amount=%1", Use::Value, true, [](double s, int) { return 3 * s; }},
    {"pixelize", "pixelize=w=%1:h=%1", Use::Value, true, [](double s, int side) { return double(2 + int(s * side / 24)); }},
    {"vignette", "vignette=angle=%1:dither=0", Use::Value, true, [](double s, int) { return 0.05 + 1.1 * s; }},
    {"emboss", "convolution=0m='-2 -1 0 -1 1 1 0 1 2',lutyuv=u=128:v=128", Use::Share, true, none},
};

constexpr char Outlines[] = "gblur=sigma=1:steps=1,sobel=planes=1:scale=1.5";

/// The chain for pictures of one size.
QString chainFor(const char *chain, bool padded, double value, int width, int height)
{
    QString text = QString::fromLatin1(chain);
    text.replace(QStringLiteral("%1"), QString::number(value, 'f', 3));
    const auto fit = [](int length) { return std::max(64, (length + 15) / 16 * 16); };
    if (!padded || (fit(width) == width && fit(height) == height))
        return text;
    // With bounds, because a graph is first tried with a small picture.
    return QStringLiteral("pad=w='max(iw,%1)':h='max(ih,%2)',%3,crop=w='min(iw,%4)':h='min(ih,%5)':x=0:y=0")
        .arg(fit(width)).arg(fit(height)).arg(text).arg(width).arg(height);
}

constexpr int planeHeight(int plane, int height)
{
    return plane == 0 ? height : height / 2;
}

constexpr int planeWidth(int plane, int width)
{
    return plane == 0 ? width : width / 2;
}

/// Lays `share` of 256 parts of `result` over the original.
void mix(media::Frame &result, const media::Frame &original, int share)
{
    for (int plane = 0; plane < 3; ++plane) {
        std::uint8_t *const to = result.writablePlane(plane);
        const int toStride = result.stride(plane);
        const std::uint8_t *const from = original.plane(plane);
        const int fromStride = original.stride(plane);
        const int width = planeWidth(plane, result.width());
        for (int y = 0; y < planeHeight(plane, result.height()); ++y) {
            std::uint8_t *const row = to + qsizetype(y) * toStride;
            const std::uint8_t *const other = from + qsizetype(y) * fromStride;
            for (int x = 0; x < width; ++x)
                row[x] = std::uint8_t((row[x] * share + other[x] * (256 - share)) >> 8);
        }
    }
}

/// Darkens the picture where `lines` is bright.
void drawOutlines(media::Frame &result, const media::Frame &lines, int share)
{
    std::uint8_t *const to = result.writablePlane(0);
    const int toStride = result.stride(0);
    for (int y = 0; y < result.height(); ++y) {
        std::uint8_t *const row = to + qsizetype(y) * toStride;
        const std::uint8_t *const line = lines.plane(0) + qsizetype(y) * lines.stride(0);
        for (int x = 0; x < result.width(); ++x) {
            const int edge = std::max(0, line[x] - 48);
            row[x] = std::uint8_t(std::max(16, row[x] - ((edge * share) >> 7)));
        }
    }
}

class VideoFilterJob final : public LiveJob {
public:
    explicit VideoFilterJob(LiveSink &sink)
        : m_sink(sink)
    {
    }

    void parameters(const Json &parameters) override
    {
        const QString wanted = parameters.value(key("filter")).toString();
        const auto *const found = std::find_if(std::begin(Filters), std::end(Filters), [&](const Filter &f) { return wanted == QLatin1StringView(f.name); });
        if (found == std::end(Filters))
            throw InputError(key("/filter"), QStringLiteral("There is no filter \"%1\".").arg(wanted));
        m_strength = std::clamp(parameters.value(key("strength")).toDouble(0.5), 0.0, 1.0);
        m_filter = found;
        m_width = 0; // the graph is made anew with the next picture
    }

    void frame(const media::Frame &frame) override
    {
        if (m_width != frame.width() || m_height != frame.height())
            build(frame.width(), frame.height());
        std::optional<media::Frame> result = orThrow(m_graph->filter(frame));
        if (!result)
            return;
        const int share = int(std::lround(256 * m_strength));
        if (m_filter->use == Use::Share && share < 256)
            mix(*result, frame, share);
        if (m_filter->use == Use::Outlines) {
            if (const auto lines = orThrow(m_lines->filter(frame)))
                drawOutlines(*result, *lines, share);
        }
        m_sink.frame(std::move(*result));
    }

private:
    void build(int width, int height)
    {
        const double value = m_filter->value(m_strength, std::max(width, height));
        m_graph = orThrow(media::FilterGraph::create(chainFor(m_filter->chain, m_filter->padded, value, width, height)));
        m_lines = m_filter->use == Use::Outlines ? orThrow(media::FilterGraph::create(chainFor(Outlines, true, 0, width, height))) : nullptr;
        m_width = width;
        m_height = height;
    }

    LiveSink &m_sink;
    const Filter *m_filter = &Filters[0];
    double m_strength = 0.5;
    int m_width = 0;
    int m_height = 0;
    std::unique_ptr<media::FilterGraph> m_graph;
    std::unique_ptr<media::FilterGraph> m_lines;
};

} // namespace

QStringList VideoFilter::filters()
{
    QStringList names;
    for (const Filter &filter : Filters)
        names.append(QString::fromLatin1(filter.name));
    return names;
}

QString VideoFilter::description() const
{
    return QStringLiteral("Applies a named filter to live video, picture by picture; filter and strength can change while it runs. The filters are FFmpeg's, "
                          "plain image processing; no model is involved. Sound is passed through.");
}

Json VideoFilter::inputSchema() const
{
    Json names = Json::array();
    for (const QString &filter : filters())
        names.append(filter);
    return Json{{key("type"), "object"}, {key("title"), "Video filter"},
        {key("properties"), Json{
            {key("filter"), Json{{key("type"), "string"}, {key("title"), "Filter"}, {key("enum"), names}, {key("default"), "edges"}, {key("x-order"), 0}}},
            {key("strength"), Json{{key("type"), "number"}, {key("title"), "Strength"}, {key("minimum"), 0}, {key("maximum"), 1}, {key("default"), 0.8},
                {key("x-order"), 1},
                {key("description"), "Amount, radius or angle; for edges, invert, sepia and emboss their share in the picture. Mirror, flip and none ignore it."}}}}},
        {key("additionalProperties"), false}};
}

Json VideoFilter::outputSchema() const
{
    return Json{{key("x-output"), Json{{key("type"), "video"}, {key("media_type"), "video/mp2t"}}}};
}

QList<Example> VideoFilter::examples() const
{
    const auto example = [](const char *title, const char *filter, double strength) {
        return Example{QString::fromUtf8(title), Json{{key("filter"), filter}, {key("strength"), strength}}};
    };
    return {example("Edges", "edges", 0.8), example("Cartoon", "cartoon", 0.7), example("Old film", "sepia", 0.9), example("Mirror", "mirror", 0.5)};
}

std::unique_ptr<LiveJob> VideoFilter::start(LiveSink &sink)
{
    return std::make_unique<VideoFilterJob>(sink);
}

} // namespace sluice::sandbox
