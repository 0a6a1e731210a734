#pragma once

#include "sluice/byoc/job.h"
#include "sluice/byoc/signature_formats.h"
#include "sluice/byoc/wire.h"
#include "sluice/livepeer/choice.h"
#include "sluice/payments/sender_source.h"

#include <QtCore/QHash>

namespace sluice {

class TicketSender;

namespace byoc {

/// The client side of BYOC (byoc.md 3, 4, 6, 9): asks for tokens, signs and pays jobs, chooses among orchestrators.
///
/// Lives on one thread together with its HttpClient and who pays, and must outlive the tasks it gave out. Every
/// failure is thrown as sluice::Error; after tickets have left this machine it says so (`paymentSent()`).
class Client {
public:
    struct Options {
        std::chrono::milliseconds connectTimeout{10'000};
        std::chrono::milliseconds tokenTimeout{5'000}; ///< of tokens, listings and discovery
        /// How much longer than the job itself the headers of its answer, and the whole of one that does not stream, may take.
        std::chrono::milliseconds headerGrace{5'000};
        std::chrono::milliseconds answerGrace{10'000};
        /// What a payment may take to arrive that another program with this key has signed: waited for three times, each time twice as long; zero: not at all.
        std::chrono::milliseconds paymentArrival{50};
        SignatureFormats *formats = nullptr; ///< outlives the client; null: remembered by the client alone
    };

    /// `sender` may be null: then nothing is signed, which only nodes without a chain accept.
    Client(HttpClient &http, TicketSender *sender, Options options);
    Client(HttpClient &http, SenderSource &senders, Options options);

    /// `GET /process/token`. Never pays and reserves nothing.
    QCoro::Task<JobToken> token(QUrl orchestrator, QString capability, CallContext context);
    /// The same for this sender, or for nobody: its ticket parameters are good for whom they were asked for.
    QCoro::Task<JobToken> tokenFor(TicketSender *sender, QUrl orchestrator, QString capability, CallContext context);
    /// `GET /capabilities`. Http error when the node has no such list.
    QCoro::Task<QList<ListedCapability>> capabilities(QUrl orchestrator, CallContext context);
    /// `GET /payments/tickets`: outcomes of this sender's tickets. Http error where a node does not have the route.
    QCoro::Task<QList<TicketOutcome>> ticketOutcomes(QUrl orchestrator, CallContext context);

    /// Tries the orchestrators in the order in which they are given out until one accepts the job (byoc.md 9.4). Errors that are final are thrown as they
    /// are; NoOrchestrator carries one rejection per orchestrator; with a single orchestrator its own error is thrown.
    QCoro::Task<JobAnswer> submit(Job job, livepeer::Candidates orchestrators, std::shared_ptr<JobObserver> observer, CallContext context);
    /// Hands the job to a gateway, which signs and pays (byoc.md 6). `pins`: pool addresses to try one after the other, each alone,
    /// so that the gateway does not run the job twice; none = the gateway's choice.
    QCoro::Task<JobAnswer> submitThroughGateway(Job job, QUrl gateway, QStringList pins, CallContext context);
    /// The request that submit() would send to the first orchestrator that gives a token. Its tickets count as sent.
    QCoro::Task<PreparedRequest> prepare(Job job, QList<QUrl> orchestrators, std::shared_ptr<JobObserver> observer, CallContext context);

private:
    friend class Submission;
    friend class StreamClient;
    [[nodiscard]] bool takesV1(const QString &origin);
    void rememberFormat(const QString &origin, bool v1);
    [[nodiscard]] QCoro::Task<QByteArray> credentialsOf(TicketSender *sender, CallContext context);
    /// The header with who sends it and the signature, as the value of `Livepeer`.
    [[nodiscard]] QCoro::Task<QByteArray> signedJob(TicketSender *sender, JobHeader header, bool v1, CallContext context);
    [[nodiscard]] QCoro::Task<QByteArray> get(QUrl url, Headers headers, TrustPolicy trust, qsizetype maxBytes, CallContext context);

    HttpClient &m_http;
    std::unique_ptr<SenderSource> m_own; ///< where a sender was given
    SenderSource *m_senders;
    Options m_options;
    QHash<Address, QByteArray> m_credentials; ///< by account; they never change, so each is signed once
    QHash<QString, bool> m_formats; ///< by orchestrator: whether it takes V1 signatures
};

} // namespace byoc
} // namespace sluice
