#pragma once

#include "sluice/backend/call.h"
#include "sluice/backend/capability_info.h"
#include "sluice/crypto/address.h"

#include <optional>

/// What a user agent is sent for a call: by the backend, and by code that makes the same call. Pure.
namespace sluice::zerog {

/// A capability as the service it is; nothing for a name without a provider's address.
struct NamedService {
    NamedService() = default;
    QString service;
    Address provider;
    [[nodiscard]] static std::optional<NamedService> of(const QString &capability);
};

/// The body: the input, with the model, and with `stream` where one is asked for. InvalidInput.
[[nodiscard]] Expected<Json> sentBody(const Call &call);
/// "/v1/chat/completions" of a chat, nothing of storage, or what the call says.
[[nodiscard]] QString suffixOf(const Call &call, const std::optional<CapabilityInfo> &info);
/// Below the agent's address: "/v1/provider/0x…/service/llama7b" and the suffix, which may be
/// percent-encoded already. At a storage service it is what 0G's storage client takes for a node.
[[nodiscard]] QString callPath(const Address &provider, const QString &service, const QString &suffix);

} // namespace sluice::zerog
