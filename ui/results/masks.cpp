#include "sluice/results/masks.h"

#include "sluice/base/file_text.h"
#include "sluice/widgets/picture_formats.h"

#include <QtCore/QBuffer>
#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtGui/QImage>
#include <QtGui/QImageReader>

#include <charconv>

namespace sluice::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sluice::ui::ResultView)
};

constexpr int kMostMasks = 16;
constexpr int kMostSide = 8192;
constexpr qint64 kMostPixels = 64 * 1024 * 1024; // of all masks together
constexpr qsizetype kMostPictures = 16;
constexpr int kPictureMegabytes = 512;
constexpr int kDeepest = 32;

Error noMasks(const QString &why)
{
    return Error(Error::Kind::Protocol, Words::tr("The masks cannot be shown: %1").arg(why));
}

/// Goes through nested lists of numbers without making a value of each.
class Scanner {
public:
    explicit Scanner(QByteArrayView text)
        : m_at(text.begin())
        , m_end(text.end())
    {
    }
    [[nodiscard]] bool take(char sign)
    {
        skip();
        if (m_at == m_end || *m_at != sign)
            return false;
        ++m_at;
        return true;
    }
    [[nodiscard]] std::optional<double> number()
    {
        skip();
        double value = 0;
        const auto [after, problem] = std::from_chars(m_at, m_end, value);
        if (problem != std::errc())
            return std::nullopt;
        m_at = after;
        return value;
    }
    [[nodiscard]] bool atEnd()
    {
        skip();
        return m_at == m_end;
    }

private:
    void skip()
    {
        while (m_at != m_end && (*m_at == ' ' || *m_at == '\n' || *m_at == '\r' || *m_at == '\t'))
            ++m_at;
    }
    const char *m_at;
    const char *m_end;
};

Expected<Mask> readMask(Scanner &scanner, qint64 &room)
{
    Mask mask;
    do {
        if (!scanner.take('['))
            return unexpected(noMasks(Words::tr("a row of pixels is missing.")));
        const qsizetype before = mask.bits.size();
        do {
            const auto value = scanner.number();
            if (!value)
                return unexpected(noMasks(Words::tr("a pixel is no number.")));
            if (--room < 0 || mask.bits.size() - before >= kMostSide)
                return unexpected(noMasks(Words::tr("they are larger than %1 pixels a side.").arg(kMostSide)));
            mask.bits.append(*value > 0 ? char(1) : char(0));
        } while (scanner.take(','));
        const auto width = int(mask.bits.size() - before);
        if (!scanner.take(']') || (mask.height > 0 && width != mask.width))
            return unexpected(noMasks(Words::tr("their rows are not equally long.")));
        mask.width = width;
        if (++mask.height > kMostSide)
            return unexpected(noMasks(Words::tr("they are larger than %1 pixels a side.").arg(kMostSide)));
    } while (scanner.take(','));
    return mask;
}

QByteArray textOf(const Json &value)
{
    return value.isString() ? value.toString().toUtf8() : value.dump();
}

QImage laidOver(const Mask &mask, const QImage &picture)
{
    QImage image = picture.isNull() ? QImage(mask.width, mask.height, QImage::Format_RGB32)
                                    : picture.scaled(mask.width, mask.height, Qt::IgnoreAspectRatio, Qt::SmoothTransformation).convertToFormat(QImage::Format_RGB32);
    if (image.isNull())
        return image;
    if (picture.isNull())
        image.fill(qRgb(128, 128, 128));
    // What does not belong is faint, what does keeps its colours, and a line that is seen on any picture runs around it.
    const auto belongs = [&](int x, int y) { return x >= 0 && y >= 0 && x < mask.width && y < mask.height && mask.bits[qsizetype(y) * mask.width + x] != 0; };
    for (int y = 0; y < mask.height; ++y) {
        auto *pixel = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < mask.width; ++x, ++pixel) {
            const bool in = belongs(x, y);
            const bool edge = in && !(belongs(x - 1, y) && belongs(x + 1, y) && belongs(x, y - 1) && belongs(x, y + 1));
            if (edge)
                *pixel = qRgb(255, 64, 160);
            else if (!in)
                *pixel = qRgb((qRed(*pixel) + 3 * 255) / 4, (qGreen(*pixel) + 3 * 255) / 4, (qBlue(*pixel) + 3 * 255) / 4);
            else if (picture.isNull())
                *pixel = qRgb(96, 48, 160);
        }
    }
    return image;
}

QByteArray png(const QImage &image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

void collect(const Json &json, int depth, QList<AnswerPicture> &found)
{
    if (found.size() >= kMostPictures || depth > kDeepest)
        return;
    if (json.isString()) {
        const QString text = json.toString();
        if (!text.startsWith(QLatin1String("data:image/")))
            return;
        if (const auto bytes = fileInText(text); bytes && !bytes->isEmpty())
            found.append({Words::tr("Picture %1").arg(found.size() + 1), *bytes});
    } else if (json.isArray()) {
        for (const Json &item : json.items())
            collect(item, depth + 1, found);
    } else if (json.isObject()) {
        for (const auto &[name, value] : json.members())
            collect(value, depth + 1, found);
    }
}

} // namespace

Expected<QList<Mask>> readMasks(QByteArrayView text)
{
    Scanner scanner(text);
    QList<Mask> masks;
    qint64 room = kMostPixels;
    if (!scanner.take('['))
        return unexpected(noMasks(Words::tr("they are no list.")));
    do {
        if (!scanner.take('['))
            return unexpected(noMasks(Words::tr("a mask is missing.")));
        const auto mask = readMask(scanner, room);
        if (!mask)
            return unexpected(mask.error());
        if (!scanner.take(']'))
            return unexpected(noMasks(Words::tr("they end in the middle.")));
        masks.append(*mask);
    } while (masks.size() < kMostMasks && scanner.take(','));
    if (!scanner.take(']') || !scanner.atEnd())
        return unexpected(noMasks(Words::tr("they end in the middle, or there are more than %1.").arg(kMostMasks)));
    return masks;
}

Expected<QList<AnswerPicture>> maskPictures(const Json &answer, const QByteArray &picture)
{
    const auto masks = readMasks(textOf(answer.value(QStringLiteral("masks"))));
    if (!masks)
        return unexpected(masks.error());
    const auto scores = Json::parse(textOf(answer.value(QStringLiteral("scores"))));
    QBuffer buffer;
    buffer.setData(picture);
    buffer.open(QIODevice::ReadOnly);
    QImageReader::setAllocationLimit(kPictureMegabytes);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    const QImage under = readSafely(reader);
    QList<AnswerPicture> pictures;
    const QLocale locale;
    for (qsizetype i = 0; i < masks->size(); ++i) {
        const Mask &mask = masks->at(i);
        const Json score = scores ? scores->at(i) : Json();
        const QString share = locale.toString(100.0 * double(mask.covered()) / double(std::max<qsizetype>(1, mask.bits.size())), 'f', 1);
        const QString label = score.isNumber() ? Words::tr("Mask %1 · score %2 · %3 %").arg(i + 1).arg(locale.toString(score.toDouble(), 'f', 2), share)
                                               : Words::tr("Mask %1 · %2 %").arg(i + 1).arg(share);
        pictures.append({label, png(laidOver(mask, under))});
    }
    return pictures;
}

QList<AnswerPicture> embeddedPictures(const Json &answer)
{
    QList<AnswerPicture> found;
    collect(answer, 0, found);
    return found;
}

} // namespace sluice::ui
