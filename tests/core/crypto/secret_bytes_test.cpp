// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/secret_bytes.h"

#include <QByteArray>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <thread>
#include <type_traits>
#include <vector>

namespace planb {
namespace {

static_assert(!std::is_copy_constructible_v<SecretBytes> && !std::is_copy_assignable_v<SecretBytes>);
static_assert(std::is_nothrow_move_constructible_v<SecretBytes>);
static_assert(!std::is_convertible_v<SecretBytes, QByteArray>);
static_assert(!std::is_convertible_v<decltype(std::declval<SecretBytes>().view()), QByteArray>);

constexpr std::array kSample{std::byte{1}, std::byte{2}, std::byte{3}};

TEST(SecretBytes, StartAsZeroes)
{
    const SecretBytes bytes(64);
    ASSERT_EQ(bytes.size(), 64);
    EXPECT_TRUE(std::all_of(bytes.view().begin(), bytes.view().end(), [](std::byte b) { return b == std::byte{0}; }));
}

TEST(SecretBytes, HoldNothingWhenDefaultMade)
{
    const SecretBytes bytes;
    EXPECT_TRUE(bytes.isEmpty());
    EXPECT_TRUE(bytes.view().empty());
    EXPECT_TRUE(bytes == SecretBytes(0));
}

TEST(SecretBytes, KeepWhatWasCopiedIn)
{
    const SecretBytes bytes = SecretBytes::copyOf(kSample);
    EXPECT_TRUE(std::equal(bytes.view().begin(), bytes.view().end(), kSample.begin(), kSample.end()));
}

TEST(SecretBytes, AreEqualOnlyWithTheSameBytesAndLength)
{
    const SecretBytes bytes = SecretBytes::copyOf(kSample);
    SecretBytes other = bytes.clone();
    EXPECT_TRUE(bytes == other);
    other.bytes()[2] = std::byte{4};
    EXPECT_FALSE(bytes == other);
    EXPECT_FALSE(bytes == SecretBytes::copyOf(std::span(kSample).first(2)));
}

TEST(SecretBytes, LeaveNothingBehindWhenMoved)
{
    SecretBytes from = SecretBytes::copyOf(kSample);
    SecretBytes to = std::move(from);
    EXPECT_TRUE(from.isEmpty()); // NOLINT(bugprone-use-after-move): that it is empty is the promise
    EXPECT_EQ(to.size(), 3);
    SecretBytes third;
    third = std::move(to);
    EXPECT_TRUE(to.isEmpty()); // NOLINT(bugprone-use-after-move)
    EXPECT_EQ(third.size(), 3);
}

TEST(SecretBytes, AreDifferentEachTimeWhenRandom)
{
    const auto first = SecretBytes::random(kDatabaseKeyBytes);
    const auto second = SecretBytes::random(kDatabaseKeyBytes);
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->size(), kDatabaseKeyBytes);
    EXPECT_FALSE(*first == *second);
    EXPECT_FALSE(*first == SecretBytes(kDatabaseKeyBytes));
}

TEST(SecretBytes, StartAsZeroesInMemoryThatHeldASecretBefore)
{
    std::set<const std::byte *> places;
    bool isReused = false;
    for (int i = 0; i < 3; ++i) {
        SecretBytes bytes(48);
        isReused = !places.insert(bytes.view().data()).second || isReused;
        EXPECT_TRUE(bytes == SecretBytes(48));
        std::fill(bytes.bytes().begin(), bytes.bytes().end(), std::byte{0xAA});
    }
    EXPECT_TRUE(isReused);
}

TEST(SecretBytes, MayEndInAnotherThreadThanTheyBegan)
{
    std::vector<SecretBytes> many;
    many.reserve(200);
    for (int i = 0; i < 200; ++i)
        many.push_back(SecretBytes::random(32).value());
    std::thread([taken = std::move(many)]() mutable { taken.clear(); }).join();
    EXPECT_TRUE(SecretBytes(32) == SecretBytes(32));
}

TEST(SecretBytesDeathTest, FaultWhenReadPastTheirEnd)
{
    // They are in libsodium's memory, which puts the last byte right before a guard page.
    EXPECT_DEATH(
        {
            const SecretBytes bytes(16);
            const volatile std::byte *past = bytes.view().data() + bytes.view().size();
            [[maybe_unused]] const auto read = *past;
        },
        "");
}

TEST(Wiping, OverwritesEveryByte)
{
    std::array bytes = kSample;
    wipe(bytes);
    EXPECT_EQ(bytes, (std::array{std::byte{0}, std::byte{0}, std::byte{0}}));
    wipe({});
}

TEST(Crypto, MayBeInitialisedMoreThanOnce)
{
    EXPECT_TRUE(initialiseCrypto());
    EXPECT_TRUE(initialiseCrypto());
}

} // namespace
} // namespace planb
