#pragma once

#include "sluice/base/expected.h"
#include "sluice/llmworker/provider.h"
#include "sluice/llmworker/server_options.h"

#include <QtCore/QUrl>

namespace sluice {
class IoThread;
}

namespace sluice::llmworker {

/// A server of the LLM worker's protocol (llm-worker.md): takes jobs over websockets at `/ws/`, runs them in order, and tells who listens.
///
/// Fragments are told as they come. Constructed, listened and stopped from any thread but the I/O thread; the IoThread must outlive it.
class Server final {
public:
    Server(IoThread &io, ServerOptions options, Providers providers);
    /// Stops.
    ~Server();
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    /// Binds, takes up what waits in the queue's file, and begins to accept; "ws://127.0.0.1:8001/ws/". Errors: Network (the port is taken),
    /// Config (no IP address), Storage.
    [[nodiscard]] Expected<QUrl> listen();
    /// Closes every connection with 1012, cancels what runs, and waits a moment for both. Harmless twice.
    void stop();

private:
    class Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace sluice::llmworker
