#pragma once

#include "sluice/byoc/wire.h"
#include "sluice/net/http_server.h"
#include "sluice/payments/payment_codec.h"

#include <QtCore/QList>

#include <deque>
#include <mutex>

namespace sluice::test {

/// An HTTP server that answers as a test tells it to, with real tokens, and remembers what it was asked. Its purpose is to
/// misbehave in each way that byoc.md describes; the real rules are the real orchestrator's.
class ScriptedOrchestrator {
public:
    using Answer = std::function<boost::asio::awaitable<void>(const ServerRequest &, ServerResponse &)>;

    /// One job request as it was received.
    struct Seen {
        ServerRequest request;
        byoc::JobHeader job;
        std::optional<WirePayment> payment;
    };

    explicit ScriptedOrchestrator(std::optional<TlsIdentity> tls = std::nullopt);
    ~ScriptedOrchestrator();

    [[nodiscard]] QUrl url() const;

    /// What tokens say. `service_addr` is this server unless set.
    void setPrice(qint64 weiPerSecond);
    void setBalance(qint64 wei);
    void setCapacity(qint64 slots);
    void setServiceAddress(const QString &address);
    /// Replaces the whole token answer.
    void setTokenAnswer(Answer answer);
    /// Called with each token request, on the server's thread, before it is answered.
    void onToken(std::function<void()> callback);
    /// For any other path.
    void setPage(const QByteArray &path, Answer answer);

    /// The next job gets this answer; without one, 200 and `{"ok":true}`.
    void then(Answer answer);

    [[nodiscard]] QList<Seen> jobs() const;
    [[nodiscard]] QList<ServerRequest> tokenRequests() const;
    [[nodiscard]] int requestCount() const;
    /// Connections of job requests that the client has closed.
    [[nodiscard]] int hangups() const;

    // Ready-made answers.
    static Answer text(int status, QByteArray body);
    static Answer json(int status, QByteArray body, Headers more = {});
    /// Exactly these headers.
    static Answer plain(int status, Headers headers, QByteArray body);
    /// Headers of an event stream, these bytes, then `after`.
    static Answer events(QByteArray bytes, Answer after = {});
    /// No answer: the connection is dropped.
    static Answer drop();
    /// Never answers.
    static Answer hang();
    /// Within an answer: blank lines until the client goes.
    static Answer blankLines();

private:
    boost::asio::awaitable<void> handle(ServerRequest request, ServerResponse &response);
    boost::asio::awaitable<void> token(const ServerRequest &request, ServerResponse &response);

    mutable std::mutex m_mutex;
    qint64 m_price = 0;
    qint64 m_balance = 0;
    qint64 m_capacity = 1;
    quint32 m_tokens = 0;
    QString m_service;
    Answer m_tokenAnswer;
    std::function<void()> m_onToken;
    QMap<QByteArray, Answer> m_pages;
    std::deque<Answer> m_script;
    QList<Seen> m_jobs;
    QList<ServerRequest> m_tokenRequests;
    int m_requests = 0;
    std::shared_ptr<std::atomic<int>> m_hangups = std::make_shared<std::atomic<int>>(0);
    IoThread m_io;
    std::unique_ptr<HttpServer> m_server;
};

/// Ticket parameters whose expected value is 8e9 wei, as byoc.md 11.3 has them; `salt` makes their rand hash different.
[[nodiscard]] TicketParams exampleTicketParams(quint32 salt);

} // namespace sluice::test
