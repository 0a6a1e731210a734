#include "sluice/sandbox/pipelines/picture_input.h"

#include <QtCore/QRandomGenerator>

namespace sluice::sandbox {

Picture pictureIn(const aigateway::PipelineInput &input)
{
    Expected<Picture> picture = decodePicture(input.file);
    if (!picture)
        throw Error(picture.error().kind(), QStringLiteral("image: ") + picture.error().message());
    return std::move(*picture);
}

qint64 seedIn(const aigateway::PipelineInput &input)
{
    const auto seed = input.fields.value(QStringLiteral("seed")).toInt64();
    return seed ? *seed : qint64(QRandomGenerator::global()->generate());
}

aigateway::PipelineOutput::File pngFile(const Picture &picture, qint64 seed)
{
    return {"png", "image/png", orThrow(encodePng(picture)), seed};
}

} // namespace sluice::sandbox
