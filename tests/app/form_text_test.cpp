// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/form_text.h"
#include "app/shell_word.h"

#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace planb::ctl {

namespace {

using namespace Qt::StringLiterals;
using Type = FormField::Type;

FormField field(const QString &name, Type type, const QStringList &values = {})
{
    return {name, type, {}, {}, false, values, {}, {}};
}

AccountForm captcha()
{
    FormField ocr{u"ocr"_s, Type::Text, u"What do you see?"_s, {}, true, {}, {}, {}};
    ocr.media = {{u"image/png"_s, "a picture", {}}, {u"audio/x"_s, {}, u"https://x.example/c"_s}};
    return {u"Prove it"_s,
            {},
            {field(u"FORM_TYPE"_s, Type::Hidden, {u"jabber:iq:register"_s}), field(u"username"_s, Type::Text),
             field(u"challenge"_s, Type::Hidden, {u"c-17"_s}), ocr}};
}

TEST(FormText, GivesTheHiddenFieldsAsReadyAnswers)
{
    const QString text = formText(captcha(), {});
    EXPECT_TRUE(text.contains(u"--answer FORM_TYPE=jabber:iq:register --answer challenge=c-17\n"_s))
        << text.toStdString();
    EXPECT_TRUE(text.startsWith(u"Prove it\n"_s));
    EXPECT_TRUE(text.contains(u"What do you see?"_s));
    EXPECT_TRUE(text.contains(u"https://x.example/c"_s));
    EXPECT_TRUE(text.contains(u"--pictures"_s));
}

TEST(FormText, GivesEveryValueOfAHiddenFieldAndAnEmptyOneForNone)
{
    AccountForm form;
    form.fields = {field(u"a"_s, Type::Hidden, {u"1"_s, u"2"_s}), field(u"sid"_s, Type::Hidden)};
    EXPECT_TRUE(formText(form, {}).contains(u"--answer a=1 --answer a=2 --answer sid=\n"_s));
}

TEST(FormText, NamesWhatCanBeChosen)
{
    AccountForm form;
    form.fields = {field(u"plan"_s, Type::Choice)};
    form.fields[0].options = {{u"Free"_s, u"f"_s}, {u"paid"_s, u"paid"_s}};
    EXPECT_TRUE(formText(form, {}).contains(u"one of f (Free), paid"_s));
}

TEST(FormText, LetsNoServerWriteOnTheTerminalOrIntoTheShell)
{
    AccountForm form;
    form.instructions = u"a\x1b[2J"_s;
    form.fields = {field(u"x\x1b"_s, Type::Hidden, {u"1"_s}), field(u"a=b"_s, Type::Hidden, {u"1"_s}),
                   field(u"y"_s, Type::Hidden, {u"2\nrm -rf ~"_s})};
    const QString text = formText(form, {});
    EXPECT_FALSE(text.contains(u'\x1b'));
    EXPECT_FALSE(text.contains(u"--answer"_s)) << text.toStdString();
    EXPECT_EQ(text.count(u"use --json"_s), 3) << text.toStdString();
}

#ifdef Q_OS_UNIX
TEST(ShellWord, QuotesWhateverAShellWouldTakeForMore)
{
    EXPECT_EQ(shellWord(u"a=b/c@d.example:1"_s), u"a=b/c@d.example:1"_s);
    EXPECT_EQ(shellWord(u"a=$(id); b"_s), u"'a=$(id); b'"_s);
    EXPECT_EQ(shellWord(u"a='; id"_s), u"'a='\\''; id'"_s);
    EXPECT_EQ(shellWord(QString()), u"''"_s);
}
#endif

TEST(ShellWord, IsNothingWhereALineCannotShowIt)
{
    EXPECT_FALSE(shellWord(u"a\nb"_s));
    EXPECT_FALSE(shellWord(u"a\u202Eb"_s));
}

TEST(FormPictures, AreSavedUnderNamesOfOurOwn)
{
    const QTemporaryDir folder;
    const auto saved = savePictures(captcha(), folder.path());
    ASSERT_TRUE(saved) << saved.error().toStdString();
    ASSERT_EQ(*saved, QStringList{folder.filePath(u"picture-1.png"_s)});
    QFile file(saved->first());
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_EQ(file.readAll(), "a picture");
    EXPECT_TRUE(formText(captcha(), *saved).contains(saved->first()));
}

TEST(FormPictures, CannotBeSavedWhereThereIsNoFolder)
{
    const QTemporaryDir folder;
    EXPECT_FALSE(savePictures(captcha(), folder.filePath(u"nowhere"_s)));
}

} // namespace

} // namespace planb::ctl
