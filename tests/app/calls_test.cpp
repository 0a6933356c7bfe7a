// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/planbctl.h"
#include "tests/testkit/free_ports.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;

/// Exactly one line, from us, a sentence.
testing::AssertionResult isOneSentence(const QByteArray &err)
{
    if (err.startsWith("planbctl: ") && err.endsWith(".\n") && err.count('\n') == 1)
        return testing::AssertionSuccess();
    return testing::AssertionFailure() << "standard error: " << err.constData();
}

class PlanbctlCall : public testing::Test
{
protected:
    Ending call(const QStringList &arguments, const QByteArray &input = {}) { return ctl.call(arguments, input); }

    void addTransport(const QString &label)
    {
        ctl.setEnvironment(u"PLANB_PASSWORD"_s, u"pencil"_s);
        const QString closedPort = QString::number(freePorts(1).first());
        const Ending added = call({u"transport"_s, u"add"_s, u"xmpp"_s, u"--label"_s, label, u"--jid"_s,
                                   label.toLower() + u"@primary.test"_s, u"--host"_s, u"127.0.0.1"_s, u"--port"_s,
                                   closedPort});
        ASSERT_EQ(added.exitCode, 0) << added.err.constData();
        ctl.unsetEnvironment(u"PLANB_PASSWORD"_s);
    }

    QStringList idsOfTransports()
    {
        QStringList ids;
        for (const QJsonValue &transport : call({u"transport"_s, u"list"_s, u"--json"_s}).list())
            ids.append(transport[u"id"_s].toString());
        return ids;
    }

    void addBob(const QString &name = u"Bob"_s, const QString &jid = u"bob@primary.test"_s)
    {
        const Ending added = call({u"contact"_s, u"add"_s, u"--name"_s, name, u"--xmpp"_s, jid});
        ASSERT_EQ(added.exitCode, 0) << added.err.constData();
    }

    Planbctl ctl;
};

TEST_F(PlanbctlCall, ShowsHelpAndVersionWithoutAProfile)
{
    for (const QStringList &words : {QStringList{u"--help"_s}, {u"-h"_s}, {u"send"_s, u"--help"_s}, {u"--version"_s}}) {
        const Ending ending = ctl.callBare(words);
        EXPECT_EQ(ending.exitCode, 0) << words.join(u' ').toStdString();
        EXPECT_FALSE(ending.out.isEmpty());
        EXPECT_EQ(ending.err, QByteArray());
    }
}

TEST_F(PlanbctlCall, RefusesAWrongCallWithOneSentenceAndTouchesNothing)
{
    const QList<QStringList> wrong{
        {},
        {u"nonsense"_s},
        {u"transport"_s},
        {u"transport"_s, u"eat"_s},
        {u"init"_s},
        {u"init"_s, u"--name"_s, u" "_s},
        {u"init"_s, u"--name"_s, u"A"_s, u"--key"_s, u"pocket"_s},
        {u"init"_s, u"--name"_s, u"A"_s, u"extra"_s},
        {u"send"_s, u"text"_s},
        {u"send"_s, u"--to"_s, u"Bob"_s},
        {u"send"_s, u"--to"_s, u"Bob"_s, u"text"_s, u"--wait"_s, u"read"_s},
        {u"send"_s, u"--to"_s, u"Bob"_s, u"text"_s, u"--timeout"_s, u"soon"_s},
        {u"transport"_s, u"add"_s, u"xmpp"_s, u"--label"_s, u"P"_s},
        {u"transport"_s, u"add"_s, u"fax"_s, u"--label"_s, u"P"_s, u"--jid"_s, u"a@b.test"_s},
        {u"transport"_s, u"add"_s, u"xmpp"_s, u"--label"_s, u"P"_s, u"--jid"_s, u"a@b.test"_s, u"--port"_s, u"x"_s},
        {u"transport"_s, u"order"_s, u"first"_s},
        {u"transport"_s, u"update"_s, u"t1"_s},
        {u"transport"_s, u"update"_s, u"t1"_s, u"--enable"_s, u"--disable"_s},
        {u"contact"_s, u"add"_s, u"--name"_s, u"Bob"_s},
        {u"contact"_s, u"add"_s, u"--xmpp"_s, u"bob@b.test"_s},
        {u"contact"_s, u"add"_s, u"--name"_s, u"Bob"_s, u"--xmpp"_s, u"bob"_s},
        {u"status"_s, u"now"_s},
        {u"watch"_s, u"--jsn"_s},
    };
    for (const QStringList &words : wrong) {
        const Ending ending = call(words);
        EXPECT_EQ(ending.exitCode, 2) << words.join(u' ').toStdString();
        EXPECT_TRUE(isOneSentence(ending.err)) << words.join(u' ').toStdString();
        EXPECT_EQ(ending.out, QByteArray()) << words.join(u' ').toStdString();
    }
    EXPECT_FALSE(QFile::exists(ctl.folder()));
}

