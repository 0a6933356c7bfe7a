// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/scene.h"
#include "tests/testkit/child_process.h"

using namespace Qt::StringLiterals;

namespace planb::test {

/// The promises of `planbctl rpc` that only a process of its own can keep.
class RpcProcess : public OneServer
{};

TEST_F(RpcProcess, EndsWellWhenItsInputEnds)
{
    EXPECT_EQ(alice->rpc().closeInput(), 0);
}

TEST_F(RpcProcess, HasItsProfileForItself)
{
    const auto second = runPlanbctl(alice->profileFolder(), {u"status"_s});
    ASSERT_FALSE(second);
    EXPECT_TRUE(second.error().contains(u"ended with status 1"_s)) << qPrintable(second.error());
}

TEST_F(RpcProcess, OpensItsProfileAgainAfterItWasKilled)
{
    alice->rpc().kill9();
    EXPECT_TRUE(fine(alice->comeOnline()));
}

TEST_F(RpcProcess, RefusesAParameterItDoesNotKnow)
{
    const RpcReply reply = alice->rpc().request(u"messages.send"_s, {{u"to"_s, u"x"_s}, {u"txet"_s, u"typo"_s}});
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, -32602);
}

TEST_F(RpcProcess, GoesOnAfterALineThatIsNotJson)
{
    alice->rpc().writeLine("{\"jsonrpc\": ");
    EXPECT_TRUE(alice->rpc().request(u"profile.info"_s));
}

TEST_F(RpcProcess, NamesTheFailureOfARequestThatCannotBe)
{
    ASSERT_TRUE(fine(alice->meet(u"Nobody"_s, {u"nobody@nowhere.test"_s})));
    const RpcReply reply = alice->rpc().request(u"messages.send"_s,
                                                {{u"to"_s, alice->conversation()}, {u"text"_s, u" \n "_s}});
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, -32000);
    EXPECT_EQ(reply.error().failure, u"EmptyText"_s);
}

} // namespace planb::test
