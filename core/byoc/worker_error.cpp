#include "sluice/byoc/worker_error.h"

#include "sluice/base/json.h"

namespace sluice::byoc {

namespace {

constexpr qsizetype MaxText = 500;

QString pointerFrom(const Json &loc)
{
    QString pointer;
    bool first = true;
    for (const Json &step : loc.items()) {
        // FastAPI begins with where the value came from.
        const bool origin = std::exchange(first, false) && step.toString() == QStringLiteral("body");
        if (origin)
            continue;
        QString name = step.isNumber() ? QString::fromLatin1(step.numberText()) : step.toString();
        name.replace(QLatin1Char('~'), QStringLiteral("~0")).replace(QLatin1Char('/'), QStringLiteral("~1"));
        pointer += QLatin1Char('/') + name;
    }
    return pointer;
}

} // namespace

WorkerError readWorkerError(const QByteArray &body)
{
    const WorkerError plain{QString::fromUtf8(body.left(4 * MaxText)).trimmed().left(MaxText), {}};
    const auto json = Json::parse(body, {256 * 1024, 16});
    if (!json || !json->isObject())
        return plain;
    const Json error = json->value(QStringLiteral("error"));
    if (error.isString())
        return {error.toString().left(MaxText), {}};
    if (error.value(QStringLiteral("message")).isString())
        return {error.value(QStringLiteral("message")).toString().left(MaxText), {}};
    const Json detail = json->value(QStringLiteral("detail"));
    if (detail.isString())
        return {detail.toString().left(MaxText), {}};
    const Json first = detail.at(0);
    if (!first.value(QStringLiteral("msg")).isString())
        return plain;
    const QString field = pointerFrom(first.value(QStringLiteral("loc")));
    const QString message = first.value(QStringLiteral("msg")).toString();
    return {(field.isEmpty() ? message : field + QStringLiteral(": ") + message).left(MaxText), field};
}

} // namespace sluice::byoc
