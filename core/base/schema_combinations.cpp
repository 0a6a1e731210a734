#include "sluice/base/schema_evaluation_p.h"
#include "sluice/base/schema_text_p.h"

#include <algorithm>

namespace sluice {

using namespace schema_evaluation;
using namespace schema_text;

void SchemaEvaluation::references(const Json &schema, const Json &value, const QString &pointer)
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

void SchemaEvaluation::combinations(const Json &schema, const Json &value, const QString &pointer)
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

void SchemaEvaluation::alternatives(const QList<Json> &branches, const char *keyword, const Json &value, const QString &pointer)
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
        add({pointer, key(keyword), Words::tr("%1 fits more than one of the forms that exclude each other.").arg(place(pointer)), value, {},
            Words::tr("Leave out what belongs to the other form."), QStringLiteral("union_error")});
        return;
    }
    if (fieldSets(branches, keyword, value, pointer))
        return;
    if (constants.size() == branches.size()) {
        choices(Json{{key("enum"), Json::array(constants)}}, value, pointer);
        return;
    }
    for (SchemaViolation &violation : closest)
        add(std::move(violation));
}

bool SchemaEvaluation::fieldSets(const QList<Json> &branches, const char *keyword, const Json &value, const QString &pointer)
{
    QStringList sets; // "one of these fields": no single one of them is the missing one
    for (const Json &branch : branches) {
        QStringList names;
        for (const Json &name : branch.value(key("required")).items())
            names.append(quoted(name.toString()));
        if (!names.isEmpty() && value.isObject() && std::all_of(branch.members().begin(), branch.members().end(), [](const Json::Member &member) {
                return member.first == u"required" || member.first == u"title" || member.first == u"description";
            }))
            sets.append(names.join(Words::tr(" with ")));
    }
    if (sets.size() > 1 && sets.size() == branches.size()) {
        add({pointer, key(keyword), Words::tr("One of these is needed: %1.").arg(sets.mid(0, 20).join(QStringLiteral(", "))), value,
            QStringLiteral("one of: ") + sets.mid(0, 20).join(QStringLiteral(", ")), {}, QStringLiteral("missing")});
        return true;
    }
    return false;
}

void SchemaEvaluation::conditions(const Json &schema, const Json &value, const QString &pointer)
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
        names.append(quoted(name.toString()));
    const QString allowed = excluded.contains(key("const")) ? QStringLiteral("anything but ") + shown(excluded.value(key("const")))
        : excluded.value(key("enum")).isArray()               ? QStringLiteral("none of: ") + listed(excluded.value(key("enum")).items())
                                                              : QString();
    add({pointer, key("not"), value.isObject() && !names.isEmpty()
            ? Words::tr("%1 must not be given together.").arg(names.join(Words::tr(" and ")))
            : Words::tr("%1 is a value that the schema excludes.").arg(place(pointer)),
        visible(schema, value), allowed, names.isEmpty() ? QString() : Words::tr("Leave one of them out."), QStringLiteral("excluded")});
}

} // namespace sluice
