// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/message_stanza.h"

#include "core/base/log.h"
#include "core/model/message_text.h"
#include "transports/xmpp/errors.h"
#include "transports/xmpp/jid.h"
#include "transports/xmpp/marker.h"
#include "transports/xmpp/namespaces.h"

#include <QCryptographicHash>
#include <QDateTime>

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

// XEP-0203: when the message came to the server that stored it.
std::optional<WallTime> delayTime(const Element &stanza)
{
    const Element *delay = stanza.child(u"delay", ns::kDelay);
    if (!delay)
        return {};
    const QDateTime stamp = QDateTime::fromString(delay->attribute(u"stamp"), Qt::ISODateWithMs);
    return stamp.isValid() ? saneTime(stamp.toMSecsSinceEpoch()) : std::nullopt;
}

WireId hashed(const QStringList &parts)
{
    // No part can hold a NUL, so different parts never look alike.
    const QByteArray digest = QCryptographicHash::hash(parts.join(QChar(u'\0')).toUtf8(), QCryptographicHash::Sha256);
    return *WireId::parse(QString::fromLatin1(digest.first(16).toHex()));
}

WireId wireIdOf(const Element &stanza, const Address &from, const QString &ownBareJid, const WireId &fallbackId)
{
    if (const Element *origin = stanza.child(u"origin-id", ns::kStanzaIds)) {
        if (const auto id = WireId::parse(origin->attribute(u"id")))
            return *id;
    }
    if (const auto id = WireId::parse(stanza.attribute(u"id")))
        return *id;
    for (const Element &child : stanza.children()) {
        // XEP-0359, 3: anybody can write such an element; only the one our own server put there counts.
        if (child.is(u"stanza-id", ns::kStanzaIds) && child.attribute(u"by") == ownBareJid && child.hasAttribute(u"id"))
            return hashed({u"archived"_s, from.value, child.attribute(u"id")});
    }
    if (const Element *delay = stanza.child(u"delay", ns::kDelay)) {
        const Element *body = stanza.child(u"body", stanza.ns());
        return hashed({u"stored"_s, from.value, delay->attribute(u"stamp"), body ? body->text() : QString()});
    }
    return fallbackId;
}

QString cutToLimit(const QString &text)
{
    constexpr qsizetype kEllipsisBytes = 3;
    QString out;
    qsizetype bytes = 0;
    for (qsizetype i = 0; i < text.size();) {
        const qsizetype units = text[i].isHighSurrogate() && i + 1 < text.size() ? 2 : 1;
        const QStringView character = QStringView(text).sliced(i, units);
        bytes += character.toUtf8().size();
        if (bytes > kMaxTextBytes - kEllipsisBytes)
            return out + u'…';
        out += character;
        i += units;
    }
    return out;
}

// Empty where the stanza has no text to show.
QString textOf(const Element &stanza)
{
    const Element *body = stanza.child(u"body", stanza.ns());
    if (!body)
        return {};
    const Result<QString> text = normalizedMessageText(body->text());
    if (text)
        return *text;
    if (text.error().code != FailureCode::MessageTooLarge)
        return {};
    qCInfo(lcXmpp) << "an incoming text was longer than a message may be, and was cut";
    return normalizedMessageText(cutToLimit(body->text())).value_or(QString());
}

// Copies of messages (XEP-0280) and archive pages (XEP-0313) are not asked for; whoever sends one forges it. By their
// elements, of any version; others of these namespaces are harmless marks on live messages (<private/>, <archived/>).
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

ReadMessage readError(const Element &stanza, const Address &from)
{
    const QString id = stanza.attribute(u"id");
    const auto wireId = WireId::parse(id);
    if (!wireId || id.startsWith(kReceiptIdPrefix) || id.startsWith(kAckIdPrefix))
        return ignored(u"an error about no message of ours"_s);
    ReadMessage result;
    result.report = bounceOf(stanza, from, *wireId);
    return result;
}

std::optional<Report> receiptOf(const Element &stanza, const Address &from, bool isPlanB)
{
    const Element *received = stanza.child(u"received", ns::kReceipts);
    const auto id = received ? WireId::parse(received->attribute(u"id")) : std::nullopt;
    if (!id)
        return {};
    return Report{Report::Kind::Delivered, from, *id, {}, isPlanB};
}

} // namespace

Element messageStanza(const Payload &payload, const Address &to)
{
    const QString id = payload.wireId.toString();
    Element stanza(u"message", ns::kClient);
    stanza.set(u"to", to.value).set(u"type", u"chat"_s).set(u"id", id);
    stanza.add(Element(u"body", ns::kClient).setText(payload.text));
    stanza.add(Element(u"origin-id", ns::kStanzaIds).set(u"id", id));
    stanza.add(Element(u"request", ns::kReceipts));
    stanza.add(markerOf(payload));
    // Without `to`: in a conversation of two the id alone says which message is meant.
    if (payload.replyTo)
        stanza.add(Element(u"reply", ns::kReply).set(u"id", payload.replyTo->toString()));
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

ReadMessage readMessage(const Element &stanza, const QString &ownBareJid, const WireId &fallbackId)
{
    const auto from = addressOf(stanza.attribute(u"from"));
    if (!from)
        return ignored(u"it is not from a person"_s);
    if (from->value == ownBareJid)
        return ignored(u"it is from this account"_s);
    const QString type = stanza.attribute(u"type");
    if (type == u"error")
        return readError(stanza, *from);
    if (!type.isEmpty() && type != u"chat" && type != u"normal")
        return ignored(u"type "_s + type.left(20));
    if (looksLikeACopy(stanza))
        return ignored(u"a copy that nobody asked for"_s);

    const auto marker = readMarker(stanza);
    ReadMessage result;
    result.report = receiptOf(stanza, *from, marker.has_value());
    const QString text = textOf(stanza);
    if (text.isEmpty()) {
        if (marker && !marker->acks.isEmpty())
            result.acknowledgement = Acknowledgement{*from, marker->acks};
        return result;
    }
    const Marker known = marker.value_or(Marker());
    const Element *reply = stanza.child(u"reply", ns::kReply);
    result.incoming = Incoming{0,
                               *from,
                               wireIdOf(stanza, *from, ownBareJid, fallbackId),
                               text,
                               known.order,
                               known.sentAt ? known.sentAt : delayTime(stanza),
                               reply ? WireId::parse(reply->attribute(u"id")) : std::nullopt,
                               marker.has_value(),
                               known.place,
                               known.parents,
                               known.acks};
    // The receipt names the stanza's own id, which need not be the origin-id (XEP-0184, 5.2). A message with a place
    // is acknowledged by the core.
    if (!known.place && stanza.has(u"request", ns::kReceipts) && WireId::parse(stanza.attribute(u"id")))
        result.receiptFor = stanza.attribute(u"id");
    return result;
}

} // namespace planb::xmpp
