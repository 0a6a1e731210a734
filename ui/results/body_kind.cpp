#include "sluice/results/body_kind.h"

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

BodyKind bodyKind(const ResultData &data)
{
    if (data.body.isEmpty())
        return BodyKind::Empty;
    const QByteArray type = mediaType(data.contentType);
    if (type.startsWith("image/"))
        return BodyKind::Image;
    if (type == "application/json" || type.endsWith("+json"))
        return BodyKind::Json;
    if (type == "text/markdown")
        return BodyKind::Markdown;
    const QString wanted = data.outputSchema.value(QStringLiteral("x-output")).value(QStringLiteral("type")).toString();
    if (wanted == QStringLiteral("image") && !looksLikeText(data.body))
        return BodyKind::Image;
    if (!looksLikeText(data.body))
        return BodyKind::Binary;
    if (looksLikeJson(data.body))
        return BodyKind::Json;
    return wanted.startsWith(QStringLiteral("text")) ? BodyKind::Markdown : BodyKind::Text;
}

QString suggestedFileName(const ResultData &data)
{
    const QMimeDatabase mimes;
    QString suffix = mimes.mimeTypeForName(QString::fromLatin1(mediaType(data.contentType))).preferredSuffix();
    if (suffix.isEmpty() || (suffix == QStringLiteral("txt") && bodyKind(data) == BodyKind::Json))
        suffix = bodyKind(data) == BodyKind::Json ? QStringLiteral("json")
            : looksLikeText(data.body)            ? QStringLiteral("txt")
                                                  : QStringLiteral("bin");
    return QStringLiteral("result.") + suffix;
}

} // namespace sluice::ui
