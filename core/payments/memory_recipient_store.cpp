#include "sluice/payments/memory_recipient_store.h"

#include <botan/system_rng.h>

namespace sluice {

MemoryRecipientStore::MemoryRecipientStore()
    : m_secret(32, Qt::Uninitialized)
{
    Botan::system_rng().randomize(reinterpret_cast<uint8_t *>(m_secret.data()), static_cast<size_t>(m_secret.size()));
}

std::optional<BalanceEntry> MemoryRecipientStore::balance(const Address &sender, const QString &balanceId)
{
    const auto found = m_balances.constFind({sender, balanceId});
    return found == m_balances.cend() ? std::nullopt : std::optional(*found);
}

void MemoryRecipientStore::setBalance(const Address &sender, const QString &balanceId, const BalanceEntry &entry)
{
    m_balances.insert({sender, balanceId}, entry);
}

void MemoryRecipientStore::removeBalance(const Address &sender, const QString &balanceId)
{
    m_balances.remove({sender, balanceId});
}

void MemoryRecipientStore::dropBalancesBefore(const QDateTime &time)
{
    m_balances.removeIf([&time](const auto &entry) { return entry.value().touched < time; });
}

NonceState MemoryRecipientStore::nonceState(const Hash32 &recipientRandHash, quint32 nonce)
{
    const auto found = m_nonces.constFind(recipientRandHash);
    if (found == m_nonces.cend())
        return {};
    return {found->seen.contains(nonce), static_cast<quint32>(found->seen.size())};
}

void MemoryRecipientStore::addNonce(const Hash32 &recipientRandHash, quint32 nonce, const U256 &expirationBlock)
{
    Nonces &nonces = m_nonces[recipientRandHash];
    nonces.seen.insert(nonce);
    nonces.expirationBlock = expirationBlock;
}

void MemoryRecipientStore::dropNoncesUntil(const U256 &l1Block)
{
    m_nonces.removeIf([&l1Block](const auto &entry) { return entry.value().expirationBlock <= l1Block; });
}

void MemoryRecipientStore::addWinner(const WinningTicket &winner)
{
    if (!m_redeemed.contains(winner.hash))
        m_winners.insert(winner.hash, winner);
}

void MemoryRecipientStore::removeWinner(const Hash32 &ticketHash)
{
    m_winners.remove(ticketHash);
    m_redeemed.insert(ticketHash);
}

std::optional<SenderFunds> MemoryRecipientStore::senderFunds(const Address &sender)
{
    const auto found = m_senders.constFind(sender);
    return found == m_senders.cend() ? std::nullopt : std::optional(*found);
}

void MemoryRecipientStore::setSenderFunds(const Address &sender, const SenderFunds &funds)
{
    m_senders.insert(sender, funds);
}

} // namespace sluice