TEST_F(PlanbctlCall, WantsAProfileFirst)
{
    for (const QStringList &words : {QStringList{u"status"_s},
                                     {u"watch"_s},
                                     {u"contact"_s, u"list"_s},
                                     {u"send"_s, u"--to"_s, u"Bob"_s, u"text"_s},
                                     {u"transport"_s, u"test"_s, u"t1"_s}}) {
        const Ending ending = call(words);
        EXPECT_EQ(ending.exitCode, 1) << words.join(u' ').toStdString();
        EXPECT_TRUE(isOneSentence(ending.err)) << words.join(u' ').toStdString();
    }
    EXPECT_FALSE(QFile::exists(ctl.folder()));
}

TEST_F(PlanbctlCall, MakesAProfileOnce)
{
    const Ending made = call({u"init"_s, u"--name"_s, u"Alice"_s, u"--key"_s, u"file"_s, u"--json"_s});
    EXPECT_EQ(made.exitCode, 0) << made.err.constData();
    EXPECT_EQ(made.object().value(u"name"_s).toString(), u"Alice"_s);
    EXPECT_EQ(made.object().value(u"keyStorage"_s).toString(), u"file"_s);
    EXPECT_TRUE(made.object().value(u"fingerprint"_s).isNull());

    const Ending again = call({u"init"_s, u"--name"_s, u"Mallory"_s, u"--key"_s, u"file"_s, u"--json"_s});
    EXPECT_EQ(again.exitCode, 1);
    EXPECT_EQ(QString::fromUtf8(again.err), u"planbctl: There is a profile already: %1.\n"_s.arg(ctl.folder()));
    EXPECT_EQ(failureCode(again.object()), u"ProfileExists"_s);
    EXPECT_EQ(call({u"status"_s}).exitCode, 0);
}

TEST_F(PlanbctlCall, NeedsNoKeyringWhereThereIsNone)
{
    const Ending made = call({u"init"_s, u"--name"_s, u"Alice"_s, u"--json"_s});
    EXPECT_EQ(made.exitCode, 0) << made.err.constData();
    EXPECT_EQ(made.object().value(u"keyStorage"_s).toString(), u"file"_s);
    EXPECT_EQ(call({u"contact"_s, u"list"_s}).exitCode, 0);
}

TEST_F(PlanbctlCall, OpensALockedProfileOnlyWithItsPassphrase)
{
    ctl.setEnvironment(u"PLANB_PASSPHRASE"_s, u"open sesame"_s);
    EXPECT_EQ(call({u"init"_s, u"--name"_s, u"Alice"_s, u"--key"_s, u"file"_s}).exitCode, 2);
    EXPECT_EQ(call({u"init"_s, u"--name"_s, u"Alice"_s}).exitCode, 0);
    EXPECT_EQ(call({u"contact"_s, u"list"_s}).exitCode, 0);
    ctl.setEnvironment(u"PLANB_PASSPHRASE"_s, u"open barley"_s);
    const Ending wrong = call({u"contact"_s, u"list"_s, u"--json"_s});
    EXPECT_EQ(wrong.exitCode, 1);
    EXPECT_EQ(failureCode(wrong.object()), u"WrongPassphrase"_s);
    ctl.unsetEnvironment(u"PLANB_PASSPHRASE"_s);
    const Ending locked = call({u"contact"_s, u"list"_s});
    EXPECT_EQ(locked.exitCode, 1);
    EXPECT_TRUE(isOneSentence(locked.err));
    EXPECT_TRUE(locked.err.contains("PLANB_PASSPHRASE"));
}

TEST_F(PlanbctlCall, KeepsTheChainInTheOrderOfTheUser)
{
    ASSERT_TRUE(ctl.init());
    addTransport(u"Primary"_s);
    addTransport(u"Secondary"_s);
    const QStringList ids = idsOfTransports();
    ASSERT_EQ(ids.size(), 2);
    EXPECT_EQ(call({u"transport"_s, u"order"_s, ids[1], ids[0]}).exitCode, 0);
    EXPECT_EQ(idsOfTransports(), (QStringList{ids[1], ids[0]}));
    EXPECT_EQ(call({u"transport"_s, u"order"_s, ids[0]}).exitCode, 1);
    EXPECT_EQ(idsOfTransports(), (QStringList{ids[1], ids[0]}));
    EXPECT_EQ(call({u"transport"_s, u"remove"_s, u"primary"_s}).exitCode, 0);
    EXPECT_EQ(idsOfTransports(), QStringList{ids[1]});
    EXPECT_EQ(call({u"transport"_s, u"remove"_s, ids[0]}).exitCode, 1);
}

