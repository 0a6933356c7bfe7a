// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/message.h"

#include <array>

namespace planb {

namespace {

constexpr std::array kMessageStates{u"queued", u"sending", u"sent", u"stalled", u"failed", u"delivered", u"read"};
constexpr std::array kAttemptStates{u"started", u"accepted", u"unsure", u"rejected"};

template<class Enum, std::size_t N>
std::optional<Enum> fromName(const std::array<const char16_t *, N> &names, QStringView name)
{
    for (std::size_t i = 0; i < N; ++i) {
        if (name == QStringView(names[i]))
            return static_cast<Enum>(i);
    }
    return {};
}

} // namespace

bool mayFollow(MessageState from, MessageState to)
{
    // Stalled is a question to the user, not a step: a message that finds a way again leaves it.
    if (from == MessageState::Stalled && (to == MessageState::Sending || to == MessageState::Sent))
        return true;
    return to > from;
}

QString nameOf(MessageState state)
{
    return QString::fromUtf16(kMessageStates[static_cast<std::size_t>(state)]);
}

std::optional<MessageState> messageStateFromName(QStringView name)
{
    return fromName<MessageState>(kMessageStates, name);
}

QString nameOf(AttemptState state)
{
    return QString::fromUtf16(kAttemptStates[static_cast<std::size_t>(state)]);
}

std::optional<AttemptState> attemptStateFromName(QStringView name)
{
    return fromName<AttemptState>(kAttemptStates, name);
}

} // namespace planb
