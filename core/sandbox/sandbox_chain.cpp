#include "sluice/sandbox/sandbox_chain.h"

#include "sluice/crypto/keccak.h"

namespace sluice {

SandboxChain::SandboxChain(QDateTime origin, QByteArray salt, std::chrono::milliseconds blockTime, const Clock &clock)
    : m_origin(std::move(origin))
    , m_salt(std::move(salt))
    , m_blockTime(std::max(blockTime, std::chrono::milliseconds(1)))
    , m_clock(clock)
{
}

quint64 SandboxChain::latestL1Block() const
{
    // A clock that was set back stops the chain, it does not turn it round.
    const qint64 elapsed = std::max<qint64>(0, m_origin.msecsTo(m_clock.now()));
    return OriginBlock + quint64(elapsed / m_blockTime.count());
}

quint64 SandboxChain::lastInitializedRound() const
{
    return latestL1Block() / BlocksPerRound;
}

Hash32 SandboxChain::blockHashForRound(quint64 round) const
{
    if (round > lastInitializedRound())
        return {};
    return keccak256("sluice sandbox round " + QByteArray::number(round) + ' ' + m_salt);
}

} // namespace sluice
