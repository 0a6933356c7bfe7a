// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/people.h"

#include "transports/xmpp/jid.h"
#include "transports/xmpp/namespaces.h"
#include "transports/xmpp/people_stanzas.h"

#include <algorithm>

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

// A person has a handful of clients; more are somebody's joke.
constexpr std::size_t kMaxResources = 32;

Element resultOf(const Element &iq)
{
    Element result(u"iq", ns::kClient);
    result.set(u"type", u"result"_s).set(u"id", iq.attribute(u"id"));
    if (iq.hasAttribute(u"from"))
        result.set(u"to", iq.attribute(u"from"));
    return result;
}

} // namespace

void People::start(const Roster::Start &start, MonoTime now)
{
    m_isStarted = true;
    m_nickname = start.nickname;
    setContacts(start.contacts);
    for (auto it = start.avatars.begin(); it != start.avatars.end(); ++it)
        m_avatars[it.key()] = it.value();
    if (m_outlet)
        askForLists(now);
}

void People::setContacts(const QList<Address> &contacts)
{
    m_contacts = std::set<Address>(contacts.begin(), contacts.end());
}

bool People::isStranger(const Address &address) const
{
    return m_isStarted && !m_contacts.contains(address) && !m_listed.contains(address)
        && !m_writtenTo.contains(address);
}

void People::onOnline(Outlet outlet, bool isResumed, MonoTime now)
{
    m_outlet = std::move(outlet);
    // A resumed stream has missed nothing.
    if (isResumed)
        return;
    m_presence.clear();
    if (m_isStarted)
        askForLists(now);
}

void People::onOffline()
{
    m_outlet.reset();
}

void People::askForLists(MonoTime now)
{
    ask(rosterRequest(), now, [this](const IqAnswer &answer, MonoTime) {
        if (const Element *query = answer ? answer->child(u"query", ns::kRoster) : nullptr)
            onRoster(*query);
    });
    ask(blockListRequest(), now, [this](const IqAnswer &answer, MonoTime) {
        if (const Element *list = answer ? answer->child(u"blocklist", ns::kBlocking) : nullptr)
            tell(BlocksListed{readBlocked(*list)});
    });
}

void People::ask(Element iq, MonoTime now, IqRequests::Then then)
{
    if (!m_outlet)
        return;
    if (!then)
        then = [](const IqAnswer &, MonoTime) {};
    m_outlet->ask(std::move(iq), now, std::move(then));
}

void People::onRoster(const Element &query)
{
    const QList<RosterEntry> entries = readRoster(query);
    m_listed.clear();
    for (const RosterEntry &entry : entries)
        m_listed[entry.address] = entry.subscription;
    tell(RosterListed{entries});
}

std::optional<Element> People::answerTo(const Element &iq)
{
    if (!m_isStarted || iq.attribute(u"type") != u"set" || !isFromOurServer(iq))
        return {};
    if (const Element *query = iq.child(u"query", ns::kRoster)) {
        onRosterPush(*query);
        return resultOf(iq);
    }
    const Element *blocked = iq.child(u"block", ns::kBlocking);
    const Element *list = blocked ? blocked : iq.child(u"unblock", ns::kBlocking);
    if (!list)
        return {};
    const QList<Address> addresses = readBlocked(*list);
    // Without items all are unblocked; with nothing but servers among them, nobody is.
    if (!addresses.isEmpty() || (!blocked && list->children().empty()))
        tell(BlocksChanged{addresses, blocked != nullptr});
    return resultOf(iq);
}

void People::onRosterPush(const Element &query)
{
    if (query.children().empty())
        return;
    const auto entry = readRosterItem(query.children().front());
    if (!entry)
        return;
    const bool isRemoved = query.children().front().attribute(u"subscription") == u"remove";
    if (isRemoved)
        m_listed.erase(entry->address);
    else
        m_listed[entry->address] = entry->subscription;
    tell(RosterChanged{*entry, isRemoved});
}

bool People::isFromOurServer(const Element &stanza) const
{
    const QString from = stanza.attribute(u"from");
    return from.isEmpty() || from == m_bareJid;
}

