#include "orchestrator_cashier_p.h"

#include "sluice/base/bytes.h"
#include "sluice/base/log.h"
#include "sluice/livepeer/messages.h"
#include "sluice/livepeer/segment_check.h"
#include "sluice/payments/payment_codec.h"

namespace sluice::liverunner {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int ManifestBytes = 16;

/// What a token is good for: this app, at this price.
QByteArray boundTo(const Runner &runner, PriceUnit unit, const PriceInfo &price)
{
    return runner.id.toUtf8() + '\n' + unitText(unit).toUtf8() + '\n' + QByteArray::number(price.pricePerUnit) + '/'
        + QByteArray::number(price.pixelsPerUnit);
}

Unexpected<Refusal> refusedAsJson(int status, const QByteArray &text)
{
    return unexpected(Refusal{status, text, true});
}

std::optional<Address> payerIn(const QString &text)
{
    const auto address = Address::fromHex(text.startsWith(QLatin1String("0x")) ? text : QStringLiteral("0x") + text);
    if (!address || address->isZero())
        return std::nullopt;
    return *address;
}

Wei unitsOf(PriceUnit unit, std::chrono::seconds time)
{
    return Wei(time.count()) * (unit == PriceUnit::PixelSeconds ? PixelUnitsPerSecond : 1);
}

} // namespace

Cashier::Cashier(SharedContext context, std::shared_ptr<Book> book)
    : m_context(std::move(context))
    , m_book(std::move(book))
{
}

bool Cashier::isUnpaid(const Headers &fields)
{
    return headers::value(fields, header::Payment).isEmpty() && headers::value(fields, header::Segment).isEmpty();
}

Expected<livepeer::OrchestratorInfo, Refusal> Cashier::info(
    const Runner &runner, const Address &payer, const QString &manifest, const Terms &terms) const
{
    const auto params = m_context->recipient.issue(payer, terms.price);
    if (!params)
        return refused(500, params.error().message().toUtf8());
    livepeer::OrchestratorInfo info;
    info.transcoder = m_context->service();
    info.ticketParams = *params;
    info.price = terms.price;
    info.address = m_context->recipient.config().recipient;
    info.authToken = m_context->tokens.make(payer, manifest, boundTo(runner, terms.unit, terms.price));
    return info;
}

Expected<Challenge, Refusal> Cashier::challenge(const Runner &runner, const Headers &fields) const
{
    const auto payer = payerIn(QString::fromLatin1(headers::value(fields, header::PayerAddress)).trimmed());
    if (!payer)
        return refusedAsJson(402, "invalid live runner payment signer address");
    const QString manifest = livepeer::randomHex(ManifestBytes);
    const auto terms = info(runner, *payer, manifest, *runner.terms);
    if (!terms)
        return unexpected(terms.error());
    Challenge challenge;
    challenge.paymentParams = bytes::toBase64(livepeer::encodeInfo(*terms));
    challenge.orchestrator = m_context->service();
    challenge.manifestId = manifest;
    challenge.paymentUrl
        = QStringLiteral("%1/apps/%2/session/%3/payment").arg(m_context->service(), inPath(runner.route), inPath(manifest));
    return challenge;
}

Expected<PaidRequest, Refusal> Cashier::verified(const Headers &fields) const
{
    const QByteArray value = headers::value(fields, header::Payment);
    const auto raw = value.size() > 2 * maxPaymentBytes ? unexpected(Error(Error::Kind::TooLarge, QStringLiteral("it is too large")))
                                                        : bytes::fromBase64(value);
    if (!raw)
        return refused(402, "base64 decode error: " + raw.error().message().toUtf8());
    const auto payment = decodePayment(*raw);
    if (!payment)
        return refused(402, "protobuf unmarshal error: " + payment.error().message().toUtf8());
    const auto credentials = livepeer::readSegmentHeader(headers::value(fields, header::Segment));
    if (!credentials)
        return refused(403, credentials.error());
    if (!payment->sender)
        return refused(403, "ErrSegSig");
    if (const auto why = livepeer::whySegmentRefused(*credentials, *payment->sender, true))
        return refused(403, *why);
    if (!credentials->authToken)
        return refused(403, "missing auth token");
    return PaidRequest{*payment, *payment->sender, *credentials};
}

/// Ours beyond live-runner.md 10.2: a challenge is good for its app and its price alone, and at least one ticket comes with it.
Expected<void, Refusal> Cashier::checkPrice(const Runner &runner, const PaidRequest &paid) const
{
    const auto why = [&](const PriceInfo &price) {
        return m_context->tokens.whyRefused(paid.credentials.authToken, paid.sender, boundTo(runner, runner.terms->unit, price));
    };
    const PriceInfo &current = runner.terms->price;
    const PriceInfo expected = paid.payment.expectedPrice.value_or(PriceInfo());
    const auto ofExpected = why(expected);
    const auto ofCurrent = why(current);
    if (ofExpected && ofCurrent)
        return refused(403, *ofExpected == "expired auth token" ? *ofExpected : *ofCurrent);
    if (paid.manifest() != paid.credentials.authToken->sessionId)
        return refused(403, "mismatched manifest and auth token");
    const bool isFixed = runner.terms->unit == PriceUnit::Fixed;
    const bool isCurrent = expected.pricePerUnit == current.pricePerUnit && expected.pixelsPerUnit == current.pixelsPerUnit;
    if (ofExpected || expected.pixelsPerUnit != 1 || (isFixed && !isCurrent))
        return refused(400, "payment price does not match live runner price");
    if (!paid.payment.ticketParams || paid.payment.tickets.isEmpty())
        return refused(400, "the payment has no tickets");
    return {};
}

