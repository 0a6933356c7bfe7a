// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/cbor.h"
#include "core/base/random.h"

#include <QCborArray>
#include <QCborMap>

#include <gtest/gtest.h>

#include <map>

namespace planb {
namespace {

/// Makes values in every accepted form, the same from the same seed.
class CborMaker
{
public:
    explicit CborMaker(std::uint64_t seed) : m_random(seed) {}

    QCborValue value(int depth)
    {
        switch (below(depth > 0 ? 8U : 6U)) {
        case 0: return integer();
        case 1: return m_random.bytes(static_cast<qsizetype>(below(300)));
        case 2: return text();
        case 3: return false;
        case 4: return true;
        case 5: return nullptr;
        case 6: return array(depth - 1);
        default: return map(depth - 1);
        }
    }
    std::uint64_t below(std::uint64_t bound) { return m_random.next() % bound; }

private:
    // Of every length that the encoding knows, and of both signs.
    qint64 integer() { return static_cast<qint64>(m_random.next()) >> below(64); }

    QString text()
    {
        QString out;
        for (std::uint64_t i = below(40); i > 0; --i) {
            static constexpr char32_t kStarts[] = {0x20, 0x80, 0x7F0, 0xAC00, 0xE000, 0x1F600, 0x10FF00};
            const char32_t character = kStarts[below(std::size(kStarts))] + static_cast<char32_t>(below(96));
            out += QString::fromUcs4(&character, 1);
        }
        return out;
    }
    QCborArray array(int depth)
    {
        QCborArray out;
        for (std::uint64_t i = below(6); i > 0; --i)
            out.append(value(depth));
        return out;
    }
    QCborMap map(int depth)
    {
        // QByteArray compares like memcmp, which is the order of deterministic encoding.
        std::map<QByteArray, QCborValue> keys;
        for (std::uint64_t i = below(6); i > 0; --i) {
            const QCborValue key = below(2) == 0 ? QCborValue(integer()) : QCborValue(text());
            keys.emplace(key.toCbor(), key);
        }
        QCborMap out;
        for (const auto &[encoded, key] : keys)
            out.insert(key, value(depth));
        return out;
    }

    SeededRandom m_random;
};

TEST(CborProperty, EveryValueInDeterministicFormIsAcceptedUnchanged)
{
    for (std::uint64_t seed = 1; seed <= 2'000; ++seed) {
        const QCborValue value = CborMaker(seed).value(4);
        const QByteArray bytes = value.toCbor();
        const auto read = parseCbor(bytes);
        ASSERT_TRUE(read) << "seed " << seed << ": " << describe(read.error()).toStdString();
        ASSERT_EQ(*read, value) << "seed " << seed;
        ASSERT_EQ(read->toCbor(), bytes) << "seed " << seed;
    }
}

TEST(CborProperty, WhateverIsAcceptedOfDamagedBytesHasThatOneForm)
{
    int accepted = 0;
    for (std::uint64_t seed = 1; seed <= 20'000; ++seed) {
        CborMaker maker(seed);
        QByteArray bytes = maker.value(3).toCbor();
        for (std::uint64_t i = 1 + maker.below(3); i > 0; --i) {
            const auto at = static_cast<qsizetype>(maker.below(static_cast<std::uint64_t>(bytes.size())));
            bytes[at] = static_cast<char>(maker.below(256));
        }
        const auto read = parseCbor(bytes);
        if (!read)
            continue;
        ++accepted;
        ASSERT_EQ(read->toCbor(), bytes) << "seed " << seed;
    }
    // Otherwise the loop above said nothing.
    EXPECT_GT(accepted, 1'000);
}

TEST(CborProperty, NoPrefixOfAValueIsAValue)
{
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        const QByteArray bytes = CborMaker(seed).value(2).toCbor();
        for (qsizetype length = 0; length < bytes.size(); ++length)
            ASSERT_FALSE(parseCbor(bytes.first(length))) << "seed " << seed << ", length " << length;
    }
}

} // namespace
} // namespace planb
