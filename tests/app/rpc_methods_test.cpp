// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/planbctl.h"
#include "tests/testkit/free_ports.h"
#include "tests/testkit/rpc_client.h"
#include "tests/testkit/wait_until.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;

QJsonArray addresses(const QStringList &jids)
{
    QJsonArray list;
    for (const QString &jid : jids)
        list.append(QJsonObject{{u"kind"_s, u"xmpp"_s}, {u"address"_s, jid}});
    return list;
}

/// A profile of its own behind a running planbctl rpc. No server anywhere: what must work without one.
class RpcMethods : public testing::Test
{
protected:
    void SetUp() override
    {
        ASSERT_TRUE(ctl.init());
        rpc = std::make_unique<RpcClient>(ctl.folder());
        QObject::connect(rpc.get(), &RpcClient::notified,
                         [this](const RpcClient::Notification &news) { notifications.append(news); });
        const auto started = rpc->start();
        ASSERT_TRUE(started) << started.error().toStdString();
    }

    /// The result; a failure of the test when it is an error.
    QJsonValue ask(const QString &method, const QJsonObject &params = {})
    {
        const RpcReply reply = rpc->request(method, params);
        EXPECT_TRUE(reply) << method.toStdString() << ": " << (reply ? "" : describe(reply.error()).toStdString());
        return reply ? *reply : QJsonValue(QJsonValue::Undefined);
    }

    QString addTransport(const QString &label, const QJsonObject &more = {})
    {
        QJsonObject params{{u"kind"_s, u"xmpp"_s},
                           {u"label"_s, label},
                           {u"settings"_s,
                            QJsonObject{{u"jid"_s, u"alice@primary.test"_s},
                                        {u"password"_s, u"pencil"_s},
                                        {u"host"_s, u"127.0.0.1"_s},
                                        {u"port"_s, freePorts(1).first()}}}};
        for (auto it = more.begin(); it != more.end(); ++it)
            params.insert(it.key(), it.value());
        return ask(u"transports.add"_s, params)[u"id"_s].toString();
    }

    QStringList chain()
    {
        QStringList labels;
        for (const QJsonValue &transport : ask(u"transports.list"_s).toArray())
            labels.append(transport[u"label"_s].toString());
        return labels;
    }

    QJsonValue addBob()
    {
        return ask(u"contacts.add"_s, {{u"name"_s, u"Bob"_s}, {u"addresses"_s, addresses({u"bob@primary.test"_s})}});
    }

    QList<QJsonObject> notified(const QString &method) const
    {
        QList<QJsonObject> found;
        for (const RpcClient::Notification &news : notifications) {
            if (news.method == method)
                found.append(news.params);
        }
        return found;
    }

    Planbctl ctl;
    std::unique_ptr<RpcClient> rpc;
    QList<RpcClient::Notification> notifications;
};

TEST_F(RpcMethods, DescribeTheSettingsOfEachKind)
{
    const QJsonObject xmpp = ask(u"transports.kinds"_s)[0].toObject();
    EXPECT_EQ(xmpp.value(u"kind"_s).toString(), u"xmpp"_s);
    QStringList names;
    QStringList secrets;
    for (const QJsonValue &field : xmpp.value(u"settings"_s).toArray()) {
        names.append(field[u"name"_s].toString());
        if (field[u"secret"_s].toBool())
            secrets.append(names.last());
        EXPECT_EQ(field.toObject().contains(u"required"_s), true);
    }
    names.sort();
    EXPECT_EQ(names,
              (QStringList{u"caFile"_s, u"host"_s, u"jid"_s, u"password"_s, u"port"_s, u"proxy"_s, u"register"_s,
                           u"security"_s}));
    EXPECT_TRUE(secrets.contains(u"password"_s));
    EXPECT_FALSE(secrets.contains(u"jid"_s));
}

