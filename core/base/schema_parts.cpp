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
        add({pointer, key("minItems"), (*least == 1 ? Words::tr("%1 must have at least 1 item, but has %2.")
                                                    : Words::tr("%1 must have at least %n items, but has %2.", nullptr, sayable(*least))).arg(place(pointer)).arg(value.size()),
            value, lengths(schema, "minItems", "maxItems", "items"),
            *least - value.size() == 1 ? Words::tr("Add 1 item.") : Words::tr("Add %n items.", nullptr, sayable(*least - value.size())), QStringLiteral("too_short")});
    if (most && value.size() > *most)
        add({pointer, key("maxItems"), (*most == 1 ? Words::tr("%1 may have at most 1 item, but has %2.")
                                                   : Words::tr("%1 may have at most %n items, but has %2.", nullptr, sayable(*most))).arg(place(pointer)).arg(value.size()),
            value, lengths(schema, "minItems", "maxItems", "items"),
            value.size() - *most == 1 ? Words::tr("Remove 1 item.") : Words::tr("Remove %n items.", nullptr, sayable(value.size() - *most)), QStringLiteral("too_long")});
    if (schema.value(key("uniqueItems")).toBool()) {
        QSet<QByteArray> seen;
        for (qsizetype i = 0; i < value.size(); ++i) {
            const QByteArray text = value.items()[i].dump();
            if (seen.contains(text))
                add({pointer + u'/' + QString::number(i), key("uniqueItems"), Words::tr("%1 holds %2 twice.").arg(place(pointer), shown(value.items()[i])),
                    value.items()[i], QStringLiteral("each item once"), Words::tr("Remove the second one."), QStringLiteral("unique_items")});
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
    const qint64 bound = few ? least : *most;
    const QString sentence = few ? (bound == 1 ? Words::tr("%1 must hold at least 1 item of the kind that its schema asks for, but holds %2.")
                                               : Words::tr("%1 must hold at least %n items of the kind that its schema asks for, but holds %2.", nullptr, sayable(bound)))
        : bound == 1             ? Words::tr("%1 must hold at most 1 item of the kind that its schema asks for, but holds %2.")
                                 : Words::tr("%1 must hold at most %n items of the kind that its schema asks for, but holds %2.", nullptr, sayable(bound));
    add({pointer, key("contains"), sentence.arg(place(pointer)).arg(fitting),
        value, summary(resolved(schema.value(key("contains")))), few ? Words::tr("Add one that fits.") : Words::tr("Remove one."),
        QStringLiteral("contains")});
}

void SchemaEvaluation::object(const Json &schema, const Json &value, const QString &pointer)
{
    const Json properties = schema.value(key("properties"));
    for (const Json &name : schema.value(key("required")).items()) {
        if (!name.isString() || value.contains(name.toString()))
            continue;
        add({pointer + u'/' + escaped(name.toString()), key("required"), pointer.isEmpty() ? Words::tr("%1 is missing.").arg(quoted(name.toString()))
                                                                                                       : Words::tr("%1 is missing in %2.").arg(quoted(name.toString()), pointer), {}, summary(resolved(properties.value(name.toString()))),
            missingSuggestion(name.toString(), properties.value(name.toString())), QStringLiteral("missing")});
    }
    const auto least = schema.value(key("minProperties")).toInt64();
    const auto most = schema.value(key("maxProperties")).toInt64();
    if ((least && value.size() < *least) || (most && value.size() > *most))
        add({pointer, least && value.size() < *least ? key("minProperties") : key("maxProperties"),
            (value.size() == 1 ? Words::tr("%1 has 1 member, which is not allowed.")
                               : Words::tr("%1 has %n members, which is not allowed.", nullptr, sayable(value.size()))).arg(place(pointer)), value,
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
    add({pointer, key("additionalProperties"), Words::tr("%1 is not a known field.").arg(quoted(member.first)), member.second,
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
            add({at, key("propertyNames"), Words::tr("The name %1 is not allowed: %2").arg(quoted(member.first), found.first().message),
                {}, found.first().allowed, Words::tr("Choose another name."), QStringLiteral("invalid_key")});
    }
}

void SchemaEvaluation::dependents(const Json &schema, const Json &value, const QString &pointer)
{
    const auto need = [&](const QString &given, const QList<Json> &needed) {
        for (const Json &name : needed) {
            if (!name.isString() || value.contains(name.toString()))
                continue;
            add({pointer + u'/' + escaped(name.toString()), key("dependentRequired"),
                Words::tr("%1 is missing: it is needed with %2.").arg(quoted(name.toString()), quoted(given)), {}, {},
                Words::tr("Add %1, or leave out %2.").arg(quoted(name.toString()), quoted(given)), QStringLiteral("missing")});
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
            add({at, key("unevaluatedProperties"), Words::tr("%1 is not a known field.").arg(quoted(member.first)), member.second, {},
                nearestName(member.first, QStringList(known.cbegin(), known.cend())), QStringLiteral("extra_forbidden")});
    }
}

} // namespace sluice
