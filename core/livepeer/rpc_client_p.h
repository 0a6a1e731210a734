#pragma once

#include "tls_probe_p.h"

#include <memory>

namespace sluice::livepeer {

/// Calls `net.Orchestrator/GetOrchestrator`. gRPC works on a thread of its own, which is started with the first call; the calling
/// one only waits, in a coroutine. Lives on that thread and must outlive its calls.
class RpcClient {
public:
    RpcClient();
    /// Cancels what is still running and joins.
    ~RpcClient();
    RpcClient(const RpcClient &) = delete;
    RpcClient &operator=(const RpcClient &) = delete;

    /// The answer's bytes, at most MaxInfoBytes. Without a probed server the connection is cleartext HTTP/2. Throws what
    /// rpcRefusal() makes.
    QCoro::Task<QByteArray> getOrchestrator(QUrl orchestrator, std::optional<ProbedServer> server, QByteArray request,
        std::chrono::milliseconds limit, CallContext context);

private:
    class Thread;
    std::unique_ptr<Thread> m_thread;
};

} // namespace sluice::livepeer
