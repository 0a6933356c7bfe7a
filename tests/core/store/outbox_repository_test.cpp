// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/store/store_fixture.h"

namespace planb::store {
namespace {

using namespace Qt::StringLiterals;

class Outbox : public StoreTest
{
protected:
    OutboxRepository &outbox() { return store().outbox(); }
};

TEST_F(Outbox, IsThereAfterARestartInTheOrderOfWriting)
{
    const Contact contact = bob();
    const Message first = outgoing(contact, u"한글"_s);
    const Message second = outgoing(contact, u"two"_s);
    must(outbox().add({second.id, contact.id, TransportId(4), at(20), true, 0}));
    must(outbox().add({first.id, contact.id, {}, at(10), false, 0}));
    reopen();
    const auto rows = must(outbox().all());
    ASSERT_EQ(rows.size(), 2);
    EXPECT_EQ(rows[0].message, first.id);
    EXPECT_EQ(rows[0].contact, contact.id);
    EXPECT_EQ(rows[0].via, std::nullopt);
    EXPECT_EQ(rows[0].queuedAt, at(10));
    EXPECT_FALSE(rows[0].accepted);
    EXPECT_EQ(rows[0].textBytes, 6); // of UTF-8
    EXPECT_EQ(rows[1].message, second.id);
    EXPECT_EQ(rows[1].via, TransportId(4));
    EXPECT_TRUE(rows[1].accepted);
    EXPECT_EQ(rows[1].textBytes, 3);
}

TEST_F(Outbox, RemembersThatAMessageWasAccepted)
{
    const Contact contact = bob();
    const Message message = outgoing(contact, u"w"_s);
    must(outbox().add({message.id, contact.id, {}, at(1), false, 0}));
    must(outbox().setAccepted(message.id));
    EXPECT_TRUE(must(outbox().all())[0].accepted);
}

TEST_F(Outbox, ForgetsAMessageOnceAndForAll)
{
    const Contact contact = bob();
    const Message message = outgoing(contact, u"w"_s);
    must(outbox().add({message.id, contact.id, {}, at(1), false, 0}));
    must(outbox().remove(message.id));
    must(outbox().remove(message.id));
    must(outbox().setAccepted(message.id));
    EXPECT_TRUE(must(outbox().all()).isEmpty());
}

TEST_F(Outbox, TakesAMessageBackThatCameBack)
{
    const Contact contact = bob();
    const Message message = outgoing(contact, u"w"_s);
    must(outbox().add({message.id, contact.id, TransportId(1), at(1), false, 0}));
    must(outbox().add({message.id, contact.id, {}, at(2), true, 0}));
    const auto rows = must(outbox().all());
    ASSERT_EQ(rows.size(), 1);
    EXPECT_EQ(rows[0].via, std::nullopt);
    EXPECT_EQ(rows[0].queuedAt, at(2));
    EXPECT_TRUE(rows[0].accepted);
}

TEST_F(Outbox, HoldsOnlyMessagesThatExist)
{
    EXPECT_EQ(codeOf(outbox().add({MessageId(99), bob().id, {}, at(1), false, 0})), FailureCode::InvalidArgument);
}

} // namespace
} // namespace planb::store
