// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/message.h"
#include "core/model/person.h"

#include <QString>

#include <optional>

namespace planb::ctl {

// Words for one line of a terminal; foreign text in them is made printable.

/// " via Primary"; empty without a route.
QString viaText(const std::optional<RouteLabel> &route);

/// What has to be said about a message besides its text: " (late, above newer ones) (corrected)"; often empty.
QString remarksOn(const Message &message);

/// "m12 from Bob via Primary (corrected): text". `other` is the contact's name as it is.
QString messageText(const Message &message, const QString &other);

/// Who asks to see when we are there, and how to answer.
QString requestText(const PresenceRequest &request);

/// Incoming and not read yet by this user.
bool isUnread(const Message &message);

} // namespace planb::ctl
