// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/chat_state.h"

#include <array>

namespace planb {

namespace {
constexpr std::array kNames{u"active", u"composing", u"paused", u"inactive", u"gone"};
} // namespace

QString nameOf(ChatState state)
{
    return QString::fromUtf16(kNames[static_cast<std::size_t>(state)]);
}

std::optional<ChatState> chatStateFromName(QStringView name)
{
    for (const ChatState state :
         {ChatState::Active, ChatState::Composing, ChatState::Paused, ChatState::Inactive, ChatState::Gone}) {
        if (nameOf(state) == name)
            return state;
    }
    return {};
}

} // namespace planb
