// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/message_stanza.h"

#include "transports/xmpp/attention_stanza.h"
#include "transports/xmpp/content_stanza.h"
#include "transports/xmpp/errors.h"
#include "transports/xmpp/jid.h"
#include "transports/xmpp/marker.h"
#include "transports/xmpp/namespaces.h"

#include <QCryptographicHash>
#include <QDateTime>

#include <algorithm>

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

WireId hashed(const QStringList &parts)
{
    // No part can hold a NUL, so different parts never look alike.
    const QByteArray digest = QCryptographicHash::hash(parts.join(QChar(u'\0')).toUtf8(), QCryptographicHash::Sha256);
    return *WireId::parse(QString::fromLatin1(digest.first(16).toHex()));
}

std::optional<WireId> originId(const Element &stanza)
{
    const Element *given = stanza.child(u"origin-id", ns::kStanzaIds);
    return given ? WireId::parse(given->attribute(u"id")) : std::nullopt;
}

WireId wireIdOf(const Element &stanza, const Address &from, const MessageOrigin &origin)
{
    if (const auto id = originId(stanza))
        return *id;
    if (const auto id = WireId::parse(stanza.attribute(u"id")))
        return *id;
    if (!origin.archiveId.isEmpty())
        return hashed({u"archived"_s, from.value, origin.archiveId});
    for (const Element &child : stanza.children()) {
        // XEP-0359, 3: anybody can write such an element; only the one our own server put there counts.
        if (child.is(u"stanza-id", ns::kStanzaIds) && child.attribute(u"by") == origin.ownBareJid
            && child.hasAttribute(u"id"))
            return hashed({u"archived"_s, from.value, child.attribute(u"id")});
    }
    if (const Element *delay = stanza.child(u"delay", ns::kDelay)) {
        const Element *body = stanza.child(u"body", stanza.ns());
        return hashed({u"stored"_s, from.value, delay->attribute(u"stamp"), body ? body->text() : QString()});
    }
    return origin.fallbackId;
}

// Copies of messages (XEP-0280) and archive pages (XEP-0313) of our own account do not come here; whoever else sends one
// forges it. By their elements, of any version; others of these namespaces are harmless marks on live messages (<private/>, <archived/>).
bool looksLikeACopy(const Element &stanza)
{
    for (const Element &child : stanza.children()) {
        const bool isCarbon = (child.name() == u"sent" || child.name() == u"received")
            && child.ns().startsWith(u"urn:xmpp:carbons:");
        const bool isArchived = child.name() == u"result" && child.ns().startsWith(u"urn:xmpp:mam:");
        if (isCarbon || isArchived || child.ns() == ns::kForward)
            return true;
    }
    return false;
}

Report bounceOf(const Element &stanza, const Address &from, const WireId &id)
{
    return {Report::Kind::Bounced, from, id, messageFailure(stanza), stanza.has(u"planb", ns::kPlanB)};
}

ReadMessage ignored(const QString &why)
{
    ReadMessage nothing;
    nothing.ignored = why;
    return nothing;
}

bool isOfNoMessage(const QString &id)
{
    const auto prefixes = {kReceiptIdPrefix, kAckIdPrefix, kStateIdPrefix, kDisplayedIdPrefix};
    return std::ranges::any_of(prefixes, [&id](QStringView prefix) { return id.startsWith(prefix); });
}

ReadMessage readError(const Element &stanza, const Address &from)
{
    const QString id = stanza.attribute(u"id");
    const auto wireId = WireId::parse(id);
    if (!wireId || isOfNoMessage(id))
        return ignored(u"an error about no message of ours"_s);
    ReadMessage result;
    result.report = bounceOf(stanza, from, *wireId);
    return result;
}

// That something was seen says more than that it arrived.
std::optional<Report> newsIn(const Element &stanza, const Address &from, bool isPlanB)
{
    const auto marker = chatMarkerIn(stanza);
    if (marker && marker->isDisplayed)
        return Report{Report::Kind::Read, from, marker->id, {}, isPlanB};
    const Element *received = stanza.child(u"received", ns::kReceipts);
    if (const auto id = received ? WireId::parse(received->attribute(u"id")) : std::nullopt)
        return Report{Report::Kind::Delivered, from, *id, {}, isPlanB};
    if (marker)
        return Report{Report::Kind::Delivered, from, marker->id, {}, isPlanB};
    return {};
}

Incoming incomingOf(const Element &stanza, const Address &from, const ReadContent &content, const Marker *marker,
                    const MessageOrigin &origin)
{
    const Marker known = marker ? *marker : Marker();
    const auto delayed = delayTime(stanza);
    Incoming incoming{0,
                      from,
                      wireIdOf(stanza, from, origin),
                      content.text,
                      known.order,
                      known.sentAt ? known.sentAt : (delayed ? delayed : origin.stampedAt),
                      content.replyTo,
                      marker != nullptr,
                      known.place,
                      known.parents,
                      known.acks};
    incoming.kind = content.kind;
    incoming.target = content.target;
    incoming.sealedBy = content.sealedBy;
    incoming.wantsReadMark = stanza.has(u"markable", ns::kChatMarkers);
    const auto stanzaId = WireId::parse(stanza.attribute(u"id"));
    if (stanzaId && *stanzaId != incoming.wireId)
        incoming.alias = stanzaId;
    return incoming;
}

