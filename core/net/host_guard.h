#pragma once

#include "sluice/net/headers.h"

#include <QtCore/QSet>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <optional>

namespace sluice {

/// Where a request came in, as far as the guard needs it.
struct GuardedPlace {
    QString localAddress; ///< IP address of this end of the connection
    bool tls = false;
};

/// Whether a server that listens at this address ("127.0.0.1", "::1", "localhost") is reached from this machine only.
[[nodiscard]] bool isLoopbackAddress(const QString &address);

/// Keeps web pages away from a server that is meant for programs: a page may send to any port of its reader's machine, and with a name that
/// it controls (DNS rebinding) even read the answers. Programs send what this lets through. Pure; any thread.
///
/// A request passes when its Host names this machine's loopback, the address at which it came in, or one of the given hosts, and when a
/// browser's `Origin` and `Sec-Fetch-Site`, where sent, name this server or a direct navigation.
class HostGuard final {
public:
    /// `hosts`: further names of this server: "orch.example", or "https://orch.example:8935", whose pages are then its own.
    explicit HostGuard(const QStringList &hosts = {});

    /// A status and a sentence to refuse the request with; nothing when it may pass. `target` is the request target as received.
    [[nodiscard]] std::optional<std::pair<int, QByteArray>> whyRefused(
        const Headers &headers, const QByteArray &target, const GuardedPlace &place) const;

private:
    [[nodiscard]] bool isOurs(const QByteArray &authority, const GuardedPlace &place) const;

    QSet<QByteArray> m_hosts;   ///< in lower case, without port
    QSet<QByteArray> m_origins; ///< "https://orch.example:8935", default ports left out
};

} // namespace sluice
