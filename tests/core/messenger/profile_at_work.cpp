// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/messenger/profile_at_work.h"

namespace planb::test {

using namespace Qt::StringLiterals;

namespace {

const QByteArray kKey(32, 'k');

QString databaseIn(const QTemporaryDir &folder)
{
    return folder.filePath(u"history.db"_s);
}

} // namespace

ProfileAtWork::ProfileAtWork(const QStringList &chain)
{
    open(std::move(store::Store::create(databaseIn(m_folder), kKey).value()));
    for (const QString &jid : chain) {
        const QString label = jid.section(u'@', 1).section(u'.', 0, 0);
        (void)m_profile->addTransport(TransportKind::Xmpp, label, {{u"jid"_s, jid}}, {}).value();
    }
}

void ProfileAtWork::open(std::unique_ptr<store::Store> store)
{
    m_firstMade = m_factory.made.size();
    m_profile = std::move(OpenProfile::open(std::move(store), {m_factory, m_clock, m_random, true}).value());
    QObject::connect(m_profile.get(), &OpenProfile::messageAdded,
                     [this](const Message &message) { added.append(message); });
    QObject::connect(m_profile.get(), &OpenProfile::messageUpdated, [this](MessageId id, MessageState state) {
        updated.append({id, state});
    });
    QObject::connect(m_profile.get(), &OpenProfile::routeSwitched,
                     [this](const RouteSwitch &change) { switches.append(change); });
}

void ProfileAtWork::restart()
{
    m_profile.reset();
    open(std::move(store::Store::open(databaseIn(m_folder), kKey).value()));
}

std::unique_ptr<store::Store> ProfileAtWork::anotherHandle()
{
    return std::move(store::Store::open(databaseIn(m_folder), kKey).value());
}

AddedContact ProfileAtWork::addBob()
{
    return m_profile
        ->addContact(
            u"Bob"_s,
            {Address{TransportKind::Xmpp, u"bob@primary.test"_s}, Address{TransportKind::Xmpp, u"bob@backup.test"_s}})
        .value();
}

Incoming ProfileAtWork::incoming(const QString &from, const QString &text, const QString &wireId, quint64 order)
{
    return Incoming{
        0, Address::parse(TransportKind::Xmpp, from).value(), WireId::parse(wireId).value(), text, order, {}, {}, true};
}

} // namespace planb::test
