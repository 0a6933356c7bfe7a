// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/cbor.h"

#include <QCborArray>
#include <QCborMap>

#include <gtest/gtest.h>

#include <limits>
#include <ostream>

namespace planb {
namespace {

using namespace Qt::StringLiterals;

struct Case {
    const char *what;
    const char *hex;
};
void PrintTo(const Case &sample, std::ostream *out)
{
    *out << sample.what << ' ' << sample.hex;
}

QByteArray bytesOf(const char *hex)
{
    return QByteArray::fromHex(hex);
}

std::string detailOf(const QByteArray &bytes, const CborLimits &limits = {})
{
    const auto value = parseCbor(bytes, limits);
    EXPECT_FALSE(value.has_value()) << bytes.toHex().toStdString();
    if (value)
        return "accepted";
    EXPECT_EQ(value.error().code, FailureCode::ProtocolError);
    return value.error().detail.toStdString();
}

class CanonicalCbor : public testing::TestWithParam<Case>
{};

TEST_P(CanonicalCbor, IsReadAndWrittenBackUnchanged)
{
    const QByteArray bytes = bytesOf(GetParam().hex);
    const auto value = parseCbor(bytes);
    ASSERT_TRUE(value) << describe(value.error()).toStdString();
    EXPECT_EQ(value->toCbor().toHex(), bytes.toHex());
}

INSTANTIATE_TEST_SUITE_P(
    Values, CanonicalCbor,
    testing::Values(Case{"zero", "00"}, Case{"largest in the head", "17"}, Case{"one byte", "1818"},
                    Case{"largest in one byte", "18ff"}, Case{"two bytes", "190100"}, Case{"four bytes", "1a00010000"},
                    Case{"eight bytes", "1b0000000100000000"}, Case{"largest", "1b7fffffffffffffff"},
                    Case{"minus one", "20"}, Case{"smallest", "3b7fffffffffffffff"}, Case{"false", "f4"},
                    Case{"true", "f5"}, Case{"null", "f6"}, Case{"no bytes", "40"}, Case{"bytes", "43000102"},
                    Case{"no text", "60"}, Case{"text", "6568656c6c6f"}, Case{"hangul", "63eab080"},
                    Case{"emoji", "64f09f9880"}, Case{"no elements", "80"}, Case{"array", "83010203"},
                    Case{"no pairs", "a0"}, Case{"map", "a2004101016161"},
                    Case{"keys of every kind", "a4000018200020006161f6"}, Case{"nested", "82018201820102"}));

class HostileCbor : public testing::TestWithParam<Case>
{};

TEST_P(HostileCbor, IsRefused)
{
    EXPECT_NE(detailOf(bytesOf(GetParam().hex)), "accepted");
}

INSTANTIATE_TEST_SUITE_P(Truncated, HostileCbor,
                         testing::Values(Case{"nothing", ""}, Case{"half a head", "19"},
                                         Case{"half a number", "1a0001"}, Case{"half a string", "4301"},
                                         Case{"half an array", "8201"}, Case{"a key without a value", "a101"},
                                         Case{"a map without pairs", "a1"}));

INSTANTIATE_TEST_SUITE_P(Lengths, HostileCbor,
                         testing::Values(Case{"4 GiB of bytes", "5affffffff00"},
                                         Case{"16 EiB of bytes", "5bffffffffffffffff00"},
                                         Case{"4 GiB of text", "7affffffff61"}, Case{"4 Gi elements", "9affffffff00"},
                                         Case{"16 Ei elements", "9bffffffffffffffff"},
                                         Case{"4 Gi pairs", "baffffffff0000"},
                                         Case{"pairs that overflow when doubled", "bb80000000000000010000"}));

INSTANTIATE_TEST_SUITE_P(Indefinite, HostileCbor,
                         testing::Values(Case{"bytes", "5f4100ff"}, Case{"text", "7f6161ff"}, Case{"array", "9f01ff"},
                                         Case{"map", "bf0101ff"}, Case{"a lone break", "ff"},
                                         Case{"a break in an array", "82ff01"}));

INSTANTIATE_TEST_SUITE_P(LongerThanNeeded, HostileCbor,
                         testing::Values(Case{"number in one byte", "1817"}, Case{"number in two", "1900ff"},
                                         Case{"number in four", "1a0000ffff"},
                                         Case{"number in eight", "1b00000000ffffffff"}, Case{"negative number", "3800"},
                                         Case{"length of bytes", "580100"}, Case{"length of text", "780161"},
                                         Case{"length of an array", "980101"}, Case{"length of a map", "b8010101"}));

INSTANTIATE_TEST_SUITE_P(Keys, HostileCbor,
                         testing::Values(Case{"twice", "a201010102"}, Case{"descending", "a202010101"},
                                         Case{"text before a number", "a26161010001"},
                                         Case{"longer text first", "a2626161016162 01"},
                                         Case{"negative before positive", "a220010001"}, Case{"bytes", "a1410001"},
                                         Case{"an array", "a18001"}, Case{"an empty map", "a1a001"},
                                         Case{"null", "a1f601"}, Case{"true", "a1f501"}));

INSTANTIATE_TEST_SUITE_P(Kinds, HostileCbor,
                         testing::Values(Case{"half float", "f90000"}, Case{"float", "fa00000000"},
                                         Case{"double", "fb0000000000000000"}, Case{"not a number", "f97e00"},
                                         Case{"undefined", "f7"}, Case{"simple 0", "e0"}, Case{"simple 19", "f3"},
                                         Case{"simple 32", "f820"}, Case{"false in two bytes", "f814"},
                                         Case{"reserved 28", "1c"}, Case{"reserved 30", "fe"},
                                         Case{"date tag", "c11a514b67b0"}, Case{"big number", "c24101"},
                                         Case{"self-described", "d9d9f700"},
                                         Case{"an unsigned integer that needs 64 bits", "1b8000000000000000"},
                                         Case{"a negative integer beyond 64 bits", "3b8000000000000000"}));

INSTANTIATE_TEST_SUITE_P(Text, HostileCbor,
                         testing::Values(Case{"half a character", "62eab0"}, Case{"a lone continuation", "6180"},
                                         Case{"overlong slash", "62c0af"}, Case{"surrogate", "63eda080"},
                                         Case{"beyond Unicode", "64f4908080"}, Case{"0xff", "61ff"}));

INSTANTIATE_TEST_SUITE_P(Trailing, HostileCbor,
                         testing::Values(Case{"a second value", "0000"}, Case{"after an array", "810100"},
                                         Case{"a break", "00ff"}));

QByteArray nestedArrays(int depth)
{
    return QByteArray(depth, '\x81') + '\0';
}

TEST(CborLimits, BoundTheDepth)
{
    EXPECT_TRUE(parseCbor(nestedArrays(4)));
    EXPECT_EQ(detailOf(nestedArrays(5)), "CBOR, offset 5: more than 4 levels");
    EXPECT_TRUE(parseCbor(nestedArrays(5), {.depth = 5}));
    EXPECT_EQ(detailOf(nestedArrays(60'000)), "CBOR, offset 5: more than 4 levels");
    EXPECT_TRUE(parseCbor(QByteArray(1, '\0'), {.depth = 0}));
    EXPECT_NE(detailOf(nestedArrays(1), {.depth = 0}), "accepted");
}

TEST(CborLimits, BoundTheWholeSize)
{
    const QByteArray bytes = bytesOf("83010203");
    EXPECT_TRUE(parseCbor(bytes, {.totalBytes = 4}));
    EXPECT_EQ(detailOf(bytes, {.totalBytes = 3}), "CBOR, offset 3: more than 3 bytes");
}

TEST(CborLimits, BoundTheItemsOfAllContainersTogether)
{
    const QByteArray bytes = bytesOf("82810181a10102"); // three arrays, a map and three numbers
    EXPECT_TRUE(parseCbor(bytes, {.items = 7}));
    EXPECT_NE(detailOf(bytes, {.items = 6}), "accepted");
}

TEST(CborLimits, RefuseAContainerBeforeItsElementsAreRead)
{
    EXPECT_EQ(detailOf(bytesOf("83010203"), {.items = 3}), "CBOR, offset 1: more than 3 items");
}

TEST(CborLimits, BoundEveryString)
{
    EXPECT_TRUE(parseCbor(bytesOf("8243000102426162"), {.stringBytes = 3}));
    EXPECT_EQ(detailOf(bytesOf("43000102"), {.stringBytes = 2}), "CBOR, offset 1: a string of more than 2 bytes");
    EXPECT_NE(detailOf(bytesOf("63616263"), {.stringBytes = 2}), "accepted");
}

TEST(Cbor, DecodesWhatItAccepts)
{
    const auto map = parseCbor(bytesOf("a30001203b7fffffffffffffff61618363eab08041fff6"));
    ASSERT_TRUE(map) << describe(map.error()).toStdString();
    const QCborMap read = map->toMap();
    EXPECT_EQ(read.value(0).toInteger(), 1);
    EXPECT_EQ(read.value(-1).toInteger(), std::numeric_limits<qint64>::min());
    const QCborArray array = read.value(u"a"_s).toArray();
    EXPECT_EQ(array.at(0).toString(), u"\uAC00"_s);
    EXPECT_EQ(array.at(1).toByteArray(), QByteArray("\xff"));
    EXPECT_TRUE(array.at(2).isNull());
}

TEST(Cbor, SaysWhatIsWrongAndWhere)
{
    EXPECT_EQ(detailOf(bytesOf("a201010102")), "CBOR, offset 3: a key out of order or twice");
    EXPECT_EQ(detailOf(bytesOf("8201f7")), "CBOR, offset 2: neither false nor true nor null");
    EXPECT_EQ(detailOf(bytesOf("820162eab0")), "CBOR, offset 3: text that is not UTF-8");
    EXPECT_EQ(detailOf(bytesOf("0000")), "CBOR, offset 1: bytes after the end");
    EXPECT_EQ(detailOf({}), "CBOR, offset 0: the end comes too early");
}

} // namespace
} // namespace planb
