#pragma once

#include "sluice/backend/backend.h"
#include "sluice/net/http_server.h"

#include <QtCore/QUrl>

namespace sluice::test {

/// A backend as docs/CONTRIBUTING.md tells to write one: capabilities that give back what they are sent, over HTTP. Its settings are
/// `{"url": …}`. Pays nothing.
[[nodiscard]] BackendKind echoBackendKind();

/// What it talks to: lists its names at /list, answers /run/NAME and, with an event for each word, /stream/NAME.
class EchoServer {
public:
    explicit EchoServer(QStringList names);
    [[nodiscard]] QUrl url() const;
    [[nodiscard]] BackendSettings settings() const;
    /// "run echo", "stream echo", in the order in which they came.
    [[nodiscard]] QStringList asked() const;

private:
    boost::asio::awaitable<void> handle(ServerRequest request, ServerResponse &response);

    QStringList m_names;
    mutable std::mutex m_mutex;
    QStringList m_asked;
    IoThread m_io;
    std::unique_ptr<HttpServer> m_server;
};

} // namespace sluice::test
