// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/secret_bytes.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <vector>

namespace planb {

namespace {

constexpr std::size_t kMaxSpares = 32;
constexpr std::size_t kMaxSpareBytes = 512;

// Secrets may outlive the spares of the thread that they end in; this flag outlives everything.
thread_local bool t_hasEnded = false;

/// Wiped blocks that wait for the next secret of their very length, each still right before its guard page.
class Spares
{
public:
    ~Spares()
    {
        t_hasEnded = true;
        for (const Block &block : m_blocks)
            sodium_free(block.bytes);
    }
    std::byte *take(std::size_t size)
    {
        const auto found = std::find_if(m_blocks.begin(), m_blocks.end(),
                                        [size](const Block &b) { return b.size == size; });
        if (found == m_blocks.end())
            return nullptr;
        std::byte *bytes = found->bytes;
        *found = m_blocks.back();
        m_blocks.pop_back();
        return bytes;
    }
    bool keep(std::byte *bytes, std::size_t size)
    {
        if (size > kMaxSpareBytes || m_blocks.size() == kMaxSpares)
            return false;
        sodium_memzero(bytes, size);
        m_blocks.push_back({bytes, size});
        return true;
    }

private:
    struct Block {
        std::byte *bytes;
        std::size_t size;
    };
    std::vector<Block> m_blocks;
};

Spares &spares()
{
    thread_local Spares blocks;
    return blocks;
}

} // namespace

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
    const auto length = static_cast<std::size_t>(size);
    std::byte *memory = t_hasEnded ? nullptr : spares().take(length);
    if (memory == nullptr)
        memory = static_cast<std::byte *>(sodium_malloc(length));
    if (memory == nullptr)
        qBadAlloc();
    sodium_memzero(memory, length);
    m_bytes = {memory, Free{length}};
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
    if (t_hasEnded || !spares().keep(bytes, size))
        sodium_free(bytes); // wipes first
}

void wipe(std::span<std::byte> bytes)
{
    if (!bytes.empty())
        sodium_memzero(bytes.data(), bytes.size());
}

} // namespace planb
