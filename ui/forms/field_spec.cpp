#include "sluice/forms/field_spec_p.h"

#include "sluice/forms/field_issue.h"

namespace sluice::ui {

QStringList secretPointers(const FieldSpec &spec, const Json &value, const QString &pointer)
{
    QStringList found;
    if (spec.secret)
        return {pointer};
    for (const FieldSpec &property : spec.properties)
        found += secretPointers(property, value.value(property.key), pointerTo(pointer, property.key));
    for (qsizetype i = 0; spec.item && i < value.items().size(); ++i)
        found += secretPointers(*spec.item, value.items().at(i), pointerTo(pointer, i));
    for (const FieldSpec &variant : spec.variants)
        found += secretPointers(variant, value, pointer);
    found.removeDuplicates();
    return found;
}

QString titleFromKey(const QString &key)
{
    QString title;
    for (qsizetype i = 0; i < key.size(); ++i) {
        const QChar c = key.at(i);
        if (c == QLatin1Char('_') || c == QLatin1Char('-'))
            title += QLatin1Char(' ');
        else if (c.isUpper() && i > 0 && key.at(i - 1).isLower())
            title += QLatin1Char(' ') + QString(c.toLower());
        else
            title += c;
    }
    title = title.simplified();
    if (!title.isEmpty())
        title[0] = title.at(0).toUpper();
    return title;
}

QString FieldSpec::hint() const
{
    QStringList parts;
    const QString low = QString::fromLatin1(minimum);
    const QString high = QString::fromLatin1(maximum);
    if (kind == FieldKind::Integer || kind == FieldKind::Number) {
        if (!low.isEmpty() && !high.isEmpty())
            parts << FieldSpec::tr("%1 to %2").arg(exclusiveMinimum ? FieldSpec::tr("above %1").arg(low) : low,
                                           exclusiveMaximum ? FieldSpec::tr("below %1").arg(high) : high);
        else if (!low.isEmpty())
            parts << (exclusiveMinimum ? FieldSpec::tr("above %1").arg(low) : FieldSpec::tr("%1 or more").arg(low));
        else if (!high.isEmpty())
            parts << (exclusiveMaximum ? FieldSpec::tr("below %1").arg(high) : FieldSpec::tr("%1 or less").arg(high));
        if (kind == FieldKind::Integer && parts.isEmpty())
            parts << FieldSpec::tr("whole number");
    } else if (kind == FieldKind::Set && minItems > 0) {
        parts << tr("choose %1 or more").arg(minItems);
    } else if (kind == FieldKind::List) {
        if (minItems > 0 && maxItems >= 0)
            parts << FieldSpec::tr("items: %1 to %2").arg(minItems).arg(maxItems);
        else if (maxItems >= 0)
            parts << FieldSpec::tr("items: at most %1").arg(maxItems);
        else if (minItems > 0)
            parts << FieldSpec::tr("items: %1 or more").arg(minItems);
    } else if ((kind == FieldKind::Text || kind == FieldKind::TextArea) && maxLength >= 0) {
        parts << FieldSpec::tr("at most %Ln character(s)", nullptr, int(maxLength));
    } else if (kind == FieldKind::File && !mediaType.isEmpty()) {
        parts << mediaType;
    }
    return parts.join(QStringLiteral(", "));
}

Json FieldSpec::initial() const
{
    if (fallback)
        return *fallback;
    switch (kind) {
    case FieldKind::Choice: return choices.size() == 1 ? choices.first().value : Json();
    case FieldKind::Boolean: return false;
    case FieldKind::Text:
    case FieldKind::TextArea:
    case FieldKind::Password:
    case FieldKind::File: return QString();
    case FieldKind::Set:
    case FieldKind::List: return Json::array();
    case FieldKind::Object: {
        Json value = Json::object();
        for (const FieldSpec &property : properties) {
            if (property.fallback)
                value.insert(property.key, *property.fallback);
            else if (property.required && property.kind == FieldKind::Choice && property.choices.size() == 1)
                value.insert(property.key, property.choices.first().value);
            else if (property.required && property.nullable)
                value.insert(property.key, Json()); // what its switch says: null until it is set
            else if (property.required && property.kind == FieldKind::Object && property.initial().size() > 0)
                value.insert(property.key, property.initial());
        }
        return value;
    }
    case FieldKind::Json:
    case FieldKind::Union:
        if (schema.value(QStringLiteral("type")).toString() == QLatin1String("object") || schema.value(QStringLiteral("properties")).isObject() || schema.value(QStringLiteral("required")).isArray())
            return Json::object();
        return schema.value(QStringLiteral("type")).toString() == QLatin1String("array") ? Json::array() : Json();
    default: return {};
    }
}

} // namespace sluice::ui
