// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transports/xmpp/element.h"

namespace planb::xmpp {

/// What may be used of a stanza that was too large or too deep to be read: its own attributes. So nobody takes a part
/// for the whole: a list that is cut short is not a short list.
///
/// - An answer (`<iq/>` of type result or error) becomes an error of type wait, resource-constraint.
/// - What the archive found (XEP-0313) keeps its id and its time, without the message.
Element stubOf(const Element &stanza);

} // namespace planb::xmpp
