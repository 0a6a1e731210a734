#include "sluice/sandbox/capabilities/av_p.h"
#include "sluice/sandbox/capabilities/image_filter.h"
#include "sluice/sandbox/pipelines/picture_input.h"
#include "sluice/sandbox/pipelines/pipelines.h"

#include <QtCore/QRegularExpression>

#include <algorithm>

namespace sluice::sandbox {

namespace {

using aigateway::PipelineInput;
using aigateway::PipelineOutput;

constexpr int Factor = 4; ///< as the network's usual model has it
constexpr int LongestSide = 1600;
constexpr qsizetype MaxFilters = 3;

/// Words of a prompt, as a regular expression has them, and the filter that comes near.
struct Style {
    const char *words;
    const char *filter;
};

constexpr Style Styles[] = {
    {"gr[ae]y\\w*|monochrome|black and white", "grey"},
    {"blur\\w*|soft|fog\\w*|dream\\w*", "blur"},
    {"edges?|outlines?|sketch\\w*|drawing|pencil|line art", "edges"},
    {"sharp\\w*|crisp|detailed", "sharpen"},
    {"sepia|old|vintage|antique|nostalgic", "sepia"},
    {"invert\\w*|negative|x-?ray", "invert"},
    {"mirror\\w*|flip\\w*", "mirror"},
    {"hue|neon|psychedelic|colou?rful", "hue"},
    {"vignette|dark\\w*|moody|cinematic|night", "vignette"},
    {"pixel\\w*|mosaic|8-?bit|retro game", "pixelize"},
    {"emboss\\w*|relief|stone|carved", "emboss"},
};

/// In the order of the prompt; where it names none, one that changes every picture.
QStringList filtersFor(const QString &prompt)
{
    QList<std::pair<qsizetype, QString>> found;
    for (const Style &style : Styles) {
        const QRegularExpression words(QStringLiteral("\\b(%1)\\b").arg(QLatin1String(style.words)), QRegularExpression::CaseInsensitiveOption);
        if (const auto match = words.match(prompt); match.hasMatch())
            found.append({match.capturedStart(), QLatin1String(style.filter)});
    }
    std::sort(found.begin(), found.end());
    QStringList names;
    for (const auto &[at, name] : found.mid(0, MaxFilters))
        names.append(name);
    return names.isEmpty() ? QStringList(QStringLiteral("sepia")) : names;
}

class ImageToImage final : public aigateway::PipelineWork {
public:
    [[nodiscard]] QString pipeline() const override { return QStringLiteral("image-to-image"); }
    [[nodiscard]] QString model() const override { return QStringLiteral("sandbox/ffmpeg-filters"); }
    [[nodiscard]] QString description() const override
    {
        return QStringLiteral("Changes a picture by FFmpeg's filters, plain image processing without a model. It looks for words in the prompt: grey, blurred, sketch, sharp, "
                              "vintage, negative, mirrored, neon, moody, pixel, relief; a prompt with none of them gives sepia. Strength is how much; further pictures have "
                              "less of it. Pictures above 1600 pixels are shrunk. Any model name is taken.");
    }
    [[nodiscard]] QList<CapabilityExample> examples() const override
    {
        return {{QStringLiteral("A landscape as a pencil drawing"), Json{{QStringLiteral("image"), exampleLandscape()}, {QStringLiteral("prompt"), "a pencil sketch"}}}};
    }

    PipelineOutput make(const PipelineInput &input, const CallContext &context) override
    {
        const Picture original = orThrow(shrunk(pictureIn(input), LongestSide));
        const QStringList filters = filtersFor(input.text("prompt"));
        const qint64 count = input.integer("num_images_per_prompt", 1);
        const qint64 seed = seedIn(input);
        PipelineOutput output;
        for (qint64 i = 0; i < count; ++i) {
            const double strength = input.number("strength") * double(count - i) / double(count);
            Picture picture = original;
            for (const QString &filter : filters) {
                context.check();
                picture = ImageFilter::applied(picture, filter, strength);
            }
            output.files.append(pngFile(picture, seed + i));
        }
        return output;
    }
};

class Upscale final : public aigateway::PipelineWork {
public:
    [[nodiscard]] QString pipeline() const override { return QStringLiteral("upscale"); }
    [[nodiscard]] QString model() const override { return QStringLiteral("sandbox/ffmpeg-lanczos"); }
    [[nodiscard]] QString description() const override
    {
        return QStringLiteral("Makes a picture four times as wide and high with FFmpeg's scaler (Lanczos), which invents no detail; no model. Up to 1 megapixel. The prompt is "
                              "not looked at. Any model name is taken.");
    }
    [[nodiscard]] QList<CapabilityExample> examples() const override
    {
        return {{QStringLiteral("A small landscape, larger"), Json{{QStringLiteral("image"), exampleLandscape()}, {QStringLiteral("prompt"), "a landscape"}}}};
    }

    PipelineOutput make(const PipelineInput &input, const CallContext &context) override
    {
        const Picture picture = pictureIn(input);
        context.check();
        const qint64 pixels = qint64(picture.width) * picture.height;
        if (pixels * Factor * Factor > MaxPicturePixels)
            throw Error(Error::Kind::InvalidInput, QStringLiteral("image: %1×%2 pixels would become more than %3 megapixels")
                            .arg(picture.width).arg(picture.height).arg(MaxPicturePixels / 1'000'000));
        const AvFramePtr frame = toFrame(picture);
        if (!frame)
            throw Error(Error::Kind::Internal, QStringLiteral("There is not enough memory for this picture."));
        PipelineOutput output;
        output.files.append(pngFile(orThrow(toPicture(*frame, picture.width * Factor, picture.height * Factor)), seedIn(input)));
        return output;
    }
};

} // namespace

FoundWork imageToImage()
{
    return {std::make_unique<ImageToImage>(), QStringLiteral("image-to-image"), {}};
}

FoundWork upscale()
{
    return {std::make_unique<Upscale>(), QStringLiteral("upscale"), {}};
}

} // namespace sluice::sandbox
