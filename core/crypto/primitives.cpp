// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/primitives.h"

#include <QtEndian>

#include <sodium.h>

#include <cstring>

namespace planb {

namespace {

const unsigned char *raw(ByteView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}
unsigned char *raw(std::span<std::byte> bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}
unsigned char *raw(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

// Only a length that libsodium does not know gets here: going on would mean going on with a key of zeros.
void require(int returned)
{
    if (returned != 0)
        qFatal("libsodium refused a call");
}

// The state holds the key and what was hashed.
struct HashState {
    crypto_generichash_blake2b_state state{};

    HashState() = default;
    HashState(const HashState &) = delete;
    HashState &operator=(const HashState &) = delete;
    ~HashState() { sodium_memzero(&state, sizeof state); }
};

void hashInto(std::span<std::byte> out, Label label, ByteView key, std::initializer_list<ByteView> parts)
{
    std::array<unsigned char, crypto_generichash_blake2b_SALTBYTES> salt{};
    std::array<unsigned char, crypto_generichash_blake2b_PERSONALBYTES> personal{};
    const QByteArrayView text = textOf(label);
    std::memcpy(personal.data(), text.data(), static_cast<std::size_t>(text.size()));
    HashState hash;
    require(crypto_generichash_blake2b_init_salt_personal(&hash.state, key.empty() ? nullptr : raw(key), key.size(),
                                                          out.size(), salt.data(), personal.data()));
    for (const ByteView part : parts) {
        const auto length = qToBigEndian(static_cast<quint32>(part.size()));
        require(crypto_generichash_blake2b_update(&hash.state, reinterpret_cast<const unsigned char *>(&length),
                                                  sizeof length));
        require(crypto_generichash_blake2b_update(&hash.state, raw(part), part.size()));
    }
    require(crypto_generichash_blake2b_final(&hash.state, raw(out), out.size()));
}

template<class Pair>
Pair makeSigningPair()
{
    Pair pair{{}, SecretBytes(kSigningSecretBytes)};
    require(crypto_sign_keypair(pair.publicKey.data(), raw(pair.secret.bytes())));
    return pair;
}

using MessageHash = std::array<std::byte, 64>;

MessageHash hashToSign(Label label, QByteArrayView message)
{
    MessageHash hash{};
    hashInto(hash, label, {}, {viewOf(message)});
    return hash;
}

Signature signHash(const SecretBytes &secret, const MessageHash &hash)
{
    Signature signature;
    require(crypto_sign_detached(signature.data(), nullptr, raw(ByteView(hash)), hash.size(), raw(secret.view())));
    return signature;
}

bool isHashSigned(const unsigned char *signer, const MessageHash &hash, const Signature &signature)
{
    return crypto_sign_verify_detached(signature.data(), raw(ByteView(hash)), hash.size(), signer) == 0;
}

} // namespace

KeyView keyOf(const SecretBytes &secret)
{
    Q_ASSERT(secret.size() == qsizetype{kKeyBytes});
    return secret.view().first<kKeyBytes>();
}

QByteArray publicHash(Label label, qsizetype size, std::initializer_list<ByteView> parts)
{
    QByteArray out(size, Qt::Uninitialized);
    hashInto(std::as_writable_bytes(std::span(out.data(), static_cast<std::size_t>(size))), label, {}, parts);
    return out;
}

SecretBytes secretHash(Label label, std::initializer_list<ByteView> parts)
{
    SecretBytes out(kKeyBytes);
    hashInto(out.bytes(), label, {}, parts);
    return out;
}

SecretBytes deriveKey(Label label, KeyView key, std::initializer_list<ByteView> parts)
{
    SecretBytes out(kKeyBytes);
    hashInto(out.bytes(), label, key, parts);
    return out;
}

void deriveKeyInto(std::span<std::byte, kKeyBytes> out, Label label, KeyView key, std::initializer_list<ByteView> parts)
{
    hashInto(out, label, key, parts);
}

ExchangePair makeExchangePair()
{
    ExchangePair pair{{}, SecretBytes(kKeyBytes)};
    require(crypto_box_keypair(pair.publicKey.data(), raw(pair.secret.bytes())));
    return pair;
}

std::optional<SecretBytes> agree(KeyView secret, const ExchangeKey &theirs)
{
    SecretBytes shared(crypto_scalarmult_BYTES);
    if (crypto_scalarmult(raw(shared.bytes()), raw(secret), theirs.data()) != 0)
        return {};
    return shared;
}

IdentityPair makeIdentityPair()
{
    return makeSigningPair<IdentityPair>();
}
DevicePair makeDevicePair()
{
    return makeSigningPair<DevicePair>();
}

Signature sign(const IdentityPair &signer, Label label, QByteArrayView message)
{
    return signHash(signer.secret, hashToSign(label, message));
}
Signature sign(const DevicePair &signer, Label label, QByteArrayView message)
{
    return signHash(signer.secret, hashToSign(label, message));
}
bool isSigned(const IdentityKey &signer, Label label, QByteArrayView message, const Signature &signature)
{
    return isHashSigned(signer.data(), hashToSign(label, message), signature);
}
bool isSigned(const DeviceKey &signer, Label label, QByteArrayView message, const Signature &signature)
{
    return isHashSigned(signer.data(), hashToSign(label, message), signature);
}

QByteArray sealBytes(KeyView key, const Nonce &nonce, ByteView ad, ByteView plain)
{
    static_assert(kTagBytes == crypto_aead_xchacha20poly1305_ietf_ABYTES);
    QByteArray sealed(static_cast<qsizetype>(plain.size()) + kTagBytes, Qt::Uninitialized);
    require(crypto_aead_xchacha20poly1305_ietf_encrypt(raw(sealed), nullptr, raw(plain), plain.size(), raw(ad),
                                                       ad.size(), nullptr, nonce.data(), raw(key)));
    return sealed;
}

std::optional<QByteArray> openBytes(KeyView key, const Nonce &nonce, ByteView ad, ByteView sealed)
{
    if (sealed.size() < static_cast<std::size_t>(kTagBytes))
        return {};
    QByteArray plain(static_cast<qsizetype>(sealed.size()) - kTagBytes, Qt::Uninitialized);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(plain), nullptr, nullptr, raw(sealed), sealed.size(), raw(ad),
                                                   ad.size(), nonce.data(), raw(key))
        != 0)
        return {};
    return plain;
}

QByteArray padded(QByteArrayView content, qsizetype size)
{
    Q_ASSERT(content.size() < size);
    QByteArray out(size, '\0');
    std::copy(content.begin(), content.end(), out.begin());
    std::size_t length = 0;
    require(sodium_pad(&length, raw(out), static_cast<std::size_t>(content.size()), static_cast<std::size_t>(size),
                       static_cast<std::size_t>(size)));
    Q_ASSERT(static_cast<qsizetype>(length) == size);
    return out;
}

std::optional<QByteArray> unpadded(QByteArrayView bytes)
{
    std::size_t length = 0;
    const auto size = static_cast<std::size_t>(bytes.size());
    if (size == 0 || sodium_unpad(&length, raw(viewOf(bytes)), size, size) != 0)
        return {};
    return bytes.first(static_cast<qsizetype>(length)).toByteArray();
}

} // namespace planb
