// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/people_stanzas.h"

#include "transports/xmpp/iq_requests.h"
#include "transports/xmpp/jid.h"
#include "transports/xmpp/namespaces.h"
#include "transports/xmpp/picture_header.h"

#include <QCryptographicHash>
#include <QDateTime>

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

// More is no list of people any more.
constexpr qsizetype kMaxEntries = 10'000;

Element rosterIq(Element item)
{
    return iqOf(u"set"_s, {}, Element(u"query", ns::kRoster).add(std::move(item)));
}

Subscription subscriptionOf(const QString &name)
{
    if (name == u"both")
        return Subscription::Both;
    if (name == u"to")
        return Subscription::To;
    return name == u"from" ? Subscription::From : Subscription::None;
}

std::optional<WallTime> timeIn(const Element &parent, QStringView child, QStringView ns, QStringView attribute)
{
    const Element *element = parent.child(child, ns);
    if (!element)
        return {};
    const QDateTime time = QDateTime::fromString(element->attribute(attribute), Qt::ISODateWithMs);
    return time.isValid() ? std::optional(wallFromMillis(time.toMSecsSinceEpoch())) : std::nullopt;
}

Availability availabilityOf(const Element &presence)
{
    if (presence.attribute(u"type") == u"unavailable")
        return Availability::Offline;
    const Element *show = presence.child(u"show", ns::kClient);
    const QString word = show ? show->text().trimmed() : QString();
    if (word == u"away" || word == u"xa")
        return Availability::Away;
    return word == u"dnd" ? Availability::Busy : Availability::Online;
}

// The bytes in an answer about pictures, wherever they are.
QByteArray pictureBytes(const Element &answer)
{
    if (const Element *pubsub = answer.child(u"pubsub", ns::kPubSub)) {
        const Element *items = pubsub->child(u"items", ns::kPubSub);
        const Element *item = items ? items->child(u"item", ns::kPubSub) : nullptr;
        const Element *data = item ? item->child(u"data", ns::kAvatarData) : nullptr;
        return data ? QByteArray::fromBase64(data->text().toLatin1()) : QByteArray();
    }
    const Element *card = answer.child(u"vCard", ns::kCard);
    const Element *photo = card ? card->child(u"PHOTO", ns::kCard) : nullptr;
    const Element *bytes = photo ? photo->child(u"BINVAL", ns::kCard) : nullptr;
    return bytes ? QByteArray::fromBase64(bytes->text().toLatin1()) : QByteArray();
}

bool isHash(const QString &text)
{
    constexpr qsizetype kSha1Digits = 40;
    return text.size() == kSha1Digits && QByteArray::fromHex(text.toLatin1()).size() == kSha1Digits / 2;
}

} // namespace

QString plainText(const QString &text)
{
    QString plain;
    for (const QChar c : text.simplified()) {
        if (c.category() != QChar::Other_Control && c.category() != QChar::Other_Format)
            plain += c;
    }
    plain.truncate(kMaxRosterText);
    if (!plain.isEmpty() && plain.back().isHighSurrogate())
        plain.chop(1);
    return plain;
}

Element rosterRequest()
{
    return iqOf(u"get"_s, {}, Element(u"query", ns::kRoster));
}

Element rosterSet(const Address &address, const QString &name)
{
    Element item(u"item", ns::kRoster);
    item.set(u"jid", address.value);
    if (!name.isEmpty())
        item.set(u"name", name);
    return rosterIq(std::move(item));
}

Element rosterRemoval(const Address &address)
{
    return rosterIq(Element(u"item", ns::kRoster).set(u"jid", address.value).set(u"subscription", u"remove"_s));
}

Element subscriptionRequest(const Address &address, const QString &nickname, const QString &token)
{
    Element presence(u"presence", ns::kClient);
    presence.set(u"type", u"subscribe"_s).set(u"to", address.value);
    if (!nickname.isEmpty())
        presence.add(Element(u"nick", ns::kNickname).setText(nickname));
    if (!token.isEmpty())
        presence.add(Element(u"preauth", ns::kPreauth).set(u"token", token));
    return presence;
}

Element subscriptionAnswer(const Address &address, bool accepts)
{
    return Element(u"presence", ns::kClient)
        .set(u"type", accepts ? u"subscribed"_s : u"unsubscribed"_s)
        .set(u"to", address.value);
}

