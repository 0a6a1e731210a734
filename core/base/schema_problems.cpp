#include "sluice/base/schema_validator.h"

#include "sluice/base/schema_refs.h"
#include "sluice/base/schema_text_p.h"

#include <QtCore/QRegularExpression>

namespace sluice {
namespace {

using namespace schema_text;

constexpr int MaxDepth = 64;
constexpr qsizetype MaxProblems = 50;

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

/// Walks a schema as a document; references are checked but not followed, so a circle of them ends by itself.
class Inspection {
public:
    explicit Inspection(const Json &root)
        : m_root(root)
        , m_refs(root)
    {
    }

    void inspect(const Json &schema, const QString &at, int depth = 0);
    [[nodiscard]] const Json &document() const { return m_refs.document(); }
    QStringList take() { return std::move(m_problems); }

private:
    [[nodiscard]] bool isCircle(Json schema) const;
    void keywords(const Json &schema, const QString &at);
    void bounds(const Json &schema, const QString &at, const char *least, const char *most, bool whole);
    void names(const Json &schema, const QString &at);
    void samples(const Json &schema, const QString &at);
    /// A sentence that begins with where the problem is.
    void say(const QString &problem)
    {
        if (m_problems.size() < MaxProblems)
            m_problems.append(problem);
    }
    static QString where(const QString &at) { return at.isEmpty() ? Words::tr("The schema") : at; }

    const Json &m_root;
    const SchemaRefs m_refs;
    QStringList m_problems;
};

void Inspection::inspect(const Json &schema, const QString &at, int depth)
{
    if (schema.isBool())
        return;
    if (!schema.isObject()) {
        say(Words::tr("%1 must be an object or a boolean, but is %2.").arg(where(at), shownWithType(schema)));
        return;
    }
    if (depth > MaxDepth) {
        say(Words::tr("%1 is nested deeper than %2 levels.").arg(where(at)).arg(MaxDepth));
        return;
    }
    keywords(schema, at);
    bounds(schema, at, "minimum", "maximum", false);
    bounds(schema, at, "minLength", "maxLength", true);
    bounds(schema, at, "minItems", "maxItems", true);
    names(schema, at);
    samples(schema, at);
    for (const char *keyword : {"properties", "$defs", "definitions", "patternProperties"}) {
        for (const auto &[name, part] : schema.value(key(keyword)).members())
            inspect(part, at + u'/' + key(keyword) + u'/' + escaped(name), depth + 1);
    }
    for (const char *keyword : {"items", "additionalProperties"}) {
        if (schema.contains(key(keyword)))
            inspect(schema.value(key(keyword)), at + u'/' + key(keyword), depth + 1);
    }
    for (const char *keyword : {"anyOf", "oneOf", "allOf"}) {
        const QList<Json> branches = schema.value(key(keyword)).items();
        for (qsizetype i = 0; i < branches.size(); ++i)
            inspect(branches[i], QStringLiteral("%1/%2/%3").arg(at, key(keyword)).arg(i), depth + 1);
    }
}

void Inspection::keywords(const Json &schema, const QString &at)
{
    const Json type = schema.value(key("type"));
    const QList<Json> types = type.isArray() ? type.items() : schema.contains(key("type")) ? QList<Json>{type} : QList<Json>{};
    for (const Json &name : types) {
        if (!isTypeName(name.toString()))
            say(Words::tr("%1 has the unknown type %2.").arg(where(at), shown(name)));
    }
    for (const char *keyword : {"enum", "anyOf", "oneOf", "allOf"}) {
        const Json list = schema.value(key(keyword));
        if (schema.contains(key(keyword)) && (!list.isArray() || list.size() == 0))
            say(Words::tr("%1 must give %2 as a list that is not empty.").arg(where(at), quoted(key(keyword))));
    }
    if (schema.contains(key("pattern"))) {
        const QRegularExpression pattern(schema.value(key("pattern")).toString());
        if (!schema.value(key("pattern")).isString() || !pattern.isValid())
            say(Words::tr("%1 has a pattern that is no regular expression: %2.").arg(where(at), shown(schema.value(key("pattern")))));
    }
    if (schema.contains(key("$ref"))) {
        const QString reference = schema.value(key("$ref")).toString();
        if (!m_refs.find(reference))
            say(Words::tr("%1 refers to %2, which is not in this schema.").arg(where(at), quoted(reference)));
        else if (isCircle(schema))
            say(Words::tr("%1 refers in a circle to %2.").arg(where(at), quoted(reference)));
    }
}

bool Inspection::isCircle(Json schema) const
{
    for (int hops = 0; schema.contains(key("$ref")); ++hops) {
        const auto target = m_refs.find(schema.value(key("$ref")).toString());
        if (hops > 32)
            return true;
        schema = target.value_or(Json());
    }
    return false;
}

void Inspection::bounds(const Json &schema, const QString &at, const char *least, const char *most, bool whole)
{
    for (const char *keyword : {least, most}) {
        const Json limit = schema.value(key(keyword));
        if (schema.contains(key(keyword)) && (!limit.isNumber() || (whole && !limit.isInteger())))
            say(Words::tr("%1 must give %2 as a number, but it is %3.").arg(where(at), quoted(key(keyword)), shown(limit)));
    }
    const Json low = schema.value(key(least));
    const Json high = schema.value(key(most));
    if (low.isNumber() && high.isNumber() && low.toDouble() > high.toDouble())
        say(Words::tr("%1 allows nothing: %2 is above %3.").arg(where(at), quoted(key(least)), quoted(key(most))));
}

void Inspection::names(const Json &schema, const QString &at)
{
    const Json required = schema.value(key("required"));
    if (schema.contains(key("required")) && !required.isArray())
        say(Words::tr("%1 must give %2 as a list of names.").arg(where(at), quoted(key("required"))));
    const Json properties = schema.value(key("properties"));
    if (schema.contains(key("properties")) && !properties.isObject())
        say(Words::tr("%1 must give %2 as an object.").arg(where(at), quoted(key("properties"))));
    for (const Json &name : required.items()) {
        if (!name.isString() || (properties.isObject() && !properties.contains(name.toString())))
            say(Words::tr("%1 requires %2, which is not among its properties.").arg(where(at), shown(name)));
    }
}

void Inspection::samples(const Json &schema, const QString &at)
{
    QList<Json> samples = schema.value(key("examples")).items();
    if (schema.contains(key("default")))
        samples.append(schema.value(key("default")));
    if (samples.isEmpty())
        return;
    // The sample belongs to this part, but its references start at the root.
    Json part = schema;
    for (const char *keyword : {"$defs", "definitions"}) {
        if (!part.contains(key(keyword)) && m_root.contains(key(keyword)))
            part.insert(key(keyword), m_root.value(key(keyword)));
    }
    const SchemaValidator validator(part);
    for (const Json &sample : std::as_const(samples)) {
        const auto violations = validator.validate(sample);
        if (!violations.isEmpty())
            say(Words::tr("%1 has a default or example that does not fit: %2").arg(where(at), violations.first().message));
    }
}

} // namespace

QStringList SchemaValidator::problems(const Json &schema)
{
    Inspection inspection(schema);
    inspection.inspect(inspection.document(), {});
    return inspection.take();
}

} // namespace sluice
