// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/failover/ejabberd.h"
#include "tests/integration/scene.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace planb::test {

namespace {

/// Alice and Bob at one server, who do not know each other yet. Bob's client is PlanB as well.
class Strangers : public Scene
{
protected:
    void meetAt(const QString &domain, quint16 port)
    {
        for (const auto &[person, name] : {std::pair(&alice, u"Alice"_s), std::pair(&bob, u"Bob"_s)}) {
            *person = std::make_unique<Person>(name, path(u"people"_s));
            ASSERT_TRUE(fine((*person)->begin()));
            const QJsonObject settings{{u"jid"_s, name.toLower() + u'@' + domain},
                                       {u"password"_s, personPassword()},
                                       {u"host"_s, u"127.0.0.1"_s},
                                       {u"port"_s, port},
                                       {u"security"_s, u"starttls"_s},
                                       {u"caFile"_s, ca().file()}};
            ASSERT_TRUE(fine((*person)->addTransport(primaryLabel(), settings)));
            ASSERT_TRUE(linkComesTo(**person, primaryLabel(), u"ready"_s));
        }
        bobsJid = u"bob@"_s + domain;
        alicesJid = u"alice@"_s + domain;
    }

    static QJsonValue ask(Person &person, const QString &method, const QJsonObject &params = {})
    {
        const RpcReply reply = person.rpc().request(method, params);
        EXPECT_TRUE(reply) << qPrintable(method) << ' ' << (reply ? "" : qPrintable(describe(reply.error())));
        return reply ? *reply : QJsonValue();
    }
    static QJsonArray addresses(const QString &jid)
    {
        return {QJsonObject{{u"kind"_s, u"xmpp"_s}, {u"address"_s, jid}}};
    }
    static QJsonObject personAt(Person &asker, const QString &jid)
    {
        for (const QJsonValue &person : ask(asker, u"people.list"_s).toArray()) {
            if (person[u"address"_s] == jid)
                return person.toObject();
        }
        return {};
    }
    static QString subscription(Person &asker, const QString &jid)
    {
        return personAt(asker, jid)[u"lists"_s].toArray().first().toObject()[u"subscription"_s].toString();
    }
    static bool hasRequest(Person &person, const QString &from)
    {
        const QJsonArray all = ask(person, u"requests.list"_s).toArray();
        return !all.isEmpty() && all.first()[u"address"_s] == from;
    }
    QJsonObject answerBy(Person &person, const QString &to, const QString &answer) const
    {
        return {{u"transportId"_s, person.transportId(primaryLabel())},
                {u"kind"_s, u"xmpp"_s},
                {u"address"_s, to},
                {u"answer"_s, answer}};
    }

    void getToKnowEachOther()
    {
        ask(*alice, u"contacts.add"_s, {{u"name"_s, u"Bob"_s}, {u"addresses"_s, addresses(bobsJid)}});
        ASSERT_TRUE(becomesTrue("Bob is asked", [&] { return hasRequest(*bob, alicesJid); }));
        EXPECT_EQ(ask(*bob, u"requests.list"_s)[0][u"nickname"_s].toString(), u"Alice"_s);
        ask(*bob, u"requests.answer"_s, answerBy(*bob, alicesJid, u"accept"_s));
        ASSERT_TRUE(becomesTrue("Alice sees Bob", [&] {
            return subscription(*alice, bobsJid) == u"to"
                && personAt(*alice, bobsJid)[u"availability"_s] == u"online"_s;
        }));
        EXPECT_TRUE(personAt(*alice, bobsJid)[u"activeAt"_s].isDouble());
        EXPECT_EQ(bob->rpc().closeInput(), 0); // killed, he would be kept for a resumption
        EXPECT_TRUE(becomesTrue(
            "Bob is gone", [&] { return personAt(*alice, bobsJid)[u"availability"_s] != u"online"_s; }, kRecovery));
    }

