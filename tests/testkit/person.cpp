// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/person.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace planb::test {

namespace {

constexpr int kPage = 500;

template<class T>
Outcome<void> withoutValue(const T &outcome)
{
    if (!outcome)
        return trouble(outcome.error());
    return {};
}

QString routeLabel(const QJsonObject &object)
{
    return object["route"_L1].toObject()["label"_L1].toString();
}

} // namespace

QString personPassword()
{
    return u"correct horse"_s;
}

Person::Person(const QString &name, const QString &folder)
    : m_name(name), m_profile(folder + u'/' + name.toLower()), m_rpc(std::make_unique<RpcClient>(m_profile))
{
    connect(m_rpc.get(), &RpcClient::notified, this, &Person::onNotification);
}

Outcome<void> Person::makeProfile()
{
    return withoutValue(runPlanbctl(m_profile, {u"init"_s, u"--name"_s, m_name, u"--key"_s, u"file"_s}));
}

Outcome<void> Person::comeOnline()
{
    if (auto started = m_rpc->start(); !started)
        return started;
    return learnLinks();
}

Outcome<void> Person::begin()
{
    if (auto made = makeProfile(); !made)
        return made;
    return comeOnline();
}

Outcome<void> Person::learnLinks()
{
    m_links.clear();
    const RpcReply list = m_rpc->request(u"transports.list"_s);
    if (!list)
        return trouble(describe(list.error()));
    for (const QJsonValue &value : list->toArray()) {
        const QJsonObject transport = value.toObject();
        m_transportIds.insert(transport["label"_L1].toString(), transport["id"_L1].toString());
        // A notification that came right behind the list is newer than what the list says.
        if (!m_links.contains(transport["id"_L1].toString()))
            m_links.insert(transport["id"_L1].toString(), transport);
    }
    return {};
}

QJsonObject Person::settingsFor(const Prosody &server, const QString &caFile) const
{
    return {{u"jid"_s, account() + u'@' + server.domain()},
            {u"password"_s, personPassword()},
            {u"host"_s, u"127.0.0.1"_s},
            {u"port"_s, server.starttlsPort()},
            {u"security"_s, u"starttls"_s},
            {u"caFile"_s, caFile}};
}

Outcome<void> Person::join(const Prosody &server, const QString &label, const QString &caFile)
{
    if (auto added = server.addUser(account(), personPassword()); !added)
        return added;
    return withoutValue(addTransport(label, settingsFor(server, caFile)));
}

Outcome<QString> Person::addTransport(const QString &label, const QJsonObject &settings)
{
    const RpcReply added = m_rpc->request(u"transports.add"_s,
                                          {{u"kind"_s, u"xmpp"_s}, {u"label"_s, label}, {u"settings"_s, settings}});
    if (!added)
        return trouble(u"%1 could not add %2: %3"_s.arg(m_name, label, describe(added.error())));
    m_jids.append(settings["jid"_L1].toString());
    if (auto learned = learnLinks(); !learned)
        return trouble(learned.error());
    return (*added)["id"_L1].toString();
}

Outcome<void> Person::meet(const Person &other)
{
    return meet(other.name(), other.jids());
}

Outcome<void> Person::meet(const QString &otherName, const QStringList &jids)
{
    QJsonArray addresses;
    for (const QString &jid : jids)
        addresses.append(QJsonObject{{u"kind"_s, u"xmpp"_s}, {u"address"_s, jid}});
    const RpcReply added = m_rpc->request(u"contacts.add"_s, {{u"name"_s, otherName}, {u"addresses"_s, addresses}});
    if (!added)
        return trouble(u"%1 could not add %2: %3"_s.arg(m_name, otherName, describe(added.error())));
    m_contact = (*added)["id"_L1].toString();
    m_conversation = (*added)["conversationId"_L1].toString();
    return {};
}

Outcome<void> Person::waitUntilReady(Millis limit)
{
    const auto isReady = [](const QJsonObject &link) { return link["state"_L1].toString() == "ready"_L1; };
    const bool ready = waitUntil([&] { return std::all_of(m_links.begin(), m_links.end(), isReady); }, limit);
    if (ready)
        return {};
    QStringList words;
    for (const QString &label : m_transportIds.keys())
        words.append(u"%1 is %2 %3"_s.arg(label, linkState(label), linkFailure(label)));
    return trouble(u"%1 is not ready: %2. %3"_s.arg(m_name, words.join(u"; "_s), m_rpc->complaints()));
}

