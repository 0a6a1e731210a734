#include "sluice/livepeer/remote_signer.h"

#include "sluice/base/bytes.h"
#include "sluice/base/log.h"
#include "sluice/crypto/keccak.h"
#include "sluice/livepeer/messages.h"
#include "sluice/payments/amount.h"
#include "sluice/payments/signed_messages.h"
#include "sluice/payments/ticket_counts.h"

#include <QtCore/QUuid>

#include <limits>

namespace sluice::livepeer {

namespace {

/// Tickets that a signer signs in one call (payments.md 4.3).
constexpr int MaxTicketsPerCall = 100;

Error lied(const QString &what)
{
    return Error(Error::Kind::Signer, QStringLiteral("The signer signed something else than it was asked for: %1. Nothing was sent.").arg(what))
        .withAdvice(QStringLiteral("Do not use this signer until its operator has explained that."));
}

/// The seconds' or pixels' worth of a fee, rounded down or up.
Wei unitsFor(const Rational &wei, const PriceInfo &price, bool up)
{
    const Rational units = wei / price.asRational();
    return up ? ceilOf(units) : floorOf(units);
}

bool sameParams(TicketParams a, TicketParams b)
{
    a.expirationParams.reset();
    b.expirationParams.reset();
    return a == b;
}

/// What the price of a type is for, as ceilings name it (live-runner.md 4).
QString unitOf(const QString &type)
{
    if (type == QLatin1String("live"))
        return QStringLiteral("seconds");
    return type == QLatin1String("fixed") ? type : QStringLiteral("720p-pixel-seconds");
}

/// A price as JSON writes it, not below what it is: one that is reached must pass.
Rational writable(const Rational &price)
{
    const Wei places("1000000000000000000");
    return Rational(ceilOf(price * places), places);
}

} // namespace

Error signerRefusal(const QString &what, const QUrl &url, int status, const QByteArray &body, bool keySent)
{
    using Kind = Error::Kind;
    const QString said = signerErrorText(body);
    const QString answer = QStringLiteral("%1: the signer answered %2: %3").arg(what).arg(status).arg(said.isEmpty() ? QStringLiteral("no reason given.") : said);
    Error error(Kind::Signer, answer);
    switch (status) {
    case signer_status::Refresh:
        error = Error(Kind::SignerRefresh, answer);
        error.withAdvice(QStringLiteral("The orchestrator's terms are used up; new ones are asked for."));
        break;
    case signer_status::PriceExceeded:
        error = Error(Kind::PriceExceeded, answer);
        error.withAdvice(QStringLiteral("Use another orchestrator, or have the signer's operator raise its highest price."));
        break;
    case signer_status::NothingDue: error = Error(Kind::SkipPayment, answer); break;
    case signer_status::BudgetSpent:
        error = Error(Kind::InsufficientBalance, answer);
        error.withAdvice(QStringLiteral("Top up the account at the signer's operator, or ask for a larger budget there."));
        break;
    case 401:
        error.withAdvice(!keySent ? QStringLiteral("It signs only for those that it knows, and no key was sent: set the signer's key in the profile, or LIVEPEER_SIGNER_AUTH=\"Bearer KEY\" in the environment of sluicectl.")
                                  : QStringLiteral("It does not know the key that was sent: set the signer's key in the profile, sign in at its clearinghouse again, or ask its operator for a new one."));
        break;
    case 403: error.withAdvice(QStringLiteral("It knows the key and does not allow this with it: ask its operator for the scope to sign jobs.")); break;
    case 404: error.withAdvice(QStringLiteral("This signer cannot do that; go-livepeer's signs no BYOC jobs. Check its address, or use another signer or a key of your own.")); break;
    case 503: error.withAdvice(QStringLiteral("Its billing is out of order for now: try again later, or use another signer.")); break;
    default:
        error.withAdvice(status >= 500 ? QStringLiteral("The signer failed: try again, or use another one.")
                                       : QStringLiteral("Start the job again; if it stays, the signer and this program do not understand each other."));
        break;
    }
    return error.withRequest("POST", url).withHttp(status, body);
}

Expected<SignerTickets> checkedPayment(const SignerPayment &answer, const SignerOrder &order, const Address &sender, quint32 after)
{
    const auto payment = parsePaymentHeader(answer.payment);
    if (!payment)
        return unexpected(lied(QStringLiteral("its payment is none (%1)").arg(payment.error().message())));
    if (!payment->ticketParams || payment->ticketParams->recipient != order.params.recipient)
        return unexpected(lied(QStringLiteral("the tickets are for another recipient")));
    if (!sameParams(*payment->ticketParams, order.params))
        return unexpected(lied(QStringLiteral("the tickets have other parameters, e.g. another value or probability")));
    if (payment->sender != sender)
        return unexpected(lied(QStringLiteral("the payment is another account's")));
    if (!payment->expectedPrice || !payment->expectedPrice->isValid() || payment->expectedPrice->asRational() != order.price.asRational())
        return unexpected(lied(QStringLiteral("the payment names another price")));
    const ExpirationParams expiration = order.params.expirationParams.value_or(ExpirationParams());
    if (!payment->expirationParams || *payment->expirationParams != expiration)
        return unexpected(lied(QStringLiteral("the payment names another round")));
    if (payment->tickets.isEmpty())
        return unexpected(lied(QStringLiteral("the payment has no tickets")));
    SignerTickets result;
    result.payment = answer.payment;
    result.segment = answer.segment;
    const Rational ev = order.params.expectedValue();
    for (const TicketSenderParams &one : payment->tickets) {
        if (one.senderNonce <= after || one.senderNonce > maxNoncesPerHash)
            return unexpected(lied(QStringLiteral("the ticket number %1 was used before, or is beyond %2").arg(one.senderNonce).arg(maxNoncesPerHash)));
        after = one.senderNonce;
        SentTicket ticket;
        ticket.ticket = Ticket::make(order.params, expiration, sender, one.senderNonce);
        ticket.hash = ticket.ticket.hash();
        ticket.expectedValue = ev;
        if (!verify(sender, ticket.hash.bytes(), one.signature))
            return unexpected(lied(QStringLiteral("a ticket's signature is not its account's")));
        ticket.signature = orThrow(Signature::fromBytes(one.signature));
        result.tickets.append(ticket);
    }
    return result;
}

namespace {

/// The credentials beside a payment: over the job that was meant, with the orchestrator's own token.
Expected<void> checkSegment(const SignerPayment &answer, const SignerOrder &order, const Address &sender)
{
    const auto decoded = bytes::fromBase64(answer.segment);
    const auto segment = decoded ? decodeSegment(*decoded) : Expected<SegmentCredentials>(unexpected(decoded.error()));
    if (!segment)
        return unexpected(lied(QStringLiteral("its credentials are none (%1)").arg(segment.error().message())));
    const auto info = decodeInfo(order.terms.terms);
    if (!order.terms.manifestId.isEmpty() && segment->manifestId != order.terms.manifestId.toUtf8())
        return unexpected(lied(QStringLiteral("the credentials are for another job")));
    if (!info || segment->authToken != info->authToken)
        return unexpected(lied(QStringLiteral("the credentials hold another token")));
    const auto message = segment->signingBytes();
    if (!message || !verifyHashed(sender, *message, segment->signature))
        return unexpected(lied(QStringLiteral("the credentials are not signed by the account that pays")));
    return {};
}

} // namespace

RemoteSigner::RemoteSigner(HttpClient &http, Options options)
    : m_http(http)
    , m_options(std::move(options))
{
}

Error RemoteSigner::unreachable(const Error &error, const QUrl &url) const
{
    return Error(Error::Kind::Signer, QStringLiteral("The signer at %1 could not be asked: %2").arg(m_options.origin.toString(), error.message()))
        .withAdvice(QStringLiteral("Check the signer's address in the profile and that it runs; a signer on this machine needs http:// before its address."))
        .withRequest("POST", url);
}

QCoro::Task<HttpResponse> RemoteSigner::post(const char *route, QByteArray body, CallContext context)
{
    Secret authorization;
    if (m_options.login)
        authorization = co_await m_options.login->authorization(context);
    HttpResponse response = co_await postAs(authorization, route, body, context);
    if (response.status != 401 || !m_options.login)
        co_return response;
    const bool another = co_await m_options.login->renew(authorization, context);
    if (!another)
        co_return response;
    authorization = co_await m_options.login->authorization(context);
    co_return co_await postAs(authorization, route, body, context);
}

QCoro::Task<HttpResponse> RemoteSigner::postAs(Secret authorization, const char *route, QByteArray body, CallContext context)
{
    context.check();
    HttpRequest request;
    request.method = "POST";
    request.url = m_options.origin;
    request.url.setPath(QString::fromLatin1(route));
    request.headers = headers::contentType("application/json");
    for (const auto &[name, value] : m_options.headers) {
        if (authorization.isEmpty() || name.compare("Authorization", Qt::CaseInsensitive) != 0)
            request.headers.emplaceBack(name, value.expose().toByteArray());
    }
    if (!authorization.isEmpty())
        request.headers.emplaceBack("Authorization", authorization.expose().toByteArray());
    request.body = std::move(body);
    request.trust = TrustPolicy::SystemCas;
    request.connectTimeout = m_options.connectTimeout;
    request.maxBodyBytes = MaxSignerAnswerBytes;
    auto step = context.trace->begin(QStringLiteral("signer"), QString::fromLatin1(route));
    const CallContext limited = context.within(m_options.timeout);
    const QUrl url = request.url;
    std::optional<Error> failure;
    HttpResponse response;
    try {
        response = co_await m_http.send(request, limited);
    } catch (const Error &error) {
        failure = error;
    }
    if (failure) {
        step.fail();
        context.check(); // its own end says why, not the signer
        throw unreachable(*failure, url);
    }
    co_return response;
}

QCoro::Task<void> RemoteSigner::ready(CallContext context)
{
    if (!m_address.isZero())
        co_return;
    const QByteArray nothing("{}");
    const HttpResponse response = co_await post(signer_route::Address, nothing, context);
    QUrl url = m_options.origin;
    url.setPath(QString::fromLatin1(signer_route::Address));
    if (response.status != 200)
        throw signerRefusal(QStringLiteral("Its account was asked for"), url, response.status, response.body, sendsKey());
    const auto answer = SignedBy::parse(response.body, QStringLiteral("address"));
    const auto address = answer ? Address::fromHex(answer->account) : Expected<Address>(unexpected(answer.error()));
    const auto signature = answer ? Signature::fromHex(answer->signature.toLatin1()) : Expected<Signature>(unexpected(answer.error()));
    if (!address || !signature || !verifyHashed(*address, signed_messages::orchestratorRequest(*address), signature->bytes()))
        throw Error(Error::Kind::Signer, QStringLiteral("The signer at %1 names no account that it can sign for.").arg(m_options.origin.toString()))
            .withAdvice(QStringLiteral("Check the signer's address: this may be another kind of server.")).withRequest("POST", url).withHttp(response.status, response.body);
    m_addressSignature = *signature;
    m_address = *address;
}

QCoro::Task<Signature> RemoteSigner::signHash(Hash32)
{
    throw Error(Error::Kind::Signer, QStringLiteral("A remote signer signs payments and jobs, no bare hashes."));
    co_return Signature();
}

QCoro::Task<Signature> RemoteSigner::signAddress(CallContext context)
{
    co_await ready(context);
    co_return std::as_const(m_addressSignature);
}

bool RemoteSigner::countsItself(const SignerOrder &order) const
{
    const auto chain = m_chains.find(order.terms.chain);
    return !order.terms.type.isEmpty() && (chain == m_chains.end() || !chain->second.byUnits);
}

SignerPlan RemoteSigner::plan(const SignerOrder &order) const
{
    SignerPlan plan;
    if (countsItself(order)) {
        plan.steps.append({0, std::min(order.most, MaxTicketsPerCall)});
        return plan;
    }
    const auto chain = m_chains.find(order.terms.chain);
    const bool continues = chain != m_chains.end() && chain->second.state;
    const PriceInfo initial = continues ? chain->second.initial : order.price;
    Rational balance = continues ? chain->second.balance : Rational(0);
    const Rational ev = order.params.expectedValue();
    Rational missing = order.needed;
    int left = order.most;
    while (missing > 0 && left > 0) {
        // What the signer will count for so many units, by the formula that it follows itself (payments.md 3.2).
        const auto ticketsFor = [&](const Wei &units) { return ticketsNeeded(balance, initial.fee(units), ev).count; };
        const int room = std::min(left, MaxTicketsPerCall);
        Wei units = unitsFor(balance + missing, initial, true);
        if (ticketsFor(units) > room)
            units = unitsFor(balance + ev * room, initial, false);
        const Wei count = units < 1 ? Wei(0) : ticketsFor(units);
        if (count < 1 || count > room || units > std::numeric_limits<qint64>::max())
            break;
        plan.steps.append({static_cast<qint64>(units), static_cast<int>(count)});
        balance += ev * count - initial.fee(units);
        missing -= ev * count;
        left -= static_cast<int>(count);
    }
    if (plan.steps.isEmpty())
        throw Error(Error::Kind::Payment, QStringLiteral("The orchestrator's tickets of %1 are too small for its price: a signer signs %2 of them at once, and one unit costs more.")
                                              .arg(amount::human(ev)).arg(MaxTicketsPerCall))
            .withAdvice(QStringLiteral("Use another orchestrator, or a key of your own."));
    return plan;
}

QCoro::Task<SignerTickets> RemoteSigner::step(SignerOrder order, SignerPlan::Step step, CallContext context)
{
    const bool itself = countsItself(order);
    Chain chain = m_chains[order.terms.chain]; // its own: others may come and go while the signer is asked
    if (chain.lied)
        throw Error(Error::Kind::Payment, QStringLiteral("The signer at %1 signed something else than it was asked for, so it is asked for nothing further in this call.").arg(m_options.origin.toString()))
            .withAdvice(QStringLiteral("Start again with another signer."));
    SignerPaymentRequest request;
    request.orchestrator = order.terms.terms;
    request.app = order.terms.app;
    request.capabilities = order.terms.capabilities;
    request.manifestId = order.terms.manifestId;
    request.state = chain.state;
    if (request.manifestId.isEmpty()) {
        if (chain.manifestId.isEmpty())
            chain.manifestId = QUuid::createUuid().toString(QUuid::Id128);
        request.manifestId = chain.manifestId;
    }
    if (itself) {
        request.type = order.terms.type;
        if (order.terms.maxPrice)
            request.maxPrice = PriceCeiling{writable(*order.terms.maxPrice), unitOf(order.terms.type)};
    } else {
        request.inPixels = step.units;
    }
    order.terms.manifestId = request.manifestId;
    const QString name = order.terms.chain;
    // From here on the signer may have gone on with the chain although its answer is lost.
    const auto lost = [this, name, type = order.terms.type](bool lied = false) {
        Chain broken;
        broken.lied = lied;
        broken.byUnits = !type.isEmpty();
        m_chains.insert_or_assign(name, broken);
    };
    QUrl url = m_options.origin;
    url.setPath(QString::fromLatin1(signer_route::Payment));
    HttpResponse response;
    std::optional<Error> failure;
    const QByteArray body = request.toJson().dump();
    try {
        response = co_await post(signer_route::Payment, body, context);
    } catch (const Error &error) {
        failure = error;
    }
    if (failure) {
        lost();
        throw *failure;
    }
    if (response.status == signer_status::NothingDue)
        co_return SignerTickets();
    if (response.status != 200) {
        if (response.status == 400)
            lost(); // what the page says of a state that is refused: a new chain
        throw signerRefusal(QStringLiteral("No payment was signed"), url, response.status, response.body, sendsKey());
    }
    const auto answer = SignerPayment::parse(response.body);
    const quint32 after = chain.session == order.params.recipientRandHash ? chain.lastNonce : 0;
    Expected<SignerTickets> tickets = unexpected(Error());
    if (answer)
        tickets = checkedPayment(*answer, order, m_address, after);
    else
        tickets = unexpected(answer.error());
    const auto credentials = answer ? checkSegment(*answer, order, m_address) : Expected<void>();
    std::optional<Error> wrong;
    if (!tickets)
        wrong = tickets.error();
    else if (!credentials)
        wrong = credentials.error();
    else if (tickets->tickets.size() > step.tickets)
        wrong = lied(QStringLiteral("%1 tickets instead of %2").arg(tickets->tickets.size()).arg(step.tickets));
    if (wrong) {
        lost(true);
        Error error(Error::Kind::Signer, wrong->message());
        throw error.withAdvice(wrong->advice()).withRequest("POST", url);
    }
    if (!chain.state)
        chain.initial = order.price;
    chain.state = answer->state;
    chain.session = order.params.recipientRandHash;
    chain.lastNonce = tickets->tickets.last().ticket.senderNonce;
    chain.balance += order.params.expectedValue() * int(tickets->tickets.size()) - chain.initial.fee(Wei(step.units));
    m_chains.insert_or_assign(name, chain);
    co_return *tickets;
}

QCoro::Task<SignerTickets> RemoteSigner::pay(SignerOrder order, SignerPlan plan, CallContext context)
{
    co_await ready(context);
    SignerTickets all;
    WirePayment together;
    for (const SignerPlan::Step &one : std::as_const(plan.steps)) {
        SignerTickets more = co_await step(order, one, context);
        if (more.tickets.isEmpty())
            break;
        const WirePayment payment = orThrow(parsePaymentHeader(more.payment));
        if (all.tickets.isEmpty()) {
            all = more;
            together = payment;
            continue;
        }
        // One header for all: the tickets share their parameters.
        together.tickets += payment.tickets;
        all.tickets += more.tickets;
        all.segment = more.segment;
        all.payment = paymentHeader(together);
    }
    co_return all;
}

QCoro::Task<QString> RemoteSigner::signJob(SignableJob job, bool v1, CallContext context)
{
    co_await ready(context);
    SignerJobRequest request;
    request.request = job.request;
    request.parameters = job.parameters;
    if (v1) {
        request.id = job.id;
        request.capability = job.capability;
        request.timeoutSeconds = job.timeoutSeconds;
    }
    QUrl url = m_options.origin;
    url.setPath(QString::fromLatin1(signer_route::Job));
    const QByteArray body = request.toJson().dump();
    const HttpResponse response = co_await post(signer_route::Job, body, context);
    if (response.status != 200)
        throw signerRefusal(QStringLiteral("The job was not signed"), url, response.status, response.body, sendsKey());
    const auto answer = SignedBy::parse(response.body, QStringLiteral("sender"));
    if (!answer)
        throw Error(Error::Kind::Signer, answer.error().message()).withRequest("POST", url);
    QByteArray message = signed_messages::byocLegacy(job.request, job.parameters);
    if (v1)
        message = signed_messages::byocV1(job.id, job.capability, job.request, job.parameters, quint32(job.timeoutSeconds));
    const auto account = Address::fromHex(answer->account);
    const auto signature = Signature::fromHex(answer->signature.toLatin1());
    if (!account || *account != m_address || !signature || !verifyHashed(m_address, message, signature->bytes()))
        throw lied(QStringLiteral("the job's signature is not its account's, or covers another job")).withRequest("POST", url);
    co_return signature->toHex();
}

} // namespace sluice::livepeer
