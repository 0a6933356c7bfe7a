// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transports/xmpp/dialogue.h"
#include "transports/xmpp/account_session.h"

#include <QCryptographicHash>

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;
using xmpp::AccountSession;

constexpr MonoTime kNow{Millis(1'000)};

// A server, line by line, to somebody without an account.
class Visit
{
public:
    explicit Visit(AccountSession::Wish wish) : session(std::move(wish)) {}

    static AccountSession::Wish wish(bool submits)
    {
        AccountSession::Wish wish{u"example.org"_s, {}, submits, {}, {}};
        if (submits)
            wish.identity = {{u"username"_s, {u"alice"_s}}, {u"password"_s, {u"wonder<land"_s}}};
        return wish;
    }

    void begin() // up to the features of the encrypted stream
    {
        session.onConnected(false, kNow);
        said();
        server(streamHeader() + features(kStartTlsFeature));
        said();
        server("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
        said();
        session.onEncrypted({}, kNow);
        said();
        server(streamHeader() + features(mechanisms({"PLAIN"})));
    }
    void server(const QByteArray &xml) { session.onBytes(xml, kNow); }
    /// The server's answer to the last question.
    void answer(const QByteArray &inside, const QByteArray &type = "result")
    {
        const QByteArray id = attributeIn(said(), "id");
        server("<iq type='" + type + "' id='" + id + "' from='example.org'>" + inside + "</iq>");
    }
    QByteArray said()
    {
        QByteArray bytes;
        for (const net::Command &command : session.takeCommands()) {
            if (const auto *write = std::get_if<net::WriteBytes>(&command))
                bytes += write->bytes;
            if (const auto *abort = std::get_if<net::Abort>(&command))
                aborted = abort->failure;
            isFinished |= std::holds_alternative<net::Finish>(command);
            asksForTls |= std::holds_alternative<net::StartTls>(command);
        }
        last = bytes;
        return bytes;
    }
    FailureCode failure() const
    {
        return session.outcome() && !*session.outcome() ? session.outcome()->error().code : FailureCode::Cancelled;
    }
    std::optional<AccountForm> form() const
    {
        return session.outcome() && *session.outcome() ? (*session.outcome())->form : std::nullopt;
    }
    bool isMade() const { return session.outcome() && *session.outcome() && !(*session.outcome())->form; }

    AccountSession session;
    QByteArray last;
    std::optional<Failure> aborted;
    bool isFinished = false;
    bool asksForTls = false;
};

const QByteArray kSimpleForm = "<query xmlns='jabber:iq:register'><instructions>Choose</instructions><username/>"
                               "<password/></query>";
const QByteArray kPicture = "not really a picture";

QByteArray captchaForm()
{
    const QByteArray cid = "sha1+" + QCryptographicHash::hash(kPicture, QCryptographicHash::Sha1).toHex()
        + "@bob.xmpp.org";
    return "<query xmlns='jabber:iq:register'><username/><password/><x xmlns='jabber:x:data' type='form'>"
           "<instructions>Prove it</instructions>"
           "<field type='hidden' var='FORM_TYPE'><value>jabber:iq:register</value></field>"
           "<field type='hidden' var='challenge'><value>c-17</value></field>"
           "<field type='text-single' var='username' label='Name'><required/></field>"
           "<field type='text-private' var='password'><required/></field>"
           "<field type='list-single' var='plan'><option label='Free'><value>f</value></option></field>"
           "<field type='text-single' var='ocr' label='What do you see?'><required/><media "
           "xmlns='urn:xmpp:media-element'><uri type='image/png'>cid:"
        + cid
        + "</uri><uri type='image/png'>https://example.org/c.png</uri><uri type='x'>file:///etc/passwd</uri>"
          "</media></field></x><data xmlns='urn:xmpp:bob' cid='"
        + cid + "' type='image/png'>" + kPicture.toBase64() + "</data></query>";
}

QByteArray error(const QByteArray &condition, const QByteArray &beside = {})
{
    return beside + "<error type='cancel'><" + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";
}

} // namespace

TEST(AccountSession, SaysNothingAboutAnybodyBeforeItIsEncrypted)
{
    Visit visit(Visit::wish(true));
    visit.session.onConnected(false, kNow);
    EXPECT_FALSE(visit.said().contains("alice"));
    visit.server(streamHeader() + features("<register xmlns='http://jabber.org/features/iq-register'/>"));
    visit.said();
    ASSERT_TRUE(visit.aborted);
    EXPECT_EQ(visit.aborted->code, FailureCode::TlsNotOffered);
}

TEST(AccountSession, DropsWhatWasSaidBeforeTheEncryption)
{
    Visit visit(Visit::wish(false));
    visit.session.onConnected(false, kNow);
    visit.server(streamHeader() + features(kStartTlsFeature));
    visit.said();
    visit.server("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/><iq type='result' id='account-1'>" + kSimpleForm
                 + "</iq>");
    visit.said();
    EXPECT_TRUE(visit.asksForTls);
    EXPECT_FALSE(visit.session.outcome());
}

TEST(AccountSession, BringsThePlainForm)
{
    Visit visit(Visit::wish(false));
    visit.begin();
    visit.answer(kSimpleForm);
    const auto form = visit.form();
    ASSERT_TRUE(form);
    EXPECT_EQ(form->instructions, u"Choose"_s);
    ASSERT_EQ(form->fields.size(), 2);
    EXPECT_EQ(form->fields[0].name, u"username"_s);
    EXPECT_EQ(form->fields[1].type, FormField::Type::Secret);
    visit.said();
    EXPECT_TRUE(visit.isFinished);
}

TEST(AccountSession, MakesAnAccountThatNeedsNoMoreThanNameAndPassword)
{
    Visit visit(Visit::wish(true));
    visit.begin();
    visit.answer(kSimpleForm);
    visit.said();
    EXPECT_TRUE(visit.last.contains("<username>alice</username>")) << visit.last.toStdString();
    EXPECT_TRUE(visit.last.contains("<password>wonder&lt;land</password>"));
    visit.server("<iq type='result' id='account-2'/>");
    EXPECT_TRUE(visit.isMade());
}

TEST(AccountSession, BringsAFormThatWantsMoreWithItsPicture)
{
    Visit visit(Visit::wish(true));
    visit.begin();
    visit.answer(captchaForm());
    const auto form = visit.form();
    ASSERT_TRUE(form);
    EXPECT_EQ(form->instructions, u"Prove it"_s);
    ASSERT_EQ(form->fields.size(), 6);
    EXPECT_EQ(form->fields[1].type, FormField::Type::Hidden);
    EXPECT_EQ(form->fields[4].options, (QList<FormOption>{{u"Free"_s, u"f"_s}}));
    const FormField &captcha = form->fields[5];
    EXPECT_TRUE(captcha.required);
    ASSERT_EQ(captcha.media.size(), 2);
    EXPECT_EQ(captcha.media[0].data, kPicture);
    EXPECT_EQ(captcha.media[1].url, u"https://example.org/c.png"_s);
}

TEST(AccountSession, ShowsNoPictureThatIsNotTheOneItWasNamedAfter)
{
    Visit visit(Visit::wish(false));
    visit.begin();
    visit.answer(captchaForm().replace(kPicture.toBase64(), QByteArray("something else").toBase64()));
    ASSERT_TRUE(visit.form());
    EXPECT_EQ(visit.form()->fields[5].media.size(), 1);
}

TEST(AccountSession, SubmitsAnswersWithoutAskingForAnotherForm)
{
    AccountSession::Wish wish = Visit::wish(true);
    wish.answers = {
        {u"FORM_TYPE"_s, {u"jabber:iq:register"_s}}, {u"challenge"_s, {u"c-17"_s}}, {u"ocr"_s, {u"7nHL3"_s}}};
    Visit visit(wish);
    visit.begin();
    const QByteArray said = visit.said();
    EXPECT_TRUE(said.contains("<x xmlns='jabber:x:data' type='submit'>")) << said.toStdString();
    EXPECT_TRUE(said.contains("<field var='ocr'><value>7nHL3</value></field>"));
    EXPECT_TRUE(said.contains("<field var='challenge'><value>c-17</value></field>"));
    EXPECT_TRUE(said.contains("<field var='username'><value>alice</value></field>"));
    visit.server("<iq type='result' id='account-1'/>");
    EXPECT_TRUE(visit.isMade());
}

TEST(AccountSession, BringsTheNextFormWhereTheAnswersWereWrong)
{
    AccountSession::Wish wish = Visit::wish(true);
    wish.answers = {{u"FORM_TYPE"_s, {u"jabber:iq:register"_s}}, {u"ocr"_s, {u"wrong"_s}}};
    Visit visit(wish);
    visit.begin();
    visit.answer(error("not-acceptable", captchaForm()), "error");
    ASSERT_TRUE(visit.form());
    ASSERT_TRUE((*visit.session.outcome())->refusal);
    EXPECT_EQ((*visit.session.outcome())->refusal->code, FailureCode::RegistrationRefused);
}

TEST(AccountSession, TellsWhyThereIsNoAccount)
{
    const QList<std::pair<QByteArray, FailureCode>> refusals{{"conflict", FailureCode::AccountExists},
                                                             {"not-allowed", FailureCode::RegistrationRefused},
                                                             {"service-unavailable", FailureCode::RegistrationRefused},
                                                             {"resource-constraint", FailureCode::ServerBusy}};
    for (const auto &[condition, code] : refusals) {
        Visit visit(Visit::wish(true));
        visit.begin();
        visit.answer(kSimpleForm);
        visit.answer(error(condition), "error");
        EXPECT_EQ(visit.failure(), code) << condition.toStdString();
    }
}

TEST(AccountSession, TellsThatAServerLetsNobodyIn)
{
    Visit visit(Visit::wish(true));
    visit.begin();
    visit.answer(error("not-allowed"), "error");
    EXPECT_EQ(visit.failure(), FailureCode::RegistrationRefused);
}

TEST(AccountSession, PassesOnAPageInTheWeb)
{
    Visit visit(Visit::wish(true));
    visit.begin();
    visit.answer(
        "<query xmlns='jabber:iq:register'><x xmlns='jabber:x:oob'><url>https://example.org/join</url></x></query>");
    ASSERT_TRUE(visit.form());
    EXPECT_EQ(visit.form()->url, u"https://example.org/join"_s);
}

TEST(AccountSession, HasNoFormWithoutAnythingInIt)
{
    for (const QByteArray &form :
         {QByteArray(), QByteArray("<query xmlns='jabber:iq:register'/>"),
          QByteArray(
              "<query xmlns='jabber:iq:register'><x xmlns='jabber:x:oob'><url>javascript:1</url></x></query>")}) {
        Visit visit(Visit::wish(true));
        visit.begin();
        visit.answer(form);
        EXPECT_EQ(visit.failure(), FailureCode::RegistrationRefused) << form.toStdString();
    }
}

TEST(AccountSession, ShowsItsInvitationFirst)
{
    AccountSession::Wish wish = Visit::wish(true);
    wish.token = u"TOKEN"_s;
    Visit visit(wish);
    visit.begin();
    const QByteArray said = visit.said();
    EXPECT_TRUE(said.contains("<preauth xmlns='urn:xmpp:pars:0' token='TOKEN'/>")) << said.toStdString();
    visit.server("<iq type='result' id='account-1'/>");
    EXPECT_TRUE(visit.said().contains("<query xmlns='jabber:iq:register'/>"));
}

TEST(AccountSession, StopsWhereTheInvitationIsNotTaken)
{
    AccountSession::Wish wish = Visit::wish(true);
    wish.token = u"TOKEN"_s;
    Visit visit(wish);
    visit.begin();
    visit.answer(error("item-not-found"), "error");
    EXPECT_EQ(visit.failure(), FailureCode::RegistrationRefused);
}

TEST(AccountSession, GoesOnWhereTheServerKnowsNoInvitations)
{
    AccountSession::Wish wish = Visit::wish(true);
    wish.token = u"TOKEN"_s;
    Visit visit(wish);
    visit.begin();
    visit.answer(error("service-unavailable"), "error");
    EXPECT_TRUE(visit.said().contains("<query xmlns='jabber:iq:register'/>"));
}

TEST(AccountSession, IgnoresAnswersToOtherQuestions)
{
    Visit visit(Visit::wish(false));
    visit.begin();
    visit.server("<iq type='result' id='account-9'>" + kSimpleForm + "</iq><message/><presence/>");
    EXPECT_FALSE(visit.session.outcome());
    visit.answer(kSimpleForm);
    EXPECT_TRUE(visit.form());
}

TEST(AccountSession, EndsWithTheFailureOfALostConnection)
{
    Visit visit(Visit::wish(true));
    visit.begin();
    visit.session.onClosed({FailureCode::ConnectionLost, {}, {}}, kNow);
    EXPECT_EQ(visit.failure(), FailureCode::ConnectionLost);
}

} // namespace planb::test
