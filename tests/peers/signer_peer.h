#pragma once

#include "sluice/net/http_server.h"
#include "sluice/signer/budget_book.h"
#include "sluice/signer/decision.h"

#include <mutex>

namespace sluice::test {

/// Terms as an orchestrator issues them: tickets of 8 gwei, one in a thousand wins, good for half an hour.
struct TestTerms {
    qint64 pricePerUnit = 1'000'000'000;
    qint64 pixelsPerUnit = 1;
    Wei faceValue = 8'000'000'000'000;
    Wei ticketEv = 8'000'000'000;
    quint64 expirationBlock = 20'000'040;
    qint64 tokenSeconds = 1800;
    QByteArray rand = "one"; ///< other texts are other parameters
    QByteArray orchestrator = "orchestrator";

    [[nodiscard]] TicketParams params() const;
    [[nodiscard]] livepeer::OrchestratorInfo info() const;
};

/// A signer that keeps to the rules, by the same functions as the real one, until a test has it misbehave.
class ScriptedSigner {
public:
    /// What the `n`th request for a payment is answered with, counted from 0; nothing: as an honest signer would. A status of 0 hangs.
    using Answer = std::function<std::optional<std::pair<int, QByteArray>>(int n, const QByteArray &body)>;
    /// Changes an honest answer.
    using Change = std::function<void(livepeer::SignerPayment &answer, const signer::Plan &plan)>;

    explicit ScriptedSigner(PrivateKey key = PrivateKey::generate());
    ~ScriptedSigner();

    [[nodiscard]] QUrl url() const;
    [[nodiscard]] const PrivateKey &key() const { return m_key; }
    void answerPayments(Answer answer);
    void changePayments(Change change);
    /// For the other routes: a status and a body instead of the honest answer.
    void answerRoute(const QByteArray &path, int status, const QByteArray &body);
    void hang(const QByteArray &path);
    /// Whoever it does not let in is answered with 401, before anything is signed. Called on the server's thread.
    void admit(std::function<bool(const Headers &headers)> guard);
    /// Gone at once, as a killed process is.
    void die();

    [[nodiscard]] int payments() const;
    [[nodiscard]] QList<ServerRequest> requests() const;
    /// Wei of expected value that it signed.
    [[nodiscard]] Rational signedValue() const;

private:
    boost::asio::awaitable<void> handle(ServerRequest request, ServerResponse &response);
    [[nodiscard]] std::pair<int, QByteArray> honest(const QByteArray &body);

    PrivateKey m_key;
    IoThread m_io;
    mutable std::mutex m_mutex;
    Answer m_answer;
    Change m_change;
    std::function<bool(const Headers &)> m_guard;
    QMap<QByteArray, std::pair<int, QByteArray>> m_routes;
    QList<ServerRequest> m_requests;
    int m_payments = 0;
    Rational m_signed;
    signer::MemoryBudgetBook m_book;
    std::unique_ptr<HttpServer> m_server;
    QUrl m_url;
};

} // namespace sluice::test
