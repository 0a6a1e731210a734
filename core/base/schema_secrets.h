#pragma once

#include "sluice/base/json.h"

#include <memory>

namespace sluice {

class SchemaRefs;

/// Finds the secrets within values: the one place that decides it for forms, history, titles, code, logs and exports.
///
/// A value is secret when any part of the schema that is about it marks it: `format: password`, `writeOnly`, `x-cog-secret`,
/// `x-secret`. Followed are local `$ref` (as the validator follows them: SchemaRefs), allOf, anyOf, oneOf, if/then/else,
/// items and tuples, contains, properties, patternProperties, additionalProperties, unevaluated ones and dependent schemas;
/// circles end by themselves. A branch that does not fit the value counts as well: too much is hidden rather than too
/// little. What no schema describes (there is none, or it does not name the property) is secret when its name looks like it
/// (looksSecret()). A secret object or list is secret whole. Work is bounded; a value that would take more is secret
/// whole. Pure; copies share the schema; const use is thread-safe.
class SchemaSecrets final {
public:
    /// Of a schema that is null, a boolean or otherwise no object, only names decide.
    explicit SchemaSecrets(const Json &schema = {});

    struct Found {
        QStringList marked; ///< JSON pointers of values that the schema marks
        QStringList named;  ///< of values whose names look like secrets, where no schema says anything
        [[nodiscard]] QStringList pointers() const { return marked + named; }
        [[nodiscard]] bool isEmpty() const { return marked.isEmpty() && named.isEmpty(); }
    };
    /// In the order of the value. Nulls are never secret: there is nothing to hide.
    [[nodiscard]] Found in(const Json &value) const;
    /// True when `part` of the schema marks what it is about, by itself or by what it refers to.
    [[nodiscard]] bool marks(const Json &part) const;

private:
    class Search;
    std::shared_ptr<const SchemaRefs> m_refs;
};

/// `value` with null at each of the JSON pointers; one that leads nowhere changes nothing.
[[nodiscard]] Json withoutValues(const Json &value, const QStringList &pointers);

} // namespace sluice
