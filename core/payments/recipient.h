#pragma once

#include "sluice/payments/chain_view.h"
#include "sluice/payments/ledger.h"
#include "sluice/payments/payment_codec.h"

#include <functional>

namespace sluice {

/// How a recipient makes ticket parameters.
struct RecipientConfig {
    Address recipient;
    FaceValueTerms terms;
    quint64 validBlocks = 40; ///< expiration block = latest L1 block + this
    std::chrono::seconds idleTime = std::chrono::minutes(10);
};

/// What became of one ticket of a payment.
struct TicketVerdict {
    quint32 senderNonce = 0;
    Hash32 hash;
    Rational expectedValue;
    bool credited = false;
    bool won = false;
    QString error; ///< the text of 2.5, or empty
};

/// What became of a payment. `error` is the text to answer with (HTTP 400), or empty; what was credited stays.
struct PaymentOutcome {
    QString error;
    bool fatal = false; ///< the remaining tickets were not looked at
    Rational credited;
    QList<TicketVerdict> tickets;
    [[nodiscard]] bool ok() const { return error.isEmpty(); }
};

/// The orchestrator's side of tickets: issues parameters, checks payments, keeps the ledger and the winners.
/// Synchronous and thread-safe; throws only Storage. Its lock is taken before the store's: never call it from within a
/// transaction that was begun at the store.
class Recipient {
public:
    /// All references must outlive this object.
    Recipient(RecipientConfig config, RecipientStore &store, const ChainView &chain, const Clock &clock = Clock::system());

    [[nodiscard]] const RecipientConfig &config() const { return m_config; }
    [[nodiscard]] Ledger &ledger() { return m_ledger; }

    /// Fresh parameters for this sender at this price (2.2, 2.3). Payment "insufficient sender reserve". At price 0 face
    /// value and probability are 0 and nothing is checked.
    [[nodiscard]] Expected<TicketParams> issue(const Address &sender, const PriceInfo &price);

    /// The eleven checks of 2.5 in order; credits (sender, balanceId). `price` is what is asked now: a first payment
    /// without tickets on a priced service is refused with "Insufficient balance" (statement 14).
    /// `note` is told of tickets that were looked at, within the transaction that books them: what it writes to the same store
    /// is stored with the money or not at all.
    PaymentOutcome process(const WirePayment &payment, const QString &balanceId, const PriceInfo &price,
        const std::function<void(const PaymentOutcome &)> &note = {});

    /// Winners whose parameters have expired, so that revealing recipientRand gives nothing away any more.
    [[nodiscard]] QList<WinningTicket> redeemable();
    /// Winners that have to wait; their recipientRand is zero here.
    [[nodiscard]] QList<WinningTicket> pending();
    /// Books a redeemed winner out of the sender's deposit, then reserve (payments.md 7); what was paid.
    Wei redeem(const Hash32 &ticketHash);

    /// What the sender's reserve leaves for one ticket: maxFloat of 2.2.
    [[nodiscard]] Wei maxFloat(const Address &sender);

    /// Drops idle balances and the nonces of expired parameters.
    void sweep();

private:
    struct Context;
    [[nodiscard]] ExpirationParams currentExpiration() const;
    [[nodiscard]] U256 recipientRand(const TicketParams &params, const Address &sender, const Rational &price,
                                     const QByteArray &auxData);
    [[nodiscard]] QString checkWhole(const WirePayment &payment) const;
    [[nodiscard]] PaymentOutcome checkTickets(const WirePayment &payment, const QString &balanceId);
    bool checkTicket(const Context &context, const TicketSenderParams &sent, TicketVerdict &verdict);
    [[nodiscard]] QString takeNonce(const Ticket &ticket, const U256 &expirationBlock);

    RecipientConfig m_config;
    RecipientStore *m_store;
    const ChainView *m_chain;
    std::shared_ptr<std::recursive_mutex> m_lock = std::make_shared<std::recursive_mutex>();
    Ledger m_ledger;
    Hash32 m_secret;
};

/// HMAC-SHA256(secret, seed || sender || faceValue || winProb || expirationBlock || price || auxData), integers minimal
/// (payments.md 2.3).
[[nodiscard]] U256 deriveRecipientRand(QByteArrayView secret, const U256 &seed, const Address &sender, const U256 &faceValue,
                                       const U256 &winProb, const U256 &expirationBlock, const Rational &price,
                                       QByteArrayView auxData);

} // namespace sluice
