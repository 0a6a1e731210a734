#pragma once

#include "sluice/gateway/gateway.h"

#include <QtCore/QPointer>

#include <atomic>

namespace sluice::endpoint {

/// Where the Gateway sits that calls go to: another one may take its place while the server goes on.
struct Seat {
    QPointer<Gateway> gateway; ///< of the Gateway's thread alone
    std::atomic<int> changes = 0; ///< how often it was taken anew
};

} // namespace sluice::endpoint
