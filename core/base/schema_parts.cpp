#include "sluice/base/schema_evaluation_p.h"
#include "sluice/base/schema_text_p.h"

#include <QtCore/QRegularExpression>

namespace sluice {

using namespace schema_evaluation;
using namespace schema_text;

Json SchemaEvaluation::resolved(const Json &schema) const
{
    return schema.contains(key("$ref")) ? m_refs.find(schema.value(key("$ref")).toString()).value_or(schema) : schema;
}

void SchemaEvaluation::array(const Json &schema, const Json &value, const QString &pointer)
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

void SchemaEvaluation::contained(const Json &schema, const Json &value, const QString &pointer)
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

void SchemaEvaluation::object(const Json &schema, const Json &value, const QString &pointer)
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

void SchemaEvaluation::additional(const Json &schema, const Json &properties, const Json::Member &member, const QString &pointer)
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

void SchemaEvaluation::propertyNames(const Json &schema, const Json &value, const QString &pointer)
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

void SchemaEvaluation::dependents(const Json &schema, const Json &value, const QString &pointer)
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

/// The members that some part of the schema, as far as it applies to the value, has a say about.
void SchemaEvaluation::evaluatedNames(const Json &schema, const Json &value, const QString &pointer, QSet<QString> &names, int depth)
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
                names.insert(member.first); // its value is unknown
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

void SchemaEvaluation::unevaluated(const Json &schema, const Json &value, const QString &pointer)
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

} // namespace sluice