TEST_F(RpcMethods, AddTransportsAtTheirPlaceAndReorderThem)
{
    const QString b = addTransport(u"B"_s);
    const QString a = addTransport(u"A"_s, {{u"position"_s, 0}});
    const QString c = addTransport(u"C"_s);
    EXPECT_EQ(chain(), (QStringList{u"A"_s, u"B"_s, u"C"_s}));
    EXPECT_EQ(ask(u"transports.reorder"_s, {{u"ids"_s, QJsonArray{c, a, b}}}), QJsonValue(QJsonObject()));
    EXPECT_EQ(chain(), (QStringList{u"C"_s, u"A"_s, u"B"_s}));
    EXPECT_FALSE(rpc->request(u"transports.reorder"_s, {{u"ids"_s, QJsonArray{c, a}}}));
    EXPECT_FALSE(rpc->request(u"transports.reorder"_s, {{u"ids"_s, QJsonArray{c, a, a}}}));
    EXPECT_EQ(ask(u"transports.remove"_s, {{u"id"_s, a}}), QJsonValue(QJsonObject()));
    EXPECT_EQ(chain(), (QStringList{u"C"_s, u"B"_s}));
}

TEST_F(RpcMethods, ShowATransportWithAllItsFieldsAndNoSecret)
{
    addTransport(u"Primary"_s);
    const QJsonObject transport = ask(u"transports.list"_s)[0].toObject();
    EXPECT_EQ(transport.keys(),
              (QStringList{u"address"_s, u"enabled"_s, u"failure"_s, u"id"_s, u"inUse"_s, u"kind"_s, u"label"_s,
                           u"rttMs"_s, u"since"_s, u"state"_s, u"warnings"_s}));
    EXPECT_EQ(transport.value(u"address"_s).toString(), u"alice@primary.test"_s);
}

TEST_F(RpcMethods, TellOfATransportThatWaitsAndOfOneThatIsOff)
{
    const QString id = addTransport(u"Primary"_s);
    EXPECT_TRUE(waitUntil([this] {
        const auto news = notified(u"transport.changed"_s);
        return !news.isEmpty() && news.last()[u"transport"_s][u"state"_s].toString() == u"waiting"_s;
    }));
    const QJsonObject failure = notified(u"transport.changed"_s).last()[u"transport"_s][u"failure"_s].toObject();
    EXPECT_EQ(failure.value(u"code"_s).toString(), u"ConnectionRefused"_s);
    EXPECT_EQ(failure.value(u"blame"_s).toString(), u"transport"_s);
    EXPECT_GT(failure.value(u"retryAt"_s).toInteger(), 0);
    ask(u"transports.update"_s, {{u"id"_s, id}, {u"enabled"_s, false}, {u"label"_s, u"First"_s}});
    const QJsonObject off = ask(u"transports.list"_s)[0].toObject();
    EXPECT_EQ(off.value(u"state"_s).toString(), u"off"_s);
    EXPECT_EQ(off.value(u"label"_s).toString(), u"First"_s);
    EXPECT_FALSE(off.value(u"enabled"_s).toBool(true));
}

TEST_F(RpcMethods, TestATransportWithoutHoldingUpWhatFollows)
{
    const QString id = addTransport(u"Primary"_s);
    const QJsonValue test = ask(u"transports.test"_s, {{u"id"_s, id}});
    EXPECT_FALSE(test[u"ok"_s].toBool(true));
    const QJsonObject last = test[u"steps"_s].toArray().last().toObject();
    EXPECT_EQ(last.keys(), (QStringList{u"detail"_s, u"ms"_s, u"name"_s, u"ok"_s}));
    EXPECT_FALSE(last.value(u"ok"_s).toBool(true));
    EXPECT_TRUE(last.value(u"detail"_s).toString().startsWith(u"ConnectionRefused"_s));
}

TEST_F(RpcMethods, KeepContacts)
{
    const QJsonValue bob = addBob();
    const QJsonObject listed = ask(u"contacts.list"_s)[0].toObject();
    EXPECT_EQ(listed.value(u"id"_s), bob[u"id"_s]);
    EXPECT_EQ(listed.value(u"conversationId"_s), bob[u"conversationId"_s]);
    EXPECT_EQ(listed.value(u"addresses"_s).toArray(), addresses({u"bob@primary.test"_s}));

    const QJsonArray moved = addresses({u"bob@two.test"_s, u"bob@primary.test"_s});
    EXPECT_EQ(ask(u"contacts.update"_s, {{u"id"_s, bob[u"id"_s]}, {u"name"_s, u"Robert"_s}, {u"addresses"_s, moved}}),
              QJsonValue(QJsonObject()));
    const QJsonObject changed = ask(u"contacts.list"_s)[0].toObject();
    EXPECT_EQ(changed.value(u"name"_s).toString(), u"Robert"_s);
    EXPECT_EQ(changed.value(u"addresses"_s).toArray(), moved);

    EXPECT_EQ(ask(u"contacts.remove"_s, {{u"id"_s, bob[u"id"_s]}}), QJsonValue(QJsonObject()));
    EXPECT_TRUE(ask(u"contacts.list"_s).toArray().isEmpty());
}

