#pragma once

#include "sluice/backend/backend.h"
#include "sluice/zerog/user_client.h"

namespace sluice::zerog {

inline const QString BackendId = QStringLiteral("zerog");

/// A capability as the service it is; nothing for a name without a provider's address.
struct NamedService {
    NamedService() = default;
    QString service;
    Address provider;
    [[nodiscard]] static std::optional<NamedService> of(const QString &capability);
};

[[nodiscard]] CapabilityInfo infoOf(const Service &service, const QUrl &agent);
/// What is sent for a call. InvalidInput.
[[nodiscard]] Expected<QByteArray> sentBody(const Call &call);
/// "/v1/chat/completions" of a chat, nothing of storage, or what the call says.
[[nodiscard]] QString suffixOf(const Call &call, const std::optional<CapabilityInfo> &info);

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

} // namespace sluice::zerog