TEST_F(PlanbctlCall, TakesThePasswordFromStandardInput)
{
    ASSERT_TRUE(ctl.init());
    const QStringList add{u"transport"_s, u"add"_s, u"xmpp"_s, u"--label"_s, u"P"_s, u"--jid"_s, u"a@b.test"_s};
    EXPECT_EQ(call(add, "pencil\nrest\n").exitCode, 0);
    EXPECT_EQ(call(add, "pencil\r\n").exitCode, 0);
    for (const QByteArray &nothing : {QByteArray(), QByteArray("\n"), QByteArray("\xff\n"), QByteArray(5000, 'x')}) {
        const Ending ending = call(add, nothing);
        EXPECT_EQ(ending.exitCode, 2);
        EXPECT_TRUE(isOneSentence(ending.err));
    }
    EXPECT_EQ(idsOfTransports().size(), 2);
}

TEST_F(PlanbctlCall, ChangesATransport)
{
    ASSERT_TRUE(ctl.init());
    addTransport(u"Primary"_s);
    EXPECT_EQ(call({u"transport"_s, u"update"_s, u"Primary"_s, u"--label"_s, u"First"_s, u"--disable"_s}).exitCode, 0);
    const QJsonObject transport = call({u"transport"_s, u"list"_s, u"--json"_s}).list().at(0).toObject();
    EXPECT_EQ(transport.value(u"label"_s).toString(), u"First"_s);
    EXPECT_FALSE(transport.value(u"enabled"_s).toBool(true));
    EXPECT_EQ(transport.value(u"state"_s).toString(), u"off"_s);
    EXPECT_EQ(call({u"transport"_s, u"update"_s, u"First"_s, u"--new-password"_s}, "pen\n").exitCode, 0);
    EXPECT_EQ(call({u"transport"_s, u"update"_s, u"First"_s, u"--new-password"_s}).exitCode, 2);
    EXPECT_EQ(call({u"transport"_s, u"update"_s, u"Primary"_s, u"--enable"_s}).exitCode, 1);
}

TEST_F(PlanbctlCall, TestsATransportAndFailsWhenItDoesNotWork)
{
    ASSERT_TRUE(ctl.init());
    addTransport(u"Primary"_s);
    const Ending text = call({u"transport"_s, u"test"_s, u"Primary"_s});
    EXPECT_EQ(text.exitCode, 1);
    EXPECT_TRUE(isOneSentence(text.err));
    EXPECT_TRUE(text.out.contains("connect"));
    const Ending json = call({u"transport"_s, u"test"_s, u"Primary"_s, u"--json"_s});
    EXPECT_EQ(json.exitCode, 1);
    EXPECT_FALSE(json.object().value(u"ok"_s).toBool(true));
    EXPECT_FALSE(json.object().value(u"steps"_s).toArray().isEmpty());
}

TEST_F(PlanbctlCall, KeepsTheAddressesOfAContactInTheirOrder)
{
    ASSERT_TRUE(ctl.init());
    const Ending added = call({u"contact"_s, u"add"_s, u"--name"_s, u"Bob"_s, u"--sms"_s, u"+821012345678"_s,
                               u"--xmpp"_s, u"bob@one.test"_s, u"--email"_s, u"bob@mail.test"_s,
                               u"--xmpp=bob@two.test"_s, u"--json"_s});
    ASSERT_EQ(added.exitCode, 0) << added.err.constData();
    QStringList kinds;
    const QJsonObject bob = call({u"contact"_s, u"list"_s, u"--json"_s}).list().at(0).toObject();
    for (const QJsonValue &address : bob.value(u"addresses"_s).toArray())
        kinds.append(address[u"kind"_s].toString());
    EXPECT_EQ(kinds, (QStringList{u"sms"_s, u"xmpp"_s, u"email"_s, u"xmpp"_s}));
    EXPECT_EQ(bob.value(u"id"_s), added.object().value(u"id"_s));
    EXPECT_EQ(bob.value(u"conversationId"_s), added.object().value(u"conversationId"_s));
}

TEST_F(PlanbctlCall, SaysThatCardsAreNotThereYet)
{
    ASSERT_TRUE(ctl.init());
    const Ending ending = call({u"contact"_s, u"add"_s, u"planb:card"_s, u"--json"_s});
    EXPECT_EQ(ending.exitCode, 1);
    EXPECT_TRUE(isOneSentence(ending.err));
    EXPECT_EQ(failureCode(ending.object()), u"NotSupported"_s);
}

