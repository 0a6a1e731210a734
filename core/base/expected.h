#pragma once

#include "sluice/base/error.h"

#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace sluice {

/// Marks a value as the error of an Expected: `return unexpected(error)`.
template <typename E> struct Unexpected {
    E error;
};

template <typename E> [[nodiscard]] Unexpected<std::decay_t<E>> unexpected(E &&error)
{
    return {std::forward<E>(error)};
}

/// A value or an error, returned by pure functions; coroutines throw instead (see orThrow()).
///
/// Debian 12's clang 14 cannot compile std::expected, so this is the part of it that is needed here.
template <typename T, typename E = Error> class [[nodiscard]] Expected {
public:
    Expected(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    template <typename G>
    Expected(Unexpected<G> unexpected)
        : m_state(std::in_place_index<1>, std::move(unexpected.error))
    {
    }

    [[nodiscard]] bool hasValue() const { return m_state.index() == 0; }
    explicit operator bool() const { return hasValue(); }

    [[nodiscard]] const T &value() const & { return std::get<0>(m_state); }
    [[nodiscard]] T &value() & { return std::get<0>(m_state); }
    [[nodiscard]] T &&value() && { return std::get<0>(std::move(m_state)); }
    [[nodiscard]] const E &error() const & { return std::get<1>(m_state); }
    [[nodiscard]] E &&error() && { return std::get<1>(std::move(m_state)); }

    const T &operator*() const & { return value(); }
    T &operator*() & { return value(); }
    T &&operator*() && { return std::move(*this).value(); }
    const T *operator->() const { return &value(); }
    T *operator->() { return &value(); }

    [[nodiscard]] T valueOr(T fallback) const & { return hasValue() ? value() : std::move(fallback); }

private:
    std::variant<T, E> m_state;
};

template <typename E> class [[nodiscard]] Expected<void, E> {
public:
    Expected() = default;
    template <typename G>
    Expected(Unexpected<G> unexpected)
        : m_error(std::move(unexpected.error))
    {
    }
    [[nodiscard]] bool hasValue() const { return !m_error; }
    explicit operator bool() const { return hasValue(); }
    [[nodiscard]] const E &error() const { return *m_error; }

private:
    std::optional<E> m_error;
};

/// The bridge from pure functions to coroutines: the value, or the error thrown.
template <typename T> T orThrow(Expected<T, Error> expected)
{
    if (!expected)
        throw expected.error();
    if constexpr (!std::is_void_v<T>)
        return std::move(expected).value();
}

} // namespace sluice
