// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/counterpart.h"
#include "tests/integration/scene.h"
#include "tests/testkit/ejabberd.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace planb::test {

namespace {

const QString kKorean = u"안녕하세요 👋🏽\n두 번째 줄 👨‍👩‍👧‍👦\n<b>&amp;</b> \"'"_s;

} // namespace

/// Alice has PlanB, Carol has slixmpp: both ways, on each of the servers people use.
class Conversation
    : public Scene
    , public testing::WithParamInterface<const char *>
{
protected:
    void SetUp() override
    {
        Scene::SetUp();
        if (IsSkipped() || HasFatalFailure())
            return;
        if (const QString missing = Counterpart::whatIsMissing(); !missing.isEmpty())
            GTEST_SKIP() << qPrintable(missing);
        if (QByteArray(GetParam()) == "ejabberd")
            startEjabberd();
        else
            startProsody();
        if (IsSkipped() || HasFatalFailure())
            return;
        ASSERT_TRUE(fine(carol.begin(u"carol@%1"_s.arg(domain), personPassword(), port, ca().file())));
        alice = std::make_unique<Person>(u"Alice"_s, path(u"people"_s));
        ASSERT_TRUE(fine(alice->begin()));
        ASSERT_TRUE(fine(alice->meet(u"Carol"_s, {u"carol@"_s + domain})));
        ASSERT_TRUE(fine(alice->addTransport(primaryLabel(),
                                             {{u"jid"_s, aliceJid()},
                                              {u"password"_s, personPassword()},
                                              {u"host"_s, u"127.0.0.1"_s},
                                              {u"port"_s, port},
                                              {u"security"_s, u"starttls"_s},
                                              {u"caFile"_s, ca().file()}})));
        ASSERT_TRUE(fine(alice->waitUntilReady()));
        QObject::connect(&alice->rpc(), &RpcClient::notified, [this](const RpcClient::Notification &news) {
            if (news.method == u"message.changed"_s)
                changed.append(news.params.value(u"message"_s).toObject());
            if (news.method == u"contact.state"_s)
                states.append(news.params.value(u"state"_s).toString());
        });
    }

    void startProsody()
    {
        prosody = makeServer(u"primary"_s);
        ASSERT_TRUE(fine(prosody->start()));
        for (const QString &user : {u"alice"_s, u"carol"_s})
            ASSERT_TRUE(fine(prosody->addUser(user, personPassword())));
        domain = prosody->domain();
        port = prosody->starttlsPort();
    }
    void startEjabberd()
    {
        if (const QString missing = Ejabberd::whatIsMissing(); !missing.isEmpty())
            GTEST_SKIP() << qPrintable(missing);
        const auto certificate = ca().issue(u"ejabberd"_s, {u"primary.test"_s});
        ASSERT_TRUE(fine(certificate));
        ejabberd = std::make_unique<Ejabberd>(path(u"ejabberd"_s), u"primary.test"_s, *certificate);
        ASSERT_TRUE(fine(ejabberd->start()));
        for (const QString &user : {u"alice"_s, u"carol"_s})
            ASSERT_TRUE(fine(ejabberd->addUser(user, personPassword())));
        domain = ejabberd->domain();
        port = ejabberd->starttlsPort();
    }

    QString aliceJid() const { return u"alice@"_s + domain; }
    void carolDoes(QJsonObject command)
    {
        command.insert(u"to"_s, aliceJid());
        carol.obey(command);
    }
    QJsonObject shown(const QString &id)
    {
        const auto all = alice->history();
        for (const QJsonObject &message : all ? *all : QList<QJsonObject>()) {
            if (message.value(u"id"_s).toString() == id)
                return message;
        }
        return {};
    }
    /// The message of Carol's that Alice saw last.
    QJsonObject lastSeen()
    {
        const auto all = alice->history();
        return all && !all->isEmpty() ? all->constLast() : QJsonObject();
    }
    RpcReply ask(const QString &method, const QJsonObject &parameters)
    {
        return alice->rpc().request(method, parameters);
    }

    Counterpart carol;
    std::unique_ptr<Prosody> prosody;
    std::unique_ptr<Ejabberd> ejabberd;
    std::unique_ptr<Person> alice;
    QString domain;
    quint16 port = 0;
    QList<QJsonObject> changed;
    QStringList states;
};

