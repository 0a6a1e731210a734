#pragma once

#include "sluice/liverunner/client_payment.h"
#include "sluice/liverunner/client_wire.h"
#include "sluice/net/http_client.h"
#include "sluice/payments/sender_source.h"

#include <QCoro/QCoroTask>

namespace sluice::liverunner {

/// One request to an app.
struct AppRequest {
    AppRequest() = default; // no aggregate: see DESIGN.md 3
    QByteArray method = "POST";
    QString path;    ///< below the runner's address, with its query
    Headers headers; ///< Content-Type and Accept, for instance
    QByteArray body;
    std::chrono::milliseconds answerTimeout{0}; ///< until the answer's headers; zero: the context's deadline alone
};

/// Told of what must be remembered whatever happens next.
class RunnerObserver : public TicketObserver {
public:
    /// This runner is being asked.
    virtual void asked(const RunnerOffer &offer) = 0;
};

/// An answer whose headers have come. Dropping it closes the connection and ends the payments for it.
struct AppAnswer {
    AppAnswer() = default;
    int status = 0;
    Headers headers;
    QUrl url;
    RunnerOffer offer;
    std::shared_ptr<HttpStream> stream;
    std::shared_ptr<RunnerPayments> payments; ///< of a priced call; begun
    [[nodiscard]] bool paid() const { return payments && payments->sent() > 0; }
};

/// A session that was reserved.
struct OpenSession {
    OpenSession() = default;
    ReservedSession session;
    RunnerOffer offer;
    QUrl url; ///< that was reserved at
    std::shared_ptr<RunnerPayments> payments; ///< null where nothing is paid
};

/// The caller's side of live runners (live-runner.md 6, 8, 9, 10, 13).
///
/// A challenge is answered at most once for one call, and once tickets left for a runner no other one is tried. Redirects are not followed.
/// Lives on the thread of `http`, which with `senders` must outlive it, and outlives the tasks it gave out.
class RunnerClient {
public:
    struct Options {
        Options() = default;
        std::chrono::milliseconds connectTimeout{10'000};
        std::chrono::milliseconds discoveryTimeout{5'000};
        std::chrono::milliseconds challengeTimeout{10'000}; ///< of a question that is answered with a challenge
        std::chrono::milliseconds firstWait{250};           ///< at most, before all runners are tried again that were full; then twice as long
        std::chrono::milliseconds longestWait{2'000};
        RunnerPayments::Options payments;
    };
    RunnerClient(HttpClient &http, SenderSource &senders, Options options);

    /// What an orchestrator lists that `filter` takes. Never pays. Errors: Discovery, Network, Timeout, Canceled, TlsChanged.
    QCoro::Task<QList<RunnerOffer>> discover(QUrl orchestrator, RunnerFilter filter, CallContext context);
    /// The same of all of them that answer; NoOrchestrator when none does. `reached`, when given, gets those.
    QCoro::Task<QList<RunnerOffer>> discoverAll(QList<QUrl> orchestrators, RunnerFilter filter, std::shared_ptr<QList<QUrl>> reached, CallContext context);

    /// Calls the first single-shot runner of `app` that takes the request. NoRunner with what each said; a single one's own error is thrown as it is.
    QCoro::Task<AppAnswer> call(QList<QUrl> orchestrators, QString app, AppRequest request, PaymentBounds bounds, std::shared_ptr<RunnerObserver> observer,
        CallContext context);
    /// Reserves a session at the first persistent runner of `app` that has room.
    QCoro::Task<OpenSession> reserve(QList<QUrl> orchestrators, QString app, PaymentBounds bounds, std::shared_ptr<RunnerObserver> observer, CallContext context);

    [[nodiscard]] HttpClient &http() const { return m_http; }
    [[nodiscard]] const Options &options() const { return m_options; }
    /// A request to an orchestrator, or to what it proxies.
    [[nodiscard]] HttpRequest requestTo(const QUrl &url, const QByteArray &method) const;

private:
    struct Attempt;
    struct Tried;
    QCoro::Task<AppAnswer> tryAll(QList<QUrl> orchestrators, Attempt attempt, CallContext context);
    QCoro::Task<void> tryOffers(QList<RunnerOffer> offers, Attempt attempt, std::shared_ptr<Tried> tried, CallContext context);
    QCoro::Task<AppAnswer> tryOffer(RunnerOffer offer, Attempt attempt, CallContext context);
    QCoro::Task<AppAnswer> tryWith(TicketSender *sender, RunnerOffer offer, Attempt attempt, CallContext context);
    QCoro::Task<PaymentTerms> termsFor(HttpRequest request, TicketSender *sender, CallContext context);
    QCoro::Task<AppAnswer> pay(RunnerOffer offer, Attempt attempt, TicketSender *sender, HttpRequest request, CallContext context);
    QCoro::Task<AppAnswer> sendPaid(std::shared_ptr<RunnerPayments> payments, RunnerOffer offer, HttpRequest request, CallContext context);
    QCoro::Task<AppAnswer> sendUnpaid(RunnerOffer offer, HttpRequest request, CallContext context);

    HttpClient &m_http;
    SenderSource &m_senders;
    Options m_options;
};

/// The error for an answer that is no success: in the peer's words. `paid`: tickets left for it.
[[nodiscard]] Error runnerRefusal(const QByteArray &method, const QUrl &url, int status, const Headers &headers, const QByteArray &body, bool paid);

} // namespace sluice::liverunner
