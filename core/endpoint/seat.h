#pragma once

#include "sluice/gateway/gateway.h"

#include <QtCore/QPointer>

#include <atomic>

namespace sluice::endpoint {

/// Where the Gateway sits that a server's calls go to: another one of the same profile may take its place while the server goes on. While it is
/// empty, calls are refused.
struct Seat {
    /// On the Gateway's thread; null: until there is one.
    void take(Gateway *next)
    {
        gateway = next;
        ++changes;
    }

    QPointer<Gateway> gateway; ///< of the Gateway's thread alone
    std::atomic<int> changes = 0; ///< how often it was taken anew
};

} // namespace sluice::endpoint