TEST_F(RpcMethods, RefuseAnAddressThatBelongsToSomebodyElse)
{
    addBob();
    const RpcReply eve = rpc->request(u"contacts.add"_s,
                                      {{u"name"_s, u"Eve"_s}, {u"addresses"_s, addresses({u"BOB@primary.test"_s})}});
    ASSERT_FALSE(eve);
    EXPECT_EQ(eve.error().failure, u"AddressInUse"_s);
}

TEST_F(RpcMethods, StoreAMessageBeforeAnyNetworkAndTellOfItOnce)
{
    const QJsonValue bob = addBob();
    const QJsonValue sent = ask(u"messages.send"_s, {{u"to"_s, bob[u"id"_s]}, {u"text"_s, u"hello"_s}});
    EXPECT_EQ(sent[u"conversationId"_s], bob[u"conversationId"_s]);
    const QJsonObject stored = ask(u"messages.list"_s, {{u"conversationId"_s, bob[u"conversationId"_s]}})[0].toObject();
    EXPECT_EQ(stored.value(u"id"_s), sent[u"messageId"_s]);
    EXPECT_EQ(stored.value(u"direction"_s).toString(), u"out"_s);
    EXPECT_EQ(stored.value(u"text"_s).toString(), u"hello"_s);
    EXPECT_TRUE(stored.value(u"receivedAt"_s).isNull());
    EXPECT_TRUE(stored.value(u"route"_s).isNull());
    ask(u"status.get"_s);
    ASSERT_EQ(notified(u"message.added"_s).size(), 1);
    EXPECT_EQ(notified(u"message.added"_s)[0][u"message"_s][u"id"_s], sent[u"messageId"_s]);
    const QJsonValue way = ask(u"messages.status"_s, {{u"messageId"_s, sent[u"messageId"_s]}});
    EXPECT_TRUE(way[u"attempts"_s].toArray().isEmpty());
}

TEST_F(RpcMethods, CorrectTakeBackAndReact)
{
    const QJsonValue bob = addBob();
    const QJsonValue sent = ask(u"messages.send"_s, {{u"to"_s, bob[u"id"_s]}, {u"text"_s, u"helo"_s}});
    const QJsonValue id = sent[u"messageId"_s];
    const QJsonValue item = ask(u"messages.correct"_s, {{u"messageId"_s, id}, {u"text"_s, u"hello"_s}});
    EXPECT_TRUE(ask(u"messages.status"_s, {{u"messageId"_s, item[u"itemId"_s]}})[u"state"_s].isString());
    ask(u"messages.react"_s, {{u"messageId"_s, id}, {u"reactions"_s, QJsonArray{u"👍"_s}}});
    const QJsonArray all = ask(u"messages.list"_s, {{u"conversationId"_s, bob[u"conversationId"_s]}}).toArray();
    ASSERT_EQ(all.size(), 1);
    EXPECT_EQ(all[0][u"text"_s].toString(), u"hello"_s);
    EXPECT_EQ(all[0][u"reactions"_s][u"mine"_s][0].toString(), u"👍"_s);
    ASSERT_EQ(notified(u"message.changed"_s).size(), 2);
    EXPECT_EQ(ask(u"messages.versions"_s, {{u"messageId"_s, id}})[0][u"text"_s].toString(), u"helo"_s);
    ask(u"messages.retract"_s, {{u"messageId"_s, id}});
    EXPECT_TRUE(notified(u"message.changed"_s).constLast()[u"message"_s][u"retracted"_s].toBool());
    EXPECT_EQ(notified(u"message.added"_s).size(), 1);
}

