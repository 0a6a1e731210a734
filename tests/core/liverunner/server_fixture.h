#pragma once

#include "peers/outcome.h"

#include "sluice/crypto/private_key.h"
#include "sluice/livepeer/messages.h"
#include "sluice/liverunner/orchestrator.h"
#include "sluice/net/http_client.h"
#include "sluice/net/tls_trust.h"
#include "sluice/payments/memory_recipient_store.h"

#include <QtNetwork/QTcpSocket>
#include <QtTest/QTest>

#include <mutex>

namespace sluice::liverunner {

/// A chain that stands still.
class StillChain final : public ChainView {
public:
    [[nodiscard]] quint64 latestL1Block() const override { return 20'000'000; }
    [[nodiscard]] quint64 lastInitializedRound() const override { return 3472; }
    [[nodiscard]] Hash32 blockHashForRound(quint64 round) const override;
};

struct Answer {
    int status = 0;
    Headers headers;
    QByteArray body;
    [[nodiscard]] Json json() const { return Json::parse(body).valueOr(Json()); }
    [[nodiscard]] QByteArray line() const { return body.trimmed(); }
};

/// An HTTP connection by hand, for what comes and goes while it is open.
class RawCall {
public:
    RawCall(const QUrl &server, const QByteArray &request);
    /// What has come so far; reads meanwhile.
    [[nodiscard]] QByteArray received();
    void send(const QByteArray &bytes);
    void hangUp() { m_socket.abort(); }
    [[nodiscard]] bool isOpen();

private:
    QTcpSocket m_socket;
    QByteArray m_received;
};

/// An orchestrator without TLS on a node, and an app behind it.
class ServerFixture {
public:
    static constexpr qint64 Ev = 8'000'000'000; ///< wei of one ticket
    /// 1 gwei a second, 8 gwei a second, and 8 gwei at once, with the feed's 2000 dollars.
    static constexpr char OneGweiPerHour[] = R"({"price":0.0072,"currency":"usd","unit":"hour"})";
    static constexpr char EightGweiPerHour[] = R"({"price":"0.0576","currency":"usd","unit":"hour"})";
    static constexpr char EightGweiFixed[] = R"({"price":1.6e-5,"currency":"usd","unit":"fixed"})";

    using App = std::function<boost::asio::awaitable<void>(ServerRequest, ServerResponse &)>;

    /// `options` get the secret "abcdef", unless they have one, and are off-chain unless `paid`.
    explicit ServerFixture(OrchestratorOptions options = {}, bool paid = false, bool withSecret = true);
    ~ServerFixture();

    /// What the app answers with; "{}" until then.
    void setApp(App app);
    /// Requests that reached the app.
    [[nodiscard]] QList<ServerRequest> appRequests() const;
    [[nodiscard]] QString appUrl(const QString &path = {}) const { return m_app->origin() + path; }

    Answer send(const QByteArray &method, const QString &target, const Headers &headers = {}, const QByteArray &body = {});
    Answer heartbeat(const Json &body, const QByteArray &secret = "abcdef");
    /// A registration of this app, `more` over the defaults.
    [[nodiscard]] Json registration(const QString &id, const QString &mode, const Json &more = Json::object()) const;
    /// Registers it; its heartbeat secret.
    QByteArray enter(const QString &id, const QString &mode, const Json &more = Json::object());
    /// The one entry of /discovery with that route in its address, or null.
    Json listed(const QString &route);
    QStringList channels();
    /// Messages of a channel from its begin.
    QList<Json> messages(const QString &channel, int count);
    template <typename F> auto onIo(F work) { return askOn(io, std::move(work)); }
    [[nodiscard]] QString at(const QString &path) const { return service.toString() + path; }

    IoThread io;
    StillChain chain;
    MemoryRecipientStore store;
    std::unique_ptr<Recipient> recipient;
    std::unique_ptr<trickle::Server> trickle;
    std::unique_ptr<Node> node;
    std::unique_ptr<Orchestrator> orchestrator;
    QUrl service;
    MemoryPinStore pins;
    TlsTrust trust{pins};
    HttpClient http{trust};

private:
    boost::asio::awaitable<void> work(ServerRequest request, ServerResponse &response);

    mutable std::mutex m_mutex;
    App m_answer;
    QList<ServerRequest> m_requests;
    std::unique_ptr<HttpServer> m_app;
};

/// Who pays by hand, part by part, so that a test may spoil one.
class Payer {
public:
    explicit Payer(ServerFixture &fixture, bool funded = true);
    [[nodiscard]] Headers asking() const { return {{header::PayerAddress, key.address().toChecksum().toLatin1()}}; }
    /// Takes the challenge for that target.
    Answer challenge(const QByteArray &method, const QString &target);
    /// `count` tickets more, with the terms of the last challenge.
    void addTickets(int count);
    /// New terms, as after a refresh or a payment.
    void take(const livepeer::OrchestratorInfo &terms);
    [[nodiscard]] Headers headers();
    /// So many tickets are credited as that.
    [[nodiscard]] Rational worth(int tickets) const { return payment.ticketParams->expectedValue() * tickets; }

    ServerFixture &fixture;
    PrivateKey key = PrivateKey::generate();
    Challenge asked;
    livepeer::OrchestratorInfo info;
    WirePayment payment;
    livepeer::SegmentCredentials segment;

private:
    quint32 m_nonce = 0;
};

} // namespace sluice::liverunner
