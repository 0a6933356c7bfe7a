// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/roster.h"
#include "transports/xmpp/iq_requests.h"
#include "transports/xmpp/session_events.h"

#include <functional>
#include <map>
#include <optional>
#include <set>

namespace planb::xmpp {

/// The people around the account: its roster (RFC 6121), who asks to see us, presence, blocking (XEP-0191),
/// nicknames (XEP-0172) and pictures (XEP-0084, XEP-0153). Pure; outlives connections, as a stream may be resumed.
///
/// The account's own server alone changes lists: anybody can send an `<iq/>` that looks like a push (RFC 6121, 2.1.6).
/// Pictures are fetched of people on the list only, so that strangers cannot make us ask for things.
class People
{
public:
    /// What leaves by the stream that is online.
    struct Outlet {
        std::function<void(Element iq, MonoTime now, IqRequests::Then then)> ask;
        std::function<void(const Element &presence)> write;
    };

    People(QString bareJid, Events &events) : m_bareJid(std::move(bareJid)), m_events(events) {}

    /// From now on; before it everything is ignored and nothing is asked.
    void start(const Roster::Start &start, MonoTime now);
    void onOnline(Outlet outlet, bool isResumed, MonoTime now);
    void onOffline();

    bool isStarted() const { return m_isStarted; }
    /// Who is in the user's address book.
    void setContacts(const QList<Address> &contacts);
    /// The user wrote to them.
    void noteWrittenTo(const Address &address) { m_writtenTo.insert(address); }
    bool isListed(const Address &address) const { return m_listed.contains(address); }
    /// Neither in the address book, nor on the list, nor written to. Nobody is before start().
    bool isStranger(const Address &address) const;

    void onPresence(const Element &presence, MonoTime now);
    /// Whether this message was news about somebody, and is thereby done.
    bool onMessage(const Element &message, MonoTime now);
    /// The answer to a change of a list, which has been carried out; nothing for all else.
    std::optional<Element> answerTo(const Element &iq);

    void add(const Address &address, const QString &name, const QString &token, MonoTime now);
    void remove(const Address &address, MonoTime now);
    void answer(const Address &address, bool accepts);
    void setBlocked(const QList<Address> &addresses, bool isBlocked, MonoTime now);

private:
    bool isFromOurServer(const Element &stanza) const;
    void tell(RosterNews news) { m_events.push_back(std::move(news)); }
    void askForLists(MonoTime now);
    void onRoster(const Element &query);
    void onRosterPush(const Element &query);
    void onAvailability(const Element &presence, const Address &from, MonoTime now);
    void onAvatar(const Address &of, const QString &hash, Element request, MonoTime now);
    void ask(Element iq, MonoTime now, IqRequests::Then then = {});

    QString m_bareJid;
    Events &m_events;
    std::optional<Outlet> m_outlet;
    bool m_isStarted = false;
    QString m_nickname;
    std::map<Address, Subscription> m_listed;
    std::set<Address> m_contacts;
    std::set<Address> m_writtenTo;
    std::map<Address, QString> m_avatars; // hash of the picture that is here or on its way
    std::map<Address, std::map<QString, Availability>> m_presence; // by resource
};

} // namespace planb::xmpp
