#pragma once

#include "sluice/base/call_context.h"
#include "sluice/net/tls_trust.h"

#include <QCoro/QCoroTask>

namespace sluice::livepeer {

/// What a server showed when it was asked for HTTP/2 (payments.md 1.1).
struct ProbedServer {
    ProbedServer() = default;
    QByteArray rootsPem; ///< what vouches for it: its own certificate, or the system's authorities
    QByteArray name;     ///< the name that its certificate is made for; empty where the system's authorities vouch for it
};

/// Fetches and judges the certificate of an https server before gRPC talks to it: gRPC itself cannot pin. Lives on `trust`'s thread.
/// Throws Network, Timeout, Canceled, TlsChanged, Protocol (no HTTP/2 there), Storage.
QCoro::Task<ProbedServer> probeTls(TlsTrust &trust, QUrl server, std::chrono::milliseconds limit, CallContext context);

} // namespace sluice::livepeer
