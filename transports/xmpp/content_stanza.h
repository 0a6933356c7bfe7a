// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/transport.h"
#include "transports/xmpp/element.h"

#include <optional>

namespace planb::xmpp {

/// What a message says, and about which other one: text with a reply (XEP-0461, with a quote that other clients show
/// and XEP-0428 lets ours leave out), correction (XEP-0308), retraction (XEP-0424) and reactions (XEP-0444).

/// Adds to `stanza` what `payload` says. `ownBareJid` is the author of own messages that are answered.
void addContent(Element &stanza, const Payload &payload, const QString &ownBareJid);

struct ReadContent {
    ContentKind kind = ContentKind::Text;
    QString text;
    std::optional<WireId> target;
    std::optional<WireId> replyTo;
    QString sealedBy; ///< name of an encryption that is unknown here (XEP-0380)
};

/// Nothing where the message says nothing. A text above kMaxTextBytes is cut at a character, with an ellipsis.
std::optional<ReadContent> readContent(const Element &stanza);

} // namespace planb::xmpp
