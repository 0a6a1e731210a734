#pragma once

#include "sluice/backend/call_payment.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QUrl>

namespace sluice {

/// The request that would be sent for a call, signed and paid, for tools that make the HTTP request themselves.
struct SignedRequest {
    SignedRequest() = default;
    QUrl url;
    QList<std::pair<QByteArray, QByteArray>> headers;
    Payment payment;
    /// "sha256//BASE64" of the server's public key, as curl's --pinnedpubkey takes it; empty where the system's CAs vouch for the host.
    QString tlsPin;
    /// Of a live job: what its requests to stop, update and payment name; the same `Livepeer` header serves them all.
    QString streamId;
};

} // namespace sluice
