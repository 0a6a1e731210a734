#include "sluice/net/body_budget_p.h"

#include <malloc.h>

#include <utility>

namespace sluice {

namespace {

using namespace std::chrono_literals;

/// A body without a new byte for so long waits for its client, not for this thread.
constexpr auto Stalled = 200ms;
/// What the allocator keeps after less than this is not worth a walk through its lists.
constexpr qsizetype Large = 8 * 1024 * 1024;
constexpr qsizetype Little = 1024 * 1024;

} // namespace

BodyBudget::Share::Share(std::shared_ptr<BodyBudget> budget, QString peer, std::function<void()> evicted)
    : m_budget(std::move(budget))
    , m_peer(std::move(peer))
    , m_evicted(std::move(evicted))
    , m_place(m_budget->m_shares.insert(m_budget->m_shares.end(), this))
{
}

BodyBudget::Share::~Share()
{
    m_budget->m_shares.erase(m_place);
    m_budget->give(*this, 0);
}

bool BodyBudget::Share::resize(qsizetype bytes)
{
    BodyBudget &budget = *m_budget;
    const qsizetype more = bytes - m_bytes;
    if (more <= 0) {
        budget.give(*this, bytes);
        return true;
    }
    m_touched = Clock::now();
    while (budget.m_ofPeer[m_peer] + more > budget.m_limits.perPeer) {
        if (!budget.evict(*this, true))
            return false;
    }
    while (budget.m_used + more > budget.m_limits.total) {
        if (!budget.evict(*this, false))
            return false;
    }
    budget.give(*this, bytes);
    return true;
}

void BodyBudget::give(Share &share, qsizetype bytes)
{
    const qsizetype change = bytes - std::exchange(share.m_bytes, bytes);
    m_used += change;
    const auto mine = m_ofPeer.find(share.m_peer);
    if (mine != m_ofPeer.end() && (mine->second += change) == 0)
        m_ofPeer.erase(mine);
    else if (mine == m_ofPeer.end() && change != 0)
        m_ofPeer.emplace(share.m_peer, change);
    m_wasLarge = m_wasLarge || m_used > Large;
    if (m_wasLarge && m_used < Little) {
        m_wasLarge = false;
        ::malloc_trim(0); // else the allocator keeps what large bodies took, for good
    }
}

bool BodyBudget::evict(const Share &asking, bool samePeer)
{
    Share *victim = nullptr;
    for (Share *const share : m_shares) {
        if (share == &asking || !share->m_evicted || share->m_bytes == 0 || (samePeer && share->m_peer != asking.m_peer))
            continue;
        if (!victim || share->m_touched < victim->m_touched)
            victim = share;
    }
    if (!victim || Clock::now() - victim->m_touched < Stalled)
        return false;
    const auto evicted = std::exchange(victim->m_evicted, nullptr);
    give(*victim, 0);
    evicted();
    return true;
}

} // namespace sluice
