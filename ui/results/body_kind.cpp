#include "sluice/results/body_kind.h"

#include "sluice/base/charset.h"
#include "sluice/base/file_kind.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QMimeDatabase>
#include <QtCore/QStringDecoder>

#include <algorithm>

namespace sluice::ui {

namespace {
constexpr qsizetype kSniffedBytes = 4096;

QByteArray mediaType(const QByteArray &contentType)
{
    return contentType.split(';').first().trimmed().toLower();
}

bool looksLikeJson(QByteArrayView bytes)
{
    const QByteArrayView text = bytes.trimmed();
    return text.startsWith('{') || text.startsWith('[');
}
} // namespace

bool looksLikeText(QByteArrayView bytes)
{
    // A character may be cut at the end of the sample, so the last few bytes do not count.
    QByteArrayView sample = bytes.first(std::min(bytes.size(), kSniffedBytes));
    if (sample.size() < bytes.size())
        sample.chop(std::min<qsizetype>(4, sample.size()));
    const bool control = std::any_of(sample.begin(), sample.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f';
    });
    if (control)
        return false;
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = decoder(sample);
    return !decoder.hasError() && !decoded.isNull();
}

QByteArray pictureFormat(QByteArrayView bytes)
{
    if (bytes.startsWith("\x89PNG\r\n\x1a\n"))
        return "png";
    if (bytes.startsWith("\xff\xd8\xff"))
        return "jpeg";
    if (bytes.startsWith("GIF87a") || bytes.startsWith("GIF89a"))
        return "gif";
    if (bytes.size() >= 12 && bytes.startsWith("RIFF") && bytes.sliced(8, 4) == "WEBP")
        return "webp";
    // Two letters are little; the four bytes that are always zero make it sure.
    if (bytes.size() >= 26 && bytes.startsWith("BM") && bytes.sliced(6, 4) == QByteArrayView("\0\0\0\0", 4))
        return "bmp";
    return {};
}

std::optional<QString> bodyText(const ResultData &data)
{
    if (!charsetOf(data.contentType).isEmpty()) {
        const auto text = textOf(data.body, data.contentType);
        const auto control = [](QChar c) { return c.unicode() < 0x20 && c != QLatin1Char('\n') && c != QLatin1Char('\r') && c != QLatin1Char('\t') && c != QLatin1Char('\f'); };
        if (text && std::none_of(text->begin(), text->begin() + std::min(text->size(), kSniffedBytes), control))
            return text;
    }
    if (!looksLikeText(data.body))
        return std::nullopt;
    return QString::fromUtf8(data.body);
}

BodyKind bodyKind(const ResultData &data)
{
    if (data.body.isEmpty())
        return BodyKind::Empty;
    const QByteArray type = mediaType(data.contentType);
    if (type.startsWith("image/"))
        return BodyKind::Image;
    if (type.startsWith("audio/") || QByteArrayView(FileKind::of(data.body).mediaType).startsWith("audio/"))
        return BodyKind::Sound;
    if (type.startsWith("video/") || QByteArrayView(FileKind::of(data.body).mediaType).startsWith("video/"))
        return BodyKind::Video;
    if (type == "application/json" || type.endsWith("+json"))
        return BodyKind::Json;
    if (type == "text/markdown")
        return BodyKind::Markdown;
    const QString wanted = data.outputSchema.value(QStringLiteral("x-output")).value(QStringLiteral("type")).toString();
    if (!pictureFormat(data.body).isEmpty())
        return BodyKind::Image;
    if (wanted == QStringLiteral("image") && !looksLikeText(data.body))
        return BodyKind::Image;
    const auto text = bodyText(data);
    if (!text)
        return BodyKind::Binary;
    if (looksLikeJson(text->left(kSniffedBytes).toUtf8()))
        return BodyKind::Json;
    return wanted.startsWith(QStringLiteral("text")) ? BodyKind::Markdown : BodyKind::Text;
}

QString bodyDescription(const ResultData &data)
{
    const QMimeDatabase mimes;
    const QByteArray named = mediaType(data.contentType);
    const bool telling = !named.isEmpty() && !named.endsWith("/octet-stream");
    const QMimeType type = telling ? mimes.mimeTypeForName(QString::fromLatin1(named)) : mimes.mimeTypeForData(data.body);
    if (!type.isValid() || type.isDefault())
        return named.isEmpty() ? QCoreApplication::translate("sluice::ui::ResultView", "bytes of no named type") : QString::fromLatin1(named);
    return type.comment().isEmpty() ? type.name() : QStringLiteral("%1 (%2)").arg(type.comment(), type.name());
}

QString suggestedFileName(const ResultData &data)
{
    const QMimeDatabase mimes;
    const QByteArray picture = pictureFormat(data.body);
    QString suffix = !picture.isEmpty() ? mimes.mimeTypeForName(QStringLiteral("image/") + QString::fromLatin1(picture)).preferredSuffix()
                                        : mimes.mimeTypeForName(QString::fromLatin1(mediaType(data.contentType))).preferredSuffix();
    if (suffix.isEmpty() && (bodyKind(data) == BodyKind::Sound || bodyKind(data) == BodyKind::Video))
        suffix = QLatin1String(FileKind::of(data.body).extension);
    if (suffix.isEmpty() || (suffix == QStringLiteral("txt") && bodyKind(data) == BodyKind::Json))
        suffix = bodyKind(data) == BodyKind::Json ? QStringLiteral("json")
            : bodyText(data)                      ? QStringLiteral("txt")
                                                  : QStringLiteral("bin");
    return QStringLiteral("result.") + suffix;
}

} // namespace sluice::ui
