#pragma once

#include "connection.h"

#include "sluice/backend/call.h"

namespace sluice::ctl {

/// Checks the call's input against the schema that the network tells of its capability, as the window does, before anything is paid.
/// InvalidInput names the member and how to send it all the same. Input without a known schema is sent as it is, and so is all input where
/// `sendsAnyway`. The connection then knows which backend has a name that is an app's.
QCoro::Task<void> checkInput(Call call, std::shared_ptr<Connection> connection, bool sendsAnyway);

/// A phone's picture (HEIC, AVIF) in a field whose schema says that it takes others: nothing else would tell before it is paid. Part of checkInput().
[[nodiscard]] std::optional<Error> unwantedFormat(const Json &schema, const Json &input);

} // namespace sluice::ctl
