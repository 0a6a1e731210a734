#include "sluice/base/schema_validator.h"

#include "sluice/base/schema_evaluation_p.h"
#include "sluice/base/schema_text_p.h"

namespace sluice {

using namespace schema_evaluation;
using namespace schema_text;

void SchemaEvaluation::evaluate(const Json &schema, const Json &value, const QString &pointer)
{
    if (++m_steps > m_limits.maxSteps) {
        if (m_steps == m_limits.maxSteps + 1)
            add({pointer, key("$schema"), Words::tr("The value is too large to be checked against this schema."), {},
                {}, Words::tr("Send less."), QStringLiteral("too_complex")});
        return;
    }
    if (schema.isBool() && !schema.toBool()) {
        add({pointer, key("false"), Words::tr("No value is allowed here, but there is %1.").arg(shown(value)), value,
            {}, Words::tr("Leave it out."), QStringLiteral("extra_forbidden")});
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

QList<SchemaViolation> SchemaEvaluation::trial(const Json &schema, const Json &value, const QString &pointer)
{
    QList<SchemaViolation> outer = std::exchange(m_found, {});
    evaluate(schema, value, pointer);
    return std::exchange(m_found, std::move(outer));
}

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
    SchemaEvaluation evaluation(*m_refs, m_limits);
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
        message += QLatin1Char(' ') + (violations.size() == 2 ? Words::tr("One more field does not fit.")
                                                              : Words::tr("%n more fields do not fit.", nullptr, sayable(violations.size() - 1)));
    return Error(Error::Kind::InvalidInput, message).withField(first.pointer).withAdvice(first.suggestion);
}

} // namespace sluice
