// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/planbctl.h"
#include "tests/testkit/free_ports.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;

/// A line that must be answered with an error, and which one.
struct Wrong {
    const char *what;
    QByteArray line;
    int code;
    const char *failure = ""; ///< for -32000
};

QByteArray with(const char *method, const char *params)
{
    return QByteArray(R"({"jsonrpc":"2.0","id":"x","method":")") + method + "\",\"params\":" + params + '}';
}

QList<Wrong> wrongLines()
{
    const QByteArray deep = QByteArray(5000, '[') + QByteArray(5000, ']');
    return {
        {"no JSON", "hello", -32700},
        {"half an object", R"({"jsonrpc":"2.0","id":1)", -32700},
        {"invalid UTF-8", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xff\xfe\"}", -32700},
        {"an overlong sequence", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xc0\xaf\"}", -32700},
        {"a NUL byte", QByteArray("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\0b\"}", 38), -32700},
        {"a NUL byte before it", QByteArray("\0{}", 3), -32700},
        {"a huge number", R"({"jsonrpc":"2.0","id":1e99999,"method":"a"})", -32700},
        {"deep nesting", deep, -32700},
        {"deep nesting in parameters", with("profile.info", deep.constData()), -32700},
        {"a line of 2 MiB", QByteArray(2 * 1024 * 1024, ' ') + "{}", -32600},
        {"a batch", R"([{"jsonrpc":"2.0","id":1,"method":"profile.info"}])", -32600},
        {"an empty batch", "[]", -32600},
        {"a number", "42", -32600},
        {"an empty object", "{}", -32600},
        {"no version", R"({"id":1,"method":"profile.info"})", -32600},
        {"another version", R"({"jsonrpc":"1.0","id":1,"method":"profile.info"})", -32600},
        {"an id that is a list", R"({"jsonrpc":"2.0","id":[1],"method":"profile.info"})", -32600},
        {"an id that is true", R"({"jsonrpc":"2.0","id":true,"method":"profile.info"})", -32600},
        {"no method", R"({"jsonrpc":"2.0","id":1})", -32600},
        {"a method that is a number", R"({"jsonrpc":"2.0","id":1,"method":1})", -32600},
        {"an unknown method", with("profile.delete", "{}"), -32601},
        {"a method of another case", with("Profile.Info", "{}"), -32601},
        {"an empty method", with("", "{}"), -32601},
        {"a method with a NUL", with("profile.info\\u0000", "{}"), -32601},
        {"a feature that is not there", with("history.export", "{\"path\":\"/x\",\"format\":\"json\"}"), -32601},
        {"parameters in a list", with("profile.info", "[]"), -32602},
        {"parameters that are null", with("profile.info", "null"), -32602},
        {"an unknown parameter", with("profile.info", "{\"x\":1}"), -32602},
        {"a missing parameter", with("messages.send", "{\"to\":\"c1\"}"), -32602},
        {"text that is a number", with("messages.send", "{\"to\":\"c1\",\"text\":5}"), -32602},
        {"text that is null", with("messages.send", "{\"to\":\"c1\",\"text\":null}"), -32602},
        {"an id that is a number", with("messages.send", "{\"to\":1,\"text\":\"a\"}"), -32602},
        {"a limit of 0", with("messages.list", "{\"conversationId\":\"v1\",\"limit\":0}"), -32602},
        {"a limit of 501", with("messages.list", "{\"conversationId\":\"v1\",\"limit\":501}"), -32602},
        {"a limit that is no integer", with("messages.list", "{\"conversationId\":\"v1\",\"limit\":1.5}"), -32602},
        {"a limit that is true", with("messages.list", "{\"conversationId\":\"v1\",\"limit\":true}"), -32602},
        {"a limit beyond all", with("messages.list", "{\"conversationId\":\"v1\",\"limit\":1e300}"), -32602},
        {"settings that are text", with("transports.add", R"({"kind":"xmpp","label":"P","settings":"x"})"), -32602},
        {"a kind that is none", with("transports.add", R"({"kind":"fax","label":"P","settings":{}})"), -32602},
        {"a position below 0", with("transports.add", R"({"kind":"xmpp","label":"P","settings":{},"position":-1})"),
         -32602},
        {"enabled that is 1", with("transports.update", R"({"id":"t1","enabled":1})"), -32602},
        {"ids that are text", with("transports.reorder", R"({"ids":"t1"})"), -32602},
        {"an address that is text", with("contacts.add", R"({"name":"B","addresses":["b@c.test"]})"), -32602},
        {"an address with too much",
         with("contacts.add", R"({"name":"B","addresses":[{"kind":"xmpp","address":"b@c.test","x":1}]})"), -32602},
        {"a contact without name", with("contacts.add", R"({"addresses":[]})"), -32602},
        {"a contact without addresses", with("contacts.add", R"({"name":"B"})"), -32602},
        {"reactions that are no list", with("messages.react", R"({"messageId":"m1","reactions":"x"})"), -32602},
        {"a reaction that is no text", with("messages.react", R"({"messageId":"m1","reactions":[1]})"), -32602},
        {"a state nobody knows", with("conversations.showState", R"({"conversationId":"v1","state":"x"})"), -32602},
        {"a pause beyond an hour", with("policy.set", R"({"returnAfterMs":3600001})"), -32602},
        {"a card", with("contacts.add", R"({"card":"planb:x"})"), -32000, "NotSupported"},
        {"no address at all", with("contacts.add", R"({"name":"B","addresses":[]})"), -32000, "InvalidArgument"},
        {"an address that is none", with("contacts.add", R"({"name":"B","addresses":[{"kind":"xmpp","address":"b"}]})"),
         -32000, "InvalidArgument"},
        {"an address with a symbol",
         with("contacts.add", R"({"name":"B","addresses":[{"kind":"xmpp","address":"\u2665@b.test"}]})"), -32000,
         "InvalidArgument"},
        {"a kind without addresses", with("contacts.add", R"({"name":"B","addresses":[{"kind":"lan","address":"b"}]})"),
         -32000, "NotSupported"},
        {"an empty name", with("contacts.add", R"({"name":" ","addresses":[{"kind":"xmpp","address":"b@c.test"}]})"),
         -32000, "InvalidArgument"},
        {"a text of spaces", with("messages.send", "{\"to\":\"c1\",\"text\":\" \\n\"}"), -32000, "EmptyText"},
        {"a text of NULs", with("messages.send", "{\"to\":\"c1\",\"text\":\"\\u0000\\u0000\"}"), -32000, "EmptyText"},
        {"a text that is too long",
         with("messages.send", ("{\"to\":\"c1\",\"text\":\"" + QByteArray(30'001, 'x') + "\"}").constData()), -32000,
         "MessageTooLarge"},
        {"an unknown contact", with("messages.send", R"({"to":"c999","text":"a"})"), -32000, "UnknownContact"},
        {"a contact that cannot be", with("messages.send", R"({"to":"nobody","text":"a"})"), -32000, "UnknownContact"},
        {"an unknown conversation", with("messages.send", R"({"to":"v999","text":"a"})"), -32000,
         "UnknownConversation"},
        {"an unknown conversation to list", with("messages.list", R"({"conversationId":"v999"})"), -32000,
         "UnknownConversation"},
        {"an unknown message", with("messages.status", R"({"messageId":"m999"})"), -32000, "UnknownMessage"},
        {"an unknown message to answer", with("messages.send", R"({"to":"c1","text":"a","replyTo":"m999"})"), -32000,
         "UnknownMessage"},
        {"an unknown transport to send by", with("messages.send", R"({"to":"c1","text":"a","via":"t999"})"), -32000,
         "UnknownTransport"},
        {"an unknown transport", with("transports.remove", R"({"id":"t999"})"), -32000, "UnknownTransport"},
        {"an unknown transport to test", with("transports.test", R"({"id":"t999"})"), -32000, "UnknownTransport"},
        {"an unknown contact to change", with("contacts.update", R"({"id":"c999","name":"X"})"), -32000,
         "UnknownContact"},
        {"settings without the required", with("transports.add", R"({"kind":"xmpp","label":"P","settings":{}})"),
         -32000, "InvalidArgument"},
        {"a setting of another type",
         with("transports.add",
              R"({"kind":"xmpp","label":"P","settings":{"jid":"a@b.test","password":"secret-word","port":"x"}})"),
         -32000, "InvalidArgument"},
        {"a setting that is none",
         with("transports.add",
              R"({"kind":"xmpp","label":"P","settings":{"jid":"a@b.test","password":"secret-word","hots":"x"}})"),
         -32000, "InvalidArgument"},
        {"a second profile", with("profile.create", R"({"name":"Eve"})"), -32000, "ProfileExists"},
        {"an empty passphrase", with("profile.create", R"({"name":"Eve","passphrase":""})"), -32602},
    };
}

class HostileCaller : public testing::Test
{
protected:
    /// A profile with the contact c1, spoken to with these lines, which must all be survived.
    Ending speak(const QByteArray &lines)
    {
        EXPECT_TRUE(ctl.init());
        EXPECT_EQ(ctl.call({u"contact"_s, u"add"_s, u"--name"_s, u"Bob"_s, u"--xmpp"_s, u"bob@b.test"_s}).exitCode, 0);
        Ending ending = ctl.call({u"rpc"_s}, lines);
        EXPECT_EQ(ending.exitCode, 0) << ending.err.constData();
        return ending;
    }

    Planbctl ctl;
};

TEST_F(HostileCaller, IsToldWhatIsWrongAndTheNextRequestWorks)
{
    QByteArray lines;
    for (const Wrong &wrong : wrongLines())
        lines += wrong.line + '\n' + rpcCall(u"contacts.list"_s, {}, u"after"_s);
    const Ending ending = speak(lines);
    const QList<QJsonObject> answers = rpcLines(ending.out).answers;
    ASSERT_EQ(answers.size(), 2 * wrongLines().size());
    for (qsizetype i = 0; i < wrongLines().size(); ++i) {
        const Wrong wrong = wrongLines()[i];
        const QJsonObject &answer = answers[2 * i];
        EXPECT_EQ(errorCode(answer), wrong.code) << wrong.what;
        EXPECT_EQ(failureCode(answer), QString::fromLatin1(wrong.failure)) << wrong.what;
        EXPECT_TRUE(answer.value(u"error"_s)[u"message"_s].toString().endsWith(u'.')) << wrong.what;
        EXPECT_EQ(answers[2 * i + 1].value(u"result"_s).toArray().size(), 1) << "after " << wrong.what;
    }
}

TEST_F(HostileCaller, ReadsNoSecretOfTheirsAnywhere)
{
    ctl.setEnvironment(u"QT_LOGGING_RULES"_s, u"planb.*=true"_s);
    QByteArray lines;
    const QByteArray closedPort = QByteArray::number(freePorts(1).first());
    const QList<QByteArray> attempts{
        R"({"jid":"a@b.test","password":"secret-word","host":"127.0.0.1","port":)" + closedPort + '}',
        R"({"jid":"a@b.test","password":"secret-word","x":"secret-word"})",
        R"({"jid":"secret-word","password":"secret-word"})",
        R"({"password":["secret-word"]})",
    };
    for (const QByteArray &settings : attempts) {
        const QByteArray params = R"({"kind":"xmpp","label":"P","settings":)" + settings + '}';
        lines += with("transports.add", params.constData()) + '\n';
    }
    lines += with("transports.list", "{}") + '\n' + with("transports.test", R"({"id":"t1"})") + '\n'
        + with("transports.update", R"({"id":"t1","settings":{"password":"secret-word"}})") + '\n'
        + with("profile.unlock", R"({"passphrase":"secret-word"})") + '\n' + with("status.get", "{}") + '\n';
    const Ending ending = speak(lines);
    EXPECT_EQ(rpcLines(ending.out).answers.size(), 9);
    EXPECT_FALSE(ending.out.contains("secret-word")) << ending.out.constData();
    EXPECT_FALSE(ending.err.contains("secret-word")) << ending.err.constData();
}

TEST_F(HostileCaller, GetsNoAnswerToARequestWithoutIdButItIsCarriedOut)
{
    const Ending ending = speak(R"({"jsonrpc":"2.0","method":"messages.send","params":{"to":"c1","text":"silent"}})"
                                "\n"
                                R"({"jsonrpc":"2.0","method":"nonsense"})"
                                "\n"
                                + rpcCall(u"messages.list"_s, {{u"conversationId"_s, u"v1"_s}}, 1));
    const QList<QJsonObject> answers = rpcLines(ending.out).answers;
    ASSERT_EQ(answers.size(), 1);
    EXPECT_EQ(answers[0].value(u"result"_s)[0][u"text"_s].toString(), u"silent"_s);
}

} // namespace

} // namespace planb::test
