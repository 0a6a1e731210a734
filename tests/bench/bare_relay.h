#pragma once

#include <QtCore/QtGlobal>

#include <chrono>

namespace sluice::bench {

/// What so many bytes cost on this machine when nothing is done with them.
struct RelayCost {
    double seconds = 0;
    qint64 delivered = 0; ///< bytes, to all readers together
    double cpuMs = 0;     ///< of the whole process
    double relayCpuMs = 0;
};

/// One sender, one thread that gives what it receives to every reader from the same memory, and one thread that reads them all: sockets and
/// OpenSSL, no HTTP, no channel. That is this machine's limit for a server that is built the same way. Throws Error.
[[nodiscard]] RelayCost relayBare(int readers, bool tls, std::chrono::seconds time);

} // namespace sluice::bench
