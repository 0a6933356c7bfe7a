// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/prekeys.h"

#include "core/crypto/secret_record.h"

#include <algorithm>

namespace planb {

namespace {

using namespace Qt::StringLiterals;

constexpr quint8 kRecordVersion = 1;
constexpr qsizetype kPrekeyBytes = PrekeyId::kSize + 8 + 2 * qsizetype{kKeyBytes};

using Prekey = Prekeys::Prekey;

std::vector<Prekey> copyOf(const std::vector<Prekey> &keys)
{
    std::vector<Prekey> copies;
    copies.reserve(keys.size());
    for (const Prekey &key : keys)
        copies.push_back({key.id, key.createdAt, key.pair.clone()});
    return copies;
}

const Prekey *find(const std::vector<Prekey> &keys, const PrekeyId &id)
{
    const auto found = std::find_if(keys.begin(), keys.end(), [&id](const Prekey &key) { return key.id == id; });
    return found == keys.end() ? nullptr : &*found;
}

PrekeyId unusedId(const std::vector<Prekey> &keys)
{
    auto id = randomFixed<PrekeyId>();
    while (find(keys, id) != nullptr)
        id = randomFixed<PrekeyId>();
    return id;
}

void write(SecretRecordWriter &out, const std::vector<Prekey> &keys)
{
    out.number32(static_cast<quint32>(keys.size()));
    for (const Prekey &key : keys) {
        out.fixed(key.id.view());
        out.number64(static_cast<quint64>(toMillis(key.createdAt)));
        out.fixed(key.pair.publicKey.view());
        out.fixed(key.pair.secret.view());
    }
}

std::vector<Prekey> read(SecretRecordReader &in)
{
    std::vector<Prekey> keys;
    for (quint32 left = in.number32(); left > 0 && in.isSound(); --left) {
        const auto id = in.key<PrekeyId>();
        const WallTime createdAt = wallFromMillis(static_cast<qint64>(in.number64()));
        const auto publicKey = in.key<ExchangeKey>();
        const ByteView secret = in.fixed(kKeyBytes);
        if (in.isSound())
            keys.push_back({id, createdAt, {publicKey, SecretBytes::copyOf(secret)}});
    }
    return keys;
}

} // namespace

Prekeys Prekeys::clone() const
{
    Prekeys copy;
    copy.m_signed = copyOf(m_signed);
    copy.m_oneTime = copyOf(m_oneTime);
    return copy;
}

bool Prekeys::rotate(WallTime now)
{
    const std::size_t before = m_signed.size();
    std::erase_if(m_signed, [now](const Prekey &key) { return now - key.createdAt > kLife; });
    bool hasChanged = m_signed.size() != before;
    // One from the future would stay for ever after the clock was put right.
    if (m_signed.empty() || now - current().createdAt >= kRotation || current().createdAt > now) {
        m_signed.push_back({unusedId(m_signed), now, makeExchangePair()});
        hasChanged = true;
    }
    return hasChanged;
}

const Prekey &Prekeys::addOneTimeKey(WallTime now)
{
    if (m_oneTime.size() >= kMaxOneTimeKeys)
        m_oneTime.erase(m_oneTime.begin());
    m_oneTime.push_back({unusedId(m_oneTime), now, makeExchangePair()});
    return m_oneTime.back();
}

void Prekeys::forgetOneTimeKey(const PrekeyId &id)
{
    std::erase_if(m_oneTime, [&id](const Prekey &key) { return key.id == id; });
}

const Prekey *Prekeys::findSigned(const PrekeyId &id, WallTime now) const
{
    const Prekey *found = find(m_signed, id);
    return found != nullptr && now - found->createdAt <= kLife ? found : nullptr;
}

const Prekey *Prekeys::findOneTime(const PrekeyId &id) const
{
    return find(m_oneTime, id);
}

SecretBytes Prekeys::toBytes() const
{
    SecretRecordWriter out(1 + 4 + 4 + kPrekeyBytes * static_cast<qsizetype>(m_signed.size() + m_oneTime.size()));
    out.number8(kRecordVersion);
    write(out, m_signed);
    write(out, m_oneTime);
    return out.take();
}

Result<Prekeys> Prekeys::fromBytes(ByteView bytes)
{
    SecretRecordReader in(bytes);
    const bool isKnown = in.number8() == kRecordVersion;
    Prekeys keys;
    keys.m_signed = read(in);
    keys.m_oneTime = read(in);
    if (!isKnown || !in.isAtEnd())
        return fail(FailureCode::ProfileDamaged, u"the stored prekeys are not what was stored"_s);
    return keys;
}

} // namespace planb
