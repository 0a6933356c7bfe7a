// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/message.h"

#include <QList>

#include <functional>

namespace planb::ctl {

class Run;

/// Goes on with every unread message: conversation by conversation, the one with the newest message last, each in its
/// own order. Ends the run with the failure if the history cannot be read.
void collectUnread(Run &run, const std::function<void(const QList<Message> &)> &then);

} // namespace planb::ctl
