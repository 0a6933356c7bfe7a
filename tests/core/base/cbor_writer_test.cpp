// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/cbor.h"
#include "core/base/cbor_writer.h"

#include <gtest/gtest.h>

namespace planb {
namespace {

QByteArray numberBytes(quint64 number)
{
    CborWriter out;
    out.number(number);
    return out.take().toHex();
}

// The examples of RFC 8949, appendix A.
TEST(CborWriter, WritesEachNumberInItsShortestForm)
{
    EXPECT_EQ(numberBytes(0), "00");
    EXPECT_EQ(numberBytes(23), "17");
    EXPECT_EQ(numberBytes(24), "1818");
    EXPECT_EQ(numberBytes(255), "18ff");
    EXPECT_EQ(numberBytes(256), "190100");
    EXPECT_EQ(numberBytes(1'000), "1903e8");
    EXPECT_EQ(numberBytes(65'535), "19ffff");
    EXPECT_EQ(numberBytes(1'000'000), "1a000f4240");
    EXPECT_EQ(numberBytes(4'294'967'296), "1b0000000100000000");
    EXPECT_EQ(numberBytes(1'000'000'000'000), "1b000000e8d4a51000");
}

TEST(CborWriter, WritesStringsListsAndMaps)
{
    CborWriter out;
    out.map(3);
    out.number(1);
    out.array(2);
    out.bytes(QByteArray::fromHex("01020304"));
    out.boolean(true);
    out.number(24);
    out.text(u"水");
    out.number(256);
    out.boolean(false);
    EXPECT_EQ(out.take().toHex(), "a301824401020304f5181863e6b0b4190100f4");
}

TEST(CborWriter, WritesWhatTheReaderAccepts)
{
    for (quint64 number = 1; number < 1ULL << 62U; number *= 3) {
        CborWriter out;
        out.array(3);
        out.number(number);
        out.bytes(QByteArray(static_cast<qsizetype>(number % 700), 'x'));
        out.text(QString(static_cast<qsizetype>(number % 300), u'가'));
        const QByteArray bytes = out.take();
        const auto read = parseCbor(bytes);
        ASSERT_TRUE(read) << describe(read.error()).toStdString();
        EXPECT_EQ(read->toCbor(), bytes);
    }
}

TEST(CborWriter, IsEmptyAfterItGaveAwayWhatItWrote)
{
    CborWriter out;
    out.number(1);
    EXPECT_EQ(out.size(), 1);
    EXPECT_EQ(out.take().size(), 1);
    EXPECT_EQ(out.size(), 0);
}

#ifndef QT_NO_DEBUG
TEST(CborWriterDeathTest, NoticesKeysOutOfOrderAndMissingElements)
{
    CborWriter unordered;
    unordered.map(2);
    for (const quint64 number : {2U, 0U, 1U, 0U})
        unordered.number(number);
    EXPECT_DEATH({ const QByteArray bytes = unordered.take(); }, "");
    CborWriter incomplete;
    incomplete.array(2);
    incomplete.number(0);
    EXPECT_DEATH({ const QByteArray bytes = incomplete.take(); }, "");
}
#endif

} // namespace
} // namespace planb
