// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/secret_bytes.h"

#include <sodium.h>

#include <cstring>

namespace planb {

Result<void> initialiseCrypto()
{
    // 1 means that it was ready already.
    if (sodium_init() < 0)
        return fail(FailureCode::StoreUnavailable, QStringLiteral("libsodium found no source of randomness"));
    return {};
}

SecretBytes::SecretBytes(qsizetype size)
{
    Q_ASSERT(size >= 0);
    // sodium_malloc() needs the page size and the canary that sodium_init() finds out. Its failure is left to
    // whoever asks for random numbers: memory is guarded all the same.
    [[maybe_unused]] const int ready = sodium_init();
    if (size == 0)
        return;
    auto *memory = static_cast<std::byte *>(sodium_malloc(static_cast<std::size_t>(size)));
    if (memory == nullptr)
        qBadAlloc();
    sodium_memzero(memory, static_cast<std::size_t>(size));
    m_bytes.reset(memory);
    m_size = size;
}

Result<SecretBytes> SecretBytes::random(qsizetype size)
{
    if (const auto ready = initialiseCrypto(); !ready)
        return fail(ready.error());
    SecretBytes bytes(size);
    randombytes_buf(bytes.m_bytes.get(), static_cast<std::size_t>(size));
    return bytes;
}

SecretBytes SecretBytes::copyOf(std::span<const std::byte> bytes)
{
    SecretBytes copy(static_cast<qsizetype>(bytes.size()));
    if (!bytes.empty())
        std::memcpy(copy.m_bytes.get(), bytes.data(), bytes.size());
    return copy;
}

SecretBytes::SecretBytes(SecretBytes &&other) noexcept
    : m_bytes(std::move(other.m_bytes)), m_size(std::exchange(other.m_size, 0))
{}

SecretBytes &SecretBytes::operator=(SecretBytes &&other) noexcept
{
    m_bytes = std::move(other.m_bytes);
    m_size = std::exchange(other.m_size, 0);
    return *this;
}

bool SecretBytes::operator==(const SecretBytes &other) const
{
    if (m_size != other.m_size)
        return false;
    return m_size == 0 || sodium_memcmp(m_bytes.get(), other.m_bytes.get(), static_cast<std::size_t>(m_size)) == 0;
}

void SecretBytes::Free::operator()(std::byte *bytes) const
{
    sodium_free(bytes); // wipes first
}

void wipe(std::span<std::byte> bytes)
{
    if (!bytes.empty())
        sodium_memzero(bytes.data(), bytes.size());
}

} // namespace planb
