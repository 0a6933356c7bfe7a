// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transports/xmpp/element.h"

#include <optional>

namespace planb::xmpp {

/// The answer that every `<iq/>` of type get or set must have (RFC 6120, 8.2.3): pings (XEP-0199), the question what we
/// can do (XEP-0030) and, unless `version` is empty, the question for it (XEP-0092) are answered, all else is
/// service-unavailable. Nothing for answers themselves.
std::optional<Element> answerTo(const Element &iq, const QString &version);

} // namespace planb::xmpp
