#pragma once

#include "sluice/byoc/client.h"
#include "sluice/net/origin_policy.h"
#include "sluice/payments/ticket_sender.h"

#include <QtCore/QTimer>

#include <variant>

namespace sluice::byoc {

/// Cancels a request with its caller, or when its headers do not come in time.
class CancelLink {
public:
    CancelLink(const CancelToken &parent, std::chrono::milliseconds headerLimit);
    [[nodiscard]] CancelToken token() const { return m_source.token(); }
    /// The headers have come.
    void disarm() { m_timer.stop(); }
    [[nodiscard]] bool timedOut() const { return m_timedOut; }

private:
    CancelSource m_source;
    Subscription m_parent;
    QTimer m_timer;
    bool m_timedOut = false;
};

/// What counts as one account at an orchestrator: the balance of this sender for one capability (byoc.md 4.5).
[[nodiscard]] QString accountOf(const QUrl &orchestrator, const QString &capability);

/// What a remote signer is shown of a token's terms: an OrchestratorInfo with its ticket parameters and price. BYOC's routes read no segment
/// credentials, so the auth token in it, which signers want to see and which nobody else does, is empty and begins now.
[[nodiscard]] QByteArray signerTermsOf(const JobToken &token, const QUrl &orchestrator, const QString &capability);

/// Where an orchestrator that was probed at `probed` wants its jobs (byoc.md 3). Not judged yet.
[[nodiscard]] QUrl serviceUrl(const JobToken &token, const QUrl &probed);

/// One job on its way through the states of byoc.md 9.1. Lives in the coroutine that runs it.
class Submission {
public:
    Submission(Client &client, Job job, std::shared_ptr<JobObserver> observer, CallContext context);
    ~Submission();
    Submission(const Submission &) = delete;
    Submission &operator=(const Submission &) = delete;

    QCoro::Task<JobAnswer> run(livepeer::Candidates orchestrators);
    QCoro::Task<JobAnswer> runThroughGateway(QUrl gateway, QStringList pins);
    QCoro::Task<PreparedRequest> prepare(QList<QUrl> orchestrators);

private:
    /// A try that came to nothing.
    struct Failure {
        Error error;
        bool tryNext = false;  ///< another orchestrator may do better
        bool deferred = false; ///< no free slot was reported: worth a second look when all others failed
    };
    /// The answer to one POST, or the error; never both.
    struct Posted {
        std::shared_ptr<CancelLink> link; // outlives the stream that it cancels
        std::shared_ptr<HttpStream> stream;
        std::optional<Error> error;
        QDeadlineTimer deadline;
        std::shared_ptr<PaidAhead::Use> use;
    };
    /// A payment, and whether the observer was told what became of it: one that is posted again was sent already.
    struct PendingPayment {
        PreparedPayment payment;
        bool settled = false;
    };
    using Tried = std::variant<JobAnswer, Failure>;
    /// A price above what was accepted, and at whom: the lowest of them is what a person may agree to.
    struct TooDear {
        Rational asked;
        Error error;
    };

    /// tryOne(), and again with another signer where the one that was asked failed before anything was paid.
    QCoro::Task<Tried> tryWithSigners(QUrl origin, bool mayDefer);
    void checkJob() const;
    void rememberNamed(const QList<QUrl> &orchestrators);
    QCoro::Task<Tried> tryOne(QUrl origin, bool mayDefer);
    QCoro::Task<JobToken> askToken(QUrl origin);
    /// `token` becomes a newer one where a signer wants that.
    QCoro::Task<PreparedPayment> pay(QUrl origin, JobToken *token);
    [[nodiscard]] TicketOrder orderFor(const QUrl &origin, const JobToken &token);
    void checkService(const QUrl &origin, const JobToken &token) const;
    QCoro::Task<QByteArray> signedHeader(bool v1);
    void forgetSessions();
    QCoro::Task<Posted> post(QUrl url, Headers headers, TrustPolicy trust, PendingPayment *pending);
    [[nodiscard]] Headers requestHeaders(const QByteArray &jobHeader, const QByteArray &paymentHeader) const;
    [[nodiscard]] QUrl jobUrl(const QUrl &base) const;
    [[nodiscard]] JobAnswer answer(Posted posted, const QUrl &url, const QUrl &origin) const;
    [[nodiscard]] Error refusedError(const QUrl &url, int status, const QByteArray &body) const;
    [[nodiscard]] Error afterPayment(Error error) const;
    [[nodiscard]] Failure failed(Error error, bool tryNext) const;
    [[nodiscard]] Error exhausted(const QList<Rejection> &rejections) const;
    /// Why nobody took the job; `last`: the last failure, if anybody was asked at all.
    [[nodiscard]] Error nobodyTook(const livepeer::Candidates &orchestrators, const std::optional<Error> &last) const;

    Client &m_client;
    TicketSender *m_sender = nullptr; ///< who pays for this job; null: nobody
    Job m_job;
    QString m_callId;
    JobHeader m_header;
    std::shared_ptr<JobObserver> m_observer;
    CallContext m_context;
    QList<Origin> m_named;    ///< the orchestrators that the caller named: one may send jobs to another
    std::optional<TooDear> m_tooDear;
    std::optional<Error> m_signersLimit; ///< a price that the signer refuses, at whom it was
    QSet<QString> m_sessions; ///< whose first price the sender remembers: it may not double before the job is accepted
    bool m_paymentSent = false;
    bool m_sentByOthers = false; ///< what is signed here is sent by another program, whose use of it cannot be counted here
};

} // namespace sluice::byoc
