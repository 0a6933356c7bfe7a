// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transports/xmpp/element.h"

namespace planb::xmpp {

/// The name of the encryption that holds what a message really says ("OMEMO"), by the hint beside it (XEP-0380) or by the
/// element itself; empty where there is none. None can be opened here. Keys alone are no message.
QString sealOf(const Element &stanza);
/// Names given by others are cut to so many characters.
inline constexpr qsizetype kMaxSealName = 40;

} // namespace planb::xmpp
