#include "sluice/base/schema_validator.h"

#include "sluice/base/schema_refs.h"
#include "sluice/base/schema_text_p.h"

#include <QtCore/QHash>
#include <QtCore/QRegularExpression>
#include <QtCore/QSet>

#include <algorithm>
#include <cmath>

namespace sluice {
namespace {

using namespace schema_text;

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

/// "1 item", "2 items".
QString counted(qint64 number, const char *noun)
{
    return QStringLiteral("%1 %2%3").arg(number).arg(QLatin1String(noun), number == 1 ? QString() : QStringLiteral("s"));
}

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
    return isSecret(schema) ? QStringLiteral("a hidden value") : shown(value);
}

QString shownWithTypeIn(const Json &schema, const Json &value)
{
    return isSecret(schema) ? QStringLiteral("a hidden %1").arg(typeName(value)) : shownWithType(value);
}

Json visible(const Json &schema, const Json &value)
{
    return isSecret(schema) ? Json() : value;
}

/// The types that the schema allows. Names that JSON Schema does not know are left out: problems() tells of them.
QStringList typesOf(const Json &schema)
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

class Evaluation {
public:
    Evaluation(const SchemaRefs &refs, const SchemaValidator::Limits &limits)
        : m_refs(refs)
        , m_limits(limits)
    {
    }

    void evaluate(const Json &schema, const Json &value, const QString &pointer);
    QList<SchemaViolation> take() { return std::move(m_found); }

private:
    [[nodiscard]] Json resolved(const Json &schema) const
    {
        return schema.contains(key("$ref")) ? m_refs.find(schema.value(key("$ref")).toString()).value_or(schema) : schema;
    }
    void conditions(const Json &schema, const Json &value, const QString &pointer);
    void dependents(const Json &schema, const Json &value, const QString &pointer);
    void propertyNames(const Json &schema, const Json &value, const QString &pointer);
    void contained(const Json &schema, const Json &value, const QString &pointer);
    void unevaluated(const Json &schema, const Json &value, const QString &pointer);
    void evaluatedNames(const Json &schema, const Json &value, const QString &pointer, QSet<QString> &names, int depth);
    void references(const Json &schema, const Json &value, const QString &pointer);
    bool type(const Json &schema, const Json &value, const QString &pointer);
    void choices(const Json &schema, const Json &value, const QString &pointer);
    void number(const Json &schema, const Json &value, const QString &pointer);
    void string(const Json &schema, const Json &value, const QString &pointer);
    void array(const Json &schema, const Json &value, const QString &pointer);
    void object(const Json &schema, const Json &value, const QString &pointer);
    void additional(const Json &schema, const Json &properties, const Json::Member &member, const QString &pointer);
    void combinations(const Json &schema, const Json &value, const QString &pointer);
    void alternatives(const QList<Json> &branches, const char *keyword, const Json &value, const QString &pointer);
    QList<SchemaViolation> trial(const Json &schema, const Json &value, const QString &pointer);
    void add(SchemaViolation violation)
    {
        if (m_found.size() < m_limits.maxViolations)
            m_found.append(std::move(violation));
    }

