#pragma once

#include "sluice/gateway/chat_delta.h"

namespace sluice {

/// What one JSON text of a chat stream says, halves of characters as they stand; nothing when it is no JSON.
[[nodiscard]] std::optional<ChatDelta> deltaIn(QByteArrayView json);

} // namespace sluice
