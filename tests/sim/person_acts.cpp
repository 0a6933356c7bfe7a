// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/person.h"
#include "tests/sim/server.h"
#include "tests/sim/sim_transport.h"
#include "tests/sim/world.h"

#include <algorithm>

namespace planb::sim {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString labelOf(std::size_t server)
{
    return u"s%1"_s.arg(server);
}

} // namespace

Result<QJsonObject> Person::checked(TransportKind, const QJsonObject &settings) const
{
    return settings;
}

Result<std::unique_ptr<Transport>> Person::create(const TransportConfig &config, const QString &)
{
    const auto server = static_cast<std::size_t>(config.settings.value(u"server").toInt());
    return std::unique_ptr<Transport>(std::make_unique<SimTransport>(config.id, m_world, *this, server));
}

QList<Address> Person::addressesOf(std::size_t other) const
{
    const auto &known = m_world.plan().people[m_index].knows[other];
    QList<Address> addresses;
    for (const std::size_t server : known.empty() ? m_world.plan().people[other].chain : known)
        addresses.append({m_world.server(server).kind(), m_world.server(server).addressOf(other)});
    return addresses;
}

void Person::setUp()
{
    open();
    if (!isRunning())
        return;
    const PlannedPerson &planned = m_world.plan().people[m_index];
    for (const std::size_t server : planned.chain)
        useAgain(server);
    for (std::size_t other = 0; other < planned.knows.size(); ++other) {
        if (!planned.knows[other].empty())
            meet(other);
    }
}

std::optional<TransportId> Person::transportIdAt(std::size_t server)
{
    const auto all = m_profile->transports();
    const auto found = std::ranges::find(*all, labelOf(server), &TransportStatus::label);
    return found == all->end() ? std::nullopt : std::optional(found->id);
}

std::optional<Contact> Person::contactFor(std::size_t other)
{
    const auto all = m_profile->contacts();
    if (!all)
        return {};
    const auto found = std::ranges::find_if(
        *all, [other](const Contact &contact) { return contact.isAdded && contact.name == u"p%1"_s.arg(other); });
    return found == all->end() ? std::nullopt : std::optional(*found);
}

void Person::meet(std::size_t other)
{
    if (contactFor(other))
        return;
    const auto added = m_profile->addContact(u"p%1"_s.arg(other), addressesOf(other));
    m_world.note(name() + " adds p" + std::to_string(other) + (added ? "" : " in vain"));
    if (!added && isRunning() && !whyBroken() && m_disk.trouble() == Disk::Trouble::None)
        m_world.complain("I13", "a contact cannot be added: " + describe(added.error()).toStdString());
}

void Person::forgetContact(std::size_t other)
{
    const auto contact = contactFor(other);
    if (!contact)
        return;
    m_world.note(name() + " removes p" + std::to_string(other));
    m_world.book().onContactRemoved(m_index, other);
    (void)m_profile->removeContact(contact->id);
}

void Person::send(const PlannedMessage &planned)
{
    if (isSuspended() || !isRunning() || m_profile->brokenBy()) {
        m_world.agenda().after(isSuspended() ? resumesAt() - m_world.agenda().now() : 1min,
                               [this, planned] { send(planned); });
        return;
    }
    meet(planned.to);
    const auto contact = contactFor(planned.to);
    if (!contact || !isRunning())
        return;
    readAll(contact->conversation);
    std::optional<TransportId> via;
    for (std::size_t server = 0; planned.isMetered && server < m_world.plan().servers.size(); ++server) {
        if (m_world.server(server).kind() == TransportKind::Sms)
            via = transportIdAt(server);
    }
    const std::size_t record = m_world.book().compose(m_index, planned.to, planned.bytes, via.has_value());
    const auto sent = m_profile->send(contact->id, m_world.book().textOf(record), {}, via);
    if (sent && !m_life->isOver())
        m_world.book().onPromised(m_index, record, sent->message);
    m_world.note(name() + " writes m" + std::to_string(record) + " to p" + std::to_string(planned.to)
                 + (sent ? "" : ": " + describe(sent.error()).toStdString()));
}

void Person::readAll(ConversationId conversation)
{
    const auto page = m_profile->messages(conversation, {}, 1);
    if (page && !page->isEmpty())
        (void)m_profile->markRead(conversation, page->last().id);
}

void Person::useAgain(std::size_t server)
{
    if (transportIdAt(server))
        return;
    m_world.note(name() + " adds s" + std::to_string(server));
    (void)m_profile->addTransport(m_world.server(server).kind(), labelOf(server),
                                  {{u"server"_s, static_cast<int>(server)}}, {});
}

void Person::useNoLonger(std::size_t server)
{
    const auto id = transportIdAt(server);
    if (!id)
        return;
    m_world.note(name() + " removes s" + std::to_string(server));
    (void)m_profile->removeTransport(*id);
}

void Person::rearrange(Dice &dice)
{
    const auto all = m_profile->transports();
    if (!all || all->isEmpty())
        return;
    const TransportStatus &one = all->at(static_cast<qsizetype>(dice.pick(static_cast<std::size_t>(all->size()))));
    m_world.note(name() + " changes its chain at " + one.label.toStdString());
    switch (dice.pick(3)) {
    case 0: {
        QList<TransportId> order;
        for (const TransportStatus &status : *all)
            order.append(status.id);
        std::swap(order[0], order[order.indexOf(one.id)]);
        (void)m_profile->reorderTransports(order);
        return;
    }
    case 1: (void)m_profile->updateTransport(one.id, {}, !one.enabled, {}); return;
    default: (void)m_profile->updateTransport(one.id, {}, {}, QJsonObject{{u"again"_s, dice.between(1, 9)}}); return;
    }
}

void Person::retryBlocked()
{
    const auto all = m_profile->transports();
    if (!all)
        return;
    for (const TransportStatus &status : *all) {
        if (!status.enabled || status.link.phase == LinkPhase::Blocked)
            (void)m_profile->updateTransport(status.id, {}, true, QJsonObject{{u"again"_s, 0}});
    }
}

} // namespace planb::sim
