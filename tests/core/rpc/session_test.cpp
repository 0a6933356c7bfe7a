// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rpc/session.h"

#include "tests/core/rpc/scripted_methods.h"

#include <gtest/gtest.h>

namespace planb::rpc {

namespace {

using namespace Qt::StringLiterals;

QByteArray call(const char *method, const char *params = nullptr, const char *id = nullptr)
{
    QByteArray line = QByteArray(R"({"jsonrpc":"2.0","method":")") + method + '"';
    if (params)
        line += QByteArray(",\"params\":") + params;
    if (id)
        line += QByteArray(",\"id\":") + id;
    return line + "}\n";
}

class RpcSession : public testing::Test
{
protected:
    RpcSession() : m_session(m_methods.table(), [this](const QByteArray &line) { m_answers.write(line); })
    {
        QObject::connect(&m_session, &Session::ended, [this] { ++m_endings; });
        QObject::connect(&m_session, &Session::inputWanted, [this] { ++m_wishes; });
    }

    test::ScriptedMethods m_methods;
    test::Answers m_answers;
    Session m_session;
    int m_endings = 0;
    int m_wishes = 0;
};

TEST_F(RpcSession, AnswersARequest)
{
    m_session.feed(call("echo", R"({"text":"hi"})", "1"));
    EXPECT_EQ(m_answers.shortly(), QStringList{u"1=hi"_s});
}

TEST_F(RpcSession, CarriesOutARequestWithoutIdAndKeepsSilent)
{
    m_session.feed(call("echo", R"({"text":"hi"})") + call("fail") + call("nothing") + call("echo", "{}"));
    EXPECT_EQ(m_methods.started, QStringList{u"hi"_s});
    EXPECT_TRUE(m_answers.shortly().isEmpty());
}

TEST_F(RpcSession, LetsARequestWaitForTheOneBeforeIt)
{
    m_session.feed(call("later", R"({"tag":"a"})", "1") + call("later", R"({"tag":"b"})", "2"));
    EXPECT_EQ(m_methods.started, QStringList{u"a"_s});
    m_methods.answer(u"a"_s);
    EXPECT_EQ(m_methods.started, (QStringList{u"a"_s, u"b"_s}));
    m_methods.answer(u"b"_s);
    EXPECT_EQ(m_answers.shortly(), (QStringList{u"1=a"_s, u"2=b"_s}));
}

TEST_F(RpcSession, WaitsForARequestWithoutIdToo)
{
    m_session.feed(call("later", R"({"tag":"a"})") + call("echo", R"({"text":"b"})", "2"));
    EXPECT_EQ(m_methods.started, QStringList{u"a"_s});
    m_methods.answer(u"a"_s);
    EXPECT_EQ(m_answers.shortly(), QStringList{u"2=b"_s});
}

TEST_F(RpcSession, DoesNotLetASlowMethodHoldUpWhatFollows)
{
    m_session.feed(call("slow", R"({"tag":"a"})", "1") + call("slow", R"({"tag":"b"})", "2")
                   + call("echo", R"({"text":"c"})", "3"));
    m_methods.answer(u"b"_s);
    m_methods.answer(u"a"_s);
    EXPECT_EQ(m_answers.shortly(), (QStringList{u"3=c"_s, u"2=b"_s, u"1=a"_s}));
}

TEST_F(RpcSession, AnswersErrorsInTheirTurn)
{
    m_session.feed(call("later", R"({"tag":"a"})", "1") + "nonsense\n" + call("nothing", nullptr, "2")
                   + call("echo", R"({"txt":"x"})", "3") + call("fail", nullptr, "4"));
    EXPECT_TRUE(m_answers.shortly().isEmpty());
    m_methods.answer(u"a"_s);
    EXPECT_EQ(m_answers.shortly(),
              (QStringList{u"1=a"_s, u"null!-32700"_s, u"2!-32601"_s, u"3!-32602"_s, u"4!-32000"_s}));
}

TEST_F(RpcSession, WantsParametersToBeAnObject)
{
    m_session.feed(call("echo", "[\"x\"]", "1") + call("echo", "\"x\"", "2") + call("echo", "null", "3")
                   + call("nothing", "[]", "4"));
    EXPECT_EQ(m_answers.shortly(), (QStringList{u"1!-32602"_s, u"2!-32602"_s, u"3!-32602"_s, u"4!-32601"_s}));
    EXPECT_TRUE(m_methods.started.isEmpty());
}

TEST_F(RpcSession, RefusesALineThatIsTooLongAndGoesOn)
{
    m_session.feed(QByteArray(2 * LineSplitter::kMaxLineBytes, 'x') + '\n' + call("echo", R"({"text":"on"})", "1"));
    EXPECT_EQ(m_answers.shortly(), (QStringList{u"null!-32600"_s, u"1=on"_s}));
}

TEST_F(RpcSession, PassesOverEmptyLines)
{
    m_session.feed("\n \t\r\n" + call("echo", R"({"text":"a"})", "1"));
    EXPECT_EQ(m_answers.shortly(), QStringList{u"1=a"_s});
}

TEST_F(RpcSession, ReadsALastLineWithoutLineEnd)
{
    m_session.feed(call("echo", R"({"text":"a"})", "1").chopped(1));
    EXPECT_TRUE(m_answers.shortly().isEmpty());
    m_session.finish();
    EXPECT_EQ(m_answers.shortly(), QStringList{u"1=a"_s});
    EXPECT_EQ(m_endings, 1);
}

TEST_F(RpcSession, EndsAtOnceWhenNothingWasAsked)
{
    m_session.finish();
    EXPECT_EQ(m_endings, 1);
}

TEST_F(RpcSession, AnswersEverythingBeforeItEnds)
{
    m_session.feed(call("slow", R"({"tag":"s"})", "1") + call("later", R"({"tag":"a"})", "2")
                   + call("echo", R"({"text":"b"})", "3"));
    m_session.finish();
    EXPECT_EQ(m_endings, 0);
    m_methods.answer(u"a"_s);
    EXPECT_EQ(m_endings, 0);
    m_methods.answer(u"s"_s);
    EXPECT_EQ(m_answers.shortly(), (QStringList{u"2=a"_s, u"3=b"_s, u"1=s"_s}));
    EXPECT_EQ(m_endings, 1);
}

TEST_F(RpcSession, StopsWantingInputWhileTooManyRequestsWait)
{
    m_session.feed(call("later", R"({"tag":"a"})", "0"));
    EXPECT_TRUE(m_session.wantsInput());
    for (int i = 0; i < 300; ++i)
        m_session.feed(call("echo", R"({"text":"x"})", "1"));
    EXPECT_FALSE(m_session.wantsInput());
    EXPECT_EQ(m_wishes, 0);
    m_methods.answer(u"a"_s);
    EXPECT_TRUE(m_session.wantsInput());
    EXPECT_EQ(m_wishes, 1);
    EXPECT_EQ(m_answers.shortly().size(), 301);
}

TEST(RpcDispatcher, HandlesALongRowOfRequestsWithoutGrowingTheStack)
{
    test::ScriptedMethods methods;
    Dispatcher dispatcher(methods.table(), [](const QByteArray &) {});
    dispatcher.handle(Request{{}, u"later"_s, QJsonValue(QJsonObject{{u"tag"_s, u"first"_s}})});
    constexpr int kMany = 20'000;
    for (int i = 0; i < kMany; ++i)
        dispatcher.handle(Request{{}, u"fail"_s, {}});
    EXPECT_EQ(dispatcher.waiting(), kMany);
    methods.answer(u"first"_s);
    EXPECT_TRUE(dispatcher.isIdle());
}

} // namespace

} // namespace planb::rpc
