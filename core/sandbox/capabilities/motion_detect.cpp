#include "sluice/sandbox/capabilities/live_capabilities.h"

#include "sluice/sandbox/capabilities/motion_finder.h"

#include <algorithm>
#include <cmath>

namespace sluice::sandbox {
namespace {

/// Pictures without motion before it counts as ended: what stops for a moment has not gone.
constexpr int CalmPictures = 10;
constexpr int LineWidth = 2;

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

struct Colour {
    std::uint8_t y;
    std::uint8_t u;
    std::uint8_t v;
};
constexpr Colour BoxColour{210, 40, 60}; // a light green that is rare in pictures

void fill(media::Frame &frame, int left, int top, int width, int height)
{
    const std::uint8_t values[] = {BoxColour.y, BoxColour.u, BoxColour.v};
    const int right = std::min(left + width, frame.width());
    const int bottom = std::min(top + height, frame.height());
    for (int plane = 0; plane < 3; ++plane) {
        const int scale = plane == 0 ? 1 : 2;
        std::uint8_t *const bytes = frame.writablePlane(plane);
        for (int y = std::max(0, top) / scale; y < bottom / scale; ++y) {
            std::uint8_t *const row = bytes + qsizetype(y) * frame.stride(plane);
            std::fill(row + std::max(0, left) / scale, row + std::max(left, right) / scale, values[plane]);
        }
    }
}

void drawBox(media::Frame &frame, const MotionRegion &region)
{
    fill(frame, region.x, region.y, region.width, LineWidth);
    fill(frame, region.x, region.y + region.height - LineWidth, region.width, LineWidth);
    fill(frame, region.x, region.y, LineWidth, region.height);
    fill(frame, region.x + region.width - LineWidth, region.y, LineWidth, region.height);
}

/// Whether two lists look alike: as many regions, none more than `tolerance` pixels elsewhere.
bool isAlike(const QList<MotionRegion> &one, const QList<MotionRegion> &other, int tolerance)
{
    if (one.size() != other.size())
        return false;
    const auto near = [tolerance](int a, int b) { return std::abs(a - b) <= tolerance; };
    return std::equal(one.begin(), one.end(), other.begin(), [&](const MotionRegion &a, const MotionRegion &b) {
        return near(a.x, b.x) && near(a.y, b.y) && near(a.x + a.width, b.x + b.width) && near(a.y + a.height, b.y + b.height);
    });
}

class MotionJob final : public LiveJob {
public:
    explicit MotionJob(LiveSink &sink)
        : m_sink(sink)
    {
    }

    void parameters(const Json &parameters) override
    {
        m_finder.setSettings({parameters.value(key("sensitivity")).toDouble(0.6), parameters.value(key("min_area_percent")).toDouble(0.2) / 100});
        m_boxes = parameters.value(key("boxes")).toBool(true);
    }

    void frame(const media::Frame &frame) override
    {
        const QList<MotionRegion> regions = m_finder.regions(frame);
        media::Frame marked = frame;
        if (m_boxes) {
            for (const MotionRegion &region : regions)
                drawBox(marked, region);
        }
        // The picture first: the record says what it shows.
        m_sink.frame(std::move(marked));
        tellChange(regions, frame.pts());
        ++m_pictures;
    }

private:
    void tellChange(const QList<MotionRegion> &regions, qint64 pts)
    {
        if (regions.isEmpty()) {
            if (!m_told.isEmpty() && ++m_calm >= CalmPictures)
                tell("ended", {}, pts);
            return;
        }
        m_calm = 0;
        if (m_told.isEmpty())
            tell("started", regions, pts);
        else if (!isAlike(regions, m_told, 2 * m_finder.cellSize()))
            tell("moved", regions, pts);
    }

    void tell(const char *what, const QList<MotionRegion> &regions, qint64 pts)
    {
        m_told = regions;
        m_calm = 0;
        Json list = Json::array();
        for (const MotionRegion &region : regions)
            list.append(Json{{key("x"), region.x}, {key("y"), region.y}, {key("width"), region.width}, {key("height"), region.height}});
        m_sink.data(Json{{key("motion"), what}, {key("picture"), m_pictures}, {key("pts"), pts},
            {key("seconds"), double(pts / (media::ticksPerSecond / 1000)) / 1000}, {key("regions"), list}});
    }

    LiveSink &m_sink;
    MotionFinder m_finder;
    bool m_boxes = true;
    qint64 m_pictures = 0;
    QList<MotionRegion> m_told; ///< as in the last record
    int m_calm = 0;
};

} // namespace

QString MotionDetect::description() const
{
    return QStringLiteral("Boxes what moves on the pictures of a live stream and sends one JSON record per change on the data channel: started, moved, ended, "
                          "with the regions in pixels. It compares the brightness of small cells with what they used to be; it does not know what it sees, and a "
                          "change of light counts as motion for a moment, and what stands still does not.");
}

Json MotionDetect::inputSchema() const
{
    return Json{{key("type"), "object"}, {key("title"), "Motion detection"},
        {key("properties"), Json{
            {key("sensitivity"), Json{{key("type"), "number"}, {key("title"), "Sensitivity"}, {key("minimum"), 0}, {key("maximum"), 1}, {key("default"), 0.6},
                {key("x-order"), 0}, {key("description"), "How small a change of brightness counts."}}},
            {key("min_area_percent"), Json{{key("type"), "number"}, {key("title"), "Smallest region"}, {key("minimum"), 0}, {key("maximum"), 100},
                {key("default"), 0.2}, {key("x-order"), 1}, {key("description"), "Share of the picture, in percent, that has to change."}}},
            {key("boxes"), Json{{key("type"), "boolean"}, {key("title"), "Draw boxes"}, {key("default"), true}, {key("x-order"), 2}}}}},
        {key("additionalProperties"), false}};
}

Json MotionDetect::outputSchema() const
{
    return Json{{key("type"), "object"}, {key("title"), "One change"},
        {key("properties"), Json{{key("motion"), Json{{key("type"), "string"}, {key("enum"), Json::array({Json("started"), Json("moved"), Json("ended")})}}},
            {key("picture"), Json{{key("type"), "integer"}}}, {key("pts"), Json{{key("type"), "integer"}}}, {key("seconds"), Json{{key("type"), "number"}}},
            {key("regions"), Json{{key("type"), "array"}, {key("items"), Json{{key("type"), "object"}}}}}}},
        {key("x-output"), Json{{key("type"), "video"}, {key("media_type"), "video/mp2t"}}}};
}

QList<Example> MotionDetect::examples() const
{
    return {{QStringLiteral("Whatever moves"), Json{{key("sensitivity"), 0.6}}},
        {QStringLiteral("Large movements only, without boxes"), Json{{key("sensitivity"), 0.4}, {key("min_area_percent"), 5}, {key("boxes"), false}}}};
}

std::unique_ptr<LiveJob> MotionDetect::start(LiveSink &sink)
{
    return std::make_unique<MotionJob>(sink);
}

} // namespace sluice::sandbox
