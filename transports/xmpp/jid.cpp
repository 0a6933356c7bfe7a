// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/jid.h"

#include <QUrl>

namespace planb::xmpp {

QStringView bareJid(QStringView jid)
{
    const qsizetype slash = jid.indexOf(u'/');
    return slash < 0 ? jid : jid.first(slash);
}

std::optional<Address> addressOf(QStringView jid)
{
    const Result<Address> address = Address::parse(TransportKind::Xmpp, bareJid(jid));
    return address ? std::optional(*address) : std::nullopt;
}

QString localpartOf(const Address &address)
{
    return address.value.first(address.value.indexOf(u'@'));
}

QString asciiDomain(const QString &domain)
{
    return QString::fromLatin1(QUrl::toAce(domain)).toLower();
}

} // namespace planb::xmpp