    void blockAndUnblock()
    {
        ask(*bob, u"blocks.add"_s, {{u"addresses"_s, addresses(alicesJid)}});
        ask(*alice, u"contacts.add"_s, {{u"name"_s, u"Bob"_s}, {u"addresses"_s, addresses(bobsJid)}});
        // A second client of Bob's is blocked along with him: the server keeps the list.
        bob->rpc().kill9();
        ASSERT_TRUE(fine(bob->comeOnline()));
        ASSERT_TRUE(linkComesTo(*bob, primaryLabel(), u"ready"_s));
        EXPECT_EQ(ask(*bob, u"blocks.list"_s).toArray().size(), 1);
        EXPECT_FALSE(hasRequest(*bob, alicesJid));
        ask(*bob, u"blocks.remove"_s, {{u"addresses"_s, addresses(alicesJid)}});
        EXPECT_TRUE(becomesTrue("nobody is blocked", [&] { return ask(*bob, u"blocks.list"_s).toArray().isEmpty(); }));
        bob->rpc().kill9();
        ASSERT_TRUE(fine(bob->comeOnline()));
        ASSERT_TRUE(linkComesTo(*bob, primaryLabel(), u"ready"_s));
        EXPECT_TRUE(ask(*bob, u"blocks.list"_s).toArray().isEmpty());
    }

    std::unique_ptr<Person> alice, bob;
    QString alicesJid, bobsJid;
};

class StrangersOnProsody : public Strangers
{
protected:
    void SetUp() override
    {
        Scene::SetUp();
        if (IsSkipped() || HasFatalFailure())
            return;
        server = makeServer(u"primary"_s);
        ASSERT_TRUE(fine(server->start()));
        for (const QString &name : {u"alice"_s, u"bob"_s})
            ASSERT_TRUE(fine(server->addUser(name, personPassword())));
        ASSERT_NO_FATAL_FAILURE(meetAt(server->domain(), server->starttlsPort()));
    }

    std::unique_ptr<Prosody> server;
};

class StrangersOnEjabberd : public Strangers
{
protected:
    void SetUp() override
    {
        if (const QString missing = failover::Ejabberd::whatIsMissing(); !missing.isEmpty())
            GTEST_SKIP() << qPrintable(missing);
        Scene::SetUp();
        if (IsSkipped() || HasFatalFailure())
            return;
        const auto certificate = ca().issue(u"second"_s, {u"second.test"_s});
        ASSERT_TRUE(fine(certificate));
        server = std::make_unique<failover::Ejabberd>(path(u"ejabberd"_s), u"second.test"_s, *certificate);
        ASSERT_TRUE(fine(server->start()));
        for (const QString &name : {u"alice"_s, u"bob"_s})
            ASSERT_TRUE(fine(server->addUser(name, personPassword())));
        ASSERT_NO_FATAL_FAILURE(meetAt(server->domain(), server->starttlsPort()));
    }

    std::unique_ptr<failover::Ejabberd> server;
};

} // namespace

TEST_F(StrangersOnProsody, SeeEachOtherOnceOneAskedAndTheOtherSaidYes)
{
    getToKnowEachOther();
}

TEST_F(StrangersOnProsody, CanBeBlockedAtTheServer)
{
    blockAndUnblock();
}

TEST_F(StrangersOnProsody, LeaveTheListWhenTheContactIsRemoved)
{
    const QString contact = ask(*alice, u"contacts.add"_s,
                                {{u"name"_s, u"Bob"_s}, {u"addresses"_s, addresses(bobsJid)}})[u"id"_s]
                                .toString();
    ASSERT_TRUE(becomesTrue("Bob is listed", [&] { return !personAt(*alice, bobsJid).isEmpty(); }));
    ask(*alice, u"contacts.remove"_s, {{u"id"_s, contact}});
    EXPECT_TRUE(
        becomesTrue("Bob is not listed", [&] { return personAt(*alice, bobsJid)[u"lists"_s].toArray().isEmpty(); }));
}

TEST_F(StrangersOnEjabberd, SeeEachOtherOnceOneAskedAndTheOtherSaidYes)
{
    getToKnowEachOther();
}

TEST_F(StrangersOnEjabberd, CanBeBlockedAtTheServer)
{
    blockAndUnblock();
}

} // namespace planb::test
