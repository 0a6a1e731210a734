#include "sluice/base/c_numeric.h"
#include "sluice/sandbox/capabilities/av_p.h"
#include "sluice/sandbox/pipelines/picture_input.h"
#include "sluice/sandbox/pipelines/pipelines.h"

extern "C" {
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavutil/opt.h>
}

#include <QtCore/QFile>

#include <algorithm>
#include <cmath>

namespace sluice::sandbox {

namespace {

using aigateway::PipelineInput;
using aigateway::PipelineOutput;

const QString FontFile = QStringLiteral("/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf");
/// Of the font's size: every character is as wide, and lines stand as far apart.
constexpr double CharacterWidth = 0.602;
constexpr double LineHeight = 1.35;
constexpr int LargestSize = 64;
constexpr int SmallestSize = 10;
constexpr qsizetype MaxCharacters = 2'000;

/// Words in lines of at most `width` characters; a longer word is broken.
QStringList wrapped(const QString &text, qsizetype width)
{
    QStringList lines;
    QString line;
    for (QString word : text.simplified().split(QLatin1Char(' '))) {
        while (word.size() > width) {
            if (!line.isEmpty())
                lines.append(std::exchange(line, QString()));
            lines.append(word.left(width));
            word = word.mid(width);
        }
        if (!line.isEmpty() && line.size() + 1 + word.size() > width)
            lines.append(std::exchange(line, QString()));
        line += line.isEmpty() ? word : QLatin1Char(' ') + word;
    }
    if (!line.isEmpty())
        lines.append(line);
    return lines;
}

/// Lines at the largest size at which they fit.
struct Setting {
    int size = SmallestSize;
    QStringList lines;
};

Setting settingOf(const QString &text, int width, int height)
{
    qsizetype longestWord = 0;
    for (const QString &word : text.simplified().split(QLatin1Char(' ')))
        longestWord = std::max(longestWord, word.size());
    for (int size = std::min(LargestSize, height / 4); size >= SmallestSize; --size) {
        const auto characters = qsizetype(0.86 * width / (size * CharacterWidth));
        // Rather smaller letters than a broken word, down to where they become hard to read.
        if (characters < 4 || (longestWord > characters && size > 2 * SmallestSize))
            continue;
        const QStringList lines = wrapped(text, characters);
        if (double(lines.size()) * size * LineHeight <= 0.8 * height)
            return {size, lines};
    }
    throw Error(Error::Kind::InvalidInput, QStringLiteral("prompt: it does not fit on %1×%2 pixels").arg(width).arg(height));
}

/// A landscape of its own for each seed, in other colours and mirrored or not.
Picture sceneryFor(qint64 seed, int width, int height)
{
    Picture picture = landscape(width, height);
    const int shift = int(quint64(seed) % 3);
    const int warmth = int(quint64(seed) / 3 % 7) * 9;
    const bool mirrors = quint64(seed) / 21 % 2 == 1;
    auto *pixels = reinterpret_cast<uchar *>(picture.rgba.data());
    for (int y = 0; y < height; ++y) {
        auto *row = reinterpret_cast<quint32 *>(pixels + qsizetype(y) * width * 4);
        if (mirrors)
            std::reverse(row, row + width);
        for (int x = 0; x < width; ++x) {
            auto *pixel = pixels + (qsizetype(y) * width + x) * 4;
            std::rotate(pixel, pixel + shift, pixel + 3);
            pixel[0] = uchar(std::min(255, pixel[0] + warmth));
        }
    }
    return picture;
}

/// Lightens a part of the picture, so that dark letters can be read on it.
void lighten(Picture &picture, int left, int top, int right, int bottom)
{
    auto *pixels = reinterpret_cast<uchar *>(picture.rgba.data());
    for (int y = std::max(0, top); y < std::min(bottom, picture.height); ++y) {
        for (int x = std::max(0, left); x < std::min(right, picture.width); ++x) {
            auto *pixel = pixels + (qsizetype(y) * picture.width + x) * 4;
            for (int c = 0; c < 3; ++c)
                pixel[c] = uchar(255 - (255 - pixel[c]) / 8);
        }
    }
}

Error failed(int code)
{
    return Error(Error::Kind::Internal, QStringLiteral("FFmpeg cannot write on a picture: %1").arg(avText(code)));
}

/// A graph of filters, one behind the other.
class Chain {
public:
    explicit Chain(const Picture &picture)
        : m_graph(avfilter_graph_alloc())
    {
        if (!m_graph)
            throw failed(AVERROR(ENOMEM));
        m_graph->nb_threads = 1;
        m_source = add("buffer", QStringLiteral("video_size=%1x%2:pix_fmt=%3:time_base=1/1:pixel_aspect=1/1")
                                     .arg(picture.width).arg(picture.height).arg(int(AV_PIX_FMT_RGBA)).toLatin1(), {});
    }