Outcome<QString> Person::say(const QString &text)
{
    const RpcReply sent = m_rpc->request(u"messages.send"_s, {{u"to"_s, m_conversation}, {u"text"_s, text}});
    if (!sent)
        return trouble(u"%1 could not send: %2"_s.arg(m_name, describe(sent.error())));
    return (*sent)["messageId"_L1].toString();
}

qint64 Person::sayAtOnce(const QString &text)
{
    return m_rpc->post(u"messages.send"_s, {{u"to"_s, m_conversation}, {u"text"_s, text}});
}

void Person::onNotification(const RpcClient::Notification &notification)
{
    const QJsonObject &params = notification.params;
    if (notification.method == "message.added"_L1) {
        onMessage(params["message"_L1].toObject(), notification.at);
    } else if (notification.method == "message.updated"_L1) {
        const Tick tick{params["state"_L1].toString(), routeLabel(params), notification.at};
        m_ticks.insert(params["messageId"_L1].toString(), tick);
        Q_EMIT ticked(params["messageId"_L1].toString(), tick);
    } else if (notification.method == "transport.changed"_L1) {
        const QJsonObject transport = params["transport"_L1].toObject();
        m_links.insert(transport["id"_L1].toString(), transport);
        Q_EMIT linkChanged(transport["label"_L1].toString(), transport);
    } else if (notification.method == "chain.switched"_L1) {
        Q_EMIT switched(labelOf(params["fromTransportId"_L1].toString()),
                        labelOf(params["toTransportId"_L1].toString()), params["reason"_L1].toString());
    }
}

void Person::onMessage(const QJsonObject &message, MonoTime at)
{
    if (message["direction"_L1].toString() == "out"_L1) {
        m_announced.append(message["id"_L1].toString());
        m_ticks.insert(message["id"_L1].toString(), {message["state"_L1].toString(), routeLabel(message), at});
        return;
    }
    const Arrival arrival{message["text"_L1].toString(), routeLabel(message), at};
    m_arrivals.append(arrival);
    Q_EMIT arrived(arrival);
}

qsizetype Person::timesSeen(const QString &text) const
{
    return std::count_if(m_arrivals.begin(), m_arrivals.end(), [&](const Arrival &a) { return a.text == text; });
}

bool Person::allDelivered(const QStringList &messageIds) const
{
    return std::all_of(messageIds.begin(), messageIds.end(), [this](const QString &id) {
        const QString state = tickOf(id).state;
        return state == "delivered"_L1 || state == "read"_L1;
    });
}

QJsonObject Person::link(const QString &label) const
{
    return m_links.value(transportId(label));
}

QString Person::linkState(const QString &label) const
{
    return link(label)["state"_L1].toString();
}

QString Person::linkFailure(const QString &label) const
{
    return link(label)["failure"_L1].toObject()["code"_L1].toString();
}

Outcome<QList<QJsonObject>> Person::history()
{
    QList<QJsonObject> whole;
    QJsonObject ask{{u"conversationId"_s, m_conversation}, {u"limit"_s, kPage}};
    for (;;) {
        const RpcReply page = m_rpc->request(u"messages.list"_s, ask);
        if (!page)
            return trouble(u"%1 has no history: %2"_s.arg(m_name, describe(page.error())));
        QList<QJsonObject> messages;
        for (const QJsonValue &value : page->toArray())
            messages.append(value.toObject());
        whole = messages + whole;
        if (messages.size() < kPage)
            return whole;
        ask[u"before"_s] = messages.first()["id"_L1];
    }
}

Outcome<QStringList> Person::texts(const QString &direction)
{
    const auto whole = history();
    if (!whole)
        return trouble(whole.error());
    QStringList found;
    for (const QJsonObject &message : *whole) {
        if (message["direction"_L1].toString() == direction)
            found.append(message["text"_L1].toString());
    }
    return found;
}

} // namespace planb::test
