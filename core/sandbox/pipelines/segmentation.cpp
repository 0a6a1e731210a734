#include "sluice/sandbox/capabilities/av_p.h"
#include "sluice/sandbox/pipelines/picture_input.h"
#include "sluice/sandbox/pipelines/pipelines.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace sluice::sandbox {

namespace {

using aigateway::PipelineInput;
using aigateway::PipelineOutput;

/// Masks are text in the answer, two to four characters a pixel.
constexpr qint64 MaxMaskPixels = 2 * 1024 * 1024;
/// What is worked on; the mask is scaled back.
constexpr int WorkSide = 480;
constexpr int Iterations = 5;
constexpr int LogitSide = 256; ///< of the small logits, as the network's model gives them
constexpr double MaxLogit = 9;
constexpr qsizetype MaxPoints = 64;

Error wrong(const char *field, const QString &what)
{
    return Error(Error::Kind::InvalidInput, QStringLiteral("%1: %2").arg(QLatin1String(field), what));
}

struct Point {
    cv::Point2d at; ///< in pixels of the picture
    bool inside = true;
};

/// What is asked for.
struct Question {
    QList<Point> points;
    std::optional<cv::Rect2d> box;
};

Json jsonIn(const PipelineInput &input, const char *field)
{
    const QString text = input.text(field);
    if (text.trimmed().isEmpty())
        return {};
    const auto json = Json::parse(text.toUtf8());
    if (!json)
        throw wrong(field, QStringLiteral("it is no JSON: %1").arg(json.error().message()));
    return *json;
}

/// A list of numbers in a list, however deep in lists of one: [[x, y]] as well as [[[x, y]]].
Json unwrapped(Json json, int depth)
{
    const auto depthOf = [](Json one) {
        int levels = 0;
        for (; one.isArray() && one.size() > 0; one = one.at(0))
            ++levels;
        return levels;
    };
    while (depthOf(json) > depth && json.size() == 1)
        json = json.at(0);
    return json;
}

bool areNumbers(const Json &list, qsizetype count)
{
    const QList<Json> items = list.items();
    return list.isArray() && items.size() == count && std::all_of(items.begin(), items.end(), [](const Json &one) { return one.isNumber(); });
}

QList<Point> pointsIn(const PipelineInput &input, const cv::Size &size)
{
    const Json coordinates = unwrapped(jsonIn(input, "point_coords"), 2);
    const Json labels = unwrapped(jsonIn(input, "point_labels"), 1);
    if (coordinates.size() > MaxPoints)
        throw wrong("point_coords", QStringLiteral("there are %1 points, up to %2 are taken").arg(coordinates.size()).arg(MaxPoints));
    if (!labels.isNull() && labels.size() != coordinates.size())
        throw wrong("point_labels", QStringLiteral("there are %1 for %2 points").arg(labels.size()).arg(coordinates.size()));
    const double width = input.flag("normalize_coords") ? 1 : size.width;
    const double height = input.flag("normalize_coords") ? 1 : size.height;
    QList<Point> points;
    for (qsizetype i = 0; i < coordinates.size(); ++i) {
        if (!areNumbers(coordinates.at(i), 2))
            throw wrong("point_coords", QStringLiteral("point %1 is no [x, y]").arg(i + 1));
        Point point;
        point.at = {coordinates.at(i).at(0).toDouble() * width, coordinates.at(i).at(1).toDouble() * height};
        point.inside = labels.isNull() || labels.at(i).toInt64() == 1;
        if (!cv::Rect2d(0, 0, size.width, size.height).contains(point.at))
            throw wrong("point_coords", QStringLiteral("point %1 is not in the picture of %2×%3 pixels").arg(i + 1).arg(size.width).arg(size.height));
        points.append(point);
    }
    return points;
}

Question questionIn(const PipelineInput &input, const cv::Size &size)
{
    Question question;
    question.points = pointsIn(input, size);
    const Json box = unwrapped(jsonIn(input, "box"), 1);
    if (!box.isNull()) {
        if (!areNumbers(box, 4))
            throw wrong("box", QStringLiteral("it is no [left, top, right, bottom]"));
        const double width = input.flag("normalize_coords") ? 1 : size.width;
        const double height = input.flag("normalize_coords") ? 1 : size.height;
        const cv::Point2d from(box.at(0).toDouble() * width, box.at(1).toDouble() * height);
        const cv::Point2d to(box.at(2).toDouble() * width, box.at(3).toDouble() * height);
        question.box = cv::Rect2d(from, to) & cv::Rect2d(0, 0, size.width, size.height);
        if (question.box->area() < 4)
            throw wrong("box", QStringLiteral("there is nothing in it"));
    }
    const bool hasInside = std::any_of(question.points.begin(), question.points.end(), [](const Point &point) { return point.inside; });
    if (!question.box && !hasInside)
        throw Error(Error::Kind::InvalidInput, QStringLiteral("point_coords: a point inside the thing, or a box around it, is needed"));
    return question;
}

/// What GrabCut begins with: what is surely the thing, surely not, and what is to be found out.
cv::Mat firstGuess(const Question &question, const cv::Size &size, double scale)
{
    cv::Mat guess(size, CV_8UC1, cv::Scalar(question.box ? cv::GC_BGD : cv::GC_PR_BGD));
    const int side = std::max(size.width, size.height);
    if (question.box) {
        const cv::Rect box(cv::Point(int(question.box->x * scale), int(question.box->y * scale)),
            cv::Size(std::max(2, int(question.box->width * scale)), std::max(2, int(question.box->height * scale))));
        guess(box & cv::Rect(0, 0, size.width, size.height)).setTo(cv::GC_PR_FGD);
    } else {
        for (const Point &point : question.points) {
            if (point.inside)
                cv::circle(guess, point.at * scale, side / 5, cv::Scalar(cv::GC_PR_FGD), cv::FILLED);
        }
        // Things seldom touch the border.
        cv::rectangle(guess, cv::Rect(0, 0, size.width, size.height), cv::Scalar(cv::GC_BGD), std::max(1, side / 100));
    }
    for (const Point &point : question.points)
        cv::circle(guess, point.at * scale, std::max(2, side / 60), cv::Scalar(point.inside ? cv::GC_FGD : cv::GC_BGD), cv::FILLED);
    return guess;
}

/// Of the foreground, what hangs together with the points; all of it where there are none.
cv::Mat underPoints(const cv::Mat &foreground, const Question &question, double scale)
{
    cv::Mat labels;
    cv::connectedComponents(foreground, labels);
    cv::Mat kept = cv::Mat::zeros(foreground.size(), CV_8UC1);
    for (const Point &point : question.points) {
        if (!point.inside)
            continue;
        const cv::Point at(std::min(int(point.at.x * scale), labels.cols - 1), std::min(int(point.at.y * scale), labels.rows - 1));
        if (const int label = labels.at<int>(at); label > 0)
            kept.setTo(255, labels == label);
    }
    return cv::countNonZero(kept) > 0 ? kept : foreground.clone();
}

/// How much of a mask's outline lies on edges of the picture, from 0 to 1.
double outlineScore(const cv::Mat &mask, const cv::Mat &edges)
{
    cv::Mat outline;
    cv::morphologyEx(mask, outline, cv::MORPH_GRADIENT, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
    const int length = cv::countNonZero(outline);
    if (length == 0)
        return 0;
    return double(cv::countNonZero(outline & edges)) / length;
}

struct Mask {
    cv::Mat area; ///< 255 where the thing is
    double score = 0;
};

QList<Mask> masksOf(const cv::Mat &picture, const Question &question, double scale, bool several)
{
    cv::Mat guess = firstGuess(question, picture.size(), scale);
    cv::Mat background;
    cv::Mat foreground;
    cv::theRNG().state = 1; // its clusters begin at random: the same question has the same answer
    cv::grabCut(picture, guess, {}, background, foreground, Iterations, cv::GC_INIT_WITH_MASK);
    const cv::Mat all = ((guess == cv::GC_FGD) | (guess == cv::GC_PR_FGD));
    QList<Mask> masks;
    masks.append({underPoints(all, question, scale)});
    if (several) {
        cv::Mat core;
        cv::erode(masks.first().area, core, cv::getStructuringElement(cv::MORPH_ELLIPSE, {9, 9}));
        masks.append({all});
        masks.append({core});
    }
    cv::Mat grey;
    cv::Mat edges;
    cv::cvtColor(picture, grey, cv::COLOR_RGB2GRAY);
    cv::Canny(grey, edges, 40, 120);
    cv::dilate(edges, edges, cv::getStructuringElement(cv::MORPH_RECT, {5, 5}));
    for (Mask &mask : masks)
        mask.score = outlineScore(mask.area, edges);
    std::stable_sort(masks.begin(), masks.end(), [](const Mask &a, const Mask &b) { return a.score > b.score; });
    return masks;
}

/// The distance to the outline in pixels, positive inside.
cv::Mat logitsOf(const cv::Mat &area)
{
    cv::Mat inside;
    cv::Mat outside;
    cv::distanceTransform(area, inside, cv::DIST_L2, 3);
    cv::distanceTransform(255 - area, outside, cv::DIST_L2, 3);
    cv::Mat logits = inside - outside;
    logits = cv::min(cv::max(logits, -MaxLogit), MaxLogit);
    return logits;
}

/// A nested list of rows.
template <typename Text> void appendRows(QByteArray &out, const cv::Mat &rows, Text text)
{
    out += '[';
    for (int y = 0; y < rows.rows; ++y) {
        out += y == 0 ? "[" : ",[";
        for (int x = 0; x < rows.cols; ++x) {
            if (x > 0)
                out += ',';
            text(out, y, x);
        }
        out += ']';
    }
    out += ']';
}

void appendMask(QByteArray &out, const cv::Mat &area, const cv::Size &size, bool asLogits)
{
    cv::Mat whole;
    if (asLogits) {
        cv::resize(logitsOf(area), whole, size, 0, 0, cv::INTER_LINEAR);
        appendRows(out, whole, [&](QByteArray &text, int y, int x) { text += QByteArray::number(int(std::lround(whole.at<float>(y, x)))); });
        return;
    }
    cv::resize(area, whole, size, 0, 0, cv::INTER_LINEAR);
    appendRows(out, whole, [&](QByteArray &text, int y, int x) { text += whole.at<uchar>(y, x) > 127 ? '1' : '0'; });
}

void appendSmallLogits(QByteArray &out, const cv::Mat &area)
{
    cv::Mat small;
    cv::resize(logitsOf(area), small, {LogitSide, LogitSide}, 0, 0, cv::INTER_AREA);
    appendRows(out, small, [&](QByteArray &text, int y, int x) { text += QByteArray::number(double(small.at<float>(y, x)), 'f', 1); });
}

PipelineOutput outputFor(const QList<Mask> &masks, const cv::Size &size, bool asLogits, const CallContext &context)
{
    QByteArray areas = "[";
    QByteArray scores = "[";
    QByteArray logits = "[";
    for (const Mask &mask : masks) {
        context.check();
        for (QByteArray *list : {&areas, &scores, &logits}) {
            if (list->size() > 1)
                *list += ',';
        }
        appendMask(areas, mask.area, size, asLogits);
        scores += QByteArray::number(mask.score, 'f', 4);
        appendSmallLogits(logits, mask.area);
    }
    PipelineOutput output;
    output.json = Json{{QStringLiteral("masks"), QString::fromLatin1(areas + ']')}, {QStringLiteral("scores"), QString::fromLatin1(scores + ']')},
        {QStringLiteral("logits"), QString::fromLatin1(logits + ']')}};
    return output;
}

class Segmentation final : public aigateway::PipelineWork {
public:
    [[nodiscard]] QString pipeline() const override { return QStringLiteral("segment-anything-2"); }
    [[nodiscard]] QString model() const override { return QStringLiteral("sandbox/opencv-grabcut"); }
    [[nodiscard]] QString description() const override
    {
        return QStringLiteral("Finds the thing under given points or in a box by OpenCV's GrabCut, which tells colours apart; no model: it knows no things, and needs ones that "
                              "differ from what is around them. Pictures of up to 2 megapixels. A mask's score is how much of its outline lies on edges of the picture. An earlier "
                              "mask is not looked at. Any model name is taken.");
    }
    [[nodiscard]] QList<CapabilityExample> examples() const override
    {
        return {{QStringLiteral("The sun over a landscape"),
            Json{{QStringLiteral("image"), exampleLandscape()}, {QStringLiteral("point_coords"), "[[173, 45]]"}, {QStringLiteral("point_labels"), "[1]"}}}};
    }

    PipelineOutput make(const PipelineInput &input, const CallContext &context) override
    {
        const Picture whole = pictureIn(input);
        const cv::Size size(whole.width, whole.height);
        if (qint64(size.width) * size.height > MaxMaskPixels)
            throw wrong("image", QStringLiteral("%1×%2 pixels are more than the 2 megapixels of which masks are given").arg(size.width).arg(size.height));
        const Question question = questionIn(input, size);
        context.check();
        const Picture small = orThrow(shrunk(whole, WorkSide));
        const cv::Mat rgba(small.height, small.width, CV_8UC4, const_cast<char *>(small.rgba.constData()));
        cv::Mat rgb;
        cv::cvtColor(rgba, rgb, cv::COLOR_RGBA2RGB);
        const double scale = double(small.width) / whole.width;
        try {
            const QList<Mask> masks = masksOf(rgb, question, scale, input.flag("multimask_output"));
            return outputFor(masks, size, input.flag("return_logits"), context);
        } catch (const cv::Exception &problem) {
            throw Error(Error::Kind::Internal, QStringLiteral("OpenCV: %1").arg(QString::fromStdString(problem.err)));
        }
    }
};

} // namespace

FoundWork segmentation()
{
    return {std::make_unique<Segmentation>(), QStringLiteral("segment-anything-2"), {}};
}

} // namespace sluice::sandbox
