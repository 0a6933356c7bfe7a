// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/skipped_keys.h"

#include <QtEndian>

#include <algorithm>

namespace planb {

namespace {

constexpr auto kRecord = static_cast<std::size_t>(SkippedKeys::kRecordBytes);
constexpr std::size_t kNumberAt = 8;
constexpr std::size_t kKeyAt = 12;

quint64 chainAt(ByteView record)
{
    return qFromBigEndian<quint64>(record.data());
}
quint32 numberAt(ByteView record)
{
    return qFromBigEndian<quint32>(record.data() + kNumberAt);
}

} // namespace

qsizetype SkippedKeys::count() const
{
    return m_records ? m_records->size() / kRecordBytes : 0;
}

std::optional<qsizetype> SkippedKeys::find(const Place &place) const
{
    const ByteView all = bytes();
    for (std::size_t at = 0; at < all.size(); at += kRecord) {
        const ByteView record = all.subspan(at, kRecord);
        if (chainAt(record) == place.chain && numberAt(record) == place.number)
            return static_cast<qsizetype>(at / kRecord);
    }
    return {};
}

KeyView SkippedKeys::keyAt(qsizetype index) const
{
    return bytes().subspan(static_cast<std::size_t>(index) * kRecord + kKeyAt).first<kKeyBytes>();
}

SkippedKeys SkippedKeys::without(qsizetype index) const
{
    const auto at = static_cast<std::size_t>(index) * kRecord;
    return joined(bytes().first(at), bytes().subspan(at + kRecord));
}

SkippedKeys SkippedKeys::withoutChainsBefore(quint64 chain) const
{
    // Chains are in order, because keys are appended as they are skipped.
    std::size_t at = 0;
    while (at < bytes().size() && chainAt(bytes().subspan(at, kRecord)) < chain)
        at += kRecord;
    return at == 0 ? *this : joined(bytes().subspan(at), {});
}

SkippedKeys SkippedKeys::with(const SecretBytes &records) const
{
    if (records.isEmpty())
        return *this;
    constexpr auto most = static_cast<std::size_t>(kMaxCount) * kRecord;
    const ByteView added = records.view().last(std::min(records.view().size(), most));
    const std::size_t kept = std::min(bytes().size(), most - added.size());
    return joined(bytes().last(kept), added);
}

void SkippedKeys::writeRecord(std::span<std::byte> at, const Place &place, KeyView key)
{
    qToBigEndian(place.chain, at.data());
    qToBigEndian(place.number, at.data() + kNumberAt);
    std::copy(key.begin(), key.end(), at.begin() + kKeyAt);
}

std::optional<SkippedKeys> SkippedKeys::fromBytes(ByteView bytes)
{
    if (bytes.size() % kRecord != 0 || bytes.size() / kRecord > static_cast<std::size_t>(kMaxCount))
        return {};
    for (std::size_t at = kRecord; at < bytes.size(); at += kRecord) {
        if (chainAt(bytes.subspan(at, kRecord)) < chainAt(bytes.subspan(at - kRecord, kRecord)))
            return {};
    }
    return joined(bytes, {});
}

SkippedKeys SkippedKeys::joined(ByteView first, ByteView second)
{
    SkippedKeys made;
    const std::size_t size = first.size() + second.size();
    if (size == 0)
        return made;
    SecretBytes records(static_cast<qsizetype>(size));
    auto to = records.bytes().begin();
    for (const ByteView part : {first, second})
        to = std::copy(part.begin(), part.end(), to);
    made.m_records = std::make_shared<const SecretBytes>(std::move(records));
    return made;
}

} // namespace planb
