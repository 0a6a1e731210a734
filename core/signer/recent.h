#pragma once

#include <QtCore/QHash>

#include <deque>
#include <mutex>
#include <optional>

namespace sluice::signer {

/// Values by their keys, the latest ones: the oldest are forgotten. Thread-safe.
template <typename Key, typename Value> class Recent {
public:
    explicit Recent(std::size_t most)
        : m_most(most)
    {
    }
    /// A key that is there keeps its value.
    void add(const Key &key, const Value &value)
    {
        const std::scoped_lock lock(m_mutex);
        if (m_values.contains(key))
            return;
        m_values.insert(key, value);
        m_order.push_back(key);
        if (m_order.size() > m_most) {
            m_values.remove(m_order.front());
            m_order.pop_front();
        }
    }
    [[nodiscard]] std::optional<Value> find(const Key &key) const
    {
        const std::scoped_lock lock(m_mutex);
        const auto found = m_values.constFind(key);
        return found == m_values.cend() ? std::nullopt : std::optional<Value>(*found);
    }

private:
    const std::size_t m_most;
    mutable std::mutex m_mutex;
    QHash<Key, Value> m_values;
    std::deque<Key> m_order; ///< the oldest one first
};

} // namespace sluice::signer
