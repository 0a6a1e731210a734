#pragma once

#include "peers/outcome.h"

#include "sluice/lv2v/job_client.h"
#include "sluice/lv2v/orchestrator.h"
#include "sluice/net/io_thread.h"
#include "sluice/node/node.h"
#include "sluice/payments/memory_recipient_store.h"
#include "sluice/trickle/server.h"

#include <QtTest/QTest>

#include <atomic>
#include <mutex>

namespace sluice::lv2v {

/// A chain whose block a test sets.
class TestChain final : public ChainView {
public:
    std::atomic<quint64> block{20'000'000};
    [[nodiscard]] quint64 latestL1Block() const override { return block; }
    [[nodiscard]] quint64 lastInitializedRound() const override { return 3472; }
    [[nodiscard]] Hash32 blockHashForRound(quint64 round) const override;
};

/// An orchestrator with TLS, its trickle channels and a worker whose answer the test sets.
class OrchestratorFixture {
public:
    static constexpr qint64 Ev = 8'000'000'000;       ///< wei of one ticket
    static constexpr qint64 PerSecond = 1'000'000'000; ///< wei per second of the model "noop": a minute takes 8 tickets

    explicit OrchestratorFixture(OrchestratorOptions options = {}, quint16 rpcPort = 0);
    ~OrchestratorFixture();

    void fund(const Address &sender);
    void offer(const QString &name, quint32 capacity, qint64 perSecond = PerSecond);
    [[nodiscard]] QList<ServerRequest> workerRequests() const;
    [[nodiscard]] QStringList channels();
    [[nodiscard]] Rational balance(const Address &sender, const QString &manifest);
    /// Writes one segment into a channel, as a client's publisher does.
    void writeSegment(const QString &channel);
    /// What `work` gives on the I/O thread.
    template <typename F> auto onIo(F work) { return askOn(io, std::move(work)); }

    IoThread io;
    TlsIdentity identity;
    TestChain chain;
    MemoryRecipientStore store;
    std::unique_ptr<Recipient> recipient;
    std::unique_ptr<trickle::Server> trickle;
    std::unique_ptr<Orchestrator> orchestrator;
    std::atomic<int> workerStatus{200};
    QUrl service;
    QUrl rpc;

private:
    boost::asio::awaitable<void> work(ServerRequest request, ServerResponse &response);

    mutable std::mutex m_mutex;
    QList<ServerRequest> m_requests;
    std::unique_ptr<HttpServer> m_worker;
    std::unique_ptr<Node> m_node;
};

/// Remembers what it was told; may do something at the moment when tickets are about to leave.
class Notes final : public JobObserver {
public:
    void infoReceived(const QUrl &, const OrchestratorInfo &) override { ++infos; }
    QCoro::Task<void> ticketsPrepared(QUrl, QList<SentTicket> tickets) override;
    QCoro::Task<void> ticketsSettled(QList<SentTicket> tickets, bool sent) override;

    std::function<void()> beforeTickets;
    int infos = 0;
    QList<int> prepared; ///< tickets of each payment
    int settledSent = 0;
    int settledUnsent = 0;
};

/// A client with a key of its own.
struct ClientFixture {
    explicit ClientFixture(SpendLimits::Limits bounds = {});
    /// With a deposit and a reserve there.
    explicit ClientFixture(OrchestratorFixture &payee, SpendLimits::Limits bounds = {});

    [[nodiscard]] JobClient job(const QString &model = QStringLiteral("noop"), JobClient::Options options = {});
    Expected<OrchestratorInfo> info(const QUrl &orchestrator, const QString &model = QStringLiteral("noop"), bool ignoreCapacity = false);
    Expected<LiveStarted> start(JobClient &job, const QList<QUrl> &orchestrators) { return test::outcomeOf(job.start(orchestrators, CallContext())); }
    Expected<LiveFunds> pay(JobClient &job) { return test::outcomeOf(job.pay(CallContext())); }
    std::optional<Error> stop(JobClient &job);
    struct Answer {
        int status = 0;
        QByteArray body;
    };
    /// A request by hand.
    Answer post(const QUrl &url, const Headers &headers, const QByteArray &body = {});

    MemoryPinStore pins;
    TlsTrust trust{pins};
    HttpClient http{trust};
    LocalSigner signer{PrivateKey::generate()};
    MemoryNonceStore nonces;
    MemorySpendBook book;
    SpendLimits limits;
    TicketSender sender{signer, nonces, limits};
    std::shared_ptr<Notes> notes = std::make_shared<Notes>();
    TermsClient client{http, trust, &sender};
};

} // namespace sluice::lv2v
