// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/forwarded.h"

#include "transports/xmpp/iq_requests.h"
#include "transports/xmpp/namespaces.h"

namespace planb::xmpp {

using namespace Qt::StringLiterals;

Element carbonsRequest()
{
    return iqOf(u"set"_s, {}, Element(u"enable", ns::kCarbons));
}

const Element *forwardedMessage(const Element &outer)
{
    const Element *forwarded = outer.child(u"forwarded", ns::kForward);
    return forwarded ? forwarded->child(u"message", ns::kClient) : nullptr;
}

std::optional<WallTime> forwardedAt(const Element &outer)
{
    const Element *forwarded = outer.child(u"forwarded", ns::kForward);
    return forwarded ? delayTime(*forwarded) : std::nullopt;
}

bool isFromOwnAccount(const Element &stanza, const QString &ownBareJid)
{
    const QString from = stanza.attribute(u"from");
    return from.isEmpty() || from.compare(ownBareJid, Qt::CaseInsensitive) == 0;
}

std::optional<Copy> carbonIn(const Element &stanza, const QString &ownBareJid, const WireId &fallbackId)
{
    const Element *carbon = stanza.child(u"sent", ns::kCarbons);
    if (!carbon)
        carbon = stanza.child(u"received", ns::kCarbons);
    const Element *message = carbon ? forwardedMessage(*carbon) : nullptr;
    // Every server names itself here; one that does not is none that makes copies.
    if (!message || stanza.attribute(u"from").isEmpty() || !isFromOwnAccount(stanza, ownBareJid))
        return {};
    return Copy{*message, {ownBareJid, fallbackId, true, {}, forwardedAt(*carbon)}};
}

} // namespace planb::xmpp
