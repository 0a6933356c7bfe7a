// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/iq_requests.h"

#include "tests/transports/xmpp/dialogue.h"
#include "transports/xmpp/namespaces.h"

#include <gtest/gtest.h>

#include <vector>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;
using xmpp::Element;
using xmpp::IqAnswer;
using xmpp::IqRequests;

constexpr MonoTime kStart{Millis(1'000'000)};

// Somebody with questions, and what came of them.
class Asker
{
public:
    void ask(const QString &to, Millis limit = IqRequests::kLimit)
    {
        m_requests.ask(xmpp::iqOf(u"get"_s, to, Element(u"query", u"urn:test")), now, note(), limit);
    }
    bool answer(const QString &id, const QString &from, const QString &type = u"result"_s)
    {
        Element iq(u"iq", xmpp::ns::kClient);
        iq.set(u"type", type).set(u"id", id);
        if (!from.isNull())
            iq.set(u"from", from);
        if (type == u"error")
            iq.add(Element(u"error", xmpp::ns::kClient)
                       .set(u"type", u"cancel"_s)
                       .add(Element(u"item-not-found", xmpp::ns::kStanzaErrors)));
        return m_requests.handle(iq, now);
    }
    QString lastId() const { return sent.back().attribute(u"id"); }
    IqRequests &requests() { return m_requests; }
    IqRequests::Then note()
    {
        return [this](const IqAnswer &answer, MonoTime) { answers.push_back(answer); };
    }

    std::vector<Element> sent;
    std::vector<IqAnswer> answers;
    MonoTime now = kStart;

private:
    SeededRandom m_random{3};
    IqRequests m_requests{{u"alice@example.org"_s, u"alice@example.org/desk"_s, u"example.org"_s},
                          m_random,
                          [this](const Element &iq) { sent.push_back(iq); }};
};

FailureCode codeOf(const IqAnswer &answer)
{
    return answer ? FailureCode::Cancelled : answer.error().failure.code;
}

} // namespace

TEST(IqRequests, GiveTheAnswerOfWhomeverWasAsked)
{
    Asker asker;
    asker.ask(u"bob@example.net/phone"_s);
    ASSERT_EQ(asker.sent.size(), 1u);
    EXPECT_EQ(asker.sent[0].attribute(u"to"), u"bob@example.net/phone"_s);
    EXPECT_TRUE(asker.answer(asker.lastId(), u"bob@example.net/phone"_s));
    ASSERT_EQ(asker.answers.size(), 1u);
    EXPECT_TRUE(asker.answers[0]);
    EXPECT_EQ(asker.requests().open(), 0u);
}

TEST(IqRequests, GiveEachQuestionAnIdOfItsOwn)
{
    Asker asker;
    asker.ask({});
    const QString first = asker.lastId();
    asker.ask({});
    EXPECT_NE(asker.lastId(), first);
    EXPECT_FALSE(first.isEmpty());
}

TEST(IqRequests, DoNotBelieveAThirdPartyThatGuessedTheId)
{
    Asker asker;
    asker.ask(u"bob@example.net"_s);
    for (const QString &from : {u"mallory@example.net"_s, u"bob@example.net/phone"_s, u"example.net"_s, QString()})
        EXPECT_FALSE(asker.answer(asker.lastId(), from)) << from.toStdString();
    EXPECT_TRUE(asker.answers.empty());
    EXPECT_TRUE(asker.answer(asker.lastId(), u"Bob@Example.net"_s));
}

TEST(IqRequests, TakeTheOwnServersAnswerInAnyOfItsNames)
{
    for (const QString &asked : {QString(), u"alice@example.org"_s, u"example.org"_s}) {
        for (const QString &from : {QString(), u"alice@example.org"_s, u"alice@example.org/desk"_s, u"example.org"_s}) {
            Asker asker;
            asker.ask(asked);
            EXPECT_TRUE(asker.answer(asker.lastId(), from)) << from.toStdString();
        }
    }
}

TEST(IqRequests, DoNotTakeSomebodyElsesWordForTheOwnServers)
{
    Asker asker;
    asker.ask({});
    for (const QString &from : {u"mallory@example.org"_s, u"alice@example.org/phone"_s, u"upload.example.org"_s,
                                u"alice@example.org.evil.test"_s})
        EXPECT_FALSE(asker.answer(asker.lastId(), from)) << from.toStdString();
    EXPECT_TRUE(asker.answers.empty());
}

TEST(IqRequests, TellTheConditionOfAnError)
{
    Asker asker;
    asker.ask({});
    EXPECT_TRUE(asker.answer(asker.lastId(), {}, u"error"_s));
    ASSERT_EQ(asker.answers.size(), 1u);
    EXPECT_EQ(codeOf(asker.answers[0]), FailureCode::RequestRefused);
    EXPECT_EQ(asker.answers[0].error().condition, u"item-not-found"_s);
}

TEST(IqRequests, TakeNoQuestionForAnAnswer)
{
    Asker asker;
    asker.ask({});
    EXPECT_FALSE(asker.answer(asker.lastId(), {}, u"get"_s));
    EXPECT_FALSE(asker.answer(asker.lastId(), {}, u"set"_s));
    EXPECT_EQ(asker.requests().open(), 1u);
}

