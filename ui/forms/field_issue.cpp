#include "sluice/forms/field_issue.h"

#include "sluice/base/json.h"

namespace sluice::ui {

namespace {

/// The items of a 422's `detail` list. An error keeps only the start of a long answer, so the list may be cut: then
/// every item that is whole counts.
QList<Json> detailItems(const QByteArray &body)
{
    if (const Expected<Json> whole = Json::parse(body))
        return whole->value(QStringLiteral("detail")).items();
    QList<Json> items;
    qsizetype at = body.indexOf('[', body.indexOf("\"detail\""));
    if (at < 0 || body.indexOf("\"detail\"") < 0)
        return items;
    int depth = 0;
    qsizetype start = -1;
    bool inString = false;
    for (++at; at < body.size(); ++at) {
        const char c = body.at(at);
        if (inString) {
            if (c == '\\')
                ++at;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            if (depth++ == 0)
                start = at;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            if (const Expected<Json> item = Json::parse(QByteArrayView(body).sliced(start, at - start + 1)))
                items.append(*item);
        } else if (depth < 0) {
            break;
        }
    }
    return items;
}

QString pointerOf(const QList<Json> &steps)
{
    QString pointer;
    for (qsizetype i = 0; i < steps.size(); ++i) {
        const Json &step = steps.at(i);
        // FastAPI puts the part of the request in front: body, query, path, header.
        if (i == 0 && step.toString() == QLatin1String("body"))
            continue;
        pointer = step.isString() ? pointerTo(pointer, step.toString()) : pointerTo(pointer, step.toInt64().value_or(0));
    }
    return pointer;
}

} // namespace

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
    const QList<Json> details = detailItems(error.body());
    for (const Json &item : details) {
        const QString message = item.value(QStringLiteral("msg")).toString();
        if (!message.isEmpty())
            issues.append({pointerOf(item.value(QStringLiteral("loc")).items()), message});
    }
    if (issues.isEmpty() && !error.field().isEmpty())
        issues.append({error.field(), error.advice().isEmpty() ? error.message()
                                                               : error.message() + QLatin1Char(' ') + error.advice()});
    return issues;
}

} // namespace sluice::ui
