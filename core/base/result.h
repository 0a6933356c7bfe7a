// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/failure.h"

#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace planb {

/// The error half of an Expected; named and shaped like std::unexpected (C++23), which g++ 12 lacks.
template<class E>
class Unexpected
{
public:
    explicit Unexpected(E error) : m_error(std::move(error)) {}
    const E &error() const & { return m_error; }
    E &&error() && { return std::move(m_error); }

private:
    E m_error;
};

/// Either a value or an error, with the names of std::expected so that an alias can replace it.
/// Reading the half that is not there is a broken invariant (std::bad_variant_access).
template<class T, class E>
class [[nodiscard]] Expected
{
public:
    using value_type = T;
    using error_type = E;

    Expected() requires std::is_default_constructible_v<T> : m_state(std::in_place_index<0>) {}
    Expected(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Expected(Unexpected<E> error) : m_state(std::in_place_index<1>, std::move(error).error()) {}

    bool has_value() const { return m_state.index() == 0; }
    explicit operator bool() const { return has_value(); }

    T &value() & { return std::get<0>(m_state); }
    const T &value() const & { return std::get<0>(m_state); }
    T &&value() && { return std::get<0>(std::move(m_state)); }
    T &operator*() & { return value(); }
    const T &operator*() const & { return value(); }
    T &&operator*() && { return std::move(*this).value(); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }

    const E &error() const & { return std::get<1>(m_state); }
    E &&error() && { return std::get<1>(std::move(m_state)); }

    template<class U>
    T value_or(U &&fallback) const
    {
        return has_value() ? value() : static_cast<T>(std::forward<U>(fallback));
    }

private:
    std::variant<T, E> m_state;
};

template<class E>
class [[nodiscard]] Expected<void, E>
{
public:
    using value_type = void;
    using error_type = E;

    Expected() = default;
    Expected(Unexpected<E> error) : m_error(std::move(error).error()) {}

    bool has_value() const { return !m_error.has_value(); }
    explicit operator bool() const { return has_value(); }
    const E &error() const & { return m_error.value(); }
    E &&error() && { return std::move(m_error).value(); }

private:
    std::optional<E> m_error;
};

/// What every fallible function of ours returns.
template<class T>
using Result = Expected<T, Failure>;

/// Shorthand for the error return: `return fail(FailureCode::UnknownContact, detail);`
inline Unexpected<Failure> fail(FailureCode code, QString detail = {})
{
    return Unexpected<Failure>(Failure{code, std::move(detail), {}});
}
inline Unexpected<Failure> fail(Failure failure)
{
    return Unexpected<Failure>(std::move(failure));
}

} // namespace planb
