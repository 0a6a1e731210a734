#pragma once

#include <QtCore/QHashFunctions>
#include <QtCore/QMetaType>
#include <QtCore/QString>

namespace sluice {

/// What names a capability everywhere: two backends may offer the same name, one backend may offer it with several models.
struct CapabilityId {
    QString backend; ///< id of the Backend that reaches it
    QString name;
    QString model;   ///< empty where the name alone says which
    bool operator==(const CapabilityId &) const = default;
    auto operator<=>(const CapabilityId &other) const
    {
        if (const int byBackend = backend.compare(other.backend))
            return byBackend <=> 0;
        const int byName = name.compare(other.name);
        return byName ? byName <=> 0 : model.compare(other.model) <=> 0;
    }
    /// "byoc/text-reversal", "openai/chat#gpt-4o": one text for lists, files and logs; not to be parsed.
    [[nodiscard]] QString text() const
    {
        const QString whole = backend + QLatin1Char('/') + name;
        return model.isEmpty() ? whole : whole + QLatin1Char('#') + model;
    }
};

[[nodiscard]] inline size_t qHash(const CapabilityId &id, size_t seed = 0)
{
    return qHashMulti(seed, id.backend, id.name, id.model);
}

} // namespace sluice

Q_DECLARE_METATYPE(sluice::CapabilityId)
