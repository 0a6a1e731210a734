#pragma once

#include "connection.h"

#include "sluice/backend/call.h"

namespace sluice::ctl {

/// Checks the call's input against the schema that the network tells of its capability, as the window does, before anything is paid.
/// InvalidInput names the member and how to send it all the same. Input without a known schema is sent as it is, and so is all input where
/// `sendsAnyway`. The connection then knows which backend has a name that is an app's.
QCoro::Task<void> checkInput(Call call, std::shared_ptr<Connection> connection, bool sendsAnyway);

} // namespace sluice::ctl
