// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/effect.h"

#include <gtest/gtest.h>

namespace planb::delivery::test {
namespace {

using namespace Qt::StringLiterals;

// Two runs are compared by what the engine asked for: a part that is not compared could differ unseen.
TEST(Effects, DifferInEachOfTheirParts)
{
    const Address bob{TransportKind::Xmpp, u"bob@one.example"_s};
    const Address carol{TransportKind::Xmpp, u"carol@one.example"_s};
    const AttemptId attempt(1), otherAttempt(2);
    const MessageId message(1), otherMessage(2);
    const TransportId transport(1), otherTransport(2);
    const ContactId contact(1), otherContact(2);
    const Failure failure{FailureCode::HopTimeout, {}, {}};
    const Effects different{
        StartAttempt{attempt, message, transport, bob, {}},
        StartAttempt{otherAttempt, message, transport, bob, {}},
        StartAttempt{attempt, otherMessage, transport, bob, {}},
        StartAttempt{attempt, message, otherTransport, bob, {}},
        StartAttempt{attempt, message, transport, carol, {}},
        StartAttempt{attempt, message, transport, bob, u"Missing"_s},
        FinishAttempt{attempt, AttemptState::Unsure, {}},
        FinishAttempt{otherAttempt, AttemptState::Unsure, {}},
        FinishAttempt{attempt, AttemptState::Accepted, {}},
        FinishAttempt{attempt, AttemptState::Unsure, failure},
        AdvanceMessage{message, MessageState::Sent, {}},
        AdvanceMessage{otherMessage, MessageState::Sent, {}},
        AdvanceMessage{message, MessageState::Failed, {}},
        AdvanceMessage{message, MessageState::Sent, transport},
        ForgetItem{message},
        ForgetItem{otherMessage},
        SendAck{contact, transport, bob},
        SendAck{otherContact, transport, bob},
        SendAck{contact, otherTransport, bob},
        SendAck{contact, transport, carol},
        ProbeLink{transport},
        ProbeLink{otherTransport},
        NudgeLink{transport},
        NudgeLink{otherTransport},
        SwitchedRoute{contact, transport, otherTransport, {}},
        SwitchedRoute{otherContact, transport, otherTransport, {}},
        SwitchedRoute{contact, otherTransport, otherTransport, {}},
        SwitchedRoute{contact, transport, transport, {}},
        SwitchedRoute{contact, transport, otherTransport, u"Recovered"_s},
    };
    for (std::size_t a = 0; a < different.size(); ++a) {
        for (std::size_t b = 0; b < different.size(); ++b)
            EXPECT_EQ(different[a] == different[b], a == b) << a << " and " << b;
    }
}

} // namespace
} // namespace planb::delivery::test
