// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "transports/xmpp/reconnect_policy.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using xmpp::ReconnectPolicy;

constexpr MonoTime kStart{Millis(1'000'000)};
const Failure kLost{FailureCode::ConnectionLost, {}, {}};
const Failure kRefused{FailureCode::ConnectionRefused, {}, {}};

MonoTime at(Millis time)
{
    return kStart + Micros(time);
}

class ReconnectPolicyTest : public testing::Test
{
protected:
    Millis waitAfter(const Failure &failure, MonoTime now)
    {
        return policy.onFailed(failure, now, random).value_or(Millis(-1));
    }
    /// Comes online at `from` and is lost `lasting` later.
    Millis waitAfterSession(Millis from, Millis lasting)
    {
        policy.onTry(at(from));
        policy.onOnline(at(from));
        return waitAfter(kLost, at(from + lasting));
    }

    ReconnectPolicy policy;
    SeededRandom random{1};
};

} // namespace

TEST_F(ReconnectPolicyTest, WaitsLongerAfterEachFailureUpToAMinute)
{
    double nominal = 500;
    for (int i = 0; i < 30; ++i) {
        const auto wait = static_cast<double>(waitAfter(kRefused, kStart).count());
        EXPECT_GE(wait, 0.8 * nominal - 1) << i;
        EXPECT_LE(wait, 1.2 * nominal + 1) << i;
        EXPECT_LE(wait, 60'000);
        nominal = std::min(50'000.0, nominal * 1.6);
    }
}

TEST_F(ReconnectPolicyTest, ReturnsAtOnceAfterALossOnce)
{
    EXPECT_LE(waitAfterSession(Millis(0), Millis(1'000)), Millis(100));
    EXPECT_GE(waitAfterSession(Millis(2'000), Millis(1'000)), Millis(400));
    EXPECT_GE(waitAfterSession(Millis(5'000), Millis(1'000)), Millis(640));
}

// A server that accepts and drops must not be hammered: connected is not proven.
TEST_F(ReconnectPolicyTest, StartsAnewOnlyAfterThirtySecondsOnline)
{
    for (int i = 0; i < 10; ++i)
        waitAfterSession(Millis(0), Millis(29'999));
    EXPECT_GE(waitAfterSession(Millis(0), Millis(29'999)), Millis(8'000));
    EXPECT_LE(waitAfterSession(Millis(0), Millis(30'000)), Millis(100));
    EXPECT_LE(waitAfter(kRefused, at(Millis(30'100))), Millis(600));
}

TEST_F(ReconnectPolicyTest, CountsTheTimeOnlineOnlyOnce)
{
    waitAfterSession(Millis(0), Millis(60'000));
    for (int i = 0; i < 10; ++i)
        waitAfter(kRefused, at(Millis(70'000)));
    EXPECT_GE(waitAfter(kRefused, at(Millis(200'000))), Millis(8'000));
}

TEST_F(ReconnectPolicyTest, DoesNotRepeatARefusedLoginByItself)
{
    for (const FailureCode code :
         {FailureCode::AuthenticationFailed, FailureCode::AccountDisabled, FailureCode::MechanismNotOffered,
          FailureCode::RegistrationRefused, FailureCode::SessionReplaced})
        EXPECT_FALSE(policy.onFailed({code, {}, {}}, kStart, random)) << static_cast<int>(code);
}

TEST_F(ReconnectPolicyTest, LooksAgainAfterAnHourWhetherTheServerCanBeTrusted)
{
    for (const FailureCode code :
         {FailureCode::CertificateUntrusted, FailureCode::TlsNotOffered, FailureCode::ServerNotAuthentic})
        EXPECT_EQ(waitAfter({code, {}, {}}, kStart), Millis(3'600'000)) << static_cast<int>(code);
}

TEST_F(ReconnectPolicyTest, WaitsAtLeastAsLongAsTheServerAsks)
{
    EXPECT_EQ(waitAfter({FailureCode::ServerBusy, {}, Millis(90'000)}, kStart), Millis(90'000));
}

TEST_F(ReconnectPolicyTest, ComesAtOnceWhenNudgedButNotTwiceInASecond)
{
    for (int i = 0; i < 10; ++i)
        waitAfter(kRefused, kStart);
    EXPECT_EQ(policy.onNudge(kRefused, kStart), Millis(0));
    policy.onTry(kStart);
    EXPECT_EQ(policy.onNudge(kRefused, at(Millis(300))), Millis(700));
    EXPECT_EQ(policy.onNudge(kRefused, at(Millis(1'000))), Millis(0));
    EXPECT_LE(waitAfter(kRefused, at(Millis(1'000))), Millis(600)) << "the waits start anew";
}

// Servers lock out whoever keeps sending a wrong password.
TEST_F(ReconnectPolicyTest, RepeatsARefusedLoginAtMostEveryTenSecondsHoweverOftenItIsNudged)
{
    policy.onTry(kStart);
    EXPECT_EQ(policy.onNudge({FailureCode::AuthenticationFailed, {}, {}}, at(Millis(1'000))), Millis(9'000));
}

} // namespace planb::test