    const SchemaRefs &m_refs;
    SchemaValidator::Limits m_limits;
    QList<SchemaViolation> m_found;
    QSet<QString> m_open; // "reference at pointer" that is being evaluated: met again, it is a circle
    QHash<QString, QList<SchemaViolation>> m_known; // what came of such a one, so that many ways to one base cost one
    int m_steps = 0;
    int m_circles = 0;
};

void Evaluation::evaluate(const Json &schema, const Json &value, const QString &pointer)
{
    if (++m_steps > m_limits.maxSteps) {
        if (m_steps == m_limits.maxSteps + 1)
            add({pointer, key("$schema"), QStringLiteral("The value is too large to be checked against this schema."), {},
                {}, QStringLiteral("Send less."), QStringLiteral("too_complex")});
        return;
    }
    if (schema.isBool() && !schema.toBool()) {
        add({pointer, key("false"), QStringLiteral("No value is allowed here, but there is %1.").arg(shown(value)), value,
            {}, QStringLiteral("Leave it out."), QStringLiteral("extra_forbidden")});
        return;
    }
    if (!schema.isObject() || m_found.size() >= m_limits.maxViolations)
        return;
    if (schema.contains(key("$ref")))
        references(schema, value, pointer);
    if (value.isNull() && schema.value(key("nullable")).toBool())
        return;
    if (!type(schema, value, pointer))
        return; // whatever else is wrong follows from this
    choices(schema, value, pointer);
    if (value.isNumber())
        number(schema, value, pointer);
    else if (value.isString())
        string(schema, value, pointer);
    else if (value.isArray())
        array(schema, value, pointer);
    else if (value.isObject())
        object(schema, value, pointer);
    combinations(schema, value, pointer);
    conditions(schema, value, pointer);
    if (value.isObject() && schema.contains(key("unevaluatedProperties")))
        unevaluated(schema, value, pointer);
}

void Evaluation::references(const Json &schema, const Json &value, const QString &pointer)
{
    const QString reference = schema.value(key("$ref")).toString();
    const QString mark = reference + u'\n' + pointer;
    // What cannot be followed (another document) and a circle say nothing about the value: whoever serves the capability
    // checks it. Neither is the input's fault.
    if (m_open.contains(mark)) {
        ++m_circles;
        return;
    }
    if (const auto known = m_known.constFind(mark); known != m_known.constEnd()) {
        for (const SchemaViolation &violation : *known)
            add(violation);
        return;
    }
    const auto target = m_refs.find(reference);
    if (!target)
        return;
    m_open.insert(mark);
    const int circles = m_circles;
    const QList<SchemaViolation> found = trial(*target, value, pointer);
    m_open.remove(mark);
    if (m_open.isEmpty() || m_circles == circles) // what was left out in a circle holds only for where it was met
        m_known.insert(mark, found);
    for (const SchemaViolation &violation : found)
        add(violation);
}

bool Evaluation::type(const Json &schema, const Json &value, const QString &pointer)
{
    const QStringList types = typesOf(schema);
    if (types.isEmpty())
        return true;
    for (const QString &name : types) {
        if (hasType(value, name))
            return true;
    }
    const QString wanted = types.join(QStringLiteral(" or "));
    add({pointer, key("type"), QStringLiteral("%1 must be %2, but is %3.").arg(place(pointer), withArticle(wanted), shownWithTypeIn(schema, value)),
        visible(schema, value), wanted, isSecret(schema) ? QString() : typeSuggestion(value, types), types.first() + QStringLiteral("_type")});
    return false;
}

void Evaluation::choices(const Json &schema, const Json &value, const QString &pointer)
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
            ? QStringLiteral("%1 must be %2, but is %3.").arg(place(pointer), list, shownIn(schema, value))
            : QStringLiteral("%1 must be one of %2, but is %3.").arg(place(pointer), list, shownIn(schema, value)),
        visible(schema, value), constant ? list : QStringLiteral("one of: ") + list, isSecret(schema) ? QString() : nearestChoice(value, allowed),
        constant ? QStringLiteral("literal_error") : QStringLiteral("enum")});
}

