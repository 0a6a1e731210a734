#pragma once

#include "command_line.h"

#include "sluice/backend/call.h"
#include "sluice/backend/capability_info.h"

#include <QCoro/QCoroTask>

#include <memory>
#include <optional>

namespace sluice::ctl {

class Connection;

/// What of a call is looked at before anything is sent or paid.
struct CheckedCall {
    Call call;
    bool signs = false; ///< `sign` prints it for somebody else to send
};

/// The command that would work for the same purpose with this verb of the capability.
[[nodiscard]] QString commandFor(const CheckedCall &checked, const CapabilityInfo &info, Verb verb);
/// Why the capability, as it is known, does not take a call of this verb or this model, with what it has; nothing when it may.
[[nodiscard]] std::optional<Error> objection(const CheckedCall &checked, const CapabilityInfo &info);

/// Throws an objection; and NotRouted, with the nearest name, when the network has told all its capabilities and this is none of them.
QCoro::Task<void> checkDescribed(CheckedCall checked, CapabilityInfo info, std::shared_ptr<Connection> connection);
/// Asks the network what it says of the capability; throws the same, and InvalidInput when the schema refuses the input of a run or stream. A network
/// that says nothing takes everything: the call tells.
QCoro::Task<void> checkCall(CheckedCall checked, std::shared_ptr<Connection> connection);
/// `--no-check`, which leaves all of this out.
void addNoCheckOption(CommandLine &line);

} // namespace sluice::ctl
