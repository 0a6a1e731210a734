#pragma once

#include "sluice/payments/sender_funds.h"
#include "sluice/payments/ticket.h"

#include <QtCore/QDateTime>
#include <QtCore/QList>

#include <functional>
#include <optional>

namespace sluice {

/// One purse of the ledger.
struct BalanceEntry {
    Rational balance;
    std::optional<PriceInfo> fixedPrice; ///< frozen by the first payment (payments.md 3.4)
    QDateTime touched;                   ///< UTC, of the last credit or debit
};

/// A ticket that won, with what redeeming it takes.
struct WinningTicket {
    Ticket ticket;
    Hash32 hash;
    Signature signature;
    U256 recipientRand;
    U256 expirationBlock; ///< redeemable once this L1 block has passed
};

/// What the recipient knows about one nonce before it takes it.
struct NonceState {
    bool seen = false;
    quint32 distinct = 0; ///< nonces recorded for that hash so far
};

/// Where an orchestrator keeps its side of the money. Called from any thread, one call at a time; throws Storage.
class RecipientStore {
public:
    virtual ~RecipientStore() = default;

    /// Runs `work` so that all its writes happen or none. Not nested.
    virtual void transaction(const std::function<void()> &work) = 0;

    /// The 32 secret bytes of the recipientRand scheme; made on first use and kept.
    [[nodiscard]] virtual QByteArray secret() = 0;

    [[nodiscard]] virtual std::optional<BalanceEntry> balance(const Address &sender, const QString &balanceId) = 0;
    virtual void setBalance(const Address &sender, const QString &balanceId, const BalanceEntry &entry) = 0;
    virtual void removeBalance(const Address &sender, const QString &balanceId) = 0;
    /// Drops every entry last touched before `time`.
    virtual void dropBalancesBefore(const QDateTime &time) = 0;

    [[nodiscard]] virtual NonceState nonceState(const Hash32 &recipientRandHash, quint32 nonce) = 0;
    virtual void addNonce(const Hash32 &recipientRandHash, quint32 nonce, const U256 &expirationBlock) = 0;
    /// Drops the nonces whose parameters expired at or before that L1 block.
    virtual void dropNoncesUntil(const U256 &l1Block) = 0;

    /// Adding the same ticket twice keeps one.
    virtual void addWinner(const WinningTicket &winner) = 0;
    [[nodiscard]] virtual QList<WinningTicket> winners() = 0;
    /// The ticket was redeemed: it leaves winners(), and adding it again does nothing from now on.
    virtual void removeWinner(const Hash32 &ticketHash) = 0;

    /// Nothing when the sender never funded anything.
    [[nodiscard]] virtual std::optional<SenderFunds> senderFunds(const Address &sender) = 0;
    virtual void setSenderFunds(const Address &sender, const SenderFunds &funds) = 0;
};

} // namespace sluice
