#pragma once

#include "sluice/base/json.h"

#include <memory>

namespace sluice {

class SchemaRefs;

/// One way in which a value does not fit its schema (client-sdk.md 7, rule 2).
struct SchemaViolation {
    QString pointer;    ///< JSON pointer of the value at fault; of the missing one for "required"; "" is the whole
    QString keyword;    ///< the schema keyword that was broken: "minimum", "required", "type", …
    QString message;    ///< a sentence with the value that was received
    Json received;      ///< the value at fault; null where it is missing
    QString allowed;    ///< what would be right: "0 to 1", "one of: a, b"; may be empty
    QString suggestion; ///< one thing to try; may be empty
    QString type;       ///< the word that FastAPI uses for it: "greater_than_equal", "missing", …
    bool operator==(const SchemaViolation &) const = default;
};

/// Checks JSON values against a JSON Schema: the subset that forms understand (client-sdk.md 4.3).
///
/// Understood: type, nullable, enum, const, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, minLength,
/// maxLength, pattern, required, properties, additionalProperties, patternProperties, unevaluatedProperties, propertyNames,
/// minProperties, maxProperties, dependentRequired, dependentSchemas, dependencies, items, prefixItems, additionalItems,
/// contains, minContains, maxContains, minItems, maxItems, uniqueItems, anyOf, oneOf, allOf, not, if/then/else and references
/// within the schema (SchemaRefs). Other keywords, and references that lead elsewhere, constrain nothing. Pure and without I/O; the work per value is bounded, whatever schema and value are. Copies share the schema; const use is thread-safe.
class SchemaValidator final {
public:
    struct Limits {
        int maxViolations = 100;
        int maxSteps = 2'000'000; ///< schema evaluations per value
    };

    explicit SchemaValidator(Json schema);
    SchemaValidator(Json schema, Limits limits);

    /// Every violation, in the schema's order; empty when the value fits.
    [[nodiscard]] QList<SchemaViolation> validate(const Json &value) const;
    [[nodiscard]] const Json &schema() const { return *m_schema; }

    /// `part` with its local `$ref`s followed; keys beside a `$ref` win. Null when a reference leads nowhere or in a circle.
    [[nodiscard]] Json resolve(const Json &part) const;

    /// What is wrong with a schema itself: unknown types, broken patterns and references, `required` names without a
    /// property, bounds that exclude each other, defaults and examples that do not fit. Sentences; empty when it is sound.
    [[nodiscard]] static QStringList problems(const Json &schema);

private:
    std::shared_ptr<const Json> m_schema;
    std::shared_ptr<const SchemaRefs> m_refs;
    Limits m_limits;
};

/// InvalidInput for the first violation, at its field, counting the others; nothing for an empty list.
[[nodiscard]] std::optional<Error> toError(const QList<SchemaViolation> &violations);

} // namespace sluice
