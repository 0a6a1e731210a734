#pragma once

#include "sluice/backend/backend.h"
#include "sluice/backend/remote_network.h"
#include "sluice/zerog/sent_call.h"
#include "sluice/zerog/user_client.h"

namespace sluice::zerog {

inline const QString BackendId = QStringLiteral("zerog");

[[nodiscard]] CapabilityInfo infoOf(const Service &service, const QUrl &agent);
/// What is read of an accepted call.
struct ServiceAnswer {
    ServiceAnswer() = default;
    std::shared_ptr<HttpStream> stream;
    std::shared_ptr<CallSink> sink;
    QUrl url;
    QUrl agent;
    qint64 maxBytes = 0;
    std::chrono::milliseconds idle{0};
};
[[nodiscard]] std::shared_ptr<EventSource> makeEventSource(const ServiceAnswer &answer);

/// The settings of a chain in a schema's properties, and what is wrong with them.
void addChainSettings(Json &properties);
[[nodiscard]] Expected<void> checkChainSettings(const BackendSettings &settings);
/// The network that these settings name; null where they name no chain. The wallet is theirs, else the user of `agent`, which may
/// be null.
[[nodiscard]] std::unique_ptr<RemoteNetwork> makeNetwork(HttpClient &http, const BackendSettings &settings, std::shared_ptr<UserClient> agent);

} // namespace sluice::zerog