TEST_F(PlanbctlCall, RemovesAContactByNameAndAsksWhenTwoHaveIt)
{
    ASSERT_TRUE(ctl.init());
    addBob();
    addBob(u"bob"_s, u"bob@two.test"_s);
    const Ending both = call({u"contact"_s, u"remove"_s, u"Bob"_s});
    EXPECT_EQ(both.exitCode, 1);
    EXPECT_TRUE(isOneSentence(both.err));
    const QString id = call({u"contact"_s, u"list"_s, u"--json"_s}).list().at(0)[u"id"_s].toString();
    EXPECT_EQ(call({u"contact"_s, u"remove"_s, id}).exitCode, 0);
    EXPECT_EQ(call({u"contact"_s, u"remove"_s, u"Bob"_s}).exitCode, 0);
    EXPECT_EQ(call({u"contact"_s, u"remove"_s, u"Bob"_s}).exitCode, 1);
}

TEST_F(PlanbctlCall, PrintsNoControlCharacterOfAName)
{
    ASSERT_TRUE(ctl.init());
    addBob(u"B\x1b[31mob"_s);
    const Ending list = call({u"contact"_s, u"list"_s});
    EXPECT_EQ(list.exitCode, 0);
    EXPECT_FALSE(list.out.contains('\x1b'));
}

TEST_F(PlanbctlCall, SendsAndIsDoneWhenTheAwaitedStateIsReached)
{
    ASSERT_TRUE(ctl.init());
    addBob();
    addTransport(u"Primary"_s);
    const Ending stored = call({u"send"_s, u"--to"_s, u"bob"_s, u"hello"_s, u"--wait"_s, u"queued"_s, u"--json"_s});
    EXPECT_EQ(stored.exitCode, 0) << stored.err.constData();
    EXPECT_EQ(stored.object().value(u"state"_s).toString(), u"queued"_s);
    const Ending late = call({u"send"_s, u"--to"_s, u"Bob"_s, u"again"_s, u"--timeout"_s, u"0"_s, u"--json"_s});
    EXPECT_EQ(late.exitCode, 1);
    EXPECT_TRUE(isOneSentence(late.err));
    EXPECT_TRUE(late.err.contains("goes out the next time PlanB runs")) << late.err.constData();
    EXPECT_FALSE(late.object().value(u"messageId"_s).toString().isEmpty());
    EXPECT_EQ(call({u"status"_s, u"--json"_s}).object().value(u"queued"_s).toInt(), 2);
}

TEST_F(PlanbctlCall, SaysAtOnceThatNoWayIsOpen)
{
    ASSERT_TRUE(ctl.init());
    addBob();
    const Ending ending = call({u"send"_s, u"--to"_s, u"Bob"_s, u"hello"_s, u"--json"_s});
    EXPECT_EQ(ending.exitCode, 1);
    EXPECT_TRUE(isOneSentence(ending.err));
    EXPECT_EQ(ending.object().value(u"state"_s).toString(), u"stalled"_s);
}

TEST_F(PlanbctlCall, SendsIntoAConversation)
{
    ASSERT_TRUE(ctl.init());
    addBob();
    const QString conversation =
        call({u"contact"_s, u"list"_s, u"--json"_s}).list().at(0)[u"conversationId"_s].toString();
    EXPECT_EQ(call({u"send"_s, u"--to"_s, conversation, u"hi"_s, u"--wait"_s, u"queued"_s}).exitCode, 0);
}

TEST_F(PlanbctlCall, RefusesToSendToNobodyOrNothing)
{
    ASSERT_TRUE(ctl.init());
    addBob();
    const QString queued = u"--wait=queued"_s;
    EXPECT_EQ(failureCode(call({u"send"_s, u"--to"_s, u"Eve"_s, u"hi"_s, queued, u"--json"_s}).object()),
              u"UnknownContact"_s);
    EXPECT_EQ(failureCode(call({u"send"_s, u"--to"_s, u"v99"_s, u"hi"_s, queued, u"--json"_s}).object()),
              u"UnknownConversation"_s);
    EXPECT_EQ(failureCode(call({u"send"_s, u"--to"_s, u"Bob"_s, u" \n"_s, queued, u"--json"_s}).object()),
              u"EmptyText"_s);
    EXPECT_EQ(call({u"status"_s, u"--json"_s}).object().value(u"queued"_s).toInt(-1), 0);
}

TEST_F(PlanbctlCall, ShowsTheStateOnceEveryLinkHasComeToRest)
{
    ASSERT_TRUE(ctl.init());
    addTransport(u"Primary"_s);
    const Ending status = call({u"status"_s, u"--json"_s});
    EXPECT_EQ(status.exitCode, 0);
    const QJsonObject transport = status.object().value(u"transports"_s).toArray().at(0).toObject();
    EXPECT_EQ(transport.value(u"state"_s).toString(), u"waiting"_s);
    EXPECT_EQ(transport.value(u"failure"_s)[u"code"_s].toString(), u"ConnectionRefused"_s);
    EXPECT_GT(transport.value(u"failure"_s)[u"retryAt"_s].toInteger(), 0);
    EXPECT_TRUE(call({u"status"_s}).out.contains("Primary"));
}

} // namespace

} // namespace planb::test
