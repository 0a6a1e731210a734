#pragma once

#include <functional>
#include <utility>

namespace sluice {

/// An owned handle: whoever holds it is subscribed; destroying it unsubscribes.
class [[nodiscard]] Subscription {
public:
    Subscription() = default;
    explicit Subscription(std::function<void()> unsubscribe)
        : m_unsubscribe(std::move(unsubscribe))
    {
    }
    Subscription(Subscription &&other) noexcept
        : m_unsubscribe(std::exchange(other.m_unsubscribe, nullptr))
    {
    }
    Subscription &operator=(Subscription &&other) noexcept
    {
        if (this != &other) {
            reset();
            m_unsubscribe = std::exchange(other.m_unsubscribe, nullptr);
        }
        return *this;
    }
    ~Subscription() { reset(); }

    void reset()
    {
        if (auto unsubscribe = std::exchange(m_unsubscribe, nullptr))
            unsubscribe();
    }

private:
    std::function<void()> m_unsubscribe;
};

} // namespace sluice
