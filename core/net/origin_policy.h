#pragma once

#include "sluice/net/origin.h"

#include <QtCore/QList>

namespace sluice {

/// Which addresses others may direct this program to: every URL that a server, a token or a discovery service hands out passes it
/// before anything is sent there.
///
/// Never from https to http. Another host only where the scope allows it or a person named it. An address of this machine only from this
/// machine, one of this network only from this network: else any server could reach what stands behind a firewall. A value; no I/O.
class OriginPolicy {
public:
    enum class Scope {
        SameOrigin, ///< the very scheme, host and port: a job's channels
        SameHost,   ///< another port, or https instead of http: an orchestrator's own further services
        AnyHost,    ///< for sources whose purpose is to name other servers: discovery
    };

    /// `source`: the server that hands the addresses out. `allowed`: further origins that the person named or agreed to.
    explicit OriginPolicy(Origin source, QList<Origin> allowed = {});

    [[nodiscard]] const Origin &source() const { return m_source; }
    /// Whether `url` may be used; Protocol with the reason and what would be right. `what` names the address in a sentence: "channel",
    /// "service address".
    [[nodiscard]] Expected<void> check(const QUrl &url, Scope scope, const QString &what) const;

private:
    Origin m_source;
    QList<Origin> m_allowed;
};

} // namespace sluice
