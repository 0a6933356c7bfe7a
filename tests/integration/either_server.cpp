// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/either_server.h"

using namespace Qt::StringLiterals;

namespace planb::test {

QString EitherServer::whatIsMissing(ServerKind kind)
{
    return kind == ServerKind::Prosody ? Prosody::whatIsMissing() : Ejabberd::whatIsMissing();
}

EitherServer::EitherServer(ServerKind kind, const QString &folder, QString domain, const TestCertificate &certificate)
    : m_domain(std::move(domain))
{
    if (kind == ServerKind::Prosody) {
        m_prosody = std::make_unique<Prosody>(folder, m_domain, certificate);
    } else {
        m_ejabberd = std::make_unique<Ejabberd>(folder, m_domain, certificate);
        m_ejabberd->keepArchive();
    }
}

Outcome<void> EitherServer::start(const QStringList &users)
{
    if (auto started = m_prosody ? m_prosody->start() : m_ejabberd->start(); !started)
        return started;
    for (const QString &user : users) {
        auto added = m_prosody ? m_prosody->addUser(user, personPassword())
                               : m_ejabberd->addUser(user, personPassword());
        if (!added)
            return added;
    }
    return {};
}

QJsonObject EitherServer::settingsFor(const Person &person, const QString &caFile) const
{
    return {{u"jid"_s, addressOf(person.account())},
            {u"password"_s, personPassword()},
            {u"host"_s, u"127.0.0.1"_s},
            {u"port"_s, m_prosody ? m_prosody->starttlsPort() : m_ejabberd->starttlsPort()},
            {u"security"_s, u"starttls"_s},
            {u"caFile"_s, caFile}};
}

std::unique_ptr<PlainXmppClient> EitherServer::clientOf(const QString &user, const QString &caFile) const
{
    const quint16 port = m_prosody ? m_prosody->directTlsPort() : m_ejabberd->directTlsPort();
    return std::make_unique<PlainXmppClient>(PlainXmppClient::Account{user, m_domain, personPassword(), caFile, port});
}

} // namespace planb::test