void People::onPresence(const Element &presence, MonoTime now)
{
    const auto from = addressOf(presence.attribute(u"from"));
    if (!m_isStarted || !from || from->value == m_bareJid)
        return;
    const QString type = presence.attribute(u"type");
    if (type.isEmpty() || type == u"unavailable") {
        onAvailability(presence, *from, now);
    } else if (type == u"subscribe") {
        const Element *status = presence.child(u"status", ns::kClient);
        tell(PresenceAsked{*from, readNickname(presence).value_or(QString()),
                           status ? plainText(status->text()) : QString()});
    } else if (type == u"unsubscribe") {
        tell(PresenceWithdrawn{*from});
    }
}

void People::onAvailability(const Element &presence, const Address &from, MonoTime now)
{
    // Anybody can send presence; only of those on the list it is more than noise.
    const auto resource = resourceOf(presence.attribute(u"from"));
    if (!m_listed.contains(from) || !resource)
        return;
    PresenceChanged news = readPresence(presence, from);
    auto &resources = m_presence[from];
    if (news.availability == Availability::Offline)
        resources.erase(*resource);
    else if (resources.contains(*resource) || resources.size() < kMaxResources)
        resources[*resource] = news.availability;
    for (const auto &[name, availability] : resources)
        news.availability = std::max(news.availability, availability);
    tell(news);
    if (const auto nickname = readNickname(presence))
        tell(NicknameChanged{from, *nickname});
    if (const auto hash = cardPictureHash(presence))
        onAvatar(from, *hash, cardRequest(from), now);
}

bool People::onMessage(const Element &message, MonoTime now)
{
    const Element *event = message.child(u"event", ns::kPubSubEvent);
    const Element *items = event ? event->child(u"items", ns::kPubSubEvent) : nullptr;
    const auto from = addressOf(message.attribute(u"from"));
    if (!m_isStarted || !items || !from || message.attribute(u"type") == u"error")
        return false;
    const Element *item = items->child(u"item", ns::kPubSubEvent);
    const QString node = items->attribute(u"node");
    if (!item || !m_listed.contains(*from))
        return true;
    if (node == ns::kNickname) {
        tell(NicknameChanged{*from, readNickname(*item).value_or(QString())});
    } else if (node == ns::kAvatarMetadata) {
        const QString hash = announcedAvatar(*item);
        onAvatar(*from, hash, avatarRequest(*from, hash), now);
    }
    return true;
}

void People::onAvatar(const Address &of, const QString &hash, Element request, MonoTime now)
{
    QString &known = m_avatars[of];
    if (known == hash || !m_listed.contains(of))
        return;
    const QString before = std::exchange(known, hash);
    if (hash.isEmpty())
        return tell(AvatarChanged{of, {}});
    ask(std::move(request), now, [this, of, hash, before](const IqAnswer &answer, MonoTime) {
        const auto avatar = answer ? readAvatar(*answer, hash) : std::nullopt;
        if (avatar)
            tell(AvatarChanged{of, *avatar});
        else if (!answer && m_avatars[of] == hash)
            m_avatars[of] = before; // the next announcement tries again
    });
}

void People::add(const Address &address, const QString &name, const QString &token, MonoTime now)
{
    if (!m_outlet)
        return;
    // In this order (RFC 6121, 3.1.1), or the entry would have no name.
    ask(rosterSet(address, name), now);
    const auto listed = m_listed.find(address);
    const bool isSeen = listed != m_listed.end()
        && (listed->second == Subscription::To || listed->second == Subscription::Both);
    if (!isSeen)
        m_outlet->write(subscriptionRequest(address, m_nickname, token));
}

void People::remove(const Address &address, MonoTime now)
{
    ask(rosterRemoval(address), now);
}

void People::answer(const Address &address, bool accepts)
{
    if (m_outlet)
        m_outlet->write(subscriptionAnswer(address, accepts));
}

void People::setBlocked(const QList<Address> &addresses, bool isBlocked, MonoTime now)
{
    // Without anybody it would unblock everybody.
    if (!addresses.isEmpty())
        ask(blockStanza(addresses, isBlocked), now);
}

} // namespace planb::xmpp
