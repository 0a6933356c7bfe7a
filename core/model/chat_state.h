// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace planb {

/// What the other person is doing in the conversation (XEP-0085). Shown while it lasts, never stored.
enum class ChatState { Active, Composing, Paused, Inactive, Gone };
QString nameOf(ChatState state); ///< "active", "composing", "paused", "inactive", "gone"
std::optional<ChatState> chatStateFromName(QStringView name);

} // namespace planb
