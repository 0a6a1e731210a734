#pragma once

#include "sluice/backend/secret_keeper.h"
#include "sluice/net/device_flow.h"

#include <QtCore/QFuture>

#include <memory>

namespace sluice::livepeer {

/// A sign-in at a clearinghouse as its signers want it: a bearer, renewed before it ends, and once when a signer does not take it.
///
/// Newer tokens are kept where the older ones were before anybody uses them; another program that renewed them first is believed. Lives on the
/// thread of `http`, which must outlive it; its owner awaits its tasks. One renewal at a time.
class SignerLogin : public std::enable_shared_from_this<SignerLogin> {
public:
    /// Renewed this long before its end.
    static constexpr std::chrono::seconds Ahead{60};

    /// `keeper` may be null: then newer tokens live as long as this.
    SignerLogin(HttpClient &http, oauth::Login login, std::shared_ptr<SecretKeeper> keeper, QString pointer);

    [[nodiscard]] const QUrl &issuer() const { return m_login.issuer; }
    /// The value of `Authorization`. Throws Signer where the sign-in has ended or cannot be renewed now, Canceled, Timeout.
    QCoro::Task<Secret> authorization(CallContext context);
    /// The value that a signer answered with 401: true when there is another one now. Throws as above.
    QCoro::Task<bool> renew(Secret refused, CallContext context);

private:
    QCoro::Task<void> renewNow();
    /// Of everybody who waits for it; goes on when one of them is cancelled, because the old refresh token is used up by then.
    QCoro::Task<void> renewTogether(CallContext context);
    [[nodiscard]] Secret header() const;
    QCoro::Task<bool> takeKept();

    HttpClient &m_http;
    oauth::Login m_login;
    std::shared_ptr<SecretKeeper> m_keeper;
    QString m_pointer;
    std::optional<QFuture<void>> m_renewal;
};

/// Where the sign-in of a profile stands among its secrets, and in the settings of BYOC.
inline const QString SignerLoginSecret = QStringLiteral("/signer_login");

} // namespace sluice::livepeer
