// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/jid.h"

#include "core/model/precis.h"

#include <QUrl>

namespace planb::xmpp {

QStringView bareJid(QStringView jid)
{
    const qsizetype slash = jid.indexOf(u'/');
    return slash < 0 ? jid : jid.first(slash);
}

std::optional<Address> addressOf(QStringView jid)
{
    const Result<Address> address = Address::recognise(TransportKind::Xmpp, bareJid(jid));
    return address ? std::optional(*address) : std::nullopt;
}

std::optional<QString> resourceOf(QStringView jid)
{
    constexpr qsizetype kMaxOctets = 1023;
    const qsizetype slash = jid.indexOf(u'/');
    if (slash < 0)
        return QString();
    auto resource = precis::opaqueString(jid.sliced(slash + 1));
    return resource && resource->toUtf8().size() <= kMaxOctets ? resource : std::nullopt;
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
