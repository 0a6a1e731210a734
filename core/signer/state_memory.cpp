#include "sluice/signer/state_memory.h"

namespace sluice::signer {

StateMemory::StateMemory(std::size_t most)
    : m_most(most)
{
}

void StateMemory::add(const livepeer::SignedState &isSigned, const ChainState &state)
{
    const Key key(isSigned.state, isSigned.signature);
    const std::scoped_lock lock(m_mutex);
    if (m_states.contains(key))
        return;
    m_states.insert(key, state);
    m_order.push_back(key);
    if (m_order.size() > m_most) {
        m_states.remove(m_order.front());
        m_order.pop_front();
    }
}

std::optional<ChainState> StateMemory::find(const livepeer::SignedState &said) const
{
    const Key key(said.state, said.signature);
    const std::scoped_lock lock(m_mutex);
    const auto found = m_states.constFind(key);
    return found == m_states.cend() ? std::nullopt : std::optional(*found);
}

} // namespace sluice::signer
