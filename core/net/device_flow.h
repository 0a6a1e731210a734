#pragma once

#include "sluice/net/http_client.h"
#include "sluice/net/oauth_wire.h"

namespace sluice::oauth {

/// Signs a program in at a server that a person reaches with a browser (RFC 8628): a code is shown, the person types it there, and tokens
/// come. A public client: no secret of its own.
///
/// Lives on the thread of `http`, which must outlive it, and outlives the tasks it gave out. Only https is spoken, but for servers on
/// this machine; redirects are not followed.
class DeviceFlow {
public:
    struct Options {
        Options() = default; // no aggregate: DESIGN.md 3
        QUrl issuer;      ///< secureUrl()
        QString clientId;
        QString audience; ///< empty: not said
        QString scope = QStringLiteral("openid sign:job offline_access"); ///< payments.md 4.4
        std::chrono::milliseconds connectTimeout{10'000};
        std::chrono::milliseconds timeout{20'000};  ///< of one answer
        std::chrono::milliseconds second{1'000};    ///< how long a second of the server's is; tests have shorter ones
    };
    DeviceFlow(HttpClient &http, Options options);

    /// Asks for a code. Throws Config for an address or client id that is none, Network, Timeout, Canceled, Http, Protocol.
    QCoro::Task<DeviceCode> begin(CallContext context);
    /// Asks until the person has agreed, as slowly as the server wants. Throws Signer where the person refused or the server ends it, Timeout
    /// when the code's time is over, Canceled, Protocol. A server that cannot be had for a while is asked again, less and less often.
    QCoro::Task<Login> wait(DeviceCode code, CallContext context);

private:
    QCoro::Task<Endpoints> endpoints(CallContext context);
    QCoro::Task<std::optional<Endpoints>> metadataAt(QUrl url, CallContext context);

    HttpClient &m_http;
    Options m_options;
    std::optional<Endpoints> m_endpoints;
};

/// The same sign-in with newer tokens. Throws Signer where it has ended, so that the person must sign in again; Network, Timeout, Canceled, Http,
/// Protocol where it may go better the next time.
QCoro::Task<Login> renewed(HttpClient *http, Login login, CallContext context);

} // namespace sluice::oauth
