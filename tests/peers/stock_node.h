#pragma once

#include "peers/live_orchestrator.h"

namespace sluice::test {

/// A worker behind a stock node: its answer to a job, whose body is the request's.
using StockWorker = ScriptedOrchestrator::Answer;

/// Ready-made workers.
namespace stock_worker {
/// `{"reversed": …}` of the input's `text`, and the path at which it was asked as `path`.
[[nodiscard]] StockWorker reverse();
/// Events of a chat, a word each, then [DONE].
[[nodiscard]] StockWorker chat(const QByteArrayList &words);
} // namespace stock_worker

/// An orchestrator that answers only what go-livepeer v0.9.1 answers, in its words (byoc.md 3 to 5): tokens for any name, jobs and
/// live jobs of the capabilities that were registered, channels. No list, no schema, no outcomes of tickets: 404 page not found.
class StockOrchestrator final : public LiveOrchestrator {
public:
    StockOrchestrator() = default;
    ~StockOrchestrator() override;

    /// `worker` may be empty for a capability that takes live jobs only.
    void registerCapability(const QByteArray &name, StockWorker worker = {}, qint64 capacity = 1);
    /// A node on a chain wants the sender's signature at tokens and jobs; without one it takes anybody.
    void wantSignatures(bool on);
    /// Paths below /process/request/ at which jobs came, with the capability: "predict text-reversal".
    [[nodiscard]] QStringList jobs() const;

protected:
    boost::asio::awaitable<void> token(const ServerRequest &request, ServerResponse &response) override;
    boost::asio::awaitable<void> other(const ServerRequest &request, ServerResponse &response) override;
    [[nodiscard]] std::optional<QByteArray> refusalOf(const byoc::JobHeader &header) const override;

private:
    struct Registered {
        StockWorker worker;
        qint64 capacity = 1;
    };
    [[nodiscard]] std::optional<Registered> registered(const QByteArray &name) const;

    mutable std::mutex m_registry;
    std::map<QByteArray, Registered> m_capabilities;
    bool m_signatures = false;
    QStringList m_jobs;
};

/// A gateway that answers only what go-livepeer v0.9.1 answers (byoc.md 6): jobs for capabilities of its orchestrators.
class StockGateway {
public:
    StockGateway();
    ~StockGateway();

    [[nodiscard]] QUrl url() const;
    void registerCapability(const QByteArray &name, StockWorker worker);
    [[nodiscard]] QStringList jobs() const;

private:
    boost::asio::awaitable<void> handle(ServerRequest request, ServerResponse &response);

    mutable std::mutex m_mutex;
    std::map<QByteArray, StockWorker> m_capabilities;
    QStringList m_jobs;
    IoThread m_io;
    std::unique_ptr<HttpServer> m_server;
};

} // namespace sluice::test
