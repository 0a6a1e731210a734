#pragma once

#include "peers/scripted_orchestrator.h"

#include "sluice/backend/backend_settings.h"

namespace sluice::test {

/// An OpenAI-compatible server that answers as a test tells it to and remembers what it was asked. Its purpose is to misbehave.
class OpenAiServer {
public:
    using Answer = ScriptedOrchestrator::Answer;

    OpenAiServer();
    ~OpenAiServer();

    [[nodiscard]] QUrl url() const;
    /// With `/v1` behind it.
    [[nodiscard]] BackendSettings settings(const QByteArray &key = {}) const;

    /// The next POST gets this answer; without one, a chat completion that says "Hello".
    void then(Answer answer);
    /// For GETs of this path; without one, 404.
    void setPage(const QByteArray &path, Answer answer);

    [[nodiscard]] QList<ServerRequest> posts() const;
    [[nodiscard]] QList<ServerRequest> gets() const;
    /// Connections of POSTs that the client closed before they were answered.
    [[nodiscard]] int hangups() const { return *m_hangups; }

    /// Data lines as server-sent events.
    [[nodiscard]] static QByteArray events(const QList<QByteArray> &datas);

private:
    boost::asio::awaitable<void> handle(ServerRequest request, ServerResponse &response);

    mutable std::mutex m_mutex;
    QMap<QByteArray, Answer> m_pages;
    std::deque<Answer> m_script;
    QList<ServerRequest> m_posts;
    QList<ServerRequest> m_gets;
    std::shared_ptr<std::atomic<int>> m_hangups = std::make_shared<std::atomic<int>>(0);
    IoThread m_io;
    std::unique_ptr<HttpServer> m_server;
};

} // namespace sluice::test
