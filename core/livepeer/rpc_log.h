#pragma once

#include <QtCore/QLoggingCategory>

namespace sluice {

Q_DECLARE_LOGGING_CATEGORY(logLv2v)

} // namespace sluice

namespace sluice::livepeer {

/// Sends gRPC's and protobuf's own logs where ours goes. Harmless twice.
void adoptLibraryLogs();

} // namespace sluice::livepeer