void Evaluation::number(const Json &schema, const Json &value, const QString &pointer)
{
    struct Bound {
        const char *keyword;
        const char *type;
        const char *words;
        bool lower;
        bool exclusive;
    };
    static constexpr Bound bounds[] = {
        {"minimum", "greater_than_equal", "at least", true, false},
        {"exclusiveMinimum", "greater_than", "greater than", true, true},
        {"maximum", "less_than_equal", "at most", false, false},
        {"exclusiveMaximum", "less_than", "less than", false, true},
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
        const QString words = strict ? (bound.lower ? QStringLiteral("greater than") : QStringLiteral("less than"))
                                     : QString::fromLatin1(bound.words);
        const QString limitText = QString::fromLatin1(limit.numberText());
        add({pointer, key(bound.keyword), QStringLiteral("%1 must be %2 %3, but is %4.").arg(place(pointer), words, limitText, shownIn(schema, value)),
            visible(schema, value), range(schema), strict ? QStringLiteral("Try a value %1 %2.").arg(words, limitText)
                                         : QStringLiteral("Try %1.").arg(limitText), QString::fromLatin1(bound.type)});
    }
    const Json step = schema.value(key("multipleOf"));
    if (step.isNumber() && !isMultiple(value, step)) {
        const QString text = QString::fromLatin1(step.numberText());
        add({pointer, key("multipleOf"), QStringLiteral("%1 must be a multiple of %2, but is %3.").arg(place(pointer), text, shownIn(schema, value)),
            visible(schema, value), QStringLiteral("multiples of ") + text, {}, QStringLiteral("multiple_of")});
    }
}

void Evaluation::string(const Json &schema, const Json &value, const QString &pointer)
{
    const QString text = value.toString();
    const qint64 length = codePoints(text);
    const auto least = schema.value(key("minLength")).toInt64();
    const auto most = schema.value(key("maxLength")).toInt64();
    if (least && length < *least) {
        add({pointer, key("minLength"), length == 0 && *least == 1
                ? QStringLiteral("%1 is empty.").arg(place(pointer))
                : QStringLiteral("%1 must have at least %2 characters, but has %3.").arg(place(pointer)).arg(*least).arg(length),
            visible(schema, value), lengths(schema, "minLength", "maxLength", "characters"), QStringLiteral("Write %1.").arg(counted(*least - length, "more character")),
            QStringLiteral("string_too_short")});
    }
    if (most && length > *most) {
        add({pointer, key("maxLength"), QStringLiteral("%1 may have at most %2 characters, but has %3.").arg(place(pointer)).arg(*most).arg(length),
            visible(schema, value), lengths(schema, "minLength", "maxLength", "characters"),
            QStringLiteral("Shorten it by %1.").arg(counted(length - *most, "character")), QStringLiteral("string_too_long")});
    }
    const Json pattern = schema.value(key("pattern"));
    if (!pattern.isString())
        return;
    const QRegularExpression expression(pattern.toString(), QRegularExpression::UseUnicodePropertiesOption);
    if (expression.isValid() && !expression.match(text).hasMatch()) {
        add({pointer, key("pattern"), QStringLiteral("%1 must match the pattern %2, but is %3.").arg(place(pointer), pattern.toString(), shownIn(schema, value)),
            visible(schema, value), pattern.toString(), exampleOf(schema), QStringLiteral("string_pattern_mismatch")});
    }
}

void Evaluation::array(const Json &schema, const Json &value, const QString &pointer)
{
    const auto least = schema.value(key("minItems")).toInt64();
    const auto most = schema.value(key("maxItems")).toInt64();
    if (least && value.size() < *least)
        add({pointer, key("minItems"), QStringLiteral("%1 must have at least %2, but has %3.").arg(place(pointer), counted(*least, "item")).arg(value.size()),
            value, lengths(schema, "minItems", "maxItems", "items"), QStringLiteral("Add %1.").arg(counted(*least - value.size(), "item")), QStringLiteral("too_short")});
    if (most && value.size() > *most)
        add({pointer, key("maxItems"), QStringLiteral("%1 may have at most %2, but has %3.").arg(place(pointer), counted(*most, "item")).arg(value.size()),
            value, lengths(schema, "minItems", "maxItems", "items"), QStringLiteral("Remove %1.").arg(counted(value.size() - *most, "item")), QStringLiteral("too_long")});
    if (schema.value(key("uniqueItems")).toBool()) {
        QSet<QByteArray> seen;
        for (qsizetype i = 0; i < value.size(); ++i) {
            const QByteArray text = value.items()[i].dump();
            if (seen.contains(text))
                add({pointer + u'/' + QString::number(i), key("uniqueItems"), QStringLiteral("%1 holds %2 twice.").arg(place(pointer), shown(value.items()[i])),
                    value.items()[i], QStringLiteral("each item once"), QStringLiteral("Remove the second one."), QStringLiteral("unique_items")});
            seen.insert(text);
        }
    }
    contained(schema, value, pointer);
    // Positions first ("prefixItems", before 2020 a list of "items"), then what holds for the rest.
    const bool listed = schema.value(key("items")).isArray();
    const QList<Json> places = schema.value(listed ? key("items") : key("prefixItems")).items();
    for (qsizetype i = 0; i < std::min(places.size(), value.size()); ++i)
        evaluate(places[i], value.items()[i], pointer + u'/' + QString::number(i));
    const Json items = schema.value(listed ? key("additionalItems") : key("items"));
    if (!items.isObject() && !items.isBool())
        return;
    for (qsizetype i = places.size(); i < value.size() && m_found.size() < m_limits.maxViolations; ++i)
        evaluate(items, value.items()[i], pointer + u'/' + QString::number(i));
}

