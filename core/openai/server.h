#pragma once

#include "sluice/base/secret.h"
#include "sluice/net/io_thread.h"
#include "sluice/openai/dialect.h"
#include "sluice/openai/server_watch.h"
#include "sluice/openai/upstream.h"

#include <QtCore/QStringList>
#include <QtCore/QUrl>

#include <memory>

namespace sluice::openai {

struct ServerOptions {
    QString address = QStringLiteral("127.0.0.1");
    quint16 port = 0; ///< 0: a free one
    Secret apiKey;    ///< callers must bring it; empty: none is asked for
    QStringList hosts; ///< further names of this server, as HttpServerOptions takes them
    qsizetype maxBodyBytes = 64 * 1024 * 1024;
    Mapping mapping = Mapping::Semantic;
    bool imagesAsBase64 = false; ///< what `images` routes answer where a request does not say
    ServerWatch watch; ///< unset: nobody looks
};

/// An OpenAI-compatible server (openai.md 8) in front of one upstream: chat, responses, completions, models, images, audio, embeddings where
/// the upstream has them, and a gateway's own pipelines passed through. On loopback unless told otherwise; elsewhere only with a key.
///
/// Nothing that a request asks for is sent upstream twice, and nothing at all for a request that is refused. Made, listened and stopped from
/// any thread but the I/O thread; the IoThread must outlive it.
class Server final {
public:
    Server(IoThread &io, ServerOptions options, std::shared_ptr<Upstream> upstream);
    /// Stops.
    ~Server();
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    /// Binds and begins to answer. Errors: Network (port in use), Config.
    [[nodiscard]] Expected<QUrl> listen();
    void stop();
    /// "http://127.0.0.1:8080", once listening; clients add `/v1`.
    [[nodiscard]] QUrl url() const;

private:
    class Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace sluice::openai
