#pragma once

#include "sluice/base/in_turn.h"
#include "sluice/livepeer/choice.h"
#include "sluice/livepeer/live_funding.h"
#include "sluice/livepeer/terms_client.h"
#include "sluice/lv2v/wire.h"
#include "sluice/net/origin_policy.h"
#include "sluice/payments/ticket_observer.h"
#include "sluice/payments/ticket_sender.h"


namespace sluice::lv2v {

/// Told of everything in a job that must be remembered whatever happens next. Called on the client's thread.
class JobObserver : public TicketObserver {
public:
    /// An orchestrator is being tried; what it asks. `service` is where its HTTP routes lie.
    virtual void infoReceived(const QUrl &service, const OrchestratorInfo &info) = 0;
};

/// A live video job as the caller wants it.
struct JobRequest {
    JobRequest() = default; // no aggregate: see DESIGN.md 3

    QString model;
    Json params;       ///< initial parameters, an object or null
    QString requestId; ///< for the orchestrator's log
    QString streamId;  ///< likewise
    QString callId;    ///< whose spending limit counts
    std::optional<Wei> maxSpend;
    std::optional<Rational> acceptedPrice; ///< wei per second that the person agreed to; absent: the purse's bound for unseen prices
};

struct LiveStarted {
    LiveStarted() = default;
    QUrl orchestrator; ///< that was asked for its terms
    QUrl service;      ///< where the job runs
    StartAnswer job;
    QByteArray balance; ///< as the orchestrator wrote it, if it did
    bool paid = false;
};

using LiveFunds = livepeer::Funds; ///< seconds by this client's own count

/// The client side of one live-video-to-video job (trickle.md 5, payments.md 10): start, payments, stop.
///
/// Lives on the TermsClient's thread and must outlive the tasks it gave out, which may overlap: payments wait for each other. The first
/// payment covers a minute, later ones the time since the one before, so that the job stays a minute ahead; never two, whatever is
/// refused on the way (PaidAhead). Tickets are recorded before they leave; tickets whose answer was lost count as paid.
class JobClient {
public:
    struct Options {
        Options() = default;
        std::chrono::milliseconds paymentInterval{5'000};
        std::chrono::milliseconds startTimeout{5'000};    ///< of POST /live-video-to-video, when the context allows that long
        std::chrono::milliseconds requestTimeout{10'000}; ///< of payment and stop
        std::chrono::milliseconds connectTimeout{5'000};
    };
    /// One debit of an orchestrator, in seconds of price (payments.md 3.3).
    static constexpr qint64 DebitSeconds = 5;

    JobClient(livepeer::TermsClient &client, JobRequest job, std::shared_ptr<JobObserver> observer);
    JobClient(livepeer::TermsClient &client, JobRequest job, std::shared_ptr<JobObserver> observer, Options options);
    ~JobClient();
    JobClient(const JobClient &) = delete;
    JobClient &operator=(const JobClient &) = delete;

    /// Tries the orchestrators in the order in which they are given out until one takes the job; once tickets left for one of them, no other is tried. Once. Final errors
    /// are thrown as they are; NoOrchestrator carries one rejection per orchestrator; a single one's own error is thrown as it is.
    QCoro::Task<LiveStarted> start(livepeer::Candidates orchestrators, CallContext context);
    /// Pays for the time since the last payment, if the interval has passed and it comes to a ticket. Throws what may go better next time.
    QCoro::Task<LiveFunds> pay(CallContext context);
    /// Ends the job without paying: there is no route for it, but the job goes with its input channel. Nothing happens when it does
    /// not run, or was stopped already.
    QCoro::Task<void> stop(CallContext context);

private:
    struct Answer {
        Answer() = default;
        int status = 0;
        Headers headers;
        QByteArray body;
        [[nodiscard]] bool isGood() const { return status >= 200 && status < 300; }
    };
    using Steady = std::chrono::steady_clock;

    QCoro::Task<LiveStarted> startAt(QUrl orchestrator, CallContext context);
    /// startAt(), and again with another signer where the one that was asked failed before anything was paid.
    QCoro::Task<LiveStarted> startWithSigners(QUrl orchestrator, CallContext context);
    QCoro::Task<void> refresh(bool ignoreCapacity, CallContext context);
    void adopt(OrchestratorInfo info);
    [[nodiscard]] bool isFree() const;
    [[nodiscard]] PriceInfo price() const;
    /// Tickets for that many pixels; none when what is left over covers them.
    QCoro::Task<PreparedPayment> buy(Wei pixels, CallContext context);
    [[nodiscard]] TicketOrder orderFor(const Wei &pixels) const;
    [[nodiscard]] QString account() const;
    /// The value of `Livepeer-Segment`.
    QCoro::Task<QByteArray> credentials(QByteArray given);
    [[nodiscard]] Headers headersFor(const PreparedPayment &payment, const QByteArray &segment) const;
    /// The tickets of `payment` are settled, and booked, when this returns or throws.
    QCoro::Task<Answer> send(QByteArray method, QUrl url, Headers headers, QByteArray body, PreparedPayment *payment,
        std::chrono::milliseconds limit, CallContext context);
    QCoro::Task<LiveFunds> payInTurn(CallContext context);
    QCoro::Task<LiveFunds> payFor(Steady::time_point until, CallContext context);
    [[nodiscard]] LiveFunds funds() const;
    [[nodiscard]] QUrl at(const QString &route) const;

    livepeer::TermsClient &m_client;
    TicketSender *m_sender = nullptr; ///< who pays for this job from its start on; null: nobody
    JobRequest m_job;
    Options m_options;
    std::shared_ptr<JobObserver> m_observer;
    QString m_jobId;       ///< of this client's count alone
    QList<Origin> m_named; ///< the orchestrators that the caller named: one may send jobs to another
    QUrl m_orchestrator;
    QUrl m_service;
    OrchestratorInfo m_info;
    std::optional<PriceInfo> m_initialPrice; ///< fees follow it all along
    StartAnswer m_started;
    Rational m_surplus; ///< what was paid beyond the fees so far; below zero when too little could be paid
    std::shared_ptr<PaidAhead::Use> m_use; ///< while the job runs
    Steady::time_point m_paidUntil; ///< the first minute is paid for beyond it
    int m_refusals = 0; ///< payments refused in a row
    bool m_mayRun = false;
    InTurn m_payments;
};

} // namespace sluice::lv2v
