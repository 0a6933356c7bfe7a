// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/message_text.h"

#include "core/base/random.h"

#include <gtest/gtest.h>

namespace planb {
namespace {

using namespace Qt::StringLiterals;

QString normal(const QString &text)
{
    const auto result = normalizedMessageText(text);
    EXPECT_TRUE(result) << describe(result.error()).toStdString();
    return result.value_or(QString());
}

FailureCode failureOf(const QString &text)
{
    const auto result = normalizedMessageText(text);
    EXPECT_FALSE(result.has_value());
    return result ? FailureCode::Cancelled : result.error().code;
}

TEST(MessageText, IsKeptAsItWasWritten)
{
    for (const QString &text :
         {u"hello"_s, u"  two  spaces \t and a tab "_s, u"\uC548\uB155 \U0001F600\u200D\U0001F4BB"_s,
          u"line\n\nline\n"_s, u"<b>&amp;</b>"_s, u"\uFEFFx"_s})
        EXPECT_EQ(normal(text), text);
}

TEST(MessageText, HasOneKindOfLineEnd)
{
    EXPECT_EQ(normal(u"a\r\nb\rc\nd"_s), u"a\nb\nc\nd"_s);
    EXPECT_EQ(normal(u"a\r\r\nb\r"_s), u"a\n\nb\n"_s);
}

TEST(MessageText, LosesWhatNoTransportCarries)
{
    EXPECT_EQ(normal(u"a\u0000b\u0001c\u0008d\u000Be\u001Ff\uFFFEg\uFFFFh"_s), u"abcdefgh"_s);
}

TEST(MessageText, ShowsWhereACharacterWasBroken)
{
    const QChar high(0xD83D);
    const QChar low(0xDE00);
    EXPECT_EQ(normal(u'a' + high), u"a\uFFFD"_s);
    EXPECT_EQ(normal(low + u"a"_s), u"\uFFFDa"_s);
    EXPECT_EQ(normal(QString(high) + high + low), u"\uFFFD\U0001F600"_s);
    EXPECT_EQ(normal(QString(low) + high), u"\uFFFD\uFFFD"_s);
}

TEST(MessageText, IsNotEmptyToTheEye)
{
    for (const QString &text : {QString(), u" "_s, u"\n\t \r\n"_s, u"\u0001\u0002"_s, u"\u00A0\u3000"_s, u"\u200B"_s,
                                u"\uFEFF \u200D"_s, u"\u202E"_s})
        EXPECT_EQ(failureOf(text), FailureCode::EmptyText) << text.toUtf8().toHex().toStdString();
}

TEST(MessageText, IsBoundedInBytesOfUtf8)
{
    EXPECT_EQ(normal(QString(kMaxTextBytes, u'a')).size(), kMaxTextBytes);
    EXPECT_EQ(failureOf(QString(kMaxTextBytes + 1, u'a')), FailureCode::MessageTooLarge);
    EXPECT_EQ(normal(QString(kMaxTextBytes / 3, QChar(0xAC00))).size(), kMaxTextBytes / 3);
    EXPECT_EQ(failureOf(QString(kMaxTextBytes / 3 + 1, QChar(0xAC00))), FailureCode::MessageTooLarge);
}

TEST(MessageText, IsMeasuredAfterItWasNormalised)
{
    EXPECT_EQ(normal(QString(kMaxTextBytes, u'a') + QString(10, QChar(1))).size(), kMaxTextBytes);
}

TEST(MessageText, DoesNotChangeWhenItIsNormalisedAgain)
{
    SeededRandom random(3);
    for (int i = 0; i < 2'000; ++i) {
        QString text;
        for (int j = 0; j < 30; ++j) {
            // Half of them from where the rules are: controls and surrogates.
            const auto unit = static_cast<char16_t>(random.next());
            text.append(QChar(j % 2 == 0 ? unit % 0x30 : (unit % 3 == 0 ? 0xD800 + unit % 0x800 : unit)));
        }
        const auto once = normalizedMessageText(text);
        if (!once)
            continue;
        ASSERT_EQ(normal(*once), *once);
        ASSERT_EQ(QString::fromUtf8(once->toUtf8()), *once) << "what UTF-8 cannot carry was left in";
    }
}

} // namespace
} // namespace planb
