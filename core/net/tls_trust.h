#pragma once

#include "sluice/base/expected.h"
#include "sluice/net/pin_store.h"

#include <QtCore/QHash>
#include <QtCore/QObject>
#include <QtCore/QUrl>
#include <QtNetwork/QSslCertificate>

#include <optional>

namespace sluice {

/// How a server proves who it is.
enum class TrustPolicy {
    SystemCas,     ///< an ordinary host: certificate chain and host name verified
    PinOnFirstUse, ///< an orchestrator: its public key is pinned at the first connection (DESIGN.md 3, TLS)
};

/// Decides per host and port whether a server's certificate is good enough.
///
/// Used on one thread, that of the HttpClients that use it, and must outlive them. A host whose
/// certificate the system's CAs vouch for is remembered as such instead of by key, so that an ordinary renewal
/// is no alarm, but a later self-signed certificate is.
class TlsTrust final : public QObject {
    Q_OBJECT
public:
    /// A pinned key that no longer matches.
    struct Change {
        QString hostPort;
        QString oldFingerprint;
        QString newFingerprint;
        bool operator==(const Change &) const = default;
    };
    /// Stands in for a fingerprint where the system's CAs vouch for the host.
    static const QString VerifiedBySystem;

    /// `store` must outlive this object.
    explicit TlsTrust(PinStore &store, QObject *parent = nullptr);

    /// Judges the certificate of a handshake. `problem`: what the system's CAs hold against chain or name, empty if nothing.
    /// Errors: Network for an unverified ordinary host, TlsChanged for a changed key, Storage from the store.
    [[nodiscard]] Expected<void> judge(TrustPolicy policy, const QUrl &url, const QSslCertificate &certificate,
        const QString &problem);
    /// Whether `url` may be used as it is: Network for a clear-text address of a server that was met over https before, on that port or on
    /// the two schemes' own ones. Storage from the store.
    [[nodiscard]] Expected<void> permits(const QUrl &url) const;
    /// Pins `newFingerprint`, typically one from a Change that a person looked at.
    void accept(const QString &hostPort, const QString &newFingerprint);
    /// The last refused change for this server that was not accepted since.
    [[nodiscard]] std::optional<Change> pendingChange(const QString &hostPort) const;
    /// What is pinned now, or empty.
    [[nodiscard]] QString pinned(const QString &hostPort) const;

    /// Of a service that a person named by its address: one on this machine may carry a certificate of its own, all others are ordinary.
    [[nodiscard]] static TrustPolicy policyFor(const QUrl &url);
    /// "host:port" in lower case, with the scheme's default port filled in.
    [[nodiscard]] static QString hostPort(const QUrl &url);
    /// SHA-256 of the certificate's public key (SubjectPublicKeyInfo), as 64 hex digits.
    [[nodiscard]] static QString fingerprint(const QSslCertificate &certificate);

Q_SIGNALS:
    /// A server was met for the first time and its key is now pinned; worth showing to the user. `fingerprint` is
    /// VerifiedBySystem for one that needed no pin.
    void firstUse(const QString &hostPort, const QString &fingerprint);
    /// A connection was refused, before anything was sent, because the pinned key changed.
    void keyChanged(const sluice::TlsTrust::Change &change);

private:
    PinStore &m_store;
    QHash<QString, Change> m_pending;
};

} // namespace sluice

Q_DECLARE_METATYPE(sluice::TlsTrust::Change)
