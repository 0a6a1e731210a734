#include "sluice/base/schema_evaluation_p.h"
#include "sluice/base/schema_text_p.h"

#include <QtCore/QRegularExpression>

#include <algorithm>
#include <cmath>

namespace sluice {

using namespace schema_evaluation;
using namespace schema_text;

namespace {

/// Exact for integers that fit 64 bits, by double otherwise.
int compareNumbers(const Json &a, const Json &b)
{
    const auto left = a.toInt64();
    const auto right = b.toInt64();
    if (left && right)
        return *left < *right ? -1 : *left > *right;
    const double x = a.toDouble();
    const double y = b.toDouble();
    return x < y ? -1 : x > y;
}

bool isWhole(const Json &number)
{
    return number.isInteger() || std::trunc(number.toDouble()) == number.toDouble();
}

bool isMultiple(const Json &number, const Json &of)
{
    const auto value = number.toInt64();
    const auto step = of.toInt64();
    if (value && step)
        return *step == 0 || *value % *step == 0;
    const double divisor = of.toDouble();
    if (divisor == 0)
        return true;
    const double quotient = number.toDouble() / divisor;
    return std::abs(quotient - std::round(quotient)) < 1e-9 * std::max(1.0, std::abs(quotient));
}

bool hasType(const Json &value, const QString &type)
{
    if (type == u"integer")
        return value.isNumber() && isWhole(value);
    return typeName(value) == type || (type == u"number" && value.isNumber());
}

/// A password is checked like anything else but repeated nowhere.
bool isSecret(const Json &schema)
{
    return schema.value(key("format")).toString() == u"password" || schema.value(key("x-cog-secret")).toBool();
}

QString shownIn(const Json &schema, const Json &value)
{
    return isSecret(schema) ? Words::tr("a hidden value") : shown(value);
}

QString shownWithTypeIn(const Json &schema, const Json &value)
{
    return isSecret(schema) ? Words::tr("a hidden %1", "%1 is a type of JSON").arg(typeName(value)) : shownWithType(value);
}

} // namespace

Json schema_evaluation::visible(const Json &schema, const Json &value)
{
    return isSecret(schema) ? Json() : value;
}

QStringList schema_evaluation::typesOf(const Json &schema)
{
    const Json type = schema.value(key("type"));
    QStringList types;
    if (isTypeName(type.toString()))
        types.append(type.toString());
    for (const Json &item : type.items()) {
        if (isTypeName(item.toString()))
            types.append(item.toString());
    }
    return types;
}

bool SchemaEvaluation::type(const Json &schema, const Json &value, const QString &pointer)
{
    const QStringList types = typesOf(schema);
    if (types.isEmpty())
        return true;
    for (const QString &name : types) {
        if (hasType(value, name))
            return true;
    }
    const QString wanted = types.join(QStringLiteral(" or "));
    add({pointer, key("type"), Words::tr("%1 must be %2, but is %3.").arg(place(pointer), withArticle(types), shownWithTypeIn(schema, value)),
        visible(schema, value), wanted, isSecret(schema) ? QString() : typeSuggestion(value, types), types.first() + QStringLiteral("_type")});
    return false;
}

void SchemaEvaluation::choices(const Json &schema, const Json &value, const QString &pointer)
{
    QList<Json> allowed = schema.value(key("enum")).items();
    const bool constant = schema.contains(key("const"));
    if (constant)
        allowed = {schema.value(key("const"))};
    else if (!schema.value(key("enum")).isArray())
        return;
    for (const Json &choice : std::as_const(allowed)) {
        if (choice.equivalent(value))
            return;
    }
    const QString list = listed(allowed);
    add({pointer, constant ? key("const") : key("enum"), constant
            ? Words::tr("%1 must be %2, but is %3.").arg(place(pointer), list, shownIn(schema, value))
            : Words::tr("%1 must be one of %2, but is %3.").arg(place(pointer), list, shownIn(schema, value)),
        visible(schema, value), constant ? list : QStringLiteral("one of: ") + list, isSecret(schema) ? QString() : nearestChoice(value, allowed),
        constant ? QStringLiteral("literal_error") : QStringLiteral("enum")});
}

void SchemaEvaluation::number(const Json &schema, const Json &value, const QString &pointer)
{
    struct Bound {
        const char *keyword;
        const char *type;
        bool lower;
        bool exclusive;
    };
    static constexpr Bound bounds[] = {
        {"minimum", "greater_than_equal", true, false},
        {"exclusiveMinimum", "greater_than", true, true},
        {"maximum", "less_than_equal", false, false},
        {"exclusiveMaximum", "less_than", false, true},
    };
    for (const Bound &bound : bounds) {
        const Json limit = schema.value(key(bound.keyword));
        // Draft 4 wrote exclusiveMinimum: true beside minimum.
        const bool strict = bound.exclusive
            || schema.value(bound.lower ? key("exclusiveMinimum") : key("exclusiveMaximum")).toBool();
        if (!limit.isNumber())
            continue;
        const int order = compareNumbers(value, limit) * (bound.lower ? 1 : -1);
        if (order > 0 || (order == 0 && !strict))
            continue;
        const QString limitText = QString::fromLatin1(limit.numberText());
        const QString sentence = strict ? (bound.lower ? Words::tr("%1 must be greater than %2, but is %3.") : Words::tr("%1 must be less than %2, but is %3."))
            : bound.lower               ? Words::tr("%1 must be at least %2, but is %3.")
                                        : Words::tr("%1 must be at most %2, but is %3.");
        const QString advice = !strict ? Words::tr("Try %1.") : bound.lower ? Words::tr("Try a value greater than %1.") : Words::tr("Try a value less than %1.");
        add({pointer, key(bound.keyword), sentence.arg(place(pointer), limitText, shownIn(schema, value)), visible(schema, value), range(schema),
            advice.arg(limitText), QString::fromLatin1(bound.type)});
    }
    const Json step = schema.value(key("multipleOf"));
    if (step.isNumber() && !isMultiple(value, step)) {
        const QString text = QString::fromLatin1(step.numberText());
        add({pointer, key("multipleOf"), Words::tr("%1 must be a multiple of %2, but is %3.").arg(place(pointer), text, shownIn(schema, value)),
            visible(schema, value), QStringLiteral("multiples of ") + text, {}, QStringLiteral("multiple_of")});
    }
}

void SchemaEvaluation::string(const Json &schema, const Json &value, const QString &pointer)
{
    const QString text = value.toString();
    const qint64 length = codePoints(text);
    const auto least = schema.value(key("minLength")).toInt64();
    const auto most = schema.value(key("maxLength")).toInt64();
    if (least && length < *least) {
        add({pointer, key("minLength"), length == 0 && *least == 1
                ? Words::tr("%1 is empty.").arg(place(pointer))
                : Words::tr("%1 must have at least %2 characters, but has %3.").arg(place(pointer)).arg(*least).arg(length),
            visible(schema, value), lengths(schema, "minLength", "maxLength", "characters"), *least - length == 1
                ? Words::tr("Write 1 more character.")
                : Words::tr("Write %n more characters.", nullptr, sayable(*least - length)),
            QStringLiteral("string_too_short")});
    }
    if (most && length > *most) {
        add({pointer, key("maxLength"), Words::tr("%1 may have at most %2 characters, but has %3.").arg(place(pointer)).arg(*most).arg(length),
            visible(schema, value), lengths(schema, "minLength", "maxLength", "characters"),
            length - *most == 1 ? Words::tr("Shorten it by 1 character.") : Words::tr("Shorten it by %n characters.", nullptr, sayable(length - *most)),
            QStringLiteral("string_too_long")});
    }
    const Json pattern = schema.value(key("pattern"));
    if (!pattern.isString())
        return;
    const QRegularExpression expression(pattern.toString(), QRegularExpression::UseUnicodePropertiesOption);
    if (expression.isValid() && !expression.match(text).hasMatch()) {
        add({pointer, key("pattern"), Words::tr("%1 must match the pattern %2, but is %3.").arg(place(pointer), pattern.toString(), shownIn(schema, value)),
            visible(schema, value), pattern.toString(), exampleOf(schema), QStringLiteral("string_pattern_mismatch")});
    }
}

} // namespace sluice
