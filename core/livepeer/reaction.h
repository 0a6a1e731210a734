#pragma once

#include "sluice/base/error.h"

#include <QtCore/QByteArray>

namespace sluice::livepeer {

/// What a client does about an orchestrator's answer to start or payment (trickle.md 5.2). Pure.
enum class Reaction {
    Deliver,          ///< it went well
    NewInfo,          ///< ticket parameters or auth token are used up: ask for new ones, once, and try again at the same place
    NextOrchestrator, ///< another orchestrator, unless a payment was sent
    Final,            ///< tell the caller
};
[[nodiscard]] Reaction reactionTo(int status, QByteArrayView body);

/// The error for an answer that is no success: what was refused, in the orchestrator's words, and what to do.
[[nodiscard]] Error refusal(const QString &what, const QUrl &url, int status, const QByteArray &body);

/// The same for GetOrchestrator, from gRPC's status code and text.
[[nodiscard]] Error rpcRefusal(const QUrl &orchestrator, int code, const QString &text);

} // namespace sluice::livepeer
