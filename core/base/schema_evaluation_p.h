#pragma once

#include "sluice/base/schema_refs.h"
#include "sluice/base/schema_validator.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

namespace sluice {

namespace schema_evaluation {

inline QString key(const char *name)
{
    return QString::fromLatin1(name);
}
/// The types that the schema allows. Names that JSON Schema does not know are left out: problems() tells of them.
QStringList typesOf(const Json &schema);
/// The value, or null where the schema says that nobody may see it.
Json visible(const Json &schema, const Json &value);

} // namespace schema_evaluation

/// One value checked against one schema, whose references have been rewritten (SchemaRefs::document()). Used once.
class SchemaEvaluation final {
public:
    SchemaEvaluation(const SchemaRefs &refs, const SchemaValidator::Limits &limits)
        : m_refs(refs)
        , m_limits(limits)
    {
    }

    void evaluate(const Json &schema, const Json &value, const QString &pointer);
    QList<SchemaViolation> take() { return std::move(m_found); }

private:
    /// The schema that one with a reference stands for.
    [[nodiscard]] Json resolved(const Json &schema) const;

    // What the value itself must be (schema_values.cpp).
    bool type(const Json &schema, const Json &value, const QString &pointer);
    void choices(const Json &schema, const Json &value, const QString &pointer);
    void number(const Json &schema, const Json &value, const QString &pointer);
    void string(const Json &schema, const Json &value, const QString &pointer);

    // What its items and members must be (schema_parts.cpp).
    void array(const Json &schema, const Json &value, const QString &pointer);
    void contained(const Json &schema, const Json &value, const QString &pointer);
    void object(const Json &schema, const Json &value, const QString &pointer);
    void additional(const Json &schema, const Json &properties, const Json::Member &member, const QString &pointer);
    void propertyNames(const Json &schema, const Json &value, const QString &pointer);
    void dependents(const Json &schema, const Json &value, const QString &pointer);
    void unevaluated(const Json &schema, const Json &value, const QString &pointer);
    void evaluatedNames(const Json &schema, const Json &value, const QString &pointer, QSet<QString> &names, int depth);

    // Schemas within the schema that are about the same value (schema_combinations.cpp).
    void references(const Json &schema, const Json &value, const QString &pointer);
    void combinations(const Json &schema, const Json &value, const QString &pointer);
    void alternatives(const QList<Json> &branches, const char *keyword, const Json &value, const QString &pointer);
    /// A sentence of its own when each branch only asks for fields; false when it is not so.
    bool fieldSets(const QList<Json> &branches, const char *keyword, const Json &value, const QString &pointer);
    void conditions(const Json &schema, const Json &value, const QString &pointer);

    /// What would be found wrong, kept apart.
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

} // namespace sluice
