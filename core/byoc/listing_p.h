#pragma once

#include "backend_p.h"

#include <optional>

namespace sluice::byoc::listing {

/// What one orchestrator or gateway tells of its BYOC capabilities, or why it is none.
struct Told {
    Told() = default; // no aggregate: see DESIGN.md 3
    QUrl origin;
    QList<CapabilityInfo> capabilities;
    bool complete = false;      ///< it has a list of its own: what stands in none is not offered
    std::optional<Error> error; ///< no server answers there, or one that is no node
};

/// Asks in every way that nodes answer (their list, their discovery, their terms by gRPC, what discovery said of them), and one
/// that tells nothing in a way that proves what it is, with the name of a capability (any, when empty). Most nodes have no list, which
/// is no error. Never pays.
QCoro::Task<Told> of(std::shared_ptr<Access> access, QUrl origin, QString anyName, CallContext context);
/// The list alone, with one or two requests: enough to describe a capability before a call.
QCoro::Task<Told> listOf(std::shared_ptr<Access> access, QUrl origin, CallContext context);
/// Whether a gateway answers at the profile's gateway address; throws why not.
QCoro::Task<void> checkGateway(std::shared_ptr<Access> access, CallContext context);

} // namespace sluice::byoc::listing
