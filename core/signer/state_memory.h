#pragma once

#include "sluice/livepeer/signer_wire.h"
#include "sluice/signer/state_blob.h"

#include <QtCore/QHash>

#include <deque>
#include <mutex>
#include <optional>

namespace sluice::signer {

/// States that this signer signed a while ago, by their exact bytes, so that the signature of one that comes back need not be checked: to recover its
/// key costs as much as two signatures. What is not found here is checked as ever. Bounded: the oldest ones are forgotten. Thread-safe.
class StateMemory {
public:
    static constexpr std::size_t DefaultMost = 4096;

    explicit StateMemory(std::size_t most = DefaultMost);
    /// `state` is what the signed bytes hold.
    void add(const livepeer::SignedState &isSigned, const ChainState &state);
    /// What they hold, if these bytes with this signature were added.
    [[nodiscard]] std::optional<ChainState> find(const livepeer::SignedState &said) const;

private:
    using Key = std::pair<QByteArray, QByteArray>;
    const std::size_t m_most;
    mutable std::mutex m_mutex;
    QHash<Key, ChainState> m_states;
    std::deque<Key> m_order; ///< the oldest one first
};

} // namespace sluice::signer
