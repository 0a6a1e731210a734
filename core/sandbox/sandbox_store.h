#pragma once

#include "sluice/byoc/orchestrator_journal.h"
#include "sluice/payments/recipient_store.h"
#include "sluice/store/database.h"

#include <functional>
#include <memory>
#include <mutex>

namespace sluice {

/// The sandbox's side of the money in its SQLite file: balances, nonces, winners, senders' funds and the journal of tickets,
/// beside the keys and constants that make it the same network after a restart.
///
/// Whatever happens inside transaction() is committed as one, so that a process killed at any moment leaves a nonce
/// recorded exactly when its credit is. Thread-safe; throws Storage.
class SandboxStore final : public RecipientStore, public byoc::TicketJournal {
public:
    /// Throws Storage.
    explicit SandboxStore(std::shared_ptr<Database> database);
    static Schema schema();
    /// Of all that a sandbox's state file holds, its services' tables among them: what whoever opens it must know.
    [[nodiscard]] static QList<Schema> schemasOfFile();

    /// A constant of this network, made by `make` the first time (keys, certificate, the chain's origin).
    [[nodiscard]] QByteArray constant(const QString &name, const std::function<QByteArray()> &make);

    /// Joins a transaction that is open already on this thread.
    void transaction(const std::function<void()> &work) override;

    [[nodiscard]] QByteArray secret() override;
    [[nodiscard]] std::optional<BalanceEntry> balance(const Address &sender, const QString &balanceId) override;
    void setBalance(const Address &sender, const QString &balanceId, const BalanceEntry &entry) override;
    void removeBalance(const Address &sender, const QString &balanceId) override;
    void dropBalancesBefore(const QDateTime &time) override;
    [[nodiscard]] NonceState nonceState(const Hash32 &recipientRandHash, quint32 nonce) override;
    void addNonce(const Hash32 &recipientRandHash, quint32 nonce, const U256 &expirationBlock) override;
    void dropNoncesUntil(const U256 &l1Block) override;
    /// A ticket that was redeemed once stays redeemed: on a chain it would be "used".
    void addWinner(const WinningTicket &winner) override;
    [[nodiscard]] QList<WinningTicket> winners() override;
    void removeWinner(const Hash32 &ticketHash) override;
    [[nodiscard]] std::optional<SenderFunds> senderFunds(const Address &sender) override;
    void setSenderFunds(const Address &sender, const SenderFunds &funds) override;

    void record(const WirePayment &payment, const PaymentOutcome &outcome) override;
    [[nodiscard]] QList<byoc::TicketOutcome> outcomes(const Address &sender, quint64 latestBlock, int limit) override;
    /// Forgets journal entries whose parameters expired at or before that block.
    void dropJournalUntil(quint64 l1Block);

    /// For reports: how many tickets were taken and how many of them won.
    struct Totals {
        qint64 tickets = 0;
        qint64 won = 0;
        qint64 redeemed = 0;
    };
    [[nodiscard]] Totals totals();

private:
    class Session;
    template <typename F> auto run(F job);

    std::shared_ptr<Database> m_database;
    QByteArray m_secret;
    std::recursive_mutex m_mutex;
    Session *m_session = nullptr; ///< the open transaction, guarded by m_mutex
};

} // namespace sluice
