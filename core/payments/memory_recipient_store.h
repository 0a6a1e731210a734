#pragma once

#include "sluice/payments/recipient_store.h"

#include <QtCore/QHash>
#include <QtCore/QMap>
#include <QtCore/QSet>

namespace sluice {

/// A recipient's store for this run only. transaction() does not roll back: nothing here can fail half-way.
class MemoryRecipientStore final : public RecipientStore {
public:
    MemoryRecipientStore();
    void transaction(const std::function<void()> &work) override { work(); }
    [[nodiscard]] QByteArray secret() override { return m_secret; }
    [[nodiscard]] std::optional<BalanceEntry> balance(const Address &sender, const QString &balanceId) override;
    void setBalance(const Address &sender, const QString &balanceId, const BalanceEntry &entry) override;
    void removeBalance(const Address &sender, const QString &balanceId) override;
    void dropBalancesBefore(const QDateTime &time) override;
    [[nodiscard]] NonceState nonceState(const Hash32 &recipientRandHash, quint32 nonce) override;
    void addNonce(const Hash32 &recipientRandHash, quint32 nonce, const U256 &expirationBlock) override;
    void dropNoncesUntil(const U256 &l1Block) override;
    void addWinner(const WinningTicket &winner) override;
    [[nodiscard]] QList<WinningTicket> winners() override { return m_winners.values(); }
    void removeWinner(const Hash32 &ticketHash) override;
    [[nodiscard]] std::optional<SenderFunds> senderFunds(const Address &sender) override;
    void setSenderFunds(const Address &sender, const SenderFunds &funds) override;

private:
    struct Nonces {
        QSet<quint32> seen;
        U256 expirationBlock;
    };
    QByteArray m_secret;
    QMap<std::pair<Address, QString>, BalanceEntry> m_balances;
    QHash<Hash32, Nonces> m_nonces;
    QMap<Hash32, WinningTicket> m_winners;
    QSet<Hash32> m_redeemed;
    QHash<Address, SenderFunds> m_senders;
};

} // namespace sluice
