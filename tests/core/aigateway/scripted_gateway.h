#pragma once

#include "gateway_fixture.h"

#include "sluice/net/http_server.h"

#include <QtCore/QMap>

#include <mutex>

namespace sluice::test {

/// An AI gateway that answers as it is told, and remembers what it was asked.
class ScriptedGateway {
public:
    struct Answer {
        Answer() = default;
        Answer(int answerStatus, QByteArray answerBody, QByteArray answerType = "application/json")
            : status(answerStatus)
            , type(std::move(answerType))
            , body(std::move(answerBody))
        {
        }
        int status = 200;
        QByteArray type = "application/json";
        QByteArray body;
        bool closes = false; ///< the connection, without an answer
        bool breaks = false; ///< off after the body, which has no end
        bool hangs = false;  ///< after the body, until the client leaves
    };
    [[nodiscard]] static Answer closing();
    [[nodiscard]] static Answer breaking(const QByteArray &body, const QByteArray &type);
    [[nodiscard]] static Answer hanging(const QByteArray &body, const QByteArray &type);

    ScriptedGateway();
    /// What the path is answered: one after the other, the last for ever. A path that is not named: 404 in Go's words.
    void answer(const QByteArray &path, const QList<Answer> &answers);
    [[nodiscard]] QUrl url() const { return QUrl(m_server->origin()); }
    [[nodiscard]] QList<ServerRequest> asked() const;
    [[nodiscard]] QList<ServerRequest> asked(const QByteArray &path) const;
    /// Clients that left before their answer's end.
    [[nodiscard]] int left() const;

private:
    boost::asio::awaitable<void> handle(ServerRequest request, ServerResponse &response);
    [[nodiscard]] Answer next(const ServerRequest &request);

    mutable std::mutex m_mutex;
    QMap<QByteArray, QList<Answer>> m_answers;
    QList<ServerRequest> m_asked;
    int m_left = 0;
    IoThread m_io;
    std::unique_ptr<HttpServer> m_server;
};

/// A Gateway with this backend alone.
[[nodiscard]] GatewayConfig aiConfig(const QUrl &baseUrl, const QByteArray &apiKey = {});
[[nodiscard]] Call aiCall(const QString &pipeline, const Json &input, Verb verb = Verb::Run);
/// The smallest PNG.
[[nodiscard]] QByteArray tinyPng();
/// What came of a call: its error.
[[nodiscard]] Error errorOf(const Expected<RunResult> &run);

} // namespace sluice::test
