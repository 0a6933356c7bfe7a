// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/messenger/profile_at_work.h"

#include <gtest/gtest.h>

namespace planb::test {

using namespace Qt::StringLiterals;

TEST(TransportMemory, IsGivenBackAfterARestartToTheTransportThatToldIt)
{
    ProfileAtWork work;
    Q_EMIT work.transport(0).notes.changed({{u"where"_s, u"there"_s}});
    Q_EMIT work.transport(0).notes.changed({{u"where"_s, u"here"_s}});
    work.restart();
    EXPECT_EQ(work.transport(0).notes.recalled, (QJsonObject{{u"where"_s, u"here"_s}}));
    EXPECT_EQ(work.transport(1).notes.recalled, QJsonObject());
}

TEST(TransportMemory, EndsWithTheSettingsItWasLearnedBy)
{
    ProfileAtWork work;
    Q_EMIT work.transport(0).notes.changed({{u"where"_s, u"here"_s}});
    const TransportId id = work.transport(0).id();
    ASSERT_TRUE(work.profile().updateTransport(id, u"renamed"_s, {}, {}));
    work.restart();
    EXPECT_FALSE(work.transport(0).notes.recalled.isEmpty()) << "another label is no other server";
    ASSERT_TRUE(work.profile().updateTransport(id, {}, {}, QJsonObject()));
    work.restart();
    EXPECT_TRUE(work.transport(0).notes.recalled.isEmpty());
}

} // namespace planb::test
