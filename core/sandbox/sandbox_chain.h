#pragma once

#include "sluice/base/clock.h"
#include "sluice/payments/chain_view.h"

#include <QtCore/QByteArray>
#include <QtCore/QDateTime>

#include <chrono>

namespace sluice {

/// A simulated chain: blocks and rounds that follow the wall clock, also while the sandbox is off.
///
/// One L1 block every `blockTime` since `origin`; a round every 5760 blocks, as on the main network; a round's block
/// hash is a hash of its number and `salt`, so that two sandboxes have different chains.
class SandboxChain final : public ChainView {
public:
    static constexpr quint64 OriginBlock = 20'000'000;
    static constexpr quint64 BlocksPerRound = 5760;
    static constexpr std::chrono::milliseconds DefaultBlockTime{12'000};

    SandboxChain(QDateTime origin, QByteArray salt, std::chrono::milliseconds blockTime = DefaultBlockTime,
        const Clock &clock = Clock::system());

    [[nodiscard]] quint64 latestL1Block() const override;
    [[nodiscard]] quint64 lastInitializedRound() const override;
    [[nodiscard]] Hash32 blockHashForRound(quint64 round) const override;

private:
    QDateTime m_origin;
    QByteArray m_salt;
    std::chrono::milliseconds m_blockTime;
    const Clock &m_clock;
};

} // namespace sluice
