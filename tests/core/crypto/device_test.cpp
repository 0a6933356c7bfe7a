// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/crypto/party.h"

namespace planb {
namespace {

using std::chrono::days;
using test::kNow;
using test::Party;

TEST(OwnDevice, IsCertifiedByItsPerson)
{
    const Party alice;
    EXPECT_TRUE(alice.device.publicPart().isCertified());
    EXPECT_EQ(alice.device.publicPart().identity, alice.identity.publicKey);
}

TEST(OwnDevice, IsNotCertifiedWithAnyFieldChanged)
{
    const Party alice;
    const Party mallory;
    const DeviceIdentity good = alice.device.publicPart();
    const DeviceIdentity other = mallory.device.publicPart();
    DeviceIdentity changed = good;
    changed.identity = other.identity;
    EXPECT_FALSE(changed.isCertified());
    changed = good;
    changed.device = other.device;
    EXPECT_FALSE(changed.isCertified());
    changed = good;
    ++changed.incarnation;
    EXPECT_FALSE(changed.isCertified());
    changed = good;
    changed.signing = other.signing;
    EXPECT_FALSE(changed.isCertified());
    changed = good;
    changed.exchange = other.exchange;
    EXPECT_FALSE(changed.isCertified());
    changed = good;
    changed.suites = {1, 2};
    EXPECT_FALSE(changed.isCertified());
    changed = good;
    changed.certificate = other.certificate;
    EXPECT_FALSE(changed.isCertified());
}

TEST(OwnDevice, IsTheSameAfterItWasStored)
{
    const Party alice;
    const SecretBytes stored = alice.device.toBytes();
    const auto read = OwnDevice::fromBytes(stored.view());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->publicPart(), alice.device.publicPart());
    EXPECT_TRUE(read->toBytes() == stored);
}

TEST(OwnDevice, IsNotReadFromDamagedBytes)
{
    const Party alice;
    const SecretBytes stored = alice.device.toBytes();
    for (std::size_t length = 0; length < stored.view().size(); ++length)
        EXPECT_FALSE(OwnDevice::fromBytes(stored.view().first(length))) << length;
    SecretBytes changed = stored.clone();
    changed.bytes()[40] ^= std::byte{1};
    const auto read = OwnDevice::fromBytes(changed.view());
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, FailureCode::ProfileDamaged);
}

TEST(Suites, AreSoundInAscendingOrderOnly)
{
    EXPECT_TRUE(areSuitesSound({1}));
    EXPECT_TRUE(areSuitesSound({1, 2, 9}));
    EXPECT_FALSE(areSuitesSound({}));
    EXPECT_FALSE(areSuitesSound({2, 1}));
    EXPECT_FALSE(areSuitesSound({1, 1}));
    EXPECT_FALSE(areSuitesSound({1, 2, 3, 4, 5, 6, 7, 8, 9}));
}

TEST(Prekeys, AreMadeAnewEachWeekAndKeptForFive)
{
    Prekeys keys;
    ASSERT_TRUE(keys.rotate(kNow));
    const PrekeyId first = keys.current().id;
    EXPECT_FALSE(keys.rotate(kNow + days(6)));
    EXPECT_TRUE(keys.rotate(kNow + days(7)));
    EXPECT_NE(keys.current().id, first);
    EXPECT_NE(keys.findSigned(first, kNow + days(35)), nullptr);
    EXPECT_EQ(keys.findSigned(first, kNow + days(35) + Millis(1)), nullptr);
    keys.rotate(kNow + days(36));
    EXPECT_EQ(keys.findSigned(first, kNow), nullptr);
}

TEST(Prekeys, DoNotStayWhenTheClockWasAheadAndIsPutRight)
{
    Prekeys keys;
    keys.rotate(kNow + days(3'000));
    EXPECT_TRUE(keys.rotate(kNow));
    EXPECT_EQ(keys.current().createdAt, kNow);
    EXPECT_FALSE(keys.rotate(kNow + days(1)));
}

TEST(Prekeys, HoldAHundredOneTimeKeysAtMost)
{
    Prekeys keys;
    const PrekeyId first = keys.addOneTimeKey(kNow).id;
    for (std::size_t i = 1; i < Prekeys::kMaxOneTimeKeys; ++i)
        keys.addOneTimeKey(kNow);
    EXPECT_NE(keys.findOneTime(first), nullptr);
    keys.addOneTimeKey(kNow);
    EXPECT_EQ(keys.findOneTime(first), nullptr);
    EXPECT_EQ(keys.oneTimeKeys().size(), Prekeys::kMaxOneTimeKeys);
}

TEST(Prekeys, ForgetAOneTimeKeyForGood)
{
    Prekeys keys;
    const PrekeyId gone = keys.addOneTimeKey(kNow).id;
    const PrekeyId kept = keys.addOneTimeKey(kNow).id;
    keys.forgetOneTimeKey(gone);
    EXPECT_EQ(keys.findOneTime(gone), nullptr);
    EXPECT_NE(keys.findOneTime(kept), nullptr);
}

TEST(Prekeys, AreTheSameAfterTheyWereStored)
{
    Prekeys keys;
    keys.rotate(kNow);
    keys.rotate(kNow + days(8));
    keys.addOneTimeKey(kNow);
    const SecretBytes stored = keys.toBytes();
    const auto read = Prekeys::fromBytes(stored.view());
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->toBytes() == stored);
    EXPECT_TRUE(read->clone().toBytes() == stored);
    for (std::size_t length = 0; length < stored.view().size(); ++length)
        EXPECT_FALSE(Prekeys::fromBytes(stored.view().first(length))) << length;
}

} // namespace
} // namespace planb