void Evaluation::object(const Json &schema, const Json &value, const QString &pointer)
{
    const Json properties = schema.value(key("properties"));
    for (const Json &name : schema.value(key("required")).items()) {
        if (!name.isString() || value.contains(name.toString()))
            continue;
        add({pointer + u'/' + escaped(name.toString()), key("required"), QStringLiteral("\"%1\" is missing%2.").arg(name.toString(),
                pointer.isEmpty() ? QString() : QStringLiteral(" in ") + pointer), {}, summary(resolved(properties.value(name.toString()))),
            missingSuggestion(name.toString(), properties.value(name.toString())), QStringLiteral("missing")});
    }
    const auto least = schema.value(key("minProperties")).toInt64();
    const auto most = schema.value(key("maxProperties")).toInt64();
    if ((least && value.size() < *least) || (most && value.size() > *most))
        add({pointer, least && value.size() < *least ? key("minProperties") : key("maxProperties"),
            QStringLiteral("%1 has %2, which is not allowed.").arg(place(pointer), counted(value.size(), "member")), value,
            lengths(schema, "minProperties", "maxProperties", "members"), {}, QStringLiteral("too_long")});
    dependents(schema, value, pointer);
    propertyNames(schema, value, pointer);
    for (const Json::Member &member : value.members()) {
        const QString at = pointer + u'/' + escaped(member.first);
        if (properties.contains(member.first))
            evaluate(properties.value(member.first), member.second, at);
        else
            additional(schema, properties, member, at);
    }
}

void Evaluation::additional(const Json &schema, const Json &properties, const Json::Member &member, const QString &pointer)
{
    bool matched = false;
    const Json patterns = schema.value(key("patternProperties"));
    for (const auto &[pattern, part] : patterns.members()) {
        const QRegularExpression expression(pattern, QRegularExpression::UseUnicodePropertiesOption);
        if (!expression.isValid() || !expression.match(member.first).hasMatch())
            continue;
        matched = true;
        evaluate(part, member.second, pointer);
    }
    const Json rest = schema.value(key("additionalProperties"));
    if (matched || rest.isNull() || (rest.isBool() && rest.toBool()))
        return;
    if (rest.isObject()) {
        evaluate(rest, member.second, pointer);
        return;
    }
    QStringList names;
    for (const auto &property : properties.members())
        names.append(property.first);
    add({pointer, key("additionalProperties"), QStringLiteral("\"%1\" is not a known field.").arg(member.first), member.second,
        QStringLiteral("one of: ") + names.join(QStringLiteral(", ")), nearestName(member.first, names), QStringLiteral("extra_forbidden")});
}

