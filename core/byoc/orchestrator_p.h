#pragma once

#include "sluice/byoc/orchestrator.h"
#include "sluice/crypto/address.h"
#include "sluice/net/asio_http_client.h"

#include <boost/asio/awaitable.hpp>

#include <map>

namespace sluice::byoc {

template <typename T> using Awaitable = boost::asio::awaitable<T>;

/// Why a request goes no further: what the client is told.
struct Refusal {
    int status = 400;
    QByteArray text;
    bool drop = false; ///< a quirk: close without a word
    bool insufficientBalance = false;
};

/// A job whose header was verified, whose slot is held and whose payment was booked.
struct AcceptedJob {
    JobHeader header;
    Address sender;
    RegisteredCapability capability;
    PriceInfo price;
    CapabilityTable::Slot slot;
};

struct LiveStream;
enum class StreamRoute { Stop, Update, Payment };

/// Everything behind Orchestrator; lives on the I/O thread except where noted.
class Orchestrator::Server : public std::enable_shared_from_this<Orchestrator::Server> {
public:
    Server(IoThread &io, Recipient &recipient, const ChainView &chain, OrchestratorOptions options, TicketJournal *journal);

    Expected<QUrl> start(); ///< any other thread
    void stop();            ///< any other thread

    IoThread &io;
    Recipient &recipient;
    const ChainView &chain;
    const OrchestratorOptions options;
    TicketJournal *const journal;
    CapabilityTable table;
    QUrl url;
    std::unique_ptr<trickle::Server> trickle; ///< below /ai/trickle/
    std::map<QString, std::shared_ptr<LiveStream>> streams; ///< by stream id; also those that are starting

private:
    [[nodiscard]] bool has(Quirk quirk) const { return options.quirks.testFlag(quirk); }
    [[nodiscard]] QString serviceAddr() const;
    [[nodiscard]] QString workerAddr() const;

    Awaitable<void> handle(ServerRequest request, ServerResponse &response);
    Awaitable<bool> redirectedToCleanPath(const ServerRequest &request, ServerResponse &response);

    // orchestrator_register.cpp
    Awaitable<void> handleRegister(ServerRequest request, ServerResponse &response);
    Awaitable<void> handleUnregister(ServerRequest request, ServerResponse &response);
    void fetchDescription(const QString &name, quint64 generation);

    // orchestrator_token.cpp
    Awaitable<void> handleToken(ServerRequest request, ServerResponse &response);
    [[nodiscard]] Expected<QByteArray, Refusal> tokenFor(const Headers &headers);
    [[nodiscard]] Expected<std::pair<TokenCredentials, Address>, Refusal> verifiedCredentials(const Headers &headers) const;
    /// What a second costs this sender; Payment "insufficient sender reserve" with autoAdjustPrice.
    [[nodiscard]] Expected<PriceInfo> priceFor(const Address &sender, qint64 pricePerSecond);

    // orchestrator_job.cpp
    Awaitable<void> handleProcess(ServerRequest request, ServerResponse &response, QString subPath);
    [[nodiscard]] Expected<JobHeader, Refusal> verifiedJob(const Headers &headers) const;
    /// What follows on verifiedJob(). Without `reserve` no slot is taken, and the capability may be unknown (byoc.md 5).
    [[nodiscard]] Expected<AcceptedJob, Refusal> accept(JobHeader header, const Headers &headers, bool reserve = true);
    [[nodiscard]] Expected<void, Refusal> reserve(AcceptedJob &job);
    [[nodiscard]] Expected<void, Refusal> takePayment(const AcceptedJob &job, const Headers &headers);
    [[nodiscard]] Refusal refusedPayment(AcceptedJob &job, Refusal refusal) const;
    [[nodiscard]] Rational balanceOf(const AcceptedJob &job);
    /// Whether `text` is a signature of `address` over `message`; without a chain any hexadecimal text is.
    [[nodiscard]] bool isSignature(const QString &text, const Expected<Address> &address, const QByteArray &message) const;
    /// Who a verified header says it is from; without a chain that may be nobody.
    [[nodiscard]] static Address senderOf(const JobHeader &header);

    // orchestrator_worker.cpp
    Awaitable<void> callWorker(AcceptedJob job, ServerRequest request, QString subPath, ServerResponse &response);
    Awaitable<void> answerFailure(AcceptedJob &job, const Error &error, std::chrono::steady_clock::time_point start,
        ServerResponse &response);
    Awaitable<void> answerWhole(AcceptedJob &job, std::shared_ptr<AsioHttpStream> worker,
        std::chrono::steady_clock::time_point start, ServerResponse &response);
    /// Debits the wall time since `start`, in whole seconds, at least one; the balance left.
    Rational charge(const AcceptedJob &job, std::chrono::steady_clock::time_point start);

