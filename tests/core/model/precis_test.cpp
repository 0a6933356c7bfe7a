// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/precis.h"

#include <gtest/gtest.h>

namespace planb::precis {
namespace {

using namespace Qt::StringLiterals;

QString name(const QString &text)
{
    return usernameCaseMapped(text).value_or(u"(refused)"_s);
}
QString freeText(const QString &text)
{
    return opaqueString(text).value_or(u"(refused)"_s);
}
const QString kRefused = u"(refused)"_s;

// One or two of each rule of RFC 8264, section 8, in its order.
TEST(PrecisProperty, IsDerivedInTheOrderOfTheRules)
{
    for (const char32_t c : {U'\u00DF', U'\u03C2', U'\u06FD', U'\u0F0B', U'\u3007'})
        EXPECT_EQ(propertyOf(c), Property::Valid) << unsigned(c);
    for (const char32_t c : {U'\u00B7', U'\u0375', U'\u05F3', U'\u05F4', U'\u30FB', U'\u0660', U'\u06F9'})
        EXPECT_EQ(propertyOf(c), Property::Contextual) << unsigned(c);
    for (const char32_t c : {U'\u0640', U'\u07FA', U'\u302E', U'\u3035', U'\u303B'})
        EXPECT_EQ(propertyOf(c), Property::Disallowed) << unsigned(c);
    for (const char32_t c : {U'\u0378', U'\U000E1234'})
        EXPECT_NE(propertyOf(c), Property::Valid) << unsigned(c);
    EXPECT_EQ(propertyOf(U'\u0378'), Property::Unassigned);
    for (const char32_t c : {U'!', U'@', U'~', U'a', U'Z', U'0'})
        EXPECT_EQ(propertyOf(c), Property::Valid) << unsigned(c);
    for (const char32_t c : {U'\u1100', U'\u11FF', U'\uA960', U'\uD7B0', U'\uD7CB'})
        EXPECT_EQ(propertyOf(c), Property::Disallowed) << unsigned(c);
    for (const char32_t c :
         {U'\u00AD', U'\u034F', U'\u200C', U'\u200D', U'\u3164', U'\uFE0F', U'\uFEFF', U'\U000E0001'})
        EXPECT_EQ(propertyOf(c), Property::Disallowed) << unsigned(c);
    for (const unsigned c : {0xFFFEU, 0xFDD0U, 0x1FFFFU, 0x00U, 0x7FU, 0x85U, 0xD800U, 0xE000U, 0x2028U})
        EXPECT_EQ(propertyOf(c), Property::Disallowed) << c;
    for (const char32_t c : {U'\uFB01', U'\u2460', U'\u00AA', U'\u1E9B', U'\uFF21', U'\u3131'})
        EXPECT_EQ(propertyOf(c), Property::FreeText) << unsigned(c);
    for (const char32_t c : {U'\u00E9', U'\u0416', U'\uAC00', U'\u4E2D', U'\u0967', U'\u0301', U'\U00020000'})
        EXPECT_EQ(propertyOf(c), Property::Valid) << unsigned(c);
    for (const char32_t c : {U' ', U'\u01C5', U'\u2160', U'\u2665', U'\u20AC', U'\u2014', U'\u00AB', U'\U0001F600'})
        EXPECT_EQ(propertyOf(c), Property::FreeText) << unsigned(c);
}

TEST(PrecisName, IsInLowerCaseAndComposed)
{
    EXPECT_EQ(name(u"Alice"_s), u"alice"_s);
    EXPECT_EQ(name(u"\u00C9T\u00C9"_s), u"\u00E9t\u00E9"_s);
    EXPECT_EQ(name(u"E\u0301"_s), u"\u00E9"_s);
    EXPECT_EQ(name(u"\u212Bngstr\u00F6m"_s), u"\u00E5ngstr\u00F6m"_s);
    EXPECT_EQ(name(u"fu\u00DFball"_s), u"fu\u00DFball"_s);
}

TEST(PrecisName, TakesFullWidthAndHalfWidthFormsForWhatTheyStandFor)
{
    EXPECT_EQ(name(u"\uFF21lice\uFF11\uFF12"_s), u"alice12"_s);
    EXPECT_EQ(name(u"\uFF76\uFF9E"_s), u"\u30AC"_s); // half-width ka and its mark
}

TEST(PrecisName, ComposesHangulAndRefusesItsLooseParts)
{
    EXPECT_EQ(name(u"\u110C\u1175\u110B\u116E"_s), u"\uC9C0\uC6B0"_s);
    EXPECT_EQ(name(u"\u1112\u1161\u11AB"_s), u"\uD55C"_s);
    EXPECT_EQ(name(u"\u1112"_s), kRefused);
    EXPECT_EQ(name(u"\uD55C\u11A8"_s), kRefused);
    EXPECT_EQ(name(u"\u3131"_s), kRefused); // the compatibility letter
}

TEST(PrecisName, NeverFoldsLookAlikesTogether)
{
    const QString latin = name(u"paypal"_s);
    const QString cyrillic = name(u"p\u0430yp\u0430l"_s);
    const QString greek = name(u"p\u03B1ypal"_s);
    EXPECT_NE(latin, cyrillic);
    EXPECT_NE(latin, greek);
    EXPECT_NE(cyrillic, greek);
    EXPECT_EQ(cyrillic, u"p\u0430yp\u0430l"_s);
    EXPECT_NE(name(u"\u0131"_s), name(u"i"_s)); // the i without a dot
    EXPECT_NE(name(u"\u0430\u0301"_s), name(u"\u00E1"_s));
}

TEST(PrecisName, RefusesCompatibilityForms)
{
    for (const QString &text :
         {u"\uFB01ona"_s, u"\u2460"_s, u"x\u00B2"_s, u"\u2126"_s.normalized(QString::NormalizationForm_C) + u"\u2122"_s,
          u"\U0001D41A"_s, u"\u33A5"_s, u"\u017F"_s})
        EXPECT_EQ(name(text), kRefused) << text.toStdString();
}

TEST(PrecisName, RefusesWhatIsNoLetterBeyondAscii)
{
    for (const QString &text :
         {u"a b"_s, u"a\u3000b"_s, u"\u2665"_s, u"\U0001F600"_s, u"a\u2014b"_s, u"\u20AC"_s, QString()})
        EXPECT_EQ(name(text), kRefused) << text.toStdString();
    EXPECT_EQ(name(u"a_b-c.d+e!"_s), u"a_b-c.d+e!"_s);
}

TEST(PrecisName, RefusesWhatCannotBeSeen)
{
    for (const QString &text :
         {u"a\u200Cb"_s, u"a\u200Db"_s, u"\u0915\u094D\u200D\u0937"_s, u"a\u200Bb"_s, u"a\u00ADb"_s, u"a\u202Eb"_s,
          u"a\uFE0Fb"_s, u"a\uFEFFb"_s, u"a\u034Fb"_s, u"a\u115Fb"_s})
        EXPECT_EQ(name(text), kRefused) << text.toUtf8().toHex().toStdString();
}

TEST(PrecisName, RefusesBrokenSurrogates)
{
    EXPECT_EQ(name(u"a"_s + QChar(0xD800)), kRefused);
    EXPECT_EQ(freeText(QString(QChar(0xDC00))), kRefused);
}

// RFC 5892, appendix A.
TEST(PrecisName, AllowsSomeCharactersOnlyBesideOthers)
{
    EXPECT_EQ(name(u"col\u00B7lega"_s), u"col\u00B7lega"_s);
    EXPECT_EQ(name(u"co\u00B7lega"_s), kRefused);
    EXPECT_EQ(name(u"col\u00B7"_s), kRefused);
    EXPECT_EQ(name(u"\u0375\u03B1"_s), u"\u0375\u03B1"_s);
    EXPECT_EQ(name(u"\u0375a"_s), kRefused);
    EXPECT_EQ(name(u"\u05D0\u05F3"_s), u"\u05D0\u05F3"_s);
    EXPECT_EQ(name(u"\u05F4\u05D0"_s), kRefused);
    EXPECT_EQ(name(u"\u30A2\u30FB\u30A4"_s), u"\u30A2\u30FB\u30A4"_s);
    EXPECT_EQ(name(u"a\u30FBb"_s), kRefused);
    EXPECT_EQ(name(u"\u0628\u0661"_s), u"\u0628\u0661"_s);
    EXPECT_EQ(name(u"\u0628\u06F1"_s), u"\u0628\u06F1"_s);
    EXPECT_EQ(name(u"\u0628\u0661\u06F1"_s), kRefused);
}

// RFC 5893, section 2.
TEST(PrecisName, IsReadInOneDirection)
{
    EXPECT_EQ(name(u"\u05D0\u05D1"_s), u"\u05D0\u05D1"_s);
    EXPECT_EQ(name(u"\u05D0\u05D11"_s), u"\u05D0\u05D11"_s);
    EXPECT_EQ(name(u"\u0628\u064E"_s), u"\u0628\u064E"_s); // a mark at the end
    for (const QString &text : {u"a\u05D0"_s, u"\u05D0a"_s, u"1\u05D0"_s, u"\u05D0-"_s, u"-\u05D0"_s, u"\u0661"_s,
                                u"a\u0661"_s, u"\u0628\u06611"_s})
        EXPECT_EQ(name(text), kRefused) << text.toStdString();
}

TEST(PrecisName, DoesNotChangeWhenItIsPreparedAgain)
{
    const auto check = [](char32_t from, char32_t to) {
        for (char32_t c = from; c < to; ++c) {
            const auto once = usernameCaseMapped(QString::fromUcs4(&c, 1) + u'\u0301');
            if (once) {
                ASSERT_EQ(usernameCaseMapped(*once), once) << unsigned(c);
            }
        }
    };
    check(1, 0x590); // the scripts with two cases, and what lies between them
    check(0x1C80, 0x2190);
    check(0xFF00, 0xFFF0);
}

TEST(PrecisFreeText, KeepsCaseWidthAndSymbols)
{
    EXPECT_EQ(freeText(u"My Phone \u2665"_s), u"My Phone \u2665"_s);
    EXPECT_EQ(freeText(u"\uFF21\uFB01"_s), u"\uFF21\uFB01"_s);
    EXPECT_EQ(freeText(u"e\u0301"_s), u"\u00E9"_s);
}

TEST(PrecisFreeText, HasOneKindOfSpace)
{
    EXPECT_EQ(freeText(u"a\u00A0b\u3000c"_s), u"a b c"_s);
}

TEST(PrecisFreeText, RefusesControlsAndWhatCannotBeSeen)
{
    for (const QString &text :
         {u"a\tb"_s, u"a\nb"_s, u"a\u200Db"_s, u"a\u202Eb"_s, u"\uE000"_s, u"\u0378"_s, u"\u1100"_s, QString()})
        EXPECT_EQ(freeText(text), kRefused) << text.toUtf8().toHex().toStdString();
}

TEST(LookAlikes, AreSuspectWithinOneWord)
{
    EXPECT_TRUE(mixesLookAlikes(u"p\u0430ypal@example.org"));
    EXPECT_TRUE(mixesLookAlikes(u"alice@ex\u0430mple.org"));
    EXPECT_TRUE(mixesLookAlikes(u"\u03B1bc"));
    EXPECT_FALSE(mixesLookAlikes(u"\u043F\u0430\u0432\u0435\u043B@example.org"));
    EXPECT_FALSE(mixesLookAlikes(u"\uC9C0\uC6B0jiwoo\u4E2D@example.org"));
    EXPECT_FALSE(mixesLookAlikes(u"alice.smith-2@example.org"));
}

} // namespace
} // namespace planb::precis