void Evaluation::combinations(const Json &schema, const Json &value, const QString &pointer)
{
    for (const Json &part : schema.value(key("allOf")).items())
        evaluate(part, value, pointer);
    const Json any = schema.value(key("anyOf"));
    if (any.isArray() && any.size() > 0)
        alternatives(any.items(), "anyOf", value, pointer);
    const Json one = schema.value(key("oneOf"));
    if (one.isArray() && one.size() > 0)
        alternatives(one.items(), "oneOf", value, pointer);
}

void Evaluation::conditions(const Json &schema, const Json &value, const QString &pointer)
{
    if (schema.contains(key("if"))) {
        const char *branch = trial(schema.value(key("if")), value, pointer).isEmpty() ? "then" : "else";
        if (schema.contains(key(branch)))
            evaluate(schema.value(key(branch)), value, pointer);
    }
    if (!schema.contains(key("not")))
        return;
    const Json excluded = schema.value(key("not"));
    if (m_steps > m_limits.maxSteps || !trial(excluded, value, pointer).isEmpty())
        return;
    QStringList names;
    for (const Json &name : excluded.value(key("required")).items())
        names.append(u'"' + name.toString() + u'"');
    const QString allowed = excluded.contains(key("const")) ? QStringLiteral("anything but ") + shown(excluded.value(key("const")))
        : excluded.value(key("enum")).isArray()               ? QStringLiteral("none of: ") + listed(excluded.value(key("enum")).items())
                                                              : QString();
    add({pointer, key("not"), value.isObject() && !names.isEmpty()
            ? QStringLiteral("%1 must not be given together.").arg(names.join(QStringLiteral(" and ")))
            : QStringLiteral("%1 is a value that the schema excludes.").arg(place(pointer)),
        visible(schema, value), allowed, names.isEmpty() ? QString() : QStringLiteral("Leave one of them out."), QStringLiteral("excluded")});
}

void Evaluation::dependents(const Json &schema, const Json &value, const QString &pointer)
{
    const auto need = [&](const QString &given, const QList<Json> &needed) {
        for (const Json &name : needed) {
            if (!name.isString() || value.contains(name.toString()))
                continue;
            add({pointer + u'/' + escaped(name.toString()), key("dependentRequired"),
                QStringLiteral("\"%1\" is missing: it is needed with \"%2\".").arg(name.toString(), given), {}, {},
                QStringLiteral("Add \"%1\", or leave out \"%2\".").arg(name.toString(), given), QStringLiteral("missing")});
        }
    };
    // "dependencies" is what the two were before 2019.
    for (const char *keyword : {"dependentRequired", "dependentSchemas", "dependencies"}) {
        for (const auto &[name, dependency] : schema.value(key(keyword)).members()) {
            if (!value.contains(name))
                continue;
            if (dependency.isArray())
                need(name, dependency.items());
            else if (qstrcmp(keyword, "dependentRequired") != 0)
                evaluate(dependency, value, pointer);
        }
    }
}

void Evaluation::propertyNames(const Json &schema, const Json &value, const QString &pointer)
{
    if (!schema.contains(key("propertyNames")))
        return;
    const Json rule = schema.value(key("propertyNames"));
    for (const Json::Member &member : value.members()) {
        const QString at = pointer + u'/' + escaped(member.first);
        const QList<SchemaViolation> found = trial(rule, Json(member.first), at);
        if (!found.isEmpty())
            add({at, key("propertyNames"), QStringLiteral("The name \"%1\" is not allowed: %2").arg(member.first, found.first().message),
                {}, found.first().allowed, QStringLiteral("Choose another name."), QStringLiteral("invalid_key")});
    }
}