Element blockListRequest()
{
    return iqOf(u"get"_s, {}, Element(u"blocklist", ns::kBlocking));
}

Element blockStanza(const QList<Address> &addresses, bool isBlocked)
{
    Element list(isBlocked ? QStringView(u"block") : QStringView(u"unblock"), ns::kBlocking);
    for (const Address &address : addresses)
        list.add(Element(u"item", ns::kBlocking).set(u"jid", address.value));
    return iqOf(u"set"_s, {}, std::move(list));
}

Element avatarRequest(const Address &of, const QString &hash)
{
    Element items(u"items", ns::kPubSub);
    items.set(u"node", ns::kAvatarData.toString()).add(Element(u"item", ns::kPubSub).set(u"id", hash));
    return iqOf(u"get"_s, of.value, Element(u"pubsub", ns::kPubSub).add(std::move(items)));
}

Element cardRequest(const Address &of)
{
    return iqOf(u"get"_s, of.value, Element(u"vCard", ns::kCard));
}

std::optional<RosterEntry> readRosterItem(const Element &item)
{
    const QString jid = item.attribute(u"jid");
    const auto address = jid.contains(u'/') ? std::nullopt : addressOf(jid);
    if (!item.is(u"item", ns::kRoster) || !address)
        return {};
    return RosterEntry{*address, plainText(item.attribute(u"name")), subscriptionOf(item.attribute(u"subscription")),
                       item.attribute(u"ask") == u"subscribe"};
}

QList<RosterEntry> readRoster(const Element &query)
{
    QList<RosterEntry> entries;
    for (const Element &item : query.children()) {
        const auto entry = readRosterItem(item);
        if (entry && entries.size() < kMaxEntries)
            entries.append(*entry);
    }
    return entries;
}

QList<Address> readBlocked(const Element &list)
{
    QList<Address> addresses;
    for (const Element &item : list.children()) {
        const QString jid = item.attribute(u"jid");
        // Whole servers and single clients can be blocked as well; those are not people.
        const auto address = jid.contains(u'/') ? std::nullopt : addressOf(jid);
        if (item.is(u"item", ns::kBlocking) && address && addresses.size() < kMaxEntries)
            addresses.append(*address);
    }
    return addresses;
}

PresenceChanged readPresence(const Element &presence, const Address &from)
{
    PresenceChanged news{from, availabilityOf(presence), timeIn(presence, u"idle", ns::kIdle, u"since")};
    if (!news.activeAt && news.availability == Availability::Offline)
        news.activeAt = timeIn(presence, u"delay", ns::kDelay, u"stamp");
    return news;
}

std::optional<QString> cardPictureHash(const Element &presence)
{
    const Element *update = presence.child(u"x", ns::kCardUpdate);
    const Element *photo = update ? update->child(u"photo", ns::kCardUpdate) : nullptr;
    if (!photo)
        return {};
    const QString hash = photo->text().trimmed().toLower();
    return hash.isEmpty() || isHash(hash) ? std::optional(hash) : std::nullopt;
}

std::optional<QString> readNickname(const Element &parent)
{
    const Element *nick = parent.child(u"nick", ns::kNickname);
    return nick ? std::optional(plainText(nick->text())) : std::nullopt;
}

QString announcedAvatar(const Element &item)
{
    const Element *metadata = item.child(u"metadata", ns::kAvatarMetadata);
    if (!metadata)
        return {};
    // Several forms of one picture may be announced; only PNG lies in the data node (XEP-0084, 4.2).
    for (const Element &info : metadata->children()) {
        const QString id = info.attribute(u"id").toLower();
        const bool isStored = info.is(u"info", ns::kAvatarMetadata) && !info.hasAttribute(u"url") && isHash(id);
        if (isStored && info.attribute(u"bytes").toLongLong() <= kMaxAvatarBytes)
            return id;
    }
    return {};
}

std::optional<Avatar> readAvatar(const Element &answer, const QString &hash)
{
    const QByteArray bytes = pictureBytes(answer);
    if (bytes.isEmpty() || bytes.size() > kMaxAvatarBytes)
        return {};
    const QString actual = QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toHex());
    const auto header = readPictureHeader(bytes);
    if (actual != hash || !header)
        return {};
    return Avatar{hash, header->type, bytes};
}

} // namespace planb::xmpp
