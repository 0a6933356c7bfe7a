// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/scene.h"
#include "tests/testkit/ejabberd.h"

#include <QCryptographicHash>
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
        // ejabberd may miss the goodbye, and then keeps him until the time for a resumption is over.
        EXPECT_TRUE(becomesTrue(
            "Bob is gone", [&] { return personAt(*alice, bobsJid)[u"availability"_s] != u"online"_s; }, 3 * kRecovery));
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
        Prosody::Options options;
        options.extraModule = u"pep"_s;
        server = makeServer(u"primary"_s, options);
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
        if (const QString missing = Ejabberd::whatIsMissing(); !missing.isEmpty())
            GTEST_SKIP() << qPrintable(missing);
        Scene::SetUp();
        if (IsSkipped() || HasFatalFailure())
            return;
        const auto certificate = ca().issue(u"second"_s, {u"second.test"_s});
        ASSERT_TRUE(fine(certificate));
        server = std::make_unique<Ejabberd>(path(u"ejabberd"_s), u"second.test"_s, *certificate);
        ASSERT_TRUE(fine(server->start()));
        for (const QString &name : {u"alice"_s, u"bob"_s})
            ASSERT_TRUE(fine(server->addUser(name, personPassword())));
        ASSERT_NO_FATAL_FAILURE(meetAt(server->domain(), server->starttlsPort()));
    }

    std::unique_ptr<Ejabberd> server;
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

TEST_F(StrangersOnProsody, ShowEachOtherTheirPictures)
{
    ask(*alice, u"contacts.add"_s, {{u"name"_s, u"Bob"_s}, {u"addresses"_s, addresses(bobsJid)}});
    ASSERT_TRUE(becomesTrue("Bob is asked", [&] { return hasRequest(*bob, alicesJid); }));
    ask(*bob, u"requests.answer"_s, answerBy(*bob, alicesJid, u"accept"_s));
    // Servers push to those whose presence reaches the one who publishes (XEP-0163, section 4.3.2).
    ask(*bob, u"contacts.add"_s, {{u"name"_s, u"Alice"_s}, {u"addresses"_s, addresses(alicesJid)}});
    ASSERT_TRUE(becomesTrue("Alice is asked", [&] { return hasRequest(*alice, bobsJid); }));
    ask(*alice, u"requests.answer"_s, answerBy(*alice, bobsJid, u"accept"_s));
    ASSERT_TRUE(becomesTrue("they see each other", [&] { return subscription(*alice, bobsJid) == u"both"; }));

    const QByteArray picture = QByteArray("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1", 24) + "and so on";
    const QString hash = QString::fromLatin1(QCryptographicHash::hash(picture, QCryptographicHash::Sha1).toHex());
    PlainXmppClient other({u"bob"_s, server->domain(), personPassword(), ca().file(), server->directTlsPort()});
    ASSERT_TRUE(fine(other.login()));
    const QString publish =
        u"<iq type='set' id='%1'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='%2'>"
        "<item id='%3'>%4</item></publish></pubsub></iq>"_s;
    other.sendRaw(
        publish.arg(u"a1"_s, u"urn:xmpp:avatar:data"_s, hash,
                    u"<data xmlns='urn:xmpp:avatar:data'>"_s + QString::fromLatin1(picture.toBase64()) + u"</data>"_s));
    other.sendRaw(publish.arg(u"a2"_s, u"urn:xmpp:avatar:metadata"_s, hash,
                              u"<metadata xmlns='urn:xmpp:avatar:metadata'><info id='%1' type='image/png' bytes='%2'/>"
                              "</metadata>"_s.arg(hash)
                                  .arg(picture.size())));
    EXPECT_TRUE(becomesTrue("Alice has the picture",
                            [&] { return personAt(*alice, bobsJid)[u"avatar"_s][u"hash"_s].toString() == hash; }));
    const QJsonValue fetched = ask(*alice, u"people.avatar"_s, {{u"kind"_s, u"xmpp"_s}, {u"address"_s, bobsJid}});
    EXPECT_EQ(QByteArray::fromBase64(fetched[u"base64"_s].toString().toLatin1()), picture);
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
