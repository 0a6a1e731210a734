#include "sluice/payments/recipient.h"

#include "sluice/base/log.h"
#include "sluice/crypto/keccak.h"

#include <botan/mac.h>
#include <botan/system_rng.h>

namespace sluice {

/// What all tickets of one payment share.
struct Recipient::Context {
    const TicketParams &params;
    const ExpirationParams &expiration;
    Address sender;
    Rational expectedValue; ///< of each ticket
    U256 recipientRand;
    U256 latestBlock;
};

namespace {

U256 randomWord()
{
    QByteArray bytes(32, Qt::Uninitialized);
    Botan::system_rng().randomize(reinterpret_cast<uint8_t *>(bytes.data()), 32);
    return *fromMinimalBytes(bytes);
}

} // namespace

U256 deriveRecipientRand(QByteArrayView secret, const U256 &seed, const Address &sender, const U256 &faceValue, const U256 &winProb,
                         const U256 &expirationBlock, const Rational &price, QByteArrayView auxData)
{
    QByteArray message = toMinimalBytes(seed) + sender.toByteArray() + toMinimalBytes(faceValue) + toMinimalBytes(winProb)
        + toMinimalBytes(expirationBlock);
    // A price outside 256 bits cannot come from two int64; one that is negative was refused before.
    message += toMinimalBytes(U256(Wei(numerator(price)))) + toMinimalBytes(U256(Wei(denominator(price))));
    message += auxData;
    const auto mac = Botan::MessageAuthenticationCode::create_or_throw("HMAC(SHA-256)");
    mac->set_key(reinterpret_cast<const uint8_t *>(secret.data()), static_cast<size_t>(secret.size()));
    mac->update(reinterpret_cast<const uint8_t *>(message.constData()), static_cast<size_t>(message.size()));
    Hash32::Bytes out;
    mac->final(out.data());
    return *fromMinimalBytes(Hash32(out).bytes());
}

Recipient::Recipient(RecipientConfig config, RecipientStore &store, const ChainView &chain, const Clock &clock)
    : m_config(std::move(config))
    , m_store(&store)
    , m_chain(&chain)
    , m_ledger(store, clock, m_lock, m_config.idleTime)
    , m_secret(orThrow(Hash32::fromBytes(store.secret())))
{
}

ExpirationParams Recipient::currentExpiration() const
{
    const quint64 round = m_chain->lastInitializedRound();
    const Hash32 hash = m_chain->blockHashForRound(round);
    if (hash.isZero() && round > 0)
        return {static_cast<qint64>(round - 1), m_chain->blockHashForRound(round - 1)};
    return {static_cast<qint64>(round), hash};
}

Wei Recipient::maxFloat(const Address &sender)
{
    const std::scoped_lock lock(*m_lock);
    const SenderFunds funds = m_store->senderFunds(sender).value_or(SenderFunds());
    const Wei allocation = (funds.reserve + funds.claimedInCurrentRound) / std::max<quint64>(1, m_chain->poolSize()) - funds.claimedByRecipient;
    Wei pending = 0;
    for (const WinningTicket &winner : m_store->winners()) {
        if (winner.ticket.sender == sender)
            pending += Wei(winner.ticket.faceValue);
    }
    return pending == 0 || funds.deposit >= 3 * pending ? allocation : Wei(allocation - pending);
}

U256 Recipient::recipientRand(const TicketParams &params, const Address &sender, const Rational &price, const QByteArray &auxData)
{
    return deriveRecipientRand(m_secret.bytes(), params.seed, sender, params.faceValue, params.winProb, params.expirationBlock, price, auxData);
}

Expected<TicketParams> Recipient::issue(const Address &sender, const PriceInfo &price)
{
    const std::scoped_lock lock(*m_lock);
    TicketParams params;
    params.recipient = m_config.recipient;
    if (!price.isFree()) {
        const auto face = faceValueFor(m_config.terms, maxFloat(sender));
        if (!face)
            return unexpected(face.error());
        const auto word = toU256(*face);
        if (!word)
            return unexpected(word.error());
        params.faceValue = *word;
        params.winProb = winProbFor(*word, m_config.terms.ticketEv);
    }
    params.seed = randomWord();
    params.expirationBlock = U256(m_chain->latestL1Block() + m_config.validBlocks);
    params.expirationParams = currentExpiration();
    Ticket ticket;
    ticket.expiration = *params.expirationParams;
    params.recipientRandHash = recipientRandHash(recipientRand(params, sender, price.asRational(), ticket.auxData()));
    return params;
}

QString Recipient::checkWhole(const WirePayment &payment) const
{
    if (!payment.sender)
        return QStringLiteral("Could not find Sender for payment: %1 tickets without sender").arg(payment.tickets.size());
    if (!m_chain->isActive())
        return QStringLiteral("orchestrator %1 is inactive in round %2, cannot process payments")
            .arg(m_config.recipient.toChecksum()).arg(m_chain->lastInitializedRound());
    if (!payment.expectedPrice)
        return QStringLiteral("invalid expected price sent with payment err=\"expected price is nil\"");
    if (payment.expectedPrice->pixelsPerUnit == 0)
        return QStringLiteral("invalid expected price sent with payment err=\"pixels per unit is 0\"");
    if (!payment.expectedPrice->isValid())
        return QStringLiteral("invalid expected price sent with payment err=\"price is negative\"");
    if (!payment.expirationParams)
        return QStringLiteral("invalid payment: expiration_params is missing");
    return {};
}

PaymentOutcome Recipient::process(const WirePayment &payment, const QString &balanceId, const PriceInfo &price,
    const std::function<void(const PaymentOutcome &)> &note)
{
    const std::scoped_lock lock(*m_lock);
    PaymentOutcome outcome;
    if (payment.ticketParams)
        outcome.error = checkWhole(payment);
    if (!outcome.ok())
        return outcome;
    if (!payment.ticketParams || payment.tickets.isEmpty()) {
        const bool known = payment.sender && m_ledger.balance(*payment.sender, balanceId);
        if (!known && !price.isFree())
            outcome.error = QStringLiteral("Insufficient balance");
        return outcome;
    }
    m_store->transaction([&] {
        outcome = checkTickets(payment, balanceId);
        if (note)
            note(outcome);
    });
    return outcome;
}

PaymentOutcome Recipient::checkTickets(const WirePayment &payment, const QString &balanceId)
{
    const TicketParams &params = *payment.ticketParams;
    Ticket shared;
    shared.expiration = *payment.expirationParams;
    const Context context{params, *payment.expirationParams, *payment.sender, params.expectedValue(),
                          recipientRand(params, *payment.sender, payment.expectedPrice->asRational(), shared.auxData()),
                          U256(m_chain->latestL1Block())};
    PaymentOutcome outcome;
    int credited = 0;
    for (const TicketSenderParams &sent : payment.tickets) {
        TicketVerdict verdict;
        outcome.fatal = !checkTicket(context, sent, verdict);
        if (outcome.ok())
            outcome.error = verdict.error;
        if (outcome.fatal)
            outcome.error = verdict.error;
        verdict.credited = outcome.ok();
        credited += verdict.credited ? 1 : 0;
        outcome.tickets.append(verdict);
        if (outcome.fatal)
            break;
    }
    outcome.credited = context.expectedValue * credited;
    if (credited > 0)
        m_ledger.credit(*payment.sender, balanceId, outcome.credited);
    if (m_ledger.balance(*payment.sender, balanceId))
        m_ledger.fixPrice(*payment.sender, balanceId, *payment.expectedPrice);
    return outcome;
}

bool Recipient::checkTicket(const Context &context, const TicketSenderParams &sent, TicketVerdict &verdict)
{
    const Ticket ticket = Ticket::make(context.params, context.expiration, context.sender, sent.senderNonce);
    verdict.senderNonce = sent.senderNonce;
    verdict.hash = ticket.hash();
    verdict.expectedValue = context.expectedValue;
    const SenderFunds funds = m_store->senderFunds(context.sender).value_or(SenderFunds());
    if (funds.unlocksSoon(m_chain->lastInitializedRound()))
        verdict.error = QStringLiteral("deposit and reserve for sender %1 is set to unlock soon").arg(context.sender.toChecksum());
    else if (ticket.recipient != m_config.recipient)
        verdict.error = QStringLiteral("invalid ticket recipient");
    else if (ticket.sender.isZero())
        verdict.error = QStringLiteral("invalid ticket sender");
    else if (recipientRandHash(context.recipientRand) != ticket.recipientRandHash)
        verdict.error = QStringLiteral("invalid recipientRand for ticket recipientRandHash");
    if (!verdict.error.isEmpty())
        return false;

    if (!verify(ticket.sender, verdict.hash.bytes(), sent.signature)) {
        verdict.error = QStringLiteral("invalid ticket signature");
        return true;
    }
    verdict.won = isWinning(sent.signature, context.recipientRand, ticket.winProb);
    if (verdict.won)
        m_store->addWinner({ticket, verdict.hash, *Signature::fromBytes(sent.signature), context.recipientRand, context.params.expirationBlock});
    verdict.error = takeNonce(ticket, context.params.expirationBlock);
    if (verdict.error.isEmpty() && context.params.expirationBlock.value() <= context.latestBlock)
        verdict.error = QStringLiteral("TicketParams expired");
    return true;
}

QString Recipient::takeNonce(const Ticket &ticket, const U256 &expirationBlock)
{
    const NonceState state = m_store->nonceState(ticket.recipientRandHash, ticket.senderNonce);
    const QString who = QStringLiteral("sender=%1 nonce=%2").arg(ticket.sender.toChecksum()).arg(ticket.senderNonce);
    if (state.seen)
        return QStringLiteral("invalid ticket senderNonce: already seen %1").arg(who);
    if (state.distinct >= maxNoncesPerHash)
        return QStringLiteral("invalid ticket senderNonce: too many values %1").arg(who);
    m_store->addNonce(ticket.recipientRandHash, ticket.senderNonce, expirationBlock);
    return {};
}

QList<WinningTicket> Recipient::redeemable()
{
    const std::scoped_lock lock(*m_lock);
    const U256 latest(m_chain->latestL1Block());
    QList<WinningTicket> winners = m_store->winners();
    winners.removeIf([&latest](const WinningTicket &winner) { return winner.expirationBlock > latest; });
    return winners;
}

QList<WinningTicket> Recipient::pending()
{
    const std::scoped_lock lock(*m_lock);
    const U256 latest(m_chain->latestL1Block());
    QList<WinningTicket> winners = m_store->winners();
    winners.removeIf([&latest](const WinningTicket &winner) { return winner.expirationBlock <= latest; });
    for (WinningTicket &winner : winners)
        winner.recipientRand = 0;
    return winners;
}

Wei Recipient::redeem(const Hash32 &ticketHash)
{
    const std::scoped_lock lock(*m_lock);
    const QList<WinningTicket> ready = redeemable();
    const auto winner = std::find_if(ready.begin(), ready.end(), [&](const WinningTicket &w) { return w.hash == ticketHash; });
    if (winner == ready.end())
        return 0;
    Wei paid = 0;
    m_store->transaction([&] {
        SenderFunds funds = m_store->senderFunds(winner->ticket.sender).value_or(SenderFunds());
        const Wei face(winner->ticket.faceValue);
        const Wei fromDeposit = std::min(face, funds.deposit);
        const Wei share = (funds.reserve + funds.claimedInCurrentRound) / std::max<quint64>(1, m_chain->poolSize()) - funds.claimedByRecipient;
        const Wei fromReserve = std::max(Wei(0), std::min({Wei(face - fromDeposit), share, funds.reserve}));
        funds.deposit -= fromDeposit;
        funds.reserve -= fromReserve;
        funds.claimedInCurrentRound += fromReserve;
        funds.claimedByRecipient += fromReserve;
        m_store->setSenderFunds(winner->ticket.sender, funds);
        m_store->removeWinner(ticketHash);
        paid = fromDeposit + fromReserve;
    });
    qCInfo(logPayments) << "Redeemed winning ticket" << ticketHash.toHex() << "for" << toDecimal(paid) << "wei";
    return paid;
}

void Recipient::sweep()
{
    const std::scoped_lock lock(*m_lock);
    m_store->transaction([&] {
        m_ledger.sweep();
        m_store->dropNoncesUntil(U256(m_chain->latestL1Block()));
    });
}

} // namespace sluice