void Evaluation::contained(const Json &schema, const Json &value, const QString &pointer)
{
    if (!schema.contains(key("contains")))
        return;
    const qint64 least = schema.value(key("minContains")).toInt64().value_or(1);
    const auto most = schema.value(key("maxContains")).toInt64();
    qint64 fitting = 0;
    for (qsizetype i = 0; i < value.size(); ++i)
        fitting += trial(schema.value(key("contains")), value.items()[i], pointer + u'/' + QString::number(i)).isEmpty() ? 1 : 0;
    if (m_steps > m_limits.maxSteps || (fitting >= least && (!most || fitting <= *most)))
        return;
    const bool few = fitting < least;
    add({pointer, key("contains"), QStringLiteral("%1 must hold %2 %3 of the kind that its schema asks for, but holds %4.")
            .arg(place(pointer), few ? QStringLiteral("at least") : QStringLiteral("at most"), counted(few ? least : *most, "item")).arg(fitting),
        value, summary(resolved(schema.value(key("contains")))), few ? QStringLiteral("Add one that fits.") : QStringLiteral("Remove one."),
        QStringLiteral("contains")});
}

/// The members that some part of the schema, as far as it applies to the value, has a say about.
void Evaluation::evaluatedNames(const Json &schema, const Json &value, const QString &pointer, QSet<QString> &names, int depth)
{
    if (!schema.isObject() || depth > 32 || ++m_steps > m_limits.maxSteps)
        return;
    const Json properties = schema.value(key("properties"));
    const Json patterns = schema.value(key("patternProperties"));
    const bool rest = schema.contains(key("additionalProperties")) || (depth > 0 && schema.contains(key("unevaluatedProperties")));
    for (const auto &member : value.members()) {
        bool met = rest || properties.contains(member.first);
        for (const auto &[pattern, part] : patterns.members())
            met = met || QRegularExpression(pattern, QRegularExpression::UseUnicodePropertiesOption).match(member.first).hasMatch();
        if (met)
            names.insert(member.first);
    }
    const auto follow = [&](const Json &part) { evaluatedNames(part, value, pointer, names, depth + 1); };
    const auto fits = [&](const Json &part) { return trial(part, value, pointer).isEmpty(); };
    if (schema.contains(key("$ref"))) {
        if (const auto target = m_refs.find(schema.value(key("$ref")).toString()))
            follow(*target);
        else
            for (const auto &member : value.members())
                names.insert(member.first); // who knows what stands there
    }
    for (const Json &part : schema.value(key("allOf")).items())
        follow(part);
    for (const char *keyword : {"anyOf", "oneOf"}) {
        for (const Json &part : schema.value(key(keyword)).items()) {
            if (fits(part))
                follow(part);
        }
    }
    if (schema.contains(key("if"))) {
        const bool fit = fits(schema.value(key("if")));
        if (fit)
            follow(schema.value(key("if")));
        follow(schema.value(fit ? key("then") : key("else")));
    }
    for (const auto &[name, part] : schema.value(key("dependentSchemas")).members()) {
        if (value.contains(name))
            follow(part);
    }
}

void Evaluation::unevaluated(const Json &schema, const Json &value, const QString &pointer)
{
    const Json rule = schema.value(key("unevaluatedProperties"));
    if (rule.isBool() && rule.toBool())
        return;
    QSet<QString> known;
    evaluatedNames(schema, value, pointer, known, 0);
    if (m_steps > m_limits.maxSteps)
        return;
    for (const Json::Member &member : value.members()) {
        const QString at = pointer + u'/' + escaped(member.first);
        if (known.contains(member.first))
            continue;
        if (rule.isObject())
            evaluate(rule, member.second, at);
        else
            add({at, key("unevaluatedProperties"), QStringLiteral("\"%1\" is not a known field.").arg(member.first), member.second, {},
                nearestName(member.first, QStringList(known.cbegin(), known.cend())), QStringLiteral("extra_forbidden")});
    }
}

QList<SchemaViolation> Evaluation::trial(const Json &schema, const Json &value, const QString &pointer)
{
    QList<SchemaViolation> outer = std::exchange(m_found, {});
    evaluate(schema, value, pointer);
    return std::exchange(m_found, std::move(outer));
}

