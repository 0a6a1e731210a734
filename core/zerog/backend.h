#pragma once

#include "sluice/backend/backend.h"

namespace sluice::zerog {

/// 0G serving through a user agent, which signs and pays: each service of each provider is a capability, chat or storage, and the accounts at
/// providers are a facet (core/backend/remote_accounts.h).
[[nodiscard]] BackendKind backendKind();

/// A service as a capability's name: "llama7b@0xf39F…2266", the whole address; the same service of two providers is two capabilities.
[[nodiscard]] QString capabilityName(const QString &service, const QString &providerAddress);

} // namespace sluice::zerog
