// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/path.h"

#include "core/delivery/constants.h"

#include <gtest/gtest.h>

namespace planb::delivery {
namespace {

using namespace std::chrono_literals;

constexpr MonoTime kStart{1h};

class PathTest : public testing::Test
{
protected:
    void fails(FailureCode code, MonoTime at, std::optional<Millis> retryAfter = {})
    {
        path.onFailure(Failure{code, {}, retryAfter}, at, random);
    }

    SeededRandom random{1};
    Path path{TransportKind::Xmpp};
};

TEST_F(PathTest, IsOpenAtFirst)
{
    EXPECT_TRUE(path.isOpen(kStart));
    EXPECT_FALSE(path.isRefused(kStart));
    EXPECT_FALSE(path.hasBeenRefused());
    EXPECT_EQ(path.lastFailure(), std::nullopt);
}

TEST_F(PathTest, RestsAMomentWhenTheServerIsBusy)
{
    fails(FailureCode::ServerBusy, kStart);
    EXPECT_FALSE(path.isOpen(kStart));
    EXPECT_FALSE(path.isRefused(kStart)) << "a busy server says nothing about the address";
    EXPECT_TRUE(path.isOpen(kStart + 600ms));
    EXPECT_EQ(path.lastFailure(), FailureCode::ServerBusy);
}

TEST_F(PathTest, RestsLongerEachTimeButNeverMoreThanAMinuteAndAFifth)
{
    MonoTime now = kStart;
    Micros former{0};
    for (int i = 0; i < 8; ++i) {
        fails(FailureCode::ServerBusy, now);
        const Micros rest = path.restsUntil() - now;
        EXPECT_GT(rest, former);
        former = rest;
        now = path.restsUntil();
    }
    for (int i = 0; i < 30; ++i) {
        fails(FailureCode::ServerBusy, now);
        EXPECT_LE(path.restsUntil() - now, 72s);
        now = path.restsUntil();
    }
}

TEST_F(PathTest, ForgetsItsFailuresWhenAHopTakesAMessage)
{
    MonoTime now = kStart;
    for (int i = 0; i < 8; ++i) {
        fails(FailureCode::ServerBusy, now);
        now = path.restsUntil();
    }
    path.onAccepted();
    fails(FailureCode::ServerBusy, now);
    EXPECT_LE(path.restsUntil() - now, 600ms);
}

TEST_F(PathTest, TakesABurstOfFailuresForOne)
{
    for (int i = 0; i < 200; ++i)
        fails(FailureCode::ServerBusy, kStart);
    EXPECT_LE(path.restsUntil() - kStart, 600ms);
}

TEST_F(PathTest, TakesABurstOfRefusalsForOne)
{
    for (int i = 0; i < 200; ++i)
        fails(FailureCode::RecipientUnavailable, kStart + i * 1ms);
    EXPECT_EQ(path.restsUntil(), kStart + 60s);
}

TEST_F(PathTest, WaitsAsLongAsTheServerAsksFor)
{
    fails(FailureCode::ServerBusy, kStart, 90s);
    EXPECT_EQ(path.restsUntil(), kStart + 90s);
}

TEST_F(PathTest, IsNotPutOffForGoodByAnyServer)
{
    fails(FailureCode::ServerBusy, kStart, Millis::max());
    EXPECT_EQ(path.restsUntil(), kStart + 24h);
}

TEST_F(PathTest, RestsAnHourWhenTheAddressIsUnknownAndTwiceAsLongEachTime)
{
    MonoTime now = kStart;
    for (const auto rest : {1h, 2h, 4h, 8h, 16h, 24h, 24h}) {
        fails(FailureCode::RecipientUnknown, now);
        EXPECT_TRUE(path.isRefused(now));
        EXPECT_EQ(path.restsUntil() - now, rest);
        now = path.restsUntil();
        EXPECT_FALSE(path.isRefused(now));
    }
}

TEST_F(PathTest, RestsAMinuteWhenTheAddressIsUnavailable)
{
    fails(FailureCode::RecipientUnavailable, kStart);
    EXPECT_TRUE(path.isRefused(kStart));
    EXPECT_EQ(path.restsUntil(), kStart + 60s);
}

TEST_F(PathTest, CanBeRefusedWhileItsServerIsBusy)
{
    fails(FailureCode::ServerBusy, kStart, 10s);
    fails(FailureCode::RecipientUnknown, kStart + 1s);
    EXPECT_TRUE(path.isRefused(kStart + 1s));
    EXPECT_EQ(path.lastFailure(), FailureCode::RecipientUnknown);
}

TEST_F(PathTest, RemembersARefusalUntilSomebodyThereConfirms)
{
    fails(FailureCode::RecipientUnknown, kStart);
    path.onAccepted();
    EXPECT_TRUE(path.hasBeenRefused()) << "a server takes messages for anybody";
    EXPECT_FALSE(path.isOpen(kStart));
    path.onDelivered({});
    EXPECT_FALSE(path.hasBeenRefused());
    EXPECT_TRUE(path.isOpen(kStart));
    fails(FailureCode::RecipientUnknown, kStart + 1s);
    EXPECT_EQ(path.restsUntil(), kStart + 1s + 1h);
}

TEST_F(PathTest, LearnsHowLongConfirmationsTake)
{
    EXPECT_EQ(path.endToEndTimeout(), 4s);
    path.onDelivered(1s);
    EXPECT_EQ(path.endToEndTimeout(), 3s);
    for (int i = 0; i < 50; ++i)
        path.onDelivered(50ms);
    EXPECT_EQ(path.endToEndTimeout(), 2s);
}

TEST_F(PathTest, WaitsLongerForConfirmationsByMail)
{
    EXPECT_EQ(Path(TransportKind::Email).endToEndTimeout(), 120s);
}

} // namespace
} // namespace planb::delivery
