#pragma once

#include "sluice/net/asio_exchange.h"
#include "sluice/net/asio_wait.h"

#include <memory>
#include <optional>
#include <vector>

namespace sluice::openai {

/// Connections to one upstream whose answer was read to its end, for the next requests. On the I/O thread.
///
/// A connection is kept for a moment only, less than any server keeps it: a request that meets one just being closed fails, because it may
/// have been taken, and nothing is sent twice.
class KeptConnections {
public:
    /// One that the other side has not closed; null when there is none.
    [[nodiscard]] std::unique_ptr<AsioExchange> take();
    /// Keeps it when another request can go over it.
    void put(std::unique_ptr<AsioExchange> exchange);
    /// Closes them all.
    void clear();

private:
    void dropOld();

    struct Kept {
        std::unique_ptr<AsioExchange> exchange;
        std::chrono::steady_clock::time_point since;
    };
    std::vector<Kept> m_kept; ///< the oldest first
    std::optional<Alarm> m_alarm;
};

} // namespace sluice::openai