TEST_F(RpcMethods, KeepPrivateWhatTheUserKeepsPrivate)
{
    const QJsonValue bob = addBob();
    ask(u"conversations.showState"_s, {{u"conversationId"_s, bob[u"conversationId"_s]}, {u"state"_s, u"composing"_s}});
    EXPECT_TRUE(ask(u"privacy.get"_s)[u"showsTyping"_s].toBool());
    ask(u"privacy.set"_s, {{u"sendsReadMarks"_s, false}, {u"showsTyping"_s, false}});
    EXPECT_FALSE(ask(u"privacy.get"_s)[u"sendsReadMarks"_s].toBool());
    EXPECT_FALSE(ask(u"privacy.get"_s)[u"tellsVersion"_s].toBool());
    ask(u"privacy.set"_s, {{u"sendsReadMarks"_s, false}, {u"showsTyping"_s, false}, {u"tellsVersion"_s, true}});
    EXPECT_TRUE(ask(u"privacy.get"_s)[u"tellsVersion"_s].toBool());
    ask(u"app.setActive"_s, {{u"active"_s, false}});
}

TEST_F(RpcMethods, KeepTheOrderOfSendsThatAreWrittenAtOnce)
{
    const QJsonValue bob = addBob();
    QStringList texts;
    qint64 last = 0;
    for (int i = 0; i < 60; ++i) {
        texts.append(QString::number(i));
        last = rpc->post(u"messages.send"_s, {{u"to"_s, bob[u"conversationId"_s]}, {u"text"_s, texts.last()}});
    }
    ASSERT_TRUE(waitUntil([this, last] { return rpc->take(last).has_value(); }));
    QStringList listed;
    const QJsonObject page{{u"conversationId"_s, bob[u"conversationId"_s]}, {u"limit"_s, 500}};
    for (const QJsonValue &message : ask(u"messages.list"_s, page).toArray())
        listed.append(message[u"text"_s].toString());
    EXPECT_EQ(listed, texts);
}

TEST_F(RpcMethods, GiveFiftyMessagesAPageUnlessAskedOtherwise)
{
    const QJsonValue bob = addBob();
    for (int i = 0; i < 60; ++i)
        ask(u"messages.send"_s, {{u"to"_s, bob[u"id"_s]}, {u"text"_s, QString::number(i)}});
    const QJsonObject conversation{{u"conversationId"_s, bob[u"conversationId"_s]}};
    const QJsonArray newest = ask(u"messages.list"_s, conversation).toArray();
    ASSERT_EQ(newest.size(), 50);
    EXPECT_EQ(newest.last()[u"text"_s].toString(), u"59"_s);
    QJsonObject older = conversation;
    older.insert(u"before"_s, newest.first()[u"id"_s]);
    older.insert(u"limit"_s, 3);
    const QJsonArray page = ask(u"messages.list"_s, older).toArray();
    ASSERT_EQ(page.size(), 3);
    EXPECT_EQ(page.last()[u"text"_s].toString(), u"9"_s);
}

TEST_F(RpcMethods, AnswerToAMessageOfTheSameConversation)
{
    const QJsonValue bob = addBob();
    const QJsonValue first = ask(u"messages.send"_s, {{u"to"_s, bob[u"id"_s]}, {u"text"_s, u"first"_s}});
    ask(u"messages.send"_s,
        {{u"to"_s, bob[u"id"_s]},
         {u"text"_s, u"second"_s},
         {u"replyTo"_s, first[u"messageId"_s]},
         {u"via"_s, QJsonValue::Null}});
    const QJsonValue page = ask(u"messages.list"_s, {{u"conversationId"_s, bob[u"conversationId"_s]}});
    EXPECT_TRUE(page[0][u"replyTo"_s].isNull());
    EXPECT_EQ(page[1][u"replyTo"_s], first[u"messageId"_s]);
}