TEST_P(Conversation, TextReceiptsAndMarksOfAlice)
{
    const auto id = alice->say(kKorean);
    ASSERT_TRUE(fine(id));
    const QJsonObject got = carol.waitFor(u"body"_s, kKorean);
    ASSERT_FALSE(got.isEmpty());
    EXPECT_TRUE(learnsDelivery(*alice, {*id})); // slixmpp confirms by itself
    carolDoes({{u"do"_s, u"displayed"_s}, {u"target"_s, got.value(u"id"_s)}});
    EXPECT_TRUE(becomesTrue("it is read", [&] { return alice->tickOf(*id).state == u"read"_s; }));
    EXPECT_EQ(carol.countOf(u"body"_s, kKorean), 1);
}

TEST_P(Conversation, TextReceiptsAndMarksOfCarol)
{
    carolDoes({{u"do"_s, u"say"_s}, {u"text"_s, kKorean}, {u"id"_s, u"c1"_s}, {u"markable"_s, true}});
    EXPECT_TRUE(seesOnce(*alice, kKorean));
    EXPECT_FALSE(carol.waitFor(u"receipt"_s, u"c1"_s).isEmpty());
    const QJsonObject message = lastSeen();
    ASSERT_TRUE(ask(u"messages.markRead"_s,
                    {{u"conversationId"_s, message.value(u"conversationId"_s)}, {u"upTo"_s, message.value(u"id"_s)}}));
    EXPECT_FALSE(carol.waitFor(u"displayed"_s, u"c1"_s).isEmpty());
}

TEST_P(Conversation, WhatAliceSaysAboutMessages)
{
    const auto id = alice->say(u"helo"_s);
    ASSERT_TRUE(fine(id));
    const QString first = carol.waitFor(u"body"_s, u"helo"_s).value(u"id"_s).toString();
    ASSERT_TRUE(ask(u"messages.correct"_s, {{u"messageId"_s, *id}, {u"text"_s, kKorean}}));
    EXPECT_EQ(carol.waitFor(u"replaces"_s, first).value(u"body"_s).toString(), kKorean);
    carolDoes({{u"do"_s, u"say"_s}, {u"text"_s, u"hi"_s}, {u"id"_s, u"c1"_s}});
    ASSERT_TRUE(seesOnce(*alice, u"hi"_s));
    ASSERT_TRUE(ask(u"messages.react"_s,
                    {{u"messageId"_s, lastSeen().value(u"id"_s)},
                     {u"reactions"_s, QJsonArray{u"👍"_s, u"👨‍👩‍👧‍👦"_s}}}));
    EXPECT_EQ(carol.waitFor(u"reacts"_s, u"c1"_s).value(u"reactions"_s).toArray(),
              (QJsonArray{u"👍"_s, u"👨‍👩‍👧‍👦"_s}));
    ASSERT_TRUE(ask(u"messages.send"_s,
                    {{u"to"_s, lastSeen().value(u"conversationId"_s)},
                     {u"text"_s, u"yes"_s},
                     {u"replyTo"_s, lastSeen().value(u"id"_s)}}));
    EXPECT_EQ(carol.waitFor(u"answers"_s, u"c1"_s).value(u"body"_s).toString(), u"> hi\nyes");
    ASSERT_TRUE(ask(u"messages.retract"_s, {{u"messageId"_s, *id}}));
    EXPECT_FALSE(carol.waitFor(u"retracts"_s, first).isEmpty());
}