    /// `text` is an option whose value needs no escaping, because it is not parsed.
    AVFilterContext *add(const char *name, const QByteArray &options, const QByteArray &text)
    {
        AVFilterContext *filter = avfilter_graph_alloc_filter(m_graph.get(), avfilter_get_by_name(name), nullptr);
        int code = filter ? 0 : AVERROR(ENOMEM);
        if (code >= 0 && !text.isEmpty())
            code = av_opt_set(filter, "text", text.constData(), AV_OPT_SEARCH_CHILDREN);
        if (code >= 0)
            code = avfilter_init_str(filter, options.isEmpty() ? nullptr : options.constData());
        if (code >= 0 && m_last)
            code = avfilter_link(m_last, 0, filter, 0);
        if (code < 0)
            throw failed(code);
        m_last = filter;
        return filter;
    }

    Picture run(const Picture &picture)
    {
        AVFilterContext *sink = add("buffersink", {}, {});
        const AvFramePtr in = toFrame(picture);
        const AvFramePtr out(av_frame_alloc());
        int code = in && out ? avfilter_graph_config(m_graph.get(), nullptr) : AVERROR(ENOMEM);
        if (code >= 0)
            code = av_buffersrc_add_frame_flags(m_source, in.get(), AV_BUFFERSRC_FLAG_KEEP_REF);
        if (code >= 0)
            code = av_buffersrc_close(m_source, 1, 0);
        if (code >= 0)
            code = av_buffersink_get_frame(sink, out.get());
        if (code < 0)
            throw failed(code);
        return orThrow(toPicture(*out, out->width, out->height));
    }

private:
    AvGraphPtr m_graph;
    AVFilterContext *m_source = nullptr;
    AVFilterContext *m_last = nullptr;
};

Picture typeset(Picture picture, const Setting &setting)
{
    const CNumericScope numbers;
    const int lineHeight = int(std::lround(setting.size * LineHeight));
    const int top = (picture.height - int(setting.lines.size()) * lineHeight) / 2;
    const auto longest = std::max_element(setting.lines.begin(), setting.lines.end(), [](const QString &a, const QString &b) { return a.size() < b.size(); });
    const int half = int(longest->size() * setting.size * CharacterWidth / 2) + setting.size;
    lighten(picture, picture.width / 2 - half, top - setting.size / 2, picture.width / 2 + half, picture.height - top + setting.size / 2);
    Chain chain(picture);
    for (qsizetype i = 0; i < setting.lines.size(); ++i) {
        const int baseline = top + int(i) * lineHeight + (lineHeight + int(0.7 * setting.size)) / 2;
        const QByteArray options = QStringLiteral("fontfile=%1:expansion=none:fontsize=%2:fontcolor=0x101418:x=(w-text_w)/2:y=%3-max_glyph_a")
                                       .arg(FontFile).arg(setting.size).arg(baseline).toLatin1();
        chain.add("drawtext", options, setting.lines[i].toUtf8());
    }
    chain.add("format", "pix_fmts=rgba", {});
    return chain.run(picture);
}

class Typesetting final : public aigateway::PipelineWork {
public:
    [[nodiscard]] QString pipeline() const override { return QStringLiteral("text-to-image"); }
    [[nodiscard]] QString model() const override { return QStringLiteral("sandbox/typesetter"); }
    [[nodiscard]] QString description() const override
    {
        return QStringLiteral("Sets the prompt in type on a landscape that is drawn by arithmetic, in the size asked for; another landscape for each seed. No model: it shows the "
                              "words, not what they mean. Negative prompt, guidance, steps and LoRAs are not looked at. Any model name is taken.");
    }
    [[nodiscard]] QList<CapabilityExample> examples() const override
    {
        return {{QStringLiteral("A sentence on a landscape"),
            Json{{QStringLiteral("prompt"), "The sluice is open"}, {QStringLiteral("width"), 768}, {QStringLiteral("height"), 512}, {QStringLiteral("seed"), 7}}}};
    }

    PipelineOutput make(const PipelineInput &input, const CallContext &context) override
    {
        const QString prompt = input.text("prompt");
        if (prompt.size() > MaxCharacters)
            throw Error(Error::Kind::InvalidInput, QStringLiteral("prompt: it has %1 characters; up to %2 are set").arg(prompt.size()).arg(MaxCharacters));
        const int width = int(input.integer("width"));
        const int height = int(input.integer("height"));
        const qint64 count = input.integer("num_images_per_prompt", 1);
        if (qint64(width) * height > MaxPicturePixels)
            throw Error(Error::Kind::InvalidInput, QStringLiteral("width: %1×%2 pixels are more than %3 megapixels").arg(width).arg(height).arg(MaxPicturePixels / 1'000'000));
        const Setting setting = settingOf(prompt, width, height);
        const qint64 seed = seedIn(input);
        PipelineOutput output;
        for (qint64 i = 0; i < count; ++i) {
            context.check();
            output.files.append(pngFile(typeset(sceneryFor(seed + i, width, height), setting), seed + i));
        }
        return output;
    }
};

} // namespace

FoundWork textToImage()
{
    FoundWork found;
    found.pipeline = QStringLiteral("text-to-image");
    if (!QFile::exists(FontFile))
        found.missing = QStringLiteral("the font DejaVu Sans Mono; the package fonts-dejavu-core has it");
    else if (!avfilter_get_by_name("drawtext"))
        found.missing = QStringLiteral("FFmpeg's filter drawtext; Debian's package libavfilter8 has it");
    else
        found.work = std::make_unique<Typesetting>();
    return found;
}

} // namespace sluice::sandbox
