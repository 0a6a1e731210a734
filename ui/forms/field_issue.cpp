#include "sluice/forms/field_issue.h"

#include "sluice/base/json.h"

namespace sluice {

QString pointerTo(const QString &parent, const QString &key)
{
    QString step = key;
    step.replace(QLatin1Char('~'), QLatin1String("~0")).replace(QLatin1Char('/'), QLatin1String("~1"));
    return parent + QLatin1Char('/') + step;
}

QString pointerTo(const QString &parent, qsizetype index)
{
    return parent + QLatin1Char('/') + QString::number(index);
}

QList<FieldIssue> FieldIssue::fromError(const Error &error)
{
    QList<FieldIssue> issues;
    const Expected<Json> body = Json::parse(error.body());
    if (body) {
        const Json detail = body->value(QStringLiteral("detail"));
        for (const Json &item : detail.items()) {
            QString pointer;
            const QList<Json> steps = item.value(QStringLiteral("loc")).items();
            for (qsizetype i = 0; i < steps.size(); ++i) {
                const Json &step = steps.at(i);
                // FastAPI puts the part of the request in front: body, query, path, header.
                if (i == 0 && step.isString() && step.toString() == QLatin1String("body"))
                    continue;
                pointer = step.isString() ? pointerTo(pointer, step.toString()) : pointerTo(pointer, step.toInt64().value_or(0));
            }
            const QString message = item.value(QStringLiteral("msg")).toString();
            if (!message.isEmpty())
                issues.append({pointer, message});
        }
    }
    if (issues.isEmpty() && !error.field().isEmpty())
        issues.append({error.field(), error.advice().isEmpty() ? error.message()
                                                               : error.message() + QLatin1Char(' ') + error.advice()});
    return issues;
}

} // namespace sluice
