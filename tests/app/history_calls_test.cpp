// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/planbctl.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;

/// What somebody can read without any server.
class HistoryCall : public testing::Test
{
protected:
    void SetUp() override
    {
        ASSERT_TRUE(ctl.init());
        const Ending added = call(
            {u"contact"_s, u"add"_s, u"--name"_s, u"Bob"_s, u"--xmpp"_s, u"bob@one.test"_s, u"--json"_s});
        ASSERT_EQ(added.exitCode, 0) << added.err.constData();
        conversation = added.object().value(u"conversationId"_s).toString();
    }

    Ending call(const QStringList &arguments) { return ctl.call(arguments); }

    QString write(const QString &text)
    {
        return call({u"send"_s, u"--to"_s, u"Bob"_s, text, u"--wait=queued"_s, u"--json"_s})
            .object()
            .value(u"messageId"_s)
            .toString();
    }

    QStringList textsOf(const QStringList &arguments)
    {
        QStringList texts;
        for (const QJsonValue &message :
             call(QStringList{u"message"_s, u"list"_s} + arguments + QStringList{u"--json"_s}).list())
            texts.append(message[u"text"_s].toString());
        return texts;
    }

    Planbctl ctl;
    QString conversation;
};

TEST_F(HistoryCall, ListsTheNewestMessagesTheOldestOfThemFirst)
{
    QStringList ids;
    for (const QString &text : {u"one"_s, u"two"_s, u"three"_s})
        ids.append(write(text));
    EXPECT_EQ(textsOf({u"bob"_s}), (QStringList{u"one"_s, u"two"_s, u"three"_s}));
    EXPECT_EQ(textsOf({u"Bob"_s, u"--limit"_s, u"2"_s}), (QStringList{u"two"_s, u"three"_s}));
    EXPECT_EQ(textsOf({conversation, u"--limit"_s, u"1"_s, u"--before"_s, ids[2]}), QStringList{u"two"_s});
    EXPECT_EQ(textsOf({u"Bob"_s, u"--before"_s, ids[0]}), QStringList());
}

TEST_F(HistoryCall, ShowsWhoseAMessageIsItsStateAndThatItIsNotEncrypted)
{
    const QString id = write(u"line\nline\x1b[2J"_s);
    const Ending list = call({u"message"_s, u"list"_s, u"Bob"_s});
    EXPECT_EQ(list.exitCode, 0) << list.err.constData();
    EXPECT_EQ(list.out.count('\n'), 1) << list.out.constData();
    EXPECT_FALSE(list.out.contains('\x1b'));
    for (const QByteArray &word :
         {id.toUtf8(), QByteArray("to Bob"), QByteArray("not encrypted"), QByteArray("line\\nline")})
        EXPECT_TRUE(list.out.contains(word)) << word.constData() << " in " << list.out.constData();
}

TEST_F(HistoryCall, ShowsTheWayOfAMessageThatHasNoneYet)
{
    const QString id = write(u"hello"_s);
    const Ending way = call({u"message"_s, u"way"_s, id});
    EXPECT_EQ(way.exitCode, 0) << way.err.constData();
    EXPECT_TRUE(way.out.startsWith(id.toUtf8() + " is ")) << way.out.constData();
    EXPECT_TRUE(way.out.contains("Nothing was tried yet")) << way.out.constData();
    const QJsonObject json = call({u"message"_s, u"way"_s, id, u"--json"_s}).object();
    EXPECT_EQ(json.value(u"messageId"_s).toString(), id);
    EXPECT_TRUE(json.value(u"attempts"_s).isArray());
    EXPECT_TRUE(json.value(u"route"_s).isNull());
}

TEST_F(HistoryCall, ListsConversationsWithAGlimpseOfTheLastMessage)
{
    const QString text(100, u'x');
    write(text);
    const Ending list = call({u"conversation"_s, u"list"_s});
    EXPECT_EQ(list.exitCode, 0) << list.err.constData();
    EXPECT_TRUE(list.out.startsWith(conversation.toUtf8() + "  Bob")) << list.out.constData();
    EXPECT_FALSE(list.out.contains(text.toUtf8()));
    const QJsonValue bob = call({u"conversation"_s, u"list"_s, u"--json"_s}).list().at(0);
    EXPECT_EQ(bob[u"lastMessage"_s][u"text"_s].toString(), text);
    EXPECT_EQ(bob[u"unread"_s].toInt(-1), 0);
}

TEST_F(HistoryCall, FailsForWhatIsNotThereAndRefusesWhatMakesNoSense)
{
    const QString json = u"--json"_s;
    EXPECT_EQ(failureCode(call({u"message"_s, u"list"_s, u"Eve"_s, json}).object()), u"UnknownContact"_s);
    EXPECT_EQ(failureCode(call({u"message"_s, u"list"_s, u"v99"_s, json}).object()), u"UnknownConversation"_s);
    EXPECT_EQ(failureCode(call({u"message"_s, u"list"_s, u"Bob"_s, u"--before=m99"_s, json}).object()),
              u"UnknownMessage"_s);
    EXPECT_EQ(failureCode(call({u"message"_s, u"way"_s, u"m99"_s, json}).object()), u"UnknownMessage"_s);
    for (const QStringList &words : {QStringList{u"message"_s, u"list"_s},
                                     {u"message"_s, u"list"_s, u"Bob"_s, u"--limit=0"_s},
                                     {u"message"_s, u"list"_s, u"Bob"_s, u"--limit=501"_s},
                                     {u"message"_s, u"list"_s, u"Bob"_s, u"--before=last"_s},
                                     {u"message"_s, u"way"_s, u"12"_s}})
        EXPECT_EQ(call(words).exitCode, 2) << words.join(u' ').toStdString();
}

} // namespace

} // namespace planb::test
