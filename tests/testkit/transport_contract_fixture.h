// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "tests/testkit/transport/transport_witness.h"
#include "tests/testkit/transport/transport_world.h"
#include "tests/testkit/wait_until.h"

#include <gtest/gtest.h>

#include <memory>
#include <ostream>
#include <set>

namespace planb::test {

/// What every transport must do (core/transport/transport.h), whatever carries the messages.
///
/// Include tests/testkit/transport_contract.h in one source file of a test program and say on what to run it:
///     INSTANTIATE_TEST_SUITE_P(OnProsody, TransportContract, testing::Values(maker), transportWorldName);
class TransportContract : public testing::TestWithParam<TransportWorldMaker>
{
protected:
    void SetUp() override
    {
        if (const QString missing = GetParam().whatIsMissing(); !missing.isEmpty())
            GTEST_SKIP() << missing.toStdString();
        world = GetParam().make();
        ASSERT_TRUE(world);
        alice = std::make_unique<TransportWitness>(world->alice());
        bob = std::make_unique<TransportWitness>(world->bob());
    }

    Transport &aliceSide() { return world->alice(); }
    Transport &bobSide() { return world->bob(); }
    Address bobsAddress() { return {world->bob().traits().kind, world->bob().traits().ownAddress}; }

    void startBoth()
    {
        aliceSide().start();
        bobSide().start();
        ASSERT_TRUE(waitUntil([&] { return alice->isReady() && bob->isReady(); }));
    }

    Payload payload(const QString &text)
    {
        return {WireId::random(m_random), text, ++m_order, wallFromMillis(1'700'000'000'000), {}};
    }
    AttemptId send(const Payload &payload, const Address &to)
    {
        const AttemptId attempt(++m_lastAttempt);
        aliceSide().send(attempt, payload, to);
        return attempt;
    }
    AttemptId sendToBob(const QString &text) { return send(payload(text), bobsAddress()); }

    StreamAck ackUpTo(quint64 number)
    {
        StreamAck ack{StreamId::random(m_random), {}};
        for (quint64 one = 1; one <= number; ++one)
            ack.ranges.add(one);
        return ack;
    }

    bool waitForAnswer(AttemptId attempt)
    {
        return waitUntil([&] { return alice->isAnswered(attempt); });
    }
    /// Everything that will ever be answered has been, and nothing twice.
    void expectOneAnswerEach()
    {
        EXPECT_EQ(alice->handed.size(), static_cast<std::size_t>(m_lastAttempt));
        for (const auto &[attempt, answers] : alice->handed)
            EXPECT_EQ(answers.size(), 1u) << attempt.toString().toStdString();
    }

    std::unique_ptr<TransportWorld> world;
    std::unique_ptr<TransportWitness> alice, bob; // after the world: they let go first

private:
    SeededRandom m_random{11};
    quint64 m_order = 0;
    qint64 m_lastAttempt = 0;
};

inline void PrintTo(const TransportWorldMaker &maker, std::ostream *out)
{
    *out << maker.name;
}

inline std::string transportWorldName(const testing::TestParamInfo<TransportWorldMaker> &test)
{
    return test.param.name;
}

} // namespace planb::test
