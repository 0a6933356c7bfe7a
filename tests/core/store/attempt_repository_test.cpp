// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/store/store_fixture.h"

namespace planb::store {
namespace {

using namespace Qt::StringLiterals;

class Attempts : public StoreTest
{
protected:
    AttemptRepository &attempts() { return store().attempts(); }
    Attempt attempt(qint64 id, const Message &message, qint64 transport = 1) const
    {
        return {AttemptId(id),
                message.id,
                RouteLabel{TransportId(transport), u"Example"_s, TransportKind::Xmpp},
                jid(u"bob@a.example"_s),
                at(100),
                AttemptState::Started,
                {}};
    }
};

TEST_F(Attempts, TellTheWayOfAMessageOldestFirst)
{
    const Contact contact = bob();
    const Message message = outgoing(contact, u"w"_s);
    const Attempt first = attempt(1, message);
    const Attempt second = attempt(2, message, 2);
    must(attempts().add(first));
    must(attempts().add(attempt(3, outgoing(contact, u"other"_s))));
    must(attempts().add(second));
    EXPECT_EQ(must(attempts().ofMessage(message.id)), (QList<Attempt>{first, second}));
}

TEST_F(Attempts, KeepEveryPartOfAFailure)
{
    const Message message = outgoing(bob(), u"w"_s);
    const Failure failure{FailureCode::ServerBusy, u"come back later"_s, Millis(1500)};
    must(attempts().add(attempt(1, message)));
    must(attempts().finish(AttemptId(1), AttemptState::Rejected, failure, at(200)));
    const auto found = must(attempts().ofMessage(message.id));
    ASSERT_EQ(found.size(), 1);
    EXPECT_EQ(found[0].state, AttemptState::Rejected);
    EXPECT_EQ(found[0].failure, failure);
    EXPECT_EQ(found[0].finishedAt, at(200));
    // An attempt may be stored with its end as well.
    Attempt whole = found[0];
    whole.id = AttemptId(2);
    must(attempts().add(whole));
    EXPECT_EQ(must(attempts().ofMessage(message.id))[1], whole);
}

TEST_F(Attempts, KeepWhyTheyWereMade)
{
    const Message message = outgoing(bob(), u"w"_s);
    must(attempts().add(attempt(1, message)));
    Attempt next = attempt(2, message, 2);
    next.reason = u"ConnectionLost"_s;
    must(attempts().add(next));
    must(attempts().finish(next.id, AttemptState::Accepted, {}, at(300)));
    const auto found = must(attempts().ofMessage(message.id));
    EXPECT_EQ(found[0].reason, QString());
    EXPECT_EQ(found[1].reason, u"ConnectionLost"_s);
}

TEST_F(Attempts, ForgetAFailureThatTurnedOutWell)
{
    const Message message = outgoing(bob(), u"w"_s);
    must(attempts().add(attempt(1, message)));
    must(attempts().finish(AttemptId(1), AttemptState::Unsure, Failure{FailureCode::HopTimeout, {}, {}}, at(200)));
    must(attempts().finish(AttemptId(1), AttemptState::Accepted, {}, at(300)));
    EXPECT_EQ(must(attempts().ofMessage(message.id))[0].failure, std::nullopt);
}

TEST_F(Attempts, ThatDoNotExistCannotEnd)
{
    EXPECT_EQ(codeOf(attempts().finish(AttemptId(9), AttemptState::Accepted, {}, at(1))), FailureCode::InvalidArgument);
}

TEST_F(Attempts, HaveIdsOfTheirOwn)
{
    const Message message = outgoing(bob(), u"w"_s);
    EXPECT_EQ(must(attempts().lastId()), AttemptId());
    must(attempts().add(attempt(5, message)));
    EXPECT_EQ(codeOf(attempts().add(attempt(5, message))), FailureCode::InvalidArgument);
    EXPECT_EQ(must(attempts().lastId()), AttemptId(5));
    must(attempts().add(attempt(9, message)));
    must(attempts().add(attempt(7, message)));
    EXPECT_EQ(must(attempts().lastId()), AttemptId(9));
}

TEST_F(Attempts, ThatWereOpenWhenTheProgramEndedAreUnsure)
{
    const Message message = outgoing(bob(), u"w"_s);
    must(attempts().add(attempt(1, message)));
    must(attempts().add(attempt(2, message)));
    must(attempts().finish(AttemptId(2), AttemptState::Accepted, {}, at(200)));
    must(attempts().closeOpen(at(300)));
    const auto found = must(attempts().ofMessage(message.id));
    EXPECT_EQ(found[0].state, AttemptState::Unsure);
    EXPECT_EQ(found[1].state, AttemptState::Accepted);
}

TEST_F(Attempts, AreFoundByTransport)
{
    const Message message = outgoing(bob(), u"w"_s);
    must(attempts().add(attempt(1, message, 1)));
    must(attempts().add(attempt(2, message, 1)));
    must(attempts().add(attempt(3, message, 2)));
    EXPECT_EQ(must(attempts().latestOn(message.id, TransportId(1))), attempt(2, message, 1));
    EXPECT_EQ(must(attempts().latestOn(message.id, TransportId(3))), std::nullopt);
}

} // namespace
} // namespace planb::store