TEST_F(RpcMethods, ListConversationsNewestFirst)
{
    const QJsonValue bob = addBob();
    const QJsonValue eve = ask(u"contacts.add"_s,
                               {{u"name"_s, u"Eve"_s}, {u"addresses"_s, addresses({u"eve@primary.test"_s})}});
    ask(u"messages.send"_s, {{u"to"_s, eve[u"id"_s]}, {u"text"_s, u"one"_s}});
    ask(u"messages.send"_s, {{u"to"_s, bob[u"id"_s]}, {u"text"_s, u"two"_s}});
    const QJsonArray all = ask(u"conversations.list"_s).toArray();
    ASSERT_EQ(all.size(), 2);
    EXPECT_EQ(all[0][u"title"_s].toString(), u"Bob"_s);
    EXPECT_EQ(all[0][u"id"_s], bob[u"conversationId"_s]);
    EXPECT_EQ(all[0][u"unread"_s].toInt(-1), 0);
    EXPECT_EQ(all[0][u"lastMessage"_s][u"text"_s].toString(), u"two"_s);
    EXPECT_EQ(all[1][u"title"_s].toString(), u"Eve"_s);
}

TEST_F(RpcMethods, MarkReadOnlyWithinOneConversation)
{
    const QJsonValue bob = addBob();
    const QJsonValue sent = ask(u"messages.send"_s, {{u"to"_s, bob[u"id"_s]}, {u"text"_s, u"a"_s}});
    EXPECT_EQ(ask(u"messages.markRead"_s,
                  {{u"conversationId"_s, bob[u"conversationId"_s]}, {u"upTo"_s, sent[u"messageId"_s]}}),
              QJsonValue(QJsonObject()));
    EXPECT_FALSE(
        rpc->request(u"messages.markRead"_s, {{u"conversationId"_s, u"v999"_s}, {u"upTo"_s, sent[u"messageId"_s]}}));
}

TEST_F(RpcMethods, CountWhatWaitsInTheOutbox)
{
    const QJsonObject idle = ask(u"status.get"_s).toObject();
    EXPECT_EQ(idle.value(u"transports"_s).toArray(), QJsonArray());
    EXPECT_EQ(idle.value(u"queued"_s).toInt(-1), 0);
    EXPECT_TRUE(idle.value(u"oldestQueuedAt"_s).isNull());
    addTransport(u"Primary"_s);
    const QJsonValue bob = addBob();
    ask(u"messages.send"_s, {{u"to"_s, bob[u"id"_s]}, {u"text"_s, u"a"_s}});
    const QJsonValue status = ask(u"status.get"_s);
    EXPECT_EQ(status[u"queued"_s].toInt(), 1);
    EXPECT_GT(status[u"oldestQueuedAt"_s].toInteger(), 0);
    EXPECT_EQ(status[u"transports"_s].toArray().size(), 1);
}

TEST_F(RpcMethods, CountOnlyRoutesThatShareNothing)
{
    EXPECT_EQ(ask(u"status.get"_s)[u"independentRoutes"_s].toInt(-1), 0);
    const QString first = addTransport(u"First"_s);
    const QString second = addTransport(u"Second"_s);
    const QJsonValue status = ask(u"status.get"_s);
    EXPECT_EQ(status[u"independentRoutes"_s].toInt(), 1);
    EXPECT_EQ(status[u"sharedRoutes"_s].toArray(),
              (QJsonArray{QJsonObject{{u"transportIds"_s, QJsonArray{first, second}},
                                      {u"what"_s, u"domain"_s},
                                      {u"name"_s, u"primary.test"_s}}}));
    ask(u"transports.update"_s, {{u"id"_s, second}, {u"enabled"_s, false}});
    EXPECT_TRUE(ask(u"status.get"_s)[u"sharedRoutes"_s].toArray().isEmpty()) << "what is switched off is no way";
}

TEST_F(RpcMethods, RememberThePolicyAcrossARestart)
{
    EXPECT_EQ(ask(u"policy.get"_s)[u"returnAfterMs"_s].toInt(), 30'000);
    EXPECT_EQ(ask(u"policy.set"_s, {{u"returnAfterMs"_s, 1'500}}), QJsonValue(QJsonObject()));
    EXPECT_EQ(rpc->closeInput(), 0);
    ASSERT_TRUE(rpc->start());
    EXPECT_EQ(ask(u"policy.get"_s)[u"returnAfterMs"_s].toInt(), 1'500);
}

} // namespace

} // namespace planb::test
