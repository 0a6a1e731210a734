#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

namespace sluice::byoc {

/// What a client does about an orchestrator's answer to a job (byoc.md 9.4). Pure.
enum class Reaction {
    Deliver,          ///< a result
    OtherSignature,   ///< the other job signature format, once
    TopUp,            ///< a new token, a payment for what is missing, once
    NewToken,         ///< the ticket parameters expired: a new token, once
    NextOrchestrator, ///< another orchestrator, unless a payment was sent
    Final,            ///< tell the caller
};

/// `fromWorker`: the answer carries a balance, which the orchestrator adds only after it called the worker, so that its body is
/// the worker's own text.
[[nodiscard]] Reaction reactionTo(int status, QByteArrayView body, bool fromWorker);

} // namespace sluice::byoc
