#pragma once

#include "sluice/aigateway/pipeline_work.h"
#include "sluice/net/io_thread.h"
#include "sluice/openai/dialect.h"

#include <memory>
#include <vector>

namespace sluice {

class Router;

namespace aigateway {

struct ServerOptions {
    openai::Dialect llm = openai::Dialect::Gateway; ///< what `/llm` speaks: Gateway or Legacy
    int running = 2;                                ///< pieces of work at a time
    int waiting = 16;                               ///< further ones before requests are refused
    std::chrono::milliseconds workTime{120'000};    ///< of one
    qsizetype maxMediaBytes = 256 * 1024 * 1024;    ///< of all files that are kept
};

/// The gateway's side of the AI pipelines (openai.md 4, 9), with the work that it is given instead of a network behind it.
///
/// Mount it, then let the router's server listen; stop() before that server stops, which it outlives. Its handlers run on the I/O thread.
class Server {
public:
    explicit Server(ServerOptions options);
    /// Waits for the work, which stop() has cancelled.
    ~Server();
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    /// One pipeline each. Before mount().
    void offer(std::unique_ptr<PipelineWork> work);
    void offerChat(std::unique_ptr<ChatWork> work);
    /// What is offered, by name, in the order of pipelines().
    [[nodiscard]] QStringList offered() const;

    /// Mounts the routes of what is offered: `/text-to-image`, …, `/stream/`, `/healthz`, and the list of it at `/capabilities`.
    void mount(Router &router);
    /// Cancels all work; what it does comes to its end soon.
    void stop();

private:
    class Private;
    std::shared_ptr<Private> d;
};

} // namespace aigateway
} // namespace sluice
