// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace planb::xmpp {

/// SASLprep (RFC 4013) of a name or password as a client sends it: unassigned code points pass.
/// Nothing where the text holds what SASLprep prohibits (control characters, mixed writing directions, ...).
std::optional<QString> saslPrepared(const QString &text);

} // namespace planb::xmpp
