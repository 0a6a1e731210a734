#pragma once

#include "sluice/backend/capability_id.h"
#include "sluice/base/json.h"

#include <QtCore/QFuture>

#include <memory>
#include <optional>

namespace sluice {

class UserData;

/// The conversations that a window keeps from one start to the next: one for each capability of each profile, in the form that the chat
/// gives it. They stand in UserData beside the profiles, and go with their profile. Failures are Storage.
namespace conversations {

/// Bytes of one that can be kept.
inline constexpr qsizetype mostBytes = 12 * 1024 * 1024;

/// Nothing where none was kept.
[[nodiscard]] QFuture<std::optional<Json>> read(std::shared_ptr<UserData> data, const QString &profile, const CapabilityId &capability);
/// In place of the one before; null removes it. TooLarge past mostBytes: then the one before stays.
[[nodiscard]] QFuture<void> keep(std::shared_ptr<UserData> data, const QString &profile, const CapabilityId &capability, const Json &conversation);
/// Those of a profile that goes.
[[nodiscard]] QFuture<void> forget(std::shared_ptr<UserData> data, const QString &profile);

} // namespace conversations
} // namespace sluice
