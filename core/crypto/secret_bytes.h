// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QtGlobal>

#include <cstddef>
#include <memory>
#include <span>

namespace planb {

/// Makes libsodium ready; whatever needs it calls this itself. May be called often and from any thread.
/// Fails with StoreUnavailable when the system has no source of randomness.
Result<void> initialiseCrypto();

/// Bytes that must not leak: a key. They lie in memory of libsodium's own (locked against swapping where the
/// system allows it, left out of core dumps, between guard pages) and are wiped before it is given back.
/// A few blocks of the lengths that are needed for each message are kept, wiped, for the thread that gave them back:
/// each block costs a dozen system calls, more time than the whole encryption of a message.
/// Movable, never copied silently; view() is for handing the bytes to a library, not for keeping them.
/// May be used from any one thread at a time.
class SecretBytes
{
public:
    SecretBytes() = default;
    /// `size` zero bytes, to be filled through bytes().
    explicit SecretBytes(qsizetype size);

    /// Fresh random bytes from the operating system.
    static Result<SecretBytes> random(qsizetype size);
    /// The caller wipes its own copy.
    static SecretBytes copyOf(std::span<const std::byte> bytes);

    SecretBytes(SecretBytes &&other) noexcept;
    SecretBytes &operator=(SecretBytes &&other) noexcept;
    SecretBytes(const SecretBytes &) = delete;
    SecretBytes &operator=(const SecretBytes &) = delete;
    ~SecretBytes() = default;

    SecretBytes clone() const { return copyOf(view()); }

    qsizetype size() const { return m_size; }
    bool isEmpty() const { return m_size == 0; }
    std::span<const std::byte> view() const { return {m_bytes.get(), static_cast<std::size_t>(m_size)}; }
    std::span<std::byte> bytes() { return {m_bytes.get(), static_cast<std::size_t>(m_size)}; }

    /// Takes the same time wherever the bytes differ; only the length shows.
    bool operator==(const SecretBytes &other) const;

private:
    struct Free {
        Free() : size(0) {}
        explicit Free(std::size_t bytes) : size(bytes) {}
        std::size_t size;
        void operator()(std::byte *bytes) const;
    };
    std::unique_ptr<std::byte[], Free> m_bytes;
    qsizetype m_size = 0;
};

/// Overwrites a copy that another library made us hold.
void wipe(std::span<std::byte> bytes);

/// Length of the key of a profile's database.
inline constexpr qsizetype kDatabaseKeyBytes = 32;

} // namespace planb
