#pragma once

#include "sluice/byoc/client.h"

#include "sluice/base/in_turn.h"
#include "sluice/livepeer/live_funding.h"
#include "sluice/payments/ticket_sender.h"


namespace sluice::byoc {

class JobWatch;

/// A live job as the caller wants it (byoc.md 5).
struct StreamJob {
    StreamJob() = default; // no aggregate: see DESIGN.md 3

    QString capability;
    QString streamId;          ///< one path segment; empty = 128 random bits
    bool videoIngress = false; ///< channels to ask for
    bool videoEgress = false;
    bool dataOutput = false;
    Json parameters = Json::object(); ///< further members of the job's `parameters`
    Json params;                      ///< the capability's own: `params` of the body
    std::chrono::seconds timeout{60}; ///< for the worker to accept
    QString callId;                   ///< whose spending limit counts
    std::optional<Wei> maxSpend;
    std::optional<Rational> acceptedPrice; ///< as in Job
};

/// What start answered. A channel that the job has not is empty.
struct StreamChannels {
    QUrl publish;   ///< client to worker
    QUrl subscribe; ///< worker to client
    QUrl control;   ///< client to worker
    QUrl events;    ///< worker to client
    QUrl data;      ///< worker to client
    bool operator==(const StreamChannels &) const = default;
};

struct StreamStarted {
    StreamStarted() = default;
    QString streamId;
    QUrl orchestrator; ///< origin that was probed
    QUrl service;      ///< where the job runs
    StreamChannels channels;
    QByteArray balance; ///< as the orchestrator wrote it
    bool paid = false;
};

using StreamFunds = livepeer::Funds;

/// The client side of one BYOC stream (byoc.md 5, 9.1): start, update, payment, stop.
///
/// Lives on the Client's thread and must outlive the tasks it gave out, which may overlap: payments wait for each other.
/// Tickets are recorded before they leave; each payment is for what a new token says is missing, so that one whose answer was lost is
/// neither repeated nor forgotten, and never for more than MostSecondsAhead of the time that the job ran (PaidAhead), whatever a token
/// says. Channels are read and written at the orchestrator that runs the job, nowhere else.
class StreamClient {
public:
    struct Options {
        Options() = default;
        /// While live, the balance is looked at this often: more often than debits come (23 s).
        std::chrono::milliseconds paymentInterval{20'000};
        std::chrono::milliseconds requestTimeout{10'000}; ///< of update, payment and stop
    };
    /// One debit of a running stream, in seconds of price (byoc.md 5.4).
    static constexpr qint64 DebitSeconds = 23;
    /// A payment is due below this, and fills up to MostSecondsAhead: what every call must find covered, and the two debits that may come
    /// before the next look.
    static constexpr qint64 LowSeconds = MinimumCoveredSeconds + 2 * DebitSeconds;

    StreamClient(Client &client, StreamJob job, std::shared_ptr<JobObserver> observer);
    StreamClient(Client &client, StreamJob job, std::shared_ptr<JobObserver> observer, Options options);
    ~StreamClient();
    StreamClient(const StreamClient &) = delete;
    StreamClient &operator=(const StreamClient &) = delete;

    [[nodiscard]] QString streamId() const { return m_job.streamId; }

    /// Tries the orchestrators in order as Client::submit() does. Once. Protocol when the answer lacks a channel.
    QCoro::Task<StreamStarted> start(livepeer::Candidates orchestrators, CallContext context);
    /// Instead of start(): pay() then pays for an event stream that runs already, of the same capability (byoc.md 4.6). It is not stopped here.
    void accompany(const JobAnswer &answer);
    /// The request that start() would send first, with the stream id in it; its tickets count as sent.
    QCoro::Task<PreparedRequest> prepare(QList<QUrl> orchestrators, CallContext context);
    /// Passes `params` on to the worker; its answer. Http, with the field at fault where the worker names one.
    QCoro::Task<QByteArray> update(Json params, CallContext context);
    /// Looks at the balance with a new token and pays what is missing. Throws what may go better next time (Network, Timeout, Http …).
    QCoro::Task<StreamFunds> pay(CallContext context);
    /// Ends the job without paying. Nothing happens when none can be running, or when it was stopped already.
    QCoro::Task<void> stop(CallContext context);

private:
    struct Answer {
        Answer() = default;
        int status = 0;
        Headers headers;
        QByteArray body;
        [[nodiscard]] bool isGood() const { return status >= 200 && status < 300; }
    };

    [[nodiscard]] Job startJob() const;
    [[nodiscard]] JobHeader header() const;
    [[nodiscard]] StreamStarted started(JobAnswer answer);
    QCoro::Task<QByteArray> signedHeader(bool v1, CallContext context);
    /// Who pays from here on, where the start did not say.
    QCoro::Task<void> ensureSender(CallContext context);
    /// `payment` is empty where none goes along; `left` becomes true when it may have.
    QCoro::Task<Answer> post(QString route, QByteArray body, PreparedPayment *payment, CallContext context);
    QCoro::Task<Answer> send(QUrl url, Headers headers, QByteArray body, PreparedPayment *payment, CallContext context);
    QCoro::Task<StreamFunds> payInTurn(CallContext context);
    QCoro::Task<PreparedPayment> buy(JobToken token, CallContext context);
    [[nodiscard]] QString chain() const;
    void follow(const PriceInfo &price);
    [[nodiscard]] qint64 ownSecondsAhead() const;
    [[nodiscard]] StreamFunds fundsOf(const Rational &balance) const;
    [[nodiscard]] QUrl at(const QString &route) const;
    [[nodiscard]] Error refusedError(const QString &what, const QUrl &url, const Answer &answer) const;

    Client &m_client;
    TicketSender *m_sender = nullptr; ///< who paid for the start, and goes on
    StreamJob m_job;
    Options m_options;
    std::shared_ptr<PaidAhead::Use> m_use; ///< while the job runs
    PriceInfo m_paidPrice;                 ///< what its time costs: that of the last payment
    std::shared_ptr<JobWatch> m_watch; ///< the caller's observer, and what passed by it
    QByteArray m_header;               ///< of the format that m_v1 says
    bool m_v1 = false;
    bool m_mayRun = false;
    InTurn m_payments;
};

} // namespace sluice::byoc
