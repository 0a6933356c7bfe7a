// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/address.h"
#include "core/model/chat_state.h"
#include "core/model/wire_id.h"
#include "transports/xmpp/element.h"

#include <QSet>
#include <QString>

#include <optional>

namespace planb::xmpp {

/// A chat state alone (XEP-0085). Not to be kept for later: by then it is wrong.
Element chatStateStanza(ChatState state, const QString &to, const WireId &id);
inline constexpr QStringView kStateIdPrefix = u"state-";
std::optional<ChatState> chatStateIn(const Element &stanza);

/// Everything up to message `upTo` has been seen (XEP-0333).
Element displayedStanza(const WireId &upTo, const QString &to, const WireId &id);
inline constexpr QStringView kDisplayedIdPrefix = u"displayed-";

/// What a chat marker says of a message: that it arrived, or was seen.
struct ChatMarker {
    WireId id;
    bool isDisplayed = false;
};
std::optional<ChatMarker> chatMarkerIn(const Element &stanza);

/// Whose clients know chat states (XEP-0085, 5.1): they begin with a message that shows one, and end with a message
/// that does not.
class ChatStateAudience
{
public:
    void note(const Address &from, bool showsState, bool isMessage);
    bool knows(const Address &person) const { return m_bareJids.contains(person.value); }

private:
    QSet<QString> m_bareJids;
};

} // namespace planb::xmpp
