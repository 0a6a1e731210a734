#pragma once

#include "rpc_server_p.h"

#include "sluice/livepeer/token_mint.h"
#include "sluice/lv2v/orchestrator.h"
#include "sluice/net/asio_wait.h"
#include "sluice/payments/payment_codec.h"

#include <QtCore/QMap>

#include <map>

namespace sluice::lv2v {

template <typename T> using Awaitable = boost::asio::awaitable<T>;

/// The answer to a request that is refused.
struct HttpRefusal {
    int status = 400;
    QByteArray text;
};

/// One running job. On the I/O thread.
struct Job {
    explicit Job(const boost::asio::any_io_executor &executor)
        : alarm(executor)
    {
    }
    [[nodiscard]] QByteArray channel(const char *suffix) const { return manifest.toUtf8() + suffix; }

    QString manifest;
    Address sender;
    Model model;    ///< as it was at the start
    PriceInfo rate; ///< of the first payment; debits follow it
    QList<QByteArray> channels;
    Alarm alarm; ///< ends the time that a worker has after its input was closed
    std::chrono::steady_clock::time_point lastDebit;
    bool running = false;
    bool draining = false; ///< the client closed its input
    bool closed = false;
};

/// A request whose headers were verified.
struct PaidRequest {
    WirePayment payment;
    Address sender;
    SegmentCredentials credentials;
};

/// Everything behind Orchestrator; lives on the I/O thread except where noted.
class Orchestrator::Server : public std::enable_shared_from_this<Orchestrator::Server> {
public:
    Server(IoThread &ioThread, Recipient &payee, const ChainView &view, OrchestratorOptions chosen);

    Expected<QUrl> start(trickle::Server &channels, QUrl service, quint16 port); ///< any other thread
    [[nodiscard]] Expected<QUrl> startOnServicePort(trickle::Server &channels, QUrl service);
    void takeHttp2(int socket); ///< the I/O thread
    void stop(); ///< any other thread

    using Handler = Awaitable<void> (Server::*)(ServerRequest request, ServerResponse &response);
    /// Answers one request by `handler`, if it may be answered at all.
    Awaitable<void> handle(ServerRequest request, ServerResponse &response, Handler handler);
    // orchestrator_start.cpp
    Awaitable<void> handleStart(ServerRequest request, ServerResponse &response);
    Awaitable<void> handlePayment(ServerRequest request, ServerResponse &response);

    IoThread &io;
    Recipient &recipient;
    const ChainView &chain;
    const OrchestratorOptions options;
    QUrl url;
    QMap<QString, Model> models;
    std::map<QString, std::shared_ptr<Job>> jobs; ///< by manifest id; also those that are starting

private:
    // orchestrator_info.cpp
    [[nodiscard]] Expected<QByteArray, RpcRefusal> answerInfo(const QByteArray &request);
    [[nodiscard]] Expected<OrchestratorInfo, RpcRefusal> infoFor(const InfoRequest &request);
    [[nodiscard]] quint32 inUse(const QString &model) const;
    [[nodiscard]] Expected<PaidRequest, HttpRefusal> verified(const Headers &headers) const;
    [[nodiscard]] Expected<void, HttpRefusal> verifySegment(const SegmentCredentials &credentials, const Address &sender) const;

    // orchestrator_start.cpp
    [[nodiscard]] Expected<std::shared_ptr<Job>, HttpRefusal> accept(const PaidRequest &paid, const StartRequest &wanted);
    [[nodiscard]] Expected<void, HttpRefusal> takePayment(const PaidRequest &paid, const QString &balanceId, const PriceInfo &price);
    [[nodiscard]] Expected<void, HttpRefusal> openChannels(Job &job);
    [[nodiscard]] Json workerBody(const Job &job, const StartRequest &wanted) const;
    [[nodiscard]] StartAnswer answerFor(const Job &job) const;
    [[nodiscard]] Headers balanceOf(const Job &job, const QByteArray &type);
    struct WorkerAnswer {
        int status = 0; ///< 0: unreachable or too slow
        QByteArray body;
    };
    Awaitable<WorkerAnswer> tellWorker(std::shared_ptr<Job> job, QString path, QByteArray body, std::chrono::milliseconds timeout);
    [[nodiscard]] QUrl channelUrl(const Job &job, const char *suffix) const;

    // orchestrator_end.cpp
    void watchChannels();
    void segmentBegan(const QByteArray &channel);
    void channelGone(const QByteArray &channel);
    /// Closes the channels and takes the job off the list. `reason` goes out on the events channel. Harmless twice.
    void closeJob(const std::shared_ptr<Job> &job, const QString &reason);
    /// closeJob() and, in the background, /stream/stop to the worker.
    void endJob(const std::shared_ptr<Job> &job, const QString &reason);
    Awaitable<void> endAll();
    void attach(trickle::Server &channels, QUrl service);
    /// Lets go of the channels, on the I/O thread. From any other.
    void detach();

    const livepeer::TokenMint m_tokens;
    trickle::Server *m_channels = nullptr;
    QUrl m_service;
    std::unique_ptr<RpcServer> m_rpc;
    RpcServer *m_taker = nullptr; ///< of connections; on the I/O thread
    Subscription m_segments;
    Subscription m_removals;
};

} // namespace sluice::lv2v
