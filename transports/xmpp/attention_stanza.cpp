// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/attention_stanza.h"

#include "transports/xmpp/namespaces.h"

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

// Of a hostile crowd: whoever is beyond it gets no states.
constexpr qsizetype kMaxAudience = 10'000;

Element chatMessage(const QString &to, QStringView prefix, const WireId &id)
{
    Element stanza(u"message", ns::kClient);
    stanza.set(u"to", to).set(u"type", u"chat"_s).set(u"id", prefix.toString() + id.toString());
    return stanza;
}

} // namespace

Element chatStateStanza(ChatState state, const QString &to, const WireId &id)
{
    Element stanza = chatMessage(to, kStateIdPrefix, id);
    stanza.add(Element(nameOf(state), ns::kChatStates));
    stanza.add(Element(u"no-store", ns::kHints));
    return stanza;
}

std::optional<ChatState> chatStateIn(const Element &stanza)
{
    for (const Element &child : stanza.children()) {
        if (child.ns() == ns::kChatStates) {
            if (const auto state = chatStateFromName(child.name()))
                return state;
        }
    }
    return {};
}

Element displayedStanza(const WireId &upTo, const QString &to, const WireId &id)
{
    Element stanza = chatMessage(to, kDisplayedIdPrefix, id);
    stanza.add(Element(u"displayed", ns::kChatMarkers).set(u"id", upTo.toString()));
    stanza.add(Element(u"store", ns::kHints));
    return stanza;
}

std::optional<ChatMarker> chatMarkerIn(const Element &stanza)
{
    for (const Element &child : stanza.children()) {
        if (child.ns() != ns::kChatMarkers)
            continue;
        // Version 0.3 had a third one, for what was answered on purpose: that was seen too.
        const bool isDisplayed = child.name() == u"displayed" || child.name() == u"acknowledged";
        const auto id = WireId::parse(child.attribute(u"id"));
        if (id && (isDisplayed || child.name() == u"received"))
            return ChatMarker{*id, isDisplayed};
    }
    return {};
}

void ChatStateAudience::note(const Address &from, bool showsState, bool isMessage)
{
    if (showsState && m_bareJids.size() < kMaxAudience)
        m_bareJids.insert(from.value);
    else if (!showsState && isMessage)
        m_bareJids.remove(from.value);
}

} // namespace planb::xmpp