TEST_P(Conversation, WhatCarolSaysAboutMessages)
{
    carolDoes({{u"do"_s, u"say"_s}, {u"text"_s, u"helo"_s}, {u"id"_s, u"c1"_s}});
    ASSERT_TRUE(seesOnce(*alice, u"helo"_s));
    const QString id = lastSeen().value(u"id"_s).toString();
    carolDoes({{u"do"_s, u"correct"_s}, {u"text"_s, kKorean}, {u"target"_s, u"c1"_s}});
    EXPECT_TRUE(becomesTrue("it is corrected", [&] { return shown(id).value(u"text"_s).toString() == kKorean; }));
    const auto mine = alice->say(u"mine"_s);
    ASSERT_TRUE(fine(mine));
    const QJsonValue wire = carol.waitFor(u"body"_s, u"mine"_s).value(u"id"_s);
    carolDoes({{u"do"_s, u"react"_s}, {u"target"_s, wire}, {u"reactions"_s, QJsonArray{u"🎉"_s, u"❤️"_s}}});
    EXPECT_TRUE(becomesTrue("there are reactions", [&] {
        return shown(*mine).value(u"reactions"_s)[u"theirs"_s].toArray() == QJsonArray{u"🎉"_s, u"❤️"_s};
    }));
    carolDoes({{u"do"_s, u"say"_s}, {u"text"_s, u"yes"_s}, {u"id"_s, u"c2"_s}, {u"answers"_s, wire}});
    ASSERT_TRUE(seesOnce(*alice, u"yes"_s));
    EXPECT_EQ(lastSeen().value(u"replyTo"_s).toString(), *mine);
    carolDoes({{u"do"_s, u"retract"_s}, {u"target"_s, u"c1"_s}});
    EXPECT_TRUE(becomesTrue("it is taken back", [&] { return shown(id).value(u"retracted"_s).toBool(); }));
    EXPECT_EQ(changed.size(), 3);
}

TEST_P(Conversation, WhatTheyAreDoing)
{
    // States are not kept for somebody who is not there yet.
    carolDoes({{u"do"_s, u"say"_s}, {u"text"_s, u"are you there?"_s}, {u"id"_s, u"c1"_s}});
    ASSERT_TRUE(seesOnce(*alice, u"are you there?"_s));
    carolDoes({{u"do"_s, u"state"_s}, {u"state"_s, u"composing"_s}});
    EXPECT_TRUE(becomesTrue("she is writing", [&] { return states.contains(u"composing"_s); }));
    ASSERT_TRUE(fine(alice->say(u"hello"_s)));
    const auto all = alice->history();
    ASSERT_TRUE(fine(all));
    ASSERT_TRUE(ask(u"conversations.showState"_s,
                    {{u"conversationId"_s, all->constLast().value(u"conversationId"_s)}, {u"state"_s, u"paused"_s}}));
    EXPECT_FALSE(carol.waitFor(u"state"_s, u"paused"_s).isEmpty());
}

TEST_P(Conversation, OfWhatCameWhileAliceWasAway)
{
    ASSERT_EQ(alice->rpc().closeInput(), 0);
    for (int i = 0; i < 20; ++i)
        carolDoes({{u"do"_s, u"say"_s}, {u"text"_s, u"missed %1"_s.arg(i)}, {u"id"_s, u"m%1"_s.arg(i)}});
    carolDoes(
        {{u"do"_s, u"correct"_s}, {u"text"_s, u"missed, but right"_s}, {u"target"_s, u"m19"_s}, {u"id"_s, u"m20"_s}});
    // The server has all of it when it has answered to this.
    carol.obey({{u"do"_s, u"say"_s}, {u"to"_s, u"carol@"_s + domain}, {u"text"_s, u"echo"_s}, {u"id"_s, u"e"_s}});
    ASSERT_FALSE(carol.waitFor(u"body"_s, u"echo"_s).isEmpty());
    ASSERT_TRUE(fine(alice->comeOnline()));
    QStringList expected{u"missed, but right"_s};
    for (int i = 0; i < 19; ++i)
        expected.append(u"missed %1"_s.arg(i));
    expected.sort();
    const auto seen = [&] {
        auto texts = alice->texts(u"in"_s).value_or(QStringList());
        texts.sort();
        return texts;
    };
    // An ejabberd that misses a goodbye keeps what comes first for the client that is gone, until its time is over.
    EXPECT_TRUE(becomesTrue(
        "all of it is there", [&] { return seen() == expected; }, 3 * kRecovery))
        << qPrintable(seen().join(u'\n'));
}

INSTANTIATE_TEST_SUITE_P(On, Conversation, testing::Values("prosody", "ejabberd"),
                         [](const auto &server) { return server.param; });

} // namespace planb::test
