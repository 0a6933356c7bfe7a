// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rpc/line_splitter.h"

#include <gtest/gtest.h>

namespace planb::rpc {

namespace {

using Line = LineSplitter::Line;
using Lines = QList<Line>;

constexpr qsizetype kLimit = LineSplitter::kMaxLineBytes;

Line line(const char *bytes)
{
    return {bytes, false};
}

TEST(LineSplitter, GivesTheLinesOfOneChunkInOrder)
{
    LineSplitter splitter;
    EXPECT_EQ(splitter.feed("one\ntwo\n"), (Lines{line("one"), line("two")}));
    EXPECT_FALSE(splitter.finish());
}

TEST(LineSplitter, PutsALineTogetherFromSingleBytes)
{
    LineSplitter splitter;
    Lines lines;
    for (const char byte : QByteArray("ab\r\ncd\n"))
        lines += splitter.feed(QByteArrayView(&byte, 1));
    EXPECT_EQ(lines, (Lines{line("ab"), line("cd")}));
}

TEST(LineSplitter, TakesCarriageReturnLineFeedAsOneLineEnd)
{
    LineSplitter splitter;
    EXPECT_EQ(splitter.feed("one\r\ntwo\rthree\n"), (Lines{line("one"), line("two\rthree")}));
}

TEST(LineSplitter, GivesALastLineWithoutLineEndAtTheEndOfInput)
{
    LineSplitter splitter;
    EXPECT_TRUE(splitter.feed("tail\r").isEmpty());
    EXPECT_EQ(splitter.finish(), line("tail"));
    EXPECT_FALSE(splitter.finish());
}

TEST(LineSplitter, GivesEmptyLinesAsEmptyLines)
{
    LineSplitter splitter;
    EXPECT_EQ(splitter.feed("\n\r\n"), (Lines{line(""), line("")}));
}

TEST(LineSplitter, KeepsNulBytes)
{
    LineSplitter splitter;
    EXPECT_EQ(splitter.feed(QByteArrayView("a\0b\n", 4)), (Lines{{QByteArray("a\0b", 3), false}}));
}

TEST(LineSplitter, TakesALineOfExactlyTheLimit)
{
    const QByteArray longest(kLimit, 'x');
    LineSplitter splitter;
    EXPECT_EQ(splitter.feed(longest + "\r\n"), (Lines{{longest, false}}));
    EXPECT_EQ(splitter.feed(longest + '\n'), (Lines{{longest, false}}));
}

TEST(LineSplitter, TakesALineOfExactlyTheLimitWhoseLineEndComesInPieces)
{
    const QByteArray longest(kLimit, 'x');
    LineSplitter splitter;
    Lines lines = splitter.feed(longest);
    lines += splitter.feed("\r");
    lines += splitter.feed("\n");
    EXPECT_EQ(lines, (Lines{{longest, false}}));
}

TEST(LineSplitter, RefusesALongerLineOnceAndGoesOnBehindIt)
{
    LineSplitter splitter;
    EXPECT_EQ(splitter.feed(QByteArray(kLimit + 1, 'x')), (Lines{{{}, true}}));
    EXPECT_TRUE(splitter.feed(QByteArray(kLimit, 'x')).isEmpty());
    EXPECT_EQ(splitter.feed("xx\nnext\n"), (Lines{line("next")}));
}

TEST(LineSplitter, RefusesALongerLineOfOneChunkOnce)
{
    LineSplitter splitter;
    EXPECT_EQ(splitter.feed(QByteArray(2 * kLimit, 'x') + "\nnext\n"), (Lines{{{}, true}, line("next")}));
}

TEST(LineSplitter, RefusesALineWhoseCarriageReturnIsNoLineEnd)
{
    LineSplitter splitter;
    EXPECT_TRUE(splitter.feed(QByteArray(kLimit, 'x') + '\r').isEmpty());
    EXPECT_EQ(splitter.feed("y\n"), (Lines{{{}, true}}));
}

TEST(LineSplitter, SaysNothingMoreOfARefusedLineAtTheEndOfInput)
{
    LineSplitter splitter;
    EXPECT_EQ(splitter.feed(QByteArray(kLimit + 1, 'x')).size(), 1);
    EXPECT_FALSE(splitter.finish());
}

} // namespace

} // namespace planb::rpc
