#include "sluice/liverunner/client.h"

#include "sluice/base/async.h"
#include "sluice/base/log.h"
#include "sluice/livepeer/signer_wire.h"
#include "sluice/payments/amount.h"
#include "sluice/payments/asked_price.h"

#include <QCoro/QCoroFuture>
#include <QtCore/QRandomGenerator>

#include <algorithm>
#include <vector>

namespace sluice::liverunner {

using std::chrono::milliseconds;

namespace {

constexpr qsizetype MaxErrorBytes = 64 * 1024;
/// Rounds over all runners while every one of them is full.
constexpr int MaxRounds = 4;
/// Sends of one payment to one runner that took it and had no room.
constexpr int MaxSends = 3;

/// What another runner would meet again, or what may have been done already.
bool isFinal(const Error &error)
{
    using Kind = Error::Kind;
    switch (error.kind()) {
    case Kind::Canceled:
    case Kind::SpendLimit:
    case Kind::Storage:
    case Kind::Signer:
    case Kind::Config:
    case Kind::InvalidInput:
    case Kind::Internal: return true;
    default: break;
    }
    const int status = error.httpStatus();
    if (error.paymentSent() || status == livepeer::signer_status::BudgetSpent)
        return true;
    return error.kind() == Kind::Http && status != 404 && status != 408 && status != 429 && status < 500;
}

milliseconds jittered(milliseconds most)
{
    return milliseconds(QRandomGenerator::global()->bounded(int(most.count()) + 1));
}

Error moneyWanted(const RunnerOffer &offer)
{
    return Error(Error::Kind::Config, QStringLiteral("%1 costs money, and there is no key to pay with.").arg(offer.app))
        .withAdvice(QStringLiteral("Give the profile a sender key, or a signer."));
}

} // namespace

struct RunnerClient::Attempt {
    Attempt() = default; // no aggregate: see DESIGN.md 3
    QString app;
    Mode mode = Mode::SingleShot;
    AppRequest request;
    PaymentBounds bounds;
    std::shared_ptr<RunnerObserver> observer;
};

/// What came of the runners so far.
struct RunnerClient::Tried {
    std::optional<AppAnswer> answer;
    QList<Rejection> rejections;
    std::optional<Error> last;
    std::optional<Error> tooDear; ///< the least dear of them
    bool full = false;            ///< one would have taken it with more room
    int others = 0;               ///< runners of that name, of the other mode
};

Error runnerRefusal(const QByteArray &method, const QUrl &url, int status, const Headers &headers, const QByteArray &body, bool paid)
{
    const QString said = QString::fromUtf8(body.left(2000)).trimmed();
    auto kind = Error::Kind::Http;
    QString advice = QStringLiteral("The app, or its orchestrator, refused the call; its words say why.");
    if (status >= 300 && status < 400)
        advice = QStringLiteral("Redirects are not followed, because a call would lose its body on the way. Check the path: it begins behind one slash and has no “//”.");
    else if (status == 404 && saysOrchestrator(status, headers, body, NoRunnerHere))
        advice = QStringLiteral("The runner is gone, or not ready. List the capabilities again.");
    else if (status == 503)
        advice = QStringLiteral("All of its slots are taken. Try again soon, or use another orchestrator.");
    else if (status >= 500)
        advice = QStringLiteral("The app failed or cannot be reached. Try again, or use another orchestrator.");
    else if (status == 402)
        kind = Error::Kind::Payment;
    if (status == 400 && said.startsWith(QLatin1String("insufficient balance")))
        kind = Error::Kind::InsufficientBalance;
    else if (paid && status == 400 && (said.contains(QLatin1String("ticket"), Qt::CaseInsensitive) || said.contains(QLatin1String("payment"))))
        kind = Error::Kind::Payment;
    if (paid)
        advice += QStringLiteral(" A payment was sent, so it may be spent; nothing was paid a second time.");
    return Error(kind, QStringLiteral("The call was answered with %1: %2").arg(status).arg(said.isEmpty() ? QStringLiteral("no reason given.") : said))
        .withAdvice(advice).withRequest(method, url).withHttp(status, body).withPaymentSent(paid);
}

RunnerClient::RunnerClient(HttpClient &http, SenderSource &senders, Options options)
    : m_http(http)
    , m_senders(senders)
    , m_options(options)
{
}

HttpRequest RunnerClient::requestTo(const QUrl &url, const QByteArray &method) const
{
    HttpRequest request;
    request.method = method;
    request.url = url;
    request.trust = TrustPolicy::PinOnFirstUse; // orchestrators carry certificates of their own
    request.connectTimeout = m_options.connectTimeout;
    return request;
}

QCoro::Task<QList<RunnerOffer>> RunnerClient::discover(QUrl orchestrator, RunnerFilter filter, CallContext context)
{
    auto step = context.trace->begin(QStringLiteral("discover"), orchestrator.authority());
    QUrl url = orchestrator;
    url.setPath(QStringLiteral("/discovery"));
    QString query;
    for (const QString &app : filter.apps)
        query += QStringLiteral("%1app=%2").arg(query.isEmpty() ? QString() : QStringLiteral("&"), QString::fromLatin1(QUrl::toPercentEncoding(app, "/")));
    for (const QString &gpu : filter.gpus)
        query += QStringLiteral("%1gpu=%2").arg(query.isEmpty() ? QString() : QStringLiteral("&"), QString::fromLatin1(QUrl::toPercentEncoding(gpu)));
    if (!query.isEmpty())
        url.setQuery(query, QUrl::StrictMode);
    HttpRequest request = requestTo(url, "GET");
    request.maxBodyBytes = MaxDiscoveryBytes;
    const CallContext limited = context.within(m_options.discoveryTimeout);
    const HttpResponse response = co_await m_http.send(request, limited);
    if (response.status != 200) {
        step.fail();
        throw Error(Error::Kind::Discovery, QStringLiteral("%1 was asked for its live runners and answered %2.").arg(orchestrator.authority()).arg(response.status))
            .withAdvice(QStringLiteral("It has none, perhaps: go-livepeer has them since v0.9.0, where they are switched on."))
            .withRequest("GET", url).withHttp(response.status, response.body);
    }
    co_return orThrow(parseRunners(response.body, orchestrator, filter));
}

namespace {

struct Listed {
    Listed() = default;
    QUrl origin;
    QList<RunnerOffer> offers;
    std::optional<Error> error;
};

QCoro::Task<Listed> listedBy(RunnerClient *client, QUrl orchestrator, RunnerFilter filter, CallContext context)
{
    Listed listed;
    listed.origin = orchestrator;
    try {
        listed.offers = co_await client->discover(orchestrator, filter, context);
    } catch (const Error &error) {
        listed.error = error;
    }
    co_return listed;
}

} // namespace

QCoro::Task<QList<RunnerOffer>> RunnerClient::discoverAll(QList<QUrl> orchestrators, RunnerFilter filter, std::shared_ptr<QList<QUrl>> reached, CallContext context)
{
    std::vector<QCoro::Task<Listed>> running;
    for (const QUrl &orchestrator : std::as_const(orchestrators))
        running.push_back(listedBy(this, orchestrator, filter, context));
    QList<RunnerOffer> offers;
    QList<Rejection> rejections;
    std::optional<Error> last;
    for (auto &task : running) {
        const Listed listed = co_await task;
        if (listed.error) {
            last = listed.error;
            rejections.append({listed.origin, listed.error->message()});
            continue;
        }
        if (reached)
            reached->append(listed.origin);
        offers += listed.offers;
    }
    context.check();
    if (orchestrators.isEmpty())
        throw Error(Error::Kind::NoOrchestrator, QStringLiteral("No orchestrator is known.")).withAdvice(QStringLiteral("Check the profile's orchestrators or discovery address."));
    if (rejections.size() == 1 && orchestrators.size() == 1)
        throw *last;
    if (rejections.size() == orchestrators.size())
        throw Error(Error::Kind::NoOrchestrator, QStringLiteral("None of %1 orchestrators lists live runners.").arg(orchestrators.size())).withRejections(rejections);
    co_return offers;
}

QCoro::Task<AppAnswer> RunnerClient::call(QList<QUrl> orchestrators, QString app, AppRequest request, PaymentBounds bounds, std::shared_ptr<RunnerObserver> observer,
    CallContext context)
{
    (void)orThrow(appUrl(QUrl(QStringLiteral("https://orchestrator/app")), request.path)); // before anybody is asked
    Attempt attempt;
    attempt.app = app;
    attempt.request = std::move(request);
    attempt.bounds = std::move(bounds);
    attempt.observer = std::move(observer);
    co_return co_await tryAll(orchestrators, attempt, context);
}

QCoro::Task<AppAnswer> RunnerClient::tryAll(QList<QUrl> orchestrators, Attempt attempt, CallContext context)
{
    RunnerFilter filter;
    filter.apps = QStringList(attempt.app);
    milliseconds wait = m_options.firstWait;
    std::shared_ptr<Tried> tried;
    for (int round = 1;; ++round) {
        tried = std::make_shared<Tried>();
        const QList<RunnerOffer> offers = co_await discoverAll(orchestrators, filter, nullptr, context);
        co_await tryOffers(offers, attempt, tried, context);
        if (tried->answer)
            co_return *std::exchange(tried->answer, std::nullopt);
        if (!tried->full || tried->tooDear || round == MaxRounds)
            break;
        const Pause pause(jittered(wait), context.cancel);
        const QFuture<void> over = pause.over();
        co_await over;
        context.check();
        wait = std::min(wait * 2, m_options.longestWait);
    }
    const QString which = attempt.mode == Mode::Persistent ? QStringLiteral("persistent") : QStringLiteral("single-shot");
    if (tried->tooDear)
        throw tried->rejections.size() == 1 ? *tried->tooDear : Error(*tried->tooDear).withRejections(tried->rejections);
    if (tried->rejections.size() == 1 && tried->last)
        throw *tried->last;
    if (tried->rejections.isEmpty() && tried->others > 0)
        throw Error(Error::Kind::NoRunner, QStringLiteral("%1 is offered, but not as a %2 app.").arg(attempt.app, which))
            .withAdvice(attempt.mode == Mode::Persistent ? QStringLiteral("Call it with run or stream; there is no session to reserve.")
                                                         : QStringLiteral("Reserve a session for it: open it in the window, or use sluicectl session."));
    if (tried->rejections.isEmpty())
        throw Error(Error::Kind::NoRunner, QStringLiteral("No live runner for %1 is listed at %2 orchestrators.").arg(attempt.app).arg(orchestrators.size()))
            .withAdvice(QStringLiteral("List the capabilities again: a runner that is not ready is not listed."));
    throw Error(Error::Kind::NoRunner, QStringLiteral("None of %1 live runners took the call.").arg(tried->rejections.size())).withRejections(tried->rejections);
}

QCoro::Task<void> RunnerClient::tryOffers(QList<RunnerOffer> offers, Attempt attempt, std::shared_ptr<Tried> tried, CallContext context)
{
    for (const RunnerOffer &offer : std::as_const(offers)) {
        if (offer.mode != attempt.mode) {
            ++tried->others;
            continue;
        }
        std::optional<Error> failure;
        if (offer.available <= 0) {
            failure = Error(Error::Kind::NoRunner, QStringLiteral("All %1 slots of it are taken.").arg(offer.capacity)).withAdvice(QStringLiteral("Try again soon, or use another orchestrator.")).withHttp(503, {});
        } else {
            try {
                tried->answer = co_await tryOffer(offer, attempt, context);
            } catch (const Error &error) {
                failure = error;
            }
        }
        if (!failure)
            co_return;
        context.check();
        if (isFinal(*failure))
            throw *failure;
        qCInfo(logNet, "%s is passed over: %s", qUtf8Printable(offer.url.toString()), qUtf8Printable(failure->message()));
        tried->full = tried->full || failure->httpStatus() == 503;
        tried->rejections.append({offer.url, failure->message()});
        tried->last = failure;
        if (const auto asked = askedPrice(*failure); asked && (!tried->tooDear || *asked < *askedPrice(*tried->tooDear)))
            tried->tooDear = failure;
    }
}

/// tryWith(), and again with another signer where the one that was asked failed before anything was paid.
QCoro::Task<AppAnswer> RunnerClient::tryOffer(RunnerOffer offer, Attempt attempt, CallContext context)
{
    for (;;) {
        TicketSender *sender = nullptr;
        if (offer.price)
            sender = co_await m_senders.pick(context);
        std::optional<Error> failure;
        AppAnswer answer;
        try {
            answer = co_await tryWith(sender, offer, attempt, context);
        } catch (const Error &error) {
            failure = error;
        }
        if (!failure)
            co_return answer;
        const bool signerFailed = sender && failure->kind() == Error::Kind::Signer && !failure->paymentSent();
        if (!signerFailed || !m_senders.passOver(sender, *failure))
            throw *failure;
    }
}

QCoro::Task<AppAnswer> RunnerClient::tryWith(TicketSender *sender, RunnerOffer offer, Attempt attempt, CallContext context)
{
    QUrl url = offer.url;
    if (attempt.mode == Mode::SingleShot)
        url = orThrow(appUrl(offer.url, attempt.request.path));
    HttpRequest request = requestTo(url, attempt.request.method);
    request.headers = attempt.request.headers;
    request.body = attempt.request.body;
    request.answerTimeout = attempt.request.answerTimeout;
    auto step = context.trace->begin(QStringLiteral("runner"), url.authority());
    if (attempt.observer)
        attempt.observer->asked(offer);
    if (offer.price)
        co_return co_await pay(offer, attempt, sender, request, context);
    co_return co_await sendUnpaid(offer, request, context);
}

/// Asks at what terms `request` would be taken, without its body: nothing where it was taken for nothing.
QCoro::Task<PaymentTerms> RunnerClient::termsFor(HttpRequest request, TicketSender *sender, CallContext context)
{
    request.sent = std::make_shared<std::atomic<bool>>(false);
    request.body.clear();
    if (request.method == "HEAD")
        request.method = "GET"; // an answer to HEAD has no body to say them in
    headers::set(request.headers, header::PayerAddress, sender->address().toChecksum().toLatin1());
    request.maxBodyBytes = MaxChallengeBytes;
    request.answerTimeout = milliseconds(0);
    const CallContext limited = context.within(m_options.challengeTimeout);
    const HttpResponse response = co_await m_http.send(request, limited);
    if (response.status == 402)
        co_return orThrow(termsFromChallenge(response.body, request.url));
    if (response.status < 200 || response.status >= 300)
        throw runnerRefusal(request.method, request.url, response.status, response.headers, response.body, false);
    co_return PaymentTerms();
}

QCoro::Task<AppAnswer> RunnerClient::pay(RunnerOffer offer, Attempt attempt, TicketSender *sender, HttpRequest request, CallContext context)
{
    const Rational ceiling = orThrow(ceilingFor(*offer.price, attempt.bounds));
    if (!sender)
        throw moneyWanted(offer);
    RunnerPayments::Options options = m_options.payments;
    options.connectTimeout = m_options.connectTimeout;
    const auto payments = std::make_shared<RunnerPayments>(m_http, *sender, offer.app, *offer.price->unit, ceiling, attempt.bounds, attempt.observer, options);
    for (int refreshes = 0;; ++refreshes) {
        const PaymentTerms terms = co_await termsFor(request, sender, context);
        if (terms.manifestId.isEmpty())
            co_return co_await sendUnpaid(offer, request, context);
        std::optional<Error> stale;
        try {
            co_await payments->answer(terms, request.url, context);
        } catch (const Error &error) {
            if (error.kind() != Error::Kind::SignerRefresh)
                throw;
            stale = error;
        }
        if (!stale)
            break;
        if (refreshes >= MaxSignerRefreshes)
            throw refreshLimitReached(*stale);
    }
    headers::set(request.headers, header::PayerAddress, sender->address().toChecksum().toLatin1());
    for (const auto &[name, value] : payments->headers())
        headers::set(request.headers, name, value);
    co_return co_await sendPaid(payments, offer, request, context);
}

QCoro::Task<AppAnswer> RunnerClient::sendPaid(std::shared_ptr<RunnerPayments> payments, RunnerOffer offer, HttpRequest request, CallContext context)
{
    milliseconds wait = m_options.firstWait;
    for (int sends = 1;; ++sends) {
        request.sent = std::make_shared<std::atomic<bool>>(false);
        AppAnswer answer;
        std::optional<Error> failure;
        try {
            answer.stream = co_await m_http.open(request, context);
        } catch (const Error &error) {
            failure = error;
        }
        const bool left = request.sent->load() || sends > 1;
        if (sends == 1)
            co_await payments->settled(left);
        if (failure)
            throw failure->withPaymentSent(left);
        answer.status = answer.stream->status();
        answer.headers = answer.stream->headers();
        answer.url = request.url;
        answer.offer = offer;
        answer.payments = payments;
        if (answer.status >= 200 && answer.status < 300) {
            payments->begin();
            co_return answer;
        }
        const QByteArray body = co_await answer.stream->readAll(MaxErrorBytes);
        if (answer.status == 402)
            throw Error(Error::Kind::Payment, QStringLiteral("%1 were paid for the call, and it was answered with 402 once more: %2")
                                                  .arg(amount::human(payments->sent()), QString::fromUtf8(body.left(300)).trimmed()))
                .withAdvice(QStringLiteral("Nothing further was paid. Use another orchestrator, or ask this one's operator."))
                .withRequest(request.method, request.url).withHttp(402, body).withPaymentSent();
        // Before it looks for a slot, an orchestrator has not taken the tickets: the same ones may be sent to it again (live-runner.md 10.2).
        const bool full = saysOrchestrator(answer.status, answer.headers, body, NoCapacity);
        if (!full || sends == MaxSends)
            throw runnerRefusal(request.method, request.url, answer.status, answer.headers, body, true);
        const Pause pause(jittered(wait), context.cancel);
        const QFuture<void> over = pause.over();
        co_await over;
        context.check();
        wait = std::min(wait * 2, m_options.longestWait);
    }
}

QCoro::Task<AppAnswer> RunnerClient::sendUnpaid(RunnerOffer offer, HttpRequest request, CallContext context)
{
    request.sent = std::make_shared<std::atomic<bool>>(false);
    AppAnswer answer;
    answer.stream = co_await m_http.open(request, context);
    answer.status = answer.stream->status();
    answer.headers = answer.stream->headers();
    answer.url = request.url;
    answer.offer = offer;
    if (answer.status >= 200 && answer.status < 300)
        co_return answer;
    const QByteArray body = co_await answer.stream->readAll(MaxErrorBytes);
    if (answer.status != 402)
        throw runnerRefusal(request.method, request.url, answer.status, answer.headers, body, false);
    const auto terms = termsFromChallenge(body, request.url);
    if (!terms)
        throw Error(terms.error()).withRequest(request.method, request.url).withHttp(402, body);
    throw Error(Error::Kind::Payment, QStringLiteral("%1 is listed without a price, and the orchestrator asks for a payment of %2 wei per unit. Nothing was paid.")
                                          .arg(offer.app).arg(terms->info.price->pricePerUnit))
        .withAdvice(QStringLiteral("What its unit is, only the list says: list the capabilities again, so that the price can be seen before it is paid."))
        .withRequest(request.method, request.url).withHttp(402, body);
}

QCoro::Task<OpenSession> RunnerClient::reserve(QList<QUrl> orchestrators, QString app, PaymentBounds bounds, std::shared_ptr<RunnerObserver> observer, CallContext context)
{
    Attempt attempt;
    attempt.app = app;
    attempt.mode = Mode::Persistent;
    attempt.request.headers = headers::contentType("application/json");
    attempt.request.body = "{}";
    attempt.bounds = std::move(bounds);
    attempt.observer = std::move(observer);
    const AppAnswer answer = co_await tryAll(orchestrators, attempt, context);
    OpenSession open;
    open.offer = answer.offer;
    open.url = answer.url;
    open.payments = answer.payments;
    const QByteArray body = co_await answer.stream->readAll(MaxAnswerBytes);
    const auto session = parseReserved(body, answer.url);
    if (session) {
        open.session = *session;
        co_return open;
    }
    // It runs, and nobody could end it by the answer: its id says where that is done at the server that was asked.
    QString id = answer.payments ? answer.payments->terms().manifestId : QString();
    if (const auto told = SessionAnswer::parse(body); id.isEmpty() && told)
        id = told->sessionId;
    Error wrong = session.error();
    if (!id.isEmpty()) {
        QUrl stop = answer.url;
        stop.setPath(stop.path(QUrl::FullyEncoded) + QLatin1Char('/') + QString::fromLatin1(QUrl::toPercentEncoding(id)) + QLatin1String("/stop"), QUrl::StrictMode);
        const HttpRequest request = requestTo(stop, "POST");
        const CallContext limited = context.within(m_options.challengeTimeout);
        try {
            co_await m_http.send(request, limited);
        } catch (const Error &error) {
            qCInfo(logNet, "A session that could not be used was not ended: %s", qUtf8Printable(error.message()));
        }
    }
    throw wrong.withRequest("POST", answer.url).withPaymentSent(answer.paid());
}

} // namespace sluice::liverunner
