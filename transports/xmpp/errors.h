// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/failure.h"
#include "transports/xmpp/element.h"

namespace planb::xmpp {

/// What a stream error (RFC 6120, 4.9) means for the link.
Failure streamFailure(const Element &error);

/// What an error that came back for a message (RFC 6120, 8.3) means. An unknown account and one that is
/// merely offline look alike on purpose (RFC 6121, 8.5.1: both are service-unavailable), hence RecipientUnavailable.
Failure messageFailure(const Element &stanza);

/// What an error that came back for a question of ours (`<iq/>`) means: NotOffered where the other side does not know
/// the question, RecipientUnavailable where it cannot be reached, ServerBusy where later may help, else RequestRefused.
Failure iqFailure(const Element &stanza);

/// The server's words in a stanza's error, for a log or the user: condition and text.
QString stanzaErrorWords(const Element &stanza);
/// The condition's name, e.g. "item-not-found"; empty where there is none.
QString stanzaErrorCondition(const Element &stanza);

} // namespace planb::xmpp
