#pragma once

#include "sluice/aigateway/pipelines.h"
#include "sluice/backend/capability_info.h"

namespace sluice::aigateway {

/// Of calls, history and profiles.
inline const QString BackendId = QStringLiteral("aigateway");

/// A pipeline as a gateway at this address offers it; with these models, where somebody tells them.
[[nodiscard]] CapabilityInfo infoOf(const Pipeline &pipeline, const QUrl &gateway, const QStringList &models = {});

/// Reads a gateway's own list (sluice-extensions.md 1.1, 6). Names that are no pipelines are left out. Protocol for what is no such list.
[[nodiscard]] Expected<QList<CapabilityInfo>> readListing(const QByteArray &body, const QUrl &gateway);

/// Reads what go-livepeer's gateways tell of their network, where the port of their administration is reachable (openai.md 6.5): the
/// pipelines for which somebody has a model. Protocol for what is no such answer.
[[nodiscard]] Expected<QList<CapabilityInfo>> readNetworkCapabilities(const QByteArray &body, const QUrl &gateway);

} // namespace sluice::aigateway
