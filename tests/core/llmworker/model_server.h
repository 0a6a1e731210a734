#pragma once

#include "sluice/base/json.h"
#include "sluice/net/http_server.h"
#include "sluice/net/io_thread.h"

#include <QtCore/QMap>
#include <QtCore/QUrl>

#include <mutex>

namespace sluice::test {

/// A model server that answers as a test says, by the model that it is asked for. Models that nobody spoke of say their last message in one piece.
class ModelServer final {
public:
    struct Script {
        Script() = default;
        int status = 200;
        QByteArray type = "text/event-stream";
        QByteArrayList pieces; ///< of the body
        std::chrono::milliseconds pause{0}; ///< before each piece but the first
        bool cut = false;      ///< the connection breaks behind the last piece
        bool held = false;     ///< the last piece, or the whole answer where there is none, waits for release()
        int failures = 0;      ///< that many requests get a 400 first
    };

    ModelServer();
    ~ModelServer();
    [[nodiscard]] QUrl base() const { return QUrl(m_server->origin() + QStringLiteral("/v1")); }

    void play(const QString &model, const Script &script);
    /// Says these fragments and `[DONE]`.
    void say(const QString &model, const QStringList &fragments);
    void release();
    /// The bodies of all requests so far.
    [[nodiscard]] QList<Json> asked() const;
    [[nodiscard]] int askedFor(const QString &model) const;
    void forget();

    /// An event with this content.
    [[nodiscard]] static QByteArray event(const QString &content);

private:
    boost::asio::awaitable<void> handle(ServerRequest request, ServerResponse &response);
    boost::asio::awaitable<void> play(Script script, ServerResponse &response);

    IoThread m_io;
    mutable std::mutex m_mutex;
    QMap<QString, Script> m_scripts;
    QList<Json> m_asked;
    bool m_released = false;
    std::unique_ptr<HttpServer> m_server;
};

} // namespace sluice::test
