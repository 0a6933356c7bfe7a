// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/message.h"

#include <QStringList>

#include <gtest/gtest.h>

#include <array>

namespace planb {
namespace {

using namespace Qt::StringLiterals;
using enum MessageState;

constexpr std::array kStates{Queued, Sending, Sent, Stalled, Failed, Delivered, Read};

// One row for each state: what may come next.
struct Row {
    MessageState from;
    QList<MessageState> next;
};
const std::array kAllowed{
    Row{Queued, {Sending, Sent, Stalled, Failed, Delivered, Read}},
    Row{Sending, {Sent, Stalled, Failed, Delivered, Read}},
    Row{Sent, {Stalled, Failed, Delivered, Read}},
    Row{Stalled, {Sending, Sent, Failed, Delivered, Read}},
    Row{Failed, {Delivered, Read}},
    Row{Delivered, {Read}},
    Row{Read, {}},
};

TEST(MessageState, MovesOnlyWhereTheTableAllows)
{
    for (const Row &row : kAllowed) {
        for (const MessageState to : kStates) {
            EXPECT_EQ(mayFollow(row.from, to), row.next.contains(to))
                << nameOf(row.from).toStdString() << " -> " << nameOf(to).toStdString();
        }
    }
}

TEST(MessageState, IsNeverLostOnceTheOtherSideHasTheMessage)
{
    for (const MessageState to : {Queued, Sending, Sent, Stalled, Failed}) {
        EXPECT_FALSE(mayFollow(Delivered, to));
        EXPECT_FALSE(mayFollow(Read, to));
    }
}

TEST(MessageState, KeepsItsPublicName)
{
    const QStringList names{u"queued"_s, u"sending"_s, u"sent"_s, u"stalled"_s, u"failed"_s, u"delivered"_s, u"read"_s};
    for (std::size_t i = 0; i < kStates.size(); ++i) {
        EXPECT_EQ(nameOf(kStates[i]), names[static_cast<qsizetype>(i)]);
        EXPECT_EQ(messageStateFromName(nameOf(kStates[i])), kStates[i]);
    }
    EXPECT_FALSE(messageStateFromName(u"Queued"));
    EXPECT_FALSE(messageStateFromName(u""));
}

TEST(AttemptState, KeepsItsPublicName)
{
    constexpr std::array states{AttemptState::Started, AttemptState::Accepted, AttemptState::Unsure,
                                AttemptState::Rejected};
    const QStringList names{u"started"_s, u"accepted"_s, u"unsure"_s, u"rejected"_s};
    for (std::size_t i = 0; i < states.size(); ++i) {
        EXPECT_EQ(nameOf(states[i]), names[static_cast<qsizetype>(i)]);
        EXPECT_EQ(attemptStateFromName(nameOf(states[i])), states[i]);
    }
    EXPECT_FALSE(attemptStateFromName(u"delivered"));
}

} // namespace
} // namespace planb
