#pragma once

#include "peers/byoc_node.h"
#include "peers/manual_client.h"

#include "sluice/payments/memory_recipient_store.h"
#include "sluice/payments/recipient.h"

#include <QtTest/QtTest>

#include <atomic>
#include <functional>
#include <mutex>

namespace sluice::byoc {

/// A chain whose block a test sets.
class TestChain final : public ChainView {
public:
    std::atomic<quint64> block{20'000'000};
    [[nodiscard]] quint64 latestL1Block() const override { return block; }
    [[nodiscard]] quint64 lastInitializedRound() const override { return 3472; }
    [[nodiscard]] Hash32 blockHashForRound(quint64 round) const override;
};

/// An orchestrator, a worker whose behaviour the test scripts, and a client that signs and pays by hand.
class OrchestratorFixture {
public:
    using WorkerScript = std::function<boost::asio::awaitable<void>(ServerRequest, ServerResponse &)>;

    explicit OrchestratorFixture(ByocNodeOptions options = {});
    ~OrchestratorFixture();

    static constexpr char Secret[] = "a secret for workers";
    static constexpr qint64 Price = 100'000'000; ///< wei per second of the capability "work"
    static constexpr qint64 Ev = 8'000'000'000;  ///< wei of one ticket

    using Answer = ManualClient::Answer;
    Answer send(const QByteArray &method, const QString &path, const Headers &headers = {}, const QByteArray &body = {});
    void onIo(std::function<boost::asio::awaitable<void>()> work);

    // The worker.
    Answer registerWork(const Json &changes = {});
    void script(WorkerScript script);
    [[nodiscard]] QList<ServerRequest> workerRequests() const;
    /// A whole answer.
    static WorkerScript answer(int status, QByteArray contentType, QByteArray body, Headers more = {});
    [[nodiscard]] qint64 load(const QString &capability = QStringLiteral("work"));
    [[nodiscard]] bool isRegistered(const QString &capability = QStringLiteral("work"));

    // The client.
    [[nodiscard]] static Headers credentials(const PrivateKey &key, const QString &addr = {}) { return ManualClient::credentials(key, addr); }
    JobToken token(const PrivateKey &key, const QString &capability = QStringLiteral("work"));
    [[nodiscard]] static JobHeader job(const QString &capability = QStringLiteral("work"), qint64 timeout = 60)
    {
        return ManualClient::job(capability, timeout);
    }
    [[nodiscard]] static QByteArray signedJob(const JobHeader &job, const PrivateKey &key) { return ManualClient::signedJob(job, key); }
    [[nodiscard]] static QByteArray payment(const JobToken &token, const PrivateKey &key, int count = 1, quint32 firstNonce = 1,
        const std::function<void(WirePayment &)> &change = {})
    {
        return ManualClient::payment(token, key, count, firstNonce, change);
    }
    static void resign(WirePayment &payment, const PrivateKey &key) { ManualClient::resign(payment, key); }
    /// Token, payment of `tickets`, job: what a client does.
    Answer run(int tickets = 1, const QByteArray &body = "{}", qint64 timeout = 60);
    Answer process(const QByteArray &jobHeader, const QByteArray &paymentHeader = {}, const QByteArray &body = "{}",
        const QString &subPath = QStringLiteral("predict"));
    /// In wei, exact.
    [[nodiscard]] Rational balance(const QString &capability = QStringLiteral("work"));
    void fund(const Address &sender);

    IoThread io;
    PrivateKey sender = PrivateKey::generate();
    PrivateKey stranger = PrivateKey::generate(); ///< has no deposit
    TestChain chain;
    MemoryRecipientStore store;
    std::unique_ptr<Recipient> recipient;
    std::unique_ptr<ByocNode> orchestrator;
    std::unique_ptr<ManualClient> client;

private:
    boost::asio::awaitable<void> work(ServerRequest request, ServerResponse &response);

    mutable std::mutex m_mutex;
    WorkerScript m_script;
    QList<ServerRequest> m_requests;
    std::unique_ptr<HttpServer> m_worker;
};

} // namespace sluice::byoc
