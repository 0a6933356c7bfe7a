// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/address.h"

#include <QStringList>

#include <gtest/gtest.h>

namespace planb {
namespace {

using namespace Qt::StringLiterals;

QString parsed(TransportKind kind, const QString &text)
{
    const auto address = Address::parse(kind, text);
    if (!address)
        return describe(address.error());
    EXPECT_EQ(address->kind, kind);
    return address->value;
}

QString xmpp(const QString &text)
{
    return parsed(TransportKind::Xmpp, text);
}
QString email(const QString &text)
{
    return parsed(TransportKind::Email, text);
}
QString sms(const QString &text)
{
    return parsed(TransportKind::Sms, text);
}

void expectRefused(TransportKind kind, const QStringList &texts)
{
    for (const QString &text : texts) {
        const auto address = Address::parse(kind, text);
        EXPECT_FALSE(address) << text.toStdString() << " became "
                              << (address ? address->value : QString()).toStdString();
        if (!address) {
            EXPECT_EQ(address.error().code, FailureCode::InvalidArgument);
        }
    }
}

TEST(XmppAddress, IsBroughtIntoOneForm)
{
    EXPECT_EQ(xmpp(u"Alice@Chat.Example"_s), u"alice@chat.example"_s);
    EXPECT_EQ(xmpp(u"  alice@chat.example\n"_s), u"alice@chat.example"_s);
    EXPECT_EQ(xmpp(u"alice@chat.example."_s), u"alice@chat.example"_s);
    EXPECT_EQ(xmpp(u"alice@127.0.0.1"_s), u"alice@127.0.0.1"_s);
    EXPECT_EQ(xmpp(u"alice@localhost"_s), u"alice@localhost"_s);
}

TEST(XmppAddress, IsTheSameFromEveryKeyboard)
{
    const QString composed = u"\uC9C0\uC6B0@\uC11C\uBC84.example"_s;
    EXPECT_EQ(xmpp(composed), composed);
    EXPECT_EQ(xmpp(composed.normalized(QString::NormalizationForm_D)), composed);
}

TEST(XmppAddress, NamesAPersonNotADeviceOrAServer)
{
    expectRefused(TransportKind::Xmpp,
                  {u"alice@chat.example/phone"_s, u"alice@chat.example/"_s, u"chat.example"_s, u"@chat.example"_s,
                   u"alice@"_s, u"@"_s, QString()});
}

TEST(XmppAddress, RefusesWhatNeverStandsInALocalpart)
{
    for (const QChar c : u"\"&':<>"_s)
        expectRefused(TransportKind::Xmpp, {u"al%1ice@chat.example"_s.arg(c)});
    expectRefused(TransportKind::Xmpp,
                  {u"al ice@chat.example"_s, u"al\tice@chat.example"_s, u"al\u00A0ice@chat.example"_s,
                   u"al\u0000ice@chat.example"_s, u"al\u0085ice@chat.example"_s, u"a@b@chat.example"_s});
}

// Two addresses that look the same must not be two.
TEST(XmppAddress, RefusesWhatCannotBeSeen)
{
    expectRefused(TransportKind::Xmpp,
                  {u"ali\u200Bce@chat.example"_s, u"ali\u202Ece@chat.example"_s, u"ali\uFEFFce@chat.example"_s,
                   u"ali\u00ADce@chat.example"_s, u"ali\uFFFEce@chat.example"_s, u"ali\uE000ce@chat.example"_s});
    expectRefused(TransportKind::Xmpp,
                  {u"ali"_s + QChar(0xD800) + u"ce@chat.example"_s, QChar(0xDC00) + u"@chat.example"_s});
}

TEST(XmppAddress, RefusesWhatIsNoDomain)
{
    expectRefused(TransportKind::Xmpp,
                  {u"alice@chat..example"_s, u"alice@.example"_s, u"alice@chat example"_s, u"alice@."_s,
                   u"alice@chat_?.example"_s, u"alice@chat.example:5222"_s, u"alice@<chat>"_s});
}

TEST(XmppAddress, KeepsToTheLengthsOfRfc7622)
{
    const QString longest(1023, u'a');
    EXPECT_EQ(xmpp(longest + u"@chat.example"_s), longest + u"@chat.example"_s);
    expectRefused(TransportKind::Xmpp,
                  {longest + u"a@chat.example"_s, QString(342, QChar(0xAC00)) + u"@chat.example"_s});
    expectRefused(TransportKind::Xmpp, {u"alice@"_s + QString(1'024, u'a')});
}

TEST(XmppAddress, TakesOtherWidthsForWhatTheyStandFor)
{
    EXPECT_EQ(xmpp(u"\uFF21lice\uFF11@\uFF45xample.org"_s), u"alice1@example.org"_s);
    EXPECT_EQ(xmpp(u"alice@example\uFF0Eorg"_s), u"alice@example.org"_s);
}

// Taken apart first: otherwise it would be somebody else's address than the one that is seen.
TEST(XmppAddress, IsNotTakenApartAtWhatOnlyBecomesASeparator)
{
    expectRefused(TransportKind::Xmpp,
                  {u"alice\uFF20example.org"_s, u"a\uFF20b@example.org"_s, u"a\uFF0Fb@example.org"_s,
                   u"alice@example.org\uFF0Fphone"_s, u"a\uFF02b@example.org"_s});
}

TEST(XmppAddress, OfLookAlikesIsNotTheSame)
{
    const Address latin = Address::parse(TransportKind::Xmpp, u"paypal@example.org").value();
    const Address cyrillic = Address::parse(TransportKind::Xmpp, u"p\u0430ypal@example.org").value();
    const Address domain = Address::parse(TransportKind::Xmpp, u"paypal@ex\u0430mple.org").value();
    EXPECT_NE(latin, cyrillic);
    EXPECT_NE(latin, domain);
    EXPECT_FALSE(latin.mixesLookAlikes());
    EXPECT_TRUE(cyrillic.mixesLookAlikes());
    EXPECT_TRUE(domain.mixesLookAlikes());
}

TEST(XmppAddress, RefusesDomainsWithTwoSpellings)
{
    expectRefused(TransportKind::Xmpp,
                  {u"a@\uFB01ne.example"_s, u"a@\u2460.example"_s, u"a@x\u3002example"_s, u"a@x\u200Dy.example"_s,
                   u"a@\u05D0x.example"_s, u"a@x\u00ADy.example"_s});
}

TEST(XmppAddress, RefusesCompatibilityFormsSymbolsAndMixedDirections)
{
    expectRefused(TransportKind::Xmpp,
                  {u"\uFB01ona@chat.example"_s, u"\u2665@chat.example"_s, u"a\u05D0@chat.example"_s,
                   u"x\u00B2@chat.example"_s, u"\u1112@chat.example"_s});
}

// Servers let people have them, and profiles may hold them.
TEST(XmppAddress, InUseIsRecognisedByTheOlderRules)
{
    const auto recognised = [](QStringView text) {
        const auto address = Address::recognise(TransportKind::Xmpp, text);
        return address ? address->value : u"(refused)"_s;
    };
    for (const QString &text : {u"\u2665@chat.example"_s, u"\uFB01ona@chat.example"_s, u"a\u05D0@chat.example"_s})
        EXPECT_EQ(recognised(text), text) << text.toStdString();
    EXPECT_EQ(recognised(u"\u2665@Chat.example."), u"\u2665@chat.example"_s);
    EXPECT_EQ(recognised(u"\uFF21lice@chat.example"), u"alice@chat.example"_s);
    for (const QString &text :
         {u"a\u200Db@chat.example"_s, u"a b@chat.example"_s, u"\u2665@chat.example/x"_s, u"\u2665"_s})
        EXPECT_EQ(recognised(text), u"(refused)"_s) << text.toStdString();
    EXPECT_FALSE(Address::recognise(TransportKind::Email, u"a b@mail.example"));
}

TEST(XmppAddress, DoesNotChangeWhenItIsReadAgain)
{
    for (char32_t c = 1; c < 0x3000; ++c) {
        const auto once = Address::parse(TransportKind::Xmpp, QString::fromUcs4(&c, 1) + u"x@chat.example"_s);
        if (!once)
            continue;
        const auto twice = Address::parse(TransportKind::Xmpp, once->value);
        ASSERT_TRUE(twice) << static_cast<unsigned>(c);
        ASSERT_EQ(*once, *twice) << static_cast<unsigned>(c);
    }
}

TEST(EmailAddress, KeepsTheCaseOfItsLocalPartOnly)
{
    EXPECT_EQ(email(u" Kim.Jiwoo+planb@Mail.Example "_s), u"Kim.Jiwoo+planb@mail.example"_s);
    EXPECT_EQ(email(u"a@mail.example."_s), u"a@mail.example"_s);
}

TEST(EmailAddress, TakesTheCharactersThatMailAllows)
{
    for (const QString &text : {u"o'brien@mail.example"_s, u"a&b@mail.example"_s, u"x/y=z@mail.example"_s,
                                u"!#$%*-?^_`{|}~@mail.example"_s, u"\uC9C0\uC6B0@mail.example"_s})
        EXPECT_EQ(email(text), text);
}

TEST(EmailAddress, RefusesWhatIsNone)
{
    expectRefused(TransportKind::Email,
                  {u"mail.example"_s, u"@mail.example"_s, u"a@"_s, u"a b@mail.example"_s, u"a@b@mail.example"_s,
                   u"a@mail..example"_s, u"<a@mail.example>"_s, u"a,b@mail.example"_s, u"a;b@mail.example"_s,
                   u"\"a\"@mail.example"_s, u"a\n@mail.example"_s, u"a\u200B@mail.example"_s, QString()});
}

TEST(PhoneNumber, IsStoredAsE164)
{
    EXPECT_EQ(sms(u"+82 10-1234-5678"_s), u"+821012345678"_s);
    EXPECT_EQ(sms(u" +1 (202) 555-0123 "_s), u"+12025550123"_s);
    EXPECT_EQ(sms(u"+1234567"_s), u"+1234567"_s);
    EXPECT_EQ(sms(u"+123456789012345"_s), u"+123456789012345"_s);
}

TEST(PhoneNumber, NeedsItsCountry)
{
    expectRefused(TransportKind::Sms, {u"01012345678"_s, u"821012345678"_s, u"+0101234567"_s});
}

TEST(PhoneNumber, RefusesWhatIsNone)
{
    expectRefused(TransportKind::Sms,
                  {u"+123456"_s, u"+1234567890123456"_s, u"+82101234567x"_s, u"++8210123456"_s, u"+82+10123456"_s,
                   u"+\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668"_s, u"+"_s, QString()});
}

TEST(LanAddress, IsNotSupportedYet)
{
    EXPECT_EQ(Address::parse(TransportKind::Lan, u"anything").error().code, FailureCode::NotSupported);
}

TEST(Address, KnowsTheDomainOfTheKindsThatHaveOne)
{
    EXPECT_EQ(Address::parse(TransportKind::Xmpp, u"a@Chat.example")->domain(), u"chat.example"_s);
    EXPECT_EQ(Address::parse(TransportKind::Email, u"a@mail.example")->domain(), u"mail.example"_s);
    EXPECT_EQ(Address::parse(TransportKind::Sms, u"+821012345678")->domain(), QString());
}

TEST(Address, IsOrderedByKindAndThenByValue)
{
    const Address first{TransportKind::Xmpp, u"b@x"_s};
    const Address second{TransportKind::Xmpp, u"c@x"_s};
    const Address third{TransportKind::Email, u"a@x"_s};
    EXPECT_LT(first, second);
    EXPECT_LT(second, third);
    EXPECT_NE(first, (Address{TransportKind::Email, u"b@x"_s}));
}

} // namespace
} // namespace planb
