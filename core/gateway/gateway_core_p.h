#pragma once

#include "sluice/base/task.h"
#include "sluice/byoc/client.h"
#include "sluice/gateway/capability_info.h"
#include "sluice/gateway/gateway_config.h"
#include "sluice/gateway/network_access.h"
#include "sluice/lv2v/client.h"
#include "sluice/net/http_client.h"

#include <QtCore/QElapsedTimer>

#include <map>

namespace sluice {

class IoThread;
class LocalSigner;
class SpendLimits;
class TicketSender;
class UserData;

/// One call's context, cancelled by its caller or by the end of its Gateway.
struct CallScope {
    explicit CallScope(const CancelToken &alive, CancelSource source = {});
    CancelSource source;
    CallContext context;

private:
    Subscription m_link;
};

/// A live call with live video named as the catalog and discovery name it, "live-video-to-video/noop", and its backend; any other as it is.
[[nodiscard]] Call withLiveVideoNamed(Call call);

/// What a Gateway and its calls share. Every coroutine of a call holds it, so that it goes when the last one has ended, even
/// if the Gateway went before. Lives on the Gateway's thread.
class GatewayCore {
public:
    GatewayCore(GatewayConfig config, std::shared_ptr<UserData> data);
    ~GatewayCore();

    [[nodiscard]] const GatewayConfig &config() const { return m_config; }
    [[nodiscard]] const std::shared_ptr<UserData> &data() const { return m_data; }
    [[nodiscard]] TlsTrust &trust() { return m_trust; }
    [[nodiscard]] SpendLimits *limits() { return m_limits.get(); }
    [[nodiscard]] CancelSource &alive() { return m_alive; }
    /// EIP-55, empty without a key.
    [[nodiscard]] QString senderAddress() const;

    /// Throws the configuration's error, if it has one.
    void check() const;
    [[nodiscard]] const NetworkAccess &access() const { return m_access; }
    [[nodiscard]] HttpClient &http() { return *m_http; }
    [[nodiscard]] byoc::Client &client() { return *m_client; }
    [[nodiscard]] lv2v::Client &liveVideo() { return *m_liveVideo; }
    /// Where live channels are read and written; started when first asked for.
    [[nodiscard]] IoThread &io();

    /// Who may offer `capability` (any, when empty), in order of preference. Errors: Discovery, Config.
    static QCoro::Task<QList<QUrl>> orchestratorsFor(std::shared_ptr<GatewayCore> core, QString capability, CallContext context);

    /// What the discovery service said that this orchestrator offers, in its words ("byoc/<name>"); nothing where it was not asked.
    [[nodiscard]] QStringList discoveredNames(const QUrl &origin) const;

    /// What the person named by hand.
    [[nodiscard]] const QList<NamedCapability> &named() const { return m_config.capabilities; }
    void setNamed(const QList<NamedCapability> &capabilities);

    /// What the last listing said about the capability, or else what the person said.
    [[nodiscard]] std::optional<CapabilityInfo> known(const QString &capability) const;
    void remember(const QList<CapabilityInfo> &capabilities);
    /// Whether somebody of the network has a whole list of what it offers; as of the last listing.
    [[nodiscard]] bool isListed() const { return m_listed; }
    void setListed(bool listed) { m_listed = listed; }
    /// Nobody told about it when asked within the last minute.
    [[nodiscard]] bool isUndescribed(const QString &capability) const;
    void rememberUndescribed(const QString &capability) { m_undescribed[capability].start(); }

private:
    struct Discovered {
        QList<byoc::DiscoveredOrchestrator> orchestrators;
        QElapsedTimer age;
    };

    void readConfig();

    GatewayConfig m_config;
    std::shared_ptr<UserData> m_data;
    std::optional<Error> m_configError;
    NetworkAccess m_access;
    CancelSource m_alive;
    TlsTrust m_trust;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<LocalSigner> m_signer;
    std::unique_ptr<SpendLimits> m_limits;
    std::unique_ptr<TicketSender> m_sender;
    std::unique_ptr<byoc::Client> m_client;
    std::unique_ptr<lv2v::Client> m_liveVideo;
    std::map<QUrl, Discovered> m_discovered;
    QHash<QString, CapabilityInfo> m_known;
    QHash<QString, QElapsedTimer> m_undescribed;
    bool m_listed = false;
    std::unique_ptr<IoThread> m_io;
};

} // namespace sluice
