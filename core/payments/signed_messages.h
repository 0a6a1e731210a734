#pragma once

#include "sluice/crypto/address.h"
#include "sluice/crypto/hash32.h"

#include <QtCore/QList>

/// The messages that clients sign (payments.md 2.6, 2.7, 3.7). All but the first go through signHashed(); that one too.
namespace sluice::signed_messages {

/// The EIP-55 text of the address, 42 characters: authenticates GetOrchestrator and tokens.
[[nodiscard]] QByteArray orchestratorRequest(const Address &address);
/// UTF-8 of `request` followed by `parameters`, the decoded values (byoc.md 1.2).
[[nodiscard]] QByteArray byocLegacy(const QString &request, const QString &parameters);
/// The binary layout of byoc.md 1.3.
[[nodiscard]] QByteArray byocV1(const QString &id, const QString &capability, const QString &request,
                                const QString &parameters, quint32 timeoutSeconds);
/// manifestId || seq(32) || segmentHash || profilesHex.
[[nodiscard]] QByteArray segmentCredentials(const QByteArray &manifestId, qint64 seq, const Hash32 &segmentHash,
                                            const QByteArray &profilesHex = {});

} // namespace sluice::signed_messages
