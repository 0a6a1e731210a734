#pragma once

#include "sluice/net/http_server.h"

#include <QtCore/QMap>
#include <QtCore/QUrl>

#include <functional>
#include <mutex>

namespace sluice::test {

/// A sign-in server of RFC 8628 on loopback, with RFC 8414's metadata and refresh tokens that are good once; until a test has it misbehave.
class OAuthServer {
public:
    struct Options {
        bool metadata = true;   ///< else only the usual addresses are there
        int expiresIn = 60;     ///< of a code, in its seconds
        int interval = 1;
        int tokenSeconds = 3600; ///< of an access token; 0: not told
        bool complete = true;   ///< verification_uri_complete is given
    };
    OAuthServer() : OAuthServer(Options()) {}
    explicit OAuthServer(Options options);
    ~OAuthServer();

    [[nodiscard]] QString issuer() const { return m_issuer; }
    /// The person agrees, or refuses.
    void approve();
    void deny();
    /// The next questions for tokens are answered with this instead, one each.
    void answerNext(QList<std::pair<int, QByteArray>> answers);
    /// A route's answer from now on: a status and a body instead of the honest one. A status of 0 hangs.
    void answerRoute(const QByteArray &path, int status, const QByteArray &body);
    /// Whether this is an access token that was given out and not withdrawn.
    [[nodiscard]] bool isGood(const QByteArray &access) const;
    /// Access tokens that were given out so far are good no more.
    void withdraw();
    /// Refresh tokens, too: whoever signed in must do so again.
    void endSession();

    [[nodiscard]] QList<QByteArray> paths() const;
    /// Fields of the forms that were sent to the token endpoint, in order.
    [[nodiscard]] QList<QMap<QByteArray, QByteArray>> tokenRequests() const;
    [[nodiscard]] QMap<QByteArray, QByteArray> deviceRequest() const;
    [[nodiscard]] QByteArray userCode() const { return "WDJB-MJHT"; }
    [[nodiscard]] int renewals() const;

private:
    boost::asio::awaitable<void> handle(ServerRequest request, ServerResponse &response);
    [[nodiscard]] std::pair<int, QByteArray> answered(const ServerRequest &request);
    [[nodiscard]] std::pair<int, QByteArray> tokenAnswer(const QMap<QByteArray, QByteArray> &fields);
    [[nodiscard]] QByteArray freshTokens();

    Options m_options;
    IoThread m_io;
    mutable std::mutex m_mutex;
    QString m_issuer;
    bool m_approved = false;
    bool m_denied = false;
    int m_given = 0;
    int m_renewals = 0;
    QByteArray m_deviceCode;
    QList<QByteArray> m_good;
    QByteArray m_refresh;
    QList<std::pair<int, QByteArray>> m_next;
    QMap<QByteArray, std::pair<int, QByteArray>> m_routes;
    QList<QByteArray> m_paths;
    QList<QMap<QByteArray, QByteArray>> m_tokenRequests;
    QMap<QByteArray, QByteArray> m_deviceRequest;
    std::unique_ptr<HttpServer> m_server;
};

} // namespace sluice::test
