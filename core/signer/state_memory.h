#pragma once

#include "sluice/livepeer/signer_wire.h"
#include "sluice/signer/recent.h"
#include "sluice/signer/state_blob.h"

namespace sluice::signer {

/// States that this signer signed a while ago, by their exact bytes, so that the signature of one that comes back need not be checked: to recover its
/// key costs as much as two signatures. What is not found here is checked as ever. Bounded, and thread-safe.
class StateMemory {
public:
    static constexpr std::size_t DefaultMost = 4096;

    explicit StateMemory(std::size_t most = DefaultMost)
        : m_states(most)
    {
    }
    /// `state` is what the signed bytes hold.
    void add(const livepeer::SignedState &isSigned, const ChainState &state) { m_states.add({isSigned.state, isSigned.signature}, state); }
    /// What they hold, if these bytes with this signature were added.
    [[nodiscard]] std::optional<ChainState> find(const livepeer::SignedState &said) const { return m_states.find({said.state, said.signature}); }

private:
    struct Key {
        QByteArray state;
        QByteArray signature;
        bool operator==(const Key &) const = default;
        /// Signatures differ wherever states do, and are shorter.
        friend size_t qHash(const Key &key, size_t seed) { return qHash(QByteArrayView(key.signature), seed); }
    };
    Recent<Key, ChainState> m_states;
};

} // namespace sluice::signer