    // orchestrator_relay.cpp
    Awaitable<void> relay(AcceptedJob &job, std::shared_ptr<AsioHttpStream> worker, ServerResponse &response);

    // orchestrator_live.cpp
    Awaitable<void> handleLive(QByteArray route, ServerRequest request, ServerResponse &response);
    Awaitable<void> handleStreamStart(ServerRequest request, ServerResponse &response);
    Awaitable<void> handleStreamStop(ServerRequest request, ServerResponse &response);
    Awaitable<void> handleStreamUpdate(ServerRequest request, ServerResponse &response);
    Awaitable<void> handleStreamPayment(ServerRequest request, ServerResponse &response);
    /// Makes the channels of a stream and enters it; the refusal when that cannot be.
    [[nodiscard]] Expected<std::shared_ptr<LiveStream>, Refusal> openStream(AcceptedJob &job);
    /// The members of a worker's start that are the orchestrator's to say.
    [[nodiscard]] Json startMembers(const LiveStream &stream) const;
    [[nodiscard]] Headers startHeaders(const LiveStream &stream, const Rational &balance) const;
    /// Refused when the stream runs and is another sender's or another capability's.
    [[nodiscard]] Expected<std::shared_ptr<LiveStream>, Refusal> streamOf(const AcceptedJob &job) const;
    /// What a stop, an update or a payment is about.
    struct StreamCall {
        AcceptedJob job;
        QString id;
        std::shared_ptr<LiveStream> stream; ///< null: none of that id runs
        /// Who is told: as it was when the stream began.
        [[nodiscard]] const RegisteredCapability &worker() const;
    };
    /// The refusal is in the words of the route.
    [[nodiscard]] Expected<StreamCall, Refusal> streamCall(const JobHeader &header, const Headers &headers, StreamRoute route);
    /// Verifies the head and has the body collected, then as above; nothing when the request was answered.
    Awaitable<std::optional<StreamCall>> receiveStreamCall(ServerRequest &request, ServerResponse &response, StreamRoute route);

    // orchestrator_live_worker.cpp
    struct WorkerAnswer {
        int status = 0; ///< 0: unreachable or too slow
        Headers headers;
        QByteArray body;
    };
    /// `capability` must outlive the call. A 401 removes it from the table.
    Awaitable<WorkerAnswer> tellWorker(const RegisteredCapability &capability, QString path, QString streamId, QByteArray body,
        QByteArray contentType, std::chrono::milliseconds timeout);
    Awaitable<void> answerStart(std::shared_ptr<LiveStream> stream, WorkerAnswer worker, Rational balance, ServerResponse &response);

    // orchestrator_live_end.cpp
    void watchChannels();
    void channelGone(const std::shared_ptr<LiveStream> &stream, const QByteArray &channel);
    void scheduleLiveCheck(const std::shared_ptr<LiveStream> &stream);
    void liveCheck(const std::shared_ptr<LiveStream> &stream);
    /// Ends debits, then closes the channels and frees the slot. `reason` goes out on the events channel. Harmless twice.
    void closeStream(const std::shared_ptr<LiveStream> &stream, const QString &reason);
    /// closeStream() and, in the background, the word to the worker.
    void endStream(const std::shared_ptr<LiveStream> &stream, const QString &reason);
    Awaitable<void> endAllStreams();

    // orchestrator_extensions.cpp
    Awaitable<void> handleCapabilities(const ServerRequest &request, ServerResponse &response);
    Awaitable<void> handleDiscovery(const ServerRequest &request, ServerResponse &response);
    Awaitable<void> handleTickets(const ServerRequest &request, ServerResponse &response);
    Awaitable<void> handleHealth(const ServerRequest &request, ServerResponse &response);

    std::unique_ptr<HttpServer> m_http;
    Subscription m_segments;
    Subscription m_removals;
};

/// The answer to a Refusal.
Awaitable<void> refuse(const Refusal &refusal, ServerResponse &response);
/// 405 `Method not allowed`.
Awaitable<void> refuseMethod(ServerResponse &response);
[[nodiscard]] Headers jsonHeaders();
/// 200 with a JSON document.
Awaitable<void> sendJson(const Json &json, ServerResponse &response);

} // namespace sluice::byoc
