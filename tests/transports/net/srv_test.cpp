// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/net/srv.h"

#include <gtest/gtest.h>

#include <QMap>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;
using net::SrvRecord;

SrvRecord record(const QString &target, quint16 priority, quint16 weight)
{
    return {target, 5222, priority, weight, false};
}

QList<QString> targets(const QList<SrvRecord> &records)
{
    QList<QString> names;
    for (const SrvRecord &one : records)
        names.append(one.target);
    return names;
}

} // namespace

TEST(SrvOrder, FollowsThePriority)
{
    SeededRandom random(1);
    const QList<SrvRecord> records{record(u"c"_s, 30, 99), record(u"a"_s, 10, 0), record(u"b"_s, 20, 1)};
    EXPECT_EQ(targets(net::inOrderOfUse(records, random)), (QList<QString>{u"a"_s, u"b"_s, u"c"_s}));
}

TEST(SrvOrder, DrawsByWeightWithinOnePriority)
{
    SeededRandom random(2);
    QMap<QString, int> first;
    for (int i = 0; i < 4'000; ++i)
        ++first[net::inOrderOfUse({record(u"light"_s, 1, 10), record(u"heavy"_s, 1, 30)}, random).front().target];
    EXPECT_NEAR(first[u"heavy"_s], 3'000, 150);
    EXPECT_NEAR(first[u"light"_s], 1'000, 150);
}

TEST(SrvOrder, KeepsEveryRecordOnce)
{
    SeededRandom random(3);
    for (int i = 0; i < 100; ++i) {
        QList<QString> names = targets(
            net::inOrderOfUse({record(u"a"_s, 1, 0), record(u"b"_s, 1, 5), record(u"c"_s, 1, 65'535),
                               record(u"d"_s, 2, 0), record(u"e"_s, 2, 0)},
                              random));
        EXPECT_EQ(names.mid(3).size(), 2);
        names.sort();
        EXPECT_EQ(names, (QList<QString>{u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s}));
    }
}

TEST(SrvOrder, OfNothingIsNothing)
{
    SeededRandom random(4);
    EXPECT_TRUE(net::inOrderOfUse({}, random).isEmpty());
}

} // namespace planb::test
