#pragma once

#include "sluice/backend/capability_info.h"
#include "sluice/backend/named_capability.h"

#include <QtCore/QList>
#include <QtCore/QStringList>

namespace sluice {

struct BackendKind;

/// The kinds of backends that a Gateway can have: the registry. Thread-safe.
namespace backends {

/// All kinds, in the order in which they are asked.
[[nodiscard]] QList<BackendKind> kinds();
/// Adds a kind that this library does not bring; Gateways made from then on have it where their configuration names it. One whose id
/// is taken replaces the former.
void add(const BackendKind &kind);
/// For people: "Livepeer BYOC"; the id itself when it is unknown.
[[nodiscard]] QString title(const QString &id);

/// A capability as people tell it from the others in `all`: its title, with its backend where another one offers the same name.
[[nodiscard]] QString displayName(const CapabilityInfo &capability, const QList<CapabilityInfo> &all);

/// An unlisted capability of this name: of the backend whose names are like it, else of BYOC.
[[nodiscard]] CapabilityInfo unlisted(const QString &name, const QString &model = {});
/// One that the person named, as the catalog shows it before the network described it.
[[nodiscard]] CapabilityInfo named(const NamedCapability &capability);
/// A call as its backend knows it: one to a name that is another backend's goes there, in that one's spelling.
[[nodiscard]] Call resolved(Call call);

} // namespace backends
} // namespace sluice
