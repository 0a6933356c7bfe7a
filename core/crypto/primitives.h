// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/fixed_bytes.h"
#include "core/crypto/labels.h"
#include "core/crypto/secret_bytes.h"

#include <initializer_list>

namespace planb {

/// libsodium behind functions whose answer cannot be overlooked. Lengths are part of the types, so a call that
/// libsodium would refuse for its lengths does not compile; where it refuses all the same, the program ends.
/// What is made here is specified in docs/protocol.md, section "Building blocks".

using ByteView = std::span<const std::byte>;
inline constexpr std::size_t kKeyBytes = 32;
using KeyView = std::span<const std::byte, kKeyBytes>;

inline ByteView viewOf(QByteArrayView bytes)
{
    return std::as_bytes(std::span(bytes.data(), static_cast<std::size_t>(bytes.size())));
}
/// Of a secret of kKeyBytes.
KeyView keyOf(const SecretBytes &secret);

/// H of the protocol without a key, for what may be seen: 16 to 64 bytes.
[[nodiscard]] QByteArray publicHash(Label label, qsizetype size, std::initializer_list<ByteView> parts);
/// H of kKeyBytes without a key, of parts that are secret.
[[nodiscard]] SecretBytes secretHash(Label label, std::initializer_list<ByteView> parts);
/// H of kKeyBytes under a key.
[[nodiscard]] SecretBytes deriveKey(Label label, KeyView key, std::initializer_list<ByteView> parts = {});
/// The same, into kKeyBytes that are there already. `out` may be `key`.
void deriveKeyInto(std::span<std::byte, kKeyBytes> out, Label label, KeyView key,
                   std::initializer_list<ByteView> parts = {});

struct ExchangePair {
    ExchangeKey publicKey;
    SecretBytes secret;

    ExchangePair clone() const { return {publicKey, secret.clone()}; }
};
[[nodiscard]] ExchangePair makeExchangePair();
/// X25519 (RFC 7748). Nothing if `theirs` is one of the few keys with which every secret gives the same.
[[nodiscard]] std::optional<SecretBytes> agree(KeyView secret, const ExchangeKey &theirs);

/// Ed25519 (RFC 8032); Key is IdentityKey or DeviceKey.
template<class Key>
struct SigningPair {
    Key publicKey;
    SecretBytes secret;

    SigningPair clone() const { return {publicKey, secret.clone()}; }
};
using IdentityPair = SigningPair<IdentityKey>;
using DevicePair = SigningPair<DeviceKey>;
inline constexpr qsizetype kSigningSecretBytes = 64;
[[nodiscard]] IdentityPair makeIdentityPair();
[[nodiscard]] DevicePair makeDevicePair();

/// Over H(label, 64, message), so a signature for one use is none for another.
[[nodiscard]] Signature sign(const IdentityPair &signer, Label label, QByteArrayView message);
[[nodiscard]] Signature sign(const DevicePair &signer, Label label, QByteArrayView message);
[[nodiscard]] bool isSigned(const IdentityKey &signer, Label label, QByteArrayView message, const Signature &signature);
[[nodiscard]] bool isSigned(const DeviceKey &signer, Label label, QByteArrayView message, const Signature &signature);

inline constexpr qsizetype kTagBytes = 16;
/// XChaCha20-Poly1305; kTagBytes longer than `plain`.
[[nodiscard]] QByteArray sealBytes(KeyView key, const Nonce &nonce, ByteView ad, ByteView plain);
/// Nothing if key, nonce, `ad` or `sealed` is another than it was.
[[nodiscard]] std::optional<QByteArray> openBytes(KeyView key, const Nonce &nonce, ByteView ad, ByteView sealed);

/// Up to exactly `size`, which is more than `content` has: one byte 0x80, then zeros (ISO/IEC 7816-4).
[[nodiscard]] QByteArray padded(QByteArrayView content, qsizetype size);
/// Nothing if `bytes` do not end in such a padding.
[[nodiscard]] std::optional<QByteArray> unpadded(QByteArrayView bytes);

/// From the operating system; never all zero.
template<class Fixed>
[[nodiscard]] Fixed randomFixed()
{
    const auto fill = [](Fixed &made) {
        const SecretBytes drawn = SecretBytes::random(Fixed::kSize).value();
        std::memcpy(made.data(), drawn.view().data(), static_cast<std::size_t>(Fixed::kSize));
    };
    Fixed made;
    while (made.isZero())
        fill(made);
    return made;
}

} // namespace planb
