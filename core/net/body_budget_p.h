#pragma once

#include <QtCore/QString>

#include <chrono>
#include <functional>
#include <list>
#include <map>
#include <memory>

namespace sluice {

/// The memory that the requests of all clients of one server may take together while they arrive and until they are worked off. On the I/O thread.
///
/// When it is used up, the body that has waited longest for its next byte is dropped; one that keeps arriving is not.
class BodyBudget final : public std::enable_shared_from_this<BodyBudget> {
public:
    using Clock = std::chrono::steady_clock;
    struct Limits {
        qsizetype total = 0;
        qsizetype perPeer = 0;
    };

    explicit BodyBudget(Limits limits)
        : m_limits(limits)
    {
    }

    /// One body's part; released on destruction.
    class Share final {
    public:
        Share(std::shared_ptr<BodyBudget> budget, QString peer, std::function<void()> evicted);
        ~Share();
        Share(const Share &) = delete;
        Share &operator=(const Share &) = delete;
        /// From now on it holds so many bytes; false when there is no room for them, and nothing has changed then.
        [[nodiscard]] bool resize(qsizetype bytes);
        /// It has arrived and is not dropped any more.
        void settle() { m_evicted = nullptr; }

    private:
        friend class BodyBudget;
        std::shared_ptr<BodyBudget> m_budget;
        QString m_peer;
        std::function<void()> m_evicted;
        qsizetype m_bytes = 0;
        Clock::time_point m_touched = Clock::now();
        std::list<Share *>::iterator m_place;
    };

    [[nodiscard]] qsizetype used() const { return m_used; }

private:
    /// Drops the body that has waited longest, of one peer or of any; false when none waits.
    bool evict(const Share &asking, bool samePeer);
    void give(Share &share, qsizetype bytes);

    const Limits m_limits;
    std::list<Share *> m_shares;
    std::map<QString, qsizetype> m_ofPeer;
    qsizetype m_used = 0;
    bool m_wasLarge = false; ///< since memory was last returned to the system
};

} // namespace sluice
