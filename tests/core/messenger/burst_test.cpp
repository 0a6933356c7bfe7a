// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/messenger.h"
#include "tests/core/messenger/profile_at_work.h"

#include <gtest/gtest.h>

namespace planb::test {

using namespace Qt::StringLiterals;

namespace {

QStringList textsOf(const QList<Message> &messages)
{
    QStringList texts;
    for (const Message &message : messages)
        texts.append(message.text);
    return texts;
}

} // namespace

TEST(Burst, IsOnDiskAsAWholeBeforeTheFirstOfItLeaves)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    FakeTransport &primary = alice.transport(0);
    primary.becomeReady();
    QList<QStringList> storedWhenLeaving;
    primary.hooks.sent = [&](const FakeTransport::Sent &) {
        storedWhenLeaving.append(textsOf(alice.anotherHandle()->messages().page(bob.conversation, {}, 10).value()));
    };
    const auto results = alice.profile().send(
        {{bob.contact, u"one"_s, {}, {}}, {bob.conversation, u"two"_s, {}, {}}, {bob.contact, u"three"_s, {}, {}}});
    const QStringList all{u"one"_s, u"two"_s, u"three"_s};
    EXPECT_EQ(storedWhenLeaving, QList<QStringList>(3, all));
    ASSERT_EQ(results.size(), 3U);
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(results[static_cast<std::size_t>(i)]);
        EXPECT_EQ(results[static_cast<std::size_t>(i)]->message, alice.added[i].id);
        EXPECT_EQ(alice.added[i].text, all[i]);
        EXPECT_EQ(primary.sent[i].payload.text, all[i]);
    }
}

TEST(Burst, LeavesWithoutWhatCannotBeSent)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    alice.transport(0).becomeReady();
    const auto results = alice.profile().send({{bob.contact, u"one"_s, {}, {}},
                                               {bob.contact, u" "_s, {}, {}},
                                               {ContactId(99), u"nobody"_s, {}, {}},
                                               {bob.contact, u"two"_s, {}, {}}});
    ASSERT_EQ(results.size(), 4U);
    EXPECT_TRUE(results[0]);
    EXPECT_EQ(results[1].error().code, FailureCode::EmptyText);
    EXPECT_EQ(results[2].error().code, FailureCode::UnknownContact);
    ASSERT_TRUE(results[3]);
    EXPECT_EQ(alice.profile().message(results[3]->message).value().text, u"two"_s);
    EXPECT_EQ(alice.transport(0).sent.size(), 2);
}

TEST(Burst, IsRefusedAsAWholeWhenTheStoreCannotBeWritten)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    FakeTransport &primary = alice.transport(0);
    primary.becomeReady();
    const auto other = alice.anotherHandle();
    const auto heldByAnother = other->begin();
    ASSERT_TRUE(heldByAnother);
    const auto results = alice.profile().send({{bob.contact, u"one"_s, {}, {}}, {bob.contact, u"two"_s, {}, {}}});
    ASSERT_EQ(results.size(), 2U);
    for (const auto &result : results) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().blame(), Blame::Device);
    }
    EXPECT_TRUE(primary.sent.isEmpty());
    EXPECT_TRUE(alice.added.isEmpty());
}

/// The façade, with the core thread behind it.
class BurstOfCalls : public testing::Test
{
protected:
    template<class T>
    T ask(QFuture<T> future)
    {
        future.waitForFinished();
        return future.result();
    }

    void SetUp() override
    {
        ASSERT_TRUE(ask(messenger.createProfile(u"Alice"_s, {})));
        const auto added = ask(messenger.addContact(u"Bob"_s, {{TransportKind::Xmpp, u"bob@primary.test"_s}}));
        ASSERT_TRUE(added);
        bob = *added;
    }

    QTemporaryDir folder;
    std::shared_ptr<FakeTransportFactory> factory = std::make_shared<FakeTransportFactory>();
    Messenger messenger{{folder.filePath(u"profile"_s), factory, KeyStorage::File, true}};
    AddedContact bob;
};

TEST_F(BurstOfCalls, IsSeenByTheNextCall)
{
    QList<QFuture<Result<SentMessage>>> sent;
    for (int i = 0; i < 450; ++i)
        sent.append(messenger.send(bob.contact, u"message %1"_s.arg(i), {}, {}));
    const auto page = messenger.messages(bob.conversation, {}, 500);
    const auto stored = ask(page);
    ASSERT_TRUE(stored);
    ASSERT_EQ(stored->size(), 450);
    for (int i = 0; i < 450; ++i) {
        const auto result = ask(sent[i]);
        ASSERT_TRUE(result);
        EXPECT_EQ(stored->at(i).id, result->message);
        EXPECT_EQ(stored->at(i).text, u"message %1"_s.arg(i));
    }
}

TEST_F(BurstOfCalls, IsStoredWithoutAFurtherCall)
{
    const auto sent = ask(messenger.send(bob.contact, u"alone"_s, {}, {}));
    EXPECT_TRUE(sent);
}

TEST(BurstOfCallsWithoutAProfile, IsAnswered)
{
    QTemporaryDir folder;
    Messenger messenger{
        {folder.filePath(u"profile"_s), std::make_shared<FakeTransportFactory>(), KeyStorage::File, true}};
    auto sent = messenger.send(ContactId(1), u"hello"_s, {}, {});
    sent.waitForFinished();
    ASSERT_FALSE(sent.result());
    EXPECT_EQ(sent.result().error().code, FailureCode::ProfileMissing);
}

} // namespace planb::test
