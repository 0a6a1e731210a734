#pragma once

#include "sluice/base/expected.h"
#include "sluice/livepeer/orchestrator_settings.h"

#include <QtCore/QUrl>

namespace sluice {

/// A remote signer, and what is told to it alone.
struct SignerAccess {
    QUrl origin;
    SecretHeaders headers; ///< only such as were given for this signer
    bool bySignIn = false; ///< the person's sign-in is meant for it
};

/// What OrchestratorSettings come down to once their token is unpacked and their order of precedence applied
/// (client-sdk.md 2.4). Pure; no I/O.
struct NetworkAccess {
    QList<QUrl> orchestrators; ///< origins, in order; empty when they must be discovered
    QUrl discovery;            ///< whole URL; empty when `orchestrators` is not, or when there is no source
    SecretHeaders discoveryHeaders;
    bool discoveryBySignIn = false; ///< it is a signer's own, which knows the caller by the sign-in
    QList<SignerAccess> signers; ///< in order: the next one where one cannot be had
    QUrl gateway;              ///< base URL without trailing slash; when set, calls go there

    /// Config errors for a token or an address that does not fit, for secret headers that would go over plain HTTP, and when nothing says where the network is.
    [[nodiscard]] static Expected<NetworkAccess> from(const OrchestratorSettings &config);
};

/// Addresses from a list whose entries may be comma lists: trimmed, blank ones dropped, "https" where the scheme is missing, cut
/// to their origin. Config error for one that is no http(s) address.
[[nodiscard]] Expected<QList<QUrl>> orchestratorOrigins(const QStringList &addresses);

} // namespace sluice