void Evaluation::alternatives(const QList<Json> &branches, const char *keyword, const Json &value, const QString &pointer)
{
    int fitting = 0;
    QList<SchemaViolation> closest;
    QList<Json> constants;
    const bool exclusive = qstrcmp(keyword, "oneOf") == 0;
    for (const Json &branch : branches) {
        const QList<SchemaViolation> found = trial(branch, value, pointer);
        if (found.isEmpty()) {
            if (++fitting > 1 || !exclusive)
                break;
            continue;
        }
        if (branch.contains(key("const")))
            constants.append(branch.value(key("const")));
        // A branch of the wrong type altogether says less than one that nearly fits.
        const auto isFarOff = [&](const QList<SchemaViolation> &list) {
            return list.first().pointer == pointer && list.first().keyword == u"type";
        };
        if (closest.isEmpty() || (isFarOff(closest) && (!isFarOff(found) || typesOf(branch) != QStringList{key("null")}))
            || (!isFarOff(found) && found.size() < closest.size()))
            closest = found;
    }
    if (fitting == 1 || (fitting > 0 && !exclusive))
        return;
    if (fitting > 1) {
        add({pointer, key(keyword), QStringLiteral("%1 fits more than one of the forms that exclude each other.").arg(place(pointer)), value, {},
            QStringLiteral("Leave out what belongs to the other form."), QStringLiteral("union_error")});
        return;
    }
    QStringList sets; // "one of these fields": no single one of them is the missing one
    for (const Json &branch : branches) {
        QStringList names;
        for (const Json &name : branch.value(key("required")).items())
            names.append(u'"' + name.toString() + u'"');
        if (!names.isEmpty() && value.isObject() && std::all_of(branch.members().begin(), branch.members().end(), [](const Json::Member &member) {
                return member.first == u"required" || member.first == u"title" || member.first == u"description";
            }))
            sets.append(names.join(QStringLiteral(" with ")));
    }
    if (sets.size() > 1 && sets.size() == branches.size()) {
        add({pointer, key(keyword), QStringLiteral("One of these is needed: %1.").arg(sets.mid(0, 20).join(QStringLiteral(", "))), value,
            QStringLiteral("one of: ") + sets.mid(0, 20).join(QStringLiteral(", ")), {}, QStringLiteral("missing")});
        return;
    }
    if (constants.size() == branches.size()) {
        choices(Json{{key("enum"), Json::array(constants)}}, value, pointer);
        return;
    }
    for (SchemaViolation &violation : closest)
        add(std::move(violation));
}

} // namespace

SchemaValidator::SchemaValidator(Json schema)
    : SchemaValidator(std::move(schema), Limits{})
{
}

SchemaValidator::SchemaValidator(Json schema, Limits limits)
    : m_schema(std::make_shared<const Json>(std::move(schema)))
    , m_refs(std::make_shared<const SchemaRefs>(*m_schema))
    , m_limits(limits)
{
}

QList<SchemaViolation> SchemaValidator::validate(const Json &value) const
{
    Evaluation evaluation(*m_refs, m_limits);
    evaluation.evaluate(m_refs->document(), value, {});
    return evaluation.take();
}

Json SchemaValidator::resolve(const Json &part) const
{
    Json current = part;
    for (int hops = 0; current.contains(key("$ref")); ++hops) {
        const auto target = m_refs->find(current.value(key("$ref")).toString());
        if (!target || hops > 32)
            return {};
        Json merged = *target;
        for (const auto &[name, value] : current.members()) {
            if (name != u"$ref")
                merged.insert(name, value);
        }
        current = merged;
    }
    return current;
}

std::optional<Error> toError(const QList<SchemaViolation> &violations)
{
    if (violations.isEmpty())
        return std::nullopt;
    const SchemaViolation &first = violations.first();
    QString message = first.message;
    if (violations.size() > 1)
        message += violations.size() == 2 ? QStringLiteral(" One more field does not fit.")
                                          : QStringLiteral(" %1 more fields do not fit.").arg(violations.size() - 1);
    return Error(Error::Kind::InvalidInput, message).withField(first.pointer).withAdvice(first.suggestion);
}

} // namespace sluice