bool isChat(const Element &stanza)
{
    const QString type = stanza.attribute(u"type");
    return type.isEmpty() || type == u"chat" || type == u"normal";
}

// What this user sent with another client.
ReadMessage readOwnCopy(const Element &stanza, const MessageOrigin &origin)
{
    const auto to = addressOf(stanza.attribute(u"to"));
    if (!to || to->value == origin.ownBareJid || !isChat(stanza))
        return ignored(u"an own message to nobody else"_s);
    const auto content = readContent(stanza);
    if (!content)
        return ignored(u"an own message that says nothing"_s);
    const auto marker = readMarker(stanza);
    ReadMessage result;
    result.incoming = incomingOf(stanza, *to, *content, marker ? &*marker : nullptr, origin);
    result.incoming->direction = Direction::Out;
    // Both are between the other device and that person.
    result.incoming->place.reset();
    result.incoming->acks.clear();
    return result;
}

} // namespace

std::optional<WallTime> delayTime(const Element &element)
{
    const Element *delay = element.child(u"delay", ns::kDelay);
    if (!delay)
        return {};
    const QDateTime stamp = QDateTime::fromString(delay->attribute(u"stamp"), Qt::ISODateWithMs);
    return stamp.isValid() ? saneTime(stamp.toMSecsSinceEpoch()) : std::nullopt;
}

Element messageStanza(const Payload &payload, const Address &to, const QString &ownBareJid)
{
    const QString id = payload.wireId.toString();
    Element stanza(u"message", ns::kClient);
    stanza.set(u"to", to.value).set(u"type", u"chat"_s).set(u"id", id);
    addContent(stanza, payload, ownBareJid);
    stanza.add(Element(u"origin-id", ns::kStanzaIds).set(u"id", id));
    stanza.add(Element(u"request", ns::kReceipts));
    stanza.add(markerOf(payload));
    if (payload.wantsReadMark && payload.kind == ContentKind::Text)
        stanza.add(Element(u"markable", ns::kChatMarkers));
    if (payload.showsState)
        stanza.add(Element(nameOf(ChatState::Active), ns::kChatStates));
    return stanza;
}

Element receiptStanza(const QString &to, const QString &id)
{
    Element stanza(u"message", ns::kClient);
    stanza.set(u"to", to).set(u"type", u"chat"_s).set(u"id", kReceiptIdPrefix.toString() + id);
    stanza.add(Element(u"received", ns::kReceipts).set(u"id", id));
    stanza.add(Element(u"planb", ns::kPlanB));
    stanza.add(Element(u"store", ns::kHints));
    return stanza;
}

Element ackStanza(const QList<StreamAck> &acks, const QString &to, const WireId &id)
{
    Element stanza(u"message", ns::kClient);
    stanza.set(u"to", to).set(u"type", u"chat"_s).set(u"id", kAckIdPrefix.toString() + id.toString());
    stanza.add(markerOf(acks));
    stanza.add(Element(u"store", ns::kHints));
    return stanza;
}

ReadMessage readMessage(const Element &stanza, const MessageOrigin &origin)
{
    const auto from = addressOf(stanza.attribute(u"from"));
    if (!from)
        return ignored(u"it is not from a person"_s);
    if (from->value == origin.ownBareJid)
        return origin.isCopy ? readOwnCopy(stanza, origin) : ignored(u"it is from this account"_s);
    if (stanza.attribute(u"type") == u"error")
        return origin.isCopy ? ignored(u"a copy of an error"_s) : readError(stanza, *from);
    if (!isChat(stanza))
        return ignored(u"type "_s + stanza.attribute(u"type").left(20));
    if (looksLikeACopy(stanza))
        return ignored(u"a copy that nobody asked for"_s);

    const auto marker = readMarker(stanza);
    const auto content = readContent(stanza);
    ReadMessage result;
    result.report = newsIn(stanza, *from, marker.has_value());
    if (const auto state = chatStateIn(stanza); state && !origin.isCopy)
        result.state = ShownState{*from, *state};
    if (!content) {
        if (marker && !marker->acks.isEmpty())
            result.acknowledgement = Acknowledgement{*from, marker->acks};
        return result;
    }
    result.incoming = incomingOf(stanza, *from, *content, marker ? &*marker : nullptr, origin);
    // The receipt names the stanza's own id, which need not be the origin-id (XEP-0184, 5.2). A message with a place
    // is acknowledged by the core.
    if (!result.incoming->place && stanza.has(u"request", ns::kReceipts) && WireId::parse(stanza.attribute(u"id")))
        result.receiptFor = stanza.attribute(u"id");
    return result;
}

ReadMessage readMessage(const Element &stanza, const QString &ownBareJid, const WireId &fallbackId)
{
    return readMessage(stanza, {ownBareJid, fallbackId});
}

} // namespace planb::xmpp
