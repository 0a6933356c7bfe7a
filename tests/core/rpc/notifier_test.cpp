// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/messenger.h"
#include "core/rpc/notifier.h"
#include "tests/testkit/transport/fake_transport.h"
#include "tests/testkit/wait_until.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace planb::rpc {

namespace {

using namespace Qt::StringLiterals;
using test::FakeTransport;

/// A whole messenger whose transports are the test's, and the lines a notifier writes about it.
class NotifierTest : public testing::Test
{
protected:
    void SetUp() override
    {
        ASSERT_TRUE(ask(messenger.createProfile(u"Alice"_s, {})));
        for (const QString &label : {u"primary"_s, u"backup"_s}) {
            const auto added = ask(
                messenger.addTransport(TransportKind::Xmpp, label, {{u"jid"_s, u"alice@%1.test"_s.arg(label)}}, {}));
            ASSERT_TRUE(added);
            ids.append(added->toString());
        }
        const auto added = ask(messenger.addContact(
            u"Bob"_s,
            {Address{TransportKind::Xmpp, u"bob@primary.test"_s}, Address{TransportKind::Xmpp, u"bob@backup.test"_s}}));
        ASSERT_TRUE(added);
        bob = *added;
    }

    template<class T>
    T ask(QFuture<T> future)
    {
        future.waitForFinished();
        return future.result();
    }

    /// Does it on the core thread, where transports live.
    void onCore(int place, const std::function<void(FakeTransport &)> &work)
    {
        FakeTransport *transport = factory->made.at(place);
        QMetaObject::invokeMethod(
            transport, [&] { work(*transport); }, Qt::BlockingQueuedConnection);
    }

    QList<QJsonObject> told(const QString &method) const
    {
        QList<QJsonObject> found;
        for (const QByteArray &line : lines) {
            const QJsonObject json = QJsonDocument::fromJson(line).object();
            if (json.value(u"method"_s).toString() == method)
                found.append(json.value(u"params"_s).toObject());
        }
        return found;
    }

    QTemporaryDir folder;
    std::shared_ptr<test::FakeTransportFactory> factory = std::make_shared<test::FakeTransportFactory>();
    Messenger messenger{{folder.filePath(u"profile"_s), factory, KeyStorage::File, true}};
    QList<QByteArray> lines;
    Notifier notifier{messenger, [this](const QByteArray &line) { lines.append(line); }};
    QStringList ids;
    AddedContact bob;
};

} // namespace

TEST_F(NotifierTest, TellsThatTheChainSwitchedAndWhy)
{
    for (const int place : {0, 1})
        onCore(place, [](FakeTransport &transport) { transport.becomeReady(); });
    ASSERT_TRUE(ask(messenger.send(bob.contact, u"hello"_s, {}, {})));
    EXPECT_TRUE(told(u"chain.switched"_s).isEmpty());

    onCore(0, [](FakeTransport &transport) { transport.lose(); });
    ASSERT_TRUE(test::waitUntil([this] { return told(u"chain.switched"_s).size() == 1; }));
    const QJsonObject change = told(u"chain.switched"_s).first();
    EXPECT_EQ(change.value(u"contactId"_s).toString(), bob.contact.toString());
    EXPECT_EQ(change.value(u"fromTransportId"_s).toString(), ids[0]);
    EXPECT_EQ(change.value(u"toTransportId"_s).toString(), ids[1]);
    EXPECT_EQ(change.value(u"reason"_s).toString(), u"ConnectionLost"_s);
    EXPECT_GT(change.value(u"at"_s).toInteger(), 0);
}

TEST_F(NotifierTest, TellsOfAMessageOnceAndOfEachStateItReaches)
{
    onCore(0, [](FakeTransport &transport) { transport.becomeReady(); });
    const auto sent = ask(messenger.send(bob.contact, u"hello"_s, {}, {}));
    ASSERT_TRUE(sent);
    onCore(0, [](FakeTransport &transport) { transport.acceptAll(); });
    ASSERT_TRUE(test::waitUntil([this] {
        const auto updates = told(u"message.updated"_s);
        return !updates.isEmpty() && updates.last().value(u"state"_s).toString() == u"sent"_s;
    }));
    EXPECT_EQ(told(u"message.added"_s).size(), 1);
    EXPECT_EQ(told(u"message.updated"_s).last().value(u"messageId"_s).toString(), sent->message.toString());
}

} // namespace planb::rpc
