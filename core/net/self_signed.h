#pragma once

#include "sluice/base/expected.h"
#include "sluice/base/secret.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace sluice {

/// A certificate and its private key, both PEM, as orchestrators use them.
struct TlsIdentity {
    QByteArray certificatePem;
    Secret keyPem;
};

/// A new self-signed certificate for `host` (name or IP address) on a new P-256 key, valid for ten years.
/// Errors: InvalidInput, Internal.
[[nodiscard]] Expected<TlsIdentity> makeSelfSigned(const QString &host);
/// The identity kept in `path` (one PEM file, readable by its owner only), made there the first time, so that a restarted
/// server keeps its key and its clients' pins stay good. Errors: Storage, Internal.
[[nodiscard]] Expected<TlsIdentity> loadOrMakeSelfSigned(const QString &path, const QString &host);
/// The fingerprint that TlsTrust shows for this certificate. Error: InvalidInput.
[[nodiscard]] Expected<QString> publicKeyFingerprint(const QByteArray &certificatePem);

} // namespace sluice
