// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstring>
#include <optional>
#include <span>

namespace planb {

/// Public bytes of a fixed length and one meaning: a key of one kind does not fit where another is asked for.
/// Default-made it is all zero, which is nobody's key and no id. Ordered as the bytes are.
template<class Tag, std::size_t N>
class FixedBytes
{
public:
    static constexpr qsizetype kSize = N;

    FixedBytes() = default;
    /// Exactly N bytes that are not all zero.
    static std::optional<FixedBytes> fromBytes(QByteArrayView bytes)
    {
        FixedBytes read;
        if (bytes.size() != kSize)
            return {};
        std::memcpy(read.m_bytes.data(), bytes.data(), N);
        return read.isZero() ? std::nullopt : std::optional(read);
    }

    bool isZero() const { return *this == FixedBytes(); }
    QByteArrayView bytes() const { return {m_bytes.data(), kSize}; }
    std::span<const std::byte, N> view() const { return std::as_bytes(std::span<const unsigned char, N>(m_bytes)); }
    /// For whoever makes a key or a signature in place.
    unsigned char *data() { return m_bytes.data(); }
    const unsigned char *data() const { return m_bytes.data(); }

    auto operator<=>(const FixedBytes &) const = default;

private:
    std::array<unsigned char, N> m_bytes{};
};

using IdentityKey = FixedBytes<struct IdentityKeyTag, 32>; ///< Ed25519: a person
using DeviceKey = FixedBytes<struct DeviceKeyTag, 32>; ///< Ed25519: one incarnation of a person's device
using ExchangeKey = FixedBytes<struct ExchangeKeyTag, 32>; ///< X25519: of a device, a prekey, a ratchet step
using Signature = FixedBytes<struct SignatureTag, 64>; ///< Ed25519
using Nonce = FixedBytes<struct NonceTag, 24>; ///< XChaCha20
using DeviceId = FixedBytes<struct DeviceIdTag, 8>; ///< random; stays when the device's keys are renewed
using PrekeyId = FixedBytes<struct PrekeyIdTag, 4>; ///< random; all zero: none
using SessionAd = FixedBytes<struct SessionAdTag, 32>; ///< the hash of everything a session was agreed on
using EnvelopeHash = FixedBytes<struct EnvelopeHashTag, 16>; ///< by which a repeat is seen before it is opened

} // namespace planb