Expected<void, Refusal> Cashier::credit(const PaidRequest &paid, const Session &session)
{
    const PaymentOutcome outcome = m_context->recipient.process(paid.payment, session.id, session.terms.price, [&](const PaymentOutcome &taken) {
        if (m_context->options.note)
            m_context->options.note(paid.payment, taken);
    });
    if (!outcome.ok())
        return refused(400, outcome.error.toUtf8());
    return {};
}

Expected<std::shared_ptr<Session>, Refusal> Cashier::reserve(const std::shared_ptr<Runner> &runner, const Headers &fields)
{
    const auto paid = verified(fields);
    if (!paid)
        return unexpected(paid.error());
    if (const auto fits = checkPrice(*runner, *paid); !fits)
        return unexpected(fits.error());
    const auto reserved = m_book->reserve(runner, paid->manifest());
    if (!reserved)
        return unexpected(reserved.error());
    const std::shared_ptr<Session> session = *reserved;
    session->payer = paid->sender;
    session->terms = *runner->terms;
    session->terms.price = *paid->payment.expectedPrice;
    session->terms.price.capability = 0;
    session->terms.price.constraint.clear();
    Expected<void, Refusal> taken = credit(*paid, *session);
    if (taken && session->terms.unit == PriceUnit::Fixed) {
        const auto left = m_context->recipient.ledger().accountUnits(paid->sender, session->id, session->terms.price.fee(1));
        if (!left)
            taken = refused(400, left.error().message().toUtf8());
    }
    if (!taken) {
        m_book->end(session, End::Released);
        return unexpected(taken.error());
    }
    if (session->terms.unit != PriceUnit::Fixed) {
        session->billedTo = Clock::now();
        billLater(session);
    }
    return session;
}

void Cashier::billLater(const std::shared_ptr<Session> &session)
{
    session->billing.arm(m_context->options.debitInterval, [weak = weak_from_this(), weakSession = std::weak_ptr(session)] {
        const auto self = weak.lock();
        const auto alive = weakSession.lock();
        if (self && alive && !alive->ended)
            self->bill(alive);
    });
}

/// Whole seconds; the rest is carried over. While the app cannot be used, nothing is owed.
void Cashier::bill(const std::shared_ptr<Session> &session)
{
    const auto runner = session->runner.lock();
    const auto elapsed = std::chrono::floor<std::chrono::seconds>(Clock::now() - session->billedTo);
    session->billedTo += elapsed;
    if (runner && m_book->isUsable(*runner) && elapsed.count() > 0) {
        const Rational fee = session->terms.price.fee(unitsOf(session->terms.unit, elapsed));
        bool covered = false;
        try {
            covered = bool(m_context->recipient.ledger().accountUnits(*session->payer, session->id, fee));
        } catch (const Error &error) {
            // A session that can no longer be charged for ends.
            qCWarning(logLiveRunner, "debit: %s", qUtf8Printable(error.describe()));
        }
        if (!covered) {
            m_book->end(session, End::Unpaid);
            return;
        }
    }
    billLater(session);
}

Expected<QByteArray, Refusal> Cashier::topUp(const Runner &runner, const std::shared_ptr<Session> &session, const Headers &fields)
{
    if (!session->payer || session->terms.unit == PriceUnit::Fixed)
        return refused(409, "fixed-price live runner sessions do not accept follow-up payments");
    const auto paid = verified(fields);
    if (!paid)
        return unexpected(paid.error());
    if (paid->manifest() != session->id)
        return refused(403, "mismatched session and payment manifest");
    if (paid->sender != *session->payer)
        return refused(403, "ErrSegSig");
    const QByteArray bound = boundTo(runner, session->terms.unit, session->terms.price);
    if (const auto why = m_context->tokens.whyRefused(paid->credentials.authToken, paid->sender, bound))
        return refused(403, *why);
    if (paid->credentials.authToken->sessionId != session->id)
        return refused(403, "mismatched manifest and auth token");
    const auto terms = info(runner, paid->sender, session->id, session->terms);
    if (!terms)
        return unexpected(terms.error());
    if (const auto taken = credit(*paid, *session); !taken)
        return unexpected(taken.error());
    return livepeer::encodePaymentResult(*terms);
}

Expected<Challenge, Refusal> Cashier::refresh(const RefreshRequest &request) const
{
    const auto sender = payerIn(request.sender);
    if (!sender)
        return refusedAsJson(400, "invalid sender");
    if (request.manifestId.isEmpty())
        return refusedAsJson(400, "missing manifest_id");
    const auto session = m_book->session(request.manifestId);
    const auto runner = session ? session->runner.lock() : nullptr;
    const auto price = m_context->recipient.ledger().fixedPrice(*sender, request.manifestId);
    if (!runner || session->payer != sender || !price)
        return refusedAsJson(409, "fixed price not found for session");
    const auto terms = info(*runner, *sender, session->id, session->terms);
    if (!terms) {
        qCWarning(logLiveRunner, "refresh: %s", terms.error().text.constData());
        return refusedAsJson(500, "internal server error");
    }
    Challenge challenge;
    challenge.paymentParams = bytes::toBase64(livepeer::encodeInfo(*terms));
    challenge.orchestrator = m_context->service();
    challenge.manifestId = session->id;
    challenge.paymentUrl = m_context->service() + QStringLiteral("/payment");
    return challenge;
}

} // namespace sluice::liverunner
