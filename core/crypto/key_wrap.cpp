// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/key_wrap.h"

#include <QStringEncoder>
#include <QtEndian>

#include <sodium.h>

#include <optional>

namespace planb {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kVersion = 1;
constexpr auto kKdfName = "argon2id13"_L1;
// SENSITIVE asks for 1 GiB; what asks for more was not written by us and would stop the computer.
constexpr quint64 kMaxOperations = 16;
constexpr quint64 kMaxMemoryBytes = 1024ULL * 1024 * 1024;
constexpr qsizetype kMaxKeyBytes = 1024;
constexpr qsizetype kCommitmentBytes = 32;
constexpr char kSubkeyContext[crypto_kdf_CONTEXTBYTES + 1] = "PB1wrap_";
constexpr std::uint64_t kSealingKeyId = 1;
constexpr std::uint64_t kCommitmentId = 2;

struct Wrapped {
    PassphraseCost cost;
    QByteArray salt;
    QByteArray commitment;
    QByteArray nonce;
    QByteArray sealed;
};

unsigned char *raw(std::span<std::byte> bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}
const unsigned char *raw(std::span<const std::byte> bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}
const unsigned char *raw(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

bool isInRange(const PassphraseCost &cost)
{
    return cost.operations >= crypto_pwhash_argon2id_OPSLIMIT_MIN && cost.operations <= kMaxOperations
        && cost.memoryBytes >= crypto_pwhash_argon2id_MEMLIMIT_MIN && cost.memoryBytes <= kMaxMemoryBytes;
}

// NFC, so that letters composed by one system's keyboard are those of another (Korean on macOS comes apart),
// and no stronger folding, which would make different passphrases equal.
Result<SecretBytes> passphraseBytes(const QString &passphrase)
{
    const QString normal = passphrase.normalized(QString::NormalizationForm_C);
    if (normal.isEmpty())
        return fail(FailureCode::InvalidArgument, u"the passphrase is empty"_s);
    QStringEncoder encode(QStringEncoder::Utf8);
    SecretBytes room(encode.requiredSpace(normal.size()));
    auto *begin = reinterpret_cast<char *>(room.bytes().data());
    const auto length = encode.appendToBuffer(begin, normal) - begin;
    if (length > kMaxPassphraseBytes)
        return fail(FailureCode::InvalidArgument, u"the passphrase is too long"_s);
    return SecretBytes::copyOf(room.view().first(static_cast<std::size_t>(length)));
}

Result<SecretBytes> masterKey(const QString &passphrase, const QByteArray &salt, const PassphraseCost &cost)
{
    auto text = passphraseBytes(passphrase);
    if (!text)
        return fail(std::move(text).error());
    SecretBytes master(crypto_kdf_KEYBYTES);
    const int rc = crypto_pwhash(raw(master.bytes()), crypto_kdf_KEYBYTES,
                                 reinterpret_cast<const char *>(text->view().data()),
                                 static_cast<unsigned long long>(text->size()), raw(salt), cost.operations,
                                 static_cast<std::size_t>(cost.memoryBytes), crypto_pwhash_ALG_ARGON2ID13);
    if (rc != 0)
        return fail(FailureCode::StoreUnavailable,
                    u"no memory to derive a key: needs %1 bytes"_s.arg(cost.memoryBytes));
    return master;
}

[[nodiscard]] bool deriveSubkey(const SecretBytes &master, std::uint64_t id, SecretBytes &out)
{
    return crypto_kdf_derive_from_key(raw(out.bytes()), static_cast<std::size_t>(out.size()), id, kSubkeyContext,
                                      raw(master.view()))
        == 0;
}

struct Subkeys {
    SecretBytes sealing{crypto_aead_xchacha20poly1305_ietf_KEYBYTES};
    SecretBytes commitment{kCommitmentBytes};
};

Result<Subkeys> subkeys(const QString &passphrase, const QByteArray &salt, const PassphraseCost &cost)
{
    const auto master = masterKey(passphrase, salt, cost);
    if (!master)
        return fail(master.error());
    Subkeys keys;
    if (!deriveSubkey(*master, kSealingKeyId, keys.sealing) || !deriveSubkey(*master, kCommitmentId, keys.commitment))
        return fail(FailureCode::StoreUnavailable, u"key derivation failed"_s);
    return keys;
}

void append(QByteArray &out, quint64 number)
{
    const quint64 bigEndian = qToBigEndian(number);
    out.append(reinterpret_cast<const char *>(&bigEndian), sizeof bigEndian);
}
void append(QByteArray &out, const QByteArray &part)
{
    append(out, static_cast<quint64>(part.size()));
    out.append(part);
}

QByteArray associatedData(const Wrapped &wrapped, const QByteArray &context)
{
    QByteArray data = QByteArrayLiteral("PB1/keywrap");
    append(data, static_cast<quint64>(kVersion));
    append(data, wrapped.cost.operations);
    append(data, wrapped.cost.memoryBytes);
    for (const QByteArray &part : {wrapped.salt, wrapped.commitment, wrapped.nonce, context})
        append(data, part);
    return data;
}

QByteArray randomBytes(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    randombytes_buf(bytes.data(), static_cast<std::size_t>(size));
    return bytes;
}

QJsonObject toJson(const Wrapped &wrapped)
{
    const auto text = [](const QByteArray &bytes) { return QString::fromLatin1(bytes.toBase64()); };
    return {{u"version"_s, kVersion},
            {u"kdf"_s, QString(kKdfName)},
            {u"operations"_s, static_cast<qint64>(wrapped.cost.operations)},
            {u"memoryBytes"_s, static_cast<qint64>(wrapped.cost.memoryBytes)},
            {u"salt"_s, text(wrapped.salt)},
            {u"commitment"_s, text(wrapped.commitment)},
            {u"nonce"_s, text(wrapped.nonce)},
            {u"sealed"_s, text(wrapped.sealed)}};
}

std::optional<QByteArray> bytesOf(const QJsonValue &value, qsizetype minSize, qsizetype maxSize)
{
    auto decoded = QByteArray::fromBase64Encoding(value.toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.size() < minSize || decoded.decoded.size() > maxSize)
        return {};
    return std::move(decoded.decoded);
}

Result<Wrapped> fromJson(const QJsonObject &json)
{
    const qint64 version = json.value(u"version"_s).toInteger(-1);
    if (version > kVersion)
        return fail(FailureCode::StoreTooNew, u"the key was sealed by a later version"_s);
    const PassphraseCost cost{static_cast<quint64>(json.value(u"operations"_s).toInteger(0)),
                              static_cast<quint64>(json.value(u"memoryBytes"_s).toInteger(0))};
    if (version != kVersion || json.value(u"kdf"_s).toString() != kKdfName || !isInRange(cost))
        return fail(FailureCode::ProfileDamaged, u"the sealed key asks for what it never was sealed with"_s);
    constexpr qsizetype tag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
    constexpr qsizetype nonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    auto salt = bytesOf(json.value(u"salt"_s), crypto_pwhash_SALTBYTES, crypto_pwhash_SALTBYTES);
    auto commitment = bytesOf(json.value(u"commitment"_s), kCommitmentBytes, kCommitmentBytes);
    auto nonce = bytesOf(json.value(u"nonce"_s), nonceBytes, nonceBytes);
    auto sealed = bytesOf(json.value(u"sealed"_s), tag + 1, tag + kMaxKeyBytes);
    if (!salt || !commitment || !nonce || !sealed)
        return fail(FailureCode::ProfileDamaged, u"the sealed key is incomplete"_s);
    return Wrapped{cost, *std::move(salt), *std::move(commitment), *std::move(nonce), *std::move(sealed)};
}

} // namespace

Result<QJsonObject> wrapKey(const SecretBytes &key, const QString &passphrase, const QByteArray &context,
                            const PassphraseCost &cost)
{
    if (const auto ready = initialiseCrypto(); !ready)
        return fail(ready.error());
    if (key.isEmpty() || key.size() > kMaxKeyBytes || !isInRange(cost))
        return fail(FailureCode::InvalidArgument, u"no such key or cost of a passphrase"_s);
    Wrapped wrapped{
        cost, randomBytes(crypto_pwhash_SALTBYTES), {}, randomBytes(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES), {}};
    const auto keys = subkeys(passphrase, wrapped.salt, cost);
    if (!keys)
        return fail(keys.error());
    wrapped.commitment = QByteArray(reinterpret_cast<const char *>(keys->commitment.view().data()), kCommitmentBytes);
    wrapped.sealed.resize(key.size() + qsizetype{crypto_aead_xchacha20poly1305_ietf_ABYTES});
    const QByteArray data = associatedData(wrapped, context);
    const int rc = crypto_aead_xchacha20poly1305_ietf_encrypt(
        reinterpret_cast<unsigned char *>(wrapped.sealed.data()), nullptr, raw(key.view()),
        static_cast<unsigned long long>(key.size()), raw(data), static_cast<unsigned long long>(data.size()), nullptr,
        raw(wrapped.nonce), raw(keys->sealing.view()));
    if (rc != 0)
        return fail(FailureCode::StoreUnavailable, u"sealing the key failed"_s);
    return toJson(wrapped);
}

Result<SecretBytes> unwrapKey(const QJsonObject &json, const QString &passphrase, const QByteArray &context)
{
    if (const auto ready = initialiseCrypto(); !ready)
        return fail(ready.error());
    const auto wrapped = fromJson(json);
    if (!wrapped)
        return fail(wrapped.error());
    const auto keys = subkeys(passphrase, wrapped->salt, wrapped->cost);
    // A passphrase that could never have been set is a wrong one, not a broken call.
    if (!keys && keys.error().code == FailureCode::InvalidArgument)
        return fail(FailureCode::WrongPassphrase);
    if (!keys)
        return fail(keys.error());
    // The cipher alone would accept one file under two passphrases that an attacker chose; the commitment does not,
    // and it tells a wrong passphrase from damaged bytes.
    if (sodium_memcmp(keys->commitment.view().data(), wrapped->commitment.constData(), kCommitmentBytes) != 0)
        return fail(FailureCode::WrongPassphrase);
    SecretBytes key(wrapped->sealed.size() - qsizetype{crypto_aead_xchacha20poly1305_ietf_ABYTES});
    const QByteArray data = associatedData(*wrapped, context);
    const int rc = crypto_aead_xchacha20poly1305_ietf_decrypt(raw(key.bytes()), nullptr, nullptr, raw(wrapped->sealed),
                                                              static_cast<unsigned long long>(wrapped->sealed.size()),
                                                              raw(data), static_cast<unsigned long long>(data.size()),
                                                              raw(wrapped->nonce), raw(keys->sealing.view()));
    if (rc != 0)
        return fail(FailureCode::ProfileDamaged, u"the sealed key was changed"_s);
    return key;
}

} // namespace planb
