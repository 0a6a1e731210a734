#include "input_check.h"

#include "await.h"
#include "interrupt.h"
#include "text.h"

#include "sluice/base/async.h"
#include "sluice/base/bytes.h"
#include "sluice/base/schema_validator.h"
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
        if (types.isEmpty() || (format != PictureFormat::Heic && format != PictureFormat::Avif) || takes(types, format))
            continue;
        return Error(Error::Kind::InvalidInput, Text::tr("%1 is a picture in the format %2; this field takes %3.").arg(field, nameOf(format), types))
            .withField(QLatin1Char('/') + field)
            .withAdvice(Text::tr("Export the picture as JPEG."));
    }
    return std::nullopt;
}

QCoro::Task<void> checkInput(Call call, std::shared_ptr<Connection> connection, bool sendsAnyway)
{
    if (sendsAnyway)
        co_return;
    std::optional<CapabilityInfo> info;
    bool late = false;
    try {
        const bool byName = call.backend.isEmpty() || call.backend == Call().backend;
        QFuture<CapabilityInfo> described = byName ? connection->gateway().describe(call.capability) : connection->gateway().describe(call.id());
        // An answer that is due by then cannot come any more when the network has not even said what it wants.
        const QFuture<void> inTime = atMost(QFuture<void>(described), call.timeout);
        const QFuture<void> waited = endOrInterruption(inTime);
        co_await waited;
        late = !described.isFinished() && !Interrupt::instance().happened();
        if (late)
            described.cancel();
        else
            info = co_await settled(described);
    } catch (const Error &error) {
        if (error.kind() == Error::Kind::Canceled)
            throw;
        // The call itself will tell what is wrong with the network.
    }
    if (late)
        throw Error(Error::Kind::Timeout, Text::tr("The network did not answer in time: not within %1 s.").arg(call.timeout.count()))
            .withAdvice(Text::tr("Nothing was sent. Give it more time with --timeout, or see whether it runs."));
    if (!info || info->inputSchema.isNull())
        co_return;
    auto wrong = toError(SchemaValidator(info->inputSchema).validate(call.input));
    if (!wrong)
        wrong = unwantedFormat(info->inputSchema, call.input);
    if (!wrong)
        co_return;
    Error error = *wrong;
    const QString advice = Text::tr("Nothing was sent. `sluicectl describe %1` shows what it wants; --no-check sends the input as it is.").arg(call.capability);
    throw error.withAdvice(error.advice().isEmpty() ? advice : error.advice() + QLatin1Char(' ') + advice);
}

} // namespace sluice::ctl
