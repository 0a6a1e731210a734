#pragma once

#include "sluice/backend/backend.h"

namespace sluice {

/// The facet of backends whose names have a form of their own and are known from a network's list alone: a call that says no backend is looked up
/// there before it goes elsewhere.
class AppNames {
public:
    virtual ~AppNames() = default;
    /// Whether a name has that form. No I/O.
    [[nodiscard]] virtual bool hasNamesLike(const QString &name) const = 0;

    /// Of this backend; null where there is none.
    [[nodiscard]] static const AppNames *of(const Backend &backend) { return dynamic_cast<const AppNames *>(&backend); }
};

} // namespace sluice