TEST(IqRequests, GiveUpAfterTheLimitAndIgnoreWhatComesLater)
{
    Asker asker;
    asker.ask(u"bob@example.net"_s, Millis(5'000));
    asker.ask(u"carol@example.net"_s, Millis(2'000));
    EXPECT_EQ(asker.requests().wakeAt(), kStart + Millis(2'000));
    asker.now = kStart + Millis(1'999);
    asker.requests().onTimer(asker.now);
    EXPECT_TRUE(asker.answers.empty());
    asker.now = kStart + Millis(2'000);
    asker.requests().onTimer(asker.now);
    ASSERT_EQ(asker.answers.size(), 1u);
    EXPECT_EQ(codeOf(asker.answers[0]), FailureCode::HopTimeout);
    EXPECT_FALSE(asker.answer(asker.lastId(), u"carol@example.net"_s));
    EXPECT_EQ(asker.answers.size(), 1u);
    EXPECT_EQ(asker.requests().wakeAt(), kStart + Millis(5'000));
}

TEST(IqRequests, AnswerOnlyOnce)
{
    Asker asker;
    asker.ask({});
    EXPECT_TRUE(asker.answer(asker.lastId(), {}));
    EXPECT_FALSE(asker.answer(asker.lastId(), {}));
    asker.requests().onTimer(kStart + Millis(60'000));
    asker.requests().close({FailureCode::ConnectionLost, {}, {}});
    EXPECT_EQ(asker.answers.size(), 1u);
}

TEST(IqRequests, AnswerEverythingWhenTheStreamIsLostEvenWhatIsAskedAfterwards)
{
    Asker asker;
    asker.ask({});
    asker.ask(u"bob@example.net"_s);
    asker.requests().close({FailureCode::ConnectionLost, u"gone"_s, {}});
    EXPECT_EQ(asker.answers.size(), 2u);
    asker.ask({});
    ASSERT_EQ(asker.answers.size(), 3u);
    for (const IqAnswer &answer : asker.answers)
        EXPECT_EQ(codeOf(answer), FailureCode::ConnectionLost);
    EXPECT_EQ(asker.sent.size(), 2u);
    EXPECT_FALSE(asker.requests().wakeAt());
}

TEST(IqRequests, MayBeAskedAgainFromWithinAnAnswer)
{
    Asker asker;
    asker.requests().ask(xmpp::iqOf(u"get"_s, {}, Element(u"query", u"urn:test")), kStart,
                         [&](const IqAnswer &, MonoTime now) {
                             EXPECT_EQ(now, kStart);
                             asker.ask({});
                         });
    EXPECT_TRUE(asker.answer(asker.lastId(), {}));
    EXPECT_EQ(asker.requests().open(), 1u);
}

// --- on a stream ---

TEST(IqRequests, AreAnsweredOverTheStreamThatAskedThem)
{
    Dialogue talk;
    talk.settle();
    std::vector<IqAnswer> answers;
    const auto note = [&](const IqAnswer &answer, MonoTime) { answers.push_back(answer); };
    talk.session.ask(xmpp::iqOf(u"get"_s, {}, Element(u"query", u"urn:test")), talk.now, note);
    const QByteArray question = talk.client();
    EXPECT_TRUE(question.contains("<query xmlns='urn:test'/>"));
    const QByteArray id = attributeIn(question, "id");
    talk.server("<iq type='result' id='" + id + "' from='mallory@example.org'/>");
    EXPECT_TRUE(answers.empty());
    talk.server("<iq type='result' id='" + id + "' from='alice@example.org'/>");
    ASSERT_EQ(answers.size(), 1u);
    EXPECT_TRUE(answers[0]);
}

TEST(IqRequests, AreGivenUpWithTheStreamOrAfterTheirTime)
{
    Dialogue talk;
    talk.settle(false);
    std::vector<IqAnswer> answers;
    const auto note = [&](const IqAnswer &answer, MonoTime) { answers.push_back(answer); };
    talk.session.ask(xmpp::iqOf(u"get"_s, {}, Element(u"query", u"urn:test")), talk.now, note, Millis(1'000));
    talk.session.ask(xmpp::iqOf(u"get"_s, {}, Element(u"query", u"urn:test")), talk.now, note);
    talk.pass(Millis(1'000));
    ASSERT_EQ(answers.size(), 1u);
    EXPECT_EQ(codeOf(answers[0]), FailureCode::HopTimeout);
    talk.close(FailureCode::ConnectionLost);
    ASSERT_EQ(answers.size(), 2u);
    EXPECT_EQ(codeOf(answers[1]), FailureCode::ConnectionLost);
    talk.session.ask(xmpp::iqOf(u"get"_s, {}, Element(u"query", u"urn:test")), talk.now, note);
    ASSERT_EQ(answers.size(), 3u);
    EXPECT_EQ(codeOf(answers[2]), FailureCode::NetworkUnreachable);
}

} // namespace planb::test
