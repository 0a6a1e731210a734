#pragma once

#include "peers/signer_peer.h"

#include "sluice/liverunner/wire.h"
#include "sluice/net/http_server.h"
#include "sluice/payments/payment_codec.h"

#include <mutex>

namespace sluice::test {

/// An orchestrator with live runners that keeps to the rules until a test has it misbehave: lists, asks for payments, counts them, and answers for its
/// apps. What it was sent it remembers.
class RunnerPeer {
public:
    using Answer = std::function<boost::asio::awaitable<void>(const ServerRequest &, ServerResponse &)>;
    /// The answer to the `n`th such request, counted from 0; nothing: the honest one. A status of 0 hangs, -1 hangs up.
    using Reply = std::function<std::optional<std::pair<int, QByteArray>>(int n)>;

    explicit RunnerPeer(std::optional<TlsIdentity> tls = std::nullopt);
    ~RunnerPeer();

    [[nodiscard]] QUrl url() const { return QUrl(m_server->origin()); }
    /// Lists a runner; `unit` empty: without a price.
    void offer(const QString &app, liverunner::Mode mode, const QString &route, const QByteArray &price = {}, const QString &unit = {}, int available = 1);
    /// The whole answer of /discovery instead.
    void setListing(int status, const QByteArray &body);
    /// What is asked, whatever was listed.
    TestTerms terms;
    /// Changes the challenge.
    void changeChallenge(std::function<void(Json &challenge)> change);
    /// Instead of a challenge.
    void answerUnpaid(Reply reply);
    /// What a call that is in order is answered with, paid for or free; 200 and `{"ok":true}` without.
    void setApp(Answer app);
    /// Instead of calling the app, when a call was paid.
    void answerPaid(Reply reply);
    void answerPayments(Reply reply); ///< to the session's address
    void answerRefresh(Reply reply);
    void answerStop(Reply reply);
    /// Instead of the session that was reserved.
    void setReserved(const QByteArray &body);

    [[nodiscard]] QList<ServerRequest> requests() const;
    /// Those to a path that begins so.
    [[nodiscard]] QList<ServerRequest> requests(const QByteArray &prefix) const;
    /// Payments that came, each time that they came.
    [[nodiscard]] QList<WirePayment> payments() const;
    /// Wei of expected value of all different tickets that came.
    [[nodiscard]] Rational received() const;

    static Answer text(int status, QByteArray body, QByteArray type = "text/plain; charset=utf-8");
    static Answer events(QByteArrayList events);

private:
    boost::asio::awaitable<void> handle(ServerRequest request, ServerResponse &response);
    boost::asio::awaitable<void> purchase(const ServerRequest &request, ServerResponse &response, bool priced);
    [[nodiscard]] QByteArray challenge(const QByteArray &path);
    [[nodiscard]] QByteArray listing() const;
    void note(const ServerRequest &request);

    mutable std::mutex m_mutex;
    QList<liverunner::DiscoveredRunner> m_runners;
    std::optional<std::pair<int, QByteArray>> m_listing;
    std::function<void(Json &)> m_change;
    Reply m_unpaid;
    Reply m_paid;
    Reply m_payments;
    Reply m_refresh;
    Reply m_stop;
    QMap<QByteArray, int> m_counts;
    Answer m_app;
    QByteArray m_reserved;
    QList<ServerRequest> m_requests;
    QList<WirePayment> m_seen;
    int m_challenges = 0;
    IoThread m_io;
    std::unique_ptr<HttpServer> m_server;
};

} // namespace sluice::test
