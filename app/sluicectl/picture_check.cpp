#include "picture_check.h"

#include "text.h"

#include "sluice/base/bytes.h"
#include "sluice/pictures/picture_details.h"

#include <algorithm>

namespace sluice::ctl {

namespace {

/// Whether `types`, such as "image/png, image/jpeg", names HEIC or AVIF, or everything.
bool takes(const QString &types, PictureFormat format)
{
    const QStringList wanted = types.split(QLatin1Char(','), Qt::SkipEmptyParts);
    return std::any_of(wanted.begin(), wanted.end(), [format](const QString &one) {
        const QString type = one.trimmed();
        const bool heif = type == QLatin1String("image/heic") || type == QLatin1String("image/heif");
        return type == QLatin1String("*/*") || type == QLatin1String("image/*") || (format == PictureFormat::Avif ? type == QLatin1String("image/avif") : heif);
    });
}

} // namespace

std::optional<Error> unwantedFormat(const Json &schema, const Json &input)
{
    for (const auto &[field, property] : schema.value(QStringLiteral("properties")).members()) {
        constexpr qsizetype beginning = 256; // of base64, where the format stands
        const QString types = property.value(QStringLiteral("contentMediaType")).toString();
        const auto file = bytes::fromBase64(input.value(field).toString().left(beginning).toLatin1());
        const PictureFormat format = file ? pictureFormat(*file) : PictureFormat::None;
        if (types.isEmpty() || !isHeif(format) || takes(types, format))
            continue;
        return Error(Error::Kind::InvalidInput, Text::tr("%1 is a picture in the format %2; this field takes %3.").arg(field, nameOf(format), types))
            .withField(QLatin1Char('/') + field)
            .withAdvice(Text::tr("Export the picture as JPEG."));
    }
    return std::nullopt;
}

} // namespace sluice::ctl
