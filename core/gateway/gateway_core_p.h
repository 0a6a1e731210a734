#pragma once

#include "sluice/backend/backend.h"
#include "sluice/backend/backend_services.h"
#include "sluice/base/task.h"
#include "sluice/gateway/gateway_config.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QHash>

#include <vector>

namespace sluice {

class UserData;

/// One call's context, cancelled by its caller or by the end of its Gateway.
struct CallScope {
    explicit CallScope(const CancelToken &alive, CancelSource source = {});
    CancelSource source;
    CallContext context;

private:
    Subscription m_link;
};

/// The backends of one Gateway, and what its calls share. Every coroutine of a call holds it, so that it goes when the last one has
/// ended, even if the Gateway went before. Lives on the Gateway's thread.
class GatewayCore {
public:
    GatewayCore(GatewayConfig config, std::shared_ptr<UserData> data);
    ~GatewayCore();

    [[nodiscard]] const std::shared_ptr<UserData> &data() const { return m_services.sharedData(); }
    [[nodiscard]] BackendServices &services() { return m_services; }
    [[nodiscard]] CancelSource &alive() { return m_alive; }

    [[nodiscard]] const std::vector<std::unique_ptr<Backend>> &backends() const { return m_backends; }
    /// Null when this configuration does not reach it.
    [[nodiscard]] Backend *find(const QString &backend) const;
    /// The one that takes `call`. Throws NotRouted when none does, and the backend's own reason not to.
    [[nodiscard]] Backend &backendFor(const Call &call) const;
    /// The call as its backend knows it: one to a name that is another backend's goes there, and so does one that says no backend (none at all, or BYOC,
    /// as a Call does of itself), to a name that only another one is known to have, or where there are others only.
    [[nodiscard]] Call resolved(const Call &call) const;
    /// Whose capability a name is, by the same rule.
    [[nodiscard]] CapabilityId idOf(const QString &capability) const;
    /// The first purse that has a key; null without one.
    [[nodiscard]] Purse *purse() const;

    /// What the person named by hand.
    [[nodiscard]] const QList<NamedCapability> &named() const { return m_named; }
    void setNamed(const QList<NamedCapability> &capabilities);

    /// What the last listing said about the capability, or else the person, or else its backend. A model that does not tell capabilities apart is
    /// no part of the question.
    [[nodiscard]] std::optional<CapabilityInfo> known(const CapabilityId &id) const;
    void remember(const QList<CapabilityInfo> &capabilities);
    /// Whether the last listing had at least one whole list of what the network offers.
    [[nodiscard]] bool isListed() const { return m_listed; }
    void setListed(bool listed) { m_listed = listed; }
    /// The backends whose last listing has all that they offer.
    void setWhole(QStringList backends) { m_whole = std::move(backends); }
    /// Whether there is none of that name: nobody knows it, and those who could have it have told all that they offer.
    [[nodiscard]] bool isAbsent(const CapabilityId &id) const;
    /// No source described it when asked within the last minute.
    [[nodiscard]] bool isUndescribed(const CapabilityId &id) const;
    void rememberUndescribed(const CapabilityId &id) { m_undescribed[id].start(); }

    /// The backends that list this name, in the order in which they are asked.
    [[nodiscard]] QStringList listedBy(const QString &capability) const;

private:
    BackendServices m_services;
    QList<NamedCapability> m_named;
    CancelSource m_alive;
    QHash<CapabilityId, CapabilityInfo> m_known;
    QHash<CapabilityId, QElapsedTimer> m_undescribed;
    bool m_listed = false;
    QStringList m_whole;
    std::vector<std::unique_ptr<Backend>> m_backends;
};

} // namespace sluice
